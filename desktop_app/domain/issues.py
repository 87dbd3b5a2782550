"""Problems in data as values: what is wrong, where, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem found in a file or document; `line` counts from 1, None when it has no line."""

    severity: Severity
    message: str
    fix: str = ""
    line: int | None = None
