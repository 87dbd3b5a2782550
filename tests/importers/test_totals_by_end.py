"""Rows that look like funds and are sums, facts of a year, shares or labels; all made up here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_table_text

TOTALS = [
    "Brokerage window total",
    "Brokerage account total",
    "SDBA total",
    "BrokerageLink total",
    "PCRA Total",
    "Self-directed account subtotal",
    "Brokerage window value",
    "Total brokerage window",
    "Total Self-Directed Brokerage",
    "Balance of PCRA (total)",
]


def funds(statement: Statement) -> dict[str, Decimal]:
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


def reasons(statement: Statement) -> dict[int, SkipReason]:
    return {row.line: row.reason for row in statement.skipped}


@pytest.mark.parametrize("words", TOTALS)
def test_sum_of_a_window_is_a_total(words: str) -> None:
    text = (
        "Security,Shares,Price,Balance\nDeere & Co,8,401.25,3210.00\n"
        f"Schwab Total Stock Market Index Fund,30,71.00,2130.00\n{words},,,5340.00\n"
    )
    read = read_table_text(text, "w.csv")
    assert funds(read) == {
        "Deere & Co": Decimal("3210.00"),
        "Schwab Total Stock Market Index Fund": Decimal("2130.00"),
    }
    assert reasons(read) == {4: SkipReason.TOTAL}


def test_sum_of_the_last_rows_only_is_a_total() -> None:
    text = (
        "Security,Shares,Price,Balance\nCedar Core Bond Fund,100,12.00,1200.00\nDeere & Co,8,401.25,3210.00\n"
        "Schwab Total Stock Market Index Fund,30,71.00,2130.00\nBrokerage window total,,,5340.00\n"
    )
    assert sum(funds(read_table_text(text, "w.csv")).values()) == Decimal("6540.00")


def test_total_of_a_window_is_not_the_account_s() -> None:
    text = (
        "Security,Shares,Price,Balance\nDeere & Co,8,401.25,3210.00\n"
        "Schwab Total Stock Market Index Fund,30,71.00,2130.00\nBrokerage window total,,,5340.00\n"
        "Cedar Core Bond Fund,100,12.00,1200.00\n"
    )
    read = read_table_text(text, "w.csv")
    assert sum(funds(read).values()) == Decimal("6540.00")
    assert all(issue.severity == "info" for issue in read.issues)


def test_window_that_is_no_sum_is_counted() -> None:
    text = "Fund,Units,Price,Balance\nCedar Core Bond Fund,100,12.00,1200.00\nBrokerageLink,,,777.10\n"
    assert funds(read_table_text(text, "w.csv"))["BrokerageLink"] == Decimal("777.10")


def test_total_by_name_that_is_no_sum_is_asked_about() -> None:
    text = "Fund,Units,Price,Balance\nCedar Core Bond Fund,100,12.00,1200.00\nSDBA total,,,777.10\n"
    read = read_table_text(text, "w.csv")
    assert [(issue.line, issue.quick) for issue in read.issues] == [(3, (QuickFix.LEAVE_OUT,))]


@pytest.mark.parametrize(
    "words",
    [
        "2025 contributions to date",
        "2025 RMD",
        "Employer contribution 2025",
        "2024 contributions remaining",
        "Contributions year to date",
        "Required minimum distribution for 2026",
    ],
)
def test_money_of_a_year_is_no_holding(words: str) -> None:
    read = read_table_text(
        f"Description,Value\nCedar Index Fund,2100.00\nCedar Bond Fund,640.00\n{words},415.00\n", "y.csv"
    )
    assert sum(funds(read).values()) == Decimal("2740.00")
    assert reasons(read) == {4: SkipReason.NOT_A_HOLDING}
    assert [(issue.line, issue.quick) for issue in read.issues] == [(4, (QuickFix.COUNT,))]


@pytest.mark.parametrize("words", ["Target Date 2045 Fund", "2050 Retirement Trust", "Roth 2030 Fund"])
def test_funds_with_a_year_stay(words: str) -> None:
    read = read_table_text(f"Fund,Value\nCedar Index Fund,2100.00\n{words},415.00\n", "y.csv")
    assert funds(read)[words] == Decimal("415.00")


CARDS = """\
Fund\tQuantity\tPrice\tBalance
Cedar 500 Index CIT
{0}
120.5\t$40.00\t$4,820.00
Birch Stable Value
{1}
1,500\t$1.00\t$1,500.00
Alder International R6
{2}
80\t$25.50\t$2,040.00
"""


@pytest.mark.parametrize(
    "below",
    [
        ("57.7% of account", "17.9% of account", "24.4% of account"),
        ("57.7%", "17.9%", "24.4%"),
        ("US stocks", "Cash and stable value", "International stocks"),
        ("US stocks", "US stocks", "US stocks"),
    ],
)
def test_line_below_a_name_is_neither_name_nor_account(below: tuple[str, str, str]) -> None:
    read = read_table_text(CARDS.format(*below), "pasted.txt")
    assert len(read.accounts) == 1
    assert read.accounts[0].name not in below
    assert funds(read) == {
        "Cedar 500 Index CIT": Decimal("4820.00"),
        "Birch Stable Value": Decimal("1500.00"),
        "Alder International R6": Decimal("2040.00"),
    }


def test_short_names_above_tabbed_figures() -> None:
    text = (
        "Fund\tQuantity\tPrice\tBalance\n"
        "Stock Fund\n90.5\t$20.00\t$1,810.00\nCash Fund\n75\t$10.00\t$750.00\n"
    )
    assert funds(read_table_text(text, "p.txt")) == {
        "Stock Fund": Decimal("1810.00"),
        "Cash Fund": Decimal("750.00"),
    }
