"""The theme in force: colours by meaning, and the signal that tells painters to repaint."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.records import dataclass

from .colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, FAMILIES_DARK, FAMILIES_LIGHT, LIGHT


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One set of colours; `high_contrast` asks painters for 2-px borders in place of tints."""

    dark: bool
    high_contrast: bool
    colors: Mapping[str, QColor]
    families: Mapping[ClassFamily, QColor]

    def color(self, name: str) -> QColor:
        """Return the colour with a meaning; `KeyError` for a name the table does not have."""
        return self.colors[name]

    def family_color(self, family: ClassFamily) -> QColor:
        """Return the colour of a family of asset classes."""
        return self.families[family]


class ThemeSignals(QObject):
    """Tells painters that colours or text size changed."""

    changed = Signal()


class _Present:
    theme: Theme | None = None


def make_theme(*, dark: bool, window: QColor | None = None) -> Theme:
    """Build the light or dark theme; with `window`, a ground colour, the high-contrast one.

    High contrast: surface, raised and every tint become that ground.
    """
    usual, contrast = (DARK, CONTRAST_DARK) if dark else (LIGHT, CONTRAST_LIGHT)
    colors = {name: QColor(value) for name, value in (usual if window is None else contrast).items()}
    if window is not None:
        for name in colors:
            if name in {"surface", "raised"} or name.endswith("tint"):
                colors[name] = QColor(window)
    families = FAMILIES_DARK if dark else FAMILIES_LIGHT
    return Theme(
        dark=dark,
        high_contrast=window is not None,
        colors=colors,
        families={family: QColor(value) for family, value in families.items()},
    )


def theme() -> Theme:
    """Return the theme in force, the light one before any was applied."""
    if _Present.theme is None:
        _Present.theme = make_theme(dark=False)
    return _Present.theme


def store_theme(new: Theme) -> None:
    """Make `new` the theme in force without telling anyone yet."""
    _Present.theme = new


@cache
def theme_signals() -> ThemeSignals:
    """Return the one object whose `changed` fires after colours or text size changed."""
    return ThemeSignals()
