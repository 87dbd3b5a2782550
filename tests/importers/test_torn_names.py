"""Names with commas that nobody quoted, and figures with marks or units behind them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.amounts import parse_amount, split_scale


def _values(statement: Statement) -> dict[str, Decimal]:
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


def _warnings(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


def test_an_unquoted_comma_in_a_name_moves_no_figures() -> None:
    text = "Fund,Units,Value\nElm Bond, Short Term,30,330.00\nOak Stock,40,4400.00\n"
    statement = read_table_text(text, "x.csv")

    assert _values(statement) == {"Elm Bond, Short Term": Decimal("330.00"), "Oak Stock": Decimal("4400.00")}
    assert _warnings(statement) == []


def test_two_commas_in_a_name_behind_a_symbol() -> None:
    text = "Symbol,Fund,Price,Value\nELMX,Elm, Oak and Ash, Inc.,2.00,60.00\nOAKX,Oak Stock,3.00,90.00\n"
    statement = read_table_text(text, "x.csv")

    assert _values(statement) == {"Elm, Oak and Ash, Inc.": Decimal("60.00"), "Oak Stock": Decimal("90.00")}


def test_a_year_behind_the_comma_of_a_name_is_not_silently_its_value() -> None:
    text = "Fund,Value\nElm Target, 2040,750.00\nOak Stock,250.00\n"
    statement = read_table_text(text, "x.csv")

    assert 2 in _warnings(statement)


def test_a_remark_behind_the_row_moves_nothing() -> None:
    text = "Fund,Units,Value\nElm Bond,30,330.00,checked\nOak Stock,40,4400.00\n"
    statement = read_table_text(text, "x.csv")

    assert _values(statement) == {"Elm Bond": Decimal("330.00"), "Oak Stock": Decimal("4400.00")}
    assert _warnings(statement) == []


@pytest.mark.parametrize(
    "text", ["310.50(2)", "310.50 (a)", "$310.50¹", "310.50 [12]", "310.50§", "310.50**", "310.50 †"]
)
def test_footnotes_behind_a_figure_are_not_part_of_it(text: str) -> None:
    assert parse_amount(text) == Decimal("310.50")


def test_a_negative_in_parentheses_is_no_footnote() -> None:
    assert parse_amount("(12)") == Decimal(-12)
    assert parse_amount("(310.50)(2)") == Decimal("-310.50")


@pytest.mark.parametrize(
    ("text", "figure", "by"),
    [
        ("$2.5M", "$2.5", 10**6),
        ("$410K", "$410", 10**3),
        ("3 million", "3", 10**6),
        ("1.1bn", "1.1", 10**9),
        ("1.1B", "1.1", 10**9),
        ("Class M", "Class M", 1),
        ("12.30", "12.30", 1),
    ],
)
def test_a_scale_behind_a_figure_is_told(text: str, figure: str, by: int) -> None:
    assert split_scale(text) == (figure, by)


def test_values_in_thousands_and_millions_are_scaled_with_a_word() -> None:
    statement = read_table_text("Fund,Value\nElm Bond,$2.5M\nOak Stock,$410K\n", "x.csv")

    assert _values(statement) == {"Elm Bond": Decimal("2500000.00"), "Oak Stock": Decimal("410000.00")}
    assert _warnings(statement) == [2, 3]
