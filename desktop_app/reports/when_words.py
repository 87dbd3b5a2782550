"""When to look again and why, in words for every screen, sheet, calendar file and terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.language import translator, year_day_words
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.schedule import CheckCause, CheckSchedule, LookEvery, NextCheck

from .words import day_text

_tr = translator("When")

_NAMES = {12: "Yearly", 6: "Half-yearly", 4: "Four-monthly", 3: "Quarterly", 2: "Two-monthly", 1: "Monthly"}
_LOOKS = {LookEvery.TWO_WEEKS: "two weeks", LookEvery.MONTH: "month", LookEvery.QUARTER: "quarter"}


@dataclass(frozen=True, slots=True)
class NextDay:
    """The next day something is to be done, and why."""

    day: date
    why: str


def rule_words(schedule: CheckSchedule) -> str:
    """Say the whole rule in one line: "Every year on 31 December, and every month when a band is left"."""
    parts = []
    if schedule.has_calendar:
        parts.append(_calendar_rule(schedule))
    if schedule.has_looks:
        parts.append(
            _tr("every {0} to see whether a class is outside its band").format(_tr(_LOOKS[schedule.every]))
        )
    words = _tr(", and ").join(parts)
    return words[0].upper() + words[1:] + "."


def _calendar_rule(schedule: CheckSchedule) -> str:
    if schedule.days:
        days = [year_day_words(own.month, own.day) for own in schedule.days]
        listed = days[0] if len(days) == 1 else _tr("{0} and {1}").format(", ".join(days[:-1]), days[-1])
        return _tr("every year on {0}").format(listed)
    every = {
        12: _tr("every year"),
        6: _tr("every half-year"),
        3: _tr("every quarter"),
        1: _tr("every month"),
    }.get(schedule.months, _tr("every {0} months").format(schedule.months))
    if schedule.start is not None:
        return _tr("{0}, counted from {1}").format(every, day_text(schedule.start))
    return (
        _tr("{0} on 31 December").format(every)
        if schedule.months == 12
        else _tr("{0}, at month ends").format(every)
    )


def check_name(schedule: CheckSchedule, cause: CheckCause) -> str:
    """Name a check: "Yearly check", "Monthly look at the bands"."""
    if cause is CheckCause.LOOK:
        names = {
            LookEvery.TWO_WEEKS: _tr("Two-weekly look at the bands"),
            LookEvery.MONTH: _tr("Monthly look at the bands"),
            LookEvery.QUARTER: _tr("Quarterly look at the bands"),
        }
        return names[schedule.every]
    if schedule.days:
        return _tr("Check on a day of your own")
    name = _NAMES.get(schedule.months)
    return (
        _tr("{0} check").format(_tr(name)) if name else _tr("Check every {0} months").format(schedule.months)
    )


def due_words(check: NextCheck, today: date) -> str:
    """Say how late a check is: "due today", "12 days overdue"; empty while it is still to come."""
    if not check.is_due:
        return ""
    late = (today - check.day).days
    if not late:
        return _tr("due today")
    return _tr("1 day overdue") if late == 1 else _tr("{0} days overdue").format(late)


def plan_days(plan: ExchangePlan | None, today: date) -> tuple[NextDay, ...]:
    """Return the days after today on which a plan asks for something more, the earliest first.

    They are exchanges that must wait, the day a block is over that kept the mix off target, and the day
    from which contributions are set back.
    """
    found = [
        NextDay(
            later.not_before,
            _tr("From now on money may go from {0} to {1}.").format(later.source.name, later.target.name),
        )
        for later in (plan.later if plan else ())
    ]
    for wait in plan.waits if plan else ():
        closer = _tr("What stays off target now may be brought closer from then on.")
        found.append(NextDay(wait.free_on, f"{wait.words} {closer}"))
    for future in plan.futures if plan else ():
        count = (
            _tr("the paycheck")
            if future.count == 1
            else _tr("the last of {0} paychecks").format(future.count)
        )
        shares = shares_words(future.afterwards)
        found.append(
            NextDay(
                future.last_on,
                _tr("About now {0} is in: set future contributions to {1}.").format(count, shares),
            )
        )
    return tuple(sorted((each for each in found if each.day > today), key=lambda each: each.day))


def next_day(schedule: CheckSchedule, plan: ExchangePlan | None, today: date) -> NextDay:
    """Return the first day that calls for something when one looked today: a check, or what a plan left."""
    check = schedule.next_check(today, today, early_days=0)
    found = NextDay(check.day, f"{check_name(schedule, check.cause)}.")
    return min((found, *plan_days(plan, today)), key=lambda each: each.day)


def coming(check: NextCheck, plan: ExchangePlan | None, today: date) -> NextCheck:
    """Return the next check, or the earlier day on which a plan asks for something more."""
    days = [each.day for each in plan_days(plan, today)]
    return check if check.is_due else min([check, *(check._replace(day=day) for day in days)])


def shares_words(shares: Sequence[tuple[object, int]]) -> str:
    """Write an election: "60 % Stock Fund and 40 % Bond Fund"."""
    names = [f"{share}\u00a0% {getattr(fund, 'name', fund)}" for fund, share in shares if share]
    return names[0] if len(names) == 1 else _tr("{0} and {1}").format(", ".join(names[:-1]), names[-1])
