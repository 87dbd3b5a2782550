"""Says in plain words why each exchange is there, what stays off target, and what was proved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.classes import CLASS_WORDS, AssetClass, ancestors_of, leaves_of, walk
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetCell

from .errors import dollars, until
from .problem import Desk, Problem, Slot
from .search import Found
from .ticket import Amount

_tr = translator("PlanReasons")
_tr_class = translator("AssetClass")

TOLERATED = Decimal("0.05")
"""Dollars by which rounding to cents may move a class without being worth a word."""


def class_name(node: AssetClass) -> str:
    """Return a class's name for the middle of a sentence."""
    words = _tr_class(CLASS_WORDS[node])
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def cell_name(cell: TargetCell) -> str:
    """Return the name of a part of the tree, and which classes in it are apart by their fixed dollars."""
    name = class_name(cell.node)
    others = aside(cell)
    if not others:
        return name
    listed = _tr(" and ").join(
        filter(None, [", ".join(map(class_name, others[:-1])), class_name(others[-1])])
    )
    return _tr("{0} other than {1}").format(name, listed)


def aside(cell: TargetCell) -> tuple[AssetClass, ...]:
    """Return the highest classes under a cell's node that do not belong to the cell."""
    missing = {leaf for leaf in leaves_of(cell.node) if leaf not in cell.leaves}
    if not missing:
        return ()
    return tuple(
        node
        for node in walk()
        if missing.issuperset(leaves_of(node))
        and not any(missing.issuperset(leaves_of(above)) for above in ancestors_of(node))
    )


def gaps_of(problem: Problem, amounts: Sequence[Amount] = ()) -> list[Decimal]:
    """Return dollars above (+) or below (−) target per cell, after the given exchanges."""
    gaps = [-cell.dollars for cell in problem.cells]
    for desk in problem.desks:
        for slot in desk.slots:
            _add(gaps, slot, slot.value)
    for amount in amounts:
        slots = problem.desks[amount.arc.desk].slots
        if amount.arc.source >= 0:
            _add(gaps, slots[amount.arc.source], -amount.dollars)
        if amount.arc.target >= 0:
            _add(gaps, slots[amount.arc.target], amount.dollars)
    return gaps


def distance(problem: Problem, gaps: Sequence[Decimal]) -> Money:
    """Return what the goal makes least: dollars off target, or outside the bands."""
    if not problem.by_zone:
        return sum(map(abs, gaps), ZERO) / 2
    strays = (abs(sum((gaps[c] for c in zone.cells), ZERO)) - zone.width for zone in problem.zones)
    return sum((max(stray, ZERO) for stray in strays), ZERO)


def _add(gaps: list[Decimal], slot: Slot, money: Money) -> None:
    for c, share in enumerate(slot.shares):
        if share:
            gaps[c] += money * share


class Reasons:
    """Gives each exchange its reason, from the gaps as they stand before the plan."""

    def __init__(self, problem: Problem, amounts: Sequence[Amount]) -> None:
        self._problem = problem
        self._amounts = amounts
        self._is_alone = sum(any(s.can_sell or s.can_buy for s in desk.slots) for desk in problem.desks) <= 1
        self._gaps = gaps_of(problem)
        self._lowest = min(self._gaps, default=ZERO)
        self._highest = max(self._gaps, default=ZERO)

    def why(self, amount: Amount) -> str:
        """Return one or two plain sentences."""
        desk = self._problem.desks[amount.arc.desk]
        source = desk.slots[amount.arc.source] if amount.arc.source >= 0 else None
        target = desk.slots[amount.arc.target] if amount.arc.target >= 0 else None
        parts: list[str] = []
        if source is not None:
            parts.append(self._lowers(source, raising=target is None))
        if target is not None:
            parts.append(self._raises(amount.arc.desk, target, new_money=source is None))
        sentence = _tr(" and ").join(parts)
        remark = "" if target is None else self._remark(desk, target)
        return sentence[0].upper() + sentence[1:] + "." + remark

    def waits(self, amount: Amount, target: Slot, day: date) -> str:
        """Return why money goes into a fund only to wait there for the way to `target`."""
        desk = self._problem.desks[amount.arc.desk]
        lowers = self._lowers(desk.slots[amount.arc.source], raising=False)
        place = desk.slots[amount.arc.target].fund.name
        return _tr(
            "{0}{1}. The money waits in {2} until {3}, when it may go to {4}: an equity wash "
            "does not let it go there straight."
        ).format(lowers[0].upper(), lowers[1:], place, until(day), target.fund.name)

    def _lowers(self, slot: Slot, *, raising: bool) -> str:
        c = self._cell(slot, above=True)
        name = cell_name(self._problem.cells[c])
        verb = _tr("raises the cash from") if raising else _tr("lowers")
        if slot.limit is not None and slot.value > slot.limit:
            return _tr("brings {0} down to the {1} it may hold at most").format(
                slot.fund.name, dollars(to_cents(slot.limit))
            )
        if self._gaps[c] < CENT:
            return f"{verb} {name}" if raising else _tr("takes the money from {0}").format(slot.fund.name)
        if self._is_bucket(c):
            bucket = dollars(to_cents(self._problem.cells[c].dollars))
            return _tr("{0} {1}, which is above its {2}").format(verb, name, bucket)
        extent = _tr("{0} above target").format(dollars(to_cents(self._gaps[c])))
        furthest = _tr(", the furthest above") if self._gaps[c] == self._highest else ""
        return f"{verb} {name} ({extent}{furthest})"

    def _raises(self, d: int, slot: Slot, *, new_money: bool) -> str:
        c = self._cell(slot, above=False)
        name = cell_name(self._problem.cells[c])
        verb = _tr("puts the new money in") if new_money else _tr("raises")
        if -self._gaps[c] < CENT:
            return self._beyond(d, c, slot, new_money=new_money)
        if self._is_bucket(c):
            bucket = dollars(to_cents(self._problem.cells[c].dollars))
            return _tr("refills {0} towards its {1}").format(name, bucket)
        extent = _tr("{0} below target").format(dollars(to_cents(-self._gaps[c])))
        furthest = _tr(", the furthest below") if self._gaps[c] == self._lowest else ""
        return f"{verb} {name} ({extent}{furthest})"

    def _beyond(self, d: int, c: int, slot: Slot, *, new_money: bool) -> str:
        """Return why a fund is bought for a cell that lacks nothing: it is sold elsewhere, or cash comes."""
        held = _tr("buys {0} for {1}").format(slot.fund.name, cell_name(self._problem.cells[c]))
        sellers = {
            amount.arc.desk
            for amount in self._amounts
            if amount.arc.source >= 0
            and self._problem.desks[amount.arc.desk].slots[amount.arc.source].shares[c]
        }
        if sellers - {d}:
            return _tr("{0}, to make up for what another account sells").format(held)
        if sellers:
            return _tr("{0}, to make up for what is sold with another fund").format(held)
        return _tr("{0}, where new money leaves the mix closest").format(held) if new_money else held

    def _remark(self, desk: Desk, target: Slot) -> str:
        c = self._cell(target, above=False)
        if target.fund.is_one_company and self._problem.cells[c].node is not AssetClass.COMPANY_STOCK:
            return _tr(
                " {0} is the stock of one company: mark it as not to be bought if you want no more of it."
            ).format(target.fund.name)
        able = [slot for slot in desk.slots if slot.can_buy and slot.shares[c]]
        if len(able) == 1 and not self._is_alone:
            return _tr(" {0} is the only fund here for {1}.").format(
                target.fund.name, cell_name(self._problem.cells[c])
            )
        if max(target.shares) < 1:
            return _tr(" {0} holds several classes; all of them are counted.").format(target.fund.name)
        return ""

    def _is_bucket(self, c: int) -> bool:
        return any(node is self._problem.cells[c].node for node, _ in self._problem.target.fixed)

    def _cell(self, slot: Slot, *, above: bool) -> int:
        """Return the cell this fund is traded for: the one off target it holds most of, else its largest."""
        sign = 1 if above else -1
        held = [c for c, share in enumerate(slot.shares) if share]
        return max(held, key=lambda c: (self._gaps[c] * sign >= CENT, slot.shares[c], -c))


@dataclass(frozen=True, slots=True)
class Exact:
    """What the plan that tidiness gave up would do: orders, dollars moved, dollars off target at its end.

    `is_proved` tells whether none does better by the goal.
    """

    count: int
    moved: Money
    off: Money
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What the words about a finished plan are made from.

    Where exchanges follow later, `later_on` is the day of the last of them, `final` are dollars off
    target per cell when they are done and `ends` the distance that makes. `exact` is what was given up for
    fewer orders, `fees` dollars that redemption fees keep back.
    """

    problem: Problem
    found: Found
    amounts: tuple[Amount, ...]
    after: DriftReport
    turnover: Money
    later_on: date | None = None
    final: tuple[Decimal, ...] = ()
    ends: Money = ZERO
    today: float | None = None
    later_moved: Money = ZERO
    later_count: int = 0
    exact: Exact | None = None
    fees: Money = ZERO

    @property
    def reached(self) -> Money:
        """Dollars off target (band goals: outside the bands) when every exchange is done."""
        return self.ends if self.later_on else self.after.misallocated


def is_left_by_steps(result: Result) -> bool:
    """Tell whether only the steps of the amounts keep the mix off target."""
    in_cents = result.found.in_cents
    return in_cents is not None and in_cents <= TOLERATED and not result.problem.by_zone
