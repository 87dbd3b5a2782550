"""What was answered in a preview, as quiet lines; each answer can be changed until the import."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.records import dataclass
from desktop_app.ui import words
from desktop_app.ui.widgets import TextLabel
from desktop_app.workflow.identity import AccountMatch
from desktop_app.workflow.statements import ImportPreview, MissingFunds, ask_account_again

from .import_preview_parts import FixButton, numbered

MatchKey: TypeAlias = tuple[int, int]
"""The places of a statement and of its account."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in words, and the preview as it is when the question is open again."""

    words: str
    asked_again: Callable[[ImportPreview], ImportPreview]


def key_of(match: AccountMatch) -> MatchKey:
    """Return which account a match is about."""
    return match.statement, match.account


def answers_of(preview: ImportPreview, matched: Collection[MatchKey]) -> tuple[Answer, ...]:
    """Return what was answered about accounts, missing funds and days; `matched` was asked about."""
    return (*_accounts(preview, matched), *_missing(preview), *_days(preview))


def has_answers(preview: ImportPreview, matched: Collection[MatchKey]) -> bool:
    """Tell whether anything was answered or put right in a preview."""
    told = preview.answers or preview.mappings or preview.missing_said or preview.undated or matched
    return bool(told) or any(
        hints.count or hints.leave_out or hints.values or hints.as_of for hints in preview.hints
    )


def _accounts(preview: ImportPreview, matched: Collection[MatchKey]) -> Iterator[Answer]:
    for match in preview.matches:
        if match.answered and (match.remembered or key_of(match) in matched):
            yield Answer(_account_words(preview, match), partial(_ask_account, match))


def _account_words(preview: ImportPreview, match: AccountMatch) -> str:
    """Say which account one of a file is; where both are called alike, the file tells them apart."""
    name, known = numbered(match.name, match.number), numbered(match.known_name, match.known_number)
    if name != known:
        called = _tr("“{0}”").format(name)
    else:
        called = _tr("The account in {0}").format(preview.statements[match.statement].source)
    said = _tr("{0} is your “{1}”.") if match.same else _tr("{0} is not your “{1}”.")
    if match.remembered:
        said = _tr("{0} is your “{1}”, as you said before.")
    return said.format(called, known)


def _ask_account(match: AccountMatch, preview: ImportPreview) -> ImportPreview:
    return ask_account_again(preview, match)


def _missing(preview: ImportPreview) -> Iterator[Answer]:
    for missing in preview.missing:
        if missing.answered:
            names = ", ".join(holding.fund.name for holding in missing.holdings)
            said = (
                _tr("Still in {0}, at the last value: {1}.")
                if missing.kept
                else _tr("No longer in {0}: {1}.")
            )
            yield Answer(said.format(missing.name, names), partial(_ask_missing, missing))


def _ask_missing(missing: MissingFunds, preview: ImportPreview) -> ImportPreview:
    said = tuple(
        each
        for each in preview.missing_said
        if (each.name, each.holdings) != (missing.name, missing.holdings)
    )
    return replace(preview, missing_said=said)


def _days(preview: ImportPreview) -> Iterator[Answer]:
    for number, statement in enumerate(preview.statements):
        given = preview.hints[number].as_of if number < len(preview.hints) else None
        if given is not None:
            said = _tr("The figures of {0} are of {1}.").format(statement.source, words.day(given))
        elif number in preview.undated:
            said = _tr("The day of the figures of {0} is left open.").format(statement.source)
        else:
            continue
        yield Answer(said, partial(_ask_day, number))


def _ask_day(number: int, preview: ImportPreview) -> ImportPreview:
    statements, hints = list(preview.statements), list(preview.hints)
    if number < len(hints) and hints[number].as_of is not None:
        hints[number] = replace(hints[number], as_of=None)
        statements[number] = replace(statements[number], as_of=None, as_of_kind=None)
    return replace(
        preview,
        statements=tuple(statements),
        hints=tuple(hints),
        undated=preview.undated - {number},
    )


class AnswersList(QWidget):
    """One line per answer with a button that asks again. `again(Answer)` tells which."""

    again = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_answers(self, answers: tuple[Answer, ...]) -> None:
        """Show answers; without any there is nothing to see."""
        while (item := self._column.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for answer in answers:
            self._column.addWidget(self._line(answer))
        self.setVisible(bool(answers))

    def _line(self, answer: Answer) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = TextLabel(answer.words, "help", "muted", line)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        button = FixButton(_tr("Change"), None, line)
        button.setAccessibleDescription(answer.words)
        button.clicked.connect(lambda: self.again.emit(answer))
        row.addWidget(label, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
