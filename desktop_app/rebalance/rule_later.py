"""The second step of an equity wash: what stable-value money can do today, and when it may go on.

A competing fund may not take money that left stable value less than the waiting time ago. Where a plan
without that rule ends closer to the target, its money takes a legal detour: into another fund of the menu
today, on to the competing fund when the wait is over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from desktop_app.domain.classes import AssetClass, leaves_of
from desktop_app.domain.money import CENT, ONE, ZERO, Money
from desktop_app.domain.rules import OrderStyle, RedemptionFee, RoundTrip, is_bound

from .draft import Draft, distance, drafted
from .errors import ContradictoryRulesError
from .layout import Arc
from .problem import Desk, Problem
from .realign import matched
from .rule_parts import Parted, parted
from .rule_percents import Swap, points_for, swapped
from .rule_wash import taken, wash_days
from .slot import Lot, Slot
from .ticket import Amount
from .words import gaps_of

SAFE = frozenset(leaves_of(AssetClass.FIXED_INCOME))


@dataclass(frozen=True, slots=True)
class LaterMove:
    """An exchange from `source` to `target` (slots of the whole funds) that is legal from a day on.

    `origin` is the equity-wash source when the money leaves it today, −1 when it has left before.
    """

    desk: int
    source: int
    target: int
    amount: Money
    not_before: date
    origin: int = -1


@dataclass(frozen=True, slots=True)
class Staged:
    """Today's exchanges and the later ones; `ideal` is the plan they lead to in the end."""

    draft: Draft
    later: tuple[LaterMove, ...]
    ideal: Draft


def in_two_steps(problem: Problem, first: Draft) -> Staged | None:
    """Return the two-step plan that ends closer to the target than `first`, None when there is none.

    It must end closer by a dollar, a step of the amounts and the tidy share at least, and be no
    further from the target than doing nothing until the second step.
    """
    if not any(desk.has_wash for desk in problem.desks):
        return None
    worth = max(ONE, problem.rules.round_to, problem.rules.tidy * problem.total)
    if first.distance < worth:
        return None
    ideal = _ideal(problem)
    if ideal is None or first.distance - ideal.distance < worth:
        return None
    staged = _staged(problem, ideal)
    if staged is None or not staged.later:
        return None
    ends = distance(problem, gaps_after(problem, staged.draft.joined, staged.later))
    return staged if first.distance - ends >= worth else None


def in_one_step(problem: Problem) -> Draft | None:
    """Return the plan no waiting time stands against, although part of a fund is bound; None without one.

    Searched with its parts apart a fund can seem to need two exchanges where one will do; what is best
    without the wait and legal with it is best.
    """
    slots = [slot for desk in problem.desks for slot in desk.slots]
    if not any(slot.part and slot.part.lots for slot in slots):
        return None
    ideal = _ideal(problem)
    staged = None if ideal is None else _staged(problem, ideal)
    if ideal is None or staged is None or staged.later:
        return None
    joined = staged.draft.joined
    is_fewest = ideal.found.fewest and len(joined) <= len(ideal.joined)
    return replace(staged.draft, amounts=joined, found=replace(ideal.found, fewest=is_fewest))


def _ideal(problem: Problem) -> Draft | None:
    try:
        return drafted(_lifted(problem))
    except ContradictoryRulesError:
        return None


def _staged(problem: Problem, ideal: Draft) -> Staged | None:
    """Return the ideal plan in legal steps, paired anew, or as it is paired where limits ask for that."""
    return _Stage(problem, ideal).staged() or _Stage(problem, ideal, keeps_pairs=True).staged()


def gaps_after(problem: Problem, amounts: Sequence[Amount], later: Sequence[LaterMove]) -> list[Decimal]:
    """Return dollars off target per cell when the later exchanges are done too."""
    moves = [Amount(Arc(move.desk, move.source, move.target), move.amount) for move in later]
    return gaps_of(problem, [*amounts, *moves])


def _lifted(problem: Problem) -> Problem:
    """Return the problem without the waiting time."""
    desks = tuple(replace(desk, slots=tuple(map(_without_wait, desk.slots))) for desk in problem.desks)
    return replace(problem, desks=desks)


def _without_wait(slot: Slot) -> Slot:
    part = None if slot.part and slot.part.lots else slot.part
    return replace(slot, competes=False, part=part)


class _Stage:
    """Takes the ideal plan apart into today's exchanges and later ones."""

    def __init__(self, problem: Problem, ideal: Draft, *, keeps_pairs: bool = False) -> None:
        self._keeps_pairs = keeps_pairs
        self._whole = problem
        self._parts: Parted = parted(problem)
        self._ideal = ideal
        self._today: list[Amount] = []
        self._later: list[LaterMove] = []
        self._lots: dict[tuple[int, int], list[Lot]] = {}
        self._orders = {order.desk: order for order in ideal.orders}

    def staged(self) -> Staged | None:
        """Return the two steps, None when some rule has no room for them."""
        for d, desk in enumerate(self._parts.problem.desks):
            own = [amount for amount in self._ideal.amounts if amount.arc.desk == d]
            take_apart = self._take_percents_apart if desk.by_percent else self._take_apart
            is_divided = len(desk.slots) > len(self._whole.desks[d].slots)
            if not is_divided and not any(_is_straight(desk, amount) for amount in own):
                self._today += own
            elif not take_apart(d, desk, own):
                return None
        draft = replace(
            self._ideal,
            problem=self._whole,
            parts=self._parts,
            amounts=tuple(self._today),
            orders=tuple(self._orders.values()),
        )
        later = tuple(sorted(self._later, key=lambda move: (move.not_before, move.desk, move.source)))
        return Staged(draft, later, self._ideal) if self._may_be_ordered(draft) else None

    def _take_apart(self, d: int, desk: Desk, own: list[Amount]) -> bool:
        """Place the exchanges of one account; False when some money has no legal place to wait."""
        if desk.rules.order_style is not OrderStyle.PERCENT_OF_FUND:
            # paired anew a whole percent of a fund would be none
            is_divided = len(desk.slots) > len(self._whole.desks[d].slots)
            if is_divided or not self._keeps_pairs:
                own = _paired_anew(d, desk, self._parts.owners[d], own)
            own = sorted(
                own,
                key=lambda amount: (_is_straight(desk, amount), amount.arc.source, -amount.dollars),
            )
        sold = {amount.arc.source for amount in own}
        for s in sold:
            legal = (a.dollars for a in own if a.arc.source == s and not _is_straight(desk, a))
            self._lots[d, s] = taken(desk.slots[s].lots, sum(legal, ZERO))[1] if s >= 0 else []
        for amount in own:
            if not _is_straight(desk, amount):
                self._today.append(amount)
            elif not self._detour(desk, amount, sold):
                return False
        return True

    def _take_percents_apart(self, d: int, desk: Desk, own: list[Amount]) -> bool:
        """Give the percents of competing funds to funds to wait in; False when a rule forbids it."""
        own = _paired_anew(d, desk, self._parts.owners[d], own)
        sold = {amount.arc.source for amount in own}
        before, order = list(self._today), self._orders[d]
        self._today += [amount for amount in own if not _is_straight(desk, amount)]
        swaps: list[Swap] = []
        for straight in own:
            if not _is_straight(desk, straight):
                continue
            source, target = straight.arc.source, straight.arc.target
            lots = desk.slots[source].lots
            place = source if lots else self._place_to_wait(desk, straight, sold)
            if place is None or desk.slots[self._parts.owners[d][place]].competes:
                return False
            swap = Swap(target, place, points_for(desk, order, straight.dollars))
            day = lots[-1].free_on if lots else self._free_on(desk, source)
            origin = -1 if lots else source
            self._add_later(LaterMove(d, place, target, swap.dollars(desk, order), day, origin))
            swaps.append(swap)
        new = swapped(d, desk, order, swaps)
        if new is None:
            return False
        self._orders[d], amounts = new
        self._today = [*before, *amounts]
        self._keep_within(d, desk)
        return not any(_is_straight(desk, amount) for amount in amounts)

    def _keep_within(self, d: int, desk: Desk) -> None:
        """Let no later exchange move a cent more than there is: percents are shared out to the cent."""
        for i, move in enumerate(self._later):
            if move.desk == d:
                came = sum(
                    (a.dollars for a in self._today if (a.arc.desk, a.arc.target) == (d, move.source)), ZERO
                )
                went = sum(
                    (a.dollars for a in self._today if (a.arc.desk, a.arc.source) == (d, move.source)), ZERO
                )
                there = desk.slots[move.source].value + came - went
                self._later[i] = replace(move, amount=min(move.amount, there))

    def _free_on(self, desk: Desk, source: int) -> date:
        """Return the day on which money that leaves a source today is free."""
        today = self._whole.rules.today
        return today + timedelta(days=wash_days(desk.rules.washes_on(today), desk.slots[source].fund))

    def _detour(self, desk: Desk, straight: Amount, sold: Collection[int]) -> bool:
        arc = straight.arc
        source = desk.slots[arc.source]
        owner = self._parts.owners[arc.desk][arc.source]
        if source.lots:
            if desk.slots[owner].competes:
                return False
            key = (arc.desk, arc.source)
            gone, self._lots[key] = taken(self._lots[key], straight.dollars)
            for lot in gone:
                self._add_later(LaterMove(arc.desk, owner, arc.target, lot.amount, lot.free_on))
            return sum((lot.amount for lot in gone), ZERO) == straight.dollars
        place = self._place_to_wait(desk, straight, sold)
        if place is None:
            return False
        day = self._free_on(desk, arc.source)
        self._park(Amount(replace(arc, target=place), straight.dollars))
        self._add_later(LaterMove(arc.desk, place, arc.target, straight.dollars, day, owner))
        return True

    def _add_later(self, new: LaterMove) -> None:
        if new.amount <= 0:
            return
        for i, known in enumerate(self._later):
            if replace(known, amount=new.amount) == new:
                self._later[i] = replace(known, amount=known.amount + new.amount)
                return
        self._later.append(new)

    def _park(self, new: Amount) -> None:
        for i, known in enumerate(self._today):
            if known.arc == new.arc:
                self._today[i] = Amount(new.arc, known.dollars + new.dollars)
                return
        self._today.append(new)

    def _place_to_wait(self, desk: Desk, straight: Amount, sold: Collection[int]) -> int | None:
        """Return the fund to wait in: nearest to the target until then, the safest where several tie."""
        able = [s for s in range(len(desk.slots)) if s not in sold and self._may_wait(desk, straight, s)]
        ranks = {s: self._rank(desk, straight, s) for s in able}
        return min(able, key=lambda s: ranks[s], default=None)

    def _rank(self, desk: Desk, straight: Amount, s: int) -> tuple[Decimal, Decimal, int]:
        problem = self._parts.problem
        trial = Amount(replace(straight.arc, target=s), straight.dollars)
        gaps = gaps_of(problem, [*self._today, trial])
        safe = sum((weight for leaf, weight in desk.slots[s].fund.mix if leaf in SAFE), ZERO)
        return distance(problem, gaps).quantize(CENT), -safe, s

    def _may_wait(self, desk: Desk, straight: Amount, s: int) -> bool:
        slot, arc = desk.slots[s], straight.arc
        if slot.lock or not slot.can_buy or slot.competes or slot.washes:
            return False
        fed = [a for a in self._today if a.arc.desk == arc.desk and a.arc.target == s]
        if slot.room is not None:
            taken = sum((amount.dollars for amount in fed), ZERO)
            if taken + straight.dollars > slot.room:
                return False
        return self._may_leave_again(desk, arc.source, s)

    def _may_leave_again(self, desk: Desk, source: int, s: int) -> bool:
        """Tell whether no other rule keeps the money in a fund, or taxes it, when the wait is over."""
        fund, today = desk.slots[s].fund, self._whole.rules.today
        days = wash_days(desk.rules.washes_on(today), desk.slots[source].fund)
        for terms in desk.rules.terms_on(today):
            if not isinstance(terms, RoundTrip | RedemptionFee):
                continue
            bound_days = terms.days + isinstance(terms, RedemptionFee)  # a fee ends on the day after
            if bound_days > days and is_bound(fund, terms.funds, terms.exempt):
                return False
        return True

    def _may_be_ordered(self, draft: Draft) -> bool:
        """Tell whether today's exchanges keep limits and minimums and lead no further off than rest."""
        whole, joined = self._whole, draft.joined
        count = 0
        for d, desk in enumerate(whole.desks):
            own = [amount for amount in joined if amount.arc.desk == d]
            orders = min(len(own), 1) if desk.by_percent else len(own)
            most = desk.rules.max_exchanges
            if most is not None and orders > most:
                return False
            least = desk.rules.minimum_exchange
            if not desk.by_percent and any(a.dollars < least for a in own if not a.arc.is_cash):
                return False
            count += orders
        if whole.rules.max_exchanges is not None and count > whole.rules.max_exchanges:
            return False
        now, then = gaps_of(whole), gaps_of(whole, joined)
        is_no_worse = sum(map(abs, then), ZERO) <= sum(map(abs, now), ZERO)
        return is_no_worse or not whole.may_rest


def _is_straight(desk: Desk, amount: Amount) -> bool:
    """Tell whether an exchange takes bound money to a competing fund."""
    arc = amount.arc
    return not arc.is_cash and desk.slots[arc.source].washes and desk.slots[arc.target].competes


def _paired_anew(d: int, desk: Desk, owners: Sequence[int], own: Sequence[Amount]) -> list[Amount]:
    """Pair the same sales and purchases so that as little bound money as can be goes to competing funds.

    Of a fund with a bound part the free part is sold first.
    """
    change = [0] * len(desk.slots)
    for amount in own:
        for slot, sign in ((amount.arc.source, -1), (amount.arc.target, 1)):
            if slot >= 0:
                change[slot] += sign * int(amount.dollars / CENT)
    for s, owner in enumerate(owners):
        if s != owner and not desk.slots[s].lock:
            sold = -min(change[s], 0) - min(change[owner], 0)
            free = min(sold, int(desk.slots[owner].value / CENT))
            change[owner] = max(change[owner], 0) - free
            change[s] = free - sold
    legal = matched(d, desk, change)
    for amount in legal:
        cents = int(amount.dollars / CENT)
        for slot, sign in ((amount.arc.source, 1), (amount.arc.target, -1)):
            if slot >= 0:
                change[slot] += sign * cents
    bare = replace(desk, slots=tuple(replace(slot, washes=False) for slot in desk.slots))
    return [*legal, *matched(d, bare, change)]
