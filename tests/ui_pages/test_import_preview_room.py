"""The preview where there is little room, and how its questions are reached, answered and answered again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.accounts import masked_number
from desktop_app.domain.hints import ColumnRole, TableMapping
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, IssueKind, QuickFix, Severity
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import SkippedRow, SkipReason
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_lines import units_words
from desktop_app.ui.models.holdings_preview import Column, SkippedTreeModel
from desktop_app.ui.models.tree_rows import SUFFIX_ROLE
from desktop_app.ui.pages.import_fixes import PasswordBar
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.pages.import_preview_parts import FixButton
from desktop_app.ui.pages.import_problems import ColumnsBar
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.widgets import TextLabel
from desktop_app.workflow.statements import (
    FileProblem,
    ImportPreview,
    Need,
    accept,
    answer_account,
    preview_text,
    sketches,
    with_mapping,
)

from .page_household import TODAY

NARROW = (912, 534)
"""What 1024 × 700 leaves to a page at twice the text size."""
# 350.00 + 1,550.00 = 1,900.00, but the file says 2,900.00
WRONG_SUM = (
    "As of 10/31/2026\n"
    "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value\n"
    "Z10000001,Mill Street plan,VTSAX,TOTAL STOCK MARKET INDEX,10,$35.00,$350.00\n"
    "Z10000001,Mill Street plan,,BRIGHT MEADOW SERIES Q TRUST,10,$155.00,$1550.00\n"
    'Z10000001,Mill Street plan,Total,,,,"$2,900.00"\n'
)
TWO_UNKNOWN = (
    "As of 10/31/2026\nFund\tBalance\nGrey Heron Pool\t3,000.00\n"
    "Old Quay Pool\t1,000.00\nUS Bond Index Fund\t500.00\n"
)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ImportPreviewPage]:
    document = Document(Household(), lambda: TODAY)
    page = ImportPreviewPage(document)
    document.setParent(page)
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show()
    yield page
    set_text_scale(1.0)


def preview_of(text: str, *, known: Household | None = None, columns: bool = False) -> ImportPreview:
    preview = preview_text(known or Household(), text)
    if columns:
        issue = Issue(Severity.WARNING, "The columns were guessed.", "Choose.", quick=(QuickFix.COLUMNS,))
        (statement,) = preview.statements
        preview = replace(preview, statements=(replace(statement, issues=(issue,)),))
    return preview


def is_inside(part: QWidget, whole: QWidget) -> bool:
    corner = part.mapTo(whole, QPoint(0, 0))
    return whole.rect().contains(part.rect().translated(corner))


def texts(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(TextLabel) if label.isVisible()]


def test_button_stands_inside_its_bar_at_twice_the_text_size(page: ImportPreviewPage, qtbot: QtBot) -> None:
    set_text_scale(2.0)
    page.resize(*NARROW)
    page.show_preview(preview_of(WRONG_SUM, columns=True))
    (bar,) = page.findChildren(ColumnsBar)
    qtbot.waitUntil(lambda: is_inside(bar.button, bar))
    assert bar.title.height() >= bar.title.heightForWidth(bar.title.width())
    assert bar.help.height() >= bar.help.heightForWidth(bar.help.width())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_sum_is_cut_where_there_is_little_room(page: ImportPreviewPage, scale: float) -> None:
    set_text_scale(scale)
    page.resize(*NARROW)
    page.show_preview(preview_of(WRONG_SUM))
    table = page.table
    for column in (Column.VALUE, Column.DECIDED):
        right = table.columnViewportPosition(column) + table.columnWidth(column)
        assert right <= table.viewport().width()
    said = table.preview_model.index_of("0.0", Column.DECIDED)
    assert said.data() == "File says $2,900.00"
    wanted = table.itemDelegateForIndex(said).words_width(said)
    assert table.columnWidth(Column.DECIDED) > wanted


@pytest.mark.parametrize(("size", "scale"), [((968, 616), 1.0), ((1080, 716), 1.0), (NARROW, 2.0)])
def test_question_and_buttons_stay_in_sight(
    page: ImportPreviewPage, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    set_text_scale(scale)
    page.resize(*size)
    problems = tuple(FileProblem(f"{name}.xlsx", f"{name}.xlsx has no table.") for name in "ab")
    page.show_preview(replace(preview_of(TWO_UNKNOWN, columns=True), problems=problems))
    assert page.question.isVisible()
    for part in (page.question.title, page.question.first_button(), page.import_button, page.cancel_button):
        qtbot.waitUntil(lambda part=part: is_inside(part, page) and part.visibleRegion().isEmpty() is False)


def test_next_question_is_whole_where_there_is_room(page: ImportPreviewPage, qtbot: QtBot) -> None:
    page.show_preview(preview_of("Account Number\tFund\tBalance\n44556321\tGrey Heron Pool\t700\n"))
    page.day_question.leave_button.click()
    bar = page.question
    qtbot.waitUntil(lambda: bar.visibleRegion().boundingRect().height() == bar.height() > 40)
    assert bar.help.visibleRegion().boundingRect().height() == bar.help.height()


def test_lines_left_out_name_their_file_where_there_are_several() -> None:
    one = preview_of(WRONG_SUM).statements[0]
    model = SkippedTreeModel()
    model.show_statements((one, replace(one, file="other.csv")))
    suffixes = [model.index(row, 0).data(SUFFIX_ROLE) for row in range(model.rowCount())]
    assert suffixes[0].startswith("Pasted table · ")
    assert suffixes[-1].startswith("other.csv · ")


def test_two_rows_left_out_are_in_sight(page: ImportPreviewPage, qtbot: QtBot) -> None:
    preview = preview_of(WRONG_SUM)
    (statement,) = preview.statements
    skipped = statement.skipped * 5
    page.resize(968, 616)
    page.show_preview(replace(preview, statements=(replace(statement, skipped=skipped),)))
    table = page.left_out.table
    qtbot.waitUntil(lambda: table.viewport().height() >= 2 * table.row_height())


def test_click_on_answer_below_asks_about_that_fund_next(page: ImportPreviewPage, qtbot: QtBot) -> None:
    page.show_preview(preview_of(TWO_UNKNOWN))
    assert "Grey Heron Pool" in page.question.title.text()
    cell = page.table.preview_model.index_of("0.0.1", Column.DECIDED)
    assert cell.data() == "Answer below"
    place = page.table.visualRect(cell).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "Old Quay Pool" in page.question.title.text()
    assert page.question.first_button().hasFocus()
    page.question.leave_button.click()
    assert [key for key, _ in page.preview.answers] == ["old quay pool"]
    assert "Grey Heron Pool" in page.question.title.text()


def test_enter_on_a_fund_without_a_class_asks_about_it(page: ImportPreviewPage, qtbot: QtBot) -> None:
    page.show_preview(preview_of(TWO_UNKNOWN))
    page.table.setCurrentIndex(page.table.preview_model.index_of("0.0.1"))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert "Old Quay Pool" in page.question.title.text()


def test_file_that_asks_for_a_password_is_not_called_empty(page: ImportPreviewPage) -> None:
    source = StatementSource("locked.xlsx", text="-")
    problem = FileProblem("locked.xlsx", "It is protected.", source, Need.PASSWORD)
    page.show_preview(ImportPreview(Household(), (), (problem,)))
    assert page.title.text() == "This file asks for a password"
    assert len(page.findChildren(PasswordBar)) == 1
    page.show_preview(ImportPreview(Household(), (), (FileProblem("a.csv", "a.csv is empty."),)))
    assert page.title.text() == "Nothing to import"


def change(page: ImportPreviewPage, words: str) -> None:
    (button,) = [
        each for each in page.answers.findChildren(FixButton) if words in each.accessibleDescription()
    ]
    button.click()


def test_answered_day_is_shown_and_can_be_changed(page: ImportPreviewPage) -> None:
    page.show_preview(preview_of("Fund\tValue\nHarbor Cash Reserves\t1,250.50\n"))
    assert not page.answers.isVisible()
    page.day_question.day.setDate(QDate(2026, 10, 31))
    page.day_question.use_button.click()
    assert "The figures of Pasted table are of 31 Oct 2026." in texts(page.answers)
    change(page, "31 Oct 2026")
    assert page.day_question.isVisible()
    assert page.preview.statements[0].as_of is None
    page.day_question.leave_button.click()
    assert texts(page.answers)[-1] == "The day of the figures of Pasted table is left open."


def test_answers_about_missing_funds_are_shown_and_can_be_changed(page: ImportPreviewPage) -> None:
    before = accept(
        preview_of(
            "As of 06/30/2026\nAccount Number\tFund\tBalance\n"
            "44556321\tBond Index Fund\t3000\n44556321\tStable Value Fund\t1000\n"
        )
    )
    after = "As of 09/30/2026\nAccount Number\tFund\tBalance\n44556321\tBond Index Fund\t4050\n"
    page.show_preview(preview_of(after, known=before))
    page.missing.gone_button.click()
    assert not page.missing.isVisible()
    change(page, "Stable Value Fund")
    assert page.missing.isVisible()
    page.missing.kept_button.click()
    assert any("at the last value: Stable Value Fund" in text for text in texts(page.answers))
    assert accept(page.preview).snapshot().total == Decimal("5050.00")
    model = page.table.preview_model
    account = model.index(0, 0)
    assert [model.index(row, 0, account).data() for row in range(model.rowCount(account))] == [
        "Bond Index Fund",
        "Stable Value Fund",
    ]
    assert model.index(1, Column.VALUE, account).data() == "$1,000.00"
    assert model.index(1, Column.DECIDED, account).data() == "kept from before"
    assert model.index(0, Column.DECIDED).data() == "$1,000.00 not in the file"
    assert model.index(0, Column.VALUE).data() == "$5,050.00"
    assert model.index(1, Column.FUND).data() == "1 account, 1 holding and 1 kept"
    assert model.index(1, Column.VALUE).data() == "$5,050.00"


def test_answer_about_an_account_is_shown_and_can_be_changed(page: ImportPreviewPage) -> None:
    before = accept(preview_of("As of 06/30/2026\nFund\tBalance\nBond Index Fund\t3000\n"))
    after = preview_of("As of 09/30/2026\nFund\tBalance\nBond Index Fund\t3100\n", known=before)
    (statement,) = after.statements
    other = replace(statement.accounts[0], name="Quarry plan", id="Quarry plan")
    after = preview_renamed(after, replace(statement, accounts=(other,)))
    page.show_preview(after)
    assert page.account_question.isVisible()
    page.account_question.same_button.click()
    assert not page.account_question.isVisible()
    assert accept(page.preview).snapshot().total == 3100
    change(page, "Quarry plan")
    assert page.account_question.isVisible()
    page.account_question.other_button.click()
    assert accept(page.preview).snapshot().total == 6100


def preview_renamed(preview: ImportPreview, statement: object) -> ImportPreview:
    from desktop_app.workflow.preview import with_matches

    return with_matches(replace(preview, statements=(statement,)))


def test_day_given_is_the_day_imported(page: ImportPreviewPage) -> None:
    page.show_preview(preview_of("Fund\tValue\nHarbor Cash Reserves\t1,250.50\n"))
    page.day_question.day.setDate(QDate(2026, 9, 1))
    page.day_question.use_button.click()
    assert accept(page.preview).snapshot().as_of == date(2026, 9, 1)


def test_another_preview_begins_at_its_top(page: ImportPreviewPage, qtbot: QtBot) -> None:
    rows = "".join(f"US Bond Index Fund {n},{n}.00\n" for n in range(1, 80))
    first = preview_of("As of 10/31/2026\nFund,Balance\n" + rows)
    page.show_preview(first)
    bars = (page.table.verticalScrollBar(), page._scroll.verticalScrollBar())
    qtbot.waitUntil(lambda: any(bar.maximum() > 0 for bar in bars))
    for bar in bars:
        bar.setValue(bar.maximum())
    page.show_preview(preview_of("As of 10/31/2026\nFund,Balance\n" + rows.replace("Bond", "Stock")))
    QApplication.processEvents()
    assert [bar.value() for bar in bars] == [0, 0]


def scrolling(page: ImportPreviewPage) -> list[QWidget]:
    areas = page.findChildren(QAbstractScrollArea)
    return [each for each in areas if each.isVisible() and each.verticalScrollBar().maximum() > 0]


MANY_LEFT_OUT = WRONG_SUM + "".join(f"Please call us at {n}.\n" for n in range(30))


@pytest.mark.parametrize(("size", "scale"), [((1080, 716), 1.0), ((1168, 635), 2.0)])
def test_only_the_page_scrolls(page: ImportPreviewPage, qtbot: QtBot, size: tuple, scale: float) -> None:
    set_text_scale(scale)
    page.resize(*size)
    page.show_preview(preview_of(MANY_LEFT_OUT))
    assert page.question.isVisible()
    qtbot.waitUntil(lambda: scrolling(page) == [page._scroll])
    said = [label for label in page.checks.findChildren(TextLabel) if label.isVisible()]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in said if label.wordWrap())


def test_rows_stand_below_the_question_at_twice_the_text_size(page: ImportPreviewPage, qtbot: QtBot) -> None:
    set_text_scale(2.0)
    page.resize(1168, 635)  # what 1280 × 800 leaves to a page
    page.show_preview(preview_of(TWO_UNKNOWN))
    row = page.table.preview_model.index_of("0.0.0")
    rect = page.table.visualRect(row)

    def shown() -> bool:
        return page.table.viewport().visibleRegion().boundingRect().contains(rect.center())

    qtbot.waitUntil(shown)
    question = page.question
    assert question.visibleRegion().boundingRect().height() == question.height()
    set_text_scale(1.0)
    page.resize(1080, 716)
    qtbot.waitUntil(lambda: page.foot.isAncestorOf(page.question))


def test_lines_left_out_are_all_listed_when_asked_for(page: ImportPreviewPage, qtbot: QtBot) -> None:
    page.show_preview(preview_of(MANY_LEFT_OUT))
    table, count = page.left_out.table, page.left_out.skipped_model.rowCount()
    assert count > 30
    assert page.left_out.all_button.text() == f"Show all {count}"
    assert table.height() < 7 * table.row_height()
    page.left_out.all_button.click()
    assert table.height() >= count * table.row_height()
    page.left_out.all_button.click()
    assert table.height() < 7 * table.row_height()


def test_checks_about_sums_come_first_and_days_last(page: ImportPreviewPage) -> None:
    old = WRONG_SUM.replace("10/31/2026", "01/31/2026")
    preview = preview_of(old)
    (statement,) = preview.statements
    line = Issue(Severity.WARNING, "No value.", "Look it up.", line=3)
    foreign = Issue(Severity.WARNING, "This line is in EUR.", "", line=4, kind=IssueKind.FOREIGN_MONEY)
    statement = replace(statement, issues=(line, *statement.issues, foreign))
    page.show_preview(replace(preview, statements=(statement,)))
    said = [text for text in page.checks.texts() if "agree" not in text]
    assert "but the file states" in said[0]
    assert "in EUR" in said[1]
    assert "No value" in said[2]
    assert "days old" in said[3]


def test_question_about_an_account_says_what_differs(page: ImportPreviewPage) -> None:
    plan = "As of {0}\nAccount Number\tFund\tBalance\n{1}\tBond Index Fund\t400\n"
    known = accept(preview_text(Household(), plan.format("09/30/2026", "0045678123"), "september.csv"))
    page.show_preview(preview_text(known, plan.format("11/20/2026", "XXXX8123"), "november.csv"))
    bar = page.account_question
    assert bar.title.text() == "Is the account in november.csv your “Account ending 8123”?"
    assert bar.help.text().startswith("november.csv has XXXX8123; september.csv had ••••••8123.")


def test_waiting_questions_are_counted(page: ImportPreviewPage) -> None:
    page.show_preview(preview_of(TWO_UNKNOWN.split("\n", 1)[1]))
    assert page.day_question.title.text().startswith("3 questions. First: Which day")


def test_many_files_are_counted_with_their_list_behind_a_button(page: ImportPreviewPage) -> None:
    (statement,) = preview_of(WRONG_SUM).statements
    files = tuple(replace(statement, file=f"month-{n}.csv", digest=str(n)) for n in range(20))
    page.show_preview(ImportPreview(Household(), files))
    assert page.file_label.text() == "20 files · 31 Oct 2026 · nothing is saved yet"
    page.files_button.click()
    assert "month-19.csv" in page.file_label.text()
    page.files_button.click()
    assert "month-19.csv" not in page.file_label.text()
    page.show_preview(preview_of(WRONG_SUM))
    assert not page.files_button.isVisible()


BY_HAND = "As of 10/31/2026\nFund,Balance\nUS Bond Index Fund,500.00\nGranite Index Fund,700.00\n"


def test_chosen_line_is_left_out_by_button_and_by_key(page: ImportPreviewPage, qtbot: QtBot) -> None:
    page.show_preview(preview_text(Household(), BY_HAND))
    assert not page.foot.leave_button.isVisible()
    page.table.setCurrentIndex(page.table.preview_model.index_of("0.0.0"))
    assert page.foot.leave_button.isVisible()
    assert page.foot.value_button.isVisible()
    with qtbot.waitSignal(page.rework_wanted) as told:
        page.foot.leave_button.click()
    left = told.args[1](lambda _share: None)
    assert left.total == 700
    with qtbot.waitSignal(page.rework_wanted) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert told.args[1](lambda _share: None).total == 700
    page.take_rework(left)
    model = page.left_out.skipped_model
    reasons = [model.index(row, 0).data(SUFFIX_ROLE) for row in range(model.rowCount())]
    assert "You left it out" in reasons


def test_account_and_total_offer_nothing_to_leave_out(page: ImportPreviewPage, qtbot: QtBot) -> None:
    page.show_preview(preview_text(Household(), BY_HAND))
    page.table.setCurrentIndex(page.table.preview_model.index_of("0.0"))
    assert not page.foot.leave_button.isVisible()
    with qtbot.assertNotEmitted(page.rework_wanted):
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)


def test_empty_line_left_out_says_so() -> None:
    model = SkippedTreeModel()
    (statement,) = preview_of(WRONG_SUM).statements
    empty = SkippedRow(7, ",,,", SkipReason.EMPTY)
    model.show_statements((replace(statement, skipped=(empty,)),))
    assert model.index(0, 0).data() == "(empty)"


def test_names_take_the_free_width(page: ImportPreviewPage, qtbot: QtBot) -> None:
    name = "Vanguard Total Stock Market Index"
    page.show_preview(preview_text(Household(), f"As of 10/31/2026\nFund,Units,Balance\n{name},5,500.00\n"))
    index = page.table.preview_model.index_of("0.0.0")
    needed = page.table.itemDelegateForIndex(index).words_width(index)
    qtbot.waitUntil(lambda: page.table.visualRect(index).width() >= needed)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("...321", "••321"), ("0045678123", "••8123"), ("XXX321", "••321"), ("X00000001", "••0001")],
)
def test_masked_number_has_no_stray_signs(number: str, shown: str) -> None:
    assert masked_number(number, "Plan") == shown


@pytest.mark.parametrize(
    ("units", "shown"),
    [
        ("0.00087990", "0.0008799"),
        ("0.5", "0.500"),
        ("0.0625", "0.06250"),
        ("1955.31", "1,955.310"),
        ("0", "0.000"),
    ],
)
def test_small_units_keep_the_digits_that_count(units: str, shown: str) -> None:
    assert units_words(Decimal(units)) == shown


def test_older_file_and_new_account_say_what_becomes_of_them(page: ImportPreviewPage) -> None:
    plan = "As of {0}\nAccount Number\tFund\tBalance\n{1}\tBond Index Fund\t400\n"
    known = accept(preview_text(Household(), plan.format("09/30/2026", "0045678123"), "september.csv"))
    page.show_preview(preview_text(known, plan.format("08/31/2026", "0045678123"), "august.csv"))
    model = page.table.preview_model
    assert model.index_of("0.0", Column.CLASS).data() == "Kept as history"
    assert page.import_button.text() == "Keep 1 holding as history"
    assert any("Kept as history; today's figures stay." in text for text in page.checks.texts())
    page.show_preview(preview_text(known, plan.format("08/31/2026", "99887712"), "other.csv"))
    assert model.index_of("0.0", Column.CLASS).data() == "New account"
    assert page.import_button.text() == "Import 1 holding"


def test_a_remembered_account_is_said_and_can_be_asked_about_again(page: ImportPreviewPage) -> None:
    text = "As of {0}\nAccount Number\tAccount Name\tFund\tBalance\n{1}\tAsh IRA\tBond Index Fund\t{2}\n"
    known = accept(preview_of(text.format("06/30/2026", "XXXX5150", "3000")))
    first = preview_of(text.format("09/30/2026", "86205150", "3050"), known=known)
    known = accept(answer_account(first, first.matches[0], same=True))
    page.show_preview(preview_of(text.format("10/31/2026", "86205150", "3100"), known=known))
    assert not page.account_question.isVisible()
    assert texts(page.answers) == [
        "The account in Pasted table is your “Ash IRA ••5150”, as you said before."
    ]
    change(page, "as you said before")
    assert page.account_question.isVisible()
    page.account_question.other_button.click()
    assert accept(page.preview).snapshot().total == Decimal(6150)


def test_remembered_columns_are_no_doubt_but_are_said(page: ImportPreviewPage) -> None:
    text = "Blip\tZonk\tWib\nAlder Growth Fund\t4.5\t210.10\nBirch Bond Fund\t2.5\t88.00\n"
    first = preview_of(text)
    source = first.problems[0].source
    assert source is not None
    (sketch,) = sketches(first, source)
    roles = ((0, ColumnRole.NAME), (2, ColumnRole.VALUE))
    known = accept(with_mapping(first, source, TableMapping(sketch.fingerprint, roles)))
    page.show_preview(preview_of(text.replace("88.00", "89.00"), known=known))
    assert page.problems.first_field() is None
    assert any(said.startswith("Columns are as you chose them before.") for said in page.checks.texts())
    (button,) = [each for each in page.checks.findChildren(FixButton) if each.isVisible()]
    assert button.text() == "Change columns…"


LONG_NAMES = (
    "As of 10/31/2026\nFund\tBalance\n"
    "EXTENDED MARKET INDEX TRUST\t3,000.00\nUS AGGREGATE BOND INDEX TRUST\t1,000.00\n"
)


@pytest.mark.parametrize("is_asking", [False, True])
def test_names_are_whole_in_a_small_window_unless_a_question_needs_the_room(page, is_asking: bool) -> None:
    page.resize(830, 644)
    page.show_preview(preview_of(LONG_NAMES + ("Grey Heron Pool\t500.00\n" if is_asking else "")))
    QApplication.processEvents()
    table = page.table
    assert table.isColumnHidden(Column.DECIDED) is not is_asking
    if not is_asking:
        wanted = table._names_width({})
        assert table.columnWidth(Column.FUND) >= wanted
        leaf = table.preview_model.index(0, Column.CLASS, table.preview_model.index(0, 0))
        assert "How it was decided: name" in leaf.data(Qt.ItemDataRole.ToolTipRole)
