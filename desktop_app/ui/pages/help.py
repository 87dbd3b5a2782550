"""Help inside the program: how it is used, and the words it uses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets import Card, TextLabel
from desktop_app.ui.widgets.first_stop import FirstStop
from desktop_app.ui.widgets.page import PageScroll


class HelpPage(FirstStop, QWidget):
    """Short chapters, one card each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scroll = PageScroll()
        scroll.setAccessibleName(self.tr("Help"))
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # there is nothing else to scroll it with
        scroll.column.addWidget(TextLabel(self.tr("Help"), "page_title"))
        for title, text in self._chapters():
            card = Card(title)
            label = TextLabel(text)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
            card.body.addWidget(label)
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.first_stop = scroll

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
                self.tr("Why this mix: Outlook and Guided plan"),
                self.tr(
                    "Outlook shows what your mix, your target and the plan would have lost in past "
                    "crises, in dollars of today, and what ways to rebalance did over a century.\n"
                    "Guided plan asks what life costs: needs, wants on top, wishes on top. It tells "
                    "the return each of them needs after inflation, and how often in history a mix "
                    "paid for it to the end. The average alone misleads: the order of good and bad "
                    "years decides.\n"
                    "One press makes the calmest mix that lasted often enough your target; Undo "
                    "takes it back. None of this is advice, and the past is no promise."
                ),
            ),
            (
                self.tr("When to change the target"),
                self.tr(
                    "When your life changes, not when markets do. Under Targets, “Has your life changed?” "
                    "says what to think of after a lost job, another income, a marriage, a child, an "
                    "inheritance, or five years before retirement.\n"
                    "A target can hold for a while only. Its last day is shown on the Overview and goes "
                    "into the calendar file; the day after, the target before it counts again."
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
                    "Ctrl+O import a statement, Ctrl+V paste a table, Ctrl+T type holdings in, Ctrl+Z undo, "
                    "Ctrl+R rebalance, "
                    "Ctrl+1 to Ctrl+7 pages, Ctrl+, settings, Ctrl++ and Ctrl+− text size, Tab and the arrow "
                    "keys everywhere. "
                    "In a chart: arrows read out, + and − zoom, 0 shows all, Ctrl with arrows moves. "
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
