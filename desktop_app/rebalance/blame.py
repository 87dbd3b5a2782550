"""Finds which rule leaves no legal plan, so that only the two that contradict each other are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain.language import translator
from desktop_app.domain.rules import AccountRules, OrderStyle

from .errors import LimitsTooTightError, dollars
from .layout import arc_layout, most_of, useful_arcs
from .problem import Desk, Problem, Slot

_tr = translator("RuleErrors")

NO_WAY = "caps and locks leave no way for that"
SECONDS = 2.0
"""The longest one rule is tried for."""


def too_tight(problem: Problem) -> LimitsTooTightError:
    """Return the error that names the first rule no plan can meet, alone or with its account's others."""
    bare = replace(
        problem,
        rules=replace(problem.rules, max_exchanges=None),
        desks=tuple(_freed(desk) for desk in problem.desks),
    )
    tried = [*_single_limits(problem, bare), *_account_limits(problem, bare)]
    for words, needs, alone in tried:
        if not _is_possible(alone):
            return LimitsTooTightError(words, needs)
    words = _tr(" and ").join(
        [*_household_words(problem), *(w for d in problem.desks for w, _ in _limits(d))]
    )
    return LimitsTooTightError(words or _tr(NO_WAY), _needs_of_all(problem))


def _single_limits(problem: Problem, bare: Problem) -> Iterator[tuple[str, str, Problem]]:
    for d, desk in enumerate(problem.desks):
        for words, alone in _limits(desk):
            yield words, _needs(desk), _with(bare, d, alone)
    for words in _household_words(problem):
        # percents make one order of an account, so that the limit is only fair with them
        fair = [_freed(desk, desk.rules.order_style) for desk in problem.desks]
        yield words, _needs_of_all(problem), replace(bare, rules=problem.rules, desks=tuple(fair))


def _account_limits(problem: Problem, bare: Problem) -> Iterator[tuple[str, str, Problem]]:
    for d, desk in enumerate(problem.desks):
        words = _tr(" and ").join(words for words, _ in _limits(desk))
        yield words, _needs(desk), _with(bare, d, desk)


def _with(bare: Problem, d: int, desk: Desk) -> Problem:
    return replace(bare, desks=(*bare.desks[:d], desk, *bare.desks[d + 1 :]))


def _freed(desk: Desk, style: OrderStyle = OrderStyle.DOLLARS) -> Desk:
    """Return the account without rules that count, size or forbid single exchanges."""
    slots = tuple(map(_straight, desk.slots))
    return replace(desk, slots=slots, rules=AccountRules(order_style=style))


def _straight(slot: Slot) -> Slot:
    """Return a fund whose money may go to competing funds; what may not be sold stays so."""
    part = slot.part if slot.part and slot.part.lock else None
    return replace(slot, washes=False, part=part)


def _limits(desk: Desk) -> Iterator[tuple[str, Desk]]:
    """Yield each rule of an account in words, with the account as it is with that rule alone."""
    free, rules = _freed(desk), desk.rules
    if desk.by_percent:
        own = AccountRules(order_style=rules.order_style)
        yield _tr("{0} takes whole percents only").format(desk.name), replace(free, rules=own)
    if rules.max_exchanges is not None:
        words = _tr("{0} may make {1}").format(desk.name, _at_most(rules.max_exchanges))
        own = AccountRules(max_exchanges=rules.max_exchanges, order_style=rules.order_style)
        yield words, replace(free, rules=own)
    if rules.minimum_exchange:
        words = _tr("an exchange in {0} is at least {1}").format(desk.name, dollars(rules.minimum_exchange))
        own = AccountRules(minimum_exchange=rules.minimum_exchange, order_style=rules.order_style)
        yield words, replace(free, rules=own)
    if desk.has_wash:
        words = _tr("{0} lets no money go from stable value straight to a competing fund").format(desk.name)
        yield words, replace(free, slots=desk.slots)


def _household_words(problem: Problem) -> list[str]:
    most = problem.rules.max_exchanges
    return [] if most is None else [_tr("the household may make {0}").format(_at_most(most))]


def _at_most(count: int) -> str:
    return _tr("at most 1 exchange") if count == 1 else _tr("at most {0} exchanges").format(count)


def _needs(desk: Desk) -> str:
    """Say what has to move in an account."""
    found: list[str] = []
    if desk.cash > 0:
        found.append(_tr("{0} has to be placed in {1}").format(dollars(desk.cash), desk.name))
    elif desk.cash < 0:
        found.append(_tr("{0} has to be raised from {1}").format(dollars(desk.cash.copy_abs()), desk.name))
    above = _tr("“{0}” in {1} is above its cap")
    found += [above.format(slot.fund.name, desk.name) for slot in _over_cap(desk)]
    return _tr(" and ").join(found) or _tr("the caps and locks of {0} cannot be met that way").format(
        desk.name
    )


def _needs_of_all(problem: Problem) -> str:
    moving = [desk for desk in problem.desks if desk.cash or _over_cap(desk)]
    return _tr(" and ").join(map(_needs, moving)) or _tr(
        "the accounts' caps, locks or cash cannot be met that way"
    )


def _over_cap(desk: Desk) -> list[Slot]:
    shared = {s for cap in desk.caps if desk.is_over_together(cap) for s in cap.slots}
    return [slot for s, slot in enumerate(desk.slots) if slot.is_over or s in shared]


def _is_possible(problem: Problem) -> bool:
    arcs = [arc for arc in useful_arcs(problem) if most_of(problem, arc) > 0]
    layout = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
    return layout.model.minimise({}, seconds=SECONDS) is not None
