"""Telling how far a reading has come, and letting it be stopped."""

from __future__ import annotations

from collections.abc import Callable

Watch = Callable[[float], None]
"""Told the share done, 0 to 1; may raise `CancelledError`, which ends the reading."""


def unwatched(_share: float) -> None:
    """Watch for readings nobody waits for."""


def part(watch: Watch, start: float, end: float) -> Watch:
    """Return a watch for a step that is the part of the whole from `start` to `end`."""
    if watch is unwatched:
        return unwatched
    return lambda share: watch(start + (end - start) * share)
