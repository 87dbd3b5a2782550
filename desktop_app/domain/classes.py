"""The tree of asset classes: its nodes, their words and their colour families."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from .errors import UnknownClassError


class AssetClass(StrEnum):
    """A node of the class tree; `value` is its name in files and on the command line."""

    STOCKS = "stocks"
    US_LARGE = "us_large"
    US_MID = "us_mid"
    US_SMALL = "us_small"
    INTL_DEVELOPED = "intl_developed"
    EMERGING = "emerging"
    REIT = "reit"
    COMPANY_STOCK = "company_stock"
    US_SECTOR = "us_sector"
    FIXED_INCOME = "fixed_income"
    BONDS = "bonds"
    US_BOND = "us_bond"
    US_BOND_SHORT = "us_bond_short"
    TIPS = "tips"
    HIGH_YIELD = "high_yield"
    INTL_BOND = "intl_bond"
    SHORT_TERM = "short_term"
    STABLE_VALUE = "stable_value"
    MONEY_MARKET = "money_market"
    CASH = "cash"
    OTHER = "other"
    COMMODITIES = "commodities"
    CRYPTO = "crypto"
    BROKERAGE_WINDOW = "brokerage_window"
    UNCLASSIFIED = "unclassified"


class ClassFamily(StrEnum):
    """A group of leaves that share one colour, in ring order."""

    US_LARGE = "us_large"
    US_MID_SMALL = "us_mid_small"
    INTL_DEVELOPED = "intl_developed"
    EMERGING = "emerging"
    REAL_ESTATE = "real_estate"
    US_BONDS = "us_bonds"
    INFLATION = "inflation"
    OTHER_BONDS = "other_bonds"
    SHORT_TERM = "short_term"
    OTHER = "other"


_C = AssetClass

_CHILDREN: dict[AssetClass, tuple[AssetClass, ...]] = {
    _C.STOCKS: (
        _C.US_LARGE, _C.US_MID, _C.US_SMALL, _C.INTL_DEVELOPED,
        _C.EMERGING, _C.REIT, _C.COMPANY_STOCK, _C.US_SECTOR,
    ),
    _C.FIXED_INCOME: (_C.BONDS, _C.SHORT_TERM),
    _C.BONDS: (_C.US_BOND, _C.US_BOND_SHORT, _C.TIPS, _C.HIGH_YIELD, _C.INTL_BOND),
    _C.SHORT_TERM: (_C.STABLE_VALUE, _C.MONEY_MARKET, _C.CASH),
    _C.OTHER: (_C.COMMODITIES, _C.CRYPTO, _C.BROKERAGE_WINDOW, _C.UNCLASSIFIED),
}  # fmt: skip
_PARENT = {child: parent for parent, children in _CHILDREN.items() for child in children}

ROOTS = (_C.STOCKS, _C.FIXED_INCOME, _C.OTHER)
LEAVES = tuple(node for node in AssetClass if node not in _CHILDREN)
NEVER_TRADED = frozenset({_C.BROKERAGE_WINDOW, _C.UNCLASSIFIED})
"""Leaves that are counted but not traded until the user says what they hold."""

_FAMILY = {
    _C.US_LARGE: ClassFamily.US_LARGE,
    _C.US_MID: ClassFamily.US_MID_SMALL,
    _C.US_SMALL: ClassFamily.US_MID_SMALL,
    _C.INTL_DEVELOPED: ClassFamily.INTL_DEVELOPED,
    _C.EMERGING: ClassFamily.EMERGING,
    _C.REIT: ClassFamily.REAL_ESTATE,
    _C.COMPANY_STOCK: ClassFamily.REAL_ESTATE,
    _C.US_SECTOR: ClassFamily.REAL_ESTATE,
    _C.US_BOND: ClassFamily.US_BONDS,
    _C.US_BOND_SHORT: ClassFamily.US_BONDS,
    _C.TIPS: ClassFamily.INFLATION,
    _C.HIGH_YIELD: ClassFamily.OTHER_BONDS,
    _C.INTL_BOND: ClassFamily.OTHER_BONDS,
    _C.STABLE_VALUE: ClassFamily.SHORT_TERM,
    _C.MONEY_MARKET: ClassFamily.SHORT_TERM,
    _C.CASH: ClassFamily.SHORT_TERM,
    _C.COMMODITIES: ClassFamily.OTHER,
    _C.CRYPTO: ClassFamily.OTHER,
    _C.BROKERAGE_WINDOW: ClassFamily.OTHER,
    _C.UNCLASSIFIED: ClassFamily.OTHER,
}

CLASS_WORDS: dict[AssetClass, str] = {
    _C.STOCKS: "Stocks",
    _C.US_LARGE: "US large",
    _C.US_MID: "US mid",
    _C.US_SMALL: "US small",
    _C.INTL_DEVELOPED: "International developed",
    _C.EMERGING: "Emerging markets",
    _C.REIT: "Real estate",
    _C.COMPANY_STOCK: "Company stock",
    _C.US_SECTOR: "US sector",
    _C.FIXED_INCOME: "Fixed income",
    _C.BONDS: "Bonds",
    _C.US_BOND: "US bonds",
    _C.US_BOND_SHORT: "US short-term bonds",
    _C.TIPS: "Inflation-protected bonds",
    _C.HIGH_YIELD: "High-yield bonds",
    _C.INTL_BOND: "International bonds",
    _C.SHORT_TERM: "Short-term",
    _C.STABLE_VALUE: "Stable value",
    _C.MONEY_MARKET: "Money market",
    _C.CASH: "Cash",
    _C.OTHER: "Other",
    _C.COMMODITIES: "Commodities",
    _C.CRYPTO: "Crypto",
    _C.BROKERAGE_WINDOW: "Brokerage window",
    _C.UNCLASSIFIED: "Not classified yet",
}
"""English names of the nodes, to be passed through translation before they are shown."""

FAMILY_WORDS: dict[ClassFamily, str] = {
    ClassFamily.US_LARGE: "US large",
    ClassFamily.US_MID_SMALL: "US mid & small",
    ClassFamily.INTL_DEVELOPED: "Intl developed",
    ClassFamily.EMERGING: "Emerging markets",
    ClassFamily.REAL_ESTATE: "Real estate, single stock",
    ClassFamily.US_BONDS: "US bonds",
    ClassFamily.INFLATION: "Inflation-prot.",
    ClassFamily.OTHER_BONDS: "Other bonds",
    ClassFamily.SHORT_TERM: "Short-term",
    ClassFamily.OTHER: "Other",
}


def parse_class(name: str) -> AssetClass:
    """Return the node called `name`; raise `UnknownClassError` naming the known ones."""
    try:
        return AssetClass(name.strip().lower())
    except ValueError:
        raise UnknownClassError(name, ", ".join(AssetClass)) from None


def children_of(node: AssetClass) -> tuple[AssetClass, ...]:
    """Return the nodes directly below `node`, empty for a leaf."""
    return _CHILDREN.get(node, ())


def parent_of(node: AssetClass) -> AssetClass | None:
    """Return the node above, or None for a top-level node."""
    return _PARENT.get(node)


def is_leaf(node: AssetClass) -> bool:
    """Tell whether nothing stands below `node`."""
    return node not in _CHILDREN


@cache
def leaves_of(node: AssetClass) -> tuple[AssetClass, ...]:
    """Return the leaves under `node` in tree order; a leaf returns itself."""
    if is_leaf(node):
        return (node,)
    return tuple(leaf for child in _CHILDREN[node] for leaf in leaves_of(child))


@cache
def ancestors_of(node: AssetClass) -> tuple[AssetClass, ...]:
    """Return the nodes above `node`, the nearest first."""
    found: list[AssetClass] = []
    above = parent_of(node)
    while above is not None:
        found.append(above)
        above = parent_of(above)
    return tuple(found)


def walk() -> Iterator[AssetClass]:
    """Yield every node, parents before their children, in ring order."""
    return iter(AssetClass)


def family_of(leaf: AssetClass) -> ClassFamily:
    """Return the colour family of a leaf."""
    return _FAMILY[leaf]


def leaves_of_family(family: ClassFamily) -> tuple[AssetClass, ...]:
    """Return the leaves that share the family's colour, in tree order."""
    return tuple(leaf for leaf in LEAVES if _FAMILY[leaf] is family)
