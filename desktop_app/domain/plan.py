"""A plan: from → to exchanges, what they lead to, and the proof that nothing smaller does as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .classes import AssetClass
from .drift import DriftReport
from .funds import Fund
from .money import ZERO, Money, Weight
from .rules import PlanRules
from .targets import TargetAllocation


@dataclass(frozen=True, slots=True)
class Exchange:
    """Move `amount` dollars between two funds of one account.

    `source` is None for new money, `target` None for money raised. `units` (three decimals) and
    `percent_of_fund` (a fraction of the source fund as it stands when this order is reached) are None
    where the source has no units or is new money. `fee` is what the plan keeps back of the amount, dollars.
    """

    account_id: str
    source: Fund | None
    target: Fund | None
    amount: Money
    why: str
    units: Decimal | None = None
    percent_of_fund: Weight | None = None
    fee: Money = ZERO


@dataclass(frozen=True, slots=True)
class Trade:
    """One fund of one account before and after the plan, dollars."""

    account_id: str
    fund: Fund
    before: Money
    change: Money

    @property
    def after(self) -> Money:
        """Dollars in the fund when the plan is done."""
        return self.before + self.change


@dataclass(frozen=True, slots=True)
class Election:
    """Whole percents that add to 100 for an account's funds: a realign of the balance."""

    account_id: str
    kind: str
    percents: tuple[tuple[Fund, int], ...]


@dataclass(frozen=True, slots=True)
class LaterExchange:
    """The second step of a two-step plan, not allowed before a date; of today's dollars."""

    not_before: date
    account_id: str
    source: Fund
    target: Fund
    amount: Money
    why: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """What stays off target: dollars above (+) or below (−) it, and why."""

    node: AssetClass
    dollars: Money
    why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What the solver proved: its status, the bound on misallocation in dollars, and a sentence."""

    status: str
    bound: Money
    fewest_exchanges: bool
    words: str


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """The answer for one household: every amount in whole cents and checked against every rule."""

    total: Money
    target: TargetAllocation
    rules: PlanRules
    before: DriftReport
    after: DriftReport
    turnover: Money
    exchanges: tuple[Exchange, ...]
    trades: tuple[Trade, ...]
    elections: tuple[Election, ...]
    later: tuple[LaterExchange, ...]
    unmet: tuple[Unmet, ...]
    proof: Proof

    @property
    def fees(self) -> Money:
        """Dollars the exchanges lose to redemption fees."""
        return sum((exchange.fee for exchange in self.exchanges), ZERO)

    def leftovers(self) -> tuple[tuple[Unmet, ...], tuple[Unmet, ...]]:
        """Return what stays off target as (told one by one, told in one sentence).

        Less than a dollar is not worth a word. Three or more classes that stay below a thousandth of
        the whole for the same reason are told together.
        """
        worth = [unmet for unmet in self.unmet if abs(unmet.dollars) >= 1]
        small = [unmet for unmet in worth if abs(unmet.dollars) < self.total / 1000]
        reasons = [unmet.why for unmet in small]
        together = tuple(unmet for unmet in small if reasons.count(unmet.why) >= 3)
        return tuple(unmet for unmet in worth if unmet not in together), together
