"""Says why a class stays off target: the rule without which it would end closer, tried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, partial

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.plan import Unmet
from desktop_app.domain.rules import Goal, OrderStyle

from .errors import dollars, until
from .problem import Problem
from .reasons import BLOCKED, GOAL_WORDS, NEVER_SOLD, OWED, OWN_WORDS, said
from .steps import UNIT_STEPS
from .unmet_kinds import KINDS, Kind
from .unmet_words import (
    cap_words,
    closed,
    cure_words,
    fixed_words,
    is_kept,
    listed,
    source_words,
    stays,
)
from .what_if import (
    Cause,
    WhatIf,
    divided,
    free_of,
    may_come,
    may_leave,
    offering,
    places,
    rule_away,
    unblocked,
    uncapped,
    without_debt,
    without_goal,
    without_limits,
)
from .which_limits import is_small, limits_that_bind
from .words import TOLERATED, Result, cell_name, class_name, gaps_of

_tr = translator("PlanReasons")


def unmet_of(result: Result) -> tuple[Unmet, ...]:
    """Return every class left a cent or more off target, with the reason."""
    gaps = gaps_of(result.problem, result.amounts)
    found: list[Unmet] = []
    buckets = _oversized_buckets(result.problem)
    reasons = _Unmet(result, gaps)
    for c, gap in enumerate(gaps):
        node = result.problem.cells[c].node
        asked = buckets.get(node)
        missing = ZERO if asked is None else asked - result.problem.cells[c].dollars
        off = to_cents(gap - missing)
        if abs(off) >= CENT:
            if result.later_on and abs(result.final[c]) < abs(gap) - TOLERATED:
                reason = _tr("The exchange that is possible from {0} on brings it closer.").format(
                    until(result.later_on)
                )
            else:
                reason = reasons.why(c) if asked is None else _bucket_reason(result.problem, node)
            found.append(Unmet(node, off, reason))
    return tuple(found)


def _oversized_buckets(problem: Problem) -> dict[AssetClass, Money]:
    """Return the fixed dollars asked for, when there are more of them than money."""
    asked = dict(problem.target.fixed)
    return asked if sum(asked.values(), ZERO) > problem.total else {}


def _bucket_reason(problem: Problem, node: AssetClass) -> str:
    asked = _oversized_buckets(problem)
    has = _tr("more than the household has, {0}").format(dollars(max(problem.total, ZERO)))
    if len(asked) == 1:
        return _tr("The {0} meant for {1} is {2}.").format(dollars(asked[node]), class_name(node), has)
    whole = dollars(sum(asked.values(), ZERO))
    return _tr("The fixed amounts, {0} together, are {1}; it is shared among them.").format(whole, has)


class _Unmet:
    """Finds the reason for each class of one finished plan; what was tried for one serves the others."""

    def __init__(self, result: Result, gaps: list[Decimal]) -> None:
        self._result = result
        self._problem = result.problem
        self._gaps = gaps

    @cached_property
    def _free(self) -> WhatIf:
        """The problem without the rules that count or size exchanges."""
        return WhatIf(self._problem)

    @cached_property
    def _what_if(self) -> WhatIf:
        """The problem as it is, where that can be tried in little time."""
        is_whole = self._problem.is_bound or any(desk.by_percent for desk in self._problem.desks)
        if is_whole and is_small(self._problem):
            return WhatIf(self._problem, keeps_limits=True)
        return self._free

    @cached_property
    def _straying(self) -> WhatIf:
        """The problem where a plan for bands may end further from the target than now."""
        return WhatIf(replace(self._problem, may_stray=True, has_to_help=False))

    @cached_property
    def _limits(self) -> str:
        off = self._result.ends if self._problem.by_zone else self._result.after.misallocated
        names = limits_that_bind(self._problem, float(off))
        return _tr("No closer mix is possible with {0}.").format(listed(names))

    @cached_property
    def _unseen(self) -> Decimal:
        """Dollars by which what is typed may miss: cents, and what a thousandth of a unit is worth."""
        problem = self._problem
        prices = [
            slot.unit_price or ZERO
            for desk in problem.desks
            for slot in desk.slots
            if desk.rules.order_style is OrderStyle.UNITS and slot.can_sell
        ]
        return max(TOLERATED, *(price / UNIT_STEPS for price in prices), ZERO)

    def why(self, c: int) -> str:
        """Return the reason for a cell, the most particular one that holds."""
        gap, rules = self._gaps[c], self._problem.rules
        if abs(gap) <= self._unseen:
            return self._steps()
        if self._problem.by_zone:
            return self._beside_bands(c)
        if self._could_be_closer(c):
            return self._way_of_ordering(c)
        if rules.goal is Goal.NEW_MONEY and self._what_if.helps(without_goal(self._problem), c, gap):
            if gap > 0:
                return _tr("Nothing is sold to bring it down: only the cash moves.")
            return _tr("Nothing is sold to fill the gap: only the cash moves.")
        return self._rule(c)

    def _steps(self) -> str:
        """Return why cents stay off target."""
        styles = {desk.rules.order_style for desk in self._problem.desks}
        if not self._result.amounts:
            return _tr("Too little to be worth an exchange.")
        if self._problem.rules.round_to == CENT and OrderStyle.UNITS in styles:
            return _tr("Orders are in thousandths of a unit.")
        return _tr("Amounts go in steps of {0}.").format(dollars(self._problem.rules.round_to))

    def _rule(self, c: int) -> str:
        """Return the rule, or the kinds of rules together, that keep a cell where it ends."""
        cause = self._what_if.first(self._causes(c), c, self._gaps[c])
        return self._together(c) if cause is None else cause.words + self._beside_limits()

    def _beside_limits(self) -> str:
        """Return that rules on exchanges stand in the way too, where a cause was tried without them alone."""
        found = self._result.found
        is_tried = self._what_if is not self._free or not self._problem.is_bound
        if is_tried or found.exact_bound <= self._free.off + float(TOLERATED):
            return ""
        return _tr(" The rules on the number and size of exchanges stand in the way too.")

    def _beside_bands(self, c: int) -> str:
        """Return the reason under a goal of bands: the goal, a rule, or the goal and a rule beside it."""
        goal = {
            Goal.BAND_EDGE: _tr("The goal is to come back inside the band, not to the target."),
            Goal.HALFWAY: _tr("The goal is to go half-way back, not to the target."),
        }[self._problem.rules.goal]
        aimed = _Unmet(replace(self._result, problem=without_goal(self._problem)), self._gaps)
        if self._is_outside(c):
            if self._problem.is_bound and self._free.is_closer_than(self._result.ends, c, self._gaps[c]):
                return self._limits
            cause = self._what_if.first(self._causes(c), c, self._gaps[c])
            if cause is not None:
                return cause.words
            if self._straying.is_closer_than(self._result.ends, c, self._gaps[c]):
                return _tr("To bring it closer, the mix as a whole would have to go further from the target.")
        if aimed._could_be_closer(c):
            return goal
        cause = self._what_if.first(self._causes(c), c, self._gaps[c], aimed._what_if)
        return cause.words if cause is not None else f"{goal} {aimed._rule(c)}"

    def _is_outside(self, c: int) -> bool:
        """Tell whether the class, by itself, ends outside the limits of a goal of bands."""
        own = [zone.width for zone in self._problem.zones if tuple(zone.cells) == (c,)]
        return bool(own) and abs(self._gaps[c]) > min(own) + TOLERATED

    def _could_be_closer(self, c: int) -> bool:
        """Tell whether the class would end closer with exact amounts, to the target, in many exchanges."""
        return self._free.is_closer_than(self._result.after.misallocated, c, self._gaps[c])

    def _way_of_ordering(self, c: int) -> str:
        problem, found = self._problem, self._result.found
        exact = self._result.exact
        given_up = ZERO if exact is None else self._result.after.misallocated - exact.off
        if given_up > TOLERATED:
            if self._is_of(given_up, c):
                return _tr("Left so that fewer exchanges are needed.")
            return self._rule(c) + _tr(" Some of it is left so that fewer exchanges are needed.")
        if found.bound_by_rules and found.exact_bound > self._free.off + float(TOLERATED):
            return self._limits
        in_percent = any(desk.rules.order_style is OrderStyle.PERCENT_OF_FUND for desk in problem.desks)
        if (in_percent or problem.rules.round_to > CENT) and not self._is_of_steps(c):
            return self._rule(c)
        if problem.rules.round_to > CENT:
            return _tr("Amounts go in steps of {0}.").format(dollars(problem.rules.round_to))
        if in_percent:
            return _tr("Orders are whole percents of a fund.")
        if found.bound_by_rules:
            return self._limits
        if not found.optimal:
            return _tr("No closer mix was found in the time given.")
        return self._together(c)

    def _is_of_steps(self, c: int) -> bool:
        """Tell whether amounts that cannot be ordered exactly may be half of what a class is off at least.

        Where exact amounts end nearly as far off, something else keeps the class there.
        """
        return self._is_of(Decimal(float(self._result.after.misallocated) - self._free.off), c)

    def _is_of(self, lost: Decimal, c: int) -> bool:
        """Tell whether dollars by which the whole mix could be closer may be half of what a class is off."""
        return self._problem.by_zone or abs(self._gaps[c]) <= 2 * max(lost, TOLERATED)

    def _causes(self, c: int) -> Iterator[Cause]:
        """Yield what may stand in the way, the likeliest first."""
        over = self._gaps[c] > 0
        for d, desk in enumerate(self._problem.desks):
            if any(slot.shut == OWED for slot in desk.slots):
                words = _tr("Nothing is exchanged in {0}: it owes money or has sold an option.")
                yield Cause(words.format(desk.name), ("owed", d), partial(without_debt, d=d))
        yield from self._held_back(c) if over else self._not_to_be_had(c)
        others = [i for i, gap in enumerate(self._gaps) if (gap > 0) is not over and abs(gap) >= CENT]
        for other in sorted(others, key=lambda i: -abs(self._gaps[i])):
            if over:
                goes = _tr("The money could go to {0}. ").format(cell_name(self._problem.cells[other]))
                for cause in self._not_to_be_had(other):
                    yield replace(cause, words=goes + cause.words)
            else:
                yield from self._held_back(other, source=True)
        for d, s, _, slot in places(self._problem):
            if is_kept(slot) and slot.value:
                yield Cause(stays(slot), ("leave", d, s), free_of(may_leave, (d, s)))
            if slot.shut and slot.shut not in GOAL_WORDS:
                yield Cause(closed(slot, slot.shut), ("come", d, s), free_of(may_come, (d, s)))
            # one rule may bind many funds
            for why in sorted(filter(_is_of_many, {slot.lock, slot.shut} - {""})):
                sentence = stays(slot) if why == slot.lock else closed(slot, why)
                yield Cause(sentence, ("rule", d, why), partial(rule_away, d=d, words=why))
        yield from self._blocked()

    def _blocked(self) -> Iterator[Cause]:
        """Yield the blocks with a day, where there are several: only together they may stand in the way."""
        blocked = [
            (d, s, slot)
            for d, s, _, slot in places(self._problem)
            if slot.blocked in {slot.lock, slot.shut} - {""}
        ]
        if len(blocked) > 1:
            named = "; ".join(f"“{slot.fund.name}” – {said(slot.blocked)}" for *_, slot in blocked)
            words = _tr("Several funds stand in the way together: {0}.").format(named)
            yield Cause(words, ("blocked",), free_of(unblocked, *((d, s) for d, s, _ in blocked)))

    def _held_back(self, c: int, *, source: bool = False) -> Iterator[Cause]:
        """Yield what keeps money in a cell that has too much; as the `source` another cell lacks, if so."""
        problem = self._problem
        holders = [each for each in places(problem) if each[3].shares[c] and each[3].value]
        locked = [(d, s, slot) for d, s, _, slot in holders if is_kept(slot)]
        never = all(slot.lock == NEVER_SOLD for _, _, slot in locked)
        cure = cure_words(problem, c, self._gaps[c]) if never and len(locked) == len(holders) else ""
        for d, s, slot in sorted(locked, key=lambda each: -each[2].value * each[2].shares[c]):
            words = source_words(slot) if source else stays(slot) + cure
            yield Cause(words, ("leave", d, s), free_of(may_leave, (d, s)))
        if len(locked) > 1:
            first = max(locked, key=lambda each: each[2].value * each[2].shares[c])[2]
            words = source_words(first) if source else stays(first)
            more = (
                _tr(" {0} more funds are kept too.")
                if len(locked) > 2
                else _tr(" One more fund is kept too.")
            )
            every = free_of(may_leave, *((d, s) for d, s, _ in locked))
            yield Cause(words + more.format(len(locked) - 1), ("leave all", c), every)
        for d, s, _, slot in holders:
            if not slot.kept and max(slot.shares) < 1:
                words = (
                    _tr("“{0}” holds it together with other classes.")
                    if not source
                    else _tr("The money could come from “{0}”, which holds several classes.")
                )
                yield Cause(words.format(slot.fund.name), ("divide", d, s), partial(divided, d=d, s=s))

    def _not_to_be_had(self, c: int) -> Iterator[Cause]:
        """Yield what keeps money from a cell that has too little."""
        problem = self._problem
        name = cell_name(problem.cells[c])
        holders = [each for each in places(problem) if each[3].shares[c]]
        anywhere = ("offer", c)
        if not holders:
            words = _tr("No fund on any menu holds {0}.").format(name) + fixed_words(problem, c)
            yield Cause(words, anywhere, offering(c))
        by_share = sorted(holders, key=lambda each: -each[3].shares[c])
        for d, s, _, slot in by_share:
            if slot.shut and slot.shut not in GOAL_WORDS:
                yield Cause(closed(slot, slot.shut), ("come", d, s), free_of(may_come, (d, s)))
            elif slot.only_cash:
                yield Cause(closed(slot, slot.only_cash), ("come", d, s), free_of(may_come, (d, s)))
            elif problem.desks[d].is_capped(s):
                words = closed(slot, cap_words(problem.desks[d], s))
                yield Cause(words, ("uncap", d, s), partial(uncapped, d=d, s=s))
        can = [each for each in holders if each[3].can_buy]
        if can and all(max(slot.shares) < 1 for *_, slot in can):
            words = _tr("No fund that may be bought holds {0} alone; it comes with other classes.")
            yield Cause(words.format(name), anywhere, offering(c))
        for d, desk in enumerate(problem.desks):
            if not any(slot.shares[c] == 1 and slot.can_buy for slot in desk.slots):
                words = _tr("{0} has no fund for {1} that may be bought.").format(desk.name, name)
                yield Cause(words, ("offer", c, d), offering(c, d))
        if holders:
            words = _tr("The accounts whose money would be needed have no fund for {0} that may be bought.")
            yield Cause(words.format(name), anywhere, offering(c))

    def _together(self, c: int) -> str:
        """Name the kinds of rules that only together stand in the way: each of them has to go."""
        kinds = [kind for kind in KINDS if kind[1](self._problem) != self._problem]
        if self._what_if is self._free:
            kinds = [kind for kind in kinds if kind[1] is not without_limits]
        needed = kinds
        if kinds and self._frees(needed, c):
            for kind in kinds:
                fewer = [each for each in needed if each is not kind]
                if self._frees(fewer, c):
                    needed = fewer
            if needed:
                return _tr("What stands in the way: {0}.").format(listed([_tr(kind[0]) for kind in needed]))
        return _tr("The accounts' menus, locks and caps leave no closer mix.")

    def _frees(self, kinds: Sequence[Kind], c: int) -> bool:
        def free(problem: Problem) -> Problem:
            for _, each in kinds:
                problem = each(problem)
            return problem

        cause = Cause("", ("kinds", *(words for words, _ in kinds)), free)
        return self._what_if.helps(self._what_if.without(cause), c, self._gaps[c])


def _is_of_many(why: str) -> bool:
    """Tell whether a rule is of the account, not of one fund, nor the goal."""
    return why not in {*GOAL_WORDS, *OWN_WORDS} and not why.startswith(BLOCKED)
