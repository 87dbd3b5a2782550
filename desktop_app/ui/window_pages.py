"""The pages of the window, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QUndoGroup
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.settings import Preferences

from .document import Document
from .files import Files
from .importing import StatementImporter
from .pages.overview import OverviewPage
from .sealing.sealing import Sealing
from .tasks import TaskRunner

if TYPE_CHECKING:
    from .pages.checklist import ChecklistPage
    from .pages.import_preview import ImportPreviewPage


class PagesTarget(Protocol):
    """What the pages need of the window."""

    document: Document
    runner: TaskRunner
    preferences: Preferences
    importer: StatementImporter
    files: Files
    sealing: Sealing
    steps: QUndoGroup

    @property
    def preferences_changed(self) -> SignalInstance:
        """Tells of other preferences."""

    def show_page(self, key: str) -> None:
        """Go to a page by its name in the rail."""

    def rebalance(self) -> None:
        """Start a rebalance."""

    def choose_statement(self) -> None:
        """Ask for statement files to import."""

    def type_in(self) -> None:
        """Ask for holdings typed by hand."""

    def use_preferences(self, preferences: Preferences) -> None:
        """Take over preferences at once."""

    def note_waiting(self) -> None:
        """Say below other pages that an import waits."""


class Pages:
    """The pages of one window by their names in the rail; `stack` is where they are shown."""

    def __init__(self, window: PagesTarget) -> None:
        self._window = window
        self._made: dict[str, QWidget] = {}
        self.stack = QStackedWidget()

    def page(self, key: str) -> QWidget:
        """Return a page, made now if it was never shown."""
        if key not in self._made:
            page = self._makers()[key]()
            self._made[key] = page
            self.stack.addWidget(page)
        return self._made[key]

    def made(self, key: str) -> QWidget | None:
        """Return a page, None for one that was never shown."""
        return self._made.get(key)

    def preview(self) -> ImportPreviewPage:
        """Return the page of the import preview."""
        return cast("ImportPreviewPage", self.page("preview"))

    def checklist(self) -> ChecklistPage:
        """Return the page of the checklist."""
        return cast("ChecklistPage", self.page("checklist"))

    def _makers(self) -> dict[str, Callable[[], QWidget]]:
        return {
            "overview": self._make_overview,
            "holdings": self._make_holdings,
            "targets": self._make_targets,
            "checklist": self._make_checklist,
            "history": self._make_history,
            "outlook": self._make_outlook,
            "guided": self._make_guided,
            "preview": self._make_preview,
            "settings": self._make_settings,
            "help": self._make_help,
        }

    def _make_overview(self) -> QWidget:
        page = OverviewPage(self._window.document, self.stack)  # dressed once, in its place
        page.rebalance_wanted.connect(self._window.rebalance)
        page.checklist_wanted.connect(lambda: self._window.show_page("checklist"))
        page.targets_wanted.connect(lambda: self._window.show_page("targets"))
        page.holdings_wanted.connect(lambda: self._window.show_page("holdings"))
        return page

    def _make_holdings(self) -> QWidget:
        from .pages.holdings import HoldingsPage

        page = HoldingsPage(self._window.document)
        page.import_wanted.connect(self._window.choose_statement)
        page.typing_wanted.connect(self._window.type_in)
        return page

    def _make_targets(self) -> QWidget:
        from .pages.targets import TargetsPage

        page = TargetsPage(self._window.document)
        page.rebalance_wanted.connect(self._window.rebalance)
        return page

    def _make_checklist(self) -> QWidget:
        from .pages.checklist import ChecklistPage

        page = ChecklistPage(self._window.document, self._window.runner)
        page.rebalance_wanted.connect(self._window.rebalance)
        page.paper_changed.connect(
            lambda paper, large: self._window.use_preferences(
                replace(self._window.preferences, paper=paper, large_print=large)
            )
        )
        self._window.preferences_changed.connect(
            lambda wishes: page.set_paper(wishes.paper, large=wishes.large_print)
        )
        page.set_paper(self._window.preferences.paper, large=self._window.preferences.large_print)
        return page

    def _make_history(self) -> QWidget:
        from .pages.history import HistoryPage

        page = HistoryPage(self._window.document)
        page.import_wanted.connect(self._window.choose_statement)
        overview = cast("OverviewPage", self.page("overview"))
        page.choose_key(overview.table.chosen_key())
        for told in (overview.table.chosen, overview.mix.selected):
            told.connect(page.choose_key)
        page.selected.connect(overview.select)
        return page

    def _make_outlook(self) -> QWidget:
        from .pages.outlook import OutlookPage

        page = OutlookPage(self._window.document, self._window.runner)
        page.targets_wanted.connect(lambda: self._window.show_page("targets"))
        return page

    def _make_guided(self) -> QWidget:
        from .pages.guided import GuidedPage

        return GuidedPage(self._window.document, self._window.runner)

    def _make_preview(self) -> QWidget:
        from .pages.import_preview import ImportPreviewPage

        page = ImportPreviewPage(self._window.document, self._window.runner)
        self._window.importer.serve(page)
        self._window.steps.addStack(page.undo_stack)
        page.cancelled.connect(lambda: self._window.show_page("holdings"))
        page.left.connect(self._window.note_waiting)
        return page

    def _make_settings(self) -> QWidget:
        from .pages.settings import SettingsPage

        page = SettingsPage(self._window.document, self._window.preferences)
        page.changed.connect(self._window.use_preferences)
        self._window.sealing.serve(page.passphrase)
        self._window.files.serve(page.file)
        self._window.preferences_changed.connect(page.show_preferences)
        return page

    def _make_help(self) -> QWidget:
        from .pages.help import HelpPage

        return HelpPage()
