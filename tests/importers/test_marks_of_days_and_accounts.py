"""Where files say of which day they are and whose account it is: columns, codes and sections by source."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.importers import read_table_text

from .readings import in_order


@pytest.mark.parametrize(
    "heading", ["Value As Of", "Date of Quote", "Last updated", "Balance as of", "Priced"]
)
def test_a_column_of_days_tells_the_day_of_the_figures(heading: str) -> None:
    text = (
        "Downloaded on 08/14/2026\n\n"
        f"Fund,Ticker,Units,{heading},Balance\nElm Stock Account,ELMSX,10,08/12/2026,500.00\n"
        "Elm Guaranteed Account,N/A,N/A,08/12/2026,250.00\nTotal,,,,750.00\n"
    )
    statement = read_table_text(text, "plan")
    assert statement.as_of == date(2026, 8, 12)
    assert [row[1:] for row in in_order(statement)] == [
        ("Elm Stock Account", "500.00"), ("Elm Guaranteed Account", "250.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    ["Date acquired", "Maturity date", "Inception date", "First bought on date", "Ex-dividend date"],
)
def test_days_of_something_else_are_no_day_of_the_figures(heading: str) -> None:
    text = (
        f"Prices as of 08/12/2026\nFund,Units,{heading},Balance\nElm Stock Account,10,03/01/2019,500.00\n"
        "Elm Bond Account,25,05/09/2020,250.00\n"
    )
    assert read_table_text(text, "plan").as_of == date(2026, 8, 12)


def test_codes_before_the_funds_of_a_pasted_page_are_no_part_of_their_names() -> None:
    text = (
        "Birch Engineering 401(k) Plan\nPlan Number: 771204\n\n"
        "Account Balance\nAs of 07/16/2026\n$ 12,000.00\n\n"
        "Fund and % of My Balance\tUnit/Share Price\t# of Units/Shares\n\nFund Balances\n\n"
        "7418 Birch Target Retirement 2040 Tr 4: 50%\n$ 20.000\t300.000\t$6,000.00\n\n"
        "4020 Birch Fixed Account - 457/401 II: 30%\n$ 1.000\t3,600.000\t$3,600.00\n\n"
        "2671 Birch Overseas Growth R6: 20%\n$ 60.000\t40.000\t$2,400.00\n\nTotal:\t\t$ 12,000.00\n"
    )
    assert in_order(read_table_text(text, "pasted")) == [
        ("771204", "Birch Target Retirement 2040 Tr 4", "6000.00"),
        ("771204", "Birch Fixed Account - 457/401 II", "3600.00"),
        ("771204", "Birch Overseas Growth R6", "2400.00"),
    ]


@pytest.mark.parametrize("said", [
    "Harbor Dental 401(k) - Ending in 4417", "Roth IRA (ending in 4417)", "My 403(b), ending with 4417",
])  # fmt: skip
def test_an_account_is_known_by_its_last_digits(said: str) -> None:
    text = f"{said}\nSearch holdings\nHolding\tShares\tPrice\tValue\nElm Index Fund\t10\t$50.00\t$500.00\n"
    assert [row[0] for row in in_order(read_table_text(text, "pasted"))] == ["4417"]


@pytest.mark.parametrize("sections", [
    ("Pre-Tax Deferral", "Roth Deferral", "Rollover"), ("Roth Deferral", "Company Match", "After-Tax"),
    ("Rollover", "Roth", "Employer Match"),
])  # fmt: skip
def test_sections_by_source_are_parts_of_one_account(sections: tuple[str, ...]) -> None:
    blocks = "".join(
        f"{name},,,\nElm Index Fund,{k},50.00,{50 * k}.00\nElm Bond Fund,{k},10.00,{10 * k}.00\n"
        f"Subtotal - {name},,,{60 * k}.00\n,,,\n"
        for k, name in enumerate(sections, 2)
    )
    text = f"Elm Works Savings Plan\n\nSource / Fund,Units,Unit Value,Market Value\n{blocks}Total,,,540.00\n"
    statement = read_table_text(text, "plan")
    assert [account.total for account in statement.accounts] == [540]
    assert {row.source for account in statement.accounts for row in account.rows} == set(sections)


def test_the_day_below_the_balance_comes_before_that_of_an_earlier_one() -> None:
    text = (
        "Elm LLP 401(k) Plan\nAccount number: 3390-55172\n\nAccount balance\n$500.00\nas of 11/27/2026\n\n"
        "Balance on 10/30/2026: $480.00\nChange: +$20.00 (+4.17%)\n\n"
        "Fund\tShares\tPrice\tBalance\nElm Index Fund\t10\t$50.00\t$500.00\n"
    )
    statement = read_table_text(text, "pasted")
    assert (statement.as_of, statement.accounts[0].total) == (date(2026, 11, 27), 500)


@pytest.mark.parametrize(("above", "account"), [
    ("SEP-IRA,7718-4402", "7718-4402"), ("My Roth IRA,Z61-04492", "Z61-04492"),
    ("PLAN_NO,002\nEMPLOYEE,\"Elm, Ada\"", "002"),
    ("Account EL-120884\n$500.00\nToday: -$4.84 (-0.21%)", "EL-120884"),
])  # fmt: skip
def test_the_number_above_a_table_names_its_account(above: str, account: str) -> None:
    text = f"{above}\nFund,Units,Price,Balance\nElm Index Fund,10,50.00,500.00\n"
    assert [row[0] for row in in_order(read_table_text(text, "export"))] == [account]
