"""Step 1: where the plan should bring the mix."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop_app.domain.rules import Goal
from desktop_app.ui import words
from desktop_app.ui.models.drift_words import verdict_words
from desktop_app.ui.theme import font, set_ring_corner, theme_signals
from desktop_app.ui.widgets import Card
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.rebalance_flow import RebalanceFlow

from .step_page import StepPage


class GoalCard(Card):
    """A goal to choose: its name and what it means in one sentence."""

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.radio = QRadioButton(title, self)
        self.radio.setAccessibleDescription(sentence)
        set_ring_corner(self.radio, 4)
        self.sentence = Paragraph(sentence, "body", "muted")
        self.sentence.setIndent(24)
        self.body.setSpacing(2)
        self.body.addWidget(self.radio)
        self.body.addWidget(self.sentence)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.radio.setFont(font("body_strong"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the goal wherever the card is pressed."""
        self.radio.setChecked(True)
        self.radio.setFocus()
        event.accept()


class GoalPage(StepPage):
    """Four goals; to target unless something else is chosen."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title.setText(self.tr("Where should the plan bring you?"))
        self.cards: dict[Goal, GoalCard] = {}
        self._group = QButtonGroup(self)
        for goal, title, sentence in self._goals():
            card = GoalCard(title, sentence)
            self.cards[goal] = card
            self._group.addButton(card.radio)
            card.radio.toggled.connect(lambda on, chosen=goal: self.chosen.emit(chosen) if on else None)
            self.body.addWidget(card)

    def _goals(self) -> tuple[tuple[Goal, str, str], ...]:
        return (
            (
                Goal.TARGET,
                self.tr("To target"),
                self.tr("Every class goes back to its share. The usual choice."),
            ),
            (
                Goal.BAND_EDGE,
                self.tr("To the edge of the bands"),
                self.tr("Move only what is outside its band, and only as far as the edge. The least to do."),
            ),
            (
                Goal.HALFWAY,
                self.tr("Half-way"),
                self.tr("Go to the middle between the edge and the target. Less to move, and room to drift."),
            ),
            (
                Goal.NEW_MONEY,
                self.tr("With new money only"),
                self.tr("Sell nothing. Money that comes in buys what is furthest below its target."),
            ),
        )

    def show_flow(self, flow: RebalanceFlow, desk: Desk) -> None:
        """Show the goal chosen and how things stand."""
        self.cards[flow.goal].radio.setChecked(True)
        if desk.drift is not None:
            self.subtitle.setText(
                self.tr("Now: {0}, {1} of the band, {2} points of drift.").format(
                    verdict_words(desk.drift).title,
                    words.percent(desk.drift.gauge, 0),
                    words.plain_points(desk.drift.drift),
                )
            )
