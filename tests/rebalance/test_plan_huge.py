"""Households of billions: every cent is there, and the plan is as close as it can be to the cent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.money import CENT
from desktop_app.domain.rules import Goal
from desktop_app.rebalance import ContradictoryRulesError, EmptyHouseholdError, make_plan

from .households import Case, draw_case, how_many

MOST = Decimal(10) ** 10
"""Dollars up to which cents are exact."""


def scaled(case: Case, times: int) -> Case:
    snapshot, target, rules = case
    accounts = tuple(
        replace(a, holdings=tuple(replace(h, value=h.value * times) for h in a.holdings))
        for a in snapshot.accounts
    )
    flow = tuple((name, cash * times) for name, cash in rules.cash_flow)
    return Snapshot(accounts), target, replace(rules, cash_flow=flow)


def off_by_hand(case: Case, plan) -> Decimal:
    """Return dollars off target by exact sums over what each fund holds after the plan."""
    total = sum(trade.after for trade in plan.trades)
    off = Decimal(0)
    for cell in case[1].cells(total):
        held = sum(t.after * sum(t.fund.mix.share(leaf) for leaf in cell.leaves) for t in plan.trades)
        off += abs(held - cell.dollars)
    return off / 2


@pytest.mark.parametrize("times", [1_000, 10_000])
@pytest.mark.parametrize("seed", range(how_many(8)))
def test_cents_are_exact_and_none_is_left_that_need_not_be(seed, times):
    case = scaled(draw_case(seed, limits=False), times)
    try:
        plan = make_plan(*case)
    except (EmptyHouseholdError, ContradictoryRulesError):
        return
    snapshot, _, rules = case
    if plan.total > MOST:
        return
    assert sum(t.after for t in plan.trades) == snapshot.total + sum(cash for _, cash in rules.cash_flow)
    assert all(t.after == t.after.quantize(CENT) and t.after >= 0 for t in plan.trades)
    assert abs(plan.after.misallocated - off_by_hand(case, plan)) <= CENT
    if plan.proof.status == "optimal" and len(plan.exchanges):
        assert plan.after.misallocated - plan.proof.bound <= CENT + CENT / 2 * len(plan.exchanges)


def test_a_band_of_a_huge_household_is_met_to_the_cent(four_funds, moves):
    # 65 % of 10 billion is the edge: one cent inside it
    four_funds.hold("k", {"US": "7000000000", "Bond": "3000000000"})
    plan = four_funds.plan({"stocks": "0.6", "fixed_income": "0.4"}, goal=Goal.BAND_EDGE)
    assert moves(plan) == [("US", "Bond", "500000000.01")]
