"""Names that are mark-up or formulas are words in every label, tool tip, list, sheet and file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.domain.targets import TargetAllocation
from desktop_app.importers import find_sources, read_source
from desktop_app.reports import write_csv, write_xlsx
from desktop_app.ui.boxes import ask
from desktop_app.ui.printing import write_pdf
from desktop_app.ui.reminders import ask_reminder
from desktop_app.ui.widgets import Banner, ElidedLabel, SectionTitle, TextLabel
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.desk import look
from desktop_app.workflow.edits import rename_household, set_target
from desktop_app.workflow.paper import paper_of
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish

TODAY = date(2026, 11, 22)
MARK = "Zq"
"""In every hostile name, so that it is found again."""
TAG = f'{MARK}<b>bold</b><img src="file:///etc/passwd"><a href="http://example.com">link</a>'
NAMES = (
    f"={MARK}+1|'cmd'!A1 Stock Index",
    f"@{MARK}SUM(1) Bond Index",
    f"{TAG} Stock Fund",
    f"+{MARK}1 Bond Fund",
    f"-{MARK}2 Money Market",
    f"＝{MARK}3 Stock Index",
    f"{MARK};=2+2 Bond Index",
)


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    """A household in which everything that can have a name has a hostile one, with a checklist half made."""
    file = tmp_path_factory.mktemp("hostile") / f"{MARK}<b>statement<b>.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(
            ["Account Name", "Account Number", "Fund Name", "Units", "Unit Price", "Balance", "As of"]
        )
        for number, name in enumerate(NAMES):
            value = (50_000, 10_000, 30_000, 5_000, 5_000, 20_000, 3_000)[number]
            writer.writerow([f"{TAG} 401(k)", "778899", name, value, "1.00", f"{value}.00", "11/20/2026"])
    sources, _ = find_sources([file])
    found = Household(name=TAG, statements=(read_source(sources[0]),))
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    found = set_target(found, replace(target, reason=TAG), TODAY)
    desk = look(found, TODAY)
    return finish(desk, RebalanceFlow().plan(desk))


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow], household: Household) -> Iterator[MainWindow]:
    yield open_window(household)
    for box in QApplication.topLevelWidgets():
        if box.isVisible() and not isinstance(box, MainWindow):
            box.close()


def would_be_marked_up(words: str) -> bool:
    """Tell whether a tag of a hostile name stands in words that Qt may read as mark-up."""
    return MARK in words and any(tag in words for tag in ("<img", "<b>", "<i>", "<a "))


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    above = parent or QModelIndex()
    for row in range(model.rowCount(above)):
        for column in range(model.columnCount(above)):
            yield model.index(row, column, above)
        first = model.index(row, 0, above)
        if model.rowCount(first):
            yield from cells(model, first)


def faults(inside: QWidget) -> list[str]:
    found = []
    for widget in [inside, *inside.findChildren(QWidget)]:
        if would_be_marked_up(widget.toolTip()):
            found.append(f"tool tip of {type(widget).__name__}: {widget.toolTip()[:80]}")
        is_plain = isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.PlainText
        if isinstance(widget, QLabel) and not is_plain and would_be_marked_up(widget.text()):
            found.append(f"label {type(widget).__name__}: {widget.text()[:80]}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in cells(widget.model()):
                tip = index.data(Qt.ItemDataRole.ToolTipRole)
                if isinstance(tip, str) and would_be_marked_up(tip):
                    found.append(f"tip of a cell in {type(widget).__name__}: {tip[:80]}")
    return found


def seen(inside: QWidget) -> str:
    """Return all words of labels and cells, to be sure that the hostile ones are on the screen at all."""
    words = [label.text() for label in inside.findChildren(QLabel)]
    for view in inside.findChildren(QAbstractItemView):
        if view.model() is not None:
            words += [str(index.data()) for index in cells(view.model())]
    return "\n".join(words)


def test_the_detector_sees_what_it_looks_for(qtbot: QtBot) -> None:
    label = QLabel(f"{MARK} <b>x</b>")
    qtbot.addWidget(label)
    assert faults(label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert not faults(label)
    label.setToolTip(f"<b>{MARK}</b>")
    assert faults(label)


PAGES = ("overview", "holdings", "targets", "checklist", "history", "outlook", "guided", "settings", "help")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_takes_a_name_for_mark_up(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.show_page(page)
    qtbot.waitUntil(lambda: not window.runner.is_busy)
    QApplication.processEvents()
    assert faults(window) == []
    if page in {"holdings", "checklist"}:
        assert MARK in seen(window.pages.page(page))


def test_the_wizard_takes_no_name_for_mark_up(qtbot: QtBot, window: MainWindow) -> None:
    window.open_wizard()
    wizard = window._modes.currentWidget()
    for _ in range(5):
        qtbot.waitUntil(lambda: not window.runner.is_busy)
        QApplication.processEvents()
        assert faults(window) == []
        for button in wizard.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled() and button.text().replace("&", "") == "Next":
                button.click()
                break


def test_the_preview_and_its_boxes_take_no_name_for_mark_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / f"{MARK}<b>more<b>.csv"
    file.write_text(
        f'Fund Name,Balance\n"{MARK} <b>unknown</b> thing",100.00\n"<i>{MARK}",5.00\n', encoding="utf-8"
    )
    window.take([file])
    qtbot.waitUntil(window._shows_preview)
    assert MARK in seen(window)
    assert faults(window) == []


def test_a_waiting_preview_and_what_is_wrong_take_no_file_name_for_mark_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    good, bad = tmp_path / f"{TAG.replace('/', '_')}.csv", tmp_path / f"{MARK}<b>bad<b>.csv"
    good.write_text("Fund Name,Balance\nVanguard Total Bond Market Index Fund,100.00\n", encoding="utf-8")
    bad.write_text("Dear diary, today\n", encoding="utf-8")
    packed = tmp_path / f"{MARK}<i>packed<i>.zip"
    with ZipFile(packed, "w") as archive:
        archive.write(good, f"{MARK}<b>in<b>/{MARK}<b>entry<b>.csv")
        archive.write(bad, f"{MARK}<b>bad entry<b>.csv")
    window.take([good, bad, packed])
    qtbot.waitUntil(window._shows_preview)
    assert faults(window) == []
    said = seen(window)
    assert "<b>bad<b>" in said
    assert "entry<b>" in said
    window.show_page("overview")
    banners = [each for each in window.findChildren(Banner) if each.isVisible() and MARK in each.text()]
    assert banners
    assert faults(window) == []


def test_a_reading_and_its_refusal_take_no_file_name_for_mark_up(window: MainWindow, tmp_path: Path) -> None:
    window.importer.slow.emit(f"{TAG}.csv")
    assert MARK in seen(window)
    assert faults(window) == []
    window.importer.refused.emit(f"“{TAG}.csv” is empty.")
    QApplication.processEvents()
    for shown in QApplication.topLevelWidgets():
        assert faults(shown) == []


def test_a_question_takes_no_name_for_mark_up(qtbot: QtBot, window: MainWindow) -> None:
    box = ask(window, TAG, f"Replace {TAG}?", f"{TAG} is not imported yet.", ((TAG, list),), "Keep it")
    assert box.informativeText()
    assert faults(box) == []
    box.close()


def test_a_label_shows_mark_up_only_where_it_is_asked_to(qtbot: QtBot) -> None:
    for label in (TextLabel(TAG), SectionTitle(TAG), ElidedLabel(TAG), Banner("info", TAG)):
        qtbot.addWidget(label)
        assert faults(label) == []


def test_dialogs_and_messages_take_no_name_for_mark_up(qtbot: QtBot, window: MainWindow) -> None:
    window.files.say(TAG)
    window.files.choose_start_over()
    window.files.choose_name()
    window.files.choose_earlier()
    window.sealing.set_passphrase()
    window.type_in()
    ask_reminder(window, lambda: window.document.desk)
    qtbot.waitUntil(lambda: not window.runner.is_busy)
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert len(shown) >= 6
    for dialog in shown:
        assert faults(dialog) == []
        if isinstance(dialog, QMessageBox):
            assert dialog.textFormat() == Qt.TextFormat.PlainText
        dialog.close()


def test_undo_and_title_take_no_name_for_mark_up(window: MainWindow) -> None:
    window.document.apply(TAG, rename_household(window.document.household, f"{TAG} again"))
    assert faults(window) == []
    assert TAG in window.windowTitle()


def test_the_paper_prints_names_letter_by_letter(household: Household, tmp_path: Path) -> None:
    checklist = household.checklists[-1]
    write_pdf(paper_of(checklist, household.name, TODAY, TODAY), tmp_path / "list.pdf")
    words = "".join(page.extract_text() for page in PdfReader(tmp_path / "list.pdf").pages).replace("\n", "")
    assert "<b>bold</b>" in words
    assert not [page for page in PdfReader(tmp_path / "list.pdf").pages if page.images]


def test_no_cell_of_a_file_is_a_formula(household: Household, tmp_path: Path) -> None:
    checklist = household.checklists[-1]
    write_csv(checklist, tmp_path / "list.csv")
    write_xlsx(checklist, household.name, tmp_path / "list.xlsx")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    named = [cell for row in rows for cell in row if MARK in cell]
    assert named
    assert all(cell[0] not in "=+-@＝＋－＠\t\r" for cell in named)
    for separator in ";\t":
        with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as opened:
            apart = [cell for row in csv.reader(opened, delimiter=separator) for cell in row]
        assert all(cell.strip()[:1] not in {*"=+-@＝＋－＠"} for cell in apart)
    book = load_workbook(tmp_path / "list.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if MARK in str(cell.value)]
    assert found
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.hyperlink is None for cell in found)
