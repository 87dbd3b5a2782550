"""Judges the rows of a holdings table: a holding, a total, or left out with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.money import ONE, ZERO, Money, to_cents
from desktop_app.domain.statement import SkipReason, StatementRow

from . import rows as words
from .account_labels import clean
from .amounts import FigureStyle, is_missing, looks_numeric, parse_amount, split_scale
from .checks import advice_below_zero, is_far_off, product_remark, worth
from .classifier import classify
from .columnar import Plain
from .grid import Line, filled
from .layouts import Layout
from .outcome import Entry, Found, Outcome, Table
from .owners import Owners
from .rows import Instrument, Row, RowKind, instrument_of, kind_of
from .totals import Judgement, Sums
from .wording import (
    ends_in_total,
    ends_in_value,
    is_account,
    is_cash_line,
    is_every_source,
    is_fact,
    is_planned,
    is_source,
    is_source_section,
    is_yearly_fact,
    without_total,
)

_AMOUNT_IN_TEXT = re.compile(r"[-+(]?\$?\s?[0-9][0-9,]*(?:\.[0-9]+)?\)?", re.ASCII)
_FIRST_OF_TWO = re.compile(
    r"(?P<value>\$?[0-9][0-9,]*\.[0-9]{2})\s+(?:(?P<vested>\$?[0-9][0-9,]*\.[0-9]{2})\s+(?:is\s+)?vested"
    r"|(?:[-+−(]|\$0\.00).*)",
    re.IGNORECASE | re.ASCII,
)
"""A value with its vested part, or with what it has changed by, in the same cell."""
_SOME_CASH = re.compile(
    r"(?:available|ending|closing|current|cash|total)\b.*\b(?:to (?:spend|invest|trade)|balance|cash)",
    re.IGNORECASE,
)
"""How a page says what cash there is."""
_REASONS = {
    RowKind.PENDING: SkipReason.PENDING,
    RowKind.LOT: SkipReason.LOT,
    RowKind.LOAN: SkipReason.LOAN,
}
_LOANS = re.compile(r"^(?:outstanding|open|unpaid) loans?\b", re.IGNORECASE)
_BARE = re.compile(r"(?:grand|overall|account|sub)?[ -]?totals?[ :*]*", re.IGNORECASE)
"""A name that is a total's, whatever figures stand under units and price: they are other columns' sums."""
_FUND = re.compile(r"\b(?:fund|fd|trust|etf)\b", re.IGNORECASE)
_MOST_ROWS = 2000
"""Accounts with more rows have their totals taken as they stand."""
_VALUE_OR_NOT = (QuickFix.VALUE, QuickFix.LEAVE_OUT)
_DOUBT_FIX = "Check this line. If it is a total, leave it out."
_NO_VALUE_FIX = "Look up its value on the plan's website and type this holding by hand."
_UNREADABLE_FIX = "Look at this line in the file and correct it, or type the holding by hand."


class Holdings:
    """Takes rows one by one; `sums` and `tables` hold what has been kept so far."""

    def __init__(self, out: Outcome, owners: Owners, layout: Layout, style: FigureStyle) -> None:
        self.sums = Sums()
        self.tables: list[Table] = []
        self._out = out
        self._owners = owners
        self._layout = layout
        self._style = style
        self._comma = style.decimal_comma
        self._label: Instrument | None = None
        self._last: Instrument | None = None
        self._nameless_lines: set[int] = set()
        self.in_loans = False
        self.in_pending = False
        """Whether the rows stand below “Pending trades” after a gap."""
        self.group = self._title = ""
        self.source_above: str | None = None
        """The contribution source that a line above the rows names."""
        self._is_fresh_group = False

    def start_table(self, *, by_source: bool, day: tuple[int, int, int] | None = None) -> None:
        """A heading: the rows that follow are those of a new table, of a day where its title names one."""
        self.tables.append(Table(by_source, day=day))
        self.sums.start_table()
        self._label = self._last = None
        self.in_loans = self.in_pending = False
        if not self._is_fresh_group:
            self.group = self._title = ""

    def open_group(self, text: str) -> None:
        """A line of words that may stand above a group of rows, with a total of its own below them."""
        self.sums.open_group()
        self.in_loans, self.in_pending = words.is_loans(text), False
        self._is_fresh_group = True
        self._title = clean(text).rstrip(" :*")
        self.group = self._title.lower()
        if is_source_section(text):
            self.source_above = self._title

    def label(self, text: str) -> None:
        """A line of words that names the fund whose parts stand below."""
        self._label = instrument_of(text, "", "")

    def amount(self, text: str) -> Decimal | None:
        """Return the number of a cell as this file writes figures."""
        return parse_amount(text, decimal_comma=self._comma)

    def take(self, row: Row, value: Decimal | None) -> None:
        """Judge one row; `value` is what its value cell holds."""
        self._is_fresh_group = False
        item = self._called(instrument_of(row.name, row.symbol, row.cusip))
        units, price = self.amount(row.units), self.amount(row.price)
        kind = _kind(item, units, price)
        if not (item.symbol or item.cusip or units) and self._is_fact(row, item, value):
            self._out.skip(row.line, SkipReason.NOT_A_HOLDING)
            return
        if is_planned(row.account_name or row.account_id or item.name):
            self._out.skip(row.line, SkipReason.NOT_A_HOLDING)
            return
        if self._is_total(row, item, kind, value, units):
            self._total(row, item, value)
            return
        reason = self._layout.skip(row) or self._reason(item, kind)
        part = self._part(row, item, kind) if value is not None else None
        if part is not None:
            item, reason = part, None
        elif reason is None and not item.name:
            reason = self._nameless(row, value)
        if reason is None and value is None:
            value, reason = self._missing_value(row, item, units, price)
        if reason is not None or value is None:
            self._leave_out(row, value, reason or SkipReason.EMPTY)
            self._label = item if item.name and reason is SkipReason.EMPTY else self._label
            return
        self._count(row, item, kind, value, is_part=part is not None)

    def _called(self, item: Instrument) -> Instrument:
        """Return money below “Cash account” under that name, where its line says only how much it is."""
        if item.symbol is None and is_cash_line(self.group) and _SOME_CASH.fullmatch(item.name):
            return item._replace(name=self._title)
        return item

    def _is_fact(self, row: Row, item: Instrument, value: Decimal | None) -> bool:
        """Tell whether a row says something else of the account than what is held; a year's money is told."""
        if not is_yearly_fact(item.name):
            is_said = is_fact(item.name)
            if is_said and value and _LOANS.search(item.name):
                self._out.loans += to_cents(value)
            return is_said
        if value:
            message = f"“{item.name}” is no holding. Its {value:,.2f} was not counted."
            self._out.tell(row.line, message, "If it is a holding, count it.", QuickFix.COUNT)
        return True

    def take_run(self, run: Plain) -> bool:
        """Keep plain rows, with the outcome of `take` for each; False where words above them matter."""
        if self._style is not FigureStyle.AMERICAN or self.in_loans:
            return False
        found = {owner: self._owners.of(*owner) for owner, _ in run.shares}
        for owner, share in run.shares:
            found[owner].gathered.extend(share)
        self.tables[-1].add_later(run.batch.size, lambda: _entries(run, found), weighted=run.weighted)
        self.sums.add_all(run.batch)
        self._out.dates |= run.dates
        self._label, self._last = None, run.last
        return True

    def take_counted(self, row: Row, typed: Money | None) -> None:
        """Keep a row that the user said is a holding, with the dollars typed for it, if any."""
        item = instrument_of(row.name, row.symbol, row.cusip)
        label = next((cell for cell in filled(row.line.cells) if not looks_numeric(cell)), "")
        name = clean(label) or f"Line {row.line.number}"
        item = item if item.name else Instrument(None, None, name)
        value = typed if typed is not None else self.amount(row.value)
        if value is None:
            value, _ = self._missing_value(row, item, self.amount(row.units), self.amount(row.price))
        if value is None:
            self._ask_value(row, item)
            self._leave_out(row, value, SkipReason.UNREADABLE)
            return
        self._count(row, item, RowKind.HOLDING, value, is_part=False)

    def _ask_value(self, row: Row, item: Instrument) -> None:
        """Say that a line the user counted has no value, unless that was said already."""
        if all(issue.line != row.line.number for issue in self._out.issues[-1:]):
            message = f"{item.name}: this line has no value where the table has its values."
            self._out.warn(row.line, message, "Type its value, or leave it out.", *_VALUE_OR_NOT)

    def _count(self, row: Row, item: Instrument, kind: RowKind, value: Decimal, *, is_part: bool) -> None:
        """Keep a row as a holding and say what is odd about it."""
        units, price = self.amount(row.units), self.amount(row.price.rstrip("% "))
        worded = words.starts_with_total(item.name) or ends_in_total(item.name)
        named = worded and not (item.symbol or item.cusip or units)
        if named and row.line.number not in self._out.counted:
            self._doubt_total(row, item, value)
        if not is_part:
            self._label, self._last = None, item
        nameless = is_part and self._label is None and (is_missing(row.source) or self._last is None)
        entry = self._keep(row, item, to_cents(value), units, price)
        if kind is RowKind.WINDOW:
            self._out.windows.append((entry.row, self._out.left_out(row.line, SkipReason.ROLLUP)))
        self.tables[-1].add(entry._replace(loose=True) if nameless else entry)
        if nameless:
            self._nameless_lines.add(row.line.number)
            return
        self.sums.add(entry.row)
        self._remark(row, item, entry.row)

    def _reason(self, item: Instrument, kind: RowKind) -> SkipReason | None:
        """Return why a row is no holding by its own words or those above it."""
        if self.in_loans and item.symbol is None:
            return SkipReason.LOAN
        if self.in_pending:
            return SkipReason.PENDING
        return _REASONS.get(kind)

    def _part(self, row: Row, item: Instrument, kind: RowKind) -> Instrument | None:
        """Return the fund above that a line with an amount but no fund of its own belongs to."""
        if self._label is not None and (not item.name or kind is RowKind.LOT or is_source(item.name)):
            if item.name and kind is not RowKind.LOT and is_missing(row.source):
                row.source = item.name
            return self._label
        if item.name:
            return None
        label = next((cell for cell in filled(row.line.cells) if not looks_numeric(cell)), "")
        return self._last or (Instrument(None, None, clean(label)) if label else None)

    def _doubt_total(self, row: Row, item: Instrument, value: Decimal) -> None:
        """Ask the user to check a holding that may be a total."""
        judged = self.sums.judge(item.name, value, self._owners.peek(row))
        if self._is_of_last(item) or (judged is Judgement.FUND and not ends_in_total(item.name)):
            return
        message = f"“{item.name}” may be a total or a fund. Its {value:,.2f} was counted as a fund."
        self._out.warn(row.line, message, _DOUBT_FIX, QuickFix.LEAVE_OUT)

    def _is_total(
        self, row: Row, item: Instrument, kind: RowKind, value: Decimal | None, units: Decimal | None
    ) -> bool:
        """Judge by words, then by arithmetic; a row with units of its own is a fund, whatever its name."""
        if kind is RowKind.TOTAL:
            if item.symbol is not None or words.is_value_on(item.name) or _BARE.fullmatch(item.name):
                return True
            if "$" in row.units and words.is_bare_total(item.name):
                return True  # its figures stand a column too far to the left
            return not units and self._is_named_total(row, item, value)
        if value is not None and not units and self._is_total_by_end(row, item, kind, value):
            return True
        if value is not None and not units and item.symbol is None and self._is_of_account(item):
            return True
        if kind is not RowKind.HOLDING:
            return False
        if not item.name or looks_numeric(item.name):
            first = next(iter(filled(row.line.cells)), "")
            if words.is_total(first) or without_total(first):
                return True
        return self._closes_group(item, value, units) or self._adds_up(row, item, value, units)

    def _is_total_by_end(self, row: Row, item: Instrument, kind: RowKind, value: Decimal) -> bool:
        """Tell whether a row with a total's word first or last, or a window's row, adds up those above."""
        is_window = kind is RowKind.WINDOW
        if kind not in {RowKind.HOLDING, RowKind.WINDOW} or item.symbol or item.cusip or not value:
            return False
        if self.amount(row.price) is not None or self._is_of_last(item):
            return False
        worded = is_window and (words.starts_with_total(item.name) or ends_in_value(item.name))
        if worded or ends_in_total(item.name):
            fund = classify(None, None, item.name)
            adds_up = self.sums.is_sum(to_cents(value), self._owners.peek(row), fund)
        else:
            unknown = words.starts_with_total(item.name) and _is_unknown(item)
            several = (is_window or unknown) and len(self.sums.since) > 1
            adds_up = several and to_cents(value) in {self.sums.since_total(), self.sums.in_table}
        if adds_up:
            self._tell_sum(row, item)
        return adds_up

    def _is_of_account(self, item: Instrument) -> bool:
        """Tell whether a row is called the total of an account, by its number."""
        worded = words.starts_with_total(item.name) or ends_in_total(item.name)
        return worded and self._owners.numbered_in(item.name) is not None

    def _is_of_last(self, item: Instrument) -> bool:
        """Tell whether a total is that of the fund in the rows right above it."""
        name = without_total(item.name)
        return self._last is not None and name in {
            self._last.name.lower(),
            (self._last.symbol or "").lower(),
        } - {""}

    def _closes_group(self, item: Instrument, value: Decimal | None, units: Decimal | None) -> bool:
        """Tell whether a row is called like the label above the rows it adds up, with “total” or without."""
        if value is None or item.symbol or item.cusip or units is not None:
            return False
        name = without_total(item.name)
        if (name or item.name.lower()) == self.group and to_cents(value) == self.sums.in_group():
            return True
        return bool(name) and self._owners.is_called(name) and to_cents(value) == self.sums.since_total()

    def _adds_up(self, row: Row, item: Instrument, value: Decimal | None, units: Decimal | None) -> bool:
        """Tell whether a row without a fund of its own equals the sum of those above it."""
        if value is None or item.symbol or item.cusip or units is not None:
            return False
        count = len(self.sums.since)
        if to_cents(value) not in {self.sums.since_total(), self.sums.in_table}:
            return False
        if not item.name:
            return count > 0 and (is_missing(row.source) or is_every_source(row.source))
        if (
            count == 1
            or not self.sums.in_table
            or self.amount(row.price) is not None
            or (
                words.is_fundish(item.name)
                and not words.starts_with_total(item.name)
                and not is_account(item.name)
            )
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
        account = self._owners.peek(row)
        judged = self.sums.judge(item.name, value, account)
        if judged is Judgement.TOTAL_BY_SUM:
            self._tell_sum(row, item)
        return judged in {Judgement.TOTAL, Judgement.TOTAL_BY_SUM}

    def _tell_sum(self, row: Row, item: Instrument) -> None:
        message = f"“{item.name}” was taken for a total: it is exactly the sum of the lines above it."
        self._out.tell(row.line, message, "If it is a holding, count it.", QuickFix.COUNT)

    def _total(self, row: Row, item: Instrument, value: Decimal | None) -> None:
        label = item.name or next(iter(filled(row.line.cells)), "")
        section = label.lower() if not without_total(label) else without_total(label)
        of_section = bool(self.group) and section == self.group and not self._owners.is_called(section)
        of_section = of_section or words.is_window_account(label)
        if value is not None and not of_section and not self._is_part_total(row, to_cents(value)):
            self._owners.state(row.line, label, to_cents(value), row)
        if self.source_above is not None and without_total(label) == self.source_above.lower():
            self.source_above = None
        self.sums.close()
        self._last = None
        self._out.skip(row.line, SkipReason.TOTAL)

    def _is_part_total(self, row: Row, value: Money) -> bool:
        """Tell whether a total is one of a source, or of the last rows of several groups only."""
        if not is_missing(row.source) and not (is_every_source(row.source) or words.is_total(row.source)):
            return True
        if not self.sums.since or value != self.sums.since_total():
            return False
        account = self._owners.peek(row)
        if len(account) <= _MOST_ROWS and not self._nameless_lines:
            return len(self.sums.since) < len(account) and value != account.total
        rows = [kept for kept in account.rows[:_MOST_ROWS] if kept.line not in self._nameless_lines]
        return len(self.sums.since) < len(rows) and value != sum((kept.value for kept in rows), ZERO)

    def _nameless(self, row: Row, value: Decimal | None) -> SkipReason:
        """A row without an instrument: nothing to say without a value, a problem with one."""
        if value is None:
            return (
                SkipReason.LABEL
                if any(not is_missing(c) for c in filled(row.line.cells))
                else SkipReason.EMPTY
            )
        label = next((cell for cell in filled(row.line.cells) if not looks_numeric(cell)), "")
        if label and (is_fact(label) or kind_of(Instrument(None, None, clean(label))) is RowKind.LOAN):
            return SkipReason.NOT_A_HOLDING if is_fact(label) else SkipReason.LOAN
        if value:
            message = f"This line has a value of {value:,.2f} but no fund."
            self._out.warn(row.line, message, _UNREADABLE_FIX, QuickFix.COUNT, QuickFix.LEAVE_OUT)
        return SkipReason.UNREADABLE

    def _missing_value(
        self, row: Row, item: Instrument, units: Decimal | None, price: Decimal | None
    ) -> tuple[Decimal | None, SkipReason | None]:
        """Work out a value the file does not give, or say why there is none."""
        if not is_missing(row.value):
            return self._recover(row, item)
        if units is not None and price is not None:
            return worth(item, units, price), None
        if not units:
            return None, SkipReason.EMPTY
        if "$" in row.units and item.symbol is None and is_source(item.name):
            return None, SkipReason.SOURCE_SPLIT
        message = f"{item.name}: the file gives {row.units} units, but neither a value nor a price."
        self._out.warn(row.line, message, _NO_VALUE_FIX, *_VALUE_OR_NOT)
        return None, SkipReason.UNREADABLE

    def _recover(self, row: Row, item: Instrument) -> tuple[Decimal | None, SkipReason | None]:
        """Take the one figure out of a value cell with words in it; else say that it cannot be read."""
        figure, scale = split_scale(row.value)
        found = [figure] if scale > 1 else _AMOUNT_IN_TEXT.findall(row.value)
        shown = row.value[:60]
        if len(found) == 1 and "%" not in row.value and len(row.value) < 40:
            value = self.amount(found[0])
            if value is not None:
                value *= scale
                message = f"The value of {item.name} stands as “{shown}”; {value:,.2f} was taken."
                self._out.warn(row.line, message, "Check this value against the file.", *_VALUE_OR_NOT)
                return value, None
        first = _FIRST_OF_TWO.fullmatch(row.value)
        if first is not None and (value := self.amount(first["value"])) is not None:
            row.vested = row.vested or first["vested"] or ""
            return value, None
        message = f"The value of {item.name} cannot be read: “{shown}”."
        self._out.warn(row.line, message, _UNREADABLE_FIX, *_VALUE_OR_NOT)
        return None, SkipReason.UNREADABLE

    def _leave_out(self, row: Row, value: Decimal | None, reason: SkipReason) -> None:
        if reason is SkipReason.LOAN and value is not None:
            self._out.loans += to_cents(value)
        if reason is SkipReason.PENDING:
            amounts = [
                a for cell in row.line.cells if "%" not in cell and (a := self._money_cell(cell)) is not None
            ]
            if amounts and amounts[0]:
                self._out.pending += to_cents(amounts[0])
                message = f"Pending activity of {amounts[0]:,.2f} is not counted."
                self._out.tell(row.line, message, "Import again when it has settled.")
        self._out.skip(row.line, reason)

    def _money_cell(self, cell: str) -> Decimal | None:
        return self.amount(cell.strip()) if "$" in cell or "." in cell else None

    def _keep(
        self, row: Row, item: Instrument, value: Money, units: Decimal | None, price: Decimal | None
    ) -> Entry:
        fund = classify(item.symbol, item.cusip, item.name)
        source = self.source_above if is_missing(row.source) else row.source
        every = source is not None and is_every_source(source)
        found = self._owners.of(row.account_id, row.account_name)
        vested = self.amount(row.vested) if row.vested else None
        kept = StatementRow(
            row.line.number,
            fund,
            value,
            units,
            price,
            None if every else source,
            None if vested is None else to_cents(vested),
        )
        found.gathered.append(kept)
        if row.date:
            self._out.dates.add(row.date)
        return Entry(found, kept, row.line, row.weight, every_source=every, day=row.date)

    def _remark(self, row: Row, item: Instrument, kept: StatementRow) -> None:
        """Say what is odd about the figures of a row."""
        value = kept.value
        if self._style.doubts(row.value):
            message = f"The value of {item.name} stands as “{row.value}”; {value:,.2f} was taken."
            fix = "Check whether its point sets off thousands or cents."
            self._out.warn(row.line, message, fix, QuickFix.VALUE)
        if value < 0:
            message = f"{item.name} has a value below zero: {value:,.2f}."
            self._out.warn(row.line, message, advice_below_zero(item), QuickFix.LEAVE_OUT)
        if kept.units is not None and kept.price is not None:
            remark = product_remark(item, value, kept.units, kept.price)
            if remark is not None:
                say = self._out.warn if is_far_off(value, kept.units, kept.price) else self._out.tell
                say(row.line, remark, "Check this line against the provider's page.")


def _is_unknown(item: Instrument) -> bool:
    """Tell whether a row's words are no fund's we know."""
    return classify(item.symbol, item.cusip, item.name).classified_by is ClassifiedBy.UNKNOWN


def _kind(item: Instrument, units: Decimal | None, price: Decimal | None) -> RowKind:
    """Judge a row by its words; a “Loan Fund” with units at a price is a fund, no loan to the participant."""
    kind = kind_of(item)
    has_price = units is not None and price is not None and price not in {ZERO, ONE}
    return RowKind.HOLDING if kind is RowKind.LOAN and has_price and _FUND.search(item.name) else kind


def _entries(run: Plain, found: dict[tuple[str, str], Found]) -> Iterator[Entry]:
    """Yield the rows of a run one by one."""
    for (owner, row), (text, weight, day) in zip(run.owned(), run.said(), strict=True):
        yield Entry(found[owner], row, Line(row.line, [], text), weight, day=day)
