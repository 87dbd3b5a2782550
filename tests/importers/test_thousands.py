"""Amounts whose thousands comma was not quoted, and figures whose point may set off thousands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement, read_table_text


def values(statement: Statement) -> list[Decimal]:
    return [row.value for account in statement.accounts for row in account.rows]


def warned(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


def test_unquoted_thousands_are_put_together() -> None:
    text = (
        "Fund,Value\nLarge Cap Index,$42,000.00\nUS Bond Index,$1,345,678.90\nSmall Cap Index,730.00\n"
        "Stable Value,$6,200.00,\nMid Cap Index,12,345.10\nTotal,$1,406,954.00\n"
    )
    statement = read_table_text(text, "x")
    assert values(statement) == [
        Decimal("42000.00"), Decimal("1345678.90"), 730, 6200, Decimal("12345.10"),
    ]  # fmt: skip
    assert statement.accounts[0].stated_total == Decimal("1406954.00")
    assert not statement.issues


def test_several_torn_figures_in_a_row_are_put_together() -> None:
    text = (
        "Account Number,Fund,Shares,Price,Value,Gain\n"
        "001,Large Cap Index,1,000,$2,250.00,$2,250,000.00,$12,000.00\n"
        "001,US Bond Index,3,200,$10.00,$32,000.00,-$1,500.00\n"
    )
    row, other = read_table_text(text, "x").accounts[0].rows
    assert (row.units, row.price, row.value) == (1000, 2250, 2250000)
    assert (other.units, other.price, other.value) == (3200, 10, 32000)


def test_cells_that_may_be_noise_are_asked_about() -> None:
    statement = read_table_text("Fund,Value\nLarge Cap Index,250,100\n", "x")
    assert values(statement) == [250100]
    assert warned(statement) == [2]


def test_more_than_one_way_to_join_is_asked_about() -> None:
    statement = read_table_text("Fund,Shares,Price,Value\nLarge Cap Index,12,345,678,900\n", "x")
    assert warned(statement)[0] == 2


def test_a_torn_value_in_a_short_row_is_asked_about() -> None:
    statement = read_table_text("Fund,Value,Gain\nLarge Cap Index,$42,000.00\n", "x")
    assert warned(statement) == [2]


def test_further_cells_behind_a_row_that_multiplies_stay_apart() -> None:
    text = "Fund,Shares,Price,Value\nLarge Cap Index,12,123,1476.00,9.99\n"
    row = read_table_text(text, "x").accounts[0].rows[0]
    assert (row.units, row.price, row.value) == (12, 123, 1476)


@pytest.mark.parametrize("line", ['"$42,000.00",100', '"42","000.00"'])
def test_quoted_cells_are_never_joined(line: str) -> None:
    statement = read_table_text(f"Fund,Value\nLarge Cap Index,{line}\n", "x")
    assert values(statement)[0] in {42, 42000}
    assert not warned(statement)


def test_cells_of_a_workbook_are_never_joined(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["Fund", "Value"], ["Large Cap Index", 42, 100]):
        sheet.append(cells)
    book.save(tmp_path / "x.xlsx")
    assert values(read_statement(tmp_path / "x.xlsx")) == [42]


def test_euros_with_a_point_and_nothing_else_are_thousands_with_a_question() -> None:
    statement = read_table_text("Fund,Value\nLarge Cap Index,€42.000\n", "x")
    assert values(statement) == [42000]
    assert warned(statement) == [2]


def test_other_figures_decide_what_a_point_means() -> None:
    european = read_table_text("Fund;Value\nLarge Cap Index;€42.000\nBond Index;€1.234,50\n", "x")
    american = read_table_text("Fund;Value\nLarge Cap Index;€42.000\nBond Index;€20.50\n", "x")
    assert values(european) == [42000, Decimal("1234.50")]
    assert values(american) == [42, Decimal("20.50")]
    assert warned(european) == []
    assert warned(american) == []


def test_dollars_with_three_decimals_alone_are_asked_about() -> None:
    statement = read_table_text("Fund,Value\nLarge Cap Index,42.000\n", "x")
    assert values(statement) == [42]
    assert warned(statement) == [2]


@pytest.mark.parametrize("sign", ["", "$", "$ "])
def test_dots_set_off_thousands_where_all_amounts_have_three_digits_behind(sign: str) -> None:
    text = f"Fund;Value\nFen Index;{sign}1.234\nFen Bond;{sign}12.500\nFen Cash;0\n"
    statement = read_table_text(text, "x")
    assert [row.value for account in statement.accounts for row in account.rows if row.value] == [1234, 12500]
    assert all("thousands" in issue.fix for issue in statement.issues)
    assert len(statement.issues) == 2


def test_one_amount_with_three_digits_behind_its_dot_tells_nothing() -> None:
    text = "Fund;Value\nFen Index;1.234\nFen Bond;12.50\n"
    assert read_table_text(text, "x").total == Decimal("13.73")


def test_a_value_that_units_multiply_to_another_is_the_price() -> None:
    text = "Fund,Value,Units Owned,Worth\nFen Index,25.5,100,2550\nFen Bond,11.0,300,3300\n"
    (account,) = read_table_text(text, "x").accounts
    assert [(row.price, row.value) for row in account.rows] == [(Decimal("25.5"), 2550), (11, 3300)]
