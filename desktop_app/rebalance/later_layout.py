"""Today's exchanges and the later ones written as one model, whose mix is the one they end at together."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise
from typing import ClassVar

from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass

from .later_ways import Place, Step, Ways
from .layout import (
    EXACT,
    LITTLE,
    Arc,
    Layout,
    add_aims,
    add_cap,
    add_change,
    add_desk,
    add_percents,
    add_shared_caps,
    least_of,
    most_of,
    unit_of,
)
from .problem import Desk, Problem
from .slot import Lot
from .solver import INFINITE, Model, Outcome, Terms
from .standing import hold_standing, off_today


class Brief(Model):
    """A model whose solves take no longer than `budget` seconds together; each gets at least `LEAST`."""

    budget: ClassVar[float] = 1.5
    LEAST: ClassVar[float] = 0.1

    def __init__(self, exact: float = 1e-9) -> None:
        super().__init__(exact)
        self._taken = 0.0

    def minimise(self, costs: Terms, *, seconds: float = 60.0, start: Terms | None = None) -> Outcome | None:
        """Solve as every model does, within what is left of the budget."""
        began = time.monotonic()
        try:
            left = max(self.budget - self._taken, self.LEAST)
            return super().minimise(costs, seconds=min(seconds, left), start=start)
        finally:
            self._taken += time.monotonic() - began


@dataclass(slots=True)
class Days:
    """A layout of all days together.

    `layout.flows` are today's exchanges, `steps` the later ones, in units, `layout.count` all of them;
    `off_today` is the money off target when today's are done, `waiting` the days until the later ones, in
    hundreds, by their money.
    """

    layout: Layout
    steps: dict[Step, int] = field(default_factory=dict)
    points: dict[Step, list[int]] = field(default_factory=dict)
    off_today: dict[int, float] = field(default_factory=dict)
    waiting: dict[int, float] = field(default_factory=dict)


def days_layout(
    problem: Problem, arcs: Iterable[Arc], ways: Ways, *, counted: bool, give: float = 0.0
) -> Days:
    """Write the problem by today's exchanges and the later ones; every day keeps the account's rules.

    Exchanges are `counted` and sized where that is asked for. Today's lead `give` dollars closer to the
    target than rest, or not away from it at least.
    """
    days = Days(Layout(unit_of(problem), EXACT, Brief))
    return _Writer(problem, days, ways, counted=counted).written(arcs, give / days.layout.unit)


class _Writer:
    """Writes a model of all days, account by account."""

    def __init__(self, problem: Problem, days: Days, ways: Ways, *, counted: bool) -> None:
        self._problem = problem
        self._days = days
        self._layout = days.layout
        self._model = days.layout.model
        self._ways = ways
        self._counted = counted
        self._dates: dict[date, dict[int, float]] = {}
        self._acts: dict[int, dict[tuple[int, ...], int]] = {}
        self._buying: dict[Place, int] = {}

    def written(self, arcs: Iterable[Arc], give: float) -> Days:
        """Return the model; today's exchanges lead `give` units closer to the target than rest."""
        layout, problem = self._layout, self._problem
        layout.change = [{} for _ in problem.cells]
        for arc in sorted(set(arcs)):
            column = self._model.column(0.0, most_of(problem, arc) / layout.unit)
            layout.flows[arc] = column
            if not arc.is_cash:
                layout.movement[column] = 1.0
        for d, desk in enumerate(problem.desks):
            add_desk(layout, d, desk)
        self._add_today(give)
        self._add_steps()
        add_aims(layout, problem)
        for d, desk in enumerate(problem.desks):
            if desk.by_percent:
                self._acts[d] = add_percents(layout, d, desk)
                self._add_points(d, desk)
            else:
                self._add_orders(d, desk)
            self._add_directions(d, desk)
        self._add_untouched()
        self._add_household()
        return self._days

    def _add_today(self, give: float) -> None:
        """Add what is off target when only today's exchanges are done; it may be no more than now."""
        problem, layout = self._problem, self._layout
        aims = [cell.dollars for cell in problem.cells]
        terms, idle = off_today(self._model, layout.change, layout.unit, problem.desks, aims)
        if problem.may_rest:
            self._model.row(-INFINITE, max(idle - give, 0.0) + LITTLE, terms)
        self._days.off_today = hold_standing(self._model, layout.change, layout.unit, problem) or terms

    def _add_steps(self) -> None:
        """Add the later exchanges: what comes free at a place pays for them, caps hold in the end."""
        today = self._problem.rules.today
        desks = self._problem.desks
        into: dict[Place, dict[int, float]] = {}
        out: dict[Place, dict[Step, int]] = {}
        for step in self._ways.steps:
            column = self._model.column(0.0, self._most(step) / self._layout.unit)
            self._days.steps[step] = column
            self._days.waiting[column] = (step.day - today).days / 100.0
            self._layout.movement[column] = 1.0
            into.setdefault((step.desk, step.target), {})[column] = 1.0
            out.setdefault((step.desk, step.place), {})[step] = column
            slots = desks[step.desk].slots
            add_change(self._layout, slots[step.place], {column: -1.0})
            add_change(self._layout, slots[step.target], {column: 1.0})
        for (d, g), come in into.items():
            add_cap(self._layout, desks[d].slots[g], self._net(d, g) | come)
        for d, desk in enumerate(desks):
            if desk.caps:
                self._cap_in_the_end(d, desk)
        for place, steps in out.items():
            self._add_supply(place, steps)

    def _cap_in_the_end(self, d: int, desk: Desk) -> None:
        """Keep the caps that funds share once the later exchanges are done."""
        nets = [self._net(d, s) for s in range(len(desk.slots))]
        for step, column in self._days.steps.items():
            if step.desk == d:
                nets[step.place][column] = -1.0
                nets[step.target][column] = 1.0
        add_shared_caps(self._layout, desk, nets)

    def _most(self, step: Step) -> float:
        """Return the most dollars that can be in a place on the day of a step."""
        desk = self._problem.desks[step.desk]
        held = desk.slots[step.place].saleable
        come = (most_of(self._problem, arc) for arc in self._into((step.desk, step.place)))
        return min(float(held) + sum(come), float(desk.total_after))

    def _into(self, place: Place) -> list[Arc]:
        return [arc for arc in self._layout.flows if (arc.desk, arc.target) == place]

    def _net(self, d: int, s: int) -> dict[int, float]:
        flows = self._layout.flows.items()
        net = {column: -1.0 for arc, column in flows if (arc.desk, arc.source) == (d, s)}
        return net | {column: 1.0 for arc, column in flows if (arc.desk, arc.target) == (d, s)}

    def _add_supply(self, place: Place, steps: dict[Step, int]) -> None:
        """Let no more money leave a place up to a day than is there and free by then."""
        lots = self._ways.lots.get(place, ())
        unit, flows = self._layout.unit, self._layout.flows
        free = self._problem.desks[place[0]].slots[place[1]].saleable
        free -= sum((lot.amount for lot in lots), ZERO)
        gone = self._out_of(place)
        days = self._ways.days_of(place)
        late = lots if any(lot.free_on > day for lot in lots for day in days) else ()
        sold = self._add_lots(place, late, free)
        today = self._problem.rules.today
        for day in days:
            moved = {column: 1.0 for step, column in steps.items() if step.day <= day}
            come = {flows[arc]: -1.0 for arc in self._into(place) if self._ways.free_on(arc, today) <= day}
            there = free + sum((lot.amount for lot in lots if lot.free_on <= day), ZERO)
            # what was sold of the money that is bound still is not missing here
            taken = {column: -1.0 for lot, column in zip(late, sold, strict=True) if lot.free_on > day}
            self._model.row(-INFINITE, float(there) / unit, moved | come | gone | taken)

    def _out_of(self, place: Place) -> dict[int, float]:
        """Return the terms of what today's exchanges take out of a fund."""
        flows = self._layout.flows
        return {flows[arc]: 1.0 for arc in flows if (arc.desk, arc.source) == place}

    def _add_lots(self, place: Place, lots: Sequence[Lot], free: Money) -> list[int]:
        """Add what today's sales take of each lot once no free money is left, the earliest free first.

        Returns the columns.
        """
        out = self._out_of(place)
        if not lots:
            return []
        model, unit = self._model, self._layout.unit
        taken = [model.column(0.0, float(lot.amount) / unit) for lot in lots]
        most = float(sum((lot.amount for lot in lots), ZERO)) / unit
        spared = dict.fromkeys(out, -1.0)
        model.row(-float(free) / unit, INFINITE, dict.fromkeys(taken, 1.0) | spared)
        if free > 0:
            is_used = model.column(0.0, 1.0, whole=True)
            model.row(-INFINITE, 0.0, dict.fromkeys(taken, 1.0) | {is_used: -most})
            model.row(0.0, INFINITE, out | {is_used: -float(free) / unit})
            free_left = float(free) / unit
            model.row(-INFINITE, most, dict.fromkeys(taken, 1.0) | spared | {is_used: most + free_left})
        else:
            model.row(-INFINITE, 0.0, dict.fromkeys(taken, 1.0) | spared)
        for first, then in pairwise(taken):
            is_gone = model.column(0.0, 1.0, whole=True)
            model.row(0.0, INFINITE, {first: 1.0, is_gone: -model.bounds(first)[1]})
            model.row(-INFINITE, 0.0, {then: 1.0, is_gone: -model.bounds(then)[1]})
        return taken

    def _add_orders(self, d: int, desk: Desk) -> None:
        """Count and size the exchanges of an account, each day for itself."""
        if not self._counted:
            return
        made: dict[int, float] = {}
        for arc, column in self._layout.flows.items():
            if arc.desk == d:
                flag = self._flagged({column: 1.0}, self._model.bounds(column)[1], least_of(desk, arc))
                self._layout.flags[arc] = flag
                made[flag] = 1.0
        self._add_most(desk, made)
        later: dict[date, dict[int, float]] = {}
        for step, column in self._days.steps.items():
            if step.desk == d:
                most = self._model.bounds(column)[1]
                flag = self._flagged({column: 1.0}, most, float(desk.rules.minimum_exchange))
                later.setdefault(step.day, {})[flag] = 1.0
        for day, flags in later.items():
            self._add_most(desk, flags)
            self._dates.setdefault(day, {}).update(flags)

    def _flagged(self, flows: dict[int, float], most: float, least: float) -> int:
        """Add and count a yes-or-no for an order of `most` units and `least` dollars."""
        flag = self._model.column(0.0, 1.0, whole=True)
        self._model.row(-INFINITE, 0.0, flows | {flag: -most})
        if least:
            self._model.row(0.0, INFINITE, flows | {flag: -least / self._layout.unit})
        self._layout.count[flag] = 1.0
        return flag

    def _add_most(self, desk: Desk, flags: dict[int, float]) -> None:
        most = desk.rules.max_exchanges
        if most is not None and flags:
            self._model.row(-INFINITE, float(most), flags)

    def _add_points(self, d: int, desk: Desk) -> None:
        """Let a realigned account move whole percents later, as one order of each day."""
        later: dict[date, dict[int, float]] = {}
        for step, column in self._days.steps.items():
            if step.desk != d:
                continue
            parts: dict[int, float] = {column: 1.0}
            points = []
            for slots, act in self._acts[d].items():
                if step.place in slots and step.target in slots:
                    point = self._model.column(0.0, 100.0, whole=True)
                    whole = float(sum((desk.slots[s].value for s in slots), desk.cash)) / self._layout.unit
                    self._model.row(-INFINITE, 0.0, {point: 1.0, act: -100.0})
                    parts[point] = -whole / 100.0
                    points.append(point)
            self._model.row(0.0, 0.0, parts)
            self._days.points[step] = points
            later.setdefault(step.day, {})[column] = 1.0
        for day, columns in later.items():
            most = sum(self._model.bounds(column)[1] for column in columns)
            flag = self._flagged(columns, most, float(desk.rules.minimum_exchange))
            self._add_most(desk, {flag: 1.0})
            self._dates.setdefault(day, {})[flag] = 1.0

    def _add_directions(self, d: int, desk: Desk) -> None:
        """A fund is bought or sold today, never both, nor sold where it may not be bought back by then."""
        for s, slot in enumerate(desk.slots):
            net = self._net(d, s)
            gone = {column: 1.0 for column, sign in net.items() if sign < 0}
            come = {column: 1.0 for column, sign in net.items() if sign > 0}
            later = {
                self._days.steps[step]: 1.0
                for step in self._ways.unsold
                if (step.desk, step.target) == (d, s)
            }
            if not (gone and (come or later)) and (d, s) not in self._touchy:
                continue
            buying = self._model.column(0.0, 1.0, whole=True)
            self._buying[d, s] = buying
            out = float(slot.saleable) / self._layout.unit
            into = float(desk.total_after) / self._layout.unit
            if gone:
                self._model.row(-INFINITE, out, {**gone, buying: out})
            if come or later:
                self._model.row(-INFINITE, 0.0, {**come, **later, buying: -into})

    @property
    def _touchy(self) -> set[Place]:
        return {(step.desk, step.place) for step in self._ways.untouched}

    def _add_untouched(self) -> None:
        """Keep a step from a fund that is bought today, where that purchase would bind it."""
        for step in self._ways.untouched:
            column = self._days.steps[step]
            most = self._model.bounds(column)[1]
            self._model.row(-INFINITE, most, {column: 1.0, self._buying[step.desk, step.place]: most})

    def _add_household(self) -> None:
        most = self._problem.rules.max_exchanges
        if most is None:
            return
        later = {flag for flags in self._dates.values() for flag in flags}
        today = {flag: 1.0 for flag in self._layout.count if flag not in later}
        for flags in (today, *self._dates.values()):
            if flags:
                self._model.row(-INFINITE, float(most), flags)


def is_counted(problem: Problem) -> bool:
    """Tell whether a rule counts or sizes single exchanges."""
    return problem.rules.max_exchanges is not None or any(
        desk.rules.max_exchanges is not None or desk.rules.minimum_exchange for desk in problem.desks
    )
