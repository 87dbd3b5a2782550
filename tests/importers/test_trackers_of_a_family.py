"""Lists of all accounts as families keep them: tickers beside names, the account on a block's first row.

Every account, fund and figure is made up.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

DAYS = ["3/31/2026", "6/30/2026"]
BLOCKS = {
    "Mill 401k": [
        ("2045 Target Date", "", "41000.11", "42010.22"),
        ("S&P 500 index", "", "21000.00", "22000.18"),
        ("Stable value", "", "9000.00", "9100.90"),
    ],
    "Roth IRA": [
        ("Larch Total Stock", "VTSAX", "18000.00", "19000.09"),
        ("Larch Intl", "VTIAX", "6000.00", "6100.30"),
        ("Total Bond", "VBTLX", "4000.00", "4044.12"),
    ],
    "Ann's rollover IRA": [
        ("Freedom Index 2045", "FIOFX", "33000.00", "34000.66"),
        ("cash", "SPAXX", "210.00", "219.88"),
    ],
}
TOTALS = {"Mill 401k": "73111.30", "Roth IRA": "29144.51", "Ann's rollover IRA": "34220.54"}
WANTED = [(account, [(row[0], row[3]) for row in rows]) for account, rows in BLOCKS.items()]


def held(statement: Statement) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (account.id, [(row.fund.name, f"{row.value}") for row in account.rows])
        for account in statement.accounts
    ]


def written(lines: Iterator[list[str]]) -> Statement:
    statement = read_table_text("\n".join("\t".join(cells) for cells in lines), "tracker")
    assert not [issue.message for issue in statement.issues if issue.severity is not Severity.INFO]
    assert f"{statement.as_of}" == "2026-06-30"
    return statement


def put(order: str, account: str, name: str, ticker: str) -> list[str]:
    return [{"a": account, "n": name, "t": ticker}[column] for column in order]


@pytest.mark.parametrize("with_totals", [True, False])
@pytest.mark.parametrize("with_gaps", [True, False])
@pytest.mark.parametrize(
    ("order", "heading"),
    [
        ("nt", ["Account / fund", "Ticker"]),
        ("nt", ["Account and fund", "Symbol"]),
        ("nt", ["Account - Holding", "Ticker"]),
        ("nt", ["What", "Ticker"]),
        ("nt", ["", "Ticker"]),
        ("tn", ["Ticker", ""]),
        ("tn", ["Ticker", "Account / fund"]),
    ],
)
def test_accounts_stand_on_lines_above_their_funds(
    order: str, heading: list[str], with_totals: bool, with_gaps: bool
) -> None:
    def lines() -> Iterator[list[str]]:
        yield from (["Our accounts"], [], [*heading, *DAYS])
        for account, rows in BLOCKS.items():
            yield [account]
            for name, ticker, *figures in rows:
                yield [*put(order, "", f"  {name}", ticker), *figures]
            if with_totals:
                yield [*put(order, "", f"Total {account}", ""), "", TOTALS[account]]
            yield from [[]] if with_gaps else []

    assert held(written(lines())) == WANTED


@pytest.mark.parametrize("with_totals", [True, False])
@pytest.mark.parametrize("with_gaps", [True, False])
@pytest.mark.parametrize(
    ("order", "heading"),
    [
        ("ant", ["Account", "Fund", "Ticker"]),
        ("atn", ["Account", "Ticker", "Fund"]),
        ("ant", ["Account", "", "Ticker"]),
        ("atn", ["Account", "Ticker", ""]),
        ("ant", ["", "Fund", "Ticker"]),
        ("ant", ["", "", "Ticker"]),
        ("atn", ["", "Ticker", ""]),
        ("ant", ["Account / fund", "", "Ticker"]),
        ("ant", ["Whose", "What", "Ticker"]),
    ],
)
def test_accounts_stand_on_the_first_row_of_their_block(
    order: str, heading: list[str], with_totals: bool, with_gaps: bool
) -> None:
    def lines() -> Iterator[list[str]]:
        yield from (["Our accounts"], [], [*heading, *DAYS])
        for account, rows in BLOCKS.items():
            for k, (name, ticker, *figures) in enumerate(rows):
                yield [*put(order, "" if k else account, name, ticker), *figures]
            if with_totals:
                yield [*put(order, f"Total {account}", "", ""), "", TOTALS[account]]
            yield from [[]] if with_gaps else []

    assert held(written(lines())) == WANTED


def test_notes_beside_tickers_are_no_names() -> None:
    text = "Symbol\tRemark\tValue\nVTSAX\tbought in May\t100.00\nVTIAX\tsell some day\t200.00\n"
    (account,) = read_table_text(text, "x").accounts
    assert [row.fund.name for row in account.rows] == ["VTSAX", "VTIAX"]
