"""Turns plans into checklists for paper, spreadsheets and text.

Each part is loaded when it is first asked for: the window opens with a few words of `when_words` alone.
"""

from typing import TYPE_CHECKING

from desktop_app.domain.lazily import loader

if TYPE_CHECKING:
    from .calendar import Reminder, check_reminders, reminder_ics
    from .files import HouseholdInTheWayError, ReportNotWrittenError, refuse_household
    from .sheet import Sheet, checklist_sheets
    from .spreadsheet import copy_text, write_csv, write_xlsx
    from .table import TableCell, harmless, write_table
    from .when_words import check_name, coming, due_words, next_day, shares_words
    from .words import plain_text
else:
    __getattr__ = loader(
        __name__,
        {
            "calendar": ("Reminder", "check_reminders", "reminder_ics"),
            "files": ("HouseholdInTheWayError", "ReportNotWrittenError", "refuse_household"),
            "sheet": ("Sheet", "checklist_sheets"),
            "spreadsheet": ("copy_text", "write_csv", "write_xlsx"),
            "table": ("TableCell", "harmless", "write_table"),
            "when_words": ("check_name", "coming", "due_words", "next_day", "shares_words"),
            "words": ("plain_text",),
        },
    )


def warm_up() -> None:
    """Load what the first checklist needs now, so that it does not wait."""
    from . import rule_words, sheet, spreadsheet  # noqa: F401  what they bring in is wanted


__all__ = [
    "HouseholdInTheWayError",
    "Reminder",
    "ReportNotWrittenError",
    "Sheet",
    "TableCell",
    "check_name",
    "check_reminders",
    "checklist_sheets",
    "coming",
    "copy_text",
    "due_words",
    "harmless",
    "next_day",
    "plain_text",
    "refuse_household",
    "reminder_ics",
    "shares_words",
    "warm_up",
    "write_csv",
    "write_table",
    "write_xlsx",
]
