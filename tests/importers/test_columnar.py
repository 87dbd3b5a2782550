"""Long tables read column by column say exactly what they say row by row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import columnar, long_grids, read_source, textgrid
from desktop_app.importers.errors import UnreadableFileError

FIXTURES = Path(__file__).parent / "fixtures"
NEVER = 10**9
HEADING = "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value"
ODD = [
    "",
    ",,,,,,",
    HEADING,
    "Fund,Shares,Price,Value",
    "Account,Name,Balance",
    "Total,,,,,,$5.00",
    "7001,Plan A,,Total Bond Market,,,$10.00",
    "7001,Plan A,,Total,,,$10.00",
    "7001,Plan A,PENDING,Pending activity,,,$10.00",
    "7001,Plan A,,Participant loan,1,$10.00,$10.00",
    "7001,Plan A,,BROKERAGELINK,10,$1.00,$10.00",
    "7001,Plan A,,Stable Value,,,$10.00",
    "7001,Plan A,,Stable Value,2,$5.00,($10.00)",
    "7001,Plan A,,Stable Value,2,$5.00,-$10.00",
    "7001,Plan A,,Stable Value,2,$5.00,$900.00",
    "7001,Plan A,,Stable Value,2,n/a,--",
    "7001,Plan A,,,2,$5.00,$10.00",
    ",,,01/02/2024,2,$5.00,$10.00",
    "--,,,Stable Value,2,$5.00,$10.00",
    "7001,Plan A,,Stable Value,2,$5.00,$1,045.00",
    '7001,Plan A,,Stable Value,2,"$1,000.005","$2,000.01"',
    "7001,Plan A,,Stable Value,2,$5.00,$10.00,",
    "7001,Plan A,,Stable Value,2",
    "7001,Plan A,,Stable Value,2,$5.00,10 or so",
    "7001,Plan A,,Stable Value,2,5,1.234,56",
    "7001,Plan A,VFIAX,,2,$5.00,$10.00",
    "7001,Plan A,912828U81,T-Note 2% 2026,1000,99.5,$995.00",
    "Plan B 401(k) 7005",
    "Stocks",
    "Loans",
    'A "quoted, note,,,,,',
    "The prices above are those of the day before, and may be late.",
    "Date downloaded 01/25/2026 10:44 AM ET",
    "7001, Plan A , VFIAX , Five  Hundred Index , 2 , $5.00 , $10.00 ",
]


def both(text: str, name: str = "long.csv", hints: ReadingHints | None = None) -> tuple[object, object]:
    """Read a text by columns and by rows; an error stands as its words."""

    def read(long: int) -> Statement | str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(long_grids, "LONG", long)
            patch.setattr(textgrid, "LONG", long)
            try:
                return read_source(StatementSource(name, text=text), hints or ReadingHints())
            except UnreadableFileError as error:
                return str(error)

    return read(0), read(NEVER)


def plain_row(number: int) -> str:
    """Return a row that needs no judging: whole units at whole prices."""
    units, price = number % 37 + 1, number % 11 + 1
    account = f"70{number // 50:02d},Plan {number // 50}"
    return f'{account},,Granite Growth Fund {number % 13},{units},${price}.00,"${units * price:,}.00"'


def is_shortened(text: str) -> bool:
    """Tell whether any rows of a text are put together."""
    grid = textgrid.text_grid(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_grids, "LONG", 0)
        short = long_grids.shorten(grid, "long.csv", (), frozenset(), lambda _share: None)
    return any(isinstance(line, columnar.Run) for line in short.lines)


def lengthened(path: Path) -> str | None:
    """Return a fixture with its holdings repeated until they fill several screens, None without any."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    lines = text.split("\n")
    statement = read_source(StatementSource(path.name, path))
    held = [row.line for account in statement.accounts for row in account.rows]
    if not held or min(held) == max(held):
        return None
    body = lines[min(held) - 1 : max(held)]
    return "\n".join([*lines[: min(held) - 1], *body * (700 // len(body)), *lines[max(held) :]])


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.[ct]sv")), ids=lambda path: path.name)
def test_a_long_fixture_reads_the_same(path: Path) -> None:
    text = lengthened(path)
    if text is not None:
        by_columns, by_rows = both(text, path.name)
        assert by_columns == by_rows


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_odd_rows_among_plain_ones_read_the_same(data: st.DataObject) -> None:
    rows = [plain_row(number) for number in range(280)]
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.one_of(st.integers(0, 20), st.integers(200, len(rows))))
        rows.insert(place, data.draw(st.sampled_from(ODD)))
    by_columns, by_rows = both("\n".join([HEADING, *rows]))
    assert by_columns == by_rows


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_row_reads_the_same(odd: str) -> None:
    rows = [plain_row(number) for number in range(300)]
    text = "\n".join([HEADING, *rows[:250], odd, *rows[250:], odd, rows[0]])
    assert is_shortened(text)
    by_columns, by_rows = both(text)
    assert by_columns == by_rows


def test_what_the_user_said_of_a_line_holds() -> None:
    text = "\n".join([HEADING, *(plain_row(number) for number in range(300))])
    hints = ReadingHints(
        leave_out=frozenset({("", 261)}), values=((("", 262), Decimal("5.00")),), count=frozenset({("", 263)})
    )
    by_columns, by_rows = both(text, hints=hints)
    assert by_columns == by_rows
    assert isinstance(by_columns, Statement)
    assert [(row.line, row.reason) for row in by_columns.skipped] == [(261, SkipReason.NOT_A_HOLDING)]


def test_the_sum_of_a_long_table_is_that_of_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_grids, "LONG", 0)
    text = "\n".join([HEADING, *(plain_row(number) for number in range(1000))])
    statement = read_source(StatementSource("long.csv", text=text))
    expected = sum((number % 37 + 1) * (number % 11 + 1) for number in range(1000))
    assert statement.total == expected
    assert sum(len(account.rows) for account in statement.accounts) == 1000


@pytest.mark.parametrize("make", [plain_row, lambda number: f"Pending {number},,,,,,"])
def test_a_long_reading_is_told_and_stopped(make: Callable[[int], str]) -> None:
    text = "\n".join([HEADING, *(plain_row(number) for number in range(50)), *map(make, range(30_000))])
    shares: list[float] = []
    read_source(StatementSource("long.csv", text=text), watch=shares.append)
    assert len(shares) > 6
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(share: float) -> None:
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_source(StatementSource("long.csv", text=text), watch=stop)
