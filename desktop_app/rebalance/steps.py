"""Amounts as they are typed: whole percents of a fund, thousandths of a unit, steps of some dollars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType

from desktop_app.domain.money import CENT, HUNDRED, ZERO
from desktop_app.domain.rules import OrderStyle

from .layout import Arc, Layout, arc_layout, least_of, may_move, most_of
from .problem import Desk, Problem

UNIT_STEPS = 1000
"""Plans take units with three decimals."""
SPARE = 1e-9
"""Steps the last one may miss by what floats lose."""


def style_of(desk: Desk, arc: Arc) -> OrderStyle:
    """Return how one exchange is ordered: cash in dollars, and so is a fund whose units are not known."""
    style = desk.rules.order_style
    if arc.is_cash or style is OrderStyle.REALIGN_PERCENT:
        return OrderStyle.DOLLARS
    if style is OrderStyle.UNITS and desk.slots[arc.source].unit_price is None:
        return OrderStyle.DOLLARS
    return style


def step_of(problem: Problem, arc: Arc) -> Decimal:
    """Return the dollars of one step of an exchange; a percent is one of the fund as it is held."""
    desk = problem.desks[arc.desk]
    style = style_of(desk, arc)
    if style is OrderStyle.PERCENT_OF_FUND:
        return desk.slots[arc.source].value / HUNDRED
    if style is OrderStyle.UNITS:
        return (desk.slots[arc.source].unit_price or ZERO) / UNIT_STEPS
    return CENT if desk.by_percent else problem.rules.round_to


def has_steps(problem: Problem) -> bool:
    """Tell whether some amount goes in steps wider than a cent."""
    return any(
        step_of(problem, Arc(d, s, s)) > CENT
        for d, desk in enumerate(problem.desks)
        for s, slot in enumerate(desk.slots)
        if slot.can_sell
    ) or (problem.rules.round_to > CENT and any(desk.cash and not desk.by_percent for desk in problem.desks))


def arcs_in_steps(problem: Problem) -> list[Arc]:
    """Return every exchange that steps may make useful.

    As sums in steps come closer the more there are of them, a fund that is the like of another is bought
    too when it could also be sold; of those nobody sells the first will do.
    """
    arcs: list[Arc] = []
    for d, desk in enumerate(problem.desks):
        buys: dict[object, int] = {}
        for s, slot in sorted(enumerate(desk.slots), key=lambda place: place[1].fund.is_one_company):
            if slot.can_buy:
                alone = desk.is_capped(s) or desk.by_percent or slot.can_sell
                buys.setdefault((slot.shares, slot.washes, slot.competes, s if alone else -1), s)
        sells = [s for s, slot in enumerate(desk.slots) if slot.can_sell]
        if desk.cash > 0:
            arcs.extend(Arc(d, -1, g) for g in sorted(buys.values()))
        for f in sells:
            if desk.cash < 0:
                arcs.append(Arc(d, f, -1))
            arcs.extend(Arc(d, f, g) for g in sorted(buys.values()) if may_move(problem, d, f, g))
    return [arc for arc in arcs if most_of(problem, arc) > 0]


def layout_in_steps(
    problem: Problem,
    arcs: Sequence[Arc],
    *,
    cash_in_cents: bool = False,
    around: Mapping[Arc, float] = MappingProxyType({}),
    window: int = 0,
) -> Layout:
    """Write the problem by single exchanges with every rule in force and every amount in steps.

    Of amounts given in `around` (dollars) only those `window` steps about them are allowed.
    """
    layout = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
    for d, desk in enumerate(problem.desks):
        odd: dict[int, float] = {}
        for arc in [arc for arc in arcs if arc.desk == d]:
            step = step_of(problem, arc)
            if step <= CENT or (arc.is_cash and cash_in_cents):
                continue
            column = layout.flows[arc]
            most = math.floor(layout.model.bounds(column)[1] * layout.unit / float(step) + SPARE)
            low = 0
            if arc in around:
                middle = math.floor(around[arc] / float(step))
                low, most = max(middle - window, 0), min(middle + window + 1, most)
            count = layout.model.column(low, most, whole=True)
            layout.counts[arc] = count
            terms = {column: 1.0, count: -float(step) / layout.unit}
            left = abs(desk.cash) % step
            if arc.is_cash and left:
                takes = layout.model.column(0.0, 1.0, whole=True)
                odd[takes] = 1.0
                terms[takes] = -float(left) / layout.unit
            layout.model.row(0.0, 0.0, terms)
            _add_least(layout, desk, arc, step)
        if odd:  # one exchange takes what the cash has beyond whole steps
            layout.model.row(1.0, 1.0, odd)
    return layout


def _add_least(layout: Layout, desk: Desk, arc: Arc, step: Decimal) -> None:
    """An exchange that is made has as many steps as its minimum takes, to the cent."""
    least = Decimal(repr(least_of(desk, arc)))
    if least and not arc.is_cash:
        fewest = int((least / step).to_integral_value(rounding=ROUND_CEILING))
        layout.model.row(0.0, math.inf, {layout.counts[arc]: 1.0, layout.flags[arc]: -fewest})
