"""Promises that hold for any household, and the optimum against two other ways of finding it."""

from __future__ import annotations

import itertools
import random
from datetime import date
from decimal import Decimal
from functools import cache

import highspy
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, EquityWash, Goal, OrderStyle, PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import ContradictoryRulesError, EmptyHouseholdError, make_plan
from tests.effort import tries

TODAY = date(2026, 11, 22)
CLASSES = ("us_large", "intl_developed", "us_bond", "stable_value")
MIXES = [AssetMix.single(AssetClass(name)) for name in CLASSES] + [
    AssetMix.from_names({"us_large": "0.5", "intl_developed": "0.3", "us_bond": "0.2"}),
    AssetMix.from_names({"us_large": "0.25", "us_bond": "0.55", "stable_value": "0.2"}),
    AssetMix.from_names({"brokerage_window": "1"}),
]

cents = st.decimals(min_value=0, max_value=200_000, places=2)
shares = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(sum)


def target_of(parts: list[int]) -> TargetAllocation:
    whole = sum(parts)
    weights = [Decimal(part * 1000 // whole) / 1000 for part in parts]
    weights[0] += 1 - sum(weights)
    return TargetAllocation.of({AssetClass(name): w for name, w in zip(CLASSES, weights, strict=True)})


@st.composite
def households(draw: st.DrawFn) -> tuple[Snapshot, PlanRules]:
    accounts: list[Account] = []
    rules: list[tuple[str, AccountRules]] = []
    flow: list[tuple[str, Decimal]] = []
    for a in range(draw(st.integers(1, 3))):
        funds = [
            Fund(f"{a}-{i}", f"Fund {a} {i}", draw(st.sampled_from(MIXES)), ClassifiedBy.NAME)
            for i in range(draw(st.integers(1, 5)))
        ]
        held = funds[: draw(st.integers(1, len(funds)))]
        holdings = tuple(Holding(fund, draw(cents)) for fund in held)
        names = st.lists(st.sampled_from([fund.name for fund in funds]), max_size=2, unique=True).map(tuple)
        accounts.append(Account(f"a{a}", f"Account {a}", holdings))
        style = draw(st.sampled_from([OrderStyle.DOLLARS, OrderStyle.DOLLARS, *OrderStyle]))
        own = AccountRules(
            menu=tuple(funds[len(held) :]),
            no_sell=draw(names),
            no_buy=draw(names),
            cap=tuple((name, Decimal(draw(st.integers(10, 90))) / 100) for name in draw(names)[:1]),
            minimum_exchange=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal(500)])),
            order_style=style,
            equity_wash=EquityWash((funds[0].name,), (funds[-1].name,)) if draw(st.booleans()) else None,
            max_exchanges=draw(st.sampled_from([None, None, 0, 1, 2, 3])),
        )
        rules.append((f"a{a}", own))
        if draw(st.booleans()):
            flow.append((f"a{a}", draw(st.decimals(min_value=-20_000, max_value=20_000, places=2))))
    plan_rules = PlanRules(
        today=TODAY,
        goal=draw(st.sampled_from(list(Goal))),
        cash_flow=tuple(flow),
        accounts=tuple(rules),
        tidy=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("0.002")])),
        round_to=draw(st.sampled_from([Decimal("0.01"), Decimal("0.01"), Decimal(1), Decimal(100)])),
    )
    return Snapshot(tuple(accounts)), plan_rules


def after(snapshot: Snapshot, plan: ExchangePlan) -> Snapshot:
    return Snapshot(
        tuple(
            Account(
                account.id,
                account.name,
                tuple(Holding(t.fund, t.after) for t in plan.trades if t.account_id == account.id),
            )
            for account in snapshot.accounts
        )
    )


@settings(
    max_examples=tries(20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(households(), shares)
def test_no_promise_is_ever_broken(case, parts):
    snapshot, rules = case
    try:
        plan = make_plan(snapshot, target_of(parts), rules)
    except (ContradictoryRulesError, EmptyHouseholdError):
        assume(False)
        return
    for account in snapshot.accounts:
        own = rules.for_account(account.id)
        trades = {t.fund.name: t for t in plan.trades if t.account_id == account.id}
        assert sum(t.change for t in trades.values()) == rules.cash_for(account.id)
        assert all(t.after >= 0 and t.change == round(t.change, 2) for t in trades.values())
        assert all(trades[name].change >= 0 for name in own.no_sell if name in trades)
        assert all(trades[name].change <= 0 for name in own.no_buy if name in trades)
        whole = account.total + rules.cash_for(account.id)
        odd_cent = Decimal("0.01") if own.order_style is OrderStyle.REALIGN_PERCENT else 0
        for name, share in own.cap:
            assert name not in trades or trades[name].after <= share * whole + odd_cent
        orders = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
        if own.order_style is OrderStyle.REALIGN_PERCENT:
            orders = orders[:1]  # one order, whatever it moves
        assert own.max_exchanges is None or len(orders) <= own.max_exchanges
        moved = dict.fromkeys(trades, Decimal(0))
        for exchange in plan.exchanges:
            if exchange.account_id == account.id:
                if exchange.source:
                    moved[exchange.source.name] -= exchange.amount
                if exchange.target:
                    moved[exchange.target.name] += exchange.amount
        assert moved == {name: t.change for name, t in trades.items()}
    assert all(sum(share for _, share in election.percents) == 100 for election in plan.elections)
    assert plan.after.total == plan.total
    if plan.exchanges and not (plan.later or rules.cash_flow or over_a_cap(snapshot, rules)):
        assert plan.after.drift < plan.before.drift
        assert plan.after.misallocated < plan.before.misallocated
    assert plan.proof.bound >= 0


def over_a_cap(snapshot: Snapshot, rules: PlanRules) -> bool:
    """Tell whether a cap forces a sale, helpful or not."""
    return any(
        holding.fund.name == name and holding.value > share * account.total
        for account in snapshot.accounts
        for name, share in rules.for_account(account.id).cap
        for holding in account.holdings
    )


@settings(max_examples=tries(20), deadline=None)
@given(st.integers(0, 10**9), shares)
def test_planning_again_finds_nothing_to_do_and_nothing_got_worse(seed, parts):
    snapshot, rules = small_household(random.Random(seed))
    plan = make_plan(snapshot, target_of(parts), rules)
    assert plan.after.misallocated <= plan.before.misallocated + Decimal("0.05")
    assert abs(plan.after.misallocated - plan.proof.bound) <= Decimal("0.05")
    again = make_plan(after(snapshot, plan), target_of(parts), rules)
    assert not again.exchanges


def small_household(chance: random.Random) -> tuple[Snapshot, PlanRules]:
    accounts, rules = [], []
    for a in range(chance.randint(1, 3)):
        funds = [
            Fund(f"{a}-{i}", f"Fund {a} {i}", chance.choice(MIXES[:6]), ClassifiedBy.NAME)
            for i in range(chance.randint(2, 5))
        ]
        held = funds[: chance.randint(1, len(funds))]
        values = [Decimal(chance.randint(1, 5_000_000)) / 100 for _ in held]
        accounts.append(Account(f"a{a}", f"A{a}", tuple(map(Holding, held, values))))
        locked = tuple(fund.name for fund in held if chance.random() < 0.2)
        rules.append((f"a{a}", AccountRules(menu=tuple(funds[len(held) :]), no_sell=locked)))
    return Snapshot(tuple(accounts)), PlanRules(TODAY, accounts=tuple(rules))


@pytest.mark.parametrize("seed", range(tries(25)))
def test_same_optimum_as_another_formulation(seed):
    """The balances after the plan are the variables here, and the distance has its own columns."""
    chance = random.Random(seed)
    snapshot, rules = small_household(chance)
    target = target_of([chance.randint(1, 20) for _ in CLASSES])
    plan = make_plan(snapshot, target, rules)
    least, moved = by_balances(snapshot, target, rules)
    assert abs(float(plan.after.misallocated) - least) <= 0.03
    assert abs(float(plan.turnover) - moved) <= 0.05


def by_balances(snapshot: Snapshot, target: TargetAllocation, rules: PlanRules) -> tuple[float, float]:
    solver = highspy.Highs()
    solver.silent()
    balances, bought = [], []
    for account in snapshot.accounts:
        own = rules.for_account(account.id)
        row = []
        for fund, value in [(h.fund, float(h.value)) for h in account.holdings] + [
            (f, 0.0) for f in own.menu
        ]:
            balance = solver.addVariable(lb=value if fund.name in own.no_sell else 0.0)
            gain = solver.addVariable(lb=0.0)
            solver.addConstr(gain >= balance - value)
            row.append(balance)
            balances.append((fund, balance))
            bought.append(gain)
        solver.addConstr(solver.qsum(row) == float(account.total))
    away = []
    for cell in target.cells(snapshot.total):
        off = solver.addVariable(lb=0.0)
        parts = [(float(sum(fund.mix.share(leaf) for leaf in cell.leaves)), x) for fund, x in balances]
        there = solver.qsum(share * x for share, x in parts if share) if any(s for s, _ in parts) else 0.0
        solver.addConstr(off >= there - float(cell.dollars)) if not isinstance(there, float) else None
        solver.addConstr(off >= float(cell.dollars) - there)
        away.append(off)
    distance = solver.qsum(away)
    solver.minimize(distance)
    least = solver.getObjectiveValue()
    solver.addConstr(distance <= least + 1e-4)
    solver.minimize(solver.qsum(bought))
    return least / 2, solver.getObjectiveValue()


UNIT = Decimal(1000)


@pytest.mark.parametrize("seed", range(tries(25)))
def test_same_optimum_as_trying_every_plan(seed):
    """Ten thousand dollars in steps of a thousand: every split of every account is tried."""
    chance = random.Random(1000 + seed)
    accounts, rules, units = [], [], []
    least = chance.choice([0, 0, 2])
    for a in range(2):
        funds = [
            Fund(f"{a}-{c}", f"{a} {name}", MIXES[c], ClassifiedBy.NAME)
            for c, name in enumerate(CLASSES)
            if chance.random() < 0.75
        ] or [Fund(f"{a}-0", f"{a} us", MIXES[0], ClassifiedBy.NAME)]
        counts = [chance.randint(0, 3) for _ in funds]
        counts[0] += 5 - min(5, sum(counts))
        locked = tuple(f.name for f in funds if chance.random() < 0.15)
        shut = tuple(f.name for f in funds if chance.random() < 0.15)
        holdings = tuple(Holding(f, n * UNIT) for f, n in zip(funds, counts, strict=True))
        accounts.append(Account(f"a{a}", f"A{a}", holdings))
        rules.append((f"a{a}", AccountRules(no_sell=locked, no_buy=shut, minimum_exchange=least * UNIT)))
        units.append((funds, counts, locked, shut))
    whole = sum(sum(counts) for _, counts, _, _ in units)
    cut = sorted(chance.randint(0, whole) for _ in range(3))
    aims = [cut[0], cut[1] - cut[0], cut[2] - cut[1], whole - cut[2]]
    weights = [(Decimal(aim) / whole).quantize(Decimal("1e-20")) for aim in aims]
    weights[3] = 1 - sum(weights[:3])
    target = TargetAllocation.of({AssetClass(n): w for n, w in zip(CLASSES, weights, strict=True)})
    plan = make_plan(Snapshot(tuple(accounts)), target, PlanRules(TODAY, accounts=tuple(rules)))
    best = min(every_plan(units, aims, least))
    assert plan.after.misallocated == best[0] * UNIT / 2
    if best[0] == 0:
        assert plan.turnover == best[1] * UNIT
        assert len(plan.exchanges) <= best[2]
        assert len(plan.exchanges) == best[2] or plan.turnover < best[1] * UNIT


def every_plan(units, aims, least):
    """Yield (twice the misallocation, movement, exchanges) of every legal plan in whole steps."""
    options = [list(every_split(*unit, least)) for unit in units]
    for choice in itertools.product(*options):
        held = [0] * 4
        for (funds, _, _, _), (split, _, _) in zip(units, choice, strict=True):
            for fund, count in zip(funds, split, strict=True):
                held[CLASSES.index(fund.mix.main.value)] += count
        off = sum(abs(have - aim) for have, aim in zip(held, aims, strict=True))
        yield off, sum(part[1] for part in choice), sum(part[2] for part in choice)


def every_split(funds, counts, locked, shut, least):
    for split in itertools.product(range(sum(counts) + 1), repeat=len(funds)):
        change = [new - old for new, old in zip(split, counts, strict=True)]
        if sum(change):
            continue
        if any(
            (c < 0 and f.name in locked) or (c > 0 and f.name in shut)
            for c, f in zip(change, funds, strict=True)
        ):
            continue
        gives = tuple(sorted(-c for c in change if c < 0))
        takes = tuple(sorted(c for c in change if c > 0))
        fewest = fewest_moves(gives, takes, max(least, 1))
        if fewest is not None:
            yield split, sum(takes), fewest


@cache
def fewest_moves(gives: tuple[int, ...], takes: tuple[int, ...], least: int) -> int | None:
    """Return the fewest moves of at least `least` that carry `gives` to `takes`, None if there is no way."""
    if not gives:
        return 0
    first, rest = gives[0], gives[1:]
    found = []
    for split in itertools.product(*(range(take + 1) for take in takes)):
        if sum(split) != first or any(0 < part < least for part in split):
            continue
        left = tuple(sorted(t - s for t, s in zip(takes, split, strict=True) if t > s))
        more = fewest_moves(rest, left, least)
        if more is not None:
            found.append(more + sum(1 for part in split if part))
    return min(found, default=None)
