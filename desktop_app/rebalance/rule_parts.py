"""Funds of which rules bind a part are searched as two, and written as one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .problem import Desk, Problem
from .slot import Slot
from .ticket import Amount

BOUND = "it is part of another line"


@dataclass(frozen=True, slots=True)
class Parted:
    """A problem whose bound parts are funds of their own, behind the others.

    `owners` gives, per account, the fund each line belongs to.
    """

    problem: Problem
    owners: tuple[tuple[int, ...], ...]

    @property
    def has_parts(self) -> bool:
        """Whether any fund was divided."""
        return any(len(set(own)) < len(own) for own in self.owners)

    def joined(self, amounts: Sequence[Amount]) -> tuple[Amount, ...]:
        """Return exchanges with parts written as their fund; two of the same way become one."""
        found: dict[tuple[int, int, int], Amount] = {}
        for amount in amounts:
            own = self.owners[amount.arc.desk]
            source = own[amount.arc.source] if amount.arc.source >= 0 else -1
            target = own[amount.arc.target] if amount.arc.target >= 0 else -1
            key = (amount.arc.desk, source, target)
            known = found.get(key)
            arc = replace(amount.arc, source=source, target=target)
            found[key] = Amount(arc, amount.dollars + (known.dollars if known else 0))
        if not self.has_parts:
            return tuple(amounts)
        return tuple(found.values())


def parted(problem: Problem) -> Parted:
    """Divide every fund that has a bound part into the free rest and that part."""
    desks: list[Desk] = []
    owners: list[tuple[int, ...]] = []
    for desk in problem.desks:
        divided = [i for i, slot in enumerate(desk.slots) if slot.part is not None]
        parts = [_part(desk.slots[i]) for i in divided]
        desks.append(replace(desk, slots=(*map(_rest, desk.slots), *parts)))
        owners.append((*range(len(desk.slots)), *divided))
    return Parted(replace(problem, desks=tuple(desks)), tuple(owners))


def _rest(slot: Slot) -> Slot:
    if slot.part is None:
        return slot
    value = slot.value - slot.part.value
    units = None if slot.units is None else slot.units * value / slot.value
    return replace(slot, value=value, units=units, part=None)


def _part(slot: Slot) -> Slot:
    if slot.part is None:
        return slot
    part = slot.part
    units = None if slot.units is None else slot.units * part.value / slot.value
    return replace(
        slot,
        value=part.value,
        units=units,
        part=None,
        lock=part.lock,
        shut=BOUND,
        washes=bool(part.lots),
        competes=False,
        lots=part.lots,
    )
