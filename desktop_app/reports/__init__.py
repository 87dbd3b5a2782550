"""Turns plans into checklists for paper, spreadsheets and text."""

from .calendar import reminder_ics
from .files import ReportNotWrittenError
from .sheet import Sheet, checklist_sheets
from .spreadsheet import copy_text, write_csv, write_xlsx

__all__ = [
    "ReportNotWrittenError",
    "Sheet",
    "checklist_sheets",
    "copy_text",
    "reminder_ics",
    "write_csv",
    "write_xlsx",
]
