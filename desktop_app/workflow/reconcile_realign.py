"""A realign sets a whole account to whole percents at one day's prices: was it done?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.funds import Fund
from desktop_app.domain.money import HUNDRED, ONE, ZERO, Weight

from .reconcile_flows import Flow

POINT = Decimal("0.01")
"""How far the mix may be from the percents, half the sum without sign: money came in since."""


def is_realigned(flows: Sequence[Flow], percents: Sequence[tuple[Fund, int]]) -> bool:
    """Tell whether an account stands nearer to the percents elected than to having been left alone.

    Each weight may lie between the percent itself (set on the statement's day) and the percent with the
    price movement of the time since the plan (set at once).
    """
    now = _shares([flow.pot.after for flow in flows])
    growth = [_growth(flow) for flow in flows]
    wanted = [_percent(flow, percents) for flow in flows]
    at_once = _shares([share * grown for share, grown in zip(wanted, growth, strict=True)])
    alone = _shares([flow.pot.before * grown for flow, grown in zip(flows, growth, strict=True)])
    off = sum(
        (_outside(share, one, other) for share, one, other in zip(now, wanted, at_once, strict=True)), ZERO
    )
    from_alone = sum((abs(share - left) for share, left in zip(now, alone, strict=True)), ZERO)
    return off / 2 <= POINT and off < from_alone


def _growth(flow: Flow) -> Decimal:
    at_old = flow.at_old_prices
    return flow.pot.growth or (flow.pot.after / at_old if flow.pot.after and at_old else ONE)


def _shares(amounts: Sequence[Decimal]) -> list[Weight]:
    whole = sum(amounts, ZERO)
    return [amount / whole if whole else ZERO for amount in amounts]


def _percent(flow: Flow, percents: Sequence[tuple[Fund, int]]) -> Weight:
    return next((Decimal(share) / HUNDRED for fund, share in percents if flow.pot.is_of(fund)), ZERO)


def _outside(share: Weight, one: Weight, other: Weight) -> Weight:
    return max(share - max(one, other), min(one, other) - share, ZERO)
