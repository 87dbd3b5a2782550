"""The Checklist page as a user works through it: ticks, numbers, dates, undo, paper and files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.drift import DriftReport, Verdict
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.language import use_translation
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import Exchange, ExchangePlan, Proof
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.pages.checklist import ChecklistPage
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.widgets.day_field import parse_day
from desktop_app.ui.window import MainWindow
from desktop_app.workflow import edits

TODAY = date(2026, 11, 22)


def fund(key: str, name: str, leaf: C) -> Fund:
    return Fund(key, name, AssetMix.single(leaf), ClassifiedBy.SYMBOL, symbol=key)


STOCK = fund("HSTK", "Harvest Stock Index", C.US_LARGE)
BOND = fund("HBND", "Harvest Bond Index", C.US_BOND)
SMALL = fund("HSML", "Harvest <b>Small</b> Index", C.US_SMALL)


def exchange(source: Fund, target: Fund, amount: str, units: str | None = None) -> Exchange:
    return Exchange(
        "90017734",
        source,
        target,
        Decimal(amount),
        "why",
        Decimal(units) if units else None,
        Decimal("0.125"),
    )


def household(as_of: date = TODAY) -> Household:
    rows = tuple(
        StatementRow(line, held, Decimal(value))
        for line, (held, value) in enumerate(((STOCK, "8000"), (BOND, "2000"), (SMALL, "500")), 2)
    )
    account = StatementAccount("90017734", "Harvest 401(k)", rows)
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    rules = AccountRules(no_buy=("HSML",))
    still = DriftReport(Decimal(10500), (), Decimal(0), None, Verdict.HOLD, Decimal(0), Decimal(0))
    plan = ExchangePlan(
        total=Decimal(10500),
        target=target,
        rules=PlanRules(TODAY, accounts=(("90017734", rules),)),
        before=still,
        after=still,
        turnover=Decimal("1250.50"),
        exchanges=(exchange(STOCK, BOND, "1000.00", "12.345"), exchange(SMALL, BOND, "250.50")),
        trades=(),
        elections=(),
        later=(),
        unmet=(),
        proof=Proof("optimal", Decimal(0), fewest_exchanges=True, words=""),
    )
    start = Household(
        name="Harvest house",
        statements=(Statement("h.csv", "generic", as_of, AsOfKind.DOWNLOAD, (account,)),),
        targets=(target,),
    )
    return edits.start_checklist(start, plan, TODAY)


@pytest.fixture
def shown(qtbot, runner) -> Callable[[Household], ChecklistPage]:
    def show(start: Household) -> ChecklistPage:
        page = ChecklistPage(Document(start, lambda: TODAY), runner)
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        return page

    return show


def ticks_of(page: ChecklistPage) -> tuple[ChecklistTick, ...]:
    return page._document.household.checklist.ticks


def test_without_a_checklist_the_page_says_what_one_is_for(qtbot, shown) -> None:
    page = shown(replace(household(), checklists=()))
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.rebalance_wanted):
        qtbot.mouseClick(page.rebalance, Qt.MouseButton.LeftButton)


def test_a_tick_notes_today_and_undo_takes_it_back(qtbot, shown) -> None:
    page = shown(household())
    assert page.title.text() == "0 of 2 exchanges done"
    page.rows[0].box.click()
    assert ticks_of(page)[0] == ChecklistTick(done=True, done_on=TODAY)
    assert page.rows[0].day.text() == "22 Nov 2026"
    assert page.title.text() == "1 of 2 exchanges done"
    assert page.cards[0].progress.text() == "1 of 2"
    assert page.progress.value() == 1
    page._document.undo_stack.undo()
    assert ticks_of(page)[0] == ChecklistTick()
    assert not page.rows[0].box.isChecked()
    assert page.rows[0].day.text() == ""


def test_a_number_is_saved_as_it_is_typed_and_undone_in_one_step(qtbot, shown) -> None:
    page = shown(household())
    qtbot.keyClicks(page.rows[1].confirmation, "HV-2081")
    assert ticks_of(page)[1].confirmation == "HV-2081"
    assert page._document.undo_stack.count() == 1
    qtbot.keyClicks(page.rows[0].confirmation, "9")
    page._document.undo_stack.undo()
    assert page.rows[0].confirmation.text() == ""
    page._document.undo_stack.undo()
    assert ticks_of(page)[1].confirmation == ""


def test_a_date_is_read_as_people_write_it(qtbot, shown) -> None:
    page = shown(household())
    qtbot.keyClicks(page.rows[0].day, "11/20/2026")
    assert ticks_of(page)[0].done_on == date(2026, 11, 20)
    qtbot.keyClick(page.rows[0].day, Qt.Key.Key_Up)
    assert ticks_of(page)[0].done_on == date(2026, 11, 21)
    page.rows[0].day.clear()
    qtbot.keyClicks(page.rows[0].day, "soon")
    page.rows[0].day.editingFinished.emit()
    assert page.rows[0].day.text() == "soon"


def test_words_that_are_no_date_stay_and_are_marked(qtbot, shown) -> None:
    page = shown(household())
    field = page.rows[0].day
    qtbot.keyClicks(field, "22 Nov 2026")
    field.selectAll()
    qtbot.keyClicks(field, "gestern")
    field.editingFinished.emit()
    assert field.text() == "gestern"
    assert field.toolTip() == "Write a date such as 22 Nov 2026"
    assert field.accessibleDescription() == field.toolTip()
    assert ticks_of(page)[0].done_on is None
    field.selectAll()
    qtbot.keyClicks(field, "Nov 21, 2026")
    field.editingFinished.emit()
    assert field.text() == "21 Nov 2026"
    assert field.toolTip() == ""
    assert ticks_of(page)[0].done_on == date(2026, 11, 21)


@pytest.mark.parametrize("text", ["2026-11-22", "22 Nov 2026", "Nov 22, 2026", "11/22/2026", " 11/22/26 "])
def test_days_have_many_shapes(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 22)


def test_a_day_is_read_as_the_language_in_force_writes_it() -> None:
    spanish = {"Nov": "nov.", "{0} {1} {2}": "{0} de {1} de {2}"}
    use_translation(lambda _context, text: spanish.get(text, text))
    try:
        assert parse_day(words.day(TODAY)) == TODAY
        assert parse_day("nov. 22, 2026") == TODAY
        assert parse_day("22 de nov. de 26") is None  # which year that is, nobody knows
    finally:
        use_translation(None)


@pytest.mark.parametrize("text", ["", "11", "31 Feb 2026", "tomorrow"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_the_next_open_exchange_is_chosen_with_its_number_field(qtbot, shown) -> None:
    start = edits.tick_exchange(household(), 0, ChecklistTick(done=True, done_on=TODAY))
    page = shown(start)
    page.activateWindow()
    page.setFocus()  # as the window does when it goes to the page
    assert [row.is_chosen for row in page.rows] == [False, True]
    assert page.focusWidget() is page.rows[1].confirmation


def test_all_done_says_so(qtbot, shown) -> None:
    page = shown(household())
    page.rows[0].box.click()
    page.rows[1].box.click()
    assert page.title.text() == "All 2 exchanges done"


def test_the_card_tells_amounts_and_the_account_s_own_rules(qtbot, shown) -> None:
    page = shown(household())
    card = page.cards[0]
    assert card.moves.text() == "$1,250.50 moves"
    assert "Harvest <b>Small</b> Index: Takes no new money." in card.rules.text()
    assert "4 p.m." not in card.rules.text()
    assert page.rows[0].accessibleName() == "Harvest Stock Index to Harvest Bond Index, $1,000.00"


def test_old_prices_are_said_in_amber(qtbot, shown) -> None:
    assert not shown(household()).warning.isVisible()
    page = shown(household(as_of=date(2026, 9, 30)))
    assert page.warning.isVisible()
    assert "53 days old" in page.warning.text()
    assert "3 %" in page.warning.text()


def test_the_small_page_follows_paper_and_letters(qtbot, shown) -> None:
    page = shown(household())
    qtbot.waitUntil(lambda: not page.paper.thumbnail._image.isNull())
    letter = page.paper.thumbnail.page_place()
    below = page.paper.papers.y()
    assert letter.height() / letter.width() == pytest.approx(11 / 8.5, abs=0.01)
    with qtbot.waitSignal(page.paper_changed) as told:
        page.paper.papers.set_current(1)
    assert told.args == ["a4", False]
    a4 = page.paper.thumbnail.page_place()
    assert a4.height() / a4.width() == pytest.approx(297 / 210, abs=0.01)
    QApplication.processEvents()
    assert page.paper.papers.y() == below
    assert page.paper.help.text() == "1 page"


def test_pdf_csv_and_workbook_are_written(qtbot, shown, runner, tmp_path: Path) -> None:
    page = shown(household())
    for kind in ("pdf", "csv", "xlsx"):
        page.output.write(kind, tmp_path / f"list.{kind}")
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "list.xlsx").read_bytes().startswith(b"PK")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    assert "1000.00" in rows[1]


def test_a_folder_that_is_not_there_is_said_in_words(qtbot, shown, runner, tmp_path: Path) -> None:
    page = shown(household())
    page.output.write("csv", tmp_path / "gone" / "list.csv")
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    box = page.findChild(QMessageBox)
    assert "list.csv" in box.text()
    box.close()


def test_copy_puts_a_table_on_the_clipboard(qtbot, shown) -> None:
    page = shown(household())
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert "Harvest Stock Index" in lines[1]


def test_a_reminder_names_the_next_check(qtbot, shown, tmp_path: Path) -> None:
    page = shown(household())
    with qtbot.waitSignal(page.after.reminder_wanted):
        qtbot.mouseClick(page.after.reminder, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "check.ics"))
    dialog.close()
    said = (tmp_path / "check.ics").read_text(encoding="utf-8").replace("\n ", "")
    assert "DTSTART;VALUE=DATE:20261231" in said
    assert "Yearly check." in said
    assert "Total drift" in said


def test_saving_asks_for_a_file(qtbot, shown) -> None:
    page = shown(household())
    dialog = page.output.ask_file("pdf")
    assert dialog.defaultSuffix() == "pdf"
    dialog.close()


def test_print_and_preview_open_and_close(qtbot, shown) -> None:
    page = shown(household())
    preview = page.output.preview()
    assert preview.isVisible()
    preview.close()
    dialog = page.output.print()
    dialog.reject()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_amount_is_cut_however_large(qtbot, shown, scale: float) -> None:
    start = household()
    plan = start.checklist.plan
    large = exchange(STOCK, BOND, "12345678.90", "1234567.891")
    start = edits.start_checklist(start, replace(plan, exchanges=(large, *plan.exchanges)), TODAY)
    try:
        set_text_scale(scale)
        page = shown(start)
        amounts = {row.line.units: row for row in page.rows}
        assert "1,234,567.891" in amounts
        row = amounts["1,234,567.891"]
        labels = [label for label in row.findChildren(QLabel) if label.text()]
        for words in (row.line.dollars, row.line.percent, row.line.units):
            (label,) = [label for label in labels if label.text() == words]
            assert label.fontMetrics().horizontalAdvance(words) <= label.width(), words
        others = [other._units.width() for other in page.rows]
        assert len(set(others)) == 1
    finally:
        set_text_scale(1.0)


def test_discarding_can_be_undone(qtbot, shown) -> None:
    page = shown(household())
    qtbot.keyClicks(page.rows[0].confirmation, "A1")
    qtbot.mouseClick(page.after.discard, Qt.MouseButton.LeftButton)
    assert page.empty.isVisible()
    page._document.undo_stack.undo()
    assert page.rows[0].confirmation.text() == "A1"


def test_nothing_is_cut_at_twice_the_text_size(qtbot, shown) -> None:
    page = shown(household())
    try:
        set_text_scale(2.0)
        page.resize(1024, 700)
        qtbot.waitUntil(lambda: page._side.y() > page.cards[0].y())
        assert page._area.horizontalScrollBar().maximum() == 0
    finally:
        set_text_scale(1.0)


def test_paper_and_letters_are_remembered_as_preferences(qtbot, runner, tmp_path: Path) -> None:
    document = Document(household(), lambda: TODAY)
    saver = AutoSaver(document, runner, DocumentStore(tmp_path / "h.keel"), on_disk=False)
    window = MainWindow(document, saver, runner, Preferences(paper="a4"))
    qtbot.addWidget(window)
    window.show_page("checklist")
    page = window.findChild(ChecklistPage)
    assert page.paper.paper() == "a4"
    page.paper.large.click()
    assert window.preferences.large_print
    window.use_preferences(replace(window.preferences, paper="letter"))
    assert page.paper.paper() == "letter"
    assert page.output.paper == "letter"


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_what_was_saved_is_said_beside_the_paper(qtbot, shown, tmp_path, kind) -> None:
    page = shown(household())
    assert not page.paper.done.isVisible()
    page.output.write(kind, tmp_path / f"list.{kind}")
    qtbot.waitUntil(page.paper.done.isVisible)
    assert page.paper.done.text() == f"Saved as “list.{kind}”."
    assert (tmp_path / f"list.{kind}").stat().st_size


def test_printing_is_said_and_a_preview_is_not(qtbot, shown, tmp_path) -> None:
    page = shown(household())
    preview = page.output.preview()
    qtbot.waitUntil(preview.isVisible)
    preview.close()
    assert not page.paper.done.isVisible()
    dialog = page.output.print()
    printer = page.output._printer
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    dialog.accepted.emit(printer)
    dialog.close()
    assert page.paper.done.isVisible()
    assert page.paper.done.text() == "Printed."
    assert (tmp_path / "paper.pdf").stat().st_size


def test_tab_goes_from_the_head_through_the_steps_to_the_paper(qtbot, shown) -> None:
    page = shown(household())
    page.activateWindow()
    page.print_button.setFocus()
    stops = []
    while page.focusWidget() is not page.after.reminder and len(stops) < 20:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        stops.append(page.focusWidget())
    steps = [stop for row in page.rows for stop in (row.box, row.confirmation)]
    places = [stops.index(stop) for stop in (*steps, page.paper.preview)]
    assert places[0] == 0
    assert places == sorted(places)
