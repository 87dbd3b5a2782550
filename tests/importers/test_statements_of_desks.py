"""Statements of payroll desks, brokers and administrators: each was made up, and must read as it was made."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.importers import read_source, read_table_text

from .readings import in_order, warnings


def test_a_payroll_page_with_contributions_above_the_holdings() -> None:
    text = (
        "Elmpay - My Retirement\nEmployee,Ada Elm,,Plan ID,GR-40118\n"
        "Pay date,09/18/2026,,Pay period,09/01/2026 - 09/12/2026\n\n"
        "MY CONTRIBUTIONS\nSource,Election,This check,Year to date\nPre-tax 401(k),6%,$180.00,$3240.00\n"
        "Company match,4%,$120.00,$2160.00\nTotal,,$300.00,$5400.00\n\n"
        "MY INVESTMENTS,(balances at market close 09/16/2026; updated once a week)\n"
        "Investment,New money %,Shares,Share price,Balance\nElm 2050 Fund,60%,100,$20.00,$2000.00\n"
        "Elm Bond Fund,40%,50,$10.00,$500.00\nTotal,100%,,,$2500.00\nOf which vested,,,,$2100.00\n\n"
        "Downloaded 09/20/2026 8:41 PM\n"
    )
    statement = read_table_text(text, "export")
    assert in_order(statement) == [
        ("GR-40118", "Elm 2050 Fund", "2000.00"),
        ("GR-40118", "Elm Bond Fund", "500.00"),
    ]
    assert statement.as_of == date(2026, 9, 16)
    assert warnings(statement) == []


def test_a_printed_statement_with_groups_called_by_their_share_of_the_account() -> None:
    text = (
        "ROLLOVER IRA                                   Account Number: 5EL-208\n\n"
        "Beginning value on 05/01/2026            $9,000.00\n"
        "Ending value on 05/31/2026              $10,000.00\n\n"
        "CASH AND SWEEP (10.00% of account)\n"
        "Insured Deposit Sweep                                1,000.00\n\n"
        "MUTUAL FUNDS (60.00% of account)\n"
        "Description                         Quantity     Price       Market\n"
        "                                                              Value\n"
        "Elm Stock Fund Class I                100.000     40.00     4,000.00\n"
        "Elm Bond Fund Inst                    200.000     10.00     2,000.00\n"
        "Total Mutual Funds                                          6,000.00\n\n"
        "EXCHANGE-TRADED FUNDS (30.00% of account)\n"
        "Description                         Quantity     Price       Market\n"
        "                                                              Value\n"
        "Elm Mid-Cap ETF                        50.000     60.00     3,000.00\n"
        "Total Exchange-Traded Funds                                 3,000.00\n\n"
        "TOTAL ACCOUNT VALUE                                        10,000.00\n"
    )
    statement = read_table_text(text, "statement")
    assert {row[0] for row in in_order(statement)} == {"5EL-208"}
    assert {row[1]: row[2] for row in in_order(statement)} == {
        "Insured Deposit Sweep": "1000.00", "Elm Stock Fund Class I": "4000.00",
        "Elm Bond Fund Inst": "2000.00", "Elm Mid-Cap ETF": "3000.00",
    }  # fmt: skip


def test_facts_in_a_table_beside_a_menu_are_not_lost() -> None:
    facts = (
        "<table><tr><td>Plan:</td><td>Elm Works 401(k) - Plan No. 71806</td></tr>"
        "<tr><td>Valuation date:</td><td>07/02/2026</td></tr></table>"
    )
    funds = (
        "<table><tr><th>Investment</th><th>Units<br>@ Price</th><th>Total<br>Balance ($)</th></tr>"
        "<tr><td>Elm Growth Trust</td><td>100<br>@ 20.00</td><td>2,000.00</td></tr>"
        "<tr><td>Elm Bond Trust</td><td>50<br>@ 10.00</td><td>500.00</td></tr></table>"
    )
    menu = "Balance<br>Activity<br>Transfers<br>Loans<br>Forms"
    page = (
        "<table><tr><td>07/03/2026 11:02 AM<br>Log off</td></tr></table>"
        f"<table><tr><td>{menu}</td><td><h3>Account Balance by Source</h3>{facts}{funds}"
        "<p>Loan balances aren't included in the table above.</p></td></tr></table>"
    )
    statement = read_source(StatementSource("page", html=f"<html><body>{page}</body></html>"))
    assert in_order(statement) == [
        ("71806", "Elm Growth Trust", "2000.00"),
        ("71806", "Elm Bond Trust", "500.00"),
    ]
    assert statement.as_of == date(2026, 7, 2)


def test_columns_as_aggregators_name_them() -> None:
    text = (
        "class,institution_name,account_name,account_subtype,account_mask,ticker_symbol,security_name,quantity,"
        "institution_price,institution_value,iso_currency,balance_date,last_synced_at\n"
        "asset,Elm Trust,Elm Foods 401(k),401(k),xxxx4821,,Elm Target 2045 Trust,100,20.00,2000.00,USD,"
        "2026-05-29,2026-05-31T06:12:09Z\n"
        "asset,Elm Broker,Roth IRA,Roth IRA,xxxx7750,CUR:USD,U.S. Dollar,300,1.00,300.00,USD,"
        "2026-05-29,2026-05-31T06:12:09Z\n"
        "liability,Elm Trust,401(k) Loan 1,loan,xxxx0301,,,,,-900.00,USD,2026-05-29,2026-05-31T06:12:09Z\n"
    )
    statement = read_table_text(text, "export")
    assert in_order(statement) == [
        ("xxxx4821", "Elm Target 2045 Trust", "2000.00"), ("xxxx7750", "U.S. Dollar", "300.00"),
    ]  # fmt: skip
    assert statement.as_of == date(2026, 5, 29)


def test_cash_on_one_line_above_cards_is_counted() -> None:
    cards = "".join(
        f"<li><h3>{name}</h3><span>{ticker}</span><div><strong>${value}</strong></div><dl><div><dt>Shares</dt>"
        f"<dd>{units}</dd></div><div><dt>Price</dt><dd>${price}</dd></div></dl></li>"
        for name, ticker, value, units, price in (
            ("Elm Index Fund", "ELMIX", "2,000.00", "100", "20.00"),
            ("Elm Bond Fund", "ELMBX", "500.00", "50", "10.00"),
        )
    )
    hero = (
        "<div><span>Total HSA value</span><b>$3,100.00</b></div>"
        "<div><span>HSA cash balance</span><b>$600.00</b><small>FDIC insured &middot; 0.35% APY</small></div>"
        "<div><span>Invested balance</span><b>$2,500.00</b></div>"
    )
    body = f"<p>Account number EL-3360</p>{hero}<h2>Your investments</h2><ul>{cards}</ul>"
    statement = read_source(StatementSource("page", html=f"<html><body>{body}</body></html>"))
    assert {row[1]: row[2] for row in in_order(statement)} == {
        "Elm Index Fund": "2000.00", "Elm Bond Fund": "500.00", "HSA cash balance": "600.00",
    }  # fmt: skip


def test_an_account_label_its_name_and_its_number_in_three_cells() -> None:
    block = "Symbol|Description|Quantity|Price|Market Value\nVTI|ELM TOTAL MARKET ETF|10|50.00|500.00\n"
    text = (
        "Elm Brokerage|Positions - All Retirement Accounts\nPrices as of 08/28/2026 4:00 PM ET\n\n"
        f"Account|Rollover IRA|EL7-204418\n{block}\nAccount|Roth IRA|EL7-204426\n{block}"
    )
    statement = read_table_text(text, "positions")
    assert [(account.id, account.name) for account in statement.accounts] == [
        ("EL7-204418", "Rollover IRA"), ("EL7-204426", "Roth IRA"),
    ]  # fmt: skip


def test_an_account_whose_balance_stands_behind_its_last_digits() -> None:
    def card(name: str, digits: str, balance: str, fund: str, value: str) -> str:
        units = "<div>ELMXX &middot; 10 sh @ $50.00</div>"
        row = f"<div><div>{fund}</div>{units}</div><div><div>{value}</div></div>"
        cash = "<div><div>Uninvested cash</div><div>Cash</div></div><div><div>$25.00</div></div>"
        head = f"<h2>{name}</h2><span>Account ending in {digits}</span><span>{balance}</span>"
        return f"<div><div>{head}</div>{row}{cash}<a>Change investments</a></div>"

    html = card("Elm Dental 401(k)", "3812", "$525.00", "Elm Index Fund", "$500.00")
    html += card("Elm Roth IRA", "9054", "$525.00", "Elm World Stock ETF", "$500.00")
    hero = "<div><div>Your retirement savings</div><div>$1,050.00</div></div>"
    statement = read_source(StatementSource("page", html=f"<html><body>{hero}{html}</body></html>"))
    assert in_order(statement) == [
        ("3812", "Elm Index Fund", "500.00"), ("3812", "Uninvested cash", "25.00"),
        ("9054", "Elm World Stock ETF", "500.00"), ("9054", "Uninvested cash", "25.00"),
    ]  # fmt: skip
    assert [account.name for account in statement.accounts] == ["Elm Dental 401(k)", "Elm Roth IRA"]


def test_a_rate_behind_the_kind_of_asset_is_no_name() -> None:
    text = (
        "ELM SYSTEMS 401(K) PLAN\nPlan 512908\n\nInvestment\tUnits\tPrice\tBalance\t% of account\n"
        "Elm 500 Index Trust\nLarge Cap Stock\n10.5\t$20.00\t$210.00\t17.36%\n"
        "Elm Guaranteed Income Fund\nStable Value · 2.90% current rate\n--\t--\t$1,000.00\t82.64%\n"
        "Total\t\t\t$1,210.00\t100.00%\n"
    )
    assert in_order(read_table_text(text, "pasted")) == [
        ("512908", "Elm 500 Index Trust", "210.00"), ("512908", "Elm Guaranteed Income Fund", "1000.00"),
    ]  # fmt: skip


def test_signs_in_cells_of_their_own_belong_to_their_amounts() -> None:
    def money(value: str) -> str:
        return f'<td align="right">$</td><td align="right">{value}</td>'

    head = "<td>Security</td><td>Symbol</td><td>Quantity</td>"
    head += "<td colspan=2>Price</td><td colspan=2>Market<br>Value</td>"
    rows = (
        f"<tr><td>Elm Growth Fund</td><td>ELMGX</td><td>100.000</td>{money('20.00')}{money('2,000.00')}</tr>"
        f"<tr><td>Cash &amp; Sweep</td><td></td><td></td><td colspan=2></td>{money('150.00')}</tr>"
        f"<tr><td colspan=5>Total Rollover IRA</td>{money('2,150.00')}</tr>"
    )
    html = f"<p>Rollover IRA - Account ELM 881-20417</p><table><tr>{head}</tr>{rows}</table>"
    statement = read_source(StatementSource("page", html=f"<html><body>{html}</body></html>"))
    assert [row[1:] for row in in_order(statement)] == [
        ("Elm Growth Fund", "2000.00"),
        ("Cash & Sweep", "150.00"),
    ]
    assert (statement.accounts[0].rows[0].price, warnings(statement)) == (20, [])


def test_signs_apart_in_a_text_are_read_below_the_heading_of_the_amounts() -> None:
    text = "Fund,Units,,Price,,Balance\nElm Index Fund,10,$,50.00,$,500.00\nElm Bond Fund,5,$,10.00,$,50.00\n"
    assert [row[1:] for row in in_order(read_table_text(text, "plan"))] == [
        ("Elm Index Fund", "500.00"), ("Elm Bond Fund", "50.00"),
    ]  # fmt: skip


def test_a_page_that_can_be_viewed_by_source_lists_funds() -> None:
    cards = "".join(
        f"{name}\n{kind}\nBalance\n{value}\n{share} of account\n{units} units @ {price}\n"
        f"Gain/loss YTD\n{gain}\nDetails\nTrade\n\n"
        for name, kind, value, share, units, price, gain in (
            ("Elm LifePath 2055 Fund", "Target date", "$2,000.00", "50.0%", "100", "$20.00", "+$85.56"),
            ("U.S. Large Company Equity Fund", "U.S. stock", "$1,500.00", "37.5%", "50", "$30.00", "-$71.12"),
            ("Core Bond Fund", "Bond", "$500.00", "12.5%", "50", "$10.00", "+$7.86"),
        )
    )
    text = (
        "Elm Energy Savings Plan\nPlan number 77215\n\nAccount balance\n$4,000.00\nas of 10/14/2026\n\n"
        f"Your investments\nView by:\nFund\nSource\nSort by: Balance\n\n{cards}Total\n$4,000.00\n100%\n"
    )
    assert in_order(read_table_text(text, "pasted")) == [
        ("77215", "Elm LifePath 2055 Fund", "2000.00"),
        ("77215", "U.S. Large Company Equity Fund", "1500.00"), ("77215", "Core Bond Fund", "500.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("whole", ["Fund Total", "Total", "Option total", "All Sources Total"])
def test_the_total_of_a_fund_below_its_sources_is_not_counted_again(whole: str) -> None:
    def fund(name: str, match: str, roth: str, total: str) -> str:
        return (
            f"<tr><td rowspan=3>{name}</td><td>Match</td><td>0.00</td><td>{match}</td></tr>"
            f"<tr><td>Roth</td><td>0.00</td><td>{roth}</td></tr><tr><td>{whole}</td><td>0.00</td><td>{total}</td></tr>"
        )

    head = "<tr><th>Investment</th><th>Source</th><th>Opening Balance</th><th>Closing Balance</th></tr>"
    rows = fund("Elm Stable Fund", "100.00", "50.00", "150.00") + fund(
        "Elm Stock Index", "70.00", "30.00", "100.00"
    )
    end = "<tr><td colspan=2>Total All Funds</td><td>0.00</td><td>250.00</td></tr>"
    html = f"<html><body><p>Elm Plan (PS40926)</p><table>{head}{rows}{end}</table></body></html>"
    statement = read_source(StatementSource("page", html=html))
    assert [account.total for account in statement.accounts] == [250]
    assert sorted(row.source or "" for row in statement.accounts[0].rows) == [
        "Match",
        "Match",
        "Roth",
        "Roth",
    ]


def test_rows_that_only_lack_the_name_above_them_are_read() -> None:
    text = (
        "Elm Logistics Retirement Savings Plan\nPlan number: 094417\n\nAs of 10/30/2026\n\n"
        "Fund\tAsset class\tUnits\tPrice\tBalance\t% of total\n"
        "Large Cap Index Fund\nFact sheet (PDF)\nStocks\t10.5\t$20.00\t$210.00\t67.7%\n"
        "Core Bond Fund\nFact sheet (PDF)\nBonds\t10.0\t$10.00\t$100.00\t32.3%\nTotal\t\t\t$310.00\t100%\n"
    )
    assert in_order(read_table_text(text, "pasted")) == [
        ("094417", "Large Cap Index Fund", "210.00"), ("094417", "Core Bond Fund", "100.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title", ["Traditional IRA  Z61-044921", "Traditional IRA – Z61-044921", "401(k) # Z61-044921"]
)
def test_a_kind_of_account_with_its_number_names_it(title: str) -> None:
    table = "Symbol,Description,Quantity,Market Value\nVTI,ELM TOTAL ETF,10,500.00\n"
    text = f"{title},,,As of 11/13/2026 close\n\n{table}"
    assert [account.id for account in read_table_text(text, "positions").accounts] == ["Z61-044921"]


def test_an_overview_of_accounts_beside_their_sheets_is_not_counted_again() -> None:
    text = (
        "Account,Number,Securities,Cash,Total Value\nRollover IRA,8847-2210,700.00,50.00,750.00\n"
        "Roth IRA,8847-2218,200.00,10.00,210.00\nAll accounts,,900.00,60.00,960.00\n\n"
        "Rollover IRA – 8847-2210\nSecurity,Symbol,Quantity,Current Value\nElm 500 ETF,ELMV,7,700.00\n"
        "Bank Deposit Sweep,,,50.00\nAccount Total,,,750.00\n\n"
        "Roth IRA – 8847-2218\nSecurity,Symbol,Quantity,Current Value\nElm Value ETF,ELMW,2,200.00\n"
        "Bank Deposit Sweep,,,10.00\nAccount Total,,,210.00\n"
    )
    statement = read_table_text(text, "detail")
    assert [(account.id, account.total) for account in statement.accounts] == [
        ("8847-2210", 750),
        ("8847-2218", 210),
    ]
