"""Tables with one column for each fund: a row for each contribution source, or for each day."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import sentence_day_words, translator
from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkippedRow, SkipReason

from .amounts import figure_style, is_missing, looks_numeric, parse_amount
from .card_figures import likeness
from .classifier import classify
from .columns import Role, header_key, role_of
from .dates import is_day_first
from .grid import Grid, Line, filled
from .headwords import heading_of
from .history import period_in
from .layouts import Rearranged
from .loan_words import is_owed
from .mapping import heading_fingerprint
from .moves import heads_move
from .patterns import late_regex
from .rows import is_total
from .wording import is_fact, is_source, is_source_section, is_whole

_tr = translator("Remarks")
_HEAD = 200
_FEWEST_FUNDS = 2
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
_FEW = 8
"""Rows that are looked at before all of a table are."""
_MOSTLY = Decimal("0.8")
_OF_FUNDS = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})
_FACTS = frozenset({*_OF_FUNDS, Role.UNITS, Role.PRICE, Role.CATEGORY})
_TICKER = late_regex(r"[A-Z]{4}X|[A-Z]{2,4}")
_OPENED = late_regex(
    r"\b(?:beginning|opening|starting|ending|closing|gains?|loss(?:es)?|earnings|interest|dividends?|fees?|paid"
    r"|contributions?|inflation|returns?|change|put in|balance|salary|income)\b"
)
"""What columns beside days may give instead of funds."""
_DAYS_TOLD = "This table has figures of {0} days; those of {1} were counted."
_DAYS_FIX = "To count another day, remove the rows below it and import the file again."
_MISSING = "The newest row, of {0}, has no figure for {1}, which the row before has."
_MISSING_FIX = "If it is still held, add it by hand or complete the row and import the file again."
_SUM_FIX = "Compare the funds below with the file."
_SUM = "The funds of {0} add to {1:,.2f}, the file says {2:,.2f}."


class _Heading(NamedTuple):
    """A heading: its place, the column that tells the rows apart, those of funds, and that of their sum."""

    place: int
    first: int
    funds: list[int]
    total: int | None


class Unfolded(NamedTuple):
    """A file's rows with a table unfolded: its heading's place, the place behind it, its sources if any."""

    arranged: Rearranged
    place: int
    end: int
    sources: frozenset[str]


def unfolded_from(arranged: Rearranged, known: Container[str], start: int) -> Unfolded | None:
    """Unfold the first such table at or below a place, None without one.

    The table is told by its headings and by sums: each row adds to its total, or each column does. Headings
    that the user explained (`known` fingerprints) stay as they are.
    """
    grid = arranged.grid
    for i, line in enumerate(islice(grid.lines, start, start + _HEAD), start):
        cells = [cell.strip() for cell in line.cells]
        if len(filled(cells)) < _FEWEST_CELLS or any(map(looks_numeric, cells)):
            continue
        if heading_fingerprint(line.cells) in known:
            continue
        rows = _rows(grid, i)
        first = min([_first(cells), *(_first(row.cells) for row in rows[:_FEWEST_ROWS])])
        if (known_role := role_of(cells[first])) is not None and known_role[0] in _OF_FUNDS:
            continue
        rows = [line for line in rows if not _is_fact_row(line, first)]
        few = rows[:_FEW]
        if not (_are_sources(few, first) or _are_days(few, first)):
            continue
        by_source = _are_sources(rows, first)
        if not by_source and not _are_days(rows, first):
            continue
        heading = _heading(cells, i, first, rows)
        found = None if heading is None else _unfolded(arranged, heading, rows, by_source=by_source)
        if found is not None:
            return found
    return None


def _rows(grid: Grid, i: int) -> list[Line]:
    """Return the lines below a heading up to the first blank one, of more than one cell."""
    rows: list[Line] = []
    for line in grid.lines[i + 1 :]:
        if not filled(line.cells):
            break
        rows.append(line)
    return rows


def _first(cells: Sequence[str]) -> int:
    return next((place for place, cell in enumerate(cells) if cell.strip()), 0)


def _at(line: Line, place: int) -> str:
    return " ".join(line.cells[place].split()) if place < len(line.cells) else ""


def _are_sources(rows: Sequence[Line], first: int) -> bool:
    """Tell whether the first column names contribution sources, and totals or shares besides."""
    texts = [_at(line, first) for line in rows if not _is_of_shares(line)]
    sources = [text for text in texts if _names_source(text)]
    others = [text for text in texts if not (_names_source(text) or _is_sum_row(text) or _is_share_row(text))]
    return len(sources) >= _FEWEST_ROWS and len(others) <= len(sources) // 2


def _names_source(text: str) -> bool:
    return is_source_section(text.lower()) and not is_total(text)


def _is_sum_row(text: str) -> bool:
    """Tell whether a row's words are those of the sum of the sources (“Total”, “Market value”)."""
    known = role_of(text)
    return is_total(text) or (known is not None and known[0] is Role.VALUE)


def _is_of_shares(line: Line) -> bool:
    """Tell whether a row holds percents only."""
    texts = [text for cell in line.cells[1:] if (text := cell.strip()) and not is_missing(text)]
    return bool(texts) and all(text.endswith("%") for text in texts)


def _is_fact_row(line: Line, first: int) -> bool:
    """Tell whether a row says something of each fund that is no money: its ticker, units, price."""
    known = role_of(_at(line, first))
    return known is not None and known[0] in _FACTS


def _is_share_row(text: str) -> bool:
    known = role_of(text)
    return "%" in text or "share" in text.lower() or (known is not None and known[0] is not Role.VALUE)


def _are_days(rows: Sequence[Line], first: int) -> bool:
    """Tell whether the first column gives a time in each row but totals, and never the same twice."""
    times = [
        period_in(text, day_first=False) or period_in(text, day_first=True)
        for line in rows
        if (text := _at(line, first)) and not is_total(text)
    ]
    return len(times) >= _FEWEST_ROWS and None not in times and len({*times}) == len(times)


def _heading(cells: Sequence[str], i: int, first: int, rows: Sequence[Line]) -> _Heading | None:
    """Return the columns of a heading, None where they are not those of funds."""
    money = [place for place in range(first + 1, len(cells)) if cells[place] and _holds_money(rows, place)]
    total = next((place for place in money if is_sum(cells[place])), None)
    owed = {place for place in money if is_owed(cells[place])}
    funds = _summed(money, total, owed, rows) if total is not None else [p for p in money if p not in owed]
    if total is None:
        funds = [place for place in funds if names_fund(cells[place])]
        if len(funds) < len(money) - len(owed):
            return None
    if len(funds) < _FEWEST_FUNDS or any(heads_other(cells[place]) for place in funds):
        return None
    if 2 * sum(names_fund(cells[place]) for place in funds) < len(funds):
        return None
    return _Heading(i, first, funds, total)


def _summed(money: Sequence[int], total: int, owed: Container[int], rows: Sequence[Line]) -> list[int]:
    """Return the columns that a column of sums adds up: those before it, else those on both sides."""
    others = [place for place in money if place != total]
    before = [place for place in others if place < total] or others
    plain = [[place for place in places if place not in owed] for places in (before, others)]
    ways = (plain[0], before, plain[1], others)
    return next((places for places in ways if _most_add(places, total, rows)), before)


def _most_add(places: Sequence[int], total: int, rows: Sequence[Line]) -> bool:
    """Tell whether most rows with a sum add to it."""
    read = [_figures(line, _Heading(0, 0, list(places), total), decimal_comma=False) for line in rows]
    summed = [row for row in read if row.total]
    return bool(summed) and sum(map(_adds, summed)) >= _MOSTLY * len(summed)


def _holds_money(rows: Sequence[Line], place: int) -> bool:
    texts = [text for line in rows if (text := _at(line, place)) and not is_missing(text)]
    return bool(texts) and all(parse_amount(text) is not None or text.endswith("%") for text in texts)


def is_sum(text: str) -> bool:
    """Tell whether a heading is that of the whole beside its parts."""
    known = role_of(text)
    return is_total(text) or is_whole(text) or (known is not None and known[0] is Role.VALUE)


def names_fund(text: str) -> bool:
    """Tell whether a heading looks like a fund's name or ticker."""
    text = " ".join(text.split())
    if _TICKER.fullmatch(text) or likeness(text):
        return True
    return classify(None, None, text).classified_by is not ClassifiedBy.UNKNOWN


def heads_other(text: str) -> bool:
    """Tell whether a heading is one of a source, of a movement, or of a column known to be something else."""
    text = " ".join(text.split())
    key = header_key(text)
    if role_of(text) is not None or is_source(key) or is_fact(text) or "%" in text:
        return True
    return (heads_move(key) or _OPENED.search(key) is not None) and not likeness(text)


class _Figures(NamedTuple):
    """What one row says: its line and the amounts of its funds, and of their sum where it is given."""

    line: Line
    amounts: list[Decimal | None]
    total: Decimal | None

    @property
    def sum(self) -> Decimal:
        return sum((amount or ZERO for amount in self.amounts), ZERO)

    @property
    def adds_up(self) -> bool:
        return self.total is not None and abs(self.sum - self.total) <= CENT * len(self.amounts)


def _unfolded(
    arranged: Rearranged, heading: _Heading, rows: Sequence[Line], *, by_source: bool
) -> Unfolded | None:
    """Return the table with a row for each fund, None where its sums do not say that it is one."""
    cells = [_at(line, place) for line in rows for place in heading.funds]
    comma = figure_style(cells, ()).decimal_comma
    read = [_figures(line, heading, decimal_comma=comma) for line in rows]
    shown = [row for row in read if any(row.amounts) and not _has_share(row.line, heading)]
    says_sum = _is_sum_row if by_source else is_total
    totals = [row for row in shown if says_sum(_at(row.line, heading.first))]
    held = [row for row in shown if row not in totals]
    if not held or (heading.total is not None and sum(map(_adds, held)) < _MOSTLY * len(held)):
        return None
    if by_source:
        held = [row for row in held if role_of(_at(row.line, heading.first)) is None or row.adds_up]
        if heading.total is None and not _columns_add_up(held, totals):
            return None
        return _by_source(arranged, heading, held, totals)
    return _newest(arranged, heading, held)


def _has_share(line: Line, heading: _Heading) -> bool:
    """Tell whether a row gives a share under a fund or their sum; remarks beside may speak of percents."""
    places = heading.funds if heading.total is None else [*heading.funds, heading.total]
    return any("%" in _at(line, place) for place in places)


def _figures(line: Line, heading: _Heading, *, decimal_comma: bool) -> _Figures:
    amounts = [parse_amount(_at(line, place), decimal_comma=decimal_comma) for place in heading.funds]
    total = (
        None if heading.total is None else parse_amount(_at(line, heading.total), decimal_comma=decimal_comma)
    )
    return _Figures(line, amounts, total)


def _adds(row: _Figures) -> bool:
    return row.adds_up


def _columns_add_up(held: Sequence[_Figures], totals: Sequence[_Figures]) -> bool:
    """Tell whether a total below the rows is that of each column; none is needed where none is given."""
    columns = zip(*(row.amounts for row in held), strict=True)
    sums = [sum((amount or ZERO for amount in column), ZERO) for column in columns]
    return all(
        abs((amount or ZERO) - found) <= CENT * len(held)
        for row in totals
        for amount, found in zip(row.amounts, sums, strict=True)
    )


def _by_source(
    arranged: Rearranged,
    heading: _Heading,
    held: Sequence[_Figures],
    totals: Sequence[_Figures],
) -> Unfolded:
    """Write a row for each fund and source that holds anything, and what the file says they add to."""
    head = arranged.grid.lines[heading.place]
    written = [
        row.line._replace(cells=[_at(head, place), _at(row.line, heading.first), str(amount)])
        for k, place in enumerate(heading.funds)
        for row in held
        if (amount := row.amounts[k])
    ]
    written += [_total(row) for row in totals[:1] if row.total is not None]
    roles = (_name_role(head, heading), Role.SOURCE, Role.VALUE)
    issues = [_unlike(row, heading, arranged.grid.sheet) for row in held if heading.total is not None]
    kept = [*(row.line for row in held), *(row.line for row in totals[:1] if row.total is not None)]
    below = _rows(arranged.grid, heading.place)
    gone = [line for line in below if all(line is not other for other in kept)]
    others = _facts_below(arranged.grid, heading, below)
    return _written(arranged, heading, roles, written, [*gone, *others], [i for i in issues if i is not None])


def _newest(arranged: Rearranged, heading: _Heading, held: Sequence[_Figures]) -> Unfolded:
    """Write a row for each fund of the newest day that has figures."""
    head, sheet = arranged.grid.lines[heading.place], arranged.grid.sheet
    day_first = is_day_first((), (_at(row.line, heading.first) for row in held))
    dated = sorted(held, key=lambda row: _order(row, heading, day_first=day_first))
    newest = dated[-1]
    day = _day(_order(newest, heading, day_first=day_first))
    written = [
        newest.line._replace(cells=[_at(head, place), day.isoformat(), str(amount)])
        for place, amount in zip(heading.funds, newest.amounts, strict=True)
        if amount
    ]
    issues = [_unlike(newest, heading, sheet)] if heading.total is not None else []
    written += [_total(newest)] if newest.adds_up else []
    if len(dated) > 1:
        said = sentence_day_words(day)
        number = newest.line.number
        told = _tr(_DAYS_TOLD).format(len(dated), said)
        issues.append(Issue(Severity.WARNING, told, _tr(_DAYS_FIX), number, sheet=sheet))
        names = [
            f"“{_at(head, place)}”"
            for k, place in enumerate(heading.funds)
            if newest.amounts[k] is None and dated[-2].amounts[k]
        ]
        if names:
            told = _tr(_MISSING).format(said, ", ".join(names))
            issues.append(Issue(Severity.WARNING, told, _tr(_MISSING_FIX), number, sheet=sheet))
    roles = (_name_role(head, heading), Role.DATE, Role.VALUE)
    gone = [line for line in _rows(arranged.grid, heading.place) if line is not newest.line]
    return _written(arranged, heading, roles, written, gone, [i for i in issues if i is not None])


def _total(row: _Figures) -> Line:
    return row.line._replace(cells=["Total", "", str(row.total)])


def _order(row: _Figures, heading: _Heading, *, day_first: bool) -> tuple[int, int, int]:
    period = period_in(_at(row.line, heading.first), day_first=day_first)
    return period.order if period is not None else (0, 0, 0)


def _day(order: tuple[int, int, int]) -> date:
    year, month, day = order
    for last in range(max(day, 1), 0, -1):
        try:
            return date(year, max(month, 1), last)
        except ValueError:
            continue
    return date(year, 1, 1)


def _name_role(head: Line, heading: _Heading) -> Role:
    tickers = all(_TICKER.fullmatch(_at(head, place)) for place in heading.funds)
    return Role.SYMBOL if tickers else Role.NAME


def _unlike(row: _Figures, heading: _Heading, sheet: str) -> Issue | None:
    if row.total is None or row.adds_up:
        return None
    said = _tr(_SUM).format(f"“{_at(row.line, heading.first)}”", row.sum, row.total)
    return Issue(Severity.WARNING, said, _tr(_SUM_FIX), row.line.number, sheet=sheet)


def _facts_below(grid: Grid, heading: _Heading, rows: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines further down that give units, prices or shares of the same columns."""
    for line in grid.lines[heading.place + 1 + len(rows) :]:
        known = role_of(_at(line, heading.first))
        figures = [text for place in heading.funds if (text := _at(line, place))]
        if known is not None and len(figures) > 1 and all(map(looks_numeric, figures)):
            yield line


def _written(
    arranged: Rearranged,
    heading: _Heading,
    roles: Sequence[Role],
    written: Sequence[Line],
    gone: Sequence[Line],
    issues: Sequence[Issue],
) -> Unfolded:
    """Put the rows in place of the table, what was left out among the skipped lines."""
    grid = arranged.grid
    places = {id(line) for line in gone}
    end = heading.place + 1 + len(_rows(grid, heading.place))
    head = grid.lines[heading.place]._replace(cells=[heading_of(role) for role in roles])
    rest = (line for line in grid.lines[end:] if id(line) not in places)
    skipped = (SkippedRow(line.number, line.text, _reason(line, heading), grid.sheet) for line in gone)
    whole = replace(
        arranged,
        grid=replace(grid, lines=(*grid.lines[: heading.place], head, *written, *rest)),
        skipped=(*arranged.skipped, *skipped),
        issues=(*arranged.issues, *issues),
    )
    named = written if Role.SOURCE in roles else ()
    sources = frozenset(line.cells[1].casefold() for line in named if line.cells[1])
    return Unfolded(whole, heading.place, heading.place + 1 + len(written), sources)


def _reason(line: Line, heading: _Heading) -> SkipReason:
    return SkipReason.TOTAL if is_total(_at(line, heading.first)) else SkipReason.NOT_A_HOLDING
