"""The checklist beside the next statement: the answer, where the drift came from, and what to do now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QWidget

from desktop_app.domain.checklist import Checklist
from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.ui.models.drift_parts_model import CLASS, NOW, DriftPartsModel, parts_rows
from desktop_app.ui.models.reconcile_words import drift_sentence, headline, notes, origin
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import Card, ClassDelegate, OutlinedButton, PrimaryButton, QuietButton
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.reconciled import shown_but_open

WIDTHS = {CLASS: 168, **dict.fromkeys(range(CLASS + 1, NOW), 96), NOW: 96}


class DriftPartsTable(FittedTree):
    """Classes with what each cause added to their drift; causes that moved nothing are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parts_model = DriftPartsModel()
        super().__init__(self.parts_model, WIDTHS, CLASS, parent)
        self.parts_model.setParent(self)
        self.setItemDelegateForColumn(CLASS, ClassDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(self.tr("Where the drift came from"))

    def column_widths(self, room: int) -> dict[int, int]:
        """Show the causes that moved something."""
        widths = super().column_widths(room)
        return {column: widths[column] for column in self.parts_model.used()}


class ReconciliationCard(Card):
    """What the next statement shows of the checklist, with the four things one can do about it.

    Signals: `tick_wanted()` to tick what the statement shows, `close_wanted()` to put the checklist away,
    `plan_wanted()` for a new plan. Keeping it open folds the card up to its headline.
    """

    tick_wanted = Signal()
    close_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._kept_open: object = None
        self._shown: object = None
        self._can_tick = self._can_close = False
        self._icon_name, self._icon_color = "question", "muted"
        self._icon = QLabel()
        self.headline = Paragraph("", "verdict")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.headline, 1)
        self.origin = Paragraph("", "body", "muted")
        self.notes = Paragraph("", "body")
        self.drift = Paragraph("", "body")
        self.table = DriftPartsTable()
        self.body.addLayout(head)
        for widget in (self.origin, self.notes, self.drift, self.table):
            self.body.addWidget(widget)
        self.body.addWidget(self._make_actions())
        theme_signals().changed.connect(self._dress)

    def _make_actions(self) -> QWidget:
        self.tick = PrimaryButton(self.tr("Tick what the statement shows"))
        self.plan = OutlinedButton(self.tr("Make a new plan…"))
        self.close_list = OutlinedButton(self.tr("Close the checklist"))
        self.close_list.setToolTip(self.tr("Put the checklist away; what is ticked stays noted"))
        self.by_class = QuietButton(self.tr("Drift by class"))
        self.by_class.setCheckable(True)
        self.keep = QuietButton(self.tr("Keep open"))
        self.more = QuietButton(self.tr("Show more"))
        self.actions_row = WrapRow()
        for button in (self.tick, self.plan, self.close_list, self.keep, self.by_class, self.more):
            self.actions_row.add(button)
        self.tick.clicked.connect(self.tick_wanted)
        self.plan.clicked.connect(self.plan_wanted)
        self.close_list.clicked.connect(self.close_wanted)
        self.keep.clicked.connect(lambda: self._fold(is_folded=True))
        self.by_class.toggled.connect(self._apply_fold)
        self.more.clicked.connect(lambda: self._fold(is_folded=False))
        return self.actions_row

    def show_found(self, checklist: Checklist, found: Reconciliation) -> None:
        """Show another comparison; one that was folded stays so until another statement comes."""
        self._shown = (checklist.number, found.as_of)
        count = len(shown_but_open(checklist, found))
        self._icon_name, self._icon_color = (
            ("check", "drift.inside") if found.is_complete else ("checklist", "accent")
        )
        self.headline.setText(headline(checklist, found))
        self.origin.setText(origin(checklist, found))
        self.notes.setText("\n".join(notes(checklist, found)))
        self.drift.setText(drift_sentence(found))
        self.table.parts_model.show_rows(parts_rows(found))
        self.tick.setText(
            self.tr("Tick the one the statement shows")
            if count == 1
            else self.tr("Tick the {0} the statement shows").format(count)
        )
        self._can_tick, self._can_close = count > 0, not checklist.is_done
        self._apply_fold()
        self._dress()

    def _fold(self, *, is_folded: bool) -> None:
        self._kept_open = self._shown if is_folded else None
        self._apply_fold()
        (self.more if is_folded else self.keep).setFocus()

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard starts on the card."""
        return next(button for button in (self.tick, self.plan, self.more) if not button.isHidden())

    @property
    def is_folded(self) -> bool:
        """Whether the user keeps the checklist open and has seen what the statement shows."""
        return self._kept_open is not None and self._kept_open == self._shown

    def _apply_fold(self) -> None:
        is_open = not self.is_folded
        self.tick.setVisible(is_open and self._can_tick)
        self.close_list.setVisible(is_open and self._can_close)
        self.keep.setVisible(is_open and self._can_close)
        self.plan.setVisible(is_open)
        self.more.setVisible(not is_open)
        self.origin.setVisible(is_open)
        self.notes.setVisible(is_open and bool(self.notes.text()))
        self.drift.setVisible(is_open and bool(self.drift.text()))
        has_classes = self.table.parts_model.rowCount() > 0
        self.by_class.setVisible(is_open and has_classes)
        self.table.setVisible(is_open and has_classes and self.by_class.isChecked())

    def _dress(self) -> None:
        self._icon.setPixmap(pixmap(self._icon_name, self._icon_color, px(20)))
