"""Colours by meaning, type by role, icons by name: the look of the whole window."""

from .apply import (
    Mode,
    apply_theme,
    set_reduce_motion,
    set_text_scale,
    wants_high_contrast,
    wants_less_motion,
)
from .colours import state_color_name
from .focus import set_ring_corner
from .fonts import font, line_height, px, text_scale
from .icons import DISABLED_OPACITY, icon, pixmap
from .theme import Theme, theme, theme_signals

__all__ = [
    "DISABLED_OPACITY",
    "Mode",
    "Theme",
    "apply_theme",
    "font",
    "icon",
    "line_height",
    "pixmap",
    "px",
    "set_reduce_motion",
    "set_ring_corner",
    "set_text_scale",
    "state_color_name",
    "text_scale",
    "theme",
    "theme_signals",
    "wants_high_contrast",
    "wants_less_motion",
]
