"""Works out the amounts of exchanges once more where a household is so large that the search leaves cents.

The search counts in thousandths of the household and gives way by billionths of it, which is dollars in a
household of billions. What its amounts miss is a small problem of its own, written in dollars around them
with exact sums, and solved as closely as a small household (iterative refinement; Gleixner, Steffy and
Wolter: Iterative Refinement for Linear Programming, 2016).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from desktop_app.domain.money import ZERO, to_cents

from .layout import Arc, least_of, unit_of
from .problem import Problem
from .solver import INFINITE, Model
from .stages import LATER_SLACK, SEEN

REACH = 10.0
"""How far an amount may be changed: so many times what a stage of the search may give way."""
FAR = 1000.0
"""Times that reach from which a distance can be taken not to change its sign."""
HELD = 0.001
"""Dollars by which a later stage may give way on an earlier one."""

Moves = Sequence[tuple[Arc, float]]
Terms = dict[int, float]


def refined(problem: Problem, moves: Moves) -> Moves:
    """Return exchanges with amounts in dollars that are best to a thousandth of one, near the ones given."""
    if unit_of(problem) * LATER_SLACK < SEEN or not moves:
        return moves
    return _Refinement(problem, moves).moves()


class _Refinement:
    """The change of each amount, in dollars; whole cents and sums around which it is written are exact."""

    def __init__(self, problem: Problem, moves: Moves) -> None:
        self._problem = problem
        self._arcs = [arc for arc, _ in moves]
        self._base = [to_cents(Decimal(repr(amount))) for _, amount in moves]
        self._reach = REACH * LATER_SLACK * unit_of(problem)
        self._model = Model()
        self._columns = [
            self._column(arc, amount) for arc, amount in zip(self._arcs, self._base, strict=True)
        ]
        self._gaps = [-cell.dollars for cell in problem.cells]
        self._change: list[Terms] = [{} for _ in problem.cells]
        for d in range(len(problem.desks)):
            self._add_desk(d)

    def moves(self) -> Moves:
        """Return the exchanges with their amounts changed; as they are where that is not to be done."""
        found = None
        for costs in self._stages():
            outcome = self._model.minimise(costs)
            if outcome is None:
                break
            found = outcome
            self._model.row(-INFINITE, outcome.value + HELD, costs)
        if found is None:
            return list(zip(self._arcs, map(float, self._base), strict=True))
        amounts = zip(self._arcs, self._base, self._columns, strict=True)
        return [(arc, float(base) + found.columns[column]) for arc, base, column in amounts]

    def _column(self, arc: Arc, amount: Decimal) -> int:
        least = least_of(self._problem.desks[arc.desk], arc)
        return self._model.column(max(least - float(amount), -self._reach), self._reach)

    def _add_desk(self, d: int) -> None:
        """Tie the changes of one account, and let them change the cells."""
        desk = self._problem.desks[d]
        own = [(i, arc) for i, arc in enumerate(self._arcs) if arc.desk == d]
        cash = [i for i, arc in own if arc.is_cash]
        if cash:
            self._between(cash, abs(desk.cash), abs(desk.cash))
        nets: list[tuple[Decimal, Terms]] = []
        for s, slot in enumerate(desk.slots):
            out = [i for i, arc in own if arc.source == s]
            into = [i for i, arc in own if arc.target == s]
            if out:
                self._between(out, None, slot.saleable)
            straight = [i for i in out if self._competes(self._arcs[i])]
            if straight and slot.is_washed:
                self._between(straight, None, slot.straight)
            net = {self._columns[i]: -1.0 for i in out} | {self._columns[i]: 1.0 for i in into}
            after = (
                slot.value
                + sum((self._base[i] for i in into), ZERO)
                - sum((self._base[i] for i in out), ZERO)
            )
            if slot.limit is not None and net:
                self._model.row(-INFINITE, float(slot.limit - after), net)
            nets.append((after, net))
            for c, share in enumerate(slot.shares):
                self._gaps[c] += after * share
                for column, sign in net.items():
                    self._change[c][column] = self._change[c].get(column, 0.0) + sign * float(share)

        for cap in desk.caps:
            self._cap([nets[s] for s in cap.slots], cap.most)

    def _cap(self, funds: Iterable[tuple[Decimal, Terms]], most: Decimal) -> None:
        """Keep several funds (dollars afterwards, and what changes them) within a cap they share."""
        terms: Terms = {}
        whole = ZERO
        for after, net in funds:
            whole += after
            for column, sign in net.items():
                terms[column] = terms.get(column, 0.0) + sign
        if terms:
            self._model.row(-INFINITE, float(most - whole), terms)

    def _competes(self, arc: Arc) -> bool:
        return arc.target >= 0 and self._problem.desks[arc.desk].slots[arc.target].competes

    def _between(self, own: Iterable[int], low: Decimal | None, high: Decimal) -> None:
        """Keep the sum of some amounts between two."""
        base = sum((self._base[i] for i in own), ZERO)
        terms = {self._columns[i]: 1.0 for i in own}
        self._model.row(-INFINITE if low is None else float(low - base), float(high - base), terms)

    def _stages(self) -> list[Terms]:
        """Return what is to be least, the most important first."""
        moved = {
            column: 1.0 for arc, column in zip(self._arcs, self._columns, strict=True) if not arc.is_cash
        }
        off = self._distances((gap, ZERO, terms) for gap, terms in zip(self._gaps, self._change, strict=True))
        if not self._problem.by_zone:
            return [off, moved]
        zones = []
        for zone in self._problem.zones:
            terms: Terms = {}
            for c in zone.cells:
                for column, share in self._change[c].items():
                    terms[column] = terms.get(column, 0.0) + share
            zones.append((sum((self._gaps[c] for c in zone.cells), ZERO), zone.width, terms))
        return [self._distances(zones), moved, off]

    def _distances(self, gaps: Iterable[tuple[Decimal, Decimal, Terms]]) -> Terms:
        """Return the terms of how far sums (dollars now, a width, their change) are outside the width."""
        costs: Terms = {}
        far = Decimal(FAR * self._reach)
        for gap, width, terms in gaps:
            away = abs(gap) - width
            side = 1.0 if gap > 0 else -1.0
            if away > far:
                for column, share in terms.items():
                    costs[column] = costs.get(column, 0.0) + side * share
            elif away > -far:
                distance = self._model.column()
                costs[distance] = 1.0
                for sign in (side,) if width > far else (1.0, -1.0):
                    signed = {column: -sign * share for column, share in terms.items()}
                    self._model.row(float(Decimal(sign) * gap - width), INFINITE, {distance: 1.0, **signed})
        return costs
