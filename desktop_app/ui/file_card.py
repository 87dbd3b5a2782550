"""The card on the settings page that says where the household lives and how safe it is there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.workflow.whereabouts import Whereabouts

from .widgets import Card, OutlinedButton
from .widgets.paragraph import Paragraph
from .widgets.wrap import WrapRow


class FileCard(Card):
    """Shows the path, what its folder means, and the way to earlier states. Emits `earlier_wanted()`."""

    earlier_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("File of this household"))
        self.place = Paragraph("")
        self.notes = Paragraph("", "body", "muted")
        self.earlier_button = OutlinedButton(self.tr("Earlier states…"), "undo")
        self.earlier_button.clicked.connect(self.earlier_wanted)
        row = WrapRow()
        row.add(self.earlier_button)
        for widget in (self.place, self.notes, row):
            self.body.addWidget(widget)

    def show_place(self, found: Whereabouts) -> None:
        """Say where the file is and what to know about that place."""
        self.place.setText(str(found.path))
        notes = list(found.warnings)
        if found.cloud:
            notes.append(
                self.tr(
                    "{0} copies this folder to other computers. Open the household on one of them at a time, "
                    "and let it finish before you go on elsewhere. A file that was changed there is never "
                    "overwritten unasked. Consider a passphrase."
                ).format(found.cloud)
            )
        self.notes.setText("\n\n".join(notes) or self.tr("It is saved here within a second of every change."))
