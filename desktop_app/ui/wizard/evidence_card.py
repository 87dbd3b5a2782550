"""What the present mix, the target and the plan would have lost in past crises, small, for the review."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.domain.plan import ExchangePlan
from desktop_app.ui import words
from desktop_app.ui.pages.outlook_tables import CrisisTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, SectionTitle, TextLabel
from desktop_app.ui.widgets.fall_bars import FallKey, key_of
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.ui.work import LatestWork
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.outlook_desk import CrisisLine, evidence_of

IN_REVIEW = ("1973–74", "Dot-Com", "Great Recession", "2022")
"""Crises shown here, one of each kind: inflation, stocks alone, everything, bonds too."""

HEIGHT = 248


class EvidenceCard(Card):
    """Looks back for a plan while it is in sight; hidden where there is nothing to show."""

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, flush=True)
        self._work = LatestWork(runner, self)
        self._wanted: tuple[ExchangePlan, Desk] | None = None
        self._shown: ExchangePlan | None = None
        self.lines: tuple[CrisisLine, ...] = ()
        self.table = CrisisTable(self, compact=True)
        self.note = Paragraph("", "help", "muted")
        keys = WrapRow(gap=12)
        keys.add(SectionTitle(self.tr("What each mix lost in past crises")))
        keys.add(key_of(FallKey("control"), TextLabel(self.tr("mix now"), "help", "muted")))
        keys.add(key_of(FallKey("accent"), TextLabel(self.tr("target"), "help", "muted")))
        keys.add(key_of(FallKey("text", "tick"), TextLabel(self.tr("after the plan"), "help", "muted")))
        head, foot = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(15, 12, 15, 4)
        foot.setContentsMargins(15, 8, 15, 12)
        head.addWidget(keys)
        foot.addWidget(self.note)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(foot)
        theme_signals().changed.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Keep the room it will need, so that nothing jumps when the answer comes."""
        return super().minimumSizeHint().expandedTo(QSize(0, px(HEIGHT)))

    def show_plan(self, plan: ExchangePlan, desk: Desk) -> None:
        """Look back for another plan."""
        self._wanted = (plan, desk)
        if self.isVisible():
            self._start()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin once somebody looks."""
        super().showEvent(event)
        self._start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop when nobody looks any more."""
        super().hideEvent(event)
        self._work.drop()

    def _start(self) -> None:
        if self._wanted is None or self._wanted[0] is self._shown or self._work.is_busy:
            return
        plan, desk = self._wanted

        def done(lines: tuple[CrisisLine, ...]) -> None:
            self._show(plan, desk, lines)

        self._work.start(lambda _tell: evidence_of(plan, desk), done, self._on_refused)

    def _on_refused(self, error: UserError) -> None:
        self.note.setText(str(error))

    def _show(self, plan: ExchangePlan, desk: Desk, lines: tuple[CrisisLine, ...]) -> None:
        self._shown, self.lines = plan, lines
        self.table.show_lines(tuple(line for line in lines if line.name in IN_REVIEW))
        self.note.setText(
            self.tr("On {0}. Month averages: true falls were some points deeper. See Outlook.").format(
                words.dollars(desk.snapshot.total)
            )
        )
        self._start()
