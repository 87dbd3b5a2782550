"""Which of two plans for the same answers is the better one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, Goal, OrderStyle, PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from desktop_app.workflow.better_plan import better_of, distance_of, is_same_plan, order_count

STOCK = Fund("s", "Stock", AssetMix.single(AssetClass.US_LARGE), ClassifiedBy.USER)
BOND = Fund("b", "Bond", AssetMix.single(AssetClass.US_BOND), ClassifiedBy.USER)


def plan_of(stock: str, *, style: OrderStyle = OrderStyle.DOLLARS, **rules) -> ExchangePlan:
    held = (Holding(STOCK, Decimal(stock)), Holding(BOND, 100000 - Decimal(stock)))
    own = AccountRules(order_style=style)
    aim = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    asked = PlanRules(date(2026, 11, 22), accounts=(("k", own),), **rules)
    return make_plan(Snapshot((Account("k", "k", held),)), aim, asked)


def changed(plan: ExchangePlan, *amounts: int, off: int = 0, moved: int = 0) -> ExchangePlan:
    """Return an unproved plan with other exchanges, so many dollars further off and more moved."""
    exchanges = tuple(replace(plan.exchanges[0], amount=Decimal(amount)) for amount in amounts)
    after = replace(plan.after, misallocated=plan.after.misallocated + off)
    proof = replace(plan.proof, status="feasible")
    return replace(plan, exchanges=exchanges, after=after, turnover=plan.turnover + moved, proof=proof)


def test_the_same_orders_come_back_with_the_later_proof():
    plan = plan_of("70000")
    first = replace(plan, proof=replace(plan.proof, status="feasible"))
    assert is_same_plan(first, plan)
    assert better_of(first, plan) is plan


@pytest.mark.parametrize(
    ("first", "later", "tidy", "stays"),
    [
        ({"off": 0}, {"off": 50}, "0", True),
        ({"off": 50}, {"off": 0}, "0", False),
        ({"off": 50}, {"off": 50, "moved": 10}, "0", True),
        ({"off": 50, "moved": 10}, {"off": 50}, "0", False),
        ({"off": 50, "count": 2}, {"off": 0, "count": 3}, "0", False),
        ({"off": 50, "count": 2}, {"off": 0, "count": 3}, "0.001", True),  # a thousandth is 100 dollars
        ({"off": 150, "count": 2}, {"off": 0, "count": 3}, "0.001", False),
        ({"off": 0, "count": 3}, {"off": 50, "count": 2}, "0.001", False),
        ({"off": 0, "count": 3}, {"off": 150, "count": 2}, "0.001", True),
    ],
)
def test_closer_then_less_moved_and_within_the_share_fewer_orders(first, later, tidy, stays):
    plan = plan_of("70000")
    plan = replace(plan, rules=replace(plan.rules, tidy=Decimal(tidy)))
    plans = [
        changed(plan, *range(number, number + each.pop("count", 1)), **each)
        for number, each in ((100, dict(first)), (200, dict(later)))
    ]
    assert better_of(*plans) is plans[0 if stays else 1]


def test_what_is_proved_is_taken():
    plan = plan_of("70000")
    assert better_of(changed(plan, 100), plan) is plan


@pytest.mark.parametrize(("goal", "outside"), [(Goal.BAND_EDGE, "10000.02"), (Goal.HALFWAY, "15000")])
def test_under_a_goal_of_bands_the_money_outside_counts(goal, outside):
    # 10,000 too much in stocks, as little in bonds, and a band of 5,000 for each
    plan = plan_of("70000", goal=goal)
    assert distance_of(replace(plan, after=plan.before)) == Decimal(outside)
    assert distance_of(plan) == 0


def test_an_account_set_to_percents_is_one_order():
    plan = plan_of("70000", style=OrderStyle.REALIGN_PERCENT)
    assert order_count(replace(plan, exchanges=plan.exchanges * 2)) == 1
