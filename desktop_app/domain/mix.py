"""What a fund holds: shares of asset classes that add to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from .classes import LEAVES, AssetClass, leaves_of, parse_class
from .errors import MixPartError, MixSumError
from .language import translator
from .money import HUNDRED, ONE, ZERO, Weight, plain
from .records import dataclass

_tr = translator("TargetErrors")

PLACES = 12
"""Decimal places of a scaled share.

Funds of one family hold the same parts in other doses. With six places their mixes were no longer exact doses
of each other, and trading tens of thousands of dollars between them could change a class by a cent.
"""


@dataclass(frozen=True, slots=True)
class AssetMix:
    """Shares of leaves of the class tree, in tree order, adding to exactly one.

    Build one with `of`, `single` or `from_names`; equal mixes are equal values.
    """

    parts: tuple[tuple[AssetClass, Weight], ...]

    def __post_init__(self) -> None:
        total = sum((weight for _, weight in self.parts), ZERO)
        if total != ONE or any(weight < 0 for _, weight in self.parts):
            raise MixSumError(_tr("this fund"), plain(total * HUNDRED))

    @classmethod
    def of(cls, weights: Mapping[AssetClass, Decimal]) -> AssetMix:
        """Build a mix from leaf shares that add to one; zero shares are dropped."""
        return cls(tuple((leaf, weights[leaf]) for leaf in LEAVES if weights.get(leaf)))

    @classmethod
    def single(cls, leaf: AssetClass) -> AssetMix:
        """Build the mix of a fund that holds one class only."""
        return cls(((leaf, ONE),))

    @classmethod
    def normalised(cls, weights: Mapping[AssetClass, Decimal], places: int = PLACES) -> AssetMix:
        """Build a mix from published shares that nearly add to one (99.4 % is usual).

        Shares are scaled to the total and rounded to `places`; what rounding leaves goes to
        the largest part.
        """
        total = sum(weights.values(), ZERO)
        scaled = {leaf: round(weight / total, places) for leaf, weight in weights.items() if weight}
        largest = max(scaled, key=lambda leaf: (scaled[leaf], -LEAVES.index(leaf)))
        scaled[largest] += ONE - sum(scaled.values(), ZERO)
        return cls.of(scaled)

    @classmethod
    def from_names(cls, weights: Mapping[str, str], fund: str = "") -> AssetMix:
        """Build a mix from names and decimal texts, as JSON carries them.

        Raises `MixSumError` when they do not add to one, `MixPartError` for a part below zero and
        `UnknownClassError` for a name that is not a leaf.
        """
        parsed: dict[AssetClass, Decimal] = {}
        for name, text in weights.items():
            leaf = parse_class(name)
            if leaf not in LEAVES:
                parse_class(_tr("{0} (a group of classes)").format(name))
            parsed[leaf] = parsed.get(leaf, ZERO) + Decimal(text)
        total = sum(parsed.values(), ZERO)
        least = min(parsed.values(), default=ZERO)
        called = fund or _tr("this fund")
        if least < 0:
            raise MixPartError(called, plain(least))
        if total != ONE:
            raise MixSumError(called, plain(total * HUNDRED))
        return cls.of(parsed)

    def __iter__(self) -> Iterator[tuple[AssetClass, Weight]]:
        return iter(self.parts)

    def share(self, node: AssetClass) -> Weight:
        """Return the share of `node`, a leaf or a group."""
        under = leaves_of(node)
        return sum((weight for leaf, weight in self.parts if leaf in under), ZERO)

    @property
    def main(self) -> AssetClass:
        """The leaf with the largest share; ties go to the earlier one."""
        return max(self.parts, key=lambda part: part[1])[0] if len(self.parts) > 1 else self.parts[0][0]

    @property
    def is_single(self) -> bool:
        """Whether the fund holds one class only."""
        return len(self.parts) == 1

    def as_names(self) -> dict[str, str]:
        """Return the mix as JSON carries it: class name to decimal text."""
        return {leaf.value: plain(weight) for leaf, weight in self.parts}


UNCLASSIFIED = AssetMix.single(AssetClass.UNCLASSIFIED)
