"""Tables turned on their side: a column for each fund, whatever words and separators they have."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text
from tests.importers.readings import added_up, warnings

HELD = {"Alder 500 Index Fund": Decimal("200.00"), "Alder Bond Fund": Decimal("300.00")}


@pytest.mark.parametrize("separator", [",", "\t", ";", " | "])
@pytest.mark.parametrize("first", ["", "Detail", "Measure", "Fund"])
def test_each_column_is_a_fund(first: str, separator: str) -> None:
    table = [
        [first, *HELD, "Total"],
        ["Units", "10.000", "5.000", ""],
        ["Price", "20.00", "60.00", ""],
        ["Balance", "200.00", "300.00", "500.00"],
    ]
    statement = read_table_text("\n".join(separator.join(row) for row in table), "x")
    assert added_up(statement) == HELD
    assert not warnings(statement)


def test_words_that_nobody_knows_need_figures_that_prove_them() -> None:
    text = "Goal,Alder 500 Index Fund,Alder Bond Fund\nYears,10,5\nBalance,200.00,300.00\n"
    held = added_up(read_table_text(f"{text}\nFund,Value\nElm Fund,10.00\nOak Fund,20.00\n", "x"))
    assert held == {"Elm Fund": Decimal("10.00"), "Oak Fund": Decimal("20.00")}
