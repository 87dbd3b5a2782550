"""Fields for shares and dollars that follow while they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDoubleSpinBox, QLineEdit, QWidget

from desktop_app.domain.money import ZERO, Money, plain
from desktop_app.ui import words

LARGEST = Decimal(10) ** 12
PIXELS_A_STEP = 3
"""How far the arrows of a share are dragged for one of its steps."""
_TYPED = re.compile(r"[\s$,\u00a0]")


def parse_dollars(text: str) -> Money | None:
    """Read "$41,236.50", "−500" or an empty text (0); None while it is no amount of whole cents."""
    bare = _TYPED.sub("", text).replace(words.MINUS, "-")
    if not bare:
        return ZERO
    if not re.fullmatch(r"-?\d*\.?\d{0,2}", bare):
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return None
    return amount if abs(amount) < LARGEST else None


class _DollarRule(QValidator):
    """Lets through what is or may become an amount; a beginning that is left alone turns into `known()`."""

    def __init__(self, known: Callable[[], str], parent: QWidget, *, signed: bool) -> None:
        super().__init__(parent)
        self._known, self._signed = known, signed

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        bare = _TYPED.sub("", text).replace(words.MINUS, "-")
        if bare.startswith("-") and not self._signed:
            return QValidator.State.Invalid, text, at
        if parse_dollars(text) is not None:
            return QValidator.State.Acceptable, text, at
        if bare in {"-", ".", "-."}:
            return QValidator.State.Intermediate, text, at
        return QValidator.State.Invalid, text, at

    def fixup(self, _text: str) -> str:
        """Return the amount there is, where the line is left with a beginning such as a lone minus."""
        return self._known()


class MoneyField(QLineEdit):
    """A line for dollars and cents; `edited` tells the amount with every key that makes sense.

    Where it is not `signed` a minus is no such key: there is nothing below zero to mean.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, signed: bool = True) -> None:
        super().__init__(parent)
        self._amount = ZERO
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setValidator(_DollarRule(self._words, self, signed=signed))
        self.textEdited.connect(self._on_typed)
        self.editingFinished.connect(self._write)
        self._write()

    def amount(self) -> Money:
        """Return the dollars typed last."""
        return self._amount

    def set_amount(self, amount: Money) -> None:
        """Show dollars; the text stays as it is while it already means this amount."""
        if amount != self._amount or not self.hasFocus():
            self._amount = amount
            self._write()

    def _on_typed(self, text: str) -> None:
        amount = parse_dollars(text)
        if amount is not None and amount != self._amount:
            self._amount = amount
            self.edited.emit(amount)

    def _write(self) -> None:
        self.setText(self._words())

    def _words(self) -> str:
        whole = self._amount == self._amount.to_integral_value()
        return words.dollars(self._amount) if whole else words.dollars_cents(self._amount)


class ShareField(QDoubleSpinBox):
    """A spin field for percents: arrows step half a point and can be dragged, decimals may be typed."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: tuple[float, float] | None = None
        self._is_dragged = False
        self.setCursor(Qt.CursorShape.SizeVerCursor)  # over the arrows; the line keeps its own
        self.setToolTip(self.tr("Type a share, press the arrows, or drag them up and down"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setLocale(QLocale.c())  # what textFromValue writes must be read again everywhere
        self.setDecimals(4)
        self.setRange(0, 100)
        self.setSingleStep(0.5)
        self.setSuffix(f"{words.NO_BREAK_SPACE}%")
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
        self.valueChanged.connect(lambda _value: self.edited.emit(self.share()))

    def share(self) -> Decimal:
        """Return the percent shown, to at most four decimals."""
        return Decimal(f"{self.value():.4f}").normalize()

    def set_share(self, share: Decimal) -> None:
        """Show a percent without telling anybody; what is being typed stays when it means the same."""
        shown = share.quantize(Decimal("0.0001"))
        if shown == self.share():
            return
        self.blockSignals(True)
        self.setValue(float(shown))
        self.blockSignals(False)

    def textFromValue(self, value: float) -> str:
        """Write no more decimals than there are."""
        return plain(Decimal(f"{value:.4f}"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag of the arrows may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().y(), self.value()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag that began on the arrows: up is more; the first step of the press is taken back."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        start, share = self._pressed
        way = start - event.globalPosition().y()
        if not self._is_dragged and abs(way) >= QApplication.startDragDistance() / 2:
            self._is_dragged = True
            super().mouseReleaseEvent(event)  # else the arrow under the pointer goes on stepping
        if self._is_dragged:
            self.setValue(share + round(way / PIXELS_A_STEP) * self.singleStep())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        self._pressed, self._is_dragged = None, False
        super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll; a share only changes on purpose."""
        event.ignore()
