"""Lists set in by depth, households with a column for each account, months typed in ahead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_table_text

D = Decimal
HELD = {
    ("3318", "Fen Works 401(k)"): {"Fen 500 Index": D("600.40"), "Fen Income Trust": D("86.00")},
    ("7002", "Rollover IRA"): {"Alder Balanced": D("866.46"), "Bank sweep": D("11.20")},
    ("7017", "Inherited IRA"): {"Bank sweep": D("25.02")},
}
TREE = """Net worth, expanded view
Prices as of 4/30/2026;;;;
Name;Symbol;Quantity;Price;Value
{0}ASSETS;;;;$1,589.08
  {0}Oak Retirement;;;;$686.40
    {0}Fen Works 401(k) (x3318);;;;$686.40
        Fen 500 Index;;300.2;2.00;$600.40
        Fen Income Trust;;43;2.00;$86.00
  {0}Elm Brokerage;;;;$902.68
    {0}Rollover IRA (x7002);;;;$877.66
        Alder Balanced;ALDRX;433.23;2.00;$866.46
        Bank sweep;;;;$11.20
    {0}Inherited IRA (x7017);;;;$25.02
        Bank sweep;;;;$25.02
{0}LIABILITIES;;;;-$500.00
  {0}Oak Retirement;;;;-$20.00
        401(k) loan;;;;-$20.00
  {0}Town Bank;;;;-$480.00
        Mortgage;;;;-$480.00
NET WORTH;;;;$1,089.08
"""


def held(statement: Statement) -> dict[tuple[str, str], dict[str, Decimal]]:
    return {(a.id, a.name): {row.fund.name: row.value for row in a.rows} for a in statement.accounts}


@pytest.mark.parametrize("mark", ["▾ ", "- ", ""])
def test_what_is_set_in_counts_and_what_is_around_it_does_not(mark: str) -> None:
    statement = read_table_text(TREE.format(mark), "x")
    assert held(statement) == HELD
    reasons = [row.reason for row in statement.skipped if row.line > 3]
    assert reasons.count(SkipReason.LOAN) == 5
    assert str(statement.as_of) == "2026-04-30"


def test_what_is_left_out_for_another_reason_is_told() -> None:
    text = TREE.format("").replace("Oak Retirement;;;;$686.40", "Oak Retirement;;;;$736.40")
    statement = read_table_text(text, "x")
    told = {issue.line for issue in statement.issues}
    assert 5 in told or any("the file states" in issue.message for issue in statement.issues)


HOUSEHOLD = (
    '"Market value, by holding and account"\n\n'
    'Holding,Symbol,Price,"Jo – Rollover IRA\nElm Securities 8830-1142",'
    '"Jo – 403(b)\nPlan 77120",Household,Weight\n'
    "Fen Stock Index,FENSX,10.00,281.20,,281.20,37.4%\nFen 2040 Index,FENTX,5.00,,470.01,470.01,62.6%\n"
    "Total,,,281.20,470.01,751.21,100%\n"
)


def test_a_column_for_each_account_beside_prices_and_their_sum() -> None:
    assert held(read_table_text(HOUSEHOLD, "x")) == {
        ("8830-1142", "Jo – Rollover IRA Elm Securities"): {"Fen Stock Index": D("281.20")},
        ("77120", "Jo – 403(b) Plan"): {"Fen 2040 Index": D("470.01")},
    }


@pytest.mark.parametrize("title", ["Cost basis, by holding and account", "What we paid: cost by account"])
def test_what_was_paid_in_the_same_table_is_not_held(title: str) -> None:
    cost = HOUSEHOLD.replace("Market value, by holding and account", title).replace("281.20", "200.00")
    cost = cost.replace("751.21", "670.01")
    assert read_table_text(HOUSEHOLD + "\n\n" + cost, "x").total == D("751.21")


def test_a_goal_in_the_last_month_makes_it_no_newest_one() -> None:
    text = (
        ",Fund,1/31/2026,2/28/2026,3/31/2026,4/30/2026\nMy 401k - Elm Freight (acct 8831-204)\n"
        ',Fen Target 2045,"$1,200.40","$1,300.50",,\n,Fen Stable Value,$80.00,$81.20,,\n'
        ',Total,"$1,280.40","$1,381.70",,\n,change %,,7.9%,,\n\ngoal for 2026,,,,,"$130,000.00"\n'
    )
    statement = read_table_text(text, "x")
    assert held(statement) == {
        ("8831-204", "My 401k - Elm Freight"): {
            "Fen Target 2045": D("1300.50"),
            "Fen Stable Value": D("81.20"),
        }
    }
    assert str(statement.as_of) == "2026-02-28"
    assert not [issue for issue in statement.issues if "cannot be read" in issue.message]
