"""A row's value against its units and price, and values below zero."""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text


def test_every_row_whose_value_is_not_units_times_price_is_said() -> None:
    # Those more than twice or less than half of units × price are warnings.
    text = (
        "Fund,Shares,Price,Value\nGrowth Index,10,7.00,61.00\nMid Cap Index,10,5.00,5.00\n"
        "Bond Index,10,5.00,50.00\nSmall Cap Index,3,2.00,600.00\nStable Value,20,2.00,39.00\n"
    )
    statement = read_table_text(text, "x")
    assert [(issue.severity, issue.line) for issue in statement.issues] == [
        ("info", 2), ("warning", 3), ("warning", 5), ("info", 6),
    ]  # fmt: skip
    assert all("units times price" in issue.message for issue in statement.issues)


def test_every_row_of_a_troweprice_file_is_checked() -> None:
    heading = "Account Type,Account Name,Ticker,Account Number,Owners,Quantity,Price,Change,Market Value\n"
    text = heading + (
        'Rollover IRA,Blue Chip Growth Fund,TRBCX,4321-1,Kim,5,$60.00,$0.10,"$3"\n'
        'Roth IRA,Blue Chip Growth Fund,TRBCX,4321-2,Kim,7,$60.00,$0.10,"$4"\n'
        'Joint,Blue Chip Growth Fund,TRBCX,4321-3,Kim,8,$60.00,$0.10,"$480"\n'
    )
    statement = read_table_text(text, "x")
    assert statement.layout == "troweprice-accounts"
    assert [issue.line for issue in statement.issues] == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        "91282ABC1,US TREASURY NOTE 3.5% 02/15/2033,5000,99.40,4970.00",
        "SPY270115C600,SPY JAN 15 2027 $600 CALL,2,3.00,600.00",
    ],
)
def test_bonds_and_options_have_prices_of_their_own(row: str) -> None:
    assert not read_table_text(f"Symbol,Description,Quantity,Price,Value\n{row}\n", "x").issues


@pytest.mark.parametrize(
    "row",
    [
        "SPY 01/15/2027 400.00 P,PUT SPY $400 EXP 01/15/27,-1,5.20,-520.00",
        "-SPY270115C600,SPY JAN 15 2027 $600 CALL,-1,5.20,-520.00",
        ",CRDO JUL 10 2026 $250 PUT,-1,5.20,-520.00",
    ],
)
def test_a_sold_option_is_told_as_such(row: str) -> None:
    issue = read_table_text(f"Symbol,Description,Quantity,Price,Value\n{row}\n", "x").issues[0]
    assert issue.severity == "warning"
    assert "option you sold" in issue.fix
    assert "pending" not in issue.fix
    assert "settle" not in issue.fix


def test_other_values_below_zero_are_money_owed() -> None:
    issue = read_table_text("Fund,Value\nCash,-12.00\nBond Index,20\n", "x").issues[0]
    assert "option" not in issue.fix
    assert "owed" in issue.fix
