"""The class table of the overview as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, ClassDrift
from desktop_app.domain.money import ZERO
from desktop_app.ui import words
from desktop_app.ui.theme import state_color_name
from desktop_app.ui.widgets import (
    BAND_ROLE,
    CLASS_ROLE,
    COLOR_ROLE,
    STATE_ROLE,
    STRONG_ROLE,
    TAG_ROLE,
    BandValue,
    StateValue,
)

from .drift_rows import ClassLine
from .drift_words import class_name
from .tree_rows import SORT_ROLE, Cell, RowsTreeModel, TreeRow

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class Column(IntEnum):
    """Columns of the class table."""

    CLASS = 0
    NOW = 1
    SHARE = 2
    TARGET = 3
    POINTS = 4
    DRIFT_DOLLARS = 5
    BAND = 6
    STATE = 7


class DriftTreeModel(RowsTreeModel):
    """Classes with what is held, the target, the drift, the band and the state; see `ClassLine`."""

    columns = Column
    right_columns = frozenset({Column.NOW, Column.SHARE, Column.TARGET, Column.POINTS, Column.DRIFT_DOLLARS})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[tuple[AssetClass, bool], TreeRow] = {}

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns."""
        return (
            self.tr("Class"),
            self.tr("Now"),
            "%",
            self.tr("Target"),
            self.tr("Drift, points"),
            self.tr("Drift, $"),
            self.tr("Band, with target and now"),
            self.tr("State"),
        )

    def show_lines(self, lines: Sequence[ClassLine]) -> bool:
        """Show the rows of a desk; tell whether they are the rows there were, with other numbers."""
        return self.show_rows([self._row_of(line, strong=True) for line in lines])

    def _row_of(self, line: ClassLine, *, strong: bool) -> TreeRow:
        """Return a line's row, the one there was where nothing about it changed."""
        known = self._known.get((line.node, strong))
        if known is None or known.value != line:
            children = tuple(self._row_of(child, strong=bool(child.children)) for child in line.children)
            known = self._known[line.node, strong] = _row(line, children, strong=strong)
        return known

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Centre the header of the band bars, which are centred themselves."""
        if section == Column.BAND and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return super().headerData(section, orientation, role)


def _row(line: ClassLine, children: tuple[TreeRow, ...], *, strong: bool) -> TreeRow:
    """Prepare a row; groups and rows at the top level are bold."""
    drift = line.drift
    name = class_name(line.node)
    tag = _tr("{0} fixed").format(words.dollars(line.fixed)) if line.fixed else ""
    cells: tuple[Cell, ...] = (
        {DISPLAY: name, SPOKEN: f"{name}, {tag}" if tag else name, CLASS_ROLE: _swatch(line), TAG_ROLE: tag},
        {DISPLAY: words.dollars(line.dollars), SORT_ROLE: drift.value},
        {DISPLAY: words.percent(line.percent), SORT_ROLE: drift.weight},
        _target_cell(line),
        _points_cell(line),
        _dollars_cell(line),
        _band_cell(drift),
        _state_cell(drift),
    )
    return TreeRow(line.node.value, line, tuple({STRONG_ROLE: strong, **cell} for cell in cells), children)


def _swatch(line: ClassLine) -> object:
    """Return what the swatch stands for; groups of several colours have none."""
    if line.family is None:
        return None
    return line.family if line.node is AssetClass.SHORT_TERM else line.node


def _target_cell(line: ClassLine) -> Cell:
    if line.target_percent is None:
        return {DISPLAY: ""}
    return {
        DISPLAY: words.percent(line.target_percent),
        SORT_ROLE: line.drift.target,
        COLOR_ROLE: "muted",
    }


def _points_cell(line: ClassLine) -> Cell:
    if line.points is None:
        return {DISPLAY: ""}
    state = line.drift.state
    off = state is not None and state is not BandState.INSIDE
    color = state_color_name(state) if state is not None and off else "text"
    cell = {DISPLAY: words.points(line.points), SORT_ROLE: line.drift.drift, COLOR_ROLE: color}
    return {**cell, STRONG_ROLE: True} if off else cell


def _dollars_cell(line: ClassLine) -> Cell:
    if line.drift_dollars is None:
        return {DISPLAY: ""}
    return {
        DISPLAY: words.dollars(line.drift_dollars, plus=True),
        SORT_ROLE: line.drift.drift_value,
        COLOR_ROLE: "text" if line.children or line.family is None or line.fixed else "muted",
    }


def _band_cell(drift: ClassDrift) -> Cell:
    if drift.target is None or drift.band is None or drift.state is None:
        return {DISPLAY: None}
    low, high = max(drift.target - drift.band, ZERO), drift.target + drift.band
    return {
        DISPLAY: None,
        BAND_ROLE: BandValue(low, drift.target, high, _signed_use(drift), drift.state),
        SORT_ROLE: drift.used,
        SPOKEN: _tr("Band from {0} to {1}").format(words.percent(low), words.percent(high)),
    }


def _signed_use(drift: ClassDrift) -> Decimal:
    used = drift.used or ZERO
    return used.copy_negate() if drift.drift is not None and drift.drift < 0 else used


def _state_cell(drift: ClassDrift) -> Cell:
    if drift.state is None:
        return {DISPLAY: ""}
    word = words.state_word(drift.state)
    above = drift.drift is None or drift.drift >= 0
    spoken = word
    if drift.state is not BandState.INSIDE:
        spoken = _tr("{0}, above target").format(word) if above else _tr("{0}, below target").format(word)
    return {
        DISPLAY: word,
        STATE_ROLE: StateValue(drift.state, above),
        SORT_ROLE: drift.used,
        SPOKEN: spoken,
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("DriftTreeModel", text)
