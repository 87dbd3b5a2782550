"""Checks a finished plan against the restrictions and the log, by its trades and exchanges alone."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.accounts import Account
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.plan import Exchange, ExchangePlan, LaterExchange, Trade
from desktop_app.domain.rules import CoreMinimum, StockCap, is_meant

from .rule_fees import young_money
from .rule_slots import Ledger, rule_on
from .rule_wash import bound_lots, competes, leaves_source, taken, wash_days


def broken_restriction(plan: ExchangePlan, account: Account) -> str:
    """Return what an account's part of the plan breaks, "" when it keeps every restriction."""
    ledger = Ledger.of(account.id, plan.rules.for_account(account.id), plan.rules)
    trades = [trade for trade in plan.trades if trade.account_id == account.id]
    exchanges = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
    later = [step for step in plan.later if step.account_id == account.id]
    return (
        next((words for trade in trades if (words := _broken_by(ledger, trade))), "")
        or next((words for each in exchanges if (words := _broken_move(ledger, each))), "")
        or _broken_share(ledger, trades, plan.rules.cash_for(account.id))
        or _broken_wash(ledger, trades, exchanges)
        or next((words for s in later if (words := _broken_later(ledger, trades, exchanges, later, s))), "")
        or _broken_fees(plan, trades, exchanges)
    )


def _broken_by(ledger: Ledger, trade: Trade) -> str:
    ruling = rule_on(ledger, trade.fund)
    if ruling.lock and -trade.change > ruling.small:
        return f"a fund is sold although {ruling.lock}"
    if ruling.shut and trade.change > 0:
        return f"a fund is bought although {ruling.shut}"
    return ""


def _broken_move(ledger: Ledger, exchange: Exchange) -> str:
    if exchange.source is None or exchange.target is None:
        return ""
    why = rule_on(ledger, exchange.target).only_cash
    return f"money of another fund comes in although {why}" if why else ""


def _broken_share(ledger: Ledger, trades: Sequence[Trade], cash: Money) -> str:
    """Tell of a company-stock cap or a core minimum that is passed by buying or by raising cash."""
    after = sum((trade.after for trade in trades), ZERO)
    for rule in ledger.restrictions:
        match rule.terms:
            case StockCap() as terms:
                then, now = (_total(trades, terms.funds, after=late) for late in (True, False))
                whole = after if then > now else sum((trade.before for trade in trades), ZERO) + cash
                if then > terms.share * whole + CENT:
                    return "company stock ends above its cap"
            case CoreMinimum() as terms:
                then, now = (_total(trades, terms.window, after=late) for late in (True, False))
                is_touched = now and (then > now or cash < 0)
                before = sum((trade.before for trade in trades), ZERO) - now
                if is_touched and after - then + CENT < min(terms.amount, before):
                    return "too little stays outside the brokerage window"
    return ""


def _total(trades: Sequence[Trade], names: Sequence[str], *, after: bool) -> Money:
    meant = (trade for trade in trades if is_meant(trade.fund, names))
    return sum((trade.after if after else trade.before for trade in meant), ZERO)


def _broken_wash(ledger: Ledger, trades: Sequence[Trade], exchanges: Sequence[Exchange]) -> str:
    """Tell of bound money that goes straight to a competing fund."""
    washes = ledger.rules.washes_on(ledger.today)
    holdings = [(trade.fund, trade.before) for trade in trades]
    lots = bound_lots(washes, ledger.own, holdings, ledger.today)
    for fund, held in holdings:
        moved = sum(
            (
                exchange.amount
                for exchange in exchanges
                if exchange.source == fund and exchange.target and competes(washes, exchange.target)
            ),
            ZERO,
        )
        waiting = sum((lot.amount for lot in lots.get(fund.key, ())), ZERO)
        free = ZERO if leaves_source(washes, fund) else held - waiting
        if moved > free:
            return "stable value goes straight to a competing fund"
    return ""


def _broken_later(
    ledger: Ledger,
    trades: Sequence[Trade],
    exchanges: Sequence[Exchange],
    later: Sequence[LaterExchange],
    step: LaterExchange,
) -> str:
    """Tell of a second step from the wrong fund, or of more money than is there and free by then."""
    washes = ledger.rules.washes_on(ledger.today)
    if leaves_source(washes, step.source) or competes(washes, step.source):
        return "the second step starts in the wrong fund"
    there = sum((trade.after for trade in trades if trade.fund == step.source), ZERO)
    holdings = [(trade.fund, trade.before) for trade in trades]
    lots = bound_lots(washes, ledger.own, holdings, ledger.today).get(step.source.key, [])
    free = sum((trade.before for trade in trades if trade.fund == step.source), ZERO)
    free -= sum((lot.amount for lot in lots), ZERO)
    sold = -sum((trade.change for trade in trades if trade.fund == step.source), ZERO)
    _, lots = taken(lots, max(sold - free, ZERO))
    waiting = sum((lot.amount for lot in lots if lot.free_on > step.not_before), ZERO)
    days = (step.not_before - ledger.today).days
    for exchange in exchanges:
        fund = exchange.source
        if exchange.target == step.source and fund is not None and leaves_source(washes, fund):
            waiting += exchange.amount - exchange.fee if wash_days(washes, fund) > days else ZERO
    gone = (other for other in later if other.source == step.source and other.not_before <= step.not_before)
    moved = sum((other.amount for other in gone), ZERO)
    return "" if moved <= there - waiting else "the second step moves more than is free by then"


def _broken_fees(plan: ExchangePlan, trades: Sequence[Trade], exchanges: Sequence[Exchange]) -> str:
    for trade in trades:
        told = sum((exchange.fee for exchange in exchanges if exchange.source == trade.fund), ZERO)
        if told != _fee(plan, trade.account_id, trade.fund, trade.before, max(-trade.change, ZERO)):
            return "a redemption fee is not told"
    return ""


def _fee(plan: ExchangePlan, account_id: str, fund: Fund, held: Money, sold: Money) -> Money:
    young = young_money(plan.rules, account_id, fund, held)
    return ZERO if young is None else young.fee(sold, held)
