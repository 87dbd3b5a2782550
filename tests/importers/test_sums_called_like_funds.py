"""Sums of groups that are called like funds: told by arithmetic where every line stands in a group."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text

from .readings import added_up

D = Decimal
GROUPS = {
    "Large Cap Growth Fund": {"Vernal Growth Fund": "2011.40", "Elm Growth Equity": "1004.35"},
    "Bond Index Fund": {"Vernal Bond Index": "903.11", "Elm Core Bond": "600.00", "Elm Short Bond": "12.05"},
}
FUNDS = {name: D(value) for group in GROUPS.values() for name, value in group.items()}


def text_of(*, last: bool = False, groups: dict[str, dict[str, str]] = GROUPS) -> str:
    lines = ["Investment,Value"]
    for head, group in groups.items():
        whole = f"{head},{sum(map(D, group.values()))}"
        rows = [f"{name},{value}" for name, value in group.items()]
        lines += [*rows, whole] if last else [whole, *rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("total", ["", "Total,4530.91\n"])
def test_heads_called_like_funds_are_counted_once(last: bool, total: str) -> None:
    statement = read_table_text(text_of(last=last) + total, "x")
    assert added_up(statement) == FUNDS
    said = [issue for issue in statement.issues if "sum" in issue.message]
    assert [issue.quick for issue in said] == [(QuickFix.COUNT,), (QuickFix.COUNT,)]


def test_a_group_of_one_fund_among_others() -> None:
    groups = {**GROUPS, "Real Estate Fund": {"Elm Reit Index": "77.77"}}
    statement = read_table_text(text_of(groups=groups), "x")
    assert added_up(statement) == {**FUNDS, "Elm Reit Index": D("77.77")}
    assert sum(row.reason is SkipReason.TOTAL for row in statement.skipped) == 3


def test_round_sums_are_asked_about() -> None:
    groups = {
        "Large Cap Growth Fund": {"Vernal Growth Fund": "2000", "Elm Growth Equity": "1000"},
        "Bond Index Fund": {"Vernal Bond Index": "900", "Elm Core Bond": "600"},
    }
    statement = read_table_text(text_of(groups=groups), "x")
    assert statement.total == 9000
    assert [issue.line for issue in statement.issues if QuickFix.LEAVE_OUT in issue.quick] == [2, 5]


def test_a_total_that_counts_every_line_leaves_them_funds() -> None:
    statement = read_table_text(text_of() + "Total,9061.82\n", "x")
    assert statement.total == D("9061.82")
    assert statement.issues == ()


def test_one_line_in_no_group_leaves_all_of_them_funds() -> None:
    statement = read_table_text(text_of() + "Elm World Equity Fund,45.67\n", "x")
    assert statement.total == D("9107.49")


def test_heads_of_both_kinds_in_one_table() -> None:
    groups = {"US Equity": GROUPS["Large Cap Growth Fund"], "Bond Index Fund": GROUPS["Bond Index Fund"]}
    assert added_up(read_table_text(text_of(groups=groups), "x")) == FUNDS


def test_groups_within_a_group() -> None:
    text = text_of().replace("Investment,Value\n", "Investment,Value\nAll assets,4530.91\n")
    assert added_up(read_table_text(text, "x")) == FUNDS
