"""A total in the lines above the table is compared with the rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

ROWS = "Fund,Value\nGrowth Index,91000.50\nBond Index,64000\n"


@pytest.mark.parametrize(
    "line",
    [
        'Total balance,"$155,000.50"',
        "Total balance,$155,000.50",
        "Total account value,155000.50",
        "Account value,$155,000.50,",
        "Account balance:,$155,000.50",
        "Total balance: $155,000.50",
        "Total,,155000.50",
        "Current value as of 03/31/2026,155000.50",
    ],
)
def test_a_total_above_the_table_is_the_accounts(line: str) -> None:
    statement = read_table_text(f"My savings\n{line}\n\n{ROWS}", "x")
    account = statement.accounts[0]
    assert account.name == "My savings"
    assert account.total == Decimal("155000.50")
    assert account.stated_total == Decimal("155000.50")
    assert not statement.issues


def test_a_total_above_that_differs_is_said_with_both_numbers() -> None:
    statement = read_table_text(f"My savings\nTotal balance,$165,000.50\n{ROWS}", "x")
    issue = statement.issues[0]
    assert (issue.severity, issue.line) == ("warning", 2)
    assert "155,000.50" in issue.message
    assert "165,000.50" in issue.message


@pytest.mark.parametrize(
    "label", ["Beginning balance", "Vested balance", "Total gain", "Total shares", "Loan balance"]
)
def test_other_figures_above_are_no_total(label: str) -> None:
    statement = read_table_text(f"My savings\n{label},$9.00\n{ROWS}", "x")
    assert statement.accounts[0].stated_total is None
    assert not statement.issues


def test_a_total_above_several_accounts_is_that_of_all() -> None:
    rows = "Account,Fund,Value\nRoth,Growth Index,40\nHSA,Bond Index,15\n"
    assert not read_table_text(f"Total value,55.00\n{rows}", "x").issues
    statement = read_table_text(f"Total value,65.00\n{rows}", "x")
    assert [(issue.severity, issue.line) for issue in statement.issues] == [("warning", 1)]


def test_a_total_above_the_first_of_two_tables_is_its_own() -> None:
    text = (
        "Roth IRA 4441\nAccount value,$40.00\nFund,Value\nGrowth Index,40\n\n"
        "HSA 5552\nFund,Value\nBond Index,15\n"
    )
    statement = read_table_text(text, "x")
    assert [(account.total, account.stated_total) for account in statement.accounts] == [(40, 40), (15, None)]
    assert not statement.issues


def test_account_value_below_the_rows_is_a_total() -> None:
    statement = read_table_text(ROWS + "Account value,155000.50\n", "x")
    assert statement.total == Decimal("155000.50")
    assert statement.accounts[0].stated_total == Decimal("155000.50")
