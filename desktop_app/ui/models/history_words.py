"""What the History page says: marks, a day's numbers, what changed, where the drift came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.drift import BandState
from desktop_app.domain.money import HUNDRED, ONE, ZERO, to_step
from desktop_app.domain.records import dataclass
from desktop_app.ui import words
from desktop_app.workflow.history_changes import Change, DriftChange
from desktop_app.workflow.history_marks import TARGETS, HistoryMark, MarkKind
from desktop_app.workflow.history_ruler import Standing

TENTHS_OF_POINTS = 1000


@dataclass(frozen=True, slots=True)
class PartWords:
    """One part of a change: `name` and `value` in words, `size` for a bar, `key` for its colour."""

    key: str
    name: str
    value: str
    size: Decimal


@dataclass(frozen=True, slots=True)
class DayMarks:
    """The events of one day: few words, everything told; whether a target, or only a temporary one, began."""

    day: date
    words: str
    told: str
    of_target: bool
    temporary: bool


def day_marks(marks: Sequence[HistoryMark]) -> tuple[DayMarks, ...]:
    """Gather events (in order of days) by day."""
    found = []
    for day, group in groupby(marks, key=lambda mark: mark.day):
        events = tuple(group)
        names = [mark_name(mark.kind) for mark in events]
        names[1:] = [name[:1].lower() + name[1:] for name in names[1:]]
        targets = [mark.kind for mark in events if mark.kind in TARGETS]
        told = "\n".join((words.day(day), *(mark_told(mark) for mark in events)))
        temporary = bool(targets) and all(
            kind in {MarkKind.TEMPORARY, MarkKind.TEMPORARY_OVER} for kind in targets
        )
        found.append(DayMarks(day, ", ".join(names), told, bool(targets), temporary))
    return tuple(found)


def mark_name(kind: MarkKind) -> str:
    """Name an event in few words."""
    return {
        MarkKind.REBALANCED: _tr("Rebalanced"),
        MarkKind.PARTLY: _tr("Rebalanced in part"),
        MarkKind.EXCHANGED: _tr("Exchanged"),
        MarkKind.TARGET_SET: _tr("Target set"),
        MarkKind.TARGET_CHANGED: _tr("New target"),
        MarkKind.TEMPORARY: _tr("Temporary target"),
        MarkKind.TEMPORARY_OVER: _tr("Temporary target over"),
    }[kind]


def mark_told(mark: HistoryMark) -> str:
    """Tell an event with its numbers and its reason."""
    name = mark_name(mark.kind)
    if mark.kind in TARGETS:
        if mark.until is not None:
            name = _tr("{0} until {1}").format(name, words.day(mark.until))
        return f"{name}: {mark.reason}" if mark.reason else name
    steps = (
        _tr("1 exchange") if mark.whole == 1 else _tr("{0} of {1} steps done").format(mark.count, mark.whole)
    )
    return f"{name}: {steps}, {words.dollars_cents(mark.dollars)}"


def band_words(standing: Standing | None) -> str:
    """Say where a class stands in its band: "38.6 %, band ends at 37.4 %"."""
    if standing is None:
        return ""
    now = words.percent(standing.weight)
    if standing.state is BandState.INSIDE:
        low, high = words.percent(max(standing.low, ZERO)), words.percent(standing.high)
        return _tr("{0}, band {1} to {2}").format(now, low, high)
    edge = standing.high if standing.weight > standing.target else max(standing.low, ZERO)
    if standing.state is BandState.NEAR:
        return _tr("{0}, near the edge at {1}").format(now, words.percent(edge))
    return _tr("{0}, band ends at {1}").format(now, words.percent(edge))


def points_words(drift: Decimal | None) -> str:
    """Write a drift: "6.5 points"."""
    return "" if drift is None else _tr("{0} points").format(words.plain_points(drift))


def change_parts(change: Change) -> tuple[PartWords, ...]:
    """Name the parts of a change in dollars that are not zero; markets and money moved always stand."""
    always = {"markets", "moved"}
    return tuple(
        PartWords(key, part_name(key), words.dollars_cents(value, plus=True), value)
        for key, value in _parts_of(change).items()
        if value or key in always
    )


def drift_parts(change: DriftChange) -> tuple[PartWords, ...]:
    """Name the parts of a drift in tenths of points; as shown they add to the drift as shown."""
    parts = {
        "start": change.start,
        "markets": change.markets,
        "moved": change.moved,
        "joined": change.joined,
        "untold": change.untold,
        "target": change.target,
    }
    shown = adding_tenths(parts, change.end)
    return tuple(
        PartWords(key, part_name(key), words.points(tenths).removeprefix("+"), tenths)
        for key, tenths in shown.items()
        if tenths or key in {"markets", "moved"}
    )


def adding_tenths(parts: Mapping[str, Decimal], whole: Decimal) -> dict[str, Decimal]:
    """Round fractions of 1 to tenths of points so that they add to the rounded whole.

    Each is rounded down and the tenths still missing go to the largest remainders.
    """
    exact = {key: part * TENTHS_OF_POINTS for key, part in parts.items()}
    down = {key: value.quantize(ONE, rounding=ROUND_FLOOR) for key, value in exact.items()}
    missing = int(to_step(whole * TENTHS_OF_POINTS, ONE) - sum(down.values(), ZERO))
    order = sorted(exact, key=lambda key: down[key] - exact[key])
    for key in order[: max(missing, 0)]:
        down[key] += 1
    return {key: value / TENTHS_OF_POINTS for key, value in down.items()}


def part_name(key: str) -> str:
    """Name a part of a change."""
    return {
        "start": _tr("At the start"),
        "markets": _tr("Markets"),
        "moved": _tr("Money moved"),
        "joined": _tr("Accounts added"),
        "untold": _tr("Cannot be told"),
        "target": _tr("Target changed"),
    }[key]


def part_tip(key: str) -> str:
    """Explain a part of a change."""
    return {
        "start": _tr("The drift at the first statement counted here."),
        "markets": _tr("What the units you held gained or lost in price."),
        "moved": _tr(
            "Units bought or sold: contributions, withdrawals, exchanges. "
            "Dividends and interest paid in units count here too."
        ),
        "joined": _tr("Accounts whose first statement came in this time."),
        "untold": _tr("Funds whose units a statement does not give: price and money cannot be parted."),
        "target": _tr("The same holdings measured against another target."),
    }[key]


def percent_float(share: Decimal) -> float:
    """Return a fraction of 1 as percent, for a chart."""
    return float(share * HUNDRED)


def _parts_of(change: Change) -> dict[str, Decimal]:
    return {
        "markets": change.markets,
        "moved": change.moved,
        "joined": change.joined,
        "untold": change.untold,
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
