"""Judges the rows of a holdings table: a holding, a total, or left out with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE, ZERO, Money, to_cents
from desktop_app.domain.statement import SkipReason, StatementRow

from . import rows as words
from .above import Above, is_cut_name
from .account_labels import clean
from .amounts import FigureStyle, is_missing, looks_numeric
from .cell_values import UNREADABLE_FIX, CellValues
from .checks import advice_below_zero, is_far_off, product_remark
from .classifier import classify
from .columnar import Plain
from .grid import Line, filled
from .layouts import Layout
from .loan_labels import is_of_loan
from .outcome import Entry, Found, Outcome, Table
from .owners import Owners
from .patterns import late_regex
from .rows import Instrument, Row, RowKind, instrument_of, kind_of
from .total_rows import TotalRows
from .totals import Sums
from .value_proofs import multiply
from .wording import (
    ends_in_total,
    is_cash_line,
    is_every_source,
    is_fact,
    is_part_of_source,
    is_planned,
    is_projection,
    is_rate,
    is_source,
    is_yearly_fact,
)

_tr = translator("Remarks")
_CLASS = late_regex(r"(?:share )?(?:class|cl\.?|series|tier|fee class) [A-Z0-9-]{1,4}", re.IGNORECASE)
"""The class of a fund's shares, on a line of its own below the name."""
_MASKED = late_regex(r"[.…*•·xX#-]{1,6}\s?[0-9]{3,6}")
"""The end of an account's number, where it stands alone above what the account is worth."""
_SOME_CASH = late_regex(
    r"(?:available|ending|closing|current|cash|total)\b.*\b(?:to (?:spend|invest|trade)|balance|cash)",
    re.IGNORECASE,
)
"""How a page says what cash there is."""
_REASONS = {
    RowKind.PENDING: SkipReason.PENDING,
    RowKind.LOT: SkipReason.LOT,
    RowKind.LOAN: SkipReason.LOAN,
}
_LOANS = late_regex(r"^(?:outstanding|open|unpaid) loans?\b", re.IGNORECASE)
_FUND = late_regex(r"\b(?:fund|fd|trust|etf)\b", re.IGNORECASE)


class Holdings:
    """Takes rows one by one; `tables` holds those that have been kept so far."""

    def __init__(self, out: Outcome, owners: Owners, layout: Layout, style: FigureStyle) -> None:
        self._sums = Sums()
        self.tables: list[Table] = []
        self.source: str | None = None
        """The contribution source that all rows are of where nothing says another."""
        self._out = out
        self._owners = owners
        self._layout = layout
        self._style = style
        self._above = Above()
        self._values = CellValues(out, style)
        self._totals = TotalRows(out, owners, self._sums, self._above, self._values.amount)
        self.amount = self._values.amount
        """Returns the number of a cell as this file writes figures."""

    def start_table(self, *, by_source: bool, day: tuple[int, int, int] | None = None) -> None:
        """A heading: the rows that follow are those of a new table, of a day where its title names one."""
        self.tables.append(Table(by_source, day=day))
        self._sums.start_table()
        self._above.start_table()

    @property
    def is_unended(self) -> bool:
        """Whether rows stand since the last total."""
        return len(self._sums.since) > 0

    @property
    def in_loans(self) -> bool:
        """Whether the words above are those of loans."""
        return self._above.in_loans

    def open_group(self, text: str) -> None:
        """A line of words that may stand above a group of rows, with a total of its own below them."""
        self._sums.open_group()
        self._above.open_group(text)

    def open_pending(self, *, after_gap: bool) -> None:
        """A line of words for what is pending: after a gap, the rows below it are pending as well."""
        self._above.in_pending = after_gap

    def end_account(self) -> None:
        """The label of an account: the rows that follow are another's, and so are their sums."""
        self._sums.close()
        self._above.source = self._above.label = None

    def label(self, text: str, above: str) -> None:
        """A line of words names the fund whose parts stand below; a ticker, class or rest follows `above`."""
        if above and words.is_ticker(text):
            self._above.label = instrument_of(above, text, "")
        elif above and _CLASS.fullmatch(text):
            self._above.label = instrument_of(above, "", "")
        elif above and is_cut_name(above, text):
            self._above.label = instrument_of(f"{above} {text}", "", "")
        else:
            self._above.label = instrument_of(text, "", "")

    def take(self, row: Row, value: Decimal | None) -> None:
        """Judge one row; `value` is what its value cell holds."""
        item = self._called(instrument_of(row.name, row.symbol, row.cusip))
        self._above.is_fresh_group = False
        units, price = self.amount(row.units), self.amount(row.price)
        kind = _kind(item, units, price)
        if not (item.symbol or item.cusip or units) and self._is_fact(row, item, value):
            self._out.skip(row.line, SkipReason.NOT_A_HOLDING)
            return
        if self._above.in_loans and item.symbol is None and is_of_loan(item.name):
            self._out.skip(row.line, SkipReason.LOAN)
            return
        if is_planned(row.account_name or row.account_id or item.name):
            self._out.skip(row.line, SkipReason.NOT_A_HOLDING)
            return
        is_loan = kind is RowKind.LOAN and not words.starts_with_total(item.name)  # “not in the total”
        if not is_loan and self._totals.is_total(row, item, kind, value, units):
            self._totals.take(row, item, value)
            if value is not None:
                self.tables[-1].sums.append((row.line.number, to_cents(value)))
            return
        self._above.in_loans &= not _is_of_fund(units, price, value)
        reason = self._layout.skip(row) or self._reason(item, kind)
        part = self._part(row, item, kind) if value is not None else None
        if part is not None:
            item, reason = part, None
        elif reason is None and not item.name:
            reason = self._nameless(row, value)
        if reason is None and value is None:
            value, reason = self._worked_out(row, item, units, price)
        if reason is not None or value is None:
            self._leave_out(row, value, reason or SkipReason.EMPTY)
            self._above.label = item if item.name and reason is SkipReason.EMPTY else self._above.label
            return
        self._count(row, item, kind, value, is_part=part is not None)

    def _worked_out(
        self, row: Row, item: Instrument, units: Decimal | None, price: Decimal | None
    ) -> tuple[Decimal | None, SkipReason | None]:
        """Return the value of a row without one, or why it has none: dollars of a source stand as units."""
        if price is None and "$" in row.units and (is_source(item.name) or is_part_of_source(item.name)):
            return None, SkipReason.SOURCE_SPLIT
        return self._values.work_out(row, item, units, price)

    def _called(self, item: Instrument) -> Instrument:
        """Return a row under the name on the line above, where it gives a ticker or an amount only."""
        label = self._above.label
        is_bare = item.cusip is None and item.symbol in {None, item.name} and words.is_ticker(item.name)
        if label is not None and label.symbol is None and is_bare:
            return item._replace(symbol=item.name, name=label.name)
        if self._above.is_fresh_group and is_rate(item.name):
            return item._replace(name=self._above.title)
        if item.symbol is None and is_cash_line(self._above.group) and _SOME_CASH.fullmatch(item.name):
            return item._replace(name=self._above.title)
        return item

    def _is_fact(self, row: Row, item: Instrument, value: Decimal | None) -> bool:
        """Tell whether a row says something else of the account than what is held; a year's money is told."""
        if not is_yearly_fact(item.name):
            is_said = (
                is_fact(item.name) or is_projection(item.name) or _MASKED.fullmatch(item.name) is not None
            )
            if is_said and value and _LOANS.search(item.name):
                self._out.loans += to_cents(value)
            return is_said
        if value:
            message = _tr("“{0}” is no holding. Its {1:,.2f} was not counted.").format(item.name, value)
            self._out.tell(row.line, message, _tr("If it is a holding, count it."), QuickFix.COUNT)
        return True

    def take_run(self, run: Plain) -> bool:
        """Keep plain rows, with the outcome of `take` for each; False where words above them matter."""
        if self._style is not FigureStyle.AMERICAN or self._above.in_loans or self.source is not None:
            return False
        found = {owner: self._owners.of(*owner) for owner, _ in run.shares}
        for owner, share in run.shares:
            found[owner].gathered.extend(share)
        table = self.tables[-1]
        table.add_later(run.batch.size, lambda: _entries(run, found), run.sources, weighted=run.weighted)
        self._sums.add_all(run.batch)
        self._out.dates |= run.dates
        self._above.label, self._above.last = None, run.last
        return True

    def take_counted(self, row: Row, typed: Money | None) -> None:
        """Keep a row that the user said is a holding, with the dollars typed for it, if any."""
        item = instrument_of(row.name, row.symbol, row.cusip)
        label = next((cell for cell in filled(row.line.cells) if not looks_numeric(cell)), "")
        name = clean(label) or f"Line {row.line.number}"
        above = self._above.last if words.is_lot(label) else None  # a further purchase of that fund
        item = item if item.name else above or Instrument(None, None, name)
        value = typed if typed is not None else self.amount(row.value)
        if value is None:
            value, _ = self._values.work_out(row, item, self.amount(row.units), self.amount(row.price))
        if value is None:
            self._values.ask(row, item)
            self._leave_out(row, value, SkipReason.UNREADABLE)
            return
        self._count(row, item, RowKind.HOLDING, value, is_part=False)

    def _count(self, row: Row, item: Instrument, kind: RowKind, value: Decimal, *, is_part: bool) -> None:
        """Keep a row as a holding and say what is odd about it."""
        units, price = self.amount(row.units), self.amount(row.price.rstrip("% "))
        worded = words.starts_with_total(item.name) or ends_in_total(item.name)
        named = worded and not (item.symbol or item.cusip or units)
        if named and row.line.number not in self._out.counted:
            self._totals.doubt(row, item, value)
        if not is_part:
            self._above.label, self._above.last = None, item
        nameless = (
            is_part and self._above.label is None and (is_missing(row.source) or self._above.last is None)
        )
        entry = self._keep(row, item, to_cents(value), units, price)
        if kind is RowKind.WINDOW:
            self._out.windows.append((entry.row, self._out.left_out(row.line, SkipReason.ROLLUP)))
        self.tables[-1].add(entry._replace(loose=True) if nameless else entry)
        if nameless:
            self._above.nameless.add(row.line.number)
            self._sums.add_lot(entry.row.value)
            return
        self._sums.add(entry.row)
        self._remark(row, item, entry.row)

    def _reason(self, item: Instrument, kind: RowKind) -> SkipReason | None:
        """Return why a row is no holding by its own words or those above it."""
        if self._above.in_loans and item.symbol is None:
            return SkipReason.LOAN
        if self._above.in_pending:
            return SkipReason.PENDING
        return _REASONS.get(kind)

    def _part(self, row: Row, item: Instrument, kind: RowKind) -> Instrument | None:
        """Return the fund above that a line with an amount but no fund of its own belongs to."""
        if self._above.label is not None and (not item.name or kind is RowKind.LOT or is_source(item.name)):
            if item.name and kind is not RowKind.LOT and is_missing(row.source):
                row.source = item.name
            return self._above.label
        if kind is RowKind.LOT and self._above.last is not None:
            return self._above.last
        if item.name:
            return None
        cells = filled(row.line.cells)
        if any(map(words.is_total_with_loans, cells)):
            return None
        label = next((cell for cell in cells if not looks_numeric(cell)), "")
        is_loan = kind_of(Instrument(None, None, clean(label))) is RowKind.LOAN
        if self._above.last is None and (is_loan or is_fact(label)):
            return None
        return self._above.last or (Instrument(None, None, clean(label)) if label else None)

    def _nameless(self, row: Row, value: Decimal | None) -> SkipReason:
        """A row without an instrument: nothing to say without a value, a problem with one."""
        if value is None:
            return (
                SkipReason.LABEL
                if any(not is_missing(c) for c in filled(row.line.cells))
                else SkipReason.EMPTY
            )
        labels = [cell for cell in filled(row.line.cells) if not looks_numeric(cell)]
        if any(map(is_fact, labels)):
            return SkipReason.NOT_A_HOLDING
        if any(map(words.is_total_with_loans, labels)):
            return SkipReason.TOTAL
        if any(kind_of(Instrument(None, None, clean(label))) is RowKind.LOAN for label in labels):
            return SkipReason.LOAN
        if value:
            message = _tr("This line has a value of {0:,.2f} but no fund.").format(value)
            self._out.warn(row.line, message, _tr(UNREADABLE_FIX), QuickFix.COUNT, QuickFix.LEAVE_OUT)
        return SkipReason.UNREADABLE

    def _leave_out(self, row: Row, value: Decimal | None, reason: SkipReason) -> None:
        if reason is SkipReason.LOAN and value is not None:
            self._out.loans += to_cents(value)
        if reason is SkipReason.PENDING:
            amounts = [
                a for cell in row.line.cells if "%" not in cell and (a := self._money_cell(cell)) is not None
            ]
            if amounts and amounts[0]:
                self._out.pending += to_cents(amounts[0])
                message = _tr("Pending activity of {0:,.2f} is not counted.").format(amounts[0])
                self._out.tell(row.line, message, _tr("Import again when it has settled."))
        self._out.skip(row.line, reason)

    def _money_cell(self, cell: str) -> Decimal | None:
        return self.amount(cell.strip()) if "$" in cell or "." in cell else None

    def _keep(
        self, row: Row, item: Instrument, value: Money, units: Decimal | None, price: Decimal | None
    ) -> Entry:
        fund = classify(item.symbol, item.cusip, item.name)
        source = (self._above.source or self.source) if is_missing(row.source) else row.source
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
            message = _tr("The value of {0} stands as “{1}”; {2:,.2f} was taken.").format(
                item.name, row.value, value
            )
            fix = _tr("Check whether its point sets off thousands or cents.")
            self._out.warn(row.line, message, fix, QuickFix.VALUE)
        if value < 0:
            message = _tr("{0} has a value below zero: {1:,.2f}.").format(item.name, value)
            self._out.warn(row.line, message, advice_below_zero(item), QuickFix.LEAVE_OUT)
        if kept.units is not None and kept.price is not None:
            remark = product_remark(item, value, kept.units, kept.price)
            if remark is not None:
                say = self._out.warn if is_far_off(value, kept.units, kept.price) else self._out.tell
                say(row.line, remark, _tr("Check this line against the provider's page."))


def _is_of_fund(units: Decimal | None, price: Decimal | None, value: Decimal | None) -> bool:
    """Tell whether a row has units at a price, other than a dollar, that are worth its value: no loan has."""
    if units is None or price is None or value is None or price in {ZERO, ONE}:
        return False
    return multiply(units, price, value)


def _kind(item: Instrument, units: Decimal | None, price: Decimal | None) -> RowKind:
    """Judge a row by its words; a “Loan Fund” with units at a price is a fund, no loan to the participant."""
    kind = kind_of(item)
    has_price = units is not None and price is not None and price not in {ZERO, ONE}
    return RowKind.HOLDING if kind is RowKind.LOAN and has_price and _FUND.search(item.name) else kind


def _entries(run: Plain, found: dict[tuple[str, str], Found]) -> Iterator[Entry]:
    """Yield the rows of a run one by one."""
    for (owner, row), (text, weight, day) in zip(run.owned(), run.said(), strict=True):
        yield Entry(found[owner], row, Line(row.line, [], text), weight, day=day)
