"""The table of everything an import would bring."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.funds import FundKey
from desktop_app.domain.statement import StatementRow
from desktop_app.ui.models.holdings_preview import Column, PreviewTreeModel
from desktop_app.ui.theme import px
from desktop_app.ui.widgets.fitted_tree import FittedTree

from .holdings_delegates import MixDelegate, NameDelegate

WIDTHS: dict[int, int] = {
    Column.FUND: 220,
    Column.UNITS: 92,
    Column.VALUE: 104,
    Column.VESTED: 100,
    Column.CLASS: 152,
    Column.DECIDED: 128,
}
LEAST: dict[int, int] = {Column.DECIDED: 100, Column.CLASS: 130, Column.FUND: 170}


class PreviewTable(FittedTree):
    """The rows of the files; scrolls by itself so that the question below stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.preview_model = PreviewTreeModel()
        self._asked: FundKey | None = None
        super().__init__(self.preview_model, WIDTHS, Column.FUND, parent, own_scroll=True)
        self.preview_model.setParent(self)
        self.setItemDelegateForColumn(Column.FUND, NameDelegate(self))
        self.setItemDelegateForColumn(Column.CLASS, MixDelegate(self))
        self.setAccessibleName(self.tr("Accounts and funds, as in the file"))

    def words_width(self, column: int) -> int:
        """Long names and mixes may be shortened."""
        return 0 if column in {Column.FUND, Column.CLASS} else super().words_width(column)

    def column_widths(self, room: int) -> dict[int, int]:
        """Where there is no room leave the units out, then the vested part, then shorten words."""
        widths = super().column_widths(room)
        if not self.preview_model.has_vested:
            del widths[Column.VESTED]
        for extra in (Column.UNITS, Column.VESTED):
            spare = sum(widths[each] - px(least) for each, least in LEAST.items())
            tight = sum(widths.values()) - (spare if extra is Column.VESTED else 0) > room
            if tight and extra in widths:
                del widths[extra]
        for column, least in LEAST.items():
            over = max(sum(widths.values()) - room, 0)
            widths[column] = max(widths[column] - over, min(px(least), widths[column]))
        spare = max(room - sum(widths.values()), 0)
        needed = self.natural_width(Column.CLASS)
        widths[Column.CLASS] += min(spare // 2, max(needed - widths[Column.CLASS], 0))
        return widths

    def show_fund(self, key: FundKey | None) -> None:
        """Keep the first row of a fund in sight, also when the table becomes smaller; None for no fund."""
        self._asked = key
        self._scroll_to_asked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row that is asked about in sight."""
        super().resizeEvent(event)
        self._scroll_to_asked()

    def _scroll_to_asked(self) -> None:
        for index in self.indexes(Column.FUND) if self._asked is not None else ():
            row = self.preview_model.row_at(index)
            if row is not None and isinstance(row.value, StatementRow) and row.value.fund.key == self._asked:
                self.scrollTo(index)
                return
