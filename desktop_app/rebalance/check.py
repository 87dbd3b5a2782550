"""Checks a finished plan against every rule in exact decimals, knowing nothing of how it was found."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.accounts import Account, Snapshot
from desktop_app.domain.classes import NEVER_TRADED
from desktop_app.domain.errors import BugError
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.plan import Exchange, ExchangePlan, Trade
from desktop_app.domain.rules import AccountRules, Goal, OrderStyle, PlanRules

from .rule_check import broken_restriction
from .rule_slots import forces_a_sale


def check_plan(plan: ExchangePlan, snapshot: Snapshot) -> None:
    """Raise `BugError` when `plan` breaks a promise; a plan that fails is never shown."""
    check_orders(plan, snapshot)
    if plan.exchanges and _may_rest(plan, snapshot):
        _hold(plan.after.drift <= plan.before.drift, "the drift grows")
        # money that waits for a second step need not bring anything yet
        helps = plan.after.misallocated < plan.before.misallocated
        _hold(helps or plan.later, "the exchanges bring nothing")


def check_orders(plan: ExchangePlan, snapshot: Snapshot) -> None:
    """Raise `BugError` when an order breaks a rule or the money does not add up, whatever it is good for."""
    known = {account.id for account in snapshot.accounts}
    _hold(all(e.account_id in known for e in plan.exchanges), "an exchange is in no account")
    limit = plan.rules.max_exchanges
    placed = 0
    for account in snapshot.accounts:
        trades = [trade for trade in plan.trades if trade.account_id == account.id]
        exchanges = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
        _check_money(account, trades, exchanges, plan.rules.cash_for(account.id))
        _check_rules(account, trades, exchanges, plan.rules)
        broken = "" if account.owed else broken_restriction(plan, account)
        _hold(not broken, broken)
        placed += _orders(exchanges, plan.rules.for_account(account.id))
    _hold(limit is None or placed <= limit, "more exchanges than the household may make")
    for election in plan.elections:
        _hold(sum(share for _, share in election.percents) == 100, "percents do not add to 100")


def _may_rest(plan: ExchangePlan, snapshot: Snapshot) -> bool:
    """Tell whether nothing has to move: no cash comes or goes and no fund is above its cap."""
    if any(cash for _, cash in plan.rules.cash_flow):
        return False
    free = [account for account in snapshot.accounts if not account.owed]
    if any(forces_a_sale(account, plan.rules) for account in free):
        return False
    totals = {account.id: account.total for account in free}
    return not any(
        trade.fund.is_called(name) and trade.before > share * totals[trade.account_id]
        for trade in plan.trades
        if trade.account_id in totals
        for name, share in plan.rules.for_account(trade.account_id).cap
    )


def _orders(exchanges: list[Exchange], own: AccountRules) -> int:
    """Count the orders of one account; a realign by percent is one, whatever it moves."""
    return min(len(exchanges), 1) if own.order_style is OrderStyle.REALIGN_PERCENT else len(exchanges)


def _hold(promise: object, broken: str) -> None:
    if not promise:
        raise BugError(f"The plan fails its own check: {broken}.")


def _check_money(account: Account, trades: list[Trade], exchanges: list[Exchange], cash: Money) -> None:
    held: dict[str, Money] = {}
    for holding in account.holdings:
        held[holding.fund.key] = held.get(holding.fund.key, ZERO) + holding.value
    before = {trade.fund.key: trade.before for trade in trades}
    _hold(all(before.get(key) == value for key, value in held.items()), "a holding is missing or changed")
    _hold(all(key in held or not value for key, value in before.items()), "a holding was invented")
    change = sum((trade.change for trade in trades), ZERO)
    _hold(change == cash - _lost(exchanges), "an account does not add to its cash flow, less fees")
    _hold(all(trade.after >= 0 or not trade.change for trade in trades), "a fund ends below zero")
    _hold(not (account.owed and exchanges), "an account that owes money is traded in")
    moved: dict[str, Money] = {}
    for exchange in exchanges:
        _hold(exchange.amount > 0 and not exchange.amount % CENT, "an amount is not whole cents")
        _hold(exchange.source is not exchange.target, "money goes from a fund to itself")
        _add(moved, exchange.source, -exchange.amount)
        _add(moved, exchange.target, exchange.amount - exchange.fee)
    changes = {trade.fund.key: trade.change for trade in trades}
    same = all(moved.get(key, ZERO) == change for key, change in changes.items())
    _hold(same and set(moved) <= set(changes), "the exchanges do not lead to the trades")


def _lost(exchanges: list[Exchange]) -> Money:
    """Return dollars that fees keep from arriving in the funds bought."""
    return sum((exchange.fee for exchange in exchanges if exchange.target is not None), ZERO)


def _add(moved: dict[str, Money], fund: Fund | None, amount: Money) -> None:
    if fund is not None:
        moved[fund.key] = moved.get(fund.key, ZERO) + amount


def _check_rules(account: Account, trades: list[Trade], exchanges: list[Exchange], rules: PlanRules) -> None:
    own = rules.for_account(account.id)
    cash = rules.cash_for(account.id)
    after = account.total + cash
    for trade in () if account.owed else trades:
        _check_fund(trade, own, rules, after - _lost(exchanges) if trade.change > 0 else after)
    limit = own.max_exchanges
    _hold(limit is None or _orders(exchanges, own) <= limit, "more exchanges than the account may make")
    if own.order_style is OrderStyle.REALIGN_PERCENT and exchanges and not cash:
        moved = sum((exchange.amount for exchange in exchanges), ZERO)
        _hold(moved >= own.minimum_exchange, "a realign moves less than the minimum")
    _check_goal(trades, rules, cash)
    for exchange in exchanges:
        _check_exchange(exchange, own, cash)


def _check_fund(trade: Trade, own: AccountRules, rules: PlanRules, after: Money) -> None:
    named = _namer(trade.fund)
    blocked = any(named(name) and day > rules.today for name, day in own.blocked_until)
    unknown = any(leaf in NEVER_TRADED for leaf, _ in trade.fund.mix)
    _hold(not (trade.change and (blocked or unknown)), "a blocked or unknown fund is traded")
    _hold(trade.change >= 0 or not any(map(named, own.no_sell)), "a fund that may not be sold is sold")
    _hold(trade.change <= 0 or not any(map(named, own.no_buy)), "a fund that may not be bought is bought")
    # a plan that takes percents shares out the odd cents itself; else a cap may be rounded up to a cent
    for name, share in own.cap:
        _hold(not named(name) or trade.after <= share * after + CENT, "a fund ends above its cap")


def _check_goal(trades: list[Trade], rules: PlanRules, cash: Money) -> None:
    if rules.goal is Goal.NEW_MONEY:
        _hold(cash < 0 or all(trade.change >= 0 for trade in trades), "new money only, yet a fund is sold")
        _hold(cash > 0 or all(trade.change <= 0 for trade in trades), "raising cash, yet a fund is bought")


def _check_exchange(exchange: Exchange, own: AccountRules, cash: Money) -> None:
    if own.order_style is not OrderStyle.REALIGN_PERCENT:
        is_cash = exchange.source is None or exchange.target is None
        least = min(own.minimum_exchange, abs(cash)) if is_cash else own.minimum_exchange
        _hold(exchange.amount >= least, "an exchange is below the minimum")


def _namer(fund: Fund) -> Callable[[str], bool]:
    return fund.is_called
