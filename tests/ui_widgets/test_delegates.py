"""Tables and trees paint every kind of cell, follow the pointer and keep to the design's sizes."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from desktop_app.domain.classes import AssetClass, ClassFamily
from desktop_app.domain.drift import BandState
from desktop_app.ui.theme import apply_theme, set_text_scale, theme
from desktop_app.ui.widgets import (
    BAND_ROLE,
    CLASS_ROLE,
    GROUND_ROLE,
    STATE_ROLE,
    STRONG_ROLE,
    TAG_ROLE,
    TOTAL_ROLE,
    BandBarDelegate,
    BandValue,
    ClassDelegate,
    StateDelegate,
    StateValue,
    TableView,
    TreeTable,
)

RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def row(name: str, used: str, state: object, key: object = None) -> list[QStandardItem]:
    items = [QStandardItem(text) for text in (name, "$1,200", "", "")]
    items[0].setData(key, CLASS_ROLE)
    items[1].setData(RIGHT, Qt.ItemDataRole.TextAlignmentRole)
    whole = BandValue(Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal(used), BandState.INSIDE)
    items[2].setData(whole, BAND_ROLE)
    items[3].setData(state, STATE_ROLE)
    return items


@pytest.fixture
def tree(qtbot, dressed):
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["Class", "Now", "Band", "State"])
    group = row("Stocks", "1.1", StateValue(BandState.OUTSIDE))
    group[0].setData(True, STRONG_ROLE)
    group[0].appendRow(row("US large", "0.2", BandState.INSIDE, AssetClass.US_LARGE))
    group[0].appendRow(row("US small", "-0.9", StateValue(BandState.NEAR, above=False), AssetClass.US_SMALL))
    model.appendRow(group)
    last = row("Short-term", "0", None, ClassFamily.SHORT_TERM)
    last[0].setData("$40,000 fixed", TAG_ROLE)
    for item in last:
        item.setData(True, TOTAL_ROLE)
        item.setData("surface", GROUND_ROLE)
    model.appendRow(last)
    made = TreeTable()
    made.setModel(model)
    model.setParent(made)
    made.setItemDelegateForColumn(0, ClassDelegate(made))
    made.setItemDelegateForColumn(2, BandBarDelegate(made))
    made.setItemDelegateForColumn(3, StateDelegate(made))
    made.expandAll()
    for column in range(3):
        made.resizeColumnToContents(column)
    qtbot.addWidget(made)
    made.resize(760, made.content_height())
    made.show()
    return made


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_cell_paints_in_both_themes_and_sizes(qapp, tree, mode, scale):
    set_text_scale(scale)
    apply_theme(qapp, mode)
    image = tree.grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }
    assert theme().family_color(ClassFamily.US_LARGE).name() in seen
    assert theme().color("drift.over").name() in seen


def test_rows_and_header_have_the_sizes_of_the_design(qapp, tree):
    first = tree.model().index(0, 0)
    assert tree.visualRect(first).height() == 32
    assert tree.header().height() == 32
    assert tree.content_height() == 5 * 32
    inner = tree.model().index(0, 0, first)
    assert tree.visualRect(inner).left() == 22
    tree.collapse(first)
    assert tree.content_height() == 3 * 32
    set_text_scale(2.0)
    assert tree.content_height() == 6 * 32


def test_the_selected_row_is_tinted_with_a_bar_at_its_left(tree):
    inner = tree.model().index(0, 0, tree.model().index(0, 0))
    tree.setCurrentIndex(inner)
    image = tree.viewport().grab().toImage()
    middle = tree.visualRect(inner).center().y()
    assert [image.pixelColor(x, middle).name() for x in (0, 2)] == [theme().color("accent").name()] * 2
    assert image.pixelColor(4, middle).name() == theme().color("tint").name()


def test_the_row_under_the_pointer_is_shown(qtbot, tree):
    second = tree.model().index(1, 0)
    qtbot.mouseMove(tree.viewport(), tree.visualRect(tree.model().index(0, 0)).center())
    assert tree.hovered_row(tree.model().index(0, 3))
    assert not tree.hovered_row(second)


def test_pressing_the_chevron_closes_the_group_and_keys_open_it(qtbot, tree):
    first = tree.model().index(0, 0)
    place = QPoint(20, tree.visualRect(first).center().y())
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not tree.isExpanded(first)
    tree.setCurrentIndex(first)
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    assert tree.isExpanded(first)


def test_numbers_fit_the_width_their_column_asks_for(tree):
    index = tree.model().index(0, 1)
    delegate = tree.itemDelegateForIndex(index)
    assert tree.columnWidth(1) >= delegate.words_width(index) + 16


def test_headers_stand_over_their_numbers(tree):
    assert tree.header().side(1) == Qt.AlignmentFlag.AlignRight
    assert tree.header().side(0) == Qt.AlignmentFlag.AlignLeft


def test_a_flat_table_selects_whole_rows_with_the_keyboard(qtbot, dressed):
    model = QStandardItemModel(3, 2)
    view = TableView(row_height=36)
    qtbot.addWidget(view)
    model.setParent(view)
    view.setModel(model)
    view.show()
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert {index.row() for index in view.selectedIndexes()} == {1}
    assert len(view.selectedIndexes()) == 2
    assert view.rowHeight(0) == 36
    assert view.content_height() == 3 * 36 + 32


def test_views_without_a_model_stay_calm(qtbot, dressed):
    for view in (TableView(), TreeTable()):
        qtbot.addWidget(view)
        view.show()
        assert view.content_height() == 32
        assert not view.grab().isNull()
