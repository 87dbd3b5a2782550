"""Beside the target editor: the live ring with its verdict, and why this target was chosen."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from desktop_app.domain.drift import DriftReport
from desktop_app.ui import words
from desktop_app.ui.models.drift_words import class_name, side_words, verdict_words
from desktop_app.ui.models.target_rings import now_slices, target_slices
from desktop_app.ui.theme import pixmap, px, state_color_name, theme_signals
from desktop_app.ui.widgets import (
    Card,
    Hairline,
    OutlinedButton,
    PrimaryButton,
    Ring,
    TextLabel,
    drift_mark_pixmap,
)
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.desk import Desk

from .life_events import LifeEventsButton


class LiveCard(Card):
    """What the edited target would mean: ring, verdict, total drift."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("With this target"), self.tr("Outer: now  ·  Inner: target"))
        self._is_changed = False
        self.ring = Ring(self, diameter=168)
        self._mark = QLabel(self)
        self.verdict = Paragraph("", "body_strong")
        self.was = TextLabel("", "help", "muted")
        self.sentence = Paragraph("", "help", "muted")
        self.body.addWidget(self.ring, 1, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(Hairline(self))
        row = QHBoxLayout()
        row.addWidget(self._mark)
        row.addWidget(self.verdict, 1)
        row.addWidget(self.was)
        self.body.addLayout(row)
        self.body.addWidget(self.sentence)

    def show_desk(self, desk: Desk, saved: DriftReport | None, missing: str, *, is_changed: bool) -> None:
        """Show the edited target's desk; `missing` says that its shares do not add up yet."""
        self._is_changed = is_changed
        accounts = len(desk.snapshot.accounts)
        count = self.tr("1 account") if accounts == 1 else self.tr("{0} accounts").format(accounts)
        inner = target_slices(desk.target, desk.snapshot.total) if desk.target else ()
        title = words.dollars(desk.snapshot.total)
        self.ring.show_rings(now_slices(desk), inner, title, count, animate=False)
        self._show_verdict(desk.drift, saved, missing)

    def _show_verdict(self, report: DriftReport | None, saved: DriftReport | None, missing: str) -> None:
        self._mark.setVisible(report is not None)
        self.was.setVisible(report is not None and saved is not None and saved.gauge != report.gauge)
        if saved is not None:
            self.was.setText(self.tr("was {0}").format(words.percent(saved.gauge, 0)))
        if report is None:
            self.verdict.setText(self.tr("Nothing to compare yet"))
            self.verdict.set_color("text")
            self.sentence.setText(self.tr("Type shares or choose a start above."))
            return
        self._mark.setPixmap(drift_mark_pixmap(report.state, above=_is_above(report), size=px(10)))
        title = verdict_words(report).title
        self.verdict.setText(self.tr("{0}, {1} of the band").format(title, words.percent(report.gauge, 0)))
        self.verdict.set_color(state_color_name(report.state))
        self.sentence.setText(self._sentence(report, missing))

    def _sentence(self, report: DriftReport, missing: str) -> str:
        row = report.row(report.decided_by) if report.decided_by else None
        parts: list[str] = []
        if row is not None and row.drift is not None and row.used is not None:
            inside = self.tr("inside the band") if row.used < 1 else self.tr("outside the band")
            shape = self.tr("{0} would be {1}, {2}.") if self._is_changed else self.tr("{0}: {1}, {2}.")
            parts.append(shape.format(class_name(row.node), side_words(row.drift), inside))
        parts.append(
            self.tr("Total drift {0} points, {1}.").format(
                words.plain_points(report.drift), words.dollars(report.misallocated)
            )
        )
        if missing:
            parts.append(self.tr("Shown as if the shares were scaled to 100 %."))
        return " ".join(parts)


def _is_above(report: DriftReport) -> bool:
    row = report.row(report.decided_by) if report.decided_by else None
    return row is None or row.drift is None or row.drift >= 0


class ReasonEdit(QPlainTextEdit):
    """A few lines of words; Tab leaves the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the page's button."""
        if event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class ReasonCard(Card):
    """Why this target, how long it holds, the way to keep it, and the way on once it is kept."""

    reason_typed = Signal(str)
    until_chosen = Signal(object)
    save_wanted = Signal()
    discard_wanted = Signal()
    rebalance_wanted = Signal()
    happened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Why this target"))
        self.events = LifeEventsButton(self)
        self.reason = ReasonEdit(self)
        self.reason.setPlaceholderText(self.tr("You will thank yourself for a line here"))
        self.reason.setAccessibleName(self.tr("Why this target"))
        self.temporary = QCheckBox(self.tr("Only for a while, until"), self)
        self.until = QDateEdit(self)
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("d MMM yyyy")
        self.until.setAccessibleName(self.tr("Last day of this target"))
        self.save = PrimaryButton(self.tr("Save target"))
        self.discard = OutlinedButton(self.tr("Discard changes"))
        asked = WrapRow()
        asked.add(self.events)
        self.event_remark, self._event_sign, self.event_words = self._make_remark()
        self.remark, self._sign, self.remark_words = self._make_remark()
        self.body.addWidget(asked)
        self.body.addWidget(self.event_remark)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.remark)
        ending = WrapRow()
        ending.add(self.temporary)
        ending.add(self.until)
        self.body.addWidget(ending)
        self.body.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.discard, 1)
        buttons.addWidget(self.save, 1)
        self.rebalance = OutlinedButton(self.tr("Rebalance…"))
        buttons.addWidget(self.rebalance, 1)
        self.body.addLayout(buttons)
        self.reason.textChanged.connect(lambda: self.reason_typed.emit(self.reason.toPlainText()))
        self.temporary.toggled.connect(self._on_until)
        self.until.dateChanged.connect(self._on_until)
        self.save.clicked.connect(self.save_wanted)
        self.discard.clicked.connect(self.discard_wanted)
        self.rebalance.clicked.connect(self.rebalance_wanted)
        self.events.happened.connect(self.happened)
        self.show_event("")
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _make_remark(self) -> tuple[QWidget, QLabel, Paragraph]:
        remark = QWidget(self)
        sign, told = QLabel(remark), Paragraph("", "help")
        row = QHBoxLayout(remark)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(told, 1)
        return remark, sign, told

    def _dress(self) -> None:
        self.reason.setFixedHeight(px(60))
        self._sign.setPixmap(pixmap("warning", "drift.near", px(16)))
        self._event_sign.setPixmap(pixmap("info", "accent", px(16)))

    def show_event(self, advice: str) -> None:
        """Say what to think of after something has happened; nothing takes the words away."""
        self.event_remark.setVisible(bool(advice))
        self.event_words.setText(advice)

    @property
    def usual_until(self) -> date:
        """The last day that is offered to begin with."""
        chosen = self.until.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _on_until(self) -> None:
        self.until.setEnabled(self.temporary.isChecked())
        self.until_chosen.emit(self.usual_until if self.temporary.isChecked() else None)

    def show_answers(self, reason: str, until: date | None, today: date) -> None:
        """Show what was said so far, without telling anybody."""
        blockers = [QSignalBlocker(widget) for widget in (self.reason, self.temporary, self.until)]
        if reason != self.reason.toPlainText():
            self.reason.setPlainText(reason)
        self.temporary.setChecked(until is not None)
        self.until.setEnabled(until is not None)
        first = min(until, today + timedelta(days=1)) if until else today + timedelta(days=1)
        self.until.setMinimumDate(QDate(first.year, first.month, first.day))
        if until is not None:
            self.until.setDate(QDate(until.year, until.month, until.day))
        elif self.until.date() <= self.until.minimumDate():
            self.until.setDate(QDate(today.year, today.month, today.day).addMonths(6))
        for blocker in blockers:
            blocker.unblock()

    def show_state(self, *, is_changed: bool, is_complete: bool, is_due: bool, chased: str) -> None:
        """Offer to save what is changed, or, where the saved target `is_due` for it, to rebalance.

        `chased` is the remark about chasing the market.
        """
        leads_on = is_due and not is_changed
        self.rebalance.setVisible(leads_on)
        self.save.setVisible(not leads_on)
        self.discard.setVisible(not leads_on)
        self.save.setEnabled(is_changed and is_complete)
        self.save.setToolTip("" if is_complete else self.tr("The shares must add to 100 % first."))
        self.discard.setEnabled(is_changed)
        self.remark.setVisible(bool(chased))
        self.remark_words.setText(chased)
