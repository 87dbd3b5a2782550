"""Passwords, columns and single lines put right in the preview, through the real window."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.hints import ColumnRole
from desktop_app.domain.household import Household
from desktop_app.ui.models.holdings_preview import Column
from desktop_app.ui.pages.holdings import HoldingsPage
from desktop_app.ui.pages.import_fixes import PasswordBar, ValueDialog
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.pages.import_problems import ColumnsBar
from desktop_app.ui.pages.mapping_dialog import MappingDialog
from desktop_app.ui.pages.typing_dialog import TypingDialog
from desktop_app.ui.pages.typing_rows import Place
from desktop_app.ui.window import MainWindow

TODAY = date(2026, 11, 22)
PASSWORD = "tide & timber"
# 4,100.00 + 1,900.00 = 6,000.00; the third fund has no figure of its own
HOLES = (
    "Account,Fund name,Units,Price,Market Value,Vested Value\n"
    'Brookside 401(k),Granite Index Fund,410,10.00,"4,100.00","3,000.00"\n'
    'Brookside 401(k),Quiet Lake Bond Fund,190,10.00,"1,900.00","1,000.00"\n'
    "Brookside 401(k),Silver Birch Fund,12,,n/a,\n"
)
# nothing above the columns; the second figure is the newer one
BARE = "Granite Index Fund;north;3000.00;4100.00\nQuiet Lake Bond Fund;south;1000.00;1900.00\n"


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow]) -> MainWindow:
    return open_window(Household())


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Callable[..., ImportPreviewPage]:
    """Import a file with this text and return the page with its preview."""

    def show(text: str, name: str = "plan.csv") -> ImportPreviewPage:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        with qtbot.waitSignal(window.importer.previewed):
            window.take([file])
        return page_of(window)

    return show


def page_of(window: MainWindow) -> ImportPreviewPage:
    (page,) = window.findChildren(ImportPreviewPage)
    return page


def button(inside: QWidget, words: str) -> QAbstractButton:
    found = [b for b in inside.findChildren(QAbstractButton) if b.isVisible() and b.text() == words]
    assert found, f"no visible button “{words}”"
    return found[0]


def press(qtbot: QtBot, pressed: QAbstractButton) -> None:
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)


def open_dialog(qtbot: QtBot, page: ImportPreviewPage) -> MappingDialog:
    qtbot.waitUntil(lambda: len(page.findChildren(MappingDialog)) == 1)
    (dialog,) = page.findChildren(MappingDialog)
    return dialog


def visible(page: ImportPreviewPage) -> list[PasswordBar]:
    return [bar for bar in page.findChildren(PasswordBar) if bar.isVisible()]


def locked(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Fund", "Balance"), ("Granite Index Fund", 4100), ("Quiet Lake Bond Fund", 1900)):
        sheet.append(row)
    plain = io.BytesIO()
    book.save(plain)
    path = folder / "locked.xlsx"
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(PASSWORD, out)
    return path


def test_password_is_asked_for_in_place(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.importer.previewed):
        window.take([locked(tmp_path)])
    page = page_of(window)
    (bar,) = page.findChildren(PasswordBar)
    assert bar.title.text() == "locked.xlsx asks for its password"
    assert bar.field.echoMode() is QLineEdit.EchoMode.Password
    assert not bar.open_button.isEnabled()
    qtbot.waitUntil(bar.field.hasFocus)
    press(qtbot, bar.show_button)
    assert bar.field.echoMode() is QLineEdit.EchoMode.Normal

    with qtbot.waitSignal(window.importer.reworked):
        qtbot.keyClicks(bar.field, "wrong")
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
        assert bar.field.text() == ""
    qtbot.waitUntil(lambda: len(visible(page)) == 1)
    (bar,) = visible(page)
    qtbot.waitUntil(bar.field.hasFocus)
    assert bar.title.text() == "That password does not open locked.xlsx"

    with qtbot.waitSignal(window.importer.reworked):
        qtbot.keyClicks(bar.field, PASSWORD)
        press(qtbot, bar.open_button)
    assert not visible(page)
    assert page.preview.total == 6000
    assert PASSWORD not in repr(page.preview)
    press(qtbot, page.import_button)
    assert window.document.household.snapshot().total == 6000
    assert page.preview.sources == ()  # nothing of it is kept once the preview is left


def test_vested_parts_stand_beside_the_values(shown: Callable[..., ImportPreviewPage]) -> None:
    model = shown(HOLES).table.preview_model
    assert model.index_of("0.0.0", Column.VESTED).data() == "$3,000.00"
    assert model.index_of("0.0", Column.VESTED).data() == "$4,000.00"


def test_vested_column_is_only_there_when_a_file_has_it(shown: Callable[..., ImportPreviewPage]) -> None:
    page = shown("Fund name,Value\nGranite Index Fund,4100\n")
    assert page.table.isColumnHidden(Column.VESTED)


def test_value_that_cannot_be_read_is_typed(
    qtbot: QtBot, window: MainWindow, shown: Callable[..., ImportPreviewPage]
) -> None:
    page = shown(HOLES)
    assert page.preview.total == 6000
    press(qtbot, button(page.checks, "Type its value…"))
    (dialog,) = page.findChildren(ValueDialog)
    assert not dialog.use_button.isEnabled()
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, "250.50")
    with qtbot.waitSignal(window.importer.reworked):
        press(qtbot, dialog.use_button)
    assert page.preview.total == Decimal("6250.50")
    assert page.import_button.text() == "Import 3 holdings"


def test_line_is_left_out_with_one_click(
    qtbot: QtBot, window: MainWindow, shown: Callable[..., ImportPreviewPage]
) -> None:
    page = shown(HOLES)
    with qtbot.waitSignal(window.importer.reworked):
        press(qtbot, button(page.checks, "Leave this line out"))
    assert page.preview.total == 6000
    assert not any("Silver Birch" in text for text in page.checks.texts())


def test_line_left_out_is_counted_after_all(
    qtbot: QtBot, window: MainWindow, shown: Callable[..., ImportPreviewPage]
) -> None:
    text = "Fund name,Value\nGranite Index Fund,4100\nQuiet Lake Bond Fund,1900\nTotal Return Fund,6000\n"
    page = shown(text.replace("Total Return Fund", "Total"))
    assert page.preview.total == 6000
    assert not page.left_out.count_button.isEnabled()
    page.left_out.table.setCurrentIndex(page.left_out.skipped_model.index_of("0.0"))
    with qtbot.waitSignal(window.importer.reworked):
        qtbot.keyClick(page.left_out.table, Qt.Key.Key_Return)
    assert page.preview.total == 12000  # 4,100 + 1,900 + 6,000
    press(qtbot, page.import_button)
    assert window.document.household.snapshot().total == 12000
    window.document.undo_stack.undo()  # one step takes everything back
    assert window.document.desk.is_empty


def test_line_without_figures_cannot_be_counted_and_that_is_said(
    qtbot: QtBot, window: MainWindow, shown: Callable[..., ImportPreviewPage]
) -> None:
    page = shown("Fund name,Value\nGranite Index Fund,4100\n\nDownloaded on a quiet day\n")
    page.left_out.table.setCurrentIndex(page.left_out.skipped_model.index_of("0.0"))
    with qtbot.waitSignal(window.importer.refused):
        press(qtbot, page.left_out.count_button)
    assert page.notice.isVisible()
    assert "Line 4" in page.notice.text()
    assert page.preview.total == 4100


def test_columns_nobody_named_are_asked_for_and_remembered(
    qtbot: QtBot, window: MainWindow, shown: Callable[..., ImportPreviewPage]
) -> None:
    page = shown(BARE, "bare.csv")
    bars = [bar for bar in page.findChildren(ColumnsBar) if bar.isVisible()]
    assert len(bars) == 1
    press(qtbot, bars[0].button)
    dialog = open_dialog(qtbot, page)
    dialog.choose(0, ColumnRole.NAME)
    dialog.choose(2, None)
    dialog.choose(3, ColumnRole.VALUE)
    qtbot.waitUntil(lambda: dialog.outcome.verdict.text() == "1 account, 2 holdings, $6,000.00")
    with qtbot.waitSignal(window.importer.reworked):
        press(qtbot, dialog.use_button)
    assert page.preview.total == 6000
    assert not [bar for bar in page.findChildren(ColumnsBar) if bar.isVisible()]
    press(qtbot, page.import_button)

    later = shown(BARE.replace("4100.00", "5100.00"), "later.csv")
    assert later.preview.total == 7000  # 5,100 + 1,900, without being asked again


def test_web_table_is_pasted_as_such(qtbot: QtBot, window: MainWindow) -> None:
    mime = QMimeData()
    rows = (
        ("Fund name", "Value"),
        ("Granite Index Fund", "$4,100.00"),
        ("Quiet Lake Bond Fund", "$1,900.00"),
    )
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    mime.setHtml(f"<html><body><table>{cells}</table></body></html>")
    mime.setText("Fund name Value Granite Index Fund $4,100.00 Quiet Lake Bond Fund $1,900.00")
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(window.importer.previewed):
        window.paste()
    assert page_of(window).preview.total == 6000


def test_page_without_a_table_of_funds_falls_back_to_its_text(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.importer.previewed):
        window.importer.read_pasted(
            "Fund name\tValue\nGranite Index Fund\t4,100.00\n", "<table><tr><td>menu</td></tr></table>"
        )
    assert page_of(window).preview.total == 4100


def test_folder_is_read_with_all_its_statements(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    (folder / "one.csv").write_text("Fund name,Value\nGranite Index Fund,4100\n", encoding="utf-8")
    (folder / "two.csv").write_text("Fund name,Value\nQuiet Lake Bond Fund,1900\n", encoding="utf-8")
    (folder / "notes.md").write_text("remember the milk", encoding="utf-8")
    with qtbot.waitSignal(window.importer.previewed):
        window.take([folder])
    page = page_of(window)
    assert page.title.text() == "Check these statements"
    assert page.preview.total == 6000


def test_account_is_typed_from_the_first_start(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, button(window, "No file to download? Type it in…"))
    (dialog,) = window.findChildren(TypingDialog)
    qtbot.keyClicks(dialog.name, "Brookside 401(k)")
    fields = dialog.rows.lines[0].fields
    qtbot.keyClicks(fields[Place.FUND], "Total Bond Market Index Fund")
    qtbot.keyClicks(fields[Place.VALUE], "1900")
    press(qtbot, dialog.use_button)
    page = page_of(window)
    assert (
        page.file_label.text()
        == "Typed by hand · not from a file · valued 22 Nov 2026 · nothing is saved yet"
    )
    assert not page.columns_button.isVisible()
    press(qtbot, page.import_button)
    assert window.document.household.snapshot().total == 1900
    window.show_page("holdings")
    (holdings,) = window.findChildren(HoldingsPage)
    holdings.table.setCurrentIndex(holdings.table.holdings_model.index(0, 0))
    press(qtbot, button(holdings, "Update by hand…"))
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(TypingDialog)))
    (again,) = [d for d in window.findChildren(TypingDialog) if d.isVisible()]
    assert again.rows.lines[0].fields[Place.VALUE].text() == "1,900.00"
    again.reject()


def test_dropped_archive_is_read_entry_by_entry(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as out:
        out.writestr("one.csv", "Fund name,Value\nGranite Index Fund,4100\n")
        out.writestr("two.csv", "Fund name,Value\nQuiet Lake Bond Fund,1900\n")
    with qtbot.waitSignal(window.importer.previewed):
        window.take([tmp_path / "both.zip"])
    assert page_of(window).preview.total == 6000


def test_menu_of_a_holding_leaves_its_line_out(
    qtbot: QtBot, window: MainWindow, shown: Callable[..., ImportPreviewPage]
) -> None:
    page = shown("Fund name,Value\nGranite Index Fund,4100\nQuiet Lake Bond Fund,1900\n")
    menu = page.rows.menu(page.table.preview_model.index_of("0.0.1"))
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["Say what it holds…", "Leave this line out", "Type its value…"]
    with qtbot.waitSignal(window.importer.reworked):
        actions["Leave this line out"].trigger()
    assert page.preview.total == 4100
    assert page.rows.menu(page.table.preview_model.index_of("0.0")) is None
    page.left_out.table.setCurrentIndex(page.left_out.skipped_model.index_of("0.0"))
    with qtbot.waitSignal(window.importer.reworked):
        press(qtbot, page.left_out.count_button)
    assert page.preview.total == 6000


def test_menu_key_asks_for_the_menu_of_the_current_row(
    qtbot: QtBot, shown: Callable[..., ImportPreviewPage]
) -> None:
    table = shown("Fund name,Value\nGranite Index Fund,4100\n").table
    table.menu_wanted.disconnect()
    table.setCurrentIndex(table.preview_model.index_of("0.0.0"))
    far = QPoint(3, 3)
    with qtbot.waitSignal(table.menu_wanted) as told:
        QApplication.sendEvent(table, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, far, far))
    assert told.args[0] == table.preview_model.index_of("0.0.0")
