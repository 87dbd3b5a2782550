"""Record keepers' prints: a fund's name on a line or two, a row for each source, the fund's sum marked.

Every plan, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

from .readings import added_up, warnings

D = Decimal
TOP = (
    "VX0932                     BRANNOCK FIDUCIARY SERVICES                 PAGE   1",
    "RUN 04/09/25               MEMBER FUND BALANCES          PERIOD ENDING 03/31/25",
    "",
    "PLAN 8801  TANNERY LANE 401(K)                           CERT NO 71-300928",
    "",
    "FUND / SOURCE                   UNITS    UNIT VAL     LAST BAL    THIS BAL      CHANGE",
    "-" * 84,
)
LOAN = ("PARTICIPANT LOAN RECEIVABLE", "", "", "1,400.00", "1,250.00", "150.00-")


def row(words: str, units: str, price: str, before: str, now: str, change: str) -> str:
    return f"{words:<28}{units:>10}{price:>11}{before:>13}{now:>12}{change:>12}".rstrip()


def report(mark: str, names: tuple[tuple[str, ...], ...], last: str = "TOTAL INVESTMENT FUNDS") -> str:
    """Return a report of three funds; `mark` is how the sum of a fund is written."""
    one, two, three = names
    lines = [
        *TOP,
        *one,
        row("  PRETAX", "100.0000", "20.0000", "1,900.00", "2,000.00", "100.00"),
        row("  ROTH", "50.0000", "20.0000", "960.00", "1,000.00", "40.00"),
        row(f"  {mark}", "150.0000", "", "2,860.00", "3,000.00", "140.00"),
        "",
        *two,
        row("  MATCH", "10.0000", "55.5000", "560.00", "555.00", "5.00-"),
        row(f"  {mark}", "10.0000", "", "560.00", "555.00", "5.00-"),
        "",
        *three,
        row("  PRETAX", "700.0000", "1.0000", "690.00", "700.00", "10.00"),
        row("  ROLLOVER", "60.2500", "1.0000", "60.00", "60.25", "0.25"),
        row(f"  {mark}", "760.2500", "", "750.00", "760.25", "10.25"),
        "",
        row(last, "", "", "4,170.00", "4,315.25", "145.25"),
        row(*LOAN),
        row("TOTAL INCL LOAN", "", "", "5,570.00", "5,565.25", "4.75-"),
        "*** END OF REPORT ***",
    ]
    return "\n".join(lines) + "\n"


ON_ONE = (("KESTREL GROWTH STOCK FD",), ("HARBOR MID CAP INDEX",), ("STABLE PRINCIPAL OPTION",))


def read(tmp_path: Path, text: str) -> Statement:
    path = tmp_path / "VX0932.TXT"
    path.write_text(text)
    return read_statement(path)


@pytest.mark.parametrize(
    "mark",
    ["* FUND TOTAL", "** TOTAL **", "=> FUND TOTAL", "- SUBTOTAL", "FUND TOTAL", "* ALL MONEY", "FUND SUM"],
)
@pytest.mark.parametrize("last", ["TOTAL INVESTMENT FUNDS", "TOTAL ALL OPTIONS", "** TOTAL FUND BALANCE"])
def test_sums_of_funds_and_of_all_are_counted_once(tmp_path: Path, mark: str, last: str) -> None:
    found = read(tmp_path, report(mark, ON_ONE, last))
    assert added_up(found) == {
        "KESTREL GROWTH STOCK FD": D("3000.00"),
        "HARBOR MID CAP INDEX": D("555.00"),
        "STABLE PRINCIPAL OPTION": D("760.25"),
    }
    assert [account.id for account in found.accounts] == ["71-300928"]
    assert warnings(found) == []


def test_each_row_keeps_its_source(tmp_path: Path) -> None:
    (account,) = read(tmp_path, report("* FUND TOTAL", ON_ONE)).accounts
    assert [row.source for row in account.rows] == ["PRETAX", "ROTH", "MATCH", "PRETAX", "ROLLOVER"]


def test_a_name_goes_on_below(tmp_path: Path) -> None:
    names = (
        ("KESTREL INSTITUTIONAL", "LARGE COMPANY POOL", "SEPARATE ACCOUNT Z"),
        ("HARBOR MID CAP INDEX",),
        ("STABLE PRINCIPAL", "PRESERVATION OPTION"),
    )
    found = read(tmp_path, report("* FUND TOTAL", names))
    assert added_up(found) == {
        "KESTREL INSTITUTIONAL LARGE COMPANY POOL SEPARATE ACCOUNT Z": D("3000.00"),
        "HARBOR MID CAP INDEX": D("555.00"),
        "STABLE PRINCIPAL PRESERVATION OPTION": D("760.25"),
    }


def test_the_title_of_a_group_is_no_part_of_a_name(tmp_path: Path) -> None:
    names = (
        ("STOCK FUNDS", "KESTREL INSTITUTIONAL GROWTH"),
        ("TIER TWO", "HARBOR MID CAP INDEX"),
        ("STABLE PRINCIPAL OPTION",),
    )
    assert list(added_up(read(tmp_path, report("* FUND TOTAL", names)))) == [
        "KESTREL INSTITUTIONAL GROWTH",
        "HARBOR MID CAP INDEX",
        "STABLE PRINCIPAL OPTION",
    ]


def test_a_fund_called_total_is_still_one(tmp_path: Path) -> None:
    """Units at a price of its own make it a holding, whatever its value."""
    names = (("KESTREL GROWTH STOCK FD",), ("HARBOR TOTAL MARKET INDEX",), ("STABLE PRINCIPAL OPTION",))
    assert added_up(read(tmp_path, report("* FUND TOTAL", names)))["HARBOR TOTAL MARKET INDEX"] == D("555.00")


def test_sums_in_unknown_words_are_told_by_their_units(tmp_path: Path) -> None:
    """The sources are unknown words too, and the second fund has one alone."""
    text = report("FUND SUBT", ON_ONE)
    for word in ("PRETAX  ", "ROTH  ", "MATCH  ", "ROLLOVER  "):
        text = text.replace(word, f"{word[:3]}-PCKP"[: len(word)].ljust(len(word)))
    found = read(tmp_path, text)
    assert sum(added_up(found).values()) == D("4315.25")
    assert not any("SUBT" in name for name in added_up(found))
