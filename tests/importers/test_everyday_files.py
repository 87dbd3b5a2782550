"""Files people have every day: an e-mail, a typed statement, a bank's page, an HSA, a sheet of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def funds(statement: Statement) -> dict[str, Decimal]:
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


def warnings(statement: Statement) -> list[str]:
    return [issue.message for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize("leader", [" ......... ", "........", " . . . . . . ", " ________ "])
def test_names_and_amounts_joined_by_dots(leader: str) -> None:
    text = (
        "From: Larch Retirement <noreply@larch.example>\nDate: Thu, 5 Nov 2026 07:12:44 -0600\n\n"
        "Your snapshot as of October 31, 2026.\nAccount ending in: 3306\n\n"
        f"Alder 500 Index Fund{leader}$200.00\nAlder Bond Index Fund{leader}$1,300.00\n"
        f"Total account balance{leader}$1,500.00\n\nYour vested balance is $1,400.00.\n"
    )
    statement = read_table_text(text, "mail")
    assert funds(statement) == {"Alder 500 Index Fund": 200, "Alder Bond Index Fund": 1300}
    assert statement.accounts[0].id == "3306"
    assert statement.accounts[0].stated_total == 1500
    assert str(statement.as_of) == "2026-10-31"


def test_a_table_kept_in_place_by_spaces_under_a_heading_of_two_lines() -> None:
    text = (
        "Account no. 61-204-8835\nStatement period: July 1, 2026 - September 30, 2026\n\n"
        "Fund                          Beginning   Contributions        Ending\n"
        "                                Balance                       Balance\n"
        "Alder 500 Index               18,204.11          900.00     19,104.11\n"
        "Alder Bond Index               9,110.48          300.00      9,410.48\n"
        "Total                         27,314.59        1,200.00     28,514.59\n"
    )
    statement = read_table_text(text, "typed")
    assert funds(statement) == {
        "Alder 500 Index": Decimal("19104.11"),
        "Alder Bond Index": Decimal("9410.48"),
    }
    assert statement.accounts[0].id == "61-204-8835"
    assert statement.accounts[0].stated_total == Decimal("28514.59")
    assert str(statement.as_of) == "2026-09-30"
    assert warnings(statement) == []


def test_commas_in_figures_alone_part_no_cells() -> None:
    text = "Alder 500 Index    $18,204.11\nAlder Bond Index    $9,110.48\nTotal    $27,314.59\n"
    statement = read_table_text(text, "typed")
    assert statement.total == Decimal("27314.59")


def test_a_banks_deposits_are_asked_about_and_counted() -> None:
    page = (
        "<html><body><h2>Traditional IRA</h2><p>Current as of November 5, 2026</p><table>"
        "<tr><th>Account</th><th>Account Number</th><th>Rate</th><th>Current Balance</th></tr>"
        "<tr><td>IRA Money Market Savings</td><td>xxxxxx2210</td><td>2.15%</td><td>$412.77</td></tr>"
        "<tr><td>24-Month IRA CD</td><td>xxxxxx7741</td><td>4.35%</td><td>$2,611.09</td></tr>"
        "<tr><td colspan=3>Total IRA Balance</td><td>$3,023.86</td></tr></table></body></html>"
    )
    statement = read_table_text(page, "bank")
    assert funds(statement) == {
        "IRA Money Market Savings": Decimal("412.77"),
        "24-Month IRA CD": Decimal("2611.09"),
    }
    (doubt,) = [issue for issue in statement.issues if issue.severity == "warning"]
    assert doubt.quick == (QuickFix.COLUMNS,)


def test_cash_above_the_table_is_in_the_total_above_it() -> None:
    text = (
        "Account Holder,Larch Quint\nHSA Account Number,HSA-30518842\n\nCash Balance (FDIC insured),$200.00\n"
        "Investment Balance,$300.00\nTotal HSA Balance,$500.00\n\n"
        "Fund Name,Shares Held,Closing Price,Current Value\n"
        "Alder 500 Index,10,$10.00,$100.00\nAlder Bond Index,20,$10.00,$200.00\nInvestment Total,,,$300.00\n"
    )
    statement = read_table_text(text, "hsa")
    assert statement.total == 500
    assert statement.accounts[0].id == "HSA-30518842"


def test_a_sheet_of_ones_own_names_its_account_and_day() -> None:
    text = (
        "Larch Rollover IRA,acct 4471-9026\nPrices from,10/16/2026\n\n"
        "What,Ticker,Shares,Price,Value,Target $\n"
        "US large blend,ALDL,10,10.00,100.00,120.00\nUS bonds,ALDB,20,10.00,200.00,180.00\n"
    )
    statement = read_table_text(text, "sheet")
    assert statement.accounts[0].id == "4471-9026"
    assert str(statement.as_of) == "2026-10-16"
    assert statement.total == 300


def test_cash_in_a_table_of_its_own_is_part_of_the_total() -> None:
    text = (
        "HSA Account Number,******4471\nAs Of,10/31/2026\n\nCash\nAccount,Interest Rate,Balance\n"
        "HSA Cash Account,0.05%,$150.00\n\nInvestments\nFund Name,Shares,Closing Price,Closing Value\n"
        "Alder 500 Index,10,$10.00,$100.00\nAlder Bond Index,20,$10.00,$200.00\n"
        "Total Investments,,,$300.00\n\n"
        "Total HSA Value,,,$450.00\n"
    )
    statement = read_table_text(text, "hsa")
    assert funds(statement) == {"Alder 500 Index": 100, "Alder Bond Index": 200, "HSA Cash Account": 150}
    assert [(account.id, account.stated_total) for account in statement.accounts] == [("******4471", 450)]
    assert warnings(statement) == []


def test_a_number_below_the_title_of_each_table_is_that_tables_account() -> None:
    def table(title: str, number: str, value: str) -> str:
        return (
            f"{title}\nContract number: {number}\nOwner: Larch Farrow\nInvestment option,Account value\n"
            f"Fixed Account,{value}\nContract total,{value}\n\n"
        )

    text = table("403(b) Annuity", "7N-40912", "$20.00") + table("457(b) Plan", "7N-40913", "$30.00")
    statement = read_table_text(text, "contracts")
    assert [(account.id, account.total) for account in statement.accounts] == [
        ("7N-40912", 20),
        ("7N-40913", 30),
    ]


def test_a_column_with_one_person_leaves_the_account_to_the_lines_above() -> None:
    text = "Roth IRA - Larch\nAcct 8841-0273\n\nFund,Ticker,Value,Owner\nAlder 500 Index,ALDRX,10.00,Larch\n"
    assert [account.id for account in read_table_text(text, "sheet").accounts] == ["8841-0273"]


@pytest.mark.parametrize("joint", [" to ", " through ", " - ", "–"])
def test_the_end_of_a_period_in_words_is_the_day(joint: str) -> None:
    text = (
        f"Quarterly statement  July 1, 2026{joint}September 30, 2026\n\nFund,Value\nAlder 500 Index,10.00\n"
    )
    assert str(read_table_text(text, "typed").as_of) == "2026-09-30"


@pytest.mark.parametrize(
    "words", ["Net balance", "Balance", "Value", "Net account value", "Everything", "All"]
)
def test_a_line_that_is_only_a_word_for_the_whole_is_no_fund(words: str) -> None:
    below = read_table_text(f"Fund,Value\nAlder 2040 Fund,300.00\n{words},300.00\n", "x")
    above = read_table_text(f"Fund,Value\n{words},500.00\nAlder 500 Index,200.00\nAlder Bond,300.00\n", "x")
    assert (below.total, above.total) == (300, 500)


def test_a_total_net_of_a_loan_is_a_check() -> None:
    text = (
        "Fund,Value\nAlder 500 Index,100.00\nAlder Bond,50.00\nParticipant Loan,(25.00)\nNet balance,125.00\n"
    )
    statement = read_table_text(text, "x")
    assert (statement.total, statement.accounts[0].stated_total) == (150, 125)
    assert warnings(statement) == []


@pytest.mark.parametrize(
    "text",
    [
        # Each group ends with its own name, even one of a single fund.
        "Fund,Value\nAlder 500 Index,450.00\nUS stocks,450.00\nAlder Bond,200.00\nBonds,200.00\nAll,650.00\n",
        # The group's name stands above its table and below it.
        (
            "Equities\nName,Value\nAlder Inc,450.00\nEquities,450.00\nFixed income\nName,Value\n"
            "Alder Bond,200.00\nFixed income,200.00\nPortfolio,650.00\n"
        ),
        # Sources stand above the fund they add up to.
        (
            "Fund / source,Units,Price,Value\n  Pre-tax,30,10.00,300.00\n  Roth,15,10.00,150.00\n"
            "Alder 500 Index,45,10.00,450.00\n  Pre-tax,20,5.00,100.00\n  Roth,20,5.00,100.00\n"
            "Alder Bond,40,5.00,200.00\n"
        ),
        # A fund with one lot beside one with two.
        (
            "Symbol,Fund,Acquired,Quantity,Price,Value\nALDR,Alder 500 Index,,45,10.00,450.00\n"
            "ALDR,Alder 500 Index,01/02/2020,15,10.00,150.00\n"
            "ALDR,Alder 500 Index,03/04/2021,30,10.00,300.00\n"
            "ALDB,Alder Bond,,40,5.00,200.00\nALDB,Alder Bond,05/06/2022,40,5.00,200.00\nTotal,,,,,650.00\n"
        ),
        # The same one-line tables twice in one file.
        2 * ("Account,Fund,Units,Price,Value\n4455667,Alder Mix,65,10.00,650.00\n\n"),
    ],
)
def test_what_stands_twice_counts_once(text: str) -> None:
    statement = read_table_text(text, "x")
    assert statement.total == 650
    assert warnings(statement) == []


def test_a_typed_list_may_mix_dots_and_shares_at_a_price() -> None:
    text = (
        "MONEY as of September 30, 2026\n\n1. Larch - deferred comp, acct # 77-20418\n"
        "   Stable Income Fund ............ $200.00\n   Alder Bond Portfolio ............ $300.00\n"
        "   TOTAL ............ $500.00\n\n2. Rose - rollover IRA, acct # R-5518820\n"
        "   Alder Balanced Fund (ALDBX), 12.5 shares @ $8.00 = $100.00\n   money market $50.00\n"
        "   TOTAL $150.00\n\n"
        "ALL TOGETHER: $650.00\n"
    )
    statement = read_table_text(text, "typed")
    assert [(account.id, account.total, account.stated_total) for account in statement.accounts] == [
        ("77-20418", 500, 500),
        ("R-5518820", 150, 150),
    ]


def test_a_cell_with_an_amount_above_its_share_holds_the_amount() -> None:
    row = "<tr><th>{}<br><small>Large Cap</small></th><td><div>{}</div><div>{} of balance</div></td></tr>"
    page = (
        "<html><body><p>Priced at market close 10/16/2026</p>"
        "<table><tr><th>Investment</th><th>Current balance</th></tr>"
        + row.format("Alder 500 Index", "$400.00", "80%")
        + row.format("Alder Bond Index", "$100.00", "20%")
        + "<tr><th>Total</th><td><div>$500.00</div><div>100%</div></td></tr></table></body></html>"
    )
    statement = read_table_text(page, "page")
    assert list(funds(statement).values()) == [400, 100]
    assert (str(statement.as_of), warnings(statement)) == ("2026-10-16", [])


def test_what_was_earned_is_no_holding() -> None:
    facts = "Lifetime contributions,350.00\nEarnings,150.00\n"
    text = f"Fund,Value\nAlder 500 Index,400.00\nAlder Bond,100.00\n{facts}"
    assert read_table_text(text, "x").total == 500


def test_a_total_whose_sums_stand_under_units_and_price_is_no_fund() -> None:
    text = (
        "Report date,10/31/2026\n\nFund,Shares,Price,Value 6/30/2026,Value 9/30/2026\n"
        "Alder 500 Index,10,20.00,190.00,200.00\nAlder Bond Index,30,10.00,310.00,300.00\n"
        "Total,500.00,500.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Alder 500 Index": 200, "Alder Bond Index": 300}
