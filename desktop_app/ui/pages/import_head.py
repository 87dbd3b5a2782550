"""The head of a preview: what it is about, which files, and how to change their columns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.models.import_words import FEW_FILES, files_summary, files_words, title_words
from desktop_app.ui.widgets import QuietButton, TextLabel
from desktop_app.workflow.statements import ImportPreview

from .import_fixes import can_choose_columns


class PreviewHead(QWidget):
    """Names the files; many are counted, with their list behind a button.

    `columns_wanted()` asks for the choice of columns.
    """

    columns_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextLabel("", "page_title", "text", self)
        self.file_label = TextLabel("", "body", "muted", self)
        self.file_label.setTextFormat(Qt.TextFormat.PlainText)
        self.file_label.setWordWrap(True)
        self.files_button = QuietButton("", None, self)
        self.columns_button = QuietButton(self.tr("Change columns…"), None, self)
        self._lists_files = False
        self._preview: ImportPreview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        told = QHBoxLayout()
        told.setSpacing(16)
        told.addWidget(self.file_label, 1)
        told.addWidget(self.files_button, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.columns_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(told)
        self.files_button.clicked.connect(self._list_files)
        self.columns_button.clicked.connect(self.columns_wanted)

    def begin(self) -> None:
        """Put the list of files away: another preview comes."""
        self._lists_files = False

    def show_preview(self, preview: ImportPreview) -> None:
        """Say what a preview is about."""
        self._preview = preview
        statements = preview.statements
        self.title.setText(title_words(statements, preview.problems))
        many = len(statements) > FEW_FILES
        whole = files_words(statements)
        said = files_summary(statements) if many else whole
        self.file_label.setText(f"{said}\n{whole}" if many and self._lists_files else said)
        self.file_label.setVisible(bool(statements))
        self.files_button.setVisible(many)
        self.files_button.setText(
            self.tr("Hide the list") if self._lists_files else self.tr("List the files")
        )
        self.columns_button.setVisible(any(can_choose_columns(preview, n) for n in range(len(statements))))

    def _list_files(self) -> None:
        self._lists_files = not self._lists_files
        if self._preview is not None:
            self.show_preview(self._preview)
