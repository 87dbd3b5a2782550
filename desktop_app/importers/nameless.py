"""Judges the rows that name no fund: further lots of the fund above them, its money again, or a sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkipReason

from .adding_up import adds, total_of
from .amounts import find_date
from .outcome import Entry, Outcome, Table
from .wording import without_total

_NO_FUND_FIX = "Look at this line in the file and correct it, or type the holding by hand."

_MAY_BE_TWO = "{name}: two lines are worth {value:,.2f} each; the second was taken for the first one's lot."
_MAY_BE_TWO_FIX = "If it was bought besides, count it."


class _Run(NamedTuple):
    """Rows without a name, with the named rows before and after them; `above` stands before the first."""

    above: Entry | None
    parent: Entry | None
    rows: list[Entry]
    after: Entry | None


def judge_nameless(outcome: Outcome, table: Table) -> None:
    """Count the lots of which only the first names its fund; take back other rows that name none.

    Lots below the whole position are that money again. What nothing explains is a problem.
    """
    again: list[_Run] = []
    sums: list[Entry] = []
    further: list[Entry] = []
    for run in _runs(table.entries):
        if _ends_in_sum(run):
            sums.append(run.rows[-1])
            further += run.rows[:-1]
        elif _has_sum_beside(table, run):
            further += run.rows
        elif run.parent is not None and adds(run.parent, run.rows):
            again.append(run)
        elif _are_lots(run):
            further += run.rows
    outcome.drop(table, sums, SkipReason.TOTAL)
    _count(table, further)
    _drop_again(outcome, table, again)
    _judge_rest(outcome, table)


def _drop_again(outcome: Outcome, table: Table, again: Sequence[_Run]) -> None:
    """Take back lots that are the fund's money again, unless the stated total has all of them in it.

    A single lot of another day and the same worth may be a second one: it is asked about.
    """
    lots = [entry for run in again for entry in run.rows]
    counted = [entry for entry in lots if entry.found.stated == entry.found.gathered.total]
    if counted:
        _count(table, counted)
        return
    outcome.drop(table, lots, SkipReason.LOT)
    for run in again:
        (last, day) = (run.rows[-1], _day(run.rows[-1]))
        if run.parent is None or len(run.rows) > 1 or last.found.stated is not None:
            continue
        if day and _day(run.parent) and day != _day(run.parent) and last.row.line not in outcome.counted:
            message = _MAY_BE_TWO.format(name=run.parent.row.fund.name, value=last.row.value)
            outcome.warn(last.line, message, _MAY_BE_TWO_FIX, QuickFix.COUNT)


def _judge_rest(outcome: Outcome, table: Table) -> None:
    """Take back sums and the rows nothing explains; a stated total explains those that it has in it."""
    rest = [entry for entry in table.entries if entry.loose]
    outcome.drop(table, [entry for entry in rest if _is_sum(entry, table.entries)], SkipReason.TOTAL)
    rest = [entry for entry in table.entries if entry.loose]
    _count(table, [entry for entry in rest if entry.found.stated == entry.found.gathered.total])
    outcome.drop(table, list(_lots_besides(table)), SkipReason.LOT)
    lost = [entry for entry in table.entries if entry.loose]
    for entry in lost:
        if entry.row.value and entry.row.line not in outcome.counted:
            message = f"This line has a value of {entry.row.value:,.2f} but no fund."
            outcome.warn(entry.line, message, _NO_FUND_FIX, QuickFix.COUNT, QuickFix.LEAVE_OUT)
    outcome.drop(table, lost, SkipReason.UNREADABLE)


def _lots_besides(table: Table) -> Iterator[Entry]:
    """Yield the rows priced as the fund above them without which the stated total is right."""
    for run in _runs(table.entries):
        found = run.rows[0].found
        loose = total_of(entry.row.value for entry in table.entries if entry.loose and entry.found is found)
        if run.parent is None or found.stated != found.gathered.total - loose:
            continue
        yield from (entry for entry in run.rows if _is_priced_as(run.parent, entry))


def _count(table: Table, lots: Sequence[Entry]) -> None:
    """Count rows as those of the fund above them, which they were read as."""
    named = {id(entry) for entry in lots}
    if named:
        table.entries = [
            entry._replace(loose=False) if id(entry) in named else entry for entry in table.entries
        ]


def _runs(entries: Sequence[Entry]) -> Iterator[_Run]:
    above: Entry | None = None
    parent: Entry | None = None
    rows: list[Entry] = []
    for entry in (*entries, None):
        if entry is not None and entry.loose:
            rows.append(entry)
            continue
        if rows:
            yield _Run(above, parent, rows, entry)
        above, parent, rows = (rows[-1] if rows else parent), entry, []


def _ends_in_sum(run: _Run) -> bool:
    """Tell whether the last row adds up the named row and the others, which are not that row again."""
    if run.parent is None or len(run.rows) < 2 or adds(run.parent, run.rows):
        return False
    return adds(run.rows[-1], [run.parent, *run.rows[:-1]])


def _has_sum_beside(table: Table, run: _Run) -> bool:
    """Tell whether a total right above or below the lots adds up all of them, the named one as well."""
    if run.parent is None:
        return False
    total = total_of(entry.row.value for entry in (run.parent, *run.rows))
    room = CENT * len(run.rows)
    if run.after is not None and without_total(run.after.row.fund.name):
        return abs(run.after.row.value - total) <= room
    first = run.above.row.line if run.above is not None else 0
    last = run.after.row.line if run.after is not None else None
    inside = range(run.parent.row.line, run.rows[-1].row.line)
    return any(
        abs(value - total) <= room and line > first and line not in inside and (last is None or line < last)
        for line, value in table.sums
    )


def _are_lots(run: _Run) -> bool:
    """Tell whether rows are priced as the named one, each bought on its day, or too many for its parts."""
    parent = run.parent
    if parent is None or not parent.row.units or not all(_is_priced_as(parent, entry) for entry in run.rows):
        return False
    days = [_day(entry) for entry in (parent, *run.rows)]
    if all(days) and len(set(days)) > 1:
        return True
    return total_of(entry.row.units or ZERO for entry in run.rows) > parent.row.units > 0


def _is_priced_as(parent: Entry, entry: Entry) -> bool:
    row, whole = entry.row, parent.row
    if not row.units or not whole.units or (row.price != whole.price):
        return False
    return abs(row.value - row.units * whole.value / whole.units) <= CENT + abs(row.value) / 1000


def _day(entry: Entry) -> str:
    """Return the first day that stands in a row, "" where none does."""
    return next((cell.strip() for cell in entry.line.cells if find_date(cell) is not None), "")


def _is_sum(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Tell whether a line without a fund adds up the rows below it, its account or its table."""
    others = [other for other in entries if not other.loose]
    same = [other for other in others if other.found is entry.found]
    by_source = [other for other in same if entry.row.source and other.row.source == entry.row.source]
    below = _until_loose(entries[[id(other) for other in entries].index(id(entry)) + 1 :])
    return (
        adds(entry, below)
        or adds(entry, by_source)
        or any(len(group) > 1 and adds(entry, group) for group in (same, others))
    )


def _until_loose(entries: Sequence[Entry]) -> list[Entry]:
    """Return the rows up to the next line without a fund."""
    return list(takewhile(lambda entry: not entry.loose, entries))
