"""Sums without words, tables that touch each other, pictures before names, dollars beside another currency.

Every plan, fund and number is made up. What is held must be counted once, and nothing silently lost.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

from .books import book, read
from .readings import added_up

D = Decimal


def page(body: str) -> Statement:
    text = f"<html><body><table>{body}</table></body></html>"
    return read_source(StatementSource("plan.html", html=text))


@pytest.mark.parametrize("last", ["", ",2310\n"])
@pytest.mark.parametrize("bonds", ["Bond Index,700\n,700\n", "Bond Index,600\nTIPS Index,100\n,700\n"])
def test_sums_of_groups_without_words_are_no_account_total(bonds: str, last: str) -> None:
    text = f"Fund,Value\nLarge Cap Index,1110\nSmall Cap Index,500\n,1610\n{bonds}{last}"
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert account.total == 2310
    assert account.stated_total == (2310 if last else None)
    assert not statement.issues


def test_sums_of_groups_and_accounts_without_words() -> None:
    text = (
        "Account,Kind,Fund,Value\nOld 401k,Stocks,Vernal 500 Index,1110\nOld 401k,Stocks,Small Cap,500\n"
        "Old 401k,Stocks,,1610\nOld 401k,Bonds,Vernal Bond,390\nOld 401k,Bonds,,390\nOld 401k,,,2000\n"
        "IRA,Stocks,Vernal 500 Index,310\nIRA,Stocks,,310\nIRA,,,310\n"
    )
    statement = read_table_text(text, "x")
    assert {account.name: account.total for account in statement.accounts} == {"Old 401k": 2000, "IRA": 310}
    assert not statement.issues


def test_two_halves_without_a_gap_are_two_tables() -> None:
    text = (
        "Fund,Balance,Fund,Balance\nVernal 500 Index,1010.00,Vernal Bond,520.00\n"
        "Vernal Growth,130.00,Stable Value,50.00\nTotal,1140.00,Total,570.00\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == {
        "Vernal 500 Index": 1010,
        "Vernal Growth": 130,
        "Vernal Bond": 520,
        "Stable Value": 50,
    }
    assert not statement.issues


def test_the_same_funds_twice_are_not_two_halves() -> None:
    text = (
        "Fund,Balance,Fund,Balance\nVernal 500 Index,1010.00,Vernal 500 Index,1010.00\n"
        "Vernal Bond,520.00,Vernal Bond,520.00\n"
    )
    assert added_up(read_table_text(text, "x")) == {"Vernal 500 Index": 1010, "Vernal Bond": 520}


def test_a_picture_stands_before_the_name_of_a_fund() -> None:
    statement = page(
        "<tr><th colspan=2>Investment</th><th>Units</th><th>Balance</th></tr>"
        "<tr><td><img></td><td>Vernal 500 Index</td><td>10</td><td>$1,010.00</td></tr>"
        "<tr><td></td><td>Vernal Bond</td><td>5</td><td>$520.00</td></tr>"
        "<tr><td colspan=3>Total</td><td>$1,530.00</td></tr>"
    )
    assert added_up(statement) == {"Vernal 500 Index": 1010, "Vernal Bond": 520}
    assert statement.accounts[0].stated_total == 1530


def test_days_above_units_and_values_tell_which_are_the_latest() -> None:
    statement = page(
        "<tr><th rowspan=2>Fund</th><th colspan=2>06/30/2026</th><th colspan=2>09/30/2026</th></tr>"
        "<tr><th>Units</th><th>Value</th><th>Units</th><th>Value</th></tr>"
        "<tr><td>Vernal 500 Index</td><td>10</td><td>1,000.00</td><td>11</td><td>1,210.00</td></tr>"
        "<tr><td>Vernal Bond</td><td>10</td><td>500.00</td><td>10</td><td>510.00</td></tr>"
    )
    assert added_up(statement) == {"Vernal 500 Index": 1210, "Vernal Bond": 510}
    assert f"{statement.as_of}" == "2026-09-30"


@pytest.mark.parametrize("heads", ["Balance (EUR)|Balance (USD)", "Balance (USD)|Balance (EUR)"])
def test_the_column_in_dollars_is_taken(heads: str) -> None:
    one, other = heads.split("|")
    figures = ("900,1010", "450,520") if "USD" in other else ("1010,900", "520,450")
    text = f"Fund,{one},{other}\nVernal 500 Index,{figures[0]}\nVernal Bond,{figures[1]}\n"
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Vernal 500 Index": 1010, "Vernal Bond": 520}
    assert not statement.issues


def test_of_a_sheet_for_each_quarter_the_last_counts(tmp_path: Path) -> None:
    made, _ = book([["Fund", "Balance"], ["Vernal 500 Index", 1002], ["Vernal Bond", 500]], "Q2 2026")
    later = made.create_sheet("Q3 2026")
    for row in (["Fund", "Balance"], ["Vernal 500 Index", 1003], ["Vernal Bond", 500]):
        later.append(row)
    statement = read(tmp_path, made)
    assert added_up(statement) == {"Vernal 500 Index": 1003, "Vernal Bond": 500}
    assert ["Q2 2026" in issue.message for issue in statement.issues] == [True]


def test_what_may_be_spent_is_no_holding_beside_cash() -> None:
    text = "Fund,Value\nVernal 500 Index,1010\nCash,210\nCash available to trade,210\nBuying power,420\n"
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Vernal 500 Index": 1010, "Cash": 210}
    assert [issue.line for issue in statement.issues] == [4, 5]


def test_what_may_be_spent_is_counted_where_no_other_line_says_cash() -> None:
    text = "Fund,Value\nVernal 500 Index,1010\nBuying power,420\nPersonal performance,8.2\n"
    assert added_up(read_table_text(text, "x")) == {"Vernal 500 Index": 1010, "Buying power": 420}
