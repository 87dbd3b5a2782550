"""The overview: everything about now on one page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.classes import AssetClass, ClassFamily, leaves_of_family
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.models.drift_rows import ClassLine, class_lines, family_of_node, flat
from desktop_app.ui.models.drift_words import band_sentence
from desktop_app.ui.widgets import Banner, Card, TextLabel
from desktop_app.ui.widgets.page import PageScroll, StackingRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.edits import note_look

from .overview_cards import DriftCard, MixCard, VerdictCard
from .overview_table import ClassTable


class OverviewPage(QWidget):
    """Mix, drift, verdict and the class table; what is chosen in one place is chosen in all."""

    rebalance_wanted = Signal()
    checklist_wanted = Signal()
    targets_wanted = Signal()
    holdings_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._scroll = PageScroll(self)
        content = self._scroll.content
        self._cards = StackingRow((), (), content)
        self.mix = MixCard(self._cards)
        self.drift = DriftCard(self._cards)
        self.verdict = VerdictCard(self._cards)
        self._sheet = Card("", "", content, flush=True)
        self.table = ClassTable(self._sheet)
        self.band_note = TextLabel("", "axis", "muted", content)
        self._unclassified: Banner | None = None
        self._lines: tuple[ClassLine, ...] = ()
        self._waiting: Desk | None = None
        self._lay_out()
        self._connect()
        document.changed.connect(self.show_desk)
        document.previewed.connect(self.show_preview)
        self.show_desk(document.desk)

    def show_desk(self, desk: Desk) -> None:
        """Show a document as it is."""
        self._waiting = None
        self.verdict.show_reconciled(_reconciled_line(desk))
        self._show(desk, animate=True)

    def show_preview(self, desk: Desk) -> None:
        """Follow a target while it is edited; behind another page only the last one is shown, once seen."""
        if self.isVisible():
            self._show(desk, animate=False)
        else:
            self._waiting = desk

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was edited while another page was in front."""
        super().showEvent(event)
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._show(waiting, animate=False)

    def select(self, key: str | None) -> None:
        """Choose a class or a colour family by its key everywhere."""
        row = self._row_for(key)
        self.table.choose(row.node.value if row is not None else None)
        family = family_of_node(row.node) if row is not None else None
        self.mix.set_selected(family.value if family is not None else key)

    def _lay_out(self) -> None:
        scroll = self._scroll
        scroll.setAccessibleName(self.tr("Overview"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._cards.take((self.mix, self.drift, self.verdict), (512, 256, 232))
        self._sheet.body.addWidget(self.table)
        prices = TextLabel(
            self.tr("Prices are those of the statements. Education, not advice."),
            "axis",
            "muted",
            scroll.content,
        )
        prices.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        notes = QHBoxLayout()
        for note in (self.band_note, prices):
            note.setWordWrap(True)
            notes.addWidget(note, 1)
        below = QVBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._sheet)
        below.addLayout(notes)
        scroll.column.addWidget(self._cards)
        scroll.column.addLayout(below)
        scroll.column.addStretch(1)

    def _connect(self) -> None:
        self.mix.selected.connect(self.select)
        self.table.chosen.connect(self.select)
        self.verdict.rebalance_wanted.connect(self.rebalance_wanted)
        self.verdict.checklist_wanted.connect(self.checklist_wanted)
        self.verdict.targets_wanted.connect(self.targets_wanted)
        self.verdict.looked.connect(self._note_look)

    @property
    def unclassified(self) -> Banner:
        """The remark above all about funds nobody knows; it is made with the first of them."""
        if self._unclassified is None:
            self._unclassified = Banner("warning", "", self.tr("Open Holdings"), self._scroll.content)
            self._unclassified.hide()
            self._unclassified.action.connect(self.holdings_wanted)
            self._scroll.column.insertWidget(0, self._unclassified)
            self.setTabOrder(self._scroll, self._unclassified.button)
        return self._unclassified

    def _note_look(self) -> None:
        desk = self._document.desk
        self._document.apply(
            self.tr("Note that the mix was looked at"), note_look(desk.household, desk.today)
        )

    def _show(self, desk: Desk, *, animate: bool) -> None:
        self._lines = class_lines(desk)
        self.mix.show_desk(desk, animate=animate)
        self.drift.show_report(desk.drift, self._lines, animate=animate)
        self.verdict.show_desk(desk, self._lines)
        self.table.show_lines(self._lines)
        self.band_note.setText(band_sentence(desk.target.band) if desk.target is not None else "")
        self._show_unclassified(desk)

    def _show_unclassified(self, desk: Desk) -> None:
        unknown = {
            holding.fund.key
            for account in desk.snapshot.accounts
            for holding in account.holdings
            if any(leaf is AssetClass.UNCLASSIFIED for leaf, _ in holding.fund.mix)
        }
        if unknown or self._unclassified is not None:
            self.unclassified.setVisible(bool(unknown))
        if unknown:
            value = words.dollars(
                desk.snapshot.by_leaf().get(AssetClass.UNCLASSIFIED, desk.snapshot.total * 0)
            )
            text = (
                self.tr("1 fund is not classified yet, {0}.").format(value)
                if len(unknown) == 1
                else self.tr("{0} funds are not classified yet, {1}.").format(len(unknown), value)
            )
            self.unclassified.setText(text)

    def _row_for(self, key: str | None) -> ClassLine | None:
        """Return the first row of a family or the row of a class."""
        rows = flat(self._lines)
        exact = next((row for row in rows if row.node.value == key), None)
        families = [family for family in ClassFamily if family.value == key]
        if exact is not None or not families:
            return exact
        leaves = leaves_of_family(families[0])
        return next((row for row in rows if row.node in leaves or row.family is families[0]), None)


def _reconciled_line(desk: Desk) -> str:
    """Say what the next statement shows of the checklist, "" while there is none to compare."""
    checklist = desk.household.checklist
    if checklist is None:
        return ""
    from desktop_app.ui.models.reconcile_words import headline
    from desktop_app.workflow.reconciled import reconciled

    found = reconciled(desk)
    return "" if found is None else f"{headline(checklist, found, dated=True)}."
