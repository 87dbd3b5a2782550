"""A household whose funds move, order by order and price by price, so that the truth is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.drift import DriftReport, Verdict
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import CENT, to_cents
from desktop_app.domain.plan import Election, Exchange, ExchangePlan, LaterExchange, Proof
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.targets import TargetAllocation

D = Decimal
THEN, MADE, NEXT = date(2026, 9, 30), date(2026, 11, 22), date(2026, 12, 31)
SIXTY_FORTY = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})


def make_fund(symbol: str, leaf: C) -> Fund:
    return Fund(symbol, f"{symbol.title()} Index Fund", AssetMix.single(leaf), ClassifiedBy.SYMBOL, symbol)


STOCK = make_fund("LARGX", C.US_LARGE)
WORLD = make_fund("WORLX", C.INTL_DEVELOPED)
BOND = make_fund("BONDX", C.US_BOND)
TIPS = make_fund("TIPSX", C.TIPS)
STABLE = make_fund("STABX", C.STABLE_VALUE)
MONEY = make_fund("MNYMX", C.MONEY_MARKET)


@dataclass(frozen=True)
class World:
    """Units and prices of one account's funds at one time."""

    units: Mapping[Fund, Decimal]
    prices: Mapping[Fund, Decimal]
    account_id: str = "90017734"

    def exchange(self, source: Fund | None, target: Fund | None, dollars: str | Decimal) -> World:
        """Move dollars at the present prices."""
        units = dict(self.units)
        for fund, sign in ((source, -1), (target, 1)):
            if fund is not None:
                units[fund] = units.get(fund, D(0)) + sign * D(dollars) / self.prices[fund]
        return replace(self, units=units)

    def pay_in(self, shares: Mapping[Fund, str]) -> World:
        """Buy with new money; below zero is a fee or a withdrawal."""
        world = self
        for fund, dollars in shares.items():
            world = world.exchange(None, fund, dollars)
        return world

    def at(self, prices: Mapping[Fund, str]) -> World:
        """Let prices move."""
        return replace(self, prices={**self.prices, **{fund: D(price) for fund, price in prices.items()}})

    def statement(self, as_of: date | None = NEXT, *, with_units: bool = True) -> Account:
        """Print a statement."""
        holdings = tuple(
            Holding(
                fund,
                to_cents(units * self.prices[fund]),
                units if with_units else None,
                self.prices[fund] if with_units else None,
            )
            for fund, units in self.units.items()
            if units
        )
        return Account(self.account_id, "Harvest 401(k)", holdings, as_of)


def start(**more: Decimal) -> World:
    """$100,000: 70,000 in stocks (50,000 and 20,000), 30,000 in bonds and stable value."""
    units = {STOCK: D(500), WORLD: D(400), BOND: D(2000), STABLE: D(10000)}
    prices = {STOCK: D(100), WORLD: D(50), BOND: D(10), STABLE: D(1), TIPS: D(20), MONEY: D(1)}
    return World(units, prices, **more)


def order(source: Fund | None, target: Fund | None, dollars: str, account_id: str = "90017734") -> Exchange:
    return Exchange(account_id, source, target, D(dollars), "why")


@dataclass(frozen=True)
class Planned:
    """What a checklist is made of."""

    exchanges: Sequence[Exchange]
    later: Sequence[LaterExchange] = ()
    elections: Sequence[Election] = ()
    target: TargetAllocation = SIXTY_FORTY
    rules: tuple[tuple[str, AccountRules], ...] = ()
    ticked_on: Mapping[int, date] = field(default_factory=dict)


def checklist(planned: Planned, *accounts: Account) -> Checklist:
    still = DriftReport(D(0), (), D(0), None, Verdict.HOLD, D(0), D(0))
    plan = ExchangePlan(
        total=sum((account.total for account in accounts), D(0)),
        target=planned.target,
        rules=PlanRules(MADE, accounts=planned.rules),
        before=still,
        after=still,
        turnover=D(0),
        exchanges=tuple(planned.exchanges),
        trades=(),
        elections=tuple(planned.elections),
        later=tuple(planned.later),
        unmet=(),
        proof=Proof("optimal", D(0), fewest_exchanges=True, words=""),
    )
    ticks = tuple(
        ChecklistTick(done=i in planned.ticked_on, done_on=planned.ticked_on.get(i))
        for i, _ in enumerate(planned.exchanges)
    )
    return Checklist(1, MADE, plan, accounts, ticks)


def household(*accounts: Account) -> Snapshot:
    return Snapshot(accounts)


def cents(dollars: str) -> Decimal:
    return D(dollars).quantize(CENT)
