"""Lots of which only the first names its fund: all of them count, the sums below them do not.

Funds and figures are made up. Where the first line is the whole position, lots below it are that money again.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

D = Decimal
HELD = {"Harrow Dividend ETF": D("6010.00"), "Harrow Mid-Cap ETF": D("1200.50"), "Bank Sweep": D("88.12")}
HEAD = "Security,Symbol,Acquired,Quantity,Price,Market Value\n"
FIRST = "Harrow Dividend ETF,HRWD,2023-02-14,100,20.00,2000.00\n"
LOTS = ",,2024-04-02,150.5,20.00,3010.00\n,,2025-12-30,50,20.00,1000.00\n"
OTHER = "Harrow Mid-Cap ETF,HRWM,2024-01-16,20.5,50.00,1025.00\n,,2025-03-19,3.51,50.00,175.50\n"
LAST = "Bank Sweep,,n/a,,,88.12\n"
TOTAL = "Total account,,,,,7298.62\n"


def held(statement: Statement) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for account in statement.accounts:
        for row in account.rows:
            sums[row.fund.name] = sums.get(row.fund.name, D(0)) + row.value
    return sums


def warned(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


def body(one: str, other: str) -> str:
    return FIRST + LOTS + one + OTHER + other + LAST


SUMS = {
    "subtotal and symbol": ("  Subtotal HRWD,,,300.5,,6010.00\n", "  Subtotal HRWM,,,24.01,,1200.50\n"),
    "subtotal": ("Subtotal,,,300.5,,6010.00\n", "Subtotal,,,24.01,,1200.50\n"),
    "sub-total, no units": ("Sub-total,,,,,6010.00\n", "Sub-total,,,,,1200.50\n"),
    "total and symbol": ("Total HRWD,,,300.5,,6010.00\n", "Total HRWM,,,24.01,,1200.50\n"),
    "name and total": (
        "Harrow Dividend ETF Total,,,300.5,,6010.00\n",
        "Harrow Mid-Cap ETF Total,,,24.01,,1200.50\n",
    ),
    "no words": (",,,300.5,,6010.00\n", ",,,24.01,,1200.50\n"),
    "no sums": ("", ""),
}


@pytest.mark.parametrize("total", [TOTAL, ""])
@pytest.mark.parametrize("kind", SUMS)
def test_every_lot_counts_and_no_sum_does(kind: str, total: str) -> None:
    statement = read_table_text(HEAD + body(*SUMS[kind]) + total, "lots.csv")
    assert held(statement) == HELD
    assert not warned(statement)
    assert [account.stated_total for account in statement.accounts] == [D("7298.62") if total else None]


@pytest.mark.parametrize("kind", ["subtotal and symbol", "no words", "no sums"])
def test_lots_without_a_column_of_days(kind: str) -> None:
    lines = (HEAD + body(*SUMS[kind]) + TOTAL).splitlines()
    text = "\n".join(",".join(line.split(",")[:2] + line.split(",")[3:]) for line in lines)
    statement = read_table_text(text, "lots.csv")
    assert held(statement) == HELD
    assert not warned(statement)


def test_subtotals_above_their_lots() -> None:
    one, other = "Subtotal HRWD,,,300.5,,6010.00\n", "Subtotal HRWM,,,24.01,,1200.50\n"
    text = HEAD + one + FIRST + LOTS + other + OTHER + LAST + TOTAL
    statement = read_table_text(text, "lots.csv")
    assert held(statement) == HELD
    assert not warned(statement)


@pytest.mark.parametrize("day", ["", "2023-02-14"])
def test_the_whole_position_above_its_lots_counts_once(day: str) -> None:
    whole = f"Harrow Dividend ETF,HRWD,{day},300.5,20.00,6010.00\n,,2023-02-14,100,20.00,2000.00\n"
    statement = read_table_text(HEAD + whole + LOTS + LAST, "lots.csv")
    assert held(statement) == {"Harrow Dividend ETF": D("6010.00"), "Bank Sweep": D("88.12")}
    assert not warned(statement)


def test_lots_of_a_whole_that_is_larger_are_asked_about() -> None:
    whole = "Harrow Dividend ETF,HRWD,,300.5,20.00,6010.00\n"
    statement = read_table_text(HEAD + whole + LOTS + LAST, "lots.csv")
    assert held(statement) == {"Harrow Dividend ETF": D("6010.00"), "Bank Sweep": D("88.12")}
    assert warned(statement) == [3, 4]


def test_the_stated_total_tells_lots_without_a_price() -> None:
    text = (
        "Fund,Acquired,Value\nHarrow Growth,2023-02-14,500.10\n,2024-02-14,250.20\nHarrow Bond Fund,,100.00\n"
        "Total,,850.30"
    )
    statement = read_table_text(text, "lots.csv")
    assert held(statement) == {"Harrow Growth": D("750.30"), "Harrow Bond Fund": D("100.00")}
    assert not warned(statement)


def test_a_subtotal_is_never_a_fund() -> None:
    text = HEAD + FIRST + "Subtotal equities,,,999,,2000.00\n" + LAST
    assert set(held(read_table_text(text, "lots.csv"))) == {"Harrow Dividend ETF", "Bank Sweep"}


def test_two_accounts_and_a_total_of_the_plan() -> None:
    rest = "Harrow Mid-Cap ETF,HRWM,2024-08-20,61.5,50.00,3075.00\n,,2025-10-10,20.25,50.00,1012.50\n"
    second = HEAD + rest + "Subtotal HRWM,,,81.75,,4087.50\nTotal account KQ-55120-RO,,,,,4087.50\n"
    text = (
        f"Account KQ-55120-TR - Traditional\n{HEAD}{body(*SUMS['subtotal and symbol'])}"
        "Total account KQ-55120-TR,,,,,7298.62\n\n"
        f"Account KQ-55120-RO - Roth deferral\n{second}\nTOTAL PLAN ASSETS,,,,,11386.12\n"
    )
    statement = read_table_text(text, "lots.csv")
    assert {account.id: (account.total, account.stated_total) for account in statement.accounts} == {
        "KQ-55120-TR": (D("7298.62"), D("7298.62")),
        "KQ-55120-RO": (D("4087.50"), D("4087.50")),
    }
    assert not warned(statement)


TWO = FIRST + ",,2024-04-02,100,20.00,2000.00\n"


@pytest.mark.parametrize("foot", ["Subtotal HRWD,,,200,,4000.00\n" + LAST, LAST + "Total,,,,,4088.12\n"])
def test_two_lots_of_one_size_count_where_a_total_has_both(foot: str) -> None:
    statement = read_table_text(HEAD + TWO + foot, "lots.csv")
    assert held(statement) == {"Harrow Dividend ETF": D("4000.00"), "Bank Sweep": D("88.12")}
    assert not warned(statement)


def test_two_lots_of_one_size_are_asked_about_where_nothing_tells() -> None:
    statement = read_table_text(HEAD + TWO + LAST, "lots.csv")
    assert warned(statement) == [3]
    counted = ReadingHints(count=frozenset({("", 3)}))
    again = read_source(StatementSource("lots.csv", text=HEAD + TWO + LAST), counted)
    assert held(again) == {"Harrow Dividend ETF": D("4000.00"), "Bank Sweep": D("88.12")}


NAMED = "Security,Symbol,Quantity,Price,Market Value\n{first}{lots}{foot}Bank Sweep,,,,88.12\n"
DATED = "2024-04-02,,150.5,20.00,3010.00\nLot 3 12/30/2025,,50,20.00,1000.00\n"


@pytest.mark.parametrize("foot", ["Subtotal,,300.5,,6010.00\n", ""])
def test_lots_called_by_their_days(foot: str) -> None:
    first = "Harrow Dividend ETF,HRWD,100,20.00,2000.00\n"
    statement = read_table_text(NAMED.format(first=first, lots=DATED, foot=foot), "lots.csv")
    assert held(statement) == {"Harrow Dividend ETF": D("6010.00"), "Bank Sweep": D("88.12")}
    assert not warned(statement)


@pytest.mark.parametrize("total", ["Total,,,,6098.12\n", ""])
def test_some_of_the_lots_of_a_whole_position(total: str) -> None:
    first = "Harrow Dividend ETF,HRWD,300.5,20.00,6010.00\n"
    statement = read_table_text(NAMED.format(first=first, lots=DATED, foot="") + total, "lots.csv")
    assert held(statement) == {"Harrow Dividend ETF": D("6010.00"), "Bank Sweep": D("88.12")}
    assert warned(statement) == ([] if total else [3, 4])
