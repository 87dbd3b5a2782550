"""High contrast is one of the looks in Settings; two walks over every screen measure it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox

from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.ui.document import Document
from desktop_app.ui.pages.settings import SettingsPage


def test_high_contrast_is_chosen_in_settings(qtbot) -> None:
    page = SettingsPage(Document(Household(), lambda: date(2026, 11, 22)), Preferences())
    qtbot.addWidget(page)
    colors = next(each for each in page.findChildren(QComboBox) if each.accessibleName() == "Colors")
    words = [colors.itemText(i) for i in range(colors.count())]
    assert words[3:] == ["High contrast on white", "High contrast on black"]
    with qtbot.waitSignal(page.changed) as told:
        colors.setCurrentIndex(4)
        colors.activated.emit(4)
    assert told.args[0].theme == "contrast_dark"
