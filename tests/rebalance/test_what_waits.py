"""A plan names the day on which what it leaves off target can be brought closer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.rules import (
    AccountRules,
    NoSale,
    PlanRules,
    RedemptionFee,
    Restriction,
    TransferLimit,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from tests.effort import tries

TODAY = date(2026, 11, 22)
LEAVES = {"US": "us_large", "Intl": "intl_developed", "Bond": "us_bond", "Stable": "stable_value"}
FUNDS = {
    name: Fund(name, name, AssetMix.single(AssetClass(leaf)), ClassifiedBy.USER)
    for name, leaf in LEAVES.items()
}
AIM = TargetAllocation.from_names(
    {"us_large": "0.42", "intl_developed": "0.18", "us_bond": "0.3", "stable_value": "0.1"}
)


def held(us=55000, intl=15000, bond=25000, stable=5000) -> Snapshot:
    values = (us, intl, bond, stable)
    holdings = tuple(Holding(f, Decimal(v)) for f, v in zip(FUNDS.values(), values, strict=True))
    return Snapshot((Account("k", "Plan", holdings),))


def plan_of(own: AccountRules, **rules):
    snapshot = rules.pop("snapshot", held())
    return make_plan(snapshot, AIM, PlanRules(TODAY, accounts=(("k", own),), **rules))


def test_a_fund_that_is_blocked_for_some_days():
    plan = plan_of(AccountRules(blocked_until=(("US", date(2026, 12, 10)),)))
    assert not plan.exchanges
    assert [(wait.free_on, wait.words) for wait in plan.waits] == [
        (date(2026, 12, 10), "US is blocked until 10 December 2026.")
    ]


def test_transfers_that_are_used_up():
    rule = Restriction(TransferLimit(2, then_into=("stable_value",)))
    past = tuple(PastExchange("k", "Bond", "US", Decimal(100), date(2026, 11, day)) for day in (1, 5))
    plan = plan_of(AccountRules(restrictions=(rule,)), log=ExchangeLog(past))
    assert [wait.free_on for wait in plan.waits] == [date(2026, 12, 1)]


def test_a_block_that_is_in_nobodys_way_is_not_named():
    # Bond is to be bought, and may be: only a sale of it would have to wait
    own = AccountRules(blocked_until=(("Stable", date(2027, 3, 1)),))
    plan = plan_of(own, snapshot=held(55000, 15000, 20000, 10000))
    assert plan.exchanges
    assert not plan.unmet
    assert not plan.waits


def test_a_fee_is_no_block():
    rule = Restriction(RedemptionFee(Decimal("0.02"), 90))
    past = PastExchange("k", "Bond", "US", Decimal(40000), date(2026, 11, 1))
    plan = plan_of(AccountRules(restrictions=(rule,), no_buy=("Intl",)), log=ExchangeLog((past,)))
    assert plan.unmet
    assert not plan.waits


def test_what_paychecks_heal_waits_for_nothing():
    pay = Paychecks(Decimal(5000), 12, count=2)
    own = AccountRules(blocked_until=(("US", date(2026, 12, 10)),))
    plan = plan_of(own, paychecks=(("k", pay),), snapshot=held(46200, 15000, 28800, 10000))
    assert plan.paychecks is not None
    assert plan.paychecks.off_after < 1
    assert not plan.waits


@given(
    blocked=st.dictionaries(st.sampled_from([*LEAVES]), st.integers(1, 90), max_size=4),
    values=st.tuples(*[st.integers(0, 60000)] * 4).filter(any),
)
@settings(max_examples=tries(20), deadline=None)
def test_the_first_day_named_is_the_first_that_brings_it_closer(blocked, values):
    own = AccountRules(blocked_until=tuple((f, TODAY + timedelta(days=n)) for f, n in blocked.items()))
    rules, snapshot = PlanRules(TODAY, accounts=(("k", own),)), held(*values)
    plan = make_plan(snapshot, AIM, rules)
    days = sorted(day for _, day in own.blocked_until)
    ends = {day: make_plan(snapshot, AIM, replace(rules, today=day)).after.misallocated for day in days}
    helping = [day for day in days if ends[day] <= plan.after.misallocated - Decimal("1.05")]
    doubtful = [day for day in days if abs(plan.after.misallocated - ends[day] - 1) < Decimal("0.05")]
    if not doubtful:
        assert [wait.free_on for wait in plan.waits][:1] == helping[:1]


def test_a_rule_that_ends():
    rule = Restriction(NoSale(("US",)), until=date(2027, 1, 31))
    plan = plan_of(AccountRules(restrictions=(rule,)))
    assert not plan.exchanges
    assert [(wait.free_on, wait.words) for wait in plan.waits] == [
        (date(2027, 2, 1), "A rule of Plan ends on 31 January 2027.")
    ]


def test_a_rule_that_ends_and_is_in_nobodys_way():
    rule = Restriction(NoSale(("Stable",)), until=date(2027, 1, 31))
    assert plan_of(AccountRules(restrictions=(rule,))).waits == ()
