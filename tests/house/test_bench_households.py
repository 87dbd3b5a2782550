"""The households the bench plans: every one gets a plan, and none that moves thousands for cents."""

from __future__ import annotations

from pathlib import Path

import highspy
import pytest

from desktop_app.domain.classes import LEAVES, leaves_of
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
NEAR = 0.02
"""Dollars by which a class may end elsewhere."""


def least_turnover(plan: ExchangePlan, target: TargetAllocation, frozen: tuple[str, ...]) -> float:
    """Return the least dollars moved that lead to the same classes but for `NEAR`, in one account."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    weighted = [frozenset(leaves_of(node)) for node, _ in target.weights]
    cells = [*weighted, *(frozenset([leaf]) for leaf in LEAVES if not any(leaf in one for one in weighted))]
    free = [trade for trade in plan.trades if trade.fund.name not in frozen]
    buys = [model.addVariable(lb=0) for _ in free]
    sells = [model.addVariable(lb=0, ub=float(trade.before)) for trade in free]
    model.addConstr(sum(buys) == sum(sells))
    for cell in cells:
        shares = [float(sum(weight for leaf, weight in trade.fund.mix if leaf in cell)) for trade in free]
        if not any(shares):
            continue
        change = sum(share * float(trade.change) for share, trade in zip(shares, free, strict=True))
        moved = sum(
            share * (buy - sell) for share, buy, sell in zip(shares, buys, sells, strict=True) if share
        )
        model.addConstr(moved <= change + NEAR)
        model.addConstr(moved >= change - NEAR)
    model.minimize(sum(sells))
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(model.getObjectiveValue())


@pytest.mark.parametrize("seed", [*range(30), 63, 103, 130, 245, 284])
def test_no_household_moves_thousands_for_cents(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    # two cents may be worth some dollars between funds that are alike, never a large part of the account
    monkeypatch.syspath_prepend(str(PACKAGING))
    from bench_households import household

    snapshot, target, rules = household(1, 12, seed, limited=False)
    plan = make_plan(snapshot, target, rules)
    least = least_turnover(plan, target, rules.accounts[0][1].no_sell)
    assert float(plan.turnover) <= least + 100


def test_a_household_is_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    from bench_households import household

    assert household(4, 25, 7, limited=True) == household(4, 25, 7, limited=True)
    snapshot, _, rules = household(4, 25, 7, limited=True)
    assert [len(rules.for_account(account.id).menu) for account in snapshot.accounts] == [25] * 4
