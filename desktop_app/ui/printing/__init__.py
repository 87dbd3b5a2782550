"""Puts the checklist on paper: printer, PDF and preview paint the same pages."""

from .output import PrinterRefusedError, page_count, paint_sheets, preview_pages, write_pdf
from .paper import UnknownPaperError

__all__ = [
    "PrinterRefusedError",
    "UnknownPaperError",
    "page_count",
    "paint_sheets",
    "preview_pages",
    "write_pdf",
]
