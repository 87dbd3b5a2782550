"""Reminders of the next checks as a calendar file (RFC 5545)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.domain.classes import CLASS_WORDS
from desktop_app.domain.drift import DriftReport, Verdict
from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.schedule import CheckCause, CheckSchedule, LookEvery, YearDay

from .when_words import check_name, plan_days
from .words import day_text, plain_text

_tr = translator("Calendar")
_tr_class = translator("AssetClass")

_LINE_BYTES = 75
_NAMESPACE = uuid.UUID("6f1e3b0a-5c0e-4d5e-9a43-3b6f0c9d2e71")
_ALWAYS_THERE = 28
"""The last day every month has."""

HOW = (
    "How: 1. Download a new statement from each plan’s website. 2. Import it in Even Keel. "
    "3. Follow the verdict; doing nothing is an answer too. Even Keel places no orders."
)
_VERDICTS = {
    Verdict.DEFENSIVE: "defensive rebalance: stocks have grown past their band",
    Verdict.OFFENSIVE: "offensive rebalance: stocks have fallen below their band",
    Verdict.WITHIN: "rebalance within: stocks are inside their band, another class is not",
    Verdict.HOLD: "hold: every class is inside its band",
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One all-day event, or a row of them when `repeats` is a recurrence rule (RFC 5545 section 3.3.10).

    `key` tells it from the household's other reminders: a file made again replaces the events of the
    same key.
    """

    key: str
    day: date
    summary: str
    why: str
    repeats: str = ""


def check_reminders(
    schedule: CheckSchedule,
    today: date,
    report: DriftReport | None,
    plan: ExchangePlan | None = None,
    over_on: date | None = None,
) -> tuple[Reminder, ...]:
    """Return a reminder for every rule of the schedule, and single ones for what a plan leaves for later.

    `over_on` is the first day a target that holds for a while only is over.
    Each says why: the rule, the verdict and the drift as of today, and what to do.
    """
    found: list[Reminder] = []
    state, how = _state(report, today), _tr(HOW)
    if schedule.has_calendar:
        name = check_name(schedule, CheckCause.CALENDAR)
        for key, day, repeats in _calendar_rows(schedule, today):
            found.append(Reminder(key, day, _tr("Check the mix"), f"{name}.\n{state}\n{how}", repeats))
    if schedule.has_looks:
        name = check_name(schedule, CheckCause.LOOK)
        act = _tr("Act only if a class is outside its band then.")
        day = schedule.every.after(today)
        why = f"{name}. {act}\n{state}\n{how}"
        found.append(
            Reminder("look", day, _tr("Look at the bands"), why, _look_repeats(schedule.every, today))
        )
    for number, later in enumerate(plan_days(plan, today)):
        found.append(Reminder(f"plan {number}", later.day, _tr("A step of your plan"), f"{later.why}\n{how}"))
    if over_on is not None and over_on > today:
        told = _tr("The target for a while is over; the one before it counts again.")
        found.append(Reminder("target", over_on, _tr("Your target changes back"), f"{told}\n{how}"))
    return tuple(found)


def reminder_ics(reminders: Sequence[Reminder], household_name: str) -> bytes:
    """Return a calendar file with the reminders as all-day events and an alarm at nine each morning."""
    name = plain_text(household_name)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Even Keel//Reminder//EN", "CALSCALE:GREGORIAN"]
    for reminder in reminders:
        lines += _event(reminder, name, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(reminder: Reminder, name: str, stamp: str) -> list[str]:
    summary = _escaped(f"{reminder.summary}: {name}" if name else reminder.summary)
    key = (
        f"{reminder.key} {name}" if reminder.repeats else f"{reminder.day.isoformat()} {reminder.key} {name}"
    )
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid5(_NAMESPACE, key)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{reminder.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{reminder.day + timedelta(days=1):%Y%m%d}",
        *([f"RRULE:{reminder.repeats}"] if reminder.repeats else []),
        f"SUMMARY:{summary}",
        f"DESCRIPTION:{_escaped(reminder.why)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{summary}",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
    ]


def _calendar_rows(schedule: CheckSchedule, today: date) -> list[tuple[str, date, str]]:
    """Return key, first day and recurrence rule of every row of days; the first day belongs to the row."""
    if schedule.days:
        return [
            (f"own {own.month}-{own.day}", CheckSchedule(days=(own,)).next_after(today), _yearly(own))
            for own in schedule.days
        ]
    first = schedule.calendar_day_after(today)
    counted = schedule.start or date(first.year, 12, 31)
    if schedule.months == 12:  # calendars know a plain yearly row best
        return [("calendar", first, _yearly(YearDay(counted.month, counted.day)))]
    return [("calendar", first, _monthly(schedule.months, counted.day))]


def _look_repeats(every: LookEvery, today: date) -> str:
    if every is LookEvery.TWO_WEEKS:
        return "FREQ=WEEKLY;INTERVAL=2"
    return _monthly(1 if every is LookEvery.MONTH else 3, today.day)


def _yearly(own: YearDay) -> str:
    """A yearly rule skips years without the day; the end of February has to be asked for."""
    return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if own == (2, 29) else "FREQ=YEARLY"


def _monthly(months: int, day: int) -> str:
    """A monthly rule skips months without the day; the last of the days up to it is there in each."""
    rule = f"FREQ=MONTHLY;INTERVAL={months}"
    if day <= _ALWAYS_THERE:
        return f"{rule};BYMONTHDAY={day}"
    if day == 31:
        return f"{rule};BYMONTHDAY=-1"
    days = ",".join(str(each) for each in range(_ALWAYS_THERE, day + 1))
    return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"


def _state(report: DriftReport | None, today: date) -> str:
    """Say the verdict and the drift as they stand; no dollars, because calendars are shared."""
    if report is None:
        return _tr("On {0} there was no target to judge the mix against.").format(day_text(today))
    decided = ""
    row = None if report.decided_by is None else report.row(report.decided_by)
    if row is not None and row.drift is not None:
        shape = (
            _tr(" {0} decided, {1} points above target.")
            if row.drift >= 0
            else _tr(" {0} decided, {1} points below target.")
        )
        decided = shape.format(_tr_class(CLASS_WORDS[row.node]), _points(abs(row.drift)))
    used = (report.gauge * HUNDRED).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return _tr("On {0} the verdict was: {1}.{2} Total drift {3} points, {4} % of the band used.").format(
        day_text(today), _tr(_VERDICTS[report.verdict]), decided, _points(report.drift), used
    )


def _points(share: Decimal) -> str:
    return str((share * HUNDRED).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def _escaped(text: str) -> str:
    """Escape a TEXT value (RFC 5545 section 3.3.11); line breaks stay, other control characters go."""
    return "\\n".join(
        plain_text(line).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        for line in text.splitlines()
    )


def _folded(line: str) -> bytes:
    """Return a content line of at most 75 bytes a piece (section 3.1), never cut inside a character."""
    pieces = [b""]
    for char in line:
        data = char.encode()
        if len(pieces[-1]) + len(data) > _LINE_BYTES:
            pieces.append(b" ")
        pieces[-1] += data
    return b"\r\n".join(pieces) + b"\r\n"
