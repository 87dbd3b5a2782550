"""What has to wait because of past exchanges, fund by fund, with the day on which it is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from desktop_app.domain.accounts import Account, Snapshot
from desktop_app.domain.exchange_log import NO_LOG, ExchangeLog
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator, whole_month_word
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.rules import (
    AccountRules,
    Period,
    PlanRules,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    TransferLimit,
)
from desktop_app.domain.waiting import Waiting

from .errors import dollars, percent, until
from .rule_dates import holding_wait, repurchase_wait, strike_wait, transfer_wait
from .rule_fees import young_money
from .rule_slots import Ledger, running
from .rule_wash import bound_lots

_tr = translator("Waits")

Funds: TypeAlias = tuple[tuple[Fund, Money], ...]
"""The funds of an account with their dollars."""


def waits_on(snapshot: Snapshot, rules: PlanRules) -> tuple[Waiting, ...]:
    """Return every wait in force on the day of the rules, the earliest free first.

    They are those a plan of that day keeps: buying back, round trips, used transfers, money of an equity
    wash, redemption fees and funds blocked up to a date.
    """
    found = [wait for account in snapshot.accounts for wait in _of_account(account, rules)]
    return tuple(sorted(found, key=lambda wait: wait.free_on))


def _of_account(account: Account, rules: PlanRules) -> Iterator[Waiting]:
    own = rules.for_account(account.id)
    ledger = Ledger.of(account.id, own, rules)
    funds = _funds(account, own)
    for rule in ledger.restrictions:
        match rule.terms:
            case TransferLimit() as terms:
                yield from _transfers(ledger, rule, terms)
            case RepurchaseBlock() as terms:
                yield from _blocks(ledger, rule, terms, funds)
            case RoundTrip() as terms:
                yield from _round_trips(ledger, rule, terms, funds)
    yield from _bound(ledger, funds)
    yield from _fees_and_dates(account.id, rules, funds)


def _fees_and_dates(account_id: str, rules: PlanRules, funds: Funds) -> Iterator[Waiting]:
    own = rules.for_account(account_id)
    for fund, value in funds:
        young = young_money(rules, account_id, fund, value)
        if young is not None:
            words = _tr("{0} of {1} was bought not long ago: sold before {2} it costs a fee of {3}.").format(
                dollars(young.amount), fund.name, until(young.free_on), percent(young.share)
            )
            yield Waiting(account_id, fund, words, young.free_on)
        for name, day in own.blocked_until:
            if fund.is_called(name) and day > rules.today:
                yield Waiting(
                    account_id, fund, _tr("{0} is blocked until {1}.").format(fund.name, until(day)), day
                )


def _funds(account: Account, own: AccountRules) -> Funds:
    """Return each fund held or on the menu once, with its dollars."""
    funds = {fund.key: fund for fund in (*(h.fund for h in account.holdings), *own.menu)}
    return tuple(
        (fund, sum((h.value for h in account.holdings if h.fund.key == key), ZERO))
        for key, fund in funds.items()
    )


class _Logs:
    """Logs looked at fund by fund: what is called how is worked out once per name."""

    def __init__(self, logs: Iterable[ExchangeLog]) -> None:
        self._logs = [log for log in logs if log.entries]
        ends = (name for log in self._logs for entry in log.entries for name in (entry.source, entry.target))
        self._names = {name for name in ends if name is not None}

    def naming(self, fund: Fund) -> tuple[ExchangeLog, ...]:
        """Return the logs a fund takes part in, cut down to its exchanges."""
        own = {name for name in self._names if fund.is_called(name)}
        cut = (
            ExchangeLog(tuple(entry for entry in log.entries if entry.source in own or entry.target in own))
            for log in self._logs
            if own
        )
        return tuple(log for log in cut if log.entries)


def _blocks(ledger: Ledger, rule: Restriction, terms: RepurchaseBlock, funds: Funds) -> Iterator[Waiting]:
    logs = _Logs((ledger.own,))
    for fund, _ in funds:
        for log in logs.naming(fund):
            wait = running(repurchase_wait(terms, log, fund, ledger.today), rule, ledger.today)
            if wait is not None:
                words = _tr("{0} may be bought again from {1} on: money left it on {2}.").format(
                    fund.name, until(wait.free_on), until(wait.since)
                )
                yield Waiting(ledger.account_id, fund, words, wait.free_on)


def _round_trips(ledger: Ledger, rule: Restriction, terms: RoundTrip, funds: Funds) -> Iterator[Waiting]:
    own_logs, other_logs, today = _Logs((ledger.own,)), _Logs(ledger.partners(terms)), ledger.today
    for fund, _ in funds:
        log = next(iter(own_logs.naming(fund)), NO_LOG)
        others = other_logs.naming(fund)
        held = running(holding_wait(terms, log, others, fund, today), rule, today)
        if held is not None:
            words = _tr(
                "{0} may be sold again from {1} on: it was bought on {2}, and a sale before would be "
                "a round trip."
            ).format(fund.name, until(held.free_on), until(held.since))
            yield Waiting(ledger.account_id, fund, words, held.free_on)
        struck = running(strike_wait(terms, log, others, fund, today), rule, today)
        if struck is not None:
            words = _tr("{0} may be bought again from {1} on: a round trip too many was made on {2}.").format(
                fund.name, until(struck.free_on), until(struck.since)
            )
            yield Waiting(ledger.account_id, fund, words, struck.free_on)


def _transfers(ledger: Ledger, rule: Restriction, terms: TransferLimit) -> Iterator[Waiting]:
    wait = running(transfer_wait(terms, ledger.own, ledger.today), rule, ledger.today)
    if wait is None:
        return
    period = _tr("today") if terms.per is Period.DAY else whole_month_word(wait.since.month)
    used = {1: _tr("The one transfer"), 2: _tr("Both transfers")}.get(terms.count, _tr("All {0} transfers"))
    verb = _tr("is") if terms.count == 1 else _tr("are")
    words = _tr("{0} of {1} {2} used. The next is possible from {3} on.").format(
        used.format(terms.count), period, verb, until(wait.free_on)
    )
    yield Waiting(ledger.account_id, None, words, wait.free_on)


def _bound(ledger: Ledger, funds: Funds) -> Iterator[Waiting]:
    washes = ledger.rules.washes_on(ledger.today)
    lots = bound_lots(washes, ledger.own, funds, ledger.today)
    for fund, _ in funds:
        for lot in lots.get(fund.key, ()):
            words = _tr("{0} in {1} left stable value: it may go to a competing fund from {2} on.").format(
                dollars(lot.amount), fund.name, until(lot.free_on)
            )
            yield Waiting(ledger.account_id, fund, words, lot.free_on)
