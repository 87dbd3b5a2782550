"""Funds over a column for each source, with what is vested and lent below the sum of all funds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import read_table_text

from .books import book, read
from .readings import added_up, warnings

HELD = {"Fen Target 2050 R6": Decimal("180.50"), "Fen Value I": Decimal("60.25")}
ROWS: list[list[object]] = [
    ["Investment", "", "Deferral", "SH Match", "Profit Sharing", "All Sources", "% of Inv."],
    ["Fen Target 2050 R6", "", 100, 50.25, 30.25, 180.5, 0.75],
    ["Fen Value I", "", 40.25, "-", 20, 60.25, 0.25],
    ["Total Investments", "", 140.25, 50.25, 50.25, 240.75],
    ["Participant Loan #1", "", 12.5, "", "", 12.5],
    ["Total Plan Assets incl. Loan", "", 152.75, 50.25, 50.25, 253.25],
    [],
    ["Vested %", "", 1, 1, 0.4],
    ["Vested Balance (excl. loan)", "", 140.25, 50.25, 20.1, 210.6],
]


@pytest.mark.parametrize("label", ["Vested %", "Vesting", "% vested", "Vesting percentage", "Vested pct."])
@pytest.mark.parametrize("whole", ["All Sources", "Combined", None])
def test_what_is_vested_of_each_source_is_no_fund(label: str, whole: str | None, tmp_path: Path) -> None:
    rows = [[label if cell == "Vested %" else cell for cell in row] for row in ROWS]
    rows[0][5] = whole
    if whole is None:
        rows = [[*row[:5], *row[6:]] for row in rows]
    statement = read(tmp_path, book(rows, "Fund by Source")[0])
    assert added_up(statement) == HELD
    assert not warnings(statement)


def test_the_same_in_text_in_another_order() -> None:
    text = (
        "Fund;All Sources;Employee Pre-Tax;Roth;Company Match\n"
        "Fen Target 2050 R6;180.50;100.00;50.25;30.25\n"
        "Fen Value I;60.25;40.25;0.00;20.00\n"
        "Total;240.75;140.25;50.25;50.25\n"
        "Vested percent;;100%;100%;40%\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert not any("columns by source" in issue.message for issue in statement.issues)


def test_a_column_for_all_that_says_otherwise_is_not_taken() -> None:
    text = (
        "Fund,All Sources,Employee Pre-Tax,Roth,Company Match\n"
        "Fen Target 2050 R6,18,100.00,50.25,30.25\nFen Value I,6,40.25,0.00,20.00\n"
    )
    assert added_up(read_table_text(text, "x")) == HELD
