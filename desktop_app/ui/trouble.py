"""Says what went wrong: the world's fault in one sentence, ours with a report to copy."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING
from weakref import ref

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app import __version__
from desktop_app.domain.records import dataclass

from .boxes import stack_buttons

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from .document import Document

_MOST_CAUSES = 5
_open: list[QMessageBox] = []
"""Boxes on the screen: one without a parent lives only as long as somebody knows it."""
_faults: list[QMessageBox] = []
"""The box for faults of our own, while it is open."""
_followed: list[ref[Document]] = []
"""The document that the last window shows."""
_RECENT = 10.0
"""Seconds after a change in which a fault may come of it: pages follow at once, workers soon after."""
_TOUCHES = frozenset({
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.Shortcut, QEvent.Type.Drop,
    QEvent.Type.Wheel, QEvent.Type.TouchEnd,
})  # fmt: skip
"""What the user does to make something happen."""
_PAINTERS = frozenset({
    "paintEvent", "paint", "drawRow", "drawBranches", "data", "headerData", "sizeHint", "minimumSizeHint",
    "heightForWidth", "rowCount", "columnCount", "parent", "index", "timerEvent", "eventFilter", "event",
})  # fmt: skip
"""What Qt asks for by itself, after anything the user does."""


def say(parent: QWidget | None, title: str, sentence: str) -> QMessageBox:
    """Open a box with one sentence; it never blocks. Names from files are shown as plain text."""
    from PySide6.QtWidgets import QMessageBox

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
    """Open the box for a fault of our own; it says what became of the document, and the program goes on.

    One box at a time: while it is open, further faults are added to its report.
    """
    from PySide6.QtWidgets import QMessageBox

    tr = QCoreApplication.translate
    if _faults:
        box = _faults[-1]
        box.setDetailedText(f"{box.detailedText()}\n\n{report(error)}")
        return box
    more = tr(
        "trouble",
        "You can go on. The report names places in the program and nothing of yours; copy it if you want "
        "to tell somebody about it.",
    )
    box = fault_box(error, _what_became(), more)
    go_on = box.addButton(tr("trouble", "Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)
    stack_buttons(box)
    _faults.append(box)
    box.finished.connect(lambda _: _faults.remove(box))
    return _shown(box)


def fault_box(error: BaseException, sentence: str, more: str) -> QMessageBox:
    """Return a box that tells of a fault of our own, with its report and a button that copies that."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Even Keel")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setInformativeText(more)
    box.setDetailedText(report(error))
    copy = box.addButton(
        QCoreApplication.translate("trouble", "Copy the report"), QMessageBox.ButtonRole.ActionRole
    )
    copy.clicked.disconnect()  # copying leaves the box open
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(box.detailedText()))
    return box


def each(*steps: Callable[[], object]) -> None:
    """Take each step; a fault in one is shown and keeps none of the others from being taken."""
    for step in steps:
        try:
            step()
        except Exception as fault:  # noqa: BLE001 - shown, as Qt does with one in a slot
            sys.excepthook(type(fault), fault, fault.__traceback__)


def follow(document: Document) -> None:
    """Tell from this document on what became of it when a fault is shown, and tell it of each fault."""
    _followed[:] = [ref(document)]


def _what_became() -> str:
    """Say what a fault left of the document: as it was, or with the change that was made just before."""
    tr = QCoreApplication.translate
    document = _followed[0]() if _followed else None
    if document is None or document.seconds_since_change() > _RECENT:
        return tr(
            "trouble", "Something went wrong inside Even Keel. Your document is as it was before this step."
        )
    step = document.last_step
    if not step:
        return tr(
            "trouble",
            "Something went wrong inside Even Keel. Your last step was done and is in your document.",
        )
    return tr(
        "trouble",
        "Something went wrong inside Even Keel. Your last step, “{0}”, was done and is in your document; "
        "Undo takes it back.",
    ).format(step)


def _shown(box: QMessageBox) -> QMessageBox:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _open.append(box)
    box.finished.connect(lambda _: _open.remove(box))
    box.open()
    return box


@dataclass(slots=True)
class _Known:
    """A fault that was shown: how often it came, after how many touches last, and whether without any."""

    touches: int
    count: int = 1
    by_itself: bool = False


class _Again(QObject):
    """Tells whoever shows it that a fault came again, with its number and the fault."""

    told = Signal(int, object)


class FaultCatcher(QObject):
    """Brings faults of any thread to the main one and shows each once: a painter fails at every paint.

    One that comes again is counted in the window. Where the user makes it come, the box opens again.
    """

    caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, _Known] = {}
        self._touches = 0
        self.caught.connect(self._show)

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take one uncaught exception; may be called on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.caught.emit(error.with_traceback(trace))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count what the user does, but for answers to the box itself; nothing is held back."""
        if event.type() in _TOUCHES and not _is_in_box(watched):
            self._touches += 1
        return False

    def _watch_touches(self) -> None:
        if (app := QCoreApplication.instance()) is not None:
            app.installEventFilter(self)

    def _show(self, error: BaseException) -> None:
        for document in (known() for known in _followed):
            if document is not None:
                document.shaken.emit()
        told = report(error)
        known = self._known.get(told)
        if known is None:
            if not self._known:  # a filter sees every event, so that it waits until there is a fault at all
                self._watch_touches()
            self._known[told] = _Known(self._touches)
            import logging

            logging.getLogger(__name__).error("uncaught %s\n%s", type(error).__name__, told)
            show_fault(error)
            return
        known.count += 1
        if known.touches == self._touches:
            known.by_itself = True
        known.touches = self._touches
        again().told.emit(known.count, error)
        if not known.by_itself and not _is_asked_by_qt(error):
            show_fault(error)


_again: list[_Again] = []


def again() -> _Again:
    """Return what tells that a fault came again."""
    if not _again:
        _again.append(_Again())
    return _again[0]


def _is_in_box(watched: QObject) -> bool:
    return isinstance(watched, QWidget) and watched.window() in _faults


def _is_asked_by_qt(error: BaseException) -> bool:
    """Tell whether a fault began in something that Qt asks for by itself, such as painting."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and frames[0].name in _PAINTERS


def install_fault_box() -> None:
    """Show every uncaught exception of slots, models, painters, threads and destructors in a box.

    The program goes on.
    """
    catcher = FaultCatcher(QCoreApplication.instance())
    sys.excepthook = catcher.catch

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            catcher.catch(told.exc_type, told.exc_value, told.exc_traceback)

    def unraisable(told: sys.UnraisableHookArgs) -> None:
        """Take what nobody can catch, such as a fault while an object goes; the very end is silent."""
        if told.exc_value is not None and not QCoreApplication.closingDown():
            with suppress(RuntimeError):  # the catcher has gone before
                catcher.catch(told.exc_type, told.exc_value, told.exc_traceback)

    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
