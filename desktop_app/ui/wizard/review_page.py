"""Step 4: the answer, what moves and why, what stays off target, and the proof."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop_app.domain.drift import DriftReport
from desktop_app.domain.plan import ExchangePlan
from desktop_app.ui.models.target_rings import report_slices, target_slices
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import (
    Banner,
    Card,
    Chip,
    OutlinedButton,
    QuietButton,
    Ring,
    SectionTitle,
    TextLabel,
)
from desktop_app.workflow.desk import Desk

from .exchange_list import ExchangeList, PlanNote
from .plan_words import effect, headline, later_lines, nothing_off, stocks_share, unmet_lines
from .step_page import StepPage


class RingsCard(Card):
    """The mix before and after the plan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.before = Ring(self, diameter=164)
        self.after = Ring(self, diameter=164)
        self._arrow = QLabel(self)
        row = QHBoxLayout()
        row.addLayout(self._named(self.before, self.tr("Before")), 1)
        row.addWidget(self._arrow)
        row.addLayout(self._named(self.after, self.tr("After")), 1)
        self.body.addLayout(row)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._arrow.setPixmap(pixmap("chevron-right", "muted", px(20)))

    def _named(self, ring: Ring, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(ring, 1, Qt.AlignmentFlag.AlignHCenter)
        label = SectionTitle(name)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label)
        return column

    def show_plan(self, plan: ExchangePlan) -> None:
        """Show both mixes with the target inside."""
        for ring, report in ((self.before, plan.before), (self.after, plan.after)):
            self._fill(ring, report, plan)

    def _fill(self, ring: Ring, report: DriftReport, plan: ExchangePlan) -> None:
        inner = target_slices(plan.target, report.total)
        ring.show_rings(report_slices(report), inner, stocks_share(report), self.tr("stocks"), animate=False)


class ReviewPage(StepPage):
    """Shows a plan; while it is being worked out, says so and can be stopped."""

    import_wanted = Signal()
    stopped = Signal()
    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.trouble = Banner("warning", "")
        self.rings = RingsCard()
        self.exchanges = ExchangeList()
        self._grid_host = QWidget()
        self._grid = QGridLayout(self._grid_host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._notes = QWidget()
        notes = QVBoxLayout(self._notes)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.setSpacing(16)
        notes.addWidget(self._make_unmet())
        notes.addWidget(self._make_later())
        notes.addWidget(self._make_proof())
        self.head.addWidget(self._make_stale(), 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self._make_waiting())
        self.body.addWidget(self._grid_host)
        self.trouble.action.connect(self.change_wanted)
        self.arrange(is_narrow=False)
        self.show_waiting()

    def _make_unmet(self) -> Card:
        card = Card()
        card.set_title(self.tr("What stays off target"))
        self.unmet = PlanNote()
        card.body.addLayout(self.unmet)
        card.body.addStretch(1)
        return card

    def _make_later(self) -> Card:
        self._later_card = Card()
        self._later_card.set_title(self.tr("What must wait"))
        self.later = PlanNote()
        self._later_card.body.addLayout(self.later)
        return self._later_card

    def _make_proof(self) -> Card:
        card = Card()
        card.set_title(self.tr("Proved, not guessed"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self._shield = QLabel()
        self.proof = PlanNote()
        row.addWidget(self._shield, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.proof, 1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        theme_signals().changed.connect(self._dress)
        self._dress()
        return card

    def _dress(self) -> None:
        self._shield.setPixmap(pixmap("shield-check", "drift.inside", px(20)))

    def _make_stale(self) -> QWidget:
        self.stale = QWidget()
        row = QHBoxLayout(self.stale)
        row.setContentsMargins(0, 0, 0, 0)
        self.stale_words = Chip("warning", "", color="drift.near")
        self.import_newer = QuietButton(self.tr("Import newer"))
        self.import_newer.clicked.connect(self.import_wanted)
        row.addWidget(self.stale_words)
        row.addWidget(self.import_newer)
        return self.stale

    def _make_waiting(self) -> QWidget:
        self.waiting = QWidget()
        column = QVBoxLayout(self.waiting)
        column.setContentsMargins(0, 0, 0, 0)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Working it out"))
        column.addWidget(bar)
        row = QHBoxLayout()
        row.addWidget(TextLabel(self.tr("Every legal way to trade is weighed."), "body", "muted"), 1)
        self.stop = OutlinedButton(self.tr("Stop"))
        self.stop.clicked.connect(self.stopped)
        row.addWidget(self.stop)
        column.addLayout(row)
        return self.waiting

    def show_waiting(self) -> None:
        """Say that the plan is being worked out."""
        self.title.setText(self.tr("Working it out…"))
        self.subtitle.setText("")
        self.trouble.hide()
        self.stale.hide()
        self._grid_host.hide()
        self.waiting.show()

    def show_trouble(self, sentence: str, way_out: str | None) -> None:
        """Say why there is no plan; `way_out` are the words of the link to what can be changed."""
        self.title.setText(self.tr("There is no plan yet"))
        self.subtitle.setText("")
        self.waiting.hide()
        self._grid_host.hide()
        self.trouble.setText(sentence)
        self.trouble.set_action_text(way_out)
        self.trouble.show()

    def show_plan(self, plan: ExchangePlan, desk: Desk) -> None:
        """Show the answer."""
        self.waiting.hide()
        self.trouble.hide()
        self._grid_host.show()
        self.title.setText(headline(plan))
        self.subtitle.setText(effect(plan, desk))
        self.stale.setVisible(desk.is_stale)
        if desk.age_days is not None:
            self.stale_words.setText(self.tr("Prices are {0} days old.").format(desk.age_days))
        self.exchanges.setVisible(bool(plan.exchanges))
        self.exchanges.show_plan(plan, desk)
        self.rings.show_plan(plan)
        self.unmet.show_texts(_in_pairs(unmet_lines(plan)) or [(nothing_off(plan), "body")])
        later = _in_pairs(later_lines(plan))
        self.later.show_texts(later)
        self._later_card.setVisible(bool(later))
        self.proof.show_texts([(plan.proof.words, "body")])

    def arrange(self, *, is_narrow: bool) -> None:
        """Answer first where the window is small; side by side where there is room."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.head.setDirection(down if is_narrow else right)
        for part in (self.rings, self._notes, self.exchanges):
            self._grid.removeWidget(part)
        if is_narrow:
            for row, part in enumerate((self.exchanges, self._notes, self.rings)):
                self._grid.addWidget(part, row, 0, 1, 2)
        else:
            self._grid.addWidget(self.rings, 0, 0)
            self._grid.addWidget(self._notes, 0, 1)
            self._grid.addWidget(self.exchanges, 1, 0, 1, 2)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.exchanges.arrange(is_narrow=self.viewport().width() < px(1000))


def _in_pairs(lines: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return pairs of words as texts with their roles: the first strong, the second plain."""
    return [text for strong, plain in lines for text in ((strong, "body_strong"), (plain, "body"))]
