"""What readers remark and refuse is said in the language put in, whole, and English is as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.errors import UserError
from desktop_app.domain.hints import ColumnRole, ReadingHints, TableMapping
from desktop_app.domain.issues import Issue, IssueKind
from desktop_app.domain.language import use_translation
from desktop_app.domain.resources import resource_path
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import (
    find_sources,
    read_source,
    read_statement,
    read_table_text,
    sketch_tables,
)
from desktop_app.importers.errors import said_by_system

from . import golden
from .test_bad_files import OLE, zipped

CATALOGUE: dict[str, dict[str, str]] = json.loads(
    resource_path("translations/es.json").read_text(encoding="utf-8")
)
OPEN, CLOSE = "⟦", "⟧"
NO_POSITIONS = (
    "OFXHEADER:100\n\n<OFX>{0}<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD{1}"
    "</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>"
)

# One table for each way in which readers are unsure of a line, a column or a sum.
DOUBTFUL = {
    "sums": "As of 10/31/2026\nFund,Value\nElm A,200.00\nElm B,300.00\nTotal,900.00\n",
    "product": "Fund,Units,Price,Value\nElm A,10,20.00,209.00\nElm B,1,3.00,3.00\nElm C,2,4.00,8.00\n",
    "no price": "Fund,Units,Price,Value\nElm A,10,,\nElm B,10,30.00,300.00\nElm C,2,4.00,8.00\n",
    "no value": "Fund,Value\nElm A,see below\nElm B,300.00\n",
    "words": "Fund,Value\nElm A,about 12.50 now\nElm B,300.00\n",
    "below zero": "Fund,Value\nElm A,-12.50\nElm B,300.00\n",
    "option": "Description,Quantity,Price,Value\nCALL SPY 500,-1,5.00,-500.00\nElm A,1,2.00,2.00\n",
    "no fund": "Fund,Value\nElm A,12.50\n,300.00\n",
    "two values": "Fund,Value,Balance\nElm A,1.00,2.00\nElm B,3.00,5.00\n",
    "two names": "Fund,Description,Value\nGroup,Elm A,1.00\nGroup,Elm B,3.00\nGroup,Elm C,4.00\n",
    "odd product": "Fund,Shares,Price,Value\nElm A,10,20.00,7.00\nElm B,10,30.00,2.00\nElm C,3,4.00,99.00\n",
    "no heading": "Elm A,10,2.00,20.00\nElm B,10,3.00,30.00\nElm C,2,8.00,16.00\n",
    "foreign": "Fund,Value,Currency\nElm A,1.00,USD\nElm B,3.00,EUR\nElm C,5.00,USD\n",
    "all foreign": "Fund,Value,Currency\nElm A,1.00,EUR\nElm B,3.00,EUR\n",
    "future": "As of 12/31/2199\nFund,Value\nElm A,1.00\n",
    "thousands": "Values in thousands\nFund,Value\nElm A,1.5\nElm B,2.5\n",
    "pending": "Fund,Value\nElm A,1.00\nPending activity,$5.00\n",
    "vested": "Fund,Vested balance\nElm A,1.00\nElm B,3.00\n",
    "shares": "Fund,Value,% of account\nElm A,100.00,75%\nElm B,100.00,25%\n",
    "by source": "Fund,Employee,Employer\nElm A,100.00,75.00\nElm B,100.00,25.00\n",
    "sum below": "Fund,Value\nElm A,100.13\nElm B,200.21\nOwn money,300.34\nElm C,5.00\n",
    "loans": "Fund,Value\nElm A,100.00\nLoan,50.00\nTotal,150.00\n",
    "cut number": "Account Number,Fund,Value\n1.23457E+11,Elm A,100.00\n",
    "zero bytes": "Fund,Value\nElm A,10\0.00\nElm B,3.00\n",
    "spent": "Symbol,Description,Value\nVTI,Elm A,100.00\n,Cash,50.00\n,Buying power,50.00\n",
}

REFUSED: dict[str, bytes] = {
    "empty": b"\n\n",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "packed": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "program": b"\x7fELF" + bytes(100),
    "data": bytes(range(256)) * 40,
    "word": OLE + bytes(600) + "WordDocument".encode("utf-16-le"),
    "locked": OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000),
    "damaged": b"PK\x03\x04" + bytes(50),
    "archive": zipped({"holiday.txt": b"sun"}),
    "page": b"<!DOCTYPE html><html><body>Log in</body></html>",
    "xml": b"<?xml version='1.0'?><letter>Hello</letter>",
    "no table": b"Dear all,\nsee you on Monday.\n",
    "closest": b"Name,Colour\nElm,green\nOak,brown\n",
    "transactions": b"Date,Action,Symbol,Amount\n10/01/2026,Buy,VTI,5.00\n10/02/2026,Sell,VTI,6.00\n",
    "lines": b"a,b\n" * 1_300_000,
    "ofx without content": b"OFXHEADER:100\nDATA:OFXSGML\n",
    "ofx without positions": NO_POSITIONS.format("", "").encode(),
    "ofx of transactions": NO_POSITIONS.format("", "<INVTRANLIST><DTSTART>20260101</INVTRANLIST>").encode(),
    "ofx of a bank": b"OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTRS><CURDEF>USD</STMTRS></BANKMSGSRSV1></OFX>",
    "ofx that failed": NO_POSITIONS.format(
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR</STATUS></SONRS></SIGNONMSGSRSV1>", ""
    ).encode(),
    "ofx with entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><?OFX OFXHEADER="200"?><OFX/>',
}


@pytest.fixture
def speak() -> Iterator[Callable[[Callable[[str, str], str] | None], None]]:
    yield use_translation
    use_translation(None)


def spanish(context: str, text: str) -> str:
    return CATALOGUE[context][text]


def marked(_context: str, text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def in_spanish(work: Callable[[], Statement]) -> tuple[Statement, Statement, Statement]:
    """Return a reading in English, in Spanish, and with every translated text between marks."""
    readings = []
    for language in (None, spanish, marked):
        use_translation(language)
        try:
            readings.append(work())
        finally:
            use_translation(None)
    return readings[0], readings[1], readings[2]


def faults_of(readings: tuple[Statement, ...]) -> list[str]:
    """Return the texts of a reading that a Spanish preview would show in English, whole or in part."""
    english, other, whole = (
        [text for issue in reading.issues for text in (issue.message, issue.fix)] for reading in readings
    )
    assert len(english) == len(other) == len(whole)
    same = [text for text, translated in zip(english, other, strict=True) if text and text == translated]
    return same + [text for text in whole if text and not is_whole(text)]


def is_whole(text: str) -> bool:
    """Tell whether a text, with what is filled in, came from the catalogue and nothing was put around it."""
    depth = [text[:i].count(OPEN) - text[:i].count(CLOSE) for i in range(1, len(text) + 1)]
    return depth[-1] == 0 and all(depth[:-1])


def kinds(issues: tuple[Issue, ...]) -> list[IssueKind]:
    return [issue.kind for issue in issues]


@pytest.mark.parametrize("path", golden.inputs(), ids=lambda path: path.name)
def test_no_remark_on_a_fixture_stays_english(path: Path) -> None:
    readings = in_spanish(lambda: read_statement(path))
    assert faults_of(readings) == []
    assert kinds(readings[0].issues) == kinds(readings[1].issues)
    assert golden.picture(readings[0])["accounts"] == golden.picture(readings[1])["accounts"]


@pytest.mark.parametrize("name", DOUBTFUL)
def test_no_doubt_stays_english(name: str) -> None:
    readings = in_spanish(lambda: read_table_text(DOUBTFUL[name], "plan.csv"))
    assert readings[0].issues, name
    assert faults_of(readings) == []
    assert kinds(readings[0].issues) == kinds(readings[1].issues)


def test_remarks_on_a_workbook_are_spanish(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    held, notes, old, more = (book.active, *map(book.create_sheet, ("Notes", "Old copy", "Other")))
    assert held is not None
    for sheet in (held, old):
        for row in (["Fund", "Value"], ["Elm A", 100], ["Elm B", 30.5], ["Elm C", 7.25]):
            sheet.append(row)
    held.row_dimensions[3].hidden = True
    held.append(["Elm D", "=1+1"])
    notes.append(["Remember the milk"])
    more.append(["Elm A", 12.5, "x"])
    more.sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    readings = in_spanish(lambda: read_statement(path))
    said = " ".join(issue.message for issue in readings[1].issues)
    assert faults_of(readings) == []
    assert "La hoja “Notes” no contiene ninguna tabla de posiciones; se omitió." in said
    assert "Algunas filas están ocultas en el libro; se leyeron: 3." in said


@pytest.mark.parametrize("name", REFUSED)
def test_no_refusal_stays_english(name: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(REFUSED[name])
    assert_translated(lambda: read_statement(path))


def assert_translated(work: Callable[[], object]) -> None:
    """Assert that something is refused, in each language in its own words."""
    said = []
    for language in (None, spanish, marked):
        use_translation(language)
        try:
            with pytest.raises(UserError) as caught:
                work()
        finally:
            use_translation(None)
        said.append(str(caught.value))
    english, other, whole = said
    assert other != english
    assert is_whole(whole)
    assert not re.search(r"\b(?:the|and|not|that|is|of|file)\b", re.sub("“[^”]*”", "", other)), other


def test_paths_that_cannot_be_read_are_refused_in_spanish(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "pdfs").mkdir()
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / "pdfs" / name).write_bytes(b"%PDF")
    (tmp_path / "pdfs" / "plan.csv").write_text("Fund,Value\nElm A,1.00\n", encoding="utf-8")
    (tmp_path / "sun.zip").write_bytes(zipped({"holiday.jpg": b"sun"}))
    assert_translated(lambda: read_statement(tmp_path))
    assert_translated(lambda: read_statement(tmp_path / "gone.csv"))
    for name in ("empty", "pdfs", "sun.zip"):
        assert_translated(lambda path=tmp_path / name: first_refusal(path))


def first_refusal(path: Path) -> None:
    """Raise what is said first of a folder or an archive."""
    _, refused = find_sources([path])
    raise refused[0][1]


def test_why_a_file_cannot_be_opened_is_spanish_too(speak: Callable[..., None]) -> None:
    refused = PermissionError(13, "Permission denied")
    assert said_by_system(refused) == "Permission denied"
    speak(spanish)
    assert said_by_system(refused) == "permiso denegado"


def test_a_choice_of_columns_without_a_value_is_refused_in_spanish() -> None:
    source = StatementSource("plan.csv", text="Elm,12\nOak,13\n")
    (sketch,) = sketch_tables(source)
    for roles in (((0, ColumnRole.NAME),), ((1, ColumnRole.VALUE),)):
        hints = ReadingHints(mappings=(TableMapping(sketch.fingerprint, roles),))
        assert_translated(lambda said=hints: read_source(source, said))


def test_the_remark_on_chosen_columns_keeps_its_kind(speak: Callable[..., None]) -> None:
    source = StatementSource("plan.csv", text=DOUBTFUL["two values"])
    speak(spanish)
    (sketch,) = sketch_tables(source)
    assert sketch.why == "Dos columnas pueden contener el valor: se tomó “value”, no “balance”."
    said = TableMapping(sketch.fingerprint, sketch.roles)
    (issue,) = read_source(source, ReadingHints(mappings=(said,))).issues
    assert issue.kind is IssueKind.COLUMNS_EXPLAINED
    assert issue.message == "Las columnas se leen como usted las explicó."
