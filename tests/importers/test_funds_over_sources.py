"""Reports that name a fund on a line and list its contribution sources below, each with a total or without.

Every district, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

from .readings import in_each

D = Decimal
Rows = tuple[tuple[str, str, str, str], ...]
FUNDS: dict[str, Rows] = {
    "CAPITAL PRESERVATION ACCOUNT": (
        ("PRE-TAX", "4,000.00", "32.10", "4,432.10"),
        ("ROTH", "1,000.00", "8.05", "1,108.05"),
    ),
    "LARGE CAP GROWTH SEPARATE ACCT": (
        ("PRE-TAX", "10,500.00", "612.44-", "10,387.56"),
        ("ROLLOVER", "2,250.00", "131.20-", "2,118.80"),
        ("EMPLOYER MATCH", "800.00", "46.61-", "753.39"),
    ),
    "TARGET 2045 PORTFOLIO": (("PRE-TAX", "900.00", "0.00", "900.00"),),
}
WORTH = {name: sum(D(row[3].replace(",", "")) for row in rows) for name, rows in FUNDS.items()}
OTHER: dict[str, Rows] = {
    "CAPITAL PRESERVATION ACCOUNT": (("EMPLOYER", "6,000.00", "50.25", "6,050.25"),),
    "BOND INDEX FUND": (
        ("EMPLOYER", "3,000.00", "21.00-", "2,979.00"),
        ("FORFEITURE", "40.00", "0.28-", "39.72"),
    ),
}
OTHER_WORTH = {name: sum(D(row[3].replace(",", "")) for row in rows) for name, rows in OTHER.items()}


def wide(*cells: str) -> str:
    first, *figures = cells
    return f"{first:<24}" + "".join(f"{figure:>14}" for figure in figures) + " "


def narrow(*cells: str) -> str:
    return " ".join(cell.strip() for cell in cells if cell)


def comma(*cells: str) -> str:
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def total(rows: Rows) -> str:
    return f"{sum(D(row[3].replace(',', '')) for row in rows):,.2f}"


def table(funds: dict[str, Rows], row, head: str, sum_word: str) -> list[str]:
    lines = [row("SOURCE", "OPENING", "GAIN/LOSS", "CLOSING")]
    if row is not comma:
        lines.append("-" * 66)
    for number, (name, rows) in enumerate(funds.items()):
        lines.append(head.format(number=417 + 31 * number, name=name))
        lines += [row(f"  {source}" if row is wide else source, *figures) for source, *figures in rows]
        if sum_word:
            lines.append(row(f"  {sum_word.format(name=name)}", "", "", total(rows)))
        lines.append("")
    return lines


def report(row, head: str, sum_word: str, *, accounts: int = 2) -> str:
    page = "REPORT QS118    PRAIRIE DISTRICTS ANNUITY PLAN    PAGE  {page}\nPERIOD 04/01/25 THRU 06/30/25\n\n"
    worth = [sum(WORTH.values()), sum(OTHER_WORTH.values())]
    parts = []
    for page_number, (funds, contract) in enumerate(((FUNDS, "B-40711-2"), (OTHER, "B-40712-0"))[:accounts]):
        lines = [
            page.format(page=page_number + 1),
            f"CONTRACT: {contract}      SALARY REDUCTION ANNUITY",
            "",
            *table(funds, row, head, sum_word),
            row("**CONTRACT TOTAL", "", "", f"{worth[page_number]:,.2f}"),
            "",
        ]
        parts.append("\n".join(lines))
    everything = f"{sum(worth[:accounts]):,.2f}"
    last = row("***ALL CONTRACTS", "", "", everything)
    return "\f".join(parts) + f"\n{last}\n\n*** END OF REPORT ***\n"


@pytest.mark.parametrize("row", [wide, narrow, comma])
@pytest.mark.parametrize(
    "head", ["FUND {number:04}  {name}", "{name}", "Fund: {name}", "INVESTMENT {number}: {name}"]
)
@pytest.mark.parametrize("sum_word", ["*FUND TOTAL", "TOTAL", "Subtotal", ""])
def test_funds_are_held_and_sources_are_their_parts(row, head: str, sum_word: str) -> None:
    statement = read_table_text(report(row, head, sum_word), "report")
    assert in_each(statement) == {"B-40711-2": WORTH, "B-40712-0": OTHER_WORTH}
    assert f"{statement.as_of}" == "2025-06-30"
    assert {account.id: account.stated_total for account in statement.accounts} == {
        "B-40711-2": sum(WORTH.values()),
        "B-40712-0": sum(OTHER_WORTH.values()),
    }


@pytest.mark.parametrize("row", [wide, narrow, comma])
def test_each_row_keeps_its_source(row) -> None:
    text = report(row, "FUND {number:04}  {name}", "*FUND TOTAL", accounts=1)
    (account,) = read_table_text(text, "report").accounts
    assert [(entry.fund.name, entry.source) for entry in account.rows] == [
        (name, source) for name, rows in FUNDS.items() for source, *_ in rows
    ]


def test_the_total_of_a_fund_may_carry_its_name() -> None:
    statement = read_table_text(report(comma, "{name}", "Total {name}"), "report")
    assert in_each(statement) == {"B-40711-2": WORTH, "B-40712-0": OTHER_WORTH}


def test_units_and_prices_stay_with_their_rows() -> None:
    text = (
        "Account number 4471-20\nSource,Units,Price,Balance\n"
        "Balanced Fund\nPre-tax,100,12.00,1200.00\nRoth,50,12.00,600.00\nFund total,150,12.00,1800.00\n"
        "Stable Value Fund\nPre-tax,300,1.00,300.00\nFund total,300,1.00,300.00\n"
    )
    (account,) = read_table_text(text, "units").accounts
    assert [(row.fund.name, row.units, row.price, row.value) for row in account.rows] == [
        ("Balanced Fund", D("100"), D("12.00"), D("1200.00")),
        ("Balanced Fund", D("50"), D("12.00"), D("600.00")),
        ("Stable Value Fund", D("300"), D("1.00"), D("300.00")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # Lines that name accounts are no funds.
        "Source,Balance\nOak 401(k) Plan\nPre-tax,500.00\nTotal,500.00\nOak Pension\nRoth,5.00\nTotal,5.00\n",
        # Nor persons.
        "Source,Balance\nLee Santos\nPre-tax,500.00\nTotal,500.00\nMorgan Ng\nRoth,50.00\nTotal,50.00\n",
        # Sources that do not add to the fund's total are something else.
        "Source,Balance\nBalanced Fund\nPre-tax,500.00\nRoth,100.00\nFund total,900.00\n",
        # A plain table of sources.
        "Source,Balance\nPre-tax,500.00\nRoth,100.00\nTotal,600.00\n",
    ],
)
def test_tables_of_sources_without_funds_hold_no_funds(text: str) -> None:
    statement = read_table_text(text, "sources")
    assert not [row for account in statement.accounts for row in account.rows]


def test_a_table_of_funds_beside_one_of_sources_counts_once() -> None:
    text = (
        "Account number 4471-20\nFund,Balance\nBalanced Fund,1800.00\nStable Value Fund,300.00\n"
        "Total,2100.00\n\n"
        "Source,Balance\nPre-tax,1500.00\nRoth,600.00\nTotal,2100.00\n"
    )
    statement = read_table_text(text, "both")
    assert in_each(statement) == {
        "4471-20": {"Balanced Fund": D("1800.00"), "Stable Value Fund": D("300.00")}
    }


def test_the_same_funds_listed_whole_and_by_source_count_once() -> None:
    text = (
        "Account number 4471-20\nFund,Balance\nBalanced Fund,1800.00\nStable Value Fund,300.00\n"
        "Total,2100.00\n\n"
        "Source,Balance\nBalanced Fund\nPre-tax,1200.00\nRoth,600.00\nFund total,1800.00\n"
        "Stable Value Fund\nPre-tax,300.00\nFund total,300.00\n"
    )
    statement = read_table_text(text, "both")
    assert in_each(statement) == {
        "4471-20": {"Balanced Fund": D("1800.00"), "Stable Value Fund": D("300.00")}
    }


def test_sources_without_a_value_are_told_of_and_break_nothing() -> None:
    table = "Source,Units,Price\nBond Fund\nPre-tax,12.5,31.20\nRoth,4,31.20\n"
    statement = read_table_text(table, "page")
    assert statement.total == 0
    assert [issue.message for issue in statement.issues] == [
        "This file lists the money by contribution source, not by fund."
    ]
