"""Says what went wrong: the world's fault in one sentence, ours with a report to copy."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app import __version__

_log = logging.getLogger(__name__)
_MOST_CAUSES = 5
_open: list[QMessageBox] = []
"""Boxes on the screen: one without a parent lives only as long as somebody knows it."""
_faults: list[QMessageBox] = []
"""The box for faults of our own, while it is open."""


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
    import platform

    lines = [
        f"Even Keel {__version__}, Python {platform.python_version()}, Qt {qt_version}",
        f"{platform.system()} {platform.release()}",
    ]
    told: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if told is None:
            break
        lines += [type(told).__name__, *_places(told.__traceback__)]
        told = told.__cause__ or told.__context__
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"  {frame.filename.replace(chr(92), '/').rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def show_fault(error: BaseException) -> QMessageBox:
    """Open the box for a fault of our own; the document stays as it is and the program goes on.

    One box at a time: while it is open, further faults are added to its report.
    """
    tr = QCoreApplication.translate
    if _faults:
        box = _faults[-1]
        box.setDetailedText(f"{box.detailedText()}\n\n{report(error)}")
        return box
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Even Keel")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        tr("trouble", "Something went wrong inside Even Keel. Your document is as it was before this step.")
    )
    box.setInformativeText(
        tr(
            "trouble",
            "You can go on. The report names places in the program and nothing of yours; copy it if you want "
            "to tell somebody about it.",
        )
    )
    box.setDetailedText(report(error))
    copy = box.addButton(tr("trouble", "Copy the report"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # copying leaves the box open
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(box.detailedText()))
    go_on = box.addButton(tr("trouble", "Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)
    _faults.append(box)
    box.finished.connect(lambda _: _faults.remove(box))
    return _shown(box)


def _shown(box: QMessageBox) -> QMessageBox:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _open.append(box)
    box.finished.connect(lambda _: _open.remove(box))
    box.open()
    return box


class FaultCatcher(QObject):
    """Brings faults of any thread to the main one and shows each once: a painter fails at every paint."""

    caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[str] = set()
        self.caught.connect(self._show)

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take one uncaught exception; may be called on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.caught.emit(error.with_traceback(trace))

    def _show(self, error: BaseException) -> None:
        told = report(error)
        if told in self._known:
            return
        self._known.add(told)
        _log.error("uncaught %s\n%s", type(error).__name__, told)
        show_fault(error)


def install_fault_box() -> None:
    """Show every uncaught exception of slots, models, painters and threads in a box; the program goes on."""
    catcher = FaultCatcher(QCoreApplication.instance())
    sys.excepthook = catcher.catch

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            catcher.catch(told.exc_type, told.exc_value, told.exc_traceback)

    threading.excepthook = in_thread
