"""The overview as a user sees it: verdict and button, selection everywhere, previews, narrow windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.household import Household
from desktop_app.domain.statement import Statement, StatementAccount
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.models.drift_model import Column, DriftTreeModel
from desktop_app.ui.models.drift_rows import class_lines
from desktop_app.ui.pages.overview import OverviewPage
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.widgets import STATE_ROLE, TAG_ROLE
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish, save_for_later

from .page_household import LEAF_BY_LEAF, SEVENTY_THIRTY, SIXTY_FORTY, TODAY, household, make_fund, make_row

Show = Callable[..., OverviewPage]


@pytest.fixture
def shown(qtbot) -> Iterator[Show]:
    def show(start: Household, width: int = 1080, height: int = 720) -> OverviewPage:
        page = OverviewPage(Document(start, lambda: TODAY))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        return page

    yield show
    set_text_scale(1.0)


def text_at(page: OverviewPage, key: str, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return page.table.drift_model.index_of(key, column).data(role)


def button_texts(page: OverviewPage) -> list[str]:
    return [button.text() for button in page.verdict.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize("force_py", [False, True])
def test_class_table_passes_the_model_tester(qtmodeltester, force_py: bool) -> None:
    model = DriftTreeModel()
    model.show_lines(class_lines(look(household(LEAF_BY_LEAF), TODAY)))
    qtmodeltester.check(model, force_py=force_py)
    model.show_lines(class_lines(look(household(SIXTY_FORTY), TODAY)))  # other rows
    model.show_lines(class_lines(look(household(SEVENTY_THIRTY), TODAY)))  # the same rows, other numbers


def test_rows_of_the_same_shape_are_refreshed_in_place(qtbot) -> None:
    model = DriftTreeModel()
    model.show_lines(class_lines(look(household(SIXTY_FORTY), TODAY)))
    index = QPersistentModelIndex(model.index_of("stocks", Column.TARGET))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_lines(class_lines(look(household(SEVENTY_THIRTY), TODAY)))
    assert index.data() == "70.0\u00a0%"


def test_a_number_that_grows_longer_is_not_cut(shown: Show) -> None:
    """Of 100 million, from nothing over to $69,000,000 over: wider than the column was."""
    start = household(SEVENTY_THIRTY)
    row = start.statements[0].accounts[0].rows
    big = tuple(each._replace(value=each.value * 1000) for each in row)
    account = replace(start.statements[0].accounts[0], rows=big)
    rich = replace(start, statements=(replace(start.statements[0], accounts=(account,)),))
    page = shown(rich)
    tilted = TargetAllocation.from_names({"stocks": "0.01", "fixed_income": "0.99"})
    page._document.apply("Tilt", edits.set_target(page._document.household, tilted, TODAY))
    table = page.table
    for column in (Column.NOW, Column.POINTS, Column.DRIFT_DOLLARS):
        assert table.isColumnHidden(column) or table.columnWidth(column) >= table.natural_width(column)


def test_class_table_shows_numbers_with_their_sides(shown: Show) -> None:
    page = shown(household(LEAF_BY_LEAF))
    row = [text_at(page, "us_large", column) for column in list(Column)[:6]]
    assert row == ["US large", "$52,000", "52.0\u00a0%", "45.0\u00a0%", "+7.0", "+$7,000"]
    assert text_at(page, "us_large", Column.STATE) == "Outside"
    assert text_at(page, "us_large", Column.STATE, STATE_ROLE).above
    assert text_at(page, "us_bond", Column.POINTS) == "−3.0"
    assert text_at(page, "us_bond", Column.STATE) == "Inside"
    assert text_at(page, "short_term", Column.CLASS, TAG_ROLE) == "$10,000 fixed"
    spoken = text_at(page, "short_term", Column.STATE, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Outside, below target"


def test_seventy_thirty_against_sixty_forty_is_defensive(shown: Show, qtbot) -> None:
    page = shown(household(SIXTY_FORTY))
    assert page.verdict.verdict.text() == "Defensive rebalance"
    assert page.verdict.facts.facts() == [
        ("Decided by", "Stocks"),
        ("Stocks", "10.0 points over"),
        ("Next check", "31 Dec 2026"),
    ]
    assert page.drift.decider.text() == "Stocks +10.0 points, band ±5.0"
    assert page.drift.total.text() == "Total drift 10.0 points, $10,000"
    assert "200\u00a0%" in page.drift.gauge.accessibleName()
    assert button_texts(page) == ["Rebalance…"]
    with qtbot.waitSignal(page.rebalance_wanted):
        qtbot.mouseClick(page.verdict.main_button, Qt.MouseButton.LeftButton)


def test_inside_the_band_the_button_is_the_quiet_one(shown: Show, qtbot) -> None:
    page = shown(household(SEVENTY_THIRTY))
    assert page.verdict.verdict.text() == "Hold"
    assert button_texts(page) == ["Rebalance anyway…"]
    with qtbot.waitSignal(page.rebalance_wanted):
        qtbot.mouseClick(page.verdict.anyway_button, Qt.MouseButton.LeftButton)


def test_open_checklist_is_offered_until_it_is_done(shown: Show, qtbot) -> None:
    start = household(SIXTY_FORTY)
    document = Document(start, lambda: TODAY)
    planned = finish(document.desk, RebalanceFlow().plan(document.desk))
    checklist = planned.checklist
    assert checklist is not None
    page = shown(planned)
    count = len(checklist.ticks)
    assert button_texts(page) == [f"0 of {count} done, continue"]
    with qtbot.waitSignal(page.checklist_wanted):
        qtbot.mouseClick(page.verdict.main_button, Qt.MouseButton.LeftButton)
    for index, tick in enumerate(checklist.ticks):
        planned = edits.tick_exchange(planned, index, type(tick)(done=True))
    done = shown(planned)
    assert button_texts(done) == ["Rebalance…"]


def test_without_a_target_it_asks_for_one(shown: Show, qtbot) -> None:
    page = shown(household(None))
    assert page.verdict.verdict.text() == "Choose a target"
    assert "Target:" not in page.mix.ring.accessibleDescription()
    assert not page.drift.gauge.isVisible()
    assert page.table.isColumnHidden(Column.BAND)
    assert text_at(page, "us_large", Column.NOW) == "$52,000"
    with qtbot.waitSignal(page.targets_wanted):
        qtbot.mouseClick(page.verdict.main_button, Qt.MouseButton.LeftButton)


def test_unclassified_money_is_said_and_leads_to_the_holdings(shown: Show, qtbot) -> None:
    page = shown(household(mystery="2500"))
    assert page.unclassified.isVisible()
    assert page.unclassified.text() == "1 fund is not classified yet, $2,500."
    with qtbot.waitSignal(page.holdings_wanted):
        page.unclassified.action.emit()
    assert not shown(household()).unclassified.isVisible()


def test_class_chosen_in_the_legend_is_chosen_everywhere(shown: Show, qtbot) -> None:
    page = shown(household(LEAF_BY_LEAF))
    qtbot.mouseClick(page.mix.legend, Qt.MouseButton.LeftButton, pos=QPoint(40, 36))
    assert page.mix.legend.selected_key() == "intl_developed"
    assert page.mix.ring.selected_key() == "intl_developed"
    assert page.table.chosen_key() == "intl_developed"


def test_class_chosen_in_the_table_is_chosen_everywhere(shown: Show, qtbot) -> None:
    page = shown(household(LEAF_BY_LEAF))
    page.table.setFocus()
    for _ in range(5):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.chosen_key() == "us_bond"
    assert page.mix.ring.selected_key() == "us_bonds"
    assert page.mix.legend.selected_key() == "us_bonds"


def test_class_chosen_in_the_ring_is_chosen_everywhere(shown: Show, qtbot) -> None:
    page = shown(household(LEAF_BY_LEAF))
    page.mix.ring.setFocus()
    qtbot.keyClick(page.mix.ring, Qt.Key.Key_End)
    assert page.table.chosen_key() == "short_term"
    assert page.mix.legend.selected_key() == "short_term"
    qtbot.keyClick(page.mix.ring, Qt.Key.Key_Escape)
    assert page.table.chosen_key() is None
    assert page.mix.legend.selected_key() is None


def test_a_target_being_edited_is_followed_and_forgotten(qtbot) -> None:
    document = Document(household(SIXTY_FORTY), lambda: TODAY)
    page = OverviewPage(document)
    qtbot.addWidget(page)
    page.show()
    page.select("us_large")
    document.preview_target(SEVENTY_THIRTY)
    assert page.verdict.verdict.text() == "Hold"
    assert text_at(page, "stocks", Column.TARGET) == "70.0\u00a0%"
    assert page.table.chosen_key() == "us_large"
    document.preview_target(None)
    assert page.verdict.verdict.text() == "Defensive rebalance"
    assert document.household.targets == (SIXTY_FORTY,)


def test_behind_another_page_it_catches_up_when_seen_again(qtbot) -> None:
    document = Document(household(SIXTY_FORTY), lambda: TODAY)
    page = OverviewPage(document)
    qtbot.addWidget(page)
    document.preview_target(LEAF_BY_LEAF)
    document.preview_target(SEVENTY_THIRTY)
    page.show()
    assert page.verdict.verdict.text() == "Hold"
    page.hide()
    document.preview_target(None)
    page.show()
    assert page.verdict.verdict.text() == "Defensive rebalance"


def test_money_owed_is_no_slice_but_is_listed(shown: Show) -> None:
    page = shown(household(None, mystery="-500"))
    assert "Not classified yet −$500, −0.5\u00a0%" in page.mix.legend.accessibleDescription()


def test_undo_of_a_target_is_followed(qtbot) -> None:
    document = Document(household(SIXTY_FORTY), lambda: TODAY)
    page = OverviewPage(document)
    qtbot.addWidget(page)
    document.apply("Change target", edits.set_target(document.household, SEVENTY_THIRTY, TODAY))
    assert page.verdict.verdict.text() == "Hold"
    document.undo_stack.undo()
    assert page.verdict.verdict.text() == "Defensive rebalance"


def test_a_closed_group_stays_closed_while_values_change(qtbot) -> None:
    document = Document(household(SIXTY_FORTY), lambda: TODAY)
    page = OverviewPage(document)
    qtbot.addWidget(page)
    page.show()
    page.table.collapse(page.table.drift_model.index_of("stocks"))
    document.preview_target(LEAF_BY_LEAF)  # other rows
    assert not page.table.isExpanded(page.table.drift_model.index_of("stocks"))
    assert page.table.isExpanded(page.table.drift_model.index_of("bonds"))


def test_cards_stand_side_by_side_and_stack_with_large_text(shown: Show, qtbot) -> None:
    page = shown(household(LEAF_BY_LEAF))
    assert page.mix.y() == page.drift.y() == page.verdict.y()
    set_text_scale(2.0)
    qtbot.waitUntil(lambda: page.verdict.y() > page.drift.y() > page.mix.y())
    assert page.drift.width() == page.mix.width()
    set_text_scale(1.0)
    qtbot.waitUntil(lambda: page.mix.y() == page.verdict.y())


def test_no_row_and_no_legend_line_is_cut(shown: Show, qtbot) -> None:
    page = shown(household(LEAF_BY_LEAF), 920, 600)
    qtbot.waitUntil(lambda: page.mix.legend.height() >= page.mix.legend.sizeHint().height())
    assert page.table.height() >= page.table.content_height()
    assert page.table.header().length() <= page.table.viewport().width()


def test_document_without_money_is_no_crash(shown: Show) -> None:
    page = shown(Household(targets=(SIXTY_FORTY,)))
    assert page.verdict.verdict.text() == "Nothing to judge yet"
    assert button_texts(page) == []


@pytest.mark.parametrize("count", [3, 7])
def test_legend_grows_with_the_household_also_behind_another_page(qtbot, count: int) -> None:
    """An import happens while the preview is in front; the overview is seen again afterwards."""
    document = Document(household(), lambda: TODAY)
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    page = OverviewPage(document)
    other = QWidget()
    pages.addWidget(page)
    pages.addWidget(other)
    pages.resize(1080, 720)
    pages.show()
    qtbot.waitExposed(pages)
    QCoreApplication.processEvents()  # the page has its final place
    pages.setCurrentWidget(other)
    leaves = (C.US_SMALL, C.EMERGING, C.REIT, C.TIPS, C.CASH, C.COMMODITIES, C.UNCLASSIFIED)
    rows = tuple(make_row(n, make_fund(leaf.value, leaf), "9000") for n, leaf in enumerate(leaves[:count], 2))
    more = Statement("q.csv", "generic", TODAY, None, (StatementAccount("9911", "Harbor IRA", rows),))
    both = (*document.household.statements, more)
    document.apply("Import", replace(document.household, statements=both))
    pages.setCurrentWidget(page)
    legend = page.mix.legend
    qtbot.waitUntil(lambda: legend.height() >= legend.sizeHint().height(), timeout=1000)
    assert page.mix.rect().contains(legend.mapTo(page.mix, legend.rect().bottomRight()))


@pytest.mark.parametrize(
    ("last", "said", "check"),
    [
        (date(2026, 12, 1), "until 1 Dec 2026", "2 Dec 2026"),
        (date(2026, 11, 1), "of 4 Feb 2025 again", "31 Dec 2026"),
    ],
)
def test_a_target_for_a_while_is_said_and_so_is_its_end(
    shown: Show, last: date, said: str, check: str
) -> None:
    usual = replace(SIXTY_FORTY, since=date(2025, 2, 4))
    for_a_while = replace(SEVENTY_THIRTY, since=date(2026, 10, 1), until=last)
    page = shown(replace(household(usual), targets=(usual, for_a_while)))
    assert page.verdict.facts.facts()[2:] == [("Target", said), ("Next check", check)]
    page._document.apply("Choose", replace(page._document.household, targets=(usual,)))
    assert [name for name, _ in page.verdict.facts.facts()] == ["Decided by", "Stocks", "Next check"]
    assert sum(label.isVisible() for label in page.verdict.facts.findChildren(QLabel)) == 6


def test_a_rebalance_that_was_begun_is_gone_on_with(shown: Show) -> None:
    begun = RebalanceFlow().forward()
    page = shown(save_for_later(household(SIXTY_FORTY), begun))
    assert button_texts(page) == ["Go on with the plan…"]
    page._document.apply("Drop", household(SIXTY_FORTY))
    assert button_texts(page) == ["Rebalance…"]
