"""Interactive Brokers: the activity statement, many tables in one file told by their first two cells."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.issues import Issue, IssueKind, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import LARGEST, ZERO
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import AsOfKind, SkippedRow, SkipReason
from desktop_app.importers.amounts import find_date, parse_amount
from desktop_app.importers.columns import Columns
from desktop_app.importers.grid import Grid, Line
from desktop_app.importers.headwords import Role
from desktop_app.importers.patterns import late_regex
from desktop_app.importers.rows import Row

from .base import AsOf, Layout, Peek, Rearranged

_tr = translator("Remarks")
_OPENING = ("statement", "account information")
_KNOWN = frozenset({*_OPENING, "net asset value", "open positions", "cash report", "change in nav", "trades"})
_KINDS = frozenset({"header", "data", "total", "subtotal", "notes"})
_HEADING = [
    "Symbol", "Description", "CUSIP", "Quantity", "Price", "Market Value", "Account Number", "Account Name",
]  # fmt: skip
_US_ID = late_regex(r"US[0-9A-Z]{9}[0-9]|[0-9A-Z]{9}")
_MONTH = late_regex(r"([A-Z][a-z]{2,8}) (20[0-9]{2})")
_BASE = "base currency summary"
_LOOK = 2000
_LONGEST_TEXT = 400
_RATE_STEP = Decimal("0.00000001")
_PRICE_STEP = Decimal("0.000001")


class _Cell(NamedTuple):
    """One data row of a section: its line and its cells by heading (lower case)."""

    line: Line
    kind: str
    cells: dict[str, str]

    def amount(self, *names: str) -> Decimal | None:
        """Return the first of these columns that holds a number."""
        found = (parse_amount(self.cells[name].strip()) for name in names if name in self.cells)
        return next((number for number in found if number is not None), None)


@dataclass(slots=True)
class _Position:
    row: _Cell
    currency: str
    units: Decimal | None
    price: Decimal | None
    value: Decimal | None


@dataclass(slots=True)
class _Table:
    """One statement as a table, with its fields above it."""

    opening: list[Line]
    lines: list[Line]
    skipped: tuple[SkippedRow, ...]
    issues: list[Issue]


@dataclass(slots=True)
class _Sections:
    """The rows of a statement by section, and the first heading of each."""

    rows: dict[str, list[_Cell]] = field(default_factory=dict)
    headings: dict[str, Line] = field(default_factory=dict)

    def of(self, *names: str) -> Iterator[_Cell]:
        """Yield the data rows of the sections whose names end so."""
        for section, rows in self.rows.items():
            if section.endswith(names):
                yield from (row for row in rows if row.kind == "data")

    def field_value(self, *names: str) -> str:
        """Return what the statement's list of fields says under one of these names."""
        for row in self.of(*_OPENING):
            if row.cells.get("field name", "").strip().lower() in names:
                return row.cells.get("field value", "").strip()
        return ""


class IbkrActivity(Layout):
    """Positions once (no lots), cash once (in the base currency), the date from the statement's period."""

    name = "ibkr-activity"
    labelled = False

    def identify(self, peek: Peek) -> int:
        """Known by the heading that `rearrange` makes of its sections."""
        made = (line for line in peek.opening if line.cells == _HEADING)
        if any("header" in line.text.lower() for line in made):
            return 10
        return 10 if peek.any_header("clientaccountid", "symbol", "positionvalue") else 0

    def align(self, cells: list[str], columns: Columns) -> list[str]:
        """A query's positions (`ClientAccountID,…`) are in their own currency beside its rate."""
        if "fxratetobase" not in columns.keys:
            return cells
        place = columns.keys.index("fxratetobase")
        rate = parse_amount(cells[place].strip()) if place < len(cells) else None
        if rate is None or rate in {0, 1}:
            return cells
        changed = list(cells)
        for role in (Role.VALUE, Role.PRICE):
            at = columns.index.get(role, len(cells))
            amount = parse_amount(cells[at].strip()) if at < len(cells) else None
            if amount is not None:
                changed[at] = format((amount * rate).quantize(_PRICE_STEP), "f")
        return changed

    def skip(self, row: Row) -> SkipReason | None:
        """A query may list lots below their position."""
        return SkipReason.LOT if any(cell.strip().upper() == "LOT" for cell in row.line.cells) else None

    def rearrange(self, grid: Grid) -> Rearranged | None:
        """Return one table of positions and cash in place of the sections; None for other files."""
        if not any(_section(line.cells) in _KNOWN for line in grid.lines[:_LOOK] if len(line.cells) > 2):
            return None
        parts = _statements(grid.lines)
        made = [_Statement(_gather(lines), lines).table() for lines in parts]
        tables = [table for table in made if table is not None]
        if not tables:
            return None
        others = [line for line in grid.lines if not _section(line.cells)]
        first = next(i for i, line in enumerate(grid.lines) if _section(line.cells))
        opening = [line for table in tables for line in table.opening]
        lines = [
            *opening,
            *others[:first],
            *(line for table in tables for line in table.lines),
            *others[first:],
        ]
        above = {line.number for line in opening}
        below = min(line.number for line in grid.lines if line.text.strip() and line.number not in above)
        unsaid = [line for line in opening if line.number > below]
        unsaid += [line for part, table in zip(parts, made, strict=True) if table is None for line in part]
        return Rearranged(
            Grid(tuple(lines), grid.sheet),
            (*_skipped(unsaid), *(row for table in tables for row in table.skipped)),
            tuple(issue for table in tables for issue in table.issues),
        )

    def as_of(self, file: str, outside: Sequence[str], dates: Sequence[str]) -> AsOf | None:
        """Return the end of the period."""
        for text in outside:
            if " Period " in f" {text}" and (day := _period_end(text)):
                return day, AsOfKind.VALUATION
        return super().as_of(file, outside, dates)


def _period_end(text: str) -> date | None:
    """Return the last day of a period; one month may stand as `January 2026`."""
    day = find_date(text)
    if day is not None:
        return day
    months = _MONTH.findall(text)
    first = find_date(f"{months[-1][0]} 1, {months[-1][1]}") if months else None
    return first.replace(day=monthrange(first.year, first.month)[1]) if first else None


def _section(cells: list[str]) -> str:
    """Return the section a row belongs to, empty when it has not the form of one."""
    if len(cells) < 3 or cells[1].strip().lower() not in _KINDS:
        return ""
    return cells[0].strip().lower()


def _statements(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each statement; several may stand one below the other."""
    parts: list[list[Line]] = [[]]
    before = ""
    for line in lines:
        section = _section(line.cells)
        if not section:
            continue
        opens = section == "statement" and line.cells[1].strip().lower() == "header"
        if opens and before not in {"", "statement"}:
            parts.append([])
        before = section
        parts[-1].append(line)
    return parts


def _gather(lines: Iterable[Line]) -> _Sections:
    """Sort rows by section; a section may have several headings, each for the rows below it."""
    found = _Sections()
    heading: dict[str, list[str]] = {}
    for line in lines:
        section = _section(line.cells)
        if not section:
            continue
        kind = line.cells[1].strip().lower()
        if kind == "header":
            heading[section] = [cell.strip().lower() for cell in line.cells]
            found.headings.setdefault(section, line)
        cells = dict(zip(heading.get(section, ()), line.cells, strict=False))
        found.rows.setdefault(section, []).append(_Cell(line, kind, cells))
    return found


class _Statement:
    """Turns the sections of one statement into a table."""

    def __init__(self, sections: _Sections, lines: list[Line]) -> None:
        self._sections = sections
        self._lines = lines
        self._account = sections.field_value("account", "account id", "accounts").split("(")[0].strip()
        self._name = sections.field_value("account alias") or sections.field_value("account type")
        self._base = sections.field_value("base currency").upper() or "USD"
        self._issues: list[Issue] = []
        self._rates = self._given_rates()

    def table(self) -> _Table | None:
        """Return the table, what was left out and what to tell; None without positions and cash."""
        positions = [self._position(row) for row in self._sections.of("open positions") if _counts(row)]
        cash = self._cash()
        heading = self._heading()
        if heading is None or not (positions or cash):
            return None
        self._tell_base()
        total = self._total(heading.number)
        self._derive_rate(positions, cash, total)
        body = [self._line(position) for position in positions]
        body += [row.line._replace(cells=self._row("", "Cash", value, row)) for row, value in cash]
        if total is not None:
            body.append(total[0].line._replace(cells=self._row("Total", "", total[1], total[0])))
        opening = [line for line in self._lines if _section(line.cells) in _OPENING]
        used = {line.number for line in (*opening, *body)}
        lines = [heading._replace(cells=list(_HEADING)), *body]
        left = [line for line in self._lines if line.number not in used]
        return _Table(opening, lines, _skipped(left), self._issues)

    def _heading(self) -> Line | None:
        names = [name for name in self._sections.headings if name.endswith("open positions")]
        for name in (*names, "cash report", "net asset value"):
            if name in self._sections.headings:
                return self._sections.headings[name]
        return None

    def _given_rates(self) -> dict[str, Decimal]:
        rates = {self._base: Decimal(1)}
        for row in self._sections.of("base currency exchange rate"):
            rate = row.amount("rate", "exchange rate", "exchangerate")
            currency = row.cells.get("currency", row.cells.get("fromcurrency", "")).strip().upper()
            if rate is not None and rate > 0 and currency:
                rates[currency] = rate
        return rates

    def _position(self, row: _Cell) -> _Position:
        currency = row.cells.get("currency", "").strip().upper() or self._base
        units = row.amount("quantity")
        price = row.amount("close price", "price", "mark price")
        value = row.amount("value", "market value", "position value")
        if value is None and units is not None and price is not None:
            value = units * price * (row.amount("mult", "multiplier") or 1)
            value = value if abs(value) < LARGEST else None
        return _Position(row, currency, units, price, value)

    def _cash(self) -> list[tuple[_Cell, Decimal]]:
        """Return the cash once: the base currency's summary, else every currency, else the net asset's."""
        rows = [row for row in self._sections.of("cash report") if "ending cash" in _first(row)]
        whole = [row for row in rows if row.cells.get("currency", "").strip().lower() == _BASE]
        found = [(row, row.amount("total")) for row in whole or rows]
        if not found:
            net = [row for row in self._sections.of("net asset value") if _first(row) == "cash"]
            found = [(row, row.amount("current total")) for row in net]
        cash = []
        for row, value in found:
            currency = row.cells.get("currency", "").strip().upper()
            if value is not None:
                cash.append((row, value * self._rates.get(currency, Decimal(1))))
        return cash

    def _total(self, below: int) -> tuple[_Cell, Decimal] | None:
        """Return the net asset value less what has accrued but is not paid, with its row."""
        total: tuple[_Cell, Decimal] | None = None
        accrued = ZERO
        for row in self._sections.of("net asset value"):
            value = row.amount("current total")
            if value is None:
                continue
            if _first(row) == "total":
                total = (row, value)
            elif "accrual" in _first(row):
                accrued += value
        if total is None or total[0].line.number == below:
            return None
        return total[0], total[1] - accrued

    def _derive_rate(
        self,
        positions: list[_Position],
        cash: list[tuple[_Cell, Decimal]],
        total: tuple[_Cell, Decimal] | None,
    ) -> None:
        """Work out the rate of the only currency the file gives none for, from the net asset value."""
        missing = {position.currency for position in positions} - set(self._rates)
        if len(missing) != 1 or total is None:
            return
        currency = missing.pop()
        foreign = _sum(position.value for position in positions if position.currency == currency)
        known = sum((value for _, value in cash), ZERO)
        for position in positions:
            if position.currency != currency and position.value is not None:
                known += position.value * self._rates[position.currency]
        if foreign > 0 and total[1] > known:
            self._rates[currency] = ((total[1] - known) / foreign).quantize(_RATE_STEP)

    def _line(self, position: _Position) -> Line:
        row = position.row
        rate = self._rates.get(position.currency)
        self._tell_rate(position, rate)
        price, value = position.price, position.value
        if rate is not None and rate != 1:
            price = (price * rate).quantize(_PRICE_STEP) if price is not None else None
            value = value * rate if value is not None else None
        symbol = row.cells.get("symbol", "").strip()
        known = self._instrument(symbol)
        name = row.cells.get("description", "").strip() or known.get("description", "").strip()
        cells = self._row(symbol, name, value, row)
        number = known.get("security id", "").strip()
        cells[2] = number if _US_ID.fullmatch(number) else ""
        cells[3] = "" if position.units is None else str(position.units)
        cells[4] = "" if price is None else str(price)
        return row.line._replace(cells=cells)

    def _row(self, symbol: str, name: str, value: Decimal | None, row: _Cell) -> list[str]:
        own = row.cells.get("account", "").strip()
        account = (own or self._account, "" if own else self._name)
        text = "" if value is None else format(value.quantize(_PRICE_STEP), "f")
        return [symbol, name, "", "", "", text, *account]

    def _instrument(self, symbol: str) -> dict[str, str]:
        for row in self._sections.of("financial instrument information"):
            names = [name.strip() for name in row.cells.get("symbol", "").split(",")]
            if symbol in names:
                return row.cells
        return {}

    def _tell_rate(self, position: _Position, rate: Decimal | None) -> None:
        if rate == 1 or position.value is None:
            return
        where = position.row.line.number
        name = position.row.cells.get("symbol", "").strip()
        if rate is None:
            message = _tr("{0} is valued in {1} and the file gives no exchange rate.").format(
                name, position.currency
            )
            fix = _tr("Its value was taken as if it were {0}. Correct it by hand.").format(self._base)
            self._issues.append(Issue(Severity.WARNING, message, fix, where))
            return
        message = _tr("{0} is valued in {1}; {2:f} {3} each was used.").format(
            name, position.currency, rate.normalize(), self._base
        )
        fix = _tr("Compare its value with the broker's page.")
        self._issues.append(Issue(Severity.INFO, message, fix, where))

    def _tell_base(self) -> None:
        if self._base != "USD":
            message = _tr("The amounts of this statement are in {0}, not in dollars.").format(self._base)
            fix = _tr("Set the base currency to US dollars at the broker and download the statement again.")
            self._issues.append(Issue(Severity.WARNING, message, fix, kind=IssueKind.FOREIGN_MONEY))


def _skipped(lines: Iterable[Line]) -> tuple[SkippedRow, ...]:
    return tuple(SkippedRow(line.number, line.text[:_LONGEST_TEXT], _reason(line)) for line in lines)


def _counts(row: _Cell) -> bool:
    """Tell whether a row of the positions is one, not a lot of one or a heading in disguise."""
    kind = row.cells.get("datadiscriminator", "").strip().lower()
    return kind in {"", "summary"} and bool(row.cells.get("symbol", "").strip())


def _first(row: _Cell) -> str:
    """Return what a row of a report speaks of."""
    return row.line.cells[2].strip().lower()


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), ZERO)


def _reason(line: Line) -> SkipReason:
    section, kind = _section(line.cells), line.cells[1].strip().lower()
    if kind == "header":
        return SkipReason.LABEL
    if kind in {"total", "subtotal"}:
        return SkipReason.TOTAL
    if section.endswith("open positions"):
        return SkipReason.LOT
    if section == "net asset value" and line.cells[2].strip().lower() == "total":
        return SkipReason.TOTAL
    return SkipReason.FOOTER if kind == "notes" or section.startswith("notes") else SkipReason.NOT_A_HOLDING
