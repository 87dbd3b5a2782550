"""The rule when to look and the paychecks as a rules file carries them."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT
from desktop_app.domain.paychecks import PAYDAYS, Paychecks
from desktop_app.domain.schedule import CheckKind, CheckSchedule, LookEvery, ScheduleError, YearDay

from .json_entries import Entry, WrongEntryError, one_of
from .year_days import read_year_day

_tr = translator("JsonFiles")

MOST_PAY = 1_000_000
"""Dollars no contribution of one paycheck reaches: the law allows a tenth of it in a year."""
CALENDARS = {"yearly": 12, "half_yearly": 6, "quarterly": 3, "monthly": 1}


def read_schedule(data: Entry) -> CheckSchedule:
    """Return the schedule of a rules file, the yearly one without any; raises `WrongEntryError`."""
    data.only("kind", "calendar", "months", "start", "days", "look")
    start = data.get("start")
    try:
        return CheckSchedule(
            months=_months(data),
            start=None if start.is_missing else start.day(),
            days=tuple(_year_day(entry) for entry in data.get("days").entries()),
            kind=data.get("kind").choice(CheckKind, CheckKind.CALENDAR),
            every=data.get("look").choice(LookEvery, LookEvery.MONTH),
        )
    except ScheduleError as error:
        raise WrongEntryError(data.where, error.reason, _tr("a rule when to look")) from None


def _months(data: Entry) -> int:
    name, months = data.get("calendar"), data.get("months")
    if not name.is_missing:
        if not months.is_missing:
            raise WrongEntryError(months.where, _tr("months beside “calendar”"), _tr("one of the two"))
        if name.text() not in CALENDARS:
            raise WrongEntryError(name.where, name.text(), one_of(CALENDARS))
        return CALENDARS[name.text()]
    count = months.count()
    return 12 if count is None else count


def _year_day(entry: Entry) -> YearDay:
    found = read_year_day(entry.text())
    if found is None:
        expected = _tr("a day of the year such as “31 January” or “01-31”")
        raise WrongEntryError(entry.where, entry.text(), expected)
    return found


def read_paychecks(data: Entry, today: date) -> tuple[tuple[str, Paychecks], ...]:
    """Return the paychecks per account of a rules file; raises `WrongEntryError`.

    The next payday is no day before `today`.
    """
    return tuple((account, _paychecks(entry, today)) for account, entry in data.items())


def _paychecks(data: Entry, today: date) -> Paychecks:
    data.only("amount", "every", "per_year", "count", "next", "elected")
    amount = data["amount"].dollars()
    if amount <= 0 or amount % CENT:
        raise WrongEntryError(data["amount"].where, str(amount), _tr("dollars above zero, in whole cents"))
    if amount > MOST_PAY:
        raise WrongEntryError(data["amount"].where, str(amount), _tr("at most ${0:,}").format(MOST_PAY))
    next_on = data.get("next")
    if not next_on.is_missing and next_on.day() < today:
        expected = _tr("a payday from {0} on").format(today)
        raise WrongEntryError(next_on.where, next_on.day().isoformat(), expected)
    elected = tuple((name, _percent(entry)) for name, entry in data.get("elected").items())
    if elected and sum(share for _, share in elected) != 100:
        expected = _tr("whole percents that add to 100")
        raise WrongEntryError(data.get("elected").where, str(dict(elected)), expected)
    return Paychecks(
        amount=amount,
        per_year=_per_year(data),
        count=data.get("count").count(),
        next_on=None if next_on.is_missing else next_on.day(),
        elected=elected,
    )


def _per_year(data: Entry) -> int:
    name, number = data.get("every"), data.get("per_year")
    if not name.is_missing:
        if not number.is_missing:
            raise WrongEntryError(number.where, _tr("per_year beside “every”"), _tr("one of the two"))
        if name.text() not in PAYDAYS:
            raise WrongEntryError(name.where, name.text(), one_of(PAYDAYS))
        return PAYDAYS[name.text()]
    count = data["per_year"].count()
    if not count or count > 366:
        raise WrongEntryError(number.where, str(count), _tr("paychecks a year, 1 to 366"))
    return count


def _percent(entry: Entry) -> int:
    share = entry.count()
    if share is None or share > 100:
        raise WrongEntryError(entry.where, str(share), _tr("a whole percent from 0 to 100"))
    return share
