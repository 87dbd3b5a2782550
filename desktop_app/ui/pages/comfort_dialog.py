"""Our own questions about what a household can bear and wants to bear, with the loss an answer implies."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.money import Money
from desktop_app.outlook.comfort import Comfort, Group, Question, about, questions
from desktop_app.ui import words
from desktop_app.ui.models.guided_lines import mix_name
from desktop_app.ui.widgets import Hairline, PrimaryButton, QuietButton, SectionTitle
from desktop_app.ui.widgets.choice import Choice
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.workflow.guided_desk import comfort_so_far, worst_loss


class ComfortDialog(TallDialog):
    """Asks; `answered(str, object)` tells a question's key and the place of the answer, None to forget it."""

    answered = Signal(str, object)

    def __init__(self, chosen: dict[str, int], balance: Money, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen, self._balance = dict(chosen), balance
        self.setWindowTitle(self.tr("How much could fall?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.groups: dict[str, QButtonGroup] = {}
        self.result_words = Paragraph("", "body_strong")
        self.done_button = PrimaryButton(self.tr("Done"))
        self.forget = QuietButton(self.tr("Start again"))
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(12)
        foot.addWidget(self.result_words)
        row = QHBoxLayout()
        row.addWidget(self.forget)
        row.addStretch(1)
        row.addWidget(self.done_button)
        foot.addLayout(row)
        column = self.frame(self.tr("How much could fall?"), self._lead(), foot)
        for question in questions():
            self._add(column, question)
        column.addStretch(1)
        self._order()
        self.done_button.clicked.connect(self.accept)
        self.done_button.setDefault(True)
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._on_forget)
        self._say()
        self.fit(640, 640)

    def _order(self) -> None:
        """Let Tab go through the answers first and stop nowhere between; the column still turns its pages."""
        answers = [button for group in self.groups.values() for button in group.buttons()]
        for before, after in pairwise((*answers, self.forget, self.done_button)):
            self.setTabOrder(before, after)
        for scroll in self.findChildren(QScrollArea):
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first question, with its ring to be seen."""
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        group = next(iter(self.groups.values()))
        (group.checkedButton() or group.buttons()[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def _lead(self) -> str:
        scoring = self.tr(
            "How it scores: the first four set the most in stocks you can bear (the first gives it, the "
            "others take off), the last four are averaged into what you want to bear. The lower counts."
        )
        return f"{self.tr(about())} {scoring}"

    def _add(self, column: QVBoxLayout, question: Question) -> None:
        column.addWidget(Hairline())
        title = SectionTitle(self.tr(question.words))
        title.setWordWrap(True)
        column.addWidget(title)
        group = self.groups[question.key] = QButtonGroup(self)
        for place, answer in enumerate(question.answers):
            button = Choice(self.tr(answer.words))
            button.setChecked(self._chosen.get(question.key) == place)
            button.setAccessibleDescription(self.tr(question.words))
            button.setToolTip(_points(question, answer.points))
            group.addButton(button, place)
            column.addWidget(button)
        group.idClicked.connect(partial(self._on_answer, question.key))

    def _on_answer(self, key: str, place: int) -> None:
        self._chosen[key] = place
        self.answered.emit(key, place)
        self._say()

    def _on_forget(self) -> None:
        for key, group in self.groups.items():
            group.setExclusive(False)
            for button in group.buttons():
                button.setChecked(False)
            group.setExclusive(True)
            if self._chosen.pop(key, None) is not None:
                self.answered.emit(key, None)
        self._begin()
        self._say()

    def _say(self) -> None:
        self.forget.setEnabled(bool(self._chosen))
        comfort = comfort_so_far(self._chosen)
        if comfort is None:
            left = sum(question.key not in self._chosen for question in questions())
            self.result_words.setText(self.tr("{0} of {1} to go").format(left, len(questions())))
            return
        self.result_words.setText(comfort_words(comfort, self._balance))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComfortDialog", text)


def _points(question: Question, points: int) -> str:
    """Say what an answer counts for."""
    if question.group is Group.TOLERANCE:
        return _tr("Counts as {0} % stocks").format(points)
    if question.is_limit:
        return _tr("At most {0} % stocks").format(points)
    return _tr("Takes {0} points off").format(points)


def comfort_words(comfort: Comfort, balance: Money) -> str:
    """Say what the answers come to, and the dollars that would have meant in the worst fall of that mix."""
    lost, fall = worst_loss(comfort.stocks, balance)
    return _tr(
        "Your answers: {0}, stocks to the rest. In its worst fall ({1} to {2}) it lost {3}: "
        "{4} of today’s {5}."
    ).format(
        mix_name(comfort.stocks),
        fall.peak,
        fall.trough,
        words.percent(Decimal(abs(fall.loss)), 1),
        words.dollars(abs(lost)),
        words.dollars(balance),
    )
