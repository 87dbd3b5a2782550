"""The funds an account's restrictions name, so that a misspelt one is told."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    EquityWash,
    NoSale,
    RedemptionFee,
    RepurchaseBlock,
    RoundTrip,
    StockCap,
    Terms,
    TransferLimit,
)


def named_funds(own: AccountRules) -> Iterator[tuple[str, str]]:
    """Yield the kind of each restriction of the user's own that is on, with every fund it names."""
    for rule in own.restrictions:
        for name in () if rule.preset or rule.is_off else _names(rule.terms):
            yield rule.kind, name


def _names(terms: Terms) -> tuple[str, ...]:
    match terms:
        case EquityWash():
            return (*terms.sources, *terms.competing)
        case RepurchaseBlock() | RoundTrip() | RedemptionFee():
            return (*terms.funds, *terms.exempt)
        case TransferLimit():
            return terms.then_into
        case CoreMinimum():
            return terms.window
        case StockCap() | NoSale():
            return terms.funds
