"""A file as rows of text cells that remember which line they came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.domain.issues import Issue
from desktop_app.domain.records import dataclass


class Line(NamedTuple):
    """One row: its line in the file (from 1), its cells, and the text as it stands there."""

    number: int
    cells: list[str]
    text: str

    def at(self, place: int) -> str:
        """Return what stands in one of its cells, trimmed; nothing where it ends before that."""
        return cell_at(self.cells, place)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one text file or of one sheet; `sheet` is empty for text files.

    `issues` is what taking the file apart already showed, `loans` are the loans of records, none of its rows.
    """

    lines: Sequence[Line]
    sheet: str = ""
    issues: tuple[Issue, ...] = ()
    loans: tuple[Line, ...] = ()


def cell_at(cells: Sequence[str], place: int) -> str:
    """Return what stands in a cell, trimmed; nothing where a line ends before it."""
    return cells[place].strip() if place < len(cells) else ""


def filled(cells: list[str]) -> list[str]:
    """Return the cells that hold something, trimmed."""
    return [text for cell in cells if (text := cell.strip())]
