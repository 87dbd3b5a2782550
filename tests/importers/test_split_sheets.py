"""Workbooks with one sheet for each contribution source or kind of asset of one account; made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement

from .books import made, read

Rows = Sequence[Sequence[Any]]
HEAD = ["Investment", "Units", "Unit value", "Balance"]
FIRST = [HEAD, ["Large Cap Index Fund", 10, 50, 500], ["Core Bond Fund", 20, 10, 200]]
SECOND = [HEAD, ["Large Cap Index Fund", 4, 50, 200], ["Stable Value Fund", 30, 10, 300]]
THIRD = [HEAD, ["Target Retirement 2050 Fund", 10, 30, 300]]
WORTH = (700, 500, 300)
COVER = [["Tern Mills 401(k)"], ["Plan ID", "TM40772"], ["As of", dt.date(2026, 6, 30)], []]


def by_sheet(names: Sequence[str], above: str = "") -> dict[str, Rows]:
    """Return a sheet for each name, with its total and the line above its table."""
    top = [[above], []] if above else []
    tables = zip(names, (FIRST, SECOND, THIRD), WORTH, strict=False)
    return {
        name: [
            *[[line.format(name) for line in row] for row in top],
            *rows,
            [f"{name} total", None, None, worth],
        ]
        for name, rows, worth in tables
    }


def listed(names: Sequence[str], heading: str = "Source") -> Rows:
    rows = [[name, worth] for name, worth in zip(names, WORTH, strict=False)]
    return [*COVER, [heading, "Balance"], *rows, ["Total", sum(WORTH[: len(names)])]]


def totals(statement: Statement) -> dict[str, Any]:
    return {account.id: account.total for account in statement.accounts}


def sources(statement: Statement) -> list[str | None]:
    return list(dict.fromkeys(row.source for account in statement.accounts for row in account.rows))


NAMES = [
    ("EE Pre-Tax", "ER Match", "EE Roth"),
    ("My Contributions", "Company Contributions", "Rollover"),
    ("Employee", "Employer", "After-Tax"),
    ("PRETAX", "MATCH", "ROTH"),
    ("01 Deferral", "02 Match", "03 Roth"),
    ("Salary Deferral", "Safe Harbor", "Prior Employer"),
    ("Pre-Tax", "Roth", "Company"),
]


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("above", ["", "Source: {}"])
def test_sheets_by_source_are_one_account(names: Sequence[str], above: str, tmp_path: Path) -> None:
    statement = read(tmp_path, made(by_sheet(names, above)), "Tern Mills.xlsx")
    assert totals(statement) == {"Tern Mills": 1500}
    assert statement.accounts[0].stated_total == 1500
    assert sources(statement) == list(names)


@pytest.mark.parametrize(
    "names", [*NAMES, ("Roth", "Traditional", "Rollover"), ("A - Basic", "B - Special", "C - Prior")]
)
def test_a_cover_that_lists_the_sources_numbers_the_account(names: Sequence[str], tmp_path: Path) -> None:
    statement = read(tmp_path, made({"Summary": listed(names), **by_sheet(names)}))
    assert totals(statement) == {"TM40772": 1500}
    assert statement.accounts[0].name == "Tern Mills 401(k)"
    assert statement.as_of == dt.date(2026, 6, 30)
    assert sources(statement) == list(names)
    assert not [issue for issue in statement.issues if issue.severity is Severity.WARNING]


def test_a_title_that_was_cut_is_known_in_the_list(tmp_path: Path) -> None:
    names = ("Discretionary Nonelective Amounts of Years Before", "Amounts Moved In From Another Employer")
    statement = read(
        tmp_path, made({"Summary": listed(names, "Money type"), **by_sheet([name[:31] for name in names])})
    )
    assert totals(statement) == {"TM40772": 1200}


def test_loans_beside_sources_stay_out(tmp_path: Path) -> None:
    loans = [["Loan #", "Issued", "Outstanding"], ["L1", dt.date(2024, 1, 1), 120.5]]
    statement = read(tmp_path, made({**by_sheet(["Pre-Tax", "Match"]), "Loans": loans}), "Tern.xlsx")
    assert totals(statement) == {"Tern": 1200}


def test_equal_halves_of_a_match_are_both_counted(tmp_path: Path) -> None:
    statement = read(tmp_path, made({"Pre-Tax": THIRD, "Match": THIRD}), "Tern.xlsx")
    assert totals(statement) == {"Tern": 600}
    assert sources(statement) == ["Pre-Tax", "Match"]


@pytest.mark.parametrize("title", ["All Sources", "By Fund", "Total"])
def test_a_sheet_of_all_sources_is_counted_once(title: str, tmp_path: Path) -> None:
    every = [
        ["Investment", "Balance"],
        ["Large Cap Index Fund", 700],
        ["Core Bond Fund", 200],
        ["Stable Value Fund", 300],
        ["Total", 1200],
    ]
    statement = read(tmp_path, made({title: every, **by_sheet(["Pre-Tax", "Match"])}), "Tern.xlsx")
    assert totals(statement) == {"Tern": 1200}
    assert len(statement.accounts[0].rows) == 3


@pytest.mark.parametrize(
    ("above", "account"),
    [
        (["Account number: TM-44120", "Account number: TM-44120"], "TM-44120"),
        (["Tern Mills 401(k)", "Tern Mills 401(k)"], "Tern Mills 401(k)"),
        (["Tern Mills 401(k) - Employee Pre-Tax", "Tern Mills 401(k) - Employer Match"], "Tern Mills 401(k)"),
        (["Employee Pre-Tax Balance", "Employer Match Balance"], "Tern"),
    ],
)
def test_words_above_the_tables_name_the_one_account(
    above: Sequence[str], account: str, tmp_path: Path
) -> None:
    sheets = by_sheet(["Pre-Tax", "Match"])
    titled = {name: [[line], [], *rows] for line, (name, rows) in zip(above, sheets.items(), strict=True)}
    statement = read(tmp_path, made(titled), "Tern.xlsx")
    assert totals(statement) == {account: 1200}
    assert statement.accounts[0].stated_total == 1200


def test_a_bare_amount_below_a_source_is_held(tmp_path: Path) -> None:
    sheets = {
        name: [["Fund", "Amount"], *[[row[0], row[3]] for row in rows[1:]]]
        for name, rows in zip(("Pre-Tax", "Match", "Roth"), (FIRST, SECOND, THIRD), strict=True)
    }
    assert totals(read(tmp_path, made(sheets), "Tern.xlsx")) == {"Tern": 1500}


@pytest.mark.parametrize("titles", [("Stocks", "Bonds"), ("Cash", "Investments"), ("Mutual Funds", "ETFs")])
def test_sheets_by_kind_of_asset_are_one_account(titles: Sequence[str], tmp_path: Path) -> None:
    statement = read(tmp_path, made(by_sheet(titles)), "Tern.xlsx")
    assert totals(statement) == {"Tern": 1200}
    assert sources(statement) == [None]


@pytest.mark.parametrize(
    "titles",
    [
        ("Roth IRA", "Rollover IRA"),
        ("Roth", "Rollover"),
        ("My 401k", "Roth"),
        ("Employee - Kim", "Employee - Pat"),
        ("Pre-Tax 401k", "Roth 401k"),
    ],
)
def test_sheets_that_may_be_accounts_stay_accounts(titles: Sequence[str], tmp_path: Path) -> None:
    assert totals(read(tmp_path, made(by_sheet(titles)))) == dict(zip(titles, WORTH, strict=False))


def test_an_account_beside_the_sources_stays_one(tmp_path: Path) -> None:
    statement = read(tmp_path, made(by_sheet(["Pre-Tax", "Match", "Roth IRA"])), "Tern.xlsx")
    assert totals(statement) == {"Tern": 1200, "Roth IRA": 300}


def test_where_a_table_comes_from_is_no_source_of_money(tmp_path: Path) -> None:
    sheets = by_sheet(["Kim", "Pat"], "Source: terncustody.example")
    assert totals(read(tmp_path, made(sheets))) == {"Kim": 700, "Pat": 500}
