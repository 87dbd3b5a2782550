"""Every fixture reads as its reviewed picture, and its totals are those added up by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import read_statement

from . import golden

BY_HAND = {
    "ExportData20260120.csv": {"77X-12345": "4490.00"},
    "Holdings-Oct-07-2026.csv": {"Holdings": "11245.51"},
    "PortfolioUnrealizedGainLoss.csv": {"SPS ADV 0000 1234 5678 133": "14650.00"},
    "etrade-empty.csv": {"0042": "0.00"},
    "etrade-excel-padded.csv": {"4410": "1525.50"},
    "etrade-old-order.csv": {"0077": "3600.75"},
    "fidelity-2021.csv": {"Z44100200": "46520.50", "002200331": "1210.00"},
    "fidelity-2026-dividend-view.csv": {"Z70707070": "2254.25"},
    "fidelity-2026-title-case (1).csv": {"X30405060": "10081.87", "36001": "2500.00"},
    "fidelity-Statement12312019.csv": {"X55566777": "37087.65"},
    "fidelity-Statement3312025.csv": {"U77001122": "5060.61", "U77003344": "410.00"},
    "ibkr-currencies.csv": {"U7654321": "2270.00"},
    "ibkr-usd.csv": {"U0012345": "4600.25"},
    "jpmorgan-6003.csv": {"jpmorgan-6003": "22509.56"},
    "jpmorgan-lots.csv": {"...0077": "3611.76"},
    "merrill-export-2025.csv": {"43X-40L72": "8050.25"},
    "merrill-tabs.tsv": {"55X-10001": "10000.10", "55X-10002": "1950.00"},
    "morganstanley-account.csv": {"0042": "3280.50"},
    "morganstanley-all.csv": {"Joint - 1234": "1010.50", "LAL-Roth - 1234": "300.00"},
    "morganstanley-several.xlsx": {"Trust - 0910": "2510.00", "B-IRA - 0911": "10.50"},
    "schwab-2020-all.csv": {"XXXX-5501": "0.00", "XXXX-6602": "7000.00"},
    "schwab-2023-all.csv": {"...135": "98.00", "...680": "1410.00"},
    "schwab-2023.csv": {"...246": "10014.50"},
    "schwab-2024.csv": {"...864": "5500.00"},
    "schwab-2026.csv": {"...975": "6000.00"},
    "vanguard-brokerage.csv": {"00123456": "5390.25", "78901234": "628.00"},
    "vanguard-legacy.csv": {"00123456": "1402.00", "98765432": "75.50"},
    "etrade-lots.csv": {"1234": "12096.82"},
    "fidelity-2020.csv": {"X11223344": "130060.00"},
    "fidelity-2023.csv": {"Z10203040": "50012.34", "000812345": "1051.00"},
    "fidelity-2026-investment-type.csv": {"66602": "40060.00", "X55667788": "1005.15"},
    "fidelity-2026-workplace.csv": {"55551": "6520.00", "652200001": "7500.10", "C0000007": "800.00"},
    "fidelity-statement-2026.csv": {"X44332211": "2080.00"},
    "generic-european.csv": {"generic-european": "13579.50"},
    "generic-no-value.tsv": {"generic-no-value": "2031.09"},
    "generic-plan.csv": {"Acme Retirement Savings Plan": "3805.00"},
    "merrill.csv": {"12X-34567": "60500.00", "98Y-76543": "-10.00"},
    "ofx-brokerage.ofx": {"L-445566": "8316.25", "L-778899": "633.50"},
    "ofx-plan-balance.ofx": {"88001": "9500.15"},
    "ofx-sources.qfx": {"0076543": "11262.72"},
    "schwab-2020.csv": {"XXXX-8765": "99266.66"},
    "schwab-2026-all.csv": {"...995": "10000.00", "...600": "2512.50"},
    "schwab-chosen-columns.csv": {"...777": "1200.00"},
    "tiaa-single.csv": {"tiaa-single": "6000.25"},
    "tiaa-two-plans.csv": {
        "COLLEGE OF RIVENDELL 403(B) PLAN": "300.00",
        "COLLEGE OF RIVENDELL 457(B) PLAN": "50.50",
    },
    "transamerica-fund-holdings.csv": {"transamerica-fund-holdings": "10000.00"},
    "transamerica-source-balance.csv": {},
    "troweprice.csv": {"1234-5": "1575.00", "5432-1": "2500.00"},
    "tsp.csv": {"Thrift Savings Plan - Civilian": "2500.00"},
    "vanguard-529.csv": {"55556666": "380.00", "77778888": "-25.63"},
    "vanguard-mixed.csv": {"11112222": "6450.00", "33334444": "3001.25", "012340": "3625.25"},
}


@pytest.mark.parametrize("path", golden.inputs(), ids=lambda path: path.name)
def test_a_fixture_reads_as_reviewed(path: Path) -> None:
    expected = json.loads(golden.expected_path(path).read_text(encoding="utf-8"))
    assert golden.picture(read_statement(path)) == expected


@pytest.mark.parametrize("path", golden.inputs(), ids=lambda path: path.name)
def test_accounts_add_up_as_by_hand(path: Path) -> None:
    totals = {account.id: account.total for account in read_statement(path).accounts}
    assert totals == {account: Decimal(total) for account, total in BY_HAND[path.name].items()}


TABLES = [path for path in golden.inputs() if path.suffix in {".csv", ".tsv"}]
"""Files with a row a line; in an OFX file a holding runs over many lines or shares one."""


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_no_line_below_the_first_heading_is_lost(path: Path) -> None:
    statement = read_statement(path)
    seen = {row.line for account in statement.accounts for row in account.rows}
    seen |= {row.line for row in statement.skipped}
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    written = {i for i, line in enumerate(text.split("\n"), 1) if line.strip()}
    first = min(seen)
    assert {line for line in written if line >= first} == seen
