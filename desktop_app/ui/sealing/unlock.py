"""Asks for the passphrase of a sealed household: in the window at the start, in a dialog for another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.storage import DocumentStore
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import Card, PrimaryButton, QuietButton, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.passphrase_field import PassphraseField
from desktop_app.workflow.documents import Opened, open_document, open_held


def no_way_back() -> str:
    """Return the sentence that stands wherever a passphrase is asked for or set."""
    return QCoreApplication.translate(
        "sealing",
        "There is no way back without the passphrase: nobody can reset it or read the file for you.",
    )


class UnlockPanel(Card):
    """One field and one button. Emits `given(str)`, `other_wanted()` to leave for another household."""

    given = Signal(str)
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._picture = TextLabel()
        self.heading = Paragraph("", "verdict")
        self.field = PassphraseField(self.tr("Passphrase"))
        self.trouble = Paragraph("", "body", "drift.over")
        self.trouble.hide()
        self.waiting = Paragraph("", "body")
        self.waiting.hide()
        self.unlock_button = PrimaryButton(self.tr("Unlock"), "lock")
        self.other_button = QuietButton(self.tr("Open another household…"))
        self.unlock_button.setDefault(True)
        self.other_button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.other_button)
        foot.addStretch(1)
        foot.addWidget(self.unlock_button)
        self.body.addLayout(head)
        self.body.addWidget(TextLabel(self.tr("Passphrase"), "help", "muted"))
        self.body.addWidget(self.field)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.waiting)
        self.body.addWidget(Paragraph(no_way_back(), "help", "muted"))
        self.body.addSpacing(8)
        self.body.addLayout(foot)
        self.field.changed.connect(self._on_typing)
        self.field.entered.connect(self._give)
        self.unlock_button.clicked.connect(self._give)
        self.other_button.clicked.connect(self.other_wanted)
        theme_signals().changed.connect(self._dress)
        self._dress()
        self._on_typing()

    def show_file(self, path: Path) -> None:
        """Ask for the passphrase of another file."""
        self.heading.setText(self.tr("“{0}” is locked").format(path.stem))
        self.field.forget()
        self.waiting.hide()
        self._say("")

    def show_waiting(self, names: Sequence[str]) -> None:
        """Say that these files are shown next."""
        self.waiting.setText(
            self.tr("“{0}” is shown once the household is unlocked.").format(names[0])
            if len(names) == 1
            else self.tr("{0} files are shown once the household is unlocked.").format(len(names))
        )
        self.waiting.show()

    def show_working(self, *, working: bool) -> None:
        """Wait while the key is made, which takes a moment on purpose."""
        self.field.setEnabled(not working)
        self.unlock_button.setText(self.tr("Unlocking…") if working else self.tr("Unlock"))
        self._on_typing()

    def show_trouble(self, error: UserError) -> None:
        """Say why it did not open, and take the keyboard back to the field."""
        self.show_working(working=False)
        self._say(str(error))
        self.field.setFocus()

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _on_typing(self) -> None:
        self.unlock_button.setEnabled(self.field.isEnabled() and bool(self.field.text()))

    def _give(self) -> None:
        passphrase = self.field.text()
        if passphrase and self.field.isEnabled():
            self.field.forget()
            self._say("")
            self.show_working(working=True)
            self.given.emit(passphrase)

    def _dress(self) -> None:
        self._picture.setPixmap(pixmap("lock", "muted", px(28)))
        self.field.setMinimumWidth(px(280))


class Unlocker(QObject):
    """Joins a panel to a file: tries what is given on a worker. Emits `opened(Opened)`."""

    opened = Signal(object)

    def __init__(
        self,
        panel: UnlockPanel,
        runner: TaskRunner,
        today: Callable[[], date],
        held: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        """`held` returns what could not be saved when the household was locked, sealed."""
        super().__init__(panel)
        self._held = held
        self._panel = panel
        self._runner = runner
        self._today = today
        self._store: DocumentStore | None = None
        panel.given.connect(self._try)

    def ask(self, store: DocumentStore) -> None:
        """Ask for the passphrase of the file `store` stands for."""
        self._store = store
        self._panel.show_file(store.path)

    def _try(self, passphrase: str) -> None:
        store, today, held = self._store, self._today(), self._held()
        if store is not None:
            self._runner.start(
                (lambda: open_document(store.path, today, passphrase, store))
                if held is None
                else lambda: open_held(store, held, passphrase),
                self._done,
                self._panel.show_trouble,
                lambda: self._panel.show_working(working=False),
            )

    def _done(self, opened: Opened) -> None:
        self._panel.show_working(working=False)
        self._store = None
        self.opened.emit(opened)


class UnlockDialog(QDialog):
    """Asks for the passphrase of another household while the present one stays. Emits `opened(Opened)`."""

    opened = Signal(object)

    def __init__(
        self, store: DocumentStore, runner: TaskRunner, today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Locked household"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = UnlockPanel(self)
        self.panel.other_button.setText(self.tr("Cancel"))
        self.panel.other_wanted.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.panel)
        unlocker = Unlocker(self.panel, runner, today)
        unlocker.opened.connect(self._take)
        unlocker.ask(store)
        self.resize(px(480), self.sizeHint().height())
        self.panel.field.setFocus()

    def reject(self) -> None:
        """Close without opening, unless the passphrase is being tried."""
        if self.panel.field.isEnabled():
            super().reject()

    def _take(self, opened: Opened) -> None:
        self.accept()
        self.opened.emit(opened)
