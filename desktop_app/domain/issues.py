"""Problems in data as values: what is wrong, where, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

STATED_OTHERWISE = "but the file states"
"""How a reader's remark on a total that does not agree goes; previews then do not say that it agrees."""

COLUMNS_EXPLAINED = "The columns are read as you explained them."
"""A reader's remark on a table whose columns the user chose; previews say when that was on another day."""


class Severity(StrEnum):
    """How much an issue matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class QuickFix(StrEnum):
    """What one click can do about an issue in an import's preview.

    `COLUMNS` opens the choice of columns, `LEAVE_OUT` takes the issue's line out, `COUNT` takes it in,
    `VALUE` asks for its dollars.
    """

    COLUMNS = "columns"
    LEAVE_OUT = "leave-out"
    COUNT = "count"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem found in a file or document; `line` counts from 1, None when it has no line.

    `quick` are the fixes one click can make; they belong to the preview and are not saved. `sheet` is
    the sheet of the line in a workbook, not saved either.
    """

    severity: Severity
    message: str
    fix: str = ""
    line: int | None = None
    quick: tuple[QuickFix, ...] = ()
    sheet: str = ""
