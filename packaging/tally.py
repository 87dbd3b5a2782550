"""What a run of mutations found, counted over all cores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What a share of the run found."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the findings of another share."""
        self.counts += other.counts
        self.slowest = max(self.slowest, other.slowest)
        self.faults += other.faults
