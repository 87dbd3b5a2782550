"""The Checklist page: the printed sheet on the screen, with ticks, numbers and dates."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QMenu,
    QProgressBar,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.reports import copy_text
from desktop_app.ui.document import Document
from desktop_app.ui.models.checklist_lines import ChecklistWords, ExchangeLine, checklist_words
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Banner, OutlinedButton, PrimaryButton
from desktop_app.ui.widgets.in_sight import bring_into_sight
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow import edits
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.reconciled import close_checklist, reconciled, tick_shown

from .checklist_cards import (
    CONFIRMATION,
    DAY,
    DOLLARS,
    DONE,
    UNITS,
    AccountCard,
    ExchangeRow,
    column_widths,
)
from .checklist_output import KINDS, ChecklistOutput
from .checklist_reconciled import ReconciliationCard
from .checklist_side import AfterCard, PaperCard, side_by_side

SIDE_WIDTH = 296
STACK_BELOW = 980
"""Page width in pixels at 100 % text below which the side stands under the cards."""
ROW_WIDTH, ROW_COLUMNS = 660, DONE + DOLLARS + UNITS + CONFIRMATION + DAY
"""Width of a card in pixels at 100 % text below which its fields stand under the amounts."""
THUMBNAIL_DELAY_MS = 120


class ChecklistPage(QWidget):
    """Shows the newest checklist and notes what was done, as one keeps typing."""

    rebalance_wanted = Signal()
    paper_changed = Signal(str, bool)

    def __init__(self, document: Document, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown: Checklist | None = None
        self._found: Reconciliation | None = None
        self._chosen: ExchangeRow | None = None
        self.cards: list[AccountCard] = []
        self._lines: list[ExchangeLine] = []
        self.output = ChecklistOutput(self, runner)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(THUMBNAIL_DELAY_MS)
        self._repaint.timeout.connect(self._show_paper)
        self._build()
        document.changed.connect(self.show_desk)
        theme_signals().changed.connect(self._arrange)
        self.show_desk(document.desk)

    def _build(self) -> None:
        self.empty = self._make_empty()
        self._area = QScrollArea()
        self._area.setAccessibleName(self.tr("Checklist"))
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no stop of Tab: nothing would show it
        self._area.setWidgetResizable(True)
        content = QWidget()
        page = QVBoxLayout(content)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(16)
        page.addLayout(self._make_head())
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        page.addWidget(self.progress)
        self.warning = Banner("warning", "")
        page.addWidget(self.warning)
        page.addWidget(self._make_reconciled())
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self._list.addStretch(1)
        self._columns.addLayout(self._list, 1)
        self._columns.addWidget(self._make_side())
        page.addLayout(self._columns)
        page.addStretch(1)
        self._area.setWidget(content)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._area)

    def _make_empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(Paragraph(self.tr("No checklist yet"), "page_title"))
        column.addWidget(
            Paragraph(
                self.tr(
                    "A checklist turns a rebalance into steps for your plan's website: what to exchange, "
                    "how much, and a box to tick. It can be printed and kept."
                ),
                "body",
                "muted",
            )
        )
        self.rebalance = PrimaryButton(self.tr("Rebalance…"))
        self.rebalance.set_main()
        self.rebalance.clicked.connect(self.rebalance_wanted)
        row = WrapRow()
        row.add(self.rebalance)
        column.addSpacing(8)
        column.addWidget(row)
        column.addStretch(1)
        return empty

    def _make_head(self) -> QBoxLayout:
        self.title = Paragraph("", "page_title")
        self.origin = Paragraph("", "body", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.origin)
        self.copy = OutlinedButton(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the exchanges as a table"))
        self.save_as = OutlinedButton(self.tr("Save as"), "export")
        menu = QMenu(self.save_as)
        labels = (self.tr("PDF…"), self.tr("Excel workbook…"), self.tr("CSV table…"))
        for kind, label in zip(KINDS, labels, strict=True):
            menu.addAction(label).triggered.connect(
                lambda _on=False, chosen=kind: self.output.ask_file(chosen)
            )
        self.save_as.setMenu(menu)
        self.print_button = PrimaryButton(self.tr("Print…"), "print")
        self.print_again = OutlinedButton(self.tr("Print…"), "print")
        self.print_again.clicked.connect(self.output.print)
        self.copy.clicked.connect(self.copy_list)
        self.print_button.clicked.connect(self.output.print)
        self._actions = QWidget()
        buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._actions)
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self.copy, self.save_as, self.print_again, self.print_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addLayout(words, 1)
        self._head.addWidget(self._actions)
        return self._head

    def _make_reconciled(self) -> QWidget:
        self.reconciled = ReconciliationCard()
        self.reconciled.tick_wanted.connect(self.tick_shown)
        self.reconciled.close_wanted.connect(self.close_list)
        self.reconciled.plan_wanted.connect(self.rebalance_wanted)
        return self.reconciled

    def _make_side(self) -> QWidget:
        self.paper = PaperCard()
        self.after = AfterCard()
        self._side = QWidget()
        side = self._side_column = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.paper)
        side.addWidget(self.after)
        side.addStretch(1)
        self.paper.changed.connect(self._on_paper)
        self.paper.preview_wanted.connect(self.output.preview)
        self.output.told.connect(self.paper.tell)
        self.after.reminder_wanted.connect(self.output.ask_reminder)
        self.after.discard_wanted.connect(self.discard)
        return self._side

    @property
    def rows(self) -> list[ExchangeRow]:
        """All exchanges on the page, from top to bottom."""
        return [row for card in self.cards for row in card.rows]

    def show_desk(self, desk: Desk) -> None:
        """Show the document's newest checklist, or what one is for."""
        checklist = desk.household.checklist
        self.output.show_desk(desk)
        self._stack.setCurrentWidget(self.empty if checklist is None else self._area)
        if checklist is None:
            self._shown = None
            return
        found = self._found = reconciled(desk)
        said = checklist_words(checklist, desk.today, found)
        said = replace(said, warning=" ".join(filter(None, (self._outdated(desk, found), said.warning))))
        if not _is_same_plan(checklist, self._shown):
            self._rebuild(said)
        self._shown = checklist
        self._show_words(said)
        self._show_found(checklist, found)
        self._repaint.start()

    def _show_found(self, checklist: Checklist, found: Reconciliation | None) -> None:
        """Show what the next statement says; printing is no longer the first thing to do then."""
        self.reconciled.setVisible(found is not None)
        self.print_button.setVisible(found is None)
        self.print_again.setVisible(found is not None)
        if found is not None:
            self.reconciled.show_found(checklist, found)

    def _outdated(self, desk: Desk, found: Reconciliation | None) -> str:
        """Say what has changed since the checklist was made, if that makes it doubtful."""
        if desk.has_newer_target:
            return self.tr("The target has changed since this checklist was made.")
        if found is None and desk.has_newer_statement:
            return self.tr("A newer statement has been imported since this checklist was made.")
        return ""

    def _show_words(self, said: ChecklistWords) -> None:
        self.title.setText(said.title)
        self.origin.setText(said.origin)
        self.progress.setRange(0, max(said.count, 1))
        self.progress.setValue(said.done)
        self.progress.setAccessibleName(said.title)
        self.warning.setText(said.warning)
        self.warning.setVisible(bool(said.warning))
        for card, account in zip(self.cards, said.accounts, strict=True):
            card.show_account(account)

    def _rebuild(self, said: ChecklistWords) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        self._chosen = None
        self._lines = [line for account in said.accounts for line in account.lines]
        for index, account in enumerate(said.accounts):
            card = AccountCard(account, self._lines)
            card.noted.connect(self._on_note)
            card.entered.connect(self._choose)
            self.cards.append(card)
            self._list.insertWidget(index, card)
        self._chain()
        self._arrange()
        row = next((row for row in self.rows if row.line.index == said.next_open), None)
        if row is not None:
            self._choose(row)

    def _chain(self) -> None:
        """Let Tab walk from the head through the steps to the paper, whatever was built first."""
        stops = (stop for row in self.rows for stop in row.stops)
        for before, after in pairwise((self.reconciled.more, *stops)):
            QWidget.setTabOrder(before, after)

    def _choose(self, row: ExchangeRow) -> None:
        if self._chosen is not None:
            self._chosen.set_chosen(is_chosen=False)
        self._chosen = row
        row.set_chosen(is_chosen=True)

    def _on_note(self, index: int, tick: ChecklistTick) -> None:
        """Keep what was ticked or typed; ticking notes today's date, unticking takes it away."""
        household = self._document.household
        checklist = household.checklist
        if checklist is None:
            return
        before = checklist.step(index)
        if tick.done != before.done:
            words = self.tr("Tick a step") if tick.done else self.tr("Untick a step")
            day = (before.done_on or self._document.desk.today) if tick.done else None
            self._document.apply(words, edits.tick_step(household, index, replace(tick, done_on=day)))
            return
        field = "number" if tick.confirmation != before.confirmation else "day"
        words = self.tr("Confirmation number") if field == "number" else self.tr("Date of exchange")
        key = f"checklist:{checklist.number}:{index}:{field}"
        self._document.apply(words, edits.tick_step(household, index, tick), merge_key=key)

    def copy_list(self) -> None:
        """Put the exchanges on the clipboard as a table."""
        checklist = self._document.household.checklist
        if checklist is not None:
            QGuiApplication.clipboard().setText(copy_text(checklist))

    def discard(self) -> None:
        """Take the checklist away; undo brings it back."""
        household = edits.discard_checklist(self._document.household)
        self._document.apply(self.tr("Discard checklist"), household)

    def tick_shown(self) -> None:
        """Tick what the statement shows as done, in one step."""
        if self._found is not None:
            household = tick_shown(self._document.desk, self._found)
            self._document.apply(self.tr("Tick what the statement shows"), household)

    def close_list(self) -> None:
        """Put the checklist away; what is ticked stays noted, undo brings the list back."""
        household = close_checklist(self._document.household)
        self._document.apply(self.tr("Close checklist"), household)

    def set_paper(self, paper: str, *, large: bool) -> None:
        """Choose "letter" or "a4" and large print, as the preferences have it."""
        self.paper.set_paper(paper, large=large)
        self.output.paper, self.output.large = paper, large
        self._repaint.start()

    def _on_paper(self, paper: str, large: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.output.paper, self.output.large = paper, large
        self._show_paper()
        self.paper_changed.emit(paper, large)

    def _show_paper(self) -> None:
        if self.isVisible():
            self.paper.show_sheets(self.output.sheets())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard where the next number goes; on what the next statement shows, once it is there."""
        stop: QWidget = self.copy
        if self._shown is None:
            stop = self.rebalance
        elif self._found is not None:
            stop = self.reconciled.first_stop
        elif self._chosen is not None:
            stop = self._chosen.confirmation
        stop.setFocus(reason)
        bring_into_sight(stop)

    def showEvent(self, event: QShowEvent) -> None:
        """Paint the small page."""
        super().showEvent(event)
        self._repaint.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Paint nothing while nobody looks."""
        super().hideEvent(event)
        self._repaint.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side under the cards where the window is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        side_width = max(px(SIDE_WIDTH), self._side_column.minimumSize().width())
        is_narrow = self.width() - side_width < px(STACK_BELOW - SIDE_WIDTH)
        self._columns.setDirection(side_by_side(is_narrow=is_narrow))
        self._head.setDirection(side_by_side(is_narrow=self.width() < px(760)))
        self._side.setMinimumWidth(0 if is_narrow else side_width)
        self._side.setMaximumWidth(self.width() if is_narrow else side_width)
        room = self.width() - 48 - (0 if is_narrow else side_width + 16)
        widths = column_widths(self._lines)
        for card in self.cards:
            card.arrange(is_narrow=room < px(ROW_WIDTH - ROW_COLUMNS) + sum(widths))


def _is_same_plan(one: Checklist, other: Checklist | None) -> bool:
    return other is not None and _without_ticks(one) == _without_ticks(other)


def _without_ticks(checklist: Checklist) -> Checklist:
    return replace(checklist, ticks=(), election_ticks=(), later_ticks=())
