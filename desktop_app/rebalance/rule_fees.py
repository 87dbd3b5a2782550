"""Redemption fees: what a sale would cost, and the plan that does without where one is as good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING

from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money, Weight, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import PlanRules, RedemptionFee, is_bound

from .errors import dollars, percent, until
from .layout import Arc
from .problem import Desk, Problem
from .slot import Part, Slot
from .steps import step_of
from .ticket import Amount

_tr = translator("Waits")


@dataclass(frozen=True, slots=True)
class YoungMoney:
    """Dollars of a fund that cost a fee when sold before `free_on`."""

    amount: Money
    share: Weight
    free_on: date

    def fee(self, sold: Money, held: Money) -> Money:
        """Return the fee on `sold` of `held` dollars: the oldest are sold first."""
        return to_cents(self.share * max(sold - (held - self.amount), ZERO))


def young_money(rules: PlanRules, account_id: str, fund: Fund, value: Money) -> YoungMoney | None:
    """Return what of a fund a fee would be taken from today, None when nothing; the dearest rule counts.

    What was bought on day B may be sold without a fee from the day after B + `days` on.
    """
    own = rules.for_account(account_id)
    terms = [rule for rule in own.terms_on(rules.today) if isinstance(rule, RedemptionFee)]
    if not terms:
        return None
    log = rules.log.of(account_id, rules.today)
    found = [_young(rule, log, fund, value, rules.today) for rule in terms]
    dear = [young for young in found if young is not None]
    return max(dear, key=lambda young: young.share * young.amount, default=None)


def _young(rule: RedemptionFee, log: ExchangeLog, fund: Fund, value: Money, today: date) -> YoungMoney | None:
    if not is_bound(fund, rule.funds, rule.exempt):
        return None
    bought = {day: money for day, money in log.into(fund).items() if (today - day).days <= rule.days}
    amount = min(sum(bought.values(), ZERO), value)
    if amount <= 0 or not rule.share:
        return None
    return YoungMoney(amount, rule.share, max(bought) + timedelta(days=rule.days + 1))


@dataclass(frozen=True, slots=True)
class Fee:
    """What one exchange loses, with the words for it."""

    amount: Money
    words: str


def fees_of(problem: Problem, amounts: Sequence[Amount]) -> tuple[Fee | None, ...]:
    """Return the fee of each exchange in order; a fund's older money goes with its first exchanges.

    The fund bought, or who raises cash, gets what was sold less the fee.
    """
    sold: dict[tuple[int, int], Money] = {}
    found: list[Fee | None] = []
    for amount in amounts:
        desk, source = problem.desks[amount.arc.desk], amount.arc.source
        young = _of_slot(problem, desk, desk.slots[source]) if source >= 0 else None
        if young is None:
            found.append(None)
            continue
        before = sold.get((amount.arc.desk, source), ZERO)
        sold[amount.arc.desk, source] = before + amount.dollars
        held = desk.slots[source].value
        fee = young.fee(before + amount.dollars, held) - young.fee(before, held)
        found.append(Fee(fee, _words(amount, fee, young)) if fee else None)
    return tuple(found)


def _words(amount: Amount, fee: Money, young: YoungMoney) -> str:
    arrives = dollars(amount.dollars - fee)
    comes = (_tr("{0} arrives") if amount.arc.target >= 0 else _tr("you get {0}")).format(arrives)
    return _tr(
        " About {0} of it is kept back, so that {1}: {2} of what was bought not long ago. "
        "From {3} on there is no fee."
    ).format(dollars(fee), comes, percent(young.share), until(young.free_on))


def _of_slot(problem: Problem, desk: Desk, slot: Slot) -> YoungMoney | None:
    return young_money(problem.rules, desk.id, slot.fund, slot.value)


def charged(problem: Problem, amounts: Sequence[Amount]) -> list[tuple[int, int]]:
    """Return desk and slot of every fund that loses a fee, the dearest first."""
    totals: dict[tuple[int, int], Money] = {}
    for amount, fee in zip(amounts, fees_of(problem, amounts), strict=True):
        if fee is not None:
            key = (amount.arc.desk, amount.arc.source)
            totals[key] = totals.get(key, ZERO) + fee.amount
    return sorted(totals, key=lambda key: (-totals[key], key))


def sparing(problem: Problem, funds: Sequence[tuple[int, int]], but: Money = ZERO) -> Problem:
    """Return the problem with the money of `funds` that would cost a fee held back, all but some dollars."""
    desks = list(problem.desks)
    for d, s in funds:
        desk = desks[d]
        slots = list(desk.slots)
        young = _of_slot(problem, desk, slots[s])
        if young is not None:
            may_stay = slots[s].value - _above_cap(slots[s], step_of(problem, Arc(d, s, s)))
            young = replace(young, amount=min(young.amount, may_stay) - but)
            slots[s] = _held_back(slots[s], young)
            desks[d] = replace(desk, slots=tuple(slots))
    return replace(problem, desks=tuple(desks))


def _above_cap(slot: Slot, step: Money) -> Money:
    """Return the dollars a fund has to sell to keep its cap, in steps."""
    if slot.limit is None or not slot.is_over:
        return ZERO
    return ((slot.value - slot.limit) / step).to_integral_value(ROUND_CEILING) * step


def _held_back(slot: Slot, young: YoungMoney) -> Slot:
    """Lock young money, and what else is bound with it."""
    lock = _tr("a sale before {0} would cost a fee of {1}").format(until(young.free_on), percent(young.share))
    held = max(young.amount, slot.part.value if slot.part else ZERO)
    if held <= 0:
        return slot
    return replace(slot, lock=lock, part=None) if held >= slot.value else replace(slot, part=Part(held, lock))
