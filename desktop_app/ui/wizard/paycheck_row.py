"""What comes into an account with every paycheck, and how many of them a plan counts on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QVBoxLayout, QWidget

from desktop_app.domain.money import ZERO
from desktop_app.domain.paychecks import PAYDAYS, Paychecks
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import TextLabel
from desktop_app.ui.widgets.day_field import DayField
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.ui.widgets.wrap import WrapRow

USUAL = PAYDAYS["biweekly"]
MOST_SHOWN = 520


class PaycheckRow(QWidget):
    """A box to count on paychecks and, once it is ticked, their dollars, rhythm, number and next day.

    `edited` carries the `Paychecks`, or None while no dollars are named. Unticked, dollars named before
    stay remembered and none are counted on.
    """

    edited = Signal(object)

    def __init__(self, account: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pay: Paychecks | None = None
        self.box = QCheckBox(self.tr("Count on coming paychecks"))
        self.box.setAccessibleName(self.tr("Count on coming paychecks of {0}").format(account))
        self.amount = MoneyField()
        self.amount.setAccessibleName(self.tr("Dollars into {0} with each paycheck").format(account))
        self.every = QComboBox()
        for text, name in (
            (self.tr("every week"), "weekly"),
            (self.tr("every two weeks"), "biweekly"),
            (self.tr("twice a month"), "semimonthly"),
            (self.tr("every month"), "monthly"),
        ):
            self.every.addItem(text, PAYDAYS[name])
        self.every.setAccessibleName(self.tr("How often"))
        self.count = QSpinBox()
        self.count.setRange(0, MOST_SHOWN)
        self.count.setSpecialValueText(self.tr("as many as it takes"))
        self.count.setToolTip(self.tr("As many as it takes: until the target is reached, a year at most"))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setSuffix(self.tr(" paychecks"))
        self.count.setAccessibleName(self.tr("Paychecks to count on"))
        self.next_on = DayField()
        self.next_on.setPlaceholderText(self.tr("next payday"))
        self.next_on.setAccessibleName(self.tr("Day of the next paycheck"))
        self._fields = WrapRow(gap=12)
        for part in (
            self.amount,
            self.every,
            TextLabel(self.tr("for"), "body", "muted"),
            self.count,
            TextLabel(self.tr("the next one on"), "body", "muted"),
            self.next_on,
        ):
            self._fields.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._fields)
        self._connect()
        self._fill(None)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _connect(self) -> None:
        self.box.toggled.connect(self._on_tick)
        self.amount.edited.connect(lambda _amount: self._tell())
        self.every.activated.connect(lambda _index: self._tell())
        self.count.valueChanged.connect(lambda _count: self._tell())
        self.next_on.edited.connect(lambda _day: self._tell())

    def _dress(self) -> None:
        self.amount.setFixedWidth(px(120))
        self.next_on.setFixedWidth(px(120))

    def show_pay(self, pay: Paychecks | None) -> None:
        """Show what is known; what is being typed stays while it means the same."""
        if pay != self._asked():
            self._fill(pay)
        self._pay = pay

    def _fill(self, pay: Paychecks | None) -> None:
        blockers = [QSignalBlocker(each) for each in (self.box, self.count)]
        known = pay or Paychecks(ZERO, USUAL)
        counted = pay is not None and pay.is_counted_on
        self.box.setChecked(counted)
        self._fields.setVisible(counted)
        self.amount.set_amount(known.amount)
        if self.every.findData(known.per_year) < 0:
            self.every.addItem(self.tr("{0} a year").format(known.per_year), known.per_year)
        self.every.setCurrentIndex(self.every.findData(known.per_year))
        self.count.setValue(known.count or 0)
        self.next_on.set_day(known.next_on)
        del blockers

    def _on_tick(self, is_on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._fields.setVisible(is_on)
        if is_on:
            self.amount.setFocus()
        self._tell()

    def _asked(self) -> Paychecks | None:
        """Return what the fields say, None while they name no dollars."""
        amount = self.amount.amount()
        if not amount:
            return None
        count = (self.count.value() or None) if self.box.isChecked() else 0
        known = self._pay or Paychecks(amount, USUAL)
        return replace(
            known,
            amount=abs(amount),
            per_year=self.every.currentData(),
            count=count,
            next_on=self.next_on.day(),
        )

    def _tell(self) -> None:
        asked = self._asked()
        if asked != self._pay:
            self.edited.emit(asked)
