"""A couple's sheet: a block and a sum for each account, the loan below, the day of the prices on top.

Every name, fund and number is made up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

from .readings import by_account, warnings

D = Decimal
SHEET = (
    "Our pot\n"
    "sheet updated,2025-08-10,,prices are Friday's close,2025-08-08\n\n"
    "Whose / where,What,Shares,Price,Worth now,% of pot\n"
    "Kim 401k Bramble (ends 5512),Large cap index,100,20.00,2000.00,50%\n"
    ",Bond index,50,10.00,500.00,12.5%\n"
    ",,,{total},2500.00,62.5%\n\n"
    "Ravi 403b Tansy (ends 8841),Core equity,20,50.00,1000.00,25%\n"
    ",Fixed account 3.1%,,,500.00,12.5%\n"
    ",,,{total},1500.00,37.5%\n\n"
    "{all},,,,4000.00,100%\n\n"
    "{loan},,,,310.00\n"
    '"(not counted, paid off Nov 2026)"\n'
)


@pytest.mark.parametrize("total", ["sum", "total", "subtotal", "adds to"])
@pytest.mark.parametrize("whole", ["POT", "Everything", "Total"])
@pytest.mark.parametrize("loan", ["Still owe on Kim's 401k loan", "401k loan (Kim)", "Loan left"])
def test_each_sum_is_its_accounts(total: str, whole: str, loan: str) -> None:
    text = SHEET.replace("{total}", total).replace("{all}", whole).replace("{loan}", loan)
    found = read_table_text(text, "pot")
    assert [sorted(funds) for _, funds in by_account(found).values()] == [
        ["Bond index", "Large cap index"],
        ["Core equity", "Fixed account 3.1%"],
    ]
    assert [account.total for account in found.accounts] == [D("2500.00"), D("1500.00")]
    assert found.as_of == date(2025, 8, 8)
    assert warnings(found) == []


def test_a_wrong_sum_of_all_is_told() -> None:
    text = SHEET.replace("{total}", "sum").replace("{all}", "Total").replace("{loan}", "Loan left")
    (words,) = warnings(read_table_text(text.replace("4000.00", "4100.00"), "pot"))
    assert "4,100.00" in words
