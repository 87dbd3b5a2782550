"""Rows below the final total of a table; all made up here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text

TABLE = "Description,Value\nCedar Index Fund,2100.00\nCedar Bond Fund,640.00\n"


def test_row_below_a_total_that_adds_up_is_left_out() -> None:
    read = read_table_text(TABLE + "Total,2740.00\nPaid in by the firm,415.00\n", "t.csv")
    assert read.total == Decimal("2740.00")
    assert [(i.severity, i.line, i.quick) for i in read.issues] == [("warning", 5, (QuickFix.COUNT,))]


@pytest.mark.parametrize(
    ("below", "total"),
    [
        ("Total,2740.00\nCash,60.00\n", "2800.00"),
        ("Total,2740.00\nYew Growth Fund,60.00\nTotal,2800.00\n", "2800.00"),
        ("Total,2900.00\nYew Growth Fund,60.00\n", "2800.00"),
        ("Total,2740.00\n\nSelf-directed investments\nYew Growth Fund,60.00\n", "2800.00"),
    ],
)
def test_other_rows_below_a_total_stay(below: str, total: str) -> None:
    assert read_table_text(TABLE + below, "t.csv").total == Decimal(total)


SLIPPED = (
    "Description\tQuantity\tCurrent Value\tTotal G/L\nOAK INC\t12\t$3,240.00\t$1,740.00\n"
    "Account total\t$3,240.00\t$1,740.00\n"
)
SLIPPED_FAR = (
    "Symbol\tDescription\tLast Price\tQuantity\tCost Basis\tCurrent Value\tTotal G/L\n"
    "OAKX\tOAK STOCK FUND\t$324.00\t10\t$1,500.00\t$3,240.00\t$1,740.00\n"
    "Account total\t$1,500.00\t$3,240.00\t$1,740.00\n"
)


@pytest.mark.parametrize("text", [SLIPPED, SLIPPED_FAR])
def test_a_total_whose_figures_slipped_to_the_left_is_no_holding(text: str) -> None:
    statement = read_table_text(text, "pasted")
    assert statement.total == Decimal("3240.00")
    assert [row.reason for row in statement.skipped] == [SkipReason.TOTAL]
