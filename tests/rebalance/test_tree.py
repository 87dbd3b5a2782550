"""Branching on linear solves, against trying every combination of yes-or-noes."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from desktop_app.domain.sources import CancelledError
from desktop_app.rebalance.solver import Model
from desktop_app.rebalance.watch import watched
from tests.effort import tries


class Shops:
    """A need met from shops with stocks, prices and fees for coming at all; not all go together."""

    def __init__(self, seed: int, count: int) -> None:
        chance = random.Random(seed)
        self.stocks = [chance.randint(1, 30) for _ in range(count)]
        self.prices = [chance.randint(1, 9) for _ in range(count)]
        self.fees = [chance.randint(0, 60) for _ in range(count)]
        self.apart = [pair for pair in itertools.combinations(range(count), 2) if chance.random() < 0.15]
        self.most = chance.randint(1, count)
        self.need = chance.randint(1, 20 * self.most)

    def cheapest(self, *, fees_only: bool) -> float:
        """Return the least costs by filling the need from the cheapest of every set of shops."""
        best = math.inf
        count = len(self.stocks)
        for size in range(self.most + 1):
            for chosen in itertools.combinations(range(count), size):
                if any(a in chosen and b in chosen for a, b in self.apart):
                    continue
                left, costs = self.need, 0 if fees_only else sum(self.fees[i] for i in chosen)
                for i in sorted(chosen, key=lambda i: self.prices[i]):
                    taken = min(left, self.stocks[i])
                    left, costs = left - taken, costs + (0 if fees_only else taken * self.prices[i])
                if left == 0:
                    best = min(best, costs + (size if fees_only else 0))
        return best

    @property
    def can_be_met(self) -> bool:
        """Whether any set of shops has enough."""
        return self.cheapest(fees_only=True) < math.inf

    def model(self) -> tuple[Model, dict[int, float], dict[int, float]]:
        """Return the model, all costs, and the costs of the number of shops."""
        model = Model()
        model.branches = model.only_branches = True
        amounts = [model.column(0.0, stock) for stock in self.stocks]
        flags = [model.column(0.0, 1.0, whole=True) for _ in self.stocks]
        for amount, flag, stock in zip(amounts, flags, self.stocks, strict=True):
            model.row(-math.inf, 0.0, {amount: 1.0, flag: -stock})
        for a, b in self.apart:
            model.row(-math.inf, 1.0, {flags[a]: 1.0, flags[b]: 1.0})
        model.row(-math.inf, self.most, dict.fromkeys(flags, 1.0))
        model.row(self.need, math.inf, dict.fromkeys(amounts, 1.0))
        costs = dict(zip(amounts, map(float, self.prices), strict=True))
        costs |= dict(zip(flags, map(float, self.fees), strict=True))
        return model, costs, dict.fromkeys(flags, 1.0)


@pytest.mark.parametrize("seed", range(tries(50)))
def test_the_least_is_that_of_trying_all(seed):
    shops = Shops(seed, random.Random(-seed).randint(1, 9))
    model, costs, number = shops.model()
    model.most_solves = 10_000
    for terms, wanted in ((costs, shops.cheapest(fees_only=False)), (number, shops.cheapest(fees_only=True))):
        outcome = model.minimise(terms)
        if outcome is None:
            assert model.is_empty
            assert wanted == math.inf
        else:
            assert outcome.optimal
            assert outcome.value == pytest.approx(wanted, abs=1e-5)
            assert outcome.bound == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("seed", range(tries(25)))
@pytest.mark.parametrize("solves", [1, 3, 8])
def test_a_search_cut_short_is_honest(seed, solves):
    shops = Shops(seed, 9)
    model, costs, _ = shops.model()
    model.most_solves = solves
    outcome = model.minimise(costs)
    wanted = shops.cheapest(fees_only=False)
    if outcome is not None:
        assert outcome.bound - 1e-5 <= wanted <= outcome.value + 1e-5
        assert not outcome.optimal or outcome.value == pytest.approx(wanted, abs=1e-5)
    elif model.is_empty:
        assert wanted == math.inf


@pytest.mark.parametrize("seed", range(tries(20)))
def test_it_gives_way_to_the_general_search_which_ends_the_same(seed):
    shops = Shops(seed, 9)
    model, costs, _ = shops.model()
    model.most_solves, model.only_branches = 2, False
    outcome = model.minimise(costs)
    wanted = shops.cheapest(fees_only=False)
    assert (math.inf if outcome is None else outcome.value) == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("seed", range(20))
def test_a_known_solution_is_kept_unless_a_better_one_is_found(seed):
    shops = Shops(seed, 9)
    model, costs, _ = shops.model()
    best = model.minimise(costs)
    if best is not None:
        again, costs, _ = shops.model()
        again.most_solves = 1
        outcome = again.minimise(costs, start=dict(enumerate(best.columns)))
        assert outcome is not None
        assert outcome.value == pytest.approx(best.value, abs=1e-6)


def test_it_stops_when_told_and_can_be_asked_again():
    shops = next(shops for shops in (Shops(seed, 9) for seed in range(50)) if shops.can_be_met)
    model, costs, _ = shops.model()

    def listener(share: float) -> None:
        raise CancelledError

    with watched(listener), pytest.raises(CancelledError):
        model.minimise(costs)
    outcome = model.minimise(costs)
    assert outcome is not None
    assert outcome.value == pytest.approx(shops.cheapest(fees_only=False), abs=1e-5)


@pytest.mark.parametrize("seed", range(20))
def test_whole_numbers_above_one_are_searched_as_well(seed):
    chance = random.Random(seed)
    sizes, costs = [[chance.randint(1, 9) for _ in range(3)] for _ in range(2)]
    need, most = chance.randint(1, 60), 12
    model = Model()
    model.branches = True
    counts = [model.column(0.0, most, whole=True) for _ in sizes]
    model.row(need, math.inf, dict(zip(counts, map(float, sizes), strict=True)))
    outcome = model.minimise(dict(zip(counts, map(float, costs), strict=True)))
    wanted = min(
        sum(number * cost for number, cost in zip(numbers, costs, strict=True))
        for numbers in itertools.product(range(most + 1), repeat=3)
        if sum(number * size for number, size in zip(numbers, sizes, strict=True)) >= need
    )
    assert outcome is not None
    assert outcome.value == pytest.approx(wanted, abs=1e-6)
