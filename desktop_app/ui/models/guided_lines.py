"""What the guided plan shows, in rows and words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, Qt

from desktop_app.domain.goals import Tier
from desktop_app.domain.money import HUNDRED, ONE, Money, plain
from desktop_app.outlook.crises import Fall
from desktop_app.outlook.guided import Status, TierResult
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.windows import LEVELS, Lived, RangeAt
from desktop_app.ui import words
from desktop_app.ui.widgets import COLOR_ROLE, GROUND_ROLE, STRONG_ROLE, TAG_ROLE
from desktop_app.workflow.guided_advice import NOTHING_NEEDED, no_return_words
from desktop_app.workflow.guided_desk import GuidedDesk, MixLine, SuggestionLine
from desktop_app.workflow.share_words import asked_share, held

from .drift_words import class_name
from .guided_range import RangePoint
from .tree_rows import SORT_ROLE, Cell, RowsTreeModel, TreeRow

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuidedPage", text)


def mix_name(stocks: Decimal) -> str:
    """Write a mix shortly: "60/40"."""
    whole = int((stocks * HUNDRED).to_integral_value())
    return f"{whole}/{100 - whole}"


def mix_spoken(stocks: Decimal) -> str:
    """Write a mix for the ear."""
    return _tr("{0} stocks, {1} fixed income").format(
        words.percent(stocks, 0), words.percent(ONE - stocks, 0)
    )


def tier_name(tier: Tier) -> str:
    """Return what a tier is called on a card."""
    return {
        Tier.NEEDS: _tr("Needs"),
        Tier.WANTS: _tr("With wants"),
        Tier.WISHES: _tr("With wishes"),
    }[tier]


def tier_spending(tier: Tier) -> str:
    """Return what of life a tier counts, in the middle of a sentence."""
    return {
        Tier.NEEDS: _tr("needs"),
        Tier.WANTS: _tr("needs and wants"),
        Tier.WISHES: _tr("needs, wants and wishes"),
    }[tier]


def needed_words(result: TierResult) -> str:
    """Write the return a tier needs."""
    if result.required is None:
        return _tr("None is enough")
    if result.required < NOTHING_NEEDED:
        return _tr("None needed")
    return words.percent(Decimal(result.required), 1)


def cost_words(result: TierResult, spending: Money) -> str:
    """Say what the large figure of a tier is; where no return is enough, why."""
    if result.required is None:
        return _tr("No return is enough for {0} a year: more is taken out at once than is there.").format(
            words.dollars(spending)
        )
    if result.required < NOTHING_NEEDED:
        return _tr("for {0} a year, after inflation").format(words.dollars(spending))
    return _tr("return needed after inflation for {0} a year").format(words.dollars(spending))


def status_words(found: GuidedDesk, tier: Tier) -> tuple[str, bool]:
    """Say what history says of a tier, and whether that is good news for the household's target too."""
    result, own = found.guided.tier(tier), found.own_of(tier)
    if not result.shown.lived.windows:
        return _tr("History is too short"), False
    if result.chosen is None:
        return _tr("No historical mix reached this"), False
    if own is not None and own.held < float(found.guided.plan.lasting):
        mix = mix_name(result.chosen.record.stocks)
        return _tr("Within reach with {0}, too seldom with your target").format(mix), False
    if result.status is Status.FUNDED:
        return no_return_words(found.guided.plan, result), True
    return _tr("Within reach"), True


def short_words(found: GuidedDesk, tier: Tier) -> str:
    """Say a tier's answer in one line: the return it needs, and how often the mix that is shown lasted."""
    result = found.guided.tier(tier)
    if not result.shown.lived.windows:
        return f"{tier_name(tier)}: {status_words(found, tier)[0]}"
    if result.required is None:
        needed = _tr("no return is enough")
    elif result.required < 0:
        needed = _tr("no return needed")
    else:
        needed = _tr("{0} a year needed").format(needed_words(result))
    shape = (
        _tr("{0}: {1}; {2} lasted in {3}") if result.chosen else _tr("{0}: {1}; at best {2} lasted in {3}")
    )
    if not result.shown.lived.held:
        return _tr("{0}: {1}; no mix lasted even once").format(tier_name(tier), needed)
    mix, lasted = mix_name(result.shown.record.stocks), words.tied(held(result.shown.lived.held))
    return shape.format(tier_name(tier), needed, mix, lasted)


def own_words(lived: Lived | None, lasting: Decimal) -> str:
    """Say how often the household's own target lasted, and how often was asked for where it was less."""
    if lived is None or not lived.windows:
        return _tr("No target to compare yet")
    times = round(lived.held * lived.windows)
    counts = (f"{times:,}", f"{lived.windows:,}", words.tied(held(lived.held)))
    if lived.held < float(lasting):
        return _tr("Your target lasted {0} of {1} times ({2}; {3} were asked for)").format(
            *counts, words.tied(asked_share(lasting))
        )
    return _tr("Your target lasted {0} of {1} times ({2})").format(*counts)


def worst_words(result: TierResult) -> str:
    """Say how the worst start in history went with the mix that is shown."""
    lived = result.shown.lived
    if lived.worst is None:
        return ""
    mix = mix_name(result.shown.record.stocks)
    name = tier_spending(result.tier)
    if lived.worst_age is None:
        left = words.dollars(Decimal(lived.worst_left))
        return _tr("Worst start: {0}. With {1}, {2} were paid to the end and {3} was left.").format(
            lived.worst, mix, name, left
        )
    return _tr(
        "Worst start: {0}. With {1}, the money for {2} ran out at age {3}. Then something has to wait."
    ).format(lived.worst, mix, name, lived.worst_age)


def decade_words(result: TierResult) -> str:
    """Say the worst ten years of the mix that is shown, which its average hides."""
    record = result.shown.record
    if record.worst_decade is None or record.decade is None:
        return ""
    return _tr("Its worst ten years, {0} to {1}: {2} a year after inflation.").format(
        *record.decade, words.percent(Decimal(record.worst_decade), 1)
    )


def distribution_words(found: GuidedDesk) -> str:
    """Say from which age the law makes people take money out, and how much this year."""
    due = found.due
    if due is not None and found.free:
        return _tr(
            "The law asks for about {0} to be taken out this year (balance divided by {1}, without the {2} "
            "that is called Roth or HSA; 26 CFR 1.401(a)(9)-9(c))."
        ).format(words.dollars(due.amount), plain(due.period), words.dollars(found.free))
    if due is not None:
        return _tr(
            "The law asks for about {0} to be taken out this year (balance divided by {1}; 26 CFR "
            "1.401(a)(9)-9(c)). Roth accounts owe nothing; none here is called so."
        ).format(words.dollars(due.amount), plain(due.period))
    return _tr("From age {0} on, the law asks for some money to be taken out every year.").format(
        found.guided.distribution_from
    )


def source_words(found: GuidedDesk) -> str:
    """Say where the returns come from, what stands in for what, and what they understate."""
    table = monthly_returns()
    stands = [
        f"{class_name(item.node)}: {item.words}."
        for item in found.guided.tier(Tier.NEEDS).tried[1].record.mix.stand_ins
    ]
    return " ".join((_tr("Source: {0}.").format(_tr(table.source)), *stands, _tr(table.caution)))


def range_points(ranges: Sequence[RangeAt]) -> list[RangePoint]:
    """Return the chart's points."""
    wanted = [LEVELS.index(level) for level in (0.0, 0.1, 0.25, 0.5, 0.75, 0.9)]
    return [RangePoint(at.age, *(at.balances[place] for place in wanted)) for at in ranges]


class MixColumn(IntEnum):
    """Columns of the comparison of mixes."""

    MIX = 0
    AVERAGE = 1
    LASTED = 2
    WORST = 3


class MixModel(RowsTreeModel):
    """Mixes with what they earned on average, how often the plan lasted, and the worst fall of each."""

    columns = MixColumn
    right_columns = frozenset({MixColumn.AVERAGE, MixColumn.LASTED, MixColumn.WORST})

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (self.tr("Stocks/rest"), self.tr("Average"), self.tr("Lasted"), self.tr("Worst fall"))

    def show_lines(self, lines: Sequence[MixLine]) -> None:
        """Show other mixes."""
        self.show_rows([_mix_row(line) for line in lines])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Say in a tip what a short header means."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return (
                self.tr("Stocks, and the rest in fixed income"),
                self.tr("Average growth a year after inflation"),
                self.tr("Share of all stretches of history in which the money lasted"),
                self.tr("Deepest fall from any high in all of history; the smallest is the calmest"),
            )[section]
        return super().headerData(section, orientation, role)


def _mix_row(line: MixLine) -> TreeRow:
    name = mix_name(line.stocks)
    tags = [
        word
        for word, counts in (
            (_tr("yours"), line.is_own),
            (_tr("calmest"), line.is_chosen),
        )
        if counts
    ]
    heard = [*tags, *([_tr("enough on average")] if line.is_trap else [])]
    look: dict[int, object] = {STRONG_ROLE: line.is_chosen, GROUND_ROLE: "tint" if line.is_chosen else None}
    spoken = ", ".join((mix_spoken(line.stocks), *heard))
    cells: tuple[Cell, ...] = (
        {DISPLAY: name, SORT_ROLE: line.stocks, TAG_ROLE: ", ".join(tags), SPOKEN: spoken, **look},
        {DISPLAY: words.percent(Decimal(line.real_growth), 1), SORT_ROLE: line.real_growth, **look},
        {DISPLAY: words.tied(held(line.held)), SORT_ROLE: line.held, **look},
        {**_loss_in(line.fall), SORT_ROLE: line.fall.loss, **look},
    )
    return TreeRow(f"{line.stocks}{'own' if line.is_own else ''}", line, cells)


def _loss_in(fall: Fall) -> Cell:
    """Return a loss with the year it began, to fit beside the chart; its months in the tip."""
    loss = words.percent(Decimal(fall.loss), 1)
    return {**_in_fall(loss, fall), DISPLAY: f"{loss}, {fall.peak[:4]}" if fall.loss else loss}


def _in_fall(loss: str, fall: Fall) -> Cell:
    """Return a loss with the years it took, its months in the tip; alone where nothing fell."""
    if not fall.loss:
        return {DISPLAY: loss}
    months = _tr("{0} to {1}").format(fall.peak, fall.trough)
    return {DISPLAY: f"{loss}, {fall_years(fall)}", SPOKEN: f"{loss}, {months}", TIP: months}


def fall_years(fall: Fall) -> str:
    """Write the years of a fall shortly: "1929–32", "1987", "1899–1903"."""
    first, last = fall.peak[:4], fall.trough[:4]
    if first == last:
        return first
    return f"{first}–{last if first[:2] != last[:2] else last[2:]}"


class AgeColumn(IntEnum):
    """Columns of the table that stands for the chart."""

    AGE = 0
    LOWEST = 1
    TENTH = 2
    QUARTER = 3
    MIDDLE = 4
    THREE_QUARTERS = 5
    NINE_TENTHS = 6


class AgeModel(RowsTreeModel):
    """Savings by age, the numbers of the chart."""

    columns = AgeColumn
    right_columns = frozenset(AgeColumn) - {AgeColumn.AGE}

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Age"),
            self.tr("Lowest"),
            self.tr("1 in 10 below"),
            self.tr("1 in 4 below"),
            self.tr("Middle"),
            self.tr("1 in 4 above"),
            self.tr("1 in 10 above"),
        )

    def show_points(self, points: Sequence[RangePoint]) -> None:
        """Show other numbers."""
        rows = []
        for point in points:
            amounts = (
                point.lowest,
                point.tenth,
                point.quarter,
                point.middle,
                point.three_quarters,
                point.nine_tenths,
            )
            cells: tuple[Cell, ...] = (
                {DISPLAY: str(point.age), STRONG_ROLE: True},
                *({DISPLAY: words.dollars(Decimal(amount)), SORT_ROLE: amount} for amount in amounts),
            )
            rows.append(TreeRow(str(point.age), point, cells))
        self.show_rows(rows)


class WayColumn(IntEnum):
    """Columns of the ways to a mix."""

    WAY = 0
    MIX = 1
    WORST = 2
    WHY = 3


class WayModel(RowsTreeModel):
    """Ways to a mix side by side: what each says, and the dollars it would have lost."""

    columns = WayColumn
    right_columns = frozenset({WayColumn.MIX, WayColumn.WORST})

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Way"),
            self.tr("Stocks/rest"),
            self.tr("Worst fall today"),
            self.tr("Where it comes from"),
        )

    def show_lines(self, lines: Sequence[SuggestionLine]) -> None:
        """Show other ways."""
        self.show_rows([_way_row(line) for line in lines])


def _way_row(line: SuggestionLine) -> TreeRow:
    made = line.suggestion
    cells: tuple[Cell, ...] = (
        {DISPLAY: made.name, STRONG_ROLE: True},
        {DISPLAY: mix_name(made.stocks), SORT_ROLE: made.stocks, SPOKEN: mix_spoken(made.stocks)},
        {**_in_fall(words.dollars(line.lost), line.fall), SORT_ROLE: line.lost},
        {DISPLAY: words.tied(made.told), COLOR_ROLE: "muted"},
    )
    return TreeRow(made.key, line, cells)
