"""Number fields that take every key, and say why what was typed does not count instead of changing it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QValidator

from desktop_app.domain.money import plain
from desktop_app.ui import words

_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)")
_BEGUN = re.compile(r"(\d+\.?|\.)?")


class KeptNumber:
    """What a spin box with a signal `refused(str)` inherits first.

    Every key is let through and a number that may be counts at once. For anything else the number from before
    this editing comes back: `refused` says why what is typed does not count, and says it until something else
    is typed. Left alone, the line shows the number that counts. An empty text is `blank_value` where there is
    one, else the number from before. Escape takes back what was typed.
    """

    blank_value: int | None = None
    _before: int | float | None = None
    """The number from before this editing, None while nothing is being typed."""

    def keep_numbers(self: Any) -> None:
        """Begin to listen; called once the range is set."""
        self.lineEdit().textEdited.connect(self._on_typed_text)
        self.editingFinished.connect(self._end_typing)

    def show_number(self: Any, number: float) -> None:
        """Show a number without telling anybody; what is being typed stays while it means the same."""
        if number == self.value():
            return
        self._end_typing()
        self.refused.emit("")
        with QSignalBlocker(self):
            self.setValue(number)

    def read_number(self: Any, bare: str) -> Decimal | None:
        """Read what stands between prefix and suffix; None for what is no number the field may hold."""
        if not bare and self.blank_value is not None:
            return Decimal(self.blank_value)
        return self.fitting(Decimal(bare)) if _NUMBER.fullmatch(bare) else None

    def fitting(self: Any, number: Decimal) -> Decimal | None:
        """Return a number the field may hold: inside its range, with no more decimals than it has."""
        is_inside = Decimal(str(self.minimum())) <= number <= Decimal(str(self.maximum()))
        return number if is_inside and number == round(number, self._places()) else None

    def is_begun(self: Any, bare: str) -> bool:
        """Tell whether a number may still come of what does not count yet: nothing is said of it so far."""
        return bool(_BEGUN.fullmatch(bare)) and (not bare or self._places() > 0)

    def expected(self: Any) -> str:
        """Say what may be typed, in the middle of a sentence."""
        ends = (plain(Decimal(str(self.minimum()))), plain(Decimal(str(self.maximum()))))
        if not self._places():
            return QCoreApplication.translate("KeptNumber", "a whole number from {0} to {1}").format(*ends)
        shape = QCoreApplication.translate("KeptNumber", "a number from {0} to {1} with up to {2} decimals")
        return shape.format(*ends, self._places())

    def said_of(self: Any, _bare: str) -> str:
        """Say how something was read that can be read in two ways, empty for anything else."""
        return ""

    def why_not(self: Any, bare: str) -> str:
        """Say why something typed does not count, and what does."""
        typed = bare.replace("-", words.MINUS)
        if self.value() == self.blank_value:
            shape = QCoreApplication.translate("KeptNumber", "“{0}” is not {1}.")
            return shape.format(typed, self.expected())
        shape = QCoreApplication.translate("KeptNumber", "“{0}” is not {1}; {2} still counts.")
        return shape.format(typed, self.expected(), self._shown().strip())

    def validate(self: Any, text: str, at: int, /) -> tuple[QValidator.State, str, int]:
        """Let everything through; what does not count is on its way."""
        if self._before is None or self.read_number(self._bare(text)) is not None:
            return QValidator.State.Acceptable, text, at
        return QValidator.State.Intermediate, text, at

    def valueFromText(self: Any, text: str, /) -> Any:
        """Read what counts of a text; anything else is the number there is."""
        read = self.read_number(self._bare(text))
        if read is None:
            return self.value()
        return type(self.value())(read)

    def fixup(self: Any, text: str, /) -> str:
        """Return the number that counts where the line is left with something else, and say why."""
        bare = self._bare(text)
        if bare:
            self.refused.emit(self.why_not(bare))
        return str(self._shown())

    def keyPressEvent(self: Any, event: QKeyEvent, /) -> None:
        """Take back what was typed with Escape."""
        if event.key() != Qt.Key.Key_Escape or self._before is None:
            super().keyPressEvent(event)  # type: ignore[misc]
            return
        self.setValue(self._before)
        self._end_typing()
        self.lineEdit().setText(self._shown())
        self.refused.emit("")

    def _on_typed_text(self: Any, text: str) -> None:
        if self._before is None:
            self._before = self.value()
        bare = self._bare(text)
        if self.read_number(bare) is not None:
            self.refused.emit(self.said_of(bare))
            return
        self._put_back(text)
        self.refused.emit("" if self.is_begun(bare) else self.why_not(bare))

    def _put_back(self: Any, text: str) -> None:
        """Let the number from before count again; the line keeps what is typed."""
        if self.value() == self._before:
            return
        line = self.lineEdit()
        at = line.cursorPosition()
        self.setValue(self._before)
        line.setText(text)
        line.setCursorPosition(at)

    def _end_typing(self: Any) -> None:
        self._before = None

    def _places(self: Any) -> int:
        return int(self.decimals()) if hasattr(self, "decimals") else 0

    def _shown(self: Any) -> str:
        return f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"

    def _bare(self: Any, text: str) -> str:
        bare = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        return bare.replace(words.MINUS, "-").replace(words.NO_BREAK_SPACE, " ").strip()
