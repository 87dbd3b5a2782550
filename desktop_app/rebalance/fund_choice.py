"""Bounds plans under exchange rules by which funds are sold and bought, whatever pairs them.

An exchange has one source and one target, so an account that sells k funds and buys m needs at least as
many exchanges as the larger of the two; each sold or bought fund moves at least the smallest exchange, and
none is both. These are far fewer choices than the exchanges themselves, and no legal plan breaks them: what
they cannot reach no plan can, and the funds they choose are where to look for one that does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .layout import Arc, Layout, flow_layout, primary_of
from .problem import Desk, Problem
from .solver import INFINITE
from .stages import LATER_SLACK

SECONDS = 2.0
"""The longest the choice may take."""

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FundChoice:
    """Funds by account and place: those sold and those bought; `least` units off that no plan goes below."""

    least: float
    sold: frozenset[Key]
    bought: frozenset[Key]

    def joins(self, arcs: Iterable[Arc], *, both: bool) -> list[Arc]:
        """Return the exchanges into a bought fund, with `both` only those from a sold one."""
        return [
            arc
            for arc in arcs
            if (arc.target < 0 or (arc.desk, arc.target) in self.bought)
            and (not both or arc.source < 0 or (arc.desk, arc.source) in self.sold)
        ]


def chosen_funds(problem: Problem) -> FundChoice | None:
    """Choose the funds of a closest plan as the rules on number and size allow; None if that takes too long.

    `least` is what was proved about the first stage: dollars off target, or outside the bands.
    """
    layout = flow_layout(problem)
    sold: dict[Key, int] = {}
    bought: dict[Key, int] = {}
    counts: dict[int, float] = {}
    for d, desk in enumerate(problem.desks):
        _add_flags(layout, d, desk, sold, bought)
        counts.update(_add_count(layout, d, desk, sold, bought))
    if problem.rules.max_exchanges is not None:
        layout.model.row(-INFINITE, float(problem.rules.max_exchanges), counts)
    primary = primary_of(layout, problem)
    outcome = layout.model.minimise(primary, seconds=SECONDS)
    if outcome is None:
        return None
    return FundChoice(
        max(outcome.bound - LATER_SLACK, 0.0),
        frozenset(key for key, flag in sold.items() if outcome.columns[flag] > 0.5),
        frozenset(key for key, flag in bought.items() if outcome.columns[flag] > 0.5),
    )


def _add_flags(layout: Layout, d: int, desk: Desk, sold: dict[Key, int], bought: dict[Key, int]) -> None:
    """Add a yes-or-no to every fund that may be sold or bought; what is moved is no less than the minimum."""
    model = layout.model
    largest = max(float(desk.total_after), 0.0) / layout.unit
    smallest = float(desk.rules.minimum_exchange) / layout.unit
    if desk.cash:
        smallest = min(smallest, abs(float(desk.cash)) / layout.unit)
    for columns, flags in ((layout.sells, sold), (layout.buys, bought)):
        for key, column in columns.items():
            if key[0] != d:
                continue
            most = (
                min(model.bounds(column)[1], largest) if columns is layout.buys else model.bounds(column)[1]
            )
            flags[key] = flag = model.column(0.0, 1.0, whole=True)
            model.row(-INFINITE, 0.0, {column: 1.0, flag: -most})
            if smallest:
                model.row(0.0, INFINITE, {column: 1.0, flag: -smallest})
    for key in sold.keys() & bought.keys():
        if key[0] == d:
            model.row(-INFINITE, 1.0, {sold[key]: 1.0, bought[key]: 1.0})


def _add_count(
    layout: Layout, d: int, desk: Desk, sold: dict[Key, int], bought: dict[Key, int]
) -> dict[int, float]:
    """Add the least number of exchanges of an account; cash that comes or goes is a fund of its own."""
    model = layout.model
    limit = desk.rules.max_exchanges
    number = model.column(0.0, INFINITE if limit is None else float(limit))
    for flags, extra in ((sold, desk.cash > 0), (bought, desk.cash < 0)):
        own = {flag: 1.0 for key, flag in flags.items() if key[0] == d}
        model.row(-INFINITE, -float(extra), {**own, number: -1.0})
    return {number: 1.0}
