"""Calendar files: asks where to save one and writes the next checks with their reasons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.reports import check_reminders, reminder_ics
from desktop_app.reports.files import write_whole
from desktop_app.workflow.desk import Desk

from .trouble import say


def ask_reminder(window: QWidget, desk: Callable[[], Desk]) -> QFileDialog:
    """Ask where to save the household's reminders; they are made when the file is named."""
    dialog = QFileDialog(window, _tr("Save"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_tr("Calendar file (*.ics)"))
    dialog.setDefaultSuffix("ics")
    dialog.selectFile(f"{_tr('Check the mix')}.ics")
    dialog.fileSelected.connect(lambda chosen: write_reminder(window, desk(), Path(chosen)))
    dialog.open()
    return dialog


def write_reminder(window: QWidget, desk: Desk, path: Path) -> None:
    """Write the next checks, and what an open checklist leaves for later; a refusal is said in a box."""
    checklist = desk.household.checklist
    plan = None if checklist is None else checklist.plan
    reminders = check_reminders(desk.household.schedule, desk.today, desk.drift, plan, desk.target_over_on)
    try:
        write_whole(path, reminder_ics(reminders, desk.household.name))
    except UserError as error:
        say(window, _tr("Reminder"), str(error))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reminders", text)
