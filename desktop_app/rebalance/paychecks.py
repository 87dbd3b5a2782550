"""Exchange plus paychecks: contributions heal what they can, and the smallest exchange does the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, DriftReport
from desktop_app.domain.errors import BugError
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import CENT, HUNDRED, ZERO, Money, to_cents
from desktop_app.domain.plan import ExchangePlan, FutureElection, PaycheckPlan, Proof, Trade, Unmet
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import Goal, PlanRules
from desktop_app.domain.targets import TargetAllocation

from .check import check_orders
from .drift import measure_drift, measure_leaves
from .errors import ContradictoryRulesError
from .inlets import (
    Inlet,
    Percents,
    bought_by,
    filled_inlets,
    inlets_of,
    open_inlets,
    real_trades,
)
from .orders import leaves_after
from .paycheck_time import paychecks_in, years_to_target
from .paycheck_words import proof_words, unmet_words, why_elected
from .plan import make_plan
from .problem import Standing
from .rule_slots import forces_a_sale

GIVES = (ZERO, CENT, 10 * CENT)
"""Dollars by which the mix is kept closer to target today, tried until rounding leaves it where it may be."""
WORTH = Decimal("0.005")
"""Part of the contributions that whole percents may cost before another election is tried."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """An election per inlet, and the plan that exchanges the rest."""

    percents: tuple[Percents, ...]
    plan: ExchangePlan

    def beats(self, other: _Choice, worth: Money) -> bool:
        """Tell whether this ends closer to target, or as close with less exchanged."""
        closer = other.plan.after.misallocated - self.plan.after.misallocated
        less = other.plan.turnover - self.plan.turnover
        return closer > worth or (closer >= -CENT and less > worth)


def plan_with_paychecks(snapshot: Snapshot, target: TargetAllocation, rules: PlanRules) -> ExchangePlan:
    """Return the plan that counts on coming contributions, with the elections for them.

    The election of an account is the largest remainder of its water filling: on the final total the
    class lowest against its target is raised first (DOMAIN section 4). Where another election lets the
    exchanges end closer or move less, that one is taken. The exchanges are then the best plan of
    `make_plan` for a household that holds what the paychecks will have bought; they never touch it.
    Raises what `make_plan` and `inlets_of` raise.
    """
    inlets = inlets_of(snapshot, rules)
    bare = replace(rules, paychecks=())
    without = make_plan(snapshot, target, bare)
    placed = _placed(snapshot, target, bare)
    years = years_to_target(placed, target, bare, inlets)
    inlets = tuple(_counted(inlet, years) for inlet in inlets)
    inlets = tuple(inlet for inlet in inlets if inlet.count)
    if not inlets:
        return replace(without, rules=rules)
    choice, reach = _best(snapshot, target, bare, inlets)
    walk = _Walk(placed, target, inlets, choice.percents)
    after = _afterwards(snapshot, target, bare, inlets, reach)
    off_before = without.before.misallocated
    off_without = walk.report().misallocated
    elections = tuple(
        FutureElection(
            account_id=inlet.account.id,
            amount=inlet.pay.amount,
            per_year=inlet.pay.per_year,
            count=inlet.count,
            last_on=inlet.pay.day(inlet.count, rules.today),
            percents=_told(percents),
            now=_now(inlet),
            afterwards=_told(later),
            gains=tuple((fund, money) for fund, money in inlet.gains(percents) if money),
            to_band=inside,
            to_target=None if years is None else paychecks_in(years, inlet),
            why=why_elected(inlet, percents, placed, target, walk.total),
        )
        for inlet, percents, later, inside in zip(
            inlets, choice.percents, after, walk.inside_after(), strict=True
        )
    )
    paychecks = PaycheckPlan(
        elections,
        off_before=off_before,
        off_without=off_without,
        off_after=choice.plan.after.misallocated,
        gauge_after=choice.plan.after.gauge,
        exchange_without=without.turnover,
    )
    return _outward(snapshot, choice.plan, rules, inlets, paychecks)


def _counted(inlet: Inlet, years: float | None) -> Inlet:
    """Fill in the number of paychecks where it was left open: as many as it takes, a year's at most."""
    if inlet.pay.count is not None:
        return inlet
    most = inlet.pay.per_year
    return replace(inlet, count=most if years is None else min(paychecks_in(years, inlet), most))


def _placed(snapshot: Snapshot, target: TargetAllocation, rules: PlanRules) -> Snapshot:
    """Return the household once today's cash is placed or raised and nothing else is done."""
    if not any(cash for _, cash in rules.cash_flow):
        return snapshot
    return _holding(snapshot, make_plan(snapshot, target, _exact(rules, Goal.NEW_MONEY)).trades)


def _holding(snapshot: Snapshot, trades: Sequence[Trade]) -> Snapshot:
    return Snapshot(
        tuple(
            Account(
                account.id,
                account.name,
                tuple(Holding(t.fund, t.after) for t in trades if t.account_id == account.id),
            )
            for account in snapshot.accounts
        )
    )


def _exact(rules: PlanRules, goal: Goal) -> PlanRules:
    """Return the rules for a plan that only tells where money belongs."""
    return replace(rules, goal=goal, tidy=ZERO, round_to=CENT, max_exchanges=None)


def _best(
    snapshot: Snapshot, target: TargetAllocation, rules: PlanRules, inlets: Sequence[Inlet]
) -> tuple[_Choice, ExchangePlan]:
    """Return the election taken with its plan, and the plan that ends closest to target."""
    poured = _open_plan(snapshot, target, _exact(rules, Goal.NEW_MONEY), inlets)
    choice = _chosen(snapshot, target, rules, inlets, poured)
    joint = (
        poured
        if rules.goal is Goal.NEW_MONEY
        else _open_plan(snapshot, target, _exact(rules, rules.goal), inlets)
    )
    worth = WORTH * sum((inlet.money for inlet in inlets), ZERO)
    if _Choice(choice.percents, joint).beats(choice, worth):
        other = _chosen(snapshot, target, rules, inlets, joint)
        if other.beats(choice, worth):
            choice = other
    reach = joint if rules.goal is Goal.TARGET else None
    return choice, reach or _open_plan(snapshot, target, _exact(rules, Goal.TARGET), inlets)


def _open_plan(
    snapshot: Snapshot, target: TargetAllocation, rules: PlanRules, inlets: Sequence[Inlet]
) -> ExchangePlan:
    opened, opened_rules = open_inlets(snapshot, rules, inlets)
    return make_plan(opened, target, opened_rules)


def _chosen(
    snapshot: Snapshot,
    target: TargetAllocation,
    rules: PlanRules,
    inlets: Sequence[Inlet],
    wanted: ExchangePlan,
) -> _Choice:
    percents = tuple(inlet.percents(bought_by(wanted, inlet)) for inlet in inlets)
    gains = [(inlet, inlet.gains(share)) for inlet, share in zip(inlets, percents, strict=True)]
    filled, filled_rules = filled_inlets(snapshot, rules, gains)
    plan = make_plan(filled, target, filled_rules)
    standing = _standing(snapshot, target, rules)
    if standing is not None and _off_today(plan, inlets) > standing.most:
        plan = _standing_plan(filled, target, filled_rules, standing, inlets) or plan
    return _Choice(percents, plan)


def _standing(snapshot: Snapshot, target: TargetAllocation, rules: PlanRules) -> Standing | None:
    """Return how far the mix may be from target today: no further than it is, or than cash alone leaves it.

    The odd part that whole percents of the paychecks leave is mended by none that leads away from
    target meanwhile: the next election would lead back. None where money has to move.
    """
    placed = snapshot
    if any(cash for _, cash in rules.cash_flow):
        try:
            placed = _placed(snapshot, target, rules)
        except ContradictoryRulesError:
            return None
    elif any(forces_a_sale(account, rules) for account in snapshot.accounts):
        return None
    aims = tuple(cell.dollars for cell in target.cells(max(placed.total, ZERO)))
    most = max(_off(each.by_leaf(), each.total, target) for each in (placed, snapshot))
    return Standing(len(snapshot.accounts), aims, most)


def _off(leaves: Mapping[AssetClass, Decimal], total: Money, target: TargetAllocation) -> Decimal:
    """Return dollars off target, not rounded to cents."""
    cells = target.cells(max(total, ZERO))
    held = (sum((leaves.get(leaf, ZERO) for leaf in cell.leaves), ZERO) for cell in cells)
    return sum((abs(there - cell.dollars) for there, cell in zip(held, cells, strict=True)), ZERO) / 2


def _off_today(plan: ExchangePlan, inlets: Sequence[Inlet]) -> Decimal:
    trades = real_trades(plan, inlets)
    return _off(leaves_after(trades), sum((trade.after for trade in trades), ZERO), plan.target)


def _standing_plan(
    filled: Snapshot,
    target: TargetAllocation,
    rules: PlanRules,
    standing: Standing,
    inlets: Sequence[Inlet],
) -> ExchangePlan | None:
    """Return the best plan that keeps today's standing, rounding included; None when rules leave none."""
    tries = [(rules, replace(standing, most=max(standing.most - give, ZERO))) for give in GIVES]
    for asked, kept in (*tries, (replace(rules, max_exchanges=0), standing)):
        try:
            plan = make_plan(filled, target, asked, kept)
        except ContradictoryRulesError:  # cash or a cap has no other way
            continue
        if _off_today(plan, inlets) <= standing.most:
            return plan
    return None


def _afterwards(
    snapshot: Snapshot,
    target: TargetAllocation,
    rules: PlanRules,
    inlets: Sequence[Inlet],
    reach: ExchangePlan,
) -> tuple[Percents, ...]:
    """Return the elections that keep the mix once it is there: where a year's paychecks belong then."""
    accounts: list[Account] = []
    for account in snapshot.accounts:
        trades = [trade for trade in reach.trades if trade.account_id == account.id]
        for inlet in inlets:
            if inlet.account.id == account.id:
                trades += [
                    replace(t, account_id=account.id) for t in reach.trades if t.account_id == inlet.id
                ]
        accounts += _holding(Snapshot((account,)), trades).accounts
    there = Snapshot(tuple(accounts))
    still = replace(_exact(rules, Goal.NEW_MONEY), cash_flow=())
    yearly = [replace(inlet, count=inlet.pay.per_year) for inlet in inlets]
    plan = _open_plan(there, target, still, yearly)
    return tuple(inlet.percents(bought_by(plan, inlet)) for inlet in yearly)


class _Walk:
    """The household paycheck by paycheck, when nothing is exchanged and prices stand still."""

    def __init__(
        self,
        placed: Snapshot,
        target: TargetAllocation,
        inlets: Sequence[Inlet],
        percents: Sequence[Percents],
    ) -> None:
        self._start = placed
        self._target = target
        self._inlets = inlets
        self._percents = percents
        self.total = placed.total + sum((inlet.money for inlet in inlets), ZERO)

    def report(self, counts: Sequence[int] | None = None) -> DriftReport:
        """Return the drift after so many paychecks of each inlet (all, unless given)."""
        leaves = dict(self._start.by_leaf())
        total = self._start.total
        for i, (inlet, percents) in enumerate(zip(self._inlets, self._percents, strict=True)):
            count = inlet.count if counts is None else counts[i]
            for fund, money in inlet.gains(percents, count):
                _add(leaves, fund, money)
            total += inlet.pay.amount * count
        return measure_leaves(leaves, total, self._target)

    def inside_after(self) -> tuple[int | None, ...]:
        """Return for each inlet the paychecks that have come when every class is first inside its band."""
        counts = [0] * len(self._inlets)
        if self.report(counts).state is not BandState.OUTSIDE:
            return tuple(counts)
        paydays = sorted(
            (
                (n / inlet.pay.per_year, i)
                for i, inlet in enumerate(self._inlets)
                for n in range(1, inlet.count + 1)
            )
        )
        for _, i in paydays:
            counts[i] += 1
            if self.report(counts).state is not BandState.OUTSIDE:
                return tuple(counts)
        return (None,) * len(self._inlets)


def _add(leaves: dict[AssetClass, Decimal], fund: Fund, money: Money) -> None:
    for leaf, weight in fund.mix:
        leaves[leaf] = leaves.get(leaf, ZERO) + money * weight


def _told(percents: Percents) -> Percents:
    return tuple((fund, share) for fund, share in percents if share)


def _now(inlet: Inlet) -> Percents:
    return tuple(
        (next(fund for fund in inlet.funds if fund.is_called(name)), share)
        for name, share in inlet.pay.elected
    )


def _outward(
    snapshot: Snapshot,
    plan: ExchangePlan,
    rules: PlanRules,
    inlets: Sequence[Inlet],
    paychecks: PaycheckPlan,
) -> ExchangePlan:
    """Return the plan of the real accounts: what is done today, with the paychecks beside it."""
    target = plan.target
    trades = real_trades(plan, inlets)
    total = sum((trade.after for trade in trades), ZERO)
    after = measure_leaves(leaves_after(trades), total, target)
    found = replace(
        plan,
        total=total,
        rules=rules,
        before=measure_drift(snapshot, target),
        after=after,
        trades=trades,
        unmet=_unmet(plan, trades, total),
        proof=_proof(plan, after, paychecks),
        paychecks=paychecks,
    )
    _check(found, snapshot, inlets)
    return found


def _unmet(plan: ExchangePlan, trades: Sequence[Trade], total: Money) -> tuple[Unmet, ...]:
    """Return what is off target today, and whether the paychecks bring it closer."""
    leaves = leaves_after(trades)
    final = {unmet.node: unmet for unmet in plan.unmet}
    found: list[Unmet] = []
    for cell in plan.target.cells(total):
        off = to_cents(sum((leaves.get(leaf, ZERO) for leaf in cell.leaves), ZERO) - cell.dollars)
        if off:
            left = final.get(cell.node)
            found.append(Unmet(cell.node, off, unmet_words(off, left)))
    return tuple(found)


def _proof(plan: ExchangePlan, after: DriftReport, paychecks: PaycheckPlan) -> Proof:
    return replace(
        plan.proof, bound=min(plan.proof.bound, after.misallocated), words=proof_words(plan, paychecks)
    )


def _check(plan: ExchangePlan, snapshot: Snapshot, inlets: Sequence[Inlet]) -> None:
    """Raise `BugError` when an order or an election breaks a rule."""
    check_orders(plan, snapshot)
    for inlet, election in zip(inlets, plan.futures, strict=True):
        shares = (election.percents, election.afterwards)
        if any(sum(share for _, share in each) != HUNDRED for each in shares):
            raise BugError("The plan fails its own check: an election does not add to 100.")
        if sum((money for _, money in election.gains), ZERO) != inlet.money:
            raise BugError("The plan fails its own check: paychecks are not shared out to the cent.")
        for each in shares:
            told = {fund.key: share for fund, share in each}
            is_shut = any(fund.is_called(name) for fund, _ in each for name in inlet.rules.no_buy)
            if is_shut or not inlet.may_elect([told.get(fund.key, 0) for fund in inlet.funds]):
                raise BugError("The plan fails its own check: an election buys what it may not.")
