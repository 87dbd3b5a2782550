"""The lines of a file that are no holdings, each with its reason, and how to count them anyway."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyleOptionViewItem, QWidget

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import SkippedRow, Statement
from desktop_app.ui.models.holdings_preview import SkippedTreeModel
from desktop_app.ui.models.tree_rows import SUFFIX_ROLE
from desktop_app.ui.theme import font, line_height, px, theme, theme_signals
from desktop_app.ui.widgets import Card, RowDelegate, TreeTable
from desktop_app.ui.widgets.delegates import Index
from desktop_app.ui.widgets.wrap import WrapRow

from .import_preview_parts import FixButton

FIRST_ROWS = 6
"""Lines listed until all are asked for; the page scrolls, not the list."""


class LeftOutCard(Card):
    """The lines of the file that are not holdings, each with its reason.

    `fix_wanted(int, SkippedRow, QuickFix)` tells that a line of a statement, counted from 0, shall be
    counted after all.
    """

    fix_wanted = Signal(int, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.skipped_model = SkippedTreeModel(self)
        self.table = TreeTable(self, row_height=47)
        self.table.setModel(self.skipped_model)
        self.table.setHeaderHidden(True)
        self.table.setItemDelegate(SkippedDelegate(self.table))
        self.table.setAccessibleName(self.tr("Lines left out"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.selectionModel().selectionChanged.connect(self._check)
        self.skipped_model.modelReset.connect(self._check)
        self.count_button = FixButton(self.tr("Count it as a holding"), None, self)
        self.value_button = FixButton(self.tr("Type its value…"), None, self)
        self.count_button.clicked.connect(lambda: self._want(QuickFix.COUNT))
        self.value_button.clicked.connect(lambda: self._want(QuickFix.VALUE))
        self.all_button = FixButton("", None, self)
        self.all_button.clicked.connect(self._show_all)
        self._shows_all = False
        buttons = WrapRow(self, gap=4)
        buttons.add(self.count_button)
        buttons.add(self.value_button)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.table)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(buttons)
        self.body.addStretch(1)
        theme_signals().changed.connect(self._size)
        self._check()

    def show_statements(
        self, statements: Sequence[Statement], judged: Sequence[frozenset[tuple[str, int]]] = ()
    ) -> None:
        """Show what every file left out; the card hides when nothing was.

        `judged` has for each file the sheets and lines that the user left out.
        """
        count = sum(len(statement.skipped) for statement in statements)
        self.setVisible(bool(count))
        title = (
            self.tr("Left out: 1 row") if count == 1 else self.tr("Left out: {0} rows").format(f"{count:,}")
        )
        self.set_title(title, self.tr("line"))
        self.skipped_model.show_statements(statements, judged)
        self._size()

    def _show_all(self) -> None:
        self._shows_all = not self._shows_all
        self._size()

    def _size(self) -> None:
        """Take the height of the lines that are listed."""
        count = self.skipped_model.rowCount()
        shown = count if self._shows_all else min(count, FIRST_ROWS)
        for row in range(count):
            self.table.setRowHidden(row, QModelIndex(), row >= shown)
        self.table.setFixedHeight(max(shown, 1) * self.table.row_height() + 2)
        self.all_button.setVisible(count > FIRST_ROWS)
        self.all_button.setText(
            self.tr("Show fewer") if self._shows_all else self.tr("Show all {0}").format(f"{count:,}")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter counts the chosen line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.count_button.isEnabled():
            self._want(QuickFix.COUNT)
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> tuple[int, SkippedRow] | None:
        """Return the place of the statement and the line of it that is chosen."""
        row = self.skipped_model.row_at(self.table.currentIndex())
        if row is None or not isinstance(row.value, SkippedRow):
            return None
        return int(row.key.split(".")[0]), row.value

    def _check(self) -> None:
        for button in (self.count_button, self.value_button):
            button.setEnabled(self._chosen() is not None)

    def _want(self, fix: QuickFix) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.fix_wanted.emit(*chosen, fix)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        self.table.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, fix in ((self.count_button, QuickFix.COUNT), (self.value_button, QuickFix.VALUE)):
            menu.addAction(button.text()).triggered.connect(lambda _=False, fix=fix: self._want(fix))
        menu.popup(place)


class SkippedDelegate(RowDelegate):
    """The number of a line, its text and below it why it was left out."""

    def paint_content(
        self, painter: QPainter, _option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw the number at the left and two lines beside it."""
        box.setLeft(box.left() - px(16))
        painter.setFont(font("help"))
        painter.setPen(theme().color("muted"))
        number = str(index.data(int(Qt.ItemDataRole.UserRole)))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, number)
        left = box.left() + max(px(32), QFontMetrics(font("help")).horizontalAdvance(number) + px(8))
        step = line_height("help")
        top = box.top() + (box.height() - 2 * step) // 2
        for i, (text, color) in enumerate(
            ((index.data(Qt.ItemDataRole.DisplayRole), "text"), (index.data(SUFFIX_ROLE), "muted"))
        ):
            place = QRect(left, top + i * step, box.right() - left, step)
            shown = QFontMetrics(font("help")).elidedText(
                str(text), Qt.TextElideMode.ElideRight, place.width()
            )
            painter.setPen(theme().color(color))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
