"""Tables in web pages and in workbooks saved as text."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.errors import UserError
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_source, read_statement
from desktop_app.importers.errors import (
    DamagedFileError,
    NotAStatementError,
    SheetsElsewhereError,
    TooLargeError,
    UnsafeXmlError,
)

HEAD = "<tr><th>Fund name</th><th>Ticker</th><th>Shares</th><th>Price</th><th>Value</th></tr>"
OAK = "<tr><td>Oak Street Index Fund</td><td>OAKIX</td><td>20</td><td>$15.50</td><td>$310.00</td></tr>"
ELM = "<tr><td>Elm Bond Fund</td><td>ELMBX</td><td>8</td><td>$11.25</td><td>$90.00</td></tr>"
BOTH = [("Oak Street Index Fund", "310.00"), ("Elm Bond Fund", "90.00")]


def read(folder: Path, content: str | bytes, name: str = "page.html") -> Statement:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_statement(path)


def funds(statement: Statement) -> list[tuple[str, str]]:
    return [(row.fund.name, str(row.value)) for account in statement.accounts for row in account.rows]


@pytest.mark.parametrize("name", ["page.html", "page.htm", "export.xls", "export.csv"])
def test_a_page_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    page = f"<!DOCTYPE html>\n<html><body>\n<table>\n{HEAD}\n{OAK}\n{ELM}\n</table></body></html>"
    statement = read(tmp_path, page, name)
    assert funds(statement) == BOTH
    assert [row.line for row in statement.accounts[0].rows] == [5, 6]
    assert statement.accounts[0].rows[0].fund.symbol == "OAKIX"


def test_unclosed_cells_and_rows_are_closed(tmp_path: Path) -> None:
    page = "<html><table><tr><th>Fund<th>Value<tr><td>Oak Street Index Fund<td>$310.00"
    assert funds(read(tmp_path, page + "<tr><td>Elm Bond Fund<td>$90.00")) == BOTH


def test_words_around_tables_give_date_and_total(tmp_path: Path) -> None:
    page = (
        f"<html><h1>Acorn 401(k) Plan</h1>\n<p>As of 03/14/2026</p>\n<p>Total balance $400.00</p>\n"
        f"<table>\n{HEAD}\n{OAK}\n{ELM}\n</table></html>"
    )
    statement = read(tmp_path, page)
    assert str(statement.as_of) == "2026-03-14"
    assert statement.accounts[0].stated_total == Decimal("400.00")


def test_layout_tables_are_looked_through(tmp_path: Path) -> None:
    page = (
        "<html><table><tr><td>Menu<br>Log out</td><td><table>\n"
        f"{HEAD}\n{OAK}\n{ELM}\n</table></td></tr></table></html>"
    )
    assert funds(read(tmp_path, page)) == BOTH


def test_a_table_that_only_arranges_a_cell_belongs_to_it(tmp_path: Path) -> None:
    cell = "<table><tr><td>Oak Street</td><td>Index Fund</td></tr></table>"
    page = f"<html><table>{HEAD}\n{OAK.replace('Oak Street Index Fund', cell)}\n{ELM}</table></html>"
    assert funds(read(tmp_path, page)) == BOTH


def test_hidden_parts_are_left_out(tmp_path: Path) -> None:
    hidden = (
        '<tr style="display: none"><td>Ghost Fund</td><td></td><td>1</td><td>$5.00</td><td>$5.00</td></tr>'
        "<tr hidden><td>Ghost Fund</td><td></td><td>1</td><td>$5.00</td><td>$5.00</td></tr>"
        "<script>document.write('<tr><td>Ghost Fund</td></tr>')</script>"
        "<template><tr><td>x</td></tr></template>"
    )
    row = OAK.replace("$310.00", '<span class="sr-only">Value</span>$310.00')
    assert funds(read(tmp_path, f"<html><table>{HEAD}\n{row}\n{hidden}\n{ELM}</table></html>")) == BOTH


def test_broken_lines_in_cells(tmp_path: Path) -> None:
    page = (
        "<html><table><tr><th>Fund<br>name</th><th>Market<br>value</th></tr>\n"
        "<tr><td>Oak Street Index Fund<br>OAKIX</td><td>$310.00<br>+1.2%</td></tr>\n"
        "<tr><td><div>Elm Bond Fund</div></td><td>$90.00</td></tr></table></html>"
    )
    statement = read(tmp_path, page)
    assert funds(statement) == BOTH
    assert statement.accounts[0].rows[0].fund.symbol == "OAKIX"


def test_spanned_words_repeat_and_spanned_amounts_do_not(tmp_path: Path) -> None:
    page = (
        "<html><table><tr><th>Account name</th><th colspan=2>Fund name</th><th>Value</th></tr>\n"
        "<tr><td rowspan=2>Acorn IRA</td><td colspan=2>Oak Street Index Fund</td><td>$310.00</td></tr>\n"
        "<tr><td>Elm Bond Fund</td><td></td><td>$90.00</td></tr></table></html>"
    )
    statement = read(tmp_path, page)
    assert [(account.name, str(account.total)) for account in statement.accounts] == [("Acorn IRA", "400.00")]


def test_tables_of_roles(tmp_path: Path) -> None:
    def row(*cells: str, role: str = "cell") -> str:
        return '<div role="row">' + "".join(f'<div role="{role}">{c}</div>' for c in cells) + "</div>\n"

    page = (
        '<html><div role="table">' + row("Fund name", "Value", role="columnheader")
        + row("Oak Street Index Fund", "$310.00") + row("Elm Bond Fund", "$90.00") + "</div></html>"
    )  # fmt: skip
    assert funds(read(tmp_path, page)) == BOTH


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("cp1252", '<meta charset="windows-1252">'),
        ("utf-8", '<meta charset="windows-1252">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
        ("mac_roman", "<meta charset=macintosh>"),
    ],
)
def test_encodings_of_pages(tmp_path: Path, encoding: str, meta: str) -> None:
    page = (
        f"<html><head>{meta}</head><table>{HEAD}\n{OAK.replace('Oak', 'Oak®&nbsp;&amp; É')}\n</table></html>"
    )
    assert funds(read(tmp_path, page.encode(encoding)))[0] == ("Oak® & É Street Index Fund", "310.00")


def test_pasted_fragments() -> None:
    table = f"<table><!--StartFragment--><col width=64>{HEAD}{OAK}{ELM}<!--EndFragment--></table>"
    clipboard = (
        f"Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000900\r\n<html><body>{table}</body></html>"
    )
    sheets = f"<google-sheets-html-origin><style>td {{color: red}}</style>{table}"
    for html in (table, clipboard, sheets):
        assert funds(read_source(StatementSource("Pasted", html=html))) == BOTH


def test_pasted_text_is_read_where_its_page_has_no_table() -> None:
    text = "Fund name\tValue\nOak Street Index Fund\t$310.00\nElm Bond Fund\t$90.00"
    html = "<div>Oak Street Index Fund</div>"
    assert funds(read_source(StatementSource("Pasted", html=html, text=text))) == BOTH


BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Holdings"><Table>
<Row><Cell><Data ss:Type="String">Fund name</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Value</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:MergeAcross="1"><Data ss:Type="String">Oak Street Index Fund</Data></Cell>
<Cell><Data ss:Type="Number">310</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Elm Bond Fund</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">90</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_a_workbook_in_xml(tmp_path: Path) -> None:
    statement = read(tmp_path, BOOK, "export.xls")
    assert funds(statement) == BOTH
    assert [row.line for row in statement.accounts[0].rows] == [4, 5]


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = BOOK.replace("<Workbook", '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<Workbook', 1)
    with pytest.raises(UnsafeXmlError, match="declares entities"):
        read(tmp_path, bomb, "export.xls")


def test_a_cut_workbook_in_xml_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        read(tmp_path, BOOK[:-40], "export.xls")


def test_a_web_archive(tmp_path: Path) -> None:
    page = f"<html><table>{HEAD}\n{OAK}\n{ELM}</table></html>".replace("=", "=3D")
    archive = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b1"\r\n\r\n--b1\r\n'
        "Content-Location: file:///C:/x/sheet001.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f'Content-Type: text/html; charset="utf-8"\r\n\r\n{page}\r\n--b1--\r\n'
    )
    assert funds(read(tmp_path, archive, "export.xls")) == BOTH


def test_a_page_without_a_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotAStatementError, match="web page without a table"):
        read(tmp_path, "<html><body><p>Please sign in.</p></body></html>")


def test_a_page_that_only_names_its_sheets(tmp_path: Path) -> None:
    with pytest.raises(SheetsElsewhereError, match="folder saved beside it"):
        read(tmp_path, '<html><frameset rows="*,39"><frame src="a_files/sheet001.htm"></frameset></html>')


def test_sources_below_are_the_same_money(tmp_path: Path) -> None:
    sources = (
        "<table><tr><th>Source</th><th>Balance</th></tr><tr><td>Pre-tax</td><td>$400.00</td></tr></table>"
    )
    statement = read(tmp_path, f"<html><table>{HEAD}\n{OAK}\n{ELM}</table>\n{sources}</html>")
    assert statement.total == Decimal("400.00")
    assert SkipReason.SOURCE_SPLIT in {row.reason for row in statement.skipped}


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 5_000,
        "<html><table>" + "<tr>" + "<td colspan=1000 rowspan=60000>x" * 400 + "<tr>" * 90_000,
    ],
)
def test_pages_that_would_grow_without_end_are_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(TooLargeError):
        read(tmp_path, page)


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "</", "<![CDATA[", "<a href='", "&#", "<table><tr><td>", "<script>"]
)
def test_hostile_repetition_takes_no_time(tmp_path: Path, piece: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(UserError):
        read(tmp_path, "<html>" + piece * 60_000 + "9" * 6_000 + ";")
    assert time.perf_counter() - begun < 2
