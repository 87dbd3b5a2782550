"""A page follows the keyboard: the row gone to, the whole of a field, the answer the arrows reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.ui.widgets.choice import Choice
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.page import PageScroll

ROWS = 30


@pytest.fixture
def page(qtbot, dressed) -> PageScroll:
    made = PageScroll()
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def filled(page: PageScroll, *parts: QWidget) -> None:
    for part in parts:
        page.column.addWidget(part)
    page.show()
    QApplication.processEvents()
    QApplication.processEvents()


def space(height: int) -> QWidget:
    made = QWidget()
    made.setFixedHeight(height)
    return made


def tree() -> FittedTree:
    model = QStandardItemModel(0, 1)
    for row in range(ROWS):
        model.appendRow(QStandardItem(f"row {row}"))
    made = FittedTree(model, {0: 100})
    model.setParent(made)
    return made


def row_of(page: PageScroll, table: FittedTree) -> QRect:
    """Return the place of the current row in the page's viewport."""
    row = table.visualRect(table.currentIndex())
    return QRect(table.viewport().mapTo(page.viewport(), row.topLeft()), row.size())


def is_whole(page: PageScroll, widget: QWidget) -> bool:
    return page.viewport().rect().contains(QRect(widget.mapTo(page.viewport(), QPoint()), widget.size()))


def test_the_row_the_arrows_go_to_is_in_sight(qtbot, page) -> None:
    table = tree()
    filled(page, space(200), table, space(200))
    table.setFocus()
    for _ in range(ROWS - 1):
        qtbot.keyClick(table, Qt.Key.Key_Down)
        assert page.viewport().rect().contains(row_of(page, table))
    assert table.currentIndex().row() == ROWS - 1
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert page.viewport().rect().contains(row_of(page, table))
    assert page.viewport().rect().contains(table.header().mapTo(page.viewport(), QPoint()))


def test_the_page_still_goes_on_where_the_rows_end(qtbot, page) -> None:
    table = tree()
    filled(page, table, space(400))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End)
    at = page.verticalScrollBar().value()
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert page.verticalScrollBar().value() > at


def test_the_pointer_moves_no_page(qtbot, page) -> None:
    """The row pressed at the lower edge stays below the pointer."""
    table = tree()
    filled(page, table)
    at = QPoint(30, page.viewport().height() - 20)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.currentIndex().isValid()
    assert page.verticalScrollBar().value() == 0


@pytest.mark.parametrize("above", range(170, 240, 7))
def test_tab_brings_the_whole_field_into_sight(qtbot, page, above) -> None:
    """Also where only its lower edge is cut off and the caret is not."""
    first, second = QLineEdit(), QLineEdit("x")
    second.setMinimumHeight(40)
    filled(page, first, space(above), second, space(300))
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert is_whole(page, second)


def test_a_table_with_room_comes_into_sight_whole(qtbot, page) -> None:
    first, table = QLineEdit(), tree()
    table.model().removeRows(5, ROWS - 5)
    table.measure()
    filled(page, first, space(220), table, space(300))
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert table.hasFocus()
    assert is_whole(page, table)


def test_the_answer_the_arrows_reach_is_in_sight(qtbot, page) -> None:
    answers = [Choice(f"answer {place}") for place in range(20)]
    filled(page, *answers)
    answers[0].setFocus()
    for answer in answers[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert answer.hasFocus()
        assert is_whole(page, answer)
