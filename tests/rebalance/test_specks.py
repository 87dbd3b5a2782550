"""A search that works between tolerances must not leave exchanges of a few cents in the plan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.targets import TargetAllocation


@pytest.fixture
def three_accounts(household):
    """Three accounts whose exchanges are counted; stable value is wanted, and no menu has it."""
    household.classes(High="high_yield", Abroad="intl_developed", Estate="reit", Short="us_bond_short")
    household.classes(Foreign="intl_developed", Property="reit")
    household.fund("Shield", tips="0.33", reit="0.67")
    household.fund("Short Mix", intl_developed="0.21", us_bond_short="0.68", tips="0.11")
    household.fund("Real", tips="0.62", intl_developed="0.1", reit="0.28")
    household.fund("Guard", tips="0.35", us_bond_short="0.65")
    household.fund("Income", high_yield="0.75", reit="0.08", intl_developed="0.17")
    household.fund("Blend", high_yield="0.5", tips="0.35", reit="0.15")
    household.hold(
        "his", {"High": "223.42", "Shield": "81786.36"}, menu=("Abroad",),
        minimum_exchange=Decimal(1000), max_exchanges=3,
    )  # fmt: skip
    household.hold(
        "hers",
        {
            "Estate": "51337.58", "Short Mix": "271.83", "Real": "7602.14",
            "High": "192.01", "Abroad": "24364.32",
        },
        no_buy=("Estate",), max_exchanges=3,
    )  # fmt: skip
    household.hold(
        "old",
        {
            "Guard": "221.67", "Foreign": "34418.90", "Abroad": "79101.67",
            "Income": "5306.60", "Short": "26148.94",
        },
        menu=("Property", "High", "Blend"), no_buy=("Short", "Guard", "High", "Foreign"),
    )  # fmt: skip
    return household


def test_no_exchange_of_cents_is_left(three_accounts):
    weights = {"reit": "0.41", "tips": "0.41", "intl_developed": "0.18"}
    target = TargetAllocation.from_names(weights, fixed={"stable_value": "81053"})
    plan = three_accounts.plan(target, max_exchanges=6)
    assert min(exchange.amount for exchange in plan.exchanges) > 1
    assert len(plan.exchanges) == 4
    assert plan.after.misallocated == Decimal("81053.00")
    assert plan.turnover == Decimal("126999.78")
