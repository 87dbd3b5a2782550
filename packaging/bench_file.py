"""Writes large statements as providers export them, the same ones every time."""

from __future__ import annotations

import csv
import random
from decimal import Decimal
from itertools import islice, product
from pathlib import Path

HEADING = [
    "Account Number",
    "Account Name",
    "Symbol",
    "Description",
    "Quantity",
    "Last Price",
    "Current Value",
    "Day Change $",
    "Cost Basis",
    "Gain/Loss $",
    "Gain/Loss %",
    "Asset Class",
]
HOUSES = ("Harbor", "Granite", "Willow", "Summit", "Prairie", "Cedar", "Beacon", "Juniper")
KINDS = {
    "Stock Index": "Equity",
    "Growth": "Equity",
    "Small Cap Value": "Equity",
    "International Stock": "Equity",
    "Bond Index": "Fixed income",
    "Short-Term Bond": "Fixed income",
    "Money Market": "Cash",
    "Target 2045": "Allocation",
}
CLASSES = ("Investor", "Admiral", "Institutional", "R1", "R4", "R6", "K", "Z")
FUNDS = 463
PER_ACCOUNT = 40


def write_export(path: Path, count: int, *, distinct: bool = False) -> None:
    """Write `count` holdings of 463 funds in accounts of 40, a total and an empty line below each account.

    Amounts have dollar signs and thousands separators. With `distinct` no two funds have the same name.
    """
    dice = random.Random(count)
    names = list(islice(product(HOUSES, KINDS, CLASSES), FUNDS))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADING)
        total = Decimal(0)
        for number in range(count):
            account, label = 5_500_000 + number // PER_ACCOUNT, f"Plan {number // PER_ACCOUNT % 97}"
            fund = dice.randrange(FUNDS)
            house, kind, share = names[fund]
            name = f"{house} {kind} Fund {share}" + (f" {number}" if distinct else "")
            units, price = dice.randrange(1_000, 900_000), dice.randrange(500, 90_000)
            value, cost = Decimal(units * price) / 100_000, Decimal(units * price) / 123_456
            figures = (value, value / 100, cost, value - cost)
            symbol = f"F{fund:04d}" + ("" if distinct else "X")
            table.writerow((
                account, label, symbol, name, f"{units / 1000:,.3f}", f"${price / 100:,.2f}",
                *(f"${figure:,.2f}" for figure in figures), f"{(value - cost) / cost:.2%}", KINDS[kind],
            ))  # fmt: skip
            total += round(value, 2)
            if number % PER_ACCOUNT == PER_ACCOUNT - 1:
                table.writerow((account, label, "", "Total", "", "", f"${total:,.2f}", *[""] * 5))
                file.write("\r\n")
                total = Decimal(0)
