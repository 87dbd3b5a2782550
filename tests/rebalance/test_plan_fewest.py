"""The number of exchanges against ways to find it that share nothing with the engine."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from decimal import Decimal
from functools import cache

import highspy
import pytest

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from tests.effort import tries

CLASSES = ("us_large", "intl_developed", "us_bond", "stable_value")
MIXES = [AssetMix.single(AssetClass(name)) for name in CLASSES]
BLENDS = [
    AssetMix.from_names({"us_large": "0.6", "us_bond": "0.4"}),
    AssetMix.from_names({"us_large": "0.35", "intl_developed": "0.25", "us_bond": "0.4"}),
]
UNIT = Decimal(1000)


class TestEveryPlanInWholeSteps:
    """Holdings in thousands of one class each: some best plan with the fewest moves is in thousands too."""

    @pytest.mark.parametrize("seed", range(tries(20)))
    def test_no_plan_has_fewer(self, seed, today):
        chance = random.Random(seed)
        accounts = [draw_account(chance, a) for a in range(chance.choice([1, 2, 2, 3]))]
        options = [every_split(funds, counts) for funds, counts in accounts]
        goal = [0] * 4  # a mix that some split reaches, so that nothing is left off target
        for option in options:
            for c, step in enumerate(chance.choice(list(option))[0]):
                goal[c] += step
        best = min(moved_and_made(options, goal))
        held = held_by_class(accounts)
        plan = make_plan(
            snapshot_of(accounts), exact_target([h + g for h, g in zip(held, goal, strict=True)]), today
        )
        assert plan.after.misallocated == 0
        assert (plan.turnover, len(plan.exchanges)) == (best[0] * UNIT, best[1])
        assert plan.proof.fewest_exchanges


def draw_account(chance: random.Random, a: int) -> tuple[list[int], list[int]]:
    """Return the class and the thousands of each fund; several funds may hold the same class."""
    funds = [chance.randrange(4) for _ in range(chance.randint(2, 5))]
    return funds, [chance.randint(0, 4) for _ in funds]


def held_by_class(accounts: list[tuple[list[int], list[int]]]) -> list[int]:
    held = [0] * 4
    for funds, counts in accounts:
        for c, count in zip(funds, counts, strict=True):
            held[c] += count
    if not sum(held):
        accounts[0][1][0] = 1
        held[accounts[0][0][0]] = 1
    return held


def snapshot_of(accounts: list[tuple[list[int], list[int]]]) -> Snapshot:
    found = []
    for a, (funds, counts) in enumerate(accounts):
        holdings = [
            Holding(Fund(f"{a}-{i}", f"Fund {a} {i}", MIXES[c], ClassifiedBy.NAME), count * UNIT)
            for i, (c, count) in enumerate(zip(funds, counts, strict=True))
        ]
        found.append(Account(f"a{a}", f"Account {a}", tuple(holdings)))
    return Snapshot(tuple(found))


def exact_target(parts: list[int]) -> TargetAllocation:
    whole = sum(parts)
    weights = [(Decimal(part) / whole).quantize(Decimal("1e-20")) for part in parts]
    last = max(range(4), key=lambda c: parts[c])
    weights[last] += 1 - sum(weights)
    return TargetAllocation.of({AssetClass(n): w for n, w in zip(CLASSES, weights, strict=True)})


def every_split(funds: list[int], counts: list[int]) -> dict[tuple[tuple[int, ...], int], int]:
    """Return the fewest moves per (change of each class, thousands moved) of one account."""
    found: dict[tuple[tuple[int, ...], int], int] = {}
    for split in splits(sum(counts), len(counts)):
        change = [new - old for new, old in zip(split, counts, strict=True)]
        by_class = [0] * 4
        for c, step in zip(funds, change, strict=True):
            by_class[c] += step
        gives = tuple(sorted(-step for step in change if step < 0))
        takes = tuple(sorted(step for step in change if step > 0))
        key = tuple(by_class), sum(takes)
        found[key] = min(found.get(key, 99), fewest_moves(gives, takes))
    return found


def splits(total: int, places: int):
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, places - 1):
            yield first, *rest


@cache
def fewest_moves(gives: tuple[int, ...], takes: tuple[int, ...]) -> int:
    """Return the fewest moves that carry `gives` to `takes`, by trying every way to use up the first."""
    if not gives:
        return 0
    found = []
    for split in itertools.product(*(range(take + 1) for take in takes)):
        if sum(split) == gives[0]:
            left = tuple(sorted(t - s for t, s in zip(takes, split, strict=True) if t > s))
            found.append(sum(1 for part in split if part) + fewest_moves(gives[1:], left))
    return min(found)


def moved_and_made(options, goal):
    """Return (thousands moved, moves made) of every way to change the classes by `goal`."""
    reached = {((0, 0, 0, 0), 0): 0}
    for option in options:
        further = defaultdict(lambda: 99)
        for (change, moved), made in reached.items():
            for (step, more), count in option.items():
                key = tuple(a + b for a, b in zip(change, step, strict=True)), moved + more
                further[key] = min(further[key], made + count)
        reached = further
    return [(moved, made) for (change, moved), made in reached.items() if change == tuple(goal)]


@pytest.mark.parametrize("seed", range(tries(20)))
def test_same_number_as_a_whole_number_program(seed, today):
    """Mixed funds, odd cents: a yes-or-no per exchange, kept to the mix and movement of the plan."""
    chance = random.Random(5000 + seed)
    accounts = []
    for a in range(chance.choice([1, 1, 2])):
        mixes = [chance.choice([*MIXES, *MIXES, *BLENDS]) for _ in range(chance.randint(3, 6))]
        holdings = [
            Holding(Fund(f"{a}-{i}", f"Fund {a} {i}", mix, ClassifiedBy.NAME), odd_cents(chance))
            for i, mix in enumerate(mixes)
        ]
        accounts.append(Account(f"a{a}", f"Account {a}", tuple(holdings)))
    weights = [Decimal(chance.randint(5, 35)) / 100 for _ in CLASSES[:3]]
    target = TargetAllocation.of(
        {AssetClass(n): w for n, w in zip(CLASSES, [*weights, 1 - sum(weights)], strict=True) if w > 0}
    )
    plan = make_plan(Snapshot(tuple(accounts)), target, today)
    assert plan.proof.fewest_exchanges
    assert len(plan.exchanges) == by_whole_numbers(plan)


def odd_cents(chance: random.Random) -> Decimal:
    return Decimal(chance.randint(100_000, 9_000_000)) / 100


def by_whole_numbers(plan: ExchangePlan) -> int:
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    flags, flows = [], []
    mix, after = defaultdict(list), defaultdict(Decimal)
    for account in sorted({trade.account_id for trade in plan.trades}):
        trades = [trade for trade in plan.trades if trade.account_id == account]
        out = defaultdict(list)
        for source, target in itertools.permutations(trades, 2):
            flow = solver.addVariable(lb=0.0, ub=float(source.before))
            flag = solver.addBinary()
            solver.addConstr(flow <= float(source.before) * flag)
            flags.append(flag)
            flows.append(flow)
            out[source.fund.key].append(flow)
            for leaf in {leaf for fund in (source.fund, target.fund) for leaf, _ in fund.mix}:
                step = target.fund.mix.share(leaf) - source.fund.mix.share(leaf)
                if step:
                    mix[leaf].append(float(step) * flow)
        for trade in trades:
            if out[trade.fund.key]:
                solver.addConstr(solver.qsum(out[trade.fund.key]) <= float(trade.before))
            for leaf, share in trade.fund.mix:
                after[leaf] += trade.change * share
    for leaf, terms in mix.items():
        there = solver.qsum(terms)
        solver.addConstr(there <= float(after[leaf]) + 0.01)
        solver.addConstr(there >= float(after[leaf]) - 0.01)
    solver.addConstr(solver.qsum(flows) <= float(plan.turnover) + 0.01)
    solver.minimize(solver.qsum(flags))
    return round(solver.getObjectiveValue())


class TestWholeFunds:
    """Each fund without a target needs an exchange of its own: no plan makes do with fewer than these."""

    @pytest.mark.parametrize("seed", range(6))
    def test_many_funds_hit_the_target_whole(self, seed, today):
        chance = random.Random(900 + seed)
        accounts, rules = [], []
        keep = {
            name: Fund(name, name, AssetMix.single(AssetClass(name)), ClassifiedBy.USER) for name in CLASSES
        }
        for a in range(4):
            old = [
                Fund(f"{a}-{i}", f"Old {a} {i}", AssetMix.single(AssetClass("reit")), ClassifiedBy.USER)
                for i in range(12)
            ]
            accounts.append(
                Account(f"a{a}", f"Account {a}", tuple(Holding(f, odd_cents(chance)) for f in old))
            )
            rules.append((f"a{a}", AccountRules(menu=tuple(keep.values()))))
        parts = {"us_large": "0.4", "intl_developed": "0.2", "us_bond": "0.3", "stable_value": "0.1"}
        plan = make_plan(
            Snapshot(tuple(accounts)),
            TargetAllocation.from_names(parts),
            PlanRules(today.today, accounts=tuple(rules)),
        )
        assert plan.after.misallocated <= Decimal("0.02")
        assert len(plan.exchanges) == 48
        assert plan.proof.fewest_exchanges
        assert plan.proof.status == "optimal"


class TestLevelled:
    """A class nobody offers stays short; the others share that out alike, however many funds there are."""

    AIM = TargetAllocation.from_names(
        {"us_large": "0.3", "us_bond": "0.3", "intl_developed": "0.3", "stable_value": "0.1"}
    )
    HELD = ("us_large", "us_bond", "intl_developed", "reit", "emerging")

    @pytest.mark.parametrize("seed", range(tries(12)))
    def test_two_funds_of_a_class_do_as_one(self, seed, today):
        chance = random.Random(300 + seed)
        one, two = [], []
        for name in self.HELD:
            values = odd_cents(chance), odd_cents(chance)
            funds = [
                Fund(f"{name}{i}", f"{name} {i}", AssetMix.single(AssetClass(name)), ClassifiedBy.USER)
                for i in range(2)
            ]
            two.extend(map(Holding, funds, values))
            one.append(Holding(funds[0], sum(values)))
        chance.shuffle(two)
        plans = [
            make_plan(Snapshot((Account("k", "k", tuple(held)),)), self.AIM, today) for held in (one, two)
        ]
        assert plans[0].after.misallocated == plans[1].after.misallocated
        assert abs(plans[0].turnover - plans[1].turnover) <= Decimal("0.03")
        assert all(plan.proof.fewest_exchanges for plan in plans)
        for name in self.HELD:
            ends = [
                sum(trade.after for trade in plan.trades if trade.fund.mix.main.value == name)
                for plan in plans
            ]
            assert abs(ends[0] - ends[1]) <= Decimal("0.03")


@pytest.fixture
def today(household) -> PlanRules:
    return household.rules()
