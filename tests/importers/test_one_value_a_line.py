"""Pages copied one value a line: contracts with facts beside their worth, deposits without units, links.

Everything is made up; each contract's funds add to the value the page states.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

from .readings import in_each

D = Decimal
FIRST = {
    "Declared Rate Account": D("4200.18"),
    "Juniper Growth Series": D("2000.10"),
    "Larch Bond": D("900.00"),
}
SECOND = {"Declared Rate Account": D("700.55"), "Juniper Growth Series": D("300.02")}
UNITS = {
    D("2000.10"): ("100.0050", "20.0000"),
    D("900.00"): ("90.0000", "10.0000"),
    D("300.02"): ("15.0010", "20.0000"),
}
SIGNED, BARE = "$", ""


def contract(
    titles: list[str], funds: dict[str, Decimal], facts: list[str], sign: str, gap: str
) -> list[str]:
    total = sum(funds.values())
    lines = [*titles, "", "Contract value", f"{sign}{total:,.2f}", *facts, ""]
    lines += ["What you own", "Investment", "Units", "Unit value", "Value", "Share", ""]
    for name, value in funds.items():
        units, price = UNITS.get(value, ("--", "--"))
        rate = ["Crediting rate 3.15%"] if units == "--" else []
        lines += [name, *rate, units, price, f"{sign}{value:,.2f}", f"{value * 100 / total:.1f}%"]
        lines += [gap] if gap else []
    links = ["View transactions", "Transfer funds", "Documents", ""]
    return [*lines, "Total", f"{sign}{total:,.2f}", "100.0%", "", *links]


FACTS = {
    "surrender": ["Surrender value", "$6,900.00"],
    "several": [
        "Cash surrender value",
        "$6,900.00",
        "Death benefit",
        "$7,300.00",
        "Outstanding loan",
        "$0.00",
    ],
    "year": ["Beginning balance", "$6,500.00", "Year to date +6.2%", "Rate of return", "4.1%"],
    "none": [],
}


def page(facts: list[str], sign: str, gap: str, day: str) -> str:
    both = sum(FIRST.values()) + sum(SECOND.values())
    head = [
        "Skip to main content",
        "Messages (2)",
        "Forms",
        "",
        "All contracts",
        f"{sign}{both:,.2f}",
        day,
        "",
    ]
    titles = ["Ridge ISD 403(b) - Employee Annuity", "Contract number RT-4417-90826"]
    one = contract(titles, FIRST, facts, sign, gap)
    titles = ["Ridge ISD 403(b) - Roth Annuity", "Contract number RT-4417-91155"]
    two = contract(titles, SECOND, facts, sign, gap)
    tail = ["Retirement outlook", "You are on track for", "$2,310 per month at age 67", "", "Privacy   Terms"]
    return "\n".join([*head, *one, *two, *tail])


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("sign", [SIGNED, BARE])
@pytest.mark.parametrize("gap", ["", " "])
def test_two_contracts(kind: str, sign: str, gap: str) -> None:
    text = page(FACTS[kind], sign, gap, "Values as of the close of business 09/18/2026")
    statement = read_table_text(text, "copied.txt")
    assert in_each(statement) == {"RT-4417-90826": FIRST, "RT-4417-91155": SECOND}
    assert [account.stated_total for account in statement.accounts] == [D("7100.28"), D("1000.57")]
    assert str(statement.as_of) == "2026-09-18"
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize(
    "day",
    [
        "Balances as of 09/18/2026",
        "As of September 18, 2026",
        "Unit values on 09/18/2026",
        "Valued at 9/18/2026",
    ],
)
def test_the_line_of_the_day_is_no_fund(day: str) -> None:
    statement = read_table_text(page(FACTS["surrender"], SIGNED, "", day), "copied.txt")
    assert in_each(statement) == {"RT-4417-90826": FIRST, "RT-4417-91155": SECOND}


@pytest.mark.parametrize("label", ["Account value", "Total", "Plan balance", "Contract value"])
@pytest.mark.parametrize("last", ["Larch Bond Fund", "Ledger Cash"])
def test_the_worth_of_the_account_is_not_that_of_the_last_fund(label: str, last: str) -> None:
    text = (
        "Roth IRA ending in 5521\n\nAcorn Growth Fund\n10.5 shares\n$1,100.10\n"
        "Elm Value Fund\n3.1 shares\n$200.00\n"
        f"{last}\n$400.20\n{label}\n$1,700.30\nLast month (Sept. 30)\n$1,690.25\nChange\n$10.05\n"
    )
    (account,) = read_table_text(text, "copied.txt").accounts
    assert {row.fund.name: row.value for row in account.rows} == {
        "Acorn Growth Fund": D("1100.10"),
        "Elm Value Fund": D("200.00"),
        last: D("400.20"),
    }
    assert account.stated_total == D("1700.30")


def test_a_total_of_several_columns_is_not_the_last_fund() -> None:
    rows = "Acorn Growth Fund\t1,100.10\t1,050.00\nElm Bond Fund\t400.20\t410.00\n"
    text = f"\tOne\tTwo\n{rows}Total\t1,500.30\t1,460.00\n"
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "copied.txt")


@pytest.mark.parametrize("rate", ["Guaranteed rate\n3.00%", "Crediting rate: 3.00%", "7-day yield 4.10%"])
def test_a_rate_below_a_name_is_no_name(rate: str) -> None:
    text = (
        "Contract 88-1201\nContract value\n$2,400.30\n\n"
        f"Declared Account\n{rate}\nUnits\n--\nValue\n$1,000.10\n\n"
        "Cardinal Index Subaccount\nUnits\n70.0100\nUnit value\n$20.00\nValue\n$1,400.20\n"
    )
    (account,) = read_table_text(text, "copied.txt").accounts
    assert [row.fund.name for row in account.rows] == ["Declared Account", "Cardinal Index Subaccount"]
    assert account.total == D("2400.30")


def test_a_rate_at_the_beginning_of_a_row_is_no_name() -> None:
    text = (
        "Contract number MT-11-202\nInvestment\tUnits\tUnit value\tValue\tShare\n"
        "Declared Account\nCurrent rate 3.15%\t--\t--\t$1,000.10\t41.7%\n"
        "Cardinal Index Sub\t70.0100\t20.0000\t$1,400.20\t58.3%\n"
        "Total\t\t\t$2,400.30\t100.0%\n"
    )
    (account,) = read_table_text(text, "copied.txt").accounts
    assert [row.fund.name for row in account.rows] == ["Declared Account", "Cardinal Index Sub"]
