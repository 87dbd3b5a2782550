"""Makes a plan: lays out the problem, searches the optimum, rounds it, words it and checks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money, to_cents
from desktop_app.domain.plan import Exchange, ExchangePlan, LaterExchange
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.targets import TargetAllocation

from .check import check_plan
from .draft import Draft, drafted
from .drift import measure_drift, measure_leaves
from .errors import dollars, until
from .fee_losses import eaten, less_fees, losses_of, with_fees
from .later_moves import LEFT, LaterMove, gaps_after, order_count
from .orders import leaves_after, write_elections, write_exchanges, write_trades
from .problem import Problem, Standing, build_problem
from .proof import proof_of
from .rule_fees import fees_of
from .rule_later import Staged, in_two_steps
from .rule_slots import in_dollars_for_cash
from .rule_thrift import without_fees
from .ticket import Amount
from .unmet import unmet_of
from .words import Reasons, Result, distance

_tr = translator("PlanReasons")


@dataclass(frozen=True, slots=True)
class _Answer:
    """The plan found and the exchanges that follow later.

    `today` is what no plan of today alone ends below, where exchanges follow and that is proved.
    """

    problem: Problem
    draft: Draft
    later: tuple[LaterMove, ...]
    today: float | None

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Today's exchanges."""
        return self.draft.amounts

    @property
    def later_on(self) -> date | None:
        """The day from which the last of the later exchanges is possible."""
        return max((move.not_before for move in self.later), default=None)


def make_plan(
    snapshot: Snapshot, target: TargetAllocation, rules: PlanRules, standing: Standing | None = None
) -> ExchangePlan:
    """Return the best legal plan for the whole household, in the strict order of DESIGN section 5.

    Least misallocation, least money moved, levelled where such plans tie, fewest exchanges; amounts are
    what can be ordered and the plan has passed its own check. With a `standing` the mix ends today no
    further from target than that says. Raises the errors of
    `build_problem`, `LimitsTooTightError` and `StepsTooCoarseError` when the rules leave no plan,
    and `BugError` when the check fails.
    """
    rules = in_dollars_for_cash(rules)
    answer = _best(build_problem(snapshot, target, rules, standing))
    problem = answer.problem
    amounts = answer.amounts
    losses = losses_of(problem, amounts)
    trades = write_trades(problem, snapshot, amounts, losses)
    left = less_fees(problem, amounts)
    after = measure_leaves(leaves_after(trades), left.total, target)
    turnover = sum((amount.dollars for amount in amounts if not amount.arc.is_cash), ZERO)
    final = gaps_after(left, amounts, answer.later)
    result = Result(
        left,
        answer.draft.found,
        amounts,
        after,
        turnover,
        answer.later_on,
        tuple(final),
        distance(left, final),
        answer.today,
        sum((move.amount for move in answer.later), ZERO),
        order_count(problem, answer.later),
        answer.draft.exact,
        sum((fee.amount for fee in fees_of(problem, amounts) if fee), ZERO),
    )
    plan = ExchangePlan(
        total=left.total,
        target=target,
        rules=rules,
        before=measure_drift(snapshot, target),
        after=after,
        turnover=turnover,
        exchanges=_exchanges(answer),
        trades=trades,
        elections=write_elections(problem, trades, answer.draft.orders),
        later=_laters(answer, losses),
        unmet=unmet_of(result),
        proof=proof_of(result),
    )
    check_plan(plan, snapshot)
    return plan


def _best(problem: Problem) -> _Answer:
    """Return the best plan of today, or the two-step plan where that ends closer."""
    first = with_fees(problem, lambda asked: without_fees(drafted(asked)))
    staged = in_two_steps(problem, first)
    if not staged.later and eaten(problem, first):
        staged = Staged(replace(first, problem=problem, amounts=(), orders=()))
    problem = replace(problem, has_to_help=staged.draft.problem.has_to_help)
    return _Answer(problem, staged.draft, staged.later, staged.today)


def _exchanges(answer: _Answer) -> tuple[Exchange, ...]:
    """Return the orders with their reasons, those of fees and of waiting money included."""
    problem, amounts = answer.problem, answer.amounts
    reasons = Reasons(problem, amounts)
    written = write_exchanges(problem, amounts, reasons)
    found: list[Exchange] = []
    for exchange, amount, fee in zip(written, amounts, fees_of(problem, amounts), strict=True):
        why = _why(exchange.why, answer, amount, reasons)
        cost = ZERO if fee is None else fee.amount
        found.append(replace(exchange, why=why + (fee.words if fee else ""), fee=cost))
    return tuple(found)


def _why(why: str, answer: _Answer, amount: Amount, reasons: Reasons) -> str:
    arc = amount.arc
    there = [move for move in answer.later if (move.desk, move.source) == (arc.desk, arc.target)]
    waiting = [move for move in there if move.waits_from(arc.source)]
    if not waiting or arc.source < 0:
        return why
    move = waiting[0]
    target = answer.problem.desks[arc.desk].slots[move.target]
    money = sum((m.waits_from(arc.source) for m in waiting), ZERO)
    if money == amount.dollars and len(waiting) == 1:
        return reasons.waits(amount, target, move.not_before)
    return _tr("{0} {1} of it waits there until {2}, for an equity wash.").format(
        why, dollars(money), until(move.not_before)
    )


def _laters(answer: _Answer, losses: Sequence[Money]) -> tuple[LaterExchange, ...]:
    """Return the later exchanges; of money that waits in a fund what a fee took today is missing."""
    missing: dict[tuple[int, int], Money] = {}
    for amount, loss in zip(answer.amounts, losses, strict=True):
        key = (amount.arc.desk, amount.arc.target)
        missing[key] = missing.get(key, ZERO) + loss
    found: list[LaterExchange] = []
    for move in answer.later:
        less = min(missing.pop((move.desk, move.source), ZERO), move.amount)
        found.append(_later(answer.problem, replace(move, amount=move.amount - less)))
    return tuple(step for step in found if step.amount)


def _later(problem: Problem, move: LaterMove) -> LaterExchange:
    slots = problem.desks[move.desk].slots
    target = slots[move.target].fund
    if move.sources:
        names = _tr(" and ").join(slots[origin].fund.name for origin in move.sources)
        why = _tr("Equity wash: money from {0} may not go to {1} before then.").format(names, target.name)
    elif not move.waits_from(LEFT):
        why = _tr("Goes when an equity wash lets other money go: today is no room for it.")
    else:
        why = _tr("Equity wash: this money left stable value and may not go to {0} before then.").format(
            target.name
        )
    source = slots[move.source].fund
    desk = problem.desks[move.desk]
    return LaterExchange(move.not_before, desk.id, source, target, to_cents(move.amount), why)
