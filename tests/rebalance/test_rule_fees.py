"""Redemption fees: shown where they are paid, avoided where another plan is as good."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import OrderStyle, PlanRules, RedemptionFee, Restriction
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan

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
    # 65,000 of 70,000 are young: 5,000 are free, the other 5,000 cost 2 %
    plan = plan_of(one_stock_fund, came("US", "65000", 30))
    assert sold(plan) == {"US": "10000.00"}
    assert plan.exchanges[0].fee == 100
    assert plan.fees == 100
    # bought on 23 October; the 90th day is 21 January
    assert plan.exchanges[0].why.endswith(
        " About $100 of it is kept back: 2 % of what was bought not long ago. "
        "From 22 January 2027 on there is no fee."
    )


@pytest.mark.parametrize(("days_ago", "fee"), [(89, 200), (90, 200), (91, 0)])
def test_the_holding_period_ends_with_its_last_day(one_stock_fund, days_ago, fee):
    assert plan_of(one_stock_fund, came("US", "70000", days_ago)).fees == fee


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
    assert plan.after.misallocated == 0
    assert sold(plan) == {"Home": "4000.00", "Abroad": "6000.00"}
    assert plan.fees == 60
    assert plan.turnover == 10000


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
    assert [(str(e.amount), str(e.fee)) for e in plan.exchanges] == [
        ("10000.00", "100.00"),
        ("5000.00", "100.00"),
    ]


@pytest.mark.parametrize("style", list(OrderStyle))
def test_every_way_of_ordering_can_do_without_the_fee(two_stock_funds, style):
    rules = two_stock_funds.account_rules["k"]
    two_stock_funds.account_rules["k"] = type(rules)(restrictions=rules.restrictions, order_style=style)
    plan = plan_of(two_stock_funds, came("Abroad", "20000", 5))
    assert plan.fees == 0


def test_money_paid_in_by_the_plan_itself_is_not_young(one_stock_fund):
    automatic = PastExchange("k", None, "US", Decimal(70000), TODAY, automatic=True)
    assert plan_of(one_stock_fund, automatic).fees == 0
