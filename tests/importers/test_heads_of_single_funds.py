"""Heads of groups that give the sum of their funds, where a group may have one fund only.

Plans, funds and figures are made up; what must come out are the funds, whose sum is the file's total.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.sources import StatementSource
from desktop_app.importers import read_source, read_table_text

from .readings import added_up

FUNDS = {
    "Orchard Retirement 2040 Portfolio": Decimal("30210.44"),
    "Maple 500 Index Series A": Decimal("12200.10"),
    "Maple Mid-Cap Index": Decimal("4100.02"),
    "Orchard Guaranteed Option": Decimal("9055.31"),
    "Self-Directed Account (Pine Brokerage)": Decimal("2500.75"),
}
GROUPS = {
    "One-Step Choice": ["Orchard Retirement 2040 Portfolio"],
    "Stocks": ["Maple 500 Index Series A", "Maple Mid-Cap Index"],
    "Safety First": ["Orchard Guaranteed Option"],
    "Brokerage Window": ["Self-Directed Account (Pine Brokerage)"],
}


def rows_of(groups: dict[str, list[str]], *, below: bool) -> list[tuple[str, Decimal, bool]]:
    """Return name, value and whether it is a head, in the order of the file."""
    rows: list[tuple[str, Decimal, bool]] = []
    for head, names in groups.items():
        funds = [(name, FUNDS[name], False) for name in names]
        of_group = (head, sum((value for _, value, _ in funds), Decimal(0)), True)
        rows += [*funds, of_group] if below else [of_group, *funds]
    return rows


def text_of(*, below: bool, total: bool) -> str:
    lines = [f'{name},"{value:,.2f}"' for name, value, _ in rows_of(GROUPS, below=below)]
    stated = [f'Plan balance,"{sum(FUNDS.values()):,.2f}"'] if total else []
    return "\n".join(["Investment option,Balance", *lines, *stated])


@pytest.mark.parametrize("below", [False, True])
def test_the_total_tells_heads_of_one_fund(*, below: bool) -> None:
    statement = read_table_text(text_of(below=below, total=True), "plan.csv")
    assert added_up(statement) == FUNDS
    assert [account.stated_total for account in statement.accounts] == [sum(FUNDS.values())]
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize("order", list(permutations(GROUPS))[::5])
def test_the_order_of_groups_does_not_matter(order: tuple[str, ...]) -> None:
    lines = [
        f'{name},"{value:,.2f}"'
        for name, value, _ in rows_of({head: GROUPS[head] for head in order}, below=False)
    ]
    total = f'Total,"{sum(FUNDS.values()):,.2f}"'
    statement = read_table_text("\n".join(["Fund,Value", *lines, total]), "plan.csv")
    assert added_up(statement) == FUNDS


def test_without_a_total_every_row_in_a_group_is_enough() -> None:
    statement = read_table_text(text_of(below=False, total=False), "plan.csv")
    assert added_up(statement) == FUNDS


def test_shares_tell_heads_that_have_none() -> None:
    every = sum(FUNDS.values())
    lines = [
        f'{name},{"" if is_head else f"{value * 100 / every:.1f}%"},"{value:,.2f}"'
        for name, value, is_head in rows_of({**GROUPS, "Stocks": []}, below=False)
        if value
    ]
    funds = [f'{name},{FUNDS[name] * 100 / every:.1f}%,"{FUNDS[name]:,.2f}"' for name in GROUPS["Stocks"]]
    statement = read_table_text("\n".join(["Fund,Percent of account,Value", *funds, *lines]), "plan.csv")
    assert added_up(statement) == FUNDS


def test_two_accounts_each_with_a_total_of_its_own() -> None:
    other = 'Investment option,Balance\nSafety First,"9,055.31"\nOrchard Guaranteed Option,"9,055.31"\n'
    more = 'Bonds,"300.30"\nMaple Bond Index,100.10\nMaple TIPS Index,200.20\nPlan balance,"9,355.61"'
    text = f"Plan 701-01\n{text_of(below=False, total=True)}\n\nPlan 701-02\n{other}{more}"
    statement = read_table_text(text, "plan.txt")
    assert [account.total for account in statement.accounts] == [sum(FUNDS.values()), Decimal("9355.61")]


def test_heads_on_a_page() -> None:
    rows = "".join(
        f"<tr><td colspan=2>{name}</td><td>${value:,.2f}</td></tr>"
        if is_head
        else f"<tr><td>{name}</td><td>+$1.20</td><td>${value:,.2f}</td></tr>"
        for name, value, is_head in rows_of(GROUPS, below=False)
    )
    head = "<tr><th>Investment option</th><th>Change today</th><th>Balance</th></tr>"
    foot = f"<tr><td>Plan balance</td><td></td><td>${sum(FUNDS.values()):,.2f}</td></tr>"
    html = f"<html><body><table>{head}{rows}{foot}</table></body></html>"
    assert added_up(read_source(StatementSource("plan.html", html=html))) == FUNDS


def test_equal_values_alone_drop_no_fund() -> None:
    text = "Fund,Value\nOak Sanctuary,500.00\nMaple 500 Index,500.00\nMaple Bond Index,250.10\nTotal,1250.10"
    statement = read_table_text(text, "plan.csv")
    assert sum(added_up(statement).values()) == Decimal("1250.10")
    text = "Fund,Value\nOak Sanctuary,500.00\nMaple 500 Index,500.00\nMaple Bond Index,250.10"
    assert sum(added_up(read_table_text(text, "plan.csv")).values()) == Decimal("1250.10")


def test_heads_nothing_explains_are_asked_about() -> None:
    text = (
        "Fund,Value\nSafety First,905.31\nOrchard Guaranteed Option,905.31\nMaple Bond Index,77.10\n"
        "One-Step Choice,400.12\nOrchard Retirement 2040 Portfolio,400.12"
    )
    statement = read_table_text(text, "plan.csv")
    asked = {issue.line: issue.quick for issue in statement.issues if issue.severity == "warning"}
    assert asked == {2: (QuickFix.LEAVE_OUT,), 5: (QuickFix.LEAVE_OUT,)}


def test_of_two_equal_lines_nobody_knows_none_is_dropped() -> None:
    text = "Fund,Value\nMaple 500 Index,210.00\nOak Sanctuary,15.50\nElm Sanctuary,15.50\nTotal,225.50"
    statement = read_table_text(text, "plan.csv")
    assert statement.total == Decimal("241.00")
    assert any(issue.severity == "warning" for issue in statement.issues)


def test_what_was_taken_for_a_head_is_told_and_can_be_counted() -> None:
    text = "Fund,Value\nSafety First,15.50\nOrchard Stable Fund,15.50\nMaple 500 Index,210.00\nTotal,225.50"
    statement = read_table_text(text, "plan.csv")
    assert statement.total == Decimal("225.50")
    assert [(issue.severity, issue.line, issue.quick) for issue in statement.issues] == [
        ("info", 2, (QuickFix.COUNT,))
    ]


def test_a_total_with_the_loan_in_it_tells_heads_as_well() -> None:
    total = sum(FUNDS.values()) + Decimal("55.10")
    text = f'{text_of(below=False, total=False)}\nLoan balance,55.10\nTotal,"{total:,.2f}"'
    assert added_up(read_table_text(text, "plan.csv")) == FUNDS


def test_groups_within_groups() -> None:
    text = (
        "Fund,Value\nCore Lineup,400.40\nEasy Path,100.10\nOrchard 2040 Fund,100.10\nBuild Your Own,300.30\n"
        "Maple 500 Index,100.10\nMaple Growth Fund,200.20\nOpen Door,50.50\nPine Brokerage,50.50"
    )
    funds = {"Orchard 2040 Fund", "Maple 500 Index", "Maple Growth Fund", "Pine Brokerage"}
    assert set(added_up(read_table_text(text, "plan.csv"))) == funds
    assert set(added_up(read_table_text(f"{text}\nTotal,450.90", "plan.csv"))) == funds
