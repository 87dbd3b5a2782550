"""Printed statements copied as text: a fund's name, and its code and figures on the line below."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

from .readings import in_each

D = Decimal

FIRST = {
    "LARCH INSURED DEPOSIT SWEEP": ("", "", "", "210.00", "2.0%"),
    "LARCH CAPITAL APPRECIATION FUND": ("LCAPX", "10.500", "20.0000", "210.00", "2.0%"),
    "FEN BANK SALT LAKE CITY UT CD 4.100% DUE 05/17/2027": (
        "04412GZZ9",
        "9,000",
        "99.5000",
        "8,955.00",
        "86.0%",
    ),
    "ALDER WHOLESALE CORP": ("ALDR", "7", "150.0000", "1,050.00", "10.0%"),
}
SECOND = {
    "FEN 0-5 YEAR TIPS BOND ETF": ("FTIP", "4.500", "100.0000", "450.00", "45.0%"),
    "OAK INTERNATIONAL INVESTOR CLASS": ("OAKXX", "55.000", "10.0000", "550.00", "55.0%"),
}


def printed(funds: dict[str, tuple[str, ...]], code: str) -> list[str]:
    lines = ["Holdings", "Description", f"{code} Quantity Price Market Value % of Acct", "Securities"]
    for name, cells in funds.items():
        lines += [name, " ".join(cell for cell in cells if cell)]
    return lines


@pytest.mark.parametrize("code", ["Symbol/CUSIP", "Symbol", "Ticker", "CUSIP"])
def test_code_and_figures_below_each_name(code: str) -> None:
    """A certificate, a share and cash without a code stand among funds; lots and activity are none."""
    text = [
        "Larch Trust Company", "July 1 – September 30, 2026", "",
        "Traditional IRA Account 7T-220417",
        *printed(FIRST, code),
        "Lot acquired 06/12/2019 5 sh 750.00 cost 400.00 350.00",
        "Total Traditional IRA $10,425.00 100.0%",
        "Page 1 of 2",
        "Roth IRA Account 7T-220425",
        *printed(SECOND, code),
        "Total Roth IRA $1,000.00 100.0%",
        "Activity this period",
        "Date Account Description Amount",
        "07/05/2026 7T-220425 DIVIDEND FTIP 33.41",
        "09/17/2026 7T-220417 INTEREST FEN BANK CD 109.64",
    ]  # fmt: skip
    statement = read_table_text("\n".join(text), "copied.txt")
    assert in_each(statement) == {
        "7T-220417": {name: D(cells[3].replace(",", "")) for name, cells in FIRST.items()},
        "7T-220425": {name: D(cells[3].replace(",", "")) for name, cells in SECOND.items()},
    }
    assert [account.stated_total for account in statement.accounts] == [D("10425.00"), D("1000.00")]
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


def test_shares_and_values_of_each_account_side_by_side() -> None:
    """Of two blocks with the same accounts the one of values is read; their sum stands behind it."""
    text = (
        "Who owns what\nclosing prices of 4-Oct-26\n\n"
        ",,SHARES,,,VALUE,,\n"
        "Fund,Price,Ann 401k x4471,Bo Roth IRA x0982,,Ann 401k x4471,Bo Roth IRA x0982,both of us\n"
        "Larch Intl Stock Index,20.00,,10,,-,200.00,200.00\n"
        "Larch 500 Trust,100.00,5,,,500.00,-,500.00\n"
        "settlement / money market,1,30.50,20,,30.50,20.00,50.50\n"
        ",,,,,,,\n"
        "TOTAL,,,,,530.50,220.00,750.50\n"
    )
    statement = read_table_text(text, "ours.csv")
    assert in_each(statement) == {
        "4471": {"Larch 500 Trust": D("500.00"), "settlement / money market": D("30.50")},
        "0982": {"Larch Intl Stock Index": D("200.00"), "settlement / money market": D("20.00")},
    }


@pytest.mark.parametrize("label", ["Money Type", "Source", "Contribution source"])
def test_a_labelled_source_opens_no_account(label: str) -> None:
    text = (
        "Plan: 55120-01 Larch Deferred Compensation 457(b)\n\n"
        "Investment Option\tUnits\tUnit Value\tBalance\n"
        f"{label}: Employee Before-Tax\n"
        "Larch Stable Fund\t100\t1.00\t$100.00\n"
        "Sub-total\t\t\t$100.00\n"
        f"{label}: Rollover – 457 Before-Tax\n"
        "Larch Bond Portfolio\t5\t10.00\t$50.00\n"
        "Sub-total\t\t\t$50.00\n"
        "Total for 55120-01\t\t\t$150.00\n"
    )
    statement = read_table_text(text, "pasted.txt")
    assert in_each(statement) == {
        "55120-01": {"Larch Stable Fund": D("100.00"), "Larch Bond Portfolio": D("50.00")}
    }


def test_what_stands_below_the_whole_of_two_tables_side_by_side() -> None:
    """“Everything” adds both accounts; a change beside last month's worth is held by neither."""
    text = (
        "Larch 401(k),,,,,Rollover IRA @ Fen #20-88415\n"
        "fund,qty,nav,$$,,fund,qty,nav,$$\n"
        "Larch 2040 Target,10,20.00,200.00,,Fen Bond Inst,30,10.00,300.00\n"
        "Larch Growth Index,5,30.00,150.00,,Fen Odyssey Growth,2,25.00,50.00\n"
        "Larch Small Value,1,10.00,10.00,,total,,,350.00\n"
        "total,,,360.00\n,,,\n"
        "everything,,,710.00\nlast month,,,700.00\nup/down,,,10.00\n"
    )
    statement = read_table_text(text, "balances.csv")
    assert [(account.total, account.stated_total) for account in statement.accounts] == [
        (D("360.00"), None),
        (D("350.00"), D("350.00")),
    ]
