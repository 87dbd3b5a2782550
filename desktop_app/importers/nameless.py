"""Judges the rows that name no fund: further lots of the fund above them, its money again, or a sum."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from .adding_up import adds, total_of
from .after_total import drop_below_whole
from .amounts import find_date
from .outcome import Entry, Outcome, Table
from .wording import without_total

_tr = translator("Remarks")
_NO_FUND_FIX = "Look at this line in the file and correct it, or type the holding by hand."

_MAY_BE_TWO = "{0}: two lines are worth {1:,.2f} each; the second was taken for the first one's lot."
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
    agreed = _agreed(lots)
    counted = [entry for entry in lots if id(entry.found) in agreed]
    if counted:
        _count(table, counted)
        return
    outcome.drop(table, lots, SkipReason.LOT)
    for run in again:
        (last, day) = (run.rows[-1], _day(run.rows[-1]))
        if run.parent is None or len(run.rows) > 1 or last.found.stated is not None:
            continue
        if day and _day(run.parent) and day != _day(run.parent) and last.row.line not in outcome.counted:
            message = _tr(_MAY_BE_TWO).format(run.parent.row.fund.name, last.row.value)
            outcome.warn(last.line, message, _tr(_MAY_BE_TWO_FIX), QuickFix.COUNT)


def _judge_rest(outcome: Outcome, table: Table) -> None:
    """Take back sums and the rows nothing explains; a stated total explains those that it has in it."""
    for whole in list(_sums_of_accounts(table.entries)):
        drop_below_whole(outcome, table, whole)
    outcome.drop(table, list(_sums_in(table.entries)), SkipReason.TOTAL)
    rest = [entry for entry in table.entries if entry.loose]
    agreed = _agreed(rest)
    _count(table, [entry for entry in rest if id(entry.found) in agreed])
    outcome.drop(table, list(_lots_besides(table)), SkipReason.LOT)
    lost = [entry for entry in table.entries if entry.loose]
    for entry in lost:
        if entry.row.value and entry.row.line not in outcome.counted:
            message = _tr("This line has a value of {0:,.2f} but no fund.").format(entry.row.value)
            outcome.warn(entry.line, message, _tr(_NO_FUND_FIX), QuickFix.COUNT, QuickFix.LEAVE_OUT)
    outcome.drop(table, lost, SkipReason.UNREADABLE)


def _lots_besides(table: Table) -> Iterator[Entry]:
    """Yield the rows priced as the fund above them without which the stated total is right."""
    agreed = _agreed([entry for entry in table.entries if entry.loose], without=True)
    for run in _runs(table.entries):
        if run.parent is not None and id(run.rows[0].found) in agreed:
            yield from (entry for entry in run.rows if _is_priced_as(run.parent, entry))


def _agreed(rows: Sequence[Entry], *, without: bool = False) -> set[int]:
    """Return the accounts of rows whose stated total is that of their rows, or that of all but these."""
    every = {id(entry.found): entry.found for entry in rows}
    more = dict.fromkeys(every, ZERO)
    for entry in rows if without else ():
        more[id(entry.found)] += entry.row.value
    return {key for key, found in every.items() if found.stated == found.gathered.total - more[key]}


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
    before = _sums_between(table, first, run.parent.row.line)
    behind = _sums_between(table, run.rows[-1].row.line, None if run.after is None else run.after.row.line)
    return any(abs(value - total) <= room for _, value in (*before, *behind))


def _sums_between(table: Table, first: int, last: int | None) -> list[tuple[int, Money]]:
    """Return the totals on lines between two others, or below one."""
    start = bisect_right(table.sums, first, key=_line_of)
    end = len(table.sums) if last is None else bisect_left(table.sums, last, key=_line_of)
    return table.sums[start:end]


def _line_of(total: tuple[int, Money]) -> int:
    return total[0]


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


def _sums_in(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the lines without a fund that add up the rows below them, their account, source or table."""
    named = [entry for entry in entries if not entry.loose]
    groups: dict[tuple[int, str], list[Entry]] = {(0, ""): named}
    for entry in named:
        groups.setdefault((id(entry.found), ""), []).append(entry)
        if entry.row.source:
            groups.setdefault((id(entry.found), entry.row.source), []).append(entry)
    worth = {key: total_of(entry.row.value for entry in group) for key, group in groups.items()}
    whole = set(map(id, _sums_of_accounts(entries)))
    below: list[Entry] = []
    for entry in reversed(entries):
        if not entry.loose:
            below.append(entry)
            continue
        if id(entry) in whole:
            yield entry
            continue
        keys = {(0, ""), (id(entry.found), ""), (id(entry.found), entry.row.source or "")}
        near = (key for key in keys if key in groups and _is_near(entry, worth[key], len(groups[key])))
        several = (groups[key] for key in near if key[1] or len(groups[key]) > 1)
        if adds(entry, below) or any(adds(entry, group) for group in several):
            yield entry
        below = []


def _sums_of_accounts(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the lines without a fund that are what all accounts above them add to, whatever they say."""
    total, count = ZERO, 0
    accounts: set[int] = set()
    for entry in entries:
        if not entry.loose:
            total, count = total + entry.row.value, count + 1
            accounts.add(id(entry.found))
        elif len(accounts) > 1 and _is_near(entry, total, count):
            yield entry


def _is_near(entry: Entry, total: Money, count: int) -> bool:
    return abs(entry.row.value - total) <= CENT * count
