"""Two-step plans on the Checklist page: the steps that must wait stand under their day and can be ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.household import Household
from desktop_app.domain.plan import LaterExchange
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.reports import checklist_sheets
from desktop_app.reports.sheet import OrderPart
from desktop_app.storage import DocumentStore, load_document
from desktop_app.ui.document import Document
from desktop_app.ui.pages.checklist import ChecklistPage
from desktop_app.ui.pages.overview import OverviewPage
from desktop_app.ui.tasks import TaskRunner
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look
from desktop_app.workflow.reconciled import reconciled
from tests.workflow.reconcile_world import (
    BOND,
    MADE,
    MONEY,
    SIXTY_FORTY,
    STABLE,
    THEN,
    Planned,
    World,
    checklist,
    order,
    start,
)

FEBRUARY, MAY = date(2027, 2, 20), date(2027, 5, 1)
AFTER_WASH = (
    LaterExchange(MAY, "90017734", BOND, MONEY, Decimal(1000), "it must stay a while"),
    LaterExchange(FEBRUARY, "90017734", BOND, MONEY, Decimal(8000), "it must stay 90 days outside"),
)


def printed(world: World, as_of: date) -> Statement:
    rows = tuple(
        StatementRow(line, held.fund, held.value, held.units, held.price)
        for line, held in enumerate(world.statement(as_of).holdings, 2)
    )
    account = StatementAccount("90017734", "Harvest 401(k)", rows)
    return Statement("s.csv", "generic", as_of, AsOfKind.VALUATION, (account,), digest=str(as_of))


def household(*, now_done: bool = False) -> Household:
    plan = Planned((order(STABLE, BOND, "8000"),), AFTER_WASH)
    made = checklist(plan, start().statement(THEN))
    if now_done:
        made = made.with_tick(0, ChecklistTick(done=True, done_on=MADE))
    return Household(
        "Harvest", statements=(printed(start(), THEN),), targets=(SIXTY_FORTY,), checklists=(made,)
    )


@pytest.fixture
def shown(qtbot) -> Iterator[Callable[..., ChecklistPage]]:
    runner = TaskRunner()

    def show(held: Household, today: date = MADE) -> ChecklistPage:
        page = ChecklistPage(Document(held, lambda: today), runner)
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        return page

    yield show
    runner.wait()


def later_ticks(page: ChecklistPage) -> tuple[ChecklistTick, ...]:
    newest = page._document.household.checklist
    assert newest is not None
    return newest.later_ticks


def test_later_steps_stand_under_their_day_the_earliest_first(shown) -> None:
    page = shown(household())
    assert [title.text() for title in page.cards[0].waits] == [
        "Later, not before 20 Feb 2027",
        "Later, not before 1 May 2027",
    ]
    assert [row.line.dollars for row in page.rows] == ["$8,000.00", "$8,000.00", "$1,000.00"]
    assert page.rows[1].line.note == "It must stay 90 days outside."
    first, second = page.cards[0].waits
    tops = [widget.mapTo(page, widget.rect().topLeft()).y() for widget in (first, page.rows[1], second)]
    assert tops == sorted(tops)
    assert page.rows[1].box.accessibleName() == (
        "Done: Later, not before 20 Feb 2027: Bondx Index Fund to Mnymx Index Fund, $8,000.00"
    )
    assert page.title.text() == "0 of 3 steps done"
    assert page.cards[0].moves.text() == "$8,000.00 moves"


def test_a_later_step_is_ticked_numbered_saved_and_undone(qtbot, shown, tmp_path: Path) -> None:
    page = shown(household(now_done=True), date(2027, 2, 22))
    row = page.rows[1]
    row.box.setFocus()
    qtbot.keyClick(row.box, Qt.Key.Key_Space)
    # the plan's own order: the step of February is the second of its later ones
    assert later_ticks(page) == (ChecklistTick(), ChecklistTick(done=True, done_on=date(2027, 2, 22)))
    qtbot.keyClicks(row.confirmation, "HV-7")
    assert later_ticks(page)[1].confirmation == "HV-7"
    assert page.title.text() == "Done for now, the next step from 1 May 2027 on"
    DocumentStore(tmp_path / "h.keel").save(page._document.household)
    assert load_document(tmp_path / "h.keel").checklists == page._document.household.checklists
    stack = page._document.undo_stack
    assert stack.undoText() == "Confirmation number"
    stack.undo()
    assert stack.undoText() == "Tick a step"
    stack.undo()
    assert not row.box.isChecked()
    assert page.title.text() == "1 of 3 steps done"


def test_what_must_wait_is_not_the_next_thing_to_do(qtbot, shown) -> None:
    waiting = shown(household(now_done=True))
    assert waiting.title.text() == "Done for now, the next step from 20 Feb 2027 on"
    assert not any(row.is_chosen for row in waiting.rows)
    assert not waiting.warning.isVisible()  # 53-day-old prices matter to nobody who only waits
    come = shown(household(now_done=True), FEBRUARY)
    assert come.title.text() == "1 of 3 steps done"
    assert [row.is_chosen for row in come.rows] == [False, True, False]
    assert come.warning.isVisible()


@pytest.mark.parametrize(
    ("today", "words"),
    [(MADE, "1 of 3 done, next from 20 Feb 2027"), (FEBRUARY, "1 of 3 done, continue")],
)
def test_the_overview_says_when_the_next_step_is(qtbot, today: date, words: str) -> None:
    page = OverviewPage(Document(household(now_done=True), lambda: today))
    qtbot.addWidget(page)
    assert page.verdict.main_button.text() == words


def test_the_next_statement_ticks_a_later_step(qtbot, shown) -> None:
    moved = start().exchange(STABLE, BOND, 8000)
    early = replace(
        household(now_done=True),
        statements=(printed(start(), THEN), printed(moved, date(2026, 12, 31))),
    )
    page = shown(early, date(2027, 1, 4))
    assert page.rows[1].finding.words.text() == "Not due: the statement is from before its day"
    assert page.reconciled.notes.text() == ""
    through = printed(moved.exchange(BOND, MONEY, 8000), date(2027, 3, 31))
    page = shown(replace(early, statements=(*early.statements, through)), date(2027, 4, 2))
    assert page.rows[1].finding.words.text() == "In the statement: 800.000 units left the fund"
    assert page.rows[2].finding.words.text() == "Not due: the statement is from before its day"
    qtbot.mouseClick(page.reconciled.tick, Qt.MouseButton.LeftButton)
    assert later_ticks(page)[1] == ChecklistTick(done=True, done_on=date(2027, 3, 31))


def test_a_step_whose_day_has_passed_is_pointed_out(shown) -> None:
    moved = printed(start().exchange(STABLE, BOND, 8000), date(2027, 3, 31))
    held = replace(household(now_done=True), statements=(printed(start(), THEN), moved))
    page = shown(held, date(2027, 4, 2))
    assert page.reconciled.notes.text() == (
        "Later step, $8,000.00 from Bondx Index Fund to Mnymx Index Fund: can be done since 20 Feb 2027."
    )


def test_a_statement_between_the_steps_does_not_end_the_comparison() -> None:
    """All ticked: the first statement after the last step still shows whether it arrived."""
    held = household(now_done=True)
    moved = start().exchange(STABLE, BOND, 8000)
    through = moved.exchange(BOND, MONEY, 9000)
    days = (date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30))
    worlds = (moved, moved.exchange(BOND, MONEY, 8000), through)
    held = replace(
        held,
        statements=(
            printed(start(), THEN),
            *(printed(world, day) for world, day in zip(worlds, days, strict=True)),
        ),
    )
    for index, day in ((1, MAY), (2, FEBRUARY)):
        held = edits.tick_step(held, index, ChecklistTick(done=True, done_on=day))
    found = reconciled(look(held, date(2027, 7, 1)))
    assert found is not None
    assert found.is_complete
    after = printed(through, date(2027, 9, 30))
    assert reconciled(look(replace(held, statements=(*held.statements, after)), date(2027, 10, 1))) is None


def test_the_printed_sheet_carries_what_was_noted(shown) -> None:
    page = shown(household())
    noted = ChecklistTick(done=True, confirmation="HV-7", done_on=FEBRUARY)
    held = edits.tick_step(page._document.household, 2, noted)
    assert held.checklist is not None
    sheet = checklist_sheets(held.checklist, "Harvest", date(2027, 2, 22))[0]
    sections = [part for part in sheet.parts if isinstance(part, OrderPart)]
    assert [part.title for part in sections[1:]] == [
        "Later, not before 20 Feb 2027: make 1 exchange, $8,000.00",
        "Later, not before 1 May 2027: make 1 exchange, $1,000.00",
    ]
    assert [(row.done, row.confirmation, row.done_on) for row in sections[1].rows] == [
        (True, "HV-7", "20 Feb 2027")
    ]
    assert not sections[2].rows[0].done
    assert not hasattr(page.cards[0], "rules")  # the rows say it; no rule is left to tell
