"""A fitted tree that goes on below itself where its columns have no room beside each other."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .fitted_tree import FittedTree


class PartedTree(FittedTree):
    """Shows the columns that have room; `further` are the columns and widths of the parts below.

    Every part begins with the first column again. `parted()` tells that the parts may be others. The parts
    below are shown by `TreeParts`; subclasses say in `wanted_widths` what all columns would take.
    """

    parted = Signal()
    beginnings: tuple[int, ...] = ()
    """Columns with which those begin that belong together and are kept so where they have room."""
    further: list[dict[int, int]]

    def wanted_widths(self, room: int) -> dict[int, int]:
        """Return the columns to show, in order, with the widths they need; `room` pixels are there."""
        return super().column_widths(room)

    def column_widths(self, room: int) -> dict[int, int]:
        """Return the columns of the first part."""
        first, *self.further = parts_of(self.wanted_widths(room), room, self.beginnings)
        return first

    def fit(self) -> None:
        """Share out the width, here and then in the parts below."""
        super().fit()
        self.parted.emit()


class TreeParts(QWidget):
    """A parted tree with its further parts below it; a row chosen in one is chosen in all."""

    def __init__(self, lead: PartedTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = lead
        self._parts: list[_Part] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(lead)
        lead.parted.connect(self._follow)
        lead.fit()

    def _follow(self) -> None:
        further = self._lead.further
        while len(self._parts) < len(further):
            part = _Part(self._lead, self)
            self._parts.append(part)
            self._column.addWidget(part)
        for place, part in enumerate(self._parts):
            part.setVisible(place < len(further))
            part.show_columns(further[place] if place < len(further) else {})


class _Part(FittedTree):
    """Some columns of another tree, told which."""

    def __init__(self, lead: PartedTree, parent: QWidget) -> None:
        self._shown: dict[int, int] = {}
        super().__init__(lead.model(), lead.designed, parent=parent, row_height=lead.designed_row)
        self.setSelectionModel(lead.selectionModel())
        self.setAccessibleName(self.tr("{0}, continued").format(lead.accessibleName()))
        for column in lead.designed:
            delegate = lead.itemDelegateForColumn(column)
            if delegate is not None:
                self.setItemDelegateForColumn(column, type(delegate)(self))

    def show_columns(self, widths: dict[int, int]) -> None:
        """Show other columns; Qt measures the rows anew, as it may have done so while none was shown."""
        are_others = list(widths) != list(self._shown)
        self._shown = widths
        self.fit()
        if widths and are_others:
            self.doItemsLayout()

    def column_widths(self, _room: int) -> dict[int, int]:
        """Return the columns told."""
        return dict(self._shown)

    def _share_out(self, widths: dict[int, int], spare: int) -> None:
        """Leave an empty part alone."""
        if widths:
            super()._share_out(widths, spare)


def parts_of(widths: dict[int, int], room: int, beginnings: tuple[int, ...]) -> list[dict[int, int]]:
    """Deal columns out to parts no wider than `room`, each led by the first column."""
    (lead, width), *others = widths.items()
    parts = [{lead: width}]
    groups = groupby(others, key=lambda item: sum(first <= item[0] for first in beginnings))
    for group in (list(columns) for _, columns in groups):
        taken = [group] if sum(needed for _, needed in group) <= room - width else [[item] for item in group]
        for columns in taken:
            needed = sum(each for _, each in columns)
            if len(parts[-1]) > 1 and sum(parts[-1].values()) + needed > room:
                parts.append({lead: width})
            parts[-1].update(columns)
    return parts
