"""Tables that list the same funds for several days: only the newest day is what is held."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkipReason

from .columns import Columns
from .dates import is_day_first, settle
from .grid import Grid
from .outcome import Entry, Outcome, Table
from .patterns import late_regex
from .periods import Period, period_of
from .subjects import title_of

_tr = translator("Remarks")
_MOSTLY = Decimal("0.5")
_TOLD = "This table has figures of {0} days; those of {1} were counted."
_TOLD_NEWEST = "This table has figures of {0} days; those of the newest were counted."
_FIX = "To count {0} instead, count its lines below and leave out those that were counted."
_FIX_ANY = "To count another day instead, count its lines below and leave out those that were counted."
_TABLE_FIX = "If it is other money, type its holdings by hand."
_MOST_TABLES = 60
_MONTH = late_regex(
    r"(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>0?[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-/.](?P<y2>(?:19|20)[0-9]{2})"
)
Order = tuple[int, int, int]
"""Year, month and day, for comparing."""
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
    newest = max(by_day, key=lambda period: period.order)
    held = {_key(entry): entry for entry in by_day[newest]}
    older = [entry for day, entries in by_day.items() if day.order < newest.order for entry in entries]
    again = [entry for entry in older if _key(entry) in held]
    if len({_key(entry) for entry in again}) < _MOSTLY * len(held) or not again:
        return
    if any(len({_key(entry) for entry in entries}) < len(entries) for entries in by_day.values()):
        return
    if all(_same_price(entry, held[_key(entry)]) for entry in again):
        return
    message = _tr(_TOLD if newest.day else _TOLD_NEWEST).format(len(by_day), newest.day)
    line = by_day[newest][0].line.number
    others = sorted({str(day.day) for day in by_day if day is not newest and day.day})
    fix = _tr(_FIX).format(others[-1]) if others else _tr(_FIX_ANY)
    outcome.issues.append(Issue(Severity.WARNING, message, fix, line, sheet=outcome.sheet))
    gone = {entry.line.number for entry in older}
    outcome.drop(table, older, SkipReason.NOT_A_HOLDING)
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]


def day_named(grid: Grid, i: int, columns: Columns) -> Order | None:
    """Return the day that the heading at `i` or the title above it names, None where they name none."""
    if columns.day is not None:
        return columns.day.year, columns.day.month, columns.day.day
    found = period_in(title_of(grid, i), day_first=False)
    return found.order if found else None


def drop_older_tables(outcome: Outcome) -> None:
    """Take back tables of an older day than another that has most of the same funds and the same accounts."""
    dated = [table for table in outcome.tables if table.day is not None and table.size]
    for table in dated if len(dated) < _MOST_TABLES else ():
        newer = next((other for other in dated if _is_newer(other, table)), None)
        if newer is None or _is_all_stated(outcome, table):
            continue
        first, total = table.entries[0], sum((entry.row.value for entry in table.entries), ZERO)
        message = _tr(
            "The table from line {0} on is older than the one from line {1} on; it was left out."
        ).format(first.line.number, newer.entries[0].line.number)
        line = first.line.number
        outcome.issues.append(Issue(Severity.WARNING, message, _tr(_TABLE_FIX), line, sheet=outcome.sheet))
        if first.found.stated == total:
            first.found.stated = None
        outcome.drop(table, list(table.entries), SkipReason.NOT_A_HOLDING)
    outcome.tables = [table for table in outcome.tables if table.size]


def _is_all_stated(outcome: Outcome, table: Table) -> bool:
    """Tell whether a total in the file is the sum of all tables of the account: none is an older day's."""
    found = table.entries[0].found
    pairs = (outcome.whole_total, outcome.stated_above)
    stated = [found.stated, *(pair[1] for pair in pairs if pair is not None)]
    return found.gathered.total in stated


def _is_newer(other: Table, table: Table) -> bool:
    """Tell whether another table shows mostly the same funds of the same accounts on a later day."""
    if other.day is None or table.day is None or other.day <= table.day or not other.size:
        return False
    mine, theirs = ({_key(entry) for entry in entries} for entries in (table.entries, other.entries))
    return {key[0] for key in mine} == {key[0] for key in theirs} and 2 * len(mine & theirs) >= len(
        mine | theirs
    )


def period_in(text: str, *, day_first: bool) -> Period | None:
    """Return the day, month or quarter a text names; months may stand as 2026-09 or 09/2026."""
    month = _MONTH.fullmatch(text.strip())
    if month is not None:
        year, number = (month["y"], month["m"]) if month["y"] else (month["y2"], month["m2"])
        return Period((int(year), int(number), 31), None)
    return period_of(settle(text, day_first=day_first).lower())


def _by_day(table: Table, *, day_first: bool) -> dict[Period, list[Entry]]:
    """Return the rows by the day their own cell names; none at all where some name none."""
    found: dict[Period, list[Entry]] = {}
    known: dict[str, Period | None] = {}
    for entry in table.entries:
        text = entry.day
        if text not in known:
            known[text] = period_in(text, day_first=day_first)
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
