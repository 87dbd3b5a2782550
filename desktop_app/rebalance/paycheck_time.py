"""How many paychecks bring the household to its target when nothing is exchanged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.money import ZERO
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.targets import TargetAllocation

from .inlets import Inlet, open_inlets
from .problem import Desk, Problem, build_problem
from .solver import INFINITE, Model

ROUNDING = 1e-6
"""A part of a paycheck that is none."""
NOTHING = 1e-9
"""Part of the household by which a class may stay off target: rounding of the solver."""


def years_to_target(
    snapshot: Snapshot, target: TargetAllocation, rules: PlanRules, inlets: Sequence[Inlet]
) -> float | None:
    """Return the least years of contributions after which every class can be on target; None if none do.

    What is held stays where it is; each account's paychecks may go to any fund it may buy, within its
    caps. One linear program over the time and the money per fund: with contributions C a target is
    reached without a sale exactly when C is at least the largest v/t less the whole (DOMAIN section 4).
    """
    if snapshot.total <= 0 or sum((amount for _, amount in target.fixed), ZERO) > snapshot.total:
        return None
    yearly = [replace(inlet, count=inlet.pay.per_year) for inlet in inlets]
    still = PlanRules(today=rules.today, accounts=rules.accounts, log=rules.log)
    problem = build_problem(*_with_target(open_inlets(snapshot, still, yearly), target))
    model, years = _model(problem, snapshot, target, yearly)
    outcome = model.minimise({years: 1.0})
    return None if outcome is None else max(outcome.value, 0.0)


def paychecks_in(years: float, inlet: Inlet) -> int:
    """Return the whole number of paychecks that bring `years` years of contributions."""
    return max(math.ceil(years * inlet.pay.per_year - ROUNDING), 0)


def _with_target(
    opened: tuple[Snapshot, PlanRules], target: TargetAllocation
) -> tuple[Snapshot, TargetAllocation, PlanRules]:
    return opened[0], target, opened[1]


def _model(
    problem: Problem, snapshot: Snapshot, target: TargetAllocation, yearly: Sequence[Inlet]
) -> tuple[Model, int]:
    """Return the program and the column of the years; money is in shares of what is held now."""
    unit = snapshot.total
    now = [cell.dollars for cell in target.cells(unit)]
    grown = [cell.dollars for cell in target.cells(2 * unit)]
    by_id = {inlet.id: inlet for inlet in yearly}
    model = Model()
    years = model.column()
    income = float(sum((inlet.money for inlet in yearly), ZERO) / unit)
    cells: list[dict[int, float]] = [
        {years: -float((then - aim) / unit) * income} for aim, then in zip(now, grown, strict=True)
    ]
    for desk in problem.desks:
        if desk.id in by_id:
            _pour(model, years, desk, by_id[desk.id], float(by_id[desk.id].money / unit), cells)
        else:
            now = _less(now, desk)
    for terms, missing in zip(cells, now, strict=True):
        aim = float(missing / unit)
        model.row(aim - NOTHING, aim + NOTHING, terms)
    return model, years


def _less(dollars: list[Decimal], desk: Desk) -> list[Decimal]:
    """Return dollars per cell without what an account holds."""
    held = [slot.value for slot in desk.slots]
    return [
        amount - sum((slot.shares[c] * value for slot, value in zip(desk.slots, held, strict=True)), ZERO)
        for c, amount in enumerate(dollars)
    ]


def _pour(
    model: Model, years: int, desk: Desk, inlet: Inlet, flow: float, cells: list[dict[int, float]]
) -> None:
    """Let `flow` a year go to the funds of an inlet, none of them beyond their caps."""
    spent: dict[str, int] = {}
    for slot in desk.slots:
        if not slot.can_buy:
            continue
        column = spent[slot.fund.key] = model.column()
        for c, share in enumerate(slot.shares):
            if share:
                cells[c][column] = float(share)
    model.row(0.0, 0.0, {**dict.fromkeys(spent.values(), 1.0), years: -flow})
    for places, most in inlet.caps:
        keys = [inlet.funds[i].key for i in places]
        together = {spent[key]: 1.0 for key in keys if key in spent}
        model.row(-INFINITE, 0.0, {**together, years: -float(most) * flow})
