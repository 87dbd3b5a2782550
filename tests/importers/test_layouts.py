"""Layouts are told apart by content; a file that two claim is read without the knowledge of either."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import AsOfKind, SkipReason
from desktop_app.importers import read_statement, read_table_text, tables
from desktop_app.importers.layouts import LAYOUTS, Layout, Peek, claimants, recognise


class _Claimant(Layout):
    name = "claimant"

    def identify(self, peek: Peek) -> int:
        return 10


def test_a_file_that_two_layouts_claim_is_read_plainly() -> None:
    assert recognise(Peek("x.csv", (), ()), (_Claimant(), _Claimant())).name == "generic"


def test_no_two_layouts_claim_a_fixture(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []

    def watch(peek: Peek) -> Layout:
        seen.append(tuple(layout.name for layout in claimants(peek)))
        return recognise(peek)

    monkeypatch.setattr(tables, "recognise", watch)
    for path in sorted((Path(__file__).parent / "fixtures").iterdir()):
        if path.suffix in {".csv", ".tsv"}:
            read_statement(path)
    assert [names for names in seen if len(names) != 1] == []
    assert len(seen) > 15


def test_the_surer_layout_wins() -> None:
    assert recognise(Peek("x.csv", (), ()), (Layout(), _Claimant())).name == "claimant"


def test_layouts_have_names_of_their_own() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("Portfolio_Positions_Jan-25-2023.csv", dt.date(2023, 1, 25)),
        ("Portfolio_Positions_Apr-12-2026 (1).csv", dt.date(2026, 4, 12)),
        ("Holdings_09232026.csv", dt.date(2026, 9, 23)),
        ("Roth-Positions-2024-10-05-101112.csv", dt.date(2024, 10, 5)),
        ("positions_20240229.csv", dt.date(2024, 2, 29)),
        ("plan 25-10-2026.csv", dt.date(2026, 10, 25)),
        ("plan 05-10-2026.csv", dt.date(2026, 5, 10)),
        ("Depot 05.10.2026 (2).csv", dt.date(2026, 10, 5)),
    ],
)
def test_a_date_in_the_files_name_is_the_download(tmp_path: Path, file: str, day: dt.date) -> None:
    path = tmp_path / file
    path.write_text("Fund,Value\n500 Index,10\n", encoding="utf-8")
    statement = read_statement(path)
    assert (statement.as_of, statement.as_of_kind) == (day, AsOfKind.DOWNLOAD)


def test_a_file_without_any_date_has_none(tmp_path: Path) -> None:
    path = tmp_path / "plan 401 k.csv"
    path.write_text("Fund,Value\n500 Index,10\n", encoding="utf-8")
    statement = read_statement(path)
    assert statement.as_of is None
    assert statement.as_of_kind is None


def test_an_upper_case_fidelity_heading_is_still_fidelity() -> None:
    text = (
        "ACCOUNT NUMBER,ACCOUNT NAME,SYMBOL,DESCRIPTION,QUANTITY,LAST PRICE,LAST PRICE CHANGE,CURRENT VALUE\n"
        "X1112223,Individual,FXAIX,FIDELITY 500 INDEX,2,$100.00,$0.00,$200.00,\n"
    )
    statement = read_table_text(text, "Pasted table")
    assert statement.layout == "fidelity-positions"
    assert statement.total == 200


def test_an_old_fidelity_account_cell_is_split() -> None:
    text = (
        "Account Name/Number,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value\n"
        "INDIVIDUAL - TOD X11223344,FXAIX,FIDELITY 500 INDEX,2,$100.00,$0.00,$200.00\n"
    )
    account = read_table_text(text, "Pasted table").accounts[0]
    assert (account.id, account.name) == ("X11223344", "INDIVIDUAL - TOD")


def test_a_brokerage_window_stays_when_its_account_is_not_listed() -> None:
    text = (
        "Account number,Account name,Symbol,Description,Quantity,Last price,Last price change,Current value\n"
        "55551,PLAN,,BROKERAGELINK,500,$1.00,$0.00,$500.00\n"
    )
    row = read_table_text(text, "x").accounts[0].rows[0]
    assert row.value == 500
    assert row.fund.mix.as_names() == {"brokerage_window": "1"}


def test_a_brokerage_window_that_disagrees_with_its_account_is_said() -> None:
    text = (
        "Account number,Account name,Symbol,Description,Quantity,Last price,Last price change,Current value\n"
        "55551,PLAN,,BROKERAGELINK,500,$1.00,$0.00,$500.00\n"
        "652000001,BrokerageLink,VTI,VANGUARD TOTAL STOCK,1,$450.00,$0.00,$450.00\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == 450
    assert [row.reason for row in statement.skipped] == [SkipReason.ROLLUP]
    assert "500.00" in statement.issues[0].message
    assert "450.00" in statement.issues[0].message


def test_two_schwab_accounts_with_one_mask_stay_apart() -> None:
    heading = '"Symbol","Description","Qty (Quantity)","Price","Mkt Val (Market Value)"\n'
    text = (
        '"Positions for All-Accounts as of 09:13 PM ET, 2026/04/23"\n\n'
        f'Roth ...321\n{heading}"VTI","TOTAL STOCK","1","300.00","$300.00"\n\n\n'
        f'Joint ...321\n{heading}"VTI","TOTAL STOCK","2","300.00","$600.00"\n'
    )
    statement = read_table_text(text, "x")
    assert statement.layout == "schwab-positions"
    assert [(account.name, account.total) for account in statement.accounts] == [
        ("Roth", 300),
        ("Joint", 600),
    ]
    assert len({account.id for account in statement.accounts}) == 2


def test_two_downloads_pasted_into_one_file_both_read() -> None:
    fixtures = Path(__file__).parent / "fixtures"
    texts = [
        (fixtures / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        for name in ("fidelity-2023.csv", "tiaa-two-plans.csv", "vanguard-mixed.csv", "schwab-2020.csv")
    ]
    statement = read_table_text("\n".join(texts), "all.csv")
    assert statement.layout == "fidelity-positions"
    assert statement.total == Decimal("51063.34") + Decimal("350.50") + Decimal("13076.50") + Decimal(
        "99266.66"
    )


@pytest.mark.parametrize(
    ("label", "number", "name"),
    [
        ("Individual Brokerage -1234", "1234", "Individual Brokerage"),
        ("Intelligent XXXX-4321", "XXXX-4321", "Intelligent"),
        ("Roth_IRA ...995", "...995", "Roth_IRA"),
        ("Savings #55512", "55512", "Savings"),
        ("My HSA (778899)", "778899", "My HSA"),
        ("Acme Plan 401", "Acme Plan 401", "Acme Plan 401"),
        ("Rivendell 401(K) Plan", "Rivendell 401(K) Plan", "Rivendell 401(K) Plan"),
    ],
)
def test_a_label_is_split_into_number_and_words(label: str, number: str, name: str) -> None:
    statement = read_table_text(f"{label}\nFund,Value\nGrowth Fund,10\n", "x")
    assert [(account.id, account.name) for account in statement.accounts] == [(number, name)]


def test_an_open_document_sheet_reads(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    rows = [["Fund", "Shares", "Price"], ["500 Index", "2", "10.50"], ["Bond Index", "1", "9.00"]]
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    kinds = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Plan">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", kinds)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kinds}"/>'
            "</manifest:manifest>",
        )
    path = tmp_path / "plan.ods"
    path.write_bytes(stream.getvalue())
    assert read_statement(path).total == Decimal("30.00")
