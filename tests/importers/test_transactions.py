"""A list of transactions is never read as holdings."""

from __future__ import annotations

import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError


@pytest.mark.parametrize(
    "text",
    [
        "Date,Fund,Type,Amount\n03/02/2026,Growth Index,Buy,110.00\n03/09/2026,Bond Index,Sell,-40.00\n",
        "Date,Fund,Type,Amount\n03/02/2026,Growth Index,Payroll,110.00\n",
        "Date,Fund,Amount\n03/02/2026,Growth Index,110.00\n03/09/2026,Growth Index,90.00\n",
        "Date,Fund,Transaction,Amount\n03/02/2026,Growth Index,Buy,110.00\n",
        "Trade date,Fund,Amount\n03/02/2026,Growth Index,110.00\n",
        "Date,Activity,Fund,Amount\n03/02/2026,Contribution,Growth Index,110.00\n",
        "Date,Fund,Type,Shares,Price,Amount\n03/02/2026,Growth Index,Dividend reinvestment,2,5.00,10.00\n",
    ],
)
def test_a_list_of_transactions_is_refused_in_its_own_words(text: str) -> None:
    with pytest.raises(NoHoldingsTableError, match="list of transactions"):
        read_table_text(text, "activity.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Date,Fund,Type,Balance\n03/02/2026,Growth Index,Mutual fund,110.00\n",
        "Date,Fund,Type,Shares,Price,Amount\n03/02/2026,Growth Index,Mutual fund,11,10.00,110.00\n",
        "As of date,Fund,Amount\n03/02/2026,Growth Index,110.00\n",
        "Date,Fund,Amount\n03/02/2026,Growth Index,60.00\n03/02/2026,Bond Index,50.00\n",
        "Fund,Type,Amount\nGrowth Index,Mutual fund,110.00\n",
    ],
)
def test_holdings_with_dates_stay_holdings(text: str) -> None:
    assert read_table_text(text, "x").total == 110


def test_transactions_below_holdings_are_left_out() -> None:
    text = "Fund,Balance\nGrowth Index,110.00\n\nDate,Fund,Type,Amount\n03/02/2026,Growth Index,Buy,15.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 110
    assert [(row.line, row.reason) for row in statement.skipped] == [
        (4, SkipReason.LABEL),
        (5, SkipReason.NOT_A_HOLDING),
    ]
