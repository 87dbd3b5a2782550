"""The Outlook page: what the mix would have lived through, and what a rule to rebalance does."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.money import ZERO
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.models.drift_words import class_name
from desktop_app.ui.models.outlook_lines import decade_lines, share, stock_share
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import Banner, Card, OutlinedButton, SectionTitle, SegmentedControl, TextLabel
from desktop_app.ui.widgets.fall_bars import FallKey, key_of
from desktop_app.ui.widgets.first_stop import FirstStop
from desktop_app.ui.widgets.page import PageScroll
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.parted_tree import TreeParts
from desktop_app.ui.widgets.pictures import png_of
from desktop_app.ui.widgets.work_row import WorkRow
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.ui.work import LatestWork
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.outlook import INSIDE_WORDS, SINCE, Mix
from desktop_app.workflow.outlook_desk import (
    ALL_OF_IT,
    DeskOutlook,
    PlannedMix,
    is_alike,
    outlook_csv,
    outlook_of,
    planned_of,
    with_plan,
)

from .outlook_tables import CrisisTable, RuleTable
from .page_export import PageExport

PERIODS = (ALL_OF_IT, SINCE)
STACK_BELOW = 900
"""Page width in pixels at 100 % text below which the title stands above the buttons."""


class OutlookPage(FirstStop, QWidget):
    """Looks back for the household at hand; `targets_wanted` leads to where a target is chosen."""

    targets_wanted = Signal()

    def __init__(self, document: Document, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._work = LatestWork(runner, self)
        self.found: DeskOutlook | None = None
        self._planned: PlannedMix | None = None
        self._shown_of: tuple[Desk, str] | None = None
        """The desk and the period whose figures are in sight."""
        self._wanted = 0
        """The place of the period asked for when the work was stopped."""
        self._is_behind = True
        self._build()
        document.changed.connect(self._on_changed)

    # What stands where

    def _build(self) -> None:
        scroll = PageScroll(self)
        scroll.setAccessibleName(self.tr("Outlook"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.first_stop = scroll
        self.no_target = Banner("info", self.tr("Choose a target to see it beside your mix."), "", self)
        self.no_target.set_action_text(self.tr("Open Targets"))
        self.no_target.action.connect(self.targets_wanted)
        self.trouble = Banner("warning", "", None, self)
        self.stopped = Banner("warning", "", self.tr("Work it out again"), self)
        self.stopped.action.connect(self._again)
        self.picture = QWidget()
        column = QVBoxLayout(self.picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._make_crises())
        column.addWidget(self._make_rules())
        column.addWidget(self._make_notes())
        scroll.column.addLayout(self._make_head())
        scroll.column.addWidget(self.no_target)
        scroll.column.addWidget(self.trouble)
        scroll.column.addWidget(self.stopped)
        scroll.column.addWidget(self.picture)
        scroll.column.addStretch(1)
        for part in (self.no_target, self.trouble, self.stopped, self.picture):
            part.hide()

    def _make_head(self) -> QBoxLayout:
        self.as_table = OutlinedButton(self.tr("As a table"), "table")
        self.as_table.setCheckable(True)
        self.as_table.setToolTip(self.tr("Every number in place of the bars"))
        self.as_table.toggled.connect(lambda on: self.crises.set_plain(plain=on))
        self.export = PageExport(
            self.tr("Outlook"),
            lambda: png_of(self.picture, self._make_picture_head()),
            self._table,
            lambda: self._document.desk.today,
        )
        self.export.set_refusal(self.tr("There is nothing to save yet."))
        self.waiting = WorkRow(self._work, self.tr("Looking back"), keeps_room=True)
        self.waiting.stopped.connect(self._on_stop)
        tools = QHBoxLayout()
        tools.addStretch(1)
        for part in (self.waiting, self.as_table, self.export):
            tools.addWidget(part)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(Paragraph(self.tr("What your mix would have lived through"), "page_title"), 1)
        self._head.addLayout(tools)
        return self._head

    def _make_crises(self) -> Card:
        card = Card("", "", self, flush=True)
        self.crises = CrisisTable(card)
        self.fall_title = SectionTitle("")
        self.key_now, self.key_target = TextLabel("", "help", "muted"), TextLabel("", "help", "muted")
        self._target_key = key_of(FallKey("accent"), self.key_target)
        self._plan_key = key_of(
            FallKey("text", "tick"), TextLabel(self.tr("After the plan"), "help", "muted")
        )
        keys = WrapRow(gap=16)
        keys.add(self.fall_title)
        keys.add(key_of(FallKey("control"), self.key_now))
        keys.add(self._target_key)
        keys.add(self._plan_key)
        card.body.addWidget(_padded(keys))
        card.body.addWidget(TreeParts(self.crises))
        card.body.addWidget(self._make_decades())
        return card

    def _make_decades(self) -> QWidget:
        self.decades = QWidget()
        self.decades_title = SectionTitle("")
        self.decade_words = Paragraph("")
        column = QVBoxLayout(self.decades)
        column.setContentsMargins(15, 12, 15, 15)
        column.setSpacing(4)
        column.addWidget(self.decades_title)
        column.addWidget(self.decade_words)
        return self.decades

    def _make_rules(self) -> Card:
        card = Card("", "", self, flush=True)
        self.rules = RuleTable(card)
        self.rules_title = SectionTitle("")
        self.period = SegmentedControl((self.tr("Since 1871"), self.tr("Since 1926")))
        self.period.set_name(self.tr("Rules compared"))
        self.period.currentChanged.connect(lambda _index: self.refresh())
        row = WrapRow(gap=16)
        row.add(self.rules_title)
        row.add(self.period)
        row.add(
            TextLabel(
                self.tr("Rates are a year’s. Having a rule limits the risk; which hardly matters."),
                "help",
                "muted",
            )
        )
        card.body.addWidget(_padded(row))
        card.body.addWidget(TreeParts(self.rules))
        return card

    def _make_notes(self) -> Card:
        card = Card(self.tr("What rebalancing does, and what it does not"), "", self)
        self.both_sides = Paragraph("")
        self.years = Paragraph("", "help", "muted")
        self.stand_ins = Paragraph("", "help", "muted")
        self.source = Paragraph("", "help", "muted")
        card.body.addWidget(self.both_sides)
        card.body.addWidget(SectionTitle(self.tr("Which returns stand in")))
        for part in (self.stand_ins, self.years, self.source):
            card.body.addWidget(part)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the title have a line of its own where it would be squeezed."""
        super().resizeEvent(event)
        is_narrow = self.width() < px(STACK_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(direction)

    # What it follows

    def showEvent(self, event: QShowEvent) -> None:
        """Look back when first shown, or again after a change made elsewhere."""
        super().showEvent(event)
        if self._is_behind:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop when nobody looks any more."""
        super().hideEvent(event)
        self._is_behind = self._is_behind or self._work.is_busy
        self._work.drop()

    def _on_changed(self, _desk: Desk) -> None:
        self._is_behind = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Look back once more; an older look is stopped."""
        desk, since = self._document.desk, PERIODS[self.period.current()]
        self._is_behind = False
        self._work.drop()
        self.waiting.hide()
        self.stopped.hide()
        if desk.snapshot.total <= 0:
            self._show_nothing(self.tr("Nothing is held yet, so there is nothing to look back on."))
            return
        known = self._planned
        planned = known if known is not None and known.is_for(desk) else None
        self._work.start(
            lambda tell: outlook_of(desk, since, planned, tell),
            lambda found: self._on_found(found, desk, since, planned),
            lambda error: self._show_nothing(str(error)),
        )

    def _on_found(self, found: DeskOutlook, desk: Desk, since: str, planned: PlannedMix | None) -> None:
        """Show what needs no plan at once; the plan can take seconds."""
        self._shown_of = (desk, since)
        self._show(found)
        if planned is None:
            self._work.start(
                lambda tell: planned_of(desk, tell),
                lambda planned: self._on_planned(found, desk, planned),
                lambda _error: self.waiting.hide(),
            )

    def _on_planned(self, found: DeskOutlook, desk: Desk, planned: PlannedMix) -> None:
        self._planned = planned
        self._show(with_plan(found, desk, planned))

    def _on_stop(self) -> None:
        """Say what the figures in sight belong to; the period goes back to theirs until asked again."""
        self._is_behind = True
        self._wanted = self.period.current()
        self.stopped.setText(self._stopped_words())
        self.stopped.show()
        if self._shown_of is not None:
            self._show_period(PERIODS.index(self._shown_of[1]))

    def _stopped_words(self) -> str:
        if self._shown_of is None:
            return self.tr("Stopped. Nothing was worked out yet.")
        desk, since = self._shown_of
        if not is_alike(desk, self._document.desk):
            self.export.set_refusal(
                self.tr("The figures are older than your household. Work them out again.")
            )
            shape = self.tr("Stopped. The figures below, since {0}, are from before your last change.")
            return shape.format(since[:4])
        if since != PERIODS[self._wanted]:
            return self.tr("Stopped. The figures below are still those since {0}.").format(since[:4])
        return self.tr("Stopped. The figures below are right; only your plan is not among them.")

    def _again(self) -> None:
        self._show_period(self._wanted)
        self.refresh()

    def _show_period(self, place: int) -> None:
        with QSignalBlocker(self.period):
            self.period.set_current(place)

    def _show_nothing(self, why: str) -> None:
        self.found, self._shown_of = None, None
        self.export.set_refusal(self.tr("There is nothing to save yet."))
        self.waiting.hide()
        self.picture.hide()
        self.trouble.setText(why)
        self.trouble.show()

    def _show(self, found: DeskOutlook) -> None:
        self.found = found
        self.waiting.hide()
        self.trouble.hide()
        self.export.set_refusal("")
        has_target = found.stocks_target is not None
        self.no_target.setVisible(not has_target)
        self.fall_title.setText(
            self.tr("Largest falls, in dollars of today’s {0}").format(words.dollars(found.balance))
        )
        now = self.tr("Your mix now, {0} stocks").format(words.percent(found.stocks_now, 0))
        target = self.tr("Target, {0} stocks").format(words.percent(stock_share(found), 0))
        self.key_now.setText(f"{now}{self._counted_words(found.counted[0])}")
        self.key_target.setText(f"{target}{self._counted_words(found.counted[1])}")
        self._target_key.setVisible(has_target)
        self._plan_key.setVisible(has_target and any(line.plan for line in found.lines))
        self.crises.show_lines(found.lines)
        first, last = found.history.period
        lived = decade_lines(found)
        self.decades.setVisible(bool(lived))
        self.decades_title.setText(self.tr("Worst ten years after inflation, {0} to {1}").format(first, last))
        self.decade_words.setText("\n".join(lived))
        of_target = self.tr("Ways to rebalance, on your target, {0} to {1}")
        of_now = self.tr("Ways to rebalance, on your mix, {0} to {1}")
        self.rules_title.setText((of_target if has_target else of_now).format(first, last))
        self.rules.show_outlook(found)
        self._show_notes(found)
        self.picture.show()

    def _counted_words(self, counted: Mix) -> str:
        """Name what is no stocks and counts as such in the falls, and how much that is on top."""
        if not counted:
            return ""
        names = ", ".join(map(class_name, counted))
        share_of_all = words.percent(sum(counted.values(), ZERO), 0)
        return self.tr(" and {0} counted as stocks: {1}").format(share_of_all, names)

    def _show_notes(self, found: DeskOutlook) -> None:
        history = found.history
        self.both_sides.setText(
            words.tied("\n".join(found.words)) or self.tr("One kind of asset alone: nothing to rebalance.")
        )
        self.stand_ins.setText(
            "\n".join(f"{class_name(item.node)}: {item.words}." for item in found.stand_ins)
        )
        years = ", ".join(f"{each.year} {share(each.value)}" for each in history.years)
        self.years.setText(
            self.tr("Whole years of this mix on year-end prices: {0} ({1}).").format(
                years, self.tr(history.years_source)
            )
        )
        source = self.tr(
            "Months to recover: from the low back to the peak, rebalanced every December. Source: {0}; to "
            "{1}. {2} The past is no promise."
        ).format(self.tr(history.source), history.period[1], self.tr(history.caution))
        self.source.setText(f"{self.tr(INSIDE_WORDS)} {source}")

    def _make_picture_head(self) -> QWidget:
        """Return what a picture says of itself: what it shows, of which day, and which mixes."""
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Paragraph(self.tr("What your mix would have lived through"), "page_title"))
        keys = [self.key_now.text()]
        if self.found is not None and self.found.stocks_target is not None:
            keys.append(self.key_target.text())
        said = f"{words.day(self._document.desk.today)}: {'; '.join(keys)}."
        column.addWidget(Paragraph(said, "body", "muted"))
        return head

    def _table(self) -> str | None:
        return None if self.found is None else outlook_csv(self.found)


def _padded(part: QWidget) -> QWidget:
    """Give the head of a flush card the room a card's head has."""
    host = QWidget()
    box = QVBoxLayout(host)
    box.setContentsMargins(15, 12, 15, 4)
    box.addWidget(part)
    return host
