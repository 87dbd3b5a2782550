"""The guided plan: levers at the left, what they mean at the right, live."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.errors import UserError
from desktop_app.domain.goals import GoalAnswers, Tier
from desktop_app.domain.issues import Severity
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.models.guided_lines import distribution_words, short_words, source_words, tier_name
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Banner, SegmentedControl, TextLabel
from desktop_app.ui.widgets.first_stop import FirstStop
from desktop_app.ui.widgets.page import PageScroll, StackingRow
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.work_row import WorkRow
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.ui.work import LatestWork
from desktop_app.workflow import edits
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.guided import Suggestion
from desktop_app.workflow.guided_bucket import bucket_dollars, bucket_refusal, bucket_target, held_bucket
from desktop_app.workflow.guided_desk import (
    GuidedDesk,
    SuggestionLine,
    first_answers,
    given_up_words,
    guided_of,
    guided_target,
    suggested_target,
    suggestion_lines,
)
from desktop_app.workflow.guided_remarks import income_remark, one_off_remark
from desktop_app.workflow.guided_table import guided_csv
from desktop_app.workflow.set_apart import is_same_mix

from .comfort_dialog import ComfortDialog
from .guided_inputs import GuidedInputs
from .guided_picture import GuidedPicture
from .guided_results import MixesCard, RangeCard, TierCard, index_words
from .guided_ways import BucketCard, BucketWish, WaysCard
from .page_export import PageExport

SIDE_WIDTH = 292
STACK_BELOW = 860
"""Page width in pixels at 100 % text below which the results stand under the levers."""
TIERS = tuple(Tier)


class GuidedPage(FirstStop, QWidget):
    """Lives the answers through history while they are typed or dragged; the latest answers win."""

    shown = Signal()

    def __init__(self, document: Document, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._work = LatestWork(runner, self)
        self._answers = GoalAnswers()
        self._seen: tuple[object, ...] = ()
        self.found: GuidedDesk | None = None
        self._build(runner)
        self._connect(document)
        self._take_over(document.desk)

    def _build(self, runner: TaskRunner) -> None:
        self.inputs = GuidedInputs()
        self.tiers = tuple(TierCard(tier) for tier in TIERS)
        self.range, self.mixes = RangeCard(), MixesCard()
        self.ways, self.bucket = WaysCard(), BucketCard(runner)
        self.tier = SegmentedControl([tier_name(tier) for tier in TIERS])
        self.tier.set_name(self.tr("Look closer at"))
        self.tier.set_current(TIERS.index(Tier.WANTS))
        self.missing = Banner(
            "info", self.tr("Give your age and what your needs or wants cost a year; the rest follows.")
        )
        self.trouble = Banner("warning", "")
        self.stopped = Banner("warning", "", self.tr("Work them out"))
        self.is_stale = False
        self.remarks = Paragraph("", "help", "muted")
        closer = WrapRow(gap=12)
        closer.add(TextLabel(self.tr("Look closer at"), "body", "muted"))
        closer.add(self.tier)
        self.results = QWidget()
        self.export = PageExport(
            self.tr("Guided plan"), self._png, self._table, lambda: self._document.desk.today
        )
        closer.add(self.export)
        beside = StackingRow((self.range, self.mixes), (9, 8))
        self.range.width_wished.connect(lambda width: beside.wish(self.range, width))
        column = QVBoxLayout(self.results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        in_turn: tuple[QWidget, ...] = (
            StackingRow(self.tiers, (1, 1, 1)),
            Paragraph(index_words(), "help", "muted"),
            closer,
            beside,
            self.bucket,
            self.remarks,
        )
        for part in in_turn:
            column.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(16)
        self.waiting = WorkRow(self._work, self.tr("Living the plan through history"))
        for row in (self.missing, self.trouble, self.waiting, self.stopped, self.results, self.ways):
            right.addWidget(row)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self.inputs, 0, Qt.AlignmentFlag.AlignTop)
        self._columns.addLayout(right, 1)
        scroll = PageScroll(self)
        scroll.setAccessibleName(self.tr("Guided plan"))
        scroll.column.addLayout(self._columns)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.first_stop = self.inputs.age
        self.trouble.hide()
        self.stopped.hide()
        self.results.hide()
        self.ways.tell_education(told=False)

    def _connect(self, document: Document) -> None:
        self.inputs.edited.connect(self._on_edited)
        self.tier.currentChanged.connect(lambda _index: self._show_tier())
        self.mixes.target_wanted.connect(self.use_guided)
        self.ways.questions_wanted.connect(self.ask)
        self.ways.use_wanted.connect(self.use_suggestion)
        self.bucket.years_edited.connect(self._on_years)
        self.bucket.hold_wanted.connect(self.hold_bucket)
        self.waiting.stopped.connect(self._on_stopped)
        self.stopped.action.connect(self._again)
        document.changed.connect(self._take_over)
        theme_signals().changed.connect(self._arrange)

    @property
    def chosen_tier(self) -> Tier:
        """The tier that is looked at closer."""
        return TIERS[self.tier.current()]

    # What it follows

    def _take_over(self, desk: Desk) -> None:
        """Show the document's answers, and what they mean where something changed."""
        self._answers = desk.household.goals or first_answers(desk.household)
        self.inputs.show_answers(self._answers, desk.snapshot.total, desk.today)
        self.bucket.show_years(self._answers.bucket_years)
        self._show_ways()
        self._refresh()

    def _on_edited(self, answers: GoalAnswers, field: str, keep: bool) -> None:  # noqa: FBT001 - a signal
        self._answers = answers
        if keep:
            household = edits.set_goals(self._document.household, answers)
            self._document.apply(self.tr("Change the guided plan"), household, merge_key=f"goals:{field}")
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was in front."""
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop when nobody looks any more."""
        super().hideEvent(event)
        if self._work.is_busy:
            self._seen = ()
        self._work.drop()

    def _refresh(self) -> None:
        desk, answers = self._document.desk, self._answers
        seen = (answers, desk.snapshot.total, desk.target, desk.today)
        if not self.isVisible() or seen == self._seen:
            return
        self._seen = seen
        self._work.drop()
        self.stopped.hide()
        self.missing.setVisible(not answers.is_complete)
        if not answers.is_complete:
            self._show_nothing()
            return
        self._work.start(lambda tell: guided_of(answers, desk, tell), self._show, self._on_refused)

    def _on_stopped(self) -> None:
        """Say that what is shown is older than the inputs, and let nothing be made of it."""
        self.is_stale = self.found is not None
        self.stopped.setText(
            self.tr("Stopped. The results below are for the earlier inputs.")
            if self.is_stale
            else self.tr("Stopped. Nothing was worked out yet.")
        )
        self.stopped.show()
        self._follow_stale()

    def _again(self) -> None:
        self._seen = ()
        self._refresh()

    def _follow_stale(self) -> None:
        self.mixes.use.setEnabled(not self.is_stale)
        if self.is_stale:
            self.bucket.hold.setEnabled(False)
        self._show_ways()

    def _table(self) -> str | None:
        if self.found is None:
            return None
        return guided_csv(self.found, self._suggestions(), self.bucket.found)

    def _png(self) -> bytes:
        if self.found is None:
            return b""
        bucket = "" if self.bucket.found is None else self.bucket.answer.text()
        today, remarks = self._document.desk.today, self.remarks.text()
        return GuidedPicture(self.found, self.chosen_tier, today, bucket, remarks).png()

    def _show_nothing(self) -> None:
        self.found, self.is_stale = None, False
        self.inputs.show_warnings(())
        self.inputs.show_entry_remarks((), ())
        self._show_ways()
        self._show_answer()
        self.ways.tell_education(told=False)
        for part in (self.results, self.trouble, self.waiting, self.stopped):
            part.hide()

    def _on_refused(self, error: UserError) -> None:
        self._show_nothing()
        self.trouble.setText(str(error))
        self.trouble.show()

    def _show(self, found: GuidedDesk) -> None:
        self.found, self.is_stale = found, False
        self.mixes.use.setEnabled(True)
        self.waiting.hide()
        self.trouble.hide()
        for card in self.tiers:
            card.show_found(found)
        plan = found.guided.plan
        income = [income_remark(plan, item) for item in plan.income]
        one_off = [one_off_remark(plan, item) for item in plan.one_off]
        self.inputs.show_entry_remarks(income, one_off)
        others = [remark for remark in found.guided.remarks if remark not in (*income, *one_off)]
        told = [(remark.severity, f"{remark.message} {remark.fix}") for remark in others]
        self.inputs.show_warnings([words for severity, words in told if severity is not Severity.INFO])
        calm = [words for severity, words in told if severity is Severity.INFO]
        self.remarks.setText("\n".join((*calm, distribution_words(found), source_words(found))))
        self._show_tier()
        self.ways.tell_education(told=True)
        self.results.show()
        self.shown.emit()

    def _show_tier(self) -> None:
        if self.found is None:
            return
        tier = self.chosen_tier
        self._show_answer()
        self.range.show_found(self.found, tier)
        self._show_ways()
        desk, chosen = self._document.desk, self.found.guided.tier(tier).chosen
        made = guided_target(self.found, tier, desk)
        given_up = "" if chosen is None else given_up_words(chosen.record.stocks, desk)
        self.mixes.show_found(self.found, tier, given_up, is_target=self._is_target(made))
        self._show_bucket()

    def _show_answer(self) -> None:
        """Say the answer beside the levers too where the results stand below them."""
        is_below = self._columns.direction() == QBoxLayout.Direction.TopToBottom
        found = self.found if is_below else None
        self.inputs.show_answer("" if found is None else short_words(found, self.chosen_tier))

    def _show_ways(self) -> None:
        lines, desk = self._suggestions(), self._document.desk
        same = (line.suggestion for line in lines if self._is_target(suggested_target(line.suggestion, desk)))
        self.ways.show_lines(lines, frozenset(each.key for each in same))
        found = None if self.is_stale else self.found
        reached = found is None or found.guided.tier(self.chosen_tier).chosen is not None
        self.ways.tell_unreached(is_unreached=not reached)

    def _suggestions(self) -> tuple[SuggestionLine, ...]:
        desk = self._document.desk
        comfort = dict(desk.household.comfort)
        found = None if self.is_stale else self.found
        return suggestion_lines(comfort, desk, found, self._answers, self.chosen_tier)

    def _show_bucket(self) -> None:
        if self.found is None:
            return
        desk = self._document.desk
        found, tier, years = self.found, self.chosen_tier, self.found.answers.bucket_years
        dollars = bucket_dollars(found.answers, years, desk.today, tier)
        wish = BucketWish(found, years, tier, dollars, held_bucket(desk, dollars))
        held = None if desk.target is None else dict(desk.target.fixed).get(AssetClass.SHORT_TERM, ZERO)
        self.bucket.show_found(wish, held, bucket_refusal(desk, dollars))
        if self.is_stale:
            self.bucket.hold.setEnabled(False)

    def _is_target(self, made: TargetAllocation | None) -> bool:
        known = self._document.desk.target
        if made is None or known is None:
            return False
        return is_same_mix(made, known)

    # One click

    def use_guided(self) -> None:
        """Make the mix of the tier looked at the target, with the reason recorded."""
        if self.found is None:
            return
        target = guided_target(self.found, self.chosen_tier, self._document.desk)
        if target is not None:
            self._use(target, self.tr("Use the guided plan’s mix as target"))

    def use_suggestion(self, suggestion: Suggestion) -> None:
        """Make one of the ways to a mix the target, with where it comes from recorded."""
        target = suggested_target(suggestion, self._document.desk, self.found, self.chosen_tier)
        self._use(target, self.tr("Use “{0}” as target").format(suggestion.name))

    def hold_bucket(self, dollars: Money, years: Decimal) -> None:
        """Put so many dollars into the target's short-term class."""
        target = bucket_target(self._document.desk, dollars, years, self.found, self.chosen_tier)
        if target is not None:
            self._use(target, self.tr("Hold a short-term bucket"))

    def _use(self, target: TargetAllocation, told: str) -> None:
        desk = self._document.desk
        self._document.apply(told, edits.set_target(desk.household, target, desk.today))

    def _on_years(self, years: Decimal) -> None:
        self._on_edited(replace(self._answers, bucket_years=years), "bucket", keep=True)

    def ask(self) -> ComfortDialog:
        """Open our own questions; every answer is kept at once."""
        desk = self._document.desk
        dialog = ComfortDialog(dict(desk.household.comfort), desk.snapshot.total, self)
        dialog.answered.connect(self._on_comfort)
        dialog.open()
        return dialog

    def _on_comfort(self, key: str, place: int | None) -> None:
        household = edits.set_comfort(self._document.household, key, place)
        self._document.apply(self.tr("Answer a question"), household, merge_key=f"comfort:{key}")

    # The width at hand

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < px(STACK_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._show_answer()
        self.inputs.setMinimumWidth(0 if is_narrow else px(SIDE_WIDTH))
        self.inputs.setMaximumWidth(16_777_215 if is_narrow else px(SIDE_WIDTH))
