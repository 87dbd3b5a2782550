"""Paper sizes and the measures of the printed checklist, in mils (thousandths of an inch)."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize

from desktop_app.domain.errors import UserError
from desktop_app.domain.records import dataclass

MILS_PER_INCH = 1000
SIDE = 640
TOP = 610
BOTTOM = 610
LARGE = 1.35
"""Large print: letters, boxes and lines grow by this factor."""

_PAPERS = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}


class UnknownPaperError(UserError):
    """A paper size was asked for that we do not print on."""

    def __init__(self, paper: str) -> None:
        super().__init__(f"“{paper}” is not a paper size Even Keel prints on. Use letter or a4.")


@dataclass(frozen=True, slots=True)
class Page:
    """The size of one page in mils, and how much bigger than normal everything on it is drawn."""

    width: float
    height: float
    scale: float = 1.0

    @property
    def left(self) -> float:
        """Where words begin."""
        return SIDE

    @property
    def right(self) -> float:
        """Where words end."""
        return self.width - SIDE

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.right - self.left


def page_size(paper: str) -> QPageSize:
    """Return the size called "letter" or "a4"; raise `UnknownPaperError` for any other."""
    found = _PAPERS.get(paper.lower())
    if found is None:
        raise UnknownPaperError(paper)
    return QPageSize(found)


def page_of(paper: str, *, large: bool = False) -> Page:
    """Return the page to lay out for a paper size, in normal or large print."""
    inches: QSizeF = page_size(paper).size(QPageSize.Unit.Inch)
    scale = LARGE if large else 1.0
    return Page(inches.width() * MILS_PER_INCH, inches.height() * MILS_PER_INCH, scale)


def set_up(device: QPagedPaintDevice, paper: str) -> None:
    """Give a device the paper, upright, with its origin at the paper's corner."""
    layout = QPageLayout(page_size(paper), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
