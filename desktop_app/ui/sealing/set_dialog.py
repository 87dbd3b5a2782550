"""Sets, changes or removes the passphrase of the household that is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets import OutlinedButton, PrimaryButton, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.passphrase_field import PassphraseField
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.workflow.passphrases import (
    SHORTEST,
    Copies,
    Resealed,
    Strength,
    check_passphrase,
    judge,
    remove_passphrase,
    set_passphrase,
    unsealed_copies,
)

from .unlock import no_way_back


class PassphraseDialog(TallDialog):
    """Asks for the new passphrase twice, and for the present one where there is one.

    Emits `sealed(Resealed)` when the file is written under it.
    """

    sealed = Signal(object)

    def __init__(
        self, store: DocumentStore, household: Household, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._household = household
        self._runner = runner
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_change = store.key is not None
        title = self.tr("Change the passphrase") if is_change else self.tr("Set a passphrase")
        self.setWindowTitle(title)
        self.present = PassphraseField(self.tr("Present passphrase"), self)
        self.new = PassphraseField(self.tr("New passphrase"), self)
        self.again = PassphraseField(self.tr("New passphrase again"), self)
        self.hint = Paragraph("", "help", "muted", self)
        self.trouble = Paragraph("", "body", "drift.over", self)
        self.seal_copies = QRadioButton(self)
        self.delete_copies = QRadioButton(self)
        self.keep_button = PrimaryButton(title, "lock", self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self._lay_out(title, is_change=is_change)
        self._connect()
        self._check()
        (self.present if is_change else self.new).setFocus()

    def _lay_out(self, title: str, *, is_change: bool) -> None:
        column = self.frame(title, no_way_back(), self._foot())
        labels = (
            (self.tr("Present passphrase"), self.present, is_change),
            (self.tr("New passphrase"), self.new, True),
            (self.tr("New passphrase again"), self.again, True),
        )
        for words, field, shown in labels:
            field.setVisible(shown)
            if shown:
                label = TextLabel(words, "help", "muted", self)
                label.setBuddy(field.line)
                column.addWidget(label)
                column.addWidget(field)
            if field is self.new:
                column.addWidget(self.hint)
        self._add_copies(column)
        more = self.tr(
            "Write it down and keep it where your papers are. It is asked for at every start. Checklists "
            "and calendar files you save or print are not sealed."
        )
        column.addWidget(Paragraph(more, "help", "muted", self))
        column.addStretch(1)
        self.fit(540, 600 if is_change else 560)

    def _add_copies(self, column: QVBoxLayout) -> None:
        count = unsealed_copies(self._store)
        words = (
            self.tr("There is 1 earlier state of this household that anybody can read.")
            if count == 1
            else self.tr("There are {0} earlier states of this household that anybody can read.").format(
                count
            )
        )
        self.copies_words = Paragraph(words, "body", "text", self)
        one = count == 1
        self.seal_copies.setText(self.tr("Seal it as well") if one else self.tr("Seal them as well"))
        self.delete_copies.setText(self.tr("Delete it") if one else self.tr("Delete them"))
        self.seal_copies.setChecked(True)
        for widget in (self.copies_words, self.seal_copies, self.delete_copies):
            widget.setVisible(count > 0)
            if count:
                column.addWidget(widget)

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.keep_button)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        for field in (self.present, self.new, self.again):
            field.changed.connect(self._check)
        self.keep_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        self.keep_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)

    def _check(self) -> None:
        new = self.new.text()
        words, color = strength_words(judge(new))
        self.hint.setText(
            words if new else self.tr("Four or more words that do not belong together are good.")
        )
        self.hint.set_color(color if new else "muted")
        ready = len(new) >= SHORTEST and self.again.text() == new
        if self.present.isVisibleTo(self):
            ready = ready and bool(self.present.text())
        differs = bool(self.again.text()) and not new.startswith(self.again.text())
        self._say(self.tr("The two are not the same.") if differs else "")
        self.keep_button.setEnabled(ready)

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def accept(self) -> None:
        """Write the file under the new passphrase; the dialog closes when that is done."""
        if not self.keep_button.isEnabled():
            return
        store, household, new = self._store, self._household, self.new.text()
        present = self.present.text() if store.key is not None else None
        copies = Copies.DELETE if self.delete_copies.isChecked() else Copies.SEAL

        def work() -> Resealed:
            if present is not None:
                check_passphrase(store, present)
            return set_passphrase(store, household, new, copies)

        self._run(work)

    def _run(self, work: Callable[[], Resealed]) -> None:
        for widget in (self.present, self.new, self.again, self.keep_button, self.cancel_button):
            widget.setEnabled(False)
        self._runner.start(work, self._done, self._refused, self._unfreeze)

    def _done(self, result: Resealed) -> None:
        for field in (self.present, self.new, self.again):
            field.forget()
        super().accept()
        self.sealed.emit(result)

    def _unfreeze(self) -> None:
        for widget in (self.present, self.new, self.again, self.cancel_button):
            widget.setEnabled(True)
        self._check()

    def _refused(self, error: UserError) -> None:
        self._unfreeze()
        self._say(str(error))

    def reject(self) -> None:
        """Close without a change, unless the file is being written."""
        if self.cancel_button.isEnabled():
            super().reject()


class RemoveDialog(TallDialog):
    """Asks for the passphrase once more before the file is made readable. Emits `sealed(Resealed)`."""

    sealed = Signal(object)

    def __init__(
        self, store: DocumentStore, household: Household, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._household = household
        self._runner = runner
        title = self.tr("Remove the passphrase")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.present = PassphraseField(self.tr("Present passphrase"), self)
        self.trouble = Paragraph("", "body", "drift.over", self)
        self.trouble.hide()
        self.remove_button = PrimaryButton(title, None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        lead = self.tr(
            "Everybody who can read your files can then read the household and its earlier states."
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.remove_button)
        column = self.frame(title, lead, foot)
        column.addWidget(TextLabel(self.tr("Present passphrase"), "help", "muted", self))
        column.addWidget(self.present)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self.fit(500, 280)
        self.present.changed.connect(lambda: self.remove_button.setEnabled(bool(self.present.text())))
        self.remove_button.setEnabled(False)
        self.remove_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.present.setFocus()

    def accept(self) -> None:
        """Write the file open to everybody; the dialog closes when that is done."""
        if not self.remove_button.isEnabled():
            return
        store, household, passphrase = self._store, self._household, self.present.text()
        for widget in (self.present, self.remove_button, self.cancel_button):
            widget.setEnabled(False)
        self._runner.start(
            lambda: remove_passphrase(store, household, passphrase), self._done, self._refused, self._unfreeze
        )

    def _done(self, result: Resealed) -> None:
        self.present.forget()
        super().accept()
        self.sealed.emit(result)

    def _unfreeze(self) -> None:
        for widget in (self.present, self.remove_button, self.cancel_button):
            widget.setEnabled(True)

    def _refused(self, error: UserError) -> None:
        self._unfreeze()
        self.trouble.setText(str(error))
        self.trouble.show()

    def reject(self) -> None:
        """Close without a change, unless the file is being written."""
        if self.cancel_button.isEnabled():
            super().reject()


def strength_words(strength: Strength) -> tuple[str, str]:
    """Return the hint for a passphrase and its colour."""
    from PySide6.QtCore import QCoreApplication

    tr = QCoreApplication.translate
    words = {
        Strength.REFUSED: tr("sealing", "Too short: at least 8 characters."),
        Strength.WEAK: tr("sealing", "Weak: easy to guess for somebody who has the file."),
        Strength.FAIR: tr("sealing", "Fair: a word or two more make it strong."),
        Strength.STRONG: tr("sealing", "Strong, as long as nobody knows it from elsewhere."),
    }
    colors = {
        Strength.REFUSED: "drift.over",
        Strength.WEAK: "drift.over",
        Strength.FAIR: "drift.near",
        Strength.STRONG: "drift.inside",
    }
    return words[strength], colors[strength]
