"""Cash and investments of one account under words of their own; every file is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

TABLES = (
    "{cash}\nDescription,Interest Rate,Balance\nHSA Cash,0.15%,$1500.00\n\n"
    "{invested}\nFund Name,Ticker,Shares,Closing Price,Market Value\n"
    "Alder Growth Index,ALGRX,10,$50.00,$500.00\nAlder Bond Index,ALBDX,20,$10.00,$200.00\n"
    "Total Investments,,,,$700.00\n\nTotal HSA Value,$2200.00\n"
)
SECTIONS = [
    ("Cash Account", "Investment Account"),
    ("Cash", "Investments"),
    ("HSA Cash Balance", "HSA Investments"),
    ("Cash Account (FDIC insured)", "Investment Account Holdings"),
    ("HSA Deposit Account", "HSA Investment Account"),
    ("Spending Account", "Self-Directed Investment Account"),
    ("Available Cash", "Mutual Fund Investments"),
]


def accounts(statement: Statement) -> list[tuple[str, str, Decimal, Decimal | None]]:
    return [(found.id, found.name, found.total, found.stated_total) for found in statement.accounts]


@pytest.mark.parametrize(("cash", "invested"), SECTIONS)
@pytest.mark.parametrize("label", ["HSA Number,{}", "HSA No. {}", "Account Number: {}"])
def test_both_belong_to_the_number_above_them(label: str, cash: str, invested: str) -> None:
    above = f"Larchmont HSA\n{label.format('55120934')}\n\n"
    statement = read_table_text(above + TABLES.format(cash=cash, invested=invested), "x")
    assert accounts(statement) == [("55120934", "Larchmont HSA", 2200, 2200)]


@pytest.mark.parametrize(("cash", "invested"), SECTIONS)
def test_both_belong_to_the_account_in_the_title(cash: str, invested: str) -> None:
    statement = read_table_text("Larchmont HSA\n\n" + TABLES.format(cash=cash, invested=invested), "x")
    assert accounts(statement) == [("Larchmont HSA", "Larchmont HSA", 2200, 2200)]


def test_a_title_of_several_accounts_joins_none() -> None:
    text = "Our retirement accounts\n\n" + TABLES.format(cash="Larch Roth IRA", invested="Oak Rollover IRA")
    assert [found.id for found in read_table_text(text, "x").accounts] == [
        "Larch Roth IRA",
        "Oak Rollover IRA",
    ]


@pytest.mark.parametrize("label", ["IRA Number,A-88120", "Portfolio No.,A-88120", "Roth IRA #: A-88120"])
def test_numbers_of_kinds_of_accounts_are_theirs(label: str) -> None:
    text = f"{label}\nPlan number,551\n\nFund,Units,Price,Value\nAlder Index,10,20.00,200.00\n"
    assert [found.id for found in read_table_text(text, "x").accounts] == ["A-88120"]
