"""The box for a fault of our own before there is a window: a report to copy, and a way to go on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QMessageBox

from .boxes import stack_buttons
from .trouble import fault_box


def start_fault_box(error: BaseException, *, may_go_on: bool) -> QMessageBox:
    """Return the box that tells of a fault at the start; `may_go_on` offers an empty window."""
    tr = QCoreApplication.translate
    sentence = tr(
        "trouble",
        "Something went wrong inside Even Keel while it was starting. Nothing was written to the file of "
        "your household.",
    )
    more = [
        tr(
            "trouble",
            "The report names places in the program and nothing of yours; copy it if you want to tell "
            "somebody about it.",
        )
    ]
    if may_go_on:
        more.insert(
            0, tr("trouble", "You can go on with an empty window and open a household or a statement there.")
        )
    box = fault_box(error, sentence, " ".join(more))
    leave = box.addButton(tr("trouble", "Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(leave)
    if may_go_on:
        go_on = box.addButton(tr("trouble", "Open an empty window"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
    stack_buttons(box)
    return box


def wants_to_go_on(app: QApplication, error: BaseException, *, may_go_on: bool) -> bool:
    """Show the box and wait for the answer: there is nothing else on the screen yet."""
    box = start_fault_box(error, may_go_on=may_go_on)
    quits = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop()
    box.finished.connect(loop.quit)
    box.open()
    loop.exec()
    app.setQuitOnLastWindowClosed(quits)
    answer = box.buttonRole(box.clickedButton())
    box.deleteLater()
    return answer == QMessageBox.ButtonRole.AcceptRole
