"""One rule of an account: on or off, what it says, where from, and the way to change it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.rules import Restriction
from desktop_app.reports.rule_sentences import Namer
from desktop_app.ui.theme import font, px, theme_signals
from desktop_app.ui.widgets import Hairline, QuietButton, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.workflow.rule_lines import Rule
from desktop_app.workflow.rule_presets import is_of_provider

from .kinds import kind_of, title_of
from .rule_words import line_facts, line_words


class RuleRow(QWidget):
    """Signals: `switched(bool)`, `change_wanted()`, `remove_wanted()`."""

    switched = Signal(bool)
    change_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.title = TextLabel("", "body_strong", "text", self)
        self.words = Paragraph("", "body", "text", self)
        self.facts = Paragraph("", "help", "muted", self)
        self.change = QuietButton(self.tr("Change…"), None, self)
        self.remove = QuietButton(self.tr("Remove"), None, self)
        for button in (self.change, self.remove):
            button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.box)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.change)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(Hairline(self))
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.facts)
        self.box.toggled.connect(self.switched)
        self.change.clicked.connect(self.change_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.box.setFont(font("body_strong"))
        self.words.setContentsMargins(px(24), 0, 0, 0)
        self.facts.setContentsMargins(px(24), 0, 0, 0)

    def show_rule(self, rule: Rule, name: Namer, today: date) -> None:
        """Show a rule without telling anybody."""
        title = title_of(kind_of(rule))
        can_rest = isinstance(rule, Restriction)
        is_off = isinstance(rule, Restriction) and rule.off
        with QSignalBlocker(self.box):
            self.box.setChecked(not is_off)
        self.box.setVisible(can_rest)
        self.box.setText(title if can_rest else "")
        self.title.setText("" if can_rest else title)
        self.title.setVisible(not can_rest)
        self.title.setContentsMargins(0 if can_rest else px(24), 0, 0, 0)
        said = line_words(rule, name)
        self.words.setText(said)
        self.words.set_color("muted" if is_off else "text")
        facts = line_facts(rule, today)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.remove.setVisible(not (isinstance(rule, Restriction) and is_of_provider(rule)))
        self.box.setAccessibleName(self.tr("In force: {0}").format(title))
        self.box.setAccessibleDescription(said)
        self.change.setAccessibleName(self.tr("Change: {0}").format(title))
        self.remove.setAccessibleName(self.tr("Remove: {0}").format(title))
