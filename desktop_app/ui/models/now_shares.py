"""What each class holds now, rounded once, so that every screen shows the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from desktop_app.domain.classes import AssetClass, ancestors_of, children_of, leaves_of, walk
from desktop_app.domain.money import ONE, ZERO, Money, to_step
from desktop_app.domain.records import dataclass

from .rounding import TENTHS, spread


@dataclass(frozen=True, slots=True)
class NowShare:
    """One class: whole dollars, and its part of the household in whole thousandths."""

    dollars: int = 0
    tenths: int = 0

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        """The dollars, and the part as a fraction of 1."""
        return Decimal(self.dollars), Decimal(self.tenths) / TENTHS


def now_shares(held: Mapping[AssetClass, Money]) -> Mapping[AssetClass, NowShare]:
    """Round dollars per leaf from the top of the class tree down.

    Leaves add to their group as shown, and stocks, fixed income and the rest to the household. Without
    money every class has nothing.
    """
    return _rounded(tuple(held.items()))


@lru_cache(maxsize=8)
def _rounded(holdings: tuple[tuple[AssetClass, Money], ...]) -> Mapping[AssetClass, NowShare]:
    """Round once for all screens, which ask again with every edited target."""
    held = dict(holdings)
    total = sum(held.values(), ZERO)
    tops = [node for node in walk() if not ancestors_of(node)]
    found: dict[AssetClass, NowShare] = {}
    whole = NowShare(int(to_step(total, ONE)), TENTHS) if total > 0 else NowShare()
    _share_out(tops, held, whole, found)
    return MappingProxyType(found)


def _share_out(
    nodes: Sequence[AssetClass],
    held: Mapping[AssetClass, Money],
    whole: NowShare,
    found: dict[AssetClass, NowShare],
) -> None:
    values = [sum((held.get(leaf, ZERO) for leaf in leaves_of(node)), ZERO) for node in nodes]
    dollars, tenths = spread(values, whole.dollars), spread(values, whole.tenths)
    for node, amount, share in zip(nodes, dollars, tenths, strict=True):
        found[node] = NowShare(amount, share)
        _share_out(children_of(node), held, found[node], found)
