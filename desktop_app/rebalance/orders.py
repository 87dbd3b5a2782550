"""Writes amounts as orders: exchanges with units and percents, trades per fund, whole-percent elections."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import HUNDRED, ZERO, Money, Weight, largest_remainder
from desktop_app.domain.plan import Election, Exchange, Trade
from desktop_app.domain.rules import OrderStyle

from .problem import Problem, Slot
from .realign import Realigned
from .steps import style_of
from .ticket import Amount
from .words import Reasons

MILLI = Decimal("0.001")
SIX_PLACES = Decimal("0.000001")
WHOLE_PERCENT = Decimal("0.01")


def write_exchanges(problem: Problem, amounts: Sequence[Amount], reasons: Reasons) -> tuple[Exchange, ...]:
    """Return the orders in printed order; percents are of the fund as it is held before the first of them."""
    left: dict[tuple[int, int], tuple[Money, Decimal | None]] = {}
    written: list[Exchange] = []
    for amount in amounts:
        arc, desk = amount.arc, problem.desks[amount.arc.desk]
        source = desk.slots[arc.source] if arc.source >= 0 else None
        target = desk.slots[arc.target] if arc.target >= 0 else None
        share: Weight | None = None
        units: Decimal | None = None
        if source is not None:
            there, rest = left.get((arc.desk, arc.source), (source.value, source.units))
            share = _share(style_of(desk, arc), amount.dollars, source.value)
            units = _units(source, amount.dollars, there, rest)
            left[arc.desk, arc.source] = there - amount.dollars, None if rest is None else rest - (units or 0)
        written.append(
            Exchange(
                account_id=desk.id,
                source=source.fund if source else None,
                target=target.fund if target else None,
                amount=amount.dollars,
                why=reasons.why(amount),
                units=units,
                percent_of_fund=share,
            )
        )
    return tuple(written)


def _share(style: OrderStyle, amount: Money, held: Money) -> Weight:
    places = WHOLE_PERCENT if style is OrderStyle.PERCENT_OF_FUND else SIX_PLACES
    return (amount / held).quantize(places, rounding=ROUND_HALF_UP)


def _units(source: Slot, amount: Money, there: Money, rest: Decimal | None) -> Decimal | None:
    """Return the units of an order; the last one of a fund that is sold out takes what is left of it."""
    price = source.unit_price
    if price is None or rest is None:
        return None
    if amount == there:
        return rest
    most = min((there / price).quantize(MILLI, rounding=ROUND_FLOOR), rest)
    return min((amount / price).quantize(MILLI, rounding=ROUND_HALF_UP), most)


def write_trades(
    problem: Problem, snapshot: Snapshot, amounts: Sequence[Amount], losses: Sequence[Money]
) -> tuple[Trade, ...]:
    """Return every fund held or bought, with what it had and how it changes.

    `losses` are dollars of each amount that fees keep from arriving.
    """
    change: dict[tuple[int, int], Money] = {}
    for amount, loss in zip(amounts, losses, strict=True):
        arc = amount.arc
        for slot, money in ((arc.source, -amount.dollars), (arc.target, amount.dollars - loss)):
            if slot >= 0:
                key = (arc.desk, slot)
                change[key] = change.get(key, ZERO) + money
    trades: list[Trade] = []
    for d, (desk, account) in enumerate(zip(problem.desks, snapshot.accounts, strict=True)):
        held = {holding.fund.key for holding in account.holdings}
        trades.extend(
            Trade(desk.id, slot.fund, slot.value, change.get((d, s), ZERO))
            for s, slot in enumerate(desk.slots)
            if slot.fund.key in held or (d, s) in change
        )
    return tuple(trades)


def leaves_after(trades: Sequence[Trade]) -> dict[AssetClass, Decimal]:
    """Return dollars per leaf when the trades are done."""
    found: dict[AssetClass, Decimal] = {}
    for trade in trades:
        for leaf, weight in trade.fund.mix:
            found[leaf] = found.get(leaf, ZERO) + trade.after * weight
    return {leaf: value for leaf, value in found.items() if value}


def write_elections(
    problem: Problem, trades: Sequence[Trade], orders: Sequence[Realigned]
) -> tuple[Election, ...]:
    """Return whole percents for each account that moves something.

    For accounts that realign by percent they are the order itself; for the others they tell, by
    largest remainder, what the balance comes to.
    """
    ordered = {order.desk: order for order in orders}
    found: list[Election] = []
    for d, desk in enumerate(problem.desks):
        own = [trade for trade in trades if trade.account_id == desk.id]
        if not any(trade.change for trade in own):
            continue
        if d in ordered:
            percents = [(desk.slots[s], share) for s, share in ordered[d].percents]
            named = tuple((slot.fund, share) for slot, share in percents if share or slot.value)
        else:
            named = _nearest(own)
        if named:
            found.append(Election(desk.id, "realign", named))
    return tuple(found)


def _nearest(trades: Sequence[Trade]) -> tuple[tuple[Fund, int], ...]:
    shares = largest_remainder([trade.after for trade in trades], int(HUNDRED))
    if not sum(shares):
        return ()
    return tuple(
        (trade.fund, share)
        for trade, share in zip(trades, shares, strict=True)
        if share or trade.before or trade.after
    )
