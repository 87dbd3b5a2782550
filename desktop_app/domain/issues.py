"""Problems in data as values: what is wrong, where, and what can be done."""

from __future__ import annotations

from enum import StrEnum

from .records import dataclass


class IssueKind(StrEnum):
    """What a reader's remark is about, where previews go by that; its words are for people alone.

    `STATED_OTHERWISE`: a total of the file does not agree, so previews do not say that it does.
    `FOREIGN_MONEY`: figures are in another currency. `COLUMNS_EXPLAINED`: the user chose the columns, maybe
    on another day.
    """

    OTHER = "other"
    STATED_OTHERWISE = "stated-otherwise"
    FOREIGN_MONEY = "foreign-money"
    COLUMNS_EXPLAINED = "columns-explained"


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
    the sheet of the line in a workbook, `kind` what the remark is about; they are not saved either.
    """

    severity: Severity
    message: str
    fix: str = ""
    line: int | None = None
    quick: tuple[QuickFix, ...] = ()
    sheet: str = ""
    kind: IssueKind = IssueKind.OTHER
