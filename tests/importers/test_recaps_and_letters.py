"""A recap of what tables by source list, letters with dotted lines, a pension beside a plan on one page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_table_text

D = Decimal


def held(statement: Statement) -> dict[str, dict[str, Decimal]]:
    return {a.id: {row.fund.name: row.value for row in a.rows} for a in statement.accounts}


HEAD = """INVESTMENT                  BEGINNING      ADDITIONS         ENDING
----------------------------------------------------------------
"""
BY_SOURCE = f"""ELM PENSION ADMINISTRATORS                       PAGE 1 OF 1
PLAN   003318  FEN DENTAL GROUP 401(K) PLAN
STATEMENT PERIOD  07/01/2026 THRU 09/30/2026

SOURCE: EMPLOYEE BEFORE-TAX
{HEAD}FEN TARGET 2040 TR           6,199.11       1,330.27       7,529.38
ALDER CORE BOND              2,174.84         424.51       2,599.35
  SOURCE TOTAL               8,373.95       1,754.78      10,128.73

SOURCE: ROTH 401(K)
{HEAD}FEN TARGET 2040 TR             917.64         401.21       1,318.85
ALDER STABLE RETURN            136.18          72.78         208.96
  SOURCE TOTAL               1,053.82         473.99       1,527.81

SOURCE: ROLLOVER
{HEAD}ALDER CORE BOND                992.09           0.00         992.09
  SOURCE TOTAL                 992.09           0.00         992.09

PLAN TOTAL ALL SOURCES      10,419.86       2,228.77      12,648.63
"""
RECAP = """
RECAP BY INVESTMENT

INVESTMENT                      UNITS    UNIT VALUE     ENDING BAL         PCT
-------------------------------------------------------------------------------
FEN TARGET 2040 TR            884.823       10.0000       8,848.23       70.0%
ALDER CORE BOND               359.144       10.0000       3,591.44       28.4%
ALDER STABLE RETURN            20.896       10.0000         208.96        1.6%
                                                         12,648.63      100.0%

VESTED PERCENT: BEFORE-TAX 100  ROTH 100  ROLLOVER 100
"""
FUNDS = {
    "FEN TARGET 2040 TR": D("8848.23"),
    "ALDER CORE BOND": D("3591.44"),
    "ALDER STABLE RETURN": D("208.96"),
}


def test_a_recap_with_units_stands_for_the_tables_by_source() -> None:
    statement = read_table_text(BY_SOURCE + RECAP, "x")
    assert held(statement) == {"003318": FUNDS}
    assert sum(row.reason is SkipReason.SOURCE_SPLIT for row in statement.skipped) == 5
    assert not [issue for issue in statement.issues if "add to" in issue.message]


def test_without_a_recap_the_tables_by_source_count() -> None:
    statement = read_table_text(BY_SOURCE, "x")
    assert statement.total == D("12648.63")


LETTER = """From: Pine Invest <hello@pine.example>
Date: Sun, Nov 1, 2026 at 7:00 AM
Subject: Your October snapshot

Hi Kim,

Your SEP IRA (account PC-0088-6619) was worth $3,155.38 when markets
closed on Friday, October 30, 2026.

HOW IT CHANGED
  * You started October with $2,908.44
  * You put in $500.00
  * Our fee was -$8.02
  * Your investments changed by -$245.04

WHAT YOU HOLD

  Fen Total Market ETF (FENT) ........ $2,640.18 (83.7%)
  Fen Treasury ETF (FENY) ............ $378.14 (12.0%)
  Uninvested cash .................... $137.06 (4.3%)

Your target mix is 84% stocks, 12% Treasuries. Next deposit: $500.00 on November 16, 2026.
"""


def test_a_letter_with_dotted_lines_and_what_happened_above() -> None:
    statement = read_table_text(LETTER, "x")
    assert held(statement) == {
        "PC-0088-6619": {
            "Fen Total Market ETF (FENT)": D("2640.18"),
            "Fen Treasury ETF (FENY)": D("378.14"),
            "Uninvested cash": D("137.06"),
        }
    }
    assert str(statement.as_of) == "2026-10-30"


PAGE = """Home\tPay\tBenefits

Your Retirement at Elm & Fen
Balances as of October 30, 2026

TOTAL\t$1,218.40

Pension - Cash Balance Plan
Plan number 80331

Opening balance on January 1, 2026\t$84.40
Pay credits\t$5.20
Interest credits (4.25%)\t$3.02
Cash balance account on October 30, 2026\t$92.62
Vested\t100%

Savings - 401(k) Plan
Plan number 80332

Balance\t$1,125.78
Vested balance\t$1,070.42

What you own

Fen Income Fund
50.500 units at $10.00
$505.00
44.9% of your account
Trade

Fen Core Bond Fund
40.026 units at $13.00
$520.34
46.2% of your account
Trade

Elm Company Stock
2.435 units at $41.25
$100.44
8.9% of your account
Trade

Loan
General purpose loan (1 of 2 allowed)
$205.19 outstanding
"""


@pytest.mark.parametrize("total", ["Total retirement balance", "Total savings balance"])
def test_a_pension_and_a_plan_on_one_page(total: str) -> None:
    page = PAGE.replace("TOTAL", total)
    assert held(read_table_text(page, "x")) == {
        "80331": {"Cash balance account": D("92.62")},
        "80332": {
            "Fen Income Fund": D("505.00"),
            "Fen Core Bond Fund": D("520.34"),
            "Elm Company Stock": D("100.44"),
        },
    }
