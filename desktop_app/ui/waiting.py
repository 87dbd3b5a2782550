"""The preview that is neither imported nor cancelled: it waits while other pages are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.household import Household
from desktop_app.domain.records import dataclass

from .boxes import ask

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from desktop_app.workflow.statements import ImportPreview

    from .pages.import_preview import ImportPreviewPage


@dataclass(frozen=True, slots=True)
class _Held:
    """A preview of a locked document: what was asked in it, whether its page was in front, and what would be
    lost without importing.
    """

    path: Path
    preview: ImportPreview
    matched: frozenset[tuple[int, int]]
    shown: bool
    would_lose: str


class WaitingImport(QObject):
    """Brings previews to their page; one that waits there is never dropped unasked.

    Signals: `wanted()` when the page is to be shown.
    """

    wanted = Signal()

    def __init__(self, window: QWidget, page: Callable[[], ImportPreviewPage]) -> None:
        super().__init__(window)
        self._window = window
        self._make = page
        self._page: ImportPreviewPage | None = None
        self._box: QMessageBox | None = None
        self._held: _Held | None = None

    @property
    def is_open(self) -> bool:
        """Whether a preview waits."""
        return self._page is not None and self._page.is_open

    @property
    def files(self) -> str:
        """The names of the files that wait, "" when none do."""
        if self._page is None or not self._page.is_open:
            return ""
        preview = self._page.preview
        names = [statement.source for statement in preview.statements]
        names += [problem.file for problem in preview.problems]
        more = len(names) - 1
        return self.tr("{0} and {1} more").format(names[0], more) if more else names[0]

    def take(self, preview: ImportPreview) -> None:
        """Show a new preview; where another one waits, ask what becomes of it."""
        if self._page is None:
            self._page = self._make()
        if self._box is not None:
            self._box.close()
        if not self._page.is_open or not _is_worth_keeping(self._page.preview):
            self._replace(preview)
        elif not preview.statements:
            self._add(preview)
        else:
            self._ask(preview)

    def hold(self, path: Path, *, shown: bool) -> None:
        """Keep what waits, out of sight and without the household, while the document at `path` is locked.

        The answers stay with it; `shown` tells whether its page was in front.
        """
        self._held = None
        if self._page is not None and self._page.is_open:
            preview, matched = self._page.stand
            self._held = _Held(
                path, replace(preview, household=Household()), matched, shown, self._page.would_lose
            )
            self._page.clear()

    def bring_back(self, path: Path, household: Household) -> None:
        """Let what was kept wait again beside its document; where another one was opened, drop it."""
        held, self._held = self._held, None
        if held is None or held.path != path:
            return
        from desktop_app.workflow.preview import into

        if self._page is None:
            self._page = self._make()
        self._page.show_preview(into(held.preview, household), held.matched)
        if held.shown:
            self.wanted.emit()

    @property
    def would_lose(self) -> str:
        """Say what would be lost without importing what waits or is kept out of sight, "" for nothing."""
        if self._held is not None:
            return self._held.would_lose
        return "" if self._page is None else self._page.would_lose

    def drop(self) -> None:
        """Drop what is kept out of sight."""
        self._held = None

    def forget(self) -> None:
        """Drop what waits: its household is no longer the one in the window."""
        if self._box is not None:
            self._box.close()
        if self._page is not None:
            self._page.forget()

    def _ask(self, preview: ImportPreview) -> None:
        self.wanted.emit()
        self._box = ask(
            self._window,
            self.tr("Import"),
            self.tr("Replace the preview of {0}?").format(self.files),
            self.tr("It is not imported yet. You can also look at all files together."),
            (
                (self.tr("Look at all together"), lambda: self._add(preview)),
                (self.tr("Replace it"), lambda: self._replace(preview)),
            ),
            self.tr("Keep it"),
        )
        self._box.finished.connect(self._forget_box)

    def _forget_box(self) -> None:
        self._box = None

    def _replace(self, preview: ImportPreview) -> None:
        if self._page is not None:
            self._page.show_preview(preview)
        self.wanted.emit()
        if self._page is not None:
            self._page.ask_for_columns()

    def _add(self, preview: ImportPreview) -> None:
        if self._page is not None:
            self._page.add_preview(preview)
        self.wanted.emit()


def _is_worth_keeping(preview: ImportPreview) -> bool:
    """Tell whether something would be lost with a preview: holdings, or a question that helps to read."""
    from desktop_app.workflow.statements import Need

    return bool(preview.statements) or any(each.needs is not Need.NOTHING for each in preview.problems)
