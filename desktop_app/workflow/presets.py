"""Targets to start from: well-known plain mixes, as data with words."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.classes import AssetClass, walk
from desktop_app.domain.money import HUNDRED, ZERO
from desktop_app.domain.records import dataclass

C = AssetClass

US_TOTAL = ((C.US_LARGE, Decimal("0.72")), (C.US_MID, Decimal("0.20")), (C.US_SMALL, Decimal("0.08")))
"""What a fund of the whole US stock market holds, about."""

INTL_TOTAL = ((C.INTL_DEVELOPED, Decimal("0.75")), (C.EMERGING, Decimal("0.25")))
"""What a fund of all stock markets outside the US holds, about."""

STOCKS_LESS_AGE = 110
"""Rule of thumb: percent in stocks = 110 − age."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A target to start from: a short name, one sentence, and shares in percent that add to 100."""

    key: str
    name: str
    words: str
    shares: tuple[tuple[AssetClass, Decimal], ...]


def spread(parts: tuple[tuple[AssetClass, Decimal], ...], percent: int) -> dict[AssetClass, Decimal]:
    """Share out a whole percent over the classes one broad fund holds; the sum stays exact."""
    return {node: weight * percent for node, weight in parts}


def _shares(*pieces: dict[AssetClass, Decimal]) -> tuple[tuple[AssetClass, Decimal], ...]:
    joined = {node: percent for piece in pieces for node, percent in piece.items()}
    return tuple((node, joined[node]) for node in walk() if node in joined)


PRESETS = (
    Preset(
        "two",
        "Two funds",
        "60 % stocks and 40 % bonds, whatever funds they are in.",
        _shares({C.STOCKS: Decimal(60), C.FIXED_INCOME: Decimal(40)}),
    ),
    Preset(
        "three",
        "Three funds",
        "The whole US stock market 40 %, stocks abroad 20 %, US bonds 40 %.",
        _shares(spread(US_TOTAL, 40), spread(INTL_TOTAL, 20), {C.US_BOND: Decimal(40)}),
    ),
    Preset(
        "four",
        "Four funds",
        "As three funds, with the bonds shared out: 28 % in the US and 12 % abroad.",
        _shares(
            spread(US_TOTAL, 40),
            spread(INTL_TOTAL, 20),
            {C.US_BOND: Decimal(28), C.INTL_BOND: Decimal(12)},
        ),
    ),
    Preset(
        "tsp",
        "TSP",
        "For the Thrift Savings Plan: C 30 %, S 10 %, I 20 %, F 20 %, G 20 %.",
        _shares(
            {C.US_LARGE: Decimal(30), C.US_MID: Decimal(10)},
            spread(INTL_TOTAL, 20),
            {C.US_BOND: Decimal(20), C.STABLE_VALUE: Decimal(20)},
        ),
    ),
)


def by_age(age: int) -> tuple[tuple[AssetClass, Decimal], ...]:
    """Return shares in percent by the rule of thumb 110 − age in stocks, from 0 to 100."""
    stocks = min(max(Decimal(STOCKS_LESS_AGE - age), ZERO), HUNDRED)
    return ((C.STOCKS, stocks), (C.FIXED_INCOME, HUNDRED - stocks))
