"""The question what a fund holds: one class, or a mix that adds to 100 %."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.classes import LEAVES, AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import HUNDRED, ZERO, plain
from desktop_app.ui import words
from desktop_app.ui.models.drift_words import class_name
from desktop_app.ui.models.holdings_lines import decided_words, whole_mix_words
from desktop_app.ui.theme import pixmap, px
from desktop_app.ui.widgets import (
    OutlinedButton,
    PrimaryButton,
    QuietButton,
    SegmentedControl,
    Swatch,
    TextLabel,
    swatch_pixmap,
)
from desktop_app.ui.widgets.money_field import ShareField

LEAF_ROLE = int(Qt.ItemDataRole.UserRole)


class MixDialog(QDialog):
    """Asks for a fund's mix. `chosen` carries an `AssetMix`, or None for the program's own answer.

    `program` is the fund as the program classified it; use `open`, the dialog never blocks.
    """

    chosen = Signal(object)

    def __init__(self, fund: Fund, program: Fund | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fund = fund
        self._program = program or fund
        self.setWindowTitle(self.tr("What it holds"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = SegmentedControl([self.tr("One class"), self.tr("A mix of classes")], self)
        self.kind.set_name(self.tr("What the fund holds"))
        self.classes = _ClassList(self)
        self.parts = MixFields(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.classes)
        self._stack.addWidget(self.parts)
        self.use_button = PrimaryButton(self.tr("Use this"), None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self.back_button = QuietButton(self.tr("Back to the program's answer"), None, self)
        self._lay_out()
        self._connect()
        self._show_mix(fund)

    def mix(self) -> AssetMix | None:
        """Return the mix as it stands, None while it is not complete."""
        if self.kind.current() == 1:
            return self.parts.mix()
        leaf = self.classes.leaf()
        return None if leaf is None else AssetMix.single(leaf)

    def accept(self) -> None:
        """Hand the mix out; an incomplete one keeps the dialog open."""
        mix = self.mix()
        if mix is not None:
            self.chosen.emit(mix)
            super().accept()

    def _lay_out(self) -> None:
        title = TextLabel(self.tr("What does {0} hold?").format(self._fund.name), "verdict", "text", self)
        thought = TextLabel(self._thought(), "body", "muted", self)
        for label in (title, thought):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (title, thought):
            column.addWidget(widget)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        self.resize(px(520), px(560))

    def _connect(self) -> None:
        self.kind.currentChanged.connect(self._on_kind)
        self.classes.itemSelectionChanged.connect(self._check)
        self.classes.itemActivated.connect(self.accept)
        self.parts.changed.connect(self._check)
        self.use_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self._on_back)
        self.back_button.setVisible(self._fund.classified_by is ClassifiedBy.USER)
        for button in (self.cancel_button, self.back_button):
            button.setAutoDefault(False)
        self.use_button.setDefault(True)

    def _thought(self) -> str:
        if self._program.classified_by is ClassifiedBy.UNKNOWN:
            return self.tr("The program does not know this fund. Its fact sheet says what it holds.")
        thought = self.tr("The program thought: {0} ({1}).").format(
            whole_mix_words(self._program.mix), decided_words(self._program)
        )
        return f"{thought} {self._program.note}".strip()

    def _show_mix(self, fund: Fund) -> None:
        if fund.classified_by is not ClassifiedBy.UNKNOWN:
            self.parts.set_mix(fund.mix)
            if fund.mix.is_single:
                self.classes.choose(fund.mix.main)
            else:
                self.kind.set_current(1)
        self._on_kind(self.kind.current())

    def _on_kind(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._check()

    def _check(self) -> None:
        self.use_button.setEnabled(self.mix() is not None)

    def _on_back(self) -> None:
        self.chosen.emit(None)
        super().accept()


class _ClassList(QListWidget):
    """All classes with their swatches, one to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Classes"))
        self.setIconSize(QSize(px(10), px(10)))
        self.setSpacing(2)
        for leaf in LEAVES:
            item = QListWidgetItem(QIcon(swatch_pixmap(leaf)), class_name(leaf))
            item.setData(LEAF_ROLE, leaf.value)
            self.addItem(item)

    def leaf(self) -> AssetClass | None:
        """Return the chosen class."""
        chosen = self.selectedItems()
        return AssetClass(chosen[0].data(LEAF_ROLE)) if chosen else None

    def choose(self, leaf: AssetClass) -> None:
        """Choose a class."""
        self.setCurrentRow(LEAVES.index(leaf))


class MixFields(QWidget):
    """A percent for every class with their sum below; `changed` tells every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[AssetClass, ShareField] = {}
        self._mark = QLabel(self)
        self.sum_label = TextLabel("", "body_strong", "text", self)
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setColumnStretch(1, 1)
        for row, leaf in enumerate(LEAVES):
            self.fields[leaf] = self._field(leaf)
            name = TextLabel(class_name(leaf), "body", "text", content)
            name.setBuddy(self.fields[leaf])
            for column, widget in enumerate((Swatch(leaf, content), name, self.fields[leaf])):
                grid.addWidget(widget, row, column)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._mark)
        foot.addWidget(self.sum_label)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.addWidget(scroll, 1)
        column_of_all.addLayout(foot)
        self._show_sum()

    def mix(self) -> AssetMix | None:
        """Return the mix, None while it does not add to 100 %."""
        shares = self._shares()
        if sum(shares.values(), ZERO) != HUNDRED:
            return None
        return AssetMix.of({leaf: share / HUNDRED for leaf, share in shares.items()})

    def set_mix(self, mix: AssetMix) -> None:
        """Show a mix, rounded to what the fields show so that it still adds up."""
        shown = AssetMix.normalised(dict(mix), places=6)
        for leaf, field in self.fields.items():
            field.set_share(shown.share(leaf) * HUNDRED)
        self._show_sum()

    def _field(self, leaf: AssetClass) -> ShareField:
        field = ShareField(self)
        field.setAccessibleName(self.tr("{0}, percent").format(class_name(leaf)))
        field.edited.connect(self._on_edited)
        return field

    def _shares(self) -> Mapping[AssetClass, Decimal]:
        return {leaf: field.share() for leaf, field in self.fields.items()}

    def _on_edited(self) -> None:
        self._show_sum()
        self.changed.emit()

    def _show_sum(self) -> None:
        total = sum(self._shares().values(), ZERO)
        off = plain(abs(HUNDRED - total)) + words.NO_BREAK_SPACE + "%"
        shown = f"{plain(total)}{words.NO_BREAK_SPACE}%"
        if total == HUNDRED:
            self.sum_label.setText(shown)
        elif total < HUNDRED:
            self.sum_label.setText(self.tr("{0}, {1} missing").format(shown, off))
        else:
            self.sum_label.setText(self.tr("{0}, {1} too much").format(shown, off))
        done = total == HUNDRED
        color = "drift.inside" if done else "drift.near"
        self.sum_label.set_color(color)
        self._mark.setPixmap(pixmap("check" if done else "warning", color, px(16)))
