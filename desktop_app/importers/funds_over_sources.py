"""Tables whose rows are contribution sources, below lines that name the fund they are parts of.

Record keepers print `FUND 12  GROWTH FUND`, a row for each source and a total of the fund. By its heading
such a table tells of sources only; with the fund beside each source it is one of holdings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from decimal import Decimal

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.records import dataclass

from .amounts import FigureStyle, figure_style, looks_numeric, parse_amount
from .card_words import GAPS
from .classifier import classify
from .columns import Columns, Role, TableKind, read_header, role_of
from .grid import Grid, Line, filled
from .headwords import heading_of
from .loan_labels import is_loan_line
from .named_above import account_said
from .patterns import late_regex
from .rows import is_footer, is_fundish, is_section, is_total
from .wording import is_group, is_source, without_total

_MOST_LINES = 5_000
_MARKS = " *:-–—=.>"
_CODED = late_regex(
    r"(?:fund|investment|inv|option|vehicle|subaccount|sub-account)(?:\s+(?:option|no\.?|number|code|id|#))*"
    r"\s*[:#]?\s*(?=[A-Z0-9-]*[0-9])[A-Z0-9-]{1,10}(?:\s*[-–:.]\s*|\s+|$)"
    r"|(?:fund|investment|option|investment option|fund name)\s*:\s*",
    re.IGNORECASE,
)
"""A plan's own code of a fund, or the word for one, before its name."""
_CODE = late_regex(r"#?[A-Z]{0,3}[0-9]{2,6}[A-Z]?")


@dataclass(slots=True)
class _Block:
    """One fund: the line that names it, the lines of its sources and that of its total, by their places."""

    head: int
    name: str
    is_coded: bool
    rows: list[int] = field(default_factory=list)
    total: int | None = None


def with_funds_beside_sources(grid: Grid) -> Grid:
    """Return the grid with the fund beside each source, where lines above the sources name funds."""
    if len(grid.lines) > _MOST_LINES:
        return grid
    heads = {i: columns for i, line in enumerate(grid.lines) if (columns := _of_sources(line)) is not None}
    lines = list(grid.lines)
    for i, columns in heads.items():
        end = next((k for k in heads if k > i), len(lines))
        blocks = list(_blocks(grid.lines, i, end, columns))
        if blocks and _are_funds(blocks) and _add_up(grid.lines, blocks, columns):
            _write(lines, i, end, blocks, columns)
    return grid if lines == list(grid.lines) else replace(grid, lines=tuple(lines))


def _of_sources(line: Line) -> Columns | None:
    """Return the columns of a heading whose rows are sources with a value, None for any other line."""
    if len(line.cells) < 2 or not any((known := role_of(c)) and known[0] is Role.SOURCE for c in line.cells):
        return None
    columns = read_header(line.cells)
    if columns is None or columns.kind is not TableKind.SOURCES or Role.VALUE not in columns.index:
        return None
    return columns


def _blocks(lines: Sequence[Line], heading: int, end: int, columns: Columns) -> Iterator[_Block]:
    """Yield the funds below a heading, each with a source at least."""
    block: _Block | None = None
    for i in range(heading + 1, end):
        line = lines[i]
        words = _words(line)
        if _is_row(line, columns):
            is_sum = is_total(words) or bool(without_total(words))
            if block is None and not is_sum:
                return  # a source without a fund
            if block is not None and block.total is None:
                if is_sum:
                    block.total = i
                else:
                    block.rows.append(i)
            continue
        named = _named(line)
        if not named:
            continue
        if block is not None and block.rows:
            yield block
        block = _Block(i, *named)
    if block is not None and block.rows:
        yield block


def _words(line: Line) -> str:
    """Return the first words of a line without the marks around them."""
    return next(iter(filled(line.cells)), "").strip(_MARKS)


def _is_row(line: Line, columns: Columns) -> bool:
    """Tell whether a line has words in front and an amount in the column of the value."""
    place = columns.index[Role.VALUE]
    value = line.cells[place].strip() if place < len(line.cells) else ""
    return bool(_words(line)) and not looks_numeric(_words(line)) and looks_numeric(value)


def _named(line: Line) -> tuple[str, bool] | None:
    """Return the fund that a line of words names and whether a code says that it is one; None for others."""
    cells = [cell for cell in map(_bare, _parts(line)) if cell]
    if not cells or any(looks_numeric(cell) and not _CODE.fullmatch(cell) for cell in cells):
        return None
    text = "  ".join(cells)
    bare = _CODED.sub("", text, count=1).strip(_MARKS) if _CODED.match(text) else text
    is_coded = bare != text
    parts = [cell for cell in bare.split("  ") if cell.strip() and not _CODE.fullmatch(cell.strip())]
    name = " ".join(part.strip() for part in parts)
    if len(parts) != 1 or not any(map(str.isalpha, name)):
        return None
    if is_source(name) or is_total(name) or is_footer(name) or is_loan_line(name):
        return None
    return None if account_said([line]) is not None and not is_coded else (name, is_coded)


def _parts(line: Line) -> list[str]:
    """Return the cells of a line, words that columns kept in place by spaces have parted put together."""
    cells, parts = filled(line.cells), [part.strip() for part in GAPS.split(line.text.strip())]
    return parts if len(parts) < len(cells) and _letters(parts) == _letters(cells) else cells


def _letters(parts: Sequence[str]) -> str:
    return "".join("".join(parts).split())


def _bare(text: str) -> str:
    return text.strip(_MARKS)


def _are_funds(blocks: Sequence[_Block]) -> bool:
    """Tell whether most lines above the sources name funds rather than accounts, persons or groups."""
    likely = [block for block in blocks if block.is_coded or _is_fund(block.name)]
    return 2 * len(likely) > len(blocks)


def _is_fund(name: str) -> bool:
    if is_section(name) or is_group(name):
        return False
    return is_fundish(name) or classify(None, None, name).classified_by is not ClassifiedBy.UNKNOWN


def _add_up(lines: Sequence[Line], blocks: Sequence[_Block], columns: Columns) -> bool:
    """Tell whether figures or words say that rows are the sources of the funds above them.

    No total right below the rows of a fund may be another than theirs, or that of all funds so far. A fund
    without one has sources only, unless the total of all funds is theirs as well.
    """
    place = columns.index[Role.VALUE]
    style = figure_style([lines[i].cells[place] for block in blocks for i in block.rows], ())
    so_far = ZERO
    unsure = False
    for block in blocks:
        parts = sum((_amount(lines[i], place, style) for i in block.rows), ZERO)
        so_far += parts
        whole = _amount(lines[block.total], place, style) if block.total is not None else None
        is_own = whole is not None and abs(whole - parts) <= CENT * len(block.rows)
        is_of_all = whole is not None and abs(whole - so_far) <= CENT * len(lines)
        if block.total == block.rows[-1] + 1 and not (is_own or is_of_all):
            return False
        unsure = unsure or not (is_own or all(is_source(_words(lines[i])) for i in block.rows))
        unsure = unsure and not is_of_all
    return not unsure and any(is_source(_words(lines[i])) for block in blocks for i in block.rows)


def _amount(line: Line, place: int, style: FigureStyle) -> Decimal:
    return parse_amount(line.cells[place].strip(), decimal_comma=style.decimal_comma) or ZERO


def _write(lines: list[Line], heading: int, end: int, blocks: Sequence[_Block], columns: Columns) -> None:
    """Put a column of funds in front of a table; totals have their words there."""
    source = columns.index[Role.SOURCE]
    lines[heading] = lines[heading]._replace(cells=[heading_of(Role.NAME), *lines[heading].cells])
    for block in blocks:
        lines[block.head] = lines[block.head]._replace(cells=[])
        for i in block.rows:
            lines[i] = lines[i]._replace(cells=[block.name, *lines[i].cells])
    done = {heading, *(i for block in blocks for i in (block.head, *block.rows))}
    for i in range(heading + 1, end):
        if i not in done and _is_row(lines[i], columns):
            cells = list(lines[i].cells)
            words, cells[source] = _words(lines[i]), ""
            lines[i] = lines[i]._replace(cells=[words, *cells])
