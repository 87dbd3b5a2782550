"""The small style sheet for Qt's own plain widgets; everything else is painted."""

from __future__ import annotations

import re

from desktop_app.domain.resources import resource_path

from .fonts import px
from .theme import Theme

# @name is a colour of the table, ~n~ a length that grows with the text, $name an arrow or tick.
_SHEET = """
QToolTip { background: @raised; color: @text; border: 1px solid @control; padding: 4px 8px; }
QMenuBar { background: @raised; color: @text; border-bottom: 1px solid @hairline; padding: 1px 2px; }
QMenuBar::item { background: transparent; padding: ~5~px ~10~px; border-radius: 6px; }
QMenuBar::item:selected { background: @tint; color: @text; }
QMenu { background: @raised; color: @text; border: 1px solid @control; padding: 4px; }
QMenu::item { padding: ~6~px ~28~px ~6~px ~12~px; border-radius: 4px; }
QMenu::item:selected { background: @tint; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QPushButton {
  background: @raised; color: @text; border: 1px solid @control; border-radius: 6px;
  padding: 0 ~16~px; min-height: ~30~px;
}
QPushButton:hover { background: @tint; }
QPushButton:default { background: @accent; color: @on.accent; border-color: @accent; }
QPushButton:default:hover { background: @accent.hover; border-color: @accent.hover; }
QPushButton:disabled { background: @raised; color: @muted; border-color: @hairline; }
QLineEdit, QAbstractSpinBox, QComboBox, QDateEdit {
  background: @raised; color: @text; border: 1px solid @control; border-radius: 6px;
  padding: 0 ~8~px; min-height: ~30~px;
  selection-background-color: @accent; selection-color: @on.accent; placeholder-text-color: @muted;
}
QTextEdit, QPlainTextEdit {
  background: @raised; color: @text; border: 1px solid @control; border-radius: 6px; padding: 4px 6px;
  selection-background-color: @accent; selection-color: @on.accent;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QLineEdit:read-only {
  background: @surface; border-color: @hairline; color: @muted;
}
QAbstractItemView QLineEdit, QAbstractItemView QAbstractSpinBox { min-height: ~24~px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  border: none; background: transparent; width: ~18~px; margin-right: 2px;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: ~4~px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: ~4~px; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: ~10~px; height: ~10~px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: ~10~px; height: ~10~px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: ~24~px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$down"); width: ~14~px; height: ~14~px; }
QComboBox QAbstractItemView {
  background: @raised; color: @text; border: 1px solid @control; padding: 4px; outline: none;
  selection-background-color: @tint; selection-color: @text;
}
QCheckBox, QRadioButton { spacing: ~8~px; min-height: ~24~px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: @muted; }
QCheckBox::indicator, QAbstractItemView::indicator, QGroupBox::indicator {
  width: ~14~px; height: ~14~px; border: 1px solid @control; border-radius: 4px; background: @raised;
}
QCheckBox::indicator:hover { background: @tint; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {
  background: @accent; border-color: @accent; image: url("$check");
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: @accent; border-color: @accent; image: url("$partly");
}
QCheckBox::indicator:disabled { background: @surface; border-color: @hairline; }
QRadioButton::indicator {
  width: ~14~px; height: ~14~px; border: 1px solid @control; border-radius: ~round~px; background: @raised;
}
QRadioButton::indicator:hover { background: @tint; }
QRadioButton::indicator:checked { border: ~5~px solid @accent; width: ~dot~px; height: ~dot~px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @control; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: @raised; color: @muted; border: none; border-bottom: 1px solid @hairline;
  padding: 0 ~8~px; font-weight: 500;
}
QTableView, QTreeView, QListView {
  background: @raised; color: @text; border: 1px solid @hairline; border-radius: 8px; outline: none;
  gridline-color: @hairline; selection-background-color: @tint; selection-color: @text;
}
TableView, TreeTable { background: transparent; border: none; border-radius: 0; }
QSlider:horizontal { min-height: ~24~px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @hairline; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal {
  width: 12px; height: 12px; margin: -6px 0;
  border: 2px solid @accent; border-radius: 8px; background: @raised;
}
QSlider::handle:horizontal:hover { background: @tint; }
QProgressBar { background: @hairline; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollArea { border: none; background: transparent; }
QDialog, QMessageBox { background: @surface; }
QGroupBox {
  background: @raised; border: 1px solid @hairline; border-radius: 8px; margin-top: ~26~px; padding: 8px;
}
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: ~4~px 0; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCalendarWidget #qt_calendar_navigationbar { background: @raised; }
QCalendarWidget QToolButton {
  background: transparent; color: @text; border: none; border-radius: 6px; padding: 4px;
}
QCalendarWidget QToolButton:hover { background: @tint; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget #qt_calendar_prevmonth { qproperty-icon: url("$left"); }
QCalendarWidget #qt_calendar_nextmonth { qproperty-icon: url("$right"); }
QCalendarWidget QAbstractItemView { border-radius: 0; selection-background-color: @accent;
  selection-color: @on.accent; }
QTabBar::tab {
  padding: ~6~px ~12~px; background: transparent; color: @muted; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @hairline; }
QStatusBar { background: @raised; color: @muted; border-top: 1px solid @hairline; }
"""

# Tints are the ground itself in high contrast: what is chosen or under the pointer is filled or framed.
_CONTRAST = """
QMenuBar::item:selected, QMenu::item:selected { background: @accent; color: @on.accent; }
QPushButton:hover, QCheckBox::indicator:hover, QRadioButton::indicator:hover { border: 2px solid @accent; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover, QDateEdit:hover { border-color: @accent; }
QComboBox QAbstractItemView, QListView {
  selection-background-color: @accent; selection-color: @on.accent;
}
QProgressBar, QSlider::groove:horizontal { background: @raised; border: 1px solid @control; }
QCalendarWidget QToolButton:hover { border: 2px solid @accent; }
"""

_PICTURES = ("check", "partly", "up", "down", "left", "right")


def style_sheet(of: Theme) -> str:
    """Fill the sheet with the colours of a theme and lengths of the present text size."""
    ground = "dark" if of.dark else "light"
    rules = _SHEET + _CONTRAST if of.high_contrast else _SHEET
    sheet = re.sub(r"@([a-z]+(?:\.[a-z]+)*)", lambda found: of.color(found[1]).name(), rules)
    box = px(14) + 2
    sheet = sheet.replace("~round~", str(box // 2)).replace("~dot~", str(box - 2 * px(5)))
    sheet = re.sub(r"~(\d+)~", lambda found: str(px(int(found[1]))), sheet)
    for name in _PICTURES:
        path = resource_path(f"icons/sheet/{name}-{ground}.svg").as_posix()
        sheet = sheet.replace(f'"${name}"', f'"{path}"')
    return sheet
