"""Any table of holdings reads back exactly, whatever its columns' order, its separator and its encoding."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.money import to_cents
from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_statement, read_table_text
from desktop_app.importers.errors import NoHoldingsTableError
from desktop_app.importers.headings import find_headers
from desktop_app.importers.textgrid import text_grid
from tests.effort import tries

HEADINGS = {
    "name": ["Fund Name", "Description", "INVESTMENT", "Investment Option*", "security description"],
    "symbol": ["Symbol", "Ticker", "ticker symbol"],
    "units": ["Shares", "Quantity", "Units", "Qty (Quantity)", "# of units"],
    "price": ["Price", "NAV", "Unit value", "Last Price ($)", "Share Price"],
    "value": ["Value", "Market Value", "Current Balance", "Mkt Val (Market Value)", "Value $"],
    "account": ["Account Number", "Account #", "Plan Number"],
}
NOISE = [
    "Day Change $",
    "Gain/Loss %",
    "% of Account",
    "Rating",
    "Asset Class",
    "Cost Basis",
    "Opening Balance",
]
WORDS = [
    "Alpha",
    "Harbour",
    "Index",
    "Fund",
    "Growth",
    "Bond",
    "Größe",
    "K6",
    "(A)",
    "500",
    "Total Market",
    "d'Or",
]


@dataclass(frozen=True)
class Row:
    account: str
    symbol: str
    name: str
    units: Decimal
    price: Decimal
    value: Decimal


def money(text: Decimal, style: int) -> str:
    return (str(text), f"${text:,.2f}", f"$ {text:,.2f}", f"{text:,.2f}", f"+{text}")[style]


@st.composite
def holdings(draw: st.DrawFn) -> list[Row]:
    rows = []
    for i in range(draw(st.integers(1, 12))):
        units = Decimal(draw(st.integers(0, 10**8))) / 1000
        price = Decimal(draw(st.integers(1, 10**6))) / 100
        name = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
        account = draw(st.sampled_from(["0012345", "X99887766", "55512"]))
        rows.append(Row(account, f"ZZ{i:03d}", f"Fund {i} {name}", units, price, to_cents(units * price)))
    return rows


def lay_out(rows: list[Row], draw: st.DrawFn) -> list[list[str]]:
    """Return the cells of a table with these rows in columns of any order, noise between them."""
    noise = draw(st.lists(st.sampled_from(NOISE), max_size=3, unique=True))
    columns = draw(st.permutations([*HEADINGS, *noise]))
    style = draw(st.integers(0, 4))
    header = [draw(st.sampled_from(HEADINGS[c])) if c in HEADINGS else c for c in columns]
    table = [header]
    for row in rows:
        cells = {
            "account": row.account, "symbol": row.symbol, "name": row.name, "units": f"{row.units}",
            "price": money(row.price, style), "value": money(row.value, style),
        }  # fmt: skip
        table.append([cells.get(column, "12.5%" if "%" in column else "--") for column in columns])
    return table


def said(rows: list[Row]) -> dict[str, list[tuple[str, str, Decimal, Decimal, Decimal]]]:
    found: dict[str, list[tuple[str, str, Decimal, Decimal, Decimal]]] = {}
    for row in rows:
        found.setdefault(row.account, []).append((row.symbol, row.name, row.units, row.price, row.value))
    return found


def read_back(path: Path) -> dict[str, list[tuple[str | None, str, Decimal | None, Decimal | None, Decimal]]]:
    return {
        account.id: [
            (row.fund.symbol, row.fund.name, row.units, row.price, row.value) for row in account.rows
        ]
        for account in read_statement(path).accounts
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=tries(40), deadline=None)
@given(rows=holdings(), data=st.data())
def test_a_text_table_reads_back(folder: Path, rows: list[Row], data: st.DataObject) -> None:
    table = lay_out(rows, data.draw)
    separator = data.draw(st.sampled_from([",", ";", "\t", "|"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]))
    ending = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    padding = [""] * data.draw(st.integers(0, 2))
    before = data.draw(st.sampled_from([[], [["My plan"], []], [["Some title", "", ""], [], []]]))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator=ending, quoting=quoting)
    writer.writerows([*before, table[0], *([*cells, *padding] for cells in table[1:])])
    path = folder / "table.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    assert read_back(path) == said(rows)


@settings(max_examples=tries(10), deadline=None)
@given(rows=holdings(), data=st.data())
def test_a_workbook_reads_back(folder: Path, rows: list[Row], data: st.DataObject) -> None:
    table = lay_out(rows, data.draw)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in table:
        sheet.append(cells)
    path = folder / "table.xlsx"
    book.save(path)
    assert read_back(path) == said(rows)


@settings(max_examples=tries(25), deadline=None)
@given(rows=holdings(), data=st.data())
def test_rows_cut_short_or_run_long_never_shift(folder: Path, rows: list[Row], data: st.DataObject) -> None:
    """Cells after the last one needed may be missing or doubled; every row keeps its own figures."""
    order = ["account", "symbol", "name", "units", "price", "value"]
    table = [["Account Number", "Symbol", "Description", "Shares", "Price", "Value", "Gain", "Rating"]]
    for row in rows:
        cells = [str(getattr(row, column)) for column in order]
        table.append([*cells, *["9.99"] * data.draw(st.integers(0, 5))])
    stream = io.StringIO()
    csv.writer(stream).writerows(table)
    path = folder / "table.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    assert read_back(path) == said(rows)


REMARKS = {
    "": None,
    "Total,,,": SkipReason.TOTAL,
    "Stocks,,,": SkipReason.LABEL,
    "Prices as of 01/02/2026": SkipReason.FOOTER,
    ",,,": SkipReason.EMPTY,
    "Some Fund,--,--,--": SkipReason.EMPTY,
    "Participant loan 2,,,500.00": SkipReason.LOAN,
    "Pending activity,,,12.00": SkipReason.PENDING,
    "Odd Fund,1,,words here": SkipReason.UNREADABLE,
    "Brand new thing,10,1.50,": None,
}


@settings(max_examples=tries(50), deadline=None)
@given(pieces=st.lists(st.sampled_from(sorted(REMARKS)), max_size=12))
def test_every_line_below_the_heading_is_accounted_for(folder: Path, pieces: list[str]) -> None:
    path = folder / "lines.csv"
    path.write_text("\n".join(["Fund,Shares,Price,Value", "First Fund,2,5,10.00", *pieces]), encoding="utf-8")
    statement = read_statement(path)
    reasons = {row.line: row.reason for row in statement.skipped}
    held = {row.line for account in statement.accounts for row in account.rows}
    for line, piece in enumerate(pieces, 3):
        if piece.startswith("Brand new"):
            assert line in held
        elif piece:
            assert reasons[line] is REMARKS[piece]
        else:
            assert line not in reasons
    assert statement.total == 10 + 15 * pieces.count("Brand new thing,10,1.50,")


def test_a_total_known_only_by_its_sum_is_no_holding() -> None:
    text = "Fund,Value\n500 Index,60.10\nBond Index,39.90\nAltogether,100.00\n"
    statement = read_table_text(text, "Pasted table")
    assert statement.total == 100
    assert [row.reason for row in statement.skipped] == [SkipReason.TOTAL]
    assert statement.accounts[0].stated_total == 100


def test_a_fund_called_total_is_a_holding() -> None:
    text = "Fund\tShares\tValue\nTotal Stock Market Index\t5\t100.00\nTotal Bond Market\t1\t11.00\n"
    assert read_table_text(text, "Pasted table").total == 111


def test_a_sum_that_disagrees_is_said_with_both_numbers() -> None:
    statement = read_table_text("Fund,Value\n500 Index,60.00\nTotal,75.00\n", "Pasted table")
    assert [(issue.severity, issue.line) for issue in statement.issues] == [("warning", 3)]
    assert "60.00" in statement.issues[0].message
    assert "75.00" in statement.issues[0].message


def test_parentheses_and_signs_are_negative() -> None:
    text = 'Fund,Value\nA Growth Fund,"(1,823.33)"\nB Bond Fund,-$5.00\nC Index,$-1.00\nD Value,7.00-\n'
    values = [row.value for row in read_table_text(text, "x").accounts[0].rows]
    assert values == [Decimal("-1823.33"), Decimal("-5.00"), Decimal("-1.00"), Decimal("-7.00")]


def test_text_after_a_closing_quote_is_kept() -> None:
    text = 'Account Number,Fund,Value\n"Savings" X111111,500 Index,10.00\n"Savings" X111111,Bond Index,5.00\n'
    statement = read_table_text(text, "x")
    assert [(account.id, account.total) for account in statement.accounts] == [("Savings X111111", 15)]


def test_a_stray_quote_spoils_one_line_only() -> None:
    text = 'Fund,Value\n"Unfinished Growth,10.00\nBond Index,5.00\nStable Value,1.00\n'
    values = [row.value for row in read_table_text(text, "x").accounts[0].rows]
    assert values == [Decimal("10.00"), Decimal("5.00"), Decimal("1.00")]


def test_a_cell_over_two_lines_keeps_line_numbers() -> None:
    text = 'Fund,Value\n"500\nIndex",10.00\nBond Index,5.00\n'
    rows = read_table_text(text, "x").accounts[0].rows
    assert [(row.line, row.fund.name) for row in rows] == [(2, "500 Index"), (4, "Bond Index")]


def test_bonds_priced_per_hundred_are_worth_a_hundredth() -> None:
    text = "CUSIP,Description,Quantity,Price\n91282ABC1,US TREASURY NOTE 3.5% 02/15/2033,5000,99.421\n"
    assert read_table_text(text, "x").total == Decimal("4971.05")


def test_fund_and_account_columns_carry_down() -> None:
    text = "Account,Fund,Value\nRoth IRA,500 Index,10\n,Bond Index,5\nHSA,Bond Index,1\n"
    totals = {account.id: account.total for account in read_table_text(text, "x").accounts}
    assert totals == {"Roth IRA": 15, "HSA": 1}


def test_the_digest_tells_files_apart(folder: Path) -> None:
    path = folder / "one.csv"
    path.write_text("Fund,Value\n500 Index,10\n", encoding="utf-8")
    first = read_statement(path)
    path.write_text("Fund,Value\n500 Index,11\n", encoding="utf-8")
    assert read_statement(path).digest != first.digest
    assert len(first.digest) == 64


def test_sheets_with_holdings_become_accounts_of_their_own(folder: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Roth"
    first.append(["Fund", "Value"])
    first.append(["500 Index", 10.25])
    second = book.create_sheet("Traditional")
    second.append(["Fund", "Value"])
    second.append(["Bond Index", 5])
    book.create_sheet("Notes").append(["Remember the milk", "now"])
    path = folder / "two.xlsx"
    book.save(path)
    statement = read_statement(path)
    assert {a.id: a.total for a in statement.accounts} == {"Roth": Decimal("10.25"), "Traditional": 5}
    assert any("Notes" in issue.message for issue in statement.issues)


def test_a_fund_that_happens_to_equal_the_sum_stays_a_holding() -> None:
    statement = read_table_text("Fund,Value\nAlpha Fund,10\nBeta Fund,10\nGamma Index,20\n", "x")
    assert statement.total == 40


def test_the_same_money_by_fund_and_by_source_counts_once() -> None:
    text = (
        "Fund,Balance\nGrowth Fund,60.00\nBond Fund,40.00\nTotal,100.00\n\n"
        "Fund,Source,Balance\nGrowth Fund,Pre-tax,50\nGrowth Fund,Roth,10\nBond Fund,Pre-tax,40\nTotal,,100\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == 100
    assert [row.line for row in statement.skipped if row.reason is SkipReason.SOURCE_SPLIT] == [7, 8, 9]
    assert not statement.issues


def test_totals_of_accounts_and_of_the_file_find_their_place() -> None:
    text = (
        "Account Number,Fund,Value\n11112,Growth Fund,10\n11112,Bond Fund,20\n11112,Total,30\n"
        "22221,Bond Fund,5\n22221,Total,5\nTotal,,35\n"
    )
    statement = read_table_text(text, "x")
    assert {a.id: (a.total, a.stated_total) for a in statement.accounts} == {
        "11112": (30, 30),
        "22221": (5, 5),
    }
    assert not statement.issues


def test_a_table_by_asset_class_is_not_added_again() -> None:
    text = "Fund,Balance\nA Fund,60\nB Fund,40\n\nAsset class,Percent,Value\nStocks,60%,60\nBonds,40%,40\n"
    statement = read_table_text(text, "x")
    assert statement.total == 100
    assert [row.reason for row in statement.skipped] == [
        SkipReason.LABEL, SkipReason.NOT_A_HOLDING, SkipReason.NOT_A_HOLDING,
    ]  # fmt: skip


def test_a_ticker_before_or_behind_the_name_is_found() -> None:
    text = "Holding,Balance\nVANGUARD 500 INDEX (VFIAX),100\nFXNAX Fidelity US Bond Index,50\n"
    symbols = [row.fund.symbol for row in read_table_text(text, "x").accounts[0].rows]
    assert symbols == ["VFIAX", "FXNAX"]


def test_unknown_headings_are_told_by_arithmetic() -> None:
    text = (
        "Fondo,Cuotas,Cada una,Importe\n"
        "Alpha Fund,10,2.50,25.00\nBeta Bond,3,4.00,12.00\nGamma,7,3.00,21.00\n"
    )
    statement = read_table_text(text, "Pasted table")
    assert [(row.fund.name, row.units, row.price, row.value) for row in statement.accounts[0].rows] == [
        ("Alpha Fund", 10, Decimal("2.50"), 25), ("Beta Bond", 3, 4, 12), ("Gamma", 7, 3, 21),
    ]  # fmt: skip
    assert statement.issues == ()


def test_a_pasted_table_without_headings_is_told_by_its_dollars() -> None:
    text = "Alpha Fund\t60%\t$60.00\nBeta Bond\t40%\t$40.00\nTotal\t100%\t$100.00\n"
    statement = read_table_text(text, "Pasted table")
    assert [(row.line, row.fund.name, row.value) for row in statement.accounts[0].rows] == [
        (1, "Alpha Fund", 60), (2, "Beta Bond", 40),
    ]  # fmt: skip
    assert statement.accounts[0].stated_total == 100


def test_rows_with_dates_are_not_taken_for_holdings() -> None:
    text = "Dia,Fondo,Nr,Cada,Importe\n01/02/2026,Alpha,10,2.50,25.00\n02/02/2026,Beta,3,4.00,12.00\n"
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "Pasted table")


FIXTURES = sorted(
    path for path in (Path(__file__).parent / "fixtures").iterdir() if path.suffix in {".csv", ".tsv"}
)


@settings(max_examples=tries(50), deadline=None)
@given(which=st.sampled_from(FIXTURES), data=st.data())
def test_no_line_of_a_jumbled_statement_is_lost(which: Path, data: st.DataObject) -> None:
    """Whatever order the lines below the first heading stand in, each is held, skipped or an issue."""
    lines = which.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    first = min(find_headers(text_grid("\n".join(lines))))
    below = data.draw(st.lists(st.sampled_from(lines[first:]), max_size=25))
    text = "\n".join([*lines[: first + 1], *below])
    try:
        statement = read_table_text(text, which.name)
    except NoHoldingsTableError:
        return
    seen = {row.line for account in statement.accounts for row in account.rows}
    seen |= {row.line for row in statement.skipped} | {issue.line for issue in statement.issues}
    numbered = enumerate(below, first + 2)
    assert [line for line, words in numbered if words.strip() and line not in seen] == []


def test_a_heading_that_stands_there_twice_is_told() -> None:
    """No line of it vanishes, and it is none of two lines."""
    head = "Symbol,Description,Quantity,Price,Value,Day's change"
    statement = read_table_text(f"{head}\n{head}\nFENIX,Fen Index,2,10.00,20.00,0.10\n", "x")
    assert [row.line for account in statement.accounts for row in account.rows] == [3]
    assert 2 in {row.line for row in statement.skipped}
