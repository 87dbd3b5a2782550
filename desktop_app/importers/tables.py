"""Finds the tables of a file: those the user explained, by their headings, else by their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from itertools import islice

from desktop_app.domain.hints import TableMapping
from desktop_app.domain.issues import Issue, IssueKind, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .account_heads import without_accounts_in_headings
from .accounts_across import with_accounts_in_rows
from .amounts import figure_style
from .asides import join_asides
from .bilingual import in_one_language
from .captions_below import without_captions
from .columns import Columns, Role, TableKind
from .doubts import doubt_about
from .empty_days import without_empty_days
from .facts_across import with_facts_in_columns
from .flows import are_named_in, is_of_balances, names_in, sum_of, worth_in
from .funds_across_again import with_funds_in_rows
from .funds_over_sources import with_funds_beside_sources
from .grid import Grid, Line
from .heading_pairs import join_headings
from .headings import find_headers
from .indented import with_leaves_only
from .infer import infer_table
from .labelled_cells import with_labels_on_top
from .last_resort import find_breakdowns, find_deposits
from .layouts import Layout, Peek, Rearranged, rearrange, recognise
from .ledgers import last_balances
from .legends import with_words_for_codes
from .mapping import (
    LOOKED_AT,
    Block,
    heading_fingerprint,
    mapped_columns,
    shape_fingerprint,
    widest_block,
)
from .measures import without_unit_lines
from .name_figures import take_figures_out, take_pairs_apart
from .names_above_rows import join_names_above
from .panels import unstack
from .record_types import with_held_records
from .rolled_across import with_closing_row
from .sectioned import without_section_marks
from .signs_apart import with_signs
from .source_groups import settle_groups
from .sources_below import fill_sources
from .spanish import in_english
from .subjects import is_something_else, may_tell_of_time, title_of
from .ticker_rows import join_tickers
from .torn_rows import join_cut_names, join_rows
from .transactions import is_bare_amount, is_dated_amount
from .two_sides import add_sides
from .unfold import unfold
from .vesting import with_whole_value
from .wrapped_labels import join_labels

_tr = translator("Remarks")
_EXPLAINED = "The columns are read as you explained them."
_GUESSED = "The columns have no heading we know; fund and value were told from the figures."
_GUESSED_FIX = "Compare the funds and values below with the file, or say what the columns are."
_BY_CLASS = "No column of the file is known to name funds; another column was taken for them."
_BY_ACCOUNT = "No column names funds; the accounts it lists were taken for what is held."
_DOUBT_FIX = "Compare the values below with the file, or say what the columns are."
_OTHER_FIX = "If it is money held in this account, say what its columns are."
_LONGEST_TABLE = 200


@dataclass(slots=True)
class Part:
    """One grid and its headings by position; `mapped` are those the user explained.

    `others` are titles of tables that hold something else than holdings.
    """

    grid: Grid
    headers: dict[int, Columns]
    mapped: dict[int, TableMapping] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)

    @property
    def is_usable(self) -> bool:
        """Whether a heading opens a table of holdings."""
        return any(columns.kind in _USABLE for columns in self.headers.values())

    def left_out(self) -> Iterator[Issue]:
        """Yield which of its tables hold something else than holdings."""
        for position, title in self.others.items():
            message = _tr("The table “{0}” was left out: by its title it is no list of holdings.").format(
                title[:60]
            )
            line = self.grid.lines[position].number or None
            quick = (QuickFix.COLUMNS,)
            looks_held = {Role.UNITS, Role.PRICE} <= self.headers[position].index.keys()
            severity = Severity.WARNING if looks_held else Severity.INFO
            yield Issue(severity, message, _tr(_OTHER_FIX), line, quick, self.grid.sheet)

    def rows_below(self, position: int) -> tuple[Line, ...]:
        """Return the first lines of the table whose heading stands at `position`, blank ones left out."""
        end = min((i for i in self.headers if i > position), default=len(self.grid.lines))
        lines = self.grid.lines[position + 1 : min(end, position + 1 + _LONGEST_TABLE)]
        return tuple(line for line in lines if any(cell.strip() for cell in line.cells))


@dataclass(slots=True)
class Tables:
    """All grids of a file, those with tables of holdings among them, and who made it.

    `guess` says in words how the columns were told where no heading did.
    """

    arranged: list[Rearranged]
    parts: list[Part]
    usable: list[Part]
    layout: Layout
    guess: str = ""

    @property
    def used(self) -> Iterator[TableMapping]:
        """The mappings that took effect."""
        return (mapping for part in self.usable for mapping in part.mapped.values())

    def why(self, part: Part, position: int) -> str:
        """Return in words what is unsure about one table, "" when nothing is."""
        if position in part.mapped:
            return ""
        if self.guess or self.layout.name != "generic":
            return self.guess
        rows = part.rows_below(position)
        figures = (cell for line in rows for cell in line.cells)
        comma = figure_style(figures, ()).decimal_comma
        return doubt_about(part.headers[position], rows, decimal_comma=comma)

    def issues(self) -> Iterator[Issue]:
        """Yield what the user should look at in the choice of columns."""
        if self.guess:
            yield Issue(Severity.WARNING, self.guess, _tr(_GUESSED_FIX), quick=(QuickFix.COLUMNS,))
            return
        if any(self.used):
            kind = IssueKind.COLUMNS_EXPLAINED
            yield Issue(Severity.INFO, _tr(_EXPLAINED), quick=(QuickFix.COLUMNS,), kind=kind)
        said: set[str] = set()
        for part in self.usable:
            yield from part.left_out()
            for position in part.headers:
                why = self.why(part, position)
                if why and why not in said:
                    said.add(why)
                    line = part.grid.lines[position].number or None
                    quick = (QuickFix.COLUMNS,)
                    yield Issue(Severity.WARNING, why, _tr(_DOUBT_FIX), line, quick, part.grid.sheet)


_PART = 4
"""Income is a small part of what is held: at most one in so many dollars."""
_USABLE = {TableKind.HOLDINGS, TableKind.SOURCES}


def find_tables(grids: Sequence[Grid], file: str, mappings: Sequence[TableMapping] = ()) -> Tables:
    """Return the tables of a file's sheets; `usable` is empty when there is none of holdings.

    Raises `MissingColumnError` for a mapping that makes no holdings of a table it is meant for.
    """
    known = {mapping.fingerprint: mapping for mapping in mappings}
    arranged = [_arranged(grid, known) for grid in grids]
    parts = [_part(_prepared(part.grid), known) for part in arranged]
    _leave_out_others(parts)
    usable, guess = _usable(parts)
    layout = recognise(Peek(file, _opening(usable), _first_headings(usable)))
    for part in usable:
        part.headers = {
            i: columns if i in part.mapped else layout.heading(columns) for i, columns in part.headers.items()
        }
    return Tables(arranged, parts, usable, layout, guess)


def _arranged(grid: Grid, known: Mapping[str, TableMapping]) -> Rearranged:
    """Return a grid with one row for each fund where it has none: codes spelled out, lists closed, turned."""
    own = with_labels_on_top(without_section_marks(rearrange(with_signs(grid))))
    told = in_english(in_one_language(own))
    plain = last_balances(with_words_for_codes(with_held_records(told)), known)
    return with_leaves_only(
        with_funds_in_rows(with_accounts_in_rows(with_closing_row(plain, known), known), known)
    )


def _prepared(grid: Grid) -> Grid:
    """Return a grid with its tables below each other, one group of columns each, and headings on one line."""
    plain = without_accounts_in_headings(without_empty_days(grid))
    headed = join_headings(settle_groups(unstack(without_unit_lines(plain))))
    return with_funds_beside_sources(join_labels(headed))


def _leave_out_others(parts: Sequence[Part]) -> None:
    """Mark tables of something else as activity, in a file that has a table of holdings besides."""
    held = [
        (part, i, columns)
        for part in parts
        for i, columns in part.headers.items()
        if columns.kind is TableKind.HOLDINGS
    ]
    if len(held) < 2:
        return
    others = [
        place
        for place in held
        if place[1] not in place[0].mapped
        and (
            is_something_else(place[0].grid, *place[1:])
            or _is_of_held(place, held)
            or _is_of_one_day(place[2], held)
        )
        and not _lists_held(place, held)
    ]
    for part, i, columns in others if len(others) < len(held) else ():
        part.headers[i] = replace(columns, kind=TableKind.ACTIVITY)
        part.others[i] = title_of(part.grid, i)


def _is_of_one_day(columns: Columns, held: Sequence[tuple[Part, int, Columns]]) -> bool:
    """Tell whether a table has a day and a bare amount only, beside one that has units."""
    return is_dated_amount(columns) and any(Role.UNITS in other.index for _, _, other in held)


def _is_of_held(place: tuple[Part, int, Columns], held: Sequence[tuple[Part, int, Columns]]) -> bool:
    """Tell whether a table says by its title how funds did that other tables hold."""
    part, i, columns = place
    if not may_tell_of_time(part.grid, i, columns):
        return False
    known = {
        name
        for other, at, heading in held
        if (other, at) != (part, i) and not may_tell_of_time(other.grid, at, heading)
        for names in names_in(heading, (line.cells for line in other.rows_below(at)))
        for name in names
    }
    rows = [line.cells for line in part.rows_below(i)]
    return are_named_in(list(names_in(columns, rows)), known) and (
        not is_bare_amount(columns) or _PART * sum_of(columns, rows) <= _most_held(place, held)
    )


def _lists_held(place: tuple[Part, int, Columns], held: Sequence[tuple[Part, int, Columns]]) -> bool:
    """Tell whether a table of opening and closing balances closes with what each fund held in units is worth.

    Whatever its title, what it lists besides is held as well.
    """
    part, i, columns = place
    if not is_of_balances(columns):
        return False
    worth = set(worth_in(columns, (line.cells for line in part.rows_below(i))))
    for other, at, heading in held:
        if (other, at) != (part, i) and Role.UNITS in heading.index:
            known = set(worth_in(heading, (line.cells for line in other.rows_below(at))))
            if len(known) > 1 and known <= worth:
                return True
    return False


def _most_held(place: tuple[Part, int, Columns], held: Sequence[tuple[Part, int, Columns]]) -> Decimal:
    """Return what the largest of the other tables adds to."""
    others = (other for other in held if other is not place)
    return max(sum_of(columns, [line.cells for line in part.rows_below(i)]) for part, i, columns in others)


def _opening(usable: Sequence[Part]) -> tuple[Line, ...]:
    return tuple(islice((line for part in usable for line in part.grid.lines), 40))


def _first_headings(usable: Sequence[Part]) -> tuple[Columns, ...]:
    """Return the headings up to the first of holdings: they tell the layout, later ones may be another's."""
    headers = [columns for part in usable for columns in part.headers.values()]
    kinds = [columns.kind in _USABLE for columns in headers]
    return tuple(headers[: kinds.index(True) + 1]) if True in kinds else ()


def _usable(parts: Sequence[Part]) -> tuple[list[Part], str]:
    """Return the parts with tables of holdings: by their headings, else by their figures; say which."""
    named = [part for part in parts if part.is_usable]
    if named:
        return named, ""
    guessed = [Part(*table) for part in parts if not part.headers and (table := infer_table(part.grid))]
    if guessed:
        return guessed, _tr(_GUESSED)
    sides = [both for part in parts if (both := add_sides(part.grid, alone=True)) is not None]
    if by_side := [part for grid in sides if (part := Part(grid, find_headers(grid))).is_usable]:
        return by_side, ""
    by_class = [part for p in parts if (part := Part(p.grid, find_breakdowns(p.grid))).is_usable]
    if by_class:
        return by_class, _tr(_BY_CLASS)
    by_account = [part for p in parts if (part := Part(p.grid, find_deposits(p.grid))).is_usable]
    return by_account, _tr(_BY_ACCOUNT) if by_account else ""


def _part(grid: Grid, mappings: Mapping[str, TableMapping]) -> Part:
    grid = with_whole_value(without_captions(grid))
    part = Part(grid, find_headers(grid))
    asides = join_asides(grid, part.headers)
    joined = join_names_above(join_cut_names(join_rows(asides, part.headers), part.headers), part.headers)
    if joined is not grid:
        part = Part(joined, find_headers(joined))
    for told in (join_tickers, take_figures_out, take_pairs_apart):
        if (named := told(part.grid, part.headers)) is not None:
            part = Part(*named)
    part.grid = fill_sources(part.grid, part.headers)
    turned = None if part.is_usable else unfold(grid) or with_facts_in_columns(grid)
    if not part.is_usable and (unfolded := turned or add_sides(grid, alone=False)) is not None:
        part = Part(unfolded, find_headers(unfolded))
    if not mappings:
        return part
    for i, mapping in _explained(part, mappings):
        part.mapped[i] = mapping
        part.headers[i] = mapped_columns(mapping, part.grid.lines[i].cells, 0)
    part.headers = dict(sorted(part.headers.items()))
    return part if part.is_usable else _headless(part, mappings)


def _explained(part: Part, mappings: Mapping[str, TableMapping]) -> Iterator[tuple[int, TableMapping]]:
    """Yield the headings that the user explained, by position; also where they are repeated."""
    lines = part.grid.lines
    found: dict[tuple[str, ...], TableMapping] = {}
    for i in (*range(min(LOOKED_AT, len(lines))), *(i for i in part.headers if i >= LOOKED_AT)):
        cells = lines[i].cells
        if len(cells) > 1 and (mapping := mappings.get(heading_fingerprint(cells))) is not None:
            found[tuple(cells)] = mapping
            yield i, mapping
    for cells, mapping in found.items():
        again = list(cells)
        yield from ((i, mapping) for i in range(LOOKED_AT, len(lines)) if lines[i].cells == again)


def _headless(part: Part, mappings: Mapping[str, TableMapping]) -> Part:
    """Put an empty heading above a table without one that the user explained by its shape."""
    for block in headless_blocks(part.grid):
        mapping = mappings.get(shape_fingerprint(block.rows))
        if mapping is not None:
            lines = part.grid.lines
            grid = Grid((*lines[: block.first], Line(0, [], ""), *lines[block.first :]), part.grid.sheet)
            width = max(len(line.cells) for line in block.rows)
            below = {i + 1 if i >= block.first else i: columns for i, columns in part.headers.items()}
            headers = {**below, block.first: mapped_columns(mapping, (), width)}
            return Part(grid, dict(sorted(headers.items())), {block.first: mapping})
    return part


def headless_blocks(grid: Grid) -> Iterator[Block]:
    """Yield the tables of a grid that have no heading: the one its figures tell, then the widest."""
    inferred = infer_table(grid)
    if inferred is not None:
        (position,) = inferred[1]
        if not inferred[0].lines[position].cells:
            yield Block(None, position, _until_blank(grid.lines[position:]))
    widest = widest_block(grid)
    if widest is not None and widest.heading is None:
        yield widest


def _until_blank(lines: Sequence[Line]) -> tuple[Line, ...]:
    blank = (i for i, line in enumerate(lines) if not any(cell.strip() for cell in line.cells))
    return tuple(lines[: next(blank, len(lines))])
