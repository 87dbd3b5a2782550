"""Where a preview asks: at its foot, or in the page where a question would fill the foot."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.funds import FundKey
from desktop_app.ui.theme import px
from desktop_app.ui.widgets.page import PageScroll

from .import_foot import PreviewFoot
from .import_table import PreviewTable

ABOVE_ROWS = 3
"""The place on the page between what stands above the rows and the rows."""


class QuestionPlace(QObject):
    """Moves the questions between foot and page, and scrolls to what is asked."""

    def __init__(self, page: QWidget, scroll: PageScroll, foot: PreviewFoot, table: PreviewTable) -> None:
        super().__init__(page)
        self._page = page
        self._scroll = scroll
        self._foot = foot
        self._table = table
        self._is_in_page = False

    def settle(self) -> None:
        """Ask at the foot, in sight whatever is scrolled to; in the page where that would fill it."""
        in_page = not self._foot.fits(self._page.width(), self._page.height())
        if in_page == self._is_in_page:
            return
        focus = QApplication.focusWidget()
        self._is_in_page = in_page
        if in_page:
            self._scroll.column.insertWidget(ABOVE_ROWS, self._foot.hand_over())
            self._foot.asking.setVisible(self._foot.is_asking)
        else:
            self._scroll.column.removeWidget(self._foot.asking)
            self._foot.take_back()
        if focus is not None and self._foot.asking.isAncestorOf(focus):
            focus.setFocus()

    def show(self, wanted: QWidget | None, fund: FundKey | None) -> None:
        """Scroll to the question where it stands in the page, else to what is `wanted` or to a fund's row."""
        self.settle()
        if self._is_in_page and self._foot.is_asking:
            self._scroll.verticalScrollBar().setValue(self._foot.asking.y() - px(8))
        elif wanted is not None and self._scroll.isAncestorOf(wanted):
            self._scroll.ensureWidgetVisible(wanted, 0, px(48))
        elif fund is not None and (row := self._table.row_of(fund)) is not None:
            middle = self._table.viewport().mapTo(self._scroll.content, row.center())
            self._scroll.ensureVisible(0, middle.y(), 0, 2 * row.height())
