"""Small files that stand for much, and files with more rows than any statement: told at once."""

from pathlib import Path

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.importers import engine
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
