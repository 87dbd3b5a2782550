"""The pages of the rail, in order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from .rail import RailEntry


def rail_entries() -> tuple[RailEntry, ...]:
    """Return the rail's entries with their words in the present language."""
    tr = QCoreApplication.translate
    return (
        RailEntry("overview", tr("rail", "Overview"), "overview"),
        RailEntry("holdings", tr("rail", "Holdings"), "holdings"),
        RailEntry("targets", tr("rail", "Targets"), "targets"),
        RailEntry("checklist", tr("rail", "Checklist"), "checklist"),
        RailEntry("history", tr("rail", "History"), "history"),
        RailEntry("outlook", tr("rail", "Outlook"), "outlook"),
        RailEntry("guided", tr("rail", "Guided plan"), "guided"),
        RailEntry("settings", tr("rail", "Settings"), "settings", at_foot=True),
        RailEntry("help", tr("rail", "Help"), "help", at_foot=True),
    )
