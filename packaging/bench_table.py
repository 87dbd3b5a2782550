"""One row of the table of speed and size, and how times are summed up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured against which mark; `held` is None where nothing was measured, `why` says why."""

    what: str
    reach: str
    measured: str = ""
    held: bool | None = None
    why: str = ""

    def line(self) -> str:
        """Return the row as text."""
        if self.held is None:
            return f"{self.what:<48} {self.reach:>11}   not measured yet: {self.why}"
        return f"{self.what:<48} {self.reach:>11}   {self.measured}{'' if self.held else '   MISSED'}"


def p95(times: Sequence[float]) -> float:
    """Return the time that 95 of 100 runs stay within (the nearest rank)."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)]
