"""Number fields that keep what is typed outside their range, and say so instead of dropping keys."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QValidator

from desktop_app.domain.money import plain
from desktop_app.ui import words

_NUMBER = re.compile(r"-?\d+\.?\d*")


class KeptNumber:
    """What a spin box with a signal `refused(str)` inherits first.

    A number outside the range stays in sight while it is typed and is told of; left alone it becomes the
    nearest one the field may hold. The sentence stays until something else is typed. An empty text is
    `blank_value` where there is one, else what was there before.
    """

    blank_value: int | None = None

    def keep_numbers(self: Any) -> None:
        """Begin to listen; called once the range is set."""
        self.lineEdit().textEdited.connect(self._on_typed_text)

    def validate(self: Any, text: str, at: int, /) -> tuple[QValidator.State, str, int]:
        """Let through what is typed outside the range as something on its way."""
        bare = self._bare(text)
        if not bare and self.blank_value is not None:
            return QValidator.State.Acceptable, text, at
        if self._is_outside(bare):
            return QValidator.State.Intermediate, text, at
        found: tuple[QValidator.State, str, int] = super().validate(text, at)  # type: ignore[misc]
        return found

    def fixup(self: Any, text: str, /) -> str:
        """Return the nearest number there may be."""
        bare = self._bare(text)
        if not self._is_outside(bare):
            return str(super().fixup(text))  # type: ignore[misc]
        nearest = min(max(Decimal(bare), self._least()), self._most())
        return f"{self.prefix()}{plain(nearest)}{self.suffix()}"

    def _bare(self: Any, text: str) -> str:
        bare = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        return bare.replace(words.MINUS, "-").replace(words.NO_BREAK_SPACE, " ").strip()

    def _least(self: Any) -> Decimal:
        return Decimal(str(self.minimum()))

    def _most(self: Any) -> Decimal:
        return Decimal(str(self.maximum()))

    def _is_outside(self, bare: str) -> bool:
        return bool(_NUMBER.fullmatch(bare)) and not self._least() <= Decimal(bare) <= self._most()

    def _on_typed_text(self: Any, text: str) -> None:
        bare = self._bare(text)
        said = ""
        if self._is_outside(bare) and (Decimal(bare) > self._most() or bare.startswith("-")):
            shape = QCoreApplication.translate(
                "KeptNumber", "{0} is outside {1} to {2}; the nearest is used."
            )
            said = shape.format(bare.replace("-", words.MINUS), plain(self._least()), plain(self._most()))
        self.refused.emit(said)
