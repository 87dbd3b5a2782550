"""Choosing a few columns of a linear problem, against solving it anew for every choice there is."""

from __future__ import annotations

import itertools
import math
import random

import highspy
import numpy as np
import pytest

from desktop_app.rebalance.few import Few
from desktop_app.rebalance.few_sets import Bound, Choices
from desktop_app.rebalance.layout import Arc
from tests.effort import tries

FREE = highspy.kHighsInf


def draw_arcs(chance: random.Random) -> list[Arc]:
    """Return possible exchanges of one or two accounts; some funds may be sold and bought."""
    ends = [(d, f, g) for d in range(2) for f in range(-1, 3) for g in range(4) if f != g]
    return [Arc(*end) for end in sorted(chance.sample(ends, chance.randint(1, 9)))]


def every_choice(arcs: list[Arc], most: int, limits: list[int | None]) -> list[tuple[int, ...]]:
    """Return the choices of up to `most` arcs in which no fund is on both sides and no limit is exceeded."""
    found = []
    for size in range(min(most, len(arcs)) + 1):
        for places in itertools.combinations(range(len(arcs)), size):
            own = [arcs[place] for place in places]
            sold = {(arc.desk, arc.source) for arc in own if arc.source >= 0}
            bought = {(arc.desk, arc.target) for arc in own}
            counts = [sum(arc.desk == d for arc in own) for d in range(2)]
            within = all(limit is None or n <= limit for n, limit in zip(counts, limits, strict=True))
            if within and not sold & bought:
                found.append(places)
    return found


def places_in(sets: np.ndarray, count: int) -> list[tuple[int, ...]]:
    return [tuple(place for place in column if place < count) for column in sets.T.tolist()]


class TestChoices:
    @pytest.mark.parametrize("seed", range(tries(20)))
    def test_all_are_those_of_trying_every_combination(self, seed):
        chance = random.Random(seed)
        arcs = draw_arcs(chance)
        most = chance.randint(0, 4)
        limits = [chance.choice([None, 0, 1, 2]) for _ in range(2)]
        sets = Choices(arcs, most, limits).all()
        assert places_in(sets, len(arcs)) == every_choice(arcs, most, limits)

    @pytest.mark.parametrize("seed", range(tries(25)))
    def test_grown_are_all_that_every_bound_leaves(self, seed):
        chance = random.Random(seed)
        arcs = draw_arcs(chance)
        most = chance.randint(1, 4)
        limits = [chance.choice([None, 1, 2]) for _ in range(2)]
        bounds = []
        for _ in range(chance.randint(1, 5)):
            gains = [chance.randint(-9, 4) for _ in arcs]
            upper = chance.choice([None, None, chance.randint(-10, 10)])
            bounds.append(Bound(chance.randint(-5, 15), np.array([*gains, 0.0]), upper))
        best = chance.randint(-10, 15)
        sets, least, is_all = Choices(arcs, most, limits).grown(bounds, best)
        wanted = {}
        for places in every_choice(arcs, most, limits):
            sums = [(bound.base + sum(bound.gains[list(places)]), bound.upper) for bound in bounds]
            if all(cost <= (best if upper is None else upper) for cost, upper in sums):
                wanted[places] = max((cost for cost, upper in sums if upper is None), default=-math.inf)
        assert is_all
        assert dict(zip(places_in(sets, len(arcs)), least.tolist(), strict=True)) == wanted

    def test_too_many_are_not_listed(self):
        arcs = [Arc(0, f, g) for f in range(20) for g in range(20, 40)]
        assert not Choices(arcs, 3).are_within()
        assert Choices(arcs, 2).are_within()
        sets, _, is_all = Choices(arcs, 3).grown([], math.inf)
        assert not is_all
        assert sets.shape[1]


class Drawn:
    """A random linear problem over a few columns to choose from and two that are always there."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.arcs = draw_arcs(chance)
        count = len(self.arcs)
        self.most = [chance.randint(2, 9) for _ in range(count)]
        self.least = [chance.choice([0, 0, 1, 2]) for _ in range(count)]
        self.choices = Choices(self.arcs, chance.randint(1, 4), [chance.choice([None, 2]), None])
        self.rows = []
        for _ in range(chance.randint(1, 3)):
            terms = {c: chance.choice([-1.0, 0.5, 1.0, 2.0]) for c in range(count) if chance.random() < 0.6}
            need = chance.randint(0, 12)
            self.rows.append((need, need, {**terms, count: 1.0, count + 1: -1.0}))
        top = chance.randint(0, 15)
        self.rows.append((-FREE, top, {c: 1.0 for c in range(count) if chance.random() < 0.5} | {count: 0.5}))
        away = {count: 1.0, count + 1: 1.0}
        moved = {c: chance.choice([1.0, 1.0, 3.0]) for c in range(count)}
        self.stages = (away, moved) if chance.random() < 0.7 else (moved, away)

    def few(self) -> Few:
        model = Few()
        columns = [model.column(0.0, most) for most in self.most]
        model.column(0.0, 10.0)
        model.column()
        for row in self.rows:
            model.row(*row)
        model.choose(columns, self.least, self.choices)
        return model

    def by_trying(self, costs, held=()) -> dict[tuple[int, ...], float]:
        """Return the least costs of every choice that has a solution, each solved anew."""
        found = {}
        for places in places_in(self.choices.all(), len(self.arcs)):
            solver = highspy.Highs()
            solver.silent()
            solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
            for c, (least, most) in enumerate(zip(self.least, self.most, strict=True)):
                solver.addVariable(*((least, most) if c in places else (0.0, 0.0)))
            solver.addVariable(0.0, 10.0)
            solver.addVariable(0.0, FREE)
            for low, high, terms in (*self.rows, *held):
                solver.addRow(low, high, len(terms), list(terms), list(terms.values()))
            for column, cost in costs.items():
                solver.changeColCost(column, cost)
            solver.run()
            if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                found[places] = solver.getInfo().objective_function_value
        return found


@pytest.mark.parametrize("is_grown", [False, True], ids=["listed", "grown"])
@pytest.mark.parametrize("seed", range(tries(25)))
def test_each_stage_and_the_smallest_choice_are_those_of_trying_all(seed, is_grown):
    drawn = Drawn(seed)
    first, second = drawn.stages
    model = drawn.few()
    if not is_grown:
        model.allow(drawn.choices.all())
    elif not model.grow(first, 0.5):
        pytest.fail("so few choices can always be listed")
    outcome = model.minimise(first)
    tried = drawn.by_trying(first)
    assert (outcome is None) == (not tried)
    if outcome is None:
        return
    assert outcome.optimal
    assert outcome.value == pytest.approx(min(tried.values()), abs=1e-6)
    little, slack = 1e-8, 1e-5  # a stage that gives way must not make up for a whole exchange in the next
    model.row(-FREE, outcome.value + little, first)
    model.settle(first, outcome.value + little)
    outcome = model.minimise(second)
    held = [(-FREE, min(tried.values()) + little, first)]
    tried = drawn.by_trying(second, held)
    assert outcome.value == pytest.approx(min(tried.values()), abs=1e-6)
    model.row(-FREE, outcome.value + slack, second)
    model.settle(second, outcome.value + slack)
    places, last = model.smallest(second, 10.0)
    fits = [own for own, value in tried.items() if value <= min(tried.values()) + slack]
    assert len(places) == min(map(len, fits))
    assert places in fits
    assert last.value == pytest.approx(outcome.value, abs=1e-4)


@pytest.mark.parametrize("seed", range(tries(15)))
def test_what_a_row_ruled_out_comes_back_when_it_is_freed(seed):
    drawn = Drawn(seed)
    costs, other = drawn.stages
    model = drawn.few()
    model.allow(drawn.choices.all())
    tried = drawn.by_trying(costs)
    row = model.row(-FREE, 1.0, other)
    narrow = drawn.by_trying(costs, [(-FREE, 1.0, other)])
    outcome = model.minimise(costs)
    assert (outcome is None) == (not narrow)
    assert outcome is None or outcome.value == pytest.approx(min(narrow.values()), abs=1e-6)
    model.free(row)
    outcome = model.minimise(costs)
    assert (outcome is None) == (not tried)
    assert outcome is None or outcome.value == pytest.approx(min(tried.values()), abs=1e-6)
