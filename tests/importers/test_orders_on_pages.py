"""Pages of several accounts: the worth of all in front, cash on few lines, orders not yet filled behind.

Every company, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

from .readings import by_account, warnings

D = Decimal
HEAD = ("Position", "Shares", "Last price", "Market value", "Day change")
ONE = (
    "Roth IRA ••••4410",
    "$4,100.00",
    "Trade  Transfer  More",
    *HEAD,
    "Cobalt Ridge Balanced Investor",
    "CRBIX",
    "100.000 sh",
    "$25.00",
    "$2,500.00",
    "-$12.00 (-0.48%)",
    "Umber Technologies Inc",
    "UMBR",
    "10 sh",
    "$120.00",
    "$1,200.00",
    "+$3.10 (+0.26%)",
    "Cash",
    "Available to trade",
    "$400.00",
)
TWO = (
    "Traditional IRA ••••0923",
    "$1,050.00",
    "Trade  Transfer  More",
    *HEAD,
    "Cobalt Ridge Balanced Investor",
    "CRBIX",
    "40.000 sh",
    "$25.00",
    "$1,000.00",
    "-$4.80 (-0.48%)",
    "Cash",
    "Available to trade",
    "$50.00",
)
HELD = {
    "••••4410": {
        "Cobalt Ridge Balanced Investor": "2500.00",
        "Umber Technologies Inc": "1200.00",
        "Cash": "400.00",
    },
    "••••0923": {"Cobalt Ridge Balanced Investor": "1000.00", "Cash": "50.00"},
}
ORDERS = {
    "pending buy": ("Pending", "Buy CRBIX", "$300.00", "Placed 06/12/2025"),
    "buy without a head": ("Buy CRBIX", "$300.00", "Placed 06/12/2025, will fill at next NAV"),
    "open orders": ("Open orders (2)", "Sell UMBR", "$600.00", "Buy CRBIX", "$300.00"),
    "limit order": ("Limit buy: UMBR", "$95.00", "Good until canceled"),
    "one line": ("Sell 5 UMBR $600.00", "Placed yesterday"),
    "nothing": (),
}


def page(above: str, orders: tuple[str, ...]) -> str:
    top = (
        "Skip to content",
        "Overview",
        "Log out",
        "",
        "Retirement",
        above,
        "",
        "As of 06/11/2025 4:00 PM ET",
    )
    return "\n".join((*top, "", *ONE, "", *TWO, "", *orders, "", "Show closed accounts", "© 2025 Umber"))


def read(tmp_path: Path, text: str) -> Statement:
    path = tmp_path / "pasted page.txt"
    path.write_text(text)
    return read_statement(path)


@pytest.mark.parametrize("orders", ORDERS.values(), ids=list(ORDERS))
def test_only_what_is_held_counts(tmp_path: Path, orders: tuple[str, ...]) -> None:
    found = read(tmp_path, page("$5,150.00", orders))
    assert {number: funds for number, (_, funds) in by_account(found).items()} == HELD
    assert warnings(found) == []


@pytest.mark.parametrize("orders", ORDERS.values(), ids=list(ORDERS))
def test_more_in_all_than_is_listed_is_no_holding(tmp_path: Path, orders: tuple[str, ...]) -> None:
    """An account that the page does not list is missing: the sums are compared, and nothing is made up."""
    found = read(tmp_path, page("$9,150.00", orders))
    assert {number: funds for number, (_, funds) in by_account(found).items()} == HELD
    assert any("9,150.00" in words for words in warnings(found))


def test_a_button_below_a_name_loses_no_fund(tmp_path: Path) -> None:
    text = page("$5,150.00", ()).replace("UMBR\n10 sh", "UMBR\nBuy UMBR\n10 sh")
    assert by_account(read(tmp_path, text))["••••4410"][1] == HELD["••••4410"]
