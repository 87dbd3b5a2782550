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
