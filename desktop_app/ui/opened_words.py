"""What to say of a household that was just opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop_app.workflow.documents import Opened
from desktop_app.workflow.whereabouts import whereabouts


def opened_words(opened: Opened, kept: Path | None, *, is_bared: bool) -> str:
    """Say where the window's own was `kept`, what was mended, and what to know about the file's place.

    `is_bared` says that the file was sealed when it was seen last, and is open to everybody now.
    """
    tr = QCoreApplication.translate
    told = [opened.message, *whereabouts(opened.store).warnings]
    if is_bared:
        told.insert(0, _bared_words(opened.store.path))
    if kept is not None:
        words = tr("Files", "What this window showed is kept as “{0}” beside it.")
        if is_bared:
            words = tr(
                "Files",
                "What this window showed is kept as “{0}” beside it, under the passphrase it had here.",
            )
        told.insert(0, words.format(kept.name))
    return "\n\n".join(words for words in told if words)


def dropped_words() -> str:
    """Say what became of what was begun in a household that another passphrase opens now."""
    return QCoreApplication.translate(
        "Files",
        "This household has another passphrase now than when it was locked. What was begun here before is "
        "not shown under it, and was dropped.",
    )


def _bared_words(path: Path) -> str:
    return QCoreApplication.translate(
        "Files",
        "“{0}” has no passphrase any more: another program took it off, or put another file in its place. "
        "Everybody who can read your files can read it. If that is not what you want, set a passphrase with "
        "File, Passphrase.",
    ).format(path.name)
