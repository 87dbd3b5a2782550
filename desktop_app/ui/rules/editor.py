"""Everything a plan allows in one account: whose rules it has, each rule, orders and limits, what waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.rules import AccountRules, OrderStyle, Restriction
from desktop_app.domain.waiting import Waiting
from desktop_app.reports.rule_sentences import names_of
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Banner, QuietButton, SectionTitle, TextLabel
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.rule_lines import Rule, line_added, line_replaced, lines_of
from desktop_app.workflow.rule_presets import (
    RulePreset,
    provider_of,
    providers,
    suggested_extra,
    suggested_provider,
    with_preset,
    without_provider,
)

from .fields import ChoiceField, CountField
from .rule_dialog import RuleDialog
from .rule_row import RuleRow

_tr_preset = translator("RulePresets")

STYLES = (OrderStyle.DOLLARS, OrderStyle.PERCENT_OF_FUND, OrderStyle.UNITS, OrderStyle.REALIGN_PERCENT)
NO_LIMIT = 0


def funds_in(account: Account, rules: AccountRules) -> tuple[Fund, ...]:
    """Return every fund an account holds or has on its menu, once."""
    held = (holding.fund for holding in account.holdings)
    return tuple({fund.key: fund for fund in (*held, *rules.menu)}.values())


class RulesEditor(QWidget):
    """Shows an account's rules and tells every change as new ones.

    Signals: `edited(AccountRules, str, str)` carries the new rules, what the change is called, and a key
    that is the same for changes to be undone together (typing), else empty; `log_wanted()` asks for the
    past exchanges.
    """

    edited = Signal(object, str, str)
    log_wanted = Signal()

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._account = account
        self._rules = AccountRules()
        self._today = date.today()
        self._layout = ""
        self.rows: list[RuleRow] = []
        self._build()
        self._connect()
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        self.provider = ChoiceField(
            [(self.tr("Not chosen"), ""), *((preset.name, preset.key) for preset in providers())], self
        )
        self.provider.setAccessibleName(self.tr("Rules of which provider"))
        self.suggestion = Banner("info", "", self.tr("Use its rules"), self)
        self.extra = Banner("info", "", self.tr("Add the rule"), self)
        self.notes = Paragraph("", "help", "muted", self)
        self.add = QuietButton(self.tr("Add a rule…"), "add", self)
        self.log = QuietButton(self.tr("Past exchanges…"), "history", self)
        self.wait_title = SectionTitle(self.tr("What has to wait now"), self)
        self.waits = Paragraph("", "body", "text", self)
        self.minimum = MoneyField(self)
        self.minimum.setAccessibleName(
            self.tr("Smallest exchange {0} takes, in dollars").format(self._account.name)
        )
        self.most = CountField(NO_LIMIT, "", self)
        self.most.setSpecialValueText(self.tr("no limit"))
        self.most.setAccessibleName(self.tr("Most exchanges in one plan"))
        styles = (self.tr("dollars"), self.tr("percent of the fund"), self.tr("units"))
        self.style_choice = ChoiceField(
            zip((*styles, self.tr("whole percents of the account")), (s.value for s in STYLES), strict=True),
            self,
        )
        self.style_choice.setAccessibleName(self.tr("How orders are given"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._pair(self.tr("Rules published by"), self.provider))
        column.addWidget(self.suggestion)
        column.addWidget(self.notes)
        column.addWidget(self.extra)
        column.addLayout(self._rows)
        tools = WrapRow(self)
        tools.add(self.add)
        tools.add(self.log)
        column.addWidget(tools)
        column.addWidget(self.wait_title)
        column.addWidget(self.waits)
        limits = WrapRow(self, gap=20)
        limits.add(self._pair(self.tr("Orders are given in"), self.style_choice))
        limits.add(self._pair(self.tr("Smallest exchange"), self.minimum))
        limits.add(self._pair(self.tr("Most exchanges in one plan"), self.most))
        column.addWidget(limits)

    def _pair(self, text: str, field: QWidget) -> WrapRow:
        pair = WrapRow(self, gap=8)
        label = TextLabel(text, "body", "text", pair)
        label.setBuddy(field)
        pair.add(label)
        pair.add(field)
        return pair

    def _dress(self) -> None:
        self.minimum.setMinimumWidth(px(100))
        self.most.setMinimumWidth(px(100))
        self.style_choice.setMinimumWidth(px(220))
        self.provider.setMinimumWidth(px(280))

    def _connect(self) -> None:
        self.provider.activated.connect(self._on_provider)
        self.suggestion.action.connect(self._on_suggestion)
        self.extra.action.connect(self._on_extra)
        self.add.clicked.connect(self._on_add)
        self.log.clicked.connect(self.log_wanted)
        self.minimum.edited.connect(self._on_minimum)
        self.most.valueChanged.connect(self._on_most)
        self.style_choice.activated.connect(self._on_style)
        for button in (self.add, self.log):
            button.setAutoDefault(False)

    def show_rules(
        self, rules: AccountRules, today: date, layout: str, waits: Sequence[Waiting] = ()
    ) -> None:
        """Show what is known without telling anybody; `layout` is that of the account's newest statement."""
        self._rules, self._today, self._layout = rules, today, layout
        self.minimum.set_amount(rules.minimum_exchange)
        with QSignalBlocker(self.most):
            self.most.setValue(NO_LIMIT if rules.max_exchanges is None else max(rules.max_exchanges, 1))
        self.style_choice.choose(rules.order_style.value)
        self._show_provider()
        self._show_rows()
        self.waits.setText("\n".join(wait.words for wait in waits))
        self.wait_title.setVisible(bool(waits))
        self.waits.setVisible(bool(waits))

    def _show_provider(self) -> None:
        known = provider_of(self._rules)
        self.provider.choose("" if known is None else known.key)
        likely = suggested_provider(self._layout) if known is None else None
        self.suggestion.setVisible(likely is not None)
        if likely is not None:
            self.suggestion.setText(
                self.tr("The statement looks like one of {0}. Nothing is used until you say so.").format(
                    likely.name
                )
            )
        extra = suggested_extra(self._rules, funds_in(self._account, self._rules))
        self.extra.setVisible(extra is not None)
        self.extra.setText(
            self.tr(
                "A stable value fund is held. "
                "Most plans do not let its money go straight to a competing fund."
            )
        )
        notes = "" if known is None else self._notes(known)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))

    def _notes(self, preset: RulePreset) -> str:
        lines = [_tr_preset(preset.words)]
        if preset.cut_off:
            hour = _tr_preset(preset.cut_off)
            lines.append(self.tr("Orders before {0} get that day's price.").format(hour))
        lines += [_tr_preset(remark) for remark in preset.remarks]
        return "\n".join(lines)

    def _show_rows(self) -> None:
        lines = lines_of(self._rules)
        while len(self.rows) > len(lines):
            row = self.rows.pop()
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(lines):
            self._add_row(len(self.rows))
        name = names_of(funds_in(self._account, self._rules))
        for row, rule in zip(self.rows, lines, strict=True):
            row.show_rule(rule, name, self._today)

    def _add_row(self, index: int) -> None:
        row = RuleRow(self)
        row.switched.connect(lambda on: self._on_switched(index, on=on))
        row.change_wanted.connect(lambda: self._on_change(index))
        row.remove_wanted.connect(lambda: self._on_remove(index))
        self.rows.append(row)
        self._rows.addWidget(row)

    def _tell(self, rules: AccountRules, words: str, key: str = "") -> None:
        if rules != self._rules:
            self._rules = rules
            self.edited.emit(rules, words, key)

    def _use(self, preset: RulePreset) -> None:
        rules = with_preset(self._rules, preset)
        if rules == self._rules:
            self._show_provider()
        self._tell(rules, self.tr("Use the rules of {0}").format(preset.name))

    def _on_provider(self, _index: int) -> None:
        chosen = next((preset for preset in providers() if preset.key == self.provider.currentData()), None)
        if chosen is not None:
            self._use(chosen)
            return
        self._tell(without_provider(self._rules), self.tr("Use no provider's rules"))
        self._show_provider()

    def _on_suggestion(self) -> None:
        likely = suggested_provider(self._layout)
        if likely is not None:
            self._use(likely)

    def _on_extra(self) -> None:
        extra = suggested_extra(self._rules, funds_in(self._account, self._rules))
        if extra is not None:
            self._tell(with_preset(self._rules, extra), self.tr("Add a rule"))

    def _on_add(self) -> None:
        self._ask(None, lambda rule: self._tell(line_added(self._rules, rule), self.tr("Add a rule")))

    def _on_change(self, index: int) -> None:
        def keep(rule: Rule) -> None:
            self._tell(line_replaced(self._rules, index, rule), self.tr("Change a rule"))

        self._ask(lines_of(self._rules)[index], keep)

    def _on_remove(self, index: int) -> None:
        self._tell(line_replaced(self._rules, index, None), self.tr("Remove a rule"))

    def _on_switched(self, index: int, *, on: bool) -> None:
        rule = lines_of(self._rules)[index]
        if isinstance(rule, Restriction):
            words = self.tr("Switch a rule on") if on else self.tr("Switch a rule off")
            self._tell(line_replaced(self._rules, index, rule.switched(on=on)), words)

    def _ask(self, rule: Rule | None, keep: Callable[[Rule], None]) -> None:
        dialog = RuleDialog(funds_in(self._account, self._rules), self._today, rule, self)
        dialog.kept.connect(keep)
        dialog.open()

    def _on_minimum(self, amount: Money) -> None:
        words = self.tr("Change the smallest exchange")
        self._tell(replace(self._rules, minimum_exchange=max(amount, ZERO)), words, "minimum")

    def _on_most(self, count: int) -> None:
        words = self.tr("Change the most exchanges")
        self._tell(replace(self._rules, max_exchanges=count or None), words, "most")

    def _on_style(self, index: int) -> None:
        self._tell(replace(self._rules, order_style=STYLES[index]), self.tr("Change how orders are given"))
