"""Figures of two times in groups of columns below one heading each; made up for this test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

from .books import book, read

OLD = (("Elm Fund", 10, 20, 200), ("Ash Pool", 4, 5, 20), ("Oak Trust", 3, 7, 21))
NEW = (("Elm Fund", 11, 30, 330), ("Ash Pool", 5, 6, 30), ("Oak Trust", 0, "", 0))
HELD = [
    ("Elm Fund", Decimal(11), Decimal(30), Decimal(330)),
    ("Ash Pool", Decimal(5), Decimal(6), Decimal(30)),
    ("Oak Trust", Decimal(0), None, Decimal(0)),
]


def held(statement: Statement) -> list[tuple[str, Decimal | None, Decimal | None, Decimal]]:
    """Return name, units, price and value of each fund."""
    rows = [row for account in statement.accounts for row in account.rows]
    return [(row.fund.name, row.units, row.price, row.value) for row in rows]


def table(first: str, second: str, one: tuple, two: tuple, *, name_on_top: bool) -> str:
    top = ["Fund" if name_on_top else "", first, "", "", second, "", ""]
    heading = ["" if name_on_top else "Fund", *["Units", "Unit value", "Balance"] * 2]
    rows = [[a[0], *a[1:], *b[1:]] for a, b in zip(one, two, strict=True)]
    total = ["Total", "", "", sum(a[3] for a in one), "", "", sum(b[3] for b in two)]
    return "\n".join(",".join(map(str, cells)) for cells in (top, heading, *rows, total))


@pytest.mark.parametrize("name_on_top", [False, True])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("As of 06/30/2026", "As of 09/30/2026"),
        ("06/30/2026", "09/30/2026"),
        ("2025", "2026"),
        ("Q2 2026", "Q3 2026"),
        ("Jun 30", "Sep 30"),
        ("Prior quarter", "Current quarter"),
        ("Beginning of period", "End of period"),
        ("Opening", "Closing"),
    ],
)
def test_the_newest_group_is_taken_wholly(older: str, newer: str, *, turned: bool, name_on_top: bool) -> None:
    if turned:
        text = table(newer, older, NEW, OLD, name_on_top=name_on_top)
    else:
        text = table(older, newer, OLD, NEW, name_on_top=name_on_top)
    statement = read_table_text(text, "x")
    if name_on_top and not newer[-1].isdigit():
        assert held(statement) == HELD or statement.issues  # words alone are asked about, never silent
        return
    assert held(statement) == HELD
    assert statement.accounts[0].stated_total == 360
    assert not statement.issues


def test_merged_cells_above_the_groups_name_the_day(tmp_path: Path) -> None:
    rows = [
        ["Investments by fund"],
        [],
        ["", "As of 06/30/2026", "", "", "As of 09/30/2026", "", "", ""],
        ["Investment option", *["Units", "Unit value ($)", "Balance ($)"] * 2, "% of balance"],
        *([a[0], *a[1:], *b[1:], b[3] / 360] for a, b in zip(OLD, NEW, strict=True)),
        ["Total", "", "", 241, "", "", 360, 1],
    ]
    made, sheet = book([[cell if cell != "" else None for cell in row] for row in rows])
    sheet.merge_cells("B3:D3")
    sheet.merge_cells("E3:H3")
    statement = read(tmp_path, made)
    assert held(statement) == HELD
    assert statement.as_of == date(2026, 9, 30)
    assert not statement.issues


def test_units_of_an_earlier_day_are_not_put_beside_a_later_value() -> None:
    text = (
        ",As of 3/31/2026,,,As of 6/30/2026\nFund,Units,Price,Balance,Balance\n"
        "Elm Fund,10,20,200,260\nAsh Pool,4,5,20,10\n"
    )
    statement = read_table_text(text, "x")
    assert held(statement) == [
        ("Elm Fund", None, None, Decimal(260)),
        ("Ash Pool", None, None, Decimal(10)),
    ]


def test_groups_that_nothing_tells_apart_are_asked_about() -> None:
    rows = "\n".join(",".join(map(str, [a[0], *a[1:], *b[1:]])) for a, b in zip(OLD, NEW, strict=True))
    statement = read_table_text(f"Fund,Units,Price,Balance,Units,Price,Balance\n{rows}\n", "x")
    assert [issue.severity for issue in statement.issues if issue.quick] == [Severity.WARNING]
