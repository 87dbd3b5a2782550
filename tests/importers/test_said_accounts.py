"""How files name their accounts above, inside and below their tables; every file is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.account_labels import split_label

FUNDS = "Fund,Units,Price,Value\nAlder 500 Index,10,20.00,200.00\nAlder Bond Index,30,10.00,300.00\n"


def accounts(statement: Statement) -> list[tuple[str, Decimal, Decimal | None]]:
    return [(account.id, account.total, account.stated_total) for account in statement.accounts]


def warnings(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        ('"PARTICIPANT ID","W0048"', "W0048"),
        ("Employer: Larch Dental LLC\nContract/Account #: LDG-00512-7", "LDG-00512-7"),
        ("Plan ID: LS4108 | Values as of Nov 14 2025", "LS4108"),
        ("Contract/Plan ID number 7-34192", "7-34192"),
        ("Prices as of,4/2/2026,,,Acct,9004-7731", "9004-7731"),
        ("Company,Larch Bakery\nEmployee acct,TP0093315", "TP0093315"),
        ("Larch Manufacturing Savings Plan (30512-01)", "30512-01"),
        ("Account: LAR-55104410 Roth IRA", "LAR-55104410"),
        ("Portfolio 5L-18204-RM Retirement", "5L-18204-RM"),
        ("Participant number: 77123\nPlan number: 004417", "004417"),
        ("Plan number: 004417\nAccount number: 88-1206", "88-1206"),
        ("Account number,...4410", "...4410"),
    ],
)
def test_a_number_above_the_table_is_the_accounts(above: str, wanted: str) -> None:
    statement = read_table_text(f"{above}\n\n{FUNDS}", "x")
    assert accounts(statement) == [(wanted, 500, None)]


def test_a_date_or_an_amount_is_no_number() -> None:
    text = f"Plan date: 04/17/2026\nAccount: $500.00\n\n{FUNDS}"
    assert accounts(read_table_text(text, "Larch.csv"))[0][0] not in {"04/17/2026", "$500.00"}


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("Roth IRA-1234", "1234", "Roth IRA"),
        ("Individual XXXX-1234", "XXXX-1234", "Individual"),
        ("Plan ABC-12345", "ABC-12345", ""),
        ("RTH-55104410 Roth IRA", "RTH-55104410", "Roth IRA"),
        ("2045 Trust", "2045 Trust", "2045 Trust"),
    ],
)
def test_a_label_is_split_into_number_and_words(text: str, number: str, name: str) -> None:
    assert split_label(text) == (number, name)


def test_totals_that_name_an_accounts_number_are_checks() -> None:
    text = (
        "Description,Symbol,Value,Account #\nTOTAL OF BOTH\nGRAND TOTAL BOTH ACCOUNTS,,800.00,\n"
        "Alder 500 Index,ALDRX,200.00,5AB-10442\nAlder Bond Index,ALDBX,300.00,5AB-20917\n"
        "Alder Value Index,ALDVX,300.00,5AB-10442\n"
        "Total 5AB-10442 (Larch),,500.00,\nTotal 5AB-20917 (Oak),,310.00,\n"
    )
    statement = read_table_text(text, "x")
    assert accounts(statement) == [("5AB-10442", 500, 500), ("5AB-20917", 300, 310)]
    assert warnings(statement) == [8]


def test_each_portfolio_has_its_own_total_and_the_last_may_be_all_of_them() -> None:
    heading = "Security;Quantity / Nominal;Market price;Market value USD (excl. accrued)"
    text = (
        f"Portfolio 5L-18204-RM Retirement\n{heading}\nLiquidity;;;48.00\nUSD current account;;;48.00\n"
        "Equities;;;200.00\nAlder 500 Index;10;20.00;200.00\nTotal portfolio;;;248.00\n\n"
        f"Portfolio 5L-33017-RM Joint\n{heading}\n"
        "Alder Bond Index;30;10.00;300.00\nTotal portfolio;;;300.00\n"
        "Grand total;;;548.00\n"
    )
    statement = read_table_text(text, "x")
    assert accounts(statement) == [("5L-18204-RM", 248, 248), ("5L-33017-RM", 300, 300)]
    assert warnings(statement) == []


def test_a_total_of_all_accounts_below_the_last_is_not_its_own() -> None:
    text = (
        "Larch plan 4410\nFund,Value\nAlder 500 Index,200.00\nAlder Small Index,10.00\nTotal,210.00\n\n"
        "Oak plan 4411\nFund,Value\nAlder Bond Index,300.00\nAlder TIPS Index,5.00\nTotal,515.00\n"
    )
    statement = read_table_text(text, "x")
    assert accounts(statement) == [("4410", 210, 210), ("4411", 305, None)]
    assert warnings(statement) == []


def test_words_above_a_second_table_of_a_numbered_account_open_no_other() -> None:
    text = (
        "Larch Deferred Compensation Plan\nAccount number,LDC-00914\n\n2024 Class Year (paid January 2030)\n"
        "Option,Closing balance\nAlder 500 Index,160.00\nFixed Rate Option,40.00\n"
        "Total 2024 Class Year,200.00\n\n"
        "2025 Class Year (paid January 2031)\nOption,Closing balance\nAlder 500 Index,50.00\n"
        "Alder Bond Index,30.00\nTotal 2025 Class Year,80.00\n\nTotal plan balance,280.00\n"
    )
    assert accounts(read_table_text(text, "x")) == [("LDC-00914", 280, 280)]


def test_contracts_named_with_their_numbers_are_accounts_of_their_own() -> None:
    heading = "Investment option,Account value\n"
    text = (
        "Larch Unified School District 403(b) Plan\n\nVariable annuity contract VA-7734120,403(b) deferrals\n"
        f"{heading}Alder Growth,200.00\nTotal contract VA-7734120,200.00\n\n"
        "Fixed annuity certificate FA-220915,403(b) employer\n"
        f"{heading}Guaranteed Interest Account,300.00\nTotal contract FA-220915,300.00\n"
    )
    assert accounts(read_table_text(text, "x")) == [("VA-7734120", 200, 200), ("FA-220915", 300, 300)]


@pytest.mark.parametrize(
    "said",
    [
        "HSA Account,Ending in 6042",
        "IRA,ends in 6042",
        "Account: ending in 6042,",
        "Account,ending with 6042",
    ],
)
def test_last_digits_stand_in_the_cell_behind_their_label(said: str) -> None:
    statement = read_table_text(f"{said}\nCoverage,Family\n\n{FUNDS}", "holdings.csv")
    assert accounts(statement) == [("6042", Decimal(500), None)]
