"""For a fund nobody knows, two different kinds are offered that a careful person would consider."""

from __future__ import annotations

import pytest

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.importers import best_guesses, classify

STOCKS, BONDS = "a US stock fund", "a US bond fund"
SHORT, HIGH = "a short-term bond fund", "a high-yield bond fund"
STABLE, MONEY = "a stable value fund", "a money market fund"
BALANCED, RETIRED = "a balanced fund", "a target-date fund for people in retirement"
COMPANY, ABROAD = "shares of one company", "an international stock fund"
LINE, COIN = "a fund of one line of business", "a digital-coin fund"
LAND, THINGS = "a real estate fund", "a commodities fund"

ODD = [
    ("Tier 3 Option B", STOCKS, BONDS),
    ("Master Trust", STOCKS, BONDS),
    ("Applied Thinking Shares II", COMPANY, STOCKS),
    ("BRIGHTLINE HOLDINGS INC", COMPANY, STOCKS),
    ("Northwood Bancorp", COMPANY, STOCKS),
    ("Widget Units", COMPANY, STOCKS),
    ("ABCD_24-C", BONDS, SHORT),
    ("FNMA 15YR UMBS", BONDS, SHORT),
    ("CITY OF X 1.58% 9/1/2030", BONDS, SHORT),
    ("Diversified Real Asset Fund", THINGS, BALANCED),
    ("Market Neutral Income", BONDS, BALANCED),
    ("Institutional Access Credit Fund", BONDS, HIGH),
    ("Opportunistic Lending Pool", HIGH, STOCKS),
    ("All Asset Admin", BALANCED, STOCKS),
    ("Alternative Asset Allocation", BALANCED, STOCKS),
    ("Tactical Strategies", BALANCED, STOCKS),
    ("Multi-Strategy Hedge Fund", BALANCED, STOCKS),
    ("Managed account holdings (13 positions)", STABLE, BALANCED),
    ("GENERAL INVESTMENT ACCOUNT", STABLE, STOCKS),
    ("Plus Acct II", STABLE, STOCKS),
    ("Acme Savings Plan Option 3", STABLE, STOCKS),
    ("Vanguard Treasury", BONDS, MONEY),
    ("Fidelity Government", BONDS, MONEY),
    ("Enhanced Cash Plus", MONEY, SHORT),
    ("Choice Pathway", RETIRED, BALANCED),
    ("Global Macro Opportunities", ABROAD, STOCKS),
    ("Pacific Life", ABROAD, STABLE),
    ("Water Street Opportunities", LINE, STOCKS),
    ("Timber & Land Partners", LAND, THINGS),
    ("Blockchain Innovators", COIN, STOCKS),
    ("Meridian Contrarian", STOCKS, BONDS),
]


@pytest.mark.parametrize(("name", "first", "second"), ODD, ids=[row[0] for row in ODD])
def test_an_odd_name_gets_two_plausible_guesses(name: str, first: str, second: str) -> None:
    assert classify(None, None, name).classified_by is ClassifiedBy.UNKNOWN
    assert [words for words, _ in best_guesses(name)] == [first, second]


def test_the_two_guesses_are_different_mixes() -> None:
    for name, *_ in ODD:
        (_, one), (_, other) = best_guesses(name)
        assert one != other


def test_a_name_that_says_nothing_still_gets_two() -> None:
    assert [words for words, _ in best_guesses("")] == [STOCKS, BONDS]
