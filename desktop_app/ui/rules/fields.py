"""Fields of a rule: numbers of days, dollars, shares, funds meant, a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QSpinBox, QWidget

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import HUNDRED
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import Period, is_class_name
from desktop_app.reports.rule_sentences import STANDS_ALONE, class_funds
from desktop_app.ui.theme import line_height, px
from desktop_app.ui.widgets import swatch_pixmap
from desktop_app.ui.widgets.day_field import DayField, parse_day
from desktop_app.ui.widgets.money_field import MoneyField, ShareField

from .kinds import Field, Shape, tr

NAME_ROLE = int(Qt.ItemDataRole.UserRole)
MOST = 9999
ROWS = 6
"""Rows a list of funds shows before it scrolls."""
NARROW, WIDE = 140, 320
"""Widths in pixels at 100 % text of a number's field and of a choice."""


class CountField(QSpinBox):
    """A whole number; the wheel scrolls the page and never the number."""

    def __init__(self, least: int, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, MOST)
        self.setSuffix(suffix)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class ChoiceField(QComboBox):
    """A choice with a value behind each word; the wheel scrolls the page."""

    def __init__(self, choices: Iterable[tuple[str, Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for words, value in choices:
            self.addItem(words, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def choose(self, value: object) -> None:
        """Show the choice with a value; the first where there is none such."""
        self.setCurrentIndex(max(self.findData(value), 0))


class NamesField(QListWidget):
    """Funds of the account and classes to tick; names a rule has for other funds stay in the list."""

    changed = Signal()

    def __init__(self, funds: Iterable[Fund], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._funds = tuple(funds)
        self.setIconSize(QSize(px(10), px(10)))
        self.setSpacing(px(2))
        self.setFixedHeight(ROWS * (line_height("body") + px(4)) + px(8))
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def show_names(self, names: Iterable[str]) -> None:
        """Show what a rule names, ticked and on top, then everything else it could name."""
        self.blockSignals(True)
        self.clear()
        wanted = list(names)
        choices: list[tuple[str, str, AssetClass | None]] = [
            (fund.name, fund.key, fund.mix.main) for fund in self._funds
        ]
        choices += [(_every(node), node.value, None) for node in AssetClass]
        gone = [name for name in wanted if not any(self._is(name, key) for _, key, _ in choices)]
        found: list[tuple[str, str, AssetClass | None, bool]] = [
            (f"{name} {tr('(not held now)')}", name, None, True) for name in gone
        ]
        for words, key, leaf in choices:
            name = next((name for name in wanted if self._is(name, key)), None)
            found.append((words, name or key, leaf, name is not None))
        for words, name, leaf, is_on in sorted(found, key=lambda item: not item[3]):
            self._add(words, name, leaf, is_on=is_on)
        self.blockSignals(False)

    def names(self) -> tuple[str, ...]:
        """Return how the ticked funds and classes are called in a rule."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(
            str(item.data(NAME_ROLE)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, name: str, *, on: bool) -> None:
        """Tick or clear what a rule calls `name`."""
        for row in range(self.count()):
            if self.item(row).data(NAME_ROLE) == name:
                self.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _is(self, name: str, key: str) -> bool:
        if is_class_name(key):
            return name == key
        return any(fund.key == key and fund.is_called(name) for fund in self._funds)

    def _add(self, words: str, name: str, leaf: AssetClass | None, *, is_on: bool) -> None:
        item = QListWidgetItem(words)
        if leaf is not None:
            item.setIcon(QIcon(swatch_pixmap(leaf)))
        item.setData(NAME_ROLE, name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self.addItem(item)


def _every(node: AssetClass) -> str:
    """Return what a class is called in a list of funds: "All US large funds", "The brokerage window"."""
    words = class_funds(node)
    if node in STANDS_ALONE:
        return words[0].upper() + words[1:]
    return tr("All {0}").format(words)


@dataclass(frozen=True, slots=True)
class Entry:
    """A field on the screen with the ways in and out of it."""

    widget: QWidget
    read: Callable[[], Any]
    write: Callable[[Any], None]


def make_entry(field: Field, funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    """Return a field of a rule; `told` hears of every change."""
    entry = _MAKERS[field.shape](field, funds, told, parent)
    entry.widget.setAccessibleName(tr(field.label))
    if field.shape in {Shape.DAYS, Shape.COUNT, Shape.DOLLARS, Shape.SHARE, Shape.DAY}:
        entry.widget.setMaximumWidth(px(NARROW))
    elif field.shape in {Shape.FUND, Shape.PERIOD}:
        entry.widget.setMaximumWidth(px(WIDE))
    return entry


Maker = Callable[[Field, tuple[Fund, ...], Callable[[], None], QWidget], Entry]


def _number(field: Field, _funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    box = CountField(field.least, f" {tr('days')}" if field.shape is Shape.DAYS else "", parent)
    box.valueChanged.connect(lambda _value: told())
    return Entry(box, box.value, box.setValue)


def _dollars(_field: Field, _funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    line = MoneyField(parent)
    line.edited.connect(lambda _amount: told())
    return Entry(line, lambda: abs(line.amount()), line.set_amount)


def _share(_field: Field, _funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    box = ShareField(parent)
    box.edited.connect(lambda _share: told())

    def write(share: Decimal) -> None:
        box.set_share(share * HUNDRED)

    return Entry(box, lambda: box.share() / HUNDRED, write)


def _names(_field: Field, funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    box = NamesField(funds, parent)
    box.changed.connect(told)
    return Entry(box, box.names, box.show_names)


def _period(_field: Field, _funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    box = ChoiceField(((tr("calendar month"), Period.MONTH.value), (tr("day"), Period.DAY.value)), parent)
    box.currentIndexChanged.connect(lambda _index: told())
    return Entry(box, lambda: Period(box.currentData()), lambda period: box.choose(period.value))


def _flag(field: Field, _funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    box = QCheckBox(tr(field.label), parent)
    box.toggled.connect(lambda _on: told())
    return Entry(box, box.isChecked, box.setChecked)


def _fund(_field: Field, funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    box = ChoiceField([(tr("Choose a fund"), ""), *((fund.name, fund.key) for fund in funds)], parent)
    box.currentIndexChanged.connect(lambda _index: told())

    def write(name: str) -> None:
        key = next((fund.key for fund in funds if name and fund.is_called(name)), name)
        if box.findData(key) < 0:
            box.addItem(f"{name} {tr('(not held now)')}", name)
        box.choose(key)

    return Entry(box, lambda: str(box.currentData()), write)


def _day(_field: Field, _funds: tuple[Fund, ...], told: Callable[[], None], parent: QWidget) -> Entry:
    line = DayField(parent)
    line.edited.connect(lambda _day: told())
    line.textEdited.connect(lambda _text: told())
    return Entry(line, lambda: parse_day(line.text()) or date.max, line.set_day)


_MAKERS: dict[Shape, Maker] = {
    Shape.DAYS: _number,
    Shape.COUNT: _number,
    Shape.DOLLARS: _dollars,
    Shape.SHARE: _share,
    Shape.FUNDS: _names,
    Shape.PERIOD: _period,
    Shape.FLAG: _flag,
    Shape.FUND: _fund,
    Shape.DAY: _day,
}
