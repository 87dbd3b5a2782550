"""Funds whose value stands in two columns: what the participant's money is worth, and the employer's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.importers import read_statement, read_table_text

D = Decimal
WHOLE = {"Vernal 500 Index": D("2500.25"), "Vernal Bond Index": D("1250.00")}
ROWS = 'Vernal 500 Index,"$2,000.00",$500.25\nVernal Bond Index,"$1,000.00",$250.00\n'
HEADS = [
    "Your contributions,Company contributions",
    "Employee money,Employer money",
    "My share,Company share",
    "Participant balance,Plan sponsor balance",
]


def held(text: str) -> dict[str, Decimal]:
    (account,) = read_table_text(text, "x").accounts
    return {row.fund.name: row.value for row in account.rows}


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("total", ["", 'Total,"$3,000.00",$750.25\n'])
def test_both_sides_are_added(heads: str, total: str) -> None:
    assert held(f"Fund,{heads}\n{ROWS}{total}") == WHOLE


def test_a_balance_above_tells_that_nothing_else_is_meant() -> None:
    text = f"Plan balance on 9/30/2026: $3,750.25\n\nFund,{HEADS[0]}\n{ROWS}"
    assert held(text) == WHOLE
    assert not [issue for issue in read_table_text(text, "x").issues if issue.severity == "warning"]


def test_without_it_the_user_is_asked() -> None:
    statement = read_table_text(f"Fund,{HEADS[0]}\n{ROWS}", "x")
    (said,) = [issue.message for issue in statement.issues if issue.severity == "warning"]
    assert "added" in said


def test_what_was_paid_in_is_no_second_table(tmp_path: Path) -> None:
    made = Workbook()
    first = made.active
    assert first is not None
    first.title = "Holdings"
    for row in (["Fund", "Value"], ["Vernal 500 Index", 9000.5], ["Vernal Bond Index", 4000]):
        first.append(row)
    second = made.create_sheet("Paid in 2026")
    for row in (["Fund", "Your contributions", "Company contributions"], ["Vernal 500 Index", 20, 5]):
        second.append(row)
    second.append(["Vernal Bond Index", 10, 2.5])
    made.save(tmp_path / "plan.xlsx")
    assert read_statement(tmp_path / "plan.xlsx").total == D("13000.50")
