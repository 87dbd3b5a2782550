"""What stands beside the holdings and is something else: orders, lots, loans, wholes above cards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def funds(statement: Statement) -> dict[str, Decimal]:
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


def reasons(statement: Statement) -> dict[int, str]:
    return {row.line: row.reason.value for row in statement.skipped}


def warnings(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


def test_orders_below_the_holdings_are_not_held() -> None:
    text = (
        "Ticker|Holding / Tax lot|Shares|Last|Value\nALDR|Alder 500 Index ETF|10|$20.00|$200.00\n"
        "|   Lot 03/14/2019|4|$20.00|$80.00\n|   Lot 2 - 08/31/2020|6|$20.00|$120.00\n"
        "|Cash Sweep|||$7.50\n\nPending trades (not included in account value)\n"
        "Ticker|Order|Shares|Limit|Est. amount|Status\nALDR|Buy|35|$27.50|$962.50|Open\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Alder 500 Index ETF": 200, "Cash Sweep": Decimal("7.50")}
    assert reasons(statement) == {3: "lot", 4: "lot", 7: "pending", 8: "label", 9: "not-a-holding"}
    assert warnings(statement) == []


def test_a_loan_in_the_total_is_told_with_a_way_to_count_the_line() -> None:
    text = (
        "Fund,Value\nAlder 500 Index,200.00\nAlder Bond Index,300.00\nParticipant loan,40.00\nTotal,540.00\n"
    )
    statement = read_table_text(text, "x")
    (issue,) = [issue for issue in statement.issues if issue.line == 4]
    assert "40.00 of loans" in issue.message
    assert issue.quick == (QuickFix.COUNT,)
    assert statement.total == 500


def test_a_loan_fund_with_units_at_a_price_is_a_fund() -> None:
    text = (
        "Fund,Units,Price,Value\nAlder 500 Index,10,20.00,200.00\nAlder Senior Debt Loan Fund,4,10.00,40.00\n"
        "Loan Fund,,,60.00\nTotal,,,300.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Alder 500 Index": 200, "Alder Senior Debt Loan Fund": 40}
    assert reasons(statement) == {4: "loan", 5: "total"}


WHOLE_ABOVE = """\
Your 401(k)
Larch Design Co.
$1,000.40
Alder 500 Index
ALDRX
$600.00
30.000 shares · $20.00
Alder Bond Index
ALDBX
$400.40
40.040 shares · $10.00
Where it came from
Traditional
$700.40
Safe harbor match
$300.00
"""


def test_the_whole_above_its_cards_and_sources_below_count_once() -> None:
    statement = read_table_text(WHOLE_ABOVE, "x")
    assert funds(statement) == {"Alder 500 Index": 600, "Alder Bond Index": Decimal("400.40")}
    assert statement.accounts[0].stated_total == Decimal("1000.40")
    assert reasons(statement)[13] == reasons(statement)[15] == "source-split"


@pytest.mark.parametrize(
    ("text", "total"),
    [
        # European figures with three decimals agree with their values.
        (
            (
                "Fund;Units;Price;Value\nAlder 500 Index;123,456;345,670;42675,04\n"
                "Alder Bond Index;234,567;10,500;2462,95\nAlder Small Cap;12,345;55,100;680,21\n"
            ),
            "45818.20",
        ),
        # A bond quoted in percent of its face value.
        ("Fund;Quantity;Price;Value\n2.375% US Treasury Notes 2029;20000;96.45%;19290.00\n", "19290.00"),
    ],
)
def test_figures_that_agree_raise_no_doubt(text: str, total: str) -> None:
    statement = read_table_text(text, "x")
    assert statement.total == Decimal(total)
    assert warnings(statement) == []


def test_awards_not_owned_yet_are_not_held() -> None:
    text = (
        "Account,Security,Shares,Price,Market value\nLP-5512,Alder 500 Index,10,$20.00,$200.00\n"
        "LP-5512,Larch Inc common stock,5,$30.00,$150.00\nTotal,,,,$350.00\n\n"
        "Unvested awards (you do not own these yet; not part of the totals above)\n"
        "Award,Vests on,Unvested shares,Price,Potential value\nRSU 2024-A,15 Feb 2027,120,$30.00,$3600.00\n"
        "Total unvested,,120,,$3600.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Alder 500 Index": 200, "Larch Inc common stock": 150}
    assert warnings(statement) == []


def test_money_may_stand_with_its_share_of_the_whole() -> None:
    text = (
        "Investment\tUnits/shares\tPrice\tBalance (% of account)\n"
        "Alder 500 Index\t10\t$20.00\t$200.00 (40.0%)\nAlder Guaranteed Fund\t—\t—\t$300.00 (60.0%)\n"
        "Total\t\t\t$500.00 (100%)\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Alder 500 Index": 200, "Alder Guaranteed Fund": 300}
    assert statement.accounts[0].stated_total == 500


def test_a_heading_of_money_over_percents_is_a_share() -> None:
    text = "Fund,Units,Price,Balance (% of account)\nAlder 500 Index,10,20.00,40%\nAlder Bond,30,10.00,60%\n"
    assert funds(read_table_text(text, "x")) == {"Alder 500 Index": 200, "Alder Bond": 300}


def test_a_page_of_several_tables_counts_the_one_of_funds() -> None:
    page = (
        "<html><body><p>Participant account: <b>NQ-20881</b></p><h2>Account summary</h2>"
        "<table><tr><th>Activity</th><th>Amount</th></tr><tr><td>Deferrals</td><td>$100.00</td></tr></table>"
        "<h2>Measurement funds as of September 30, 2025</h2>"
        "<table><tr><th>Measurement fund</th><th>2023 class year</th><th>Total balance</th></tr>"
        "<tr><td>Alder 500 Index</td><td>$150.00</td><td>$200.00</td></tr>"
        "<tr><td>Alder Bond Index</td><td>$300.00</td><td>$300.00</td></tr>"
        "<tr><td>Total</td><td>$450.00</td><td>$500.00</td></tr></table>"
        "<h2>Scheduled distributions</h2>"
        "<table><tr><th>Class year</th><th>Form</th><th>Amount subject</th></tr>"
        "<tr><td>2023</td><td>Lump sum</td><td>$450.00</td></tr></table></body></html>"
    )
    statement = read_table_text(page, "x")
    assert funds(statement) == {"Alder 500 Index": 200, "Alder Bond Index": 300}
    assert [account.id for account in statement.accounts] == ["NQ-20881"]


def test_accounts_may_stand_as_sums_above_their_securities() -> None:
    text = (
        ",Security,Symbol,Shares,Quote/Price,Cost Basis,Balance\n,Rollover IRA - Pat,,,,90.00,110.00\n"
        ",    Alder Income,ALDIX,10,10.00,80.00,100.00\n,    Cash,,,,10.00,10.00\n"
        ",Joint Brokerage,,,,60.00,85.00\n,    Alder Inc,ALDR,5,15.00,50.00,75.00\n,    Cash,,,,10.00,10.00\n"
        ",TOTALS,,,,150.00,195.00\n"
    )
    statement = read_table_text(text, "x")
    assert [(account.name, account.total, account.stated_total) for account in statement.accounts] == [
        ("Rollover IRA - Pat", 110, 110),
        ("Joint Brokerage", 85, 85),
    ]
    assert warnings(statement) == []


def test_a_change_of_the_day_names_no_account() -> None:
    text = (
        "Individual ••••6614\n$300.00\n+$2.37 (+0.29%) today\n\nALDR\nAlder Total Stock ETF\n"
        "10 shares @ $20.00\n$200.00\n+$1.20 (+0.66%)\n\nALDB\nAlder Bond ETF\n5 shares @ $20.00\n$100.00\n"
        "-$1.00 (-0.97%)\n"
    )
    statement = read_table_text(text, "x")
    assert [(account.id, account.total) for account in statement.accounts] == [("••••6614", 300)]
