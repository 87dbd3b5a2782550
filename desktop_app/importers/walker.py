"""Walks the rows of one grid and judges each: holding, skipped with a reason, or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop_app.domain.language import translator
from desktop_app.domain.money import to_cents
from desktop_app.domain.statement import SkipReason

from . import rows as words
from .account_labels import AccountName
from .account_opener import AccountOpener
from .after_total import drop_after_total, drop_below_sums, drop_empty_wholes
from .amounts import FigureStyle, find_date, is_missing, looks_numeric
from .buying_power import drop_buying_power
from .cash_forward import count_cash_forward
from .changes import drop_changes
from .closed_groups import labels_of_groups
from .closing_cash import count_closing_cash
from .columnar import Run
from .columns import Columns, Role, TableKind
from .cover import name_by_lines_below
from .doubles import drop_doubles
from .grid import Grid, Line, filled
from .history import day_named, drop_older_days, drop_older_tables
from .holdings import Holdings
from .judged import Judged
from .layouts import Layout
from .loan_labels import ends_in_amount, is_loan_line
from .opening import Opening
from .outcome import Outcome
from .owned_labels import is_owned_label
from .owners import Owners
from .record_days import days_in_cells, days_in_lines
from .repeats import drop_price_lists, drop_repeats
from .roll_forward import drop_movements, drop_overviews
from .rows import Row, pick, places_of
from .sums_of_accounts import drop_sums_of_accounts
from .totals import lone_total
from .vesting import is_unvested
from .watching import Watch, unwatched
from .weights import check_weights
from .wording import is_account, is_cash_line, is_chosen, is_fact, is_of_all_plans, is_source
from .years import end_headed

_tr = translator("Remarks")
_OTHER_TABLES = {TableKind.SOURCES: SkipReason.SOURCE_SPLIT, TableKind.LOANS: SkipReason.LOAN}
_ONLY_VESTED = "The table gives vested balances only; they were counted as the values."
_ONLY_VESTED_FIX = "If part of the plan is not vested yet, the account holds more than is shown."
_CASH_BELOW = "“{0}” stands below the loans. Its {1:,.2f} was not counted."
_CASH_BELOW_FIX = "If it is cash of this account, type it by hand."
_FOREIGN = Columns(TableKind.ACTIVITY, {}, (), (), ())
_NOT_JUDGED = Judged()
_OF_FUNDS = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP, Role.UNITS, Role.PRICE, Role.VALUE})
_LABEL_AND_AMOUNT = 2
_NEAR, _FARTHEST = 3, 8
_SHORT = 2_000
_TOLD = 1000
"""Lines after which the watch is told."""


class Walker:
    """Reads one grid under one layout; `run` returns the outcome."""

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        headers: Mapping[int, Columns],
        fallback: AccountName,
        style: FigureStyle,
        judged: Judged = _NOT_JUDGED,
    ) -> None:
        self._grid = grid
        self._lines = grid.lines
        self._layout = layout
        self._headers = headers
        self._columns: Columns | None = None
        self._places: tuple[int, ...] = ()
        self._others: list[int] = []
        """Columns that hold nothing of a fund and its figures."""
        self._after_blank = False
        self._gap_goes_on = False
        self._groups = labels_of_groups(grid.lines, headers)
        self._judged = judged
        self._style = style
        self.out = Outcome(grid.sheet, judged.count)
        self._owners = Owners(self.out, layout, fallback)
        self._holdings = Holdings(self.out, self._owners, layout, style)
        self._opener = AccountOpener(self._lines, headers, layout, self._owners, self._holdings, self.out)

    def of_part(self, source: str) -> None:
        """Say that the grid holds a part of an account that stands on several, and of which source it is."""
        self.out.is_part = True
        self._holdings.source = source

    def run(self, watch: Watch = unwatched) -> Outcome:
        """Walk all lines; raises what `watch` raises."""
        first = min(self._headers, default=len(self._lines))
        opening = self._lines[:first]
        self._opener.hear(opening)
        self.out.outside.extend(" ".join(filled(line.cells)) for line in opening if any(line.cells))
        self.out.outside.extend(days_in_lines(opening))
        self.out.foreign.extend(line for line in opening if len(line.cells) > 1)
        heads_activity = first in self._headers and self._headers[first].kind is TableKind.ACTIVITY
        above = Opening(opening, self._layout, self._holdings.amount, heads_activity=heads_activity)
        self._opener.start(above.account(), is_numbered=above.is_numbered)
        above.state(self.out)
        if opening and len(cells := filled(opening[-1].cells)) == 1:
            self._holdings.open_group(cells[0])
        for i in range(first, len(self._lines)):
            if i % _TOLD == 0:
                watch(i / len(self._lines))
            self._line(i, self._lines[i])
        column = self._headers[first].index.get(Role.VALUE) if first in self._headers else None
        above.count_cash(self.out, self._holdings, self._judged, column)
        if self._layout.name == "generic":
            count_closing_cash(
                self._grid, self._headers, self.out, self._holdings, self._judged, above.amounts
            )
        self.out.tables = [table for table in self._holdings.tables if table.size]
        for table in self.out.tables:
            drop_movements(self.out, table)
            drop_changes(self.out, table, self._lines)
            drop_older_days(self.out, table)
            drop_doubles(self.out, table)
            drop_buying_power(self.out, table)
            drop_below_sums(self.out, table)
        drop_empty_wholes(self.out)
        drop_price_lists(self.out)
        drop_older_tables(self.out)
        drop_repeats(self.out)
        drop_overviews(self.out)
        if self._layout.name == "generic":
            comma = self._style.decimal_comma
            count_cash_forward(self._grid, self.out, self._judged, above.amounts, decimal_comma=comma)
        drop_sums_of_accounts(self.out)
        for table in self.out.tables:
            drop_after_total(self.out, table)
        check_weights(self.out)
        self._owners.settle()
        if self._layout.name == "generic" and len(self._lines) <= _SHORT:
            name_by_lines_below(self.out, self._lines)
        return self.out

    def _line(self, i: int, line: Line) -> None:
        columns = self._headers.get(i)
        if columns is not None:
            self._start_table(i, line, columns)
        elif not "".join(line.cells).strip():
            self._after_blank = True
            if line.text.strip():
                worded = any(char.isalnum() for char in line.text)
                self.out.skip(line, SkipReason.LABEL if worded else SkipReason.EMPTY)
        elif isinstance(line, Run) and self._columns is not _FOREIGN and self._holdings.take_run(line.plain):
            self._after_blank = False
        elif self._columns is not None:
            if isinstance(line, Run):
                for one in line.plain.one_by_one():
                    self._table_line(i, one, self._columns)
            elif not (self._judged.any and self._as_judged(line, self._columns)):
                self._table_line(i, line, self._columns)
            self._after_blank, self._gap_goes_on = self._gap_goes_on, False

    def _as_judged(self, line: Line, columns: Columns) -> bool:
        """Do with a line what the user said about it; False when nothing was said."""
        if line.number in self._judged.leave_out:
            self.out.skip(line, SkipReason.NOT_A_HOLDING)
            return True
        if line.number not in self._judged.count:
            return False
        cells = self._layout.align(line.cells, columns)
        row = pick(line if cells is line.cells else line._replace(cells=cells), columns, self._places)
        self._holdings.take_counted(row, self._judged.values.get(line.number))
        return True

    def _start_table(self, i: int, line: Line, columns: Columns) -> None:
        if self._columns is not None and line.number:
            self.out.skip(line, SkipReason.LABEL)
        self._columns = columns
        named = columns.index.get(Role.NAME)
        self._opener.start_table(columns.keys, named)
        self._places = places_of(columns)
        taken = {columns.index[role] for role in _OF_FUNDS & columns.index.keys()}
        self._others = [place for place in range(len(columns.keys)) if place not in taken]
        self._holdings.start_table(
            by_source=Role.SOURCE in columns.index, day=day_named(self._grid, i, columns)
        )
        if columns.day is not None:
            self.out.dates.add(columns.day.isoformat())
        elif (day := end_headed(self._grid, i, columns, date.today())) is not None:
            self.out.about.append(day.isoformat())
        if (
            columns.kind is TableKind.HOLDINGS
            and columns.only_vested
            and not any(map(is_unvested, columns.keys))
        ):
            self.out.tell(line, _tr(_ONLY_VESTED), _tr(_ONLY_VESTED_FIX))
        self._owners.by_row = None
        self._after_blank = False

    def _table_line(self, i: int, line: Line, columns: Columns) -> None:
        if columns.kind is TableKind.HOLDINGS:
            cells = self._layout.align(line.cells, columns)
            row = pick(line if cells is line.cells else line._replace(cells=cells), columns, self._places)
            value = self._holdings.amount(row.value)
            if value is None:
                self.out.outside.extend(days_in_cells(line.cells))
            if self._is_remark(row, value):
                self.out.outside.append(line.text)
                self.out.skip(line, SkipReason.FOOTER)
            elif self._is_chosen(line):
                self.out.skip(line, SkipReason.NOT_A_HOLDING)
            elif value is None and (self._is_words(i, line) or self._is_stated(line)):
                return
            elif row.name and words.is_page_edge(line.text):
                self.out.outside.append(line.text)
                self.out.skip(line, SkipReason.FOOTER)
            else:
                self._holdings.take(row, value)
            return
        self._other_line(i, line, columns)

    def _other_line(self, i: int, line: Line, columns: Columns) -> None:
        """Judge a line of a table that holds something else than funds."""
        above = columns.keys if columns.kind is TableKind.ACCOUNTS else ()
        self.out.outside.extend(days_in_cells(line.cells, above))
        if self._is_words(i, line):
            return
        if columns.kind is TableKind.ACCOUNTS:
            self._summary(line, columns)
        else:
            if self._states_all(line):
                return
            if columns is _FOREIGN:
                self.out.foreign.append(line)
            is_cash = columns.kind is TableKind.LOANS and self._tells_of_cash(line)
            reason = _OTHER_TABLES.get(columns.kind, SkipReason.NOT_A_HOLDING)
            self.out.skip(line, SkipReason.NOT_A_HOLDING if is_cash else reason)

    def _states_all(self, line: Line) -> bool:
        """Note what a line in a table of something else says all plans and accounts are worth."""
        cells = filled(line.cells)
        value = self._holdings.amount(cells[-1]) if len(cells) == _LABEL_AND_AMOUNT else None
        if value is None or not is_of_all_plans(cells[0]):
            return False
        self.out.whole_total = self.out.whole_total or (line.number, to_cents(value))
        self.out.skip(line, SkipReason.TOTAL)
        return True

    def _tells_of_cash(self, line: Line) -> bool:
        """Ask about cash that stands below a table of loans, after a gap: it is no loan."""
        cells = filled(line.cells)
        value = self._holdings.amount(cells[-1]) if len(cells) == _LABEL_AND_AMOUNT else None
        if not (self._after_blank and value and is_cash_line(cells[0])):
            return False
        self.out.warn(line, _tr(_CASH_BELOW).format(cells[0], value), _tr(_CASH_BELOW_FIX))
        return True

    def _is_chosen(self, line: Line) -> bool:
        """Tell whether a cell beside the fund says that the row is chosen for the future and not held."""
        cells = line.cells
        others = [cells[place] for place in self._others if place < len(cells)]
        return any(text and is_chosen(text) for text in others)

    def _is_stated(self, line: Line) -> bool:
        """Deal with a total that stands in the cells next to its words, not in the column of values."""
        cells = filled(line.cells)
        stated = words.stated_amount(cells) if len(cells) == _LABEL_AND_AMOUNT else None
        value = self._holdings.amount(stated[1]) if stated else None
        if stated is None or value is None:
            return False
        if self._holdings.in_loans and not words.starts_with_total(stated[0]):
            self.out.skip(line, SkipReason.LOAN)
            return True
        self._owners.state(line, stated[0], to_cents(value), None)
        self.out.skip(line, SkipReason.TOTAL)
        return True

    def _is_remark(self, row: Row, value: Decimal | None) -> bool:
        """Tell whether a row is a sentence split by its commas, without units and price."""
        if not words.may_be_sentence(row.line.text):
            return False
        cells = filled(row.line.cells)
        figures = {self._holdings.amount(row.units), self._holdings.amount(row.price)}
        if len(cells) < 2 or row.cusip or None not in figures:
            return False
        return words.is_sentence(cells, has_figure=value is not None)

    def _is_words(self, i: int, line: Line) -> bool:
        """Deal with a line that is a label, a remark or a heading rather than a row of the table."""
        cells = filled(line.cells)
        if len(cells) == 2 and len(cells[1]) == 4 and find_date(", ".join(cells)) is not None:
            cells = [", ".join(cells)]  # a comma in a date
        if len(cells) == 1 and not looks_numeric(cells[0]):
            self._lone(i, line, cells[0])
            return True
        foreign = self._after_blank and self._is_foreign_heading(cells)
        if self._opener.opens_account(i, cells) or foreign:
            self.out.outside.append(", ".join(cells))
            self.out.skip(line, SkipReason.LABEL)
            if foreign and not self._opener.heading_follows(i):
                self._columns = _FOREIGN
                self._opener.leave_table()
            return True
        if self._opener.opens_numbered(i, cells):
            self.out.skip(line, SkipReason.LABEL)
            return True
        if self._columns is not None and is_owned_label(line.cells, self._columns.index.get(Role.NAME)):
            self._lone(i, line, cells[1])
            return True
        return False

    def _is_foreign_heading(self, cells: list[str]) -> bool:
        """After a gap, several words without any figure head a table of another kind."""
        return len(cells) > 1 and not any(looks_numeric(cell) or is_missing(cell) for cell in cells)

    def _lone(self, i: int, line: Line, text: str) -> None:
        """Judge a line with a single cell of words: total, footer, pending, account or section label."""
        self.out.outside.append(text)
        in_holdings = self._columns is not None and self._columns.kind is TableKind.HOLDINGS
        self._gap_goes_on = self._after_blank and in_holdings
        stated = lone_total(text)
        if is_loan_line(text) or (self._holdings.in_loans and ends_in_amount(text)):
            self.out.skip(line, SkipReason.LOAN)
        elif stated is not None and (value := self._holdings.amount(stated[1])) is not None:
            self._owners.state(line, stated[0], to_cents(value), None)
            self.out.skip(line, SkipReason.TOTAL)
        elif words.is_footer(text) or (self._after_blank and self._owners.by_row is not None):
            self.out.skip(line, SkipReason.FOOTER)
        elif words.is_pending(text):
            self._holdings.open_pending(after_gap=self._after_blank)
            self.out.skip(line, SkipReason.PENDING)
        elif words.is_total(text):
            if self._after_blank:
                self._holdings.end_account()
            self.out.skip(line, SkipReason.TOTAL)
        else:
            self._holdings.open_group(text)
            if not self._holdings.in_loans and self._parts_follow(i, text):
                self._holdings.label(text, self._above_it(i))
            elif i not in self._groups:
                self._opener.open(i, text, before_header=self._opener.heading_follows(i))
            self.out.skip(line, SkipReason.LABEL)

    def _above_it(self, i: int) -> str:
        """Return the words alone on the line above, "" where it is another kind of line."""
        cells = filled(self._lines[i - 1].cells) if i and i - 1 not in self._headers else []
        return cells[0] if len(cells) == 1 and not looks_numeric(cells[0]) else ""

    def _parts_follow(self, i: int, text: str) -> bool:
        """Tell whether the next line has an amount but no fund: it is part of the one that `text` names."""
        ahead = i + 1
        if self._columns is None or self._columns.kind is not TableKind.HOLDINGS:
            return False
        if ahead >= len(self._lines) or ahead in self._headers:
            return False
        row = pick(self._lines[ahead], self._columns, self._places)
        if self._holdings.amount(row.value) is None or row.symbol or row.cusip:
            return False
        stands_alone = is_missing(row.name) or (words.is_ticker(row.name) and not is_account(text))
        return stands_alone or is_source(row.name) or words.is_lot(row.name)

    def _summary(self, line: Line, columns: Columns) -> None:
        """A row of an account summary: names the account and states its total."""
        row = pick(line, columns, self._places)
        account = self._layout.summary_account(row)
        column = columns.index.get(Role.ACCOUNT_TOTAL, columns.index.get(Role.VALUE, -1))
        value = self._holdings.amount(line.cells[column].strip()) if 0 <= column < len(line.cells) else None
        if value is not None and any(words.is_total(cell) for cell in (row.account_id, row.account_name)):
            self.out.whole_total = self.out.whole_total or (line.number, to_cents(value))
        elif value is not None and account is not None and words.is_loan(account.name):
            self.out.loans += to_cents(value)
            self.out.skip(line, SkipReason.LOAN)
            return
        elif account is not None and value is not None and not is_fact(account.name):
            self._opener.name(account)
            found = self._owners.found(account)
            found.stated, found.stated_line = to_cents(value), line.number
        self.out.skip(line, SkipReason.NOT_A_HOLDING)
