"""Funds under words that nobody knows, beside a column of their asset classes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import read_table_text

from .books import book, read
from .readings import added_up, by_account, warnings

HELD = {
    "Fen Traditional Annuity": Decimal("310.00"),
    "Fen Growth Account R3": Decimal("160.40"),
    "Fen Real Estate Account": Decimal("105.60"),
}


@pytest.mark.parametrize("head", ["Investment account", "Annuity account", "What you hold"])
def test_contracts_with_a_class_beside_each_account(head: str, tmp_path: Path) -> None:
    heading = [head, "Class", "Units", "Unit value\n(USD)", "Accumulation\n(USD)", "% of contract"]
    rows: list[list[object]] = [
        ["Fen College – 403(b) Plan"],
        ["Contract F719044-2   Retirement Annuity (RA) – employer contributions"],
        heading,
        ["Fen Traditional Annuity", "Guaranteed", "—", "—", 310, 0.6591],
        ["Fen Growth Account R3", "Equity", 2.005, 80, 160.4, 0.3409],
        ["Contract total", None, None, None, 470.4, 1],
        [],
        ["Contract F719045-0   Supplemental Annuity (SRA) – employee contributions"],
        heading,
        ["Fen Real Estate Account", "Real estate", 1.32, 80, 105.6, 1],
        ["Contract total", None, None, None, 105.6, 1],
    ]
    found = by_account(read(tmp_path, book(rows, "Contracts")[0]))
    assert {key: held for key, (_, held) in found.items()} == {
        "F719044-2": {"Fen Traditional Annuity": "310.00", "Fen Growth Account R3": "160.40"},
        "F719045-0": {"Fen Real Estate Account": "105.60"},
    }


def test_the_class_first_and_one_class_for_several_funds() -> None:
    text = (
        "Asset class;Balance;Units;Price;Holding account\n"
        "Equity;310.00;31;10.00;Fen Traditional Annuity\n"
        "Equity;160.40;2.005;80.00;Fen Growth Account R3\n"
        "Equity;105.60;1.32;80.00;Fen Real Estate Account\n"
        "Total;576.00;;;\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert not warnings(statement)


def test_a_list_by_class_alone_stays_one_with_a_warning() -> None:
    text = "Asset class,Remark,Balance\nEquity,see page two,310.00\nBonds,see page three,160.40\n"
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Equity": Decimal("310.00"), "Bonds": Decimal("160.40")}
    assert warnings(statement)


def test_the_whole_is_a_hundred_percent_in_a_workbook(tmp_path: Path) -> None:
    made, sheet = book([["Fund", "Value", "% of account"], ["Fen Growth Fund", 60, 1], ["Total", 60, 1]])
    for cell in ("C2", "C3"):
        sheet[cell].number_format = "0%"
    statement = read(tmp_path, made)
    assert [row.text for row in statement.skipped] == ["Total,60,100%"]
    assert not warnings(statement)
