"""The two tables of the Outlook page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui.models.outlook_lines import CrisisColumn, CrisisModel, RuleColumn, RuleModel
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import ClassDelegate
from desktop_app.ui.widgets.fall_bars import LEAST, FallBarsDelegate
from desktop_app.ui.widgets.parted_tree import PartedTree
from desktop_app.workflow.outlook_desk import CrisisLine, DeskOutlook

from .holdings_delegates import NameDelegate

CRISIS_WIDTHS: dict[int, int] = {
    CrisisColumn.NAME: 200,
    CrisisColumn.BARS: 260,
    CrisisColumn.PEAK: 76,
    CrisisColumn.LOW: 76,
    CrisisColumn.NOW: 72,
    CrisisColumn.TARGET: 76,
    CrisisColumn.PLAN: 72,
    CrisisColumn.NOW_DOLLARS: 84,
    CrisisColumn.TARGET_DOLLARS: 92,
    CrisisColumn.PLAN_DOLLARS: 84,
    CrisisColumn.NOW_MONTHS: 80,
    CrisisColumn.PLAN_MONTHS: 80,
    CrisisColumn.MONTHS: 80,
}
ONLY_IN_TABLE: set[int] = {
    CrisisColumn.PEAK,
    CrisisColumn.LOW,
    CrisisColumn.PLAN,
    CrisisColumn.PLAN_DOLLARS,
    CrisisColumn.NOW_MONTHS,
    CrisisColumn.PLAN_MONTHS,
}
COMPACT: dict[int, int] = {
    CrisisColumn.NAME: 0,
    CrisisColumn.BARS: 120,
    CrisisColumn.NOW: 0,
    CrisisColumn.TARGET: 0,
    CrisisColumn.PLAN: 0,
    CrisisColumn.NOW_DOLLARS: 0,
    CrisisColumn.TARGET_DOLLARS: 0,
}
"""Columns of the small table with their widths."""
LEAST_SMALL = 64
OF_TARGET = {CrisisColumn.TARGET, CrisisColumn.TARGET_DOLLARS, CrisisColumn.NOW_MONTHS}
"""Columns that say nothing without a target; the months of what is held then stand last."""
OF_PLAN = {CrisisColumn.PLAN, CrisisColumn.PLAN_DOLLARS, CrisisColumn.PLAN_MONTHS}
RULE_WIDTHS: dict[int, int] = {RuleColumn.RULE: 180, **dict.fromkeys(list(RuleColumn)[1:], 72)}


class CrisisTable(PartedTree):
    """Crises as bars with their numbers, or as a plain table with every number there is.

    The `compact` one has no parts below: it leaves the dollars out where there is no room for them.
    """

    beginnings = (CrisisColumn.NOW, CrisisColumn.NOW_DOLLARS, CrisisColumn.NOW_MONTHS)

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        self._compact = compact
        self.crisis_model = CrisisModel()
        self._is_plain = False
        self._is_apart = False
        self._hidden: set[int] = set()
        super().__init__(
            self.crisis_model, COMPACT if compact else CRISIS_WIDTHS, CrisisColumn.BARS, parent, row_height=32
        )
        self.crisis_model.setParent(self)
        self.setItemDelegateForColumn(CrisisColumn.NAME, NameDelegate(self))
        self.setItemDelegateForColumn(CrisisColumn.BARS, FallBarsDelegate(self))
        self.setAccessibleName(self.tr("Largest falls"))
        for column in CrisisColumn:
            self.setColumnHidden(column, column not in self.designed)

    def show_lines(self, lines: tuple[CrisisLine, ...]) -> None:
        """Show other crises."""
        self._hidden = set()
        if not any(line.target for line in lines):
            self._hidden |= OF_TARGET
        if not any(line.plan for line in lines):
            self._hidden |= OF_PLAN
        self._is_apart = any(line.is_plan_apart for line in lines)
        self.crisis_model.show_lines(lines)
        self.measure()

    def set_plain(self, *, plain: bool) -> None:
        """Show the bars, or every number in their place."""
        self._is_plain = plain
        self._wide = CrisisColumn.NAME if plain else CrisisColumn.BARS
        self.fit()

    def words_width(self, column: int) -> int:
        """The bars can be squeezed."""
        return 0 if column == CrisisColumn.BARS else super().words_width(column)

    def wanted_widths(self, room: int) -> dict[int, int]:
        """Leave out what does not belong to the view; squeeze the bars first."""
        widths = super().wanted_widths(room)
        left_out = self._hidden | ({CrisisColumn.BARS} if self._is_plain else self._left_out())
        widths = {column: width for column, width in widths.items() if column not in left_out}
        over = sum(widths.values()) - room
        if over > 0 and CrisisColumn.BARS in widths:
            least = px(LEAST_SMALL if self._compact else LEAST)
            widths[CrisisColumn.BARS] = max(widths[CrisisColumn.BARS] - over, least)
        if self._compact:
            for column in (CrisisColumn.NOW_DOLLARS, CrisisColumn.TARGET_DOLLARS):
                if sum(widths.values()) > room:
                    widths.pop(column, None)
        return widths

    def _left_out(self) -> set[int]:
        """The tick alone tells of the plan, its numbers only where it differs from the target."""
        return ONLY_IN_TABLE - {CrisisColumn.PLAN} if self._is_apart else ONLY_IN_TABLE


class RuleTable(PartedTree):
    """Ways to rebalance over history."""

    beginnings = (RuleColumn.REBALANCES,)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rule_model = RuleModel()
        super().__init__(self.rule_model, RULE_WIDTHS, RuleColumn.RULE, parent)
        self.rule_model.setParent(self)
        self.setItemDelegateForColumn(RuleColumn.RULE, ClassDelegate(self))
        self.setAccessibleName(self.tr("Ways to rebalance"))

    def show_outlook(self, found: DeskOutlook) -> None:
        """Show other figures."""
        self.rule_model.show_outlook(found)
        self.measure()
