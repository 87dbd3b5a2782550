"""Tables that list the same funds for several days: only the newest day is what is held."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkipReason

from .dates import is_day_first, settle
from .outcome import Entry, Outcome, Table
from .periods import Period, period_of

_MOSTLY = Decimal("0.5")
_FIX = "If the older lines are money held as well, count them."
_Key = tuple[str, str, str | None]


def drop_older_days(outcome: Outcome, table: Table) -> None:
    """Take back the rows of older days where a column of dates tells that a table is a history.

    It is one when no fund (of an account and source) stands twice for a day, at least half of the funds
    of the newest day stand for another as well, and prices tell the days apart where the table has them.
    A total that the file states over all rows says that they are no history.
    """
    if len(outcome.dates) < 2:
        return
    by_day = _by_day(table, day_first=is_day_first(outcome.dates, ()))
    if len(by_day) < 2 or _is_stated(outcome, table):
        return
    newest = max(by_day)
    held = {_key(entry): entry for entry in by_day[newest]}
    older = [entry for day, entries in by_day.items() if day < newest for entry in entries]
    again = [entry for entry in older if _key(entry) in held]
    if len({_key(entry) for entry in again}) < _MOSTLY * len(held) or not again:
        return
    if any(len({_key(entry) for entry in entries}) < len(entries) for entries in by_day.values()):
        return
    if all(_same_price(entry, held[_key(entry)]) for entry in again):
        return
    day = f"{newest.day}" if newest.day else "the newest"
    message = f"This table has figures of {len(by_day)} days; those of {day} were counted."
    line, quick = by_day[newest][0].line.number, (QuickFix.COLUMNS,)
    outcome.issues.append(Issue(Severity.WARNING, message, _FIX, line, quick, outcome.sheet))
    gone = {entry.line.number for entry in older}
    outcome.drop(table, older, SkipReason.NOT_A_HOLDING)
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]


def _by_day(table: Table, *, day_first: bool) -> dict[Period, list[Entry]]:
    """Return the rows by the day their own cell names; none at all where some name none."""
    found: dict[Period, list[Entry]] = {}
    known: dict[str, Period | None] = {}
    for entry in table.entries:
        text = entry.day or ("" if entry.line.cells else entry.line.text)
        if text not in known:
            known[text] = period_of(settle(text, day_first=day_first).lower())
        day = known[text]
        if day is None:
            return {}
        found.setdefault(day, []).append(entry)
    return found


def _key(entry: Entry) -> _Key:
    return entry.found.id, entry.row.fund.key, entry.row.source


def _same_price(one: Entry, other: Entry) -> bool:
    """Tell whether two rows have one price: purchases of one fund do, its values on two days hardly ever."""
    return one.row.price is not None and one.row.price == other.row.price


def _is_stated(outcome: Outcome, table: Table) -> bool:
    """Tell whether a total in the file is the sum of all rows."""
    every: Sequence[Entry] = table.entries
    total = sum((entry.row.value for entry in every), ZERO)
    stated = [entry.found.stated for entry in every[:1]]
    stated += [pair[1] for pair in (outcome.whole_total, outcome.stated_above) if pair is not None]
    return any(amount is not None and abs(amount - total) <= CENT * len(every) for amount in stated)
