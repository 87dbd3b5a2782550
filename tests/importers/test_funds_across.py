"""One column for each fund, and a row for each contribution source or for each day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

D = Decimal
FUNDS = ("Fen Equity Index", "Fen Target 2045", "Fen Stable Value")
BY_SOURCE = {
    "Pre-tax": ("120.50", "80.00", "10.00"),
    "Roth": ("30.00", "", "5.25"),
    "Match": ("9.50", "20.00", ""),
}
HELD = {"Fen Equity Index": D("160.00"), "Fen Target 2045": D("100.00"), "Fen Stable Value": D("15.25")}


def _held(statement: Statement) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for account in statement.accounts:
        for row in account.rows:
            name = row.fund.symbol or row.fund.name
            found[name] = found.get(name, D(0)) + row.value
    return found


def _sources(*, head: str, whole: str, totals: str, facts: bool, names: tuple[str, ...] = FUNDS) -> str:
    lines = [",".join([head, *names, *([whole] if whole else [])])]
    for source, values in BY_SOURCE.items():
        row = str(sum(D(value) for value in values if value))
        lines.append(",".join([source, *values, *([row] if whole else [])]))
    if totals:
        lines.append(",".join([totals, *map(str, HELD.values()), *(["275.25"] if whole else [])]))
    if facts:
        lines += [
            "Share of account,58.1%,36.3%,5.5%",
            "",
            "Units held,16,10,15.25",
            "Unit price,10.00,10.00,1.00",
        ]
    return "\n".join(["Account number: 4410-22", "", *lines])


@pytest.mark.parametrize("head", ["Money source", "Source", "", "Contribution type"])
@pytest.mark.parametrize("whole", ["Total", "All funds", ""])
@pytest.mark.parametrize("totals", ["All sources", "Total", ""])
@pytest.mark.parametrize("facts", [True, False])
def test_a_row_for_each_source(head: str, whole: str, totals: str, *, facts: bool) -> None:
    statement = read_table_text(_sources(head=head, whole=whole, totals=totals, facts=facts), "x")
    assert _held(statement) == HELD
    (account,) = statement.accounts
    assert {row.source for row in account.rows} == set(BY_SOURCE)
    assert account.id == "4410-22"


def test_tickers_across() -> None:
    names = ("FENEX", "FENTX", "FENSX")
    text = _sources(head="Money source", whole="Total", totals="Total", facts=False, names=names)
    assert _held(read_table_text(text, "x")) == dict(zip(names, HELD.values(), strict=True))


def test_sums_that_do_not_fit_are_refused_and_never_read_as_funds() -> None:
    text = "Money source,Fen Equity,Fen Bond,All funds\nPre-tax,1.00,2.00,4.00\nRoth,5.00,5.00,12.00\n"
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "x")


DAYS = {
    "iso": ("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"),
    "american": ("1/31/2026", "2/28/2026", "3/31/2026", "4/30/2026"),
    "months": ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026"),
    "day first": ("31.01.2026", "28.02.2026", "31.03.2026", "30.04.2026"),
}
ROWS = (("10.00", "20.00", "5.00"), ("11.00", "21.00", "5.05"), ("33.00", "0", "5.10"), ("", "", ""))


def _days(name: str, *, whole: bool, newest_first: bool, extra: bool) -> str:
    lines = []
    for day, values in zip(DAYS[name], ROWS, strict=True):
        total = [str(sum((D(value or 0) for value in values), D(0)))] if whole else []
        lines.append(",".join([day, *values, *total, *(["-1.00", "5.50", "moved"] if extra else [])]))
    head = [
        "Month end",
        *FUNDS,
        *(["Total"] if whole else []),
        *(["Change", "Paid in", "Notes"] if extra else []),
    ]
    return "\n".join(["My 401(k), acct 771-09", ",".join(head), *lines[:: -1 if newest_first else 1]])


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize(("whole", "extra"), [(True, True), (True, False), (False, False)])
def test_a_row_for_each_day(name: str, *, newest_first: bool, whole: bool, extra: bool) -> None:
    statement = read_table_text(_days(name, whole=whole, newest_first=newest_first, extra=extra), "x")
    assert _held(statement) == {"Fen Equity Index": D("33.00"), "Fen Stable Value": D("5.10")}
    assert str(statement.as_of) == "2026-03-31"
    assert any("figures of 3 days" in issue.message for issue in statement.issues)


def test_a_fund_left_out_of_the_newest_row_is_said() -> None:
    text = "Date,Fen Equity Index,Fen Bond Index,Total\n1/31/2026,5.00,6.00,11.00\n2/28/2026,7.00,,7.00\n"
    statement = read_table_text(text, "x")
    assert _held(statement) == {"Fen Equity Index": D("7.00")}
    assert any("Fen Bond Index" in issue.message for issue in statement.issues)


@pytest.mark.parametrize(
    "text",
    [
        "Date,Beginning balance,Contributions,Earnings,Total\n1/31/2026,5,1,1,7\n2/28/2026,7,1,1,9\n",
        "Month,Employee,Employer,Total\nJan 2026,5.00,1.00,6.00\nFeb 2026,7.00,1.00,8.00\n",
        "Month,Roth IRA,Old 401(k),Total\nJan 2026,5.00,1.00,6.00\nFeb 2026,7.00,1.00,8.00\n",
    ],
)
def test_other_columns_beside_days_are_no_funds(text: str) -> None:
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "x")


@pytest.mark.parametrize("corner", ["", "Fund"])
@pytest.mark.parametrize(
    ("worth", "more"), [("Balance", ""), ("worth now", "what I paid,4000,2100,290,6390\n")]
)
def test_a_table_on_its_side_has_a_line_for_each_figure(corner: str, worth: str, more: str) -> None:
    text = (
        f"{corner},Elm Growth Index,Elm Bond Index,Elm Stable Value,Total\n"
        f"Units,100,200,300,\nPrice,50,10,1,\n{worth},5000,2000,300,7300\n{more}"
        "% of account,68.5%,27.4%,4.1%,100%\n"
    )
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert [(row.fund.name, row.units, row.value) for row in account.rows] == [
        ("Elm Growth Index", 100, 5000),
        ("Elm Bond Index", 200, 2000),
        ("Elm Stable Value", 300, 300),
    ]
    assert account.stated_total == 7300


def test_a_table_on_its_side_counts_what_all_sources_hold_together() -> None:
    text = (
        "Federal Savings Program\nAccount number|5571 8820 0135\n\n"
        "Fund|G Fund|C Fund|L 2045|Total\nShare price|$20.00|$100.00|$10.00|\n"
        "Traditional shares|10.0000|2.0000|3.5000|\nTraditional balance|$200.00|$200.00|$35.00|$435.00\n"
        "Roth shares|0.0000|1.0000|0.5000|\nRoth balance|$0.00|$100.00|$5.00|$105.00\n"
        "Total shares|10.0000|3.0000|4.0000|\nTotal balance|$200.00|$300.00|$40.00|$540.00\n"
        "Percent of account|37.0%|55.6%|7.4%|100.0%\n\nGeneral loan 2601 - balance owed|$4,360.02\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert {row.fund.name: row.value for row in account.rows} == {"G Fund": 200, "C Fund": 300, "L 2045": 40}
    assert account.stated_total == 540


def _two_tables(*between: str, sources: tuple[str, str]) -> Statement:
    """Read two tables of the same funds, each with its sum per fund, and lines of words between them."""
    first, second = sources
    text = [
        "457(b) Deferred Plan\tAccount 457-113355",
        "Source\tL 2040 Fund\tC Fund\tTotal",
        "Traditional (pre-tax)\t$100.25\t$40.00\t$140.25",
        f"{first}\t$20.00\t$10.00\t$30.00",
        "Total balance\t$120.25\t$50.00\t$170.25",
        "Shares\t1.9258\t0.4620\t",
        "Share price\t$62.4415\t$108.2233\t",
        "",
        *between,
        "Source\tL 2040 Fund\tC Fund\tTotal",
        "Agency automatic 1%\t$7.00\t$3.10\t$10.10",
        f"{second}\t$2.50\t$0.00\t$2.50",
        "Total balance\t$9.50\t$3.10\t$12.60",
    ]
    return read_table_text("\n".join(text), "balances.txt")


def test_a_second_table_below_its_own_label_is_another_account() -> None:
    statement = _two_tables("401(a) Match Plan\tAccount 401A-113355", sources=("Roth", "Agency matching"))
    assert [(account.id, account.total) for account in statement.accounts] == [
        ("457-113355", D("170.25")),
        ("401A-113355", D("12.60")),
    ]
    assert _held(statement) == {"L 2040 Fund": D("129.75"), "C Fund": D("53.10")}
    assert statement.issues == ()


def test_a_second_table_of_other_sources_is_further_money() -> None:
    statement = _two_tables("Employer sources", sources=("Roth", "Agency matching"))
    assert sum(account.total for account in statement.accounts) == D("182.85")


@pytest.mark.parametrize("title", ["Vested balance", "Beginning balance by source"])
def test_a_second_table_of_the_same_money_is_not_counted(title: str) -> None:
    statement = _two_tables(title, sources=("Roth", "Agency matching"))
    assert sum(account.total for account in statement.accounts) == D("170.25")
