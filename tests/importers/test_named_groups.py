"""Accounts named in a column of their own, on every row or the first of each group; made up for this test."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def held(statement: Statement) -> dict[str, dict[str, Decimal]]:
    """Return the funds of each account by its name."""
    return {
        account.name: {row.fund.name: row.value for row in account.rows} for account in statement.accounts
    }


GROUPS = {
    "401k (work)": {"Elm Equity Fund": Decimal(600), "Ash Bond Fund": Decimal(250)},
    "Roth IRA": {"Elm Equity Fund": Decimal(180), "Oak Trust Fund": Decimal(77)},
}


def text(heading: str, *, repeated: bool, totals: bool, gaps: bool, names: tuple[str, str]) -> str:
    lines = [f"{heading},Fund,12/31/2025,3/31/2026,Notes"]
    for name, funds in zip(names, GROUPS.values(), strict=True):
        for i, (fund, value) in enumerate(funds.items()):
            note = "was in my old IRA" if fund.startswith("Ash") else ""
            lines.append(f"{name if repeated or not i else ''},{fund},{value - 7},{value},{note}")
        if totals:
            word = name.split()[0]
            lines.append(f",{word} total,{sum(funds.values()) - 14},{sum(funds.values())},")
        if gaps:
            lines.append(",,,,")
    if totals:
        lines += [",TOTAL,1079,1107,", ",401k loan owed,-60,-40,", ",Net of loan,1019,1067,"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("heading", ["", "Whose/Where", "Where"])
@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("totals", [False, True])
@pytest.mark.parametrize("gaps", [False, True])
def test_rows_belong_to_the_account_named_beside_them(
    heading: str, *, repeated: bool, totals: bool, gaps: bool
) -> None:
    names = ("401k (work)", "Roth IRA")
    statement = read_table_text(text(heading, repeated=repeated, totals=totals, gaps=gaps, names=names), "x")
    assert held(statement) == GROUPS
    stated = [account.stated_total for account in statement.accounts]
    assert stated == ([850, 257] if totals else [None, None])
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


def test_a_total_that_disagrees_is_told() -> None:
    made = text("", repeated=False, totals=True, gaps=True, names=("401k (work)", "Roth IRA"))
    statement = read_table_text(made.replace(",Roth total,243,257,", ",Roth total,243,300,"), "x")
    told = [issue.message for issue in statement.issues if issue.severity == "warning"]
    assert any("300.00" in message for message in told)


@pytest.mark.parametrize(
    "rows",
    [
        (
            "moved from my IRA,Elm Equity Fund,600",
            ",Ash Bond Fund,250",
            ",Oak Fund,90",
            "new plan,Fir Fund,10",
        ),
        (",Elm Equity Fund,600", "Roth IRA money,Ash Bond Fund,250"),
        ("1,Elm Equity Fund,600", "2,Ash Bond Fund,250"),
        ("Stocks,Elm Equity Fund,600", "Bonds,Ash Bond Fund,250"),
    ],
)
def test_notes_and_classes_name_no_accounts(rows: tuple[str, ...]) -> None:
    statement = read_table_text("Remarks,Fund,Balance\n" + "\n".join(rows) + "\n", "x")
    assert len(statement.accounts) == 1


def test_a_total_below_the_only_account_is_its_own() -> None:
    made = "Account,Fund,Balance\nPlan 771,Elm Fund,10.50\nPlan 771,Ash Fund,4.50\nTotal,,15.00\n"
    (account,) = read_table_text(made, "x").accounts
    assert account.stated_total == 15


def test_long_files_keep_the_account_of_their_groups() -> None:
    rows = [
        f"{'Roth IRA' if i == 900 else '401k (work)' if not i else ''},Fund No {i},{i}.25"
        for i in range(1500)
    ]
    statement = read_table_text(",Fund,Balance\n" + "\n".join(rows) + "\n", "x")
    totals = {account.name: account.total for account in statement.accounts}
    first = sum((Decimal(i) + Decimal("0.25") for i in range(900)), Decimal(0))
    second = sum((Decimal(i) + Decimal("0.25") for i in range(900, 1500)), Decimal(0))
    assert totals == {"401k (work)": first, "Roth IRA": second}
