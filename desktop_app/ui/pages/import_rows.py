"""What can be done with the rows of a preview: ask about a fund, say its mix, leave its line out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import StatementRow
from desktop_app.ui.models.holdings_preview import Column
from desktop_app.workflow.statements import ImportPreview

from .import_fixes import PreviewFixes, can_change_line
from .import_foot import PreviewFoot
from .import_table import PreviewTable
from .mix_dialog import MixDialog


class PreviewRows(QObject):
    """Listens to the table and to the foot's buttons for its chosen line.

    `preview` returns what is shown. `asked(FundKey)` wants a fund's question next,
    `mix_said(Fund, AssetMix | None)` tells a mix for a fund as the program knows it (None: its own),
    `change_wanted(int, StatementRow, QuickFix)` a change of a line of a statement, by its place.
    """

    asked = Signal(str)
    mix_said = Signal(object, object)
    change_wanted = Signal(int, object, object)

    def __init__(
        self,
        page: QWidget,
        table: PreviewTable,
        foot: PreviewFoot,
        fixes: PreviewFixes,
        preview: Callable[[], ImportPreview],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._table = table
        self._foot = foot
        self._fixes = fixes
        self._preview = preview
        table.clicked.connect(self._on_click)
        table.doubleClicked.connect(self._on_double_click)
        table.opened.connect(self._on_enter)
        table.menu_wanted.connect(self._open_menu)
        table.selectionModel().selectionChanged.connect(self._offer_line)
        table.preview_model.modelReset.connect(self._offer_line)
        table.leave_out_wanted.connect(lambda: self._change_chosen(QuickFix.LEAVE_OUT))
        foot.leave_button.clicked.connect(lambda: self._change_chosen(QuickFix.LEAVE_OUT))
        foot.value_button.clicked.connect(lambda: self._change_chosen(QuickFix.VALUE))

    def menu(self, index: QModelIndex) -> QMenu | None:
        """Return what can be done about a holding; None for a row that is none."""
        found = self._line_at(index)
        if found is None:
            return None
        return self._fixes.row_menu(self._preview(), *found, lambda: self._say_mix(index))

    def open_mix(self, fund: Fund, program: Fund) -> None:
        """Ask for another mix of a fund; `program` is the fund as the program knows it."""
        dialog = MixDialog(fund, program, self._page)
        dialog.chosen.connect(lambda mix: self.mix_said.emit(program, mix))
        dialog.open()

    def _line_at(self, index: QModelIndex) -> tuple[int, StatementRow] | None:
        """Return the holding of a row with the place of its statement."""
        row = self._table.preview_model.row_at(index)
        if row is None or not isinstance(row.value, StatementRow):
            return None
        return int(row.key.split(".")[0]), row.value

    def _chosen_line(self) -> tuple[int, StatementRow] | None:
        """Return the chosen holding with its file, None where its line cannot be changed."""
        found = self._line_at(self._table.currentIndex())
        return found if found is not None and can_change_line(self._preview(), *found) else None

    def _offer_line(self) -> None:
        """Offer at the foot what can be done about the chosen line."""
        chosen = self._chosen_line() is not None and bool(self._table.selectionModel().selectedRows())
        self._foot.leave_button.setVisible(chosen)
        self._foot.value_button.setVisible(chosen)

    def _change_chosen(self, fix: QuickFix) -> None:
        chosen = self._chosen_line()
        if chosen is not None:
            self.change_wanted.emit(*chosen, fix)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        menu = self.menu(index)
        if menu is not None:
            menu.popup(place)

    def _on_click(self, index: QModelIndex) -> None:
        """Ask next about the fund whose question was clicked."""
        if index.column() == Column.DECIDED:
            self._ask_about(index)

    def _on_enter(self) -> None:
        """Ask next about the chosen fund, or for another mix of one that is known."""
        index = self._table.currentIndex()
        if not self._ask_about(index):
            self._say_mix(index)

    def _ask_about(self, index: QModelIndex) -> bool:
        """Ask next what the fund of a row holds; False when there is no question about it."""
        found = self._line_at(index)
        fund = None if found is None else self._preview().fund(found[1].fund)
        if fund is None or fund.classified_by is not ClassifiedBy.UNKNOWN:
            return False
        self.asked.emit(fund.key)
        return True

    def _on_double_click(self, index: QModelIndex) -> None:
        """Ask for another mix; where a question is open about the fund, the click has asked it."""
        if index.column() == Column.DECIDED and self._table.preview_model.is_asked(index):
            return
        self._say_mix(index)

    def _say_mix(self, index: QModelIndex) -> None:
        found = self._line_at(index)
        if found is not None:
            self.open_mix(self._preview().fund(found[1].fund), found[1].fund)
