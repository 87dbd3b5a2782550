"""Dollars set apart in a target: what fits beside a share of stocks, and what a reason says of them."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop_app.domain.classes import CLASS_WORDS, AssetClass, ancestors_of
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE, ZERO, Money, Weight
from desktop_app.domain.targets import TargetAllocation, top_level
from desktop_app.outlook.windows import Lived

from .share_words import asked_share, held, years_words

_tr = translator("GuidedWords")
_tr_class = translator("AssetClass")

PLACES = Decimal("0.0001")

Fixed = tuple[tuple[AssetClass, Money], ...]
"""Dollars set apart, by class."""

HELD_SAFE = "{0} of spending held safe in short-term."
"""What the reason of a target says of its bucket."""
HELD_APART = "With the ${0:,.0f} set apart, {1} lasted in {2} of {3:,} stretches of history."
LEFT_OUT = "Not kept from your target: {0}."
GIVEN_UP = "${0:,.0f} set apart does not fit beside {1} and is not kept."


def spread(
    root: AssetClass, part: Weight, inside: list[tuple[AssetClass, Weight]]
) -> dict[AssetClass, Weight]:
    """Share out a part of all over the classes of a root, in proportion; over the root itself without any."""
    whole = sum((weight for _, weight in inside), ZERO)
    if not whole:
        return {root: part} if part else {}
    found = {node: (part * weight / whole).quantize(PLACES) for node, weight in inside}
    largest = max(found, key=found.__getitem__)
    found[largest] += part - sum(found.values(), ZERO)
    return {node: weight for node, weight in found.items() if weight}


def of_the_rest(stocks: Weight, fixed: Fixed, total: Money) -> Weight | None:
    """Turn a share of all in stocks into one of what the fixed dollars leave; None where it cannot be.

    Where nothing is held yet (`total` zero) the share is that of the rest.
    """
    held = sum((amount for _, amount in fixed), ZERO)
    if not held or not total:
        return stocks
    if held >= total:
        return None
    wanted = (stocks * total - _in_root(fixed, AssetClass.STOCKS)) / (total - held)
    return wanted.quantize(PLACES) if ZERO <= wanted <= ONE else None


def fitting(stocks: Weight, fixed: Fixed, total: Money) -> Fixed:
    """Return the fixed dollars that leave room for a share of stocks; the short-term bucket goes first."""
    without = tuple((node, amount) for node, amount in fixed if node is not AssetClass.SHORT_TERM)
    return next(
        (kept for kept in (fixed, without) if of_the_rest(stocks, kept, total) is not None),
        (),
    )


def room_for_bucket(target: TargetAllocation, total: Money) -> Money:
    """Return the dollars a short-term bucket may have: what the target has in fixed income outside others."""
    others = tuple((node, amount) for node, amount in target.fixed if node is not AssetClass.SHORT_TERM)
    in_fixed_income = _dollars_of(target, AssetClass.FIXED_INCOME, total)
    return max(in_fixed_income - _in_root(others, AssetClass.FIXED_INCOME), ZERO)


def apart_in_short_term(target: TargetAllocation) -> Money:
    """Return the dollars set apart in parts of short-term, which a bucket of all of it would overlap."""
    inside = (amount for node, amount in target.fixed if AssetClass.SHORT_TERM in ancestors_of(node))
    return sum(inside, ZERO)


def keeping_shares(target: TargetAllocation, fixed: Fixed, total: Money) -> TargetAllocation | None:
    """Return the target with other fixed dollars, every part of all as it is; fixed income gives or takes.

    None where fixed income has too little to give. Where the dollars set apart leave nothing, the weights
    of the rest stay.
    """
    before, after = (sum((amount for _, amount in each), ZERO) for each in (target.fixed, fixed))
    if before >= total:
        return TargetAllocation.of(dict(target.weights), dict(fixed), target.band)
    if after >= total:
        return None
    parts: dict[AssetClass, Weight] = {}
    for root in (AssetClass.STOCKS, AssetClass.OTHER):
        of_all = (_dollars_of(target, root, total) / total).quantize(PLACES)
        dollars = of_all * total - _in_root(fixed, root)
        parts[root] = max(dollars / (total - after), ZERO).quantize(PLACES)
    parts[AssetClass.FIXED_INCOME] = ONE - sum(parts.values(), ZERO)
    if parts[AssetClass.FIXED_INCOME] < 0:
        return None
    weights: dict[AssetClass, Weight] = {}
    for root, part in parts.items():
        weights.update(spread(root, part, [(n, w) for n, w in target.weights if w and top_level(n) is root]))
    return TargetAllocation.of(weights, dict(fixed), target.band)


def _dollars_of(target: TargetAllocation, root: AssetClass, total: Money) -> Money:
    """Return the dollars a target asks of a root, those set apart included."""
    held = sum((amount for _, amount in target.fixed), ZERO)
    weight = sum((weight for node, weight in target.weights if top_level(node) is root), ZERO)
    return weight * max(total - held, ZERO) + _in_root(target.fixed, root)


def _in_root(fixed: Fixed, root: AssetClass) -> Money:
    return sum((amount for node, amount in fixed if top_level(node) is root), ZERO)


def held_safe(years: Decimal) -> str:
    """Say how many years of spending a target's bucket holds."""
    return _tr(HELD_SAFE).format(years_words(years))


def held_apart(dollars: Money, spending: str, lived: Lived) -> str:
    """Say how often a plan lasted with the dollars a target sets apart; `spending` says what was paid."""
    return _tr(HELD_APART).format(dollars, spending, held(lived.held), lived.windows)


def left_out(target: TargetAllocation | None) -> str:
    """Say which classes of a target a mix of stocks and fixed income has no place for; empty for none."""
    weights = () if target is None else target.weights
    others = [(node, weight) for node, weight in weights if weight and top_level(node) is AssetClass.OTHER]
    names = (f"{_tr_class(CLASS_WORDS[node])} {asked_share(weight)}" for node, weight in others)
    return _tr(LEFT_OUT).format(", ".join(names)) if others else ""


def given_up(dollars: Money, mix: str) -> str:
    """Say that dollars set apart are not kept beside a mix."""
    return _tr(GIVEN_UP).format(dollars, mix)


def is_same_mix(one: TargetAllocation, other: TargetAllocation) -> bool:
    """Tell whether two targets ask for the same, a rounding of their weights apart."""
    a, b = dict(one.weights), dict(other.weights)
    return (
        one.fixed == other.fixed
        and a.keys() == b.keys()
        and all(abs(a[node] - b[node]) <= 2 * PLACES for node in a)
    )


def reason_without(reason: str) -> str:
    """Return a target's reason without what it says of dollars set apart."""
    return "\n".join(line for line in reason.split("\n") if not _is_about_dollars(line))


def held_safe_line(reason: str) -> str:
    """Return the line of a reason that says how many years are held safe, empty without one."""
    return next((line for line in reason.split("\n") if _is_like(line, HELD_SAFE, _tr(HELD_SAFE))), "")


def _is_about_dollars(line: str) -> bool:
    ours = (HELD_SAFE, HELD_APART, GIVEN_UP, _tr(HELD_SAFE), _tr(HELD_APART), _tr(GIVEN_UP))
    return _is_like(line, *ours)


def _is_like(line: str, *templates: str) -> bool:
    """Tell whether a line is one of these sentences, whatever stands in their gaps."""
    pieces = (re.split(r"\{[^}]*\}", words) for words in templates)
    return any(re.fullmatch(".*".join(map(re.escape, each)), line) for each in pieces)
