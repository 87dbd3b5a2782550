"""Grids of cells to a statement: finds the tables, asks who knows the layout, walks, checks sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import PurePath

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkippedRow, SkipReason, Statement, StatementAccount, StatementRow

from .amounts import FigureStyle, figure_style, is_missing, looks_numeric, parse_amount
from .columns import Columns, Role, TableKind, read_header, role_of
from .dates import future_issue, is_day_first, settle
from .errors import NoHoldingsTableError
from .grid import Grid, filled
from .infer import infer_table
from .layouts import AsOf, Layout, Peek, rearrange, recognise
from .outcome import Found, Outcome
from .rows import AccountName, is_window_account, name_for
from .thousands import join_thousands
from .transactions import is_list_of_transactions
from .walker import Walker

_FIGURE = re.compile(r"\$[0-9]|(?<![.0-9])[0-9]+\.[0-9]{2,}(?![.0-9])", re.ASCII)
"""Headings hold no amounts; most rows do."""
_SAMPLE = 200
_GUESSED = "The columns have no heading we know; fund and value were told from the figures."
_GUESSED_FIX = "Compare the funds and values below with the file."
_SUM_FIX = "Check the skipped lines, or download the file again."


def read_grids(grids: tuple[Grid, ...], file: str, digest: str) -> Statement:
    """Return the statement of a file's sheets (text has one); raise `NoHoldingsTableError` without table."""
    arranged = [rearrange(grid) for grid in grids]
    parts = [(part.grid, find_headers(part.grid)) for part in arranged]
    usable = [(grid, headers) for grid, headers in parts if headers and _is_usable(headers)]
    guessed = not usable
    if guessed:
        usable = [table for grid, headers in parts if not headers and (table := infer_table(grid))]
    if not usable:
        raise NoHoldingsTableError(file, _closest(grids), _transactions(parts))
    headers = _first_headings([columns for _, found in usable for columns in found.values()])
    opening = tuple(islice((line for grid, _ in usable for line in grid.lines), 40))
    layout = recognise(Peek(file, opening, headers))
    stem = PurePath(file).stem or file
    outcomes = []
    for grid, headings in usable:
        found = {i: layout.heading(columns) for i, columns in headings.items()}
        fallback = (
            AccountName(grid.sheet, grid.sheet) if len(usable) > 1 and grid.sheet else AccountName(stem, stem)
        )
        mended, torn = join_thousands(grid, found)
        style = _figure_style(mended, found)
        outcomes.append(Walker(mended, layout, found, fallback, style).run())
        outcomes[-1].issues.extend(torn)
    whole = _join(outcomes)
    for part in arranged:
        whole.skipped.extend(part.skipped)
        whole.issues.extend(part.issues)
    _settle_dates(whole, [grid for grid, _ in usable])
    for grid, _ in parts:
        if grid.sheet and all(grid is not used for used, _ in usable):
            whole.issues.append(
                Issue(Severity.INFO, f"Sheet “{grid.sheet}” holds no table of holdings; it was left out.")
            )
    if guessed:
        whole.issues.append(Issue(Severity.WARNING, _GUESSED, _GUESSED_FIX))
    return _statement(whole, layout, file, digest)


def _settle_dates(outcome: Outcome, grids: list[Grid]) -> None:
    """Write the dates that may be the file's own the same way round, whichever way the file does."""
    sample = (cell for grid in grids for line in grid.lines[:_SAMPLE] for cell in line.cells)
    day_first = is_day_first([*outcome.outside, *outcome.dates], sample)
    outcome.outside = [settle(text, day_first=day_first) for text in outcome.outside]
    outcome.dates = {settle(text, day_first=day_first) for text in outcome.dates}


def _first_headings(headers: list[Columns]) -> tuple[Columns, ...]:
    """Return the headings up to the first of holdings: they tell the layout, later ones may be another's."""
    kinds = [columns.kind in {TableKind.HOLDINGS, TableKind.SOURCES} for columns in headers]
    return tuple(headers[: kinds.index(True) + 1])


def find_headers(grid: Grid) -> dict[int, Columns]:
    """Return the heading lines of a grid by their position; value columns are checked against their cells."""
    found: dict[int, Columns] = {}
    for i, line in enumerate(grid.lines):
        if len(line.cells) < 2 or _FIGURE.search(line.text):
            continue
        columns = read_header(line.cells)
        if columns is not None:
            found[i] = columns
    for i, columns in found.items():
        if is_list_of_transactions(columns, _rows_below(grid, i, found)):
            found[i] = replace(columns, kind=TableKind.ACTIVITY)
    return {i: _with_money_column(grid, i, columns, found) for i, columns in found.items()}


def _rows_below(grid: Grid, i: int, headers: dict[int, Columns]) -> Iterator[list[str]]:
    """Yield the cells of the first rows of the table whose heading stands at `i`."""
    for ahead in range(i + 1, min(i + 30, len(grid.lines))):
        if ahead in headers:
            return
        yield grid.lines[ahead].cells


def _transactions(parts: list[tuple[Grid, dict[int, Columns]]]) -> int | None:
    """Return the line of a heading of transactions, None when there is none."""
    return next(
        (
            grid.lines[i].number
            for grid, headers in parts
            for i, columns in headers.items()
            if columns.kind is TableKind.ACTIVITY
        ),
        None,
    )


def _with_money_column(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the best-named value column whose cells really hold amounts."""
    if len(columns.values) < 2:
        return columns
    for column in columns.values:
        money = other = 0
        for cells in _rows_below(grid, i, headers):
            text = cells[column].strip() if column < len(cells) else ""
            if parse_amount(text) is not None:
                money += 1
            elif not is_missing(text):
                other += 1
        if money and money >= other:
            return replace(columns, index={**columns.index, Role.VALUE: column})
    return columns


def _is_usable(headers: dict[int, Columns]) -> bool:
    return any(columns.kind in {TableKind.HOLDINGS, TableKind.SOURCES} for columns in headers.values())


def _figure_style(grid: Grid, headers: dict[int, Columns]) -> FigureStyle:
    """Judge from the first rows' money, price and unit cells, then from all, how figures are written."""
    first, columns = next((pair for pair in headers.items() if pair[1].kind is TableKind.HOLDINGS), (0, None))
    if columns is None:
        return FigureStyle.AMERICAN
    places = [columns.index[role] for role in (Role.VALUE, Role.PRICE, Role.UNITS) if role in columns.index]
    lines = grid.lines[first + 1 : first + 1 + _SAMPLE]
    figures = [line.cells[place] for line in lines for place in places if place < len(line.cells)]
    return figure_style(figures, (cell for line in lines for cell in line.cells))


def _closest(grids: tuple[Grid, ...]) -> tuple[int, str] | None:
    """Return the line that most resembles a heading, for the error's words."""
    best: tuple[int, int, str] | None = None
    for grid in grids:
        for line in grid.lines[:2000]:
            cells = filled(line.cells[:50])
            score = sum(role_of(cell) is not None for cell in cells)
            if score and (best is None or score > best[0]) and not any(looks_numeric(cell) for cell in cells):
                best = (score, line.number, ", ".join(cells)[:80])
    return best[1:] if best else None


def _join(outcomes: list[Outcome]) -> Outcome:
    whole = outcomes[0]
    for other in outcomes[1:]:
        for key, found in other.accounts.items():
            mine = whole.accounts.setdefault(key, found)
            if mine is not found:
                mine.rows.extend(found.rows)
        whole.skipped.extend(other.skipped)
        whole.issues.extend(other.issues)
        whole.outside.extend(other.outside)
        whole.dates |= other.dates
        whole.whole_total = whole.whole_total or other.whole_total
        whole.stated_above = None
    return whole


def _statement(outcome: Outcome, layout: Layout, file: str, digest: str) -> Statement:
    _drop_rollups(outcome)
    accounts = tuple(
        _account(found) for found in outcome.accounts.values() if found.rows or found.stated is not None
    )
    accounts = _share_total_above(outcome, _share_whole_total(outcome, accounts))
    for account in accounts:
        _check_total(outcome, account)
    _check_whole(outcome, accounts)
    as_of: AsOf | None = layout.as_of(file, outcome.outside, sorted(outcome.dates))
    if as_of is not None and (future := future_issue(as_of[0], date.today())) is not None:
        outcome.issues.append(future)
    if not accounts:
        outcome.issues.append(_nothing(outcome))
    return Statement(
        file=file,
        layout=layout.name,
        as_of=as_of[0] if as_of else None,
        as_of_kind=as_of[1] if as_of else None,
        accounts=accounts,
        skipped=tuple(sorted(outcome.skipped, key=lambda row: row.line)),
        issues=tuple(sorted(outcome.issues, key=lambda issue: issue.line or 0)),
        digest=digest,
    )


def _account(found: Found) -> StatementAccount:
    return StatementAccount(found.id, found.name or name_for(found.id), tuple(found.rows), found.stated)


def _nothing(outcome: Outcome) -> Issue:
    if any(row.reason is SkipReason.SOURCE_SPLIT for row in outcome.skipped):
        return Issue(
            Severity.WARNING,
            "This file lists the money by contribution source, not by fund.",
            "Open the file with the funds as well; both describe the same money.",
        )
    return Issue(
        Severity.WARNING, "The table has no holdings.", "Check that the account was not empty that day."
    )


def _drop_rollups(outcome: Outcome) -> None:
    """Leave out the one-line sum of a brokerage window whose own accounts the file lists too."""
    inside = {key for key, found in outcome.accounts.items() if is_window_account(found.name)}
    if not inside or not outcome.windows:
        return
    listed = sum((row.value for key in inside for row in outcome.accounts[key].rows), ZERO)
    dropped: list[StatementRow] = []
    for key, found in outcome.accounts.items():
        rollups = [row for row in found.rows if row.line in outcome.windows and key not in inside]
        found.rows = [row for row in found.rows if row not in rollups]
        dropped.extend(rollups)
    for row in dropped:
        outcome.skipped.append(SkippedRow(row.line, outcome.windows[row.line], SkipReason.ROLLUP))
    given = sum((row.value for row in dropped), ZERO)
    if dropped and abs(given - listed) > CENT:
        outcome.issues.append(_rollup_issue(dropped[0].line, given, listed))


def _rollup_issue(line: int, value: Money, listed: Money) -> Issue:
    return Issue(
        Severity.INFO,
        f"The brokerage window is given as {value:,.2f}; its accounts in this file hold {listed:,.2f}.",
        "The listed accounts were counted. Check that the download holds all of them.",
        line,
    )


def _share_whole_total(
    outcome: Outcome, accounts: tuple[StatementAccount, ...]
) -> tuple[StatementAccount, ...]:
    """A total over everything is that of the account when the file has only one."""
    if outcome.whole_total is None or len(accounts) != 1 or accounts[0].stated_total is not None:
        return accounts
    line, stated = outcome.whole_total
    outcome.accounts[accounts[0].id].stated_line = line
    outcome.whole_total = None
    return (replace(accounts[0], stated_total=stated),)


def _share_total_above(
    outcome: Outcome, accounts: tuple[StatementAccount, ...]
) -> tuple[StatementAccount, ...]:
    """A total above the table is that of the only account, of the first if it agrees, else of all."""
    if outcome.stated_above is None or not accounts:
        return accounts
    line, stated = outcome.stated_above
    first = accounts[0]
    if first.stated_total is None and (
        len(accounts) == 1 or _agrees(first.total, stated, len(first.rows), outcome.loans)
    ):
        outcome.accounts[first.id].stated_line = line
        return (replace(first, stated_total=stated), *accounts[1:])
    if outcome.whole_total is None and stated not in {account.stated_total for account in accounts}:
        outcome.whole_total = outcome.stated_above
    return accounts


def _check_total(outcome: Outcome, account: StatementAccount) -> None:
    if account.stated_total is not None and not _agrees(
        account.total, account.stated_total, len(account.rows), outcome.loans
    ):
        message = (
            f"{account.name}: the lines add to {account.total:,.2f}, "
            f"but the file states {account.stated_total:,.2f}."
        )
        line = outcome.accounts[account.id].stated_line
        outcome.issues.append(Issue(Severity.WARNING, message, _SUM_FIX, line))


def _check_whole(outcome: Outcome, accounts: tuple[StatementAccount, ...]) -> None:
    if outcome.whole_total is None or not accounts:
        return
    line, stated = outcome.whole_total
    total = sum((account.total for account in accounts), ZERO)
    if not _agrees(total, stated, sum(len(account.rows) for account in accounts), outcome.loans):
        message = f"All accounts add to {total:,.2f}, but the file states {stated:,.2f}."
        outcome.issues.append(Issue(Severity.WARNING, message, _SUM_FIX, line))


def _agrees(total: Money, stated: Money, rows: int, loans: Money) -> bool:
    """Tell whether a sum is the stated one, give or take a cent a row; loans may be in it or not."""
    room = CENT * max(2, rows)
    return abs(total - stated) <= room or abs(total + loans - stated) <= room
