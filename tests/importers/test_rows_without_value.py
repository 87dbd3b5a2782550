"""Rows that lack a value are said, and sentences are no rows."""

from __future__ import annotations

import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text


def test_units_without_a_value_are_said() -> None:
    text = "Fund,Shares,Price,Value\nGrowth Index,12.5,,\nBond Index,4,5.00,20.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 20
    assert [(row.line, row.reason) for row in statement.skipped] == [(2, SkipReason.UNREADABLE)]
    issue = statement.issues[0]
    assert (issue.severity, issue.line) == ("warning", 2)
    assert "Growth Index" in issue.message
    assert "value" in issue.message
    assert "type this holding by hand" in issue.fix


def test_a_fund_of_the_menu_that_is_not_held_is_empty() -> None:
    text = "Fund,Shares,Price,Value\nGrowth Index,0,,\nMid Cap Index,,11.00,\nBond Index,4,5.00,20.00\n"
    statement = read_table_text(text, "x")
    assert [row.reason for row in statement.skipped] == [SkipReason.EMPTY, SkipReason.EMPTY]
    assert not statement.issues


@pytest.mark.parametrize(
    "sentence",
    [
        "The total of the above is $120,000.00.",
        "The total of the above is $120,000.00",
        "Your account was worth $120,000.00 that day.",
        "Values shown come from the recordkeeper, and are not guaranteed.",
        "Funds may lose money, even in good years.",
    ],
)
@pytest.mark.parametrize(
    "heading", ["Fund,Value\nBond Index,20", "Fund,Shares,Price,Value\nBond Index,4,5,20"]
)
def test_a_sentence_is_no_holding(heading: str, sentence: str) -> None:
    statement = read_table_text(f"{heading}\n{sentence}\n", "x")
    assert [row.fund.name for account in statement.accounts for row in account.rows] == ["Bond Index"]
    assert [(row.line, row.reason) for row in statement.skipped] == [(3, SkipReason.FOOTER)]
    assert not statement.issues


def test_a_fund_with_a_long_name_is_no_sentence() -> None:
    text = (
        "Fund,Value,Note\nThe Growth Fund of All America,70,Held since the plan began.\n"
        "Your Company Stock Fund Inc.,5,\n"
    )
    assert read_table_text(text, "x").total == 75


@pytest.mark.parametrize("cells", ["900000000000000,900000000000000,", "1,,999999999999B", "1,,1E+30"])
def test_a_figure_no_holding_is_worth_is_told_and_left_out(cells) -> None:
    """More than a thousand million million dollars: a misread column, or a file made to break things."""
    statement = read_table_text(
        f"Fund,Shares,Price,Value\nGrowth Index,{cells}\nBond Index,4,5.00,20.00\n", "x"
    )
    assert statement.total == 20
    assert [(row.line, row.reason) for row in statement.skipped] == [(2, SkipReason.UNREADABLE)]
    assert statement.issues[0].line == 2
