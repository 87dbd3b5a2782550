"""Tables that give a value in parts or at several times under longer headings; made up for this test."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.hints import ColumnRole
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.importers import read_statement, read_table_text, sketch_tables
from desktop_app.importers.errors import NoHoldingsTableError

VESTED_ONLY = "vested balances only"


def rows_of(statement: Statement) -> list[StatementRow]:
    return [row for account in statement.accounts for row in account.rows]


def held(statement: Statement) -> list[tuple[str, Decimal]]:
    """Return name and value of each fund."""
    return [(row.fund.name, row.value) for row in rows_of(statement)]


@pytest.mark.parametrize(
    "other",
    [
        "Non-Vested Balance",
        "Nonvested",
        "Unvested Value",
        "Not vested",
        "Not Yet Vested Balance",
        "Forfeitable Balance",
        "Unvested Amount ($)",
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_is_vested_and_what_is_not_are_added(other: str, *, turned: bool) -> None:
    pairs = [("Vested Balance", other), ("8000.00", "2000.50"), ("3000.00", "--"), ("", "70.00")]
    names = ["Fund", "Growth Stock Fund", "Core Bond Fund", "Stable Value Fund"]
    lines = [
        f"{name},{','.join(pair[::-1] if turned else pair)}" for name, pair in zip(names, pairs, strict=True)
    ]
    statement = read_table_text("\n".join(lines), "x")
    assert held(statement) == [
        ("Growth Stock Fund", Decimal("10000.50")),
        ("Core Bond Fund", 3000),
        ("Stable Value Fund", 70),
    ]
    assert [row.vested for row in rows_of(statement)] == [8000, 3000, None]
    assert not any(VESTED_ONLY in issue.message for issue in statement.issues)
    assert any("added" in issue.message for issue in statement.issues)


def test_both_parts_are_added_in_figures_with_a_decimal_comma() -> None:
    text = "Fund;Vested Balance;Unvested Balance\nGrowth Stock Fund;8.000,25;2.000,50\n"
    text += "Core Bond Fund;30,00;1,10\n"
    assert held(read_table_text(text, "x")) == [
        ("Growth Stock Fund", Decimal("10000.75")),
        ("Core Bond Fund", Decimal("31.10")),
    ]


def test_a_total_beside_both_parts_stays_the_value() -> None:
    text = "Fund,Vested Balance,Unvested Balance,Balance\nGrowth Stock Fund,80.00,20.00,100.00\n"
    (row,) = rows_of(read_table_text(text, "x"))
    assert (row.value, row.vested) == (100, 80)


def test_only_vested_is_said_where_it_is_true() -> None:
    statement = read_table_text("Fund,Vested Balance\nGrowth Stock Fund,80.00\n", "x")
    assert any(VESTED_ONLY in issue.message for issue in statement.issues)


@pytest.mark.parametrize("words", [("Prior", "Current"), ("Previous", "Current"), ("Last", "Current")])
@pytest.mark.parametrize("turned", [False, True])
def test_the_newer_of_two_below_one_word_is_taken(tmp_path: Path, words: tuple, *, turned: bool) -> None:
    def two(older: str, newer: str) -> str:
        pair = (newer, older) if turned else (older, newer)
        return "".join(f"<td>{cell}</td>" for cell in pair)

    page = (
        "<table><tr><th colspan=2>Holdings</th><th colspan=2>Value</th></tr>"
        f"<tr><th>Name</th><th>Symbol</th>{two(*words)}</tr>"
        f"<tr><td>Growth Stock Index</td><td>VTI</td>{two('$1,000.00', '$1,100.00')}</tr>"
        f"<tr><td>Core Bond Index</td><td>BND</td>{two('$500.00', '$490.00')}</tr></table>"
    )
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    statement = read_statement(path)
    assert [(row.fund.symbol, row.value) for row in rows_of(statement)] == [("VTI", 1100), ("BND", 490)]


QUARTER = (
    "Investment Option,Closing value 3/31/2026,Activity,Gain/(Loss),Closing value 6/30/2026,Pct\n"
    'Growth Stock Fund,"$4,000.00",$100.00,($50.00),"$4,050.00",57.4%\n'
    'Core Bond Fund,"$3,000.00",-,$5.00,"$3,005.00",42.6%\n'
)


def test_activity_among_balances_makes_no_list_of_transactions() -> None:
    statement = read_table_text(QUARTER, "x")
    assert held(statement) == [("Growth Stock Fund", 4050), ("Core Bond Fund", 3005)]
    assert str(statement.as_of) == "2026-06-30"


def test_activity_between_an_opening_and_a_closing_balance() -> None:
    text = "Fund,Opening balance,Activity,Closing balance\nGrowth Stock Fund,40.00,5.00,45.00\n"
    assert held(read_table_text(text, "x")) == [("Growth Stock Fund", 45)]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Fund,Activity,Amount\n1/5/2026,Growth Stock Fund,Buy,50.00\n2/5/2026,Core Bond Fund,Buy,5.00\n",
        "Fund,Activity,Units,Price,Value\nGrowth Stock Fund,Buy,5,10.00,50.00\n",
        "Fund,Activity,Opening balance,Closing balance\nGrowth Stock Fund,Deposit,40.00,45.00\n",
    ],
)
def test_lists_of_transactions_are_still_refused(text: str) -> None:
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "x")


@pytest.mark.parametrize("unknown", [True, False])
def test_the_newest_column_is_proposed(*, unknown: bool) -> None:
    text = QUARTER.replace("Investment Option", "Xyz") if unknown else QUARTER
    (sketch,) = sketch_tables(StatementSource("x.csv", text=text))
    values = [place for place, role in sketch.roles if role is ColumnRole.VALUE]
    assert values == [4]
