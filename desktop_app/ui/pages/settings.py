"""The settings page: one row per preference that is asked for, made from their declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from desktop_app.domain.schedule import CheckSchedule
from desktop_app.settings import ASKED, Preferences, Setting
from desktop_app.ui.document import Document
from desktop_app.ui.file_card import FileCard
from desktop_app.ui.reminders import ask_reminder
from desktop_app.ui.sealing.card import PassphraseCard
from desktop_app.ui.widgets import Card, TextLabel
from desktop_app.ui.widgets.page import PageScroll
from desktop_app.workflow.edits import set_schedule

from .schedule_card import ScheduleCard

TEXT_SIZES = tuple((percent / 100, f"{percent} %") for percent in (100, 125, 150, 175, 200))
"""Choices for the one preference that is a number."""


class SettingsPage(QWidget):
    """Asks for preferences and for the household's calendar. Emits `changed(Preferences)` at once."""

    changed = Signal(object)

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._preferences = preferences
        self._editors: dict[str, QWidget] = {}
        scroll = PageScroll()
        scroll.setAccessibleName(self.tr("Settings"))
        scroll.column.addWidget(TextLabel(self.tr("Settings"), "page_title"))
        scroll.column.addWidget(self._program_card())
        self.schedule = ScheduleCard()
        self.schedule.chosen.connect(self._choose_schedule)
        self.schedule.reminder_wanted.connect(lambda: ask_reminder(self, lambda: document.desk))
        scroll.column.addWidget(self.schedule)
        self.file = FileCard()
        scroll.column.addWidget(self.file)
        self.passphrase = PassphraseCard()
        scroll.column.addWidget(self.passphrase)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        document.changed.connect(self.schedule.show_desk)
        self.schedule.show_desk(document.desk)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show preferences that were changed elsewhere (the View menu)."""
        self._preferences = preferences
        for setting in ASKED:
            editor = self._editors[setting.name]
            value = getattr(preferences, setting.name)
            editor.blockSignals(True)
            if isinstance(editor, QCheckBox):
                editor.setChecked(bool(value))
            elif isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(editor.findData(value), 0))
            editor.blockSignals(False)

    def _program_card(self) -> Card:
        card = Card(self.tr("This program"))
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for row, setting in enumerate(ASKED):
            self._add_row(grid, row, _tr(setting.title), _tr(setting.help), self._editor(setting))
        card.body.addLayout(grid)
        self.show_preferences(self._preferences)
        return card

    def _add_row(self, grid: QGridLayout, row: int, title: str, help_text: str, editor: QWidget) -> None:
        label = TextLabel(title)
        label.setBuddy(editor)
        editor.setAccessibleName(title)
        editor.setAccessibleDescription(help_text)
        note = TextLabel(help_text, "body", "muted")
        note.setWordWrap(True)
        grid.addWidget(label, row, 0)
        grid.addWidget(editor, row, 1)
        grid.addWidget(note, row, 2)

    def _editor(self, setting: Setting) -> QWidget:
        editor: QCheckBox | QComboBox
        if setting.kind is bool and not setting.choices:
            editor = QCheckBox()
            editor.toggled.connect(self._setter(setting.name, editor.isChecked))
        else:
            editor = QComboBox()
            for value, words in setting.choices or TEXT_SIZES:
                editor.addItem(_tr(words), value)
            editor.activated.connect(self._setter(setting.name, editor.currentData))
        self._editors[setting.name] = editor
        return editor

    def _setter(self, name: str, read: Callable[[], object]) -> Callable[..., None]:
        def store(*_: object) -> None:
            changed: dict[str, Any] = {name: read()}
            self._preferences = replace(self._preferences, **changed)
            self.changed.emit(self._preferences)

        return store

    def _choose_schedule(self, schedule: CheckSchedule) -> None:
        self._document.apply(
            self.tr("Change of the calendar"),
            set_schedule(self._document.household, schedule),
            merge_key="schedule",
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("settings", words)
