"""Small files that stand for much, and files with more rows than any statement: told at once."""

import json
import time
from pathlib import Path

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.importers import engine, heading_checks
from desktop_app.importers.errors import TooLargeError
from desktop_app.importers.reading import read_source, read_statement


def test_spans_that_make_a_million_cells_of_a_few_bytes_are_refused() -> None:
    page = "<table><tr><th>Fund<th>Value</tr>" + "<tr><td rowspan=99999>VTSAX</tr>" * 500 + "</table>"
    with pytest.raises(TooLargeError, match="cells made by spans"):
        read_source(StatementSource("x.html", html=page))
    page = "<table><tr><th>Fund<th>Value</tr>" + "<tr><td colspan=999>VTSAX</tr>" * 500 + "</table>"
    with pytest.raises(TooLargeError, match="cells made by spans"):
        read_source(StatementSource("x.html", html=page))


def test_a_table_with_usual_spans_is_read() -> None:
    rows = "".join(f"<td>VTSAX<td>{i}<td>10.00<td>{i}0.00</tr><tr>" for i in range(1, 401))
    rows = f"<tr><td rowspan=400>401(k) Plan 12345{rows}</tr>"
    head = "<tr><td colspan=100>My funds</tr><tr><th>Account<th>Symbol<th>Shares<th>Price<th>Value</tr>"
    statement = read_source(StatementSource("x.html", html=f"<table>{head}{rows}</table>"))
    assert sum(len(account.rows) for account in statement.accounts) == 400


def test_more_lines_than_any_statement_has_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("Fund,Value\n" + "VTSAX,1\n" * 1_000_001)
    with pytest.raises(TooLargeError, match="1,000,000 lines"):
        read_statement(file)


def test_more_rows_than_can_be_judged_singly_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_MOST_SINGLE", 3_000)
    file = tmp_path / "rows.csv"
    file.write_text("x\n" * 3_001)
    with pytest.raises(TooLargeError, match="3,000 rows"):
        read_statement(file)
    file.write_text("Fund,Value\n" + "VTSAX,1\n" * 3_001)
    assert len(read_statement(file).accounts[0].rows) == 3_001


def test_columns_nobody_knows_are_not_tried_pair_by_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """27 KB of them took half a minute: 4,000 columns are 8 million pairs."""
    asked: list[str] = []
    real = heading_checks.parse_amount
    monkeypatch.setattr(heading_checks, "parse_amount", lambda text: asked.append(text) or real(text))
    file = tmp_path / "wide.csv"
    wide = ",".join(f"k{i}" for i in range(800))
    rows = "\n".join(f"Fund {row},{row}00.00" + f",{row}.00" * 800 for row in range(1, 4))
    file.write_text(f"Fund,Value,{wide}\n{rows}\n")
    assert [row.value for row in read_statement(file).accounts[0].rows] == [100, 200, 300]
    assert len(asked) < 20 * 800 * 3


def test_two_columns_that_multiply_to_the_value_are_still_found(tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    wide = ",".join(f"k{i}" for i in range(40))
    rows = "\n".join(f"Fund {row},{row * 25}.00" + f",{row}7.3" * 40 + f",{row},25.00" for row in range(2, 6))
    file.write_text(f"Fund,Value,{wide},Menge,Kurs\n{rows}\n")
    assert [(row.units, row.price) for row in read_statement(file).accounts[0].rows] == [
        (row, 25) for row in range(2, 6)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[" + '{"a":{}},' * 250_001 + "{}]", "500,000 records"),
        ("[" + "[]," * 500_001 + "[]]", "500,000 records"),
        ('{"a":[' + "1," * 3_000_001 + "1]}", "3,000,000 values"),
        (json.dumps({"positions": [{f"k{i}": 1 for i in range(20_001)}]}), "20,000 different labels"),
        (json.dumps({f"k{i}": {"fund": "F", "value": 1} for i in range(20_001)}), "20,000 different labels"),
    ],
)
def test_records_without_end_are_refused(tmp_path: Path, text: str, found: str) -> None:
    """22 MB of empty ones took minutes and 2 GB; 3 MB of labels, each another, a minute."""
    file = tmp_path / "plan.json"
    file.write_text(text)
    with pytest.raises(TooLargeError, match=f"more than {found}"):
        read_statement(file)


def test_a_price_for_every_day_of_thirty_years_is_not_too_many(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    prices = {f"{1996 + day // 365}-{day % 365:03}": "10.00" for day in range(30 * 365)}
    positions = [
        {"fundName": "Stock Index Fund", "symbol": "VTSAX", "value": "100.00"},
        {"fundName": "Bond Index Fund", "symbol": "VBTLX", "value": "50.00"},
    ]
    file.write_text(json.dumps({"positions": positions, "prices": prices}))
    assert [row.value for row in read_statement(file).accounts[0].rows] == [100, 50]


def test_thousands_of_records_under_names_of_their_own_are_read_in_time(tmp_path: Path) -> None:
    """Each asked whether all the others are alike: five thousand took half a minute."""
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({f"F{i}": {"units": "1", "value": f"{i}.00"} for i in range(1, 5_001)}))
    start = time.process_time()
    assert len(read_statement(file).accounts[0].rows) == 5_000
    assert time.process_time() - start < 6
