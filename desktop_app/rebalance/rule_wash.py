"""Equity wash: which money left stable value not long ago, and from when on it is free again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import Fund, normal_name
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.rules import EquityWash, is_meant

from .slot import Lot

Lots = dict[str, list[Lot]]
"""Bound dollars by fund key, the earliest free first."""


def leaves_source(washes: Iterable[EquityWash], fund: Fund) -> bool:
    """Tell whether money that leaves a fund is bound by an equity wash."""
    return any(is_meant(fund, wash.sources) for wash in washes)


def competes(washes: Iterable[EquityWash], fund: Fund) -> bool:
    """Tell whether a fund may not take bound money."""
    return any(is_meant(fund, wash.competing) for wash in washes)


def wash_days(washes: Iterable[EquityWash], source: Fund) -> int:
    """Return how many days money from a source has to wait."""
    return max(wash.days for wash in washes if leaves_source((wash,), source))


def bound_lots(
    washes: Sequence[EquityWash], log: ExchangeLog, holdings: Sequence[tuple[Fund, Money]], today: date
) -> Lots:
    """Return the money each fund holds that left an equity-wash source and is not free today.

    `log` is one account's, up to today, `holdings` its funds with dollars. A fund cannot tell its
    dollars apart; as plans count, bound money moves on before free money, except into a competing
    fund, where only free money may go. Money back in its source is bound no longer, and no fund holds
    more bound money than it holds.
    """
    lots: Lots = {}
    for entry in log.entries if washes else ():
        _carry(lots, entry, washes, [fund for fund, _ in holdings])
    found: Lots = {}
    for fund, value in holdings:
        live = [lot for lot in lots.get(fund.key, ()) if lot.free_on > today]
        if (own := _trimmed(live, value)) and not leaves_source(washes, fund):
            found[fund.key] = own
    return found


def _carry(lots: Lots, entry: PastExchange, washes: Sequence[EquityWash], funds: Sequence[Fund]) -> None:
    """Follow one exchange: bind what leaves a source, take bound money along."""
    if entry.source is None or entry.target is None:
        return
    source, target = _called(entry.source, funds), _called(entry.target, funds)
    if _is_named(entry.source, source, [name for wash in washes for name in wash.sources]):
        days = max(wash.days for wash in washes if _is_named(entry.source, source, wash.sources))
        moved = [Lot(entry.day + timedelta(days=days), entry.amount)]
    elif _is_named(entry.target, target, [name for wash in washes for name in wash.competing]):
        return
    else:
        key = _key(entry.source, source)
        moved, lots[key] = taken(lots.get(key, []), entry.amount)
    if not _is_named(entry.target, target, [name for wash in washes for name in wash.sources]):
        key = _key(entry.target, target)
        lots[key] = sorted([*lots.get(key, ()), *moved], key=lambda lot: lot.free_on)


def _called(name: str, funds: Sequence[Fund]) -> Fund | None:
    return next((fund for fund in funds if fund.is_called(name)), None)


def _is_named(name: str, fund: Fund | None, names: Sequence[str]) -> bool:
    """Tell whether a rule means the fund an entry names, which the account may no longer have."""
    if fund is None:
        return any(normal_name(name) == normal_name(other) for other in names)
    return is_meant(fund, names)


def _key(name: str, fund: Fund | None) -> str:
    return normal_name(name) if fund is None else fund.key


def taken(lots: Sequence[Lot], amount: Money) -> tuple[list[Lot], list[Lot]]:
    """Divide lots into what an exchange of `amount` takes, the earliest free first, and what stays."""
    gone: list[Lot] = []
    stay: list[Lot] = []
    for lot in lots:
        part = min(lot.amount, amount)
        amount -= part
        if part > 0:
            gone.append(Lot(lot.free_on, part))
        if lot.amount > part:
            stay.append(Lot(lot.free_on, lot.amount - part))
    return gone, stay


def _trimmed(lots: Sequence[Lot], value: Money) -> list[Lot]:
    """Keep at most `value` dollars, those that are bound longest."""
    kept: list[Lot] = []
    for lot in sorted(lots, key=lambda lot: lot.free_on, reverse=True):
        amount = min(lot.amount, value - sum((own.amount for own in kept), ZERO))
        if amount > 0:
            kept.append(Lot(lot.free_on, amount))
    return kept[::-1]
