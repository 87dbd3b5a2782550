"""What an import would bring: its accounts and rows, and the lines that were left out, as item models."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from html import escape

from PySide6.QtCore import QCoreApplication, QObject, Qt

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import SkippedRow, SkipReason, Statement, StatementAccount, StatementRow
from desktop_app.ui import words
from desktop_app.ui.widgets import COLOR_ROLE, GROUND_ROLE, ICON_ROLE, STRONG_ROLE, TOTAL_ROLE
from desktop_app.workflow.facts import facts_of
from desktop_app.workflow.statements import ImportPreview, MissingFunds

from .holdings_cells import DISPLAY, MUTED, SPOKEN, TIP, class_cell
from .holdings_lines import decided_words, units_words
from .tree_rows import SORT_ROLE, SUFFIX_ROLE, Cell, Index, RowsTreeModel, TreeRow

MOST_ROWS = 1000
"""Rows listed; nobody looks through more, and a window that lists a hundred thousand stands still."""


class Column(IntEnum):
    """Columns of the import preview."""

    FUND = 0
    UNITS = 1
    VALUE = 2
    VESTED = 3
    CLASS = 4
    DECIDED = 5


class PreviewTreeModel(RowsTreeModel):
    """Accounts of the files with their rows in the order of the file, and the total."""

    columns = Column
    has_vested = False
    right_columns = frozenset({Column.UNITS, Column.VALUE, Column.VESTED})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: set[str] = set()

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Account and fund, as in the file"),
            self.tr("Units"),
            self.tr("Value"),
            self.tr("Vested"),
            self.tr("Class"),
            self.tr("How it was decided"),
        )

    def show_preview(self, preview: ImportPreview) -> None:
        """Show everything that would be imported."""
        self.has_vested = preview.has_vested
        self._asked.clear()
        rows: list[TreeRow] = []
        kept = {(each.statement, each.account): each.holdings for each in _kept(preview)}
        standing = _standings(preview)
        room, hidden = MOST_ROWS, 0
        for i, statement in enumerate(preview.statements):
            for j, account in enumerate(statement.accounts):
                shown = max(min(len(account.rows), room), 0)
                hidden += len(account.rows) - shown
                if room > 0:
                    row = self._account_row(preview, f"{i}.{j}", account, shown, standing.get((i, j), ""))
                    rows.append(self._with_kept(preview, row, kept.get((i, j), ())))
                room -= max(shown, 1)
        if hidden:
            rows.append(self._hidden_row(hidden))
        if rows:
            rows.append(self._total_row(preview, sum(map(len, kept.values()))))
        self.show_rows(rows)

    def is_asked(self, index: Index) -> bool:
        """Tell whether a question is open about the fund of a row."""
        row = self.row_at(index)
        return row is not None and row.key in self._asked

    def _account_row(
        self, preview: ImportPreview, key: str, account: StatementAccount, most: int, standing: str
    ) -> TreeRow:
        ground: Cell = {GROUND_ROLE: "surface"}
        strong: Cell = {**ground, STRONG_ROLE: True}
        masked = Account(account.id, account.name, ()).masked_id
        total = facts_of(account).total
        cells: tuple[Cell, ...] = (
            {
                **strong,
                DISPLAY: account.name,
                SUFFIX_ROLE: masked,
                SPOKEN: ", ".join(filter(None, (f"{account.name} {masked}".strip(), standing))),
            },
            {**ground, DISPLAY: ""},
            {**strong, DISPLAY: words.dollars_cents(total), SORT_ROLE: total},
            {**strong, **vested_cell(vested_sum(row.vested for row in account.rows))},
            {**ground, **MUTED, DISPLAY: standing},
            {**ground, **self._match_cell(account)},
        )
        rows = tuple(self._row(preview, f"{key}.{k}", row) for k, row in enumerate(account.rows[:most]))
        return TreeRow(key, account, cells, rows)

    def _with_kept(self, preview: ImportPreview, row: TreeRow, kept: Sequence[Holding]) -> TreeRow:
        """Add the holdings that the file leaves out and the user said are still there, each marked."""
        if not kept:
            return row
        marked: Cell = {**MUTED, ICON_ROLE: "info", DISPLAY: self.tr("kept from before")}
        children = list(row.children)
        for number, holding in enumerate(kept):
            line = StatementRow(0, holding.fund, holding.value, holding.units, holding.price, holding.source)
            cells = self._row(preview, f"{row.key}.kept{number}", line)
            children.append(replace(cells, cells=(*cells.cells[: Column.DECIDED], marked)))
        total = sum((holding.value for holding in kept), ZERO)
        said = self.tr("{0} not in the file").format(words.dollars_cents(total))
        summed: Cell = {**row.cells[Column.DECIDED], DISPLAY: said, ICON_ROLE: "info", COLOR_ROLE: "muted"}
        has_doubt = row.cells[Column.DECIDED].get(ICON_ROLE) == "warning"
        last = row.cells[Column.DECIDED] if has_doubt else summed
        whole = row.cells[Column.VALUE][SORT_ROLE] + total
        value = {**row.cells[Column.VALUE], DISPLAY: words.dollars_cents(whole), SORT_ROLE: whole}
        with_kept = [*row.cells[: Column.DECIDED], last]
        with_kept[Column.VALUE] = value
        return replace(row, cells=tuple(with_kept), children=tuple(children))

    def _match_cell(self, account: StatementAccount) -> Cell:
        if account.stated_total is None:
            return {DISPLAY: ""}
        if account.stated_total == facts_of(account).total:
            look = ("check", "drift.inside", self.tr("Matches file"))
        else:
            said = words.dollars_cents(account.stated_total)
            look = ("warning", "drift.near", self.tr("File says {0}").format(said))
        return {ICON_ROLE: look[0], COLOR_ROLE: look[1], STRONG_ROLE: True, DISPLAY: look[2]}

    def _row(self, preview: ImportPreview, key: str, row: StatementRow) -> TreeRow:
        fund = preview.fund(row.fund)
        unknown = fund.classified_by is ClassifiedBy.UNKNOWN
        if unknown:
            self._asked.add(key)
        ground: Cell = {GROUND_ROLE: "drift.near.tint"} if unknown else {}
        answered = fund.key in dict(preview.answers)
        decided = decided_words(fund, self.tr("your answer") if answered else self.tr("earlier answer"))
        cells: tuple[Cell, ...] = (
            {DISPLAY: fund.name, SORT_ROLE: row.line, SUFFIX_ROLE: row.source or ""},
            {**MUTED, DISPLAY: units_words(row.units), SORT_ROLE: row.units},
            {DISPLAY: words.dollars_cents(row.value), SORT_ROLE: row.value},
            {**MUTED, **vested_cell(row.vested)},
            _with_tip(class_cell(fund, self.tr("Not sure yet")), "" if unknown else decided),
            {DISPLAY: self.tr("Answer below"), COLOR_ROLE: "accent"}
            if unknown
            else {**MUTED, DISPLAY: decided},
        )
        return TreeRow(key, row, tuple({**ground, **cell} for cell in cells))

    def _hidden_row(self, hidden: int) -> TreeRow:
        said = self.tr("And {0}, counted but not listed").format(holdings_words(hidden))
        blank: Cell = {DISPLAY: ""}
        return TreeRow("hidden", None, ({**MUTED, DISPLAY: said}, *(blank for _ in range(len(Column) - 1))))

    def _total_row(self, preview: ImportPreview, kept: int) -> TreeRow:
        strong: Cell = {STRONG_ROLE: True, TOTAL_ROLE: True}
        accounts = accounts_words(preview.account_count)
        holdings = holdings_words(preview.holding_count)
        more = self.tr(" and {0} kept").format(kept) if kept else ""
        cells: tuple[Cell, ...] = (
            {**strong, DISPLAY: f"{accounts}, {holdings}{more}"},
            {**strong, DISPLAY: ""},
            {**strong, DISPLAY: words.dollars_cents(preview.total), SORT_ROLE: preview.total},
            {**strong, DISPLAY: ""},
            {**strong, DISPLAY: ""},
            {**strong, DISPLAY: ""},
        )
        return TreeRow("total", None, cells)


class SkippedColumn(IntEnum):
    """The one column of the left-out lines."""

    LINE = 0


class SkippedTreeModel(RowsTreeModel):
    """Lines of the files that are not holdings: number, text and reason in one cell."""

    columns = SkippedColumn

    def headers(self) -> tuple[str, ...]:
        """Return the word above the column."""
        return (self.tr("Left out"),)

    def show_statements(
        self, statements: Sequence[Statement], judged: Sequence[frozenset[tuple[str, int]]] = ()
    ) -> None:
        """Show what every file left out; of several files each line names its own.

        `judged` has for each file the sheets and lines that the user left out.
        """
        several = len(statements) > 1
        self.show_rows(
            [
                _skipped_row(
                    f"{i}.{k}",
                    row,
                    statement.source if several else "",
                    by_user=i < len(judged) and (row.sheet, row.line) in judged[i],
                )
                for i, statement in enumerate(statements)
                for k, row in enumerate(statement.skipped[:MOST_ROWS])
            ]
        )


def _with_tip(cell: Cell, decided: str) -> Cell:
    """Let the tip of a class tell how it was decided: the column that says so has not always room."""
    if not decided:
        return cell
    how = escape(_tr("How it was decided: {0}").format(decided))
    return {**cell, TIP: "<br>".join(filter(None, (str(cell.get(TIP, "")), how)))}


def _standings(preview: ImportPreview) -> dict[tuple[int, int], str]:
    """Say of accounts, by their places, what becomes of their figures where that is no matter of course."""
    said = dict.fromkeys(preview.history, _tr("Kept as history"))
    known = {account.id for statement in preview.household.statements for account in statement.accounts}
    for s, statement in enumerate(preview.settled if known else ()):
        for a, account in enumerate(statement.accounts):
            if account.id not in known:
                said.setdefault((s, a), _tr("New account"))
    return said


def _kept(preview: ImportPreview) -> list[MissingFunds]:
    return [each for each in preview.missing if each.kept] if preview.missing_said else []


def skip_words(reason: SkipReason) -> str:
    """Say why a line is not a holding."""
    return {
        SkipReason.TOTAL: _tr("A total, not a holding"),
        SkipReason.ROLLUP: _tr("A sum of other rows"),
        SkipReason.LOT: _tr("Part of a holding that is listed above"),
        SkipReason.PENDING: _tr("Nothing has settled yet"),
        SkipReason.FOOTER: _tr("A note under the table"),
        SkipReason.LABEL: _tr("A heading, not a holding"),
        SkipReason.EMPTY: _tr("No money in it"),
        SkipReason.LOAN: _tr("A loan is not part of the mix"),
        SkipReason.SOURCE_SPLIT: _tr("The same money, split by contribution"),
        SkipReason.NOT_A_HOLDING: _tr("Not a holding"),
        SkipReason.UNREADABLE: _tr("Could not be read"),
    }[reason]


def holdings_words(count: int) -> str:
    """Write a number of holdings."""
    return _tr("1 holding") if count == 1 else _tr("{0} holdings").format(f"{count:,}")


def accounts_words(count: int) -> str:
    """Write a number of accounts."""
    return _tr("1 account") if count == 1 else _tr("{0} accounts").format(f"{count:,}")


def vested_sum(parts: Iterable[Money | None]) -> Money | None:
    """Return the sum of vested parts in dollars, None when one of them is not known."""
    total = ZERO
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def vested_cell(vested: Money | None) -> Cell:
    """Return the cell for a vested part, blank where the file does not say."""
    return {DISPLAY: "" if vested is None else words.dollars_cents(vested), SORT_ROLE: vested}


def _skipped_row(key: str, row: SkippedRow, file: str, *, by_user: bool) -> TreeRow:
    reason = _tr("You left it out") if by_user else skip_words(row.reason)
    if file:
        reason = f"{file} · {reason}"
    text = _line_words(row.text)
    cell: Cell = {
        DISPLAY: f"“{text}”" if text else _tr("(empty)"),
        SUFFIX_ROLE: reason,
        SORT_ROLE: row.line,
        SPOKEN: _tr("Line {0}: {1}. {2}").format(row.line, text, reason),
        int(Qt.ItemDataRole.UserRole): str(row.line),
    }
    return TreeRow(key, row, (cell,))


def _line_words(text: str) -> str:
    """Write a line of a table as its filled cells, without the marks between them."""
    delimiter = "\t" if "\t" in text else ","
    try:
        cells = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        cells = [text]
    return " ".join(" ".join(cells).split())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
