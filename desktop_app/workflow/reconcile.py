"""Compares a checklist with the next statements: what was done, and where the new drift came from.

Noise that is let pass: an order may differ from what is seen by 3 % (it was made at some day's price) and by
0.1 % of what the two funds held (fees are taken in units), at least a dollar and at most a quarter of the
order. Contributions, dividends put back in and fees count as money in and out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.accounts import Account, Snapshot
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import CENT, ONE, ZERO, Money
from desktop_app.domain.plan import Exchange, LaterExchange
from desktop_app.domain.reconciliation import Doubt, Finding, Mark, Reconciliation
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import OrderStyle
from desktop_app.domain.targets import TargetAllocation

from .reconcile_drift import Moved, part_drift
from .reconcile_elections import judge_election, left_for_elections
from .reconcile_flows import Flow, Pot, flows_of, pots_of
from .reconcile_realign import is_realigned
from .reconcile_search import Range, Wanted, explain

ORDER_SLACK = Decimal("0.03")
"""How far an order may be off what is seen: it was made at another day's price."""
FEE_SLACK = Decimal("0.001")
"""What fees may have taken from a fund between two statements, a fraction of its value."""
LEAST_SLACK = ONE
MOST_SLACK = Decimal("0.25")
"""The slack is never more than this share of an order."""
_MILLI = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class _Order:
    """An exchange of the plan, of its day or later, with its pots; `seen` in dollars at the old prices.

    One that had to wait is due when its day has come by the statement, or when the user says it was made.
    """

    exchange: Exchange | LaterExchange
    source: Pot | None
    target: Pot | None
    tick: ChecklistTick
    is_due: bool = True
    seen: Money = ZERO
    doubt: Doubt | None = None

    @property
    def amount(self) -> Money:
        return self.exchange.amount

    @property
    def fee(self) -> Money:
        return self.exchange.fee if isinstance(self.exchange, Exchange) else ZERO

    @property
    def day(self) -> date | None:
        """The day of the order as noted, or else the one it had to wait for; None where there is neither."""
        if self.tick.done and self.tick.done_on is not None:
            return self.tick.done_on
        return self.exchange.not_before if isinstance(self.exchange, LaterExchange) else None

    @property
    def ends(self) -> tuple[Pot, ...]:
        return tuple(pot for pot in (self.source, self.target) if pot is not None)


def reconcile(checklist: Checklist, snapshot: Snapshot, target: TargetAllocation) -> Reconciliation | None:
    """Compare a checklist with what its accounts hold now; None while no account has a newer statement.

    `snapshot` has every account at its newest statement; the new drift is measured against `target`. A
    statement that shows an order proves it; one from the day of the order or before does not disprove it.
    """
    before = {account.id: account for account in checklist.accounts}
    after = {account.id: account for account in snapshot.accounts}
    renewed = {id_ for id_ in before if id_ in after and is_renewed(before[id_], after[id_])}
    if not renewed:
        return None
    pots, orders = _lay_out(checklist, before, after)
    flows = flows_of(pots, [pot for order in orders for pot in order.ends])
    realigned = _realigned(checklist, flows, renewed)
    orders = _seen_in(orders, flows, renewed, realigned)
    doubted = [_doubted(order, flows, renewed, after) for order in orders]
    found = tuple(_finding(order, checklist.made_on, after) for order in doubted)
    moved = [_moved(order, finding) for order, finding in zip(orders, found, strict=True)]
    whole, classes = part_drift(flows, moved, realigned, target)
    came = left_for_elections(flows, moved)
    count = len(checklist.plan.exchanges)
    dates = [day for id_ in renewed if (day := after[id_].as_of) is not None]
    return Reconciliation(
        exchanges=found[:count],
        elections=tuple(
            judge_election(future, came, is_renewed=future.account_id in renewed)
            for future in checklist.plan.futures
        ),
        later=found[count:],
        as_of=max(dates, default=None),
        whole=whole,
        classes=classes,
    )


def _realigned(checklist: Checklist, flows: Sequence[Flow], renewed: set[str]) -> set[str]:
    """Return the accounts that take percents of the whole and were set to those of the plan."""
    plan = checklist.plan
    return {
        election.account_id
        for election in plan.elections
        if election.account_id in renewed
        and plan.rules.for_account(election.account_id).order_style is OrderStyle.REALIGN_PERCENT
        and is_realigned([f for f in flows if f.pot.account_id == election.account_id], election.percents)
    }


def _moved(order: _Order, finding: Finding) -> Moved:
    ordered = order.amount if order.is_due else ZERO
    is_unseen = finding.mark is Mark.UNKNOWN
    return Moved(order.source, order.target, ordered, finding.seen, order.fee, is_unseen)


def is_renewed(before: Account, after: Account) -> bool:
    """Tell whether an account's figures are those of another, later statement."""
    if before.as_of and after.as_of and before.as_of != after.as_of:
        return after.as_of > before.as_of
    return _figures(before) != _figures(after)


def _figures(account: Account) -> list[tuple[str, Money, Decimal]]:
    return sorted((h.fund.key, h.value, h.units or ZERO) for h in account.holdings)


def _lay_out(
    checklist: Checklist, before: dict[str, Account], after: dict[str, Account]
) -> tuple[list[Pot], list[_Order]]:
    """Return the pots of every account and the orders between them."""
    plan = checklist.plan
    exchanges: tuple[Exchange | LaterExchange, ...] = (*plan.exchanges, *plan.later)
    named: dict[str, list[Fund]] = {}
    for exchange in exchanges:
        ends = named.setdefault(exchange.account_id, [])
        ends += [fund for fund in (exchange.source, exchange.target) if fund is not None]
    for election in plan.elections:
        named.setdefault(election.account_id, []).extend(fund for fund, _ in election.percents)
    pots: list[Pot] = []
    for id_ in dict.fromkeys((*before, *after)):
        pots += pots_of(before.get(id_), after.get(id_), named.get(id_, ()))

    def pot_of(account_id: str, fund: Fund | None) -> Pot | None:
        own = [pot for pot in pots if pot.account_id == account_id and fund is not None]
        exact = (pot for pot in own if fund is not None and pot.fund.key == fund.key)
        alike = (pot for pot in own if fund is not None and pot.is_of(fund))
        return next(exact, None) or next(alike, None)

    orders = []
    for exchange, tick in zip(exchanges, checklist.exchange_ticks, strict=True):
        source, target = (pot_of(exchange.account_id, fund) for fund in (exchange.source, exchange.target))
        is_due = tick.done or _has_come(exchange, after.get(exchange.account_id))
        orders.append(_Order(exchange, source, target, tick, is_due))
    return pots, orders


def _has_come(exchange: Exchange | LaterExchange, account: Account | None) -> bool:
    """Tell whether a statement is from the time in which an exchange was possible."""
    if isinstance(exchange, Exchange):
        return True
    return account is not None and account.as_of is not None and account.as_of >= exchange.not_before


def _seen_in(
    orders: Sequence[_Order], flows: Sequence[Flow], renewed: set[str], realigned: set[str]
) -> list[_Order]:
    """Return the orders with the dollars of each that the flows show."""
    place = {id(flow.pot): i for i, flow in enumerate(flows)}
    live = [
        i
        for i, order in enumerate(orders)
        if order.is_due and order.exchange.account_id in renewed - realigned and order.amount > 0
    ]
    wanted = tuple(
        Wanted(
            None if orders[i].source is None else place[id(orders[i].source)],
            None if orders[i].target is None else place[id(orders[i].target)],
            _cents(orders[i].amount),
            _cents(orders[i].amount - orders[i].fee),
        )
        for i in live
    )
    seen = tuple(Range(_cents(flow.low), _cents(flow.high)) for flow in flows)
    parts = dict(zip(live, explain(wanted, seen), strict=True))
    return [
        replace(order, seen=order.amount)
        if order.exchange.account_id in realigned and order.is_due
        else replace(order, seen=parts.get(i, 0) * CENT)
        for i, order in enumerate(orders)
    ]


def _cents(amount: Money) -> int:
    return int(amount / CENT)


def _doubted(order: _Order, flows: Sequence[Flow], renewed: set[str], after: dict[str, Account]) -> _Order:
    """Return the order with the reason why nothing can be told of it, if there is one."""
    account_id = order.exchange.account_id
    if account_id not in after:
        return replace(order, doubt=Doubt.ACCOUNT_GONE)
    if account_id not in renewed:
        return replace(order, doubt=Doubt.NO_STATEMENT)
    doubts = [flow.doubt for flow in flows if any(flow.pot is pot for pot in order.ends)]
    is_whole = order.seen == order.amount and not any(doubts)
    if doubts and not is_whole and min(doubts) * 2 >= order.amount:
        return replace(order, doubt=Doubt.TOO_SMALL, seen=ZERO)
    return order


def _slack(order: _Order) -> Money:
    held = sum((pot.before for pot in order.ends), ZERO)
    slack = max(order.amount * ORDER_SLACK + held * FEE_SLACK, LEAST_SLACK)
    return min(slack, order.amount * MOST_SLACK)


def _finding(order: _Order, made_on: date, after: dict[str, Account]) -> Finding:
    """Name what is seen of an order; what the slack lets pass counts as all or nothing."""
    account = after.get(order.exchange.account_id)
    as_of = None if account is None else account.as_of
    base = Finding(order.exchange.account_id, Mark.UNKNOWN, order.amount, order.seen, as_of=as_of)
    if not order.is_due:
        return replace(base, mark=Mark.NOT_DUE)
    if order.doubt is not None:
        return replace(base, seen=ZERO, doubt=order.doubt)
    slack = _slack(order)
    if order.seen >= order.amount - slack:
        return replace(base, mark=Mark.DONE, seen=order.amount, units=_units(order, order.amount))
    if order.seen > slack:
        return replace(base, mark=Mark.PARTLY, units=_units(order, order.seen))
    earliest = max(day for day in (made_on, order.day) if day is not None)
    if as_of is not None and as_of <= earliest:
        return replace(base, seen=ZERO, doubt=Doubt.TOO_EARLY)
    return replace(base, mark=Mark.NOT_DONE, seen=ZERO)


def _units(order: _Order, seen: Money) -> Decimal | None:
    """Return about how many units left the source, None without units."""
    pot = order.source
    if pot is None or pot.units_change is None or not pot.price_before:
        return None
    sold, moved = -pot.units_change, seen / pot.price_before
    exact = abs(sold - moved) * pot.price_before <= _slack(order)  # the fund's only order: as counted
    return (sold if exact and sold > 0 else moved).quantize(_MILLI)
