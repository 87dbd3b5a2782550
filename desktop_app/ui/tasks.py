"""Work off the interface thread: pure functions on a pool, answers on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from desktop_app.domain.errors import BugError, UserError
from desktop_app.domain.records import dataclass
from desktop_app.domain.sources import CancelledError


@dataclass(frozen=True, slots=True)
class _Callbacks:
    done: Callable[[Any], None]
    refused: Callable[[UserError], None] | None
    faulted: Callable[[], None] | None


class _Job(QRunnable):
    def __init__(self, number: int, work: Callable[[], object], runner: TaskRunner) -> None:
        super().__init__()
        self._number = number
        self._work = work
        self._runner = runner

    def run(self) -> None:
        """Do the work and hand its result or its failure to the runner; runs on a pool thread."""
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 - carried to the main thread, which raises or shows it
            self._runner.failed.emit(self._number, error)
        else:
            self._runner.finished.emit(self._number, result)


class TaskRunner(QObject):
    """Runs jobs and calls back on the thread it lives on (the main one).

    A job is a function without arguments. Callbacks are registered before it starts. `drop` forgets a
    job's callbacks, so that a late answer changes nothing; a job that ends with `CancelledError` was
    stopped on purpose and calls nobody.
    """

    finished = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._waiting: dict[int, _Callbacks] = {}
        self._dropped: dict[int, Callable[[], None]] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self.finished.connect(self._on_finished)
        self.failed.connect(self._on_failed)

    def start(
        self,
        work: Callable[[], object],
        done: Callable[[Any], None],
        refused: Callable[[UserError], None] | None = None,
        faulted: Callable[[], None] | None = None,
    ) -> int:
        """Run `work` on the pool; `done` gets its result, `refused` a `UserError`.

        Any other exception is a fault of our own: `faulted` is called, so that nothing waits for ever, and
        the exception goes to the box for such faults. Returns the job's number for `drop`.
        """
        number = next(self._numbers)
        self._waiting[number] = _Callbacks(done, refused, faulted)
        self._pool.start(_Job(number, work, self))
        return number

    def drop(self, number: int, ended: Callable[[], None] | None = None) -> None:
        """Forget a job: its answer will be thrown away. `ended` is called once it has really stopped."""
        was_waiting = self._waiting.pop(number, None) is not None
        if was_waiting and ended is not None:
            self._dropped[number] = ended

    def _end_dropped(self, number: int) -> None:
        ended = self._dropped.pop(number, None)
        if ended is not None:
            ended()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still awaited."""
        return bool(self._waiting)

    def wait(self) -> None:
        """Block until every started job has run (used on quitting)."""
        self._pool.waitForDone()

    @Slot(int, object)
    def _on_finished(self, number: int, result: object) -> None:
        self._end_dropped(number)
        callbacks = self._waiting.pop(number, None)
        if callbacks is not None:
            callbacks.done(result)

    @Slot(int, object)
    def _on_failed(self, number: int, error: BaseException) -> None:
        self._end_dropped(number)
        callbacks = self._waiting.pop(number, None)
        if callbacks is None:
            return
        if isinstance(error, CancelledError):
            return
        if isinstance(error, UserError) and callbacks.refused is not None:
            callbacks.refused(error)
            return
        if callbacks.faulted is not None:
            callbacks.faulted()
        if isinstance(error, SystemExit):  # raised here it would end the program without a word
            raise BugError("A job asked the program to end.") from error
        raise error
