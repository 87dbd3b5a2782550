"""Money with a redemption fee held back in part, against every way to order that there is."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
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
from desktop_app.domain.rules import AccountRules, OrderStyle, PlanRules, RedemptionFee, Restriction, StockCap
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from tests.rebalance.households import how_many

TODAY = date(2026, 11, 22)
FUNDS = {"Abroad": "us_large", "Home": "us_large", "Bond": "us_bond"}
"""Two funds of stock, of which the first takes a fee, and one of bonds."""
FEE_OF_ONE = Decimal("0.02")
FEE = Restriction(RedemptionFee(FEE_OF_ONE, 90, ("Abroad",)))
CENTS = Decimal("0.05")


def plan_of(values: dict[str, int], young: int, stocks: str, own: AccountRules, **rules) -> ExchangePlan:
    funds = [Fund(n, n, AssetMix.single(AssetClass(c)), ClassifiedBy.USER) for n, c in FUNDS.items()]
    held = tuple(Holding(fund, Decimal(values[fund.name])) for fund in funds)
    aim = TargetAllocation.from_names({"us_large": stocks, "us_bond": str(1 - Decimal(stocks))})
    log = ExchangeLog((PastExchange("k", "Bond", "Abroad", Decimal(young), TODAY - timedelta(days=5)),))
    asked = PlanRules(TODAY, accounts=(("k", own),), log=log if young else ExchangeLog(()), **rules)
    return make_plan(Snapshot((Account("k", "k", held),)), aim, asked)


def sold(plan: ExchangePlan) -> dict[str, Decimal]:
    return {trade.fund.name: -trade.change for trade in plan.trades if trade.change < 0}


@pytest.mark.parametrize("style", [OrderStyle.PERCENT_OF_FUND, OrderStyle.REALIGN_PERCENT])
def test_the_free_part_is_sold_where_the_order_goes_in_percents(style):
    # 8,000 of 15,000 stock are too much: 6,000 of Abroad are free, so that 2,000 of Home have to help
    own = AccountRules(restrictions=(FEE,), order_style=style)
    plan = plan_of({"Abroad": 10000, "Home": 5000, "Bond": 5000}, 4000, "0.35", own)
    assert plan.fees == 0
    assert sum(sold(plan).values()) == 8000
    assert sold(plan)["Abroad"] <= 6000
    assert plan.after.misallocated == 0


@pytest.mark.parametrize("term", ["cap", "shared"])
def test_the_free_part_of_a_capped_fund_is_sold(term):
    # Abroad may hold half of 20,000 at most, and does
    cap = (("Abroad", Decimal("0.5")),) if term == "cap" else ()
    shared = (Restriction(StockCap(Decimal("0.75"), ("Abroad", "Home"))),) if term == "shared" else ()
    own = AccountRules(restrictions=(FEE, *shared), cap=cap)
    plan = plan_of({"Abroad": 10000, "Home": 5000, "Bond": 5000}, 4000, "0.35", own)
    assert plan.fees == 0
    assert sum(sold(plan).values()) == 8000
    assert sold(plan)["Abroad"] <= 6000


def test_what_a_capped_fund_holds_too_much_is_sold_and_no_more():
    # 1,000 of Abroad have to go and cost a fee; the 7,000 more come from Home
    own = AccountRules(restrictions=(FEE,), cap=(("Abroad", Decimal("0.45")),))
    plan = plan_of({"Abroad": 10000, "Home": 8000, "Bond": 2000}, 10000, "0.5", own)
    assert sold(plan)["Abroad"] < 1010
    assert plan.fees < Decimal("20.20")


@pytest.mark.parametrize("cap", [(), (("Abroad", Decimal("0.3")),)])
def test_in_steps_no_more_is_sold_than_another_fund_cannot_give(cap):
    # stock is 8,850 too much; of 9,000 in steps of 1,000 Home can give 7,000, and 2,000 cost a fee
    own = AccountRules(restrictions=(FEE,), cap=cap)
    values = {"Abroad": 5000, "Home": 7000, "Bond": 3000}
    plan = plan_of(values, 5000, "0.21", own, round_to=Decimal(1000))
    assert sold(plan) == {"Abroad": 2000, "Home": 7000}
    assert plan.fees == 40


def test_percents_of_two_funds_that_add_up_are_found():
    # 5,280 too much; 96 % of Home's 5,000 and 8 % of Abroad's 6,000 are as much as 88 % of Abroad alone
    own = AccountRules(restrictions=(FEE,), order_style=OrderStyle.PERCENT_OF_FUND)
    plan = plan_of({"Abroad": 6000, "Home": 5000, "Bond": 2000}, 6000, "0.44", own)
    assert sold(plan) == {"Abroad": 480, "Home": 4800}
    assert plan.fees == Decimal("9.60")


@given(
    seed=st.integers(0, 10**6), style=st.sampled_from(["dollars", "percent_of_fund"]), capped=st.booleans()
)
@settings(max_examples=how_many(60), deadline=None)
def test_no_fee_is_paid_where_some_way_as_good_pays_none(seed, style, capped):
    chance = random.Random(seed)
    values = {name: 1000 * chance.randint(1, 12) for name in FUNDS}
    young = 1000 * chance.randint(1, 12)
    stocks = f"0.{chance.randint(5, 95):02}"
    own = AccountRules(
        restrictions=(FEE,),
        order_style=OrderStyle(style),
        cap=(("Abroad", Decimal(chance.randint(3, 10)) / 10),) if capped else (),
    )
    total = sum(values.values())
    limit = int(own.cap[0][1] * total) if capped else total
    ways = list(every_way(values, young, int(Decimal(stocks) * total), OrderStyle(style), limit))
    plan = plan_of(values, young, stocks, own, round_to=Decimal(1000))
    off, moved = min((off, moved) for off, moved, _ in ways)
    fees = [FEE_OF_ONE * dear for far, far_moved, dear in ways if (far, far_moved) == (off, moved)]
    if min(fees) == 0:
        assert plan.fees == 0
        assert abs(plan.after.misallocated - off) <= CENTS
        assert plan.turnover <= moved + CENTS
    else:  # plans of other fees are not weighed to the cent, and the proof says so; the dearest are left
        assert plan.fees <= max(fees) * Decimal("1.05") + 20
        assert "plans that pay other fees were not weighed" in plan.proof.words or not plan.fees


PAIRS = [
    (("Abroad", "Home"), ("Abroad", "Bond")),
    (("Abroad", "Bond"), ("Home", "Bond")),
    (("Abroad", "Home"), ("Bond", "Home")),
    (("Home", "Abroad"), ("Home", "Bond")),
    (("Home", "Abroad"), ("Bond", "Abroad")),
    (("Bond", "Abroad"), ("Bond", "Home")),
]
"""Exchanges that may be made together: no fund is bought and sold."""


def every_way(
    values: dict[str, int], young: int, stock: int, style: OrderStyle, limit: int
) -> Iterator[tuple[int, int, int]]:
    """Yield dollars off target, moved and sold at a fee of all orders in steps that keep the limit."""
    free = max(values["Abroad"] - young, 0)
    step = {
        name: value // 100 if style is OrderStyle.PERCENT_OF_FUND else 1000 for name, value in values.items()
    }
    for pair in PAIRS:
        spans = [range(0, values[source] + 1, step[source]) for source, _ in pair]
        for amounts in itertools.product(*spans):
            ends, gone = values.copy(), 0
            for (source, target), amount in zip(pair, amounts, strict=True):
                ends[source] -= amount
                ends[target] += amount
                if source == "Abroad":
                    gone += amount
            if min(ends.values()) >= 0 and ends["Abroad"] <= limit:
                yield abs(ends["Abroad"] + ends["Home"] - stock), sum(amounts), max(gone - free, 0)
