"""Lets whoever waits for a plan see how far it is and stop it; keeps the whole plan within its time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field

from desktop_app.domain.records import dataclass

LONGEST = 10.0
"""Seconds after which a plan ends with the best one found."""
LEAST = 0.05
"""Seconds a search gets even when the time is up, to end with a plan at all."""
PAUSE = 0.05
"""Seconds between two reports."""

Tell = Callable[[float], None]


@dataclass(slots=True)
class _Watch:
    tell: Tell | None
    is_patient: bool = True
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began


_now: ContextVar[_Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(tell: Tell | None, *, is_patient: bool = True) -> Iterator[None]:
    """Watch everything searched inside; `tell` gets the share of the longest time that is gone (0 to 1).

    It may raise `CancelledError` to stop the search, which comes out here. Who is not patient gets the best
    plan found at once, where looking further takes long and finds little.
    """
    token = _now.set(_Watch(tell, is_patient))
    try:
        yield
    finally:
        _now.reset(token)


def is_watched() -> bool:
    """Return whether somebody wants to be told."""
    watch = _now.get()
    return watch is not None and watch.tell is not None


def is_patient() -> bool:
    """Return whether a search may take the longest time."""
    watch = _now.get()
    return watch is None or watch.is_patient


def look() -> None:
    """Report how far the search is, unless that was done just now; raises what the listener raises."""
    watch = _now.get()
    if watch is None or watch.tell is None:
        return
    gone = watch.elapsed
    if not watch.told or gone - watch.told >= PAUSE:
        watch.told = gone
        watch.tell(min(gone / LONGEST, 1.0))


def seconds_left(most: float) -> float:
    """Return the seconds a search may take: `most`, or what is left of the longest time."""
    watch = _now.get()
    return most if watch is None else max(min(most, LONGEST - watch.elapsed), LEAST)
