"""One statement in two formats: recognised as one or asked about, its money never counted twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.domain.household import Household
from desktop_app.workflow.statements import ImportPreview, accept, preview_files, preview_text

ROWS = (
    ("Vanguard Total Stock Market Index Admiral", "41.2370", "151.18", "6234.21"),
    ("Stable Value Fund", "1180.55", "1.00", "1180.55"),
)
TOTAL = Decimal("7414.76")
FUNDS = (("POSMF", "922908728", "VANG TOT STK MKT IDX ADM"), ("POSOTHER", "PLN000017", "STBL VAL"))


def ofx(number: str) -> str:
    """Return the same statement as an OFX download, its funds shortened."""
    held = "".join(
        f"<{kind}><INVPOS><SECID><UNIQUEID>{key}<UNIQUEIDTYPE>CUSIP</SECID><HELDINACCT>CASH<POSTYPE>LONG"
        f"<UNITS>{units}<UNITPRICE>{price}<MKTVAL>{value}<DTPRICEASOF>20260930120000</INVPOS></{kind}>"
        for (kind, key, _), (_, units, price, value) in zip(FUNDS, ROWS, strict=True)
    )
    named = "".join(
        f"<{kind}><SECINFO><SECID><UNIQUEID>{key}<UNIQUEIDTYPE>CUSIP</SECID><SECNAME>{name}</SECINFO></{kind}>"
        for kind, (_, key, name) in zip(("MFINFO", "OTHERINFO"), FUNDS, strict=True)
    )
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
        "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0"
        "<SEVERITY>INFO</STATUS><DTSERVER>20261002120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>"
        "<INVSTMTMSGSRSV1><INVSTMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><INVSTMTRS>"
        "<DTASOF>20260930120000<CURDEF>USD<INVACCTFROM><BROKERID>plan.example"
        f"<ACCTID>{number}</INVACCTFROM><INVPOSLIST>{held}</INVPOSLIST></INVSTMTRS></INVSTMTTRNRS>"
        f"</INVSTMTMSGSRSV1><SECLISTMSGSRSV1><SECLIST>{named}</SECLIST></SECLISTMSGSRSV1></OFX>"
    )


def csv(head: str) -> str:
    """Return the statement as a table below a line that names the account."""
    rows = "".join(f"{','.join(row)}\n" for row in ROWS)
    return f"{head}As of 09/30/2026\nFund,Units,Price,Value\n{rows}"


def check(preview: ImportPreview, known: int = 0) -> None:
    """One account is left, or a question is open whose likely answer is that it is one."""
    question = preview.account_question
    assert question is None or question.same
    assert preview.missing == ()  # another spelling of a fund is not a fund that was sold
    assert preview.household_total == TOTAL
    assert accept(preview).snapshot().total == TOTAL
    assert len(preview.household.statements) == known


HEADS = [
    "",
    "Account Number: 66012345\n",
    "Account Number: 000-66012345\n",
    "Account: Quarry 401(k)\n",
    "Account Number: XXXX2345\n",
    "Account Number: 2345\n",
    "Plan Number: 91827\n",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("ofx_first", [True, False])
def test_a_table_and_an_ofx_download_of_one_statement(head: str, ofx_first: bool, tmp_path: Path) -> None:
    table, download = tmp_path / "september.csv", tmp_path / "september.ofx"
    table.write_text(csv(head), encoding="utf-8")
    download.write_text(ofx("66012345"), encoding="utf-8")
    first, second = (download, table) if ofx_first else (table, download)
    check(preview_files(accept(preview_files(Household(), [first])), [second]), known=1)
    check(preview_files(Household(), [first, second]))


@pytest.mark.parametrize("head", HEADS)
def test_a_workbook_and_its_text_copied_from_a_page(head: str, tmp_path: Path) -> None:
    book = Workbook()
    for line in csv(head).splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "statement.xlsx")
    known = accept(preview_files(Household(), [tmp_path / "statement.xlsx"]))
    text = "Your balances as of September 30, 2026\n" + "".join(
        f"{name}  {units}  ${price}  ${Decimal(value):,.2f}\n" for name, units, price, value in ROWS
    )
    check(preview_text(known, text), known=1)


def test_two_accounts_whose_numbers_and_dollars_differ_stay_two(tmp_path: Path) -> None:
    table, download = tmp_path / "hers.csv", tmp_path / "his.ofx"
    hers = csv("Account Number: 44190077\n").replace("6234.21", "9351.99").replace("41.2370", "61.8600")
    table.write_text(hers.replace("1180.55", "220.40"), encoding="utf-8")
    download.write_text(ofx("66012345"), encoding="utf-8")
    preview = preview_files(Household(), [table, download])
    assert preview.account_question is None
    assert accept(preview).snapshot().total == TOTAL + Decimal("9351.99") + Decimal("220.40")
