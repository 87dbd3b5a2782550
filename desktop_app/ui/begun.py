"""What was begun on a page and is in no document yet: told before the window would leave it behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from .pages.import_preview import ImportPreviewPage
    from .pages.targets import TargetsPage
    from .window_pages import Pages


def begun_words(pages: Pages) -> str:
    """Say what would be lost if the window left the document now; "" for nothing."""
    preview = cast("ImportPreviewPage | None", pages.made("preview"))
    targets = cast("TargetsPage | None", pages.made("targets"))
    found = ["" if preview is None else preview.would_lose]
    if targets is not None and targets.is_changed:
        found.append(
            QCoreApplication.translate("begun", "The target you changed is not saved and would be lost.")
        )
    return " ".join(words for words in found if words)
