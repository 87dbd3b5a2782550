"""The ways out: a printer, a PDF file, pictures for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPainter, QPdfWriter

from desktop_app import __version__
from desktop_app.domain.errors import UserError
from desktop_app.reports.files import write_whole
from desktop_app.reports.sheet import Sheet

from .paper import MILS_PER_INCH, page_of, set_up
from .setting import paint_page, set_pages

_PDF_DOTS_PER_INCH = 1200


class PrinterRefusedError(UserError):
    """The printer, or the file it prints into, cannot be started."""

    def __init__(self) -> None:
        super().__init__(
            "The printer did not start, so nothing was printed. "
            "Check that it is switched on, or save the checklist as a PDF instead."
        )


def paint_sheets(
    sheets: Sequence[Sheet], device: QPagedPaintDevice, paper: str = "letter", *, large: bool = False
) -> int:
    """Paint all sheets on a printer or PDF writer and return the number of pages painted.

    Where the user chose some pages for the device, only those are painted. The device gets `paper`
    ("letter" or "a4"), upright. Raises `UnknownPaperError`, and `PrinterRefusedError` when the device
    cannot start or feed a page.
    """
    page = page_of(paper, large=large)
    pages = set_pages(sheets, page)
    set_up(device, paper)
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterRefusedError
    try:
        chosen = _chosen_pages(device, len(pages))
        for index in chosen:
            if index != chosen[0] and not device.newPage():
                raise PrinterRefusedError
            painter.save()
            painter.scale(device.logicalDpiX() / MILS_PER_INCH, device.logicalDpiY() / MILS_PER_INCH)
            paint_page(painter, pages, index, page)
            painter.restore()
    finally:
        painter.end()
    return len(chosen)


def _chosen_pages(device: QPagedPaintDevice, count: int) -> list[int]:
    """Return the pages to paint, counted from 0: all unless the printer's dialog was given some of them."""
    ranges = device.pageRanges()
    return [i for i in range(count) if ranges.contains(i + 1)] or list(range(count))


def write_pdf(sheets: Sequence[Sheet], path: Path, paper: str = "letter", *, large: bool = False) -> int:
    """Write all sheets as a PDF with text that can be selected; return the number of pages.

    Needs a `QGuiApplication`, no window. Raises `ReportNotWrittenError`; an older file of that name
    then stays as it was.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DOTS_PER_INCH)
    writer.setTitle(_document_title(sheets))
    writer.setCreator(f"Even Keel {__version__}")
    count = paint_sheets(sheets, writer, paper, large=large)
    buffer.close()
    write_whole(path, bytes(data.data()))
    return count


def _document_title(sheets: Sequence[Sheet]) -> str:
    return sheets[0].kicker if sheets else "Rebalance checklist"


def preview_pages(
    sheets: Sequence[Sheet], paper: str = "letter", *, large: bool = False, width_px: int = 816
) -> list[QImage]:
    """Paint every page as a picture `width_px` wide: the same lines on the same pages as on paper."""
    page = page_of(paper, large=large)
    pages = set_pages(sheets, page)
    scale = width_px / page.width
    images = []
    for index in range(len(pages)):
        image = QImage(width_px, round(page.height * scale), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        paint_page(painter, pages, index, page)
        painter.end()
        images.append(image)
    return images


def page_count(sheets: Sequence[Sheet], paper: str = "letter", *, large: bool = False) -> int:
    """Return how many pages the sheets take."""
    return len(set_pages(sheets, page_of(paper, large=large)))
