"""What was begun on a page and is in no document yet: told before the window would leave it behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop_app.workflow.target_draft import TargetDraft

    from .importing import StatementImporter
    from .pages.targets import TargetsPage
    from .pages.typing_dialog import TypedDraft
    from .waiting import WaitingImport
    from .window_pages import Pages


class BegunWork:
    """Knows what is begun; puts it away while the document is locked and brings it back beside it."""

    def __init__(
        self, window: QWidget, pages: Pages, importer: StatementImporter, waiting: WaitingImport
    ) -> None:
        self._window = window
        self._waiting = waiting
        self._pages = pages
        self._importer = importer
        self._path: Path | None = None
        self._target: TargetDraft | None = None
        self._typed: TypedDraft | None = None
        self._reading: Callable[[], object] | None = None

    def words(self) -> str:
        """Say what would be lost if the window left the document now; "" for nothing."""
        tr = QCoreApplication.translate
        found = [self._waiting.would_lose]
        targets = self._targets()
        if self._target is not None or (targets is not None and targets.is_changed):
            found.append(tr("begun", "The target you changed is not saved and would be lost."))
        if self._typed is not None:
            found.append(tr("begun", "The holdings you were typing would be lost."))
        return " ".join(words for words in found if words)

    def hold(self, path: Path) -> None:
        """Put away what was begun in the document at `path`, because that is locked now."""
        targets = self._targets()
        self._path = path
        self._target = None if targets is None else targets.hold()
        self._typed = self._importer.take_held()
        self._reading = self._importer.take_reading()

    def bring_back(self, path: Path) -> None:
        """Go on with what was put away; where another document was opened, forget it."""
        target, typed, read = self._target, self._typed, self._reading
        self.drop()
        if path != self._path:
            return
        targets = self._targets()
        if target is not None and targets is not None:
            targets.take_back(target)
        if typed is not None:
            self._importer.type_again(self._window, typed)
        if read is not None:
            read()

    def drop(self) -> None:
        """Forget what was put away: it belongs to no document that will be shown."""
        self._target = self._typed = self._reading = None

    def _targets(self) -> TargetsPage | None:
        return cast("TargetsPage | None", self._pages.made("targets"))
