"""What changed from one statement to the next: markets, money moved, accounts that joined, and the untold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from desktop_app.domain.funds import FundKey
from desktop_app.domain.money import ZERO, Money, Weight, to_cents
from desktop_app.domain.records import dataclass

from .history import HeldFund, HistoryPoint
from .leaf_sums import LeafSums, Shares, added, no_sums, put

LEAPS = (Decimal("0.6"), Decimal("1.7"))
"""Units that fell or rose by more than this from one statement to the next, while the value hardly changed,
are taken for a split of the fund's shares: nothing can be told then."""

HARDLY = Decimal("0.25")

KINDS = ("markets", "moved", "joined", "untold")
"""The order in which the parts of a change are taken."""


@dataclass(frozen=True, slots=True)
class Change:
    """Dollars by which the household changed; the parts add to `total` to the cent.

    `markets` is what the units held before gained or lost in price. `moved` is the rest where units are
    known: contributions, withdrawals, exchanges, and dividends that bought units. `joined` are accounts seen
    for the first time. `untold` is the change of funds whose units a statement does not give.
    """

    markets: Money = ZERO
    moved: Money = ZERO
    joined: Money = ZERO
    untold: Money = ZERO

    @property
    def total(self) -> Money:
        """The whole change in dollars."""
        return self.markets + self.moved + self.joined + self.untold


@dataclass(frozen=True, slots=True)
class DriftChange:
    """Where drift came from since a statement, fractions of 1; `start` and the parts add to `end`.

    The parts are taken in this order: markets move the funds held, money is moved, accounts join, what
    cannot be told happens, and at last another target is measured against.
    """

    since: date
    start: Weight
    end: Weight
    markets: Weight = ZERO
    moved: Weight = ZERO
    joined: Weight = ZERO
    untold: Weight = ZERO
    target: Weight = ZERO


class _Parts:
    """The change from one point to the next, by kind: dollars, and the same per leaf."""

    def __init__(self, before: HistoryPoint, after: HistoryPoint) -> None:
        self.dollars = dict.fromkeys(KINDS, ZERO)
        self.leaves: dict[str, LeafSums] = {}
        for key, account in after.accounts.items():
            known = before.accounts.get(key)
            if known is None:
                for fund in account.funds.values():
                    self._add("joined", fund.shares, fund.value)
            elif known is not account:
                for old, new in _pairs(known.funds, account.funds):
                    self._compare(old, new)

    def _add(self, kind: str, shares: Shares, dollars: Money) -> None:
        self.dollars[kind] += dollars
        if kind not in self.leaves:
            self.leaves[kind] = no_sums()
        put(self.leaves[kind], shares, dollars)

    def _compare(self, old: HeldFund | None, new: HeldFund | None) -> None:
        if old is None or new is None:
            if new is not None:
                self._add("moved", new.shares, new.value)
            if old is not None:
                self._add("moved", old.shares, -old.value)
            return
        held = _held_on(old, new)
        if held is None:
            self._turn("untold", old, new, new.value)
            return
        self._turn("markets", old, new, held)
        if new.value != held:
            self._add("moved", new.shares, new.value - held)

    def _turn(self, kind: str, old: HeldFund, new: HeldFund, value: Money) -> None:
        """Note what became of a fund; where its own mix changed, that is part of it."""
        if old.shares is new.shares or old.shares == new.shares:
            if value != old.value:
                self._add(kind, new.shares, value - old.value)
            return
        self._add(kind, new.shares, value)
        self._add(kind, old.shares, -old.value)


def change_between(before: HistoryPoint, after: HistoryPoint) -> Change:
    """Tell by what the household changed between two points, dollars."""
    return Change(**_Parts(before, after).dollars)


def drift_change(points: Sequence[HistoryPoint]) -> DriftChange | None:
    """Tell where the drift of the last point came from since the first; None where no target can be used.

    Weights are fractions of 1. Every interval is taken by itself and the parts are added.
    """
    drifts = [point.drift for point in points]
    start, end = (drifts[0], drifts[-1]) if len(drifts) > 1 else (None, None)
    if start is None or end is None or None in drifts:
        return None
    sums = dict.fromkeys((*KINDS, "target"), ZERO)
    for before, after in pairwise(points):
        for kind, part in _drift_parts(before, after):
            sums[kind] += part
    return DriftChange(points[0].day, start, end, **sums)


def _drift_parts(before: HistoryPoint, after: HistoryPoint) -> Iterator[tuple[str, Weight]]:
    """Yield the parts of one interval; they add to the difference of the two drifts."""
    if before.ruler is None or before.drift is None or after.drift is None:
        return
    parts = _Parts(before, after)
    leaves, total, drift = before.leaves, before.total, before.drift
    for kind in KINDS:
        if kind not in parts.leaves:
            continue
        leaves = added([leaves, parts.leaves[kind]])
        total += parts.dollars[kind]
        measured = before.ruler.drift(leaves, total) if total > 0 else drift
        yield kind, measured - drift
        drift = measured
    yield "target", after.drift - drift


def _held_on(old: HeldFund, new: HeldFund) -> Money | None:
    """Return what the old units were worth at the new price, in cents; None where that cannot be told."""
    before, now = old.units, new.units
    if before is None or now is None or before <= 0 or now <= 0 or old.value <= 0 or new.value <= 0:
        return None
    if before == now:
        return new.value
    leapt = not before * LEAPS[0] <= now <= before * LEAPS[1]
    if leapt and abs(new.value / old.value - 1) <= HARDLY:
        return None
    return to_cents(before * new.value / now)


def _pairs(
    before: Mapping[FundKey, HeldFund], after: Mapping[FundKey, HeldFund]
) -> Iterator[tuple[HeldFund | None, HeldFund | None]]:
    """Pair the same funds of two statements: by key, else by name, else by the very same units.

    Files of different layouts name a fund differently.
    """
    if before.keys() == after.keys():
        yield from ((before[key], fund) for key, fund in after.items())
        return
    gone = {key: fund for key, fund in before.items() if key not in after}
    come = {key: fund for key, fund in after.items() if key not in before}
    for key, fund in after.items():
        if key in before:
            yield before[key], fund
    for key, fund in come.items():
        twin = _twin(fund, gone)
        if twin is None:
            yield None, fund
        else:
            yield gone.pop(twin), come[key]
    for fund in gone.values():
        yield fund, None


def _twin(fund: HeldFund, among: Mapping[FundKey, HeldFund]) -> FundKey | None:
    named = [key for key, other in among.items() if other.name == fund.name]
    if len(named) == 1:
        return named[0]
    if not fund.units:
        return None
    same = [key for key, other in among.items() if other.units == fund.units]
    return same[0] if len(same) == 1 else None
