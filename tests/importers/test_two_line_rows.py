"""Statements of trust departments copied as text: a name over one line or more, then a line of its figures.

Every bank, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text
from desktop_app.importers.errors import UnreadableFileError

from .readings import added_up, warnings

D = Decimal
PAGE = (
    "LOWELL & HART TRUST COMPANY\nWealth Services\nPage {page} of 3\nL&H TTEE FBO R OKAFOR ROTH IRA\n"
    "Account Number 7720-118-04\nApril 1, 2025 through June 30, 2025\n\n"
)
SUMMARY = (
    "ACCOUNT SUMMARY\nMarket Value This Period Prior Period\nCash 2,600.00 2,100.00\n"
    "Bonds 20,895.00 20,500.00\nStocks 30,110.11 28,000.00\nTotal Account Value 53,605.11 50,600.00\n\n"
    "Questions? Dana Wills 207-555-0133\n\n"
)
ASSETS = "ASSETS HELD AS OF JUNE 30, 2025\n\n"
WIDE = (
    "Units / Par   Description\n"
    "Unit Price   Tax Cost   Market Value   % of Acct   Est. Ann. Income   Yield\n\n"
)
NARROW = "Shares Description\nPrice Cost Basis Market Value % of Account Annual Income Yield\n\n"
MIXED = "Quantity Security Description\nUnit Price   Book Value   Market Value   Weight   Income   Yield\n\n"
CASH = (
    "CASH\nIncome Cash\n100.00 100.00 0.2%\n2,500.000 HARBOR GOVERNMENT\nMONEY FUND CLASS T\n"
    "1.00 2,500.00 2,500.00 4.7% 100.00 4.00%\nTOTAL CASH 2,600.00 2,600.00 4.9%\n\n"
)
BONDS = (
    "FIXED INCOME\n1,100.000 ELLERY CORE\nBOND PORTFOLIO\nINSTITUTIONAL\n"
    "10.00 11,500.00 11,000.00 20.5% 400.00 3.64%\n"
    "10,000 US TREASURY NOTE 3.875%\nDUE 08/15/2033\n98.95 9,800.00 9,895.00 18.5% 387.50 3.92%\n"
    "TOTAL FIXED INCOME 21,300.00 20,895.00 39.0%\n\n"
)
STOCKS = (
    "EQUITIES\n50 LARKIN\n500 INDEX ETF\n400.00 15,000.00 20,000.00 37.3% 250.00 1.25%\n"
    "300.333 MOSSWOOD INTERNATIONAL VALUE FUND\n33.663 9,000.00 10,110.11 18.9% 300.00 2.97%\n"
    "TOTAL EQUITIES 24,000.00 30,110.11 56.2%\n\n"
)
END = (
    "TOTAL ASSETS 47,900.00 53,605.11 100.0%\n\nCASH ACTIVITY\n04/15/25 TRUSTEE FEE 90.10-\n"
    "05/20/25 DIVIDEND LARKIN 500 INDEX ETF 62.50\n\nStatement prepared July 9, 2025\n"
)
FUNDS = {
    "Income Cash": D("100.00"),
    "HARBOR GOVERNMENT MONEY FUND CLASS T": D("2500.00"),
    "ELLERY CORE BOND PORTFOLIO INSTITUTIONAL": D("11000.00"),
    "US TREASURY NOTE 3.875% DUE 08/15/2033": D("9895.00"),
    "LARKIN 500 INDEX ETF": D("20000.00"),
    "MOSSWOOD INTERNATIONAL VALUE FUND": D("10110.11"),
}


def pages(heading: str, *, broken: bool = True) -> str:
    again = f"{PAGE.format(page=3)}ASSETS HELD AS OF JUNE 30, 2025 (continued)\n\n{heading}" if broken else ""
    first = PAGE.format(page=1) + SUMMARY + PAGE.format(page=2) + ASSETS
    return first + heading + CASH + BONDS + again + STOCKS + END


@pytest.mark.parametrize("heading", [WIDE, NARROW, MIXED])
@pytest.mark.parametrize("broken", [True, False])
def test_each_holding_has_its_whole_name_and_its_own_value(heading: str, broken: bool) -> None:
    statement = read_table_text(pages(heading, broken=broken), "trust")
    assert added_up(statement) == FUNDS
    (account,) = statement.accounts
    assert (account.id, account.name) == ("7720-118-04", "L&H TTEE FBO R OKAFOR ROTH IRA")
    assert account.stated_total == account.total == D("53605.11")
    assert f"{statement.as_of}" == "2025-06-30"
    assert not warnings(statement)


def test_units_stand_before_the_name_and_prices_below_it() -> None:
    rows = read_table_text(pages(WIDE), "trust").accounts[0].rows
    assert [(row.units, row.price) for row in rows] == [
        (None, None),
        (D("2500"), D("1.00")),
        (D("1100"), D("10.00")),
        (D("10000"), D("98.95")),
        (D("50"), D("400.00")),
        (D("300.333"), D("33.663")),
    ]


ROWS = (
    ("HARBOR GOVERNMENT\nMONEY FUND CLASS T", "2,500.000", "1.00", "2,500.00", "2,500.00"),
    ("ELLERY CORE BOND", "1,100.000", "10.00", "11,500.00", "11,000.00"),
    ("MOSSWOOD INTERNATIONAL\nVALUE FUND", "300.333", "33.663", "9,000.00", "10,110.11"),
)
TOLD = {
    "HARBOR GOVERNMENT MONEY FUND CLASS T": D("2500.00"),
    "ELLERY CORE BOND": D("11000.00"),
    "MOSSWOOD INTERNATIONAL VALUE FUND": D("10110.11"),
}
OPENING = "Lowell & Hart Trust Company\nAccount Number 7720-118-04\nHoldings as of June 30, 2025\n\n"


def behind(name: str, units: str) -> str:
    first, _, rest = name.partition("\n")
    return f"{first} {units}" + (f"\n{rest}" if rest else "")


@pytest.mark.parametrize(
    "text",
    [
        "Description Shares\nPrice Cost Market Value\n"
        + "".join(f"{behind(n, u)}\n{p} {c} {v}\n" for n, u, p, c, v in ROWS),
        "Security Description\nQuantity Price Total Cost Market Value\n"
        + "".join(f"{n}\n{u} {p} {c} {v}\n" for n, u, p, c, v in ROWS),
        "Security Description\nQuantity   Price   Total Cost   Market Value\n"
        + "".join(f"{n}\n{u} {p} {c} {v}\n" for n, u, p, c, v in ROWS),
        "Shares Description Price Cost Market Value\n"
        + "".join(f"{u} {n}\n{p} {c} {v}\n" for n, u, p, c, v in ROWS),
        "Description Shares Price Cost Market Value\n"
        + "".join(f"{n}\n{u} {p} {c} {v}\n" for n, u, p, c, v in ROWS),
        "Asset Name\nMarket Value   Shares   Price\n"
        + "".join(f"MUTUAL FUNDS\n{n}\n{v} {u} {p}\n" if k == 0 else f"{n}\n{v} {u} {p}\n"
                  for k, (n, u, p, c, v) in enumerate(ROWS)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("total", ["Total 23,000.00 23,610.11\n", ""])
def test_units_may_stand_anywhere(text: str, total: str) -> None:
    statement = read_table_text(OPENING + text + total, "trust")
    assert added_up(statement) == TOLD
    assert [row.units for row in statement.accounts[0].rows] == [D("2500"), D("1100"), D("300.333")]
    assert statement.accounts[0].id == "7720-118-04"


def test_a_mark_for_nothing_keeps_its_place() -> None:
    text = pages(WIDE).replace("100.00 100.00 0.2%", "- 100.00 100.00 0.2% - -")
    assert added_up(read_table_text(text, "trust")) == FUNDS


def test_what_cannot_be_placed_is_told_and_not_counted() -> None:
    rows = "".join(f"{u} {n}\n{p} {c} {v}\n" for n, u, p, c, v in ROWS)
    text = OPENING + "Shares Description\nPrice Cost Market Value\n" + rows + "Principal Cash\n75.00 80.00\n"
    statement = read_table_text(text, "trust")
    assert added_up(statement) == TOLD
    assert any("Principal Cash" in message for message in warnings(statement))


def test_a_heading_that_its_figures_deny_is_not_believed() -> None:
    rows = "".join(f"{u} {n}\n{c} {p} {v}\n" for n, u, p, c, v in ROWS)
    try:
        statement = read_table_text(OPENING + "Shares Description\nPrice Cost Market Value\n" + rows, "trust")
    except UnreadableFileError:
        return
    assert set(added_up(statement).values()) <= set(TOLD.values())


@pytest.mark.parametrize("below", ["{figures}\n{code}\n", "{code}\n{figures}\n"])
@pytest.mark.parametrize("heading", ["Shares Asset Description\nPrice Cost Market Value\n"])
def test_a_code_on_a_line_of_its_own_is_no_part_of_a_name(below: str, heading: str) -> None:
    codes = ("CUSIP 316146356", "CUSIP: 922908710", "Ticker: MSWVX")
    rows = "".join(
        f"{u} {n}\n" + below.format(figures=f"{p} {c} {v}", code=code)
        for (n, u, p, c, v), code in zip(ROWS, codes, strict=True)
    )
    statement = read_table_text(OPENING + heading + rows, "trust")
    assert added_up(statement) == TOLD
    funds = [row.fund for row in statement.accounts[0].rows]
    assert [(fund.cusip, fund.symbol) for fund in funds] == [
        ("316146356", None),
        ("922908710", None),
        (None, "MSWVX"),
    ]
