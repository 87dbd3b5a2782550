"""Joins headings that stand on two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from .amounts import find_date, looks_numeric
from .columns import Role, TableKind, header_key, read_header, role_of, says_when
from .grid import Grid, Line, filled
from .heading_rows import FIGURE, ROLES_OF_FIGURES
from .patterns import late_regex
from .periods import is_short_period, period_of, without_period
from .record_days import days_in_cells
from .time_heads import heading_of_times, says_earlier

_UNIT = late_regex(r"(?P<words>.+?)\s{0,8}(?P<unit>\([^()$€£]*+[$€£][^()]*\))")
_PAIR = 2
_LONG = 30
"""Characters of a cell that is a remark with a day, not the upper half of a heading."""
_YEAR = late_regex(r"(?:19|20)[0-9]{2}", re.ASCII)


def join_headings(grid: Grid) -> Grid:
    """Return the grid with every heading that stands on two lines (“Market” above “Value”) on one."""
    lines: list[Line] = []
    for line in grid.lines:
        if not (lines and _is_heady(line)):
            lines.append(line)
            continue
        upper = -1
        joined = _together(lines[-1], line)
        if joined is None and len(lines) > 1 and not filled(lines[-1].cells) and filled(lines[-2].cells):
            upper, joined = -2, _of_times(lines[-2], line)
        if joined is None:
            lines.append(line)
            continue
        lines[upper] = lines[upper]._replace(cells=[])
        lines.append(line._replace(cells=joined))
    return replace(grid, lines=tuple(lines))


def _together(top: Line, bottom: Line) -> list[str] | None:
    """Return the cells of two lines put together where they are one heading; the lower one may be."""
    if _names_funds_below(top, bottom):
        return [*top.cells, *bottom.cells[1:]]
    if not _is_heady(top) or _says_day(top, bottom):
        return None
    if (timed := _of_times(top, bottom)) is not None:
        return timed
    if (spanned := _spanned(top.cells, bottom.cells)) is not None:
        return spanned
    return _joined(top.cells, bottom.cells) if _may_join(top, bottom) else None


def _names_funds_below(top: Line, bottom: Line) -> bool:
    """Tell whether a line is the one word (“Fund”) that a heading below lacks in its first column."""
    if len(top.cells) != 1 or bottom.cells[0].strip() or Role.NAME in _roles(bottom.cells):
        return False
    known = role_of(top.cells[0])
    return known is not None and known[0] is Role.NAME and _score([*top.cells, *bottom.cells[1:]]) > 1


def _spanned(top: list[str], bottom: list[str]) -> list[str] | None:
    """Return the cells of a whole heading below a line that says most of it, with words above the rest.

    Cells that go over both lines stand on each of them; those below words for an earlier time are called by
    both. None for other lines, also for a heading that stands there twice.
    """
    if sum(map(_is_same, top, bottom)) < _PAIR or not _score(bottom):
        return None
    spans = any(below.strip() and not above.strip() for above, below in zip(top, bottom, strict=False))
    if not spans and read_header(top) is not None:
        return None  # it heads a table of its own
    above = _spread(top)
    if any(cell.strip() and not bottom[place : place + 1] for place, cell in enumerate(top)):
        return None
    if any(a.strip() and not b.strip() for a, b in zip(top, bottom, strict=False)):
        return None
    return [
        b if _is_same(a, b) or not says_earlier(a) else _two(a, b)
        for a, b in zip_longest(above, bottom, fillvalue="")
    ]


def _is_same(above: str, below: str) -> bool:
    return bool(below.strip()) and above.strip() == below.strip()


def _of_times(top: Line, bottom: Line) -> list[str] | None:
    """Return the cells of a line below one that says of which time each group of columns is."""
    if not _is_heady(top):
        return None
    timed = heading_of_times(top.cells, bottom.cells)
    return timed if timed is not None and _score(timed) else None


def _says_day(top: Line, bottom: Line) -> bool:
    """Tell whether a line only says of which day the figures are, above a whole heading."""
    cells = filled(top.cells)
    if len(cells) != _PAIR or read_header(bottom.cells) is None:
        return False
    said = any(len(cell) > _LONG and find_date(cell) is not None for cell in cells)
    return said or bool(days_in_cells(cells))


def _may_join(top: Line, bottom: Line) -> bool:
    """Tell whether two lines can be one heading: neither is one that could stand alone as another's."""
    below = read_header(bottom.cells)
    if below is not None and below.kind is not TableKind.HOLDINGS:
        return False
    above = read_header(top.cells)
    if above is None or _are_times(filled(bottom.cells)):
        return True
    if below is None and says_when(top.cells, bottom.cells):
        return True
    if not above.only_dated or _roles(bottom.cells).isdisjoint(ROLES_OF_FIGURES):
        return False
    return below is None or _says_again(bottom.cells)


def _are_times(cells: list[str]) -> bool:
    """Tell whether the cells of a line are days or years; alone it may be a fund with a year."""
    keys = [header_key(cell) for cell in cells]
    return all(map(period_of, keys)) and (len(keys) > 1 or not without_period(keys[0]))


def _joined(top: list[str], bottom: list[str]) -> list[str] | None:
    """Return the cells of two lines put together, None where that makes no better heading."""
    plain = [_two(a, b) for a, b in zip_longest(top, bottom, fillvalue="")]
    again = _says_again(bottom)
    wide = [
        b if again and _is_no_figure(b) and "%" not in a else _two(a, b)
        for a, b in zip_longest(_spread(top), bottom, fillvalue="")
    ]
    choices = [wide, plain] if again else [plain, wide]
    if says_when(top, bottom):
        pairs = zip_longest(bottom, wide, fillvalue="")
        choices.insert(0, [b if role_of(b) or not b.strip() else both for b, both in pairs])
    if _years_above(top, bottom):
        choices.insert(0, list(_with_years(top, bottom)))
    best = max(choices, key=_score)
    least = max(_score(top), _score(bottom))
    if not _score(best) or _score(best) < least:
        return None
    return best if _score(best) > least or len(filled(top)) > 1 else None


def _years_above(top: list[str], bottom: list[str]) -> bool:
    """Tell whether a year stands above the first of several days, months or quarters that name none."""
    short = [i for i, cell in enumerate(bottom) if _is_short(cell)]
    return len(short) > 1 and any(_has_year(cell) for cell in top[: short[-1] + 1])


def _with_years(top: list[str], bottom: list[str]) -> Iterator[str]:
    """Yield two lines put together, above each time without a year the one that stands left of it."""
    year = ""
    for above, below in zip_longest(top, bottom, fillvalue=""):
        year = above if above.strip() else year
        yield _two(year if _is_short(below) and _has_year(year) else above, below)


def _is_short(cell: str) -> bool:
    return bool(cell.strip()) and is_short_period(header_key(cell))


def _has_year(cell: str) -> bool:
    return find_date(cell) is None and period_of(header_key(cell)) is not None


def _says_again(cells: list[str]) -> bool:
    """Tell whether two columns of a line have the same heading, each below a time of its own."""
    keys = [cell.strip().lower() for cell in filled(cells)]
    return len(set(keys)) < len(keys)


def _is_no_figure(cell: str) -> bool:
    """Tell whether a heading is known and not one of figures that groups of columns repeat."""
    known = role_of(cell)
    return known is not None and known[0] not in ROLES_OF_FIGURES - {Role.WEIGHT}


def _is_heady(line: Line) -> bool:
    """Tell whether a line may be part of a heading: words only, dates among them."""
    if len(line.cells) < 2 or FIGURE.search(line.text):
        return False
    cells = filled(line.cells)
    return bool(cells) and all(
        not looks_numeric(cell) or find_date(cell) is not None or _YEAR.fullmatch(cell) for cell in cells
    )


def _two(above: str, below: str) -> str:
    """Return two words put together, a unit in brackets behind both."""
    found = _UNIT.fullmatch(above.strip()) if below.strip() else None
    if found is not None:
        return f"{found['words']} {below.strip()} {found['unit']}"
    return f"{above.strip()} {below.strip()}".strip()


def _spread(cells: list[str]) -> list[str]:
    """Repeat each cell to the right until the next: one word above several columns."""
    spread: list[str] = []
    for cell in cells:
        spread.append(cell if cell.strip() or not spread else spread[-1])
    return spread


def _score(cells: list[str]) -> int:
    """Return how many roles a line names as a heading of holdings, 0 when it is none."""
    columns = read_header(cells)
    if columns is None or columns.kind is not TableKind.HOLDINGS:
        return 0
    return max(len(columns.index), len(_roles(cells)))


def _roles(cells: list[str]) -> set[Role]:
    """Return the roles that words of a line name, those of an earlier time among them."""
    return {known[0] for cell in cells if (known := role_of(cell))}
