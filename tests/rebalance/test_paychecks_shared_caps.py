"""Paychecks under caps that several funds share, against every election in whole percents."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, Goal, PlanRules, Restriction, StockCap
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import ElectionCapsError, make_plan
from tests.rebalance.households import how_many

TODAY = date(2026, 11, 22)
FUNDS = ("us_large", "us_bond", "company_stock", "us_sector")
FIRM = ("company_stock", "us_sector")
"""The fund of the firm's stock and another that the plan counts with it."""


def plan_of(
    values: dict[str, int], target: dict[str, int], own: AccountRules, amount: int, count: int | None
) -> ExchangePlan:
    """Plan an account of one fund per class, named like it, in which only paychecks move anything."""
    funds = {name: Fund(name, name, AssetMix.single(AssetClass(name)), ClassifiedBy.USER) for name in FUNDS}
    held = tuple(Holding(fund, Decimal(values[name])) for name, fund in funds.items())
    aim = TargetAllocation.from_names({name: str(Decimal(share) / 100) for name, share in target.items()})
    rules = PlanRules(
        TODAY,
        goal=Goal.NEW_MONEY,
        accounts=(("k", own),),
        paychecks=(("k", Paychecks(Decimal(amount), 12, count)),),
    )
    return make_plan(Snapshot((Account("k", "Quarry", held),)), aim, rules)


def elected(plan: ExchangePlan) -> dict[str, int]:
    return {fund.name: share for fund, share in plan.futures[0].percents}


def test_rounding_to_whole_percents_keeps_the_shared_cap():
    # 5.75 % each may go there; the nearest whole percents of each by itself, 6 and 6, would be too much
    own = AccountRules(restrictions=(Restriction(StockCap(Decimal("0.115"), FIRM)),))
    values = {"us_large": 50000, "us_bond": 50000, "company_stock": 0, "us_sector": 0}
    target = {"us_large": 40, "us_bond": 40, "company_stock": 10, "us_sector": 10}
    shares = elected(plan_of(values, target, own, 1000, 12))
    assert sum(shares.get(name, 0) for name in FIRM) == 11
    assert sum(shares.values()) == 100


def test_the_paychecks_it_takes_reckon_with_the_shared_cap():
    # 1,000 of each firm fund are missing beside 98,000 at target; a tenth of 1,000 a month goes to both
    own = AccountRules(restrictions=(Restriction(StockCap(Decimal("0.1"), FIRM)),))
    values = {"us_large": 49000, "us_bond": 49000, "company_stock": 0, "us_sector": 0}
    target = {"us_large": 49, "us_bond": 49, "company_stock": 1, "us_sector": 1}
    # after n paychecks the whole is 98,000 + 1,000 n, of which 2 % have to be 100 n: n = 1,960 / 80
    assert plan_of(values, target, own, 1000, 12).futures[0].to_target == 25


def test_caps_that_leave_less_than_all_are_named():
    own = AccountRules(
        no_buy=("us_sector",), cap=tuple((name, Decimal("0.335")) for name in FUNDS if name != "us_sector")
    )
    values = dict.fromkeys(FUNDS, 30000) | {"us_sector": 0}
    target = {"us_large": 34, "us_bond": 33, "company_stock": 33}
    with pytest.raises(ElectionCapsError, match="Quarry go in whole percents that add to 100, but its caps"):
        plan_of(values, target, own, 1000, 12)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=how_many(40), deadline=None)
def test_no_election_that_keeps_the_caps_ends_much_closer(seed):
    chance = random.Random(seed)
    values = {name: 1000 * chance.randint(5, 40) for name in FUNDS} | dict.fromkeys(FIRM, 0)
    target = dict.fromkeys(FUNDS, 0)
    for _ in range(20):
        target[chance.choice(FUNDS)] += 5
    shared = Decimal(chance.randint(1, 199)) / 200
    single = Decimal(chance.randint(1, 199)) / 200
    own = AccountRules(restrictions=(Restriction(StockCap(shared, FIRM)),), cap=(("us_sector", single),))
    plan = plan_of(values, target, own, 2000, 12)
    off = {name: off_by_share(values, target, name) for name in FUNDS}
    shares = {name: elected(plan).get(name, 0) for name in FUNDS}
    assert sum(shares.values()) == 100
    assert min(shares.values()) >= 0
    assert shares["us_sector"] <= single * 100
    assert sum(shares[name] for name in FIRM) <= shared * 100
    ends = sum(off[name][share] for name, share in shares.items()) / 2
    assert abs(ends - plan.paychecks.off_after) <= Decimal("0.10")
    # whole percents of 24,000 by largest remainder are off by less than one for each of the funds
    assert ends <= least_off(off, int(shared * 100), int(single * 100)) / 2 + 2 * 240


def off_by_share(values: dict[str, int], target: dict[str, int], name: str) -> list[Decimal]:
    """Return the dollars a fund ends away from its target for each whole percent of 24,000 it may get."""
    total = sum(values.values()) + 24000
    gap = Decimal(values[name]) - Decimal(total * target[name]) / 100
    return [abs(gap + 240 * share) for share in range(101)]


def least_off(off: dict[str, list[Decimal]], shared: int, single: int) -> Decimal:
    """Return the least of all elections that keep the caps; each part of a split is judged by itself."""
    return min(
        min(off["us_large"][100 - firm - bond] + off["us_bond"][bond] for bond in range(101 - firm))
        + min(
            off["company_stock"][firm - sector] + off["us_sector"][sector]
            for sector in range(min(firm, single) + 1)
        )
        for firm in range(shared + 1)
    )
