"""The history as a table: a row for every day with a statement, the same numbers as the charts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from desktop_app.domain.classes import AssetClass, ClassFamily
from desktop_app.domain.money import HUNDRED, ZERO
from desktop_app.reports import TableCell
from desktop_app.ui import words

from .drift_words import class_name, family_name
from .history_view import HistoryView
from .history_words import part_name
from .holdings_cells import DISPLAY, TIP
from .tree_rows import SORT_ROLE, Cell, RowsTreeModel, TreeRow


class Column(IntEnum):
    """Columns of the history; between the total and the change stands one for each colour family."""

    DAY = 0
    TOTAL = 1
    US_LARGE = 2
    US_MID_SMALL = 3
    INTL_DEVELOPED = 4
    EMERGING = 5
    REAL_ESTATE = 6
    US_BONDS = 7
    INFLATION = 8
    OTHER_BONDS = 9
    SHORT_TERM = 10
    OTHER = 11
    CHANGE = 12
    MARKETS = 13
    MOVED = 14
    JOINED = 15
    UNTOLD = 16
    DRIFT = 17
    GAUGE = 18
    WEIGHT = 19
    AIM = 20
    LOW = 21
    HIGH = 22
    EVENTS = 23


PARTS = ("markets", "moved", "joined", "untold")


def family_column(family: ClassFamily) -> Column:
    """Return the column of a family."""
    return Column[family.name]


def shown_columns(view: HistoryView) -> tuple[int, ...]:
    """Return the columns with something in them: families that were held, parts that happened."""
    changes = [change for i in range(len(view.points)) if (change := view.change(i)) is not None]
    shown = {Column.DAY, Column.TOTAL, Column.CHANGE, Column.MARKETS, Column.MOVED, Column.EVENTS}
    shown |= {family_column(family) for family in view.families}
    for column, part in ((Column.JOINED, "joined"), (Column.UNTOLD, "untold")):
        if any(getattr(change, part) for change in changes):
            shown.add(column)
    if any(point.drift is not None for point in view.points):
        shown |= {Column.DRIFT, Column.GAUGE, Column.AIM, Column.LOW, Column.HIGH}
    if view.classes:
        shown.add(Column.WEIGHT)
    return tuple(sorted(shown))


def headers_of(node: AssetClass | None) -> tuple[str, ...]:
    """Return the words above the columns; the last of them are about one class."""
    name = "" if node is None else class_name(node)
    return (
        _tr("Date"),
        _tr("Total"),
        *(family_name(family) for family in ClassFamily),
        _tr("Change"),
        *(part_name(part) for part in PARTS),
        _tr("Drift, points"),
        _tr("Band used"),
        _tr("{0}, share").format(name),
        _tr("Target"),
        _tr("Band from"),
        _tr("Band to"),
        _tr("What happened"),
    )


def exact_row(view: HistoryView, index: int, node: AssetClass | None) -> tuple[TableCell, ...]:
    """Return one day with exact values: dollars, shares in percent, drift in points; None is not known."""
    point, change = view.points[index], view.change(index)
    standing = None if node is None else point.standing(node)
    report = point.report
    events = "; ".join(each.told.partition("\n")[2].replace("\n", "; ") for each in view.happened(index))
    return (
        point.day,
        point.total,
        *(point.by_family.get(family, ZERO) for family in ClassFamily),
        None if change is None else change.total,
        *(None if change is None else getattr(change, part) for part in PARTS),
        None if point.drift is None else point.drift * HUNDRED,
        None if report is None else report.gauge * HUNDRED,
        None if node is None else point.weight(node) * HUNDRED,
        None if standing is None else standing.target * HUNDRED,
        None if standing is None else max(standing.low, ZERO) * HUNDRED,
        None if standing is None else standing.high * HUNDRED,
        events,
    )


class HistoryTableModel(RowsTreeModel):
    """Days as rows; `in_percent` shows the families as shares of the whole."""

    columns = Column
    right_columns = frozenset(range(1, Column.EVENTS))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._node: AssetClass | None = None
        self._sorted: tuple[int, bool] = (Column.DAY, False)
        self._rows: list[TreeRow] = []

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns; an arrow stands where the rows are sorted."""
        column, rising = self._sorted
        words_above = list(headers_of(self._node))
        words_above[column] += " ↑" if rising else " ↓"
        return tuple(words_above)

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """The column the rows are sorted by, and whether rising."""
        return self._sorted

    def show_view(
        self, view: HistoryView, indexes: Sequence[int], node: AssetClass | None, *, in_percent: bool
    ) -> None:
        """Show some of the days, with the band of one class."""
        self._node = node
        self._rows = [_row(view, index, node, in_percent=in_percent) for index in indexes]
        self.show_rows(self._in_order())

    def sort_by(self, column: int) -> None:
        """Sort by a column; a second time turns the order. Unknown values stand at the end."""
        before, rising = self._sorted
        self._sorted = (column, not rising if before == column else column == Column.EVENTS)
        self.show_rows(self._in_order())
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _in_order(self) -> list[TreeRow]:
        column, rising = self._sorted
        known = [row for row in self._rows if row.cells[column].get(SORT_ROLE) is not None]
        unknown = [row for row in self._rows if row.cells[column].get(SORT_ROLE) is None]
        known.sort(key=lambda row: row.cells[column][SORT_ROLE], reverse=not rising)
        return known + unknown


def _row(view: HistoryView, index: int, node: AssetClass | None, *, in_percent: bool) -> TreeRow:
    exact = exact_row(view, index, node)
    shown = _texts(exact, in_percent=in_percent)
    cells: tuple[Cell, ...] = tuple(
        {DISPLAY: text, SORT_ROLE: value, **_tip(column, value)}
        for column, (text, value) in enumerate(zip(shown, exact, strict=True))
    )
    return TreeRow(view.points[index].day.isoformat(), view.points[index], cells)


def _tip(column: int, value: Any) -> Cell:
    if value is not None and Column.TOTAL <= column <= Column.UNTOLD:
        return {TIP: words.dollars_cents(value)}
    return {}


def _texts(exact: Sequence[Any], *, in_percent: bool) -> tuple[str, ...]:
    values = exact[Column.US_LARGE : Column.CHANGE]
    column = words.column_percents(values) if in_percent else words.column_dollars(values)
    total = words.dollars(exact[Column.TOTAL])
    changes = exact[Column.CHANGE : Column.DRIFT]
    shares = exact[Column.DRIFT : Column.EVENTS]
    return (
        words.day(exact[Column.DAY]),
        total,
        *column,
        *("" if value is None else words.dollars_cents(value, plus=True) for value in changes),
        "" if shares[0] is None else words.plain_points(shares[0] / HUNDRED),
        *("" if value is None else words.percent(value / HUNDRED, 0) for value in shares[1:2]),
        *("" if value is None else words.percent(value / HUNDRED) for value in shares[2:]),
        exact[Column.EVENTS],
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
