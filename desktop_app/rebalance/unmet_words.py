"""Words for what keeps money where it is, or away from where it is wanted."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.language import translator
from desktop_app.domain.money import to_cents

from .errors import dollars
from .problem import Desk, Problem, Slot
from .reasons import GOAL_WORDS, NEVER_BOUGHT, NEVER_SOLD, said
from .words import aside, class_name

_tr = translator("PlanReasons")


def is_kept(slot: Slot) -> bool:
    """Tell whether a rule, not only the goal, keeps the fund."""
    return bool(slot.kept) and slot.kept not in GOAL_WORDS


def stays(slot: Slot) -> str:
    """Return that a fund, or the rest of it, stays, and why."""
    words = _tr("stays as it is") if slot.lock else _tr("keeps the rest")
    return f"“{slot.fund.name}” {words}: {_all_said(slot, slot.kept)}."


def source_words(slot: Slot) -> str:
    """Return that money could come from a fund, and why it does not."""
    return _tr("The money could come from “{0}”, but {1}.").format(slot.fund.name, _all_said(slot, slot.kept))


def closed(slot: Slot, why: str) -> str:
    """Return that a fund takes no more, and why."""
    return _tr("“{0}” cannot take more: {1}.").format(slot.fund.name, _all_said(slot, why))


def fixed_words(problem: Problem, c: int) -> str:
    """Return what the fixed dollars of classes inside a cell's node mean for it, "" without any."""
    inside = {node: money for node, money in problem.target.fixed if node in aside(problem.cells[c])}
    if len(inside) != 1:
        return ""
    ((node, money),) = inside.items()
    words = _tr(" The {0} fixed for {1} come first and are no part of it.")
    return words.format(dollars(money), class_name(node))


def cap_words(desk: Desk, s: int) -> str:
    """Return why a fund at its cap, of its own or shared with others, takes no more."""
    if desk.slots[s].limit is not None:
        return _tr("it is at its cap")
    others = [f"“{desk.slots[other].fund.name}”" for other in desk.caps_of(s)[0].slots if other != s]
    return _tr("it shares its cap with {0}").format(listed(others))


def _all_said(slot: Slot, why: str) -> str:
    """Return why a fund is kept or closed, and that it is blocked too where the user's wish hides that."""
    if slot.blocked and why in {NEVER_SOLD, NEVER_BOUGHT}:
        return _tr("{0}, and {1}").format(said(why), said(slot.blocked))
    return said(why)


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them: "a, b and c"."""
    return _tr(" and ").join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def cure_words(problem: Problem, c: int, gap: Decimal) -> str:
    """Return how much new money for the other classes would bring one to its share."""
    shares = dict(problem.target.weights)
    share = shares.get(problem.cells[c].node)
    if not share or problem.target.fixed:
        return ""
    return _tr(" {0} of new money for the others would bring it to its share.").format(
        dollars(to_cents(gap / share))
    )
