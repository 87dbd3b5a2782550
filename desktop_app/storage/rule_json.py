"""Restrictions and past exchanges as JSON, written out by hand so that renaming a class changes no file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from desktop_app.domain.exchange_log import PastExchange
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

from .values import date_text, decimal_text, read_date, read_decimal

Json: TypeAlias = dict[str, Any]

_OFF = date.min
"""The last day a switched-off rule has in the file: to a program before 1.4 it is over on every day."""


def restriction_json(rule: Restriction) -> Json:
    """Return one restriction as JSON values.

    Since 1.4 a switched-off rule keeps its own last day beside the one that tells older programs.
    """
    last = {"last_day": date_text(rule.until)} if rule.off else {}
    return {
        **_terms(rule.terms),
        "source": rule.source,
        "words": rule.words,
        "until": date_text(_OFF if rule.off else rule.until),
        "preset": rule.preset,
        **last,
    }


def read_restriction(item: Json) -> Restriction:
    """Return the restriction of JSON values; raises `KeyError`, `ValueError` or `TypeError`."""
    terms = _READERS[item["kind"]](item)
    until = read_date(item["until"])
    off = until == _OFF
    if off:
        until = read_date(item.get("last_day"))
    return Restriction(terms, item["source"], item["words"], until, item["preset"], off)


def past_exchange_json(past: PastExchange) -> Json:
    """Return one past exchange as JSON values."""
    return {
        "account": past.account_id,
        "from": past.source,
        "to": past.target,
        "amount": decimal_text(past.amount),
        "day": past.day.isoformat(),
        "automatic": past.automatic,
    }


def read_past_exchange(item: Json) -> PastExchange:
    """Return the past exchange of JSON values; raises `KeyError`, `ValueError` or `TypeError`."""
    return PastExchange(
        item["account"],
        item["from"],
        item["to"],
        read_decimal(item["amount"]),
        date.fromisoformat(item["day"]),
        bool(item["automatic"]),
    )


def _terms(terms: Terms) -> Json:
    """Return the terms of a rule with the kind that tells how to read them."""
    match terms:
        case EquityWash():
            return {
                "kind": "equity_wash",
                "from": list(terms.sources),
                "competing": list(terms.competing),
                "days": terms.days,
            }
        case RepurchaseBlock():
            own: Json = {"kind": "repurchase_block", "days": terms.days, "over": decimal_text(terms.over)}
            return {**own, "funds": list(terms.funds), "exempt": list(terms.exempt)}
        case RoundTrip():
            return _round_trip(terms)
        case RedemptionFee():
            own = {"kind": "redemption_fee", "share": decimal_text(terms.share), "days": terms.days}
            return {**own, "funds": list(terms.funds), "exempt": list(terms.exempt)}
        case TransferLimit():
            own = {"kind": "transfer_limit", "count": terms.count, "per": terms.per.value}
            return {**own, "then_into": list(terms.then_into)}
        case CoreMinimum():
            own = {"kind": "core_minimum", "amount": decimal_text(terms.amount)}
            return {**own, "window": list(terms.window)}
        case StockCap():
            return {"kind": "stock_cap", "share": decimal_text(terms.share), "funds": list(terms.funds)}
        case NoSale():
            return {"kind": "no_sale", "funds": list(terms.funds)}


def _round_trip(terms: RoundTrip) -> Json:
    return {
        "kind": "round_trip",
        "days": terms.days,
        "over": decimal_text(terms.over),
        "allowed": terms.allowed,
        "window": terms.window,
        "strikes": terms.strikes,
        "block": terms.block,
        "shared": terms.shared,
        "funds": list(terms.funds),
        "exempt": list(terms.exempt),
    }


def _read_round_trip(item: Json) -> RoundTrip:
    return RoundTrip(
        days=item["days"],
        over=read_decimal(item["over"]),
        allowed=item["allowed"],
        window=item["window"],
        strikes=item["strikes"],
        block=item["block"],
        shared=bool(item["shared"]),
        funds=tuple(item["funds"]),
        exempt=tuple(item["exempt"]),
    )


_READERS: dict[str, Callable[[Json], Terms]] = {
    "equity_wash": lambda item: EquityWash(tuple(item["from"]), tuple(item["competing"]), item["days"]),
    "repurchase_block": lambda item: RepurchaseBlock(
        item["days"], read_decimal(item["over"]), tuple(item["funds"]), tuple(item["exempt"])
    ),
    "round_trip": _read_round_trip,
    "redemption_fee": lambda item: RedemptionFee(
        read_decimal(item["share"]), item["days"], tuple(item["funds"]), tuple(item["exempt"])
    ),
    "transfer_limit": lambda item: TransferLimit(
        item["count"], Period(item["per"]), tuple(item["then_into"])
    ),
    "core_minimum": lambda item: CoreMinimum(read_decimal(item["amount"]), tuple(item["window"])),
    "no_sale": lambda item: NoSale(tuple(item["funds"])),
    "stock_cap": lambda item: StockCap(read_decimal(item["share"]), tuple(item["funds"])),
}
