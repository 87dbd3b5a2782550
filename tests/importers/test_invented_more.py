"""More statements nobody described, all made up: sources as groups, other tables, other languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def accounts(statement: Statement) -> dict[str, list[tuple[str, str]]]:
    """Return each account's rows: fund and value."""
    return {
        account.id: [(row.fund.name, f"{row.value:.2f}") for row in account.rows]
        for account in statement.accounts
    }


CASES = {
    "other tables of the same funds": (
        """\
Fund,Current Balance,Current %,Future %
Gull Fund One,"$6,000.00",60%,50%
Gull Fund Two (1),"$4,000.00",40%,50%

Future contributions
Fund,Percent
Gull Fund One,50%
Gull Fund Two,50%

Fund,1 Year,3 Year
Gull Fund One,10.1%,8%
Gull Fund Two,3.0%,2%

Fund,Expense Ratio,Amount
Gull Fund One,0.05%,0.05
""",
        {"x": [("Gull Fund One", "6000.00"), ("Gull Fund Two", "4000.00")]},
        {5: "label", 6: "label", 7: "not-a-holding", 8: "not-a-holding", 10: "label", 11: "not-a-holding",
         12: "not-a-holding", 14: "label", 15: "not-a-holding"},
    ),
    "sources as groups with their sums": (
        """\
Source / Fund,Units,Unit Price,Balance
Employee Pre-Tax,,,"1,500.50"
Gull Fund One,100,10.00,"1,000.00"
Gull Fund Two,50.05,10.00,500.50
Employer Match,,,250.00
Gull Fund One,25,10.00,250.00
Total,,,"1,750.50"
""",
        {"x": [("Gull Fund One", "1000.00"), ("Gull Fund Two", "500.50"), ("Gull Fund One", "250.00")]},
        {2: "total", 5: "total", 7: "total"},
    ),
    "sums of each source below the total": (
        """\
Investment,Source,Balance
Gull Fund One,,"1,000.00"
,Pre-Tax,600.00
,Roth,400.00
Gull Fund Two,,500.00
,Pre-Tax,500.00
Total,,"1,500.00"
,Pre-Tax,"1,100.00"
,Roth,400.00
""",
        {"x": [("Gull Fund One", "1000.00"), ("Gull Fund Two", "500.00")]},
        {3: "source-split", 4: "source-split", 6: "source-split", 7: "total", 8: "total", 9: "total"},
    ),
    "sums below their purchases": (
        """\
Symbol,Acquired,Qty,Value
GULXX,01/02/2020,6,600.00
GULXX,02/03/2021,4,400.00
GULXX Total,,10,1000.00
GUBXX,01/02/2020,1,70.00
GUBXX Total,,1,70.00
Total,,,1070.00
""",
        {"x": [("GULXX", "600.00"), ("GULXX", "400.00"), ("GUBXX", "70.00")]},
        {4: "total", 6: "total", 7: "total"},
    ),
    "purchases alone": (
        """\
Symbol,Date Acquired,Quantity,Price,Market Value
GULXX,01/02/2020,6,100.00,600.00
GULXX,02/03/2021,4,100.00,400.00
GUBXX,01/02/2020,1,70.00,70.00
""",
        {"x": [("GULXX", "600.00"), ("GULXX", "400.00"), ("GUBXX", "70.00")]},
        {},
    ),
    "labels that say account": (
        """\
Account: Brokerage 31111
Symbol,Shares,Value
GULXX,1,100.00
GUBXX,1,50.00

Account: IRA 32222
Symbol,Shares,Value
GULXX,1,100.00
GUBXX,1,50.00
""",
        {"31111": [("GULXX", "100.00"), ("GUBXX", "50.00")],
         "32222": [("GULXX", "100.00"), ("GUBXX", "50.00")]},
        {6: "label", 7: "label"},
    ),
    "a German overview": (
        """\
Depotübersicht per 30.09.2026;;;
Bezeichnung;Stück;Kurs in EUR;Kurswert in EUR
Möwe Aktienfonds Welt;1.250,500;10,00;12.505,00
Möwe Rentenfonds;100;25,50;2.550,00
Summe;;;15.055,00
""",
        {"Depotübersicht": [("Möwe Aktienfonds Welt", "12505.00"), ("Möwe Rentenfonds", "2550.00")]},
        {5: "total"},
    ),
    "money owed": (
        """\
Symbol,Description,Quantity,Price,Value
GULXX,Gull Fund One,10,100,1000.00
,Cash,,,(250.00)
,Margin debit,,,100.00 DR
Total,,,,650.00
""",
        {"x": [("Gull Fund One", "1000.00"), ("Cash", "-250.00"), ("Margin debit", "-100.00")]},
        {5: "total"},
    ),
    "a sum without a word": (
        """\
"Holding (CUSIP/Ticker)","Units (shares)","Unit price (USD)","Market value (USD)","Cost basis (USD)"
"Gull Fund One","10.000","$400.00","$4,000.00","$3,000.00"
"Gull Fund Two","100.000","$10.00","$1,000.00","$1,000.00"
,,,"$5,000.00","$4,000.00"
""",
        {"x": [("Gull Fund One", "4000.00"), ("Gull Fund Two", "1000.00")]},
        {4: "total"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_statement_nobody_described_reads_right(name: str) -> None:
    text, expected, skipped = CASES[name]
    statement = read_table_text(text, "x")
    assert accounts(statement) == expected
    assert {row.line: row.reason.value for row in statement.skipped} == skipped
    stated = [account.stated_total for account in statement.accounts]
    assert all(
        total in {None, account.total} for total, account in zip(stated, statement.accounts, strict=True)
    )
    below_zero = sum(Decimal(value) < 0 for rows in expected.values() for _, value in rows)
    assert sum(issue.severity == "warning" for issue in statement.issues) == below_zero
