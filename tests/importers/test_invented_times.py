"""Statements nobody described, all made up, with figures of several times: what is held now must be taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_table_text

from .books import made, read

FUNDS = {"Plover Growth Fund": Decimal("1071.00"), "Curlew Bond Fund": Decimal("1100.00")}
"""What is held at the end: 102 × 10.50 and 55 × 20.00; it was 1,000.00 and 1,070.00 at the start."""
OPENING = {"Units": ("95.000", "53.000"), "Value": ("1,000.00", "1,070.00")}
FLOWS = {"Contributions": ("50.00", "40.00"), "Gain/(Loss)": ("21.00", "-10.00")}
CLOSING = {
    "Units": ("102.000", "55.000"),
    "Unit Value": ("10.50", "20.00"),
    "Value": ("1,071.00", "1,100.00"),
}
AFTER = Decimal("2171.00")


def funds(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth."""
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


def by_account(statement: Statement) -> dict[str, dict[str, Decimal]]:
    """Return what each fund of each account is worth."""
    return {each.id: {row.fund.name: row.value for row in each.rows} for each in statement.accounts}


def grouped(*groups: tuple[str, dict[str, tuple[str, str]]], name: str = "Investment") -> list[list[str]]:
    """Return rows under a heading of two lines: a word above each group of columns."""
    columns = [(word if not i else "", head, cells) for word, group in groups
               for i, (head, cells) in enumerate(group.items())]  # fmt: skip
    top = [name, *(word for word, _, _ in columns)]
    bottom = ["", *(head for _, head, _ in columns)]
    return [top, bottom, *([fund, *(cells[k] for _, _, cells in columns)] for k, fund in enumerate(FUNDS))]


def text(rows: list[list[str]]) -> str:
    """Return rows as a file of cells set off by tabs."""
    return "\n".join("\t".join(row) for row in rows)


WORDS = [
    ("Beginning Balance 04/01/2025", "Account Activity", "Ending Balance 06/30/2025"),
    ("Opening position", "Movement", "Closing position"),
    ("Balance on April 1, 2025", "What changed", "Balance on June 30, 2025"),
    ("Prior statement", "Activity", "This statement"),
    ("Start of quarter", "In between", "End of quarter"),
]


@pytest.mark.parametrize(("before", "between", "after"), WORDS)
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_groups_below_words_for_times_the_closing_one_is_held(
    before: str, between: str, after: str, order: tuple[int, ...]
) -> None:
    groups = [(before, OPENING), (between, FLOWS), (after, CLOSING)]
    statement = read_table_text(text(grouped(*(groups[k] for k in order))), "x")
    assert funds(statement) == FUNDS
    assert [(row.units, row.price) for row in statement.accounts[0].rows] == [
        (Decimal("102.000"), Decimal("10.50")),
        (Decimal("55.000"), Decimal("20.00")),
    ]
    assert not statement.issues


def test_a_blank_line_may_stand_between_the_words_for_times_and_the_headings() -> None:
    top, bottom, *rows = grouped(("Opening", OPENING), ("Closing", {"Units": CLOSING["Units"],
                                 "Value": CLOSING["Value"]}))  # fmt: skip
    statement = read_table_text(text([top, [""] * len(top), ["Investment", *bottom[1:]], *rows]), "x")
    assert funds(statement) == FUNDS
    assert not statement.issues


def test_merged_cells_of_a_workbook_head_groups_of_times(tmp_path: Path) -> None:
    heading = grouped(("Beginning Balance 04/01/2025", OPENING), ("Activity", FLOWS),
                      ("Ending Balance 06/30/2025", CLOSING))  # fmt: skip
    figures = [[row[0], *(float(cell.replace(",", "")) for cell in row[1:])] for row in heading[2:]]
    total = ["Account Total", None, 2070.0, 90.0, 11.0, None, None, 2171.0]
    workbook = made({"Detail": [*heading[:2], *figures, total]})
    sheet = workbook["Detail"]
    for place in ("A1:A2", "B1:C1", "D1:E1", "F1:H1"):
        sheet.merge_cells(place)
    statement = read(tmp_path, workbook)
    assert funds(statement) == FUNDS
    assert statement.as_of == date(2025, 6, 30)
    assert statement.accounts[0].stated_total == AFTER
    assert not statement.issues


def test_a_page_with_spanned_headings_of_times_gives_the_closing_balances() -> None:
    page = (
        "<html><body><table><tr><th rowspan=2>Investment</th><th colspan=2>Opening position</th>"
        "<th colspan=3>Closing position</th></tr>"
        "<tr><th>Units</th><th>Value</th><th>Units</th><th>Unit Value</th><th>Value</th></tr>"
    )
    for k, fund in enumerate(FUNDS):
        cells = [OPENING["Units"][k], OPENING["Value"][k], *(cells[k] for cells in CLOSING.values())]
        page += f"<tr><td>{fund}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    assert funds(read_table_text(f"{page}</table></body></html>", "x")) == FUNDS


@pytest.mark.parametrize(
    "heads",
    [
        ("Units", "Value", "Units", "Unit Value", "Value"),
        ("Shares", "Amount", "Shares", "Price", "Amount"),
        ("Quantity", "Balance", "Quantity", "NAV", "Balance"),
    ],
)
def test_where_no_word_tells_units_times_price_does(heads: tuple[str, ...]) -> None:
    cells = [OPENING["Units"], OPENING["Value"], *CLOSING.values()]
    rows = [[fund, *(cell[k] for cell in cells)] for k, fund in enumerate(FUNDS)]
    statement = read_table_text(
        text([["Fund", *heads], *rows, ["Total", "", "2,070.00", "", "", "2,171.00"]]), "x"
    )
    assert funds(statement) == FUNDS
    assert [row.units for row in statement.accounts[0].rows] == [102, 55]
    assert statement.accounts[0].stated_total == AFTER
    assert not statement.issues


def test_a_day_right_above_a_heading_that_says_two_things_alike_is_no_part_of_it() -> None:
    rows = [["As of", "9/30/2025"], ["Fund", "Value", "Value", "Units", "Price"],
            ["Plover Growth Fund", "1,000.00", "1,071.00", "102", "10.50"],
            ["Curlew Bond Fund", "1,070.00", "1,100.00", "55", "20.00"]]  # fmt: skip
    statement = read_table_text(text(rows), "x")
    assert funds(statement) == FUNDS
    assert statement.as_of == date(2025, 9, 30)


def test_where_no_word_tells_shares_of_the_whole_do() -> None:
    rows = [["Fund", "Value", "Value", "% of plan"],
            ["Plover Growth Fund", "1,000.00", "1,071.00", "49.33%"],
            ["Curlew Bond Fund", "1,070.00", "1,100.00", "50.67%"]]  # fmt: skip
    statement = read_table_text(text(rows), "x")
    assert funds(statement) == FUNDS
    assert not statement.issues


def test_where_no_word_tells_what_came_in_between_does() -> None:
    rows = [["Fund", "Value", "Put in", "Market", "Value"],
            ["Plover Growth Fund", "1,000.00", "50.00", "21.00", "1,071.00"],
            ["Curlew Bond Fund", "1,070.00", "40.00", "-10.00", "1,100.00"]]  # fmt: skip
    statement = read_table_text(text(rows), "x")
    assert funds(statement) == FUNDS
    assert not statement.issues


def test_a_price_near_both_values_does_not_keep_the_reader_from_asking() -> None:
    rows = [["Fund", "Units", "Price", "Value", "Value"],
            ["Plover Growth Fund", "100", "10.50", "1,060.00", "1,071.00"],
            ["Curlew Bond Fund", "55", "20.50", "1,120.00", "1,100.00"]]  # fmt: skip
    statement = read_table_text(text(rows), "x")
    assert any(
        issue.severity is Severity.WARNING and issue.message.startswith("Two columns may hold the value")
        for issue in statement.issues
    )


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("worth now", "worth on 5/31/24"),
        ("value today", "value 12/31/2024"),
        ("current balance", "balance Dec 31"),
        ("worth", "worth on 5/31/24"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_is_worth_now_stands_before_what_it_was_worth_on_a_day(
    now: str, then: str, *, turned: bool
) -> None:
    rows = [["what", now, then], ["Plover Growth Fund", "$1,071.00", "$1,000.00"],
            ["Curlew Bond Fund", "$1,100.00", "$1,070.00"], ["sum", "$2,171.00", "$2,070.00"]]  # fmt: skip
    rows = [[row[0], *(row[:0:-1] if turned else row[1:])] for row in rows]
    statement = read_table_text(text([["prices from", "08/30/24"], [""], *rows]), "x")
    assert funds(statement) == FUNDS
    assert statement.accounts[0].stated_total == AFTER
    assert statement.as_of == date(2024, 8, 30)


@pytest.mark.parametrize(
    "label", ["prices from", "Quotes from", "numbers as of", "last updated", "prices looked up on"]
)
@pytest.mark.parametrize("width", [2, 4])
def test_a_day_below_the_table_is_that_of_its_figures(label: str, width: int) -> None:
    rows = [["What", "Shares", "Price", "Worth"], ["Plover Growth Fund", "102", "10.50", "1,071.00"],
            ["Curlew Bond Fund", "55", "20.00", "1,100.00"], ["TOTAL", "", "", "2,171.00"], [""],
            [label, "8/1/25"], ["goal by 2031", "$250,000.00", "0.9%"]]  # fmt: skip
    statement = read_table_text(text([row[:4] + [""] * (width - len(row)) for row in rows]), "x")
    assert funds(statement) == FUNDS
    assert statement.as_of == date(2025, 8, 1)


def test_the_first_day_of_a_statement_is_not_that_of_its_figures() -> None:
    rows = [["Statement from", "4/1/2025", "to", "6/30/2025"], [""], ["Fund", "Value"],
            ["Plover Growth Fund", "1,071.00"], ["Curlew Bond Fund", "1,100.00"]]  # fmt: skip
    assert read_table_text(text(rows), "x").as_of != date(2025, 4, 1)


CHANGES = ["change from prev month", "up by", "vs last month", "MoM", "what we made"]


@pytest.mark.parametrize("words", CHANGES)
@pytest.mark.parametrize("newest_first", [False, True])
def test_the_change_of_a_total_is_no_holding(words: str, *, newest_first: bool) -> None:
    rows = [
        ["fund", "Apr 2025", "May 2025", "Jun 2025"],
        ["Plover Growth Fund", "1,000.00", "1,031.00", "1,071.00"],
        ["Curlew Bond Fund", "1,070.00", "1,089.00", "1,100.00"],
        ["everything", "2,070.00", "2,120.00", "2,171.00"],
        [words, "", "50.00", "51.00"],
    ]
    if newest_first:
        rows = [[row[0], *row[:0:-1]] for row in rows]
    statement = read_table_text(text(rows), "x")
    assert funds(statement) == FUNDS
    assert SkipReason.NOT_A_HOLDING in {row.reason for row in statement.skipped if row.line == 5}


def test_a_fund_bought_since_the_last_month_is_held_though_the_total_grew_by_as_much() -> None:
    rows = [["fund", "May 2025", "Jun 2025"], ["Plover Growth Fund", "1,071.00", "1,071.00"],
            ["Curlew Bond Fund", "", "1,100.00"], ["total", "1,071.00", "2,171.00"]]  # fmt: skip
    assert funds(read_table_text(text(rows), "x")) == FUNDS


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        ("Roth IRA, Wren #..3308", "403(b) school, plan 403-77126", ("..3308", "403-77126")),
        ("Ida's HSA 0042-118", "Rollover IRA (Wren) 5512-907", ("0042-118", "5512-907")),
        ("Roth IRA", "Traditional IRA", ("Roth IRA", "Traditional IRA")),
    ],
)
def test_an_account_may_head_the_column_of_its_funds(
    tmp_path: Path, first: str, second: str, ids: tuple[str, str]
) -> None:
    sheet = [
        ["Ida's accounts - month-end balances"],
        [],
        [first, date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), "remarks"],
        ["Plover Growth Fund", 1000.0, 1071.0, None, None],
        ["total", 1000.0, 1071.0, None, None],
        [],
        [second, date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), "remarks"],
        ["Curlew Bond Fund", 1070.0, 1100.0, None, None],
        ["total", 1070.0, 1100.0, None, None],
    ]
    statement = read(tmp_path, made({"Ida": sheet}))
    assert by_account(statement) == {
        ids[0]: {"Plover Growth Fund": Decimal(1071)},
        ids[1]: {"Curlew Bond Fund": Decimal(1100)},
    }
    assert [account.stated_total for account in statement.accounts] == [1071, 1100]
    assert statement.as_of == date(2025, 2, 28)


def test_an_overview_may_call_the_sum_of_its_accounts_as_it_likes(tmp_path: Path) -> None:
    days = [date(2025, 1, 31), date(2025, 2, 28)]
    overview = [
        ["who", "account", *days],
        ["Ida", "Roth IRA #..3308", 1000.0, 1071.0],
        ["Jon", "HSA 0042-118", 1070.0, 1100.0],
        ["both", "the lot", 2070.0, 2171.0],
    ]
    ida = [["Roth IRA #..3308", *days], ["Plover Growth Fund", 1000.0, 1071.0]]
    jon = [["HSA 0042-118", *days], ["Curlew Bond Fund", 1070.0, 1100.0]]
    statement = read(tmp_path, made({"Overview": overview, "Ida": ida, "Jon": jon}))
    assert {key: sum(rows.values()) for key, rows in by_account(statement).items()} == {
        "..3308": 1071,
        "0042-118": 1100,
    }
    assert not [issue for issue in statement.issues if issue.severity is Severity.WARNING]


def test_what_was_paid_into_an_account_is_no_table_of_its_funds() -> None:
    rows = [
        ["Fund", "Value"], ["Plover Growth Fund", "1,071.00"], ["Curlew Bond Fund", "1,100.00"], [""],
        ["Roth IRA ..3308", "Jan 2025", "Feb 2025"], ["Contributions", "50.00", "50.00"],
        ["Fees", "-1.00", "-1.00"],
    ]  # fmt: skip
    assert funds(read_table_text(text(rows), "x")) == FUNDS


def test_an_account_may_head_its_funds_beside_their_tickers(tmp_path: Path) -> None:
    days = [date(2025, 2, 28), date(2025, 1, 31)]
    sheet = [["Wren 401(k) #4410-22", "Ticker", *days], ["Total Stock", "VTSAX", 1071.0, 1000.0],
             ["Curlew Bond Fund", None, 1100.0, 1070.0], ["total", None, 2171.0, 2070.0]]  # fmt: skip
    statement = read(tmp_path, made({"Ida": sheet}))
    assert by_account(statement) == {
        "4410-22": {"Total Stock": Decimal(1071), "Curlew Bond Fund": Decimal(1100)}
    }


TWO_LINES = [
    ("Security<br>Symbol", "Price<br>Day chg", "Market value<br>Day chg"),
    ("Fund name<br>Ticker", "NAV<br>Change", "Value<br>1-day change"),
    ("Symbol<br>Description", "Last price<br>Change", "Value<br>Today"),
]


@pytest.mark.parametrize("heads", TWO_LINES)
def test_a_page_may_give_two_facts_in_a_cell_under_a_heading_of_two_lines(
    heads: tuple[str, str, str],
) -> None:
    name, price, value = heads
    page = "<html><body><h2>Holdings as of 06/30/2025</h2>"
    for account, fund, ticker, units, at, worth, cash in (
        ("Roth IRA &nbsp;|&nbsp; W20-330812", "Vanguard Total Bond Market Index Fund", "VBTLX",
         "102", "$10.50", "$1,071.00", "$29.00"),
        ("SEP-IRA &nbsp;|&nbsp; W20-330840", "Fidelity 500 Index Fund", "FXAIX",
         "55", "$20.00", "$1,100.00", "$5.50"),
    ):  # fmt: skip
        first, second = (ticker, fund) if name.startswith("Symbol") else (fund, ticker)
        page += (
            f"<h3>{account}</h3><table><tr><th>{name}</th><th>Quantity</th><th>{price}</th><th>{value}</th>"
            f"<th>% of<br>account</th></tr><tr><td>{first}<br><small>{second}</small></td><td>{units}</td>"
            f"<td>{at}<br>&#8722;$0.11</td><td>{worth}<br>&#8722;$7.20</td><td>97%</td></tr>"
            "<tr><td colspan=5><table><tr><th>Date acquired</th><th>Quantity</th><th>Cost</th>"
            "<th>Lot value</th></tr><tr><td>04/15/2022</td><td>40</td><td>$300.00</td><td>$420.00</td></tr>"
            "<tr><td>04/14/2023</td><td>15</td><td>$200.00</td><td>$157.50</td></tr></table></td></tr>"
            f"<tr><td>Cash</td><td></td><td></td><td>{cash}</td><td>3%</td></tr></table>"
        )
    statement = read_table_text(f"{page}</body></html>", "x")
    assert by_account(statement) == {
        "W20-330812": {"Vanguard Total Bond Market Index Fund": Decimal(1071), "Cash": Decimal(29)},
        "W20-330840": {"Fidelity 500 Index Fund": Decimal(1100), "Cash": Decimal("5.50")},
    }
    assert [row.fund.symbol for account in statement.accounts for row in account.rows] == [
        "VBTLX", None, "FXAIX", None,
    ]  # fmt: skip
    assert statement.as_of == date(2025, 6, 30)


def test_a_word_under_a_number_of_two_lines_is_not_what_the_heading_begins_with() -> None:
    page = (
        "<html><body><table><tr><th>Fund</th><th>Total<br>contributions</th><th>Balance</th></tr>"
        "<tr><td>Plover Growth Fund</td><td>$900.00</td><td>$1,071.00</td></tr>"
        "<tr><td>Curlew Bond Fund</td><td>$800.00</td><td>$1,100.00</td></tr></table></body></html>"
    )
    assert funds(read_table_text(page, "x")) == FUNDS


@pytest.mark.parametrize("word", ["Account", "Plan", "Account number"])
def test_a_line_that_says_only_account_names_none(word: str) -> None:
    rows = [["Roth IRA W20-330812"], [word], ["Fund", "Value"], ["Plover Growth Fund", "1,071.00"],
            ["Curlew Bond Fund", "1,100.00"]]  # fmt: skip
    assert list(by_account(read_table_text(text(rows), "x"))) == ["W20-330812"]
