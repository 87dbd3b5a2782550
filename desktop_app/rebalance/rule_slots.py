"""Puts an account's restrictions on its funds: what may not be sold or bought, why, until when, how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.accounts import Account
from desktop_app.domain.exchange_log import NO_LOG, ExchangeLog
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator, whole_month_word
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    NoSale,
    OrderStyle,
    Period,
    PlanRules,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    TransferLimit,
    is_meant,
)

from .errors import CoreMinimumError, until
from .rule_dates import (
    Wait,
    holding_wait,
    repurchase_wait,
    small_sale,
    stays_open,
    strike_wait,
    transfer_wait,
)
from .rule_wash import Lots, bound_lots, competes, leaves_source
from .slot import Cap, Part, Slot

_tr = translator("PlanReasons")


@dataclass(frozen=True, slots=True)
class Ledger:
    """One account as its restrictions see it.

    `own` is what was ordered in it up to today, `fund_log` the part of that one fund is looked at with.
    """

    account_id: str
    rules: AccountRules
    plan: PlanRules
    own: ExchangeLog
    fund_log: ExchangeLog = NO_LOG

    @classmethod
    def of(cls, account_id: str, rules: AccountRules, plan: PlanRules) -> Ledger:
        """Return the ledger of an account under a plan's rules."""
        return cls(account_id, rules, plan, plan.log.of(account_id, plan.today))

    @property
    def today(self) -> date:
        """The day the plan is made for."""
        return self.plan.today

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """The restrictions in force."""
        return tuple(rule for rule in self.rules.restrictions if rule.holds_on(self.today))

    def partners(self, rule: RoundTrip) -> tuple[ExchangeLog, ...]:
        """Return the logs of other accounts whose round trips count with this one's."""
        if not rule.shared:
            return ()
        return tuple(
            self.plan.log.of(account_id, self.today)
            for account_id, other in self.plan.accounts
            if account_id != self.account_id and rule in other.terms_on(self.today)
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What restrictions say of one fund today.

    `lock` and `shut` are reasons in words, empty without one; `small` dollars may be sold despite `lock`,
    and with `only_cash` nothing but new money comes in.
    """

    lock: str = ""
    shut: str = ""
    small: Money = ZERO
    only_cash: str = ""


def rule_on(ledger: Ledger, fund: Fund) -> Ruling:
    """Return what the log and the restrictions in force say of a fund."""
    ruling = Ruling()
    rules = ledger.restrictions
    if not rules:
        return ruling
    ledger = replace(ledger, fund_log=ledger.own.naming(fund))
    for rule in rules:
        new = _one_ruling(ledger, rule, fund)
        small = new.small if not ruling.lock else min(ruling.small, new.small) if new.lock else ruling.small
        only_cash = ruling.only_cash or new.only_cash
        ruling = Ruling(ruling.lock or new.lock, ruling.shut or new.shut, small, only_cash)
    return ruling


def _one_ruling(ledger: Ledger, rule: Restriction, fund: Fund) -> Ruling:
    match rule.terms:
        case RepurchaseBlock() as terms:
            wait = running(repurchase_wait(terms, ledger.fund_log, fund, ledger.today), rule, ledger.today)
            return Ruling(shut="" if wait is None else _shut_words(wait))
        case RoundTrip() as terms:
            return _round_trip_ruling(ledger, rule, terms, fund)
        case TransferLimit() as terms:
            return _transfer_ruling(ledger, rule, terms, fund)
        case NoSale() as terms if is_meant(fund, terms.funds):
            return Ruling(
                lock=_tr("money leaves it only in instalments")
                if rule.preset
                else _tr("a rule of this account lets no money leave it")
            )
    return Ruling()


def running(wait: Wait | None, rule: Restriction, today: date) -> Wait | None:
    """Keep a wait that is not over; it ends with the rule at the latest."""
    if wait is None or wait.free_on <= today:
        return None
    if rule.until is None or wait.free_on <= rule.until:
        return wait
    return Wait(wait.since, rule.until + timedelta(days=1))


def _shut_words(wait: Wait) -> str:
    return _tr("money left it on {0}, and it may not be bought before {1}").format(
        until(wait.since), until(wait.free_on)
    )


def _round_trip_ruling(ledger: Ledger, rule: Restriction, terms: RoundTrip, fund: Fund) -> Ruling:
    others = ledger.partners(terms)
    held = running(holding_wait(terms, ledger.fund_log, others, fund, ledger.today), rule, ledger.today)
    struck = running(strike_wait(terms, ledger.fund_log, others, fund, ledger.today), rule, ledger.today)
    lock = shut = ""
    if held is not None:
        lock = _tr("it was bought on {0}, and a sale before {1} would be a round trip").format(
            until(held.since), until(held.free_on)
        )
    if struck is not None:
        shut = _tr("a round trip too many was made on {0}, and it may not be bought before {1}").format(
            until(struck.since), until(struck.free_on)
        )
    return Ruling(lock, shut, small_sale(terms, ledger.fund_log, fund, ledger.today) if lock else ZERO)


def _transfer_ruling(ledger: Ledger, rule: Restriction, terms: TransferLimit, fund: Fund) -> Ruling:
    """Say what may still move when no transfer is left; a contribution or a withdrawal is none."""
    wait = running(transfer_wait(terms, ledger.own, ledger.today), rule, ledger.today)
    if wait is None:
        return Ruling()
    used = _tr("today") if terms.per is Period.DAY else whole_month_word(wait.since.month)
    reason = {
        1: _tr("the one transfer of {0} is used"),
        2: _tr("both transfers of {0} are used"),
    }.get(terms.count, _tr("all {1} transfers of {0} are used"))
    reason = reason.format(used, terms.count)
    cash = ledger.plan.cash_for(ledger.account_id)
    if not terms.then_into:
        words = _tr("{0}, and nothing may move before {1}").format(reason, until(wait.free_on))
        return Ruling(lock=words if cash >= 0 else "", shut=words if cash <= 0 else "")
    if stays_open(terms, fund):
        return Ruling()
    words = _tr("{0}, and it may not be bought before {1}").format(reason, until(wait.free_on))
    return Ruling(only_cash=words) if cash > 0 else Ruling(shut=words)


def in_dollars_for_cash(rules: PlanRules) -> PlanRules:
    """Return the rules with orders in dollars where an account may not be realigned but cash comes or goes.

    Setting the whole balance in percents is a transfer, and none is left there.
    """
    found = []
    for account_id, own in rules.accounts:
        ledger = Ledger.of(account_id, own, rules)
        is_used = rules.cash_for(account_id) and any(
            isinstance(rule.terms, TransferLimit)
            and running(transfer_wait(rule.terms, ledger.own, ledger.today), rule, ledger.today)
            for rule in ledger.restrictions
        )
        found.append((account_id, replace(own, order_style=OrderStyle.DOLLARS) if is_used else own))
    return replace(rules, accounts=tuple(found))


def restrict(
    ledger: Ledger, slots: Sequence[Slot], cash: Money, name: str
) -> tuple[tuple[Slot, ...], tuple[Cap, ...]]:
    """Return an account's funds with its restrictions on them, and the caps that several of them share.

    `cash` comes in (+) or goes out (−). Raises `CoreMinimumError` when the cash going out leaves too little
    outside the brokerage window.
    """
    washes = ledger.rules.washes_on(ledger.today)
    if not (ledger.restrictions or washes):
        return tuple(slots), ()
    after = sum((slot.value for slot in slots), ZERO) + cash
    found = [
        replace(slot, washes=leaves_source(washes, slot.fund), competes=competes(washes, slot.fund))
        for slot in slots
    ]
    lots = bound_lots(washes, ledger.own, [(slot.fund, slot.value) for slot in slots], ledger.today)
    found = [_ruled(slot, rule_on(ledger, slot.fund), lots) for slot in found]
    caps: list[Cap] = []
    for rule in ledger.restrictions:
        if isinstance(rule.terms, StockCap):
            own = [i for i, slot in enumerate(found) if is_meant(slot.fund, rule.terms.funds)]
            caps += _capped(found, own, rule.terms.share * after)
        elif isinstance(rule.terms, CoreMinimum):
            window = [i for i, slot in enumerate(found) if is_meant(slot.fund, rule.terms.window)]
            if window:
                caps += _capped(found, window, _most_inside(found, window, rule.terms, (after, cash), name))
    return tuple(found), tuple(caps)


def forces_a_sale(account: Account, rules: PlanRules) -> bool:
    """Tell whether an account holds more company stock than its cap, so that something has to move."""
    for terms in rules.for_account(account.id).terms_on(rules.today):
        if isinstance(terms, StockCap):
            held = (holding.value for holding in account.holdings if is_meant(holding.fund, terms.funds))
            if sum(held, ZERO) > terms.share * account.total:
                return True
    return False


def _ruled(slot: Slot, ruling: Ruling, lots: Lots) -> Slot:
    """Put a ruling and bound money on one fund, on all of it or on the part they bind."""
    bound = tuple(lots.get(slot.fund.key, ()))
    waiting = sum((lot.amount for lot in bound), ZERO)
    slot = replace(slot, shut=slot.shut or ruling.shut, only_cash=ruling.only_cash)
    if slot.lock or slot.value <= 0:
        return slot
    if ruling.lock and ruling.small < slot.value:
        held = max(slot.value - ruling.small, waiting)
        if held >= slot.value:
            return replace(slot, lock=ruling.lock)
        return replace(slot, part=Part(held, ruling.lock))
    if bound and waiting >= slot.value:
        return replace(slot, washes=True, lots=bound)
    return replace(slot, part=Part(waiting, lots=bound)) if bound else slot


def _most_inside(
    slots: Sequence[Slot], window: Sequence[int], terms: CoreMinimum, money: tuple[Money, Money], name: str
) -> Money:
    """Return the most the brokerage window may hold to leave the minimum outside.

    Growth alone forces no sale. `money` are the dollars of the account afterwards, and those that come (+) or
    go (−).
    """
    after, cash = money
    inside = sum((slots[i].value for i in window), ZERO)
    kept = sum((slots[i].held for i in window), ZERO)
    if cash < 0 and after - kept < min(terms.amount, after - cash - inside):
        raise CoreMinimumError(name, cash, terms.amount, after - kept)
    most = max(after - terms.amount, ZERO)
    return max(most, inside) if cash >= 0 else max(most, kept)


def _capped(slots: list[Slot], together: Sequence[int], most: Money) -> list[Cap]:
    """Cap funds together: those that can move share a cap, one alone gets what the others leave it.

    Where what may not be sold is more than that, the first of it that is too much gets a cap it breaks.
    """
    kept = most
    for i in together:
        if slots[i].held > kept:
            slots[i] = _with_limit(slots[i], max(kept, ZERO))
            return []
        kept -= slots[i].held
    movable = [i for i in together if slots[i].can_sell or slots[i].can_buy]
    left = most - sum((slots[i].value for i in together if i not in movable), ZERO)
    if len(movable) == 1:
        slots[movable[0]] = _with_limit(slots[movable[0]], max(left, ZERO))
    is_open = any(slots[i].can_buy for i in movable) or sum((slots[i].value for i in movable), ZERO) > left
    return [Cap(tuple(movable), left)] if is_open and len(movable) > 1 else []


def _with_limit(slot: Slot, most: Money) -> Slot:
    return replace(slot, limit=most if slot.limit is None else min(slot.limit, most))
