"""What the Outlook page shows, in rows and words: crises and ways to rebalance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, Qt

from desktop_app.outlook.simulate import PolicyResult
from desktop_app.ui import words
from desktop_app.ui.widgets import COLOR_ROLE, GROUND_ROLE, STRONG_ROLE, TAG_ROLE
from desktop_app.ui.widgets.fall_bars import FallBars
from desktop_app.ui.widgets.roles import FALL_ROLE
from desktop_app.workflow.outlook import CrisisInDollars, decade_words
from desktop_app.workflow.outlook_desk import (
    FIVE,
    FIVE_25,
    HALF_YEARLY,
    MONTHLY,
    NEVER,
    QUARTERLY,
    TEN,
    YEARLY,
    CrisisLine,
    DeskOutlook,
)

from .tree_rows import SORT_ROLE, SUFFIX_ROLE, Cell, RowsTreeModel, TreeRow

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)

_CRISES = {
    "1929–32": ("1929–32", "Great Depression"),
    "1937–38": ("1937–38", "Second slump"),
    "1973–74": ("1973–74", "Oil and inflation"),
    "1987": ("1987", "October crash"),
    "Dot-Com": ("2000–02", "Dot-Com"),
    "Great Recession": ("2007–09", "Great Recession"),
    "COVID": ("2020", "COVID"),
    "2022": ("2022", "Stocks and bonds"),
}
_RULES = {
    NEVER: "Never",
    MONTHLY: "Monthly",
    QUARTERLY: "Quarterly",
    HALF_YEARLY: "Half-yearly",
    YEARLY: "Yearly, December",
    FIVE: "5 points, monthly",
    TEN: "10 points, monthly",
    FIVE_25: "5 / 25, monthly",
    "20 % relative to half band, checked monthly": "20 % relative, to half",
    "2.00 back to 1.75 points, checked monthly": "2.00 points, back to 1.75",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("OutlookPage", text)


def crisis_words(name: str) -> tuple[str, str]:
    """Return the years of a crisis and what people call it."""
    years, title = _CRISES.get(name, (name, ""))
    return years, _tr(title) if title else ""


def rule_words(name: str) -> str:
    """Return a compared rule in words."""
    return _tr(_RULES.get(name, name))


def share(value: float, digits: int = 1) -> str:
    """Write a fraction of 1 as a percent."""
    return words.percent(Decimal(value), digits)


class CrisisColumn(IntEnum):
    """Columns of the crises."""

    NAME = 0
    BARS = 1
    PEAK = 2
    LOW = 3
    NOW = 4
    TARGET = 5
    PLAN = 6
    NOW_DOLLARS = 7
    TARGET_DOLLARS = 8
    PLAN_DOLLARS = 9
    NOW_MONTHS = 10
    PLAN_MONTHS = 11
    MONTHS = 12


class CrisisModel(RowsTreeModel):
    """The crises with what each mix would have lost; see `CrisisLine`."""

    columns = CrisisColumn
    right_columns = frozenset(CrisisColumn) - {CrisisColumn.NAME, CrisisColumn.BARS}
    _has_target = True

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Crisis"),
            self.tr("Fall"),
            self.tr("Target, peak") if self._has_target else self.tr("Now, peak"),
            self.tr("Target, low") if self._has_target else self.tr("Now, low"),
            self.tr("Now, %"),
            self.tr("Target, %"),
            self.tr("Plan, %"),
            self.tr("Now, $"),
            self.tr("Target, $"),
            self.tr("Plan, $"),
            self.tr("Now, months"),
            self.tr("Plan, months"),
            self.tr("Target, months") if self._has_target else self.tr("Now, months"),
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Say in a tip what a short header means."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return {
                CrisisColumn.PEAK: self.tr("Highest month inside the crisis; it may have been higher before"),
                CrisisColumn.LOW: self.tr("Lowest month after it, inside the crisis"),
                CrisisColumn.NOW_MONTHS: self.tr("Months to recover, from the low back to the peak"),
                CrisisColumn.PLAN_MONTHS: self.tr("Months to recover, from the low back to the peak"),
                CrisisColumn.MONTHS: self.tr("Months to recover, from the low back to the peak"),
            }.get(CrisisColumn(section))
        return super().headerData(section, orientation, role)

    def show_lines(self, lines: Sequence[CrisisLine]) -> None:
        """Show the crises; the bars are as long as their part of the deepest fall."""
        self._has_target = any(line.target is not None for line in lines)
        deepest = min((_loss(item) for line in lines for item in _items(line)), default=-1.0) or -1.0
        self.show_rows([_crisis_row(line, deepest) for line in lines])


def _items(line: CrisisLine) -> list[CrisisInDollars]:
    return [item for item in (line.now, line.target, line.plan) if item is not None]


def _loss(item: CrisisInDollars) -> float:
    return item.crisis.fall.loss


def _crisis_row(line: CrisisLine, deepest: float) -> TreeRow:
    years, title = crisis_words(line.name)
    now, target, plan = line.now, line.target, line.plan
    is_lead_now = target is None
    bars = FallBars(
        _loss(now) / deepest,
        None if target is None else _loss(target) / deepest,
        None if plan is None else _loss(plan) / deepest,
    )
    fall = line.lead.crisis.fall
    muted = {COLOR_ROLE: "muted"}
    cells: tuple[Cell, ...] = (
        {DISPLAY: years, SUFFIX_ROLE: title, STRONG_ROLE: True, SPOKEN: f"{years} {title}".strip()},
        {DISPLAY: None, FALL_ROLE: bars, SPOKEN: crisis_sentence(line)},
        {DISPLAY: fall.peak, **muted},
        {DISPLAY: fall.trough, **muted},
        _loss_cell(now, is_lead=is_lead_now),
        _loss_cell(target, is_lead=True),
        _loss_cell(plan, is_lead=False),
        _dollar_cell(now, is_lead=is_lead_now),
        _dollar_cell(target, is_lead=True),
        _dollar_cell(plan, is_lead=False),
        *(_months_cell(item) for item in (now, plan, line.lead)),
    )
    return TreeRow(line.name, line, cells)


def _loss_cell(item: CrisisInDollars | None, *, is_lead: bool) -> Cell:
    if item is None:
        return {DISPLAY: ""}
    look: Cell = {STRONG_ROLE: True} if is_lead else {COLOR_ROLE: "muted"}
    return {DISPLAY: share(_loss(item)), SORT_ROLE: _loss(item), **look}


def _dollar_cell(item: CrisisInDollars | None, *, is_lead: bool) -> Cell:
    if item is None:
        return {DISPLAY: ""}
    look: Cell = {STRONG_ROLE: True} if is_lead else {COLOR_ROLE: "muted"}
    return {DISPLAY: words.dollars(item.dollars), SORT_ROLE: item.dollars, **look}


def _months_cell(item: CrisisInDollars | None) -> Cell:
    if item is None:
        return {DISPLAY: ""}
    return {DISPLAY: months_words(item), SORT_ROLE: item.crisis.months_to_recover, COLOR_ROLE: "muted"}


def months_words(item: CrisisInDollars) -> str:
    """Say how many months the way up took; the table may end before."""
    months = item.crisis.months_to_recover
    if months is None:
        return _tr("not yet")
    return str(months)


def crisis_sentence(line: CrisisLine) -> str:
    """Say one crisis in a sentence, for those who do not see the bars."""
    parts = []
    for item, name in ((line.now, _tr("now")), (line.target, _tr("target")), (line.plan, _tr("plan"))):
        if item is not None:
            months = item.crisis.months_to_recover
            back = _tr("not back yet") if months is None else _tr("back after {0} months").format(months)
            parts.append(f"{name} {share(_loss(item))}, {words.dollars(item.dollars)}, {back}")
    return "; ".join(parts)


class RuleColumn(IntEnum):
    """Columns of the ways to rebalance."""

    RULE = 0
    GROWTH = 1
    REAL = 2
    SWINGS = 3
    WORST = 4
    DECADE = 5
    REBALANCES = 6
    MOVED = 7
    OUTSIDE = 8
    AVERAGE = 9


class RuleModel(RowsTreeModel):
    """Ways to rebalance with what each did over history; see `PolicyResult`."""

    columns = RuleColumn
    right_columns = frozenset(RuleColumn) - {RuleColumn.RULE}

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Rule"),
            self.tr("Growth"),
            self.tr("After inflation"),
            self.tr("Swings"),
            self.tr("Worst fall"),
            self.tr("Worst 10 years"),
            self.tr("Rebalances"),
            self.tr("Moved"),
            self.tr("5 points off"),
            self.tr("Stocks"),
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Say in a tip what a short header means."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return {
                RuleColumn.GROWTH: self.tr("Growth a year"),
                RuleColumn.REAL: self.tr("Growth a year, after inflation"),
                RuleColumn.SWINGS: self.tr("How much a year’s result swings around the average"),
                RuleColumn.DECADE: self.tr("Growth a year after inflation in the ten years that were worst"),
                RuleColumn.OUTSIDE: self.tr("Share of months 5 points or more from target"),
                RuleColumn.AVERAGE: self.tr("Average share of stocks"),
                RuleColumn.MOVED: self.tr("Bought or sold a year, as a share of everything"),
            }.get(RuleColumn(section))
        return super().headerData(section, orientation, role)

    def show_outlook(self, found: DeskOutlook) -> None:
        """Show the rules; the household's own stands out."""
        has_stocks = bool(stock_share(found))
        rows = [_rule_row(rule, has_stocks, rule.rule == found.own_rule) for rule in found.history.policies]
        self.show_rows(rows)


def stock_share(found: DeskOutlook) -> Decimal:
    """Return the share of stocks of the mix whose history is told."""
    return found.stocks_now if found.stocks_target is None else found.stocks_target


def _rule_row(rule: PolicyResult, has_stocks: bool, is_own: bool) -> TreeRow:  # noqa: FBT001 - two facts
    name = rule_words(rule.rule)
    tag = _tr("yours") if is_own else ""
    shown = (
        share(rule.growth, 2),
        share(rule.real_growth, 2),
        share(rule.volatility, 2),
        share(rule.worst_fall),
        f"{rule.rebalances:,}",
        share(rule.turnover, 2),
        share(rule.outside),
        share(rule.first_share) if has_stocks else "",
    )
    look: dict[int, object] = {STRONG_ROLE: is_own, GROUND_ROLE: "tint" if is_own else None}
    first: Cell = {DISPLAY: name, TAG_ROLE: tag, SPOKEN: f"{name}, {tag}" if tag else name, **look}
    cells = [first, *({DISPLAY: text, **look} for text in shown)]
    cells.insert(RuleColumn.DECADE, {**_decade_cell(rule), **look})
    return TreeRow(rule.rule, rule, tuple(cells))


def _decade_cell(rule: PolicyResult) -> Cell:
    if rule.worst_decade is None or rule.decade is None:
        return {DISPLAY: ""}
    months = _tr("{0} to {1}").format(*rule.decade)
    shown = share(rule.worst_decade, 2)
    return {DISPLAY: shown, TIP: months, SPOKEN: f"{shown}, {months}"}


def decade_lines(found: DeskOutlook) -> list[str]:
    """Say the worst ten years of the present mix and the target; of the plan where they differ from those."""
    names = (_tr("Your mix now"), _tr("Target"), _tr("After the plan"))
    _, target, plan = found.decades
    told = found.decades[:2] if target is not None and target.is_like(plan) else found.decades
    return [
        words.tied(f"{name}: {decade_words(decade, found.balance)}")
        for name, decade in zip(names, told, strict=False)
        if decade is not None
    ]
