"""What the tests of the guided plan share: a page of a household's answers, and how to wait for it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QApplication

from desktop_app.domain.goals import GoalAnswers
from desktop_app.domain.household import Household
from desktop_app.ui.document import Document
from desktop_app.ui.pages.guided import GuidedPage
from desktop_app.ui.tasks import TaskRunner

from .look_back import TODAY

RETIRED = GoalAnswers(born=1966, retire_at=60, plan_to=70, needs=Decimal(100000))
"""Sixty years old, ten years to pay for, the first payment today."""


def guided_page(qtbot, runner: TaskRunner, start: Household, goals: GoalAnswers | None) -> GuidedPage:
    """Show the page of a household with these answers, and wait until they were lived through."""
    page = GuidedPage(Document(replace(start, goals=goals), lambda: TODAY), runner)
    qtbot.addWidget(page)
    page.resize(1080, 716)
    page.show()
    settle(qtbot, page)
    return page


def settle(qtbot, page: GuidedPage) -> None:
    """Wait for the answer and let the layout find its place, so that a click lands on its button."""
    qtbot.waitUntil(lambda: not page._work.is_busy, timeout=20000)
    QApplication.processEvents()
    QApplication.processEvents()


def document_of(page: GuidedPage) -> Document:
    return page._document
