"""The stretch of a scale that several charts show together, and the place that is read out on all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

ZOOM_STEP = 1.25
"""How much one step of the wheel or one key stretches the scale."""

PAN_STEP = 0.1
"""The part of what is shown by which one key moves."""


class ChartSpan(QObject):
    """Numbers of the x axis (days, counted as `date.toordinal` does, or ages) shared by the charts of a page.

    `places` are the x with something to read out, rising; `cursor` is the index of one of them or -1.
    Nothing narrower than `least` is shown. Reading begins at the last place shown, or `from_first`.
    Signals: `range_changed()` when another stretch is shown, `cursor_changed(int)` when
    another place is read out.
    """

    range_changed = Signal()
    cursor_changed = Signal(int)

    def __init__(
        self, parent: QObject | None = None, *, least: float = 28.0, from_first: bool = False
    ) -> None:
        super().__init__(parent)
        self._from_first = from_first
        self._least = least
        self._places: tuple[float, ...] = ()
        self._low, self._high = 0.0, 1.0
        self._cursor = -1
        self._until: float | None = None

    @property
    def places(self) -> tuple[float, ...]:
        """The x with something to read out."""
        return self._places

    @property
    def low(self) -> float:
        """The x at the left edge."""
        return self._low

    @property
    def high(self) -> float:
        """The x at the right edge."""
        return self._high

    @property
    def cursor(self) -> int:
        """The index of the place that is read out, -1 for none."""
        return self._cursor

    @property
    def first(self) -> float:
        """The smallest x there is."""
        return self._places[0] if self._places else 0.0

    @property
    def last(self) -> float:
        """The largest x there is; at least a little beyond the first."""
        if not self._places:
            return 1.0
        return max(self._places[-1], self.first + self._least, self._until or 0.0)

    @property
    def shows_all(self) -> bool:
        """Whether nothing lies beyond the edges."""
        return self._low <= self.first and self._high >= self.last

    def set_places(self, places: Sequence[float], until: float | None = None) -> None:
        """Take other places (rising) and show all of them; nothing is read out.

        `until` is where the scale ends when something stands beyond the last place.
        """
        self._places = tuple(places)
        self._until = until
        self._move(self.first, self.last)
        self.set_cursor(-1)

    def show(self, low: float, high: float) -> None:
        """Show a stretch, held inside what there is and never narrower than the least."""
        whole = self.last - self.first
        width = min(max(high - low, min(self._least, whole)), whole)
        middle = (low + high) / 2
        start = min(max(middle - width / 2, self.first), self.last - width)
        self._move(start, start + width)

    def show_all(self) -> None:
        """Show everything."""
        self._move(self.first, self.last)

    def show_last(self, width: float) -> None:
        """Show the last `width` of the scale."""
        self.show(self.last - width, self.last)

    def zoom(self, steps: float, about: float | None = None) -> None:
        """Come closer by a number of steps (negative: step back), `about` staying where it is."""
        factor = ZOOM_STEP**-steps
        middle = (self._low + self._high) / 2 if about is None else about
        width = (self._high - self._low) * factor
        whole, least = self.last - self.first, min(self._least, self.last - self.first)
        width = min(max(width, least), whole)
        part = (middle - self._low) / (self._high - self._low)
        self.show(middle - width * part, middle + width * (1 - part))

    def pan(self, distance: float) -> None:
        """Move what is shown by a distance, as far as there is something."""
        width = self._high - self._low
        start = min(max(self._low + distance, self.first), self.last - width)
        self._move(start, start + width)

    def set_cursor(self, index: int) -> None:
        """Read out another place, -1 for none."""
        wanted = index if 0 <= index < len(self._places) else -1
        if wanted != self._cursor:
            self._cursor = wanted
            self.cursor_changed.emit(wanted)

    def step_cursor(self, steps: int) -> None:
        """Read out the place `steps` further; the view follows it. Without one, start at an end."""
        if not self._places:
            return
        if self._cursor < 0:
            self.set_cursor(self.nearest(self._low if self._from_first else self._high))
        else:
            self.set_cursor(min(max(self._cursor + steps, 0), len(self._places) - 1))
        self._follow()

    def nearest(self, x: float) -> int:
        """Return the index of the place nearest to `x`, -1 without places."""
        if not self._places:
            return -1
        at = bisect_left(self._places, x)
        near = [i for i in (at - 1, at) if 0 <= i < len(self._places)]
        return min(near, key=lambda i: abs(self._places[i] - x))

    def shown_places(self) -> range:
        """Return the indices of the places inside the edges."""
        inside = [i for i, x in enumerate(self._places) if self._low <= x <= self._high]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    def _follow(self) -> None:
        x = self._places[self._cursor]
        if x < self._low:
            self.pan(x - self._low)
        elif x > self._high:
            self.pan(x - self._high)

    def _move(self, low: float, high: float) -> None:
        if (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self.range_changed.emit()
