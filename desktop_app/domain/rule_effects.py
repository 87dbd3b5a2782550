"""What an exchange brings with it under an account's rules: waits it begins, transfers it uses up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .exchange_log import ExchangeLog
from .funds import Fund
from .language import translator, whole_day_words, whole_month_word
from .money import HUNDRED, ZERO, Money, plain
from .plan import Exchange, ExchangePlan
from .records import dataclass
from .rules import (
    EquityWash,
    Period,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    TransferLimit,
    is_bound,
    is_meant,
)

_tr = translator("Waits")


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that is so after an exchange: the fund it is about (None: the account) and a sentence.

    `until` is the first day on which it no longer is, as the engine counts it: blocks and round trips end
    with their rule, bound money and fees keep their own day.
    """

    fund: Fund | None
    words: str
    until: date


def effects_of(plan: ExchangePlan, exchange: Exchange) -> tuple[Effect, ...]:
    """Return what an exchange of a plan brings with it when it is made on the plan's day.

    Each rule in force speaks once; amounts are those of the whole plan and of the log on that day, as
    thresholds are for a day.
    """
    day = plan.rules.today
    log = plan.rules.log.of(exchange.account_id, day)
    own = plan.rules.for_account(exchange.account_id)
    found: list[Effect] = []
    for rule in (*own.restrictions, *((Restriction(own.equity_wash),) if own.equity_wash else ())):
        if rule.holds_on(day):
            effect = _effect(rule, plan, exchange, log)
            if effect is not None and effect not in found:
                found.append(effect)
    return tuple(found)


def transfers_used(plan: ExchangePlan, account_id: str) -> Effect | None:
    """Return which transfer of its month or day a plan makes in an account; None without such a limit."""
    day = plan.rules.today
    if not any(each.account_id == account_id and each.source and each.target for each in plan.exchanges):
        return None
    log = plan.rules.log.of(account_id, day)
    for terms in plan.rules.for_account(account_id).terms_on(day):
        if isinstance(terms, TransferLimit):
            return _transfers(terms, log, day)
    return None


def _effect(rule: Restriction, plan: ExchangePlan, exchange: Exchange, log: ExchangeLog) -> Effect | None:
    day, source, target = plan.rules.today, exchange.source, exchange.target
    match rule.terms:
        case RepurchaseBlock() as terms if source and is_bound(source, terms.funds, terms.exempt):
            left = _on_day(plan, exchange.account_id, source, leaving=True) + log.out_of(source).get(
                day, ZERO
            )
            if left > terms.over:
                free = _end(rule, day, terms.days + 1)
                return Effect(
                    source, _tr("{0} may be bought again from {1} on.").format(source.name, _day(free)), free
                )
        case RoundTrip() as terms if target and is_bound(target, terms.funds, terms.exempt):
            came = _on_day(plan, exchange.account_id, target, leaving=False) + log.into(target).get(day, ZERO)
            if came > terms.over:
                free = _end(rule, day, terms.days)
                return Effect(target, _trip_words(target, terms, free), free)
        case RedemptionFee() as terms if target and is_bound(target, terms.funds, terms.exempt):
            free = day + timedelta(days=terms.days + 1)
            share = f"{plain(terms.share * HUNDRED)}\u00a0%"
            words = _tr("Selling it out of {0} before {1} costs {2}.").format(target.name, _day(free), share)
            return Effect(target, words, free)
        case EquityWash() as terms if source and target and is_meant(source, terms.sources):
            if not is_meant(target, terms.sources):
                free = day + timedelta(days=terms.days)
                words = _tr("This money left {0}: it may go to a competing fund from {1} on.").format(
                    source.name, _day(free)
                )
                return Effect(target, words, free)
    return None


def _end(rule: Restriction, day: date, days: int) -> date:
    """Return the day `days` later, or the day after the rule's own last one where that comes first."""
    free = day + timedelta(days=days)
    return free if rule.until is None else min(free, rule.until + timedelta(days=1))


def _trip_words(target: Fund, terms: RoundTrip, free: date) -> str:
    if terms.allowed:
        return _tr("Selling {0} before {1} would count as a round trip.").format(target.name, _day(free))
    return _tr("{0} may be sold again from {1} on; before, it would be a round trip.").format(
        target.name, _day(free)
    )


def _transfers(terms: TransferLimit, log: ExchangeLog, day: date) -> Effect:
    if terms.per is Period.DAY:
        return Effect(
            None, _tr("The plan takes transfers once a day: enter all of them together."), day + timedelta(1)
        )
    start = day.replace(day=1)
    end = (start + timedelta(days=31)).replace(day=1)
    used = len({*(made for made in log.days() if start <= made), day})
    month = whole_month_word(day.month)
    words = _tr("This is transfer {0} of the {1} of {2}. Enter all exchanges on one day.").format(
        used, terms.count, month
    )
    return Effect(None, words, end)


def _on_day(plan: ExchangePlan, account_id: str, fund: Fund, *, leaving: bool) -> Money:
    total = Decimal(0)
    for each in plan.exchanges:
        side = each.source if leaving else each.target
        if each.account_id == account_id and side is not None and side.key == fund.key:
            total += each.amount
    return total


def _day(day: date) -> str:
    return whole_day_words(day)
