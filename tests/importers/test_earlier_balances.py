"""What an account was worth earlier is no holding, wherever it stands and whatever day it names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.importers import read_source, read_table_text
from desktop_app.importers.wording import is_fact

from .readings import added_up

D = Decimal
HELD = {"Acorn Growth Fund": D("1100.10"), "Acorn Bond Fund": D("400.20")}
EARLIER = (
    "Last month (Sept. 30)",
    "Prior month",
    "Previous quarter (6/30)",
    "Last month's balance",
    "Account value last month",
    "A year ago",
    "Three months ago",
    "Month before",
    "Start of the year",
    "Balance at end of prior quarter",
    "Value on Sept. 30",
    "As of September 30, 2026",
    "Sept. 30",
)


@pytest.mark.parametrize("words", EARLIER)
@pytest.mark.parametrize("total", ["Account value......   $1,500.30\n", ""])
def test_a_mail_with_leaders(words: str, total: str) -> None:
    text = (
        "Roth IRA ending in 5521\n----------\nAcorn Growth Fund.......   $1,100.10\n    52.5 sh @ $20.95\n"
        f"Acorn Bond Fund.........     $400.20\n{total}{words}......   $1,490.25\nChange......    -$10.05\n"
    )
    statement = read_table_text(text, "mail.txt")
    assert added_up(statement) == HELD
    assert [(account.id, account.stated_total) for account in statement.accounts] == [
        ("5521", D("1500.30") if total else None)
    ]


@pytest.mark.parametrize("words", EARLIER)
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_table(words: str, place: str) -> None:
    rows = "".join(f"{name},{value}\n" for name, value in HELD.items())
    line = f'"{words}",1490.25\n'
    text = "Fund,Value\n" + (f"{line}{rows}" if place == "above" else f"{rows}{line}")
    assert added_up(read_table_text(text, "plan.csv")) == HELD


def test_each_account_of_a_mail_with_a_total_of_both() -> None:
    def part(number: str, growth: str, bond: str, total: str, last: str) -> str:
        rows = [("Acorn Growth Fund", growth), ("Acorn Bond Fund", bond), ("<b>Account value</b>", total)]
        rows += [("Worth when we last wrote", last), ("Change", "-$1.00")]
        cells = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows)
        return f"<h3>IRA ending in {number}</h3><table>{cells}</table>"

    body = (
        part("5521", "$1,100.10", "$400.20", "$1,500.30", "$1,501.30")
        + part("5539", "$210.00", "$90.50", "$300.50", "$301.50")
        + "<p>Total of your accounts: <b>$1,800.80</b></p>"
    )
    statement = read_source(StatementSource("mail.html", html=f"<html><body>{body}</body></html>"))
    assert {account.id: (account.total, account.stated_total) for account in statement.accounts} == {
        "5521": (D("1500.30"), D("1500.30")),
        "5539": (D("300.50"), D("300.50")),
    }


def test_a_later_line_of_another_day_is_not_the_total() -> None:
    rows = "Fund,Value\nAcorn Growth Fund,1100.10\nAcorn Bond Fund,400.20\n"
    text = f"{rows}Total,1500.30\nValue on 12/31/2025,1490.25"
    (account,) = read_table_text(text, "plan.csv").accounts
    assert (account.total, account.stated_total) == (D("1500.30"), D("1500.30"))


@pytest.mark.parametrize(
    "heads",
    [
        "Fund,This month,Last month,Two months ago",
        "Fund,Oct. 30,Sept. 30,Aug. 31",
        "Fund,October,September,August",
        "Fund,10/30/2026,9/30/2026,8/31/2026",
    ],
)
@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 1, 3)])
def test_of_three_months_side_by_side_the_last_counts(heads: str, order: tuple[int, ...]) -> None:
    lines = [heads, "Acorn Growth Fund,1100.10,1050.00,1000.00", "Acorn Bond Fund,400.20,410.00,420.00"]
    cells = [line.split(",") for line in lines]
    text = "\n".join(",".join([row[0], *(row[place] for place in order)]) for row in cells)
    assert added_up(read_table_text(text, "plan.csv")) == HELD


@pytest.mark.parametrize(
    "name",
    ["Prior Lake Growth Fund", "October Fund", "Target Date Sept 30 Fund", "Year 2030 Fund", "May 500 Index",
     "Previous Metals ETF", "One Choice 2030", "Start Small Company Fund"],
)  # fmt: skip
def test_funds_are_not_taken_for_an_earlier_day(name: str) -> None:
    assert not is_fact(name)
