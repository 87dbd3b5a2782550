"""The three cards at the top of the overview: mix, drift and verdict."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.domain.checklist import Checklist
from desktop_app.domain.drift import BandState, DriftReport, Verdict
from desktop_app.domain.money import ZERO
from desktop_app.reports import check_name
from desktop_app.ui import words
from desktop_app.ui.models.drift_rows import (
    ClassLine,
    FamilyShare,
    TargetShare,
    family_of_node,
    family_shares,
    flat,
    target_shares,
)
from desktop_app.ui.models.drift_words import (
    class_name,
    family_name,
    side_words,
    verdict_words,
)
from desktop_app.ui.theme import state_color_name
from desktop_app.ui.widgets import (
    Card,
    DriftMark,
    ElidedLabel,
    Gauge,
    Hairline,
    Legend,
    LegendRow,
    OutlinedButton,
    PrimaryButton,
    Ring,
    RingSlice,
    TextLabel,
)
from desktop_app.ui.widgets.page import GAP, StackingRow
from desktop_app.workflow.desk import Desk

RING_PART, LEGEND_PART = 204, 276
SHORTENED = 24
"""Pixels by which names in the legend may be shortened before its dollars are left out."""


class MixCard(Card):
    """Rings of now and target with the legend; `selected` carries the key of a colour or a class."""

    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._parts = StackingRow((), (), self)
        self.ring = Ring(self._parts)
        self.legend = Legend(self._parts)
        self._shares: tuple[FamilyShare, ...] | None = None
        self._held: tuple[RingSlice, ...] = ()
        self._parts.take((self.ring, self.legend), (RING_PART, LEGEND_PART))
        self.body.addWidget(self._parts, 1)
        self.ring.selected.connect(self.selected)
        self.legend.selected.connect(self.selected)

    def show_desk(self, desk: Desk, *, animate: bool) -> None:
        """Show what is held by colour family, and the target inside."""
        self._show_held(desk)
        has_target = desk.target is not None and desk.snapshot.total > 0
        both = self.tr("Outer ring: now  ·  Inner ring: target")
        self.set_title(self.tr("Mix"), both if has_target else self.tr("What you hold now"))
        count = len(desk.snapshot.accounts)
        self.ring.show_rings(
            self._held,
            self._inner_slices(desk),
            words.dollars(desk.snapshot.total),
            self.tr("1 account") if count == 1 else self.tr("{0} accounts").format(count),
            animate=animate,
        )

    def _show_held(self, desk: Desk) -> None:
        """Take over what is held, which stays while a target is edited."""
        shares = family_shares(desk)
        if shares == self._shares:
            return
        self._shares = shares
        self._held = tuple(_outer_slice(share) for share in shares)
        self.legend.show_rows(
            [
                LegendRow(
                    share.family.value,
                    share_name(share),
                    share.dollars,
                    share.leaf or share.family,
                    share.percent,
                )
                for share in shares
            ],
            self.tr("Total"),
        )

    def set_selected(self, key: str | None) -> None:
        """Let one colour stand out in ring and legend."""
        self.ring.set_selected(key)
        self.legend.set_selected(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the legend's dollars out where there is no room for them."""
        super().resizeEvent(event)
        self.legend.set_with_dollars(False)
        free = self._parts.width()
        room = free if self._parts.is_stacked else (free - GAP) * LEGEND_PART // (RING_PART + LEGEND_PART)
        self.legend.set_with_dollars(True)
        self.legend.set_with_dollars(room + SHORTENED >= self.legend.sizeHint().width())

    def _inner_slices(self, desk: Desk) -> list[RingSlice]:
        if desk.target is None or desk.snapshot.total <= 0:
            return []
        return [
            _inner_slice(share, self.tr("{0}: target {1}"))
            for share in target_shares(desk.target, desk.snapshot.total)
        ]


class DriftCard(Card):
    """The gauge with the class that decides and the total drift."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("Drift"))
        self.gauge = Gauge(self)
        self.nothing = TextLabel("", "body", "muted", self)
        self.nothing.setWordWrap(True)
        self.body.addWidget(self.gauge, 1)
        self.body.addWidget(self.nothing)
        self._line = Hairline(self)
        self.body.addWidget(self._line)
        self.decider = FactLine(self)
        self.total = FactLine(self)
        self.body.addWidget(self.decider)
        self.body.addWidget(self.total)

    def show_report(self, report: DriftReport | None, lines: tuple[ClassLine, ...], *, animate: bool) -> None:
        """Show a report, or say that there is nothing to measure against."""
        for widget in (self.gauge, self._line, self.decider, self.total):
            widget.setVisible(report is not None)
        self.nothing.setVisible(report is None)
        if report is None:
            self.nothing.setText(self.tr("Drift is the distance from your target. There is no target yet."))
            return
        self.gauge.show_reading(report.gauge, self.tr("of the band used"), animate=animate)
        line = next((line for line in flat(lines) if line.node is report.decided_by), None)
        self.decider.setVisible(line is not None)
        if line is not None:
            self.decider.show_fact(
                class_name(line.node),
                self.tr("{0} points").format(words.points(line.points or ZERO)),
                self.tr(", band ±{0}").format(words.plain_points(line.drift.band or ZERO)),
                "text" if report.state is BandState.INSIDE else state_color_name(report.state),
            )
        self.total.show_fact(
            self.tr("Total drift"),
            self.tr("{0} points").format(words.plain_points(report.drift)),
            f", {words.dollars(report.misallocated)}",
        )


class FactLine(QWidget):
    """A muted name at the left, a bold number and what belongs to it at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._name = ElidedLabel("", "help", "muted", self)
        self._strong = TextLabel("", "help_strong", "text", self)
        self._rest = TextLabel("", "help", "muted", self)
        row.addWidget(self._name, 1)
        row.addSpacing(8)
        row.addWidget(self._strong)
        row.addWidget(self._rest)

    def show_fact(self, name: str, strong: str, rest: str, color: str = "text") -> None:
        """Show other words."""
        self._name.setText(name)
        self._strong.setText(strong)
        self._strong.set_color(color)
        self._rest.setText(rest)

    def text(self) -> str:
        """Return the whole line."""
        return f"{self._name.whole_text()} {self._strong.text()}{self._rest.text()}"


class VerdictCard(Card):
    """What the drift calls for, in words, and the one button that follows from it."""

    rebalance_wanted = Signal()
    checklist_wanted = Signal()
    targets_wanted = Signal()
    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._mark = DriftMark(BandState.INSIDE, self)
        self.state = TextLabel("", "help_strong", "text", self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self.state, 1)
        self.verdict = TextLabel("", "verdict", "text", self)
        self.verdict.setWordWrap(True)
        self.sentence = TextLabel("", "body", "muted", self)
        self.sentence.setWordWrap(True)
        self.reconciled = TextLabel("", "body", "text", self)
        self.reconciled.setWordWrap(True)
        self.reconciled.setVisible(False)
        self._line = Hairline(self)
        self.facts = FactGrid(self)
        self.main_button = PrimaryButton("", None, self)
        self.main_button.set_main()
        self.anyway_button = OutlinedButton(self.tr("Rebalance anyway…"), None, self)
        self.body.addLayout(head)
        for widget in (self.verdict, self.sentence, self.reconciled, self._line, self.facts):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.looked_button = OutlinedButton(self.tr("I have looked, nothing to do"), None, self)
        for button in (self.main_button, self.looked_button, self.anyway_button):
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self.body.addWidget(button)
        self.main_button.clicked.connect(self._on_main)
        self.anyway_button.clicked.connect(self.rebalance_wanted)
        self.looked_button.clicked.connect(self.looked)
        self.looked_button.setVisible(False)
        self._wish: SignalInstance | None = self.rebalance_wanted

    def show_desk(self, desk: Desk, lines: tuple[ClassLine, ...]) -> None:
        """Show the verdict on a desk, or what is missing for one."""
        report = desk.drift
        self._mark.setVisible(report is not None)
        self.state.setVisible(report is not None)
        self._line.setVisible(report is not None)
        self.facts.setVisible(report is not None)
        if report is None:
            self._show_missing(desk)
            return
        said = verdict_words(report)
        self._show_state(report, said.state, lines)
        self.verdict.setText(said.title)
        is_due = desk.check.is_due
        is_waiting = is_due and report.verdict is Verdict.HOLD
        self.sentence.setText(_due_sentence(desk) if is_waiting else said.sentence)
        self.facts.show_facts(self._facts(desk, report, lines))
        self.facts.set_color(-1, "drift.near" if is_due else "text")
        self.looked_button.setVisible(is_waiting)
        is_begun = desk.household.draft is not None
        self.anyway_button.setText(
            self.tr("Go on with the plan…") if is_begun else self.tr("Rebalance anyway…")
        )
        checklist = desk.household.checklist
        if checklist is not None and not checklist.is_done:
            self._offer(self.checklist_wanted, self._continue_words(checklist, desk.today))
        elif report.verdict is Verdict.HOLD:
            self._offer(None, "")
        else:
            begin = self.tr("Rebalance…")
            self._offer(self.rebalance_wanted, self.tr("Go on with the plan…") if is_begun else begin)

    def _continue_words(self, checklist: Checklist, today: date) -> str:
        wait = checklist.waits_until(today)
        counts = checklist.done_count, checklist.step_count
        if wait is None:
            return self.tr("{0} of {1} done, continue").format(*counts)
        return self.tr("{0} of {1} done, next from {2}").format(*counts, words.day(wait))

    def show_reconciled(self, line: str) -> None:
        """Say in one line what the next statement shows of the checklist, or nothing."""
        self.reconciled.setText(line)
        self.reconciled.setVisible(bool(line))

    def _facts(self, desk: Desk, report: DriftReport, lines: tuple[ClassLine, ...]) -> list[tuple[str, str]]:
        decided = class_name(report.decided_by) if report.decided_by else "–"
        stocks = next((line for line in lines if line.node.value == "stocks"), None)
        off = side_words(stocks.points) if stocks is not None and stocks.points is not None else "–"
        facts = [(self.tr("Decided by"), decided), (self.tr("Stocks"), off)]
        lasts = self._lasting(desk)
        if lasts:
            facts.append((self.tr("Target"), lasts))
        return [*facts, (self.tr("Next check"), words.check(desk.coming, desk.today))]

    def _lasting(self, desk: Desk) -> str:
        """Say that the target holds for a while only, or that one which did is over; else nothing."""
        if desk.target is None:
            return ""
        if desk.target.until is not None:
            return self.tr("until {0}").format(words.day(desk.target.until))
        if desk.is_target_back:
            since = desk.target.since
            return self.tr("as before") if since is None else self.tr("of {0} again").format(words.day(since))
        return ""

    def _show_state(self, report: DriftReport, text: str, lines: tuple[ClassLine, ...]) -> None:
        line = next((line for line in flat(lines) if line.node is report.decided_by), None)
        above = line is None or line.drift.drift is None or line.drift.drift >= 0
        self._mark.set_state(report.state, above=above)
        self.state.setText(text)
        self.state.set_color(state_color_name(report.state))

    def _show_missing(self, desk: Desk) -> None:
        if desk.target is None:
            self.verdict.setText(self.tr("Choose a target"))
            self.sentence.setText(
                self.tr("Say which mix you want. Then you see here how far you have drifted, and what to do.")
            )
            self._offer(self.targets_wanted, self.tr("Choose a target…"))
            return
        self.verdict.setText(self.tr("Nothing to judge yet"))
        self.sentence.setText(self.tr("The accounts hold no money. Import a newer statement."))
        for button in (self.main_button, self.anyway_button, self.looked_button):
            button.hide()

    def _offer(self, wish: SignalInstance | None, text: str) -> None:
        """Show the filled button for a wish; without one only the quiet way to rebalance anyway."""
        self.main_button.setVisible(wish is not None)
        self.anyway_button.setVisible(wish is None)
        self.main_button.setText(text)
        self._wish = wish

    def _on_main(self) -> None:
        if self._wish is not None:
            self._wish.emit()


class FactGrid(QWidget):
    """Names and values in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[TextLabel, TextLabel]] = []
        self._count = 0

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show name and value pairs."""
        for i, (name, value) in enumerate(facts):
            if i == len(self._labels):
                self._labels.append(
                    (TextLabel("", "help", "muted", self), TextLabel("", "help_strong", "text", self))
                )
                for column, label in enumerate(self._labels[i]):
                    label.setTextFormat(Qt.TextFormat.PlainText)
                    self._grid.addWidget(label, i, column)
            self._labels[i][0].setText(name)
            self._labels[i][1].setText(value)
            self._labels[i][1].set_color("text")
        self._count = len(facts)
        for i, pair in enumerate(self._labels):
            for label in pair:
                label.setVisible(i < self._count)

    def set_color(self, line: int, color: str) -> None:
        """Colour one value; lines count from 0, −1 is the last."""
        self._labels[range(self._count)[line]][1].set_color(color)

    def facts(self) -> list[tuple[str, str]]:
        """Return what is shown."""
        return [(name.text(), value.text()) for name, value in self._labels[: self._count]]


def _due_sentence(desk: Desk) -> str:
    """Say which check has come and what to do about it while the verdict is to hold."""
    name = check_name(desk.household.schedule, desk.check.cause)
    day = words.day(desk.check.day)
    told = QCoreApplication.translate(
        "VerdictCard", "{0} of {1}: import a new statement, then follow the verdict."
    ).format(name, day)
    if desk.snapshot.as_of is None:
        return told
    figures = QCoreApplication.translate("VerdictCard", "This one rests on figures of {0}.")
    return f"{told} {figures.format(words.day(desk.snapshot.as_of))}"


def share_name(share: FamilyShare) -> str:
    """Return the name of what is held: the class itself where it is the only one of its colour."""
    return family_name(share.family) if share.leaf is None else class_name(share.leaf)


def _outer_slice(share: FamilyShare) -> RingSlice:
    name = share_name(share)
    tip = f"{name}: {words.dollars(share.dollars)}, {words.percent(share.percent)}"
    return RingSlice(share.family.value, name, max(share.dollars, ZERO), share.family, share.leaf, tip)


def _inner_slice(share: TargetShare, pattern: str) -> RingSlice:
    name = class_name(share.node) if family_of_node(share.node) is None else family_name(share.family)
    tip = pattern.format(name, words.percent(share.weight))
    return RingSlice(share.key, name, share.weight, share.family, tip=tip)
