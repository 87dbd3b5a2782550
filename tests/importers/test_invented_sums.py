"""Layouts nobody described, in which the same money stands more than once; each was made up for this test.

What must come out is what was put in: the funds below, and the totals added by hand.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def funds(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth in all accounts."""
    sums: dict[str, Decimal] = {}
    for account in statement.accounts:
        for row in account.rows:
            sums[row.fund.name] = sums.get(row.fund.name, Decimal(0)) + row.value
    return sums


def reasons(statement: Statement) -> dict[int, str]:
    return {row.line: row.reason.value for row in statement.skipped}


def warnings(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


CASES = {
    "class heads above their funds": (
        """\
Investment,Shares,Price,Market Value
US Stocks,,,"70,250.40"
Cedar 500 Index Fund,300,200.10,"60,030.00"
Cedar Small Company Fund,409.12,24.98,"10,220.40"
Bonds,,,"30,100.25"
Cedar Total Bond Fund,3010.025,10.00,"30,100.25"
Total,,,"100,350.65"
""",
        {
            "Cedar 500 Index Fund": "60030.00",
            "Cedar Small Company Fund": "10220.40",
            "Cedar Total Bond Fund": "30100.25",
        },
        {2: "total", 5: "total", 7: "total"},
    ),
    "class heads without any units": (
        """\
Fund,Balance
Large cap stocks,41000.00
Birch Growth Fund,25000.00
Birch Value Fund,16000.00
Fixed income,9000.00
Birch Core Bond Fund,9000.00
Account total,50000.00
""",
        {"Birch Growth Fund": "25000", "Birch Value Fund": "16000", "Birch Core Bond Fund": "9000"},
        {2: "total", 5: "total", 7: "total"},
    ),
    "heads within heads": (
        """\
Description,Units,Value
All assets,,1000.01
Stocks,,700.01
Domestic stocks,,500.01
A1 Growth Fund,5,300.00
A2 Value Fund,4,200.01
International stocks,,200.00
A3 World Fund,2,150.00
A4 Asia Fund,1,50.00
Bonds,,300.00
A5 Bond Fund,3,300.00
""",
        {
            "A1 Growth Fund": "300.00",
            "A2 Value Fund": "200.01",
            "A3 World Fund": "150.00",
            "A4 Asia Fund": "50.00",
            "A5 Bond Fund": "300.00",
        },
        {2: "total", 3: "total", 4: "total", 7: "total", 10: "total"},
    ),
    "lots below without a date": (
        """\
Symbol,Description,Quantity,Price,Value
QQQA,Quartz Growth ETF,10,50.00,500.00
,,6,50.00,300.00
,,4,50.00,200.00
QQQB,Quartz Bond ETF,8,20.00,160.00
,,8,20.00,160.00
""",
        {"Quartz Growth ETF": "500.00", "Quartz Bond ETF": "160.00"},
        {3: "lot", 4: "lot", 6: "lot"},
    ),
    "lots called lots": (
        """\
Security,Shares,Market Value
Fir Equity Fund,100,1234.50
Lot 1,60,740.70
Lot 2,40,493.80
Fir Bond Fund,10,99.10
Acquired 2019-03-04,10,99.10
""",
        {"Fir Equity Fund": "1234.50", "Fir Bond Fund": "99.10"},
        {3: "lot", 4: "lot", 6: "lot"},
    ),
    "lots under the fund's own name": (
        """\
Ticker,Name,Qty,Price,Amount
ELMA,Elm Index ETF,30,10.00,300.00
ELMA,Elm Index ETF,20,10.00,200.00
ELMA,Elm Index ETF,10,10.00,100.00
ELMB,Elm Bond ETF,5,9.00,45.00
""",
        {"Elm Index ETF": "300.00", "Elm Bond ETF": "45.00"},
        {3: "lot", 4: "lot"},
    ),
    "sources below each fund's line": (
        """\
Fund Name,Money Source,Units,Balance
Maple 2040 Fund,,120,2400.60
,Employee Pre-Tax,70,1400.35
,Roth,30,600.15
,Employer Match,20,400.10
Maple Bond Fund,,50,500.00
,Employee Pre-Tax,50,500.00
Total,,,2900.60
""",
        {"Maple 2040 Fund": "2400.60", "Maple Bond Fund": "500.00"},
        {3: "source-split", 4: "source-split", 5: "source-split", 7: "source-split", 8: "total"},
    ),
    "sources in the column of names": (
        """\
Investment,Balance
Oak Stock Fund,900.30
  Employee deferral,500.10
  Employer match,400.20
Oak Bond Fund,99.70
  Employee deferral,99.70
Total,1000.00
""",
        {"Oak Stock Fund": "900.30", "Oak Bond Fund": "99.70"},
        {3: "source-split", 4: "source-split", 6: "source-split", 7: "total"},
    ),
    "all sources beside each": (
        """\
Fund,Source,Value
Ash Index Fund,All Sources,700.07
Ash Index Fund,Pre-tax,400.04
Ash Index Fund,Roth,300.03
Ash Bond Fund,All Sources,50.00
Ash Bond Fund,Roth,50.00
""",
        {"Ash Index Fund": "700.07", "Ash Bond Fund": "50.00"},
        {2: "total", 5: "total"},
    ),
    "subtotals by fund": (
        """\
Fund,Source,Value
Yew Index Fund,Pre-tax,100.10
Yew Index Fund,Roth,50.05
Yew Index Fund Total,,150.15
Yew Bond Fund,Pre-tax,20.00
Yew Bond Fund,Match,30.00
Yew Bond Fund Total,,50.00
Grand Total,,200.15
""",
        {"Yew Index Fund": "150.15", "Yew Bond Fund": "50.00"},
        {4: "total", 7: "total", 8: "total"},
    ),
    "a total per fund and per source": (
        """\
Fund,Source,Value
Ivy Index Fund,Pre-tax,10.01
Ivy Index Fund,Roth,20.02
Ivy Index Fund,Total,30.03
Ivy Bond Fund,Pre-tax,5.00
Ivy Bond Fund,Roth,6.00
Ivy Bond Fund,Total,11.00
Total,Pre-tax,15.01
Total,Roth,26.02
Total,Total,41.03
""",
        {"Ivy Index Fund": "30.03", "Ivy Bond Fund": "11.00"},
        {4: "total", 7: "total", 8: "total", 9: "total", 10: "total"},
    ),
    "the fund named on its first source only": (
        """\
Fund,Source,Units,Value
Larch Stock Fund,Pre-tax,10,100.00
,Roth,10,100.00
,Match,5,50.00
Larch Bond Fund,Pre-tax,2,20.00
,Match,1,10.00
""",
        {"Larch Stock Fund": "250.00", "Larch Bond Fund": "30.00"},
        {},
    ),
    "a line of words names the fund": (
        """\
Investment,Units,Value
Linden Growth Fund
Pre-tax contributions,10,400.00
Employer match,5,200.00
Linden Income Fund
Pre-tax contributions,3,33.30
Total,,633.30
""",
        {"Linden Growth Fund": "600.00", "Linden Income Fund": "33.30"},
        {2: "label", 5: "label", 7: "total"},
    ),
    "a table by source after the funds": (
        """\
Fund,Units,Price,Value
Spruce Index Fund,10,30.00,300.00
Spruce Bond Fund,20,10.00,200.00

Description,Balance
Employee pre-tax,350.00
Company match,150.00
""",
        {"Spruce Index Fund": "300.00", "Spruce Bond Fund": "200.00"},
        {5: "label", 6: "source-split", 7: "source-split"},
    ),
    "a table by asset class before the funds": (
        """\
Asset Class,Balance,Percent
Stocks,300.00,60%
Bonds,200.00,40%

Fund,Units,Price,Value
Alder Index Fund,10,30.00,300.00
Alder Bond Fund,20,10.00,200.00
""",
        {"Alder Index Fund": "300.00", "Alder Bond Fund": "200.00"},
        {2: "not-a-holding", 3: "not-a-holding", 5: "label"},
    ),
    "a table by asset class under the funds' own words": (
        """\
Description,Value,Weight
Equities,300.00,60%
Fixed income,200.00,40%

Description,Units,Value
Hazel Index Fund,10,250.00
Hazel Small Fund,10,50.00
Hazel Bond Fund,20,200.00
""",
        {"Hazel Index Fund": "250.00", "Hazel Small Fund": "50.00", "Hazel Bond Fund": "200.00"},
        {2: "not-a-holding", 3: "not-a-holding", 5: "label"},
    ),
    "the same table again": (
        """\
Fund,Value
Rowan Index Fund,10.10
Rowan Bond Fund,20.20
Rowan Cash Fund,30.30

Fund,Units,Price,Value
Rowan Index Fund,1,10.10,10.10
Rowan Bond Fund,1,20.20,20.20
Rowan Cash Fund,1,30.30,30.30
""",
        {"Rowan Index Fund": "10.10", "Rowan Bond Fund": "20.20", "Rowan Cash Fund": "30.30"},
        {2: "not-a-holding", 3: "not-a-holding", 4: "not-a-holding", 6: "label"},
    ),
    "a loan among the funds": (
        """\
Investment,Balance
Teak Stock Fund,500.00
Teak Floating Rate Loan Fund,100.00
Loan Balance,250.00
Total,600.00
""",
        {"Teak Stock Fund": "500.00", "Teak Floating Rate Loan Fund": "100.00"},
        {4: "loan", 5: "total"},
    ),
    "loans in a table of their own": (
        """\
Investment,Units,Balance
Teak Stock Fund,5,500.00
Teak Bond Fund,1,100.00

Loan Number,Loan Type,Original Amount,Outstanding Balance
1,General purpose,1000.00,640.00
2,Residential,9000.00,8000.00
""",
        {"Teak Stock Fund": "500.00", "Teak Bond Fund": "100.00"},
        {5: "label", 6: "loan", 7: "loan"},
    ),
    "loans under a label": (
        """\
Investment,Balance
Teak Stock Fund,500.00
Teak Bond Fund,100.00
Outstanding loans
General purpose,640.00
""",
        {"Teak Stock Fund": "500.00", "Teak Bond Fund": "100.00"},
        {4: "label", 5: "loan"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_same_money_counts_once(name: str) -> None:
    text, expected, skipped = CASES[name]
    statement = read_table_text(text, "x")
    assert funds(statement) == {fund: Decimal(value) for fund, value in expected.items()}
    assert reasons(statement) == skipped
    assert warnings(statement) == []


def test_a_window_under_any_name_counts_once() -> None:
    text = (
        "Account,Investment,Units,Value\n"
        "Works Plan,Poplar Index Fund,10,1000.00\nWorks Plan,Self-Directed Brokerage Account,,777.25\n"
        "PCRA 4455,Poplar Tech ETF,7,700.00\nPCRA 4455,Cash,,77.25\n"
    )
    statement = read_table_text(text, "x")
    assert {account.id: account.total for account in statement.accounts} == {
        "Works Plan": Decimal("1000.00"),
        "PCRA 4455": Decimal("777.25"),
    }
    assert reasons(statement) == {3: "rollup"}


def test_a_window_is_known_by_the_worth_of_another_account() -> None:
    text = (
        "Account,Investment,Value\nWorks Plan,Poplar Index Fund,1000.00\nWorks Plan,Brokerage Window,77.31\n"
        "8899-1234,Poplar Tech ETF,70.30\n8899-1234,Cash,7.01\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("1077.31")
    assert reasons(statement) == {3: "rollup"}


def test_a_window_whose_account_is_not_listed_stays() -> None:
    text = "Fund,Value\nPoplar Index Fund,1000.00\nSelf-directed brokerage,77.31\n"
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("1077.31")
    assert reasons(statement) == {}


def test_a_summary_of_accounts_beside_their_funds_counts_once() -> None:
    text = (
        "Account,Description,Value\nPlan A,Retirement savings,300.00\nPlan B,Rollover,70.00\n\n"
        "Account,Description,Units,Value\nPlan A,Aspen Index Fund,1,200.00\nPlan A,Aspen Bond Fund,1,100.00\n"
        "Plan B,Aspen Index Fund,1,70.00\n"
    )
    statement = read_table_text(text, "x")
    assert {account.id: account.total for account in statement.accounts} == {"Plan A": 300, "Plan B": 70}
    assert reasons(statement) == {2: "not-a-holding", 3: "not-a-holding", 5: "label"}


def test_a_summary_that_counts_a_loan_as_well_is_a_check_and_no_holding() -> None:
    text = (
        "Account,Description,Value\n41-07,Mill savings plan,330.00\n41-08,Rollover IRA,70.00\n\n"
        "Account,Description,Units,Value\n41-07,Aspen 500 Index Fund,1,200.00\n"
        "41-07,Aspen Bond Index Fund,1,100.00\n41-08,Aspen 500 Index Fund,1,70.00\n"
    )
    statement = read_table_text(text, "x")
    assert [(a.id, a.name, a.total, a.stated_total) for a in statement.accounts] == [
        ("41-07", "Mill savings plan", 300, 330),
        ("41-08", "Rollover IRA", 70, 70),
    ]
    assert warnings(statement) == [2]


def test_one_account_above_its_funds_is_a_sum() -> None:
    text = (
        "Account,Name,Balance\n41-07,Mill savings plan,300.00\n\n"
        "Account,Fund,Units,Price,Value\n41-07,Aspen 500 Index Fund,1,200.00,200.00\n"
        "41-07,Aspen Bond Index Fund,1,100.00,100.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Aspen 500 Index Fund": 200, "Aspen Bond Index Fund": 100}
    assert warnings(statement) == []


@pytest.mark.parametrize(
    "text",
    [
        # Round figures that happen to add up are funds.
        "Fund,Value\nInternational Stock,30000\nBirch 500 Index,20000\nBirch Bond Index,10000\n",
        "Fund,Value\nBirch 500 Index,20000\nBirch Bond Index,10000\nStable Value,30000\n",
        "Symbol,Value\nABCDX,400\nBCDEX,200\nCash,600\n",
        # A match of half of what was paid in is no subtotal.
        "Fund,Source,Value\nBirch Index,Pre-tax,6000\nBirch Index,Roth,3000\nBirch Index,Match,3000\n",
        # Two lines of one fund may be two purchases, in two places.
        "Symbol,Name,Quantity,Value\nABCDX,Birch Index,10,100\nABCDX,Birch Index,10,100\n",
    ],
)
def test_sums_by_chance_drop_nothing(text: str) -> None:
    statement = read_table_text(text, "x")
    assert statement.total == sum(Decimal(line.rsplit(",", 1)[1]) for line in text.splitlines()[1:])
    assert not statement.skipped
    assert warnings(statement) == []


def test_a_fund_that_is_the_sum_of_its_other_lines_is_asked_about() -> None:
    text = "Fund,Value\nBirch Index Fund,300\nBirch Index Fund,200\nBirch Index Fund,100\nBirch Bond Fund,1\n"
    statement = read_table_text(text, "x")
    assert statement.total == 601
    assert warnings(statement) == [2]
