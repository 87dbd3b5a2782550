"""Cells that the holdings and the import preview have in common."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt

from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.ui.widgets import CLASS_ROLE, COLOR_ROLE, ICON_ROLE, STRONG_ROLE

from .holdings_lines import mix_words, single_swatch, whole_mix_words
from .tree_rows import SORT_ROLE, Cell

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)
MUTED: Cell = {COLOR_ROLE: "muted"}


def class_cell(fund: Fund, unknown: str) -> Cell:
    """Return what a fund holds, with `unknown` in amber where nobody knows."""
    if fund.classified_by is ClassifiedBy.UNKNOWN:
        return {
            DISPLAY: unknown,
            ICON_ROLE: "question",
            COLOR_ROLE: "drift.near",
            STRONG_ROLE: True,
            SORT_ROLE: "",
        }
    shown = mix_words(fund.mix)
    whole = whole_mix_words(fund.mix)
    tip = [line for line in ("" if fund.mix.is_single else whole, fund.note) if line]
    cell: dict[int, object] = {DISPLAY: shown, SORT_ROLE: shown, SPOKEN: whole}
    if fund.mix.is_single:
        cell[CLASS_ROLE] = single_swatch(fund.mix)
    if tip:
        cell[TIP] = "<br>".join(escape(line) for line in tip)
    return cell
