"""A file as rows of text cells that remember which line they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.domain.issues import Issue


class Line(NamedTuple):
    """One row: its line in the file (from 1), its cells, and the text as it stands there."""

    number: int
    cells: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one text file or of one sheet; `sheet` is empty for text files.

    `issues` is what taking the file apart already showed.
    """

    lines: Sequence[Line]
    sheet: str = ""
    issues: tuple[Issue, ...] = ()


def filled(cells: list[str]) -> list[str]:
    """Return the cells that hold something, trimmed."""
    return [text for cell in cells if (text := cell.strip())]
