"""Rules of when to rebalance and how far back, each a small value that decides at a look."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from operator import sub
from typing import Protocol

from desktop_app.domain.records import dataclass

Shares = Sequence[float]
"""Weights of the series held, fractions of 1 that add to 1."""

EVERY_MONTH = frozenset(range(1, 13))
QUARTERS = frozenset({3, 6, 9, 12})
HALF_YEARS = frozenset({6, 12})
DECEMBER = frozenset({12})
JUNE = frozenset({6})


class Trade(Protocol):
    """Decides at a look: the weights to trade to, or None to leave things alone."""

    def __call__(self, now: Shares, target: Shares) -> Shares | None:
        """Return the weights after trading, adding to 1, or None."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule with its name for people; it looks at the end of the months (1–12) in `months`.

    In a yearly table every year counts as a December.
    """

    name: str
    months: frozenset[int]
    trade: Trade


def to_target(now: Shares, target: Shares) -> Shares:  # noqa: ARG001 - every rule is asked alike
    """Go back to target at every look, whatever the drift."""
    return target


@dataclass(frozen=True, slots=True)
class Threshold:
    """To target when some class is `points` (fraction of the whole) or more away; the edge counts.

    `relative` narrows that to a share of the class's target where this is less, as in 5/25 (Swedroe).
    """

    points: float
    relative: float | None = None

    def __call__(self, now: Shares, target: Shares) -> Shares | None:
        """Return the target when a class has reached its threshold."""
        if self.relative is None:
            return target if max(map(abs, map(sub, now, target))) >= self.points else None
        for weight, goal in zip(now, target, strict=True):
            width = min(self.points, self.relative * goal)
            if weight - goal >= width or goal - weight >= width:
                return target
        return None


@dataclass(frozen=True, slots=True)
class BackInside:
    """When some class is `points` or more away, draw all back until the farthest is `destination` away.

    Vanguard's target-date funds since December 2024: 2.00 and 1.75 points.
    """

    points: float
    destination: float

    def __call__(self, now: Shares, target: Shares) -> Shares | None:
        """Return the weights drawn back, or None."""
        farthest = max(abs(weight - goal) for weight, goal in zip(now, target, strict=True))
        if farthest < self.points:
            return None
        scale = self.destination / farthest
        return [goal + (weight - goal) * scale for weight, goal in zip(now, target, strict=True)]


@dataclass(frozen=True, slots=True)
class HalfBand:
    """Daryanani (Journal of Financial Planning, January 2008): act on classes outside a relative band only.

    A class more than `relative` of its target away goes to half that distance; the classes inside
    share what is left over in proportion to how far they stand on the other side of their targets. Where
    they cannot take it up, all classes are drawn back alike until each is within half its band.
    """

    relative: float

    def __call__(self, now: Shares, target: Shares) -> Shares | None:
        """Return the weights after trading the classes outside, or None."""
        half = self.relative / 2
        after = list(now)
        inside = []
        for place, (weight, goal) in enumerate(zip(now, target, strict=True)):
            if abs(weight - goal) > self.relative * goal:
                after[place] = goal * (1 + half if weight > goal else 1 - half)
            else:
                inside.append(place)
        if len(inside) == len(after):
            return None
        missing = 1 - fsum(after)
        room = {place: (target[place] - now[place]) * missing for place in inside}
        room = {place: share for place, share in room.items() if share > 0}
        whole = fsum(room.values())
        for place, share in room.items():
            after[place] += missing * share / whole
        if whole and min(after) >= 0:
            return after
        away = [abs(weight - goal) for weight, goal in zip(now, target, strict=True)]
        scale = min(half * goal / far for far, goal in zip(away, target, strict=True) if far)
        return [goal + (weight - goal) * scale for weight, goal in zip(now, target, strict=True)]


NEVER = Policy("never", frozenset(), to_target)
MONTHLY = Policy("monthly", EVERY_MONTH, to_target)
YEARLY = Policy("yearly (December)", DECEMBER, to_target)

POLICIES = (
    NEVER,
    MONTHLY,
    Policy("quarterly", QUARTERS, to_target),
    Policy("half-yearly (June, December)", HALF_YEARS, to_target),
    YEARLY,
    Policy("5 points, checked monthly", EVERY_MONTH, Threshold(0.05)),
    Policy("10 points, checked monthly", EVERY_MONTH, Threshold(0.10)),
    Policy("5/25, checked monthly", EVERY_MONTH, Threshold(0.05, relative=0.25)),
    Policy("20 % relative to half band, checked monthly", EVERY_MONTH, HalfBand(0.20)),
    Policy("2.00 back to 1.75 points, checked monthly", EVERY_MONTH, BackInside(0.02, 0.0175)),
)
"""The rules that are compared."""
