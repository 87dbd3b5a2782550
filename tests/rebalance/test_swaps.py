"""Swapping exchanges of a plan: every set is legal, and none is better than the best of all sets."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from desktop_app.rebalance.few_layout import keeps_exchange_rules
from desktop_app.rebalance.layout import useful_arcs
from desktop_app.rebalance.problem import build_problem
from desktop_app.rebalance.quick import settled
from desktop_app.rebalance.solver import INFINITE
from desktop_app.rebalance.swaps import Swaps
from tests.effort import tries

KINDS = ("us_large", "us_bond", "emerging", "intl_developed")
AIM = TargetAllocation.from_names({"us_large": "0.5", "us_bond": "0.3", "intl_developed": "0.2"})
Case = tuple[Snapshot, TargetAllocation, PlanRules]


def drawn(seed: int, today, accounts: int, funds: int) -> Case:
    """Return accounts of funds of one class each, with few exchanges of some size."""
    chance = random.Random(seed)
    found, rules = [], []
    for a in range(accounts):
        menu = [
            Fund(
                f"a{a}f{i}", f"Fund {i}", AssetMix.single(AssetClass(chance.choice(KINDS))), ClassifiedBy.USER
            )
            for i in range(funds)
        ]
        held = tuple(Holding(fund, Decimal(chance.randint(50_000, 3_000_000)) / 100) for fund in menu)
        found.append(Account(f"a{a}", f"Account {a}", held))
        least = Decimal(chance.choice([0, 500, 3000]))
        rules.append(
            (f"a{a}", AccountRules(minimum_exchange=least, max_exchanges=chance.choice([1, 2, None])))
        )
    most = chance.choice([accounts + 1, 2 * accounts])
    return Snapshot(tuple(found)), AIM, PlanRules(today, accounts=tuple(rules), max_exchanges=most)


@pytest.mark.parametrize("seed", range(tries(12)))
def test_swaps_keep_the_rules_and_end_no_closer_than_the_best_plan(seed, household):
    case = drawn(seed, household.rules().today, 2, 4)
    best = make_plan(*case)  # few enough exchanges to try every set of them
    problem = build_problem(*case, None)
    arcs = useful_arcs(problem)
    for start in (arcs, random.Random(seed).sample(arcs, len(arcs) // 2), None):
        swaps = Swaps(problem, arcs)
        if start is None:
            swaps.start_relaxed()
        else:
            swaps.start(start)
        swaps.improve(200)
        before = len(swaps.arcs)
        swaps.reduce(50)
        assert keeps_exchange_rules(problem, swaps.arcs)
        assert len(swaps.arcs) <= before
        plan = settled(problem, swaps.arcs)
        assert (plan is not None) == (swaps.value < INFINITE)
        if plan is not None:
            off = plan.limits.primary * plan.layout.unit
            assert off >= float(best.after.misallocated) - 0.03


@pytest.mark.parametrize("seed", range(tries(6)))
def test_a_plan_made_at_once_is_legal_and_never_says_too_much(seed, household):
    snapshot, aim, rules = drawn(seed, household.rules().today, 4, 14)
    quick = make_plan(snapshot, aim, rules, is_patient=False)
    patient = make_plan(snapshot, aim, rules)
    free = make_plan(snapshot, aim, replace(rules, accounts=(), max_exchanges=None))
    for plan in (quick, patient):
        assert len(plan.exchanges) <= (rules.max_exchanges or 0)
        for account in snapshot.accounts:
            own = rules.for_account(account.id)
            orders = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
            assert own.max_exchanges is None or len(orders) <= own.max_exchanges
            assert all(exchange.amount >= own.minimum_exchange for exchange in orders)
        assert free.after.misallocated <= plan.after.misallocated + Decimal("0.03")
        assert plan.proof.bound <= patient.after.misallocated + Decimal("0.03")
    assert patient.after.misallocated <= quick.after.misallocated + Decimal("0.03")
