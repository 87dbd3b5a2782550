"""What moved in the funds between two statements, with prices taken out: units first, else estimates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.classes import AssetClass, leaves_of
from desktop_app.domain.funds import Fund, normal_name
from desktop_app.domain.money import ONE, ZERO, Money, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import top_level

SAME_FUND = Decimal("0.001")
"""Doubt about a price movement taken from the same fund in another account (of the fund's value)."""
SAME_CLASS = Decimal("0.02")
"""The same, taken from other funds of the same class."""
SAME_ROOT = Decimal("0.05")
"""The same, taken from other stocks, or other bonds."""
NO_PRICE = Decimal("0.10")
"""The same, where nothing held tells how prices moved: they are taken to stand still."""
STEADY = Decimal("0.01")
"""The same, for money that keeps its dollar: stable value, money market, cash."""

SPLIT = Decimal("0.55")
"""A price that fell below this share, or rose as far, is that of units divided anew: they tell nothing."""

_STEADY_LEAVES = frozenset(leaves_of(AssetClass.SHORT_TERM))


@dataclass(frozen=True, slots=True)
class Pot:
    """One fund of one account at two statements; `known` are all its names.

    `units` are None where any holding of the fund has none, 0 where the fund is not held.
    """

    account_id: str
    fund: Fund
    known: frozenset[str]
    before: Money = ZERO
    after: Money = ZERO
    units_before: Decimal | None = ZERO
    units_after: Decimal | None = ZERO
    price_before: Decimal | None = None
    price_after: Decimal | None = None

    def is_of(self, fund: Fund) -> bool:
        """Tell whether a fund is this one: the same key, or a common name and no other symbol or CUSIP."""
        if fund.key == self.fund.key:
            return True
        for own, other in ((self.fund.symbol, fund.symbol), (self.fund.cusip, fund.cusip)):
            if own and other and own != other:
                return False
        return not self.known.isdisjoint(_names(fund))

    @property
    def growth(self) -> Decimal | None:
        """New price ÷ old price, None where one is not known or the units were divided anew between them."""
        if not self.price_before or not self.price_after:
            return None
        growth = self.price_after / self.price_before
        return growth if SPLIT < growth < 1 / SPLIT else None

    @property
    def units_change(self) -> Decimal | None:
        """Units bought (+) or sold (−), None where they are not known."""
        if self.units_before is None or self.units_after is None:
            return None
        return self.units_after - self.units_before


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars that moved into (+) or out of (−) a pot, at the old prices.

    `moved` is the best reading; an order between the statements was made at some price between theirs, so
    what was ordered lies between `low` and `high`. `doubt` is half the width an estimated price adds.
    """

    pot: Pot
    moved: Money
    low: Money
    high: Money
    doubt: Money = field(default=ZERO)

    @property
    def at_old_prices(self) -> Money:
        """What is held now, at the old prices."""
        return self.pot.before + self.moved

    def unexplained(self, ordered: Money) -> Money:
        """Return what moved beyond `ordered` dollars, 0 where the order and the day's price explain it."""
        if ordered and self.low <= ordered <= self.high:
            return ZERO
        rest = self.moved - ordered
        return rest if abs(rest) > self.doubt else ZERO


def pots_of(before: Account | None, after: Account | None, others: Iterable[Fund]) -> tuple[Pot, ...]:
    """Return every fund one account held, holds, or was ordered to hold, each once."""
    account = after or before
    if account is None:
        return ()
    pots: list[Pot] = []
    for holding in () if before is None else before.holdings:
        at = _find(pots, account.id, holding.fund)
        pot = pots[at]
        pots[at] = replace(
            pot,
            before=pot.before + holding.value,
            units_before=_more(pot.units_before, holding),
            price_before=pot.price_before or _price(holding),
        )
    for fund in others:
        _find(pots, account.id, fund)
    for holding in () if after is None else after.holdings:
        at = _find(pots, account.id, holding.fund)
        pot = pots[at]
        pots[at] = replace(
            pot,
            fund=holding.fund,  # the mix it is taken to have today
            known=pot.known | _names(holding.fund),
            after=pot.after + holding.value,
            units_after=_more(pot.units_after, holding),
            price_after=pot.price_after or _price(holding),
        )
    return tuple(pots)


def _find(pots: list[Pot], account_id: str, fund: Fund) -> int:
    exact = next((i for i, pot in enumerate(pots) if pot.fund.key == fund.key), None)
    found = exact if exact is not None else next((i for i, pot in enumerate(pots) if pot.is_of(fund)), None)
    if found is not None:
        return found
    pots.append(Pot(account_id, fund, _names(fund)))
    return len(pots) - 1


def _names(fund: Fund) -> frozenset[str]:
    return frozenset(normal_name(name) for name in (fund.key, fund.symbol, fund.cusip, fund.name) if name)


def _more(units: Decimal | None, holding: Holding) -> Decimal | None:
    if units is None or holding.units is None:
        return None if holding.value or holding.units is None else units
    return units + holding.units


def _price(holding: Holding) -> Decimal | None:
    if holding.price:
        return holding.price
    return holding.value / holding.units if holding.units and holding.value else None


def flows_of(pots: Sequence[Pot], touched: Sequence[Pot]) -> tuple[Flow, ...]:
    """Return what moved in every pot; `touched` are those some order names: they tell nothing of prices."""
    return tuple(_flow(pot, *_growth_of(pot, pots, touched)) for pot in pots)


def _flow(pot: Pot, growth: Decimal, doubt: Decimal) -> Flow:
    change = pot.units_change
    if change is not None and pot.price_before and pot.growth is not None:
        moved, unsure = to_cents(change * pot.price_before), ZERO
    else:
        moved = to_cents(pot.after / growth) - pot.before
        unsure = to_cents(max(pot.before, pot.after) * doubt)
    ends = (moved, to_cents(moved * growth))
    return Flow(pot, moved, min(ends) - unsure, max(ends) + unsure, unsure)


def _growth_of(pot: Pot, pots: Sequence[Pot], touched: Sequence[Pot]) -> tuple[Decimal, Decimal]:
    """Return how the price moved (new ÷ old) and the doubt about it, a fraction of the fund's value."""
    if pot.growth is not None:
        return pot.growth, ZERO
    if pot.before and not pot.after:  # nothing is left: what it was worth then is what left
        return ONE, ZERO
    twin = next((each.growth for each in pots if each.growth is not None and each.is_of(pot.fund)), None)
    if twin is not None:
        return twin, SAME_FUND
    leaf = pot.fund.mix.main
    if leaf in _STEADY_LEAVES:
        return ONE, STEADY
    root = top_level(leaf)
    alike = _average(each for each in pots if each.fund.mix.main is leaf)
    if alike is None:
        still = [each for each in pots if each not in touched and each.account_id == pot.account_id]
        alike = _average((each for each in still if each.fund.mix.main is leaf), by_value=True)
    if alike is not None:
        return alike, SAME_CLASS
    broad = _average(each for each in pots if top_level(each.fund.mix.main) is root)
    return (ONE, NO_PRICE) if broad is None else (broad, SAME_ROOT)


def _average(pots: Iterable[Pot], *, by_value: bool = False) -> Decimal | None:
    """Return the growth of several pots, weighed by what they held; `by_value` takes values for prices."""
    known = [
        (pot.before, pot.after / pot.before if by_value else pot.growth)
        for pot in pots
        if pot.before > 0 and (pot.after > 0 if by_value else pot.growth is not None)
    ]
    weight = sum((held for held, _ in known), ZERO)
    return sum((held * (growth or ONE) for held, growth in known), ZERO) / weight if weight else None
