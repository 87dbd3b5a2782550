"""The dialog in which one rule is written or changed, with the sentence it makes always in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.funds import Fund
from desktop_app.domain.rules import Restriction
from desktop_app.reports.rule_sentences import names_of, sentence_of
from desktop_app.ui import words
from desktop_app.ui.widgets import OutlinedButton, PrimaryButton, TextLabel
from desktop_app.ui.widgets.day_field import DayField, parse_day
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.workflow.rule_lines import FundBlock, FundCap, Rule, edited, trouble_of

from .fields import ChoiceField, Entry, make_entry
from .kinds import BLANKS, FIELDS, Shape, blank, help_of, kind_of, title_of, tr
from .rule_words import line_words


class RuleDialog(TallDialog):
    """Writes a new rule, or changes the one given; `kept` carries it."""

    kept = Signal(object)

    def __init__(
        self, funds: tuple[Fund, ...], today: date, rule: Rule | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._funds = funds
        self._today = today
        self._rule = rule or blank(BLANKS[0], today)
        self.entries: dict[str, Entry] = {}
        title = self.tr("Add a rule") if rule is None else self.tr("Change the rule")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = ChoiceField([(title_of(kind), index) for index, kind in enumerate(BLANKS)], self)
        self.kind.setAccessibleName(self.tr("Kind of rule"))
        self.kind.setEnabled(rule is None)
        self.help = Paragraph("", "help", "muted", self)
        self.until = DayField(self)
        self.until.setPlaceholderText(self.tr("no end known"))
        self.until.setAccessibleName(self.tr("Last day it holds"))
        self.source = QLineEdit(self)
        self.source.setAccessibleName(self.tr("Where it is published"))
        self.source.setPlaceholderText(self.tr("plan booklet, page, date"))
        self.sentence = Paragraph("", "body", "text", self)
        self.trouble = Paragraph("", "body", "drift.near", self)
        self.keep_button = PrimaryButton(self.tr("Keep the rule"), None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self._lay_out(title)
        self._show_kind()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.until.edited.connect(lambda _day: self._check())
        self.until.textEdited.connect(lambda _text: self._check())
        self.source.textEdited.connect(lambda _text: self._check())
        self.keep_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)

    def rule(self) -> Rule:
        """Return the rule as it stands in the fields."""
        found: dict[str, Any] = {name: entry.read() for name, entry in self.entries.items()}
        if not isinstance(self._rule, Restriction):
            return replace(self._rule, **found)
        terms = replace(self._rule.terms, **found)
        return edited(self._rule, terms, self.until.day(), self.source.text())

    def accept(self) -> None:
        """Hand the rule out."""
        if not self._trouble():
            self.kept.emit(self.rule())
            super().accept()

    def _lay_out(self, title: str) -> None:
        lead = self.tr("A plan's own documents come before what a provider publishes for everybody.")
        column = self.frame(title, lead, self._foot())
        column.setSpacing(4)
        self._label(column, self.tr("Kind of rule"), self.kind)
        column.addWidget(self.kind)
        column.addWidget(self.help)
        column.addSpacing(8)
        self._fields = QWidget(self)
        column.addWidget(self._fields)
        self._tail = QWidget(self)
        tail = QVBoxLayout(self._tail)
        tail.setContentsMargins(0, 0, 0, 0)
        tail.setSpacing(4)
        for label, field in (
            (self.tr("Last day it holds"), self.until),
            (self.tr("Where it is published"), self.source),
        ):
            self._label(tail, label, field)
            tail.addWidget(field)
            tail.addSpacing(4)
        column.addWidget(self._tail)
        column.addStretch(1)
        self._column = column
        self.fit(560, 660)

    def _label(self, column: QVBoxLayout, text: str, field: QWidget) -> None:
        label = TextLabel(text, "help", "muted", self)
        label.setBuddy(field)
        column.addWidget(label)

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(8)
        foot.addWidget(self.sentence)
        foot.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.keep_button)
        foot.addLayout(row)
        return foot

    def _on_kind(self, index: int) -> None:
        self._rule = blank(BLANKS[index], self._today)
        self._show_kind()

    def _show_kind(self) -> None:
        kind = kind_of(self._rule)
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(BLANKS.index(kind))
        self.kind.blockSignals(False)
        self.help.setText(help_of(kind))
        self._show_fields(kind)
        is_rule = isinstance(self._rule, Restriction)
        self._tail.setVisible(is_rule)
        if isinstance(self._rule, Restriction):
            self.until.set_day(self._rule.until)
            self.source.setText(self._rule.source)
        self._check()

    def _show_fields(self, kind: type) -> None:
        fields = QWidget(self)
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.entries = {}
        values = self._rule.terms if isinstance(self._rule, Restriction) else self._rule
        for field in FIELDS[kind]:
            entry = make_entry(field, self._funds, self._check, fields)
            entry.write(getattr(values, field.attribute))
            self.entries[field.attribute] = entry
            if field.shape is not Shape.FLAG:
                self._label(column, tr(field.label), entry.widget)
            column.addWidget(entry.widget)
            column.addSpacing(4)
        self._column.replaceWidget(self._fields, fields)
        self._fields.hide()
        self._fields.deleteLater()
        self._fields = fields

    def _trouble(self) -> str:
        last = self.until.text().strip()
        if isinstance(self._rule, FundBlock) and self.entries["until"].read() == date.max:
            return self.tr("Type the day it is free again.")
        if isinstance(self._rule, Restriction) and last and parse_day(last) is None:
            return self.tr("Type the last day as a date, or leave it empty.")
        return trouble_of(self.rule())

    def _check(self) -> None:
        """Say what the rule means now, or what it lacks."""
        if not set(self.entries) >= {field.attribute for field in FIELDS[kind_of(self._rule)]}:
            return
        trouble = self._trouble()
        rule = self.rule()
        name = names_of(self._funds)
        if isinstance(rule, (FundCap, FundBlock)):
            said = line_words(rule, name)
        else:
            said = sentence_of(rule.terms, name)
            if rule.until is not None and not rule.off:
                said = self.tr("{0} Up to {1}.").format(said, words.day(rule.until))
        self.sentence.setText("" if trouble else said)
        self.sentence.setVisible(not trouble)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.keep_button.setEnabled(not trouble)
