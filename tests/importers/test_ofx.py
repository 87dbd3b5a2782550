"""OFX and QFX downloads: every position once, with its source, whatever way the file is written."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.issues import QuickFix, Severity
from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.domain.statement import AsOfKind, SkipReason, Statement
from desktop_app.importers import read_source, read_statement
from desktop_app.importers.errors import (
    DamagedFileError,
    NotAStatementError,
    TooLargeError,
    UnreadableFileError,
    UnsafeXmlError,
)
from tests.effort import tries

FIXTURES = Path(__file__).parent / "fixtures"
SGML = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?>\n'


def position(
    code: str = "P1",
    units: str = "10",
    price: str = "5",
    value: str = "50",
    more: str = "",
    kind: str = "POSMF",
) -> str:
    market = f"<MKTVAL>{value}" if value else ""
    return (
        f"<{kind}><INVPOS><SECID><UNIQUEID>{code}<UNIQUEIDTYPE>PRIVATE</SECID><UNITS>{units}"
        f"<UNITPRICE>{price}{market}{more}</INVPOS></{kind}>"
    )


def account(
    positions: str, more: str = "", number: str = "A-1001", broker: str = "b.example", day: str = "20260930"
) -> str:
    return (
        f"<INVSTMTTRNRS><INVSTMTRS><DTASOF>{day}<CURDEF>USD<INVACCTFROM><BROKERID>{broker}<ACCTID>{number}"
        f"</INVACCTFROM><INVPOSLIST>{positions}</INVPOSLIST>{more}</INVSTMTRS></INVSTMTTRNRS>"
    )


def security(code: str, name: str, ticker: str = "") -> str:
    symbol = f"<TICKER>{ticker}" if ticker else ""
    return (
        f"<MFINFO><SECINFO><SECID><UNIQUEID>{code}<UNIQUEIDTYPE>PRIVATE</SECID><SECNAME>{name}{symbol}"
        "</SECINFO></MFINFO>"
    )


def download(accounts: str, securities: str = "", head: str = SGML) -> str:
    return (
        f"{head}<OFX><INVSTMTMSGSRSV1>{accounts}</INVSTMTMSGSRSV1>"
        f"<SECLISTMSGSRSV1><SECLIST>{securities}</SECLIST></SECLISTMSGSRSV1></OFX>"
    )


def read(folder: Path, text: str | bytes, name: str = "plan.qfx") -> Statement:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_statement(path)


def warnings(statement: Statement) -> list[str]:
    return [issue.message for issue in statement.issues if issue.severity is not Severity.INFO]


def test_sources_stay_apart_and_own_money_is_vested() -> None:
    rows = read_statement(FIXTURES / "ofx-sources.qfx").accounts[0].rows
    assert [(row.source, row.value, row.vested) for row in rows] == [
        ("Pre-tax", Decimal("8040.00"), Decimal("8040.00")),
        ("Employer match", Decimal("820.00"), Decimal("492.00")),
        ("Roth", Decimal("400.00"), Decimal("400.00")),
        ("Other", Decimal("502.47"), None),
        ("Rollover", Decimal("1500.25"), Decimal("1500.25")),
    ]


def test_balances_full_of_zeros_state_nothing() -> None:
    statement = read_statement(FIXTURES / "ofx-sources.qfx")
    assert statement.accounts[0].stated_total is None
    assert warnings(statement) == []


def test_a_loan_is_listed_and_not_counted() -> None:
    statement = read_statement(FIXTURES / "ofx-sources.qfx")
    loans = [row for row in statement.skipped if row.reason is SkipReason.LOAN]
    assert ["1250.00" in row.text for row in loans] == [True]
    assert statement.total == Decimal("11262.72")


def test_the_day_is_that_of_the_provider_s_clock() -> None:
    statement = read_statement(FIXTURES / "ofx-brokerage.ofx")
    assert (statement.as_of, statement.as_of_kind) == (date(2026, 9, 2), AsOfKind.VALUATION)


def test_a_day_that_has_not_come_is_told(tmp_path: Path) -> None:
    statement = read(tmp_path, download(account(position(), day="99991231"), security("P1", "Bond Fund")))
    assert "The file's date, December 31, 9999, has not come yet." in warnings(statement)


@pytest.mark.parametrize("day", ["00010101", "18500930", "00000000", "20261331"])
def test_a_day_that_no_statement_has_is_none(tmp_path: Path, day: str) -> None:
    statement = read(tmp_path, download(account(position(), day=day), security("P1", "Bond Fund")))
    assert statement.as_of is None


def test_the_same_download_reads_alike_however_it_is_written(tmp_path: Path) -> None:
    plain = download(
        account(position("P1", "2", "3.5", "7") + position("P2", "1", "9", "9", "<INV401KSOURCE>MATCH")),
        security("P1", "Bond & Income Fund") + security("P2", "500 Index Fund"),
    )
    first = read(tmp_path, plain)
    assert [(row.fund.name, row.value) for row in first.accounts[0].rows] == [
        ("Bond & Income Fund", Decimal("7.00")),
        ("500 Index Fund", Decimal("9.00")),
    ]
    body = plain.removeprefix(SGML)
    for text in (
        SGML + body.replace("<", "\n<"),
        (SGML + body.replace("<", "\r\n  <")).replace("\n", "\r\n"),
        SGML.replace("\n", " ") + body,
        SGML + body.lower().replace("bond & income fund", "Bond & Income Fund").replace(
            "500 index fund", "500 Index Fund").replace("p1", "P1").replace("p2", "P2"),
        body,
        "<!-- \n" + SGML + "-->\n" + body,
        XML + body.replace("&", "&amp;"),
    ):  # fmt: skip
        again = read(tmp_path, text)
        assert [(a.rows[0].fund, a.rows[1].fund, a.total) for a in again.accounts] == [
            (a.rows[0].fund, a.rows[1].fund, a.total) for a in first.accounts
        ]
    for encoding in ("utf-16", "utf-8-sig"):
        assert read(tmp_path, plain.encode(encoding)).total == Decimal("16.00")


def test_western_letters_are_read(tmp_path: Path) -> None:
    text = download(account(position("P1")), security("P1", "Fonds d’Épargne"))
    assert read(tmp_path, text.encode("cp1252")).accounts[0].rows[0].fund.name == "Fonds d’Épargne"


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    text = download(account(position("P1") + "\n\n" + position("P2", value="60")))
    rows = read(tmp_path, text).accounts[0].rows
    lines = text.split("\n")
    assert [f"<UNIQUEID>P{i}" in lines[row.line - 1] for i, row in enumerate(rows, 1)] == [True, True]


@pytest.mark.parametrize(
    ("cash", "more", "broker", "counted"),
    [
        (
            "250.00",
            "",
            "b.example",
            "250.00",
        ),  # a money market fund of another amount: counted, with a warning
        ("100.00", "", "b.example", "0"),  # equal to the fund: the same money
        ("130.00", "", "vanguard.com", "30.00"),  # Vanguard's figure holds the settlement fund
        ("250.00", "<BALLIST><BAL><NAME>Net worth<VALUE>150.00</BAL></BALLIST>", "b.example", "0"),
        ("250.00", "<BALLIST><BAL><NAME>Net worth<VALUE>400.00</BAL></BALLIST>", "b.example", "250.00"),
        ("130.00", "<BALLIST><BAL><NAME>Net worth<VALUE>180.00</BAL></BALLIST>", "b.example", "30.00"),
        ("-20.00", "", "b.example", "-20.00"),
        ("0", "", "b.example", "0"),
    ],
)
def test_cash_is_counted_once(tmp_path: Path, cash: str, more: str, broker: str, counted: str) -> None:
    held = position("M", "100", "1", "100") + position("P1", "10", "5", "50")
    text = download(
        account(held, f"<INVBAL><AVAILCASH>{cash}{more}</INVBAL>", broker=broker),
        security("M", "Federal Money Market Fund") + security("P1", "500 Index Fund"),
    )
    statement = read(tmp_path, text)
    assert statement.total == Decimal("150.00") + Decimal(counted)
    if cash == "250.00" and not more:
        assert any("250.00" in message for message in warnings(statement))


def test_doubtful_cash_can_be_left_out_with_one_click(tmp_path: Path) -> None:
    held = position("M", "100", "1", "100") + "\n"
    known = security("M", "Federal Money Market Fund")
    for text, one_line in (
        (download(account(held, "<INVBAL><AVAILCASH>250.00</INVBAL>"), known), False),
        (download(account(held.strip(), "<INVBAL><AVAILCASH>250.00</INVBAL>"), known), True),
    ):
        statement = read(tmp_path, text)
        (issue,) = (issue for issue in statement.issues if "250.00" in issue.message)
        assert issue.quick == (() if one_line else (QuickFix.LEAVE_OUT,))
        if not one_line and issue.line:
            source = StatementSource("plan.qfx", tmp_path / "plan.qfx")
            again = read_source(source, ReadingHints(leave_out=frozenset({("", issue.line)})))
            assert (again.total, warnings(again)) == (Decimal("100.00"), [])


def test_cash_without_any_position_is_a_holding(tmp_path: Path) -> None:
    row = read(tmp_path, download(account("", "<INVBAL><AVAILCASH>12.34</INVBAL>"))).accounts[0].rows[0]
    assert (row.fund.name, row.value, row.fund.mix.as_names()) == ("Cash", Decimal("12.34"), {"cash": "1"})


def test_a_stated_balance_that_differs_is_said(tmp_path: Path) -> None:
    text = download(account(position("P1"), "<INV401KBAL><TOTAL>75.00</INV401KBAL>"), security("P1", "Fund"))
    statement = read(tmp_path, text)
    assert statement.accounts[0].stated_total == Decimal("75.00")
    assert any("50.00" in message and "75.00" in message for message in warnings(statement))


def test_a_stated_balance_may_hold_the_loan(tmp_path: Path) -> None:
    more = (
        "<INV401K><LOANINFO><CURRENTLOANBAL>25.00</LOANINFO></INV401K><INV401KBAL><TOTAL>75.00</INV401KBAL>"
    )
    statement = read(tmp_path, download(account(position("P1"), more), security("P1", "Fund")))
    assert statement.total == Decimal("50.00")
    assert warnings(statement) == []


def test_a_plan_with_only_a_balance_is_one_unclassified_holding() -> None:
    statement = read_statement(FIXTURES / "ofx-plan-balance.ofx")
    (row,) = statement.accounts[0].rows
    assert (row.fund.name, row.value) == ("Millpond Retirement Plan", Decimal("9500.15"))
    assert row.fund.mix.as_names() == {"unclassified": "1"}
    assert any("not the funds" in message for message in warnings(statement))


def test_only_what_has_the_form_of_a_cusip_is_one(tmp_path: Path) -> None:
    held = position("HRB004411") + position("31617H102") + position("US0378331005") + position("999")
    text = download(account(held)).replace("PRIVATE", "CUSIP")
    cusips = [row.fund.cusip for row in read(tmp_path, text).accounts[0].rows]
    assert cusips == [None, "31617H102", "037833100", None]


@pytest.mark.parametrize(
    ("held", "value"),
    [
        (position("P1", "5000", "98.5", "", kind="POSDEBT"), "4925.00"),
        (position("P1", "2", "1.25", "", kind="POSOPT"), "250.00"),
        (position("P1", "3", "7", "", kind="POSSTOCK"), "21.00"),
        (position("P1", "3", "7", "21", "<POSTYPE>SHORT", kind="POSSTOCK"), "-21.00"),
        (position("P1", "-3", "7", "-21", "<POSTYPE>SHORT", kind="POSSTOCK"), "-21.00"),
        (position("P1", "3", "7", "20.5"), "20.50"),
        (position("P1", "3", "7", "13.0763"), "13.08"),
        (position("P1", "1", "10", "10", "<CURRENCY><CURRATE>1.25<CURSYM>CAD</CURRENCY>"), "12.50"),
    ],
)
def test_values_of_every_kind_of_position(tmp_path: Path, held: str, value: str) -> None:
    statement = read(tmp_path, download(account(held), security("P1", "500 Index Fund")))
    assert statement.total == Decimal(value)


def test_a_fund_s_sum_beside_its_sources_counts_once(tmp_path: Path) -> None:
    held = (
        position("P1", "10", "5", "50")
        + position("P1", "6", "5", "30", "<INV401KSOURCE>PRETAX")
        + position("P1", "4", "5", "20", "<INV401KSOURCE>MATCH")
    )
    statement = read(tmp_path, download(account(held), security("P1", "Fund")))
    assert statement.total == Decimal("50.00")
    assert [row.reason for row in statement.skipped] == [SkipReason.ROLLUP]


def test_of_two_days_of_an_account_the_later_counts(tmp_path: Path) -> None:
    both = account(position(value="40"), day="20260831") + account(position(value="50"), day="20260930")
    statement = read(tmp_path, download(both, security("P1", "Fund")))
    assert [account.total for account in statement.accounts] == [Decimal("50.00")]
    assert statement.as_of == date(2026, 9, 30)


def test_an_account_in_two_parts_is_joined(tmp_path: Path) -> None:
    both = account(position("P1", value="40")) + account(position("P2", value="50"))
    statement = read(tmp_path, download(both, security("P1", "Fund") + security("P2", "Other fund")))
    assert [account.total for account in statement.accounts] == [Decimal("90.00")]


def test_one_number_at_two_brokers_is_two_accounts(tmp_path: Path) -> None:
    both = account(position("P1", value="40")) + account(position("P1", value="40"), broker="other.example")
    statement = read(tmp_path, download(both, security("P1", "Fund")))
    assert len({account.id for account in statement.accounts}) == 2
    assert statement.total == Decimal("80.00")


def test_transactions_are_listed_and_never_counted(tmp_path: Path) -> None:
    trades = "<INVTRANLIST><DTSTART>20260101" + "<BUYMF><INVBUY><UNITS>9<MEMO></INVBUY></BUYMF>" * 3
    for end in ("</INVTRANLIST>", ""):
        text = download(
            account(position("P1")).replace("<INVPOSLIST>", trades + end + "<INVPOSLIST>"),
            security("P1", "F"),
        )
        statement = read(tmp_path, text)
        assert statement.total == Decimal("50.00")
        assert [row.reason for row in statement.skipped] == [SkipReason.NOT_A_HOLDING] * 3


BANK = "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKTRANLIST></BANKTRANLIST></STMTRS></STMTTRNRS></OFX>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SGML, "OFX file without content"),
        (SGML + BANK, "bank or card account"),
        (download(account("", "<INVTRANLIST><BUYMF><UNITS>1</BUYMF></INVTRANLIST>")), "transactions"),
        (download(account("")), "without any position"),
        (
            SGML + "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid"
            "</STATUS></SONRS></SIGNONMSGSRSV1></OFX>",
            "Signon invalid",
        ),
    ],
)
def test_what_is_no_list_of_positions_says_so(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(NotAStatementError, match=words) as caught:
        read(tmp_path, text)
    assert caught.value.exit_code == 3


def test_a_download_that_defines_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE OFX [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]>'
    with pytest.raises(UnsafeXmlError):
        read(tmp_path, XML + bomb + download(account(position())).removeprefix(SGML))


def test_a_long_download_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "long.ofx"
    trades = "<INVTRANLIST>" + "<BUYMF><UNITS>1</BUYMF>" * 200_000 + "</INVTRANLIST><INVPOSLIST>"
    path.write_text(download(account(position()).replace("<INVPOSLIST>", trades)))
    shares: list[float] = []

    def watch(share: float) -> None:
        shares.append(share)
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_source(StatementSource(path.name, path), ReadingHints(), watch)
    assert shares == sorted(shares)
    assert len(shares) > 2


def test_a_cut_download_is_damaged_not_smaller(tmp_path: Path) -> None:
    whole = download(account(position("P1") + position("P2", value="60")), security("P1", "Fund"))
    for end in range(len(SGML) + 5, len(whole)):
        with suppress(UnreadableFileError):
            statement = read(tmp_path, whole[:end])
            assert statement.total == Decimal("110.00")
            assert any("before its end" in message for message in warnings(statement))
    with pytest.raises(DamagedFileError):
        read(tmp_path, whole[: whole.index("P2")])


@pytest.mark.parametrize(
    "body",
    [
        "<a>" * 100_000,
        "<OFX>" + "<INVPOS>" * 100,
        "<OFX>" + "<A>1" * 600_000,
    ],
)
def test_deep_and_endless_files_are_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(TooLargeError):
        read(tmp_path, SGML + ("<OFX>" if not body.startswith("<OFX>") else "") + body)


@pytest.mark.parametrize("piece", ["<![CDATA[", "<!--", "<", "</", "<OFX ", "&amp", "<MEMO>", "</MEMO>"])
def test_hostile_repetition_takes_no_time(tmp_path: Path, piece: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(tmp_path, SGML + "<OFX>" + piece * 50_000)


@pytest.mark.parametrize("which", sorted(FIXTURES.glob("ofx-*.?fx")), ids=lambda path: path.name)
def test_no_missing_tag_changes_a_total_silently(which: Path, tmp_path: Path) -> None:
    """Every closing tag, and every opening tag inside accounts, is left out in turn."""
    text = which.read_text()
    total = read_statement(which).total
    accounts = slice(text.index("<INVSTMTRS>") + 11, text.rindex("</INVSTMTRS>"))
    tags = [found.span() for found in re.finditer(r"</?[A-Z0-9]+>", text)]
    for start, end in tags:
        if not text.startswith("</", start) and not accounts.start <= start < accounts.stop:
            continue
        if text[start:end] == "<INVSTMTRS>":
            continue  # with its beginning gone the account is another's, which nothing can tell
        with suppress(UnreadableFileError):
            statement = read(tmp_path, text[:start] + text[end:])
            assert statement.total == total or warnings(statement), text[start:end]


TICKER_AT_END = re.compile(r"(?:^|\s)[A-Z]{4}X\W*$")
WORDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz &'-.<", min_size=3, max_size=30).filter(
    lambda text: TICKER_AT_END.search(text) is None
)
MONEY = st.decimals(Decimal("0.01"), Decimal(99999), places=2)


@settings(max_examples=tries(40), deadline=None)
@given(
    funds=st.lists(st.tuples(WORDS, MONEY), min_size=1, max_size=8),
    closing=st.booleans(),
    joint=st.sampled_from(["", "\n", "\r\n", "\n    "]),
)
def test_what_was_written_is_read_back(
    funds: list[tuple[str, Decimal]],
    closing: bool,
    joint: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = [" ".join(f"Fund {i} {words}".replace("<", "< ").split()) for i, (words, _) in enumerate(funds)]
    end = "</SECNAME>" if closing else ""
    held = joint.join(position(f"Q{i}", "1", str(v), str(v)) for i, (_, v) in enumerate(funds))
    known = joint.join(security(f"Q{i}", name.replace("&", "&amp;") + end) for i, name in enumerate(names))
    path = tmp_path_factory.getbasetemp() / "back.ofx"
    path.write_text(download(account(held), known), newline="")
    rows = read_statement(path).accounts[0].rows
    assert [(row.fund.name, row.value) for row in rows] == [
        (name, value) for name, (_, value) in zip(names, funds, strict=True)
    ]


@settings(max_examples=tries(60), deadline=None)
@given(which=st.sampled_from(sorted(FIXTURES.glob("*.?fx"))), seed=st.integers(0, 2**32))
def test_a_damaged_download_never_breaks_the_reader(
    which: Path, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    data = bytearray(which.read_bytes())
    pieces = [
        b"<",
        b">",
        b"</INVPOS>",
        b"<UNITS>",
        b"\x00",
        b"&#0;",
        b"1e999",
        b"-",
        b"<![CDATA[",
        b"",
        b"NaN",
    ]
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        data[at : at + chance.choice([0, 1, 30])] = chance.choice(pieces) * chance.randint(1, 3)
    path = tmp_path_factory.getbasetemp() / which.name
    path.write_bytes(bytes(data))
    with suppress(UnreadableFileError):
        for found in read_statement(path).accounts:
            assert found.id
            assert found.name
            assert all(row.value == round(row.value, 2) for row in found.rows)
