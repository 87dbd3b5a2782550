"""Printed pages whose headings span two lines: cells over both of them beside words above several columns.

Every plan, person, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

from .readings import by_account, warnings

D = Decimal
FLOW = (
    '<tr><th rowspan="2">{name}</th><th rowspan="2">{first}</th><th colspan="3">{over}</th>'
    '<th rowspan="2">{last}</th></tr><tr><th>Paid in</th><th>Market</th><th>Costs</th></tr>'
)
GLANCE = (
    "<h3>At a glance</h3><table><tr><th>Plan</th><th>{first}</th><th>{last}</th></tr>"
    "<tr><td>457(b) Savings</td><td>$900.00</td><td>$1,000.00</td></tr>"
    "<tr><td>401(a) Match</td><td>$400.00</td><td>$420.00</td></tr>"
    "<tr><td>Together</td><td>$1,300.00</td><td>$1,420.00</td></tr></table>"
)
PLANS = (
    (
        "457(b) Savings",
        "71-20044-457",
        (
            ("Larkfield Growth Portfolio", ("500.00", "50.00", "51.00", "&minus;1.00", "600.00")),
            ("Plainsman Stable Value Option", ("400.00", "0.00", "0.50", "&minus;0.50", "400.00")),
            ("Plan total", ("$900.00", "$50.00", "$51.50", "&minus;$1.50", "$1,000.00")),
        ),
    ),
    (
        "401(a) Match",
        "71-20044-401",
        (
            ("Larkfield Growth Portfolio", ("400.00", "10.00", "12.00", "&minus;2.00", "420.00")),
            ("Plan total", ("$400.00", "$10.00", "$12.00", "&minus;$2.00", "$420.00")),
        ),
    ),
)
WORDS = (
    {"name": "Option", "first": "On Apr&nbsp;1", "over": "This quarter", "last": "On Jun&nbsp;30"},
    {"name": "Fund", "first": "Opening balance", "over": "What happened", "last": "Closing balance"},
    {"name": "Investment option", "first": "4/1/2025", "over": "Activity", "last": "6/30/2025"},
    {"name": "Investment", "first": "Beginning value", "over": "Changes", "last": "Ending value"},
)


def page(words: dict[str, str], *, glance: bool, label: str = "{title} <small>Plan {number}</small>") -> str:
    tables = []
    for title, number, rows in PLANS:
        said = label.format(title=title, number=number)
        body = "".join(
            f"<tr><td>{name}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for name, cells in rows
        )
        tables.append(f"<h3>{said}</h3><table border=1>{FLOW.format(**words)}{body}</table>")
    top = "<p>Quarterly statement, April 1 &ndash; June 30, 2025</p>"
    return f"<html><body>{top}{GLANCE.format(**words) if glance else ''}{''.join(tables)}</body></html>"


def read(tmp_path: Path, text: str) -> Statement:
    path = tmp_path / "view.htm"
    path.write_text(text)
    return read_statement(path)


@pytest.mark.parametrize("words", WORDS, ids=[words["last"] for words in WORDS])
@pytest.mark.parametrize("glance", [True, False], ids=["glance", "plain"])
def test_each_plan_has_its_closing_balances(tmp_path: Path, words: dict[str, str], glance: bool) -> None:
    found = read(tmp_path, page(words, glance=glance))
    held = {number: funds for number, (_, funds) in by_account(found).items()}
    assert held == {
        "71-20044-457": {"Larkfield Growth Portfolio": "600.00", "Plainsman Stable Value Option": "400.00"},
        "71-20044-401": {"Larkfield Growth Portfolio": "420.00"},
    }
    assert [account.stated_total for account in found.accounts] == [D("1000.00"), D("420.00")]
    assert warnings(found) == []


@pytest.mark.parametrize(
    "label",
    [
        "{title}, plan number {number}",
        "{title} (Plan {number}) &ndash; Before-tax and Roth",
        "Plan {number}: {title}",
    ],
)
def test_labels_of_plans(tmp_path: Path, label: str) -> None:
    found = read(tmp_path, page(WORDS[0], glance=True, label=label))
    assert [(account.id, account.total) for account in found.accounts] == [
        ("71-20044-457", D("1000.00")),
        ("71-20044-401", D("420.00")),
    ]


def test_values_of_before_are_none_of_now(tmp_path: Path) -> None:
    """The same word heads a column below “Last quarter” and one that spans both lines."""
    text = (
        "<table><tr><th rowspan=2>Fund</th><th colspan=2>Last quarter</th><th rowspan=2>Units</th>"
        "<th rowspan=2>Market value</th></tr><tr><th>Units</th><th>Market value</th></tr>"
        "<tr><td>Larkfield Growth Fund</td><td>10.000</td><td>90.00</td><td>11.000</td><td>121.00</td></tr>"
        "<tr><td>Plainsman Bond Index Fund</td><td>5.000</td><td>50.00</td><td>6.000</td><td>66.00</td></tr>"
        "</table>"
    )
    (account,) = read(tmp_path, text).accounts
    assert [(row.fund.name, row.units, row.value) for row in account.rows] == [
        ("Larkfield Growth Fund", D("11.000"), D("121.00")),
        ("Plainsman Bond Index Fund", D("6.000"), D("66.00")),
    ]
