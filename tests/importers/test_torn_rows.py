"""Pages copied with a heading of several words and each fund on a line of its own above its figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

WANTED = [
    ("Larch 2045 Trust", None, Decimal("120.5"), Decimal("20.00"), Decimal("2410.00")),
    ("Alder 500 Index", "ALDRX", Decimal(10), Decimal("99.50"), Decimal("995.00")),
    ("Stable Value Fund", None, Decimal(300), Decimal(1), Decimal("300.00")),
]
LINKS = """\
Fund name\tShares\tPrice\tDay change\tBalance\t% of total
Larch 2045 Trust
No ticker | Prospectus
120.5\t$20.00\t+$4.00 (+0.2%)\t$2,410.00\t65.0%
Alder 500 Index
ALDRX | Prospectus
10\t$99.50\t-$1.00 (-0.1%)\t$995.00\t26.9%
Stable Value Fund
No ticker | Prospectus
300\t$1.00\t$0.00 (0.0%)\t$300.00\t8.1%
Total\t\t\t\t$3,705.00\t100%
"""
SYMBOL_FIRST = """\
Symbol\tDescription\tQuantity\tPrice\tMarket value

--
Larch 2045 Trust
120.5\t$20.00\t$2,410.00

ALDRX
Alder 500 Index
10\t$99.50\t$995.00

Stable Value Fund
300\t$1.00\t$300.00
"""
CLASSES = """\
Investment | Balance | Units | Unit price
Target date funds
Larch 2045 Trust
$2,410.00 | 120.5 | $20.00
Fact sheet (opens in new window)
Stocks
Alder 500 Index
(ALDRX)
$995.00 | 10 | $99.50
Fact sheet (opens in new window)
Fixed income
Stable Value Fund
$300.00 | 300 | $1.00
Fact sheet (opens in new window)
Total $3,705.00
"""
ASIDES = """\
Fund\tUnits\tUnit price\tBalance\t% of account
Your investments
Larch 2045 Trust
{none}\t120.5\t$20.00\t$2,410.00\t65.0%
Alder 500 Index
{ticker}\t10\t$99.50\t$995.00\t26.9%
Stable Value Fund
{none}\t300\t$1.00\t$300.00\t8.1%
Total\t\t\t$3,705.00\t100.0%
"""
"""Below each fund's name its ticker and links, in the cell in front of the figures."""

CATEGORIES = """\
Fund\tUnits\tPrice\tBalance
Larch Retirement 2045 Trust
Target-date 2045
120.5\t$20.00\t$2,410.00
Fund details
Maple & Reed Income X
Intermediate core-plus bond
10\t$99.50\t$995.00
Fund details
Cedar Short Income
Ultrashort bond
50\t$10.00\t$500.00
Fund details
Stable Value
300\t$1.00\t$300.00
Fund details
Total\t\t\t$4,205.00
"""
"""Below each fund its category, as raters call it, and a link."""


def rows(statement: Statement) -> list[tuple[str, str | None, Decimal | None, Decimal | None, Decimal]]:
    return [
        (row.fund.name, row.fund.symbol, row.units, row.price, row.value)
        for account in statement.accounts
        for row in account.rows
    ]


@pytest.mark.parametrize("text", [LINKS, SYMBOL_FIRST, CLASSES])
def test_each_fund_gets_the_figures_below_it(text: str) -> None:
    statement = read_table_text(text, "pasted")
    assert rows(statement) == WANTED
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize(
    ("none", "ticker"),
    [
        ("Fact sheet", "ALDRX | Fact sheet"),
        ("No ticker | Prospectus | Fact sheet", "ALDRX | Prospectus | Fact sheet"),
        ("Fact sheet (PDF)", "ALDRX Fact sheet (PDF)"),
        ("Details · Performance", "ALDRX · Details · Performance"),
        ("-- / View prospectus", "(ALDRX) / View prospectus"),
        ("Fund no. 0417  Fact sheet", "Ticker: ALDRX  Fact sheet"),
        ("Ficha técnica", "ALDRX | Ficha técnica"),
        ("Fact sheet", "ALDRX"),
    ],
)
@pytest.mark.parametrize("column", [False, True])
def test_a_ticker_and_links_before_the_figures_are_no_name(none: str, ticker: str, *, column: bool) -> None:
    text = ASIDES.format(none=none, ticker=ticker)
    if column:
        text = text.replace("Fund\t", "Fund\tSymbol\t").replace("\t1", "\t\t1", 1).replace("\t300", "\t\t300")
        text = text.replace("\t10\t", "\t\t10\t").replace("Total\t", "Total\t\t")
    statement = read_table_text(text, "pasted")
    assert rows(statement) == WANTED
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


def test_rows_that_name_their_funds_keep_their_names() -> None:
    text = (
        "Fund\tUnits\tPrice\tBalance\nStock funds\nALDRX\t10\t$20.00\t$200.00\n"
        "Larch Research Portfolio\t5\t$60.00\t$300.00\nTotal\t\t\t$500.00\n"
    )
    assert [row[:2] for row in rows(read_table_text(text, "pasted"))][-1] == (
        "Larch Research Portfolio",
        None,
    )


def test_a_category_below_a_fund_is_not_its_name() -> None:
    names = [name for name, *_ in rows(read_table_text(CATEGORIES, "pasted"))]
    assert names == [
        "Larch Retirement 2045 Trust",
        "Maple & Reed Income X",
        "Cedar Short Income",
        "Stable Value",
    ]


def test_sources_below_the_total_are_the_same_money() -> None:
    text = LINKS + "\nBalance by source\nPre-tax\t$3,000.00\nRoth\t$705.00\n"
    statement = read_table_text(text, "pasted")
    assert statement.total == Decimal("3705.00")
    assert {row.reason.value for row in statement.skipped if row.line > 12} == {"label", "source-split"}


def test_every_line_is_told_of() -> None:
    statement = read_table_text(LINKS, "pasted")
    told = {row.line for row in statement.skipped} | {
        row.line for account in statement.accounts for row in account.rows
    }
    assert told == set(range(2, 12))


def test_a_fund_number_in_front_of_a_row_is_no_torn_row() -> None:
    text = "Fund\tUnits\tPrice\tValue\nCore choices\n5021\t10\t$2.00\t$20.00\n5022\t10\t$3.00\t$30.00\n"
    statement = read_table_text(text, "pasted")
    assert [(row[0], row[4]) for row in rows(statement)] == [("5021", 20), ("5022", 30)]
