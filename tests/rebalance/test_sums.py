"""Sums of chosen amounts against trying every choice."""

from __future__ import annotations

import itertools
import random

import pytest

from desktop_app.rebalance.sums import balanced_groups, can_reach, choice_of, subset_of


@pytest.mark.parametrize("seed", range(60))
def test_a_sum_is_reached_exactly_when_some_choice_reaches_it(seed):
    chance = random.Random(seed)
    options = [[chance.randint(-30, 30) for _ in range(chance.randint(1, 4))] for _ in range(5)]
    target = chance.randint(-60, 60)
    assert can_reach(options, target, 0.1) is any(sum(each) == target for each in itertools.product(*options))


def test_too_many_sums_claim_nothing():
    options = [(0.0, 1.37 * n) for n in range(1, 30)]
    assert can_reach(options, 200.0, 0.001, most=100) is None


@pytest.mark.parametrize("seed", range(30))
def test_a_subset_that_exists_is_found(seed):
    chance = random.Random(seed)
    amounts = [chance.randint(1_000, 5_000_000) / 100 for _ in range(14)]
    target = sum(chance.sample(amounts, chance.randint(1, 13)))
    chosen = subset_of(amounts, target, 0.005)
    assert chosen is not None
    assert abs(sum(amounts[i] for i in chosen) - target) <= 0.005


def test_a_subset_of_hundreds_is_found():
    chance = random.Random(7)
    amounts = [chance.randint(100_000, 5_000_000) / 100 for _ in range(240)]
    chosen = subset_of(amounts, 1_234_567.89, 0.005)
    assert chosen is not None
    assert len(set(chosen)) == len(chosen)
    assert abs(sum(amounts[i] for i in chosen) - 1_234_567.89) <= 0.005


def test_no_subset_is_invented():
    assert subset_of([10.0, 20.0, 40.0], 35.0, 0.005) is None


@pytest.mark.parametrize("seed", range(30))
def test_a_choice_adds_up(seed):
    chance = random.Random(seed)
    options = [[0.0, *(chance.randint(-5_000, 5_000) for _ in range(3))] for _ in range(8)]
    target = sum(chance.choice(each) for each in options)
    picks = choice_of(options, target, 0.005)
    assert picks is not None
    assert sum(each[pick] for each, pick in zip(options, picks, strict=True)) == target


@pytest.mark.parametrize("seed", range(40))
def test_as_many_balanced_groups_as_there_can_be(seed):
    chance = random.Random(seed)
    amounts = [chance.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(6)]
    amounts.append(-sum(amounts))
    groups = balanced_groups(amounts, 0.1, 10)
    assert groups is not None
    assert sorted(itertools.chain(*groups)) == list(range(7))
    assert all(sum(amounts[i] for i in group) == 0 for group in groups)
    assert len(groups) == most_groups(amounts)


def most_groups(amounts: list[int]) -> int:
    """Try every way to label the amounts with groups."""
    best = 0
    for labels in itertools.product(range(4), repeat=len(amounts)):
        sums = [0] * 4
        for label, amount in zip(labels, amounts, strict=True):
            sums[label] += amount
        if not any(sums):
            best = max(best, len(set(labels)))
    return best
