"""Fits a ready-made mix to what the accounts offer: a class no fund holds goes to its nearest relation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from desktop_app.domain.classes import AssetClass

from .desk import Desk

C = AssetClass
Shares = tuple[tuple[AssetClass, Decimal], ...]
Moved = tuple[tuple[AssetClass, AssetClass], ...]
"""Classes that gave up their share, each with the one that has it now."""
_RELATED = (
    (C.US_LARGE, C.US_MID, C.US_SMALL),
    (C.INTL_DEVELOPED, C.EMERGING),
    (C.US_BOND, C.INTL_BOND),
)
"""Classes that broad funds hold together, the largest first."""


def offered(desk: Desk) -> frozenset[AssetClass]:
    """Return the classes that any fund holds which an account has or may buy."""
    held = [holding.fund for account in desk.snapshot.accounts for holding in account.holdings]
    menus = [fund for _, rules in desk.household.account_rules for fund in rules.menu]
    return frozenset(leaf for fund in (*held, *menus) for leaf, _ in fund.mix)


def fitted(
    shares: Iterable[tuple[AssetClass, Decimal]], on_offer: Collection[AssetClass]
) -> tuple[Shares, Moved]:
    """Return shares in percent that funds on offer can reach, and which classes gave theirs to which.

    Without this a plan that lacks, say, a small-cap fund would leave that share wherever it is today, and end
    with fewer stocks than were chosen. A group of which nothing is on offer stays as it is, and is told.
    """
    found = dict(shares)
    moved: list[tuple[AssetClass, AssetClass]] = []
    for group in _RELATED:
        heir = next((leaf for leaf in group if leaf in found and leaf in on_offer), None)
        if heir is None:
            continue
        for leaf in group:
            if leaf in found and leaf not in on_offer:
                found[heir] += found.pop(leaf)
                moved.append((leaf, heir))
    return tuple(found.items()), tuple(moved)
