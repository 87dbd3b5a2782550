"""Further amounts of the guided plan: yearly income from an age on, and amounts that come or go once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.goals import OLDEST, Income, OneOff
from desktop_app.domain.issues import Issue, Severity
from desktop_app.ui.rules.fields import CountField
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import IconButton, QuietButton, TextLabel
from desktop_app.ui.widgets.amount_field import AmountField, RefusalNote
from desktop_app.ui.widgets.kept_number import KeptNumber
from desktop_app.ui.widgets.paragraph import Paragraph

AGE_WIDTH = 72


class AgeField(KeptNumber, CountField):
    """An age; nothing is told while it is only shown. With `may_be_blank` no age is an empty line."""

    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, may_be_blank: bool = False) -> None:
        super().__init__(0, "", parent)
        self.blank_value = 0 if may_be_blank else None
        self.setMaximum(OLDEST)
        self.setAccessibleName(name)
        self.setKeyboardTracking(True)
        self.setValue(0)
        self.keep_numbers()

    def textFromValue(self, value: int) -> str:
        """Write an age, nothing for none."""
        return "" if value == self.blank_value else str(value)

    def show_age(self, age: int) -> None:
        """Show an age without telling anybody; what is being typed stays while it means the same."""
        self.show_number(age)


class _Entry(QWidget):
    """One amount with its age and, for income, its name."""

    changed = Signal()
    removed = Signal()

    def __init__(self, *, named: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Social Security, pension…"))
        self.name.setAccessibleName(self.tr("Name of the income"))
        self.amount = AmountField(self, signed=not named)
        self.amount.setAccessibleName(self.tr("Dollars a year") if named else self.tr("Dollars, once"))
        self.age = AgeField(self.tr("From age") if named else self.tr("At age"), self)
        self.remove = IconButton("remove", self.tr("Remove"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if named:
            column.addWidget(self.name)
        self.name.setVisible(named)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.amount, 1)
        row.addWidget(TextLabel(self.tr("from age") if named else self.tr("at age"), "help", "muted"))
        row.addWidget(self.age)
        row.addWidget(self.remove)
        self.note = Paragraph("", "help", "muted")
        self.note.hide()
        column.addLayout(row)
        for field in (self.amount, self.age):
            refusal = RefusalNote(field)
            field.refused.connect(refusal.tell)
            column.addWidget(refusal)
        column.addWidget(self.note)
        self.name.textEdited.connect(lambda _text: self.changed.emit())
        self.amount.edited.connect(lambda _amount: self.changed.emit())
        self.age.valueChanged.connect(lambda _age: self.changed.emit())
        self.remove.clicked.connect(self.removed)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the keyboard, in the order one reads it."""
        named = (self.name,) if self.name.isVisibleTo(self) else ()
        return (*named, self.amount, self.age, self.remove)

    def show_remark(self, remark: Issue | None) -> None:
        """Say below the entry in which years it does not count; None says nothing."""
        self.note.setText("" if remark is None else f"{remark.message} {remark.fix}")
        is_calm = remark is None or remark.severity is Severity.INFO
        self.note.set_color("muted" if is_calm else "drift.near")
        self.note.setVisible(remark is not None)

    def _dress(self) -> None:
        self.age.setFixedWidth(px(AGE_WIDTH))


class _Entries(QWidget):
    """A list of entries with a way to add one; `edited()` after every change the user made."""

    edited = Signal()

    def __init__(self, *, named: bool, add_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named = named
        self.entries: list[_Entry] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.add = QuietButton(add_words, "add")
        self.add.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self._column.addLayout(row)

    def fit(self, count: int) -> None:
        """Have as many entries as are needed."""
        while len(self.entries) < count:
            self._append()
        while len(self.entries) > count:
            self._take(self.entries[-1])

    def show_remarks(self, remarks: Sequence[Issue | None]) -> None:
        """Say something of each entry, of the first ones where there are fewer remarks."""
        for entry, remark in zip_longest(self.entries, remarks[: len(self.entries)]):
            entry.show_remark(remark)

    def _append(self) -> _Entry:
        entry = _Entry(named=self._named, parent=self)
        entry.changed.connect(self.edited)
        entry.removed.connect(lambda: self._on_removed(entry))
        self._column.insertWidget(len(self.entries), entry)
        self.entries.append(entry)
        before = _stop_before(self.add)
        for stop in entry.stops():
            QWidget.setTabOrder(before, stop)
            before = stop
        return entry

    def _take(self, entry: _Entry) -> None:
        self.entries.remove(entry)
        self._column.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _on_add(self) -> None:
        entry = self._append()
        entry.age.show_age(self.usual_age())
        (entry.name if self._named else entry.amount).setFocus()
        self.edited.emit()

    def usual_age(self) -> int:
        """Return the age a new entry begins with."""
        return 67 if self._named else 65

    def _on_removed(self, entry: _Entry) -> None:
        self._take(entry)
        self.add.setFocus()
        self.edited.emit()


def _stop_before(widget: QWidget) -> QWidget:
    """Return what the keyboard stops at before a widget that it stops at too."""
    found = widget.previousInFocusChain()
    while found is not None and (
        found.focusPolicy() == Qt.FocusPolicy.NoFocus or found.focusProxy() is not None
    ):
        found = found.previousInFocusChain()
    return found or widget


class IncomeEntries(_Entries):
    """Yearly income of retirement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(named=True, add_words=self.tr("Add income"), parent=parent)

    def income(self) -> tuple[Income, ...]:
        """Return what is in the fields."""
        return tuple(
            Income(entry.name.text(), entry.amount.amount(), entry.age.value()) for entry in self.entries
        )

    def show_income(self, income: Sequence[Income]) -> None:
        """Show other entries without telling anybody."""
        self.fit(len(income))
        for entry, item in zip(self.entries, income, strict=True):
            if entry.name.text() != item.name:
                entry.name.setText(item.name)
            entry.amount.set_amount(item.annual)
            entry.age.show_age(item.from_age)


class OneOffEntries(_Entries):
    """Amounts that come in once, or with a minus go out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(named=False, add_words=self.tr("Add a one-off amount"), parent=parent)

    def one_off(self) -> tuple[OneOff, ...]:
        """Return what is in the fields."""
        return tuple(OneOff(entry.age.value(), entry.amount.amount()) for entry in self.entries)

    def show_one_off(self, one_off: Sequence[OneOff]) -> None:
        """Show other entries without telling anybody."""
        self.fit(len(one_off))
        for entry, item in zip(self.entries, one_off, strict=True):
            entry.amount.set_amount(item.amount)
            entry.age.show_age(item.age)
