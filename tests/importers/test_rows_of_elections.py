"""Tables that list what is chosen for future contributions beside what is held, told apart by a column."""

from __future__ import annotations

import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text


@pytest.mark.parametrize("heading", ["Type", "Record type", "View", "Category"])
@pytest.mark.parametrize(
    "words", ["Future elections", "Contribution election", "Future contributions", "Target allocation"]
)
def test_rows_that_say_what_is_chosen_are_not_held(heading: str, words: str) -> None:
    text = (
        f'{heading},Fund,Amount\nCurrent balance,Vernal 500 Index,"2,001.50"\n'
        f'Current balance,Vernal Bond Index,"1,000.25"\n{words},Vernal 500 Index,60\n'
        f"{words},Vernal Bond Index,40\n"
    )
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert [(row.fund.name, str(row.value)) for row in account.rows] == [
        ("Vernal 500 Index", "2001.50"),
        ("Vernal Bond Index", "1000.25"),
    ]
    assert [(row.line, row.reason) for row in statement.skipped] == [
        (4, SkipReason.NOT_A_HOLDING),
        (5, SkipReason.NOT_A_HOLDING),
    ]


def test_a_fund_called_so_is_held() -> None:
    text = "Type,Fund,Amount\nFund,Target Allocation 2040,10.00\nFund,Vernal Bond Index,5.00\n"
    assert read_table_text(text, "x").total == 15
