"""The dialog of earlier states: what is in each backup, and going back to one."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore
from desktop_app.workflow.earlier import EarlierState, earlier_states

from . import words
from .tasks import TaskRunner
from .theme import px
from .widgets import OutlinedButton, PrimaryButton, TableView
from .widgets.paragraph import Paragraph
from .widgets.passphrase_field import PassphraseField
from .widgets.tall_dialog import TallDialog
from .widgets.tips import plain_tip


class Column(IntEnum):
    """Columns of the table."""

    SAVED = 0
    TOTAL = 1
    ACCOUNTS = 2
    SINCE = 3


class EarlierTableModel(QAbstractTableModel):
    """One row per earlier state, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.states: tuple[EarlierState, ...] = ()
        self._texts: list[tuple[str, ...]] = []

    def show_states(self, states: tuple[EarlierState, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.states = states
        self._texts = [_row(state) for state in states]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The number of states."""
        return 0 if parent.isValid() else len(self.states)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The four columns."""
        return 0 if parent.isValid() else len(Column)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the words of a cell, its side, or the words in full."""
        if not index.isValid():
            return None
        text = self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if index.column() == Column.TOTAL else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Saved"), self.tr("Total"), self.tr("Accounts"), self.tr("What changed after it"))[
            section
        ]


class EarlierDialog(TallDialog):
    """Lists every backup of the open document. Emits `chosen(EarlierState)`."""

    chosen = Signal(object)

    def __init__(
        self, store: DocumentStore, present: Household, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._present = present
        self._runner = runner
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Earlier states"))
        self.model = EarlierTableModel(self)
        self.table = TableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Earlier states, the newest first"))
        self.detail = Paragraph(self.tr("Reading…"), "body", "muted", self)
        self.passphrase = PassphraseField(self.tr("Passphrase of sealed earlier states"), self)
        self.read_button = OutlinedButton(self.tr("Read the sealed ones"), "lock", self)
        self.take_button = PrimaryButton(self.tr("Go back to this state"), "undo", self)
        self.close_button = OutlinedButton(self.tr("Close"), None, self)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self.table.doubleClicked.connect(lambda _index: self._take())
        self.take_button.clicked.connect(self._take)
        self.close_button.clicked.connect(self.reject)
        self.passphrase.changed.connect(self._on_typing)
        self.passphrase.entered.connect(self._read_sealed)
        self.read_button.clicked.connect(self._read_sealed)
        self.finished.connect(lambda _result: runner.drop(self._job))
        self._read(None)

    def _read(self, passphrase: str | None) -> None:
        store, present = self._store, self._present
        self.passphrase.setEnabled(False)
        self.read_button.setEnabled(False)
        self._job = self._runner.start(
            lambda: earlier_states(store.path, store.key, present, passphrase), self._show_states
        )

    def _read_sealed(self) -> None:
        passphrase = self.passphrase.text()
        if passphrase and self.passphrase.isEnabled():
            self.passphrase.forget()
            self.detail.setText(self.tr("Reading…"))
            self._read(passphrase)

    def _on_typing(self) -> None:
        self.read_button.setEnabled(self.passphrase.isEnabled() and bool(self.passphrase.text()))

    def _lay_out(self) -> None:
        self.take_button.setEnabled(False)
        self.close_button.setAutoDefault(False)
        self.read_button.setAutoDefault(False)
        self.passphrase.hide()
        self.read_button.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(12)
        foot.addWidget(self.detail)
        sealed = QHBoxLayout()
        sealed.setSpacing(12)
        sealed.addWidget(self.passphrase, 1)
        sealed.addWidget(self.read_button)
        foot.addLayout(sealed)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.take_button)
        foot.addLayout(row)
        lead = self.tr(
            "Kept in “{0}”: the last 10, and one for each of the last 30 days and 24 months with a change. "
            "Going back can be undone, and today's state becomes one of these."
        ).format(self._store.path.parent / "backups")
        body = self.frame(self.tr("Earlier states"), lead, foot)
        body.addWidget(self.table, 1)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (Column.ACCOUNTS, Column.SINCE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(px(180))
        self.fit(900, 620)

    def _show_states(self, states: tuple[EarlierState, ...]) -> None:
        self.model.show_states(states)
        asks = any(state.asks for state in states)
        self.passphrase.setEnabled(True)
        self.passphrase.setVisible(asks)
        self.read_button.setVisible(asks)
        if states:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self.detail.setText(self.tr("There is no earlier state yet. One is kept with every save."))

    def _show_detail(self, index: QModelIndex) -> None:
        state = self.model.states[index.row()] if index.isValid() else None
        self.take_button.setEnabled(state is not None and state.household is not None)
        if state is not None:
            self.detail.setText(state.trouble or _detail(state))

    def _take(self) -> None:
        index = self.table.currentIndex()
        state = self.model.states[index.row()] if index.isValid() else None
        if state is not None and state.household is not None:
            self.accept()
            self.chosen.emit(state)


def saved_words(when: datetime) -> str:
    """Write when a state was saved, in the user's own time."""
    local = when.astimezone()
    return f"{words.day(local.date())}, {local:%H:%M}"


def _row(state: EarlierState) -> tuple[str, ...]:
    tr = QCoreApplication.translate
    if state.household is None:
        why = tr("earlier", "sealed") if state.asks else tr("earlier", "cannot be read")
        return (saved_words(state.saved_at), "–", "–", why)
    total = state.total
    return (
        saved_words(state.saved_at),
        "–" if total is None else words.dollars(total),
        ", ".join(state.accounts) or tr("earlier", "none"),
        "; ".join(state.since) or tr("earlier", "nothing"),
    )


def _detail(state: EarlierState) -> str:
    tr = QCoreApplication.translate
    since = "; ".join(state.since) or tr("earlier", "nothing")
    accounts = ", ".join(state.accounts) or tr("earlier", "none")
    return tr("earlier", "Accounts: {0}. What changed after it: {1}.").format(accounts, since)
