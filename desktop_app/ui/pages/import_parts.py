"""What a preview shows above its foot, in one column: head, problems, rows beside checks, answers."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card
from desktop_app.ui.widgets.page import PageScroll, StackingRow

from .import_left_out import LeftOutCard
from .import_preview_parts import ChecksCard
from .import_table import PreviewTable


class PreviewColumn(PageScroll):
    """Puts the parts into one scrolling column, rows and checks side by side where there is room."""

    def __init__(self, table: PreviewTable, checks: ChecksCard, left_out: LeftOutCard, page: QWidget) -> None:
        super().__init__(page)
        self.setAccessibleName(self.tr("What was read"))
        self._card = Card("", "", page, flush=True)
        self._card.body.addWidget(table)
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._list = QWidget(page)
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._card)
        rows.addStretch(1)
        self._side = QWidget(page)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(checks)
        side.addWidget(left_out)
        side.addStretch(1)
        self._row = StackingRow((self._list, self._side), (744, 272), page)
        self._size()
        theme_signals().changed.connect(self._size)

    def take(self, above: tuple[QWidget, ...], below: QWidget) -> None:
        """Put the other parts above and below the rows."""
        for part in (*above, self._row, below):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def show_rows(self, *, shown: bool) -> None:
        """Show rows and checks, or neither where nothing was read."""
        self._list.setVisible(shown)
        self._side.setVisible(shown)

    def _size(self) -> None:
        """Take the room that the text size asks for."""
        self._side.setMinimumWidth(px(272))
        self._card.setMinimumWidth(px(400))
