"""The history of a desk as the charts and the table show it, worked out once and only as far as needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from desktop_app.domain.classes import AssetClass, ClassFamily
from desktop_app.domain.records import dataclass
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.history import History, HistoryPoint, history_of
from desktop_app.workflow.history_changes import Change, DriftChange, change_between, drift_change
from desktop_app.workflow.history_marks import HistoryMark, marks_of

from .drift_rows import family_of_node
from .history_words import DayMarks, day_marks

LONGEST = timedelta(days=3 * 366)
"""How far back the drift is parted: what moved it before is of no use now."""


@dataclass(frozen=True)
class HistoryView:
    """A history with its events; dollars and weights are exact until they are written."""

    history: History
    marks: tuple[HistoryMark, ...]

    @classmethod
    def of(cls, desk: Desk) -> HistoryView:
        """Work out the history of a desk."""
        return cls(history_of(desk.household), marks_of(desk.household, desk.today))

    @property
    def points(self) -> tuple[HistoryPoint, ...]:
        """The days with a statement."""
        return self.history.points

    @cached_property
    def xs(self) -> tuple[float, ...]:
        """The days as numbers of the date axis."""
        return tuple(float(point.day.toordinal()) for point in self.points)

    @cached_property
    def families(self) -> tuple[ClassFamily, ...]:
        """The families to show, in ring order."""
        return self.history.families

    @cached_property
    def classes(self) -> tuple[AssetClass, ...]:
        """The classes to show against their band, in tree order."""
        return self.history.classes()

    @cached_property
    def days(self) -> tuple[DayMarks, ...]:
        """The events from the first statement on, by day."""
        first = self.points[0].day if self.points else date.max
        return tuple(each for each in day_marks(self.marks) if each.day >= first)

    @property
    def until(self) -> float | None:
        """Where the date axis ends when something happened after the last statement."""
        return float(self.days[-1].day.toordinal()) if self.days else None

    @property
    def is_assumed(self) -> bool:
        """Whether some days are measured against a target that began later."""
        return any(point.assumed for point in self.points)

    def change(self, index: int) -> Change | None:
        """Return what changed since the statement before a point, None at the first."""
        if index <= 0 or index >= len(self.points):
            return None
        return change_between(self.points[index - 1], self.points[index])

    def happened(self, index: int) -> tuple[DayMarks, ...]:
        """Return the events after the statement before a point and up to its day."""
        before = self.points[index - 1].day if index else date.min
        return tuple(each for each in self.days if before < each.day <= self.points[index].day)

    @cached_property
    def drift_since(self) -> DriftChange | None:
        """Where the newest drift came from since the last rebalance or new target before it.

        Counted from the first statement after it, and never further back than `LONGEST`.
        """
        if len(self.points) < 2:
            return None
        earliest = self.points[-1].day - LONGEST
        begun = [mark.day for mark in self.marks if mark.day <= self.points[-2].day]
        start = max([earliest, *begun])
        points = [point for point in self.points[:-1] if point.day >= start] or [self.points[-2]]
        return drift_change((*points, self.points[-1]))

    def class_for(self, family: ClassFamily) -> AssetClass | None:
        """Return the class that shows a family, None where only a group with others does."""
        return next((node for node in self.classes if family_of_node(node) is family), None)

    def spells(self) -> Iterator[tuple[date, date, tuple[HistoryPoint, ...]]]:
        """Yield the stretches measured against one target each: from, to, and their points."""
        run: list[HistoryPoint] = []
        start: date | None = None
        for point in self.points:
            if run and _is_other(run[-1], point):
                turn = _turn(run[-1], point)
                yield start or run[0].day, turn, tuple(run)
                run, start = [], turn
            run.append(point)
        if run:
            yield start or run[0].day, run[-1].day, tuple(run)


def _is_other(before: HistoryPoint, after: HistoryPoint) -> bool:
    return before.target is not after.target or before.assumed != after.assumed


def _turn(before: HistoryPoint, after: HistoryPoint) -> date:
    """Return the day between two points on which another target came in force."""
    since = after.target.since if after.target is not None else None
    if since is not None and before.day < since <= after.day:
        return since
    until = before.target.until if before.target is not None else None
    if until is not None and before.day <= until < after.day:
        return until + timedelta(days=1)
    return after.day
