"""Step 4: the answer, what moves and why, what stays off target, and the proof."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop_app.domain.drift import DriftReport
from desktop_app.domain.issues import Issue
from desktop_app.domain.plan import ExchangePlan
from desktop_app.rebalance import debts_of
from desktop_app.rebalance.watch import LONGEST
from desktop_app.ui.models.target_rings import report_slices, target_slices
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import (
    Banner,
    Card,
    Chip,
    OutlinedButton,
    QuietButton,
    Ring,
    SectionTitle,
)
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.workflow.desk import Desk

from .evidence_card import EvidenceCard
from .exchange_list import ExchangeList, PlanNote
from .plan_words import (
    effect,
    gap_words,
    headline,
    later_lines,
    nothing_off,
    paycheck_lines,
    stocks_share,
    unmet_lines,
    wait_lines,
)
from .step_page import StepPage

STEPS = 1000
"""Parts the bar is drawn in, so that it moves calmly."""


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
    hurried = Signal()
    change_wanted = Signal()

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._is_proved = True
        self.trouble = Banner("warning", "")
        self.search = Banner("info", "")
        policy = self.search.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing moves under the eyes when the search ends
        self.search.button.setSizePolicy(policy)
        self.rings = RingsCard()
        self.exchanges = ExchangeList()
        self.evidence = EvidenceCard(runner)
        self._grid_host = QWidget()
        self._grid = QGridLayout(self._grid_host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._notes = QWidget()
        self._notes_grid = QGridLayout(self._notes)
        self._notes_grid.setContentsMargins(0, 0, 0, 0)
        self._notes_grid.setSpacing(16)
        self._note_cards = (
            self._make_paychecks(),
            self._make_unmet(),
            self._make_later(),
            self._make_proof(),
        )
        self.head.addWidget(self._make_stale(), 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.search)
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

    def _make_paychecks(self) -> Card:
        self._paycheck_card = Card()
        self._paycheck_card.set_title(self.tr("What your paychecks do"))
        self.paychecks = PlanNote()
        self._paycheck_card.body.addLayout(self.paychecks)
        return self._paycheck_card

    def _make_later(self) -> Card:
        self._later_card = Card()
        self._later_card.set_title(self.tr("What must wait"))
        self.later = PlanNote()
        self._later_card.body.addLayout(self.later)
        return self._later_card

    def _make_proof(self) -> Card:
        card = self._proof_card = Card()
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
        name, color = ("shield-check", "drift.inside") if self._is_proved else ("info", "muted")
        self._shield.setPixmap(pixmap(name, color, px(20)))

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
        column.setSpacing(12)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Share of the longest time that is gone"))
        column.addWidget(self.bar)
        words = self.tr(
            "Every legal way to trade is weighed. "
            "After {0} seconds at the latest you see the best plan found."
        ).format(round(LONGEST))
        self.stop = OutlinedButton(self.tr("Stop and go back"))
        self.stop.setToolTip(self.tr("Back to the page before (Esc). Your answers stay."))
        self.stop.clicked.connect(self.stopped)
        self.hurry = OutlinedButton(self.tr("Show the best so far"))
        self.hurry.setToolTip(
            self.tr("End the search. The plan keeps every rule and says what is not proved.")
        )
        self.hurry.clicked.connect(self.hurried)
        column.addWidget(Paragraph(words, "body", "muted"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.stop)
        row.addWidget(self.hurry)
        row.addStretch(1)
        column.addLayout(row)
        return self.waiting

    def show_waiting(self) -> None:
        """Say that the plan is being worked out; how far it is comes with `show_slow`."""
        self.title.setText(self.tr("Working it out…"))
        self.subtitle.setText("")
        self.trouble.hide()
        self.search.hide()
        self.stale.hide()
        self._grid_host.hide()
        self.waiting.hide()

    def show_slow(self, *, is_hurried: bool = False) -> None:
        """Show how far a plan is that takes its time, with the ways to stop it; not to hurry it once more."""
        self.bar.setValue(0)
        self.hurry.setEnabled(not is_hurried)
        self.waiting.show()
        self.stop.setFocus()

    def show_progress(self, share: float) -> None:
        """Move the bar; `share` of the longest time is gone (0 to 1)."""
        self.bar.setValue(round(share * STEPS))

    def show_trouble(self, sentence: str, way_out: str | None) -> None:
        """Say why there is no plan; `way_out` are the words of the link to what can be changed."""
        self.title.setText(self.tr("There is no plan yet"))
        self.subtitle.setText("")
        self.waiting.hide()
        self.search.hide()
        self._grid_host.hide()
        self.trouble.setText(sentence)
        self.trouble.set_action_text(way_out)
        self.trouble.show()

    def show_plan(self, plan: ExchangePlan, desk: Desk) -> None:
        """Show the answer."""
        self.waiting.hide()
        self._show_debts(debts_of(desk.snapshot))
        self._grid_host.show()
        self.title.setText(headline(plan))
        self.subtitle.setText(effect(plan, desk))
        self.stale.setVisible(desk.is_stale)
        if desk.age_days is not None:
            self.stale_words.setText(self.tr("Prices are {0} days old.").format(desk.age_days))
        self.exchanges.setVisible(bool(plan.exchanges))
        self.exchanges.show_plan(plan, desk)
        self.rings.show_plan(plan)
        self.evidence.show_plan(plan, desk)
        self.unmet.show_texts(_in_pairs(unmet_lines(plan)) or [(nothing_off(plan), "body")])
        names = {account.id: account.name for account in desk.snapshot.accounts}
        paychecks = _in_pairs(paycheck_lines(plan, names))
        self.paychecks.show_texts(paychecks)
        self._paycheck_card.setVisible(bool(paychecks))
        later = _in_pairs((*later_lines(plan), *wait_lines(plan, desk)))
        self.later.show_texts(later)
        self._later_card.setVisible(bool(later))
        self.show_proof(plan)

    def _show_debts(self, debts: Sequence[Issue]) -> None:
        """Say above the answer in which accounts nothing is moved, because something there is below zero."""
        self.trouble.setVisible(bool(debts))
        self.trouble.set_action_text(None)
        self.trouble.setText("\n".join(f"{debt.message} {debt.fix}" for debt in debts))

    def show_proof(self, plan: ExchangePlan) -> None:
        """Say what is proved of the plan that is shown."""
        is_best = plan.proof.status == "optimal"
        self._is_proved = is_best or plan.is_closest
        if is_best:
            title = self.tr("Proved, not guessed")
        elif plan.is_closest:
            title = self.tr("As close as any plan gets")
        else:
            title = self.tr("The best plan found")
        self._proof_card.set_title(title)
        self._dress()
        gap = gap_words(plan)
        self.proof.show_texts([(text, "body") for text in (plan.proof.words, gap) if text])

    def arrange(self, *, is_narrow: bool) -> None:
        """Answer first where the window is small; side by side where there is room."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.head.setDirection(down if is_narrow else right)
        for part in (self.rings, self._notes, self.exchanges, self.evidence):
            self._grid.removeWidget(part)
        if is_narrow:
            for row, part in enumerate((self.exchanges, self._notes, self.rings, self.evidence)):
                self._grid.addWidget(part, row, 0, 1, 2)
        else:
            self._grid.addWidget(self.rings, 0, 0)
            self._grid.addWidget(self.evidence, 0, 1)
            self._grid.addWidget(self.exchanges, 1, 0, 1, 2)
            self._grid.addWidget(self._notes, 2, 0, 1, 2)
        self._arrange_notes(is_narrow=is_narrow)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.exchanges.arrange(is_narrow=self.viewport().width() < px(1000))

    def _arrange_notes(self, *, is_narrow: bool) -> None:
        """What must be known first where they stand below each other; two by two where there is room."""
        paychecks, unmet, later, proof = self._note_cards
        pairs = ((unmet, proof), (paychecks, later))
        for card in self._note_cards:
            self._notes_grid.removeWidget(card)
        if is_narrow:
            for row, card in enumerate(self._note_cards):
                self._notes_grid.addWidget(card, row, 0, 1, 2)
            return
        for row, pair in enumerate(pairs):
            for column, card in enumerate(pair):
                self._notes_grid.addWidget(card, row, column)


def _in_pairs(lines: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return pairs of words as texts with their roles: the first strong, the second plain."""
    return [text for strong, plain in lines for text in ((strong, "body_strong"), (plain, "body"))]
