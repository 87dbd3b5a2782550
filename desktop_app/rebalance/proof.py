"""Says what was proved about a plan, in a sentence for people."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.plan import Proof, closeness
from desktop_app.domain.rules import Goal

from .errors import dollars, percent, until
from .steps import has_steps
from .words import TOLERATED, Exact, Result, cell_name, gaps_of, is_left_by_steps

_tr = translator("PlanProof")


def proof_of(result: Result) -> Proof:
    """Return what was proved, with a sentence for people."""
    found = result.found
    bound = min(max(_in_cents(found.bound), ZERO), result.reached)
    return Proof(
        status="optimal" if found.optimal and found.fewest else "feasible",
        bound=bound,
        fewest_exchanges=found.fewest,
        words=_proof_words(result, bound) + _fee_words(result),
    )


def _fee_words(result: Result) -> str:
    """Return that fees are taken off, and that plans with other fees were not weighed to the cent."""
    if not result.fees:
        return ""
    return _tr(
        " Redemption fees of {0} are taken off; plans that pay other fees were not weighed to the cent."
    ).format(dollars(result.fees))


def _proof_words(result: Result, bound: Money) -> str:
    found = result.found
    if result.later_on:
        return _days_words(result, bound) + _no_further_words(result)
    if not (found.optimal and found.fewest):
        return _open_words(result, bound)
    if not result.amounts:
        return _rest_words(result, bound) + _one_way_words(result)
    if result.exact is not None:
        return _tidy_words(result, result.exact)
    return _exact_words(result, bound) + _nor_fewer(result)


def _exact_words(result: Result, bound: Money) -> str:
    """Return what was proved of a plan from which nothing was given up."""
    found, problem = result.found, result.problem
    count, exchanges = _counted(result)
    exact = bound if found.bound_by_rules else min(max(_in_cents(found.exact_bound), ZERO), bound)
    if not problem.by_zone and result.after.misallocated - exact > TOLERATED:
        return _coarse_words(result, exact) + _one_way_words(result)
    aim = _tr("leaves less money outside its limits") if problem.by_zone else _tr("ends closer to the target")
    if problem.has_to_help:
        aim = _tr("leaves less money outside its limits and ends closer to the target than now")
    moves = (
        _tr(", none as close moves less than {0}").format(dollars(result.turnover)) if result.turnover else ""
    )
    if count == 1:
        last = _tr("and that takes {0}").format(exchanges)
    elif _is_shared_out(result):
        last = _tr("and none of those that share out what is left as evenly needs fewer than {0}")
    else:
        last = _tr("and none of those needs fewer than {0}")
    last = last.format(exchanges)
    words = _tr("Under these menus and rules no plan {0}{1}, {2}.").format(aim, moves, last)
    left_out = "" if problem.has_to_help else _no_further_words(result)
    return words + _reachable(result) + _one_way_words(result) + left_out


def _is_shared_out(result: Result) -> bool:
    """Tell whether several classes stay off target on one side, so that plans as close were levelled."""
    gaps = gaps_of(result.problem, result.amounts)
    short, over = sum(gap <= -CENT for gap in gaps), sum(gap >= CENT for gap in gaps)
    return not result.problem.by_zone and max(short, over) > 1


def _ends_words(result: Result, bound: Money) -> str:
    """Return how close any plan can end, where that is proved."""
    off = result.after.misallocated
    if bound:
        return _tr("Under these menus and rules no plan ends less than {0} from the target.").format(
            dollars(bound)
        )
    if result.problem.by_zone:
        return _tr("Under these menus and rules no plan leaves less money outside its limits.")
    if off <= TOLERATED:
        return _tr("This plan ends on target.")
    return _tr("Exact amounts would end on target, this plan ends {0} from it.").format(dollars(off))


def _open_words(result: Result, bound: Money) -> str:
    """Return what was proved where something was not: the number of exchanges, or the distance itself."""
    found, problem, off = result.found, result.problem, result.after.misallocated
    if found.optimal and result.exact is None:
        ends = _ends_words(result, bound)
        least = _tr(" None as close moves less than {0}.").format(dollars(result.turnover))
        words = ends + (least if result.turnover else "") + _tr(" Fewer exchanges are not ruled out.")
        return words + _one_way_words(result) + _no_further_words(result)
    if result.exact is not None and (result.exact.is_proved or _is_close(result, result.exact.off, bound)):
        return _open_tidy_words(result, result.exact, bound)
    if result.exact is None and _is_close(result, off, bound):
        return _close_words(result, bound)
    words = _tr("This is the best plan found in the time given.")
    if not problem.by_zone and off - bound >= CENT:
        words += _tr(" It ends {0} from the target.").format(dollars(off))
        closest = _tr(" It is proved that none ends less than {0} from it.")
        words += closest.format(dollars(bound)) if bound else _tr(" One on target is not ruled out.")
        return words + _closest_found(result)
    least = _tr(" No plan ends less than {0} from the target.")
    return words + (least.format(dollars(bound)) if bound else "") + _closest_found(result)


def _is_close(result: Result, off: Money, bound: Money) -> bool:
    """Tell whether no plan ends closer than `off` by what is worth a word."""
    return not result.problem.by_zone and off - bound < closeness(result.after.total)


def _none_closer(gap: Money) -> str:
    """Return that no plan ends closer, or by how much at most."""
    if gap <= TOLERATED:
        return _tr("none ends closer to the target")
    return _tr("none ends more than {0} closer to the target").format(dollars(gap))


def _close_words(result: Result, bound: Money) -> str:
    """Return what is proved of a plan in steps that no other beats by what is worth a word."""
    words = _tr("Of all plans under these menus and rules {0}.").format(
        _none_closer(result.after.misallocated - bound)
    )
    if result.found.fewest:
        words += _nor_fewer(result)
    else:
        words += _tr(" Fewer exchanges or less money moved are not ruled out.")
    return words + _one_way_words(result)


def _open_tidy_words(result: Result, exact: Exact, bound: Money) -> str:
    """Return what is not proved of a tidy plan, where all is of the one it was taken instead of."""
    words = _tr("This plan stays within {0} of the closest one.").format(_share(result))
    if result.found.fewest:
        words += _tr(
            " None that does gets by with fewer exchanges; one with as many that ends closer "
            "is not ruled out."
        )
    else:
        words += _tr(" Fewer exchanges are not ruled out.")
    if result.problem.by_zone:
        proved = _tr("none leaves less money outside its limits")
    else:
        proved = _none_closer(ZERO if exact.is_proved else exact.off - bound)
    return words + _tr(" The closest {0}; it is proved that {1}.").format(_does(result, exact), proved)


def _closest_found(result: Result) -> str:
    """Return what tidiness gave up, where the search ran out of time."""
    if result.exact is None:
        return ""
    return _tr(" The closest one found {0}.").format(_does(result, result.exact))


def _coarse_words(result: Result, bound: Money) -> str:
    """Return what exact amounts would reach, and what the amounts that can be ordered leave beyond it."""
    count, exchanges = _counted(result)
    takes = exchanges if count == 1 else _tr("no fewer than {0}").format(exchanges)
    ends = _tr("at best end {0} from the target").format(dollars(bound)) if bound else _tr("end on target")
    words = _tr("Under these menus and rules exact amounts would {0}, with {1}.").format(ends, takes)
    extra = dollars(result.after.misallocated - bound)
    step = result.problem.rules.round_to
    least = _tr("at least {0}").format(extra) if result.found.in_cents is not None else extra
    leaves = _tr("leave {0} more") if bound else _tr("leave {0} off target")
    takers = _tr("Amounts as this plan takes them")
    if step > CENT:
        takers = _tr("Amounts in steps of {0}").format(dollars(step))
    return f"{words} {takers} {leaves.format(least)}."


def _one_way_words(result: Result) -> str:
    """Return what the search leaves out: where exchanges have a smallest size, two could make a smaller one.

    Selling a fund that is bought as well would come closer there, by moving money to and fro.
    """
    has_minimum = any(desk.rules.minimum_exchange for desk in result.problem.desks)
    is_off = result.after.misallocated > TOLERATED
    if not (result.found.bound_by_rules and has_minimum and is_off):
        return ""
    return _tr(" Plans that buy and sell the same fund, or two with the same mix, at once are left out.")


def _no_further_words(result: Result) -> str:
    """Return what the search leaves out under a goal of bands: plans that lead further off the target.

    Where amounts are free and nothing counts exchanges, a plan that comes closer to the target would not be
    better without that rule: between it and any other lie plans that keep it.
    """
    problem = result.problem
    is_free = not (problem.is_bound or problem.has_to_help or result.later_on or has_steps(problem))
    if not (problem.by_zone and problem.may_rest and result.amounts) or is_free:
        return ""
    return _tr(" Plans that end further from the target than now are left out.")


def _days_words(result: Result, bound: Money) -> str:
    """Return what was proved of a plan with later exchanges, by the mix they lead to."""
    found, problem = result.found, result.problem
    day, ends = until(result.later_on or problem.rules.today), to_cents(result.ends)
    if problem.by_zone:
        plan = _tr("leaves {0} outside the bands").format(dollars(ends))
        floor = _tr("none leaves less than {0} there").format(dollars(bound))
    else:
        plan = _tr("ends {0} from the target").format(dollars(ends)) if ends else _tr("ends on target")
        floor = _tr("none ends less than {0} from it").format(dollars(bound))
    words = _tr("With the exchange that is possible from {0} on this plan {1}").format(day, plan)
    if not found.optimal:
        return _tr("{0}: the best plan found in the time given. It is proved that {1}.").format(words, floor)
    if result.exact is not None:
        words = _tr("{0}, which is within {1} of what any plan can reach").format(words, _share(result))
    elif ends - bound > TOLERATED:
        words = _tr("{0}; with exact amounts, too, {1}").format(words, floor)
    else:
        moved = dollars(result.turnover + result.later_moved)
        words = _tr(
            "{0}, and no plan ends closer, none as close moves less than {1} in all, "
            "none of those lets less money wait"
        ).format(words, moved)
    count = _counted(result)[0] + result.later_count
    if found.fewest and count > 1:
        words = _tr("{0}, and none of those needs fewer than {1} exchanges").format(words, count)
    words += "."
    if result.exact is not None:
        words += _tr(" The closest {0}.").format(_does(result, result.exact))
    if result.today is not None and not problem.by_zone:
        least = dollars(_in_cents(result.today))
        words += _tr(
            " Today alone none could end less than {0} from it, unless a fund is sold and bought on one day."
        ).format(least)
    return words


def _tidy_words(result: Result, exact: Exact) -> str:
    """Return what was proved of a tidy plan, and what the exact one would do more."""
    count, exchanges = _counted(result)
    give = _share(result)
    if count == 1:
        words = _tr(
            "This comes within {0} of the closest plan with {1}, and no plan without an exchange "
            "does as well."
        ).format(give, exchanges)
    else:
        words = _tr("No plan that stays within {0} of the closest one gets by with fewer than {1}.").format(
            give, exchanges
        )
    return words + _tr(" The closest {0}.").format(_does(result, exact))


def _does(result: Result, exact: Exact) -> str:
    """Return what the plan that tidiness gave up would do: "takes 3 exchanges, moves … and ends …"."""
    has_realigns = any(desk.by_percent for desk in result.problem.desks)
    takes = _count_words(exact.count, has_realigns=has_realigns)
    off = to_cents(exact.off)
    closest = _tr("{0} from the target").format(dollars(off)) if off else _tr("on target")
    return _tr("takes {0}, moves {1} and ends {2}").format(takes, dollars(exact.moved), closest)


def _share(result: Result) -> str:
    """Return the tidy share of the household in dollars."""
    return dollars(to_cents(result.problem.rules.tidy * result.problem.total))


def _nor_fewer(result: Result) -> str:
    """Return that tidiness saves nothing, where it was asked for."""
    if not result.problem.rules.tidy:
        return ""
    if _counted(result)[0] == 1:
        return _tr(" No plan without an exchange comes within {0} of this one.").format(_share(result))
    return _tr(" No plan within {0} of this one gets by with fewer exchanges.").format(_share(result))


def _rest_words(result: Result, bound: Money) -> str:
    """Return why nothing moves, and how far from the target that leaves the mix."""
    problem, off = result.problem, result.after.misallocated
    if not off:
        return _tr("The mix is on target: there is nothing to do.")
    stays = _tr(" The mix stays {0} from the target, {1} of the household.").format(
        dollars(off), percent(result.after.drift)
    )
    if problem.by_zone and result.ends < CENT:
        band = _tr("its band") if problem.rules.goal is Goal.BAND_EDGE else _tr("half of its band")
        return _tr("Every class is within {0}: there is nothing to do.").format(band) + stays
    if problem.by_zone and result.ends <= TOLERATED:
        return _tr("The mix is within cents of the limits of this goal: too little to be worth an exchange.")
    if problem.by_zone:
        return (
            _tr(
                "Under these menus and rules no exchange leaves less money outside the bands and ends "
                "closer to the target."
            )
            + stays
        )
    if result.exact is not None or (off > bound and off - bound <= TOLERATED):
        exact = "" if result.exact is None else _tr(" The closest {0}.").format(_does(result, result.exact))
        return _tr("What exchanges would still bring is too little to be worth one.") + stays + exact
    if problem.rules.goal is Goal.NEW_MONEY:
        return _tr("Only new money moves with this goal, and none comes or goes today.") + stays
    if problem.standing is not None:
        return (
            _tr(
                "No exchange would help today: to mend what the paychecks leave, the mix would first have "
                "to go further from target."
            )
            + stays
        )
    return _tr("Under these menus and rules no exchange brings the mix closer to the target.") + stays


def _reachable(result: Result) -> str:
    """Return the best mix the menus and locks allow, where that is not the target."""
    problem, off = result.problem, result.after.misallocated
    if (
        problem.by_zone
        or problem.rules.goal is Goal.NEW_MONEY
        or off <= max(TOLERATED, problem.rules.round_to)
        or is_left_by_steps(result)
    ):
        return ""
    gaps = gaps_of(problem, result.amounts)
    parts = [
        f"{cell_name(cell)} {percent((cell.dollars + gap) / problem.total)}"
        for cell, gap in zip(problem.cells, gaps, strict=True)
        if cell.dollars + gap >= CENT
    ]
    return _tr(" The best mix they allow is {0}.").format(", ".join(parts))


def _counted(result: Result) -> tuple[int, str]:
    """Return how many orders are to be given, as a number and in words; a realign is one."""
    desks = result.problem.desks
    realigns = len({amount.arc.desk for amount in result.amounts if desks[amount.arc.desk].by_percent})
    count = realigns + sum(1 for amount in result.amounts if not desks[amount.arc.desk].by_percent)
    return count, _count_words(count, has_realigns=bool(realigns))


def _count_words(count: int, *, has_realigns: bool) -> str:
    one = _tr("one order") if has_realigns else _tr("one exchange")
    many = _tr("{0} orders") if has_realigns else _tr("{0} exchanges")
    return one if count == 1 else many.format(count)


def _in_cents(amount: float) -> Money:
    """Return dollars of the search to the cent."""
    return to_cents(Decimal(repr(amount)))
