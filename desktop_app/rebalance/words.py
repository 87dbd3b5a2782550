"""Says in plain words why each exchange is there, what stays off target, and what was proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.classes import CLASS_WORDS, AssetClass
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.plan import Unmet
from desktop_app.domain.rules import Goal

from .errors import dollars, until
from .problem import NEVER_SOLD, Desk, Problem, Slot
from .search import Found
from .ticket import Amount

_tr = translator("PlanReasons")
_tr_class = translator("AssetClass")

TOLERATED = Decimal("0.05")
"""Dollars by which rounding to cents may move a class without being worth a word."""


def class_name(node: AssetClass) -> str:
    """Return a class's name for the middle of a sentence."""
    words = _tr_class(CLASS_WORDS[node])
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def gaps_of(problem: Problem, amounts: Sequence[Amount] = ()) -> list[Decimal]:
    """Return dollars above (+) or below (−) target per cell, after the given exchanges."""
    gaps = [-cell.dollars for cell in problem.cells]
    for desk in problem.desks:
        for slot in desk.slots:
            _add(gaps, slot, slot.value)
    for amount in amounts:
        slots = problem.desks[amount.arc.desk].slots
        if amount.arc.source >= 0:
            _add(gaps, slots[amount.arc.source], -amount.dollars)
        if amount.arc.target >= 0:
            _add(gaps, slots[amount.arc.target], amount.dollars)
    return gaps


def _add(gaps: list[Decimal], slot: Slot, money: Money) -> None:
    for c, share in enumerate(slot.shares):
        if share:
            gaps[c] += money * share


class Reasons:
    """Gives each exchange its reason, from the gaps as they stand before the plan."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._is_alone = sum(any(s.can_sell or s.can_buy for s in desk.slots) for desk in problem.desks) <= 1
        self._gaps = gaps_of(problem)
        self._lowest = min(self._gaps, default=ZERO)
        self._highest = max(self._gaps, default=ZERO)

    def why(self, amount: Amount) -> str:
        """Return one or two plain sentences."""
        desk = self._problem.desks[amount.arc.desk]
        source = desk.slots[amount.arc.source] if amount.arc.source >= 0 else None
        target = desk.slots[amount.arc.target] if amount.arc.target >= 0 else None
        parts: list[str] = []
        if source is not None:
            parts.append(self._lowers(source, raising=target is None))
        if target is not None:
            parts.append(self._raises(target, new_money=source is None))
        sentence = _tr(" and ").join(parts)
        remark = "" if target is None else self._remark(desk, target)
        return sentence[0].upper() + sentence[1:] + "." + remark

    def waits(self, amount: Amount, target: Slot, day: date) -> str:
        """Return why money goes into a fund only to wait there for the way to `target`."""
        desk = self._problem.desks[amount.arc.desk]
        lowers = self._lowers(desk.slots[amount.arc.source], raising=False)
        place = desk.slots[amount.arc.target].fund.name
        return _tr(
            "{0}{1}. The money waits in {2} until {3}, when it may go to {4}: an equity wash "
            "lets it not go there straight."
        ).format(lowers[0].upper(), lowers[1:], place, until(day), target.fund.name)

    def _lowers(self, slot: Slot, *, raising: bool) -> str:
        c = self._cell(slot, above=True)
        name = class_name(self._problem.cells[c].node)
        verb = _tr("raises the cash from") if raising else _tr("lowers")
        if self._gaps[c] < CENT:
            return f"{verb} {name}" if raising else _tr("takes the money from {0}").format(slot.fund.name)
        if self._is_bucket(c):
            bucket = dollars(to_cents(self._problem.cells[c].dollars))
            return _tr("{0} {1}, which is above its {2}").format(verb, name, bucket)
        extent = _tr("{0} above target").format(dollars(to_cents(self._gaps[c])))
        furthest = _tr(", the furthest above") if self._gaps[c] == self._highest else ""
        return f"{verb} {name} ({extent}{furthest})"

    def _raises(self, slot: Slot, *, new_money: bool) -> str:
        c = self._cell(slot, above=False)
        name = class_name(self._problem.cells[c].node)
        verb = _tr("puts the new money in") if new_money else _tr("raises")
        if -self._gaps[c] < CENT:
            held = _tr("buys {0} for {1}").format(slot.fund.name, name)
            return (
                held if self._is_alone else _tr("{0}, to make up for what another account sells").format(held)
            )
        if self._is_bucket(c):
            bucket = dollars(to_cents(self._problem.cells[c].dollars))
            return _tr("refills {0} towards its {1}").format(name, bucket)
        extent = _tr("{0} below target").format(dollars(to_cents(-self._gaps[c])))
        furthest = _tr(", the furthest below") if self._gaps[c] == self._lowest else ""
        return f"{verb} {name} ({extent}{furthest})"

    def _remark(self, desk: Desk, target: Slot) -> str:
        c = self._cell(target, above=False)
        node = self._problem.cells[c].node
        able = [slot for slot in desk.slots if slot.can_buy and slot.shares[c]]
        if len(able) == 1 and not self._is_alone:
            return _tr(" {0} is the only fund here for {1}.").format(target.fund.name, class_name(node))
        if max(target.shares) < 1:
            return _tr(" {0} holds several classes; all of them are counted.").format(target.fund.name)
        return ""

    def _is_bucket(self, c: int) -> bool:
        return any(node is self._problem.cells[c].node for node, _ in self._problem.target.fixed)

    def _cell(self, slot: Slot, *, above: bool) -> int:
        """Return the cell this fund is traded for: the one off target it holds most of, else its largest."""
        sign = 1 if above else -1
        held = [c for c, share in enumerate(slot.shares) if share]
        return max(held, key=lambda c: (self._gaps[c] * sign >= CENT, slot.shares[c], -c))


@dataclass(frozen=True, slots=True)
class Result:
    """What the words about a finished plan are made from.

    Where exchanges follow later, `later_on` is the day of the last of them, `final` are dollars off
    target per cell when they are done and `ends` the distance that makes. `is_divided` tells that parts
    of a fund were exchanges of their own.
    """

    problem: Problem
    found: Found
    amounts: tuple[Amount, ...]
    after: DriftReport
    turnover: Money
    later_on: date | None = None
    final: tuple[Decimal, ...] = ()
    ends: Money = ZERO
    is_divided: bool = False


def unmet_of(result: Result) -> tuple[Unmet, ...]:
    """Return every class left a cent or more off target, with the reason."""
    gaps = gaps_of(result.problem, result.amounts)
    found: list[Unmet] = []
    buckets = _oversized_buckets(result.problem)
    for c, gap in enumerate(gaps):
        node = result.problem.cells[c].node
        asked = buckets.get(node)
        missing = ZERO if asked is None else asked - result.problem.cells[c].dollars
        off = to_cents(gap - missing)
        if abs(off) >= CENT:
            reason = _reason(result, c, gap) if asked is None else _bucket_reason(result.problem, node)
            if result.later_on and abs(result.final[c]) < abs(gap) - TOLERATED:
                reason = _tr("The exchange that is possible from {0} on brings it closer.").format(
                    until(result.later_on)
                )
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


def _reason(result: Result, c: int, gap: Decimal) -> str:
    problem = result.problem
    if abs(gap) <= max(TOLERATED, problem.rules.round_to) and not problem.by_zone:
        return _tr("Amounts go in steps of {0}.").format(dollars(problem.rules.round_to))
    goal = _goal_reason(problem, gap)
    return goal or _lock_reason(problem, c, gap) or _rule_reason(result, c)


def _goal_reason(problem: Problem, gap: Decimal) -> str:
    goal = problem.rules.goal
    if goal is Goal.BAND_EDGE:
        return _tr("The goal is to come back inside the band, not to the target.")
    if goal is Goal.HALFWAY:
        return _tr("The goal is to go half-way back, not to the target.")
    if goal is Goal.NEW_MONEY:
        return (
            _tr("Nothing is sold to bring it down: only the cash moves.")
            if gap > 0
            else _tr("Nothing is sold to fill the gap: only the cash moves.")
        )
    return ""


def _cure(problem: Problem, c: int, gap: Decimal) -> str:
    """Return how much new money for the other classes would bring one to its share."""
    shares = dict(problem.target.weights)
    share = shares.get(problem.cells[c].node)
    if not share or problem.target.fixed:
        return ""
    return _tr(" {0} of new money for the others would bring it to its share.").format(
        dollars(to_cents(gap / share))
    )


def _lock_reason(problem: Problem, c: int, gap: Decimal) -> str:
    holders = [slot for desk in problem.desks for slot in desk.slots if slot.shares[c]]
    name = class_name(problem.cells[c].node)
    if gap > 0:
        held = [slot for slot in holders if slot.value > 0]
        locked = [slot for slot in held if slot.kept]
        if locked and len(locked) == len(held):
            first = locked[0]
            stays = _tr("stays as it is") if first.lock else _tr("keeps the rest")
            cure = _cure(problem, c, gap) if all(slot.lock == NEVER_SOLD for slot in locked) else ""
            return f"“{first.fund.name}” {stays}: {first.kept}." + cure
        return ""
    if not holders:
        return _tr("No fund on any menu holds {0}.").format(name)
    if not any(slot.can_buy for slot in holders):
        shut = next((slot for slot in holders if slot.shut), None)
        why = shut.shut if shut else _tr("it is at its cap")
        return _tr("“{0}” cannot take more: {1}.").format((shut or holders[0]).fund.name, why)
    if all(max(slot.shares) < 1 for slot in holders if slot.can_buy):
        return _tr("No fund that may be bought holds {0} alone; it comes with other classes.").format(name)
    return ""


def _rule_reason(result: Result, c: int) -> str:
    problem, found = result.problem, result.found
    extra = float(result.after.misallocated) - found.bound
    if problem.rules.tidy and extra > float(TOLERATED):
        return _tr("Left so that fewer exchanges are needed.")
    if not found.bound_by_rules:
        return _source_reason(result, c) or _tr("The accounts' menus, locks and caps leave no closer mix.")
    reasons: list[str] = []
    if any(desk.rules.minimum_exchange for desk in problem.desks):
        reasons.append(_tr("the smallest exchange allowed"))
    if problem.rules.max_exchanges is not None or any(_is_counted(desk) for desk in problem.desks):
        reasons.append(_tr("the number of exchanges allowed"))
    if any(desk.has_wash for desk in problem.desks):
        reasons.append(_tr("the wait before stable-value money may go to a competing fund"))
    if any(desk.by_percent for desk in problem.desks):
        reasons.append(_tr("whole percents"))
    return _tr("No closer mix is possible with ") + _tr(" and ").join(reasons) + "."


def _source_reason(result: Result, c: int) -> str:
    """Tell which fund the money a class is short of would have to come from."""
    gaps = gaps_of(result.problem, result.amounts)
    if gaps[c] >= 0:
        return ""
    for desk in result.problem.desks:
        for slot in desk.slots:
            is_over = any(share and gap > 0 for share, gap in zip(slot.shares, gaps, strict=True))
            if slot.kept and slot.value and is_over:
                return _tr("The money would have to come from “{0}”: {1}.").format(slot.fund.name, slot.kept)
    return ""


def _is_counted(desk: Desk) -> bool:
    """Tell whether the account's limit can bind: a realign is one exchange."""
    most = desk.rules.max_exchanges
    return most is not None and not (desk.by_percent and most)
