"""The type table: fonts by their role, scaled with the text size the user chose."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop_app.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One row of the type table: pixel size and line height at 100 %, weight from 100 to 900."""

    size: int
    weight: int
    line: int


ROLES: Final[dict[str, TypeRole]] = {
    "welcome": TypeRole(28, 600, 36),
    "reading": TypeRole(26, 600, 32),
    "page_title": TypeRole(20, 600, 28),
    "verdict": TypeRole(18, 600, 24),
    "household": TypeRole(16, 600, 24),
    "rail": TypeRole(14, 400, 20),
    "rail_present": TypeRole(14, 600, 20),
    "body": TypeRole(13, 400, 20),
    "button": TypeRole(13, 500, 20),
    "body_strong": TypeRole(13, 600, 20),
    "header": TypeRole(12, 500, 16),
    "help": TypeRole(12, 400, 16),
    "help_strong": TypeRole(12, 600, 16),
    "chip": TypeRole(12, 400, 16),
    "axis": TypeRole(11, 400, 16),
    "axis_strong": TypeRole(11, 600, 16),
}

SMALLEST_SCALE = 1.0
LARGEST_SCALE = 2.0


class _Scale:
    value = 1.0
    families: tuple[str, ...] = ()


def text_scale() -> float:
    """Return the text size in force, 1.0 to 2.0."""
    return _Scale.value


def store_text_scale(scale: float) -> bool:
    """Keep a text size, clamped to 1.0 to 2.0; tell whether it differs from the one before."""
    clamped = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
    changed = clamped != _Scale.value
    _Scale.value = clamped
    font.cache_clear()
    return changed


def remember_system_font(app: QApplication) -> None:
    """Keep the families of the platform's own font before the program sets its sizes on it."""
    if not _Scale.families:
        _Scale.families = tuple(app.font().families()) or (app.font().family(),)
        font.cache_clear()


def px(length: float) -> int:
    """Scale a design length in pixels with the text size."""
    return round(length * _Scale.value)


def line_height(role: str) -> int:
    """Return the height of one line of a role in pixels, scaled with the text size."""
    return px(ROLES[role].line)


@cache
def font(role: str) -> QFont:
    """Return the font of a role of the type table, with tabular digits; `KeyError` for an unknown role."""
    row = ROLES[role]
    made = QFont()
    if _Scale.families:
        made.setFamilies(list(_Scale.families))
    made.setPixelSize(px(row.size))
    made.setWeight(QFont.Weight(row.weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
