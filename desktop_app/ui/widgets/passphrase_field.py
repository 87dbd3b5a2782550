"""A field for a passphrase: hidden unless asked, and empty once it was handed out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from .buttons import OutlinedButton


class PassphraseField(QWidget):
    """Emits `changed()` with every letter and `entered()` with the Enter key."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.line.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.show_button = OutlinedButton(self.tr("Show"), None, self)
        self.show_button.setCheckable(True)
        self.show_button.setAutoDefault(False)
        self.show_button.setAccessibleName(self.tr("Show the passphrase"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        self.setFocusProxy(self.line)
        self.show_button.toggled.connect(self._show_letters)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.entered)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def forget(self) -> None:
        """Empty the field, its undo as well, and hide its letters again."""
        self.show_button.setChecked(False)
        self.line.setText("")

    def _show_letters(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
