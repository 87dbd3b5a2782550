"""The choice of columns: one role one column, the last choice wins, and what is missing is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.hints import ColumnRole as R
from desktop_app.domain.hints import TableMapping
from desktop_app.domain.household import Household
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.ui.models.sketch_model import SketchTableModel, missing_words, role_words
from desktop_app.ui.pages.mapping_dialog import CHOICES, MappingDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.workflow.statements import preview_source, sketches, try_mapping

# opening 4,000.00, closing 6,000.00
TEXT = (
    "Fund;Region;Opening;Closing\n"
    "Granite Index Fund;north;3000.00;4100.00\n"
    "Quiet Lake Bond Fund;south;1000.00;1900.00\n"
)
SOURCE = StatementSource("plan.txt", text=TEXT)
Asked = Callable[[], MappingDialog]


def guess(roles: tuple[tuple[int, R], ...], why: str = "") -> TableSketch:
    rows = tuple(tuple(line.split(";")) for line in TEXT.splitlines())
    return TableSketch("", 1, "fp", rows[0], rows[1:], roles, why)


@pytest.fixture
def asked(qtbot) -> Asked:
    """Open the dialog on the text above, read by the program itself."""

    def ask() -> MappingDialog:
        preview = preview_source(Household(), SOURCE)
        found = sketches(preview, SOURCE)

        def read(mappings: tuple[TableMapping, ...]) -> Statement:
            return try_mapping(preview, SOURCE, mappings[-1])

        runner = TaskRunner()
        dialog = MappingDialog(SOURCE.name, found, read, runner)
        runner.setParent(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog, before_close_func=lambda _: runner.wait())
        dialog.open()
        return dialog

    return ask


def shown_roles(dialog: MappingDialog) -> list[R | None]:
    return [CHOICES[chooser.currentIndex()] for chooser in dialog.strip.choosers]


def pick(qtbot, dialog: MappingDialog, column: int, role: R | None) -> None:
    """Choose with the keyboard, passing by the choices in between."""
    chooser = dialog.strip.choosers[column]
    chooser.setFocus()
    qtbot.waitUntil(chooser.hasFocus)
    steps = CHOICES.index(role) - chooser.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(chooser, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


@pytest.mark.parametrize("force_py", [False, True])
def test_model_passes_the_model_tester(qtmodeltester, force_py: bool) -> None:
    model = SketchTableModel()
    model.show_sketch(guess(((0, R.NAME),)), {0: R.NAME})
    qtmodeltester.check(model, force_py=force_py)


def test_every_role_has_words_of_its_own() -> None:
    assert len({role_words(role) for role in CHOICES}) == len(CHOICES)


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        ((R.NAME, R.VALUE), ""),
        ((R.CUSIP, R.UNITS, R.PRICE), ""),
        ((R.NAME, R.UNITS), "Say which column holds the value, or units and price."),
        ((R.VALUE,), "Say which column names the fund: its name, symbol or CUSIP."),
    ],
)
def test_what_is_missing_is_said(roles: tuple[R, ...], missing: str) -> None:
    assert missing_words(dict(enumerate(roles))) == missing


def test_outcome_follows_the_choice(qtbot, asked: Asked) -> None:
    dialog = asked()
    pick(qtbot, dialog, 0, R.NAME)
    pick(qtbot, dialog, 2, R.VALUE)
    qtbot.waitUntil(lambda: dialog.outcome.verdict.text() == "1 account, 2 holdings, $4,000.00")
    assert dialog.outcome.lines()[0] == "Granite Index Fund"
    pick(qtbot, dialog, 3, R.VALUE)
    assert shown_roles(dialog)[2] is None  # only one column can be the value
    qtbot.waitUntil(lambda: dialog.outcome.verdict.text() == "1 account, 2 holdings, $6,000.00")
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    (mapping,) = told.args[0]
    assert dict(mapping.roles)[3] is R.VALUE
    assert 2 not in dict(mapping.roles)


def test_nothing_can_be_used_while_something_is_missing(qtbot, asked: Asked) -> None:
    dialog = asked()
    for column in range(4):
        pick(qtbot, dialog, column, None)
    assert not dialog.use_button.isEnabled()
    assert dialog.outcome.verdict.text() == (
        "Say which column names the fund: its name, symbol or CUSIP. "
        "Say which column holds the value, or units and price."
    )
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.accept()
    assert dialog.isVisible()


def test_arrows_go_from_column_to_column(qtbot, asked: Asked) -> None:
    dialog = asked()
    choosers = dialog.strip.choosers
    choosers[0].setFocus()
    qtbot.waitUntil(choosers[0].hasFocus)
    qtbot.keyClick(choosers[0], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is choosers[1]
    qtbot.keyClick(choosers[1], Qt.Key.Key_Left)
    assert QApplication.focusWidget() is choosers[0]
    assert choosers[3].accessibleName() == "Closing holds"


def test_escape_changes_nothing(qtbot, asked: Asked) -> None:
    dialog = asked()
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_doubt_and_several_tables_are_shown(qtbot) -> None:
    runner = TaskRunner()
    tables = (guess(((0, R.NAME), (3, R.VALUE)), "Two columns could be the value."), guess(()))
    dialog = MappingDialog("plan.txt", tables, lambda _: Statement("p", "generic", None, None, ()), runner)
    runner.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.doubt.isVisible()
    assert dialog.doubt.text() == "Two columns could be the value."
    assert dialog.which.isVisible()
    qtbot.keyClick(dialog.which, Qt.Key.Key_Down)
    assert not dialog.doubt.isVisible()
    assert shown_roles(dialog) == [None, None, None, None]
    qtbot.waitUntil(lambda: not runner.is_busy)


@pytest.mark.parametrize("words", ["Closing value {}", "Closing market value of the whole holding as of {}"])
def test_long_headings_stay_told_apart(qtbot, words: str) -> None:
    heading = ("Fund", words.format("6/30/2026"), words.format("9/30/2026"))
    rows = (("Granite Index Fund", "4.00", "5.00"), ("Quiet Lake Bond Fund", "1.00", "2.00"))
    sketch = TableSketch("", 1, "fp", heading, rows, ((0, R.NAME), (2, R.VALUE)))
    runner = TaskRunner()
    dialog = MappingDialog("plan.csv", [sketch], lambda _: pytest.fail("not asked"), runner)
    runner.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    header = dialog.table.horizontalHeader()
    shown = [header.shown_words(column) for column in range(3)]
    assert len(set(shown)) == 3
    assert all(text.endswith(word[-7:]) for text, word in zip(shown[1:], heading[1:], strict=True))


def test_names_are_whole_while_there_is_room(asked: Asked, qtbot) -> None:
    dialog = asked()
    dialog.table_model.show_sketch(
        TableSketch("", 1, "fp", ("Fund", "Value"), (("Vanguard Total Stock Market Index", "1.00"),), ()), {}
    )
    dialog.resize(dialog.width() + 1, dialog.height())
    header = dialog.table.horizontalHeader()
    qtbot.waitUntil(lambda: header.sectionSize(0) >= dialog.table.sizeHintForColumn(0))
