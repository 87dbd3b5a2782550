"""What stands in the menus of the main window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QUndoGroup

from desktop_app.settings import Preferences
from desktop_app.ui.theme import Mode

from .document import Document
from .files import Files
from .frame.menus import Keys, MenuItem, Menus, SubMenu
from .remembered import Remembered
from .sealing.sealing import Sealing


class MenuTarget(Protocol):
    """What the menus need of the window."""

    menus: Menus
    files: Files
    sealing: Sealing
    remembered: Remembered
    document: Document
    steps: QUndoGroup
    preferences: Preferences

    def tr(self, text: str, /) -> str:
        """Translate a text."""

    def choose_statement(self) -> None:
        """Ask for statement files to import."""

    def choose_folder(self) -> None:
        """Ask for a folder of statement files to import."""

    def type_in(self) -> None:
        """Ask for holdings typed by hand."""

    def paste(self) -> None:
        """Import what was copied."""

    def leave(self) -> None:
        """End the program."""

    def show_page(self, key: str) -> None:
        """Go to a page."""

    def zoom(self, step: float) -> None:
        """Change the text size."""

    def print_checklist(self) -> None:
        """Print the checklist, or show what one is for."""

    def rebalance(self) -> None:
        """Open the rebalance wizard."""

    def use_preferences(self, preferences: Preferences) -> None:
        """Take over preferences."""


def fill_menus(window: MenuTarget) -> None:
    """Add every menu of the window."""
    _file(window)
    _edit(window)
    _view(window)
    _household(window)
    _help(window)


def _file(window: MenuTarget) -> None:
    tr, files = window.tr, window.files
    window.menus.add(
        tr("&File"),
        MenuItem(tr("&Import statement…"), window.choose_statement, Keys.Open),
        MenuItem(tr("Import &folder…"), window.choose_folder, "Ctrl+Alt+O"),
        MenuItem(tr("Paste &table from website"), window.paste, Keys.Paste),
        MenuItem(tr("T&ype it in…"), window.type_in, "Ctrl+T"),
        None,
        MenuItem(tr("&New household…"), files.choose_new, Keys.New),
        MenuItem(tr("Open &household…"), files.choose_open, "Ctrl+Shift+O"),
        SubMenu(tr("Open &recent household"), window.remembered.fill_menu),
        MenuItem(tr("Sa&ve now"), files.save_now, Keys.Save),
        MenuItem(tr("Save a &copy…"), files.choose_copy, Keys.SaveAs, needs_household=True),
        None,
        MenuItem(tr("&Print checklist…"), window.print_checklist, Keys.Print, needs_household=True),
        None,
        MenuItem(tr("&Earlier states…"), files.choose_earlier),
        MenuItem(tr("Pa&ssphrase…"), window.sealing.set_passphrase, needs_household=True),
        MenuItem(tr("&Lock now"), window.sealing.lock, "Ctrl+L", needs_household=True),
        None,
        MenuItem(tr("&Quit"), window.leave, Keys.Quit, role=QAction.MenuRole.QuitRole),
    )


def _edit(window: MenuTarget) -> None:
    menu = window.menus.add(window.tr("&Edit"))
    window.menus.add_undo(menu, window.steps)


def _view(window: MenuTarget) -> None:
    tr = window.tr

    def use_theme(name: Mode) -> None:
        window.use_preferences(replace(window.preferences, theme=name))

    window.menus.add(
        tr("&View"),
        MenuItem(tr("&Overview"), partial(window.show_page, "overview"), "Ctrl+1", needs_household=True),
        MenuItem(tr("&Holdings"), partial(window.show_page, "holdings"), "Ctrl+2", needs_household=True),
        MenuItem(tr("&Targets"), partial(window.show_page, "targets"), "Ctrl+3", needs_household=True),
        MenuItem(tr("&Checklist"), partial(window.show_page, "checklist"), "Ctrl+4", needs_household=True),
        MenuItem(tr("H&istory"), partial(window.show_page, "history"), "Ctrl+5", needs_household=True),
        MenuItem(tr("Outloo&k"), partial(window.show_page, "outlook"), "Ctrl+6", needs_household=True),
        MenuItem(tr("Guided &plan"), partial(window.show_page, "guided"), "Ctrl+7", needs_household=True),
        None,
        MenuItem(tr("&Larger text"), partial(window.zoom, 0.25), Keys.ZoomIn),
        MenuItem(tr("&Smaller text"), partial(window.zoom, -0.25), Keys.ZoomOut),
        MenuItem(tr("&Usual text size"), partial(window.zoom, 0), "Ctrl+0"),
        None,
        MenuItem(tr("Colors of the s&ystem"), lambda: use_theme("system")),
        MenuItem(tr("Li&ght"), lambda: use_theme("light")),
        MenuItem(tr("&Dark"), lambda: use_theme("dark")),
        MenuItem(tr("High contrast on &white"), lambda: use_theme("contrast_light")),
        MenuItem(tr("High contrast on &black"), lambda: use_theme("contrast_dark")),
        None,
        MenuItem(tr("S&ettings"), partial(window.show_page, "settings"), "Ctrl+,"),
    )


def _household(window: MenuTarget) -> None:
    tr, files = window.tr, window.files
    window.menus.add(
        tr("H&ousehold"),
        MenuItem(tr("Re&balance…"), window.rebalance, "Ctrl+R", needs_household=True),
        MenuItem(
            tr("Remind me of the next &check…"), files.choose_reminder, "Ctrl+Shift+R", needs_household=True
        ),
        None,
        MenuItem(tr("Re&name…"), files.choose_name, "F2", needs_household=True),
        MenuItem(tr("&Start over…"), files.choose_start_over, needs_household=True),
        MenuItem(tr("Try the sa&mple household"), files.open_sample),
    )


def _help(window: MenuTarget) -> None:
    tr = window.tr
    window.menus.add(
        tr("&Help"),
        MenuItem(tr("&Help"), partial(window.show_page, "help"), Keys.HelpContents),
        MenuItem(tr("&About Even Keel"), window.files.about, role=QAction.MenuRole.AboutRole),
    )
