"""Lists of transactions with a running balance for each fund: the last balances are held, or nothing is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

D = Decimal
_FIRST = {"Fen Equity": D("100.00"), "Fen Bond": D("40.00"), "Fen Old": D("30.00")}
_MOVES = (
    ("02/13", "Fen Equity", "Payroll", D("10.00"), D("1.50")),
    ("02/13", "Fen Bond", "Payroll", D("5.00"), D("-0.25")),
    ("03/20", "Fen Old", "Exchange out", D("-31.00"), D("1.00")),
    ("03/20", "Fen Equity", "Exchange in", D("31.00"), D("0.00")),
    ("04/30", "Fen Equity", "Admin fee", D("-1.25"), D("2.10")),
    ("04/30", "Fen Bond", "Admin fee", D("-1.25"), D("0.00")),
)
HELD = {"Fen Equity": D("143.35"), "Fen Bond": D("43.50")}
"""100 + 10 + 1.50 + 31 - 1.25 + 2.10, and 40 + 5 - 0.25 - 1.25."""

_Entry = tuple[str, str, str, Decimal, Decimal, Decimal]


def _entries() -> list[_Entry]:
    """Return the list: day, fund, what was done, amount, gain and the balance after it."""
    rows: list[_Entry] = [
        ("01/02", name, "Brought forward", value, D(0), value) for name, value in _FIRST.items()
    ]
    balances = dict(_FIRST)
    for day, name, words, amount, gain in _MOVES:
        balances[name] += amount + gain
        rows.append((day, name, words, amount, gain, balances[name]))
    return rows


def _held(text: str) -> dict[str, Decimal]:
    (account,) = read_table_text(text, "ledger").accounts
    return {row.fund.name: row.value for row in account.rows}


def _table(heading: str, entries: list[_Entry], form: str, year: str = "2026") -> str:
    lines = [
        form.format(
            day=f"{day}/{year}", iso=f"{year}-{day.replace('/', '-')}", fund=fund, words=words, amount=amount,
            gain=gain, both=amount + gain, balance=balance, paid=max(amount + gain, D(0)),
            out=max(-amount - gain, D(0)), european=f"{day[3:]}.{day[:2]}.{year}",
        )
        for day, fund, words, amount, gain, balance in entries
    ]  # fmt: skip
    return "\n".join([heading, *lines])


FORMS = {
    "amount and gain": (
        "Date,Fund,Entry,Amount,Gain/Loss,Running Balance",
        "{day},{fund},{words},{amount},{gain},{balance}",
    ),
    "amount alone": ("Date,Fund,Type,Amount,Balance", "{day},{fund},{words},{both},{balance}"),
    "in and out": (
        "Posted,Investment,What,Deposits,Withdrawals,Fund balance",
        "{day},{fund},{words},{paid},{out},{balance}",
    ),
    "balance first": (
        "Balance,Amount,Description of entry,Fund name,Trade date",
        "{balance},{both},{words},{fund},{iso}",
    ),
    "no words": ("Date,Fund,Amount,Balance", "{day},{fund},{both},{balance}"),
    "points and commas": ("Date;Fund;Type;Amount;Balance", "{european};{fund};{words};{both};{balance}"),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("newest_first", [False, True])
def test_the_last_balance_of_each_fund_is_held(name: str, *, newest_first: bool) -> None:
    entries = _entries()[:: -1 if newest_first else 1]
    assert _held(_table(FORMS[name][0], entries, FORMS[name][1])) == HELD


def test_what_was_left_out_is_listed_and_said() -> None:
    statement = read_table_text(
        _table(FORMS["amount and gain"][0], _entries(), FORMS["amount and gain"][1]), "x"
    )
    assert str(statement.as_of) == "2026-04-30"
    assert [row.reason for row in statement.skipped] == [SkipReason.NOT_A_HOLDING] * 7
    (said,) = [issue.message for issue in statement.issues if issue.severity == "warning"]
    assert "9 transactions" in said


def test_running_units_and_price_come_with_the_balance() -> None:
    text = (
        "Date,Fund,Entry,Amount,Units,Price,Running Units,Running Balance\n"
        "01/05/2026,Fen Equity,Payroll,100.00,10.000,10.00,10.000,100.00\n"
        "01/19/2026,Fen Equity,Payroll,100.00,10.000,10.00,20.000,200.00\n"
        "02/02/2026,Fen Equity,Fee,-10.00,-1.000,10.00,19.000,190.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [(row.units, row.price, row.value) for row in account.rows] == [
        (D("19.000"), D("10.00"), D("190.00"))
    ]


def test_each_account_has_its_own_balances() -> None:
    heading, form = "Account number,Date,Fund,Type,Amount,Balance", "7-{day},{fund},{words},{both},{balance}"
    one = _table(heading, _entries(), form.replace("7-", "7781-20,"))
    two = _table(heading, _entries(), form.replace("7-", "7781-31,")).split("\n", 1)[1]
    accounts = read_table_text(f"{one}\n{two}", "x").accounts
    assert [sum(row.value for row in account.rows) for account in accounts] == [sum(HELD.values())] * 2


def test_a_list_of_thousands_of_entries() -> None:
    rows, balance = ["Date,Fund,Type,Amount,Balance"], D(0)
    for k in range(5_000):
        moved = D(k % 7 - 2)
        balance += moved
        rows.append(
            f"{2000 + k // 336}-{k // 28 % 12 + 1:02}-{k % 28 + 1:02},Fen Equity,Payroll,"
            f"{moved}.00,{balance}.00"
        )
    assert _held("\n".join(rows)) == {"Fen Equity": balance}


BROKEN = {
    "what came and went": (
        "Posted,Fund,What,Deposits,Withdrawals,Fund balance\n01/05/2026,Fen Equity,Payroll,100.00,,500.00\n"
        "01/19/2026,Fen Equity,Payroll,100.00,,640.00\n01/30/2026,Fen Bond,Fee,,1.00,64.00\n"
    ),
    "a balance that does not follow": (
        "Date,Fund,Type,Amount,Balance\n01/05/2026,Fen Equity,Payroll,100.00,100.00\n"
        "01/19/2026,Fen Equity,Payroll,100.00,212.00\n02/02/2026,Fen Equity,Fee,-10.00,190.00\n"
    ),
    "no balance": (
        "Date,Fund,Entry,Amount,Units,Price\n01/05/2026,Fen Equity,Payroll deferral,100.00,10,10.00\n"
        "01/19/2026,Fen Equity,Admin fee,-10.00,-1,10.00\n"
    ),
    "both signs": (
        "Day,Fund,Dollars\n01/05/2026,Fen Equity,100.00\n01/19/2026,Fen Equity,-10.00\n"
        "01/19/2026,Fen Bond,5.00\n"
    ),
    "value called so": (
        "Posted,Fund,Notes,Value\n01/05/2026,Fen Equity,a,100.00\n01/19/2026,Fen Equity,b,-10.00\n"
    ),
    "an odd amount beside": (
        "Date,Fund,Amount,Balance\n01/05/2026,Fen Equity,100.00,500.00\n01/19/2026,Fen Equity,100.00,640.00\n"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_list_whose_balances_are_not_certain_is_refused(name: str) -> None:
    with pytest.raises(NoHoldingsTableError, match="list of transactions"):
        read_table_text(BROKEN[name], "x")


def test_purchases_of_one_fund_that_are_still_held_are_holdings() -> None:
    text = (
        "Acquired,Fund,Units,Price,Market Value\n01/05/2024,Fen Equity,10,12.00,120.00\n"
        "02/07/2025,Fen Equity,5,12.00,60.00\n02/07/2025,Fen Bond,4,5.00,20.00\n"
    )
    assert read_table_text(text, "lots").total == D("200.00")


@pytest.mark.parametrize(
    "text",
    [
        "Posting Day,Investment,Memo,Value\n1/5/2026,Fen A,Payroll,100.00\n1/19/2026,Fen A,Payroll,50.00\n",
        "Date,Fund,Shares,Price,Amount\n01/05/2026,Fen A,10,10.00,100.00\n01/19/2026,Fen A,5,10.10,50.50\n",
    ],
)
def test_a_list_of_purchases_is_refused(text: str) -> None:
    with pytest.raises(NoHoldingsTableError, match="list of transactions"):
        read_table_text(text, "x")


def test_of_balances_on_several_days_the_newest_count_whatever_heads_the_days() -> None:
    rows = (
        "5/1/2026,Fen A,10.00,110.00\n5/1/2026,Fen B,10.00,60.00\n"
        "5/15/2026,Fen A,10.00,121.00\n5/15/2026,Fen B,10.00,69.00\n"
    )
    assert _held(f"Pay date,Fund,Contribution,Balance\n{rows}") == {"Fen A": D("121.00"), "Fen B": D("69.00")}


def test_amounts_as_of_several_days_are_a_history() -> None:
    text = "As of date,Fund,Amount\n5/1/2026,Fen A,110.00\n5/15/2026,Fen A,121.00\n"
    assert _held(text) == {"Fen A": D("121.00")}
