"""Whole percents against trying every one of them: no split of any account ends closer to the target."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest

from desktop_app.domain.accounts import Account
from desktop_app.domain.rules import AccountRules
from desktop_app.rebalance import ContradictoryRulesError, EmptyHouseholdError, make_plan
from tests.rebalance.households import draw_realigned, how_many

CENTS = 0.04
"""Dollars odd cents of a few funds come to."""


@pytest.mark.parametrize("seed", range(how_many(50)))
def test_no_whole_percents_end_closer(seed):
    snapshot, target, rules = draw_realigned(seed)
    try:
        plan = make_plan(snapshot, target, rules)
    except EmptyHouseholdError:
        return
    except ContradictoryRulesError:
        assert closest(snapshot, target, rules) is None
        return
    least, moved = closest(snapshot, target, rules)
    assert abs(float(plan.after.misallocated) - least) <= CENTS
    assert abs(float(plan.turnover) - moved) <= CENTS
    assert plan.proof.status == "optimal"
    assert abs(float(plan.proof.bound) - least) <= CENTS
    for election in plan.elections:
        trades = {t.fund.key: t for t in plan.trades if t.account_id == election.account_id}
        covered = [trades[fund.key] for fund, _ in election.percents]
        whole = sum(t.after for t in covered)
        for fund, percent in election.percents:
            assert abs(trades[fund.key].after - whole * percent / 100) <= len(covered) * 0.01


def closest(snapshot, target, rules):
    """Return the least misallocation and the least movement with it; None when no plan is legal."""
    total = snapshot.total + sum(cash for _, cash in rules.cash_flow)
    cells = target.cells(max(total, 0))
    aim = np.array([float(cell.dollars) for cell in cells])
    ends = []
    for account in snapshot.accounts:
        own = rules.for_account(account.id)
        funds, after, moved, orders = every_order(account, own, float(rules.cash_for(account.id)))
        parts = [[float(sum(f.mix.share(leaf) for leaf in cell.leaves)) for cell in cells] for f in funds]
        ends.append((after @ np.array(parts), moved, orders))
    found = [(9e99, 0.0)]
    first, moved, orders = ends[0]
    rest = ends[1] if len(ends) > 1 else (np.zeros((1, len(cells))), np.zeros(1), np.zeros(1))
    for there, more, made in zip(*rest, strict=True):
        legal = orders + made <= (9 if rules.max_exchanges is None else rules.max_exchanges)
        off = np.abs(first[legal] + there - aim).sum(axis=1) / 2
        if len(off):
            best = off.min()
            found.append((best, moved[legal][off <= best + 0.005].min() + more))
    least = min(found)[0]
    return (least, min(m for off, m in found if off <= least + 0.005)) if least < 9e98 else None


def every_order(account: Account, own: AccountRules, cash: float):
    """Return the funds of one account and, per legal order, dollars per fund, moved, and orders made."""
    funds = [holding.fund for holding in account.holdings] + list(own.menu)
    held = np.array([float(h.value) for h in account.holdings] + [0.0] * len(own.menu))
    locked = np.array([fund.name in own.no_sell for fund in funds]) & (held > 0)
    ways = [held[None, :]] if not cash else []
    # what may not be sold stays aside, or takes part where it may be bought and gets 5 % more at least
    able = np.array([fund.name not in own.no_buy for fund in funds])
    for covered in {tuple(np.flatnonzero(~locked)), tuple(np.flatnonzero(~locked | able))}:
        if covered:
            percents = every_split(len(covered))
            after = np.repeat(held[None, :], len(percents), axis=0)
            after[:, covered] = percents * (held[list(covered)].sum() + cash) / 100
            rises = after[:, covered] >= np.where(locked[list(covered)], 1.05 * held[list(covered)], 0) - 1e-6
            ways.append(after[rises.all(axis=1)])
    after = np.vstack(ways) if ways else np.empty((0, len(funds)))
    bought = np.maximum(after - held, 0).sum(axis=1)
    sold = np.maximum(held - after, 0).sum(axis=1)
    legal = np.all(after >= np.where(locked, held, 0.0) - 1e-6, axis=1)
    for i, fund in enumerate(funds):
        if fund.name in own.no_buy:
            legal &= after[:, i] <= held[i] + 0.011
        for name, share in own.cap:
            if name == fund.name:
                legal &= after[:, i] <= float(share) * (held.sum() + cash) + 1e-6
    orders = (np.maximum(bought, sold) > 0.02).astype(int)
    if own.max_exchanges is not None:
        legal &= orders <= own.max_exchanges
    if not cash:
        legal &= (bought >= float(own.minimum_exchange) - 1e-6) | (bought < 0.005)
    return funds, after[legal], np.minimum(bought, sold)[legal], orders[legal]


@cache
def every_split(places: int):
    """Return every way to share 100 whole percents among places."""
    cuts = itertools.combinations(range(100 + places - 1), places - 1)
    edges = np.array([(-1, *cut, 100 + places - 1) for cut in cuts])
    return np.diff(edges, axis=1) - 1.0
