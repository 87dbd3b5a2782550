"""The right side of the guided plan: what the answers mean, tier by tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.goals import Tier
from desktop_app.ui import words
from desktop_app.ui.models.guided_lines import (
    AgeColumn,
    AgeModel,
    MixColumn,
    MixModel,
    cost_words,
    decade_words,
    mix_name,
    needed_words,
    own_words,
    range_points,
    status_words,
    tier_name,
    tier_spending,
    worst_words,
)
from desktop_app.ui.models.guided_trap import trap_words
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import (
    Card,
    ClassDelegate,
    Hairline,
    OutlinedButton,
    PrimaryButton,
    SectionTitle,
    TextLabel,
)
from desktop_app.ui.widgets.fall_bars import FallKey, key_of
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.hand_over import hand_over
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.parted_tree import PartedTree, TreeParts
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.guided_desk import GuidedDesk, MixLine
from desktop_app.workflow.guided_words import EDUCATION

if TYPE_CHECKING:
    from .guided_chart import RangeChart


def index_words() -> str:
    """Say what the large number of every tier is."""
    return QCoreApplication.translate(
        "TierCard",
        "In large: your personal return index, the return a year after inflation that just pays for it.",
    )


class TierCard(Card):
    """One tier: what it costs, the return it needs, and what history says of that."""

    def __init__(self, tier: Tier, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.tier = tier
        self.name = SectionTitle(tier_name(tier))
        self.cost = Paragraph("", "help", "muted")
        self.needed = Paragraph("", "reading")
        self._mark = QLabel()
        self.status = Paragraph("", "help_strong")
        self.own = Paragraph("", "help", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.status, 1)
        self.body.setSpacing(4)
        self.body.addWidget(self.name)
        self.body.addWidget(self.needed)
        self.body.addWidget(self.cost)
        self.body.addLayout(row)
        self.body.addWidget(self.own)
        self.body.addStretch(1)
        self._is_good = True
        theme_signals().changed.connect(self._dress)

    def show_found(self, found: GuidedDesk) -> None:
        """Show one set of answers."""
        result = found.guided.tier(self.tier)
        spending = found.guided.plan.spending(self.tier)
        self.cost.setText(cost_words(result, spending))
        self.needed.setText(needed_words(result))
        said, self._is_good = status_words(found, self.tier)
        self.status.setText(said)
        self.own.setText(own_words(found.own_of(self.tier), found.guided.plan.lasting))
        self._dress()

    def _dress(self) -> None:
        name, color = ("check", "drift.inside") if self._is_good else ("warning", "drift.near")
        self._mark.setPixmap(pixmap(name, color, px(14)))
        self.status.set_color(color)


class AgeTable(PartedTree):
    """Every age with the numbers of the chart; what lies below the middle stays together, and the rest."""

    beginnings = (AgeColumn.MIDDLE,)

    def __init__(self, ages: AgeModel, parent: QWidget | None = None) -> None:
        super().__init__(ages, dict.fromkeys(AgeColumn, 64), AgeColumn.AGE, parent)
        self.setAccessibleName(self.tr("Savings by age"))

    def whole_width(self) -> int:
        """Return the pixels that hold all columns side by side."""
        return sum(self.wanted_widths(0).values())


class RangeCard(Card):
    """Savings by age as a chart or a table, and the worst start in history.

    `width_wished(int)` has the pixels with which the table shows all its columns, 0 for the chart. A `still`
    card is for a picture: the chart, and nothing to press.
    """

    width_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, still: bool = False) -> None:
        super().__init__("", "", parent)
        self._is_still = still
        self.heading = SectionTitle("")
        self.as_table = OutlinedButton(self.tr("As a table"), "table")
        self.as_table.setCheckable(True)
        head = WrapRow(gap=16)
        head.add(self.heading)
        if not still:
            head.add(self.as_table)
        self._chart: RangeChart | None = None
        self.ages = AgeModel(self)
        self.table = AgeTable(self.ages)
        self._parts = TreeParts(self.table)
        self._parts.hide()
        self.read_out = Paragraph("", "help", "muted")
        self._tell("")
        self.worst = Paragraph("")
        keys = WrapRow(gap=12)
        for color, shape, name in (
            ("accent", "strong", self.tr("middle half")),
            ("accent", "faint", self.tr("8 in 10")),
            ("accent", "line", self.tr("middle")),
            ("drift.over", "dashed", self.tr("lowest")),
        ):
            keys.add(key_of(FallKey(color, shape), TextLabel(name, "help", "muted")))
        self._keys = keys
        self.body.addWidget(head)
        self.body.addWidget(keys)
        self.body.addWidget(self._parts)
        self.body.addWidget(self.read_out)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.worst)
        self.body.addStretch(0)
        self.as_table.toggled.connect(self._on_table)

    @property
    def chart(self) -> RangeChart:
        """The chart; it is made, and its library loaded, when there is something to show."""
        if self._chart is None:
            from .guided_chart import RangeChart

            self._chart = RangeChart()
            self._chart.read.connect(self._tell)
            self.body.insertWidget(self.body.indexOf(self._keys) + 1, self._chart, 1)
            if not self._is_still:
                QWidget.setTabOrder(self.as_table, self._chart)
        return self._chart

    def _tell(self, numbers: str) -> None:
        """Show the numbers a key went to, else how to read them."""
        how = self.tr("In today’s dollars; the arrow keys read the chart.")
        if self.as_table.isChecked() or self._is_still:
            how = self.tr("In today’s dollars.")
        self.read_out.setText(words.tied(numbers) or how)

    def _on_table(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self.ages.show_points(self.chart.points)
        self._fit_table()
        self._parts.setVisible(on)
        for part in (self.chart, self._keys):
            part.setVisible(not on)
        self._tell("" if on else self.chart.told())

    def _fit_table(self) -> None:
        """Ask for the width of the table while it is in sight; in less it goes on below itself."""
        is_shown = self.as_table.isChecked()
        if is_shown:
            self.table.measure()
        around = self.width() - self.body.geometry().width()
        self.width_wished.emit(self.table.whole_width() + around if is_shown else 0)

    def show_found(self, found: GuidedDesk, tier: Tier) -> None:
        """Show one set of answers for a tier."""
        result = found.guided.tier(tier)
        points = range_points(result.range)
        self.heading.setText(self.tr("Savings by age with {0}").format(mix_name(result.shown.record.stocks)))
        retire = found.guided.plan.retire_at
        self.chart.show_range(points, (retire, self.tr("retire at {0}").format(retire)))
        if self.as_table.isChecked():
            self.ages.show_points(points)
            self._fit_table()
        self.worst.setText(" ".join(part for part in (worst_words(result), decade_words(result)) if part))


class MixesCard(Card):
    """Mixes side by side, what misleads, and the one click to the target, which a `still` card leaves out."""

    target_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, still: bool = False) -> None:
        super().__init__("", "", parent, flush=True)
        self._is_still = still
        self._lines: tuple[MixLine, ...] = ()
        self.heading = SectionTitle("")
        self.mixes = MixModel(self)
        widths: dict[int, int] = {
            MixColumn.MIX: 80,
            MixColumn.AVERAGE: 48,
            MixColumn.LASTED: 48,
            MixColumn.WORST: 48,
        }
        self.table = FittedTree(self.mixes, widths, MixColumn.MIX, row_height=34)
        self.table.setItemDelegateForColumn(MixColumn.MIX, ClassDelegate(self.table))
        self.table.setAccessibleName(self.tr("Mixes compared"))
        self.trap = Paragraph("")
        self.use = PrimaryButton("")
        self.use.set_main()
        self.use.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.done = Paragraph("", "help_strong", "drift.inside")
        self.education = Paragraph(self.tr(EDUCATION))
        self.foot = Paragraph("", "help", "muted")
        below = QVBoxLayout()
        below.setContentsMargins(15, 12, 15, 15)
        below.setSpacing(12)
        for part in (self.trap, self.use, self.done, self.education, self.foot):
            below.addWidget(part)
        below.addStretch(1)
        self.every = OutlinedButton(self.tr("Every mix"))
        self.every.setCheckable(True)
        self.every.setToolTip(self.tr("All mixes in steps of 5 points, and your target"))
        above = WrapRow(gap=16)
        above.add(self.heading)
        if not still:
            above.add(self.every)
        head = QVBoxLayout()
        head.setContentsMargins(15, 13, 15, 4)
        head.addWidget(above)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(below, 1)
        self.done.hide()
        self.use.clicked.connect(self.target_wanted)
        self.every.toggled.connect(lambda _on: self._show_lines())

    def show_found(self, found: GuidedDesk, tier: Tier, given_up: str = "", *, is_target: bool) -> None:
        """Show one set of answers for a tier; `is_target` when its mix is the target already.

        `given_up` says what of the household's target would not be kept.
        """
        result = found.guided.tier(tier)
        self.heading.setText(self.tr("Which mix for {0}?").format(tier_spending(tier)))
        self._lines = found.lines_of(tier)
        self._show_lines()
        self.trap.setText(" ".join(part for part in (trap_words(found, tier), given_up) if part))
        chosen = result.chosen
        if is_target:
            hand_over(self.use, self.table)
        self.use.setVisible(chosen is not None and not is_target and not self._is_still)
        if chosen is not None:
            name = mix_name(chosen.record.stocks)
            self.use.setText(self.tr("Make {0} my target").format(name))
            self.done.setText(self.tr("{0} is your target. Undo takes it back.").format(name))
        self.done.setVisible(chosen is not None and is_target and not self._is_still)
        first, last = found.guided.period
        foot = self.tr(
            "{0} stretches of history, {1} to {2}. Calmest: the smallest worst fall of those that "
            "lasted so often, rebalanced every December."
        ).format(f"{result.shown.lived.windows:,}", first, last)
        self.foot.setText(f"{foot} {self._own_words()}".strip())

    def _own_words(self) -> str:
        """Say why a row like another one stands beside it."""
        names = [mix_name(line.stocks) for line in self._lines if not line.is_own]
        own = next((mix_name(line.stocks) for line in self._lines if line.is_own), None)
        if own not in names:
            return ""
        return self.tr(
            "Yours is your target with its own classes and dollars set apart, the other {0} stocks and "
            "10-year Treasuries alone."
        ).format(own)

    def _show_lines(self) -> None:
        every = self.every.isChecked()
        self.mixes.show_lines([line for line in self._lines if every or line.is_first])
        self.table.measure()
        self.table.setMinimumWidth(sum(self.table.column_widths(0).values()))
