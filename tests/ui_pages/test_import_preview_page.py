"""The look at a statement before it is saved: checks, doubts, answers, what was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix
from desktop_app.domain.statement import SkippedRow, SkipReason
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_preview import Column, PreviewTreeModel, SkippedTreeModel, skip_words
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.pages.import_preview_parts import ChecksCard, FixButton
from desktop_app.ui.pages.mix_dialog import MixDialog
from desktop_app.ui.widgets import Banner, TextLabel
from desktop_app.workflow import edits
from desktop_app.workflow.statements import Check, FileProblem, ImportPreview, accept, preview_text

from .page_household import MYSTERY, TODAY, household, make_fund, make_row

Shown = Callable[..., ImportPreviewPage]


@pytest.fixture
def shown(qtbot) -> Shown:
    def show(preview: ImportPreview | None = None, start: Household | None = None) -> ImportPreviewPage:
        document = Document(start or Household(), lambda: TODAY)
        page = ImportPreviewPage(document)
        document.setParent(page)
        qtbot.addWidget(page)
        page.resize(1080, 720)
        page.show()
        if preview is not None:
            page.show_preview(preview)
        return page

    return show


def preview_of(*, mystery: str = "2500", known: Household | None = None) -> ImportPreview:
    """$102,500 in two accounts; the plan's total is stated right, the other one's is not stated."""
    statement = household(mystery=mystery).statements[0]
    plan = replace(statement.accounts[0], stated_total=statement.accounts[0].total)
    skipped = (
        SkippedRow(9, 'Account total,,"82,000.00"', SkipReason.TOTAL),
        SkippedRow(12, "Pending activity", SkipReason.PENDING),
    )
    statement = replace(statement, accounts=(plan, statement.accounts[1]), skipped=skipped)
    return ImportPreview(known or Household(), (statement,))


def text_at(page: ImportPreviewPage, key: str, column: Column) -> object:
    return page.table.preview_model.index_of(key, column).data()


@pytest.mark.parametrize("force_py", [False, True])
def test_models_pass_the_model_tester(qtmodeltester, force_py: bool) -> None:
    rows, skipped = PreviewTreeModel(), SkippedTreeModel()
    preview = preview_of()
    rows.show_preview(preview)
    skipped.show_statements(preview.statements)
    qtmodeltester.check(rows, force_py=force_py)
    qtmodeltester.check(skipped, force_py=force_py)


def test_rows_stand_below_their_accounts_with_cents(shown: Shown) -> None:
    page = shown(preview_of())
    assert [text_at(page, "0.0.0", column) for column in Column] == [
        "Blue Chip Index", "520.000", "$52,000.00", "", "US large", "name",
    ]  # fmt: skip
    assert [text_at(page, "0.1.0", column) for column in (Column.CLASS, Column.DECIDED)] == [
        "International developed",
        "ticker",
    ]
    assert [text_at(page, "0.0.3", column) for column in (Column.CLASS, Column.DECIDED)] == [
        "Not sure yet",
        "Answer below",
    ]
    assert text_at(page, "0.0", Column.DECIDED) == "Matches file"
    assert text_at(page, "0.1", Column.DECIDED) == ""
    assert text_at(page, "total", Column.FUND) == "2 accounts, 5 holdings"
    assert text_at(page, "total", Column.VALUE) == "$102,500.00"
    assert page.import_button.text() == "Import 5 holdings"
    assert page.import_button.isEnabled()


def test_file_that_contradicts_itself_is_said(shown: Shown) -> None:
    preview = preview_of()
    (statement,) = preview.statements
    wrong = replace(statement.accounts[0], stated_total=Decimal("82000.10"))
    page = shown(replace(preview, statements=(replace(statement, accounts=(wrong,)),)))
    assert text_at(page, "0.0", Column.DECIDED) == "File says $82,000.10"
    assert any("$82,000.10" in text for text in page.checks.texts())


def test_title_says_which_file_and_that_nothing_is_saved(shown: Shown) -> None:
    page = shown(preview_of())
    assert page.title.text() == "Check this statement"
    assert page.file_label.text() == (
        "p.csv · read as a plain table · valued 30 Sep 2026 · nothing is saved yet"
    )


def test_left_out_lines_have_number_text_and_reason(shown: Shown) -> None:
    page = shown(preview_of())
    assert page.left_out.title.text() == "Left out: 2 rows"
    spoken = page.left_out.skipped_model.index_of("0.0").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Line 9: Account total 82,000.00. A total, not a holding"


def test_every_reason_has_words() -> None:
    assert all(skip_words(reason) for reason in SkipReason)


def test_one_question_is_asked_and_the_first_guess_has_the_focus(shown: Shown, qtbot) -> None:
    page = shown(preview_of())
    assert page.question.title.text() == "One question: what does Mystery Pool Q hold?"
    # 2,500 of 102,500 is 2.439 %
    assert page.question.help.text() == ("$2,500.00, 2.4\u00a0% of the household. Remembered for next time.")
    first = page.question.first_button()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is first)
    guess = page.preview.questions[0].guesses[0][1]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert not page.question.isVisible()
    assert page.preview.answers == ((MYSTERY.key, guess),)
    assert text_at(page, "0.0.3", Column.DECIDED) == "your answer"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.import_button)
    with qtbot.waitSignal(page.accepted) as told:
        qtbot.keyClick(page.import_button, Qt.Key.Key_Space)
    assert dict(accept(told.args[0]).fund_mixes) == {MYSTERY.key: guess}


def test_row_asked_about_next_is_in_sight(shown: Shown, qtbot) -> None:
    preview = preview_of()
    (statement,) = preview.statements
    many = tuple(make_row(n, make_fund(f"Index Fund {n}", C.US_LARGE), "10") for n in range(2, 60))
    other = make_fund("Riddle Trust Z", C.UNCLASSIFIED, ClassifiedBy.UNKNOWN)
    rows = (make_row(1, other, "9000"), *many, make_row(60, MYSTERY, "2500"))
    plan = replace(statement.accounts[0], rows=rows)
    page = shown(replace(preview, statements=(replace(statement, accounts=(plan,)),)))
    assert "Riddle" in page.question.title.text()
    page.question.leave_button.click()
    index = page.table.preview_model.index_of("0.0.59")
    assert index.data() == "Mystery Pool Q"
    room = page.table.viewport()
    qtbot.waitUntil(
        lambda: room.visibleRegion().boundingRect().contains(page.table.visualRect(index).center())
    )


def test_questions_come_one_after_the_other_the_largest_first(shown: Shown, qtbot) -> None:
    preview = preview_of()
    (statement,) = preview.statements
    other = make_row(7, make_fund("Riddle Trust Z", C.UNCLASSIFIED, ClassifiedBy.UNKNOWN), "9000")
    plan = replace(statement.accounts[0], rows=(*statement.accounts[0].rows, other))
    page = shown(replace(preview, statements=(replace(statement, accounts=(plan, statement.accounts[1])),)))
    assert page.question.title.text() == "2 questions. First: what does Riddle Trust Z hold?"
    qtbot.mouseClick(page.question.guess_buttons[1], Qt.MouseButton.LeftButton)
    assert page.question.title.text() == "One question: what does Mystery Pool Q hold?"


def test_question_can_be_left_open(shown: Shown, qtbot) -> None:
    page = shown(preview_of())
    qtbot.mouseClick(page.question.leave_button, Qt.MouseButton.LeftButton)
    assert page.preview.answers == ((MYSTERY.key, UNCLASSIFIED),)
    assert text_at(page, "0.0.3", Column.CLASS) == "Not classified yet"
    assert not page.question.isVisible()


def test_question_can_be_answered_with_another_mix(shown: Shown, qtbot) -> None:
    page = shown(preview_of())
    qtbot.mouseClick(page.question.other_button, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(MixDialog)
    dialog.classes.choose(C.REIT)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert page.preview.answers == ((MYSTERY.key, AssetMix.single(C.REIT)),)
    assert text_at(page, "0.0.3", Column.CLASS) == "Real estate"


def test_double_click_changes_a_mix_and_brings_the_programs_answer_back(shown: Shown, qtbot) -> None:
    page = shown(preview_of(mystery=""))
    model = page.table.preview_model
    page.table.doubleClicked.emit(model.index_of("0.0.1"))
    (dialog,) = page.findChildren(MixDialog)
    dialog.classes.choose(C.HIGH_YIELD)
    dialog.accept()
    assert text_at(page, "0.0.1", Column.CLASS) == "High-yield bonds"
    qtbot.waitUntil(lambda: not page.findChildren(MixDialog))
    page.table.doubleClicked.emit(model.index_of("0.0.1"))
    (dialog,) = page.findChildren(MixDialog)
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert text_at(page, "0.0.1", Column.CLASS) == "US bonds"
    assert text_at(page, "0.0.1", Column.DECIDED) == "name"
    assert page.preview.answers == ()


def test_programs_answer_wins_over_that_of_an_earlier_import_when_asked_for(shown: Shown, qtbot) -> None:
    known = edits.set_fund_mix(Household(), "core bond index", AssetMix.single(C.CRYPTO))
    page = shown(preview_of(known=known), known)
    assert text_at(page, "0.0.1", Column.CLASS) == "Crypto"
    page.table.doubleClicked.emit(page.table.preview_model.index_of("0.0.1"))
    (dialog,) = page.findChildren(MixDialog)
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert text_at(page, "0.0.1", Column.CLASS) == "US bonds"


def test_answer_given_in_an_earlier_import_is_remembered(shown: Shown) -> None:
    known = edits.set_fund_mix(Household(), MYSTERY.key, AssetMix.single(C.TIPS))
    page = shown(preview_of(known=known), known)
    assert text_at(page, "0.0.3", Column.DECIDED) == "earlier answer"
    assert not page.question.isVisible()


def test_file_imported_before_is_said_and_not_imported_twice(shown: Shown) -> None:
    known = household(mystery="2500")
    page = shown(preview_of(known=known), known)
    assert page.known.isVisible()
    assert page.known.text() == "You imported p.csv before. Importing it again changes nothing."
    assert not page.import_button.isEnabled()


def test_unreadable_files_are_said_at_the_top(shown: Shown, qtbot) -> None:
    problems = (
        FileProblem("photo.csv", "photo.csv is a picture. Choose the CSV download instead."),
        FileProblem("empty.csv", "The file is empty."),
    )
    page = shown(ImportPreview(Household(), (), problems))
    expected = [
        "photo.csv is a picture. Choose the CSV download instead.",
        "empty.csv: The file is empty.",
    ]
    qtbot.waitUntil(lambda: [b.text() for b in page.findChildren(Banner) if b.isVisible()] == expected)
    assert page.title.text() == "Nothing to import"
    assert not page.import_button.isEnabled()
    assert not page.question.isVisible()


def test_cancel_saves_nothing(shown: Shown, qtbot) -> None:
    page = shown(preview_of())
    with qtbot.waitSignal(page.cancelled), qtbot.assertNotEmitted(page.accepted):
        qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)


def test_focus_of_the_page_goes_to_the_next_step(shown: Shown, qtbot) -> None:
    page = shown(preview_of())
    page.table.setFocus()
    page.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.question.first_button())


def test_pasted_table_is_shown(shown: Shown) -> None:
    page = shown(preview_text(Household(), "Fund\tValue\nHarbor Cash Reserves\t1,250.50\n"))
    assert page.import_button.text() == "Import 1 holding"
    assert text_at(page, "0.0.0", Column.VALUE) == "$1,250.50"


def test_edit_made_meanwhile_is_not_lost(qtbot) -> None:
    document = Document(Household(), lambda: TODAY)
    page = ImportPreviewPage(document)
    qtbot.addWidget(page)
    page.show_preview(preview_of())
    document.apply("Rename", edits.rename_household(document.household, "Elm household"))
    assert accept(page.preview).name == "Elm household"
    assert page.preview.holding_count == 5


def test_import_over_the_sample_stays_apart_from_it(qtbot) -> None:
    sample = replace(household(), is_sample=True)
    document = Document(sample, lambda: TODAY)
    page = ImportPreviewPage(document)
    qtbot.addWidget(page)
    page.show_preview(preview_of())  # into an empty household, the user's own
    document.apply("Rename", edits.rename_household(sample, "Elm household"))
    assert page.preview.household == Household()


def test_a_single_remark_stands_at_the_top_of_its_card(qtbot) -> None:
    card = ChecksCard()
    qtbot.addWidget(card)
    card.resize(300, 600)
    card.show()
    card.show_checks([Check("No date in the file", "Say on Holdings of which day it is.")])
    QApplication.processEvents()
    shown = [label for label in card.findChildren(TextLabel) if label.text() and label.isVisible()]
    ends = {label.text(): label.mapTo(card, label.rect().bottomLeft()).y() for label in shown}
    assert max(ends.values()) < 200, ends


def test_enter_imports(shown, qtbot) -> None:
    page = shown(preview_of(mystery=""))
    with qtbot.waitSignal(page.accepted, timeout=1000):
        qtbot.keyClick(page.import_button, Qt.Key.Key_Return)


MISSING_BEFORE = (
    "As of 06/30/2026\nAccount Number\tFund\tBalance\n"
    "44556321\tBond Index Fund\t3000\n44556321\tStable Value Fund\t1000\n"
)
MISSING_AFTER = "As of 09/30/2026\nAccount Number\tFund\tBalance\n44556321\tBond Index Fund\t4050\n"


def test_a_fund_that_a_newer_file_leaves_out_is_asked_about(shown: Shown) -> None:
    page = shown(preview_text(accept(preview_text(Household(), MISSING_BEFORE)), MISSING_AFTER))
    assert page.missing.isVisible()
    assert page.missing.title.text() == (
        "Account ending 6321: Stable Value Fund is not in this file. Was it sold?"
    )
    assert "up by $1,050.00" in page.missing.help.text()
    imported: list[object] = []
    page.accepted.connect(imported.append)
    page.import_button.click()
    assert imported == []
    assert page.notice.isVisible()
    page.missing.kept_button.click()
    assert not page.missing.isVisible()
    assert accept(page.preview).snapshot().total == Decimal("5050.00")


def test_question_and_import_stay_in_sight_below_many_remarks(shown: Shown, qtbot) -> None:
    preview = preview_of()
    (statement,) = preview.statements
    issues = tuple(
        Issue(Severity.WARNING, f"Fund {n} has a value that cannot be read.", "Look it up.", line=n)
        for n in range(2, 12)
    )
    page = shown(replace(preview, statements=(replace(statement, issues=issues),)))
    page.resize(968, 644)  # what 1024 × 700 leaves to a page
    bottom = page.import_button.rect().bottomLeft()
    qtbot.waitUntil(lambda: 0 < page.import_button.mapTo(page, bottom).y() < page.height())
    assert page.question.isVisible()


def test_each_fix_of_a_remark_is_a_button(shown: Shown, qtbot) -> None:
    preview = preview_of()
    (statement,) = preview.statements
    issue = Issue(
        Severity.WARNING, "No value.", "Look it up.", line=5, quick=(QuickFix.VALUE, QuickFix.LEAVE_OUT)
    )
    page = shown(replace(preview, statements=(replace(statement, issues=(issue,)),)))
    buttons = [b for b in page.checks.findChildren(FixButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["Type its value…", "Leave this line out"]
    with qtbot.waitSignal(page.checks.fix_wanted) as told:
        qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert told.args[1] is QuickFix.LEAVE_OUT
    assert told.args[0].issue == issue


def test_long_file_is_listed_in_part_and_counted_in_whole(shown: Shown) -> None:
    preview = preview_of()
    (statement,) = preview.statements
    rows = tuple(make_row(n, make_fund(f"Index Fund {n % 9}", C.US_LARGE), "10") for n in range(2, 5002))
    plan = replace(statement.accounts[0], rows=rows, stated_total=None)
    page = shown(replace(preview, statements=(replace(statement, accounts=(plan,)),)))
    assert page.table.preview_model.rowCount(page.table.preview_model.index_of("0.0")) == 1000
    assert text_at(page, "hidden", Column.FUND) == "And 4,000 holdings, counted but not listed"
    assert text_at(page, "total", Column.FUND) == "1 account, 5,000 holdings"
    assert text_at(page, "total", Column.VALUE) == "$50,000.00"
    assert page.import_button.text() == "Import 5,000 holdings"


def test_a_file_without_a_day_is_asked_for_it_once(shown: Shown) -> None:
    page = shown(preview_text(Household(), "Fund\tValue\nHarbor Cash Reserves\t1,250.50\n"))
    assert page.day_question.isVisible()
    assert "Pasted table" in page.day_question.title.text()
    assert page.day_question.day.date().toPython() == TODAY
    page.day_question.day.setDate(QDate(2026, 10, 31))
    page.day_question.use_button.click()
    assert not page.day_question.isVisible()
    assert page.preview.statements[0].as_of == date(2026, 10, 31)


def test_the_day_may_be_left_open(shown: Shown) -> None:
    page = shown(preview_text(Household(), "Fund\tValue\nHarbor Cash Reserves\t1,250.50\n"))
    page.day_question.leave_button.click()
    assert not page.day_question.isVisible()
    assert page.preview.statements[0].as_of is None
