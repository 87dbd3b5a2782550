"""Long tables read column by column say exactly what they say row by row."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.domain.statement import LateRows, SkipReason, Statement
from desktop_app.importers import columnar, long_grids, read_source, textgrid
from desktop_app.importers.errors import UnreadableFileError
from desktop_app.importers.fastgrid_figures import read_figures
from desktop_app.importers.fastgrid_lane import FastLane
from desktop_app.importers.lane import Lane
from tests.effort import some, tries

FIXTURES = Path(__file__).parent / "fixtures"
NEVER = 10**9
ENOUGH = 270
"""Rows of a lengthened fixture: the first 205 below a heading stay single, the others are put together."""
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


def lanes(text: str) -> set[type]:
    """Return how the rows of a text are put together: none, from its lines, or straight from its bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_grids, "LONG", 0)
        patch.setattr(textgrid, "LONG", 0)
        grid = textgrid.byte_grid(text.encode(), "long.csv") or textgrid.text_grid(text)
        short = long_grids.shorten(grid, "long.csv", (), frozenset(), lambda _share: None)
    return {type(line.plain.lane) for line in short.lines if isinstance(line, columnar.Run)}


def lengthened(path: Path) -> str | None:
    """Return a fixture with its holdings repeated until they fill several screens, None without any."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    lines = text.split("\n")
    statement = read_source(StatementSource(path.name, path))
    held = [row.line for account in statement.accounts for row in account.rows]
    if not held or min(held) == max(held):
        return None
    body = lines[min(held) - 1 : max(held)]
    return "\n".join([*lines[: min(held) - 1], *body * (ENOUGH // len(body)), *lines[max(held) :]])


@pytest.mark.parametrize("path", some(sorted(FIXTURES.glob("*.[ct]sv"))), ids=lambda path: path.name)
def test_a_long_fixture_reads_the_same(path: Path) -> None:
    text = lengthened(path)
    if text is not None:
        by_columns, by_rows = both(text, path.name)
        assert by_columns == by_rows


@settings(max_examples=tries(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_odd_rows_among_plain_ones_read_the_same(data: st.DataObject) -> None:
    rows = [plain_row(number) for number in range(240)]
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.one_of(st.integers(0, 20), st.integers(200, len(rows))))
        rows.insert(place, data.draw(st.sampled_from(ODD)))
    by_columns, by_rows = both("\n".join([HEADING, *rows]))
    assert by_columns == by_rows


FIGURES = [
    "0.5",
    "$1,000.00",
    "  $7.25",
    "+3",
    "1234567890.125",
    "12,345,678.9",
    "$0.00",
    "000.40",
    "1e3",
    "5%",
]
NAMES = [
    "Granite, Growth",
    'Granite ""A"" Growth',
    "Wachstum für Ältere",
    "Total Bond Market",
    "Summit (SUMIX)",
]


@st.composite
def one_row(draw: st.DrawFn) -> str:
    """Return a row of any account, fund and figures, most of them plain, some quoted or spaced out."""
    units, price = draw(st.integers(0, 99_999)), draw(st.integers(1, 999_999))
    value = Decimal(units * price) / 100
    cells = [
        str(draw(st.integers(7001, 7003))),
        draw(st.sampled_from(["Plan A", "Plan A", "Müller, Plan B"])),
        draw(st.sampled_from(["", "", "VFIAX", "QQQQX"])),
        draw(st.one_of(st.just("Granite Growth Fund"), st.sampled_from(NAMES))),
        draw(st.one_of(st.just(f"{units:,}"), st.just(f"{units}.000"), st.sampled_from(FIGURES))),
        draw(st.one_of(st.just(f"${price / 100:,.2f}"), st.sampled_from(FIGURES))),
        draw(st.one_of(st.just(f"${value:,.2f}"), st.just(f"{value:.4f}"), st.sampled_from(FIGURES))),
    ]
    everywhere = draw(st.booleans())
    return ",".join(f'"{cell}"' if everywhere or "," in cell or '"' in cell else cell for cell in cells)


@settings(max_examples=tries(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_rows_of_any_kind_read_the_same(data: st.DataObject) -> None:
    mixed = st.one_of(one_row(), one_row(), one_row(), st.sampled_from(ODD))
    rows = data.draw(st.lists(mixed, min_size=10, max_size=40))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    lines = [HEADING, *(plain_row(number) for number in range(210)), *rows, plain_row(1), plain_row(2), *rows]
    said = data.draw(st.frozensets(st.integers(205, 260), max_size=3))
    hints = ReadingHints(leave_out=frozenset(("", line) for line in said))
    by_columns, by_rows = both(mark + end.join(lines) + data.draw(st.sampled_from(["", end])), hints=hints)
    assert by_columns == by_rows


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_read_the_same(separator: str) -> None:
    rows = [plain_row(number).replace('"', "").replace(",", separator) for number in range(260)]
    text = "\r\n".join([HEADING.replace(",", separator), *rows, "", *rows])
    assert lanes(text) == {FastLane}
    by_columns, by_rows = both(text)
    assert by_columns == by_rows


def test_a_long_table_may_end_in_an_empty_cell() -> None:
    rows = [plain_row(number) for number in range(260)]
    by_columns, by_rows = both("\n".join([HEADING, *rows, ",,,,,,"]))
    assert by_columns == by_rows


def test_words_after_a_gap_end_a_long_table() -> None:
    rows = [plain_row(number) for number in range(300)]
    for words in ('A "quoted, note,,,,,', "Other,words,,,,,"):
        by_columns, by_rows = both("\n".join([HEADING, *rows[:250], "", words, *rows[250:]]))
        assert by_columns == by_rows


def test_a_long_history_keeps_its_newest_day() -> None:
    """Three days of 230 funds, one price each: only the last day counts."""
    days = ("01/31/2026", "02/28/2026", "03/31/2026")
    rows = [
        f"7001,Granite Fund {number},{number + 2},${place + 5}.00,${(number + 2) * (place + 5)}.00,{day}"
        for place, day in enumerate(days)
        for number in range(230)
    ]
    text = "\n".join(["Account Number,Fund Name,Quantity,Price,Value,Date", *rows])
    by_columns, by_rows = both(text)
    assert by_columns == by_rows
    assert isinstance(by_columns, Statement)
    assert by_columns.total == sum((number + 2) * 7 for number in range(230))


def test_figures_of_bytes_are_exact() -> None:
    texts = [
        "1",
        "12.5",
        "$1,234.567",
        "$999,999,999.99",
        "123456789012345",
        "0.000000000001",
        " +$5.00 ",
        '"1,000"',
    ]
    odd = [
        "",
        "-5",
        "(5)",
        "1,23",
        "12,3456",
        "1.",
        ".5",
        "1.2.3",
        "5%",
        "$",
        "1,234,567,890,123.45",
        "1.5,000",
        "a",
    ]
    data = b"\n" * 16
    places = []
    for text in [*texts, *odd]:
        places.append((len(data), len(data) + len(text)))
        data += text.encode() + b"\n"
    starts, ends = (np.array([pair[k] for pair in places]) for k in (0, 1))
    found = read_figures(data, starts, ends)
    assert found.plain.tolist() == [True] * len(texts) + [False] * len(odd)
    pairs = zip(found.numbers.tolist(), found.decimals.tolist(), strict=True)
    exact = [Decimal(number).scaleb(-decimals) for number, decimals in pairs]
    assert list(map(str, exact[: len(texts)])) == [
        "1", "12.5", "1234.567", "999999999.99", "123456789012345", "1E-12", "5.00", "1000"
    ]  # fmt: skip


def test_rows_not_looked_at_yet_are_a_tuple_to_everybody() -> None:
    text = "\n".join([HEADING, *(plain_row(number) for number in range(2600))])
    late, early = both(text)
    assert isinstance(late, Statement)
    assert isinstance(early, Statement)
    for mine, other in zip(late.accounts, early.accounts, strict=True):
        assert (len(mine.rows), mine.total) == (len(other.rows), other.total)
    last, same = late.accounts[-1].rows, early.accounts[-1].rows
    assert isinstance(last, LateRows)
    assert isinstance(same, tuple)
    assert last == same
    assert same == last
    assert late == early
    assert early == late
    assert hash(last) == hash(same)
    assert (last[0], last[-1], last[1:3]) == (same[0], same[-1], same[1:3])
    assert (*last,) == same
    assert last + same == same + last == same + same
    assert last != same[1:]
    assert copy.deepcopy(last) == pickle.loads(pickle.dumps(last)) == same
    assert repr(last) == repr(same)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_row_reads_the_same(odd: str) -> None:
    rows = [plain_row(number) for number in range(230)]
    text = "\n".join([HEADING, *rows[:215], odd, *rows[215:], odd, rows[0]])
    assert lanes(text) == ({Lane} if odd.count('"') % 2 else {FastLane})
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
    text = "\n".join([HEADING, *(plain_row(number) for number in range(50)), *map(make, range(2_100))])
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
