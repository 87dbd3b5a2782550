"""Runs before PyInstaller's own preparations: they load PySide6, and would load all of it."""

import desktop_app.ui  # noqa: F401
