"""Tries what one rule costs a class: the plan without exchange rules, solved again with the rule away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ONE, ZERO
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import Goal, OrderStyle

from .layout import Layout, arc_layout, flow_layout, most_of, primary_of, useful_arcs
from .problem import Desk, Problem, why_goal_forbids
from .reasons import OWED
from .slot import Slot
from .stages import hold, slack_of

SHRINKS = 0.01
"""Dollars by which a shortfall has to shrink for a rule to be what stood in the way."""
MOST_SLOTS = 120
"""Funds in all accounts up to which every single rule is tried; beyond it only the likeliest are."""
FEW, MANY = 6, 24
"""How many rules are tried for one class beyond that size, and up to it."""
SOLVES = 40
"""Linear solves after which branching on them gives way to the solver's own search."""
SECONDS = 0.4
"""The longest one is tried for."""

Change = Callable[[Slot], Slot]


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule, or several of a kind, in words; `free` takes it away, and causes of one `key` take the same."""

    words: str
    key: tuple[object, ...]
    free: Callable[[Problem], Problem]


class WhatIf:
    """Answers for one problem whether a class would end closer to its target without some rule.

    Rules that count or size exchanges hold where `keeps_limits` says so, else on neither side. `off` are
    the dollars off target (or outside the limits of a band goal) the problem cannot do without.
    """

    def __init__(self, problem: Problem, *, keeps_limits: bool = False) -> None:
        self.problem = problem
        self._keeps_limits = keeps_limits
        self._least: dict[int, tuple[Problem, Layout, float]] = {}
        self._freed: dict[tuple[object, ...], Problem] = {}
        self._cells: dict[tuple[int, int], float] = {}
        self._prices: tuple[list[float], list[float]] | None = None
        self.off = self._solved(problem)[1]
        slots = sum(len(desk.slots) for desk in problem.desks)
        self.most_tries = FEW if keeps_limits or slots > MOST_SLOTS else MANY

    def helps(self, freed: Problem, c: int, gap: Decimal) -> bool:
        """Tell whether a cell now `gap` dollars off, and the household, end closer to target in `freed`.

        Where the best plans of the problem itself share what is missing in several ways, it is enough that
        there is less to share.
        """
        if self._least_at_prices(freed) > self.off - SHRINKS or self._solved(freed)[1] > self.off - SHRINKS:
            return False
        now, then, ends = self._nearest(self.problem, c), self._nearest(freed, c), float(abs(gap))
        return then < now - SHRINKS or (now < ends - SHRINKS and then < ends - SHRINKS)

    def is_closer_than(self, off: Decimal, c: int, gap: Decimal) -> bool:
        """Tell whether a cell could end closer than `gap`, and the household than `off` dollars."""
        if self.off > float(off) - SHRINKS:
            return False
        return self._nearest(self.problem, c) < float(abs(gap)) - SHRINKS

    def first(
        self, causes: Iterable[Cause], c: int, gap: Decimal, aimed: WhatIf | None = None
    ) -> Cause | None:
        """Return the first cause without which the cell would end closer, to its target too if `aimed`."""
        tried: set[tuple[object, ...]] = set()
        for cause in causes:
            if cause.key in tried:
                continue
            tried.add(cause.key)
            if len(tried) > self.most_tries:
                return None
            freed = self.without(cause)
            if self.helps(freed, c, gap) and (aimed is None or aimed.helps(without_goal(freed), c, gap)):
                return cause
        return None

    def without(self, cause: Cause) -> Problem:
        """Return the problem without a rule; what was tried for one cell serves the others.

        Under a goal of bands only a plan that also ends closer to the target is one.
        """
        known = self._freed.get(cause.key)
        if known is None:
            freed = cause.free(self.problem)
            known = self._freed[cause.key] = replace(freed, has_to_help=freed.by_zone)
        return known

    def _least_at_prices(self, freed: Problem) -> float:
        """Return dollars off target that `freed` cannot do without, 0 where nothing is known.

        The duals of the problem itself price a dollar in each cell and in each account. What every fund
        could gain at these prices by itself, with no more to take in than all there is, bounds every plan
        from below (weak duality), so that a rule that costs nothing needs no solve.
        """
        if self._prices is None:
            return 0.0
        cells, accounts = self._prices
        held = [0.0] * len(cells)
        least = 0.0
        for desk, price in zip(freed.desks, accounts, strict=True):
            least += price * float(desk.cash)
            for s, slot in enumerate(desk.slots):
                value, pays = float(slot.value), -price
                for c, share in enumerate(slot.shares):
                    if share:
                        held[c] += value * float(share)
                        pays -= cells[c] * float(share)
                if pays > 0:
                    least -= pays * float(slot.saleable)
                elif slot.can_buy:
                    least += pays * float(freed.total if (room := desk.room_of(s)) is None else room)
        dollars = (float(cell.dollars) for cell in freed.cells)
        return least + sum(cost * (aim - has) for cost, aim, has in zip(cells, dollars, held, strict=True))

    def _nearest(self, problem: Problem, c: int) -> float:
        """Return the least dollars a cell can be off target in the best plans of a problem."""
        known = self._cells.get((id(problem), c))
        if known is None:
            layout, _ = self._solved(problem)
            costs = {layout.over[c]: 1.0, layout.short[c]: 1.0}
            outcome = layout.model.minimise(costs, seconds=SECONDS)
            known = float("inf") if outcome is None else outcome.value * layout.unit
            self._cells[id(problem), c] = known
        return known

    def _layout(self, problem: Problem) -> Layout:
        if not self._keeps_limits:
            return flow_layout(problem)
        arcs = [arc for arc in useful_arcs(problem) if most_of(problem, arc) > 0]
        layout = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
        model = layout.model
        model.branches, model.seeks = True, False  # there are few choices
        model.most_solves = SOLVES
        return layout

    def _solved(self, problem: Problem) -> tuple[Layout, float]:
        known = self._least.get(id(problem))
        if known is None:
            layout = self._layout(problem)
            primary = primary_of(layout, problem)
            outcome = layout.model.minimise(primary, seconds=SECONDS)
            off = float("inf") if outcome is None else outcome.value * layout.unit
            if problem is self.problem and outcome is not None and layout.balances and not problem.by_zone:
                duals = outcome.duals
                self._prices = ([duals[row] for row in layout.aims], [duals[row] for row in layout.balances])
            if outcome is not None:
                hold(layout, primary, outcome.value + slack_of(layout))
            known = self._least[id(problem)] = (problem, layout, off)
        return known[1], known[2]


def changed(problem: Problem, changes: Mapping[tuple[int, int], Change]) -> Problem:
    """Return the problem with some funds changed, named by account and place in it."""
    desks = []
    for d, desk in enumerate(problem.desks):
        slots = [changes.get((d, s), _as_it_is)(slot) for s, slot in enumerate(desk.slots)]
        desks.append(replace(desk, slots=tuple(_under_goal(slot, desk, problem) for slot in slots)))
    return replace(problem, desks=tuple(desks))


def _under_goal(slot: Slot, desk: Desk, problem: Problem) -> Slot:
    """Return a fund as the goal of new money leaves it, whatever other rule was taken away."""
    if problem.rules.goal is not Goal.NEW_MONEY:
        return slot
    lock, shut = why_goal_forbids(desk.cash)
    return replace(slot, lock=slot.lock or lock, shut=slot.shut or shut)


def without_goal(problem: Problem) -> Problem:
    """Return the problem with what only its goal keeps from moving free, and the target as its aim."""
    freed = replace(problem, rules=replace(problem.rules, goal=Goal.TARGET), zones=())
    if problem.rules.goal is not Goal.NEW_MONEY:
        return freed
    changes = {(d, s): partial(_freed_of, *why_goal_forbids(desk.cash)) for d, s, desk, _ in places(problem)}
    return changed(freed, changes)


def _freed_of(lock: str, shut: str, slot: Slot) -> Slot:
    return replace(
        slot, lock="" if slot.lock == lock else slot.lock, shut="" if slot.shut == shut else slot.shut
    )


def without_limits(problem: Problem) -> Problem:
    """Return the problem without rules that count, size or forbid single exchanges, amounts in dollars."""
    desks = tuple(
        replace(
            desk,
            slots=tuple(map(unwashed, desk.slots)),
            rules=replace(
                desk.rules, minimum_exchange=ZERO, max_exchanges=None, order_style=OrderStyle.DOLLARS
            ),
        )
        for desk in problem.desks
    )
    return replace(problem, desks=desks, rules=replace(problem.rules, max_exchanges=None))


def unwashed(slot: Slot) -> Slot:
    """Return a fund whose money may go to competing funds at once."""
    part = slot.part if slot.part and slot.part.lock else None
    return replace(slot, washes=False, lots=(), part=part)


def with_more(problem: Problem, more: Mapping[int, Iterable[Slot]]) -> Problem:
    """Return the problem with more funds in some accounts, named by their place."""
    desks = [
        replace(desk, slots=(*desk.slots, *(_under_goal(slot, desk, problem) for slot in more.get(d, ()))))
        for d, desk in enumerate(problem.desks)
    ]
    return replace(problem, desks=tuple(desks))


def _as_it_is(slot: Slot) -> Slot:
    return slot


def may_leave(slot: Slot) -> Slot:
    """Return a fund without the rule that keeps it from being sold, perhaps for buying it too."""
    return _without(slot, slot.kept)


def may_come(slot: Slot) -> Slot:
    """Return a fund that may be bought, up to its cap, without the rule that forbade it."""
    return _without(slot, slot.shut or slot.only_cash)


def unblocked(slot: Slot) -> Slot:
    """Return a fund whose block up to a day is over."""
    return _without(slot, slot.blocked)


def rule_away(problem: Problem, d: int, words: str) -> Problem:
    """Return the problem with every fund of an account free of the rule of these words."""
    change = partial(_without, words=words)
    return changed(problem, {(d, s): change for s in range(len(problem.desks[d].slots))})


def without_debt(problem: Problem, d: int) -> Problem:
    """Return the problem with an account traded in although it owes; what is owed stays."""
    held = [s for s, slot in enumerate(problem.desks[d].slots) if slot.value >= 0]
    change = partial(_without, words=OWED)
    return changed(problem, {(d, s): change for s in held})


def _without(slot: Slot, words: str) -> Slot:
    return replace(
        slot,
        lock="" if slot.lock == words else slot.lock,
        shut="" if slot.shut == words else slot.shut,
        only_cash="" if slot.only_cash == words else slot.only_cash,
        part=None if slot.part is not None and slot.part.lock == words else slot.part,
    )


def without_caps(problem: Problem) -> Problem:
    """Return the problem with no cap on any fund, nor on several."""
    freed = changed(problem, {(d, s): _unlimited for d, s, _, _ in places(problem)})
    return replace(freed, desks=tuple(replace(desk, caps=()) for desk in freed.desks))


def _unlimited(slot: Slot) -> Slot:
    return replace(slot, limit=None)


def uncapped(problem: Problem, d: int, s: int) -> Problem:
    """Return the problem with a fund without a cap of its own, nor one it shares."""
    freed = changed(problem, {(d, s): _unlimited})
    desk = freed.desks[d]
    desk = replace(desk, caps=tuple(cap for cap in desk.caps if s not in cap.slots))
    return replace(freed, desks=(*freed.desks[:d], desk, *freed.desks[d + 1 :]))


def pure_slot(problem: Problem, c: int) -> Slot:
    """Return a fund no account has, which holds one cell alone."""
    leaf = problem.cells[c].leaves[0]
    shares = tuple(ONE if i == c else ZERO for i in range(len(problem.cells)))
    return Slot(Fund(f"pure {leaf}", leaf, AssetMix.single(leaf), ClassifiedBy.USER), ZERO, shares)


def free_of(change: Change, *at: tuple[int, int]) -> Callable[[Problem], Problem]:
    """Return what changes the funds at some places of a problem."""
    return lambda problem: changed(problem, dict.fromkeys(at, change))


def offering(c: int, *desks: int) -> Callable[[Problem], Problem]:
    """Return what puts a fund of one cell alone on the menus of some accounts, of all without any named."""
    return lambda problem: with_more(
        problem, {d: (pure_slot(problem, c),) for d in desks or range(len(problem.desks))}
    )


def divided(problem: Problem, d: int, s: int) -> Problem:
    """Return the problem with a fund of several classes held as a fund per class, under the same rules."""
    slot = problem.desks[d].slots[s]
    parts = [
        replace(_share_of(slot, share), shares=pure_slot(problem, c).shares, limit=None)
        for c, share in enumerate(slot.shares)
        if share
    ]
    desk = problem.desks[d]
    slots = (*desk.slots[:s], *parts, *desk.slots[s + 1 :])
    caps = tuple(replace(cap, slots=_moved_on(cap.slots, s, len(parts))) for cap in desk.caps)
    desk = replace(desk, slots=slots, caps=caps)
    return replace(problem, desks=(*problem.desks[:d], desk, *problem.desks[d + 1 :]))


def _share_of(slot: Slot, share: Decimal) -> Slot:
    """Return a share of a fund's money, with its share of what rules bind."""
    part = slot.part and replace(
        slot.part,
        value=slot.part.value * share,
        lots=tuple(replace(lot, amount=lot.amount * share) for lot in slot.part.lots),
    )
    return replace(slot, value=slot.value * share, part=part)


def _moved_on(slots: Iterable[int], s: int, count: int) -> tuple[int, ...]:
    """Return places once the fund at `s` has become `count` funds."""
    found: list[int] = []
    for place in slots:
        found += range(s, s + count) if place == s else [place if place < s else place + count - 1]
    return tuple(found)


def places(problem: Problem) -> Iterator[tuple[int, int, Desk, Slot]]:
    """Yield every fund of every account with both places."""
    for d, desk in enumerate(problem.desks):
        for s, slot in enumerate(desk.slots):
            yield d, s, desk, slot
