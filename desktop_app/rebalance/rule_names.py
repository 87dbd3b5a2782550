"""The funds an account's restrictions name, so that a misspelt one is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.funds import Fund, normal_name
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
    is_meant,
)


def named_funds(own: AccountRules, funds: Sequence[Fund], log: ExchangeLog) -> Iterator[tuple[str, str]]:
    """Yield the kind of each restriction of the user's own that is on, with every fund it names.

    An account's equity wash may list competing funds the account does not offer, but not only sources
    that are neither among its `funds` nor in its `log`: it would bind nothing.
    """
    wash = own.equity_wash
    gone = {normal_name(past.source) for past in log.entries if past.source}
    if wash is not None and not (
        any(is_meant(fund, wash.sources) for fund in funds)
        or gone.intersection(map(normal_name, wash.sources))
    ):
        for name in wash.sources:
            yield "equity_wash", name
    for rule in own.restrictions:
        for name in () if rule.preset or rule.off else _names(rule.terms):
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
