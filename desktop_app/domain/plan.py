"""A plan: from → to exchanges, what they lead to, and the proof that nothing smaller does as well."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .classes import AssetClass
from .drift import DriftReport
from .funds import Fund
from .language import translator
from .money import ONE, ZERO, Money, Weight
from .records import dataclass
from .rules import Goal, PlanRules
from .targets import TargetAllocation
from .waiting import Waiting

PAYCHECKS_HEAL = "The next paychecks bring this closer."
"""Why a class is left off target for now where contributions are on their way to it."""

_tr = translator("Paychecks")


def paychecks_heal() -> str:
    """Return the same in the language in force."""
    return _tr(PAYCHECKS_HEAL)


def closeness(total: Money) -> Money:
    """Return dollars that are not worth a word in a household of `total`: one, or a hundred thousandth."""
    return max(ONE, total / 100_000)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Move `amount` dollars between two funds of one account.

    `source` is None for new money, `target` None for money raised. `units` (three decimals) and
    `percent_of_fund` (a fraction of the source fund as it is held before the plan) are None
    where the source has no units or is new money. `fee` is what the plan keeps back of the amount, dollars:
    the fund bought, or who raises the money, gets the rest.
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
    """Whole percents that add to 100 for an account's funds: a realign of what they hold together.

    A fund that is not among them and holds something stays as it is (`ExchangePlan.left_out`).
    """

    account_id: str
    kind: str
    percents: tuple[tuple[Fund, int], ...]


@dataclass(frozen=True, slots=True)
class FutureElection:
    """What one account's contributions should buy, and for how long.

    `percents` (whole, adding to 100) are elected for the next `count` paychecks of `amount` dollars, the
    last of them about `last_on`; then `afterwards` keeps the mix. `now` is the present election, empty
    where unknown. `gains` are the dollars each fund gets from those paychecks. `to_band` and `to_target` are
    the paychecks after which, without any exchange, every class is inside its band and all are on target;
    None where paychecks alone do not get there (for `to_band`: not within `count`).
    """

    account_id: str
    amount: Money
    per_year: int
    count: int
    last_on: date
    percents: tuple[tuple[Fund, int], ...]
    now: tuple[tuple[Fund, int], ...]
    afterwards: tuple[tuple[Fund, int], ...]
    gains: tuple[tuple[Fund, Money], ...]
    to_band: int | None
    to_target: int | None
    why: str

    @property
    def total(self) -> Money:
        """Dollars of all the paychecks counted on."""
        return self.amount * self.count

    @property
    def is_set_already(self) -> bool:
        """Whether the present election is the one wanted."""
        return {(fund.key, share) for fund, share in self.percents if share} == {
            (fund.key, share) for fund, share in self.now if share
        }


@dataclass(frozen=True, slots=True)
class PaycheckPlan:
    """How much coming contributions heal, prices unmoved; dollars off target, of the whole then held.

    `off_before` is today's misallocation, `off_without` what the paychecks leave when nothing is
    exchanged, `off_after` what they leave after the plan's exchanges, `gauge_after` the gauge then.
    `exchange_without` is what would have to be exchanged without them.
    """

    elections: tuple[FutureElection, ...]
    off_before: Money
    off_without: Money
    off_after: Money
    gauge_after: Decimal
    exchange_without: Money

    @property
    def total(self) -> Money:
        """Dollars of all paychecks counted on."""
        return sum((election.total for election in self.elections), ZERO)

    @property
    def healed(self) -> Weight:
        """The share of today's drift the paychecks heal by themselves."""
        return max(1 - self.off_without / self.off_before, ZERO) if self.off_before else ZERO

    def of_account(self, account_id: str) -> FutureElection | None:
        """Return the election of one account, if it has paychecks."""
        return next((each for each in self.elections if each.account_id == account_id), None)


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
    """The answer for one household: every amount in whole cents and checked against every rule.

    `total` is dollars when today's exchanges are done, what fees keep back taken off.
    `after` is the mix when today's exchanges are done; what coming paychecks add stands in `paychecks`.
    `waits` are what keeps the mix from ending closer only until a day, the earliest free first.
    """

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
    paychecks: PaycheckPlan | None = None
    waits: tuple[Waiting, ...] = ()

    @property
    def futures(self) -> tuple[FutureElection, ...]:
        """The elections for contributions to come."""
        return () if self.paychecks is None else self.paychecks.elections

    def realign_of(self, account_id: str) -> Election | None:
        """Return the whole percents an account is set to, if it is."""
        return next((each for each in self.elections if each.account_id == account_id), None)

    def left_out(self, election: Election) -> tuple[Trade, ...]:
        """Return the funds of an account that hold something and that its percents leave as they are."""
        covered = {fund.key for fund, _ in election.percents}
        own = (trade for trade in self.trades if trade.account_id == election.account_id)
        return tuple(trade for trade in own if trade.fund.key not in covered and trade.after)

    def whole_of(self, election: Election) -> Money:
        """Return the dollars of which an account's whole percents are shares."""
        held = sum((t.after for t in self.trades if t.account_id == election.account_id), ZERO)
        return held - sum((trade.after for trade in self.left_out(election)), ZERO)

    @property
    def gap(self) -> Money | None:
        """Dollars another plan might end closer at most; None where the goal is not to end close."""
        if self.rules.goal not in {Goal.TARGET, Goal.NEW_MONEY} or not self.total:
            return None
        ends = self.after.misallocated if self.paychecks is None else self.paychecks.off_after
        return max(ends - self.proof.bound, ZERO)

    @property
    def is_closest(self) -> bool:
        """Whether it is proved that no plan ends closer by what is worth a word."""
        return self.gap is not None and self.gap < closeness(self.total)

    @property
    def has_orders(self) -> bool:
        """Whether anything is to be entered on a plan's website."""
        return bool(self.exchanges) or any(not future.is_set_already for future in self.futures)

    @property
    def paid_out(self) -> Money:
        """Dollars that those who raise money get: what is sold for it less the fees."""
        return sum((each.amount - each.fee for each in self.exchanges if each.target is None), ZERO)

    @property
    def fees(self) -> Money:
        """Dollars the exchanges lose to redemption fees."""
        return sum((exchange.fee for exchange in self.exchanges), ZERO)

    def leftovers(self) -> tuple[tuple[Unmet, ...], tuple[Unmet, ...]]:
        """Return what stays off target as (told one by one, told in one sentence).

        Less than a dollar is not worth a word. Classes that wait for paychecks are told together; without
        such, three or more that stay below a thousandth of the whole for the same reason.
        """
        worth = [unmet for unmet in self.unmet if abs(unmet.dollars) >= 1]
        waiting = tuple(unmet for unmet in worth if unmet.why in {PAYCHECKS_HEAL, paychecks_heal()})
        if waiting:
            return tuple(unmet for unmet in worth if unmet not in waiting), waiting
        small = [unmet for unmet in worth if abs(unmet.dollars) < self.total / 1000]
        reasons = [unmet.why for unmet in small]
        together = tuple(unmet for unmet in small if reasons.count(unmet.why) >= 3)
        return tuple(unmet for unmet in worth if unmet not in together), together
