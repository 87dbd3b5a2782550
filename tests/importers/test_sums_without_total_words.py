"""Lines that are the sum of others, called neither totals nor funds: plans, kinds of asset, all there is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import QuickFix, Severity
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

D = Decimal
LINES = "Alder Growth Fund,12500.50\nAlder Global Index,7499.50\nAlder Bond Fund,10000.00\n"


def by_account(statement: Statement) -> dict[str, list[Decimal]]:
    return {account.name: [row.value for row in account.rows] for account in statement.accounts}


@pytest.mark.parametrize("name", ["Entire portfolio", "My balance", "Overall", "Everything"])
@pytest.mark.parametrize("heading", ["Fund,Value", "Holding,Balance"])
@pytest.mark.parametrize("first", [True, False])
def test_the_sum_of_all_lines_stands_first_or_last(name: str, heading: str, first: bool) -> None:
    whole = f"{name},30000.00\n"
    text = f"{heading}\n" + (whole + LINES if first else LINES + whole)
    statement = read_table_text(text, "x")
    assert statement.total == D("30000.00")
    (skipped,) = statement.skipped
    assert name in skipped.text


def test_plans_above_their_funds_are_accounts() -> None:
    text = (
        "Name,Account Value\n401(k) Plan,8000.00\nLarge Cap Index,5000.00\nBond Index,3000.00\n"
        "Rollover IRA,3000.00\nTotal Stock Market,2000.00\nIntl Index,1000.00\n"
    )
    statement = read_table_text(text, "x")
    assert by_account(statement) == {"401(k) Plan": [D(5000), D(3000)], "Rollover IRA": [D(2000), D(1000)]}


def test_a_plan_of_one_fund_among_plans() -> None:
    text = (
        "Plan,Value\nEmployer plan balance,8000.00\nLarge Cap Index,5000.00\nBond Index,3000.00\n"
        "Spouse plan balance,500.00\nStable Value,500.00\n"
    )
    assert by_account(read_table_text(text, "x")) == {
        "Employer plan balance": [D(5000), D(3000)],
        "Spouse plan balance": [D(500)],
    }


def test_kinds_of_asset_below_their_funds() -> None:
    text = (
        "Holding,Value\nLarge Cap Index,5000.00\nSmall Cap Index,4000.00\nDomestic,9000.00\n"
        "Intl Index,2000.00\nEmerging Index,1000.00\nForeign,3000.00\n"
    )
    statement = read_table_text(text, "x")
    assert by_account(statement) == {"x": [D(5000), D(4000), D(2000), D(1000)]}
    assert not [issue for issue in statement.issues if issue.severity is Severity.WARNING]


def test_a_sum_in_the_middle_that_nothing_explains_is_asked_about() -> None:
    text = "Fund,Value\nAlder Index,40.10\nZephyr Fund,70.35\nAlder Bond,50.15\nElm Cash,20.20\nOre,9.99\n"
    statement = read_table_text(text, "x")
    assert statement.total == D("190.79")
    (asked,) = [issue for issue in statement.issues if issue.severity is Severity.WARNING]
    assert asked.line == 3
    assert asked.quick == (QuickFix.LEAVE_OUT,)
    assert "sum of the lines below it" in asked.message


def test_no_question_where_the_file_states_that_all_lines_count() -> None:
    text = (
        "Fund,Value\nAlder Index,40.10\nBlend Z,70.35\nAlder Bond,50.15\nAlder Cash,20.20\nAlder Gold,9.99\n"
        "Total,190.79\n"
    )
    assert read_table_text(text, "x").issues == ()
