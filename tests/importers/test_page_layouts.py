"""Saved pages of plan sites: tables that arrange the page, words no one sees, marks of footnotes.

The pages are made up for this test; what must come out is what a reader of the page sees in its table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

FUNDS = {
    "Harbor Path 2045 Trust": Decimal("41250.00"),
    "Elm Equity Index": Decimal("20410.50"),
    "Ash Bond Pool": Decimal("9102.25"),
    "Linden Guaranteed Account": Decimal("5000.00"),
}
TOTAL = Decimal("75762.75")
CLASSES = (
    ("Blended", "41,250.00"),
    ("Stocks", "20,410.50"),
    ("Bonds", "9,102.25"),
    ("Stable value", "5,000.00"),
)
ABOVE = (
    "<h1>Tern Mills 401(k) Plan</h1>"
    "<p>Plan ID: TM5120&nbsp;|&nbsp;Values as of&nbsp;Feb&nbsp;27,&nbsp;2026</p>"
    "<div><span>Total balance</span> <b>$75,762.75</b> <span>&#9650; $101.10 today</span></div>"
)
BELOW = "<p><sup>1</sup> Prices are those of the last close.</p><footer>Page printed 03/02/2026.</footer>"


def page(html: str, style: str = "") -> Statement:
    text = f"<!DOCTYPE html><html><head><style>{style}</style></head><body>{html}</body></html>"
    return read_source(StatementSource("page", html=text))


def funds(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth; none may stand twice."""
    rows = [row for account in statement.accounts for row in account.rows]
    assert len({row.fund.name for row in rows}) == len(rows)
    return {row.fund.name: row.value for row in rows}


def mix_table() -> str:
    rows = "".join(f"<tr><td>{name}</td><td>${value}</td></tr>" for name, value in CLASSES)
    return f"<table><tr><th>Asset type</th><th>Balance</th></tr>{rows}</table>"


def fund_table(heading: str, *, sections: bool) -> str:
    rows = [
        ("Blended", "Harbor Path 2045 Trust<sup>2</sup>", "1,250", "$33.00", "$41,250.00"),
        ("Stocks", "Elm Equity Index<sup>&dagger;</sup>", "300", "$68.035", "$20,410.50"),
        ("Bonds", "Ash Bond Pool", "910.225", "$10.00", "$9,102.25"),
        ("Stable value", "Linden Guaranteed Account", "&mdash;", "&mdash;", "$5,000.00<sup>1</sup>"),
    ]
    label = "<tr><td colspan='4'>{}</td></tr>" if sections else ""
    body = "".join(
        label.format(section) + "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        for section, *cells in rows
    )
    total = "<tfoot><tr><th colspan='3'>Total</th><td>$75,762.75</td></tr></tfoot>"
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody>{total}</table>"


HEADING = (
    '<th>Investment <span class="{unseen}">sort ascending</span></th>'
    "<th>Units<sup>1</sup></th><th>Price<sup>1,2</sup></th><th>Balance</th>"
)


@pytest.mark.parametrize(("laid_out", "mix_first", "sections"), list(product((True, False), repeat=3)))
def test_the_table_of_funds_is_what_is_held(*, laid_out: bool, mix_first: bool, sections: bool) -> None:
    held = fund_table(HEADING.format(unseen="off"), sections=sections)
    tables = mix_table() + held if mix_first else held + mix_table()
    if laid_out:
        body = f"<table><tr><td>{ABOVE}</td><td>{mix_table() if mix_first else ''}</td></tr></table>{held}"
        body += "" if mix_first else f"<table><tr><td>Your mix</td><td>{mix_table()}</td></tr></table>"
    else:
        body = ABOVE + tables
    statement = page(body + BELOW, ".num{text-align:right}.off{position:absolute;left:-9999px}")
    assert funds(statement) == FUNDS
    (account,) = statement.accounts
    assert account.id == "TM5120"
    assert account.stated_total == TOTAL
    assert account.rows[0].units == Decimal(1250)
    assert statement.as_of == date(2026, 2, 27)
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize(
    ("unseen", "style"),
    [
        ("sr-only", ""),
        ("screen-reader-text", ""),
        ("tm-visually-hidden", ""),
        ("visuallyHidden_3kf9a", ""),
        ("aid", ".aid, .hint { clip: rect(0 0 0 0); height: 1px }"),
        ("aid", "@media print { .num { left: -9999px } } span.aid{text-indent:-9999em}"),
    ],
)
def test_words_for_screen_readers_are_no_part_of_a_heading(unseen: str, style: str) -> None:
    assert funds(page(fund_table(HEADING.format(unseen=unseen), sections=False), style)) == FUNDS


def test_what_only_a_printout_moves_away_is_seen() -> None:
    row = '<tr><td class="name">Elm Equity Index</td><td>$20.50</td></tr>'
    statement = page(
        f"<table><tr><th>Fund</th><th>Balance</th></tr>{row}</table>",
        "@media print { .name { left: -9999px } }",
    )
    assert funds(statement) == {"Elm Equity Index": Decimal("20.50")}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("$1,204<sup>56</sup>", "1204.56"),
        ("$1,204 <sup>56</sup>", "1204.56"),
        ("<sup>$</sup>1,204<sup>.56</sup>", "1204.56"),
        ("$1,204.56<sup>3</sup>", "1204.56"),
        ("$1,204.56<sup><a href='#n'>12</a></sup>", "1204.56"),
        ("$1,204<sup>3</sup>", "1204.00"),
    ],
)
def test_raised_figures_are_cents_or_footnotes(cell: str, value: str) -> None:
    statement = page(
        f"<table><tr><th>Fund</th><th>Balance</th></tr><tr><td>Elm Fund</td><td>{cell}</td></tr></table>"
    )
    assert funds(statement) == {"Elm Fund": Decimal(value)}


@pytest.mark.parametrize(
    "heading",
    [
        "Fund,Units1,Price1,Balance1",
        "Fund ▲,Units ⇅,Price ⇅,Balance ⇅",
        "Fund (click to sort),Units sort ascending,Price sorted descending,Balance sort",
    ],
)
def test_headings_copied_with_their_marks(heading: str) -> None:
    statement = read_table_text(f"{heading}\nElm Fund,10,20.50,205.00\nAsh Pool,5,3.00,15.00\n", "x")
    assert funds(statement) == {"Elm Fund": 205, "Ash Pool": 15}
    assert statement.accounts[0].rows[0].units == 10
    assert not statement.issues
