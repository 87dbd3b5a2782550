"""The lower part of the guided plan: ways to a mix side by side, and the short-term bucket."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.goals import Tier
from desktop_app.domain.money import ZERO, Money, plain
from desktop_app.domain.records import dataclass
from desktop_app.outlook.bucket import BucketResult
from desktop_app.ui import words
from desktop_app.ui.models.guided_lines import WayColumn, WayModel, mix_name, tier_spending
from desktop_app.ui.models.tree_rows import VALUE_ROLE
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, OutlinedButton, SectionTitle, TextLabel
from desktop_app.ui.widgets.amount_field import RefusalNote
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.hand_over import hand_over
from desktop_app.ui.widgets.kept_number import KeptNumber
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.work_row import WorkRow
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.ui.work import LatestWork
from desktop_app.workflow.bucket_words import begin_words, bucket_words
from desktop_app.workflow.guided import HeldBucket
from desktop_app.workflow.guided_bucket import BucketDesk, bucket_of
from desktop_app.workflow.guided_desk import GuidedDesk, SuggestionLine
from desktop_app.workflow.guided_words import EDUCATION
from desktop_app.workflow.share_words import percent

WIDTHS: dict[int, int] = {WayColumn.WAY: 176, WayColumn.MIX: 84, WayColumn.WORST: 136, WayColumn.WHY: 240}
MOST_YEARS = 15.0
LEAST_WAY = 96
REST = 300
"""Milliseconds after the last change before a bucket is tried: it takes far longer than the rest."""


class WaysTable(FittedTree):
    """The ways; where each comes from is told in full below the table and may be shortened in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.ways = WayModel()
        super().__init__(self.ways, WIDTHS, WayColumn.WHY, parent)
        self.ways.setParent(self)
        self.setAccessibleName(self.tr("Ways to a mix"))

    def words_width(self, column: int) -> int:
        """The last column takes what is left."""
        return 0 if column == WayColumn.WHY else super().words_width(column)

    def column_widths(self, room: int) -> dict[int, int]:
        """Leave the last column out where there is no room to read it, and then shorten names."""
        widths = super().column_widths(room)
        if sum(widths.values()) > room:
            del widths[WayColumn.WHY]
            over = max(sum(widths.values()) - room, 0)
            widths[WayColumn.WAY] = max(widths[WayColumn.WAY] - over, px(LEAST_WAY))
        return widths

    def _share_out(self, widths: dict[int, int], spare: int) -> None:
        """Give spare pixels to the last column, or where it is left out to the first."""
        widths[WayColumn.WHY if WayColumn.WHY in widths else WayColumn.WAY] += spare


class WaysCard(Card):
    """What different ways say, side by side; the user decides.

    `use_wanted(Suggestion)` makes one the target, `questions_wanted()` opens our own questions.
    """

    use_wanted = Signal(object)
    questions_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, flush=True)
        self.table = WaysTable()
        self.ways = self.table.ways
        self.questions = OutlinedButton(self.tr("Answer our eight questions…"))
        self.use = OutlinedButton(self.tr("Make it my target"))
        self.use.setEnabled(False)
        self.done = Paragraph("", "help_strong", "drift.inside")
        self.done.hide()
        self.education = Paragraph("")
        self.source = Paragraph("", "help", "muted")
        self.unreached = Paragraph(
            self.tr("The guided plan names none: no historical mix reached it."), "help"
        )
        self.unreached.hide()
        self._of_target: frozenset[str] = frozenset()
        head = WrapRow(gap=16)
        head.add(SectionTitle(self.tr("Ways to a mix, side by side; you decide")))
        head.add(self.questions)
        top = QVBoxLayout()
        top.setContentsMargins(15, 12, 15, 4)
        top.addWidget(head)
        below = QVBoxLayout()
        below.setContentsMargins(15, 12, 15, 15)
        below.setSpacing(12)
        below.addWidget(self.unreached)
        below.addWidget(self.source)
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addStretch(1)
        below.addLayout(row)
        below.addWidget(self.done)
        below.addWidget(self.education)
        self.body.addLayout(top)
        self.body.addWidget(self.table)
        self.body.addLayout(below)
        self.questions.clicked.connect(self.questions_wanted)
        self.use.clicked.connect(self._on_use)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._follow())
        self.ways.modelReset.connect(self._follow)
        self._follow()

    def show_lines(self, lines: tuple[SuggestionLine, ...], of_target: frozenset[str] = frozenset()) -> None:
        """Show other ways; the one chosen stays chosen. `of_target` are the keys of those the target is."""
        self._of_target = of_target
        self.ways.show_lines(lines)
        self.table.measure()
        self._follow()

    def tell_unreached(self, *, is_unreached: bool) -> None:
        """Say why the guided plan is no way, where it was asked and no mix reached it."""
        self.unreached.setVisible(is_unreached)

    def tell_education(self, *, told: bool) -> None:
        """Say that this is education, unless it is said above."""
        self.education.setText("" if told else self.tr(EDUCATION))
        self.education.setVisible(not told)

    def chosen(self) -> SuggestionLine | None:
        """Return the way of the chosen row."""
        index: QModelIndex = self.table.currentIndex()
        found = index.siblingAtColumn(0).data(VALUE_ROLE) if index.isValid() else None
        return found if isinstance(found, SuggestionLine) else None

    def _follow(self) -> None:
        line = self.chosen()
        is_target = line is not None and line.suggestion.key in self._of_target
        if is_target:
            hand_over(self.use, self.table)
        self.use.setEnabled(line is not None and not is_target)
        self.done.setVisible(is_target)
        if line is None:
            self.use.setText(self.tr("Make it my target"))
            self.source.setText(
                self.tr("Choose a row to read where it comes from and to use it.")
                if self.ways.rowCount()
                else self.tr("Give your age for mixes by age, or answer our questions.")
            )
            return
        made = line.suggestion
        name = mix_name(made.stocks)
        self.use.setText(self.tr("Make {0} my target").format(name))
        self.done.setText(self.tr("{0} is your target. Undo takes it back.").format(name))
        self.source.setText(words.tied(f"{made.name}: {made.told} {line.given_up}".strip()))

    def _on_use(self) -> None:
        line = self.chosen()
        if line is not None:
            self.use_wanted.emit(line.suggestion)


class YearsField(KeptNumber, QDoubleSpinBox):
    """Years held safe, to two decimals."""

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setDecimals(2)
        self.setSingleStep(0.5)
        self.setRange(0, MOST_YEARS)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.keep_numbers()

    def textFromValue(self, value: float) -> str:
        """Write no more decimals than there are."""
        return plain(Decimal(f"{value:.2f}"))


@dataclass(frozen=True, slots=True)
class BucketWish:
    """A bucket to be tried: `dollars` for so many `years` of a tier's spending, `held` as in `try_bucket`."""

    found: GuidedDesk
    years: Decimal
    tier: Tier
    dollars: Money
    held: HeldBucket | None


class BucketCard(Card):
    """Years of spending held safe: how many dollars, and how often that bridged a fall.

    `years_edited(Decimal)`; `hold_wanted(Money, Decimal)` puts the dollars into the target's short-term.
    """

    years_edited = Signal(object)
    hold_wanted = Signal(object, object)

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Short-term bucket"), "", parent)
        self._work = LatestWork(runner, self)
        self._wanted: BucketWish | None = None
        self._dollars = ZERO
        self.found: BucketDesk | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._try)
        self.years = YearsField()
        self.typed = RefusalNote(self.years)
        self.years.refused.connect(self.typed.tell)
        self.years.setAccessibleName(self.tr("Years of spending held safe"))
        self.dollars = TextLabel("", "body_strong")
        self.hold = OutlinedButton(self.tr("Hold it in short-term"))
        self.refused = Paragraph("", "help_strong", "drift.near")
        self.refused.hide()
        self.waiting = WorkRow(self._work, self.tr("Trying the bucket"))
        self.answer = Paragraph("")
        self.lead = Paragraph("", "body", "muted")
        row = WrapRow(gap=12)
        for part in (TextLabel(self.tr("Years of spending held safe")), self.years, self.dollars, self.hold):
            row.add(part)
        for whole in (
            self.lead,
            row,
            self.typed,
            self.refused,
            self.waiting,
            self.answer,
        ):
            self.body.addWidget(whole)
        self.years.valueChanged.connect(lambda _value: self.years_edited.emit(self.held_years()))
        self.hold.clicked.connect(self._on_hold)
        self.waiting.stopped.connect(
            lambda: self.answer.setText(self.tr("Stopped. Change the years to try again."))
        )
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.years.setFixedWidth(px(88))

    def held_years(self) -> Decimal:
        """Return the years in the field."""
        return Decimal(f"{self.years.value():.2f}").normalize()

    def show_years(self, years: Decimal) -> None:
        """Show years without telling anybody."""
        if years != self.held_years():
            self.years.show_number(float(years))

    def show_found(self, wish: BucketWish, held: Money | None, refusal: str = "") -> None:
        """Show the dollars for the answers at once; how it did follows when nothing changes any more.

        `held` are the dollars the target keeps in short-term, None without a target; `refusal` says why these
        dollars cannot be held in it.
        """
        years, dollars = wish.years, wish.dollars
        self._dollars = dollars
        self.lead.setText(
            self.tr(
                "Years of spending ({0}), less income, kept in short-term: refilled from gains in good "
                "years, and in bad years the rest is left alone. Held in your target it comes out of fixed "
                "income: stocks keep their share of all, and so have more of the rest."
            ).format(tier_spending(wish.tier))
        )
        self.dollars.setText(words.dollars(dollars))
        self.hold.setText(self._hold_words(years, dollars, held))
        refused = refusal if held != dollars else ""
        if held is None and years:
            refused = self.tr("Make a target first: the bucket becomes a part of it.")
        if held == dollars:
            hand_over(self.hold, self.years)
        self.hold.setEnabled(held is not None and held != dollars and not refused)
        self.hold.setToolTip(refused)
        self.refused.setText(refused)
        self.refused.setVisible(bool(refused))
        if not years:
            self._stop()
            self.answer.setText(self._without_words(held))
            return
        if self._wanted != wish:
            self._stop()
            self._wanted = wish
            self._rest.start()

    def _hold_words(self, years: Decimal, dollars: Money, held: Money | None) -> str:
        if held == dollars and held:
            return self.tr("Held in your target")
        return self.tr("Hold it in short-term") if years else self.tr("Take the bucket away")

    def _without_words(self, held: Money | None) -> str:
        if held:
            return self.tr(
                "Your target keeps {0} in short-term. Choose years to see how often a bucket bridged a fall."
            ).format(words.dollars(held))
        return self.tr("Without a bucket, spending comes from the whole mix.")

    def _stop(self) -> None:
        self._rest.stop()
        self._work.drop()
        self._wanted = None
        self.found = None
        self.waiting.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what was wanted."""
        super().showEvent(event)
        if self._wanted is not None and self.found is None:
            self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop when nobody looks any more."""
        super().hideEvent(event)
        self._rest.stop()
        self._work.drop()

    def _try(self) -> None:
        wish = self._wanted
        if wish is not None:
            bucket = (wish.years, wish.dollars)
            self._work.start(
                lambda tell: bucket_of(wish.found, bucket, wish.tier, wish.held, tell),
                lambda found: self._show(found, wish.found.guided.plan.age),
                lambda _error: None,
            )

    def _show(self, found: BucketDesk, age: int) -> None:
        self.found = found
        self.waiting.hide()
        if found.trial is None:
            self.answer.setText(found.untried)
            return
        trial = found.trial
        said = (bucket_words(trial), _real_words(trial.real_order), begin_words(trial, age))
        self.answer.setText(words.tied(" ".join(part for part in said if part)))

    def _on_hold(self) -> None:
        self.hold_wanted.emit(self._dollars, self.held_years())


def _real_words(result: BucketResult) -> str:
    """Say how the bucket did in history's own order; nothing where history is too short."""
    if not result.lives or result.bridged is None:
        return ""
    shape = QCoreApplication.translate("BucketCard", "In history’s own order it bridged {0} of {1} falls.")
    return shape.format(percent(result.bridged), f"{result.falls:,}")
