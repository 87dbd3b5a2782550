"""Work on its way: done off the interface thread, told how far it is, stopped at will; the latest wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import partial
from itertools import count
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.domain.errors import UserError
from desktop_app.domain.records import dataclass
from desktop_app.domain.sources import CancelledError
from desktop_app.ui.tasks import TaskRunner

T = TypeVar("T")

PATIENCE = 500
"""Milliseconds a job takes before its progress is shown; nearly all are over by then."""


@dataclass(slots=True)
class _Current:
    """The job at hand, None when there is none, and what stops it."""

    job: int | None = None
    stop: Event = field(default_factory=Event)


class LatestWork(QObject):
    """Does one job at a time; another one stops it, and so does the end of whoever asked for it.

    Signals: `slow()` when it takes longer than `PATIENCE`, `progressed(float)` the share that is
    done.
    """

    slow = Signal()
    progressed = Signal(float)
    _told = Signal(int, float)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._current = current = _Current()
        self._numbers = count(1)
        self._number = 0
        self._is_slow = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._on_patience)
        self._told.connect(self._on_told)
        self.destroyed.connect(lambda: _give_up(runner, current))

    @property
    def is_busy(self) -> bool:
        """Whether something is being worked out."""
        return self._current.job is not None

    @property
    def is_slow(self) -> bool:
        """Whether something is being worked out and takes its time."""
        return self.is_busy and self._is_slow

    def start(
        self,
        job: Callable[[Callable[[float], None]], T],
        done: Callable[[T], None],
        refused: Callable[[UserError], None],
    ) -> None:
        """Do a job, stopping the one before it. It tells the share that is done to what it is given."""
        self.drop()
        self._current.stop = Event()
        self._number = next(self._numbers)
        tell = partial(_tell, self._current.stop, partial(self._told.emit, self._number))
        self._patience.start()
        self._current.job = self._runner.start(
            lambda: job(tell), partial(self._end, done), partial(self._end, refused)
        )

    def drop(self) -> None:
        """Stop what is being worked out; nobody is told of a result."""
        if _give_up(self._runner, self._current):
            self._rest()

    def _end(self, then: Callable[[T], None], answer: T) -> None:
        self._rest()
        then(answer)

    def _rest(self) -> None:
        self._current.job = None
        self._is_slow = False
        self._patience.stop()

    def _on_patience(self) -> None:
        self._is_slow = True
        self.slow.emit()

    @Slot(int, float)
    def _on_told(self, number: int, share: float) -> None:
        """Hand the progress of the present job on; late words of an older one are dropped."""
        if number == self._number and self.is_busy:
            self.progressed.emit(share)


def _give_up(runner: TaskRunner, current: _Current) -> bool:
    """Stop a job, so that nobody hears of it; returns whether there was one."""
    current.stop.set()
    if current.job is not None:
        runner.drop(current.job)
    return current.job is not None


def _tell(stop: Event, tell: Callable[[float], None], share: float) -> None:
    """Pass a share on; raises `CancelledError` once the job was stopped. Runs on the job's own thread."""
    if stop.is_set():
        raise CancelledError
    tell(share)
