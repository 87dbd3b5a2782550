"""Holdings typed by hand: figures that follow, cells pasted at once, an account brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.domain.accounts import Account
from desktop_app.domain.household import Household
from desktop_app.domain.statement import AsOfKind
from desktop_app.ui.pages.typing_dialog import TypingDialog
from desktop_app.ui.pages.typing_rows import Place, parse_figure
from desktop_app.ui.tasks import TaskRunner
from desktop_app.workflow.statements import ImportPreview, accept

from .page_household import TODAY, household

Asked = Callable[..., TypingDialog]


@pytest.fixture
def asked(qtbot) -> Asked:
    def ask(known: Household | None = None, account: Account | None = None) -> TypingDialog:
        runner = TaskRunner()
        dialog = TypingDialog(known or Household(), TODAY, runner, account)
        runner.setParent(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return ask


def type_into(qtbot, dialog: TypingDialog, line: int, **figures: str) -> None:
    for place, text in figures.items():
        field = dialog.rows.lines[line].fields[Place[place.upper()]]
        field.clear()
        qtbot.keyClicks(field, text)


def value(dialog: TypingDialog, line: int) -> str:
    return dialog.rows.lines[line].fields[Place.VALUE].text()


def finish(qtbot, dialog: TypingDialog) -> ImportPreview:
    with qtbot.waitSignal(dialog.typed) as told:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    return told.args[0]


@pytest.mark.parametrize(
    ("text", "figure"),
    [("1,234.56", "1234.56"), ("$12", "12"), ("−3.5", "-3.5"), ("1234567", "1234567"), (".5", "0.5")],
)
def test_figures_are_read_as_people_write_them(text: str, figure: str) -> None:
    assert parse_figure(text) == Decimal(figure)


@pytest.mark.parametrize("text", ["abc", "1.234,56", "1,23", "--", "1e5", "$"])
def test_what_is_no_figure_is_not_guessed_at(text: str) -> None:
    if text == "$":
        assert parse_figure(text) is None
        return
    with pytest.raises(ValueError, match=r".*"):
        parse_figure(text)


def test_value_follows_units_and_price_until_it_is_typed(qtbot, asked: Asked) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", units="410", price="10.25")
    assert value(dialog, 0) == "4,202.50"  # 410 × 10.25
    assert dialog.total.text() == "Total $4,202.50 in 1 holding"
    type_into(qtbot, dialog, 0, value="4200")
    type_into(qtbot, dialog, 0, units="500")
    assert value(dialog, 0) == "4200"
    field = dialog.rows.lines[0].fields[Place.VALUE]
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    type_into(qtbot, dialog, 0, price="10")
    assert value(dialog, 0) == "5,000.00"


def test_typed_account_becomes_a_preview(qtbot, asked: Asked) -> None:
    dialog = asked()
    qtbot.keyClicks(dialog.name, "Brookside 401(k)")
    qtbot.keyClicks(dialog.number, "7788")
    dialog.date.setDate(QDate(2026, 10, 31))
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", value="4,100")
    type_into(qtbot, dialog, 1, fund="Quiet Lake Bond Fund", units="190", price="10")
    preview = finish(qtbot, dialog)
    (statement,) = preview.statements
    assert (statement.as_of, statement.as_of_kind) == (date(2026, 10, 31), AsOfKind.VALUATION)
    (account,) = accept(preview).snapshot().accounts
    assert (account.id, account.name) == ("7788", "Brookside 401(k)")
    assert [holding.value for holding in account.holdings] == [4100, 1900]


def test_enter_goes_on_and_a_new_row_is_always_there(qtbot, asked: Asked) -> None:
    dialog = asked()
    first = dialog.rows.lines[0].fields
    first[Place.FUND].setFocus()
    qtbot.waitUntil(first[Place.FUND].hasFocus)
    qtbot.keyClick(first[Place.FUND], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is first[Place.SYMBOL]
    before = len(dialog.rows.lines)
    type_into(qtbot, dialog, before - 1, fund="Granite Index Fund")
    assert len(dialog.rows.lines) == before + 1
    assert dialog.isVisible()


def test_several_cells_are_pasted_at_once(qtbot, asked: Asked) -> None:
    dialog = asked()
    block = "Fund\tSymbol\tUnits\tPrice\n" + "".join(f"Index Fund {n}\t\t{n}\t100.00\n" for n in range(1, 7))
    QGuiApplication.clipboard().setText(block)
    field = dialog.rows.lines[0].fields[Place.FUND]
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.rows.count() == 6  # the line of headings is not a holding
    assert dialog.rows.total() == 2100  # 100 × (1 + 2 + 3 + 4 + 5 + 6)
    assert dialog.rows.lines[-1].is_empty


def test_figure_that_cannot_be_read_is_said_and_the_dialog_stays(qtbot, asked: Asked) -> None:
    dialog = asked()
    qtbot.keyClicks(dialog.name, "Brookside 401(k)")
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", value="lots")
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.trouble.text() == "Holding 1: “lots” is not a figure. Type it like 1,234.56."
    type_into(qtbot, dialog, 0, value="41")
    assert not dialog.trouble.isVisible()


def test_nameless_account_is_said(qtbot, asked: Asked) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", value="41")
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dialog.trouble.isVisible()
    assert "name" in dialog.trouble.text()


def test_class_is_guessed_while_typing(qtbot, asked: Asked) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="Total Bond Market Index Fund")
    qtbot.waitUntil(lambda: dialog.rows.lines[0].guess.whole_text() == "US bonds")


def test_known_account_is_brought_up_to_date(qtbot, asked: Asked) -> None:
    known = household()
    plan = known.snapshot().accounts[0]
    dialog = asked(known, plan)
    assert dialog.name.isReadOnly()
    assert [value(dialog, line) for line in range(3)] == ["52,000.00", "24,000.00", "6,000.00"]
    type_into(qtbot, dialog, 0, price="110")  # 520 units
    after = accept(finish(qtbot, dialog)).snapshot()
    assert [account.id for account in after.accounts] == ["70011234", "5566"]
    assert after.accounts[0].total == 87200  # 57,200 + 24,000 + 6,000
    assert after.accounts[0].as_of == TODAY


def visible_box(dialog: TypingDialog) -> QMessageBox:
    (box,) = [each for each in dialog.findChildren(QMessageBox) if each.isVisible()]
    return box


def test_esc_asks_before_typed_rows_are_lost(asked: Asked, qtbot) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", value="4100")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = visible_box(dialog)
    assert box.text() == "Throw away what you typed?"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert value(dialog, 0) == "4100"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    (away,) = [b for b in visible_box(dialog).buttons() if b.text() == "Throw away"]
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_esc_leaves_at_once_where_nothing_was_typed(asked: Asked, qtbot) -> None:
    account = household().snapshot().accounts[0]
    for dialog in (asked(), asked(household(), account)):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_figure_that_cannot_be_read_is_explained_when_its_field_is_left(asked: Asked, qtbot) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", units="1O")
    field = dialog.rows.lines[0].fields[Place.UNITS]
    assert not dialog.trouble.isVisible()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.trouble.isVisible()
    assert dialog.trouble.text() == "Holding 1: “1O” is not a figure. Type it like 1,234.56."
    assert "is not a figure" in field.toolTip()
    type_into(qtbot, dialog, 0, units="10")
    assert not dialog.trouble.isVisible()
    assert field.toolTip() == ""


def test_value_that_is_not_units_times_price_is_said(asked: Asked, qtbot) -> None:
    dialog = asked()
    qtbot.keyClicks(dialog.name, "Brookside 401(k)")
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", units="10", price="5", value="500")
    dialog.rows.left.emit()
    said = "Holding 1: units × price is 50.00, but its value is 500.00. Check which figure is right."
    assert dialog.trouble.text() == said
    assert dialog.trouble.isVisible()
    preview = finish(qtbot, dialog)
    assert preview.total == 500
    assert [check.words for check in preview.checks if not check.ok] == [said]


def test_bond_typed_with_its_price_per_hundred_is_no_disagreement(asked: Asked, qtbot) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="US Treasury Note 4%", units="10000", price="99.50", value="9950")
    dialog.rows.left.emit()
    assert not dialog.trouble.isVisible()


def test_foot_says_how_many_holdings_lack_a_value(asked: Asked, qtbot) -> None:
    dialog = asked()
    type_into(qtbot, dialog, 0, fund="Granite Index Fund", value="4100")
    assert dialog.total.text() == "Total $4,100.00 in 1 holding"
    type_into(qtbot, dialog, 1, fund="Silver Birch Fund", value="1O0")
    assert dialog.total.text() == "Total $4,100.00 in 2 holdings · 1 has no readable value"
    type_into(qtbot, dialog, 2, fund="Quiet Lake Bond Fund")
    assert dialog.total.text().endswith("2 have no readable value")


def test_tab_goes_through_the_date_in_one_step(asked: Asked, qtbot) -> None:
    dialog = asked()
    dialog.activateWindow()
    dialog.number.setFocus()
    qtbot.waitUntil(dialog.number.hasFocus)
    qtbot.keyClick(dialog.number, Qt.Key.Key_Tab)
    qtbot.waitUntil(dialog.date.hasFocus)
    qtbot.keyClick(dialog.date, Qt.Key.Key_Tab)
    assert not dialog.date.hasFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Backtab)
    qtbot.waitUntil(dialog.date.hasFocus)
    qtbot.keyClick(dialog.date, Qt.Key.Key_Backtab)
    qtbot.waitUntil(dialog.number.hasFocus)
