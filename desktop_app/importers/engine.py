"""Grids of cells to a statement: finds the tables, asks who knows the layout, walks, checks sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.statement import AsOfKind, SkipReason, Statement, StatementAccount

from .account_labels import AccountName, clean, is_cut_number, name_for, tidy
from .agreement import check_sums, settle_summaries
from .amounts import FigureStyle, figure_style, looks_numeric, set_off_by_dots
from .columns import Columns, Role, TableKind, role_of
from .cover import cover_lines, name_by_cover
from .currencies import settle_currencies
from .dates import future_issue, is_day_first, settle
from .errors import NoHoldingsTableError, TooLargeError
from .grid import Grid, filled
from .judged import judged_lines
from .layouts import AsOf, Layout, account_in_name
from .ledgers import may_be_ledger
from .loans import list_loans
from .long_grids import shorten, suits
from .mapping import used_digest
from .outcome import Found, Outcome
from .overview import check_overview
from .rollups import drop_rollups
from .scaled import may_be_scaled, scale_up
from .sheets import drop_repeated_sheets
from .shorts import with_signs
from .split_sheets import is_whole_sheet, join_parts, parts_of_one
from .tables import Part, Tables, find_tables
from .thousands import join_thousands
from .torn_names import join_names
from .unread import unread_sheets, unread_tables
from .walker import Walker
from .watching import Watch, unwatched
from .watching import part as part_of

_tr = translator("Remarks")
_SAMPLE = 200
_MOST_SINGLE = 200_000
"""Rows without a ticker or units, which take some time each."""
_READ = 0.8
"""Share of the work that goes into putting plain rows together."""
_CUT_FIX = "Several accounts may look like one. Download the file again and import it unopened."
_NO_HINTS = ReadingHints()


def read_grids(
    grids: tuple[Grid, ...],
    file: str,
    digest: str,
    hints: ReadingHints = _NO_HINTS,
    watch: Watch = unwatched,
) -> Statement:
    """Return the statement of a file's sheets (text has one), read with what the user said about it.

    Raises `NoHoldingsTableError` without a table, `MissingColumnError` for a mapping without fund or money,
    and what `watch` raises.
    """
    tables = _tables(grids, file, hints, part_of(watch, 0.0, _READ))
    if not tables.usable:
        raise NoHoldingsTableError(file, _closest(grids), _transactions(tables.parts))
    split = parts_of_one(tables.usable, tables.parts)
    outcomes = [_walk(part, tables, file, hints, split, part_of(watch, _READ, 1.0)) for part in tables.usable]
    join_parts(outcomes, split, account_in_name(file))
    drop_repeated_sheets(outcomes, account_in_name(file), partial(_day, tables.layout, file))
    held = [part for part, found in zip(tables.usable, outcomes, strict=False) if _holds(found)]
    counted = partial(_counted, [(found.sheet, list(found.accounts.values())) for found in outcomes])
    whole = _join(outcomes)
    for arranged in tables.arranged:
        whole.skipped.extend(arranged.skipped)
        whole.issues.extend(arranged.issues)
    list_loans(whole, grids, counted)
    name_by_cover(whole, cover_lines(tables.parts, held), tables.layout)
    _settle_dates(whole, [part.grid for part in tables.usable])
    check_overview(whole, tables.parts, tables.usable)
    whole.issues.extend(unread_sheets(whole, tables.parts, tables.usable))
    if tables.layout.name == "generic":
        whole.issues.extend(issue for outcome in outcomes for issue in unread_tables(whole, outcome))
    whole.issues.extend(tables.issues())
    every = (*grids, *(part.grid for part in tables.usable))
    whole.issues.extend(dict.fromkeys(issue for grid in every for issue in grid.issues))
    return _statement(whole, tables.layout, file, used_digest(digest, hints, tables.used))


def _tables(grids: tuple[Grid, ...], file: str, hints: ReadingHints, watch: Watch) -> Tables:
    """Return the tables of a file, the plain rows of long ones put together where that says the same."""
    if any(may_be_scaled(grid.lines) or may_be_ledger(grid) for grid in grids):
        return _found(grids, file, hints)
    short = [
        shorten(grid, file, hints.mappings, judged_lines(hints, grid.sheet).lines, watch) for grid in grids
    ]
    tables = _found(short, file, hints)
    return tables if suits(tables) else _found(grids, file, hints)


def _found(grids: Sequence[Grid], file: str, hints: ReadingHints) -> Tables:
    """Return the tables of a file; raises `TooLargeError` for more rows than can be judged one by one."""
    if sum(len(grid.lines) for grid in grids) > _MOST_SINGLE:
        found = _tr("more than {0:,} rows to judge one by one").format(_MOST_SINGLE)
        raise TooLargeError(file, found, f"{_MOST_SINGLE:,}")
    return find_tables(grids, file, hints.mappings)


def _walk(
    part: Part,
    tables: Tables,
    file: str,
    hints: ReadingHints,
    split: Mapping[str, str | None],
    watch: Watch,
) -> Outcome:
    """Return everything one grid gives; `split` are the sheets that hold parts of one account."""
    sheet = part.grid.sheet
    is_own = sheet not in split and not (split and is_whole_sheet(sheet))
    alone = (
        AccountName(sheet, sheet) if is_own and sheet and len(tables.usable) > 1 else account_in_name(file)
    )
    mended, torn = join_thousands(join_names(part.grid, part.headers), part.headers)
    style = _style_said(part) or _figure_style(mended, part.headers)
    mended = with_signs(mended, part.headers)
    mended, scaled = scale_up(mended, part.headers, decimal_comma=style.decimal_comma)
    judged = judged_lines(hints, sheet)
    walker = Walker(mended, tables.layout, part.headers, alone, style, judged)
    if (source := split.get(sheet)) is not None:
        walker.of_part(source)
    outcome = walker.run(watch)
    outcome.issues.extend((*torn, *scaled))
    if tables.layout.name == "generic":
        settle_currencies(mended, part.headers, outcome)
    return outcome


def _style_said(part: Part) -> FigureStyle | None:
    """Return how the user said that figures are written."""
    said = [mapping.decimal_comma for mapping in part.mapped.values() if mapping.decimal_comma is not None]
    if not said:
        return None
    return FigureStyle.EUROPEAN if said[0] else FigureStyle.AMERICAN


def _settle_dates(outcome: Outcome, grids: list[Grid]) -> None:
    """Write the dates that may be the file's own the same way round, whichever way the file does."""
    sample = (cell for grid in grids for line in grid.lines[:_SAMPLE] for cell in line.cells)
    day_first = is_day_first([*outcome.outside, *outcome.dates, *outcome.about], sample)
    outcome.outside = [settle(text, day_first=day_first) for text in outcome.outside]
    outcome.about = [settle(text, day_first=day_first) for text in outcome.about]
    outcome.dates = {settle(text, day_first=day_first) for text in outcome.dates}


def _transactions(parts: list[Part]) -> int | None:
    """Return the line of a heading of transactions, None when there is none."""
    return next(
        (
            part.grid.lines[i].number
            for part in parts
            for i, columns in part.headers.items()
            if columns.kind is TableKind.ACTIVITY
        ),
        None,
    )


def _figure_style(grid: Grid, headers: dict[int, Columns]) -> FigureStyle:
    """Judge from the first rows' money, price and unit cells, then from all, how figures are written."""
    first, columns = next((pair for pair in headers.items() if pair[1].kind is TableKind.HOLDINGS), (0, None))
    if columns is None:
        return FigureStyle.AMERICAN
    places = [columns.index[role] for role in (Role.VALUE, Role.PRICE, Role.UNITS) if role in columns.index]
    lines = grid.lines[first + 1 : first + 1 + _SAMPLE]
    figures = [line.cells[place] for line in lines for place in places if place < len(line.cells)]
    style = figure_style(figures, (cell for line in lines for cell in line.cells))
    if style is FigureStyle.MAYBE_AMERICAN and places == [columns.index.get(Role.VALUE)]:
        return FigureStyle.MAYBE_EUROPEAN if set_off_by_dots(figures) else style
    return style


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


def _day(layout: Layout, file: str, outcome: Outcome) -> date | None:
    """Return the day of the figures of one sheet."""
    found: AsOf | None = layout.as_of(file, outcome.outside, sorted(outcome.dates))
    return found[0] if found else None


def _holds(outcome: Outcome) -> bool:
    """Tell whether any row of a sheet is counted."""
    return any(len(found.gathered) for found in outcome.accounts.values())


def _counted(sheets: Sequence[tuple[str, Sequence[Found]]]) -> set[tuple[str, int]]:
    """Return sheets and lines of the rows that are counted."""
    return {(sheet, row.line) for sheet, accounts in sheets for found in accounts for row in found.rows}


def _join(outcomes: list[Outcome]) -> Outcome:
    whole = outcomes[0]
    for other in outcomes[1:]:
        for key, found in other.accounts.items():
            mine = whole.accounts.setdefault(whole.id_of(key), found)
            if mine is not found:
                mine.join(found)
        whole.skipped.extend(other.skipped)
        whole.issues.extend(other.issues)
        whole.outside.extend(other.outside)
        whole.dates |= other.dates
        whole.about.extend(other.about)
        whole.windows.extend(other.windows)
        whole.tables.extend(other.tables)
        whole.loans += other.loans
        whole.pending += other.pending
        whole.whole_total = whole.whole_total or other.whole_total
        whole.stated_above = None
    return whole


def _statement(outcome: Outcome, layout: Layout, file: str, digest: str) -> Statement:
    drop_rollups(outcome)
    settle_summaries(outcome)
    accounts = tuple(
        _account(found) for found in outcome.accounts.values() if found.gathered or found.stated is not None
    )
    accounts = check_sums(outcome, accounts)
    outcome.issues.extend(_cut_numbers(outcome))
    as_of = _as_of(outcome, layout, file)
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


def _cut_numbers(outcome: Outcome) -> Iterator[Issue]:
    """Yield a warning for every account whose number a spreadsheet has destroyed."""
    for found in outcome.accounts.values():
        if is_cut_number(found.id):
            line = found.rows[0].line if len(found.gathered) else None
            message = _tr("A spreadsheet has destroyed the account number: it stands as “{0}”.").format(
                found.id
            )
            yield Issue(Severity.WARNING, message, _tr(_CUT_FIX), line, sheet=outcome.sheet)


def _as_of(outcome: Outcome, layout: Layout, file: str) -> AsOf | None:
    """Return the date of the figures; that of a cover only where the sheets with the figures give none."""
    found: AsOf | None = layout.as_of(file, outcome.outside, sorted(outcome.dates))
    if outcome.about and (found is None or found[1] is AsOfKind.DOWNLOAD):
        said: AsOf | None = layout.as_of("", outcome.about, ())
        found = said if said is not None and (found is None or said[1] is AsOfKind.VALUATION) else found
    return found


@lru_cache(maxsize=5000)
def _shown(name: str) -> str:
    """Return the name of an account as it is shown."""
    return clean(tidy(name))


def _account(found: Found) -> StatementAccount:
    name = _shown(found.name) or name_for(found.id)
    return StatementAccount(found.id, name, found.gathered.kept(), found.stated)


def _nothing(outcome: Outcome) -> Issue:
    if any(row.reason is SkipReason.SOURCE_SPLIT for row in outcome.skipped):
        return Issue(
            Severity.WARNING,
            _tr("This file lists the money by contribution source, not by fund."),
            _tr("Open the file with the funds as well; both describe the same money."),
        )
    return Issue(
        Severity.WARNING,
        _tr("The table has no holdings."),
        _tr("Check that the account was not empty that day."),
    )
