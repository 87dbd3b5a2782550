"""Where the slices of a ring lie; plain numbers, no painting."""

from __future__ import annotations

import math
from collections.abc import Sequence

from desktop_app.domain.records import dataclass

OUTER = 26.0
GAP = 4.0
INNER = 12.0
STAND_OUT = 4.0
PARTING = 2.0
DESIGN_RADIUS = 97.5
"""Radius in pixels at which the thicknesses above hold; other sizes scale with it."""


@dataclass(frozen=True, slots=True)
class RingGeometry:
    """Centre and outer radius in pixels; angles are turns of 1, clockwise from 12 o'clock."""

    x: float
    y: float
    radius: float

    @classmethod
    def fit(cls, width: float, height: float) -> RingGeometry:
        """Return the largest ring in a rectangle that leaves room for the standing-out slice."""
        return cls(width / 2, height / 2, max(min(width, height) / 2 - STAND_OUT - 0.5, 1.0))

    @property
    def scale(self) -> float:
        """Thickness compared with the design's."""
        return self.radius / DESIGN_RADIUS

    @property
    def outer_band(self) -> tuple[float, float]:
        """Inner and outer radius of the outer ring."""
        return self.radius - OUTER * self.scale, self.radius

    @property
    def inner_band(self) -> tuple[float, float]:
        """Inner and outer radius of the inner ring."""
        top = self.radius - (OUTER + GAP) * self.scale
        return top - INNER * self.scale, top

    def turn_at(self, x: float, y: float) -> float:
        """Return the angle of a point in turns, 0 to 1."""
        return (math.atan2(x - self.x, self.y - y) / math.tau) % 1.0

    def band_at(self, x: float, y: float, *, with_inner: bool) -> str | None:
        """Tell which ring a point lies in: "outer", "inner" or None."""
        away = math.hypot(x - self.x, y - self.y)
        low, high = self.outer_band
        if low <= away <= high + STAND_OUT:
            return "outer"
        low, high = self.inner_band
        return "inner" if with_inner and low <= away <= high else None


def slice_at(shares: Sequence[float], turn: float) -> int | None:
    """Return the index of the slice that covers a turn, None outside all (an empty ring)."""
    end = 0.0
    for i, share in enumerate(shares):
        end += share
        if turn < end and share > 0:
            return i
    return None
