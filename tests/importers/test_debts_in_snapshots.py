"""Exports of several days with lines below zero: what is owed makes no list of transactions of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

from .readings import by_account

HEAD = "snapshot_date,account_name,account_mask,security_name,quantity,unit_price,market_value\n"
PLAN, IRA = "Fen Mills 401(k),x5521", "Rollover IRA,x6140"
AUGUST = (
    f"2026-08-31,{PLAN},Fen 500 Index CIT,10.5,40.00,420.00\n"
    f"2026-08-31,{PLAN},Fen Stable Option,80.25,1,80.25\n"
    f"2026-08-31,{IRA},Fen World ETF,6,25.00,150.00\n"
)
JULY = (
    f"2026-07-31,{PLAN},Fen 500 Index CIT,10.0,39.00,390.00\n"
    f"2026-07-31,{PLAN},Fen Stable Option,80.00,1,80.00\n"
    f"2026-07-31,{IRA},Fen World ETF,6,24.50,147.00\n"
)
HELD = {
    "x5521": ("Fen Mills 401(k)", {"Fen 500 Index CIT": "420.00", "Fen Stable Option": "80.25"}),
    "x6140": ("Rollover IRA", {"Fen World ETF": "150.00"}),
}


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("paid_off", [True, False])
def test_a_loan_makes_no_transactions_of_snapshots(*, newest_first: bool, paid_off: bool) -> None:
    owed = "Fen Mills 401(k) Loan,x5521-L,Loan balance,1"
    august = AUGUST + ("" if paid_off else f"2026-08-31,{owed},-55.10,-55.10\n")
    july = JULY + f"2026-07-31,{owed},-60.20,-60.20\n"
    text = HEAD + (august + july if newest_first else july + august)
    statement = read_table_text(text, "holdings_history.csv")
    assert by_account(statement) == HELD
    assert str(statement.as_of) == "2026-08-31"
    loans = [row for row in statement.skipped if row.reason is SkipReason.LOAN]
    assert len(loans) == (1 if paid_off else 2)


def test_the_columns_in_another_order_and_of_other_words() -> None:
    text = (
        "Fund;Balance;Units;NAV;Valuation date;Account number\n"
        "Fen 500 Index CIT;420.00;10.5;40.00;08/31/2026;5521\n"
        "Participant loan 1;-55.10;;;08/31/2026;5521\n"
        "Fen Stable Option;80.25;80.25;1.00;08/31/2026;5521\n"
        "Fen 500 Index CIT;390.00;10.0;39.00;07/31/2026;5521\n"
        "Participant loan 1;-60.20;;;07/31/2026;5521\n"
        "Fen Stable Option;80.00;80.00;1.00;07/31/2026;5521\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("500.25")
    assert len(statement.accounts) == 1


def test_cash_owed_on_every_day_is_held_against_the_account() -> None:
    text = (
        HEAD
        + AUGUST
        + f"2026-08-31,{IRA},Cash,-20.00,1,-20.00\n"
        + JULY
        + f"2026-07-31,{IRA},Cash,-18.00,1,-18.00\n"
    )
    statement = read_table_text(text, "x")
    assert {account.id: account.total for account in statement.accounts} == {
        "x5521": Decimal("500.25"),
        "x6140": Decimal("130.00"),
    }


@pytest.mark.parametrize(
    "charged",
    [
        # A fee on every day, one now and then, a fund that is sold, a loan repaid from pay.
        "{day},Recordkeeping fee,-1,1.00,-1.00\n",
        "2026-07-31,Fen 500 Index CIT,-0.1,40.00,-4.00\n",
        "2026-07-31,Fen Bond CIT,-0.1,40.00,-4.00\n",
        "{day},Loan repayment,-5,1.00,-5.00\n",
    ],
)
def test_what_is_charged_or_sold_is_still_a_list_of_transactions(charged: str) -> None:
    rows = "".join(
        f"{day},Fen 500 Index CIT,1.0,{price},{price}\n{day},Fen Stable Option,5,1.00,5.00\n"
        + (charged.format(day=day) if "{" in charged or charged.startswith(day) else "")
        for day, price in (("2026-07-31", "39.00"), ("2026-08-14", "40.00"))
    )
    with pytest.raises(NoHoldingsTableError, match="list of transactions"):
        read_table_text("Date,Fund,Units,Price,Value\n" + rows, "x")
