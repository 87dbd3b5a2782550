"""Statements as several plans' sites and one treasurer's workbook might give them; every one is made up.

No provider's real layout is claimed. What must come out is what was put in, account by account.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def accounts(statement: Statement) -> dict[str, dict[str, str]]:
    """Return each account's funds with their values, several lines of one fund added."""
    found: dict[str, dict[str, str]] = {}
    for account in statement.accounts:
        sums: dict[str, Decimal] = {}
        for row in account.rows:
            sums[row.fund.name] = sums.get(row.fund.name, Decimal(0)) + row.value
        found[account.id] = {name: f"{value:.2f}" for name, value in sums.items()}
    return found


def warnings(statement: Statement) -> list[str]:
    return [issue.message for issue in statement.issues if issue.severity == "warning"]


CASES = {
    "participant site with tickers and mixes": (
        """\
Plan:,Harbor Tools 401(k) Plan
Data as of:,10/30/2026

Investment Option,Ticker,Asset Class,Current Mix,Units/Shares,Unit/Share Price,Balance
Tide Target 2045 Fund,TIDEX,Target Date,75.0%,300,25.00,"7,500.00"
Tide Bond Index Fund,TIBDX,Bonds,25.0%,250,10.00,"2,500.00"
Total,,,100%,,,"10,000.00"
""",
        {"Harbor Tools 401(k) Plan": {"Tide Target 2045 Fund": "7500.00", "Tide Bond Index Fund": "2500.00"}},
    ),
    "balances by investment, opening to closing": (
        """\
Investment,Opening Balance,Contributions,Gain/Loss,Withdrawals,Closing Balance,Closing Units,Closing Price
Wharf Equity Sep Acct,900.00,50.00,60.00,-10.00,"1,000.00",100.000,10.0000
Wharf Stable Value,500.00,0.00,5.00,0.00,505.00,50.500,10.0000
Totals,"1,400.00",50.00,65.00,-10.00,"1,505.00",,
""",
        {"x": {"Wharf Equity Sep Acct": "1000.00", "Wharf Stable Value": "505.00"}},
    ),
    "two plans one below the other": (
        """\
Your accounts on 09/30/2026

401(k) SAVINGS PLAN - 88123
Fund,Shares,NAV,Value
Pier Growth Fund,10,30.00,300.00
Pier Bond Fund,20,10.00,200.00
Total,,,500.00

NONQUALIFIED PLAN - 88124
Fund,Shares,NAV,Value
Pier Growth Fund,1,30.00,30.00
Total,,,30.00
""",
        {
            "88123": {"Pier Growth Fund": "300.00", "Pier Bond Fund": "200.00"},
            "88124": {"Pier Growth Fund": "30.00"},
        },
    ),
    "the account on its first line only": (
        """\
Account,Fund,Value
...4411,Dock Index Fund,700.00
,Dock Bond Fund,300.00
...5522,Dock Index Fund,50.00
,Dock Cash Fund,5.00
""",
        {
            "...4411": {"Dock Index Fund": "700.00", "Dock Bond Fund": "300.00"},
            "...5522": {"Dock Index Fund": "50.00", "Dock Cash Fund": "5.00"},
        },
    ),
    "a treasurer's sheet by participant": (
        """\
Mill Street Dental 401(k),,,,
Participant,Fund,06/30/2026,09/30/2026,Change
Ann Lee,Quay 500 Index,1000.00,1100.00,100.00
,Quay Bond Index,500.00,510.00,10.00
,Subtotal,1500.00,1610.00,110.00
Bo Diaz,Quay 500 Index,200.00,220.00,20.00
,Subtotal,200.00,220.00,20.00
Plan total,,1700.00,1830.00,130.00
""",
        {
            "Ann Lee": {"Quay 500 Index": "1100.00", "Quay Bond Index": "510.00"},
            "Bo Diaz": {"Quay 500 Index": "220.00"},
        },
    ),
    "one plan number for several persons": (
        """\
Plan Number,Owner,Investment,Balance
70011,Ann Lee,Quay 500 Index,10.00
70011,Ann Lee,Quay Bond Index,20.00
70011,Bo Diaz,Quay 500 Index,30.00
""",
        {
            "Ann Lee 70011": {"Quay 500 Index": "10.00", "Quay Bond Index": "20.00"},
            "Bo Diaz 70011": {"Quay 500 Index": "30.00"},
        },
    ),
    "a person beside accounts that tell themselves apart": (
        """\
Account Number,Owner,Symbol,Description,Quantity,Price,Value
1001,Ann,ABQXX,Jetty Index ETF,2,50.00,100.00
1002,Bo,ABQXX,Jetty Index ETF,3,50.00,150.00
""",
        {"1001": {"Jetty Index ETF": "100.00"}, "1002": {"Jetty Index ETF": "150.00"}},
    ),
    "fund lines in words": (
        """\
My retirement plan
Fund Name: Buoy Growth Fund
Ticker: BUOYX
Units: 12.5
Price: $80.00
Balance: $1,000.00

Fund Name: Buoy Income Fund
Units: 40
Price: $12.50
Balance: $500.00

Total balance: $1,500.00
""",
        {"My retirement plan": {"Buoy Growth Fund": "1000.00", "Buoy Income Fund": "500.00"}},
    ),
    "fund lines in two columns": (
        """\
Account,5567
Fund,Buoy Growth Fund
Shares,12.5
Value,"$1,000.00"
Fund,Buoy Income Fund
Shares,40
Value,$500.00
""",
        {"5567": {"Buoy Growth Fund": "1000.00", "Buoy Income Fund": "500.00"}},
    ),
    "funds side by side": (
        """\
Fund,Buoy Growth Fund,Buoy Income Fund,Total
Units,12.5,40,
Price,80.00,12.50,
Balance,1000.00,500.00,1500.00
""",
        {"x": {"Buoy Growth Fund": "1000.00", "Buoy Income Fund": "500.00"}},
    ),
    "a column for each source and one for all": (
        """\
Fund,Employee Pre-Tax,Employee Roth,Employer Match,Total
Buoy Growth Fund,600.00,300.00,100.00,1000.00
Buoy Income Fund,500.00,0.00,0.00,500.00
Total,1100.00,300.00,100.00,1500.00
""",
        {"x": {"Buoy Growth Fund": "1000.00", "Buoy Income Fund": "500.00"}},
    ),
    "a column for each source and none for all": (
        """\
Fund,Employee Pre-Tax,Employee Roth,Employer Match
Buoy Growth Fund,600.00,300.00,100.00
Buoy Income Fund,500.00,--,0.00
Total,1100.00,300.00,100.00
""",
        {"x": {"Buoy Growth Fund": "1000.00", "Buoy Income Fund": "500.00"}},
    ),
    "sources as sections": (
        """\
Investment,Units,Price,Market Value
Employee Pre-Tax
Mole Index Fund,10,20.00,200.00
Mole Bond Fund,5,10.00,50.00
Subtotal,,,250.00
Employer Match
Mole Index Fund,3,20.00,60.00
Subtotal,,,60.00
Total,,,310.00
""",
        {"x": {"Mole Index Fund": "260.00", "Mole Bond Fund": "50.00"}},
    ),
    "asset classes as sections with totals": (
        """\
Name,Quantity,Price,Value
Stocks
Mole Index Fund,10,20.00,200.00
Mole World Fund,4,15.00,60.00
Total Stocks,,,260.00
Bonds
Mole Bond Fund,5,10.00,50.00
Total Bonds,,,50.00
Grand total,,,310.00
""",
        {"x": {"Mole Index Fund": "200.00", "Mole World Fund": "60.00", "Mole Bond Fund": "50.00"}},
    ),
    "tabs, padding and repeated headings": (
        "Fund \t Units \t Value \t\nMole Index Fund\t 10 \t $200.00 \t\nFund\tUnits\tValue\t\n",
        {"x": {"Mole Index Fund": "200.00"}},
    ),
    "bars with a ruled line": (
        """\
| Fund | Shares | Value |
|------|-------:|------:|
| Mole Index Fund | 10 | $1,200.00 |
| Mole Bond Fund | 5 | $50.00 |
""",
        {"x": {"Mole Index Fund": "1200.00", "Mole Bond Fund": "50.00"}},
    ),
    "an accounts summary above the funds": (
        """\
Account Name,Account Number,Balance
Rollover IRA,7001,310.00
Roth IRA,7002,40.00

Account Number,Symbol,Description,Shares,Price,Value
7001,MOLXX,Mole Index ETF,10,20.00,200.00
7001,MOBXX,Mole Bond ETF,11,10.00,110.00
7002,MOLXX,Mole Index ETF,2,20.00,40.00
""",
        {
            "7001": {"Mole Index ETF": "200.00", "Mole Bond ETF": "110.00"},
            "7002": {"Mole Index ETF": "40.00"},
        },
    ),
    "a summary that only has the names": (
        """\
Account,Balance
Rollover IRA,310.00
Roth IRA,40.00

Account Number,Account Name,Fund,Value
7001,Rollover IRA,Mole Index Fund,200.00
7001,Rollover IRA,Mole Bond Fund,110.00
7002,Roth IRA,Mole Index Fund,40.00
""",
        {
            "7001": {"Mole Index Fund": "200.00", "Mole Bond Fund": "110.00"},
            "7002": {"Mole Index Fund": "40.00"},
        },
    ),
    "heads of accounts that carry their sum": (
        """\
Holding,Shares,Value
Traditional IRA ...1201,,310.25
Mole Index ETF,10,200.25
Mole Bond ETF,11,110.00
Roth IRA ...1202,,40.00
Mole Index ETF,2,40.00
""",
        {
            "...1201": {"Mole Index ETF": "200.25", "Mole Bond ETF": "110.00"},
            "...1202": {"Mole Index ETF": "40.00"},
        },
    ),
    "company stock and a loan beside the funds": (
        """\
Investment Name,Percent Invested,Units,Unit Value,Ending Balance,Vested Balance
Mole Stock Unit Fund,50.00%,25,40.00,"1,000.00",800.00
Mole Company Stock Fund,50.00%,10,100.00,"1,000.00","1,000.00"
Outstanding Loan Balance,,,,750.00,
Total (excluding loans),100.00%,,,"2,000.00","1,800.00"
""",
        {"x": {"Mole Stock Unit Fund": "1000.00", "Mole Company Stock Fund": "1000.00"}},
    ),
    "remarks and commas between the rows": (
        """\
Ann Lee 401(k) 660012
Period: July 1, 2026 - September 30, 2026

Fund,Ending Shares,Ending Balance
Mole Index Fund,10,200.00
* This fund charges a fee, see the plan's notice.
Mole Bond Fund,5,50.00
Values are as of the close of business, and may change.
""",
        {"660012": {"Mole Index Fund": "200.00", "Mole Bond Fund": "50.00"}},
    ),
    "groups by source with totals in the column of sources": (
        """\
Contribution Type,Fund Name,Units,NAV,Current Value,Vested Value
Pre-Tax,Gull Fund One,10,10,100.00,100.00
Pre-Tax,Gull Fund Two,5,20,100.00,100.00
Pre-Tax Total,,,,200.00,200.00
Match,Gull Fund One,3,10,30.00,15.00
Match Total,,,,30.00,15.00
Grand Total,,,,230.00,215.00
""",
        {"x": {"Gull Fund One": "130.00", "Gull Fund Two": "100.00"}},
    ),
    "asset classes in a column of their own with sums": (
        """\
Asset Class,Investment,Balance,%
Large Cap,,"60,000.00",60%
,Gull Fund One,"40,000.00",40%
,Gull Fund Two,"20,000.00",20%
Bonds,,"40,000.00",40%
,Gull Fund Three,"40,000.00",40%
Total,,"100,000.00",100%
""",
        {"x": {"Gull Fund One": "40000.00", "Gull Fund Two": "20000.00", "Gull Fund Three": "40000.00"}},
    ),
    "accounts in lines of their own with sums": (
        """\
Account,Symbol,Description,Quantity,Price,Value
Ann's 401(k),,,,,150.00
,AAQXX,Gull Fund One,10,10,100.00
,BBQXX,Gull Fund Two,5,10,50.00
Ann's Roth IRA,,,,,40.00
,CCQXX,Gull Fund Three,4,10,40.00
""",
        {
            "Ann's 401(k)": {"Gull Fund One": "100.00", "Gull Fund Two": "50.00"},
            "Ann's Roth IRA": {"Gull Fund Three": "40.00"},
        },
    ),
    "a quarter in each column": (
        """\
Holdings by quarter,,,
Fund,Q1 2026,Q2 2026,Q3 2026
Gull Fund One,1.00,2.00,3.50
Gull Fund Two,2.00,3.00,4.25
Total,3.00,5.00,7.75
""",
        {"x": {"Gull Fund One": "3.50", "Gull Fund Two": "4.25"}},
    ),
    "summary, funds and sources of one quarter": (
        """\
Name of Plan: Gull Fishery 401(k)
Participant: Jane Roe
Statement Period: 07/01/2026 to 09/30/2026

Account Summary
Beginning Balance,"$10,000.00"
Change in Market Value,"$750.00"
Ending Balance,"$10,750.00"
Vested Balance,"$10,000.00"

Investment,Beginning Balance,Change in Value,Ending Balance
Gull Large Cap Index,"$6,000.00",$500.00,"$6,500.00"
Gull Bond Fund,"$4,000.00",$250.00,"$4,250.00"
Total,"$10,000.00",$750.00,"$10,750.00"

Source,Ending Balance,Vested Balance
Employee Deferral,"$8,000.00","$8,000.00"
Employer Match,"$2,750.00","$2,000.00"
Total,"$10,750.00","$10,000.00"
""",
        {"Gull Fishery 401(k)": {"Gull Large Cap Index": "6500.00", "Gull Bond Fund": "4250.00"}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_plan_nobody_described_reads_right(name: str) -> None:
    text, expected = CASES[name]
    statement = read_table_text(text, "x")
    assert accounts(statement) == expected
    assert warnings(statement) == []
