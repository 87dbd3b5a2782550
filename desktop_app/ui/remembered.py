"""What a window remembers of files: the households opened before, and where statements come from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.settings import MOST_RECENT, Preferences
from desktop_app.storage import is_folder, is_there

from .files import Files
from .importing import StatementImporter


class Remembering(Protocol):
    """What is needed of the window."""

    files: Files
    importer: StatementImporter
    preferences: Preferences

    def use_preferences(self, preferences: Preferences) -> None:
        """Take over preferences and let them be kept."""


class Remembered(QObject):
    """Notes which households were in the window and where the last statement came from."""

    def __init__(self, window: Remembering, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        window.importer.folder_chosen.connect(self._note_folder)

    def note_document(self) -> None:
        """Put the household in the window at the top of the list, once it has a file."""
        store, preferences = self._window.files.store, self._window.preferences
        if store.is_there and preferences.recent_documents[:1] != (store.path,):
            others = (path for path in preferences.recent_documents if path != store.path)
            recent = (store.path, *others)[:MOST_RECENT]
            self._window.use_preferences(replace(preferences, recent_documents=recent))

    def fill_menu(self, menu: QMenu) -> None:
        """List the other households that are still where they were, the last one first."""
        present = self._window.files.store.path
        known = [path for path in self._window.preferences.recent_documents if path != present]
        names = [path.name for path in known]
        for path in filter(is_there, known):
            is_alone = names.count(path.name) == 1
            words = path.stem if is_alone else f"{path.stem} – {path.parent}"
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, chosen=path: self._window.files.open(chosen))
        if menu.isEmpty():
            menu.addAction(self.tr("No other household yet")).setEnabled(False)

    def _note_folder(self, folder: Path) -> None:
        self._window.use_preferences(replace(self._window.preferences, statement_folder=folder))


def statement_folder(kept: Path | None) -> Path:
    """Return where to look for statements: where the last one was, else where browsers put downloads."""
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    places = (kept, Path(downloads) if downloads else None)
    return next((place for place in places if place is not None and is_folder(place)), Path.home())
