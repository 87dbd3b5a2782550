"""Puts a theme on the application: style, palette, font and the sheet for plain widgets."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyle

from .colours import CONTRAST_DARK, CONTRAST_LIGHT
from .focus import install_focus_ring
from .fonts import font, remember_system_font, store_text_scale
from .sheet import style_sheet
from .theme import Theme, make_theme, store_theme, theme, theme_signals

Mode: TypeAlias = Literal["system", "light", "dark", "contrast_light", "contrast_dark"]

HALF = 0.5
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "contrast_light": Qt.ColorScheme.Light,
    "contrast_dark": Qt.ColorScheme.Dark,
}
_CONTRAST = {"contrast_light": CONTRAST_LIGHT["surface"], "contrast_dark": CONTRAST_DARK["surface"]}
"""The grounds of the high-contrast looks one can choose."""


class _Wish:
    mode: Mode = "system"
    following = False
    reduce_motion: bool | None = None


def apply_theme(app: QApplication, mode: Mode = "system") -> None:
    """Dress the application; in "system" it follows the desktop's light and dark from now on.

    High contrast that the desktop asks for comes before light and dark.
    """
    _Wish.mode = mode
    remember_system_font(app)
    hints = app.styleHints()
    if not _Wish.following:
        _Wish.following = True
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(lambda _wish: _dress(app))
        install_focus_ring(app)
    hints.setColorScheme(_SCHEMES[mode])
    _dress(app)


def _follow(app: QApplication) -> None:
    if _Wish.mode == "system":
        _dress(app)


def _dress(app: QApplication) -> None:
    dark = _Wish.mode in {"dark", "contrast_dark"} or (
        _Wish.mode == "system" and app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    )
    window: QColor | None = None
    if _Wish.mode in _CONTRAST:
        window = QColor(_CONTRAST[_Wish.mode])
    elif wants_high_contrast(app):
        app.setPalette(QPalette())  # back to the system's own colours, to learn its ground
        window = app.palette().color(QPalette.ColorRole.Window)
        dark = window.lightnessF() < HALF
    store_theme(make_theme(dark=dark, window=window))
    _put_on(app)


def _put_on(app: QApplication) -> None:
    palette, face, sheet = palette_of(theme()), font("body"), style_sheet(theme())
    if (palette, face, sheet) == (app.palette(), app.font(), app.styleSheet()):
        return  # every widget would be dressed again, in what it wears
    app.setPalette(palette)
    app.setFont(face)
    app.setStyleSheet(sheet)
    theme_signals().changed.emit()


def set_text_scale(scale: float) -> None:
    """Set the text size of the whole program, 1.0 (as designed) to 2.0."""
    app = QApplication.instance()
    if store_text_scale(scale) and isinstance(app, QApplication):
        _put_on(app)


def wants_high_contrast(app: QApplication) -> bool:
    """Tell whether the system asks for more contrast (known from Qt 6.10 on)."""
    accessibility = getattr(app.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast)


def set_reduce_motion(reduce: bool | None) -> None:  # noqa: FBT001 - a preference with three values
    """Keep everything still (True), let it glide (False), or follow the system (None)."""
    _Wish.reduce_motion = reduce


def wants_less_motion() -> bool:
    """Tell whether the user or the system asks for less motion (the system's wish from Qt 6.12 on)."""
    if _Wish.reduce_motion is not None:
        return _Wish.reduce_motion
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return True
    accessibility = getattr(app.styleHints(), "accessibility", None)
    wishes = getattr(Qt, "MotionPreference", None)
    if wishes is not None and accessibility is not None:
        return bool(accessibility().motionPreference() is wishes.ReducedMotion)
    return not app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)


def palette_of(of: Theme) -> QPalette:
    """Translate the colour table into Qt's own palette."""
    role = QPalette.ColorRole
    made = QPalette()
    for name, roles in (
        ("surface", (role.Window,)),
        ("raised", (role.Base, role.Button, role.ToolTipBase, role.Light)),
        ("sunken", (role.AlternateBase, role.Midlight)),
        ("text", (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText)),
        ("muted", (role.PlaceholderText,)),
        ("hairline", (role.Mid,)),
        ("control", (role.Dark, role.Shadow)),
        ("accent", (role.Highlight, role.Link, role.LinkVisited, role.Accent)),
        ("on.accent", (role.HighlightedText,)),
    ):
        for each in roles:
            made.setColor(each, of.color(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, of.color("muted"))
    return made
