"""Paychecks as the engine sees them: an account beside the real one, for the money that comes later.

Before an election is chosen its money may go to any fund the real account may buy; once it is chosen
that account holds what the paychecks bring, and none of it can be moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import NEVER_TRADED
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, HUNDRED, ZERO, Money, Weight, largest_remainder
from desktop_app.domain.near_names import near_names
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan, Trade
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import AccountRules, CoreMinimum, PlanRules, StockCap, is_meant

from .errors import (
    ElectionCapsError,
    RuleValueError,
    UnknownAccountInRulesError,
    UnknownFundInRulesError,
)
from .solver import INFINITE, Model

_tr = translator("RuleErrors")

MOST_PAYCHECKS = 1040
"""Twenty years of weekly pay."""

Percents = tuple[tuple[Fund, int], ...]
Gains = tuple[tuple[Fund, Money], ...]


@dataclass(frozen=True, slots=True)
class Inlet:
    """The coming contributions of one account: `count` paychecks, and the funds they may buy in order."""

    account: Account
    pay: Paychecks
    rules: AccountRules
    funds: tuple[Fund, ...]
    count: int = 0

    @property
    def id(self) -> str:
        """The name of the account beside the real one; no file can have it."""
        return f"{self.account.id}\0paychecks"

    @property
    def money(self) -> Money:
        """Dollars of all the paychecks counted on."""
        return self.pay.amount * self.count

    @property
    def caps(self) -> tuple[tuple[tuple[int, ...], Weight], ...]:
        """The largest share of its contributions that funds may get together, by their places."""
        found: list[tuple[tuple[int, ...], Weight]] = [
            ((i,), share) for i, fund in enumerate(self.funds) for share in self._own_caps(fund)
        ]
        for rule in self.rules.restrictions:
            if isinstance(rule.terms, StockCap):
                together = rule.terms.funds
                places = tuple(i for i, fund in enumerate(self.funds) if is_meant(fund, together))
                found.append((places, rule.terms.share))
        return tuple(found)

    def _own_caps(self, fund: Fund) -> list[Weight]:
        return [share for name, share in self.rules.cap if fund.is_called(name)]

    def percents(self, gains: Iterable[tuple[Fund, Money]]) -> Percents:
        """Return the whole percents nearest to dollars per fund (largest remainder, no cap broken).

        Raises `ElectionCapsError` when the caps leave none that add to 100.
        """
        wanted = {fund.key: money for fund, money in gains}
        shares = [max(wanted.get(fund.key, ZERO), ZERO) for fund in self.funds]
        found = largest_remainder(shares)
        if not self.may_elect(found):
            nearest = _nearest(shares, [not share for share in shares], self.caps)
            nearest = nearest or _nearest(shares, list(map(self._is_shut, self.funds)), self.caps)
            if nearest is None:
                raise ElectionCapsError(self.account.name)
            found = nearest
        return tuple(zip(self.funds, found, strict=True))

    def _is_shut(self, fund: Fund) -> bool:
        names = (*self.rules.no_buy, *(name for name, _ in self.rules.blocked_until))
        is_unknown = any(leaf in NEVER_TRADED for leaf, _ in fund.mix)
        return is_unknown or any(fund.is_called(name) for name in names)

    def may_elect(self, percents: Sequence[int]) -> bool:
        """Tell whether whole percents, one for each fund in order, keep the caps."""
        return all(sum(percents[i] for i in places) <= share * HUNDRED for places, share in self.caps)

    def gains(self, percents: Percents, count: int | None = None) -> Gains:
        """Return what `count` paychecks (all, unless given) bring each fund, to the cent.

        Each paycheck is split by itself: its odd cents go to the largest remainders.
        """
        cents = largest_remainder([Decimal(share) for _, share in percents], int(self.pay.amount / CENT))
        times = self.count if count is None else count
        return tuple((fund, times * odd * CENT) for (fund, _), odd in zip(percents, cents, strict=True))


def _nearest(
    shares: Sequence[Decimal], closed: Sequence[bool], caps: Iterable[tuple[tuple[int, ...], Weight]]
) -> tuple[int, ...] | None:
    """Return the whole percents that differ least from the shares and keep the caps; None without any."""
    model = Model()
    percents = [model.column(0.0, 0.0 if shut else 100.0, whole=True) for shut in closed]
    away: dict[int, float] = {}
    for share, column in zip(shares, percents, strict=True):
        exact = float(share * HUNDRED / sum(shares))
        over, short = model.column(), model.column()
        model.row(exact, exact, {column: 1.0, over: -1.0, short: 1.0})
        away |= {over: 1.0, short: 1.0}
    model.row(100.0, 100.0, dict.fromkeys(percents, 1.0))
    for places, most in caps:
        model.row(-INFINITE, int(most * HUNDRED), {percents[i]: 1.0 for i in places})
    outcome = model.minimise(away)
    return None if outcome is None else tuple(round(outcome.columns[column]) for column in percents)


def inlets_of(snapshot: Snapshot, rules: PlanRules) -> tuple[Inlet, ...]:
    """Return the inlet of every account whose paychecks are counted on, in the order of the accounts.

    Raises `UnknownAccountInRulesError`, `UnknownFundInRulesError` and `RuleValueError`.
    """
    accounts = {account.id: account for account in snapshot.accounts}
    for account_id, pay in rules.paychecks:
        if account_id not in accounts:
            raise UnknownAccountInRulesError(account_id, tuple(accounts))
        _refuse_bad(pay)
    told = dict(rules.paychecks)
    return tuple(
        _inlet(account, told[account.id], rules)
        for account in snapshot.accounts
        if account.id in told and told[account.id].is_counted_on
    )


def _refuse_bad(pay: Paychecks) -> None:
    if pay.amount < 0 or pay.amount % CENT:
        raise RuleValueError("paychecks: amount", pay.amount, _tr("dollars and whole cents, zero or more"))
    if not 1 <= pay.per_year <= 366:
        raise RuleValueError("paychecks: per_year", Decimal(pay.per_year), _tr("between 1 and 366"))
    if pay.count is not None and not 0 <= pay.count <= MOST_PAYCHECKS:
        raise RuleValueError(
            "paychecks: count",
            Decimal(pay.count),
            _tr("between 0 and {0}, or be left out").format(MOST_PAYCHECKS),
        )
    if pay.elected and sum(share for _, share in pay.elected) != HUNDRED:
        total = Decimal(sum(share for _, share in pay.elected))
        raise RuleValueError("paychecks: elected", total, _tr("whole percents that add to 100"))


def _inlet(account: Account, pay: Paychecks, rules: PlanRules) -> Inlet:
    own = rules.for_account(account.id)
    known: dict[str, Fund] = {}
    for fund in (*(holding.fund for holding in account.holdings), *own.menu):
        known.setdefault(fund.key, fund)
    for name, _ in pay.elected:
        if not any(fund.is_called(name) for fund in known.values()):
            names = tuple(fund.name for fund in known.values())
            raise UnknownFundInRulesError(
                "paychecks: elected", name, account.name, near_names(name, names), names
            )
    inlet_rules = AccountRules(
        menu=tuple(known.values()),
        no_buy=(*own.no_buy, *_below_core(account, own, rules)),
        cap=own.cap,
        blocked_until=own.blocked_until,
        restrictions=tuple(
            rule
            for rule in own.restrictions
            if isinstance(rule.terms, StockCap) and rule.holds_on(rules.today)
        ),
    )
    return Inlet(account, pay, inlet_rules, tuple(known.values()), pay.count or 0)


def _below_core(account: Account, own: AccountRules, rules: PlanRules) -> Iterator[str]:
    """Yield the funds of a brokerage window while the plan's own funds hold less than their minimum."""
    for terms in own.terms_on(rules.today):
        if isinstance(terms, CoreMinimum):
            core = sum((h.value for h in account.holdings if not is_meant(h.fund, terms.window)), ZERO)
            if core < terms.amount:
                funds = (*(holding.fund for holding in account.holdings), *own.menu)
                yield from (fund.name for fund in funds if is_meant(fund, terms.window))


def open_inlets(snapshot: Snapshot, rules: PlanRules, inlets: Sequence[Inlet]) -> tuple[Snapshot, PlanRules]:
    """Return the household with the paychecks as new money that may go to any fund its account may buy."""
    beside = tuple(Account(inlet.id, inlet.account.name, ()) for inlet in inlets)
    return Snapshot((*snapshot.accounts, *beside)), replace(
        rules,
        cash_flow=(*rules.cash_flow, *((inlet.id, inlet.money) for inlet in inlets)),
        accounts=(*rules.accounts, *((inlet.id, inlet.rules) for inlet in inlets)),
        paychecks=(),
    )


def filled_inlets(
    snapshot: Snapshot, rules: PlanRules, gains: Sequence[tuple[Inlet, Gains]]
) -> tuple[Snapshot, PlanRules]:
    """Return the household with what the paychecks will have bought, which nothing can move."""
    beside: list[Account] = []
    kept: list[tuple[str, AccountRules]] = []
    for inlet, bought in gains:
        held = tuple(Holding(fund, money) for fund, money in bought if money)
        names = tuple(holding.fund.name for holding in held)
        beside.append(Account(inlet.id, inlet.account.name, held))
        kept.append((inlet.id, AccountRules(no_sell=names, no_buy=names)))
    return Snapshot((*snapshot.accounts, *beside)), replace(
        rules, accounts=(*rules.accounts, *kept), paychecks=()
    )


def bought_by(plan: ExchangePlan, inlet: Inlet) -> Gains:
    """Return what a plan with open inlets buys with one account's paychecks."""
    return tuple((trade.fund, trade.after) for trade in plan.trades if trade.account_id == inlet.id)


def real_trades(plan: ExchangePlan, inlets: Sequence[Inlet]) -> tuple[Trade, ...]:
    """Return the trades of the real accounts."""
    beside = {inlet.id for inlet in inlets}
    return tuple(trade for trade in plan.trades if trade.account_id not in beside)
