"""What a plan must respect: goals, money in and out, and each account's restrictions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .funds import Fund
from .money import CENT, ZERO, Money, Weight


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

    Funds are named by symbol, CUSIP or name.
    """

    sources: tuple[str, ...]
    competing: tuple[str, ...]
    days: int = 90


@dataclass(frozen=True, slots=True)
class AccountRules:
    """Restrictions of one account; funds are named by symbol, CUSIP or name.

    `menu` are funds that may be bought besides those held, `cap` the largest share of the account
    a fund may have after the plan, `minimum_exchange` dollars.
    A realign by percent is one order: it counts as one exchange and the minimum is for all it moves.
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


@dataclass(frozen=True, slots=True)
class PlanRules:
    """Everything a plan is asked for besides holdings and target.

    `cash_flow` is dollars per account id, money in positive, money raised negative. `tidy` is the
    share of the household by which misallocation and turnover may exceed their optimum when that
    saves exchanges. Amounts are multiples of `round_to` dollars.
    """

    today: date
    goal: Goal = Goal.TARGET
    cash_flow: tuple[tuple[str, Money], ...] = ()
    accounts: tuple[tuple[str, AccountRules], ...] = ()
    max_exchanges: int | None = None
    tidy: Weight = ZERO
    round_to: Decimal = CENT

    def for_account(self, account_id: str) -> AccountRules:
        """Return the account's rules, the free ones when none are known."""
        return dict(self.accounts).get(account_id, AccountRules())

    def cash_for(self, account_id: str) -> Money:
        """Return the dollars that come into (+) or leave (−) the account."""
        return dict(self.cash_flow).get(account_id, ZERO)
