"""The user's preferences, declared once."""

from .file import default_preferences_path, load_preferences, save_preferences
from .preferences import ASKED, MOST_RECENT, SETTINGS, Preferences, Setting

__all__ = [
    "ASKED",
    "MOST_RECENT",
    "SETTINGS",
    "Preferences",
    "Setting",
    "default_preferences_path",
    "load_preferences",
    "save_preferences",
]
