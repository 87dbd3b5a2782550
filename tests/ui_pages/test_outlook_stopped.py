"""Stopping the Outlook page, and what it shows while the plan is still worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from desktop_app.domain.goals import GoalAnswers
from desktop_app.domain.household import Household
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.models.outlook_lines import CrisisColumn
from desktop_app.ui.pages import outlook as page_module
from desktop_app.ui.pages.outlook import OutlookPage
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.workflow import edits

from .look_back import TODAY, household

CALMER = TargetAllocation.from_names({"us_large": "0.2", "us_bond": "0.8"})


class Gate:
    """Holds a job up, telling its progress, until it is opened."""

    def __init__(self, job: Callable[..., object]) -> None:
        self._job = job
        self.free = Event()
        self.free.set()
        self.calls = 0

    def __call__(self, *args: object) -> object:
        self.calls += 1
        tell: Callable[[float], None] = args[-1]
        while not self.free.wait(0.01):
            tell(0.5)
        return self._job(*args)


@pytest.fixture
def look(monkeypatch) -> Iterator[Gate]:
    gate = Gate(page_module.outlook_of)
    monkeypatch.setattr(page_module, "outlook_of", gate)
    yield gate
    gate.free.set()


@pytest.fixture
def plan(monkeypatch) -> Iterator[Gate]:
    gate = Gate(page_module.planned_of)
    monkeypatch.setattr(page_module, "planned_of", gate)
    yield gate
    gate.free.set()


@pytest.fixture
def opened(qtbot, runner) -> Callable[..., OutlookPage]:
    def show(start: Household | None = None) -> OutlookPage:
        page = OutlookPage(Document(start or household(), lambda: TODAY), runner)
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        return page

    return show


def rest(qtbot, page: OutlookPage) -> None:
    qtbot.waitUntil(lambda: not page._work.is_busy, timeout=20000)


def stop(qtbot, page: OutlookPage) -> None:
    qtbot.waitUntil(page.waiting.isVisible, timeout=5000)
    qtbot.mouseClick(page.waiting.stop, Qt.MouseButton.LeftButton)
    assert not page.waiting.isVisible()
    assert page.stopped.isVisible()


def test_stopped_before_anything_was_found_it_says_so_and_can_be_taken_up_again(qtbot, look, opened) -> None:
    look.free.clear()
    page = opened()
    stop(qtbot, page)
    assert page.stopped.text() == "Stopped. Nothing was worked out yet."
    assert not page.picture.isVisible()
    assert not page.export.isEnabled()
    assert page.export.toolTip() == "There is nothing to save yet."
    look.free.set()
    qtbot.mouseClick(page.stopped.button, Qt.MouseButton.LeftButton)
    assert not page.stopped.isVisible()
    qtbot.waitUntil(page.picture.isVisible, timeout=20000)
    assert page.export.isEnabled()
    rest(qtbot, page)


def test_stopped_on_the_way_to_other_years_the_switch_says_which_are_shown(qtbot, look, opened) -> None:
    page = opened()
    rest(qtbot, page)
    look.free.clear()
    page.period.set_current(1)
    stop(qtbot, page)
    assert page.period.current() == 0
    assert "1871-02" in page.rules_title.text()
    assert page.stopped.text() == "Stopped. The figures below are still those since 1871."
    assert page.export.isEnabled()
    look.free.set()
    qtbot.mouseClick(page.stopped.button, Qt.MouseButton.LeftButton)
    assert page.period.current() == 1
    qtbot.waitUntil(lambda: "1926-07" in page.rules_title.text(), timeout=20000)
    rest(qtbot, page)


def test_stopped_after_another_target_the_old_figures_are_called_old(qtbot, look, opened) -> None:
    page = opened()
    rest(qtbot, page)
    look.free.clear()
    document = page._document
    document.apply("Calmer", edits.set_target(document.household, CALMER, TODAY))
    stop(qtbot, page)
    assert page.stopped.text() == (
        "Stopped. The figures below, since 1871, are from before your last change."
    )
    assert not page.export.isEnabled()
    assert page.export.toolTip() == "The figures are older than your household. Work them out again."
    look.free.set()
    qtbot.mouseClick(page.stopped.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "20\u00a0% stocks" in page.key_target.text(), timeout=20000)
    assert page.export.isEnabled()
    rest(qtbot, page)


def test_crises_and_rules_are_shown_before_the_plan_and_nothing_moves(qtbot, plan, opened) -> None:
    plan.free.clear()
    page = opened()
    qtbot.waitUntil(page.picture.isVisible, timeout=20000)
    before = page.picture.mapTo(page, QPoint())
    model = page.crises.crisis_model
    assert [model.index(row, CrisisColumn.PLAN).data() for row in range(model.rowCount())] == [""] * 8
    assert page.rules.rule_model.rowCount() == 10
    qtbot.waitUntil(page.waiting.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: page.waiting.bar.value() == 500)
    assert page.picture.mapTo(page, QPoint()) == before
    stop(qtbot, page)
    assert page.stopped.text() == "Stopped. The figures below are right; only your plan is not among them."
    assert page.export.isEnabled()
    plan.free.set()
    qtbot.mouseClick(page.stopped.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(model.index(0, CrisisColumn.PLAN).data()), timeout=20000)


def test_one_plan_serves_all_years_and_other_goals_but_no_other_target(qtbot, plan, opened) -> None:
    page = opened()
    rest(qtbot, page)
    model = page.crises.crisis_model
    for place in (1, 0):
        page.period.set_current(place)
        rest(qtbot, page)
        assert model.index(0, CrisisColumn.PLAN).data()
    document = page._document
    goals = GoalAnswers(born=1970)
    document.apply("Goals", edits.set_goals(document.household, goals))
    rest(qtbot, page)
    assert plan.calls == 1
    document.apply("Calmer", edits.set_target(document.household, CALMER, TODAY))
    rest(qtbot, page)
    assert plan.calls == 2


def test_a_picture_says_what_it_shows_and_of_which_day(qtbot, opened, tmp_path) -> None:
    page = opened()
    rest(qtbot, page)
    said = said_of_picture(page)
    assert said[0] == "What your mix would have lived through"
    assert said[1].replace("\u00a0", " ") == "22 Nov 2026: Your mix now, 70 % stocks; Target, 60 % stocks."
    page.export.write("png", tmp_path / "outlook.png")
    picture = QImage(str(tmp_path / "outlook.png"))
    assert picture.height() > 2 * (page.picture.height() + 60)
    page._document.apply("No target", replace(page._document.household, targets=()))
    rest(qtbot, page)
    assert "Target" not in said_of_picture(page)[1]


def said_of_picture(page: OutlookPage) -> list[str]:
    head = page._make_picture_head()
    return [part.text() for part in head.findChildren(Paragraph)]
