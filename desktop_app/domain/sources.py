"""Where a statement comes from: a file, an entry of an archive, or something pasted."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from .language import translator
from .records import dataclass

_tr = translator("Sources")

TYPED = "Typed by hand"
"""What stands for the file of holdings that were typed; kept in English in every document."""


def source_words(file: str) -> str:
    """Return what people call the file of a statement."""
    return _tr(TYPED) if file == TYPED else file


@dataclass(frozen=True, slots=True)
class StatementSource:
    """One thing to read as a statement.

    `name` is what the user sees; `path` the file on disk (None for pasted things); `member` the entry
    inside a zip archive at `path`; `text` a pasted table as text, `html` as a web page gave it. A password
    is kept only while the file is looked at and never shown.
    """

    name: str
    path: Path | None = None
    member: str = ""
    text: str = ""
    html: str = ""
    password: str | None = field(default=None, repr=False)


class CancelledError(Exception):
    """The user stopped a reading; nobody is told more than that."""
