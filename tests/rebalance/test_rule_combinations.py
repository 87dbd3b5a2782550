"""No combination of rules makes planning fail: every plan keeps every promise, or rules that clash are named.

`EVEN_KEEL_HOUSEHOLDS=5000 pytest tests/rebalance/test_rule_combinations.py` tries thousands.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import (
    AccountRules,
    EquityWash,
    Goal,
    OrderStyle,
    PlanRules,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import ContradictoryRulesError, EmptyHouseholdError, make_plan
from tests.rebalance.households import how_many, some

TODAY = date(2026, 11, 22)
KINDS = {
    "Stock": {"us_large": "1"},
    "Bond": {"us_bond": "1"},
    "Stable": {"stable_value": "1"},
    "Money": {"money_market": "1"},
    "Short": {"us_bond_short": "1"},
    "Mixed": {"us_large": "0.6", "us_bond": "0.4"},
}
CLASSES = ("us_large", "us_bond", "stable_value", "money_market", "us_bond_short")
WASHES = (
    None,
    EquityWash(("stable_value",), ("money_market", "us_bond_short")),
    EquityWash(("Stable",), ("Money",), 120),
    EquityWash(("Bond", "stocks", "money_market"), ("bonds", "stable_value")),
)
MORE = (
    RoundTrip(30),
    RoundTrip(120, funds=("Bond",)),
    RepurchaseBlock(60),
    RedemptionFee(Decimal("0.01"), 60, funds=("Stock",)),
)


def draw_account(chance: random.Random, name: str) -> tuple[Account, AccountRules, list[PastExchange]]:
    names = [
        "Stable",
        "Money",
        *chance.sample([n for n in KINDS if n not in {"Stable", "Money"}], chance.randint(1, 4)),
    ]
    funds = [Fund(f"{name}-{n}", n, AssetMix.from_names(KINDS[n]), ClassifiedBy.USER) for n in names]
    held = funds[: chance.randint(1, len(funds))]
    values = [
        Decimal(chance.choice([0, chance.randint(1, 6_000_000), chance.randint(100_000, 6_000_000)])) / 100
        for _ in held
    ]
    own = AccountRules(
        menu=tuple(funds[len(held) :]),
        no_sell=some(chance, names, 0.08),
        no_buy=some(chance, names, 0.12),
        cap=tuple((n, Decimal(chance.randint(10, 95)) / 100) for n in some(chance, names, 0.1)),
        blocked_until=tuple((n, TODAY + timedelta(days=40)) for n in some(chance, names, 0.06)),
        minimum_exchange=Decimal(chance.choice([0, 0, 500, 3000])),
        order_style=chance.choice([OrderStyle.DOLLARS, OrderStyle.REALIGN_PERCENT, *OrderStyle]),
        max_exchanges=chance.choice([None, None, None, 0, 1, 2]),
        restrictions=tuple(
            Restriction(terms)
            for terms in (chance.choice(WASHES), *(more for more in MORE if chance.random() < 0.15))
            if terms is not None and known(terms, names)
        ),
    )
    log = [
        PastExchange(
            name,
            chance.choice(names),
            chance.choice(names),
            Decimal(chance.randint(1000, 3_000_000)) / 100,
            TODAY - timedelta(days=chance.choice([0, 2, 21, 84, 90])),
        )
        for _ in range(chance.choice([0, 0, 1, 2, 3]))
    ]
    return Account(name, name, tuple(map(Holding, held, values))), own, log


def known(terms: object, names: list[str]) -> bool:
    """Tell whether an account has the funds a rule calls by name."""
    named = {*getattr(terms, "funds", ()), *getattr(terms, "sources", ()), *getattr(terms, "competing", ())}
    return named & set(KINDS) <= set(names)


def draw_case(seed: int) -> tuple[Snapshot, TargetAllocation, PlanRules]:
    """Return one or two accounts under rules of every kind."""
    chance = random.Random(seed)
    found = [draw_account(chance, f"a{i}") for i in range(chance.choice([1, 1, 1, 2]))]
    ids = [account.id for account, _, _ in found]
    pays = (Decimal("850.50"), Decimal(5000))
    parts = [chance.choice([0, chance.randint(1, 10)]) for _ in CLASSES]
    parts[3] += 1
    weights = [Decimal(part * 1000 // sum(parts)) / 1000 for part in parts]
    weights[3] += 1 - sum(weights)
    rules = PlanRules(
        TODAY,
        chance.choice([Goal.TARGET, Goal.TARGET, Goal.TARGET, *Goal]),
        tuple(
            (name, Decimal(chance.randint(-2_000_000, 2_000_000)) / 100) for name in some(chance, ids, 0.2)
        ),
        tuple((account.id, own) for account, own, _ in found),
        chance.choice([None, None, None, 1, 3]),
        chance.choice([Decimal(0), Decimal(0), Decimal("0.002")]),
        chance.choice([Decimal("0.01"), Decimal("0.01"), Decimal(1), Decimal(100)]),
        ExchangeLog(tuple(entry for _, _, log in found for entry in log)),
        tuple(
            (name, Paychecks(chance.choice(pays), 26, chance.choice([None, 5, 40])))
            for name in some(chance, ids, 0.3)
        ),
    )
    target = TargetAllocation.of({AssetClass(n): w for n, w in zip(CLASSES, weights, strict=True) if w})
    return Snapshot(tuple(account for account, _, _ in found)), target, rules


@settings(max_examples=how_many(8), deadline=None)
@given(st.integers(0, 2**32))
def test_every_plan_keeps_every_promise(seed):
    snapshot, target, rules = draw_case(seed)
    try:
        plan = make_plan(snapshot, target, rules)
    except (ContradictoryRulesError, EmptyHouseholdError):
        return
    assert plan.proof.bound >= 0
    for account in snapshot.accounts:
        keeps_money(plan, account)
        keeps_limits(plan, account)
    for election in (*plan.elections, *plan.futures):
        assert sum(share for _, share in election.percents) == 100
    every = [e for e in plan.exchanges if style(plan, e.account_id) is not OrderStyle.REALIGN_PERCENT]
    realigned = {e.account_id for e in plan.exchanges} - {e.account_id for e in every}
    assert rules.max_exchanges is None or len(every) + len(realigned) <= rules.max_exchanges
    if plan.exchanges and not rules.cash_flow and not any(own.cap for _, own in rules.accounts):
        assert plan.after.misallocated <= plan.before.misallocated


def style(plan: ExchangePlan, account: str) -> OrderStyle:
    own = plan.rules.for_account(account).order_style
    is_plain = plan.rules.goal is Goal.NEW_MONEY and own is OrderStyle.REALIGN_PERCENT
    return OrderStyle.DOLLARS if is_plain else own


def keeps_money(plan: ExchangePlan, account: Account) -> None:
    """Nothing is made or lost, today or later, and nothing ends below zero."""
    trades = {t.fund.name: t for t in plan.trades if t.account_id == account.id}
    assert sum(t.change for t in trades.values()) == plan.rules.cash_for(account.id)
    moved: dict[str, Decimal] = defaultdict(Decimal)
    for exchange in plan.exchanges:
        if exchange.account_id == account.id:
            assert exchange.amount > 0
            for fund, sign in ((exchange.source, -1), (exchange.target, 1)):
                if fund is not None:
                    moved[fund.name] += sign * exchange.amount
    assert {n: m for n, m in moved.items() if m} == {n: t.change for n, t in trades.items() if t.change}
    held: dict[str, Decimal] = defaultdict(Decimal, {n: t.after for n, t in trades.items()})
    assert min(held.values(), default=0) >= 0
    for step in sorted(plan.later, key=lambda step: step.not_before):
        if step.account_id == account.id:
            assert step.amount > 0
            assert step.not_before > plan.rules.today
            held[step.source.name] -= step.amount
            held[step.target.name] += step.amount
            assert held[step.source.name] >= 0
    own = plan.rules.for_account(account.id)
    whole = account.total + plan.rules.cash_for(account.id)
    for name, share in own.cap:
        assert held[name] <= share * whole + Decimal("0.02")


def keeps_limits(plan: ExchangePlan, account: Account) -> None:
    """Closed funds, minimums, numbers and waits are kept on each day."""
    own, goal = plan.rules.for_account(account.id), plan.rules.goal
    blocked = {name for name, day in own.blocked_until if day > TODAY}
    for trade in plan.trades:
        if trade.account_id == account.id:
            assert not (trade.change < 0 and trade.fund.name in {*own.no_sell, *blocked})
            assert not (trade.change > 0 and trade.fund.name in {*own.no_buy, *blocked})
            assert not (trade.change < 0 and goal is Goal.NEW_MONEY and plan.rules.cash_for(account.id) >= 0)
    today = [e for e in plan.exchanges if e.account_id == account.id]
    days = defaultdict(list)
    for step in plan.later:
        if step.account_id == account.id:
            assert step.source.name not in {*own.no_sell, *blocked}
            assert step.target.name not in {*own.no_buy, *blocked}
            days[step.not_before].append(step)
    if style(plan, account.id) is OrderStyle.REALIGN_PERCENT:
        assert own.max_exchanges != 0 or not (today or days)
        return
    for orders in (today, *days.values()):
        assert own.max_exchanges is None or len(orders) <= own.max_exchanges
        for order in orders:
            is_cash = getattr(order, "source", None) is None or order.target is None
            assert is_cash or order.amount >= own.minimum_exchange
