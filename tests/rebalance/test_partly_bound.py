"""Funds bound in part and caps that funds share, in every form of order, against searches written for it.

Whole percents of an account are tried one and all, percents of a fund and dollars are a whole-number program
by exchanges. `EVEN_KEEL_HOUSEHOLDS=5000 pytest tests/rebalance/test_partly_bound.py` tries thousands.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import (
    AccountRules,
    EquityWash,
    OrderStyle,
    PlanRules,
    Restriction,
    RoundTrip,
    StockCap,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import ContradictoryRulesError, make_plan
from tests.rebalance.households import TODAY, how_many
from tests.rebalance.program import INF, Stages

KINDS = ("stable_value", "money_market", "us_large", "us_small", "us_bond")
WASH = EquityWash(("stable_value",), ("money_market",))
CENT = 0.01


@dataclass(frozen=True)
class House:
    """One account: dollars by kind of fund, how much of it has to stay, how much waits, and its rules."""

    held: dict[str, int]
    stays: dict[str, int]
    waits: dict[str, int]
    shut: tuple[str, ...]
    own: dict[str, Decimal]
    shared: tuple[tuple[str, ...], Decimal] | None
    aim: dict[str, Decimal]
    style: OrderStyle

    @property
    def total(self) -> int:
        return sum(self.held.values())

    def saleable(self, kind: str) -> int:
        return self.held[kind] - self.stays.get(kind, 0)

    def straight(self, kind: str) -> int:
        """Dollars that may go to money market."""
        return 0 if kind == "stable_value" else self.saleable(kind) - self.waits.get(kind, 0)

    def case(self) -> tuple[Snapshot, TargetAllocation, PlanRules]:
        funds = {k: Fund(k, f"{k} fund", AssetMix.from_names({k: "1"}), ClassifiedBy.USER) for k in self.held}
        account = Account("k", "K", tuple(Holding(funds[k], Decimal(v)) for k, v in self.held.items()))
        restrictions = []
        log = [self._past("stable_value", kind, money, 40) for kind, money in self.waits.items()]
        for kind, money in self.stays.items():
            # a purchase of ten days ago binds all but the few dollars whose sale is no round trip
            small = Decimal(self.held[kind] - money)
            restrictions.append(Restriction(RoundTrip(30, small, funds=(f"{kind} fund",))))
            log.append(PastExchange("k", None, f"{kind} fund", small + 1000, TODAY - timedelta(days=10)))
        if self.shared is not None:
            kinds, share = self.shared
            restrictions.append(Restriction(StockCap(share, tuple(f"{kind} fund" for kind in kinds))))
        own = AccountRules(
            no_buy=tuple(f"{kind} fund" for kind in self.shut),
            cap=tuple((f"{kind} fund", share) for kind, share in self.own.items()),
            order_style=self.style,
            equity_wash=WASH,
            restrictions=tuple(restrictions),
        )
        rules = PlanRules(TODAY, accounts=(("k", own),), log=ExchangeLog(tuple(log)))
        return (
            Snapshot((account,)),
            TargetAllocation.of({AssetClass(k): w for k, w in self.aim.items()}),
            rules,
        )

    def _past(self, source: str, target: str, money: int, ago: int) -> PastExchange:
        day = TODAY - timedelta(days=ago)
        return PastExchange("k", f"{source} fund", f"{target} fund", Decimal(money), day)


def draw_house(seed: int, styles: tuple[OrderStyle, ...]) -> House:
    chance = random.Random(seed)
    kinds = sorted(chance.sample(KINDS, chance.choice([3, 4, 4])))
    held = {
        kind: chance.choice([0, *[chance.randint(1, 400) * 100 + chance.randint(0, 99)] * 4])
        for kind in kinds
    }
    held[kinds[0]] += 10_000
    stays, waits = {}, {}
    for kind, money in held.items():
        if money < 2000:
            continue
        bound = chance.choice([0, 0, 0.2, 0.5, 0.9, 0.99])
        if chance.random() < 0.5:
            stays |= {kind: round(money * bound)} if bound else {}
        elif kind not in ("stable_value", "money_market") and "stable_value" in held:
            waits |= {kind: round(money * bound)} if bound else {}
    shared = None
    if chance.random() < 0.6:
        shared = tuple(chance.sample(kinds, 2)), Decimal(chance.randint(20, 90)) / 100
    own = {kind: Decimal(chance.randint(20, 90)) / 100 for kind in kinds if chance.random() < 0.15}
    shut = tuple(kind for kind in kinds if chance.random() < 0.15)
    parts = [chance.randint(0, 10) for _ in kinds]
    parts[0] += not sum(parts)
    aim = {kind: Decimal(part * 1000 // sum(parts)) / 1000 for kind, part in zip(kinds, parts, strict=True)}
    aim[kinds[0]] += 1 - sum(aim.values())
    return House(held, stays, waits, shut, own, shared, aim, chance.choice(styles))


def ends(house: House, plan: ExchangePlan) -> tuple[float, float]:
    """Return the dollars off target and those moved."""
    after = {trade.fund.key: float(trade.after) for trade in plan.trades}
    off = sum(abs(after[k] - float(house.aim[k]) * house.total) for k in house.held) / 2
    return off, sum(max(float(trade.change), 0.0) for trade in plan.trades)


def planned(house: House) -> ExchangePlan | None:
    try:
        return make_plan(*house.case())
    except ContradictoryRulesError:
        return None


class Realigns:
    """Every set of whole percents an account may be realigned to, as rows of dollars per fund."""

    def __init__(self, house: House) -> None:
        kinds = list(house.held)
        now = np.array([float(house.held[k]) for k in kinds])
        rows = [now[None, :]] if self._may_rest(house, kinds, now) else []
        for aside in _subsets([i for i, k in enumerate(kinds) if house.stays.get(k, 0)]):
            covered = [i for i in range(len(kinds)) if i not in aside]
            whole = now[covered].sum()
            if not covered or not whole:
                continue
            after = np.repeat(now[None, :], len(_percents(len(covered))), axis=0)
            after[:, covered] = _percents(len(covered)) * whole / 100
            rows.append(after[self._legal(house, kinds, now, after)])
        self.after = np.concatenate(rows) if rows else np.zeros((0, len(kinds)))
        aims = np.array([float(house.aim[k]) * house.total for k in kinds])
        self.off = np.abs(self.after - aims).sum(axis=1) / 2
        self.moved = np.maximum(self.after - now, 0).sum(axis=1)

    def _may_rest(self, house: House, kinds: list[str], now: np.ndarray) -> bool:
        return bool(self._within(house, kinds, now[None, :])[0])

    def _within(self, house: House, kinds: list[str], after: np.ndarray) -> np.ndarray:
        fits = np.ones(len(after), bool)
        for kind, share in house.own.items():
            fits &= after[:, kinds.index(kind)] <= float(share) * house.total + 1e-6
        if house.shared is not None:
            together = [kinds.index(kind) for kind in house.shared[0]]
            fits &= after[:, together].sum(axis=1) <= float(house.shared[1]) * house.total + 1e-6
        return fits

    def _legal(self, house: House, kinds: list[str], now: np.ndarray, after: np.ndarray) -> np.ndarray:
        fits = self._within(house, kinds, after)
        washed, competing = np.zeros(len(after)), np.zeros(len(after))
        for i, kind in enumerate(kinds):
            sold = np.maximum(now[i] - after[:, i], 0)
            fits &= sold <= house.saleable(kind) + 1e-6
            if kind in house.shut:
                fits &= after[:, i] <= now[i] + 1e-6
            washed += np.maximum(sold - house.straight(kind), 0)
            competing += np.maximum(after[:, i] - now[i], 0) if kind == "money_market" else 0
        return fits & (washed + competing <= np.maximum(after - now, 0).sum(axis=1) + 1e-6)


def _subsets(places: list[int]) -> list[tuple[int, ...]]:
    """Return nothing left aside, and all of what is bound in part or whole."""
    return [(), tuple(places)] if places else [()]


_known: dict[int, np.ndarray] = {}


def _percents(count: int) -> np.ndarray:
    """Return all whole percents of `count` funds that add to 100, one way a row."""
    if count not in _known:
        ways = itertools.product(range(101), repeat=count - 1)
        rows = np.array([(*way, 100 - sum(way)) for way in ways if sum(way) <= 100])
        _known[count] = rows
    return _known[count]


@settings(max_examples=how_many(15), deadline=None)
@given(st.integers(0, 2**32))
def test_whole_percents_of_an_account(seed):
    house = draw_house(seed, (OrderStyle.REALIGN_PERCENT,))
    ways = Realigns(house)
    plan = planned(house)
    if plan is None:
        assert not len(ways.after)
        return
    if plan.later:
        return
    off, moved = ends(house, plan)
    least = ways.off.min()
    assert off == pytest.approx(least, abs=0.06)
    if plan.proof.status == "optimal":
        assert float(plan.proof.bound) == pytest.approx(least, abs=0.06)
        assert moved <= ways.moved[ways.off <= least + 0.001].min() + 0.1


class Program(Stages):
    """Exchanges in whole percents of the fund they leave, or in dollars."""

    def __init__(self, house: House) -> None:
        super().__init__(1e-7, 1e-4, ("off",))  # presolving once lost the best plan
        self.moved: dict[int, float] = {}
        net: dict[str, dict[int, float]] = defaultdict(dict)
        for kind in house.held:
            self._add_sales(house, kind, net)
        for kind, terms in net.items():
            gone = {c: -sign for c, sign in terms.items() if sign < 0}
            come = {c: sign for c, sign in terms.items() if sign > 0}
            way = self._flag()
            self._row(-INF, 0.0, {**gone, way: -float(house.held[kind])})
            self._row(-INF, house.total, {**come, way: float(house.total)})
        for kind, share in house.own.items():
            self._row(-INF, self._most(house, share) - house.held[kind], net[kind])
        if house.shared is not None:
            kinds, share = house.shared
            terms: dict[int, float] = defaultdict(float)
            for kind in kinds:
                for column, sign in net[kind].items():
                    terms[column] += sign
            self._row(-INF, self._most(house, share) - sum(house.held[k] for k in kinds), dict(terms))
        self.away: dict[int, float] = {}
        for kind, money in house.held.items():
            over, short = self._column(), self._column()
            gap = float(house.aim[kind]) * house.total - money
            self._row(gap, gap, {**net[kind], over: -1.0, short: 1.0})
            self.away |= {over: 0.5, short: 0.5}

    @staticmethod
    def _most(house: House, share: Decimal) -> float:
        return int(share * house.total * 100) / 100

    def _add_sales(self, house: House, kind: str, net: dict[str, dict[int, float]]) -> None:
        money = house.held[kind]
        gone, straight = {}, {}
        for other in house.held:
            if other == kind or other in house.shut or not money:
                continue
            if house.style is OrderStyle.PERCENT_OF_FUND:
                column, worth = self._solver.addIntegral(0.0, 100.0).index, money / 100
            else:
                column, worth = self._column(money), 1.0
            gone[column] = worth
            if other == "money_market":
                straight[column] = worth
            net[kind][column] = -worth
            net[other][column] = worth
            self.moved[column] = worth
        if gone:
            self._row(-INF, house.saleable(kind) + 1e-6, gone)
        if straight:
            self._row(-INF, house.straight(kind) + 1e-6, straight)


@settings(max_examples=how_many(20), deadline=None)
@given(st.integers(0, 2**32))
def test_percents_of_a_fund_and_dollars(seed):
    house = draw_house(seed, (OrderStyle.PERCENT_OF_FUND, OrderStyle.DOLLARS))
    program = Program(house)
    least = program.least(program.away)
    plan = planned(house)
    if plan is None:
        assert least is None
        return
    assert least is not None
    if plan.later:
        return
    off, moved = ends(house, plan)
    assert float(plan.proof.bound) <= least + 0.06
    assert least - 0.06 <= off
    if plan.proof.status != "optimal":  # the time was over
        assert off <= least + 1e-4 * house.total
        return
    worth = 1 if house.waits or "stable_value" in house.held else 0  # for less nothing waits
    assert off <= least + worth + 0.06
    assert float(plan.proof.bound) == pytest.approx(off, abs=worth + 0.06)
    program.hold(program.away, max(least, off) + 0.001)
    assert moved <= program.least(program.moved) + 0.2
