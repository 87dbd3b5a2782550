"""Tables kept in place by spaces that list the same money by source below the funds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import read_statement

FUNDS = """HARBOR TRUST                        STATEMENT OF ACCOUNT
ACCOUNT:  H-7731-205                PERIOD:  04/01/2026 THROUGH 06/30/2026

FUND                                 OPENING     CONTRIBS    GAIN/LOSS        CLOSING
                                     BALANCE                                  BALANCE
-------------------------------------------------------------------------------------
Oakmark Equity And Income          8,000.00       100.00       200.00       8,300.00
Stable Value Fund                 10,000.00         0.00        50.00      10,050.00
Index 500 Fund                     1,500.00       150.00        20.00-      1,630.00
-------------------------------------------------------------------------------------
TOTAL                             19,500.00       250.00       230.00      19,980.00

"""
HELD = {
    "Oakmark Equity And Income": Decimal("8300.00"),
    "Stable Value Fund": Decimal("10050.00"),
    "Index 500 Fund": Decimal("1630.00"),
}
ROWS = """PRE-TAX DEFERRAL                                         12,000.00        100%          12,000.00
ROTH                                                      3,000.00        100%           3,000.00
EMPLOYER MATCH                                            4,980.00         60%           2,988.00
TOTAL                                                    19,980.00                      17,988.00
"""


@pytest.mark.parametrize(
    "title",
    [
        "CLOSING BALANCE BY CONTRIBUTION TYPE                       BALANCE   VESTED %     VESTED BALANCE",
        "ENDING VALUE BY MONEY TYPE                                   VALUE     VESTED       VESTED VALUE",
        "SOURCE                                                     BALANCE   VESTED %     VESTED BALANCE",
        "ASSETS BY SOURCE                                            AMOUNT   VESTED %      VESTED AMOUNT",
    ],
)
def test_the_same_money_by_source_is_not_counted_again(tmp_path: Path, title: str) -> None:
    """The title of the second table stands where its first heading would; its columns are its own."""
    path = tmp_path / "statement.txt"
    path.write_text(FUNDS + title + "\n" + ROWS)
    statement = read_statement(path)
    (account,) = statement.accounts
    assert {row.fund.name: row.value for row in account.rows} == HELD
    assert statement.issues == ()


def test_a_sold_fund_gives_its_name_to_no_other_accounts_ticker(tmp_path: Path) -> None:
    """A fund whose newest cell is empty is nobody's label once another account began."""
    path = tmp_path / "tracker.csv"
    path.write_text(
        ",3/31/26,6/30/26,notes\n"
        "Pat – Mill 401(k),,,\n"
        "   Wide Index Fund,9000.00,9500.25,\n"
        "   Harbor Real Estate,700.00,,sold\n"
        "subtotal,9700.00,9500.25,\n"
        ",,,\n"
        "Pat – Roth IRA (4410-2291),,,\n"
        "   VXUS,1200.00,1300.50,\n"
        "   BND,800.00,810.00,\n"
        "subtotal,2000.00,2110.50,\n"
        "GRAND TOTAL,11700.00,11610.75,\n"
    )
    accounts = read_statement(path).accounts
    assert [[(row.fund.name, row.value) for row in account.rows] for account in accounts] == [
        [("Wide Index Fund", Decimal("9500.25"))],
        [("VXUS", Decimal("1300.50")), ("BND", Decimal("810.00"))],
    ]
