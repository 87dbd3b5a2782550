"""Restrictions and past exchanges as rules files and presets carry them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ONE, ZERO
from desktop_app.domain.rules import (
    CoreMinimum,
    EquityWash,
    NoSale,
    Period,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    Terms,
    TransferLimit,
)

from .json_entries import Entry, WrongEntryError, one_of

_tr = translator("JsonFiles")

MOST_DAYS = 3660
"""The longest wait a rule may have, ten years: more is a slip."""


def read_restrictions(data: Entry, preset: str = "") -> tuple[Restriction, ...]:
    """Return the restrictions of a list; `preset` names the set they belong to. Raises `WrongEntryError`."""
    return tuple(_restriction(entry, preset) for entry in data.entries())


def read_log(data: Entry, today: date) -> ExchangeLog:
    """Return past exchanges of a list; raises `WrongEntryError`, also for a day after `today`."""
    return ExchangeLog(tuple(_past_exchange(entry, today) for entry in data.entries()))


class _Kind(NamedTuple):
    """How the terms of one kind of rule are read, and the entries it may have."""

    read: Callable[[Entry], Terms]
    entries: tuple[str, ...]


def _restriction(data: Entry, preset: str) -> Restriction:
    name = data["kind"].text()
    kind = _KINDS.get(name)
    if kind is None:
        raise WrongEntryError(data["kind"].where, name, one_of(_KINDS))
    data.only("kind", "source", "words", "until", *kind.entries)
    until = data.get("until")
    return Restriction(
        terms=kind.read(data),
        source=data.get("source").text(""),
        words=data.get("words").text(""),
        until=None if until.is_missing else until.day(),
        preset=preset,
    )


def _past_exchange(data: Entry, today: date) -> PastExchange:
    data.only("account", "from", "to", "amount", "date", "automatic")
    source, target = data.get("from").text("") or None, data.get("to").text("") or None
    if source is None and target is None:
        raise WrongEntryError(
            data.where, _tr("neither “from” nor “to”"), _tr("the fund money left or went into")
        )
    day, amount = data["date"].day(), data["amount"].dollars()
    if day > today:
        raise WrongEntryError(
            data["date"].where, day.isoformat(), _tr("a day no later than {0}").format(today)
        )
    if amount <= 0 or amount % CENT:
        raise WrongEntryError(data["amount"].where, str(amount), _tr("dollars above zero, in whole cents"))
    return PastExchange(data["account"].text(), source, target, amount, day, data.get("automatic").flag())


def _days(data: Entry, name: str, usual: int | None = None, least: int = 1) -> int:
    """Return a whole number from `least` to `MOST_DAYS`.

    Raises `WrongEntryError` for another, or where it is needed and missing.
    """
    entry = data.get(name)
    found = entry.count() if usual is None or not entry.is_missing else usual
    if found is None:
        found = data[name].count()  # which says that it is missing
    if found is None or found < least:
        raise WrongEntryError(entry.where, str(found), _tr("a whole number of {0} or more").format(least))
    if found > MOST_DAYS:
        raise WrongEntryError(entry.where, str(found), _tr("a whole number of at most {0}").format(MOST_DAYS))
    return found


def _some_names(data: Entry) -> tuple[str, ...]:
    """Return at least one name: a rule for no fund would bind nothing, silently."""
    names = data.names()
    if not names:
        raise WrongEntryError(data.where, _tr("an empty list"), _tr("at least one fund"))
    return names


def _share(data: Entry) -> Decimal:
    share = data["share"].decimal()
    if not 0 <= share <= ONE:
        raise WrongEntryError(data["share"].where, str(share), _tr("a share from 0 to 1"))
    return share


def _dollars(data: Entry, usual: Decimal | None = None) -> Decimal:
    name = "amount" if usual is None else "over"
    amount = data.get(name).dollars(usual)
    if amount < 0:
        raise WrongEntryError(data.get(name).where, str(amount), _tr("dollars of zero or more"))
    return amount


def read_equity_wash(data: Entry) -> EquityWash:
    """Return an equity wash; raises `WrongEntryError`, also for a wait of no days."""
    return EquityWash(_some_names(data["from"]), _some_names(data["competing"]), _days(data, "days", 90))


def _repurchase_block(data: Entry) -> Terms:
    return RepurchaseBlock(
        _days(data, "days", 30), _dollars(data, ZERO), data.get("funds").names(), data.get("exempt").names()
    )


def _round_trip(data: Entry) -> Terms:
    return RoundTrip(
        days=_days(data, "days", 30),
        over=_dollars(data, ZERO),
        allowed=_days(data, "allowed", 0, least=0),
        window=_days(data, "window", 90),
        strikes=_days(data, "strikes", 2, least=0),
        block=_days(data, "block", 0, least=0),
        shared=data.get("shared").flag(),
        funds=data.get("funds").names(),
        exempt=data.get("exempt").names(),
    )


def _redemption_fee(data: Entry) -> Terms:
    return RedemptionFee(
        _share(data), _days(data, "days"), data.get("funds").names(), data.get("exempt").names()
    )


def _transfer_limit(data: Entry) -> Terms:
    return TransferLimit(
        _days(data, "count"), data.get("per").choice(Period, Period.MONTH), data.get("then_into").names()
    )


def _core_minimum(data: Entry) -> Terms:
    amount, window = _dollars(data), data.get("window")
    return CoreMinimum(amount) if window.is_missing else CoreMinimum(amount, _some_names(window))


def _stock_cap(data: Entry) -> Terms:
    share, funds = _share(data), data.get("funds")
    return StockCap(share) if funds.is_missing else StockCap(share, _some_names(funds))


def _no_sale(data: Entry) -> Terms:
    return NoSale(_some_names(data["funds"]))


_KINDS = {
    "equity_wash": _Kind(read_equity_wash, ("from", "competing", "days")),
    "repurchase_block": _Kind(_repurchase_block, ("days", "over", "funds", "exempt")),
    "round_trip": _Kind(
        _round_trip,
        ("days", "over", "allowed", "window", "strikes", "block", "shared", "funds", "exempt"),
    ),
    "redemption_fee": _Kind(_redemption_fee, ("share", "days", "funds", "exempt")),
    "transfer_limit": _Kind(_transfer_limit, ("count", "per", "then_into")),
    "core_minimum": _Kind(_core_minimum, ("amount", "window")),
    "stock_cap": _Kind(_stock_cap, ("share", "funds")),
    "no_sale": _Kind(_no_sale, ("funds",)),
}
