"""Tables of web pages, saved or pasted, to rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .amounts import looks_numeric
from .columns import read_header
from .errors import TooLargeError
from .grid import Grid, Line, filled
from .markup import CHOICES, Piece, pieces
from .page_words import BREAK, beside, joined, joined_once, lowered
from .patterns import late_regex
from .stacked_heads import with_first_facts
from .unseen import Choices, Unseen
from .watching import Watch, unwatched

_tr = translator("Refusals")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HIDDEN_TAGS = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "svg", "select", "iframe"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "button", "caption", "center", "dd", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "nav", "ol", "p", "pre", "section", "ul", "body",
    }
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_ENDS_ITSELF = frozenset({"p", "li", "dd", "dt", "option"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "td", "rowheader": "td", "rowgroup": "tbody",
}  # fmt: skip
"""The parts of a table that pages build from other elements, by their role."""
_INSIDE = {"td": "td", "tr": "tr", "tbody": "tbody"}
_CLIPBOARD = late_regex(r"Version:[0-9.]+\s(?:\s*[A-Za-z]+:[^\r\n<]*[\r\n]+)+", re.ASCII)
_DEEPEST = 2_000
_MOST_TAGS = 5_000_000
_MOST_CELLS = 3_000_000
_WIDEST_SPAN = 200
_LONGEST_SPAN = 65_534
_LONGEST_CELL = 20_000
_MOST_SPANNED = 10_000
_SPANNED = 10
"""Cells that spans may make of each one written: a few bytes could stand for a million cells."""
_LONGEST_HEADING = 60
_OFTEN = 2_000
_MARKED = 0.8
"""Share of the work that goes into taking the page apart; the rest puts rows together."""


def page_grid(text: str, name: str, watch: Watch = unwatched) -> tuple[Grid, bool]:
    """Return the rows of all tables of a page, the words between them as lines of their own.

    The second value tells whether there was a table. Lines are numbered as in the page's source; where
    several rows share a line, by their place in the page. Raises `TooLargeError`.
    """
    text = _CLIPBOARD.sub("", text.lstrip("\ufeff \r\n\t"), count=1) if text[:8] == "Version:" else text
    reader = _PageReader(name, watch)
    for count, piece in enumerate(pieces(text)):
        reader.take(piece)
        if not count % _OFTEN:
            watch(_MARKED * piece.place / len(text))
    reader.finish()
    lines = reader.lines
    numbers = [line.number for line in lines if line.cells]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        lines = [line._replace(number=place) for place, line in enumerate(lines, 1)]
    chosen = reader.choices.account()
    above = [Line(0, [chosen], chosen)] if chosen else []
    return Grid((*above, *lines)), reader.has_table


@dataclass(slots=True)
class _Cell:
    line: int
    columns: int = 1
    rows: int = 1
    parts: list[str] = field(default_factory=list)
    size: int = 0
    inner: list[tuple[int, _Table]] = field(default_factory=list)
    """The tables inside it, each with the number of parts before it."""


@dataclass(slots=True)
class _Table:
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)
    is_open: bool = False


@dataclass(slots=True)
class _Element:
    tag: str
    kind: str
    hidden: bool


class _PageReader:
    """Gathers tables and the words around them while a page is taken apart; loads nothing."""

    def __init__(self, name: str, watch: Watch) -> None:
        self._name = name
        self._watch = watch
        self._line = 1
        self._stack: list[_Element] = []
        self._open: dict[str, int] = {}
        self._hidden = 0
        self._tables: list[_Table] = []
        self._words = _Cell(1)
        self._tags = 0
        self._cells = self._written = 0
        self._raised: tuple[_Cell, int] | None = None
        self._unseen = Unseen()
        self._was_end = self._is_joint = False
        """Whether the last tag ended something; whether then another began, right before the words."""
        self.lines: list[Line] = []
        self.choices = Choices()
        self.has_table = False

    def take(self, piece: Piece) -> None:
        """Take the next tag or words of the page; raises `TooLargeError`."""
        self._line = piece.line
        if not piece.tag:
            self._take_words(piece.text)
            return
        self._tags += 1
        if self._tags > _MOST_TAGS:
            raise TooLargeError(self._name, _tr("more than {0:,} tags").format(_MOST_TAGS), f"{_MOST_TAGS:,}")
        self._is_joint = not piece.is_end and self._was_end
        self._was_end = piece.is_end
        if piece.is_end:
            self._end(piece.tag)
        elif piece.tag == "br":
            self._break()
        elif piece.tag not in _VOID:
            self._start(piece.tag, piece.attributes)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag in _ENDS_ITSELF and self._stack and self._stack[-1].tag == tag:
            self._pop()
        kind = self._kind(tag, given)
        self._close_implied(kind)
        hidden = tag in _HIDDEN_TAGS or "hidden" in given or self._unseen.covers(given)
        if tag in CHOICES and not self._hidden - (tag != "select"):
            self.choices.start(tag, given)
        self._push(_Element(tag, kind, hidden))
        if self._hidden:
            return
        if tag == "sup" and self._raised is None:
            self._raised = (place := self._place()), len(place.parts)
        if kind == "table":
            self._start_table()
        elif kind == "tr" and self._tables:
            self._tables[-1].rows.append((self._line, []))
        elif kind == "td" and self._tables:
            self._start_cell(given)
        elif kind in _BLOCKS:
            self._break()

    def _end(self, tag: str) -> None:
        if not self._open.get(tag):
            return
        while self._stack:
            if self._pop().tag == tag:
                break

    def _take_words(self, data: str) -> None:
        if self._stack and self._stack[-1].tag == "style":
            self._unseen.add(data)
        elif self._stack and self._stack[-1].tag == "option":
            self.choices.add(data)
        if self._hidden or not data:
            return
        place = self._place()
        if place is self._words and not place.parts:
            place.line = self._line
        if self._is_joint and place.parts and _needs_gap(place.parts[-1], data):
            place.parts.append(" ")
        self._is_joint = self._was_end = False
        if place.size < _LONGEST_CELL:
            place.parts.append(data[:_LONGEST_CELL].replace(BREAK, " "))
            place.size += len(data)

    def finish(self) -> None:
        """Close whatever the page left open."""
        while self._stack:
            self._pop()
        self._flush_words()

    @staticmethod
    def _kind(tag: str, given: dict[str, str]) -> str:
        if tag in _CELLS:
            return "td"
        if tag in _SECTIONS:
            return "tbody"
        return _ROLES.get(given.get("role", "").strip().lower(), tag)

    def _close_implied(self, kind: str) -> None:
        """End the cell, row or section that a new one of the same table ends."""
        if kind not in _INSIDE:
            return
        ends = {"td": ("td",), "tr": ("td", "tr"), "tbody": ("td", "tr", "tbody")}[kind]
        for place in range(len(self._stack) - 1, max(len(self._stack) - 60, -1), -1):
            if self._stack[place].kind == "table":
                return
            if self._stack[place].kind in ends and self._stack[place].kind == kind:
                while len(self._stack) > place:
                    self._pop()
                return

    def _push(self, element: _Element) -> None:
        if len(self._stack) >= _DEEPEST:
            found = _tr("more than {0:,} tags inside each other").format(_DEEPEST)
            raise TooLargeError(self._name, found, f"{_DEEPEST:,}")
        self._stack.append(element)
        self._open[element.tag] = self._open.get(element.tag, 0) + 1
        self._hidden += element.hidden

    def _pop(self) -> _Element:
        element = self._stack.pop()
        self._open[element.tag] -= 1
        seen = not self._hidden
        self._hidden -= element.hidden
        if element.tag == "option":
            self.choices.end()
        if not seen:
            return element
        if element.tag == "sup":
            self._end_raised()
        if element.kind == "table":
            self._end_table()
        elif element.kind == "td" and self._tables:
            self._tables[-1].is_open = False
        elif element.kind in _BLOCKS:
            self._break()
        return element

    def _end_raised(self) -> None:
        """Take the mark of a footnote back that stood raised behind a word or a figure."""
        if self._raised is None or self._open.get("sup"):
            return
        (place, start), self._raised = self._raised, None
        raised = "".join(place.parts[start:]).strip()
        if raised and BREAK not in raised:
            above, end, words = "".join(place.parts[:start]).rpartition(BREAK)
            place.parts[:] = [above, end, lowered(words, raised)]

    def _place(self) -> _Cell:
        """Return what words go into: the open cell, else the words between tables."""
        for table in reversed(self._tables):
            if table.is_open:
                return table.rows[-1][1][-1]
        return self._words

    def _break(self) -> None:
        if self._hidden:
            return
        place = self._place()
        if place is self._words:
            self._flush_words()
        elif place.parts and place.parts[-1] != BREAK:
            place.parts.append(BREAK)

    def _flush_words(self) -> None:
        self.lines.extend(beside(self._words.line, joined(self._words.parts)))
        self._words = _Cell(self._line)

    def _start_table(self) -> None:
        if not self._tables:
            self._flush_words()
        self._tables.append(_Table())

    def _start_cell(self, given: dict[str, str]) -> None:
        table = self._tables[-1]
        if not table.rows:
            table.rows.append((self._line, []))
        columns = min(_span(given.get("colspan", given.get("aria-colspan", ""))) or 1, _WIDEST_SPAN)
        rows = _span(given.get("rowspan", given.get("aria-rowspan", "")))
        self._count_cells(columns)
        self._written += 1
        table.rows[-1][1].append(_Cell(self._line, columns, min(rows or _LONGEST_SPAN, _LONGEST_SPAN)))
        table.is_open = True

    def _count_cells(self, more: int) -> None:
        self._cells += more
        if self._cells > _MOST_CELLS:
            raise TooLargeError(
                self._name, _tr("more than {0:,} cells").format(_MOST_CELLS), f"{_MOST_CELLS:,}"
            )
        if self._cells > _MOST_SPANNED + _SPANNED * self._written:
            limit = _tr("{0} for each cell written").format(_SPANNED)
            raise TooLargeError(self._name, _tr("more cells made by spans than a table has"), limit)

    def _end_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        outer = next((around for around in reversed(self._tables) if around.is_open), None)
        if outer is None:
            self._emit(table)
            return
        cell = outer.rows[-1][1][-1]
        if _is_small(table):
            for _, cells in table.rows:
                for inner in cells:
                    cell.parts.extend((" ", *inner.parts))
                cell.parts.append(BREAK)
            cell.size += sum(inner.size for _, cells in table.rows for inner in cells)
        else:
            cell.inner.append((len(cell.parts), table))

    def _emit(self, table: _Table) -> None:
        """Add the rows of a table and of those inside it.

        A table that only arranges the page gives its words line by line; inside a table of figures, only
        a table with a heading of its own counts.
        """
        pending: list[tuple[_Table, bool] | Line] = [(table, True)]
        while pending:
            item = pending.pop()
            if isinstance(item, Line):
                self.lines.append(item)
                continue
            current, is_free = item
            inner = [found for _, cells in current.rows for cell in cells for _, found in cell.inner]
            rows = self._rows(current)
            arranges = bool(inner) or (is_free and all(len(filled(line.cells)) < 2 for line in rows))
            end = Line(current.rows[-1][0] if current.rows else 0, [], "")
            if arranges and not _is_headed(rows):
                told = [found if isinstance(found, Line) else (found, True) for found in _in_order(current)]
                pending.extend(reversed([*told, end]))
            elif is_free or any(read_header(line.cells) for line in rows[:5]):
                self.has_table = self.has_table or any(len(filled(line.cells)) > 1 for line in rows)
                self.lines.extend((*rows, end))
                pending.extend((found, False) for found in reversed(inner))

    def _rows(self, table: _Table) -> list[Line]:
        """Return a table's rows with spanned cells: words repeat downwards, amounts stand once."""
        lines: list[Line] = []
        stacks: list[list[str]] = []
        carried: dict[int, tuple[int, str]] = {}
        for count, (number, cells) in enumerate(table.rows):
            if not count % _OFTEN:
                self._watch(_MARKED)
            row: list[str] = []
            stack: list[str] = []
            texts = [joined(cell.parts) for cell in cells]
            for cell in cells:
                _carry(row, carried)
                text = joined_once(cell.parts, texts)
                stack.extend([""] * (len(row) - len(stack)))
                stack.append("".join(cell.parts))
                if cell.rows > 1:
                    again = "" if _is_amount(text) else text
                    carried.update(
                        {len(row) + i: (cell.rows, again if i == 0 else "") for i in range(cell.columns)}
                    )
                row.extend([text, *[""] * (cell.columns - 1)])
            _carry(row, carried)
            carried = {column: (left - 1, text) for column, (left, text) in carried.items() if left > 1}
            self._count_cells(len(row))
            lines.append(Line(number, row, ", ".join(filled(row))))
            stacks.append(stack)
        return with_first_facts(lines, stacks)


def _in_order(table: _Table) -> Iterator[Line | _Table]:
    """Yield what a table that only arranges the page holds: each line of its words, and the tables inside."""
    for number, cells in table.rows:
        for cell in cells:
            start = 0
            for end, inner in (*cell.inner, (len(cell.parts), None)):
                for text in "".join(cell.parts[start:end]).split(BREAK):
                    yield from beside(number, joined([text]))
                if inner is not None:
                    yield inner
                start = end


def _carry(row: list[str], carried: dict[int, tuple[int, str]]) -> None:
    """Fill in the cells that reach down from rows above, up to the next free column."""
    while len(row) in carried:
        row.append(carried[len(row)][1])


def _span(text: str) -> int:
    digits = text.strip()
    return int(digits[:9]) if digits.isdecimal() and digits.isascii() else 1


def _is_amount(text: str) -> bool:
    return looks_numeric(text) and any(mark in text for mark in "$€£.%")


def _is_headed(rows: Sequence[Line]) -> bool:
    """Tell whether one of a table's rows is a heading; long cells hold the words of a page."""
    short = (line for line in rows if all(len(cell) <= _LONGEST_HEADING for cell in line.cells))
    return any(read_header(line.cells) for line in short)


def _is_small(table: _Table) -> bool:
    """Tell whether a table inside a cell only arranges that cell: a single row or column."""
    if any(cell.inner for _, cells in table.rows for cell in cells):
        return False
    rows = [cells for _, cells in table.rows if any(cell.size for cell in cells)]
    return len(rows) < 2 or all(len(cells) < 2 for cells in rows)


def _needs_gap(before: str, after: str) -> bool:
    """Tell whether words of two elements side by side would run together (`Units` and `502.118`)."""
    last, first = before[-1:], after[:1]
    return last.isalnum() and (first.isalnum() or first in "$€£+-−(")
