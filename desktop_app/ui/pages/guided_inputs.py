"""The left side of the guided plan: who one is, what life costs, and what can be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.goals import OLDEST, GoalAnswers
from desktop_app.domain.issues import Issue
from desktop_app.domain.money import HUNDRED, ZERO, Money
from desktop_app.outlook.limits import contribution_limit, known_years
from desktop_app.ui import words
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, Hairline, SectionTitle, TextLabel
from desktop_app.ui.widgets.amount_field import AmountField, RefusalNote
from desktop_app.ui.widgets.kept_number import KeptNumber
from desktop_app.ui.widgets.lever import Lever
from desktop_app.ui.widgets.money_field import ShareField
from desktop_app.ui.widgets.paragraph import Paragraph

from .guided_entries import AgeField, IncomeEntries, OneOffEntries

STEP = 500
"""Dollars per step of a lever."""
FIELD = 112
USUAL_LIMIT = 30_000
LATEST_RETIREMENT = 80


_FRACTION = re.compile(r"0?\.\d+|1\.0+")


class LastingField(KeptNumber, ShareField):
    """The share of history in which the money must have lasted, in whole percents.

    0.85 is read as 85 % and said so. A lone 1 is asked about: it may mean 1 % or all of history.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(0)
        self.setRange(1, 100)
        self.setSingleStep(5)
        self.keep_numbers()

    def set_share(self, share: Decimal) -> None:
        """Show a percent without telling anybody; what is being typed stays while it means the same."""
        self.show_number(float(share))

    def read_number(self, bare: str) -> Decimal | None:
        """Read whole percents, or a fraction of 1 written as such."""
        if bare == "1":
            return None
        number = bare.removesuffix("%").rstrip()
        if number == bare and _FRACTION.fullmatch(bare):
            return self.fitting(Decimal(bare) * HUNDRED)
        return super().read_number(number)

    def is_begun(self, bare: str) -> bool:
        """A fraction begins with 0 or a point, and 100 with a 1."""
        return bare in {"", "0", ".", "0.", "1", "1.", "0.0", ".0"}

    def said_of(self, bare: str) -> str:
        """Say how a fraction is read."""
        if not _FRACTION.fullmatch(bare):
            return ""
        return self.tr("{0} is read as {1}.").format(bare, words.percent(Decimal(bare), 0))

    def why_not(self, bare: str) -> str:
        """Ask what a lone 1 means."""
        if bare != "1":
            return super().why_not(bare)
        return self.tr("“1” may mean 1 % or all of history. Give 1 % or 100; {0} still counts.").format(
            self._shown()
        )

    def expected(self) -> str:
        """Say what may be typed."""
        return self.tr("a whole percent from 1 to 100")


class GuidedInputs(Card):
    """Fields and levers. `edited(GoalAnswers, str, bool)`: the answers, the field, and whether to keep them.

    Answers that are still on the way (a lever being dragged) are not kept yet.
    """

    edited = Signal(object, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._answers = GoalAnswers()
        self._today = date.today()
        self._rows: list[QWidget] = []
        self.body.addWidget(SectionTitle(self.tr("You")))
        self._add_you()
        self.body.addWidget(Hairline())
        self.body.addWidget(Paragraph(self.tr("A year in today’s dollars"), "body_strong"))
        self._add_spending()
        self.body.addWidget(Hairline())
        self.body.addWidget(SectionTitle(self.tr("What you can change")))
        self._add_levers()
        self.body.addWidget(Hairline())
        self.body.addWidget(SectionTitle(self.tr("Other money")))
        self._add_other()
        self.body.addStretch(1)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _add_you(self) -> None:
        self.age = AgeField(self.tr("Age today"), may_be_blank=True)
        self.plan_to = AgeField(self.tr("Plan until age"))
        self.savings = TextLabel("")
        self._row(self.tr("Age today"), self.age)
        self._row(self.tr("Plan until age"), self.plan_to)
        self._row(self.tr("Savings, all accounts"), self.savings)
        self.age.valueChanged.connect(self._on_age)
        self.plan_to.valueChanged.connect(lambda age: self._keep("plan_to", plan_to=age))

    def _add_spending(self) -> None:
        self.needs, self.wants, self.wishes = (AmountField(signed=False) for _ in range(3))
        for name, label, field in (
            ("needs", self.tr("Needs"), self.needs),
            ("wants", self.tr("Wants, on top"), self.wants),
            ("wishes", self.tr("Wishes, on top"), self.wishes),
        ):
            self._row(label, field)
            field.edited.connect(lambda amount, name=name: self._keep(name, **{name: amount}))
        taxes = self.tr("With the income tax on withdrawals: nothing is taken off for taxes here.")
        self.body.addWidget(Paragraph(taxes, "help", "muted"))
        self.lasting = LastingField()
        self._row(self.tr("Must have lasted in"), self.lasting)
        self.lasting.edited.connect(lambda share: self._keep("lasting", lasting=share / HUNDRED))

    def _add_levers(self) -> None:
        self.retire = Lever(self.tr("Retire at"), str)
        self._most_saved = Decimal(USUAL_LIMIT)
        self.saved = Lever(self.tr("Save a year"), lambda step: words.dollars(self._saved_at(step)))
        self.less = Lever(self.tr("Spend less than planned"), _dollars)
        for name, lever, unit in (
            ("retire_at", self.retire, 1),
            ("saved", self.saved, STEP),
            ("less", self.less, STEP),
        ):
            self.body.addWidget(lever)
            lever.moved.connect(lambda at, name=name, unit=unit: self._move(name, at, unit, keep=False))
            lever.kept.connect(lambda at, name=name, unit=unit: self._move(name, at, unit, keep=True))
        self.match = AmountField(signed=False)
        self._row(self.tr("Match a year"), self.match)
        self.match.edited.connect(lambda amount: self._keep("match", match=amount))
        self.limit = Paragraph("", "help", "muted")
        self.warnings = Paragraph("", "help_strong", "drift.near")
        self.warnings.hide()
        self.answer = Paragraph("", "body_strong")
        self.answer.hide()
        self.body.addWidget(self.answer)
        self.body.addWidget(self.limit)
        self.body.addWidget(self.warnings)

    def _add_other(self) -> None:
        self.income, self.one_off = IncomeEntries(self), OneOffEntries(self)
        self.body.addWidget(self.income)
        self.body.addWidget(self.one_off)
        self.body.addWidget(
            Paragraph(self.tr("Once: with a minus it goes out, such as −20,000 for a roof."), "help", "muted")
        )
        self.income.edited.connect(lambda: self._keep("income", income=self.income.income()))
        self.one_off.edited.connect(lambda: self._keep("one_off", one_off=self.one_off.one_off()))

    def _row(self, label: str, field: QWidget) -> None:
        field.setAccessibleName(label)
        row = QHBoxLayout()
        row.addWidget(Paragraph(label), 1)
        row.addWidget(field)
        self._rows.append(field)
        self.body.addLayout(row)
        if isinstance(field, AgeField | AmountField | LastingField):
            note = RefusalNote(field)
            field.refused.connect(note.tell)
            self.body.addWidget(note)

    def _dress(self) -> None:
        for field in self._rows:
            if field is not self.savings:
                field.setFixedWidth(px(FIELD))

    # What the user does

    def _on_age(self, age: int) -> None:
        self._keep("born", born=self._today.year - age if age else None)

    def _move(self, name: str, at: int, unit: int, *, keep: bool) -> None:
        amount = self._saved_at(at) if name == "saved" else Decimal(at * unit)
        change: dict[str, Any] = {name: at if unit == 1 else amount}
        self._tell(replace(self._answers, **change), name, keep=keep)

    def _keep(self, field: str, **change: Any) -> None:
        self._tell(replace(self._answers, **change), field, keep=True)

    def _tell(self, answers: GoalAnswers, field: str, *, keep: bool) -> None:
        self._answers = answers
        self._fit_levers()
        self.edited.emit(answers, field, keep)

    # What is shown

    def show_answers(self, answers: GoalAnswers, balance: Money, today: date) -> None:
        """Show answers without telling anybody; what is being typed stays while it means the same."""
        self._answers, self._today = answers, today
        self.age.show_age(answers.age_on(today) or 0)
        self.plan_to.show_age(answers.plan_to)
        self.savings.setText(words.dollars(balance))
        for field, amount in (
            (self.needs, answers.needs),
            (self.wants, answers.wants),
            (self.wishes, answers.wishes),
            (self.match, answers.match),
        ):
            field.set_amount(amount)
        self.lasting.set_share(answers.lasting * HUNDRED)
        self.income.show_income(answers.income)
        self.one_off.show_one_off(answers.one_off)
        self._fit_levers()

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Say below the levers what the law or the plan's own years do not allow."""
        self.warnings.setText("\n".join(warnings))
        self.warnings.setVisible(bool(warnings))

    def show_answer(self, said: str) -> None:
        """Say below the levers in short what they lead to, for where the results are out of sight."""
        self.answer.setText(said)
        self.answer.setVisible(bool(said))

    def show_entry_remarks(self, income: Sequence[Issue | None], one_off: Sequence[Issue | None]) -> None:
        """Say below each entry of other money in which years it does not count."""
        self.income.show_remarks(income)
        self.one_off.show_remarks(one_off)

    def _fit_levers(self) -> None:
        answers = self._answers
        age = answers.age_on(self._today)
        limit = None if age is None else contribution_limit(self._today.year, age)
        self._most_saved = Decimal(USUAL_LIMIT) if limit is None else limit.total
        self.retire.set_range(age or 0, min(max(LATEST_RETIREMENT, answers.retire_at), OLDEST), 1)
        self.retire.set_value(answers.retire_at, str(answers.retire_at))
        self.saved.set_range(0, max(_steps_up(self._most_saved), _steps(answers.saved)))
        at = _steps_up(answers.saved) if answers.saved == self._most_saved else _steps(answers.saved)
        self.saved.set_value(at, words.dollars(answers.saved))
        self.less.set_range(0, _steps(answers.needs))
        self.less.set_value(_steps(answers.spared), words.dollars(answers.spared))
        self.limit.setText(self._limit_words(age))

    def _saved_at(self, step: int) -> Decimal:
        """Return the dollars of a step; the one that would pass the limit stops at it."""
        dollars = Decimal(step * STEP)
        return self._most_saved if ZERO < dollars - self._most_saved < STEP else dollars

    def _limit_words(self, age: int | None) -> str:
        year = self._today.year
        limit = contribution_limit(year, age or 0)
        if limit is None:
            known = ", ".join(map(str, known_years()))
            return self.tr("The legal limit of {0} is not known here (known: {1}).").format(year, known)
        basic, more = words.dollars(limit.basic), words.dollars(limit.catch_up)
        if limit.catch_up:
            said = self.tr("{0} limit per person: {1}, plus {2} at your age ({3}).")
            return said.format(year, basic, more, limit.source)
        return self.tr("{0} limit per person: {1} ({2}).").format(year, basic, limit.source)


def _steps(amount: Decimal) -> int:
    return int(amount) // STEP


def _steps_up(amount: Decimal) -> int:
    return ceil(amount / STEP)


def _dollars(steps: int) -> str:
    return words.dollars(Decimal(steps * STEP))
