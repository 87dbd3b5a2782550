"""Asks about funds an account had and the new file leaves out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui import words
from desktop_app.ui.widgets import OutlinedButton
from desktop_app.workflow.statements import MissingFunds

from .import_preview_parts import AskingBar, counted_words

MOST_NAMED = 3


class MissingBar(AskingBar):
    """One question about one account's missing funds. `answered(bool)`: they are still there."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gone_button = OutlinedButton(self.tr("Sold or moved"), None, self)
        self.kept_button = OutlinedButton(self.tr("Still there, the file left it out"), None, self)
        self.add_buttons(self.gone_button, self.kept_button)
        self.gone_button.clicked.connect(lambda: self.answered.emit(False))
        self.kept_button.clicked.connect(lambda: self.answered.emit(True))

    def show_missing(self, missing: MissingFunds, count: int = 1) -> None:
        """Name what is missing and where its money may have gone; `count` questions are open."""
        named = [holding.fund.name for holding in missing.holdings[:MOST_NAMED]]
        more = len(missing.holdings) - len(named)
        if more:
            named.append(self.tr("{0} more").format(more))
        asked = (
            self.tr("{0}: {1} is not in this file. Was it sold?").format(missing.name, named[0])
            if len(missing.holdings) == 1
            else self.tr("{0}: {1} are not in this file. Were they sold?").format(
                missing.name, ", ".join(named)
            )
        )
        self.title.setText(counted_words(count, asked))
        worth = words.dollars_cents(missing.total)
        change = words.dollars_cents(abs(missing.gained))
        said = (
            self.tr("It was {0}. The account's other funds are up by {1}. ")
            if missing.gained >= 0
            else self.tr("It was {0}. The account's other funds are down by {1}. ")
        )
        text = said + self.tr("If it is still there, its last value is kept.")
        self.help.setText(text.format(worth, change))

    def first_button(self) -> OutlinedButton:
        """Return the button the focus belongs on."""
        return self.gone_button
