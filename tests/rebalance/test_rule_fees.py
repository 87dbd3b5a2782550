"""Redemption fees: shown where they are paid, avoided where another plan is as good."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, OrderStyle, PlanRules, RedemptionFee, Restriction
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from tests.effort import tries

TODAY = date(2026, 11, 22)
SIXTY_FORTY = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
TWO_PERCENT = RedemptionFee(Decimal("0.02"), 90)


def came(fund: str, amount: str, days_ago: int) -> PastExchange:
    return PastExchange("k", "Bond", fund, Decimal(amount), TODAY - timedelta(days=days_ago))


def plan_of(household, *log: PastExchange, **rules) -> ExchangePlan:
    accounts = tuple(household.account_rules.items())
    asked = PlanRules(TODAY, accounts=accounts, log=ExchangeLog(log), **rules)
    return make_plan(household.snapshot, SIXTY_FORTY, asked)


def sold(plan: ExchangePlan) -> dict[str, str]:
    return {trade.fund.name: str(-trade.change) for trade in plan.trades if trade.change < 0}


@pytest.fixture
def one_stock_fund(four_funds):
    """10,000 of stock too much, in one fund with a fee."""
    four_funds.hold(
        "k", {"US": "70000", "Bond": "30000"}, restrictions=(Restriction(TWO_PERCENT, "the prospectus"),)
    )
    return four_funds


@pytest.fixture
def two_stock_funds(household):
    """10,000 of stock too much, in two funds of which the first has a fee."""
    household.classes(Abroad="us_large", Home="us_large", Bond="us_bond")
    rule = Restriction(RedemptionFee(Decimal("0.02"), 90, ("Abroad",)))
    household.hold("k", {"Abroad": "35000", "Home": "35000", "Bond": "30000"}, restrictions=(rule,))
    return household


def test_the_oldest_money_is_sold_first(one_stock_fund):
    # 65,000 of 70,000 are young: 5,000 are free, the rest costs 2 %. On target with what the fee leaves:
    # 70,000 - x = 0.6 * (100,000 - 0.02 * (x - 5,000)), so that x = 9,940 / 0.988 = 10,060.73
    plan = plan_of(one_stock_fund, came("US", "65000", 30))
    assert sold(plan) == {"US": "10060.73"}
    assert plan.exchanges[0].fee == Decimal("101.21")
    assert plan.fees == Decimal("101.21")
    assert plan.total == Decimal("99898.79")
    assert [str(trade.after) for trade in plan.trades] == ["59939.27", "39959.52"]
    assert plan.turnover == Decimal("10060.73")
    assert plan.after.misallocated <= Decimal("0.01")
    assert "Redemption fees of $101.21 are taken off" in plan.proof.words
    # bought on 23 October; the 90th day is 21 January
    assert plan.exchanges[0].why.endswith(
        " About $101.21 of it is kept back, so that $9,959.52 arrives: 2 % of what was bought not long ago. "
        "From 22 January 2027 on there is no fee."
    )


@pytest.mark.parametrize(("days_ago", "fee"), [(89, "202.43"), (90, "202.43"), (91, "0")])
def test_the_holding_period_ends_with_its_last_day(one_stock_fund, days_ago, fee):
    # 70,000 - x = 0.6 * (100,000 - 0.02 * x): x = 10,000 / 0.988 = 10,121.46
    assert plan_of(one_stock_fund, came("US", "70000", days_ago)).fees == Decimal(fee)


def test_young_money_below_the_old_costs_nothing(one_stock_fund):
    plan = plan_of(one_stock_fund, came("US", "60000", 5))
    assert sold(plan) == {"US": "10000.00"}
    assert plan.fees == 0
    assert "kept back" not in plan.exchanges[0].why


def test_another_fund_of_the_class_is_sold_instead(two_stock_funds):
    plan = plan_of(two_stock_funds, came("Abroad", "35000", 5))
    assert sold(plan) == {"Home": "10000.00"}
    assert plan.fees == 0
    assert plan.after.misallocated == 0


def test_without_young_money_nothing_changes(two_stock_funds):
    assert sold(plan_of(two_stock_funds)) == {"Abroad": "10000.00"}


def test_the_fee_is_paid_where_the_plan_would_be_worse(household):
    # Home has 4,000 only: 6,000 have to come from the fund with the fee
    household.classes(Abroad="us_large", Home="us_large", Bond="us_bond")
    rule = Restriction(RedemptionFee(Decimal("0.01"), 60, ("Abroad",)))
    household.hold("k", {"Abroad": "66000", "Home": "4000", "Bond": "30000"}, restrictions=(rule,))
    plan = plan_of(household, came("Abroad", "66000", 5))
    # 66,000 - x = 0.6 * (100,000 - 0.01 * x): x = 6,000 / 0.994
    assert plan.after.misallocated <= Decimal("0.01")
    assert sold(plan)["Home"] == "4000.00"
    assert sold(plan)["Abroad"] in {"6036.21", "6036.22"}  # it is 6,036.217
    assert plan.fees == Decimal("60.36")
    assert plan.turnover == 4000 + Decimal(sold(plan)["Abroad"])


def test_two_sales_of_a_fund_share_its_old_money(household):
    # 5,000 old dollars: they go with the first exchange
    household.classes(US="us_large", Bond="us_bond", Stable="stable_value")
    household.hold(
        "k", {"US": "75000", "Bond": "15000", "Stable": "10000"}, restrictions=(Restriction(TWO_PERCENT),)
    )
    aim = TargetAllocation.from_names({"us_large": "0.6", "us_bond": "0.25", "stable_value": "0.15"})
    accounts = tuple(household.account_rules.items())
    log = ExchangeLog((came("US", "70000", 5),))
    plan = make_plan(household.snapshot, aim, PlanRules(TODAY, accounts=accounts, log=log))
    # x in all, y of it to bonds: 75,000 - x = 0.6 * v and 15,000 + y - 0.02 * (y - 5,000) = 0.25 * v with
    # v = 100,000 - 0.02 * (x - 5,000), so that x = 14,940 / 0.988 = 15,121.46 and v = 99,797.57
    assert [(str(e.amount), str(e.fee)) for e in plan.exchanges] == [
        ("10050.40", "101.01"),
        ("5071.06", "101.42"),
    ]
    assert sum(trade.after for trade in plan.trades) == plan.total == Decimal("99797.57")


def test_money_raised_arrives_less_its_fee(one_stock_fund):
    plan = plan_of(one_stock_fund, came("US", "70000", 5), cash_flow=(("k", Decimal(-20000)),))
    raised = [each for each in plan.exchanges if each.target is None]
    assert sum(each.amount for each in raised) == 20000
    assert plan.paid_out == 20000 - sum(each.fee for each in raised)
    assert all(f"you get ${each.amount - each.fee:,.2f}".removesuffix(".00") in each.why for each in raised)
    assert sum(trade.after for trade in plan.trades) == plan.total
    assert plan.total == 80000 - sum(each.fee for each in plan.exchanges if each.target)


def test_nothing_is_sold_where_the_fee_eats_what_it_brings(household):
    # 1,000 of the mixed fund into bonds bring 20 dollars and cost as much
    household.classes(Bond="us_bond")
    household.fund("Mixed", us_bond="0.98", us_large="0.02")
    household.hold("k", {"Mixed": "50000", "Bond": "50000"}, restrictions=(Restriction(TWO_PERCENT),))
    accounts = tuple(household.account_rules.items())
    rules = PlanRules(TODAY, accounts=accounts, log=ExchangeLog((came("Mixed", "50000", 5),)))
    plan = make_plan(household.snapshot, TargetAllocation.from_names({"us_bond": "1"}), rules)
    assert plan.total == sum(trade.after for trade in plan.trades)
    assert plan.after.misallocated < plan.before.misallocated or not plan.exchanges


@given(
    values=st.tuples(*[st.integers(1000, 60000)] * 3),
    young=st.integers(0, 60000),
    share=st.sampled_from(["0.005", "0.01", "0.02"]),
    style=st.sampled_from(OrderStyle),
    step=st.sampled_from(["0.01", "1", "100"]),
    cash=st.sampled_from([0, 0, 5000, -900]),
)
@settings(max_examples=tries(20), deadline=None)
def test_what_is_sold_arrives_less_the_fee_to_the_cent(values, young, share, style, step, cash):
    funds = [Fund(n, n, AssetMix.single(AssetClass(c)), ClassifiedBy.USER) for n, c in FUNDS.items()]
    held = tuple(Holding(f, Decimal(v), Decimal(v) / 10) for f, v in zip(funds, values, strict=True))
    snapshot = Snapshot((Account("k", "k", held),))
    rule = Restriction(RedemptionFee(Decimal(share), 90, ("US",)))
    own = AccountRules(restrictions=(rule,), order_style=style)
    log = ExchangeLog((came("US", str(young), 5),) if young else ())
    rules = PlanRules(
        TODAY, accounts=(("k", own),), log=log, round_to=Decimal(step), cash_flow=(("k", Decimal(cash)),)
    )
    aim = TargetAllocation.from_names({"us_large": "0.4", "us_bond": "0.4", "stable_value": "0.2"})
    plan = make_plan(snapshot, aim, rules)
    ends = {trade.fund.key: trade.after for trade in plan.trades}
    for fund, value in zip(funds, values, strict=True):
        out = sum(e.amount for e in plan.exchanges if e.source == fund)
        into = sum(e.amount - e.fee for e in plan.exchanges if e.target == fund)
        assert ends[fund.key] == value - out + into
    gone = sum((e.amount for e in plan.exchanges if e.source == funds[0]), Decimal(0))
    old = max(values[0] - min(young, values[0]), 0)
    assert plan.fees == (Decimal(share) * max(gone - old, 0)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert sum(ends.values()) == plan.total
    if step == "0.01" and style is OrderStyle.DOLLARS:
        assert plan.after.misallocated <= Decimal("0.05")


FUNDS = {"US": "us_large", "Bond": "us_bond", "Stable": "stable_value"}


@pytest.mark.parametrize("style", list(OrderStyle))
def test_every_way_of_ordering_can_do_without_the_fee(two_stock_funds, style):
    rules = two_stock_funds.account_rules["k"]
    two_stock_funds.account_rules["k"] = type(rules)(restrictions=rules.restrictions, order_style=style)
    plan = plan_of(two_stock_funds, came("Abroad", "20000", 5))
    assert plan.fees == 0


def test_money_paid_in_by_the_plan_itself_is_not_young(one_stock_fund):
    automatic = PastExchange("k", None, "US", Decimal(70000), TODAY, automatic=True)
    assert plan_of(one_stock_fund, automatic).fees == 0
