"""Amounts that happen to add up save exchanges: they are found, and where there are none that is proved."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal

import numpy as np
import pytest

from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance.prices import prices_of

FUNDS = 19
CLASSES = {"Stock": "us_large", "Bond": "us_bond", "Cash": "money_market"}


def pure(count: int) -> list[tuple[float, ...]]:
    return [tuple(float(i == j) for j in range(count)) for i in range(count)]


def every_tied_price(kinds: list[tuple[float, ...]], free: int) -> set[tuple[float, ...]]:
    """Try every set of differences between two kinds: the price at right angles to them, up to its scale."""
    ways = [np.subtract(a, b) for a, b in itertools.combinations(kinds, 2)]
    found = set()
    for chosen in itertools.combinations(ways, free - 1):
        rows = np.array([np.ones(len(kinds[0])), *chosen])
        _, sizes, turned = np.linalg.svd(rows)
        if (sizes > 1e-9).sum() == len(kinds[0]) - 1:
            found.add(scaled(turned[-1]))
    return found


def scaled(price: np.ndarray) -> tuple[float, ...]:
    whole = (price - price.min()) / (price.max() - price.min())
    return min(tuple(np.round(one, 6) + 0.0) for one in (whole, 1 - whole))


class TestPrices:
    @pytest.mark.parametrize("count", range(2, 9))
    def test_of_pure_classes_there_is_one_for_every_split_in_two(self, count):
        prices = prices_of((tuple(pure(count)),), tuple(range(count - 1)), 300)
        assert len(prices) == 2 ** (count - 1) - 1
        assert {tuple(row) for row in np.round(prices, 9)} <= set(itertools.product((0.0, 1.0), repeat=count))

    @pytest.mark.parametrize("seed", range(12))
    def test_with_blends_they_are_those_that_every_set_of_ties_leaves(self, seed):
        chance = random.Random(seed)
        count = chance.randint(3, 5)
        kinds = pure(count)
        for _ in range(chance.randint(1, 2)):
            parts = [chance.randint(0, 4) for _ in range(count)]
            parts[0] += 1
            kinds.append(tuple(part / sum(parts) for part in parts))
        prices = prices_of((tuple(dict.fromkeys(kinds)),), tuple(range(count - 1)), 1000)
        assert {scaled(row) for row in prices} == every_tied_price(kinds, count - 1)

    def test_too_many_are_not_told(self):
        assert prices_of((tuple(pure(8)),), tuple(range(7)), 100) is None


class TestAmountsThatAddUp:
    """Every fund has to go, into three classes: exchanges are both together less the groups that balance."""

    @pytest.mark.parametrize("seed", range(6))
    @pytest.mark.parametrize("hidden", [0, 1])
    def test_the_number_is_that_of_trying_every_choice(self, household, seed, hidden):
        chance = random.Random(seed)
        cents = [chance.randrange(100_000, 5_000_000) for _ in range(FUNDS)]
        share = sum(cents) // 3 + chance.randrange(1000)
        bond = sum(chance.sample(cents, 5)) if hidden else share
        cash = (sum(cents) - bond) // 2 + chance.randrange(1000)
        household.classes(**CLASSES, **{f"Old{i}": "commodities" for i in range(FUNDS)})
        for name, own in (("a", range(FUNDS // 2)), ("b", range(FUNDS // 2, FUNDS))):
            held = {f"Old{i}": str(Decimal(cents[i]) / 100) for i in own}
            household.hold(name, held, menu=list(CLASSES))
        fixed = {"bonds": str(Decimal(bond) / 100), "short_term": str(Decimal(cash) / 100)}
        plan = household.plan(TargetAllocation.from_names({"stocks": "1"}, fixed))
        groups = most_groups(cents, [bond, cash, sum(cents) - bond - cash])
        assert plan.after.misallocated == 0
        assert len(plan.exchanges) == FUNDS + 3 - groups
        assert plan.proof.fewest_exchanges


def most_groups(amounts: list[int], needs: list[int]) -> int:
    """Return how many groups of funds and classes balance, trying every sum of the amounts."""
    sums = np.zeros(1, dtype=np.int64)
    for amount in amounts:
        sums = np.concatenate([sums, sums + amount])
    alone = [bool((sums == need).any()) for need in needs]
    if not any(alone):
        return 1
    assert sum(alone) == 1, "two at once would have to be told from three"
    return 2
