"""The menu bar: every action of the window with its key, made in one place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop_app.domain.records import dataclass

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One action: its words, what it does, and its key. A None in a menu's items is a line."""

    words: str
    do: Callable[[], None]
    key: QKeySequence | Keys | str | None = None
    needs_household: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


@dataclass(frozen=True, slots=True)
class SubMenu:
    """A menu inside a menu, filled anew each time it opens."""

    words: str
    fill: Callable[[QMenu], None]


class Menus(QObject):
    """Fills a menu bar and switches off what needs a household while there is none."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._household_actions: list[QAction] = []

    def add(self, title: str, *items: MenuItem | SubMenu | None) -> QMenu:
        """Add a menu with its items."""
        menu = self._bar.addMenu(title)
        for item in items:
            if item is None:
                menu.addSeparator()
                continue
            if isinstance(item, SubMenu):
                self._add_sub(menu, item)
                continue
            action = QAction(item.words, menu)
            action.setMenuRole(item.role)
            if item.key is not None:
                action.setShortcut(QKeySequence(item.key))
            action.triggered.connect(lambda _=False, do=item.do: do())
            menu.addAction(action)
            if item.needs_household:
                self._household_actions.append(action)
        return menu

    def _add_sub(self, menu: QMenu, item: SubMenu) -> None:
        inner = menu.addMenu(item.words)

        def fill() -> None:
            inner.clear()
            item.fill(inner)

        inner.aboutToShow.connect(fill)

    def add_undo(self, menu: QMenu, steps: QUndoGroup) -> None:
        """Put undo and redo with the words of the step at the top of a menu."""
        first = menu.actions()[0] if menu.actions() else None
        undo = steps.createUndoAction(menu, self.tr("Undo"))
        undo.setShortcuts(Keys.Undo)
        redo = steps.createRedoAction(menu, self.tr("Redo"))
        redo.setShortcuts(Keys.Redo)
        for action in (undo, redo):
            if first is None:
                menu.addAction(action)
            else:
                menu.insertAction(first, action)

    def show_household(self, *, is_there: bool) -> None:
        """Switch the actions that need a household on or off."""
        for action in self._household_actions:
            action.setEnabled(is_there)
