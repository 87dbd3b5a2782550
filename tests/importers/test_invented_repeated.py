"""Lines and tables that say again, or say something else than, what is held; made up for this test.

What must come out is what was put in: the funds below, and the totals added by hand.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_source, read_statement, read_table_text


def funds(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth in all accounts."""
    sums: dict[str, Decimal] = {}
    for account in statement.accounts:
        for row in account.rows:
            sums[row.fund.name] = sums.get(row.fund.name, Decimal(0)) + row.value
    return sums


def warnings(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize(
    "words",
    ["Sum", "Summe", "Gesamt", "Sub-total", "Ttl", "Totals", "Sum of all funds", "Net worth", "All holdings"],
)
def test_every_word_for_a_total_is_known_below_one_fund(words: str) -> None:
    statement = read_table_text(f"Fund,Units,Value\nHarbor 2055 Mix,12,1440.00\n{words},,1440.00\n", "x")
    assert funds(statement) == {"Harbor 2055 Mix": 1440}


CASES = {
    "totals called like the plan above": (
        ("Mill plan\nFund,Balance\nElm Equity,810.00\nMill plan total,810.00\n"
        "Quarry plan\nFund,Balance\nAsh Bond,90.00\nQuarry plan total,90.00\n"),
        {"Elm Equity": 810, "Ash Bond": 90},
        [],
    ),
    "sections closed by their own name": (
        ("Fund,Units,Price,Value\nGROWTH,,,\nElm Equity,3,100.00,300.00\nOak Equity,5,50.00,250.00\n"
        "GROWTH,,,550.00\nSAFETY,,,\nAsh Bond,9,10.00,90.00\nSAFETY,,,90.00\nTotal,,,640.00\n"),
        {"Elm Equity": 300, "Oak Equity": 250, "Ash Bond": 90},
        [],
    ),
    "an account's name as the last line": (
        "Fund,Value\nElm Equity,810.00\nAsh Bond,95.50\nKim's IRA,905.50\n",
        {"Elm Equity": Decimal("810.00"), "Ash Bond": Decimal("95.50")},
        [],
    ),
    "facts about the account below": (
        ("Fund,Balance\nElm Equity,810.00\nAsh Bond,90.00\nTotal,900.00\nVested amount,700.00\n"
        "Available for loan,350.00\nYTD employer contributions,120.00\nOpening balance,640.00\n"),
        {"Elm Equity": 810, "Ash Bond": 90},
        [],
    ),
    "pages": (
        ("Acct: 771-20,,,\nSecurity,Qty,Price,Value\nElm Equity,8,101.25,810.00\nCarried forward,,,810.00\n"
        "Acct: 771-20 (continued),,,\nSecurity,Qty,Price,Value\nBrought forward,,,810.00\n"
        "Ash Bond,9,10.00,90.00\nTotal,,,900.00\n"),
        {"Elm Equity": 810, "Ash Bond": 90},
        [],
    ),
    "an account's total in the account column": (
        ("Account,Fund,Amount\nMill 31,Elm Equity,810.00\nMill 31,Ash Bond,90.00\nMill 31 Total,,900.00\n"
        "Mill 32,Ash Bond,45.00\nMill 32 Total,,45.00\n"),
        {"Elm Equity": 810, "Ash Bond": 135},
        [],
    ),
    "money that has not come yet": (
        "Fund,Units,Value\nElm Equity,8,810.00\nPending contribution,,75.00\nTotal,,810.00\n",
        {"Elm Equity": 810},
        [],
    ),
    "names made of words for totals": (
        ("Fund,Units,Value\nSum Beta Fund,4,40.00\nAll Seasons,5,50.00\nNet Worth Builders Fund,6,60.00\n"
        "Loan Participation Trust,7,70.00\nBrought Up Fund,8,80.00\n"),
        {
            "Sum Beta Fund": 40, "All Seasons": 50, "Net Worth Builders Fund": 60,
            "Loan Participation Trust": 70, "Brought Up Fund": 80,
        },
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_money_is_counted_once(name: str) -> None:
    text, expected, told = CASES[name]
    statement = read_table_text(text, "x")
    assert funds(statement) == expected
    assert warnings(statement) == told


def test_a_summary_total_opens_no_account() -> None:
    text = (
        "Account,Type,Value\nK-01,Rollover IRA,810.00\nK-02,Roth IRA,90.00\nTotal,,900.00\n\n"
        "K-01\nName,Shares,Price,Value\nElm Equity,8,101.25,810.00\n\n"
        "K-02\nName,Shares,Price,Value\nAsh Bond,9,10.00,90.00\n"
    )
    statement = read_table_text(text, "x")
    assert {account.id: account.total for account in statement.accounts} == {"K-01": 810, "K-02": 90}
    assert warnings(statement) == []


def test_a_value_far_from_units_times_price_is_a_warning() -> None:
    statement = read_table_text(
        "Fund,Units,Price,Value\nElm Equity,8,101.25,8100.00\nAsh,9,10.00,90.00\n", "x"
    )
    assert warnings(statement) == [2]
    assert statement.total == 8190


def test_the_newest_of_several_days_is_what_is_held() -> None:
    text = (
        "As of,Fund,Units,Price,Balance\n31/03/2026,Elm Equity,7,110.00,770.00\n"
        "31/03/2026,Ash Bond,8,10.00,80.00\n31/03/2026,Sold Trust,1,20.00,20.00\n"
        "30/06/2026,Elm Equity,8,101.25,810.00\n30/06/2026,Ash Bond,9,10.00,90.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Equity": 810, "Ash Bond": 90}
    assert warnings(statement) == [5]
    assert str(statement.as_of) == "2026-06-30"


def test_a_long_history_keeps_its_newest_day() -> None:
    rows = [
        f"2026-{month:02}-28,Fund {i},{i + month},2.00,{2 * (i + month)}.00"
        for month in (1, 2, 3)
        for i in range(1000)
    ]
    rows = [row.replace(",2.00,", f",{int(row[5:7])}.00,") for row in rows]
    text = "As of,Fund,Units,Price,Balance\n" + "\n".join(rows) + "\n"
    expected = sum(2 * (i + 3) for i in range(1000))
    assert read_table_text(text, "x").total == expected


def test_purchases_of_one_fund_are_no_history() -> None:
    text = (
        "Date,Fund,Units,Price,Balance\n01/15/2026,Elm Equity,7,110.00,770.00\n"
        "01/15/2026,Ash Bond,8,10.00,80.00\n02/15/2026,Elm Equity,1,110.00,110.00\n"
        "02/15/2026,Ash Bond,2,10.00,20.00\n"
    )
    assert read_table_text(text, "x").total == 980


def test_a_total_over_all_days_says_that_they_are_no_history() -> None:
    text = "As of,Fund,Balance\n01/15/2026,Elm Equity,770.00\n02/15/2026,Elm Equity,110.00\nTotal,,880.00\n"
    assert read_table_text(text, "x").total == 880


@pytest.mark.parametrize(
    ("title", "heading", "row"),
    [
        ("Dividends paid", "Fund,Amount", "Elm Equity,11.50"),
        ("Plan fees", "Description,Amount", "Recordkeeping,-7.00"),
        ("Beneficiaries", "Name,Share,Amount", "Pat Poe,100%,900.00"),
        ("Orders for account ...1234", "Fund,Units,Price,Value", "Elm Equity,1,101.25,101.25"),
        ("Open orders", "Fund,Units,Price,Value", "Elm Equity,1,101.25,101.25"),
        ("Employee contributions this year", "Fund,Amount", "Elm Equity,300.00"),
        ("Watchlist", "Symbol,Name,Price,Value", "VTI,Total Market,300.00,300.00"),
        ("Projected at age 65", "Fund,Value", "Elm Equity,9000.00"),
        ("Last year", "Fund,Balance", "Elm Equity,700.00"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_tables_titled_as_something_else_are_left_out(
    title: str, heading: str, row: str, first: bool
) -> None:
    held = "Fund,Balance\nElm Equity,810.00\nAsh Bond,90.00\nTotal,900.00\n"
    other = f"{title}\n{heading}\n{row}\n"
    text = f"{other}\nYour balances\n{held}" if first else f"{held}\n{other}"
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Equity": 810, "Ash Bond": 90}
    assert any(title in issue.message for issue in statement.issues)


def test_titles_of_what_is_held_keep_their_tables() -> None:
    text = (
        "Employee contributions\nFund,Units,Price,Balance\nElm Equity,8,101.25,810.00\n\n"
        "Employer contributions\nFund,Units,Price,Balance\nElm Equity,4,101.25,405.00\n\n"
        "Dividend holdings\nFund,Units,Price,Balance\nAsh Bond,9,10.00,90.00\n"
    )
    assert read_table_text(text, "x").total == 1305


def test_a_lone_table_is_read_whatever_its_title() -> None:
    assert read_table_text("Fee schedule\nFund,Balance\nElm Equity,810.00\n", "x").total == 810


def test_other_currencies_among_dollars_are_said_line_by_line() -> None:
    column = "Position,Ccy,Qty,Price,Worth today\nElm Inc,USD,8,101.25,810.00\nAsh AG,EUR,9,10.00,90.00\n"
    signs = "Fund,Value\nElm Equity,$810.00\nAsh Bond,€90.00\nOak Gilt,£45.00\n"
    assert warnings(read_table_text(column.replace("Worth today", "Value"), "x")) == [3]
    assert warnings(read_table_text(signs, "x")) == [3, 4]
    beside = "Fund,Currency,Value (USD)\nElm Equity,EUR,810.00\nAsh Bond,USD,90.00\n"
    assert warnings(read_table_text(beside, "x")) == []


def test_what_is_in_another_currency_is_not_added_to_dollars() -> None:
    column = "Position,Ccy,Qty,Value\nElm Inc,USD,8,810.00\nAsh AG,EUR,9,90.00\nOak Inc,USD,1,50.00\n"
    statement = read_table_text(column, "x")
    assert statement.total == 860
    assert [(row.line, row.reason) for row in statement.skipped] == [(3, SkipReason.UNREADABLE)]
    (said,) = statement.issues
    assert "EUR" in said.message
    assert said.quick == (QuickFix.VALUE,)
    typed = ReadingHints(values=((("", 3), Decimal("99.00")),))
    again = read_source(StatementSource("x", text=column), typed)
    assert (again.total, again.issues) == (959, ())


def test_a_total_of_the_file_tells_that_values_are_in_dollars() -> None:
    text = "Position,Ccy,Value\nElm Inc,USD,810.00\nAsh AG,EUR,90.00\nTotal,,900.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 900
    assert warnings(statement) == []


def test_a_sign_on_the_first_line_only_is_that_of_all() -> None:
    statement = read_table_text("Fund,Value\nElm Equity,€810.00\nAsh Bond,90.00\nOak,5.00\n", "x")
    assert statement.total == 905
    assert [(issue.severity, "EUR" in issue.message) for issue in statement.issues] == [("info", True)]


def test_a_file_all_in_another_currency_says_so_once() -> None:
    statement = read_table_text("Fund,Value\nElm Equity,€810.00\nAsh Bond,€90.00\n", "x")
    assert [(issue.severity, "EUR" in issue.message) for issue in statement.issues] == [("info", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Amounts in thousands\nFund,Market value\nElm Equity,810.5\nAsh Bond,90\nTotal,900.5\n",
        "Fund,Market value ($000)\nElm Equity,810.5\nAsh Bond,90\nTotal,900.5\n",
        "Fund,Value (in thousands)\nElm Equity,810.5\nAsh Bond,90\n",
        "Dollars in thousands\nFund,Units,Price,Value\nElm Equity,8105,100,810.5\nAsh Bond,9000,10,90\n",
    ],
)
def test_money_in_thousands_is_multiplied_and_said(text: str) -> None:
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Equity": 810500, "Ash Bond": 90000}
    assert ["1,000" in issue.message for issue in statement.issues if issue.severity == "warning"] == [True]


def test_a_place_called_thousand_multiplies_nothing() -> None:
    statement = read_table_text("My plan in Thousand Oaks\nFund,Value\nElm Equity,810.00\n", "x")
    assert statement.total == 810


def test_units_times_price_tell_that_values_are_dollars() -> None:
    text = "In thousands\nFund,Units,Price,Value\nElm Equity,8,101.25,810.00\nAsh Bond,9,10.00,90.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 900
    assert statement.issues == ()


def test_cash_above_the_table_is_counted_and_said() -> None:
    text = "Savings plan,\nAvailable cash,$45.50\n\nFund,Units,Value\nElm Equity,8,810.00\nAsh Bond,9,90.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("945.50")
    assert warnings(statement) == [2]


def test_cash_in_one_cell_above_the_table_is_counted() -> None:
    text = (
        "Cash balance: $45.50\nInvested: $900.00\nFund,Units,Value\nElm Equity,8,810.00\nAsh Bond,9,90.00\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("945.50")
    assert [account.name for account in statement.accounts] == ["x"]


@pytest.mark.parametrize("below", ["Cash,,45.50\n", "Total,,900.00\n"])
def test_cash_above_that_the_table_has_or_its_total_lacks_is_not_counted(below: str) -> None:
    text = f"Cash balance,$45.50\nFund,Units,Value\nElm Equity,8,810.00\nAsh Bond,9,90.00\n{below}"
    assert read_table_text(text, "x").total in {Decimal(900), Decimal("945.50")}
    assert warnings(read_table_text(text, "x")) == []


def test_a_name_torn_at_its_comma_is_put_together() -> None:
    text = "Fund,Units,Value\nBond, Short, Plus,9,90.00\nElm Equity,8,810.00\n"
    assert funds(read_table_text(text, "x")) == {"Bond, Short, Plus": 90, "Elm Equity": 810}


def test_a_table_beside_the_holdings_says_nothing_about_them() -> None:
    text = (
        "Fund,Units,Price,Value,,Money source,Source total\n"
        "Elm Equity,8,101.25,810.00,,Roth,300.00\nAsh Bond,9,10.00,90.00,,Match,600.00\n\n"
    )
    statement = read_table_text(text, "x")
    assert [(row.value, row.source) for row in statement.accounts[0].rows] == [(810, None), (90, None)]


def test_percents_name_no_accounts() -> None:
    statement = read_table_text("Fund,Value,Plan\nElm Equity,810.00,90%\nAsh Bond,90.00,10%\n", "x")
    assert [account.total for account in statement.accounts] == [900]


@pytest.mark.parametrize(
    "label",
    ["Beneficiary IRA ...4471", "Fee-based account", "Dividend Reinvestment Plan", "Rollover 88120 fees"],
)
def test_accounts_called_like_something_else_are_kept(label: str) -> None:
    text = f"My 401(k)\nFund,Value\nElm Equity,810.00\n\n{label}\nFund,Value\nAsh Bond,90.00\n"
    assert read_table_text(text, "x").total == 900


def book(folder: Path, sheets: dict[str, list[list[object]]]) -> Statement:
    """Return what a workbook of these sheets says."""
    made = Workbook()
    for number, (title, rows) in enumerate(sheets.items()):
        sheet = made.create_sheet(title, number)
        for row in rows:
            sheet.append(row)
    made.remove(made.worksheets[-1])
    made.save(folder / "plan.xlsx")
    return read_statement(folder / "plan.xlsx")


HELD: list[list[object]] = [["Fund", "Balance"], ["Elm Equity", 810], ["Ash Bond", 90]]


def test_sheets_of_something_else_or_put_away_are_left_out(tmp_path: Path) -> None:
    statement = book(
        tmp_path,
        {
            "Funds": HELD,
            "Orders": [["Fund", "Units", "Price", "Value"], ["Elm Equity", 1, 101, 101]],
            "Payroll 2026": [["Fund", "Amount"], ["Elm Equity", 50]],
            "June (old)": [["Fund", "Balance"], ["Elm Equity", 700], ["Ash Bond", 80]],
        },
    )
    assert funds(statement) == {"Elm Equity": 810, "Ash Bond": 90}
    assert len(statement.issues) == 3


def test_an_old_employers_plan_is_held_today(tmp_path: Path) -> None:
    other: list[list[object]] = [["Fund", "Balance"], ["Elm Equity", 700], ["Ash Bond", 80]]
    statement = book(tmp_path, {"New job": HELD, "Old job": other})
    assert statement.total == 1680


@pytest.mark.parametrize(("one", "two"), [("03/31/2026", "06/30/2026"), ("June 30, 2026", "March 31, 2026")])
def test_of_tables_of_two_days_the_newer_is_held(one: str, two: str) -> None:
    table = (
        "Fund,Units,Price,Value\nElm Equity,{0},10.00,{0}0.00\nAsh Bond,{1},10.00,{1}0.00\nTotal,,,{2}0.00\n"
    )
    older, newer = table.format(70, 8, 78), table.format(81, 9, 90)
    parts = (older, newer) if one.startswith("03") else (newer, older)
    text = f"Holdings as of {one}\n{parts[0]}\nHoldings as of {two}\n{parts[1]}"
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Equity": 810, "Ash Bond": 90}
    assert len(warnings(statement)) == 1


def test_months_make_a_history() -> None:
    text = (
        "Month,Fund,Balance\n2026-03,Elm Equity,770.00\n2026-03,Ash Bond,80.00\n"
        "2026-04,Elm Equity,810.00\n2026-04,Ash Bond,90.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Equity": 810, "Ash Bond": 90}
    assert len(warnings(statement)) == 1


def test_contributions_among_funds_are_asked_about() -> None:
    text = "Fund,Value\nElm Equity,810.00\nAsh Bond,90.00\nEmployer contributions,40.00\nLast deposit,7.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 940
    assert warnings(statement) == [4]


def test_source_columns_between_tabs_are_added() -> None:
    text = (
        "Fund\tPre-Tax\tRoth\tEmployer Match\n"
        "Elm Pool\t500.00\t100.00\t210.00\nAsh Bond\t60.00\t0.00\t30.00\n"
    )
    assert funds(read_table_text(text, "x")) == {"Elm Pool": 810, "Ash Bond": 90}
