"""Pages of a printed statement copied as text: single blanks between a name and its figures.

Every plan, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

from .readings import added_up

D = Decimal
UNITS = (
    "Units and Prices on September 30, 2026\nInvestment Units Unit Price Market Value\n"
    "Tidewell Stable Income Account 8,100.0000 1.5000 12,150.00\n"
    "Larch & Stone Income Fund Class X 700.0000 12.50 8,750.00\n"
    "Vernal Retirement 2045 Trust (Class F) 1,300.0000 28.00 36,400.00\n"
    "Total Investments 57,300.00\n"
)
ACTIVITY = (
    "Activity by Investment\nInvestment Beginning Balance Contributions Fees Gain/(Loss) Ending Balance\n"
    "Tidewell Stable Income Account $11,600.00 500.00 (8.00) 58.00 $12,150.00\n"
    "Larch & Stone Income Fund Class X 8,300.00 246.00 (6.00) 210.00 8,750.00\n"
    "Vernal Retirement 2045 Trust 35,500.00 389.00 (10.00) 521.00 36,400.00\n(Class F)\n"
    "Total $55,400.00 1,135.00 (24.00) 789.00 $57,300.00\n"
)
OPENING = (
    "Retirement Savings Statement\nFor the period July 1, 2026 through September 30, 2026\n"
    "Plan ID: 418820\nPO Box 12, Elm Falls, ME 04000\n"
)
SOURCES = (
    "Balance by Source\nSource Balance Vested % Vested Balance\nBefore-Tax 40,000.00 100% 40,000.00\n"
    "Company Match 17,300.00 60% 10,380.00\n"
)
FUNDS = {
    "Tidewell Stable Income Account": D("12150.00"),
    "Larch & Stone Income Fund Class X": D("8750.00"),
    "Vernal Retirement 2045 Trust (Class F)": D("36400.00"),
}


@pytest.mark.parametrize(
    "text",
    [UNITS, OPENING + UNITS, OPENING + ACTIVITY, OPENING + ACTIVITY + UNITS + SOURCES, ACTIVITY + UNITS],
)
def test_a_copied_page_is_read_once_under_any_of_its_tables(text: str) -> None:
    statement = read_table_text(text, "copied")
    assert added_up(statement) == FUNDS
    assert f"{statement.as_of}" == "2026-09-30" or "September" not in text


def test_units_and_prices_are_those_of_the_heading() -> None:
    (account,) = read_table_text(OPENING + UNITS, "copied").accounts
    assert account.id == "418820"
    assert [(row.units, row.price) for row in account.rows] == [
        (8100, D("1.5")),
        (700, D("12.5")),
        (1300, 28),
    ]


def test_labels_between_the_rows_end_no_name() -> None:
    text = (
        "Fund Units Balance\nStocks\nVernal 500 Index Trust of Many Companies 10.5 1,050.00\nBonds\n"
        "Vernal Bond 20.0 210.00\nTotal 1,260.00\n"
    )
    assert added_up(read_table_text(text, "copied")) == {
        "Vernal 500 Index Trust of Many Companies": D("1050.00"),
        "Vernal Bond": D("210.00"),
    }


def test_a_table_of_returns_behind_the_holdings_holds_nothing() -> None:
    text = UNITS + (
        "Average Annual Returns as of 9/30/2026\nInvestment 1 Yr 5 Yr 10 Yr\n"
        "Larch & Stone Income Fund Class X 3.94% 0.98% 3.10%\n"
    )
    assert added_up(read_table_text(text, "copied")) == FUNDS


def test_the_start_of_a_name_stands_a_line_above() -> None:
    text = (
        "Investment Units Price Value\nState Street of Vernal 500\n"
        "Non-Lending Series Class K 10.0000 $101.00 $1,010.00\n"
        "Vernal Growth 5.0000 $20.00 $100.00\nElm West Total Return\n"
        "Bond Fund Plan Class 20.0000 $26.00 $520.00\n"
        "Total $1,630.00\n"
    )
    assert added_up(read_table_text(text, "copied")) == {
        "State Street of Vernal 500 Non-Lending Series Class K": D("1010.00"),
        "Vernal Growth": D("100.00"),
        "Elm West Total Return Bond Fund Plan Class": D("520.00"),
    }
