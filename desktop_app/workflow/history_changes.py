"""What changed from one statement to the next: markets, money moved, accounts that joined, and the untold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import FundKey
from desktop_app.domain.money import ZERO, Money, Weight, to_cents

from .history import HeldAccount, HeldFund, HistoryPoint, added

LEAPS = (Decimal("0.6"), Decimal("1.7"))
"""A price that fell or rose by more than this from one statement to the next, with units that moved the other
way so that the value hardly changed, is taken for a split of the fund's shares: nothing can be told then."""

HARDLY = Decimal("0.25")


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


@dataclass(frozen=True, slots=True)
class _Step:
    """One fund from one statement to the next, as dollars per leaf of each kind of change."""

    kind: str
    dollars: Money
    leaves: Mapping[AssetClass, Decimal]


def change_between(before: HistoryPoint, after: HistoryPoint) -> Change:
    """Tell by what the household changed between two points, dollars."""
    sums = {field.name: ZERO for field in fields(Change)}
    for step in _steps(before, after):
        sums[step.kind] += step.dollars
    return Change(**sums)


def drift_change(points: Sequence[HistoryPoint]) -> DriftChange | None:
    """Tell where the drift of the last point came from since the first; None where no target can be used.

    Weights are fractions of 1. Every interval is taken by itself and the parts are added.
    """
    drifts = [point.drift for point in points]
    start, end = (drifts[0], drifts[-1]) if len(drifts) > 1 else (None, None)
    if start is None or end is None or None in drifts:
        return None
    sums = dict.fromkeys(("markets", "moved", "joined", "untold", "target"), ZERO)
    for before, after in pairwise(points):
        for kind, part in _drift_steps(before, after):
            sums[kind] += part
    return DriftChange(points[0].day, start, end, **sums)


def _drift_steps(before: HistoryPoint, after: HistoryPoint) -> Iterator[tuple[str, Weight]]:
    """Yield the parts of one interval; they add to the difference of the two drifts."""
    if before.ruler is None or before.drift is None or after.drift is None:
        return
    steps = tuple(_steps(before, after))
    leaves, drift = dict(before.by_leaf), before.drift
    for kind in ("markets", "moved", "joined", "untold"):
        own = [step.leaves for step in steps if step.kind == kind]
        if not own:
            continue
        leaves = added((leaves, *own))
        total = sum(leaves.values(), ZERO)
        measured = before.ruler.drift(leaves, total) if total > 0 else drift
        yield kind, measured - drift
        drift = measured
    yield "target", after.drift - drift


def _steps(before: HistoryPoint, after: HistoryPoint) -> Iterator[_Step]:
    for key, account in after.accounts.items():
        known = before.accounts.get(key)
        if known is None:
            yield _Step("joined", account.total, account.by_leaf)
        elif known is not account:
            yield from _account_steps(known, account)


def _account_steps(before: HeldAccount, after: HeldAccount) -> Iterator[_Step]:
    for old, new in _pairs(before.funds, after.funds):
        if old is None and new is not None:
            yield _Step("moved", new.value, _leaves(new, new.value))
        elif new is None and old is not None:
            yield _Step("moved", -old.value, _leaves(old, -old.value))
        elif old is not None and new is not None:
            yield from _fund_steps(old, new)


def _fund_steps(old: HeldFund, new: HeldFund) -> Iterator[_Step]:
    """Part one fund's change; what a fund changed in its own mix counts as markets."""
    held = _held_on(old, new)
    if held is None:
        if old.value != new.value or old.mix != new.mix:
            leaves = added((_leaves(new, new.value), _leaves(old, -old.value)))
            yield _Step("untold", new.value - old.value, leaves)
        return
    markets = added((_leaves(new, held), _leaves(old, -old.value)))
    yield _Step("markets", held - old.value, markets)
    if new.value != held:
        yield _Step("moved", new.value - held, _leaves(new, new.value - held))


def _held_on(old: HeldFund, new: HeldFund) -> Money | None:
    """Return what the old units were worth at the new price, in cents; None where that cannot be told."""
    if not old.units or not new.units or old.value <= 0 or new.value <= 0:
        return None
    if old.units < 0 or new.units < 0:
        return None
    price_before, price = old.value / old.units, new.value / new.units
    leapt = not LEAPS[0] <= price / price_before <= LEAPS[1]
    against = (price > price_before) == (new.units < old.units) and new.units != old.units
    if leapt and against and abs(new.value / old.value - 1) <= HARDLY:
        return None
    return new.value if old.units == new.units else to_cents(old.units * price)


def _leaves(fund: HeldFund, dollars: Decimal) -> dict[AssetClass, Decimal]:
    return {leaf: dollars * weight for leaf, weight in fund.mix}


def _pairs(
    before: Mapping[FundKey, HeldFund], after: Mapping[FundKey, HeldFund]
) -> Iterator[tuple[HeldFund | None, HeldFund | None]]:
    """Pair the same funds of two statements: by key, else by name, else by the very same units.

    Files of different layouts name a fund differently.
    """
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
