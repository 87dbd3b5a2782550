"""What redemption fees take out of a plan: the aims of what is left, and a plan that reckons with them.

A fee is a share of what is sold, so that it is known once the plan is. The plan is searched again for what
is left, until the fees are those it was searched with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.rules import CoreMinimum

from .draft import Draft
from .errors import ContradictoryRulesError
from .problem import Desk, Problem, zones_of
from .rule_fees import fees_of
from .slot import Cap, Slot
from .ticket import Amount
from .words import gaps_of

ROUNDS = 8
"""Times a plan is searched for the fees of the one before: each time they differ by a fiftieth as much."""


def losses_of(problem: Problem, amounts: Sequence[Amount]) -> tuple[Money, ...]:
    """Return dollars of each exchange that do not arrive in the fund it buys.

    What is kept back of money raised has left the household with it.
    """
    fees = fees_of(problem, amounts)
    return tuple(
        fee.amount if fee is not None and amount.arc.target >= 0 else ZERO
        for amount, fee in zip(amounts, fees, strict=True)
    )


def less_fees(problem: Problem, amounts: Sequence[Amount]) -> Problem:
    """Return the problem as it is for what the fees of some exchanges leave.

    Money still counts as sold: a fund that gets less has its aim raised by that, so that dollars off it are
    those of the mix the exchanges lead to. A fee never makes a fund sell to keep a cap.
    """
    losses = losses_of(problem, amounts)
    lost = sum(losses, ZERO)
    if not lost:
        return problem
    total = problem.total - lost
    true = problem.target.cells(max(total, ZERO))
    aims = [cell.dollars for cell in true]
    missing: dict[tuple[int, int], Money] = {}
    for amount, loss in zip(amounts, losses, strict=True):
        arc = amount.arc
        if loss:
            missing[arc.desk, arc.target] = missing.get((arc.desk, arc.target), ZERO) + loss
            for c, share in enumerate(problem.desks[arc.desk].slots[arc.target].shares):
                aims[c] += loss * share
    desks = [_capped(desk, d, missing) for d, desk in enumerate(problem.desks)]
    return replace(
        problem,
        desks=tuple(desks),
        cells=tuple(replace(cell, dollars=aim) for cell, aim in zip(true, aims, strict=True)),
        zones=zones_of(true, problem.target, total, problem.rules.goal),
        total=total,
    )


def _capped(desk: Desk, d: int, missing: dict[tuple[int, int], Money]) -> Desk:
    own = {s: money for (at, s), money in missing.items() if at == d}
    lost = sum(own.values(), ZERO)
    if not lost:
        return desk
    has_core = any(isinstance(rule.terms, CoreMinimum) for rule in desk.rules.restrictions)
    slots = (
        _with_cap(slot, lost, own.get(s, ZERO), desk, has_core=has_core) for s, slot in enumerate(desk.slots)
    )
    caps = (_with_shared(cap, lost, own, desk, has_core=has_core) for cap in desk.caps)
    return replace(desk, slots=tuple(slots), caps=tuple(caps))


def _with_shared(cap: Cap, lost: Money, own: dict[int, Money], desk: Desk, *, has_core: bool) -> Cap:
    if desk.is_over_together(cap) or desk.total_after <= 0:
        return cap
    inside = sum((own.get(s, ZERO) for s in cap.slots), ZERO)
    most = _lowered(cap.most, lost, inside, desk, has_core=has_core)
    return replace(cap, most=max(most, cap.held(desk.slots)))


def _lowered(most: Money, lost: Money, own: Money, desk: Desk, *, has_core: bool) -> Money:
    """Return a cap's dollars when fees have taken `lost` from an account, `own` of it in its funds."""
    limit = most * (desk.total_after - lost) / desk.total_after
    if has_core:
        limit = min(limit, most - lost)
    return limit.quantize(CENT, "ROUND_FLOOR") + own


def _with_cap(slot: Slot, lost: Money, own: Money, desk: Desk, *, has_core: bool) -> Slot:
    if slot.limit is None or slot.value > slot.limit or desk.total_after <= 0:
        return slot
    return replace(slot, limit=max(_lowered(slot.limit, lost, own, desk, has_core=has_core), slot.value))


def with_fees(problem: Problem, search: Callable[[Problem], Draft]) -> Draft:
    """Return the best plan for what its own redemption fees leave, none where they eat what it brings.

    `search` plans without them. Raises what it raises.
    """
    draft = search(problem)
    found = [draft]
    for _ in range(ROUNDS):
        left = less_fees(problem, draft.amounts)
        if left.cells == draft.problem.cells:
            return draft
        if any(left.cells == each.problem.cells for each in found):
            break  # in steps, plans of high and of low fees can lead to each other for ever
        try:
            draft = search(replace(left, has_to_help=draft.problem.has_to_help))
        except ContradictoryRulesError:
            break
        found.append(draft)
    charged = [_as_charged(problem, each) for each in found]
    return min(charged, key=lambda each: (each.distance, sum(losses_of(each.problem, each.amounts), ZERO)))


def _as_charged(problem: Problem, draft: Draft) -> Draft:
    """Return a plan as it is for what its own fees leave."""
    left = replace(less_fees(problem, draft.amounts), has_to_help=draft.problem.has_to_help)
    return replace(draft, problem=left)


def eaten(problem: Problem, draft: Draft) -> bool:
    """Tell whether fees take as much as the exchanges bring, so that nothing is better done."""
    if not draft.amounts or not problem.may_rest or not any(losses_of(problem, draft.amounts)):
        return False
    left = less_fees(problem, draft.amounts)
    now, then = (sum(map(abs, gaps_of(*each)), ZERO) / 2 for each in ((problem,), (left, draft.amounts)))
    return then * problem.total >= now * left.total - CENT
