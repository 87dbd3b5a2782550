"""Statements whose guaranteed account has no units: it stands in the table of activity only, or apart.

Every plan, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

D = Decimal
OPENING = (
    "Elmshore Retirement Services\nYour Retirement Plan Statement\nApril 1, 2026 - June 30, 2026\n"
    "Account number: 5510-338210\nBeginning balance on 04/01/2026 $33,825.45\n"
    "Ending balance on 06/30/2026 $35,529.87\n\n"
)
ROWS = (
    "Alder Value Fund R6 $8,240.18 $420.00 (3.10) 169.01 $8,826.09\n"
    "Birch Growth Fund Inst $15,180.52 $560.00 (5.74) 447.43 $16,182.21\n"
    "Cedar Total International\nIndex Fund Admiral $3,302.09 $140.00 (1.42) (71.49) $3,369.18\n"
    "Elmshore Guaranteed Interest Account $7,102.66 $0.00 (2.28) 52.01 $7,152.39\n"
    "Total $33,825.45 $1,120.00 (12.54) 596.96 $35,529.87\n\n"
)
UNITS = (
    "Units and Prices on 06/30/2026\nInvestment Units Unit Price Value\n"
    "Alder Value Fund R6 882.6090 $10.00 $8,826.09\nBirch Growth Fund Inst 404.5553 $40.00 $16,182.21\n"
    "Cedar Total International\nIndex Fund Admiral 336.9180 $10.00 $3,369.18\n"
)
HEADINGS = [
    "Investment Beginning Balance Contributions Fees Gain/(Loss) Ending Balance",
    "Beginning Fees and Change in Ending\nInvestment Balance Contributions Expenses Value Balance",
    "Investment Beginning Fees and Change in Ending\nBalance Contributions Expenses Value Balance",
    "Opening Transaction Investment Closing\nFund Name Balance Contributions Fees Gain/Loss Balance",
    "Fund Beginning Contributions Fees Gain/(Loss) Ending\nBalance Balance",
]
TITLES = ["Activity by Investment", "Fees and Expenses by Investment", "Account Activity"]
ENDS = [
    "The account above is not unitized. Current credited rate: 2.80%.\n",
    "",
    "Elmshore Guaranteed Interest Account N/A N/A $7,152.39\n",
    "Elmshore Guaranteed Interest Account $7,152.39\nTotal $35,529.87\n",
    "\nFixed Investments\nInvestment Rate Value\nElmshore Guaranteed Interest Account 2.80% $7,152.39\n",
]
HELD = {
    "Alder Value Fund R6": D("8826.09"),
    "Birch Growth Fund Inst": D("16182.21"),
    "Cedar Total International Index Fund Admiral": D("3369.18"),
    "Elmshore Guaranteed Interest Account": D("7152.39"),
}
WHOLE = D("35529.87")


def check(statement: Statement) -> None:
    (account,) = statement.accounts
    assert (account.id, account.name) == ("5510-338210", "Elmshore Retirement Services")
    assert account.total == account.stated_total == WHOLE
    assert {row.fund.name: row.value for row in account.rows} == HELD
    assert len(account.rows) == len(HELD)
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("heading", HEADINGS)
def test_it_counts_once_beside_the_funds_with_units(heading: str, title: str, end: str) -> None:
    statement = read_table_text(f"{OPENING}{title}\n{heading}\n{ROWS}{UNITS}{end}", "copied")
    check(statement)
    units = {row.fund.name: row.units for row in statement.accounts[0].rows}
    assert units.pop("Elmshore Guaranteed Interest Account") is None
    assert all(units.values())


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_of_two_lines_closes_with_the_value(heading: str) -> None:
    check(read_table_text(f"{OPENING}Activity by Investment\n{heading}\n{ROWS}", "copied"))


@pytest.mark.parametrize("title", [*TITLES, "Fees and Activity"])
def test_the_same_with_commas(title: str) -> None:
    text = (
        f"Elmshore Retirement Services\nAccount number: 5510-338210\n\n{title}\n"
        "Investment,Opening Balance,Contributions,Fees,Gain/Loss,Closing Balance\n"
        "Alder Value Fund R6,8240.18,420.00,-3.10,169.01,8826.09\n"
        "Birch Growth Fund Inst,15180.52,560.00,-5.74,447.43,16182.21\n"
        "Cedar Total International Index Fund Admiral,3302.09,140.00,-1.42,-71.49,3369.18\n"
        "Elmshore Guaranteed Interest Account,7102.66,0.00,-2.28,52.01,7152.39\n"
        "Total,33825.45,1120.00,-12.54,596.96,35529.87\n\n"
        "Units and Prices\nInvestment,Units,Unit Price,Value\n"
        "Alder Value Fund R6,882.6090,10.00,8826.09\nBirch Growth Fund Inst,404.5553,40.00,16182.21\n"
        "Cedar Total International Index Fund Admiral,336.9180,10.00,3369.18\n"
    )
    check(read_table_text(text, "x"))


def test_an_earlier_periods_balances_stay_out() -> None:
    text = (
        "Account number: 5510-338210\n\nPrior period\n"
        "Investment,Opening Balance,Contributions,Fees,Gain/Loss,Closing Balance\n"
        "Alder Value Fund R6,8000.00,240.18,0,0,8240.18\nBirch Growth Fund Inst,15000,180.52,0,0,15180.52\n\n"
        "Units and Prices\nInvestment,Units,Unit Price,Value\n"
        "Alder Value Fund R6,882.6090,10.00,8826.09\nBirch Growth Fund Inst,404.5553,40.00,16182.21\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert account.total == D("25008.30")


def test_a_stated_total_that_disagrees_is_told() -> None:
    statement = read_table_text(OPENING + UNITS, "copied")
    assert [issue.severity for issue in statement.issues] == ["warning"]
    assert "28,377.48" in statement.issues[0].message
    assert "35,529.87" in statement.issues[0].message


def test_a_page_between_two_tables_keeps_the_stated_total() -> None:
    above = "Elmshore Retirement Services\nAccount number: 5510-338210\n\n"
    last = "Total $35,529.87\n"
    text = f"{above}Activity by Investment\n{HEADINGS[1]}\n{ROWS}Page 1 of 2\n{above}{UNITS}{ENDS[2]}{last}"
    check(read_table_text(text, "copied"))


def test_a_label_above_several_funds_starts_no_name() -> None:
    text = (
        "Account number: 5510-338210\n\nInvestment Units Unit Price Value\n"
        "Alder Value Fund R6 882.6090 $10.00 $8,826.09\n"
        "Tier Two Index Options\nStock Index Fund 404.5553 $40.00 $16,182.21\n"
        "Bond Index Fund 336.9180 $10.00 $3,369.18\n"
    )
    (account,) = read_table_text(text, "copied").accounts
    assert [row.fund.name for row in account.rows] == [
        "Alder Value Fund R6",
        "Stock Index Fund",
        "Bond Index Fund",
    ]
