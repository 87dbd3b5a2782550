"""A line for dollars as people write them; what cannot be read stays as typed and is told of."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.money import Money
from desktop_app.ui import words

from .money_field import LARGEST, MoneyField, parse_dollars
from .paragraph import Paragraph

_THOUSANDS = {"k": 1000, "m": 1_000_000}
_SUFFIXED = re.compile(r"(.*?\d\.?)\s*([km])", re.IGNORECASE)
_BRACKETED = re.compile(r"^([\s$]*)\(([^-]*\d[^-]*)\)$")
_PLAIN = re.compile(r"[\s$\u00a0]*-?[\s$\u00a0]*(\d+(,\d{3,})*)?\.?\d*")
_ON_THE_WAY = re.compile(r"-?(\d+(,\d{3,})*,\d{0,2}|\.)?|\([\d,]*\.?\d{0,2}[km]?", re.IGNORECASE)


def read_amount(text: str) -> Money | None:
    """Read dollars: "$41,236.50", "48k", "1.5 m", "−500" or an empty text (0); None for everything else.

    Brackets are a minus, as spreadsheets write it. Commas part thousands: at least three digits follow each.
    Whole cents, below a trillion.
    """
    bare = _BRACKETED.sub(r"-\1\2", text.replace(words.MINUS, "-").strip())
    suffixed = _SUFFIXED.fullmatch(bare)
    number, times = (suffixed[1], _THOUSANDS[suffixed[2].lower()]) if suffixed else (bare, 1)
    if not _PLAIN.fullmatch(number):
        return None
    if times == 1:
        return parse_dollars(number)
    amount = Decimal(re.sub(r"[\s$,\u00a0]", "", number)) * times
    is_whole_cents = amount == amount.quantize(Decimal("0.01"))
    return amount if is_whole_cents and abs(amount) < LARGEST else None


class AmountField(MoneyField):
    """Tells `edited(Money)` with every key that makes an amount, else `refused(str)` why it is none.

    What is refused stays as typed, and the amount from before this editing counts: it is told again where a
    beginning of what is refused had counted. Escape takes back what was typed.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, signed: bool = True) -> None:
        self._signed = signed
        self._is_refused = False
        self._before: Money | None = None
        """The amount from before this editing, None while nothing is being typed."""
        super().__init__(parent, signed=signed)
        self.setValidator(None)  # type: ignore[arg-type]

    def set_amount(self, amount: Money) -> None:
        """Show dollars; what is typed and refused stays while the amount before it is meant."""
        if self._is_refused and amount == self._amount:
            return
        if amount != self._amount:
            self._before = None
        self._tell("")
        super().set_amount(amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back what was typed with Escape."""
        is_typed = self._before is not None or self._is_refused
        if event.key() != Qt.Key.Key_Escape or not is_typed:
            super().keyPressEvent(event)
            return
        self._put_back()
        self._before = None
        self._tell("")
        super()._write()

    def _on_typed(self, text: str) -> None:
        if self._before is None:
            self._before = self._amount
        amount = self._read(text)
        if amount is not None:
            self._tell("")
            self._count(amount)
            return
        self._put_back()
        if not self._is_on_the_way(text):
            self._tell(self._why(text))

    def _put_back(self) -> None:
        """Let the amount from before this editing count again."""
        if self._before is not None:
            self._count(self._before)

    def _count(self, amount: Money) -> None:
        if amount != self._amount:
            self._amount = amount
            self.edited.emit(amount)

    def _write(self) -> None:
        self._before = None
        if self._read(self.text()) is None:
            self._tell(self._why(self.text()))
        else:
            super()._write()

    def _read(self, text: str) -> Money | None:
        amount = read_amount(text)
        return None if amount is not None and amount < 0 and not self._signed else amount

    def _is_on_the_way(self, text: str) -> bool:
        bare = re.sub(r"[\s$\u00a0]", "", text).replace(words.MINUS, "-")
        return bool(_ON_THE_WAY.fullmatch(bare)) and (self._signed or bare[:1] not in {"-", "("})

    def _why(self, text: str) -> str:
        typed = text.strip()
        amount, counts = read_amount(typed), self._words()
        if amount is not None and amount < 0:
            said = self.tr("“{0}” is below zero; {1} still counts. Give dollars of zero or more.")
        else:
            said = self.tr(
                "“{0}” is not understood; {1} still counts. Give dollars such as 48,000, 1,250.50 or 48k."
            )
        return said.format(typed, counts)

    def _tell(self, said: str) -> None:
        self._is_refused = bool(said)
        self.refused.emit(said)


class RefusalNote(Paragraph):
    """A sentence below a field with a signal `refused(str)`; out of sight while there is nothing to say."""

    def __init__(self, field: QWidget) -> None:
        super().__init__("", "help_strong", "drift.near")
        self._field = field
        self.hide()

    def tell(self, said: str) -> None:
        """Say why what is typed does not count; empty says nothing."""
        self.setText(said)
        self.setVisible(bool(said))
        self._field.setAccessibleDescription(said)
