"""Says what went wrong: the world's fault in one sentence, ours with a report to copy."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app import __version__

_log = logging.getLogger(__name__)
_open: list[QMessageBox] = []
"""Boxes on the screen: one without a parent lives only as long as somebody knows it."""


def say(parent: QWidget | None, title: str, sentence: str) -> QMessageBox:
    """Open a box with one sentence; it never blocks. Names from files are shown as plain text."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    return _shown(box)


def report(error: BaseException) -> str:
    """Return what a report holds: versions and places in our code, no names, numbers or amounts."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f"  {frame.filename.replace(chr(92), '/').rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
        for frame in frames
    ]
    return "\n".join(
        [
            f"Even Keel {__version__}, Python {platform.python_version()}, Qt {qt_version}",
            f"{platform.system()} {platform.release()}",
            type(error).__name__,
            *places,
        ]
    )


def show_fault(error: BaseException) -> QMessageBox:
    """Open the box for a fault of our own; the document stays as it is and the program goes on."""
    tr = QCoreApplication.translate
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Even Keel")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        tr("trouble", "Something went wrong inside Even Keel. Your document is as it was before this step.")
    )
    box.setInformativeText(
        tr("trouble", "The report below names places in the program and nothing of yours. You can copy it.")
    )
    box.setDetailedText(report(error))
    return _shown(box)


def _shown(box: QMessageBox) -> QMessageBox:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _open.append(box)
    box.finished.connect(lambda _: _open.remove(box))
    box.open()
    return box


def install_fault_box() -> None:
    """Show every uncaught exception in a box instead of ending the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("uncaught %s\n%s", kind.__name__, report(error))
        show_fault(error)

    sys.excepthook = hook
