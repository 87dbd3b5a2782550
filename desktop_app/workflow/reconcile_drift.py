"""Takes the new drift apart: what the plan leaves, orders undone, money, prices. The parts add exactly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.money import CENT, ZERO, Money, Weight, to_cents
from desktop_app.domain.reconciliation import Cause, DriftPart, DriftParts
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation, TargetCell

from .reconcile_flows import Flow, Pot

_PLACES = Decimal("1E-12")
"""Fine enough that no drift is rounded twice to another tenth of a point."""

Leaves = dict[AssetClass, Decimal]


@dataclass(frozen=True, slots=True)
class Moved:
    """An order with what is seen of it, dollars at the old prices; `is_unseen`: nothing can be told yet."""

    source: Pot | None
    target: Pot | None
    ordered: Money
    seen: Money
    fee: Money
    is_unseen: bool

    def into(self, pot: Pot, part: Money) -> Money:
        """Return what `part` dollars of the order bring into a pot (+) or take out of it (−)."""
        change = ZERO
        if pot is self.source:
            change -= part
        if pot is self.target and self.ordered:
            change += part - to_cents(self.fee * part / self.ordered)
        return change


def explained(flows: Sequence[Flow], moved: Sequence[Moved]) -> list[Money]:
    """Return what the orders as seen brought into each pot, in dollars at the old prices."""
    return [sum((order.into(flow.pot, order.seen) for order in moved), ZERO) for flow in flows]


def part_drift(
    flows: Sequence[Flow], moved: Sequence[Moved], realigned: Collection[str], target: TargetAllocation
) -> tuple[DriftParts | None, tuple[DriftParts, ...]]:
    """Return the parts of the drift of the whole and of every class with a target or money.

    The parts are laid one upon another: the mix as the plan leaves it, all orders done; less the orders
    that did not happen; less those no statement shows yet; plus moves between funds that nobody ordered;
    plus money in and out, all at the old prices; and at last today's prices. Each part is the
    change of the drift by its step, so they add to the new drift exactly; it is that of the newest
    statements against `target`, to the cent and to twelve places of a fraction.
    """
    steps = _steps(flows, moved, realigned)
    if sum(steps[-1].values(), ZERO) <= 0:
        return None, ()
    states = [_cells(step, target) for step in steps]
    nodes = {cell.node: None for state in states for cell, _ in state}
    classes = [_parts(node, [_of_class(state, node) for state in states]) for node in nodes]
    whole = _parts(None, [_of_whole(state) for state in states])
    held = [each for each in classes if each.dollars or any(p.dollars for p in each.parts)]
    return whole, tuple(held)


def _steps(flows: Sequence[Flow], moved: Sequence[Moved], realigned: Collection[str]) -> list[Leaves]:
    """Return dollars per class in the order of the causes, from the plan to the newest statements."""
    beyond, money = _split_rest(flows, moved, realigned)
    step: list[Money] = [
        flow.pot.before + sum((order.into(flow.pot, order.ordered) for order in moved), ZERO)
        for flow in flows
    ]
    steps = [step]
    for unseen in (False, True):
        missing = [
            sum(
                (
                    order.into(flow.pot, order.seen) - order.into(flow.pot, order.ordered)
                    for order in moved
                    if order.is_unseen is unseen
                ),
                ZERO,
            )
            for flow in flows
        ]
        steps.append(_plus(steps[-1], missing))
    steps.append(_plus(steps[-1], beyond))
    steps.append(_plus(steps[-1], money))
    steps.append([flow.pot.after for flow in flows])
    return [_leaves(flows, step) for step in steps]


def _plus(one: Sequence[Money], other: Sequence[Money]) -> list[Money]:
    return [held + change for held, change in zip(one, other, strict=True)]


def _split_rest(
    flows: Sequence[Flow], moved: Sequence[Moved], realigned: Collection[str]
) -> tuple[list[Money], list[Money]]:
    """Part what no order explains into moves between funds, which add to nothing, and money in or out.

    In an account that was realigned all of it is the price of the day: it is left to the markets.
    """
    rest = [
        flow.unexplained(part) if flow.pot.account_id not in realigned else ZERO
        for flow, part in zip(flows, explained(flows, moved), strict=True)
    ]
    beyond = [ZERO] * len(rest)
    for account_id in {flow.pot.account_id for flow in flows}:
        own = [i for i, flow in enumerate(flows) if flow.pot.account_id == account_id]
        within = _between([rest[i] for i in own])
        for i, dollars in zip(own, within, strict=True):
            beyond[i] = dollars
    return beyond, [all_of - part for all_of, part in zip(rest, beyond, strict=True)]


def _between(rest: Sequence[Money]) -> list[Money]:
    """Return the part of each amount that another fund of the account took or gave; they add to zero."""
    gained = sum((each for each in rest if each > 0), ZERO)
    lost = -sum((each for each in rest if each < 0), ZERO)
    both = min(gained, lost)
    if not both:
        return [ZERO] * len(rest)
    parts = [to_cents(each * both / (gained if each > 0 else lost)) for each in rest]
    over = sum(parts, ZERO)  # rounding may leave some cents
    largest = max(range(len(parts)), key=lambda i: abs(parts[i]))
    parts[largest] -= over
    return parts


def _leaves(flows: Sequence[Flow], held: Sequence[Money]) -> Leaves:
    found: Leaves = {}
    for flow, dollars in zip(flows, held, strict=True):
        for leaf, weight in flow.pot.fund.mix:
            found[leaf] = found.get(leaf, ZERO) + dollars * weight
    return found


State = list[tuple[TargetCell, Decimal]]
"""Cells of the target at one step, with the dollars above (+) or below (−) each."""


def _cells(step: Mapping[AssetClass, Decimal], target: TargetAllocation) -> State:
    total = sum(step.values(), ZERO)
    if total <= 0:
        return []
    cells = target.cells(total)
    return [
        (cell, sum((step.get(leaf, ZERO) for leaf in cell.leaves), ZERO) - cell.dollars) for cell in cells
    ]


def _total(state: State) -> Decimal:
    return sum((off + cell.dollars for cell, off in state), ZERO)


def _of_class(state: State, node: AssetClass) -> tuple[Money, Weight]:
    off = sum((off for cell, off in state if cell.node is node), ZERO)
    return _rounded(off, _total(state))


def _of_whole(state: State) -> tuple[Money, Weight]:
    return _rounded(sum((abs(off) for _, off in state), ZERO) / 2, _total(state))


def _rounded(off: Decimal, total: Decimal) -> tuple[Money, Weight]:
    return to_cents(off), (off / total if total else ZERO).quantize(_PLACES)


def _parts(node: AssetClass | None, steps: Sequence[tuple[Money, Weight]]) -> DriftParts:
    parts: list[DriftPart] = []
    dollars, points = ZERO * CENT, ZERO
    for cause, (new_dollars, new_points) in zip(Cause, steps, strict=True):
        parts.append(DriftPart(cause, new_dollars - dollars, new_points - points))
        dollars, points = new_dollars, new_points
    return DriftParts(node, dollars, points, tuple(parts))
