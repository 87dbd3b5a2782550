"""Exports whose lines say what they are, and labels beside a table on the same lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_table_text

D = Decimal
ROWS = """{rec},owner,name,{ref},kind,symbol,quantity,unit_price,usd_value
{account},Jo,Fen Works 401(k),xxxx4410,401K,,,,300.50
{holding},Jo,Fen 500 Index,xxxx4410,,,100,2.005,200.50
{holding},Jo,Fen Stable Value,xxxx4410,,,,,100.00
LIABILITY,Jo,401(k) loan,xxxx4410,LOAN,,,,-80.00
{account},Bo,Roth IRA,xxxx7302,ROTH,,,,75.25
{holding},Bo,Alder World ETF,xxxx7302,,ALDW,5,15.05,75.25
OWNER_NET,Jo,Net of liabilities,,,,,,220.50
HOUSEHOLD_NET,,Jo & Bo,,,,,,295.75
EXPORT_INFO,,"Export, created today",,,,,,
"""


def held(statement: Statement) -> dict[tuple[str, str], dict[str, Decimal]]:
    return {(a.id, a.name): {row.fund.name: row.value for row in a.rows} for a in statement.accounts}


@pytest.mark.parametrize(("rec", "ref"), [("rec", "ref"), ("record_type", "account_no"), ("", "masked")])
@pytest.mark.parametrize(("account", "holding"), [("ACCOUNT", "HOLDING"), ("Acct", "Position")])
def test_only_lines_that_say_they_are_held_count(rec: str, ref: str, account: str, holding: str) -> None:
    statement = read_table_text(ROWS.format(rec=rec, ref=ref, account=account, holding=holding), "x")
    assert held(statement) == {
        ("xxxx4410", "Fen Works 401(k)"): {"Fen 500 Index": D("200.50"), "Fen Stable Value": D("100.00")},
        ("xxxx7302", "Roth IRA"): {"Alder World ETF": D("75.25")},
    }
    assert SkipReason.LOAN in {row.reason for row in statement.skipped}


def test_lots_beside_their_position() -> None:
    text = (
        "type,symbol,name,shares,price,market value\nPOSITION,FENIX,Fen Index,10,2.00,20.00\n"
        "LOT,FENIX,Fen Index,4,2.00,8.00\nLOT,FENIX,Fen Index,6,2.00,12.00\n"
        "POSITION,FENBX,Fen Bond,5,2.00,10.00\nLOT,FENBX,Fen Bond,5,2.00,10.00\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == 30
    assert {row.reason for row in statement.skipped} == {SkipReason.LOT}


def test_many_such_records() -> None:
    lines = ["rec,name,ref,units,price,value"]
    for k in range(700):
        lines.append(f"ACCOUNT,Plan {k},xx{k:05d},,,30.00")
        lines += [f"HOLDING,Fen Index {n},xx{k:05d},{n + 1},5.00,{5 * (n + 1)}.00" for n in range(3)]
    assert read_table_text("\n".join(lines), "x").total == 700 * 30


SIDES = """Bright Health Savings,,,,,
Account HSA-30419926,,,,,
Values as of,10/31/2026,,,,
,,,,,
CASH ACCOUNT,,,INVESTMENT ACCOUNT,,
Available cash,318.42,,Fund,Shares,Balance
Investment threshold,1000,,Fen Institutional Index,14,797.35
Interest paid 2026,4.61,,Fen Balanced,33,728.36
Your contributions 2026,3250,,Invested total,,1525.71
,,,,,
Total HSA value,1844.13,,,,
"""


def test_labels_and_figures_beside_a_table() -> None:
    (account,) = read_table_text(SIDES, "x").accounts
    assert {row.fund.name: row.value for row in account.rows} == {
        "Available cash": D("318.42"),
        "Fen Institutional Index": D("797.35"),
        "Fen Balanced": D("728.36"),
    }
    assert account.stated_total == D("1844.13")
