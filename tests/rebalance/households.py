"""Random households with mixes, menus, locks, caps, minimums and limits, drawn from a seed.

`EVEN_KEEL_HOUSEHOLDS` makes the tests that use them try that many instead of the few of every run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import AccountRules, OrderStyle, PlanRules, Restriction, RoundTrip, StockCap
from desktop_app.domain.targets import TargetAllocation
from tests.effort import tries

TODAY = date(2026, 11, 22)
LEAVES = (
    "us_large", "us_mid", "us_small", "intl_developed", "emerging", "us_bond", "tips", "stable_value", "reit",
)  # fmt: skip
AIMS = (
    ("us_large", "intl_developed", "us_bond", "stable_value"),
    ("stocks", "fixed_income"),
    ("us_large", "us_mid", "us_small", "intl_developed", "emerging", "us_bond", "tips", "stable_value"),
    ("us_large", "intl_developed", "emerging", "bonds", "short_term"),
)

Case = tuple[Snapshot, TargetAllocation, PlanRules]


def how_many(usual: int) -> int:
    """Return how many households to try."""
    return int(os.environ.get("EVEN_KEEL_HOUSEHOLDS", tries(usual)))


def draw_target(chance: random.Random) -> TargetAllocation:
    names = chance.choice(AIMS)
    parts = [chance.randint(0, 20) for _ in names]
    parts[0] += not sum(parts)
    return TargetAllocation.from_names(
        {name: text for name, text in zip(names, shares(parts), strict=True) if Decimal(text)}
    )


def draw_mix(chance: random.Random) -> AssetMix:
    if chance.random() < 0.6:
        return AssetMix.single(AssetClass(chance.choice(LEAVES)))
    leaves = chance.sample(LEAVES, chance.randint(2, 4))
    return AssetMix.from_names(
        dict(zip(leaves, shares([chance.randint(1, 10) for _ in leaves]), strict=True))
    )


def shares(parts: list[int]) -> list[str]:
    """Return thousandths that add to one; the largest takes what rounding leaves."""
    weights = [(Decimal(part) / sum(parts)).quantize(Decimal("0.001")) for part in parts]
    largest = weights.index(max(weights))
    weights[largest] += 1 - sum(weights)
    return [str(weight) for weight in weights]


def draw_case(seed: int, *, limits: bool) -> Case:
    """Return one to three accounts of up to six funds; with `limits` exchanges are counted and sized."""
    chance = random.Random(seed)

    def own(fund_names: list[str], menu: tuple[Fund, ...]) -> AccountRules:
        return AccountRules(
            menu=menu,
            no_sell=some(chance, fund_names, 0.15),
            no_buy=some(chance, fund_names, 0.15),
            cap=tuple((n, Decimal(chance.randint(5, 90)) / 100) for n in some(chance, fund_names, 0.15)),
            minimum_exchange=Decimal(chance.choice([0, 0, 100, 500, 2500])) if limits else Decimal(0),
            max_exchanges=chance.choice([None, None, 1, 2, 3, 4]) if limits else None,
        )

    sizes = [chance.randint(2, 6) for _ in range(chance.randint(1, 3))]
    most = chance.choice([None, None, None, 2, 4]) if limits else None
    return _with_restrictions(random.Random(f"restrictions {seed}"), draw_household(chance, sizes, own, most))


def _with_restrictions(chance: random.Random, case: Case) -> Case:
    """Bind a part of some funds in half of the cases, and put a cap on some together."""
    snapshot, target, rules = case
    if chance.random() < 0.5:
        return case
    accounts, log = [], []
    for account in snapshot.accounts:
        own = rules.for_account(account.id)
        names = [fund.name for fund in (*(h.fund for h in account.holdings), *own.menu)]
        terms: list[RoundTrip | StockCap] = []
        for holding in account.holdings:
            if holding.value > 2000 and chance.random() < 0.3:
                free = (holding.value * chance.randint(1, 99) / 100).quantize(Decimal("0.01"))
                terms.append(RoundTrip(30, free, funds=(holding.fund.name,)))
                day = TODAY - timedelta(days=10)
                log.append(PastExchange(account.id, None, holding.fund.name, free + 1000, day))
        if len(names) > 2 and chance.random() < 0.5:
            together = tuple(chance.sample(names, chance.randint(2, len(names) - 1)))
            terms.append(StockCap(Decimal(chance.randint(20, 95)) / 100, together))
        accounts.append((account.id, replace(own, restrictions=tuple(map(Restriction, terms)))))
    rules = replace(rules, accounts=tuple(accounts), log=ExchangeLog(tuple(log)))
    return snapshot, target, rules


def draw_large(seed: int) -> Case:
    """Return three accounts of eleven funds that may make two or three exchanges each."""
    chance = random.Random(seed)

    def own(fund_names: list[str], menu: tuple[Fund, ...]) -> AccountRules:
        return AccountRules(
            menu=menu,
            no_sell=some(chance, fund_names, 0.1),
            minimum_exchange=Decimal(chance.choice([100, 1000])),
            max_exchanges=chance.choice([2, 3]),
        )

    snapshot, target, rules = draw_household(chance, [11, 11, 11], own, chance.choice([None, 4]))
    return snapshot, target, replace(rules, cash_flow=())


def draw_realigned(seed: int) -> Case:
    """Return one or two accounts of up to four funds that take whole percents, some locked or capped."""
    chance = random.Random(seed)

    def own(fund_names: list[str], menu: tuple[Fund, ...]) -> AccountRules:
        return AccountRules(
            menu=menu,
            no_sell=some(chance, fund_names, 0.1),
            no_buy=some(chance, fund_names, 0.1),
            cap=tuple((n, Decimal(chance.randint(10, 90)) / 100) for n in some(chance, fund_names, 0.12)),
            minimum_exchange=Decimal(chance.choice([0, 0, 0, 5000])),
            max_exchanges=chance.choice([None, None, 1, 2]),
            order_style=OrderStyle.REALIGN_PERCENT,
        )

    sizes = chance.choice([[chance.randint(2, 4)], [chance.randint(2, 4)], [chance.randint(2, 3), 2]])
    return draw_household(chance, sizes, own, chance.choice([None, None, None, 1]))


def some(chance: random.Random, names: list[str], share: float) -> tuple[str, ...]:
    return tuple(name for name in names if chance.random() < share)


def draw_household(
    chance: random.Random,
    sizes: list[int],
    own: Callable[[list[str], tuple[Fund, ...]], AccountRules],
    most: int | None,
) -> Case:
    accounts, rules, flow = [], [], []
    for a, size in enumerate(sizes):
        funds = [Fund(f"{a}-{i}", f"F{a}{i}", draw_mix(chance), ClassifiedBy.NAME) for i in range(size)]
        held = funds[: chance.randint(1, size)]
        values = [Decimal(chance.choice([0, *[chance.randint(1, 10_000_000)] * 9])) / 100 for _ in held]
        accounts.append(Account(f"a{a}", f"A{a}", tuple(map(Holding, held, values))))
        rules.append((f"a{a}", own([fund.name for fund in funds], tuple(funds[len(held) :]))))
        if chance.random() < 0.3:
            flow.append((f"a{a}", Decimal(chance.randint(-1_500_000, 3_000_000)) / 100))
    plan_rules = PlanRules(TODAY, cash_flow=tuple(flow), accounts=tuple(rules), max_exchanges=most)
    return Snapshot(tuple(accounts)), draw_target(chance), plan_rules
