"""The Checklist page beside the next statement: marks, headline, drift parts, and what one can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.household import Household
from desktop_app.domain.reconciliation import Finding, Mark, Reconciliation
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.ui.document import Document
from desktop_app.ui.models.drift_parts_model import DriftPartsModel, parts_rows
from desktop_app.ui.models.reconcile_words import drift_sentence, headline, stepwise
from desktop_app.ui.pages.checklist import ChecklistPage
from desktop_app.ui.pages.overview import OverviewPage
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import set_text_scale
from desktop_app.workflow.desk import look
from desktop_app.workflow.reconciled import close_checklist, has_unseen_orders, reconciled
from tests.workflow.reconcile_world import (
    BOND,
    NEXT,
    SIXTY_FORTY,
    STABLE,
    STOCK,
    THEN,
    TIPS,
    WORLD,
    Planned,
    World,
    checklist,
    order,
    start,
)

D = Decimal
TODAY = date(2027, 1, 4)
PLAN = (order(STOCK, BOND, "6000"), order(STOCK, TIPS, "2500"), order(WORLD, STABLE, "1500"))


def printed(account: Account) -> Statement:
    rows = tuple(
        StatementRow(line, holding.fund, holding.value, holding.units, holding.price)
        for line, holding in enumerate(account.holdings, 2)
    )
    read = StatementAccount(account.id, account.name, rows)
    return Statement(
        "s.csv", "generic", account.as_of, AsOfKind.VALUATION, (read,), digest=str(account.as_of)
    )


def household(*after: World, ticked: tuple[int, ...] = (), as_of: date = NEXT) -> Household:
    first = start().statement(THEN)
    made = checklist(Planned(PLAN), first)
    for i in ticked:
        made = made.with_tick(i, ChecklistTick(done=True, confirmation=f"H-{i}", done_on=date(2026, 11, 23)))
    statements = (printed(first), *(printed(world.statement(as_of)) for world in after))
    return Household("Harvest", statements=statements, targets=(SIXTY_FORTY,), checklists=(made,))


def two_of_three() -> World:
    """The first and the third exchange were made; $2,000 came into stable value; stocks rose by a tenth."""
    world = start().exchange(STOCK, BOND, 6000).exchange(WORLD, STABLE, 1500)
    return world.at({STOCK: "110", WORLD: "55"})


@pytest.fixture
def shown(qtbot) -> Iterator[Callable[[Household], ChecklistPage]]:
    runner = TaskRunner()

    def show(start_with: Household) -> ChecklistPage:
        page = ChecklistPage(Document(start_with, lambda: TODAY), runner)
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        return page

    yield show
    runner.wait()


def press(qtbot, button) -> None:
    """Press a button by keyboard alone."""
    button.setFocus()
    assert button.window().focusWidget() is button
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_without_a_newer_statement_nothing_is_compared(shown) -> None:
    page = shown(household())
    assert not page.reconciled.isVisible()
    assert page.print_button.isVisible()
    assert not any(row.finding.isVisible() for row in page.rows)


def test_every_order_carries_its_mark_and_word(shown) -> None:
    page = shown(household(two_of_three(), ticked=(1,)))
    card = page.reconciled
    assert card.headline.text() == "2 of 3 exchanges are in this statement; one is not"
    assert card.origin.text() == "Statement of 31 Dec 2026 beside the plan of 22 Nov 2026."
    assert card.notes.text() == (
        "One exchange is ticked, but the statement does not show it. Look at the plan's website."
    )
    assert [row.finding.words.text() for row in page.rows] == [
        "In the statement: 60.000 units left the fund",
        "Not in the statement: although it is ticked",
        "In the statement: 30.000 units left the fund",
    ]
    assert page.rows[0].box.accessibleDescription() == "In the statement: 60.000 units left the fund"
    assert not page.warning.isVisible()
    assert not page.print_button.isVisible()
    assert page.print_again.isVisible()


def test_a_part_and_an_account_that_was_not_renewed_say_so(shown) -> None:
    page = shown(household(start().exchange(STOCK, BOND, 3000)))
    assert page.rows[0].finding.words.text() == "In part: $3,000.00 of $6,000.00 moved, $3,000.00 to go"
    early = shown(household(start().at({STOCK: "101"}), as_of=date(2026, 11, 20)))
    assert early.rows[0].finding.words.text() == (
        "Cannot be told: the statement is of 20 Nov 2026, too early to show it"
    )
    assert early.reconciled.headline.text() == (
        "None of 3 exchanges is wholly in this statement; three cannot be told yet"
    )


def test_ticking_what_the_statement_shows_is_one_step(qtbot, shown) -> None:
    page = shown(household(two_of_three(), ticked=(0,)))
    assert page.reconciled.tick.text() == "Tick the one the statement shows"
    press(qtbot, page.reconciled.tick)
    ticks = page._document.household.checklist.ticks
    assert [tick.done for tick in ticks] == [True, False, True]
    assert ticks[0] == ChecklistTick(done=True, confirmation="H-0", done_on=date(2026, 11, 23))
    assert ticks[2].done_on == NEXT  # the latest day it can have been
    assert not page.reconciled.tick.isVisible()
    assert page._document.undo_stack.undoText() == "Tick what the statement shows"
    page._document.undo_stack.undo()
    assert [tick.done for tick in page._document.household.checklist.ticks] == [True, False, False]
    assert page.reconciled.tick.isVisible()


def test_keeping_it_open_folds_the_card_until_another_statement_comes(qtbot, shown) -> None:
    page = shown(household(two_of_three()))
    press(qtbot, page.reconciled.keep)
    assert page.reconciled.headline.isVisible()
    assert not page.reconciled.drift.isVisible()
    assert page.focusWidget() is page.reconciled.more
    page.rows[0].box.click()  # going on with the list does not open it again
    assert page.reconciled.is_folded
    later = replace(printed(two_of_three().statement(date(2027, 1, 3))), digest="later")
    here = page._document.household
    page._document.apply("Import", replace(here, statements=(*here.statements, later)))
    assert not page.reconciled.is_folded
    press(qtbot, page.reconciled.keep)
    press(qtbot, page.reconciled.more)
    assert page.reconciled.drift.isVisible()


def test_closing_puts_the_list_away_and_keeps_what_was_done(qtbot, shown) -> None:
    page = shown(household(two_of_three(), ticked=(0,)))
    press(qtbot, page.reconciled.close_list)
    after = page._document.household
    assert after.checklist is None
    assert [(past.source, past.target, past.amount) for past in after.log] == [("LARGX", "BONDX", D(6000))]
    assert page.empty.isVisible()
    page._document.undo_stack.undo()
    assert page._document.household.checklist is not None


def test_closing_never_brings_an_older_open_list_back() -> None:
    here = household(two_of_three(), ticked=(0,))
    newest = here.checklists[0]
    older = (replace(newest, number=7, ticks=tuple(ChecklistTick(done=True) for _ in newest.ticks)), newest)
    closed = close_checklist(replace(here, checklists=(*older, replace(newest, number=9))))
    assert [each.number for each in closed.checklists] == [7]
    assert len(closed.log) == 2


def test_a_new_plan_is_asked_for(qtbot, shown) -> None:
    page = shown(household(two_of_three()))
    with qtbot.waitSignal(page.rebalance_wanted):
        press(qtbot, page.reconciled.plan)


def test_all_done_and_ticked_leaves_nothing_to_tick_or_close(shown) -> None:
    world = two_of_three().exchange(STOCK, TIPS, 2500)
    page = shown(household(world, ticked=(0, 1, 2)))
    assert page.reconciled.headline.text() == "All 3 exchanges are in this statement"
    card = page.reconciled
    assert [b.isVisible() for b in (card.tick, card.close_list, card.keep)] == [False, False, False]
    assert card.plan.isVisible()


def test_a_finished_list_is_compared_with_the_first_statement_only() -> None:
    world = two_of_three().exchange(STOCK, TIPS, 2500)
    here = household(world, ticked=(0, 1, 2))
    assert reconciled(look(here, TODAY)) is not None
    second = replace(printed(world.statement(date(2027, 3, 31))), digest="second")
    assert reconciled(look(replace(here, statements=(*here.statements, second)), TODAY)) is None


def test_orders_are_unseen_only_while_no_statement_can_show_them() -> None:
    assert not has_unseen_orders(look(household(), TODAY))
    assert has_unseen_orders(look(household(ticked=(0,)), TODAY))
    early = household(start().at({STOCK: "101"}), ticked=(0,), as_of=date(2026, 11, 23))
    assert has_unseen_orders(look(early, TODAY))
    assert not has_unseen_orders(look(household(two_of_three(), ticked=(0,)), TODAY))


def test_the_overview_says_it_in_one_line(qtbot) -> None:
    document = Document(household(two_of_three()), lambda: TODAY)
    page = OverviewPage(document)
    qtbot.addWidget(page)
    page.show()
    assert page.verdict.reconciled.text() == (
        "2 of 3 exchanges are in the statement of 31 Dec 2026; one is not."
    )
    document.apply("Close", close_checklist(document.household))
    assert not page.verdict.reconciled.isVisible()


def picture(model: DriftPartsModel) -> list[str]:
    """Draw the columns in use, right as they are shown."""
    used = model.used()
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in used]
    rows = [[model.data(model.index(row, column)) for column in used] for row in range(model.rowCount())]
    return [" | ".join(cells) for cells in (heads, *rows)]


def test_the_parts_stand_in_a_table_and_add(qtbot) -> None:
    """$100,000, 70/30. All done: 60,000 in stocks, on target; without the second 62,500.

    Stocks then rise by a tenth: 68,750 of 106,250, 60 % are 63,750: 5,000 over, 2,500 of them by markets.
    """
    found = reconciled(look(household(two_of_three()), TODAY))
    assert found is not None
    model = DriftPartsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignals([model.modelAboutToBeReset, model.modelReset], order="strict"):
        model.show_rows(parts_rows(found))
    assert picture(model) == [
        "Class | Orders not done | Markets | Drift now",
        "Stocks | +$2,500 | +$2,500 | +$5,000",
        "Fixed income | −$2,500 | −$2,500 | −$5,000",
        "Total drift | +$2,500 | +$2,500 | $5,000",
    ]
    assert drift_sentence(found) == (
        "Drift is now 4.7 points, $5,000: orders that did not happen +2.5, markets +2.2."
    )
    spoken = model.data(model.index(0, model.used()[1]), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Orders not done: +$2,500"
    model.show_rows(())
    assert model.rowCount() == 0
    tester.setParent(model)


def test_the_table_opens_on_demand(qtbot, shown) -> None:
    page = shown(household(two_of_three()))
    assert not page.reconciled.table.isVisible()
    press(qtbot, page.reconciled.by_class)
    assert page.reconciled.table.isVisible()


def test_rounded_parts_add_to_the_rounded_sum() -> None:
    assert stepwise([D("0.4"), D("0.4"), D("0.4")], D(1)) == [D(0), D(1), D(0)]
    assert stepwise([D("-1.6"), D("2.3")], D(1)) == [D(-2), D(3)]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("DD", "All 2 exchanges are in this statement"),
        ("DN", "1 of 2 exchanges is in this statement; one is not"),
        (
            "DDPNNU",
            "2 of 6 exchanges are in this statement; one is in part; two are not; one cannot be told yet",
        ),
        ("NN", "None of 2 exchanges is wholly in this statement"),
        ("PN", "None of 2 exchanges is wholly in this statement; one is in part; one is not"),
        ("D", "The exchange is in this statement"),
        ("P", "The exchange is in this statement in part"),
        ("N", "The exchange is not in this statement"),
        ("U", "The exchange cannot be told from this statement yet"),
    ],
)
def test_the_headline_is_calm_and_exact(marks: str, words: str) -> None:
    mark = {"D": Mark.DONE, "P": Mark.PARTLY, "N": Mark.NOT_DONE, "U": Mark.UNKNOWN}
    found = Reconciliation(tuple(Finding("1", mark[each]) for each in marks), (), (), NEXT, None, ())
    made: Checklist = checklist(Planned(PLAN[:1] * len(marks)), start().statement(THEN))
    assert headline(made, found) == words


def test_nothing_is_cut_at_twice_the_text_size(qtbot, shown) -> None:
    page = shown(household(two_of_three()))
    page.reconciled.by_class.click()
    try:
        set_text_scale(2.0)
        page.resize(1024, 700)
        qtbot.waitUntil(lambda: page._side.y() > page.cards[0].y())
        assert page._area.horizontalScrollBar().maximum() == 0
    finally:
        set_text_scale(1.0)


def test_the_title_does_not_call_done_what_the_statement_shows_only_in_part(shown) -> None:
    page = shown(household(two_of_three(), ticked=(0, 1, 2)))
    assert page.title.text() == "All 3 steps are ticked"
    assert shown(household(ticked=(0, 1, 2))).title.text() == "All 3 exchanges done"
    whole = start().exchange(STOCK, BOND, 6000).exchange(STOCK, TIPS, 2500).exchange(WORLD, STABLE, 1500)
    assert shown(household(whole, ticked=(0, 1, 2))).title.text() == "All 3 exchanges done"


def test_the_keyboard_starts_on_what_the_statement_shows(shown) -> None:
    page = shown(household(two_of_three()))
    page.activateWindow()
    page.setFocus()
    assert page.focusWidget() is page.reconciled.tick
