"""Tables with one column for each fund that say down the page how an opening balance became a closing one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkippedRow, SkipReason

from .amounts import find_date, looks_numeric, parse_amount
from .columns import Role, TableKind, header_key, read_header, role_of
from .funds_across import heads_other, is_sum, names_fund
from .grid import Grid, Line, filled
from .headwords import heading_of
from .layouts import Rearranged
from .mapping import heading_fingerprint
from .patterns import late_regex
from .roll_forward import CLOSING, OPENING

_HEAD = 400
_MOST_LINES = 3_000
_LONGEST = 40
_ABOVE = 5
_FACTS = 12
"""Lines below a table among which its units and prices are."""
_FEWEST_FUNDS = 2
_NEAR = Decimal("0.01")
_BALANCE = late_regex(r".*\b(?:balance|value|worth)\b.*")
_OF_ONE = frozenset({Role.UNITS, Role.PRICE})


class _Span(NamedTuple):
    """A table's rows by position: heading, opening and closing balance; what its columns of money are."""

    heads: range
    opened: int
    closed: int
    funds: list[int]
    names: list[str]
    total: int | None

    @property
    def rows(self) -> range:
        """From the first to the last of both balances."""
        return range(min(self.opened, self.closed), max(self.opened, self.closed) + 1)


def with_closing_row(arranged: Rearranged, known: Container[str]) -> Rearranged:
    """Return a file's rows with such tables as one row for each fund, of its closing balance.

    A table is one when, in each column of a fund, what stands between opening and closing balance leads from
    one to the other, or each of both balances adds to its total. Headings that the user explained (`known`
    fingerprints), and files that list holdings besides, stay as they are.
    """
    grid = arranged.grid
    if len(grid.lines) > _MOST_LINES:
        return arranged
    spans = list(_spans(grid, known))
    inside = {place for span in spans for place in (*span.heads, *span.rows)}
    if not spans or any(_heads_holdings(line) for i, line in enumerate(grid.lines) if i not in inside):
        return arranged
    for span in reversed(spans):
        arranged = _unfolded(arranged, span)
    return arranged


def _heads_holdings(line: Line) -> bool:
    columns = read_header(line.cells) if len(line.cells) > 1 else None
    return columns is not None and columns.kind is TableKind.HOLDINGS


def _spans(grid: Grid, known: Container[str]) -> Iterator[_Span]:
    """Yield the tables of a grid from the top, none inside another."""
    done = 0
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        label = _label(line)
        if i < done or not label or not is_balance(label) or len(filled(line.cells)) <= _FEWEST_FUNDS:
            continue
        for k in _ends(grid, i):
            span = _span(grid, i, k)
            if span is None or any(heading_fingerprint(grid.lines[at].cells) in known for at in span.heads):
                continue
            yield span
            done = k + 1
            break


def _label(line: Line) -> str:
    """Return the words in the first cell of a line that holds anything, "" where it is a figure."""
    first = next((" ".join(text.split()) for text in line.cells if text.strip()), "")
    return "" if looks_numeric(first) else first


def is_balance(label: str) -> bool:
    """Tell whether words are those of an opening or a closing balance, or of one of a day."""
    known = role_of(label)
    if known is not None and known[0] in _OF_ONE:
        return False
    is_dated = find_date(label) is not None and _BALANCE.fullmatch(label.lower()) is not None
    return is_dated or OPENING.fullmatch(label) is not None or CLOSING.fullmatch(label) is not None


def _ends(grid: Grid, i: int) -> Iterator[int]:
    """Yield the places of balances below the one at `i`, none behind the next line of words alone."""
    for k in range(i + 1, min(i + _LONGEST, len(grid.lines))):
        cells = filled(grid.lines[k].cells)
        if cells and not any(map(looks_numeric, cells)):
            return
        label = _label(grid.lines[k])
        if label and is_balance(label) and len(cells) > _FEWEST_FUNDS:
            yield k


def _span(grid: Grid, first: int, last: int) -> _Span | None:
    """Return the table between two balances, None where they are not those of funds that add up."""
    closed = last if _comes_later(_label(grid.lines[first]), _label(grid.lines[last])) else first
    places = [
        place
        for place, cell in enumerate(grid.lines[closed].cells)
        if parse_amount(cell.strip()) is not None and "%" not in cell
    ]
    heads = _heads(grid, first, places)
    names = {place: _name(grid, heads, place) for place in places}
    total = next((place for place in places if names[place] and is_sum(names[place])), None)
    funds = [place for place in places if names[place] and place != total]
    if len(funds) < _FEWEST_FUNDS or any(heads_other(names[place]) for place in funds):
        return None
    if 2 * sum(names_fund(names[place]) for place in funds) < len(funds):
        return None
    opened = first if closed == last else last
    span = _Span(heads, opened, closed, funds, [names[place] for place in funds], total)
    return span if _leads_over(grid, span) or _adds_across(grid, span) else None


def _comes_later(one: str, other: str) -> bool:
    """Tell whether the second label is that of the closing balance: by its words, else by its day."""
    if OPENING.fullmatch(one) or CLOSING.fullmatch(other):
        return True
    if CLOSING.fullmatch(one) or OPENING.fullmatch(other):
        return False
    days = find_date(one), find_date(other)
    return days[0] is None or days[1] is None or days[0] < days[1]


def _heads(grid: Grid, first: int, places: Sequence[int]) -> range:
    """Return the lines above the first balance that name its columns: words above them, up to a gap."""
    start = first
    for i in range(first - 1, max(first - _ABOVE, 0) - 1, -1):
        line = grid.lines[i]
        texts = [line.cells[place].strip() for place in places if place < len(line.cells)]
        if not any(line.cells) and start == first:
            continue
        enough = 1 if start == first else _FEWEST_FUNDS
        if len(filled(texts)) < enough or any(map(looks_numeric, filled(line.cells))):
            break
        start = i
    return range(start, first)


def _name(grid: Grid, heads: range, place: int) -> str:
    texts = (grid.lines[i].cells[place] if place < len(grid.lines[i].cells) else "" for i in heads)
    return " ".join(" ".join(texts).split())


def _at(line: Line, place: int) -> Decimal | None:
    return parse_amount(line.cells[place].strip()) if place < len(line.cells) else None


def _leads_over(grid: Grid, span: _Span) -> bool:
    """Tell whether what came and went leads from the opening balance of each fund to its closing one."""
    between = [grid.lines[i] for i in span.rows[1:-1] if filled(grid.lines[i].cells)]
    if not between:
        return False
    for place in span.funds:
        opened, closed = (_at(grid.lines[i], place) or ZERO for i in (span.opened, span.closed))
        moved = sum((_at(line, place) or ZERO for line in between), ZERO)
        if abs(opened + moved - closed) > CENT * (len(between) + 1):
            return False
    return True


def _adds_across(grid: Grid, span: _Span) -> bool:
    """Tell whether both balances add to the totals beside them."""
    if span.total is None:
        return False
    for i in (span.opened, span.closed):
        total = _at(grid.lines[i], span.total)
        found = sum((_at(grid.lines[i], place) or ZERO for place in span.funds), ZERO)
        if total is None or abs(found - total) > CENT * len(span.funds):
            return False
    return True


def _unfolded(arranged: Rearranged, span: _Span) -> Rearranged:
    """Write a row for each fund that holds anything in place of the table."""
    grid = arranged.grid
    line = grid.lines[span.closed]
    day = find_date(_label(line))
    facts = _facts(grid, span)
    roles = [Role.NAME, *facts, Role.VALUE, *([Role.DATE] if day else [])]
    written = [
        line._replace(cells=[name, *_cells(grid, facts, place), line.cells[place].strip(), *_days(day)])
        for name, place in zip(span.names, span.funds, strict=True)
        if _at(line, place)
    ]
    if span.total is not None and _at(line, span.total) is not None:
        written.append(line._replace(cells=["Total", *("" for _ in facts), line.cells[span.total].strip()]))
    head = grid.lines[span.heads.start]._replace(cells=list(map(heading_of, roles)))
    end = max(_share_rows(grid, span), default=span.rows.stop - 1) + 1
    gone = [grid.lines[i] for i in (*range(span.rows.start, end), *facts.values()) if i != span.closed]
    rest = [other for other in grid.lines[end:] if all(other is not line for line in gone)]
    lines = (*grid.lines[: span.heads.start], head, *written, *rest)
    skipped = [
        SkippedRow(other.number, other.text, SkipReason.NOT_A_HOLDING, grid.sheet)
        for other in gone
        if filled(other.cells)
    ]
    return replace(arranged, grid=replace(grid, lines=lines), skipped=(*arranged.skipped, *skipped))


def _days(day: date | None) -> list[str]:
    return [day.isoformat()] if day else []


def _cells(grid: Grid, facts: dict[Role, int], place: int) -> list[str]:
    rows = (grid.lines[i].cells for i in facts.values())
    return [cells[place].strip() if place < len(cells) else "" for cells in rows]


def _below(grid: Grid, span: _Span) -> range:
    return range(span.rows.stop, min(span.rows.stop + _FACTS, len(grid.lines)))


def _share_rows(grid: Grid, span: _Span) -> Iterator[int]:
    """Yield the lines right below a table that give each fund's share of the whole."""
    for i in _below(grid, span):
        label = _label(grid.lines[i])
        known = role_of(label) if label else None
        if not filled(grid.lines[i].cells) or known is None or known[0] is not Role.WEIGHT:
            return
        yield i


def _facts(grid: Grid, span: _Span) -> dict[Role, int]:
    """Return the lines further down that give units and prices, if they multiply to what is held."""
    found: dict[Role, int] = {}
    for i in _below(grid, span):
        known = role_of(header_key(_label(grid.lines[i])))
        if known is not None and known[0] in _OF_ONE:
            found.setdefault(known[0], i)
    if found.keys() != _OF_ONE:
        return {}
    for place in span.funds:
        units, price = (_at(grid.lines[found[role]], place) or ZERO for role in (Role.UNITS, Role.PRICE))
        value = _at(grid.lines[span.closed], place) or ZERO
        if units and price and abs(units * price - value) > _NEAR * abs(value):
            return {}
    return {role: found[role] for role in (Role.UNITS, Role.PRICE)}
