"""Makes a plan: lays out the problem, searches the optimum, rounds it, words it and checks it."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.plan import ExchangePlan, Trade
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.targets import TargetAllocation

from .check import check_plan
from .drift import measure_drift, measure_leaves
from .exact import whole_amounts
from .orders import leaves_after, write_elections, write_exchanges, write_trades
from .problem import Problem, build_problem
from .search import search
from .ticket import Amount
from .words import Reasons, Result, gaps_of, proof_of, unmet_of

NOISE = Decimal("0.05")
"""Dollars below which exchanges only chase the last cent of an earlier plan's rounding."""


def make_plan(snapshot: Snapshot, target: TargetAllocation, rules: PlanRules) -> ExchangePlan:
    """Return the best legal plan for the whole household, in the strict order of DESIGN section 5.

    Least misallocation (levelled where plans tie), least money moved, fewest exchanges; amounts are
    what can be ordered and the plan has passed its own check. Raises the errors of
    `build_problem`, `LimitsTooTightError` and `StepsTooCoarseError` when the rules leave no plan,
    and `BugError` when the check fails.
    """
    problem = build_problem(snapshot, target, rules)
    found = search(problem)
    amounts, orders = whole_amounts(problem, found.moves)
    if _is_noise(problem, amounts) or _is_idle(problem, amounts):
        amounts, orders = (), ()
    trades = write_trades(problem, snapshot, amounts)
    after = measure_leaves(leaves_after(trades), problem.total, target)
    turnover = _turnover(problem, trades)
    result = Result(problem, found, amounts, after, turnover)
    plan = ExchangePlan(
        total=problem.total,
        target=target,
        rules=rules,
        before=measure_drift(snapshot, target),
        after=after,
        turnover=turnover,
        exchanges=write_exchanges(problem, amounts, Reasons(problem)),
        trades=trades,
        elections=write_elections(problem, trades, orders),
        later=(),
        unmet=unmet_of(result),
        proof=proof_of(result),
    )
    check_plan(plan, snapshot)
    return plan


def _is_noise(problem: Problem, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether the exchanges are a few cents and no rule needs them."""
    slots = [slot for desk in problem.desks for slot in desk.slots]
    forced = any(slot.limit is not None and slot.value > slot.limit for slot in slots)
    return not forced and all(a.dollars <= NOISE and not a.arc.is_cash for a in amounts)


def _is_idle(problem: Problem, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether exchanges, in amounts that can be ordered, bring the mix not a cent closer."""
    if not problem.may_rest:
        return False
    now, then = gaps_of(problem), gaps_of(problem, amounts)
    return sum(map(abs, then), ZERO) > sum(map(abs, now), ZERO) - 2 * CENT


def _turnover(problem: Problem, trades: tuple[Trade, ...]) -> Money:
    """Return dollars moved between funds; new money and money raised alone do not count."""
    total = ZERO
    for desk in problem.desks:
        changes = [trade.change for trade in trades if trade.account_id == desk.id]
        bought = sum((change for change in changes if change > 0), ZERO)
        sold = -sum((change for change in changes if change < 0), ZERO)
        total += min(bought, sold)
    return total
