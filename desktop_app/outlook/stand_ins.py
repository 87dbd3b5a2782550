"""Which series of returns speaks for which asset class, and what that hides."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop_app.domain.classes import AssetClass, leaves_of, walk
from desktop_app.domain.errors import OverlappingTargetsError
from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, ONE, ZERO, plain
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import top_level

from .errors import MixTotalError, NegativeShareError
from .returns import BILLS_SINCE, Series

C = AssetClass

_tr = translator("StandIns")

_SAME = "the same class"
_STOCK_WORDS = {
    C.STOCKS: "large US companies stand in for all stocks",
    C.US_LARGE: _SAME,
    C.US_MID: "large US companies stand in; mid-sized ones swung somewhat more",
    C.US_SMALL: "large US companies stand in; small ones swung more",
    C.INTL_DEVELOPED: "US stocks stand in; other countries' crises came at other times",
    C.EMERGING: "US stocks stand in; emerging markets swung more",
    C.REIT: "US stocks stand in; real estate fell further in 2007–09",
    C.COMPANY_STOCK: "US stocks stand in; a single company can lose everything",
    C.US_SECTOR: "US stocks stand in; one sector swings more than the market",
}
_BOND_WORDS = {
    C.FIXED_INCOME: "10-year Treasuries stand in for all fixed income",
    C.BONDS: "10-year Treasuries stand in for all bonds",
    C.US_BOND: "10-year Treasuries stand in; they run longer than the usual bond fund and moved more",
    C.US_BOND_SHORT: "10-year Treasuries stand in; short-term bonds moved much less",
    C.TIPS: "10-year Treasuries stand in; inflation hurt them, which these bonds are made for",
    C.HIGH_YIELD: "10-year Treasuries stand in; high-yield bonds fall with stocks",
    C.INTL_BOND: "10-year Treasuries stand in",
}
_BILLS = "3-month Treasury bills stand in (before {0}: 10-year Treasuries)"
_NO_HISTORY = "no history here; US stocks, the series that fell deepest, stand in"


@dataclass(frozen=True, slots=True)
class StandIn:
    """One class of a mix and the series counted for it."""

    node: AssetClass
    series: Series

    @property
    def words(self) -> str:
        """What the series leaves out of the class, in the language of the moment."""
        return _tr(_words(self.node)).format(BILLS_SINCE[:4])

    @property
    def is_exact(self) -> bool:
        """Whether the series is the class itself."""
        return _words(self.node) == _SAME


@dataclass(frozen=True, slots=True)
class SeriesMix:
    """A mix in terms of series: weights add to exactly 1, the largest series of risk first."""

    weights: tuple[tuple[Series, Decimal], ...]
    stand_ins: tuple[StandIn, ...]

    @property
    def series(self) -> tuple[Series, ...]:
        """The series held."""
        return tuple(name for name, _ in self.weights)

    @property
    def shares(self) -> tuple[float, ...]:
        """The weights as floats, for simulations."""
        return tuple(float(weight) for _, weight in self.weights)

    def share(self, series: Series) -> Decimal:
        """Return the weight of a series, zero when it is not held."""
        return dict(self.weights).get(series, ZERO)


def stand_in(node: AssetClass) -> StandIn:
    """Return the series that speaks for any node of the class tree."""
    if node in _BOND_WORDS:
        return StandIn(node, Series.BONDS)
    is_safe = top_level(node) is C.FIXED_INCOME
    return StandIn(node, Series.BILLS if is_safe else Series.STOCKS)


def _words(node: AssetClass) -> str:
    known = _STOCK_WORDS.get(node) or _BOND_WORDS.get(node)
    return known or (_BILLS if top_level(node) is C.FIXED_INCOME else _NO_HISTORY)


def series_mix(weights: Mapping[AssetClass, Decimal]) -> SeriesMix:
    """Turn a mix over nodes that do not overlap (fractions of 1) into series.

    Raises `NegativeShareError` for a weight below zero, `MixTotalError` unless they add to exactly 1,
    and `OverlappingTargetsError` when one node stands inside another.
    """
    held = [node for node in walk() if weights.get(node)]
    for node in held:
        if weights[node] < 0:
            raise NegativeShareError(node.value, plain(weights[node] * HUNDRED))
    total = sum(weights.values(), ZERO)
    if total != ONE:
        raise MixTotalError(plain(total * HUNDRED))
    for node in held:
        for other in held:
            if other is not node and set(leaves_of(other)) <= set(leaves_of(node)):
                raise OverlappingTargetsError(node.value, other.value)
    found = tuple(stand_in(node) for node in held)
    sums: dict[Series, Decimal] = {}
    for node, item in zip(held, found, strict=True):
        sums[item.series] = sums.get(item.series, ZERO) + weights[node]
    order = (Series.STOCKS, Series.BONDS, Series.BILLS)
    return SeriesMix(tuple((name, sums[name]) for name in order if name in sums), found)


def two_part_mix(stocks: Decimal) -> dict[AssetClass, Decimal]:
    """Return the plain mix of stocks and fixed income, zero shares left out."""
    parts = {C.STOCKS: stocks, C.FIXED_INCOME: ONE - stocks}
    return {node: weight for node, weight in parts.items() if weight}
