"""One account with a number, its cash and its investments in a small table above the funds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

D = Decimal


@pytest.mark.parametrize("title", ["HSA Investment Account – Holdings", "Investment account: positions"])
@pytest.mark.parametrize("cash_first", [True, False])
def test_the_cash_of_the_summary_is_counted_once(title: str, *, cash_first: bool) -> None:
    """The summary's whole has the cash, the funds' own total has not; neither part is another account."""
    parts = ["HSA Cash Account (FDIC insured),0.15%,150.40", "HSA Investment Account,,1004.50"]
    text = "\n".join(
        [
            "Larch Health Savings",
            "HSA account,HSA-0044117731",
            "Values as of,05/29/2026",
            "",
            "Account,APY,Balance",
            *(parts if cash_first else reversed(parts)),
            "Total HSA value,,1154.90",
            "",
            title,
            "Fund,Symbol,Shares,Price,Market Value",
            "Larch World Index,LWIXX,20,40.00,800.00",
            "Larch Target 2040,LTGTX,10,20.45,204.50",
            "Investment total,,,,1004.50",
        ]
    )
    statement = read_table_text(text, "export.csv")
    (account,) = statement.accounts
    assert account.id == "HSA-0044117731"
    assert sorted(row.value for row in account.rows) == [D("150.40"), D("204.50"), D("800.00")]
    assert account.stated_total == account.total == D("1154.90")
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize("words", ["Statement to", "Report to", "Statement through", "Report until"])
def test_the_last_day_of_a_statement_in_a_cell_of_its_own(words: str) -> None:
    text = (
        f"Plan number,3308-0099\nHire date,09/03/2019\nStatement from,04/01/2026\n{words},06/30/2026\n"
        "Printed,07/11/2026\n\nInvestment,Closing balance\nLarch 2045 Fund,100.00\nLarch 500 Index,50.00\n"
    )
    assert read_table_text(text, "statement.csv").as_of == date(2026, 6, 30)


@pytest.mark.parametrize("ending", ["HSA account ending in,x5207", "HSA account: ending in x5207,"])
@pytest.mark.parametrize("cash", ["HSA Cash Account (FDIC insured, 0.15% APY)", "Deposit account"])
def test_cash_above_and_a_whole_below_the_funds(ending: str, cash: str) -> None:
    """The whole of both stands below the table; nothing above it says what the account is worth."""
    text = (
        f'{ending},,\nCoverage level,Family,,\n\nCash,,,\n"{cash}",,,$125.00\n\nInvestments,,,\n'
        "Fund,Ticker,Shares,Current value\n"
        "Larch Total Market Index,LTMIX,10,$600.00\nLarch Bond Index,LBIXX,20,$300.00\n"
        "Investment balance,,,$900.00\nTotal HSA balance,,,$1025.00\n"
    )
    (account,) = read_table_text(text, "hsa.csv").accounts
    assert account.id.lstrip("x") == "5207"
    assert sorted(row.value for row in account.rows) == [D("125.00"), D("300.00"), D("600.00")]
    assert account.stated_total == D("1025.00")


@pytest.mark.parametrize("label", ["acct #", "Account number", "Acct no."])
def test_numbers_of_accounts_on_a_line_below_their_names(label: str) -> None:
    text = (
        "prices Friday 10/16/2026\n\n"
        f"Fund,Type,Ann 401k,Bo 403b,Bo HSA,All\n{label},,88-20418,T5510933,HS-667202,\n"
        "Larch Index (LRCIX),Stock,100.00,50.00,,150.00\nLarch Income,Bonds,20.00,,5.00,25.00\n"
        "Cash,Cash,,12.00,750.00,762.00\nTotal,,120.00,62.00,755.00,937.00\n"
    )
    accounts = read_table_text(text, "ours.csv").accounts
    assert [(account.id, account.total) for account in accounts] == [
        ("88-20418", D("120.00")),
        ("T5510933", D("62.00")),
        ("HS-667202", D("755.00")),
    ]


@pytest.mark.parametrize("padded", ["  $125.00 ", "\u00a0125.00", "\t$125.00"])
def test_padded_cash_alone_below_its_words(padded: str) -> None:
    text = (
        f'HSA number,HSA-7715204\nHSA cash\n,"{padded}"\n\nFund,Ticker,Shares,Current value\n'
        "Larch Total Market Index,LTMIX,10,$600.00\nTotal,,,$725.00\n"
    )
    (account,) = read_table_text(text, "hsa.csv").accounts
    assert account.total == D("725.00")
