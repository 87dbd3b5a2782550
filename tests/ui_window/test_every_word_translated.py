"""Every screen in a made-up, longer language: nothing stays English, nothing is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDateEdit,
    QHeaderView,
    QLabel,
    QTreeView,
    QWidget,
)

from desktop_app.domain.language import use_translation
from desktop_app.ui.language import PseudoTranslator, pseudo, speak_below
from desktop_app.ui.screens import DAY, every_screen
from desktop_app.ui.theme import apply_theme, set_reduce_motion
from desktop_app.ui.widgets import ElidedLabel
from desktop_app.ui.widgets.tables import TableHeader
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.rule_presets import rule_presets
from desktop_app.workflow.sample import sample_household

TELLING = (
    "text",
    "title",
    "labels",
    "whole_text",
    "toolTip",
    "placeholderText",
    "toPlainText",
    "specialValueText",
    "prefix",
    "suffix",
    "accessibleName",
    "accessibleDescription",
    "windowTitle",
)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def own_words() -> list[str]:
    """Return what is the user's own or a proper name, the longest first."""
    sample = sample_household(DAY)
    found = {"Even Keel", sample.name, "BT-20931", "BT-20932", "screens.keel"}
    found |= {"Portfolio_Positions_Sep-30-2026.csv", "The first target, a little more in stocks."}
    found |= {income.name for income in sample.goals.income} if sample.goals else set()
    found |= {target.reason for target in sample.targets}
    found |= {name for _, name in sample.account_names}
    found |= {preset.name for preset in rule_presets()}
    for statement in sample.statements:
        for account in statement.accounts:
            found |= {account.name, account.id, account.id[-4:]}
            for row in account.rows:
                found |= {row.fund.name, row.fund.symbol or "", row.fund.cusip or "", row.fund.key}
    plain = sorted(found - {""}, key=len, reverse=True)
    return [*plain, *(words.replace("&", "&amp;") for words in plain if "&" in words)]


# What a file says in its own words, where a folder is, and how published notices are called.
QUOTED = (re.compile(r"“[^”]*”|^\S+ \d+: .*(?=\. )"), re.compile(r"/\S+"), re.compile(r"IRS Notice"))
TAGS = re.compile(r"<[^>]*>|&\w+;")
WORD = re.compile(r"[A-Za-z]{2,}")


def is_english(text: str, own: list[str]) -> bool:
    for words in own:
        text = text.replace(words, "")
    for quoted in QUOTED:
        text = quoted.sub("", text)
    return WORD.search(TAGS.sub("", text)) is not None


def said_by(widget: QWidget) -> Iterator[str]:
    for name in TELLING:
        if name == "text" and isinstance(widget, ElidedLabel):
            continue  # the whole text tells it
        tell = getattr(widget, name, None)
        if not callable(tell):
            continue
        said = tell()
        yield from (said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(i) for i in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from cells(widget, QModelIndex())


def cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount(parent)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (said for role in ROLES if isinstance(said := index.data(role), str))
        yield from cells(view, model.index(row, 0, parent))


def everything_said(window: MainWindow) -> Iterator[str]:
    for widget in (window, *window.findChildren(QWidget)):
        of_locale = isinstance(widget, QDateEdit) or isinstance(widget.parentWidget(), QDateEdit)
        if widget.isVisible() and not of_locale and widget.parentWidget() is not window.menuBar():
            yield from said_by(widget)
    for menu in window.menuBar().actions():
        yield menu.text()
        yield from (action.text() for action in menu.menu().actions())


def cut(window: MainWindow) -> Iterator[str]:
    """Yield what is not wholly to be seen: words without room, widgets that stick out or lie on others."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, ElidedLabel):
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().width()
            if needed > (widget.height() if widget.wordWrap() else widget.width()) + 1:
                yield f"label “{widget.text()}” in {where(widget)}"
        elif isinstance(widget, QAbstractButton | QComboBox) and wider(widget):
            yield f"button “{words_in(widget)}” in {where(widget)}"
        elif isinstance(widget, QTreeView):
            yield from (f"heading “{head}” in {where(widget)}" for head in cut_headings(widget))
        if words_in(widget) and sticks_out(widget, window):
            yield f"“{words_in(widget)}” sticks out of {where(widget)}"
        yield from (f"{words_in(one)!r} lies on {words_in(other)!r}" for one, other in overlaps(widget))


def where(widget: QWidget) -> str:
    parents = []
    part = widget.parentWidget()
    while part is not None and len(parents) < 3:
        parents.append(type(part).__name__)
        part = part.parentWidget()
    return " in ".join(parents)


def words_in(widget: QWidget) -> str:
    tell = getattr(widget, "currentText", None) or getattr(widget, "text", None)
    said = tell() if callable(tell) else ""
    return said if isinstance(said, str) else ""


def wider(widget: QAbstractButton | QComboBox) -> bool:
    if isinstance(widget, QComboBox):
        room = (
            widget.width() - 2 * 8 - 24 - (20 if not widget.itemIcon(widget.currentIndex()).isNull() else 0)
        )
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > room
    needed = widget.sizeHint()
    return needed.width() > widget.width() + 1 or needed.height() > widget.height() + 1


def cut_headings(view: QTreeView) -> Iterator[str]:
    """Yield headings of which less than a third is left; a tip says the whole of those that are shortened."""
    header = view.header()
    for column in range(header.count()) if isinstance(header, TableHeader) else ():
        words = str(view.model().headerData(column, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(column) and len(header.shown_words(column)) * 3 < len(words):
            yield words


def sticks_out(widget: QWidget, window: MainWindow) -> bool:
    """Tell whether a part of a widget lies outside its parents, the content of a scroll area excepted."""
    part, place = widget.parentWidget(), widget.geometry()
    while part is not None and part is not window:
        area = part.parentWidget()
        if isinstance(area, QAbstractScrollArea) and part is area.viewport():
            return False
        if isinstance(area, QWidget) and isinstance(area.parentWidget(), QAbstractScrollArea):
            return place.right() > area.width()  # pages scroll up and down, not sideways
        if not part.rect().adjusted(-1, -1, 1, 1).contains(place):
            return True
        place = place.translated(part.pos())
        part = area
    return False


def overlaps(parent: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    shown = [
        child
        for child in parent.children()
        if isinstance(child, QLabel | QAbstractButton | QAbstractItemView)
        and child.isVisible()
        and (not isinstance(child, QLabel) or child.text())
    ]
    for i, one in enumerate(shown):
        for other in shown[i + 1 :]:
            common: QRect = one.geometry().intersected(other.geometry())
            if common.width() > 2 and common.height() > 2:
                yield one, other


@pytest.fixture
def pseudo_language(qapp: QApplication) -> Iterator[None]:
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    speak_below()
    apply_theme(qapp, "light")
    set_reduce_motion(True)
    yield
    set_reduce_motion(None)
    use_translation(None)
    qapp.removeTranslator(translator)


def test_the_made_up_language_leaves_places_keys_and_tags_alone() -> None:
    assert pseudo("&Open {0} <b>now</b>") == "&Öþéñ {0} <b>ñöŵ</b> ~~~"
    assert pseudo("Tip") == "Ŧíþ~"
    assert pseudo("") == ""


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_every_screen_in_another_language(pseudo_language: None, tmp_path: Path) -> None:
    own = own_words()
    english: dict[str, str] = {}
    clipped: dict[str, str] = {}
    for name, window in every_screen(tmp_path, 1.0):
        for said in everything_said(window):
            if is_english(said, own):
                english.setdefault(said, name)
        for what in cut(window):
            clipped.setdefault(what, name)
    faults = [f"{name}: not translated: {said}" for said, name in english.items()]
    faults += [f"{name}: cut: {what}" for what, name in clipped.items()]
    assert not faults, "\n".join(faults)
