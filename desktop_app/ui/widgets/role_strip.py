"""Chooser fields that stand above the columns of a table and move with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QTableView, QWidget

from desktop_app.ui.theme import px, theme_signals

GAP = 4


class QuietCombo(QComboBox):
    """A chooser the wheel scrolls past; a choice only changes on purpose."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class ChooserStrip(QWidget):
    """One chooser per column of `table`; `chosen(column, choice)` tells what the user picked.

    Left and Right go from column to column, and the table scrolls to the column that has the keyboard.
    """

    chosen = Signal(int, int)

    def __init__(self, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.choosers: list[QuietCombo] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        header = table.horizontalHeader()
        header.sectionResized.connect(self._place)
        header.geometriesChanged.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def set_columns(self, names: Sequence[str], choices: Sequence[str]) -> None:
        """Make one chooser per column name, all with the same choices."""
        for old in self.choosers:
            old.hide()
            old.deleteLater()
        self.choosers = [self._chooser(column, name, choices) for column, name in enumerate(names)]
        self._place()

    def show_choices(self, choices: Sequence[int]) -> None:
        """Show what is chosen in every column, without telling anybody."""
        for chooser, choice in zip(self.choosers, choices, strict=True):
            chooser.setCurrentIndex(choice)

    def needed_width(self) -> int:
        """Return the width in pixels a column needs for its chooser."""
        return max((chooser.sizeHint().width() for chooser in self.choosers), default=0) + 2 * px(GAP)

    def sizeHint(self) -> QSize:
        """As wide as its place, as high as a field."""
        return QSize(px(200), px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the choosers again."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard from column to column."""
        column = self._column_of(watched)
        if column is None:
            return False
        if event.type() == QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, lambda: self._show_column(column))
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}.get(event.key(), 0)
            if step and 0 <= column + step < len(self.choosers):
                self.choosers[column + step].setFocus(Qt.FocusReason.TabFocusReason)
            return bool(step)
        return False

    def _chooser(self, column: int, name: str, choices: Sequence[str]) -> QuietCombo:
        chooser = QuietCombo(self)
        chooser.addItems(list(choices))
        chooser.setMaxVisibleItems(len(choices))
        chooser.setAccessibleName(self.tr("{0} holds").format(name))
        chooser.activated.connect(lambda choice: self.chosen.emit(column, choice))
        chooser.installEventFilter(self)
        chooser.show()
        return chooser

    def _column_of(self, watched: QObject) -> int | None:
        return next((i for i, chooser in enumerate(self.choosers) if chooser is watched), None)

    def _show_column(self, column: int) -> None:
        """Scroll the table so that a column is wholly in sight."""
        header, bar = self._table.horizontalHeader(), self._table.horizontalScrollBar()
        left, width = header.sectionPosition(column), header.sectionSize(column)
        if left < bar.value():
            bar.setValue(left)
        elif left + width > bar.value() + self._table.viewport().width():
            bar.setValue(left + width - self._table.viewport().width())

    def _place(self) -> None:
        header = self._table.horizontalHeader()
        for column, chooser in enumerate(self.choosers):
            if column >= header.count():
                break
            left = header.sectionViewportPosition(column) + px(GAP)
            width = header.sectionSize(column) - 2 * px(GAP)
            height = chooser.sizeHint().height()
            chooser.setGeometry(left, (self.height() - height) // 2, width, height)

    def _dress(self) -> None:
        self.setFixedHeight(px(40))
        self._place()
