"""A total is told from a fund that is called one, and the file's own total is compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_table_text


def values(statement: Statement) -> dict[str, Decimal]:
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


@pytest.mark.parametrize(
    "name",
    [
        "Total International Stock", "Total Stock", "Total Bond", "Total Equity", "Total US Equity",
        "Total International Equity", "Total Fixed Income", "Total Stock Market", "Total Market Index",
        "Total International Bond", "Total Value Fund",
    ],
)  # fmt: skip
def test_a_fund_called_total_in_the_middle_is_kept(name: str) -> None:
    text = f"Fund,Value\nLarge Cap Growth Index,41000\n{name},12500\nGlobal Bond Index,9000\n"
    statement = read_table_text(text, "x")
    assert statement.total == 62500
    assert values(statement)[name] == 12500
    assert not statement.skipped
    assert not statement.issues
    assert statement.accounts[0].stated_total is None


def test_a_fund_called_total_above_the_true_total_leaves_it_agreeing() -> None:
    text = "Fund,Value\n500 Index,700\nTotal Bond,200\nTotal International Stock,100\nTotal,1000\n"
    statement = read_table_text(text, "x")
    assert statement.total == 1000
    assert statement.accounts[0].stated_total == 1000
    assert [(row.line, row.reason) for row in statement.skipped] == [(5, SkipReason.TOTAL)]
    assert not statement.issues


def test_a_total_nobody_knows_is_kept_with_a_question() -> None:
    statement = read_table_text("Fund,Value\n500 Index,70\nTotal Wibble,30\nBond Index,5\n", "x")
    assert statement.total == 105
    assert [(issue.severity, issue.line) for issue in statement.issues] == [("warning", 3)]
    assert "Total Wibble" in statement.issues[0].message


def test_totals_of_kinds_are_known_by_their_sums() -> None:
    text = (
        "Fund,Value\nLarge Cap Index,60.10\nSmall Cap Index,20.20\nTotal stock,80.30\n"
        "US Bond Index,10.05\nHigh Yield Bond Fund,3.05\nTotal bonds,13.10\nTotal,93.40\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("93.40")
    assert [row.line for row in statement.skipped] == [4, 7, 8]
    assert statement.accounts[0].stated_total == Decimal("93.40")


def test_a_total_of_one_kind_without_totals_before_it_is_known() -> None:
    text = "Fund,Value\nLarge Cap Index,60.10\nUS Bond Index,10.05\nHigh Yield Bond,3.05\nTotal bonds,13.10\n"
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("73.20")
    assert [row.line for row in statement.skipped] == [5]
    assert statement.accounts[0].stated_total is None


def test_a_rounded_sum_is_still_a_sum() -> None:
    text = "Fund,Value\nLarge Cap Index,60.10\nSmall Cap Index,20.20\nTotal stocks,80\n"
    assert read_table_text(text, "x").total == Decimal("80.30")


def test_equal_halves_of_other_kinds_are_two_funds() -> None:
    text = "Fund,Value\nLarge Cap Index,50000\nTotal International Stock,50000\n"
    statement = read_table_text(text, "x")
    assert statement.total == 100000
    assert [(issue.severity, issue.line) for issue in statement.issues] == [("warning", 3)]


def test_round_numbers_do_not_make_a_total_of_some_rows() -> None:
    text = "Fund,Value\nA Growth Fund,9000\nMid Cap,9000\nSmall Cap,9000\nTotal International Stock,18000\n"
    assert read_table_text(text, "x").total == 45000


@pytest.mark.parametrize(
    "label",
    [
        "Total", "TOTALS", "Grand total", "Account total", "Subtotal", "Total of all funds", "Total for plan",
        "Total: my account", "Total account value", "Total market value", "Total assets",
        "Total Acme 401(k) Plan",
    ],
)  # fmt: skip
def test_a_bare_total_is_one_even_when_it_disagrees(label: str) -> None:
    statement = read_table_text(f"Fund,Value\n500 Index,60\nBond Index,20\n{label},95\n", "x")
    assert statement.total == 80
    assert [(row.line, row.reason) for row in statement.skipped] == [(4, SkipReason.TOTAL)]


def test_a_total_named_after_its_account_is_known_by_its_sum() -> None:
    text = (
        "Account,Fund,Value\nA1,Large Cap Index,100\nA1,Total Bond,50\nA1,Total A1,150\n"
        "A2,Large Cap Index,10\nA2,Total International Stock,10\nTotal,,170\n"
    )
    statement = read_table_text(text, "x")
    assert {account.id: account.total for account in statement.accounts} == {"A1": 150, "A2": 20}
    assert [row.line for row in statement.skipped] == [4, 7]
    assert ("warning", 6) in [(issue.severity, issue.line) for issue in statement.issues]


def test_many_rows_called_total_are_read_in_a_moment() -> None:
    rows = "".join(f"Total Thing X{i},7.07\n" for i in range(3000))
    assert len(read_table_text(f"Fund,Value\n{rows}", "x").accounts[0].rows) == 3000
