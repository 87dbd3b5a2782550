"""Printed tables whose rows take two lines or more: units and a name that may go on, then a line of figures.

Statements of trust departments copied as text are such: `12.5 GROWTH FUND`, `CLASS A` below it and then
`10.00 100.00 125.00`, under a heading on two lines. What is missing on a line of figures leaves no gap in the
text: only the shape of the whole lines tells where its figures belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator

from .amounts import is_missing, parse_amount
from .card_words import GAPS
from .columns import Columns, Role, TableKind, read_header
from .grid import Grid, Line
from .headwords import has_role
from .patterns import late_regex
from .rows import is_bare_total, is_footer, is_section, is_total
from .spaced_rows import FIGURE, MONEY, divided, is_heady
from .wording import is_group

_tr = translator("Remarks")
_MOST_HEADING_WORDS = 16
_MOST_TRIED = 8
"""Lines that may be headings, of which a text has few."""
_MOST_FIGURES = 10
_FEWEST_FIGURES = 2
_FEWEST_ROWS = 2
_MOST_NAMES = 4
"""Lines of one name."""
_LOOKED_AHEAD = 80
_ROOM = Decimal("0.01")
_PAR = 100
"""Bonds are priced for so many dollars of face value."""
_FRONT = {-1: (Role.UNITS, Role.NAME), 0: (Role.NAME,), 1: (Role.NAME, Role.UNITS)}
"""What the headings in front are, by where units stand."""
_CODE = late_regex(
    r"(?P<kind>cusip|ticker|symbol)(?: symbol| number| no\.?| id| #)?\s*[:#]?\s*(?P<code>[A-Z0-9]{1,9})",
    re.IGNORECASE,
)
_LOST = "Which figure is the value could not be told for “{0}”; nothing of it was counted."
_LOST_FIX = "Compare with the file, and type by hand what is missing."


class _Head(NamedTuple):
    """A heading: its place and that of its last line, its cells (the name first), and where units stand.

    `units` is -1 for units in front of the name, 1 for units behind it, 0 for none beside it.
    """

    first: int
    last: int
    cells: list[str]
    columns: Columns
    units: int

    @property
    def width(self) -> int:
        """How many figures a whole line of them has."""
        return len(self.cells) - 1 - abs(self.units)


class _Row(NamedTuple):
    """A fund's name, its units beside it, its figures as they stand, and from which line to which it runs.

    `codes` are a ticker or CUSIP on lines of their own below the name or the figures.
    """

    first: int
    last: int
    name: str
    units: str
    figures: list[str]
    codes: dict[str, str]


def two_line_rows(lines: Sequence[Line]) -> Grid | None:
    """Return such a text as a table, None where it is something else.

    Where units times price are not the value that the heading tells, its lines stay lines: no other reading
    of their figures would be surer.
    """
    figures = [_figures(line.text) for line in lines]
    if sum(map(bool, figures)) < _FEWEST_ROWS:
        return None
    heads, is_denied = _heads(lines, figures)
    if not heads:
        return Grid(tuple(lines)) if is_denied else None
    cells: dict[int, list[str]] = {}
    issues: list[Issue] = []
    agree = 0
    for at, head in enumerate(heads):
        end = heads[at + 1].first if at + 1 < len(heads) else len(lines)
        rows = _rows(lines, figures, head, end)
        whole = [row for row in rows if len(row.figures) == head.width]
        agree += len(whole)
        shape = _shape(whole, head.width)
        kinds = sorted({kind for row in rows for kind in row.codes})
        for row in rows:
            cells |= {i: [] for i in range(row.first, row.last)}
            placed = _placed(row.figures, shape, head)
            codes = [row.codes.get(kind, "") for kind in kinds]
            cells[row.last] = [row.name, *[row.units] * abs(head.units), *placed, *codes] if placed else []
            if not placed:
                told = _tr(_LOST).format(row.name[:60])
                issues.append(Issue(Severity.WARNING, told, _tr(_LOST_FIX), lines[row.last].number))
        cells |= _sums(lines, head, end, shape)
        cells |= {head.first: [], head.last: [*head.cells, *kinds]}
    if agree < _FEWEST_ROWS:
        return None
    again = set(_said_again(lines, cells, heads[0].last))
    cells |= {i: [] for i in again}
    headings = [cells[head.last] for head in heads]
    for head, above, heading in zip(heads[1:], headings, headings[1:], strict=False):
        between = range(max(i for i in cells if i < head.first and i not in again) + 1, head.first)
        if above == heading and all(i in again or is_footer(lines[i].text) for i in between):
            cells[head.last] = []
    written = (line._replace(cells=cells.get(i, line.cells)) for i, line in enumerate(lines))
    return Grid(tuple(written), issues=tuple(issues))


def _figures(text: str) -> list[str]:
    """Return the figures of a line of nothing else, at least two and one of them an amount."""
    words = text.split()
    if not _FEWEST_FIGURES <= len(words) <= _MOST_FIGURES or not all(map(FIGURE.fullmatch, words)):
        return []
    return words if any(map(MONEY.search, words)) else []


def _heads(lines: Sequence[Line], figures: Sequence[list[str]]) -> tuple[list[_Head], bool]:
    """Return the headings of such tables, also those printed again on later pages.

    Tells as well whether rows have just the shape a heading gives, but figures that cannot be what it says.
    """
    found: list[_Head] = []
    known: dict[str, _Head | None] = {}
    is_denied = False
    for i, line in enumerate(lines):
        if (found and i <= found[-1].last) or not (_may_head(line.text) and is_heady(line.text.split())):
            continue
        said = " ".join(f"{line.text} {lines[i + 1].text if i + 1 < len(lines) else ''}".split())
        if said not in known and len(known) < _MOST_TRIED:
            tried = list(_tried(lines, figures, i))
            known[said] = next((head for head, rows in tried if _agree(rows, head)), None)
            is_denied = is_denied or any(_is_shaped(head, rows) for head, rows in tried)
        if (head := known.get(said)) is not None:
            found.append(head._replace(first=i, last=i + head.last - head.first))
    return found, is_denied


def _is_shaped(head: _Head, rows: Sequence[_Row]) -> bool:
    return bool(head.units) and len(rows) >= _FEWEST_ROWS and all(row.units for row in rows)


def _tried(lines: Sequence[Line], figures: Sequence[list[str]], i: int) -> Iterator[tuple[_Head, list[_Row]]]:
    """Yield the headings that may begin at a line, each with the whole rows below it."""
    if not _may_head(lines[i].text):
        return
    below = [found for found in figures[i + 1 : i + _LOOKED_AHEAD] if found]
    count = max(map(len, below), default=0)
    if sum(len(found) == count for found in below) < _FEWEST_ROWS:
        return
    second = lines[i + 1].text if i + 1 < len(lines) else ""
    for last, texts in ((i + 1, (lines[i].text, second)), (i, ("", lines[i].text))):
        if any(figures[i + 1 : last + 2]):
            continue  # a name stands between a heading and the first figures
        for units in (-1, 1, 0):
            cells = _heading_cells(texts, count, units)
            columns = read_header(cells) if cells else None
            if cells and columns is not None and columns.kind is TableKind.HOLDINGS:
                head = _Head(i, last, cells, columns, units)
                rows = _rows(lines, figures, head, min(last + _LOOKED_AHEAD, len(lines)))
                yield head, [row for row in rows if len(row.figures) == count]


def _may_head(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_HEADING_WORDS and not any(map(str.isdigit, text))


def _heading_cells(texts: tuple[str, str], count: int, units: int) -> list[str]:
    """Return the headings of name, units beside it and figures; none where the words do not give them.

    `texts` are the two lines of a heading; where the first is empty, the second has all its words.
    """
    front = 1 + abs(units)
    upper, lower = texts
    if not _may_head(lower):
        return []
    if upper:
        above = _cells_of(upper, front)
    else:
        every = _cells_of(lower, front + count)
        above, lower = every[:front], "  ".join(every[front:])
    if len(above) != front or not all(map(has_role, above, _FRONT[units])):
        return []
    below = _cells_of(lower, count)
    name = above[1 if units < 0 else 0]
    return [name, *(cell for cell in above if cell is not name), *below] if len(below) == count else []


def _cells_of(text: str, count: int) -> list[str]:
    """Return a line of headings as so many cells: as wide gaps divide it, else as its words are known."""
    cells = [cell.strip() for cell in GAPS.split(text.strip()) if cell.strip()]
    if len(cells) == count:
        return cells
    return (divided(text.split(), count) or []) if len(cells) == 1 else []


def _rows(lines: Sequence[Line], figures: Sequence[list[str]], head: _Head, end: int) -> list[_Row]:
    """Return the rows below a heading; a name has no blank line in it."""
    found: list[_Row] = []
    names: list[int] = []
    codes: dict[str, str] = {}
    for i in range(head.last + 1, end):
        text = lines[i].text.strip()
        if names and lines[i].number != lines[i - 1].number + 1:
            names, codes = [], {}
        if (code := _CODE.fullmatch(text)) is not None and (names or found):
            kind = "CUSIP" if code["kind"].lower() == "cusip" else "Symbol"
            (codes if names else found[-1].codes)[kind] = code["code"]
        elif not figures[i]:
            names = [] if is_total(_words(text)) or is_footer(text) else [*names, i]
        else:
            row = _row(lines, names[-_MOST_NAMES - 1 :], head, i, figures[i])
            found += [row._replace(codes=codes)] if row is not None else []
            names, codes = [], {}
    return found


def _row(
    lines: Sequence[Line], names: Sequence[int], head: _Head, at: int, figures: list[str]
) -> _Row | None:
    """Return the row whose figures stand at a line, None where no words stand above them."""
    texts = {k: lines[k].text.strip() for k in names}
    beside = [(k, *found) for k in names if head.units and (found := _units(texts[k], head.units))]
    if beside:
        fits = [one for one in beside if _fits(one[1], figures, head)]
        first, units, name = (fits or beside)[0]
        rest = [texts[k] for k in names if k > first]
        return _Row(first, at, " ".join([name, *rest]), units, figures, {})
    words = [k for k in names if not (is_group(texts[k]) or is_section(texts[k]))] or list(names[-1:])
    if head.units:
        words = words[-1:]  # nothing tells where a name without units begins
    return _Row(words[0], at, " ".join(texts[k] for k in words), "", figures, {}) if words else None


def _units(text: str, side: int) -> tuple[str, str] | None:
    """Return the units at the beginning (-1) or end (1) of a line and the words beside them."""
    words = text.split()
    units, rest = (words[0], words[1:]) if side < 0 else (words[-1], words[:-1])
    is_figure = FIGURE.fullmatch(units) is not None and units[:1].isdigit() and "%" not in units
    return (units, " ".join(rest)) if is_figure and any(map(str.isalpha, "".join(rest))) else None


def _fits(units: str, figures: Sequence[str], head: _Head) -> bool:
    """Tell whether units times price is the value of a whole line of figures, or a hundred times it."""
    front = 1 + abs(head.units)
    places = [head.columns.index.get(role, 0) - front for role in (Role.PRICE, Role.VALUE)]
    if len(figures) != head.width or min(places) < 0:
        return False
    price, value = (parse_amount(figures[place]) for place in places)
    held = parse_amount(units)
    if price is None or value is None or held is None:
        return False
    return any(abs(held * price - value * times) <= abs(value) * times * _ROOM for times in (1, _PAR))


def _agree(rows: Sequence[_Row], head: _Head) -> bool:
    """Tell whether most rows with units are worth them; true where the table gives no units and prices."""
    if not {Role.UNITS, Role.PRICE, Role.VALUE} <= head.columns.index.keys():
        return Role.VALUE in head.columns.index
    place = head.columns.index[Role.UNITS] - 1
    told = [(row.units if head.units else row.figures[place], row) for row in rows]
    told = [(units, row) for units, row in told if units and not is_missing(units)]
    fits = sum(_fits(units, row.figures, head) for units, row in told)
    return 3 * fits >= 2 * len(told) > 0


def _shape(rows: Sequence[_Row], count: int) -> list[bool]:
    """Return which figures of whole lines are percents."""
    return [2 * sum(row.figures[k].endswith("%") for row in rows) > len(rows) for k in range(count)]


def _placed(figures: Sequence[str], shape: Sequence[bool], head: _Head) -> list[str]:
    """Return a line of figures with gaps where it has none; [] where that cannot be told."""
    gap = len(shape) - len(figures)
    if gap == 0:
        return list(figures)
    fits = [
        k
        for k in range(gap + 1)
        if all(
            is_missing(figure) or figure.endswith("%") == percent
            for figure, percent in zip(figures, shape[k:], strict=False)
        )
    ]
    value = head.columns.index[Role.VALUE] - 1 - abs(head.units)
    told = {figures[value - k] if 0 <= value - k < len(figures) else "" for k in fits}
    if len(told) != 1 or "" in told:
        return []
    return [*[""] * fits[0], *figures, *[""] * (gap - fits[0])]


def _sums(lines: Sequence[Line], head: _Head, end: int, shape: Sequence[bool]) -> dict[int, list[str]]:
    """Return the cells of the lines below a heading that give totals, by their places.

    One of all assets that stands right below that of the last group is the account's.
    """
    found: dict[int, list[str]] = {}
    for i in range(head.last + 1, end):
        words = _words(lines[i].text)
        figures = lines[i].text.split()[len(words.split()) :]
        if words and figures and len(figures) <= head.width and is_total(words):
            placed = _placed(figures, shape, head)
            said = "Account total" if i - 1 in found and is_bare_total(words) else words
            found[i] = [said, *[""] * abs(head.units), *placed] if placed else [lines[i].text.strip()]
    return found


def _words(text: str) -> str:
    """Return the words of a line without the figures behind them."""
    words = text.split()
    while words and FIGURE.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)


def _said_again(lines: Sequence[Line], cells: dict[int, list[str]], start: int) -> list[int]:
    """Return the places of lines outside the rows that stand on an earlier page as well."""
    again: list[int] = []
    said: set[str] = set()
    for i, line in enumerate(lines):
        text = " ".join(line.text.lower().replace("(continued)", "").split())
        if i > start and i not in cells and text in said:
            again.append(i)
        said.add(text)
    return again
