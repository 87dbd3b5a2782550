"""Says on standard error how far a plan is, and lets the interrupt key stop it."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desktop_app.domain.sources import CancelledError

PATIENCE = 2.0
"""Seconds without a word, and between two."""


class Waiting:
    """Who waits for a plan: `tell` is handed to the engine."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._is_stopped = False

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Hear the interrupt key; pressed once more it ends the program as ever."""
        del frame
        self._is_stopped = True
        signal.signal(signum, signal.default_int_handler)

    def tell(self, share: float) -> None:
        """Say how far the search is (0 to 1); raises `CancelledError` when it was stopped."""
        if self._is_stopped:
            raise CancelledError
        now = time.monotonic()
        if now - self._said >= PATIENCE:
            self._said = now
            sys.stderr.write(
                f"even-keel: still searching, {share:.0%} of the longest time is gone. Ctrl-C stops it.\n"
            )
            sys.stderr.flush()


@contextmanager
def waiting() -> Iterator[Waiting]:
    """Wait for a plan; the interrupt key is put back at the end."""
    wait = Waiting()
    try:
        before = signal.signal(signal.SIGINT, wait.stop)
    except ValueError:  # not in the main thread: there nobody can press a key
        yield wait
        return
    try:
        yield wait
    finally:
        signal.signal(signal.SIGINT, before)
