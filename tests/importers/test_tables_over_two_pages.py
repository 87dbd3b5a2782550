"""Printed statements whose table goes on below the head of the next page; all figures are made up."""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text

from .readings import by_account, warnings

HEADING = (
    "                                 Opening                    Contract        Closing\n"
    "Investment Option                  Value      Additions      Charges          Value\n"
)
RULE = "-" * 83 + "\n"
ANNUITY = {
    "Guaranteed Interest Account": "1100.00",
    "Fen Large Growth Separate Account 14": "620.50",
    "Fen Mid-Cap Index Sub-Account": "250.25",
    "Fen Total Return Sub-Account": "405.00",
}


def page(numbers: str, gap: str = "\n") -> str:
    return f"\f                      FEN LIFE INSURANCE COMPANY\n{gap}{numbers}\n\n"


def annuity(first: str, second: str, units: str) -> str:
    return (
        page(first, "            Group Retirement Annuity\n\n")
        + "Statement for the period July 1, 2026 through September 30, 2026\n\n"
        + "A. ACTIVITY BY INVESTMENT OPTION\n\n"
        + HEADING
        + RULE
        + "Guaranteed Interest Account     1,000.00         110.00       10.00-       1,100.00\n"
        + "  (3.05% thru 12/31/2026)\n"
        + "Fen Large Growth                  600.00          25.50        5.00-         620.50\n"
        + "  Separate Account 14\n"
        + "Fen Mid-Cap Index                 240.00          11.25        1.00-         250.25\n"
        + "  Sub-Account\n"
        + page(second)
        + HEADING
        + RULE
        + "Fen Total Return                  400.00           6.00        1.00-         405.00\n"
        + "  Sub-Account\n"
        + RULE
        + "TOTAL ACCUMULATION VALUE        2,240.00         152.75       17.00-       2,375.75\n\n"
        + units
    )


UNITS = (
    "B. ACCUMULATION UNITS HELD ON SEPTEMBER 30, 2026\n\n"
    "Investment Option                                      Units   Unit Value         Value\n"
    "------------------------------------------------------------------------------------\n"
    "Guaranteed Interest Account                              n/a          n/a      1,100.00\n"
    "Fen Large Growth Separate Account 14                  12.410    50.000000        620.50\n"
    "Fen Mid-Cap Index Sub-Account                         10.010    25.000000        250.25\n"
    "Fen Total Return Sub-Account                          20.250    20.000000        405.00\n"
)


@pytest.mark.parametrize("units", [UNITS, ""])
@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        (
            "Contract No. : GA-771305\nParticipant : INES M FEN       Certificate No.    : 0058821",
            "Certificate No. 0058821                                   Page 2",
            "GA-771305",
        ),
        (
            "Plan No.: GA-771305      Contract number: 0058821",
            "Plan No. GA-771305                                        Page 2",
            "0058821",
        ),
        (
            "Account number: 0058821",
            "Account number: 0058821                                   Page 2",
            "0058821",
        ),
    ],
)
def test_a_page_head_with_another_number_of_the_account(
    first: str, second: str, number: str, units: str
) -> None:
    statement = read_table_text(annuity(first, second, units), "x")
    assert {key: held for key, (_, held) in by_account(statement).items()} == {number: ANNUITY}
    assert not warnings(statement)


def test_each_page_of_its_own_account_stays_one() -> None:
    text = annuity(
        "Contract number: 0058821\nCertificate number: 0058822",
        "Certificate number: 0058822                               Page 2",
        "",
    ).replace(
        "\f                      FEN LIFE INSURANCE COMPANY\n\nCert",
        "TOTAL VALUE                     1,840.00         146.75       16.00-       1,970.75\n\nCert",
    )
    found = {
        key: sum(map(float, held.values()))
        for key, (_, held) in by_account(read_table_text(text, "x")).items()
    }
    assert found == {"0058821": 1970.75, "0058822": 405.0}


def test_tables_with_other_columns_below_each_other_each_have_their_own() -> None:
    text = (
        "Fund                    Opening    Closing\n"
        "Fen Growth Fund           90.00     100.00\n"
        "Fen Bond Fund             40.00      50.00\n"
        "\n"
        "Fund                              Units       Price       Value\n"
        "Fen Growth Fund of the Long Name  4.000       25.00      100.00\n"
        "Fen Money Fund of the Long Name  50.000        1.00       50.00\n"
    )
    held = {
        name: value
        for _, funds in by_account(read_table_text(text, "x")).values()
        for name, value in funds.items()
    }
    assert held["Fen Growth Fund of the Long Name"] == "100.00"
    assert held["Fen Money Fund of the Long Name"] == "50.00"
