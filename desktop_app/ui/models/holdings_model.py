"""Accounts and their funds as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum

from desktop_app.domain.accounts import Account
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import ONE, to_step
from desktop_app.ui import words
from desktop_app.ui.widgets import COLOR_ROLE, GROUND_ROLE, STRONG_ROLE, TOTAL_ROLE

from .holdings_cells import DISPLAY, MUTED, SPOKEN, TIP, class_cell
from .holdings_lines import AccountLine, FundLine, decided_words, price_words, units_words
from .tree_rows import SORT_ROLE, SUFFIX_ROLE, Cell, RowsTreeModel, TreeRow

TOTAL_KEY = "total"


class Column(IntEnum):
    """Columns of the holdings."""

    FUND = 0
    SYMBOL = 1
    CLASS = 2
    DECIDED = 3
    UNITS = 4
    PRICE = 5
    VALUE = 6
    VESTED = 7
    SHARE = 8


def fund_row_key(account: Account, fund_key: str) -> str:
    """Return the key of a fund's row; the same fund may stand in several accounts."""
    return f"{account.id}\x1f{fund_key}"


class HoldingsTreeModel(RowsTreeModel):
    """Accounts as groups with their funds below and the household's total at the end."""

    columns = Column
    has_vested = False
    right_columns = frozenset({Column.UNITS, Column.PRICE, Column.VALUE, Column.VESTED, Column.SHARE})

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Account and fund"),
            self.tr("Ticker"),
            self.tr("Class"),
            self.tr("Decided by"),
            self.tr("Units"),
            self.tr("Price"),
            self.tr("Value"),
            self.tr("Vested"),
            self.tr("Share"),
        )

    def show_lines(self, lines: Sequence[AccountLine], total: Decimal, today: date, more: str = "") -> None:
        """Show accounts and, when there are any, the total of the household in dollars.

        `more` says what is not listed.
        """
        self.has_vested = any(fund.vested is not None for line in lines for fund in line.funds)
        rows = [self._account_row(line, today) for line in lines]
        if more:
            blank: Cell = {DISPLAY: ""}
            rows.append(TreeRow("more", None, ({**MUTED, DISPLAY: more}, *(blank for _ in list(Column)[1:]))))
        if rows:
            rows.append(self._total_row(total))
        self.show_rows(rows)

    def _account_row(self, line: AccountLine, today: date) -> TreeRow:
        account = line.account
        ground: Cell = {GROUND_ROLE: "surface"}
        strong: Cell = {**ground, STRONG_ROLE: True}
        if account.as_of is None:
            dated = self.tr("the file gave no date")
        else:
            dated = f"{words.day(account.as_of)}, {words.age_days(account.as_of, today)}"
        cells: tuple[Cell, ...] = (
            {
                **strong,
                DISPLAY: account.name,
                SUFFIX_ROLE: account.masked_id,
                SPOKEN: f"{f'{account.name} {account.masked_id}'.strip()}, {dated}",
            },
            {**ground, DISPLAY: ""},
            {**ground, **MUTED, DISPLAY: dated, SORT_ROLE: account.as_of},
            {**ground, DISPLAY: ""},
            {**ground, DISPLAY: ""},
            {**ground, DISPLAY: ""},
            _value_cell(account.total, line.dollars, strong),
            _vested_cell(line.vested, strong),
            {**strong, DISPLAY: words.percent(line.share), SORT_ROLE: line.share},
        )
        return TreeRow(account.id, account, cells, tuple(self._fund_row(fund) for fund in line.funds))

    def _fund_row(self, line: FundLine) -> TreeRow:
        fund = line.fund
        unknown = fund.classified_by is ClassifiedBy.UNKNOWN
        ground: Cell = {GROUND_ROLE: "drift.near.tint"} if unknown else {}
        cells: tuple[Cell, ...] = (
            {DISPLAY: fund.name, SORT_ROLE: fund.name.casefold()},
            {**MUTED, DISPLAY: fund.symbol or fund.cusip or "", SORT_ROLE: fund.symbol or ""},
            class_cell(fund, self.tr("Not classified yet")),
            {**MUTED, DISPLAY: decided_words(fund)},
            {**MUTED, DISPLAY: units_words(line.units), SORT_ROLE: line.units},
            {**MUTED, DISPLAY: price_words(line.price), SORT_ROLE: line.price},
            _value_cell(line.value, line.dollars, {}),
            _vested_cell(line.vested, MUTED),
            {DISPLAY: words.percent(line.share), SORT_ROLE: line.share},
        )
        key = fund_row_key(line.account, fund.key)
        return TreeRow(key, line, tuple({**ground, **cell} for cell in cells))

    def _total_row(self, total: Decimal) -> TreeRow:
        strong: Cell = {STRONG_ROLE: True, TOTAL_ROLE: True, COLOR_ROLE: "text"}
        blank: Cell = {**strong, DISPLAY: ""}
        cells: tuple[Cell, ...] = (
            {**strong, DISPLAY: self.tr("Household")},
            *(blank for _ in range(Column.VALUE - 1)),
            _value_cell(total, total, strong),
            blank,
            {**strong, DISPLAY: words.percent(Decimal(1)) if total else words.percent(Decimal(0))},
        )
        return TreeRow(TOTAL_KEY, None, cells)


def _value_cell(exact: Decimal, shown: Decimal, more: Cell) -> Cell:
    """Return a value without cents; the exact amount stands in the tip."""
    return {**more, DISPLAY: words.dollars(shown), SORT_ROLE: exact, TIP: words.dollars_cents(exact)}


def _vested_cell(vested: Decimal | None, more: Cell) -> Cell:
    """Return a vested part without cents, blank where nobody said."""
    if vested is None:
        return {**more, DISPLAY: "", SORT_ROLE: None}
    return _value_cell(vested, to_step(vested, ONE), more)
