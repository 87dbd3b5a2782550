"""Statements that a person or a program has handled on the way still read to the same money.

Every text fixture is saved again in the ways spreadsheets, mail programs and providers' settings do:
other columns, separators, encodings, quotes, padding, line ends, totals in odd places.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement
from desktop_app.importers.columns import Columns, TableKind
from desktop_app.importers.grid import filled
from desktop_app.importers.headings import find_headers
from desktop_app.importers.rows import is_total
from desktop_app.importers.textgrid import text_grid
from tests.effort import some

Rows = list[list[str]]
_NUMBER = re.compile(r"-?[1-9][0-9]{0,8}(?:\.[0-9]{1,4})?|-?0\.[0-9]{1,4}")
FIXTURES = sorted(
    path for path in (Path(__file__).parent / "fixtures").iterdir() if path.suffix in {".csv", ".tsv"}
)
SECTIONED = {path.name for path in FIXTURES if path.name.startswith("ibkr")}
"""Their rows are told by their first cells: nobody can choose columns there."""
SHIFTED = {"fidelity-Statement12312019.csv", "fidelity-statement-2026.csv", "merrill-export-2025.csv",
           "ExportData20260120.csv"}  # fmt: skip
"""Some of their rows stand in other columns than their heading says: other columns would hide that."""


def said(statement: Statement) -> object:
    """Return the layout, the day and the accounts with their holdings in a form that compares."""
    return (
        statement.layout,
        statement.as_of,
        {
            account.id: sorted(
                (
                    row.fund.symbol or "",
                    row.fund.cusip or "",
                    row.fund.name,
                    row.value,
                    row.units or Decimal(0),
                )
                for row in account.rows
            )
            for account in statement.accounts
        },
    )


@cache
def said_by_fixture(path: Path) -> object:
    """Return what a fixture says as it is: every way of saving it is compared with the same reading."""
    return said(read_statement(path))


def rows_of(path: Path) -> Rows:
    return [line.cells for line in text_grid(path.read_bytes().decode("utf-8-sig")).lines]


def written(
    rows: Rows, separator: str = ",", *, quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n"
) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=end).writerows(rows)
    return stream.getvalue().encode()


def headings(rows: Rows) -> dict[int, Columns]:
    return find_headers(text_grid(written(rows).decode()))


def tables(rows: Rows) -> Iterator[tuple[int, int, int]]:
    """Yield first line, end and width of every table of holdings."""
    found = headings(rows)
    starts = sorted(found)
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        if found[start].kind is TableKind.HOLDINGS:
            yield start, end, len(rows[start])


def with_columns(rows: Rows, change: Callable[[list[str], bool], list[str]]) -> Rows:
    """Change the cells of every heading and row of the tables of holdings; other lines stay."""
    changed = [list(cells) for cells in rows]
    found = headings(rows)
    for start, end, width in tables(rows):
        for i in range(start, end):
            cells = rows[i]
            label = i + 1 in found and i not in found
            if sum(bool(cell.strip()) for cell in cells) > 1 and not label:
                padded = [*cells, *[""] * (width - len(cells))]
                changed[i] = [*change(padded[:width], i == start), *padded[width:]]
    return changed


def reversed_columns(rows: Rows) -> bytes:
    return written(with_columns(rows, lambda cells, _: cells[::-1]))


def rotated_columns(rows: Rows) -> bytes:
    return written(with_columns(rows, lambda cells, _: [*cells[3:], *cells[:3]]))


def more_columns(rows: Rows) -> bytes:
    def change(cells: list[str], heading: bool) -> list[str]:
        extra = ["Remark", "Morningstar rating"] if heading else ["", "--"]
        return [cells[0], extra[0], *cells[1:], extra[1]]

    return written(with_columns(rows, change))


def padded(rows: Rows) -> bytes:
    width = max(map(len, rows)) + 2
    return written([[*cells, *[""] * (width - len(cells))] for cells in rows])


def shouted(rows: Rows) -> bytes:
    found = headings(rows)
    return written([[c.upper() for c in cells] if i in found else cells for i, cells in enumerate(rows)])


def with_spaces(rows: Rows) -> bytes:
    return written([[f" {cell} " if cell else cell for cell in cells] for cells in rows])


def with_blank_lines(rows: Rows) -> bytes:
    return written([[], ["", "", ""], *rows, [], ["", ""]])


SAVED: dict[str, Callable[[Rows], bytes]] = {
    "semicolons": lambda rows: written(rows, ";"),
    "tabs": lambda rows: written(rows, "\t"),
    "bars": lambda rows: written(rows, "|"),
    "all quoted": lambda rows: written(rows, quoting=csv.QUOTE_ALL),
    "old Mac line ends": lambda rows: written(rows, end="\r"),
    "Unix line ends": lambda rows: written(rows, end="\n"),
    "mark in front": lambda rows: b"\xef\xbb\xbf" + written(rows),
    "UTF-16": lambda rows: written(rows, "\t").decode().encode("utf-16"),
    "UTF-16 without mark": lambda rows: written(rows).decode().encode("utf-16-le"),
    "padded": padded,
    "spaces": with_spaces,
    "shouted headings": shouted,
    "blank lines around": with_blank_lines,
}
CHOSEN: dict[str, Callable[[Rows], bytes]] = {
    "reversed columns": reversed_columns,
    "rotated columns": rotated_columns,
    "more columns": more_columns,
}


def named(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value)


def check(tmp_path: Path, path: Path, save: Callable[[Rows], bytes]) -> None:
    other = tmp_path / path.name
    other.write_bytes(save(rows_of(path)))
    assert said(read_statement(other)) == said_by_fixture(path)


@pytest.mark.parametrize(("path", "way"), some(product(FIXTURES, SAVED)), ids=named)
def test_a_statement_saved_another_way_says_the_same(tmp_path: Path, path: Path, way: str) -> None:
    check(tmp_path, path, SAVED[way])


def typed(cell: str) -> str | float:
    """Return a cell as a spreadsheet keeps it on opening a text file: plain numbers become numbers."""
    return float(cell) if _NUMBER.fullmatch(cell) else cell


@pytest.mark.parametrize(("path", "numbers"), some(product(FIXTURES, (False, True))), ids=named)
def test_a_statement_saved_as_a_workbook_says_the_same(tmp_path: Path, path: Path, *, numbers: bool) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for cells in rows_of(path):
        sheet.append([typed(cell) if numbers else cell for cell in cells])
    other = tmp_path / f"{path.stem}.xlsx"
    book.save(other)
    assert said(read_statement(other)) == said_by_fixture(path)


@pytest.mark.parametrize(
    ("path", "way"),
    list(product([p for p in FIXTURES if p.name not in SECTIONED | SHIFTED], CHOSEN)),
    ids=named,
)
def test_a_statement_with_other_columns_says_the_same(tmp_path: Path, path: Path, way: str) -> None:
    check(tmp_path, path, CHOSEN[way])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_total_right_below_its_heading_is_still_one(tmp_path: Path, path: Path) -> None:
    """The last total of each table stands first; account and whole totals keep the money the same."""
    rows = rows_of(path)
    moved = [list(cells) for cells in rows]
    for start, end, _ in tables(rows):
        last = [i for i in range(start + 1, end) if filled(rows[i])[1:] and is_total(filled(rows[i])[0])]
        if last:
            moved.insert(start + 1, moved.pop(last[-1]))
    other = tmp_path / path.name
    other.write_bytes(written(moved))
    assert said(read_statement(other)) == said_by_fixture(path)
