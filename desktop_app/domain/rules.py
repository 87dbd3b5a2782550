"""What a plan must respect: goals, money in and out, and each account's restrictions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from .classes import AssetClass, leaves_of
from .exchange_log import NO_LOG, ExchangeLog
from .funds import Fund, is_window_name
from .money import CENT, ZERO, Money, Weight
from .paychecks import Paychecks
from .records import dataclass


class Goal(StrEnum):
    """Where the plan should bring the mix."""

    TARGET = "target"
    BAND_EDGE = "band_edge"
    HALFWAY = "halfway"
    NEW_MONEY = "new_money"


class OrderStyle(StrEnum):
    """How the plan's website takes orders."""

    DOLLARS = "dollars"
    PERCENT_OF_FUND = "percent_of_fund"
    REALIGN_PERCENT = "realign_percent"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class EquityWash:
    """Money from `sources` may not go straight to `competing` funds but must wait `days` elsewhere.

    Funds are named by symbol, CUSIP, name or class. Only money that left a source is bound, and it is
    free again `days` days after the day it left (stablevalue.org).
    """

    sources: tuple[str, ...]
    competing: tuple[str, ...]
    days: int = 90


@dataclass(frozen=True, slots=True)
class RepurchaseBlock:
    """After more than `over` dollars left a fund on one day it may not be bought for `days` days.

    The day after is the first of them: money that left on 1 September comes back on 2 October at the
    earliest when the block is 30 days. Without `funds` every fund is meant but those of `exempt`.
    """

    days: int = 30
    over: Money = ZERO
    funds: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A fund bought and then sold within `days` days: bought on 1 May it may be sold from 31 May on.

    Days with `over` dollars or less do not count; `allowed` such trips within `window` days are let
    pass, none unless said. Where `strikes` of them within `window` days happened all the same, the fund
    may not be bought for `block` days after the last (0: no such block). `shared` counts the trips in
    every account under the same rule.
    """

    days: int = 30
    over: Money = ZERO
    allowed: int = 0
    window: int = 90
    strikes: int = 2
    block: int = 0
    shared: bool = False
    funds: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedemptionFee:
    """A share of what is sold within `days` days after it was bought is kept back; the oldest is sold first.

    Rule 22c-2 of the SEC allows at most 2 %.
    """

    share: Weight
    days: int
    funds: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


class Period(StrEnum):
    """What a transfer limit is counted in."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TransferLimit:
    """At most `count` transfers per calendar day or month; after them money may only go into `then_into`.

    What is ordered on one day is one transfer. Without `then_into` nothing may move until the period is over.
    """

    count: int
    per: Period = Period.MONTH
    then_into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoreMinimum:
    """At least `amount` dollars of the account stay outside its brokerage window."""

    amount: Money
    window: tuple[str, ...] = (AssetClass.BROKERAGE_WINDOW.value,)


@dataclass(frozen=True, slots=True)
class StockCap:
    """The funds named, together, are at most `share` of the account: the cap on company stock."""

    share: Weight
    funds: tuple[str, ...] = (AssetClass.COMPANY_STOCK.value,)


@dataclass(frozen=True, slots=True)
class NoSale:
    """Money leaves the funds named only in ways no exchange can use, such as yearly instalments."""

    funds: tuple[str, ...]


Terms: TypeAlias = (
    EquityWash | RepurchaseBlock | RoundTrip | RedemptionFee | TransferLimit | CoreMinimum | StockCap | NoSale
)


@dataclass(frozen=True, slots=True)
class Restriction:
    """One rule of an account's plan as data.

    `source` says where it is published, `words` tell it in a sentence, `until` is the last day it
    holds (None: no end known). `preset` names the set of rules it came with, whose funds need not be in
    every plan; it is empty for a rule the user wrote. A rule that is switched `off` stays known.
    """

    terms: Terms
    source: str = ""
    words: str = ""
    until: date | None = None
    preset: str = ""
    off: bool = False

    @property
    def kind(self) -> str:
        """What the rule is called in files ("round_trip")."""
        return _KIND_NAMES[type(self.terms)]

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule is in force on a day."""
        return not self.off and (self.until is None or day <= self.until)

    def switched(self, *, on: bool) -> Restriction:
        """Return the rule switched off or on again; its last day stays."""
        return replace(self, off=not on)


def is_meant(fund: Fund, names: Iterable[str]) -> bool:
    """Tell whether a rule's names mean a fund: symbol, CUSIP, name, or the classes of all it holds.

    A brokerage window stays one when the user has said what is in it.
    """
    leaves: set[AssetClass] = set()
    for name in names:
        if fund.is_called(name):
            return True
        if name == AssetClass.BROKERAGE_WINDOW and is_window_name(fund.name):
            return True
        if name in _CLASS_NAMES:
            leaves.update(leaves_of(AssetClass(name)))
    return bool(leaves) and all(leaf in leaves for leaf, _ in fund.mix)


def is_class_name(name: str) -> bool:
    """Tell whether a rule's text names a class rather than a fund."""
    return name in _CLASS_NAMES


def is_bound(fund: Fund, funds: tuple[str, ...], exempt: tuple[str, ...]) -> bool:
    """Tell whether a fund is under a rule for `funds` (all, when there are none) except `exempt`."""
    return (not funds or is_meant(fund, funds)) and not is_meant(fund, exempt)


_KIND_NAMES: dict[type[Terms], str] = {
    EquityWash: "equity_wash",
    RepurchaseBlock: "repurchase_block",
    RoundTrip: "round_trip",
    RedemptionFee: "redemption_fee",
    TransferLimit: "transfer_limit",
    CoreMinimum: "core_minimum",
    StockCap: "stock_cap",
    NoSale: "no_sale",
}
_CLASS_NAMES = frozenset(node.value for node in AssetClass)


@dataclass(frozen=True, slots=True)
class AccountRules:
    """Restrictions of one account; funds are named by symbol, CUSIP or name.

    `menu` are funds that may be bought besides those held, `cap` the largest share of the account
    a fund may have after the plan, `minimum_exchange` dollars. `restrictions` are the plan's own rules,
    `provider` is the key of the set of rules the user chose, empty while none is chosen. A realign by
    percent is one order: it counts as one exchange and the minimum is for all it moves.
    """

    menu: tuple[Fund, ...] = ()
    no_sell: tuple[str, ...] = ()
    no_buy: tuple[str, ...] = ()
    cap: tuple[tuple[str, Weight], ...] = ()
    blocked_until: tuple[tuple[str, date], ...] = ()
    minimum_exchange: Money = ZERO
    order_style: OrderStyle = OrderStyle.DOLLARS
    equity_wash: EquityWash | None = None
    max_exchanges: int | None = None
    restrictions: tuple[Restriction, ...] = ()
    provider: str = ""

    def terms_on(self, day: date) -> tuple[Terms, ...]:
        """Return the terms of every restriction in force, the equity wash first."""
        own = tuple(rule.terms for rule in self.restrictions if rule.holds_on(day))
        return own if self.equity_wash is None else (self.equity_wash, *own)

    def washes_on(self, day: date) -> tuple[EquityWash, ...]:
        """Return every equity wash in force."""
        return tuple(terms for terms in self.terms_on(day) if isinstance(terms, EquityWash))


@dataclass(frozen=True, slots=True)
class PlanRules:
    """Everything a plan is asked for besides holdings and target.

    `cash_flow` is dollars per account id, money in positive, money raised negative. `tidy` is the
    share of the household by which misallocation and turnover may exceed their optimum when that
    saves exchanges. Amounts are multiples of `round_to` dollars. `log` holds the past exchanges the
    waiting times are counted from. `paychecks` are the contributions to come, per account id: they heal
    what they can, and exchanges do the rest.
    """

    today: date
    goal: Goal = Goal.TARGET
    cash_flow: tuple[tuple[str, Money], ...] = ()
    accounts: tuple[tuple[str, AccountRules], ...] = ()
    max_exchanges: int | None = None
    tidy: Weight = ZERO
    round_to: Decimal = CENT
    log: ExchangeLog = NO_LOG
    paychecks: tuple[tuple[str, Paychecks], ...] = ()

    def for_account(self, account_id: str) -> AccountRules:
        """Return the account's rules, the free ones when none are known."""
        return dict(self.accounts).get(account_id, AccountRules())

    def cash_for(self, account_id: str) -> Money:
        """Return the dollars that come into (+) or leave (−) the account."""
        return dict(self.cash_flow).get(account_id, ZERO)
