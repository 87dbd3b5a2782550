"""Headings as people shorten, join and translate them, and columns kept in place by spaces."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.headwords import Role, role_of


def _values(statement: Statement) -> dict[str, Decimal]:
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Tot Bal", Role.VALUE),
        ("Ttl Mkt Val", Role.VALUE),
        ("Ending Bal.", Role.VALUE),
        ("Closing MV", Role.VALUE),
        ("Amount ($)", Role.VALUE),
        ("$ Value", Role.VALUE),
        ("USD", Role.VALUE),
        ("Now worth", Role.VALUE),
        ("How much", Role.VALUE),
        ("Market Values", Role.VALUE),
        ("acct_val_usd", Role.VALUE),
        ("MARKETVALUE", Role.VALUE),
        ("Marktwert in EUR", Role.VALUE),
        ("Valeur", Role.VALUE),
        ("Valor de mercado", Role.VALUE),
        ("Shs", Role.UNITS),
        ("Share Bal", Role.UNITS),
        ("Anteile", Role.UNITS),
        ("Parts", Role.UNITS),
        ("Px", Role.PRICE),
        ("NAV @ close", Role.PRICE),
        ("Unit Val", Role.PRICE),
        ("Cours", Role.PRICE),
        ("Invstmt Desc", Role.NAME),
        ("FundNames", Role.NAME),
        ("Bezeichnung", Role.NAME),
        ("Libelle", Role.NAME),
        ("Sym", Role.SYMBOL),
        ("Vested Bal.", Role.VESTED),
        ("% Port", Role.WEIGHT),
        ("Pct of Acct", Role.WEIGHT),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str, role: Role) -> None:
    known = role_of(heading)

    assert known is not None
    assert known[0] is role


@pytest.mark.parametrize(
    "heading",
    ["Beg Bal", "Avg Px", "Val Chg", "Unit Cost", "Book Val", "Loan Bal", "Price Chg $", "Stocks", "Cash",
     "Employee $", "I paid"],
)  # fmt: skip
def test_a_heading_of_something_else_is_not_taken_for_money_or_names(heading: str) -> None:
    assert role_of(heading) is None


def test_percents_under_the_word_for_an_account_name_no_accounts() -> None:
    statement = read_table_text("Fund,Value,Plan\nElm Stock,750.00,75%\nElm Bond,250.00,25%\n", "elm.csv")

    (account,) = statement.accounts
    assert account.total == Decimal("1000.00")


def test_amounts_by_contributor_beside_a_total_name_no_owners() -> None:
    text = "Fund,Employee,Employer,Total\nElm Stock,600.00,150.00,750.00\nElm Bond,200.00,50.00,250.00\n"

    (account,) = read_table_text(text, "elm.csv").accounts

    assert [row.value for row in account.rows] == [Decimal("750.00"), Decimal("250.00")]


def test_words_of_names_below_each_other_are_no_columns() -> None:
    text = "Fund            Value\nPlan X Growth  140.00\nPlan Y Income   60.00\n"

    assert _values(read_table_text(text, "x.txt")) == {
        "Plan X Growth": Decimal("140.00"),
        "Plan Y Income": Decimal("60.00"),
    }


def test_figures_beside_their_heading_belong_to_it() -> None:
    text = "Fund            Value\nElm Pool                   140.00\nOak Pool                    60.00\n"

    assert _values(read_table_text(text, "x.txt")) == {
        "Elm Pool": Decimal("140.00"),
        "Oak Pool": Decimal("60.00"),
    }


def test_a_printed_page_with_rules_and_short_headings_reads_right() -> None:
    text = """\
PLASTERERS ANNUITY PLAN

FUND                        SHARE BAL      NAV     ENDING BAL
--------------------------  ---------  -------  -------------
BIG COMPANY STOCK FUND         30.000    40.00       1,200.00
OTHER COUNTRIES INDEX          20.000    15.00         300.00
                                                -------------
TOTAL                                                1,500.00
"""
    statement = read_table_text(text, "page.txt")

    (account,) = statement.accounts
    assert [(row.fund.name, row.units, row.price, row.value) for row in account.rows] == [
        ("BIG COMPANY STOCK FUND", Decimal("30.000"), Decimal("40.00"), Decimal("1200.00")),
        ("OTHER COUNTRIES INDEX", Decimal("20.000"), Decimal("15.00"), Decimal("300.00")),
    ]
    assert account.stated_total == Decimal("1500.00")
    assert not [issue for issue in statement.issues if issue.severity != "info"]


def test_figures_below_a_name_and_a_day_are_those_of_the_heading() -> None:
    text = (
        "Start page\nHelp\tOut\nInvestment\tBalance\tUnits\tPrice\nOAK LIFETIME 2040\nAs of 06/30/2026\n"
        "$8,000.00\t160.000\t$50.00\nELM CORE BOND\nAs of 06/30/2026\n$900.00\t90.000\t$10.00\n"
        "Total\n$8,900.00\n"
    )
    (account,) = read_table_text(text, "x.txt").accounts

    assert [(row.fund.name, row.units, row.value) for row in account.rows] == [
        ("OAK LIFETIME 2040", Decimal("160.000"), Decimal("8000.00")),
        ("ELM CORE BOND", Decimal("90.000"), Decimal("900.00")),
    ]


def test_a_total_behind_names_with_one_figure_is_no_label_of_the_last() -> None:
    text = "Oak Fund $700.00\nElm Fund $200.00\nTotal $900.00\n"

    assert _values(read_table_text(text, "x.txt")) == {
        "Oak Fund": Decimal("700.00"),
        "Elm Fund": Decimal("200.00"),
    }


def test_labelled_funds_end_with_a_labelled_total() -> None:
    text = (
        "Fund: Oak Income Account\nUnits: 10.0\nPrice: $7.00\nCurrent value: $70.00\n\n"
        "Fund: Elm Growth Account\nUnits: 10.0\nPrice: $2.00\nCurrent value: $20.00\n\nTotal value: $90.00\n"
    )
    statement = read_table_text(text, "x.txt")

    assert _values(statement) == {
        "Oak Income Account": Decimal("70.00"),
        "Elm Growth Account": Decimal("20.00"),
    }
    assert statement.accounts[0].stated_total == Decimal("90.00")


def test_a_bar_before_an_empty_first_cell_is_no_frame() -> None:
    text = (
        "Symbol|Value|Fund Name|Share Class|\nOAKX|5.00|Oak Fund|A|\n|6.00|Elm Fund|B|\n|7.00|Ash Fund|A|\n"
    )
    text += "BIRX|8.00|Birch Fund|A|\n"

    assert _values(read_table_text(text, "x.csv")) == {
        "Oak Fund": Decimal("5.00"),
        "Elm Fund": Decimal("6.00"),
        "Ash Fund": Decimal("7.00"),
        "Birch Fund": Decimal("8.00"),
    }


def test_bold_words_of_a_drawn_table_are_plain() -> None:
    text = (
        "| Fund | Value |\n|---|---:|\n| Oak Fund | 5.00 |\n| Elm Fund | 6.00 |\n| **Total** | **11.00** |\n"
    )

    assert _values(read_table_text(text, "x.md")) == {
        "Oak Fund": Decimal("5.00"),
        "Elm Fund": Decimal("6.00"),
    }
