"""Help inside the program: how it is used, and the words it uses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme import font, theme_signals
from desktop_app.ui.widgets import Card


class HelpPage(QWidget):
    """Short chapters, one card each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self.tr("Help"))
        self._texts: list[QLabel] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addWidget(self._title)
        for title, text in self._chapters():
            column.addWidget(self._chapter(title, text))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setFocusProxy(scroll)
        theme_signals().changed.connect(self._restyle)
        self._restyle()

    def _chapter(self, title: str, text: str) -> Card:
        card = Card(title)
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        self._texts.append(label)
        card.body.addWidget(label)
        return card

    def _restyle(self) -> None:
        self._title.setFont(font("page_title"))
        for label in self._texts:
            label.setFont(font("body"))

    def _chapters(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("Five minutes, once or twice a year"),
                self.tr(
                    "1. Download a list of your holdings from your plan's website and drop it on this "
                    "window, or "
                    "copy the table there and paste it here.\n"
                    "2. Check what was read. If a fund is not known, you are asked what it holds.\n"
                    "3. Choose your target under Targets. A plain 60 % stocks and 40 % bonds is a fine "
                    "start.\n"
                    "4. When the gauge says you are outside the band, press Rebalance and follow the "
                    "five pages.\n"
                    "5. Print the checklist, sign in to the plan's website, and enter the exchanges in order."
                ),
            ),
            (
                self.tr("Why rebalance at all"),
                self.tr(
                    "To keep the risk you chose, not to earn more. When stocks have risen, you hold "
                    "more of them "
                    "than you meant to, just before the next fall. Rebalancing does not make a crash "
                    "smaller, and "
                    "it buys on the way down; it keeps you from entering one with far too much stock."
                ),
            ),
            (
                self.tr("Words"),
                self.tr(
                    "Target: the mix you want to hold.\n"
                    "Drift: how far a class stands from its target, in points (1 point is 1 % of "
                    "everything).\n"
                    "Band: how far a class may stray before it is time to act. Usual: 5 points or a "
                    "quarter of the "
                    "target, whichever is less.\n"
                    "Gauge: how much of the band is used by the class that strayed most. 100 % is the edge.\n"
                    "Defensive: stocks have grown past their band; part of the gain moves to the safe side.\n"
                    "Offensive: stocks have fallen below their band; you buy what has become cheaper.\n"
                    "Exchange: an order that moves money from one fund to another inside one account.\n"
                    "Short-term bucket: dollars kept apart for spending soon; the rest is shared out by "
                    "percent."
                ),
            ),
            (
                self.tr("Keys"),
                self.tr(
                    "Ctrl+O import a statement, Ctrl+V paste a table, Ctrl+Z undo, Ctrl+R rebalance, "
                    "Ctrl+1 to Ctrl+4 pages, Ctrl++ and Ctrl+− text size, Tab and the arrow keys everywhere. "
                    "On a Mac, Command takes the place of Ctrl."
                ),
            ),
            (
                self.tr("What Even Keel does not do"),
                self.tr(
                    "It places no orders, fetches no prices and knows nothing about your taxes. It has "
                    "no network "
                    "code. It calculates with what your statement says; the decision is yours."
                ),
            ),
        )
