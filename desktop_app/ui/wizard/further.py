"""Looks for a better plan while the one found at once is shown, and says how that stands."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import UserError
from desktop_app.domain.plan import ExchangePlan
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets import Banner
from desktop_app.ui.work import LatestWork
from desktop_app.workflow.better_plan import is_same_plan
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.rebalance_flow import RebalanceFlow

from .plan_words import better_words


class FurtherSearch(QObject):
    """One search at a time, off the interface thread; `banner` tells how it stands and can end it.

    Signals: `found(plan)` when it ends: a better plan, or the same one with what is proved of it now.
    """

    found = Signal(object)

    def __init__(self, banner: Banner, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._work = LatestWork(runner, self)
        self._asked: tuple[RebalanceFlow, Desk, ExchangePlan] | None = None
        self._known: ExchangePlan | None = None
        banner.action.connect(self._on_action)

    @property
    def is_busy(self) -> bool:
        """Whether a better plan is looked for."""
        return self._work.is_busy

    def know(self, plan: ExchangePlan | None) -> None:
        """Take a plan as searched through, and say nothing of it."""
        self._work.drop()
        self._known = plan
        self._banner.hide()

    def look(self, flow: RebalanceFlow, desk: Desk, plan: ExchangePlan) -> None:
        """Look for a better plan, unless that is done, was stopped, or there can be none."""
        if plan is self._known or self.is_busy:
            return
        if plan.proof.status == "optimal":
            self.know(plan)
            return
        self._asked = (flow, desk, plan)
        self._tell(
            self.tr(
                "This plan was found at once. "
                "Still looking for a better one, or for the proof that there is none."
            ),
            self.tr("Stop looking"),
        )
        self._work.start(lambda tell: flow.better_plan(desk, plan, tell), self._on_end, self._on_refused)

    def pause(self) -> None:
        """Stop looking, because the plan is out of sight or the program ends; `look` begins again."""
        if self.is_busy:
            self._work.drop()
            self._say_stopped()

    def _on_action(self) -> None:
        """Stop at the user's wish, or go on."""
        if self._asked is None:
            return
        if not self.is_busy:
            self._known = None
            self.look(*self._asked)
            return
        self.pause()
        self._known = self._asked[2]

    def _say_stopped(self) -> None:
        self._tell(self.tr("Stopped. A better plan is not ruled out."), self.tr("Look further"))

    def _on_end(self, plan: ExchangePlan) -> None:
        if self._asked is None:
            return
        before, self._known = self._asked[2], plan
        self.found.emit(plan)
        if not is_same_plan(before, plan):
            self._tell(better_words(before, plan))
        elif plan.proof.status == "optimal":
            self._tell(self.tr("Looked further: this plan is proved to be the best."))
        else:
            self._tell(self.tr("Looked further: no better plan was found in the time given."))

    def _on_refused(self, _error: UserError) -> None:
        """What was found at once stays: no rule can forbid it."""
        if self._asked is not None:
            self._on_end(self._asked[2])

    def _tell(self, words: str, way: str | None = None) -> None:
        self._banner.setText(words)
        self._banner.set_action_text(way)
        self._banner.show()
