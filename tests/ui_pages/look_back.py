"""What the tests of Outlook and the guided plan share: a household of $100,000 and ways to read a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTreeView, QWidget

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation

TODAY = date(2026, 11, 22)
STOCK = Fund("QSTK", "Quarry Stock Index", AssetMix.single(C.US_LARGE), ClassifiedBy.SYMBOL, symbol="QSTK")
BOND = Fund("QBND", "Quarry Bond Index", AssetMix.single(C.US_BOND), ClassifiedBy.SYMBOL, symbol="QBND")
SIXTY_FORTY = TargetAllocation.from_names({"us_large": "0.6", "us_bond": "0.4"})


def household(
    stock: int = 70000, bond: int = 30000, target: TargetAllocation | None = SIXTY_FORTY
) -> Household:
    """Return one account with a stock and a bond fund."""
    rows = tuple(
        StatementRow(n, fund, Decimal(value))
        for n, (fund, value) in enumerate(((STOCK, stock), (BOND, bond)), 2)
    )
    account = StatementAccount("77120034", "Quarry 401(k)", rows)
    statement = Statement("q.csv", "generic", TODAY, AsOfKind.DOWNLOAD, (account,))
    return Household(statements=(statement,), targets=(target,) if target else ())


def richer(dollars: int) -> Household:
    """Return the household with so many dollars, all in stocks and bonds at 60/40."""
    return household(dollars * 6 // 10, dollars * 4 // 10)


def shown_rows(view: QTreeView) -> list[list[str]]:
    """Return the words of every shown cell."""
    model = view.model()
    columns = [column for column in range(model.columnCount()) if not view.isColumnHidden(column)]
    return [
        [str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "") for column in columns]
        for row in range(model.rowCount())
    ]


def nameless(page: QWidget) -> list[str]:
    """Return the widgets in sight that take the keyboard and tell a screen reader nothing."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if widget.objectName().startswith("qt_") or widget.focusProxy() is not None:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def without_target() -> Household:
    """Return the household before it has a target."""
    return replace(household(), targets=())
