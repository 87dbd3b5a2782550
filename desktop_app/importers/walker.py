"""Walks the rows of one grid and judges each: holding, skipped with a reason, or a problem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import HUNDRED, Money, to_cents
from desktop_app.domain.statement import SkipReason, StatementRow

from . import rows as words
from .amounts import FigureStyle, is_missing, looks_numeric, parse_amount
from .checks import advice_below_zero, is_per_hundred, product_remark
from .classifier import classify
from .columns import Columns, Role, TableKind, role_of
from .grid import Grid, Line, filled
from .layouts import Layout
from .outcome import Found, Outcome, Table
from .rows import AccountName, Instrument, Row, RowKind, instrument_of, kind_of, pick, places_of
from .totals import Judgement, Sums

_AMOUNT_IN_TEXT = re.compile(r"[-+(]?\$?\s?[0-9][0-9,]*(?:\.[0-9]+)?\)?", re.ASCII)
_LONE_TOTAL = re.compile(
    r"(?P<words>.*?(?:total|balance|value)[^:$0-9]*)[:\s]*(?P<amount>[-(]?\$?\s?[0-9][0-9,.]*\)?)",
    re.IGNORECASE,
)
_FOREIGN = Columns(TableKind.ACTIVITY, {}, (), (), ())
_REASONS = {
    RowKind.PENDING: SkipReason.PENDING,
    RowKind.LOT: SkipReason.LOT,
    RowKind.LOAN: SkipReason.LOAN,
}
_NO_VALUE_FIX = "Look up its value on the plan's website and type this holding by hand."
_UNREADABLE_FIX = "Look at this line in the file and correct it, or type the holding by hand."


class Walker:
    """Reads one grid under one layout; `run` returns the outcome."""

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        headers: Mapping[int, Columns],
        fallback: AccountName,
        style: FigureStyle,
    ) -> None:
        self._lines = grid.lines
        self._layout = layout
        self._headers = headers
        self._style = style
        self._comma = style.decimal_comma
        self._fallback = fallback
        self._columns: Columns | None = None
        self._account: AccountName | None = None
        self._by_row: AccountName | None = None
        self._sums = Sums()
        self._tables: list[Table] = []
        self._after_blank = False
        self._places: tuple[int, ...] = ()
        self._given: dict[tuple[str, str], AccountName] = {}
        self.out = Outcome()

    def run(self) -> Outcome:
        """Walk all lines."""
        first = min(self._headers, default=len(self._lines))
        opening = self._lines[:first]
        self.out.outside.extend(" ".join(filled(line.cells)) for line in opening if any(line.cells))
        self._account = self._layout.title_account(opening) or self._label_above(opening)
        self._state_above(opening)
        for i in range(first, len(self._lines)):
            self._line(i, self._lines[i])
        self._drop_repeated_tables()
        return self.out

    def _state_above(self, opening: Sequence[Line]) -> None:
        """Note the first total that the lines above the first heading state."""
        for line in opening:
            stated = words.stated_amount(filled(line.cells))
            value = self._amount(stated[1]) if stated else None
            if value is not None:
                self.out.stated_above = (line.number, to_cents(value))
                return

    def _drop_repeated_tables(self) -> None:
        """Of two tables of the same money, one by fund and one by fund and source, keep the first."""
        kept: list[Table] = []
        lines = {line.number: line for line in self._lines} if len(self._tables) > 1 else {}
        for table in self._tables:
            if not any(table.repeats(other) for other in kept):
                kept.append(table)
                continue
            for found, row in table.rows:
                found.rows.remove(row)
                self.out.skip(lines[row.line], SkipReason.SOURCE_SPLIT)

    def _label_above(self, opening: Sequence[Line]) -> AccountName | None:
        """Take the last line of words above the first heading as its account's label."""
        lines = (cells for line in reversed(opening) if (cells := filled(line.cells)))
        last = next((cells for cells in lines if not words.stated_amount(cells)), None)
        if not last or any(role_of(cell) for cell in last):
            return None
        return self._layout.label_above(", ".join(last))

    def _line(self, i: int, line: Line) -> None:
        columns = self._headers.get(i)
        if columns is not None:
            self._start_table(line, columns)
        elif not "".join(line.cells).strip():
            self._after_blank = True
            if line.text.strip():
                self.out.skip(line, SkipReason.EMPTY)
        elif self._columns is not None:
            self._table_line(i, line, self._columns)
            self._after_blank = False

    def _start_table(self, line: Line, columns: Columns) -> None:
        if self._columns is not None:
            self.out.skip(line, SkipReason.LABEL)
        self._columns = columns
        self._places = places_of(columns)
        self._tables.append(Table(Role.SOURCE in columns.index))
        self._by_row = None
        self._sums.start_table()
        self._after_blank = False

    def _table_line(self, i: int, line: Line, columns: Columns) -> None:
        if columns.kind is TableKind.HOLDINGS:
            cells = self._layout.align(line.cells, columns)
            row = pick(line if cells is line.cells else line._replace(cells=cells), columns, self._places)
            value = self._amount(row.value)
            if self._is_remark(row, value):
                self.out.outside.append(line.text)
                self.out.skip(line, SkipReason.FOOTER)
            elif value is not None or not self._is_words(i, line):
                self._holding(row, value)
        elif self._is_words(i, line):
            return
        elif columns.kind is TableKind.ACCOUNTS:
            self._summary(line, columns)
        else:
            split = columns.kind is TableKind.SOURCES
            self.out.skip(line, SkipReason.SOURCE_SPLIT if split else SkipReason.NOT_A_HOLDING)

    def _is_remark(self, row: Row, value: Decimal | None) -> bool:
        """Tell whether a row is a sentence split by its commas, without units and price."""
        if not words.may_be_sentence(row.line.text):
            return False
        cells = filled(row.line.cells)
        if len(cells) < 2 or row.cusip or None not in {self._amount(row.units), self._amount(row.price)}:
            return False
        return words.is_sentence(cells, has_figure=value is not None)

    def _is_words(self, i: int, line: Line) -> bool:
        """Deal with a line that is a label, a remark or a heading rather than a row of the table."""
        cells = filled(line.cells)
        if len(cells) == 1 and not looks_numeric(cells[0]):
            self._lone(i, line, cells[0])
            return True
        foreign = self._after_blank and self._is_foreign_heading(cells)
        if self._opens_account(i, cells) or foreign:
            self.out.skip(line, SkipReason.LABEL)
            if foreign and not self._heading_follows(i):
                self._columns = _FOREIGN
            return True
        return False

    def _is_foreign_heading(self, cells: list[str]) -> bool:
        """After a gap, several words without any figure head a table of another kind."""
        return len(cells) > 1 and not any(looks_numeric(cell) or is_missing(cell) for cell in cells)

    def _opens_account(self, i: int, cells: list[str]) -> bool:
        """Judge a line of words right above a heading; a comma may have split its label."""
        if any(looks_numeric(cell) for cell in cells) or not self._heading_follows(i):
            return False
        return self._open(", ".join(cells), before_header=True)

    def _heading_follows(self, i: int) -> bool:
        for ahead in range(i + 1, min(i + 6, len(self._lines))):
            if ahead in self._headers:
                return self._headers[ahead].kind is TableKind.HOLDINGS
            if any(cell.strip() for cell in self._lines[ahead].cells):
                return False
        return False

    def _open(self, text: str, *, before_header: bool) -> bool:
        label = self._layout.label_above(text) if before_header else self._layout.label_inside(text)
        if label is None:
            return False
        same = self.out.accounts.get(label.id)
        if same is not None and same.name != label.name and label.name:
            label = AccountName(f"{label.name} {label.id}", label.name)
        self._account = label
        self._sums.close()
        return True

    def _lone(self, i: int, line: Line, text: str) -> None:
        """Judge a line with a single cell of words: total, footer, pending, account or section label."""
        self.out.outside.append(text)
        amount = _LONE_TOTAL.fullmatch(text)
        if amount is not None and (value := self._amount(amount["amount"])) is not None:
            self._state(line, amount["words"].strip(), to_cents(value), None)
            self.out.skip(line, SkipReason.TOTAL)
        elif words.is_footer(text) or (self._after_blank and self._by_row is not None):
            self.out.skip(line, SkipReason.FOOTER)
        elif words.is_pending(text):
            self.out.skip(line, SkipReason.PENDING)
        elif words.is_total(text):
            self.out.skip(line, SkipReason.TOTAL)
        else:
            self._sums.open_group()
            self._open(text, before_header=self._heading_follows(i))
            self.out.skip(line, SkipReason.LABEL)

    def _summary(self, line: Line, columns: Columns) -> None:
        """A row of an account summary: names the account and states its total."""
        row = pick(line, columns, self._places)
        account = self._layout.summary_account(row)
        column = columns.index.get(Role.ACCOUNT_TOTAL, columns.index.get(Role.VALUE, -1))
        value = self._amount(line.cells[column].strip()) if 0 <= column < len(line.cells) else None
        if account is not None and value is not None:
            self._account = account
            found = self._found(account)
            found.stated, found.stated_line = to_cents(value), line.number
        self.out.skip(line, SkipReason.NOT_A_HOLDING)

    def _holding(self, row: Row, value: Decimal | None) -> None:
        item = instrument_of(row.name, row.symbol, row.cusip)
        units, price = self._amount(row.units), self._amount(row.price)
        kind = kind_of(item)
        reason = self._layout.skip(row) or _REASONS.get(kind)
        if self._is_total(row, item, kind, value, units):
            self._total(row, item, value)
            return
        if reason is None and not item.name:
            reason = self._nameless(row, value)
        if reason is None and value is None:
            value, reason = self._missing_value(row, item, units, price)
        if reason is not None or value is None:
            self._leave_out(row, value, reason or SkipReason.EMPTY)
            return
        if kind is RowKind.WINDOW:
            self.out.windows[row.line.number] = row.line.text
        if words.starts_with_total(item.name) and not (item.symbol or item.cusip or units):
            self._doubt_total(row, item, value)
        self._keep(row, item, to_cents(value), units, price)

    def _doubt_total(self, row: Row, item: Instrument, value: Decimal) -> None:
        """Ask the user to check a holding that may be a total."""
        if self._sums.judge(item.name, value, self._peek_account(row)) is Judgement.FUND:
            return
        message = f"“{item.name}” may be a total or a fund. Its {value:,.2f} was counted as a fund."
        self.out.warn(row.line, message, "Check this line. If it is a total, delete it and import again.")

    def _is_total(
        self, row: Row, item: Instrument, kind: RowKind, value: Decimal | None, units: Decimal | None
    ) -> bool:
        """Judge by words, then by arithmetic; a row with units of its own is a fund, whatever its name."""
        if kind is RowKind.TOTAL:
            return item.symbol is not None or (not units and self._is_named_total(row, item, value))
        if kind is not RowKind.HOLDING:
            return False
        if not item.name and words.is_total(next(iter(filled(row.line.cells)), "")):
            return True
        return self._adds_up(row, item, value, units)

    def _amount(self, text: str) -> Decimal | None:
        return parse_amount(text, decimal_comma=self._comma)

    def _adds_up(self, row: Row, item: Instrument, value: Decimal | None, units: Decimal | None) -> bool:
        """Tell whether a row without a fund of its own equals the sum of those above it."""
        if value is None or item.symbol or item.cusip or units is not None:
            return False
        count = len(self._sums.since)
        if to_cents(value) not in {self._sums.since_total(), self._sums.in_table}:
            return False
        if not item.name:
            return count > 0
        if (
            count == 1
            or not self._sums.in_table
            or self._amount(row.price) is not None
            or (words.is_fundish(item.name) and not words.starts_with_total(item.name))
        ):
            return False
        if classify(None, None, item.name).classified_by is not ClassifiedBy.UNKNOWN:
            return False
        self._tell_sum(row, item)
        return True

    def _is_named_total(self, row: Row, item: Instrument, value: Decimal | None) -> bool:
        """Judge a row whose words may be a total's or a fund's (“Total International Stock”)."""
        if item.cusip is not None:
            return False
        account = self._peek_account(row)
        judged = self._sums.judge(item.name, value, account)
        if judged is Judgement.TOTAL_BY_SUM:
            self._tell_sum(row, item)
        return judged in {Judgement.TOTAL, Judgement.TOTAL_BY_SUM}

    def _peek_account(self, row: Row) -> list[StatementRow]:
        """Return the rows of the row's account so far, without opening an account."""
        given = self._given.get((row.account_id, row.account_name))
        found = self.out.accounts.get((given or self._by_row or self._account or self._fallback).id)
        return found.rows if found else []

    def _tell_sum(self, row: Row, item: Instrument) -> None:
        message = f"“{item.name}” was taken for a total: it is exactly the sum of the lines above it."
        self.out.tell(row.line, message, "If it is a holding, type it by hand.")

    def _total(self, row: Row, item: Instrument, value: Decimal | None) -> None:
        label = item.name or next(iter(filled(row.line.cells)), "")
        if value is not None:
            self._state(row.line, label, to_cents(value), row)
        self._sums.close()
        self.out.skip(row.line, SkipReason.TOTAL)

    def _state(self, line: Line, label: str, value: Money, row: Row | None) -> None:
        """Note a total where it belongs: to an account, to the whole file, or to a section (nowhere)."""
        if words.is_part_total(label):
            return
        if words.is_whole_total(label) or (
            row is not None and words.is_total(row.account_id or row.account_name)
        ):
            self.out.whole_total = (line.number, value)
        elif row is not None and not (is_missing(row.account_id) and is_missing(row.account_name)):
            self._note(self._account_of(row.account_id, row.account_name), line, value)
        elif self._by_row is not None:
            self.out.whole_total = (line.number, value)
        else:
            self._note(self._found(self._account or self._fallback), line, value)

    def _note(self, found: Found, line: Line, value: Money) -> None:
        if found.stated is None or self._layout.name != "etrade-portfolio":
            found.stated, found.stated_line = value, line.number

    def _nameless(self, row: Row, value: Decimal | None) -> SkipReason:
        """A row without an instrument: nothing to say without a value, a problem with one."""
        if value is None:
            return (
                SkipReason.LABEL
                if any(not is_missing(c) for c in filled(row.line.cells))
                else SkipReason.EMPTY
            )
        if value:
            message = f"This line has a value of {value:,.2f} but no fund."
            self.out.warn(row.line, message, _UNREADABLE_FIX)
        return SkipReason.UNREADABLE

    def _missing_value(
        self, row: Row, item: Instrument, units: Decimal | None, price: Decimal | None
    ) -> tuple[Decimal | None, SkipReason | None]:
        """Work out a value the file does not give, or say why there is none."""
        if not is_missing(row.value):
            return self._recover(row, item)
        if units is not None and price is not None:
            per_hundred = item.cusip is not None and is_per_hundred(item)
            return units * price / (HUNDRED if per_hundred else 1), None
        if not units:
            return None, SkipReason.EMPTY
        message = f"{item.name}: the file gives {row.units} units, but neither a value nor a price."
        self.out.warn(row.line, message, _NO_VALUE_FIX)
        return None, SkipReason.UNREADABLE

    def _recover(self, row: Row, item: Instrument) -> tuple[Decimal | None, SkipReason | None]:
        """Take the one figure out of a value cell with words in it; else say that it cannot be read."""
        found = _AMOUNT_IN_TEXT.findall(row.value)
        shown = row.value[:60]
        if len(found) == 1 and "%" not in row.value and len(row.value) < 40:
            value = self._amount(found[0])
            if value is not None:
                message = f"The value of {item.name} stands as “{shown}”; {value:,.2f} was taken."
                self.out.warn(row.line, message, "Check this value against the file.")
                return value, None
        message = f"The value of {item.name} cannot be read: “{shown}”."
        self.out.warn(row.line, message, _UNREADABLE_FIX)
        return None, SkipReason.UNREADABLE

    def _leave_out(self, row: Row, value: Decimal | None, reason: SkipReason) -> None:
        if reason is SkipReason.LOAN and value is not None:
            self.out.loans += to_cents(value)
        if reason is SkipReason.PENDING:
            amounts = [
                a for cell in row.line.cells if "%" not in cell and (a := self._money_cell(cell)) is not None
            ]
            if amounts:
                message = f"Pending activity of {amounts[0]:,.2f} is not counted."
                self.out.tell(row.line, message, "Import again when it has settled.")
        self.out.skip(row.line, reason)

    def _money_cell(self, cell: str) -> Decimal | None:
        return self._amount(cell.strip()) if "$" in cell or "." in cell else None

    def _keep(
        self, row: Row, item: Instrument, value: Money, units: Decimal | None, price: Decimal | None
    ) -> None:
        fund = classify(item.symbol, item.cusip, item.name)
        source = row.source if row.source and not is_missing(row.source) else None
        found = self._account_of(row.account_id, row.account_name)
        kept = StatementRow(row.line.number, fund, value, units, price, source)
        found.rows.append(kept)
        self._tables[-1].rows.append((found, kept))
        self._sums.add(kept)
        if row.date:
            self.out.dates.add(row.date)
        if self._style.doubts(row.value):
            message = f"The value of {item.name} stands as “{row.value}”; {value:,.2f} was taken."
            self.out.warn(row.line, message, "Check whether its point sets off thousands or cents.")
        if value < 0:
            message = f"{item.name} has a value below zero: {value:,.2f}."
            self.out.warn(row.line, message, advice_below_zero(item))
        if units is not None and price is not None:
            remark = product_remark(item, value, units, price)
            if remark is not None:
                self.out.tell(row.line, remark, "Check this line against the provider's page.")

    def _account_of(self, account_id: str, name: str) -> Found:
        """Return the account a row belongs to: its own columns, else the last row's, else the label above."""
        if account_id or name:
            given = self._given.get((account_id, name))
            if given is None:
                given = self._given[account_id, name] = self._read_account(account_id, name)
            if given.id:
                self._by_row = given
        return self._found(self._by_row or self._account or self._fallback)

    def _read_account(self, account_id: str, name: str) -> AccountName:
        name = "" if is_missing(name) else words.clean(name)
        account_id = "" if is_missing(account_id) else words.clean(account_id)
        account_id, name = self._layout.row_account(account_id, name)
        return AccountName(account_id or name, name)

    def _found(self, account: AccountName) -> Found:
        found = self.out.accounts.get(account.id)
        if found is None:
            found = self.out.accounts[account.id] = Found(account.id, account.name)
        elif not found.name:
            found.name = account.name
        return found
