"""Grids of cells to a statement: finds the tables, asks who knows the layout, walks, checks sums."""

from __future__ import annotations

from datetime import date
from itertools import islice

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.statement import SkipReason, Statement, StatementAccount

from .agreement import check_sums
from .amounts import FigureStyle, figure_style, looks_numeric
from .columns import Columns, Role, TableKind, role_of
from .dates import future_issue, is_day_first, settle
from .errors import NoHoldingsTableError
from .grid import Grid, filled
from .headings import find_breakdowns, find_headers, join_headings
from .infer import infer_table
from .layouts import AsOf, Layout, Peek, account_in_name, rearrange, recognise
from .outcome import Found, Outcome
from .rollups import drop_rollups
from .rows import AccountName, name_for
from .thousands import join_thousands
from .walker import Walker

__all__ = ["find_headers", "read_grids"]

_SAMPLE = 200
_GUESSED = "The columns have no heading we know; fund and value were told from the figures."
_GUESSED_FIX = "Compare the funds and values below with the file."
_BY_CLASS = "No column of the file is known to name funds; another column was taken for them."

_Tables = list[tuple[Grid, dict[int, Columns]]]


def read_grids(grids: tuple[Grid, ...], file: str, digest: str) -> Statement:
    """Return the statement of a file's sheets (text has one); raise `NoHoldingsTableError` without table."""
    arranged = [rearrange(grid) for grid in grids]
    parts = [(grid, find_headers(grid)) for grid in (join_headings(part.grid) for part in arranged)]
    usable, issue = _usable(parts)
    if not usable:
        raise NoHoldingsTableError(file, _closest(grids), _transactions(parts))
    headers = _first_headings([columns for _, found in usable for columns in found.values()])
    opening = tuple(islice((line for grid, _ in usable for line in grid.lines), 40))
    layout = recognise(Peek(file, opening, headers))
    alone = account_in_name(file)
    outcomes = []
    for grid, headings in usable:
        found = {i: layout.heading(columns) for i, columns in headings.items()}
        fallback = AccountName(grid.sheet, grid.sheet) if len(usable) > 1 and grid.sheet else alone
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
    if issue is not None:
        whole.issues.append(issue)
    return _statement(whole, layout, file, digest)


def _usable(parts: _Tables) -> tuple[_Tables, Issue | None]:
    """Return the grids with tables of holdings: by their headings, else by their figures; say which."""
    named = [(grid, headers) for grid, headers in parts if headers and _is_usable(headers)]
    if named:
        return named, None
    guessed = [table for grid, headers in parts if not headers and (table := infer_table(grid))]
    if guessed:
        return guessed, Issue(Severity.WARNING, _GUESSED, _GUESSED_FIX)
    found = [(grid, find_breakdowns(grid)) for grid, _ in parts]
    by_class = [(grid, headers) for grid, headers in found if _is_usable(headers)]
    return by_class, Issue(Severity.WARNING, _BY_CLASS, _GUESSED_FIX) if by_class else None


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
    drop_rollups(outcome)
    accounts = tuple(
        _account(found) for found in outcome.accounts.values() if found.rows or found.stated is not None
    )
    accounts = check_sums(outcome, accounts)
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
