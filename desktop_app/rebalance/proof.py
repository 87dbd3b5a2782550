"""Says what was proved about a plan, in a sentence for people."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.plan import Proof
from desktop_app.domain.rules import Goal

from .errors import dollars, percent, until
from .stages import Found
from .words import TOLERATED, Result, class_name, gaps_of


def proof_of(result: Result) -> Proof:
    """Return what was proved, with a sentence for people."""
    found = result.found
    reached = result.after.misallocated
    bound = max(to_cents(Decimal(repr(found.bound))), ZERO)
    if not result.problem.by_zone:
        bound = min(bound, reached)
    return Proof(
        status="optimal" if found.optimal and found.fewest else "feasible",
        bound=bound,
        fewest_exchanges=found.fewest,
        words=_proof_words(result, bound),
    )


def _proof_words(result: Result, bound: Money) -> str:
    found, problem = result.found, result.problem
    if found.optimal and result.later_on:
        closest = (
            f"ends {dollars(to_cents(result.ends))} from the target" if result.ends else "ends on target"
        )
        return (
            f"With the exchange that is possible from {until(result.later_on)} on this plan {closest}, and "
            f"no plan ends closer. Today alone none could end less than {dollars(bound)} from it."
        )
    if found.optimal and result.is_divided:
        return (
            f"Under these menus and rules no plan ends less than {dollars(bound)} from the target. "
            "Fewer exchanges are not ruled out, because a waiting time binds a part of a fund."
        )
    if not (found.optimal and found.fewest):
        if found.optimal and not problem.rules.tidy:
            return (
                f"No plan ends less than {dollars(bound)} from the target, and none as close moves less than "
                f"{dollars(result.turnover)}. Fewer exchanges are not ruled out."
            )
        off = result.after.misallocated
        if not problem.by_zone and off - bound >= CENT:
            return (
                f"This is the best plan found in the time given. It ends {dollars(off)} from the target, "
                f"and it is proved that none ends less than {dollars(bound)} from it."
            )
        return (
            "This is the best plan found in the time given. "
            f"No plan ends less than {dollars(bound)} from the target."
        )
    if not result.amounts:
        return _rest_words(result, bound)
    count, exchanges = _counted(result)
    if problem.rules.tidy:
        return _tidy_words(result, bound)
    aim = "leaves less money outside its limits" if problem.by_zone else "ends closer to the target"
    moves = f", none as close moves less than {dollars(result.turnover)}" if result.turnover else ""
    last = f"and that takes {exchanges}" if count == 1 else f"and none of those needs fewer than {exchanges}"
    words = f"Under these menus and rules no plan {aim}{moves}, {last}."
    extra = result.after.misallocated - bound
    if not problem.by_zone and extra > TOLERATED:
        words += f" Amounts that can be ordered leave {dollars(extra)} more than exact ones would."
    return words + _reachable(result)


def _tidy_words(result: Result, bound: Money) -> str:
    """Return what was proved of a tidy plan, and what the exact one would do more."""
    problem, found = result.problem, result.found
    count, exchanges = _counted(result)
    give = dollars(to_cents(problem.rules.tidy * problem.total))
    if count == 1:
        words = (
            f"This comes within {give} of the closest plan with {exchanges}, "
            "and no plan without an exchange does as well."
        )
    else:
        words = f"No plan that stays within {give} of the closest one gets by with fewer than {exchanges}."
    return words + _exact_words(found, bound)


def _exact_words(found: Found, bound: Money) -> str:
    closest = f"{dollars(bound)} from the target" if bound else "on target"
    if not found.exact:
        return f" The closest ends {closest}."
    takes = "one exchange" if found.exact == 1 else f"{found.exact} exchanges"
    moved = dollars(to_cents(Decimal(repr(found.moved))))
    return f" The closest takes {takes}, moves {moved} and ends {closest}."


def _rest_words(result: Result, bound: Money) -> str:
    """Return why nothing moves, and how far from the target that leaves the mix."""
    problem, off = result.problem, result.after.misallocated
    if not off:
        return "The mix is on target: there is nothing to do."
    stays = f" The mix stays {dollars(off)} from the target, {percent(result.after.drift)} of the household."
    if problem.by_zone and not bound:
        band = "its band" if problem.rules.goal is Goal.BAND_EDGE else "half of its band"
        return f"Every class is within {band}: there is nothing to do." + stays
    if problem.by_zone:
        return "Under these menus and rules no exchange leaves less money outside the bands." + stays
    if problem.rules.tidy and off > bound:
        return (
            "What exchanges would still bring is too little to be worth one."
            + stays
            + _exact_words(result.found, bound)
        )
    if problem.rules.goal is Goal.NEW_MONEY:
        return "Only new money moves with this goal, and none comes or goes." + stays
    return "Under these menus and rules no exchange brings the mix closer to the target." + stays


def _reachable(result: Result) -> str:
    """Return the best mix the menus and locks allow, where that is not the target."""
    problem, off = result.problem, result.after.misallocated
    if (
        problem.by_zone
        or problem.rules.goal is Goal.NEW_MONEY
        or off <= max(TOLERATED, problem.rules.round_to)
    ):
        return ""
    gaps = gaps_of(problem, result.amounts)
    parts = [
        f"{class_name(cell.node)} {percent((cell.dollars + gap) / problem.total)}"
        for cell, gap in zip(problem.cells, gaps, strict=True)
        if cell.dollars + gap >= CENT
    ]
    return f" The best mix they allow is {', '.join(parts)}."


def _counted(result: Result) -> tuple[int, str]:
    """Return how many orders are to be given, as a number and in words; a realign is one."""
    desks = result.problem.desks
    realigns = len({amount.arc.desk for amount in result.amounts if desks[amount.arc.desk].by_percent})
    count = realigns + sum(1 for amount in result.amounts if not desks[amount.arc.desk].by_percent)
    noun = "order" if realigns else "exchange"
    return count, f"one {noun}" if count == 1 else f"{count} {noun}s"
