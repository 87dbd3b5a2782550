"""The card on the settings page that says whether the household is sealed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets import Card, OutlinedButton
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow


class PassphraseCard(Card):
    """Emits what is wanted: `set_wanted`, `remove_wanted`, `lock_wanted`, `cover_wanted` (earlier states)."""

    set_wanted = Signal()
    remove_wanted = Signal()
    lock_wanted = Signal()
    cover_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Passphrase of this household"))
        self.state = Paragraph("")
        self.copies = Paragraph("", "body", "drift.near")
        self.set_button = OutlinedButton("", "lock")
        self.lock_button = OutlinedButton(self.tr("Lock now"))
        self.remove_button = OutlinedButton(self.tr("Remove…"))
        self.cover_button = OutlinedButton(self.tr("Seal or delete them…"))
        row = WrapRow(gap=12)
        for button, wanted in (
            (self.set_button, self.set_wanted),
            (self.lock_button, self.lock_wanted),
            (self.remove_button, self.remove_wanted),
            (self.cover_button, self.cover_wanted),
        ):
            button.clicked.connect(wanted)
            row.add(button)
        for widget in (self.state, self.copies, row):
            self.body.addWidget(widget)
        self._row = row
        self.show_state(sealed=False, unsealed_copies=0)

    def show_state(self, *, sealed: bool, unsealed_copies: int) -> None:
        """Say how things stand; earlier states anybody can read matter only beside a sealed household."""
        self.state.setText(
            self.tr(
                "This household is sealed: its file and its earlier states open with the passphrase only."
            )
            if sealed
            else self.tr(
                "This household is not sealed. Everybody who can read your files can read it; a passphrase "
                "keeps them out, also from a stolen computer or a cloud folder."
            )
        )
        self.set_button.setText(self.tr("Change…") if sealed else self.tr("Set a passphrase…"))
        open_ones = sealed and unsealed_copies > 0
        self.copies.setText(
            self.tr("Earlier states that anybody can read: {0}.").format(unsealed_copies) if open_ones else ""
        )
        for widget, shown in (
            (self.lock_button, sealed),
            (self.remove_button, sealed),
            (self.cover_button, open_ones),
            (self.copies, open_ones),
        ):
            widget.setVisible(shown)
        self._row.updateGeometry()
