"""The bytes of a file to sheets of cells, whatever kind of file they are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from desktop_app.domain.language import translator

from .amounts import looks_numeric, parse_amount
from .captions_below import without_captions
from .columns import Role, TableKind, read_header
from .decoding import decode
from .drawn import (
    without_frames,
    without_leaders,
    without_outer_quotes,
    without_quoting,
    without_text_marks,
)
from .errors import (
    DamagedFileError,
    EmptyFileError,
    NoTableInPageError,
    NotAStatementError,
    SheetsElsewhereError,
    TooLargeError,
)
from .facts_across import with_facts_in_columns
from .funds_over_sources import with_funds_beside_sources
from .grid import Grid, Line, filled
from .headings import find_headers
from .infer import infer_table
from .kinds import foreign_kind, is_ole, is_zip
from .last_resort import find_deposits
from .layouts import Rearranged
from .margins import without_margins
from .page_marks import declared_charset, is_page
from .spanish import heading_in_english
from .taken_apart import rows_of_balances, rows_of_sum, taken_apart, worth_of_first
from .textgrid import byte_grid, text_grid
from .time_heads import heading_of_times
from .two_sides import add_sides
from .unfold import is_labelled, splits_sources
from .watching import Watch, unwatched

_tr = translator("Refusals")
_MOST_UNPACKED = 200_000_000
_STEP = 1 << 20
_MOST_LINES = 1_000_000
_LOOKED_AT = 2_000
_MOST_WORDS = 5_000
_FEWEST_PROVEN = 3
_MOST_TYPED = 1_000_000
_HEAD = 8_000
"""First bytes that tell a page or a saved book."""


def content_grids(
    data: bytes, name: str, password: str | None = None, watch: Watch = unwatched
) -> tuple[Grid, ...]:
    """Return the sheets of a file (text has one), told by what is in it and never by its name.

    Raises a subclass of `UnreadableFileError`, or whatever `watch` raises.
    """
    if not data:
        raise EmptyFileError(name)
    if is_zip(data) or is_ole(data):
        from .workbook import workbook_grids  # brings zip and Excel readers, which text files never need

        grids = workbook_grids(data, name, password, watch)
        if not grids:
            raise EmptyFileError(name)
        return tuple(map(without_margins, grids))
    marked = _marked_up(data, name, watch) if _may_be_marked_up(data) else None
    if marked is not None:
        return tuple(map(without_margins, marked))
    told = _records(data, name, watch)
    if told is not None:
        return (told,)
    foreign = foreign_kind(data)
    if foreign is not None:
        raise NotAStatementError(name, *foreign)
    _refuse_endless(data, name)
    grid = byte_grid(data, name, watch)
    grid = None if grid is None else without_margins(grid)
    if grid is not None and _has_heading(grid) and not _is_ragged(grid):
        return (grid,)
    text = decode(data, name)
    watch(0.1)
    return (_text(text, watch),)


def _refuse_endless(data: bytes, name: str) -> None:
    """Raise `TooLargeError` for more lines than the readers of tables take in a few seconds."""
    if len(data) <= _MOST_LINES:
        return
    from .fastgrid import most_lines  # brings numpy, which only long files need

    if most_lines(data) > _MOST_LINES:
        raise TooLargeError(name, _tr("more than {0:,} lines").format(_MOST_LINES), f"{_MOST_LINES:,}")


def _records(data: bytes, name: str, watch: Watch) -> Grid | None:
    """Return the funds of an export as JSON or XML, None for any other file or one without funds."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    if head not in {b"<", b"{", b"["}:
        return None
    from .tree_tables import tree_grid
    from .trees import json_tree, refuse_many_labels, xml_tree

    root = xml_tree(data, name, watch) if head == b"<" else json_tree(decode(data, name), name)
    if root is None:
        return None
    refuse_many_labels(root, name)
    grid = tree_grid(root)
    return grid if grid is not None and is_known(grid) else None


def _may_be_marked_up(data: bytes) -> bool:
    """Tell whether bytes can be a page or a saved book at all: most files are neither, and need no reader."""
    head = data[:_HEAD]
    return b"<" in head or b"mime-version:" in head.lower()


def _marked_up(data: bytes, name: str, watch: Watch) -> tuple[Grid, ...] | None:
    """Return the sheets of a web page, an archive of pages or a workbook in XML; None for other bytes."""
    from .saved_books import is_web_archive, is_xml_book, xml_book_grids

    if is_xml_book(data):
        return _some(xml_book_grids(data, name, watch), name)
    if is_web_archive(data):
        return _archived_pages(data, name, watch)
    if is_page(data):
        return (_page(decode(data, name, declared_charset(data)), name, watch),)
    return None


def pasted_grids(text: str, html: str, name: str, watch: Watch = unwatched) -> tuple[Grid, ...]:
    """Return what was pasted as cells: from its web page where that has a table we know, else from its text.

    Raises `EmptyFileError` or another `UnreadableFileError`.
    """
    if html.strip():
        from .html_tables import page_grid

        grid, has_table = page_grid(html, name, watch)
        grid = without_margins(grid)
        if is_known(grid) or not text.strip():
            return (_with_cards(grid, html, name, has_table=has_table),)
    return content_grids(text.encode("utf-8", errors="replace"), name, None, watch)


def is_known(grid: Grid) -> bool:
    """Tell whether a grid has a table of holdings, by its heading or by its figures."""
    return _has_heading(grid) or infer_table(grid) is not None


def _has_heading(grid: Grid) -> bool:
    above: list[str] = []
    for line in islice(grid.lines, _LOOKED_AT):
        both = heading_of_times(above, line.cells) if len(filled(above)) > 1 else None
        for cells in (line.cells, both or [], heading_in_english(line.cells) or []):
            columns = read_header(cells) if len(cells) > 1 else None
            if columns is not None and columns.kind is TableKind.HOLDINGS:
                return True
        above = line.cells
    return False


def _has_units(grid: Grid) -> bool:
    """Tell whether a table put together has units and a price of several funds: they prove their values."""
    heading = next((columns for line in grid.lines if (columns := read_header(line.cells)) is not None), None)
    if heading is None or not {Role.UNITS, Role.PRICE} <= heading.index.keys():
        return False
    places = [heading.index[role] for role in (Role.UNITS, Role.PRICE)]
    rows = [line.cells for line in grid.lines if len(line.cells) > max(places)]
    return sum(all(looks_numeric(row[place]) for place in places) for row in rows) >= _FEWEST_PROVEN


def _holds_funds(grid: Grid) -> bool:
    """Tell whether a grid has a table of holdings whose funds stand under a word that no one knows."""
    opening = Grid(grid.lines[:_LOOKED_AT])
    return any(columns.kind is TableKind.HOLDINGS for columns in find_headers(opening).values())


def _text(text: str, watch: Watch) -> Grid:
    text = without_leaders(without_text_marks(without_frames(without_quoting(text))))
    watch(0.2)
    grid = without_captions(without_margins(text_grid(text, watch)))
    if (apart := taken_apart(grid, {*rows_of_balances(grid)})) is not None:
        from .plain_lines import cards

        return cards(apart) or grid
    names_above = _has_names_above(grid)
    if not names_above and _has_heading(grid) and not _is_ragged(grid):
        return grid
    opening = [*map(without_outer_quotes, re.split(r"\r\n|\n|\r", text[:_MOST_TYPED]))]
    from .bullets import bulleted  # texts without separators are few
    from .coded_rows import coded_rows
    from .fixed_width import find_columns, with_wrapped_names
    from .gap_columns import gap_columns
    from .plain_lines import cards
    from .ruled_columns import ruled_columns
    from .spaced_across import spaced_across
    from .spaced_rows import spaced_rows
    from .two_line_rows import two_line_rows

    gone = {line.number for line in grid.lines if line.text.strip() and not filled(line.cells)}
    typed = [
        Line(place, [line], line)
        for place, line in enumerate(opening, 1)
        if line.strip() and place not in gone
    ]
    if (listed := bulleted(typed[:_LOOKED_AT]) or coded_rows(typed[:_LOOKED_AT])) is not None:
        return listed
    if names_above and (put_together := cards(typed[:_LOOKED_AT])) is not None:
        return put_together
    if (ruled := ruled_columns(opening)) is not None and _has_heading(ruled):
        return replace(ruled, lines=tuple(with_wrapped_names([*ruled.lines])))
    is_tabbed = _is_tabbed(opening[:_LOOKED_AT])
    columns = None if is_tabbed else find_columns(opening[:_LOOKED_AT])
    if columns is not None:
        return Grid(tuple(with_wrapped_names(columns.lines(opening))))
    if (of_sources := _over_sources(grid, opening, typed)) is not None:
        return of_sources
    if (across := spaced_across(typed[:_LOOKED_AT])) is not None:
        return across
    is_labelled_grid = is_labelled(grid) or with_facts_in_columns(grid) is not None
    if not names_above and (is_known(grid) or is_labelled_grid or add_sides(grid, alone=True)):
        is_told = _has_heading(grid) or is_labelled_grid or is_tabbed
        told = None if is_told else cards(typed[:_LOOKED_AT])
        return told if told is not None and _has_units(told) else grid
    spaced = (two_line_rows(typed) or spaced_rows(typed)) if _is_undivided(grid) else None
    spaced = spaced or (None if is_tabbed else gap_columns(opening[:_LOOKED_AT]))
    return spaced or cards(typed[:_LOOKED_AT]) or grid


def _is_tabbed(lines: Sequence[str]) -> bool:
    """Tell whether tabs alone set the cells of a text apart: no line is set in spaces besides."""
    tabbed = [line for line in lines if "\t" in line.strip()]
    held = sum(bool(line.strip()) for line in lines)
    return 2 * len(tabbed) > held and not any("  " in line.strip() for line in tabbed)


def _over_sources(grid: Grid, opening: list[str], typed: list[Line]) -> Grid | None:
    """Return a text with rows of sources below the names of their funds as rows of cells, None for others."""
    from .fixed_width import find_columns
    from .spaced_rows import heads_sources, spaced_sources

    if not any(heads_sources(line.text) for line in typed[:_LOOKED_AT]):
        return None
    columns = find_columns(opening[:_LOOKED_AT], TableKind.SOURCES)
    kept = None if columns is None else Grid(tuple(columns.lines(opening)))
    every = (kept, grid, spaced_sources(typed[:_LOOKED_AT]))
    pairs = ((one, with_funds_beside_sources(one)) for one in every if one is not None)
    return next((told for one, told in pairs if told is not one), None)


def _is_undivided(grid: Grid) -> bool:
    """Tell whether no separator divides most lines of a text."""
    lines = [line for line in islice(grid.lines, _LOOKED_AT) if filled(line.cells)]
    return 2 * sum(len(filled(line.cells)) > 1 for line in lines) < len(lines)


def _is_ragged(grid: Grid) -> bool:
    """Tell whether rows below the heading of holdings have other numbers of cells, as spaces may give."""
    width = 0
    spaced = False
    fits: list[bool] = []
    for line in islice(grid.lines, 60):
        columns = read_header(line.cells) if len(line.cells) > 1 else None
        if columns is not None and columns.kind is TableKind.HOLDINGS:
            width = len(line.cells)
            spaced = spaced or "  " in line.text.strip()
        elif width and len(line.cells) > 1:
            fits.append(len(line.cells) == width)
    return spaced and bool(fits) and not all(fits)


def _has_names_above(grid: Grid) -> bool:
    """Tell whether rows below the heading of holdings have figures only, their names lines of their own."""
    headed = False
    names = figures = 0
    for line in islice(grid.lines, 60):
        cells = filled(line.cells)
        columns = read_header(line.cells) if len(cells) > 1 else None
        if columns is not None and columns.kind is TableKind.HOLDINGS:
            headed = True
        elif headed and len(cells) == 1:
            names += not looks_numeric(cells[0])
        elif headed and cells:
            if not line.cells[0].strip() or not all(map(looks_numeric, cells)):
                return False
            figures += 1
    return 1 < figures <= names


def _page(text: str, name: str, watch: Watch) -> Grid:
    from .html_tables import page_grid

    grid, has_table = page_grid(text, name, watch)
    return _with_cards(without_margins(grid), text, name, has_table=has_table)


def _with_cards(grid: Grid, text: str, name: str, *, has_table: bool) -> Grid:
    """Return the rows of a page, or the cards of its funds where it has no table of holdings that is surer.

    Raises `NoTableInPageError` or `SheetsElsewhereError`.
    """
    is_told = _has_heading(grid) or _holds_funds(grid) or bool(find_deposits(grid)) or _runs_across(grid)
    if is_told:
        return grid
    guessed = infer_table(grid) is not None
    aside = {*_of_activity(grid), *rows_of_balances(grid)}
    found = _cards_of_page(grid, aside)
    if guessed and (found is None or not _has_units(found)):
        return _cards_beside_sum(grid, aside) or grid
    if found is not None:
        return found
    if not has_table and "<frameset" in text.lower():
        raise SheetsElsewhereError(name)
    if not has_table:
        raise NoTableInPageError(name)
    return grid


def _cards_beside_sum(grid: Grid, aside: set[int]) -> Grid | None:
    """Return the funds of a page's cards whose units prove them, where a bare table adds up to the same."""
    for rows, total in rows_of_sum(grid):
        found = _cards_of_page(grid, {*aside, *rows})
        if found is not None and _has_units(found) and worth_of_first(found) == total:
            return found
    return None


def _cards_of_page(grid: Grid, aside: set[int]) -> Grid | None:
    """Return the cards of funds that the words of a page make, the rows of some of its tables set aside."""
    from .plain_lines import cards

    words = (
        Line(line.number, [cell], cell)
        for i, line in enumerate(islice(grid.lines, _LOOKED_AT))
        for cell in filled(line.cells)
        if i not in aside
    )
    found = cards([*islice(words, _MOST_WORDS)])
    if found is None or _tears_rows(found, grid):
        return None
    left = (grid.lines[i]._replace(cells=[]) for i in sorted(aside))
    return replace(found, lines=(*found.lines, *left))


def _tears_rows(found: Grid, grid: Grid) -> bool:
    """Tell whether funds made of a page's words share a table's row, or have another row's figures."""
    numbers = [line.number for line in found.lines if line.number and len(filled(line.cells)) > 1]
    rows = {line.number: {parse_amount(cell) for cell in line.cells} for line in grid.lines if _is_row(line)}
    return any(number in rows and numbers.count(number) > 1 for number in numbers) or any(
        parse_amount(cell) not in rows[line.number]
        for line in found.lines
        if line.number in rows
        for cell in line.cells
        if looks_numeric(cell)
    )


def _is_row(line: Line) -> bool:
    """Tell whether a line of a page has words and several figures, as the rows of a table have."""
    cells = filled(line.cells)
    figures = sum(map(looks_numeric, cells))
    return _FEWEST_PROVEN <= figures < len(cells)


def _runs_across(grid: Grid) -> bool:
    """Tell whether a page has a column for each fund or source, with rows for what is said of them."""
    from .rolled_across import with_closing_row

    if with_closing_row(Rearranged(grid), ()).grid is not grid or splits_sources(grid):
        return True
    return with_facts_in_columns(grid) is not None


def _of_activity(grid: Grid) -> list[int]:
    """Return the positions of the rows of tables of what was done, with their headings."""
    found: list[int] = []
    for i, columns in find_headers(grid).items():
        if columns.kind is TableKind.ACTIVITY:
            rows = takewhile(lambda k: len(filled(grid.lines[k].cells)) > 1, range(i, len(grid.lines)))
            found.extend(k for k in rows if k not in found)
    return found


def _archived_pages(data: bytes, name: str, watch: Watch) -> tuple[Grid, ...]:
    from .html_tables import page_grid
    from .saved_books import pages_inside

    grids: list[Grid] = []
    for title, page in pages_inside(data, name):
        grid, has_table = page_grid(decode(page, name, declared_charset(page)), name, watch)
        if has_table:
            grids.append(Grid(grid.lines, title))
    grids = grids or [_text(decode(words, name), watch) for _, words in pages_inside(data, name, "plain")]
    if not grids:
        raise NoTableInPageError(name)
    return (Grid(grids[0].lines, issues=grids[0].issues),) if len(grids) == 1 else tuple(grids)


def _some(grids: tuple[Grid, ...], name: str) -> tuple[Grid, ...]:
    if not grids:
        raise EmptyFileError(name)
    return grids


def unzipped(data: bytes, name: str, watch: Watch) -> bytes:
    """Return what a gzip file holds; raises `DamagedFileError` or `TooLargeError`."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces: list[bytes] = []
    got, rest = 0, data
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
            if not piece and not rest:
                break
            pieces.append(piece)
            got += len(piece)
            if got > _MOST_UNPACKED:
                raise TooLargeError(name, _tr("more than 200 MB when unpacked"), "200 MB")
            watch(1 - len(rest) / len(data))
    except zlib.error as error:
        raise DamagedFileError(name) from error
    if not unpacker.eof:
        raise DamagedFileError(name)
    return b"".join(pieces)
