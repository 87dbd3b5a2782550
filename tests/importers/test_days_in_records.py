"""Days beside, below and above their labels, in cells and in records of files made up here."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.statement import AsOfKind
from desktop_app.importers import find_sources, read_source, read_table_text

NOVEMBER = date(2026, 11, 13)
TABLE = "Fund,Units,Price,Value\nVernal 500 Index Fund,10,20.00,200.00\nVernal Bond Fund,4,5.00,20.00\n"
RECORDS = """REC,F1,F2,F3,F4,F5
HDR,Oakwell Savings,Extract,Run 2026-12-03,,
ACCT,Account No,Name,{label},Total Account Value,
ACCT,OW-338120-7,R FINCH,{day},3220.00,
POS,Ticker,Fund Name,Shares,NAV,Market Value
POS,VFIAX,Vanguard 500 Index Admiral,5,600.00,3000.00
POS,VBTLX,Vanguard Total Bond Market Index Admiral,20,11.00,220.00
TRL,Records,5,,,
"""


@pytest.mark.parametrize(
    "line",
    [
        "Holdings on,11/13/2026",
        "Positions on 11/13/2026",
        "Account holdings for 11/13/2026",
        "Statement,11/13/2026",
        "Portfolio date,11/13/2026",
        "Values shown for 11/13/2026",
        "Positions by fund on 11/13/2026",
        "Assets held on November 13 2026",
        "Close of market 11/13/2026",
        "As-of-date,11/13/2026",
        "AsOf,2026-11-13",
        "HDR,OAKWELL,ASOFDATE,20261113",
        "HDR,OAKWELL,AsOf=20261113",
    ],
)
def test_words_for_what_is_held_say_what_a_day_is_of(line: str) -> None:
    statement = read_table_text(f"{line}\n\n{TABLE}", "x")
    assert (statement.as_of, statement.as_of_kind) == (NOVEMBER, AsOfKind.VALUATION)


@pytest.mark.parametrize(
    "line",
    [
        "Account opened,11/13/2026",
        "Joined plan,2026-11-13",
        "Contributed on 11/13/2026",
        "Birth date,Hire date\n11/13/1976,11/13/2006",
        "Date,Note\n11/06/2026,Called\n11/13/2026,Wrote",
    ],
)
def test_other_days_are_not_those_of_the_figures(line: str) -> None:
    assert read_table_text(f"{line}\n\n{TABLE}", "x").as_of is None


@pytest.mark.parametrize("line", ["Run 2026-11-13", "HDR,OAKWELL,20261113", "HDR,OAKWELL,2026-11-13,v2"])
def test_the_day_of_a_run_is_that_of_the_download(line: str) -> None:
    statement = read_table_text(f"{line}\n\n{TABLE}", "x")
    assert (statement.as_of, statement.as_of_kind) == (NOVEMBER, AsOfKind.DOWNLOAD)


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    "line",
    [
        "As of,11/13/2026",
        "Holdings on,11/13/2026,,",
        "Valuation date,,11/13/2026,",
        "TRL,records,2,as of,2026-11-13",
        "Date downloaded,12/02/2026\nPrices as of,11/13/2026",
    ],
)
def test_a_label_and_a_day_below_the_table(line: str, gap: str) -> None:
    statement = read_table_text(f"{TABLE}{gap}{line}\n", "x")
    assert (statement.as_of, statement.as_of_kind) == (NOVEMBER, AsOfKind.VALUATION)
    assert statement.total == 220


@pytest.mark.parametrize("label", ["Value Date", "As Of", "Valuation Dt", "Date", "AsOfDate", "Price Date"])
@pytest.mark.parametrize("day", ["2026-11-13", "11/13/2026", "20261113"])
def test_a_record_of_the_account_gives_the_day(label: str, day: str) -> None:
    statement = read_table_text(RECORDS.format(label=label, day=day), "x")
    assert (statement.as_of, statement.as_of_kind) == (NOVEMBER, AsOfKind.VALUATION)
    assert [account.id for account in statement.accounts] == ["OW-338120-7"]
    assert statement.total == 3220


def test_the_day_an_account_was_opened_is_not_taken() -> None:
    statement = read_table_text(RECORDS.format(label="Date Opened", day="2016-11-13"), "x")
    assert (statement.as_of, statement.as_of_kind) == (date(2026, 12, 3), AsOfKind.DOWNLOAD)


def test_labels_stand_above_their_days() -> None:
    text = f"Account,Statement date,Prepared\n441200937,11/13/2026,12/02/2026\n\n{TABLE}"
    assert read_table_text(text, "x").as_of == NOVEMBER


def test_each_file_of_an_archive_says_its_own_day(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "Vernal/held_81-1.csv", f"Account,Roth IRA 81-300117\nHoldings on,11/13/2026\n\n{TABLE}"
        )
        archive.writestr(
            "Vernal/held_81-2.csv", f"Account,Roth IRA 81-300118\nHoldings on,11/12/2026\n\n{TABLE}"
        )
    sources, errors = find_sources([path])
    read = [read_source(source) for source in sources]
    assert not errors
    assert [(s.accounts[0].id, s.as_of) for s in read] == [
        ("81-300117", NOVEMBER),
        ("81-300118", date(2026, 11, 12)),
    ]
