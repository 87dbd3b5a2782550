"""Exports as JSON or XML: funds as records, their sources in them, accounts around them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source
from desktop_app.importers.errors import NotAStatementError, UnsafeXmlError

from .readings import added_up

D = Decimal
HELD = {"Fen Equity Index": D("160.00"), "Fen Target 2045": D("100.00")}


def _read(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Statement:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_source(StatementSource(name, path))


XML = {
    "a value for each source": (
        "<Statement><Made>2026-04-02</Made><Period><From>2026-01-01</From><To>2026-03-31</To></Period>"
        '<Plan no="1"><AccountNumber>55-9081</AccountNumber><Funds>\n'
        "<Fund><FundName>Fen Equity Index</FundName><Price>10.00</Price>"
        '<Source code="ROTH"><OpeningValue>9.00</OpeningValue><Units>6</Units><ClosingValue>'
        "60.00</ClosingValue></Source>"
        '<Source code="MATCH"><OpeningValue>9.00</OpeningValue><Units>10</Units><ClosingValue>'
        "100.00</ClosingValue>"
        "</Source></Fund>\n<Fund><FundName>Fen Target 2045</FundName><Price>5.00</Price>"
        '<Source code="ROTH"><OpeningValue>8.00</OpeningValue><Units>20</Units><ClosingValue>'
        "100.00</ClosingValue>"
        "</Source></Fund></Funds><Totals><OpeningValue>26.00</OpeningValue><ClosingValue>"
        "260.00</ClosingValue></Totals>"
        "<Loans><Loan><Balance>77.00</Balance></Loan></Loans><Elections><Election><FundName>Fen Equity Index"
        "</FundName><Percent>100</Percent></Election></Elections><Transactions><Txn><FundName>Fen "
        "Equity Index"
        "</FundName><Amount>5.00</Amount></Txn></Transactions></Plan></Statement>"
    ),
    "attributes alone": (
        '<holdings account="55-9081" asOf="2026-03-31"><holding fund="Fen Equity Index" units="16" '
        'price="10.00" '
        'value="160.00"/><holding fund="Fen Target 2045" units="20" price="5.00" value="100.00"/></holdings>'
    ),
    "with a namespace": (
        '<r:Report xmlns:r="urn:x"><r:AsOfDate>2026-03-31</r:AsOfDate><r:AccountNumber>'
        "55-9081</r:AccountNumber>"
        "<r:Position><r:Name>Fen Equity Index</r:Name><r:MarketValue>160.00</r:MarketValue></r:Position>"
        "<r:Position><r:Name>Fen Target 2045</r:Name><r:MarketValue>100.00</r:MarketValue>"
        "</r:Position></r:Report>"
    ),
}


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_xml(tmp_path: Path, name: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<!-- export -->\n{XML[name]}'
    statement = _read(tmp_path, "e.xml", text, encoding)
    assert added_up(statement) == HELD
    assert [account.id for account in statement.accounts] == ["55-9081"]
    assert str(statement.as_of) == "2026-03-31"


def test_the_sources_and_the_total_of_xml(tmp_path: Path) -> None:
    (account,) = _read(tmp_path, "e.xml", XML["a value for each source"]).accounts
    assert [row.source for row in account.rows] == ["ROTH", "MATCH", "ROTH"]
    assert account.stated_total == D("260.00")


def _positions(*, nested: bool, sources: bool) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for (name, value), ticker in zip(HELD.items(), ("FENEX", "FENTX"), strict=True):
        parts = [("Pre-Tax", value - 40), ("Roth", D(40))] if sources else [("", value)]
        for source, part in parts:
            fund = (
                {"fund": {"id": ticker, "displayName": name}}
                if nested
                else {"symbol": ticker, "fundName": name}
            )
            said = {"moneySource": source} if source else {}
            found.append(
                {**fund, **said, "units": f"{part / 10:.3f}", "price": 10, "marketValue": float(part)}
            )
    return found


@pytest.mark.parametrize("nested", [True, False])
@pytest.mark.parametrize("sources", [True, False])
@pytest.mark.parametrize("indent", [None, 2])
def test_json(tmp_path: Path, indent: int | None, *, nested: bool, sources: bool) -> None:
    positions = _positions(nested=nested, sources=sources)
    data = {
        "requestedAt": "2026-04-02T10:00:00Z",
        "data": {
            "planName": "Fen 401(k)", "participantAccount": "55-9081", "valuationDate": "2026-03-31",
            "totalBalance": 260.0, "positions": positions,
            "pendingTransactions": [{"fundName": "Fen Equity Index", "amount": 5.0}], "loans": [],
        },
    }  # fmt: skip
    statement = _read(tmp_path, "e.json", json.dumps(data, indent=indent))
    assert added_up(statement) == HELD
    (account,) = statement.accounts
    assert account.id == "55-9081"
    assert account.stated_total == D("260.00")
    assert {row.fund.symbol for row in account.rows} == {"FENEX", "FENTX"}
    assert str(statement.as_of) == "2026-03-31"


def test_json_of_several_accounts(tmp_path: Path) -> None:
    accounts = [
        {"accountNumber": number, "name": "Ola", "holdings": [{"name": name, "value": str(value)}]}
        for number, (name, value) in zip(("55-9081", "55-9082"), HELD.items(), strict=True)
    ]
    statement = _read(tmp_path, "e.json", json.dumps({"asOf": "2026-03-31", "accounts": accounts}))
    assert [(account.id, account.total) for account in statement.accounts] == [
        ("55-9081", D("160.00")),
        ("55-9082", D("100.00")),
    ]


def test_a_plain_list_of_records(tmp_path: Path) -> None:
    rows = [{"Fund": name, "Balance": f"${value:,.2f}"} for name, value in HELD.items()]
    assert added_up(_read(tmp_path, "e.json", json.dumps(rows))) == HELD


def test_a_record_without_a_fund_is_said(tmp_path: Path) -> None:
    rows = [{"fund": name, "value": str(value)} for name, value in HELD.items()] + [
        {"fund": None, "value": "9.00"}
    ]
    statement = _read(tmp_path, "e.json", json.dumps({"positions": rows}))
    assert added_up(statement) == HELD
    assert any("name no fund" in issue.message for issue in statement.issues)


def test_xml_without_funds_and_xml_with_entities(tmp_path: Path) -> None:
    with pytest.raises(NotAStatementError):
        _read(tmp_path, "e.xml", "<?xml version='1.0'?><a><b>1</b><c>words</c></a>")
    with pytest.raises(UnsafeXmlError):
        _read(tmp_path, "e.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a><b>&b;</b></a>')


@pytest.mark.parametrize(
    "text", ["[" * 5000, '{"a":' * 5000, "{", "[1, 2", "<a>" * 5000, "<?xml version='1.0'?><a"]
)
def test_broken_or_deep_records_end_in_a_sentence(tmp_path: Path, text: str) -> None:
    from desktop_app.importers.errors import UnreadableFileError

    with pytest.raises(UnreadableFileError):
        _read(tmp_path, "e.json", text)


SHAPES: dict[str, object] = {
    "rows under headings of their own": {
        "columns": ["Fund", "Units", "Value"],
        "rows": [["Fen Equity Index", 16, 160.0], ["Fen Target 2045", 20, 100.0]],
    },
    "headings in the first row": [
        ["Fund", "Value"], ["Fen Equity Index", "160.00"], ["Fen Target 2045", 100],
    ],
    "records kept under tickers": {
        "holdings": {
            "FENEX": {"name": "Fen Equity Index", "shares": 16, "value": 160},
            "FENTX": {"name": "Fen Target 2045", "shares": 20, "value": 100},
        }
    },
    "records kept under names": {
        "Fen Equity Index": {"shares": 16, "value": 160},
        "Fen Target 2045": {"shares": 20, "value": 100},
    },
    "money in records of its own": [
        {
            "name": name,
            "cost": {"amount": 9.0, "currency": "USD"},
            "value": {"amount": float(value), "currency": "USD"},
        }
        for name, value in HELD.items()
    ],
    "the whole of a fund beside its sources": {
        "funds": [
            {
                "name": "Fen Equity Index",
                "total": 160,
                "sources": [{"name": "Roth", "value": 60}, {"name": "Pre-tax", "value": 100}],
            },
            {"name": "Fen Target 2045", "total": 100, "sources": [{"name": "Roth", "value": 100}]},
        ]
    },
    "funds in their sources": {
        "sources": [
            {
                "source": "Roth",
                "balance": 160,
                "funds": [
                    {"fund": "Fen Equity Index", "balance": 60},
                    {"fund": "Fen Target 2045", "balance": 100},
                ],
            },
            {"source": "Pre-tax", "balance": 100, "funds": [{"fund": "Fen Equity Index", "balance": 100}]},
        ]
    },
    "under accounts without names": {
        "owner": {"name": "Ola", "mail": "x@y.z"},
        "accounts": [
            {"id": "77-1", "type": "401(k)", "balance": 260.0, "positions": [
                {"instrument": {"symbol": "FENEX", "description": "Fen Equity Index"}, "marketValue": 160},
                {"instrument": {"symbol": "FENTX", "description": "Fen Target 2045"}, "marketValue": 100},
            ]},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_json(tmp_path: Path, name: str) -> None:
    statement = _read(tmp_path, "e.json", json.dumps(SHAPES[name]))
    assert added_up(statement) == HELD
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


def test_a_record_on_each_line(tmp_path: Path) -> None:
    lines = [json.dumps({"fund": name, "value": str(value)}) for name, value in HELD.items()]
    assert added_up(_read(tmp_path, "e.json", "\n".join(lines))) == HELD
