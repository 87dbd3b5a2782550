"""Money given several times or side by side: by source, by spouse, by measure, as ledger and as sum.

Every plan, fund and number is made up. What is held must be counted once, and nothing silently lost.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.issues import QuickFix, Severity
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

from .readings import added_up

D = Decimal
FUNDS = {"Vernal 500 Index Fund": D(200), "Vernal Bond Fund": D(40)}


def totals(statement: Statement) -> dict[str, Decimal]:
    return {account.name: account.total for account in statement.accounts}


def reasons(statement: Statement) -> dict[int, str]:
    return {row.line: row.reason.value for row in statement.skipped}


def told(statement: Statement) -> list[tuple[str, int | None]]:
    return [(issue.severity.value, issue.line) for issue in statement.issues]


@pytest.mark.parametrize("words", ["Employee Pre-Tax|Employer Match|Total", "Bucket A|Bucket B|Combined"])
def test_the_group_of_all_sources_is_taken(words: str) -> None:
    one, other, whole = words.split("|")  # known sources, or told by arithmetic
    text = (
        f",{one},,{other},,{whole},\nFund,Units,Value,Units,Value,Units,Value\n"
        "Vernal 500 Index Fund,10,150.00,5,50.00,15,200.00\nVernal Bond Fund,4,40.00,0,0.00,4,40.00\n"
        "Total,,190.00,,50.00,,240.00\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == FUNDS
    assert [row.units for row in statement.accounts[0].rows] == [15, 4]
    assert not statement.issues


@pytest.mark.parametrize(
    ("rows", "sep"),
    [
        (
            "Vernal 500 Index Fund|10|150.00|5|50.00\nVernal Bond Fund|4|40.00|--|--\nTotal||190.00||50.00",
            ",",
        ),
        (
            "Vernal 500 Index Fund|10,0|150,00|5,0|50,00\nVernal Bond Fund|4,0|40,00||\nTotal||190,00||50,00",
            ";",
        ),
    ],
)
def test_groups_by_source_without_a_whole_are_added_and_told(rows: str, sep: str) -> None:
    text = f"|Employee Pre-Tax||Employer Match|\nFund|Units|Value|Units|Value\n{rows}\n".replace("|", sep)
    statement = read_table_text(text, "x")
    assert added_up(statement) == FUNDS
    assert statement.accounts[0].stated_total == 240
    assert told(statement) == [("info", 2)]
    assert "Employee Pre-Tax, Employer Match" in statement.issues[0].message


def test_groups_nobody_knows_that_do_not_add_up_are_asked_about() -> None:
    text = (
        ",Bucket A,,Bucket B,,Bucket C,\nFund,Units,Value,Units,Value,Units,Value\n"
        "Vernal 500 Index Fund,10,150.00,5,50.00,15,90.00\nVernal Bond Fund,4,40.00,0,0.00,4,41.00\n"
    )
    issues = read_table_text(text, "x").issues
    assert [issue.quick for issue in issues if issue.severity is Severity.WARNING] == [(QuickFix.COLUMNS,)]


def test_a_couples_tables_side_by_side() -> None:
    text = (
        "Jo's 401(k),,,,,Kay's IRA,,,\nFund,Shares,Price,Value,,Fund,Shares,Price,Value\n"
        "Vernal 500 Index Fund,10,20.00,200.00,,Vernal Growth Fund,1,30.00,30.00\n"
        "Vernal Bond Fund,4,10.00,40.00,,Vernal Income Fund,2,10.00,20.00\n"
        ",,,,,Vernal Stable Fund,,,5.00\nTotal,,,240.00,,Total,,,55.00\n"
    )
    statement = read_table_text(text, "x")
    assert totals(statement) == {"Jo's 401(k)": 240, "Kay's IRA": 55}
    assert [account.stated_total for account in statement.accounts] == [240, 55]
    assert not statement.issues


def test_three_tables_side_by_side() -> None:
    text = (
        "Jo,,,Kay,,,Max,\nFund,Value,,Fund,Value,,Fund,Value\n"
        "Vernal 500 Index Fund,200.00,,Vernal Growth Fund,30.00,,Vernal Fund A,3.00\n"
        "Vernal Bond Fund,40.00,,Vernal Income Fund,20.00,,Vernal Fund B,2.00\n"
    )
    statement = read_table_text(text, "x")
    assert totals(statement) == {"Jo": 240, "Kay": 50, "Max": 5}
    assert not statement.issues


def test_two_blank_columns_between_tables() -> None:
    text = (
        "Fund,Value,,,Fund,Value\nVernal 500 Index Fund,200.00,,,Vernal Growth Fund,30.00\n"
        "Vernal Bond Fund,40.00,,,Vernal Income Fund,20.00\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == 290
    assert not statement.issues


@pytest.mark.parametrize(("dollars", "units"), [("Dollars", "Units"), ("$", "# of units")])
@pytest.mark.parametrize("units_first", [False, True])
def test_dollars_and_units_on_two_lines(dollars: str, units: str, *, units_first: bool) -> None:
    rows = []
    for name, money, count in (("Vernal 500 Index Fund", "200.00", "10"), ("Vernal Bond Fund", "40.00", "4")):
        pair = [(dollars, money), (units, count)]
        (first, one), (second, other) = pair[::-1] if units_first else pair
        rows += [f"{name},{first},1.00,{one}", f",{second},2.00,{other}"]
    statement = read_table_text("\n".join(["Fund,Measure,6/30/2026,9/30/2026", *rows]), "x")
    assert added_up(statement) == FUNDS
    assert not statement.issues


LEDGER = (
    "Description,Amount\nOpening cash balance,12.00\nDeposits,5.00\nFees,-2.00\nClosing cash balance,15.00\n"
    "Investment threshold,1000.00\n\nFund,Units,Price,Value\nVernal 500 Index Fund,10,20.00,200.00\n"
    "Vernal Bond Fund,4,10.00,40.00\nTotal,,,240.00\n"
)


def test_of_a_cash_ledger_the_closing_balance_counts() -> None:
    statement = read_table_text(f"HSA 5512-3\n{LEDGER.replace('Total,,,240.00', 'Total,,,255.00')}", "x")
    assert added_up(statement) == {"Closing cash balance": 15, **FUNDS}
    assert statement.accounts[0].stated_total == 255
    assert not statement.issues


@pytest.mark.parametrize(("deposits", "total"), [("5.00", 255), ("7.00", 240)])
def test_closing_cash_under_headings_nobody_knows_is_never_silently_lost(deposits: str, total: int) -> None:
    """It counts where the movements lead to it; either way the user hears of it."""
    ledger = LEDGER.replace("Description,Amount", "Item,Amount").replace("Total,,,240.00\n", "")
    statement = read_table_text(f"HSA 5512-3\n{ledger.replace('5.00', deposits, 1)}", "x")
    assert statement.total == total
    assert told(statement) == [("warning", 6)]
    assert "15.00" in statement.issues[0].message


def test_a_total_over_ledger_and_funds_is_no_fund() -> None:
    statement = read_table_text(f"{LEDGER}Total with cash,,,255.00\n", "x")
    assert statement.total == 255
    assert reasons(statement)[12] == "total"
    assert told(statement) == [("info", 12)]


def test_an_overview_of_what_other_tables_are_worth() -> None:
    text = (
        "Fund,Value\nCore funds,240.00\nWindow assets,55.00\n\nFund,Units,Price,Value\n"
        "Vernal 500 Index Fund,10,20.00,200.00\nVernal Bond Fund,4,10.00,40.00\n\n"
        "Holding,Shares,Price,Value\nVernal World ETF,1,30.00,30.00\nVernal Gold ETF,2,12.50,25.00\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == 295
    assert {reasons(statement)[line] for line in (2, 3)} == {"rollup"}
    other = read_table_text(text.replace("55.00\n\n", "57.00\n\n"), "x")
    assert {"Core funds", "Window assets"} <= added_up(other).keys()  # not what the tables are worth: kept


@pytest.mark.parametrize("above", [False, True])
def test_a_line_the_stated_total_has_not_in_it_is_left_out_and_told(*, above: bool) -> None:
    head, foot = ("Total balance,$240.00\n\n", "") if above else ("", "Total,240.00\n")
    rows = "Fund,Value\nVernal 500 Index Fund,200.00\nVernal Bond Fund,40.00\nRoom for purchases,15.50\n"
    text = f"Account 77-1203\n{head}{rows}{foot}"
    line = text[: text.index("Room")].count("\n") + 1
    statement = read_table_text(text, "x")
    assert added_up(statement) == FUNDS
    assert [(i.severity, i.line, i.quick) for i in statement.issues] == [
        (Severity.INFO, line, (QuickFix.COUNT,))
    ]
    hints = ReadingHints(count=frozenset({("", line)}))
    counted = read_source(StatementSource("x.csv", text=text), hints)
    assert counted.total == D("255.50")
    assert [issue.severity for issue in counted.issues] == [Severity.WARNING]


def test_where_two_lines_would_do_both_are_kept_and_warned_of() -> None:
    text = "Fund,Value\nVernal 500 Index Fund,200.00\nKestrel,15.50\nOsprey,15.50\nTotal,215.50\n"
    statement = read_table_text(text, "x")
    assert statement.total == 231
    assert told(statement) == [("warning", 5)]


SECTIONS = (
    "Jen 401k\nFund,Value\nVernal 500 Index Fund,200.00\n{bond},40.00\n\nJen Roth IRA\nFund,Value\n"
    "Vernal 500 Index Fund,60.00\nJen total,300.00\n\nBen Roth IRA\nFund,Value\nVernal Growth Fund,55.00\n"
    "Ben total,55.00\nTogether,355.00\n"
)


@pytest.mark.parametrize("bond", ["Vernal Bond Fund", "Kestrel Fund"])  # a class, and none, by the name
def test_sums_of_accounts_below_them(bond: str) -> None:
    statement = read_table_text(SECTIONS.format(bond=bond), "x")
    assert totals(statement) == {"Jen 401k": 240, "Jen Roth IRA": 60, "Ben Roth IRA": 55}
    assert {line for line, reason in reasons(statement).items() if reason == "total"} == {9, 14, 15}
    assert {severity for severity, _ in told(statement)} == {"info"}


def test_sums_in_the_column_of_accounts_are_no_accounts() -> None:
    text = (
        "Account,Fund,Value\nJen 401k 1001,Vernal 500 Index Fund,240.00\n"
        "Jen IRA 1002,Vernal Bond Fund,60.00\nJen total,,300.00\nBen IRA 1003,Vernal Growth Fund,55.00\n"
        "Ben total,,55.00\nTogether,,355.00\n"
    )
    statement = read_table_text(text, "x")
    assert list(totals(statement).values()) == [240, 60, 55]
    assert not statement.issues


def test_a_name_like_no_total_needs_two_accounts() -> None:
    rows = "1001,Vernal Bond Fund,200.00\n1002,Vernal Growth Fund,40.00\n1003,Kestrel,200.00\n"
    statement = read_table_text(f"Account,Fund,Value\n{rows}", "x")
    assert statement.total == 440


def test_many_accounts_are_not_added_in_every_way() -> None:
    rows = "".join(f"A{i:05d},{'Vernal Bond Fund' if i % 2 else 'Kestrel'},{i}.37\n" for i in range(1, 1801))
    statement = read_table_text(f"Account,Fund,Value\n{rows}", "x")
    assert len(statement.accounts) == 1800


def test_a_total_by_a_funds_number_is_no_fund_but_a_total_market_fund_is() -> None:
    lots = (
        "Fund No.,Fund / Lot acquired,Shares,NAV,Value\n114,Vernal Equity Fund A,,,\n"
        ",03/04/2019,20,30.00,600.00\n"
        ",06/15/2021,10,30.00,300.00\n,Total fund 114,30,,900.00\n"
    )
    assert read_table_text(lots, "x").total == 900
    funds = (
        "Fund,Shares,Price,Value\nFidelity US Bond Index,1,5.00,5.00\nTotal Stock Market Index,1,5.00,5.00\n"
    )
    assert read_table_text(funds, "x").total == 10
