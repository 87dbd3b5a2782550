"""What the log of past exchanges forbids today, and the first day on which it no longer does.

Only waiting times and limits are worked out here; the log passed in is that of one account, up to today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import (
    Period,
    RepurchaseBlock,
    RoundTrip,
    TransferLimit,
    is_bound,
    is_meant,
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Something is forbidden since `since` and free again on `free_on`."""

    since: date
    free_on: date


def repurchase_wait(rule: RepurchaseBlock, log: ExchangeLog, fund: Fund, today: date) -> Wait | None:
    """Return how long a fund may not be bought after money left it, None when it may.

    The day after the money left is the first day of the block, so that it ends with day `days`.
    """
    if not is_bound(fund, rule.funds, rule.exempt):
        return None
    left = [day for day, amount in log.out_of(fund).items() if amount > rule.over]
    return _latest((day, day + timedelta(days=rule.days + 1)) for day in left if day <= today)


def holding_wait(
    rule: RoundTrip, log: ExchangeLog, others: Iterable[ExchangeLog], fund: Fund, today: date
) -> Wait | None:
    """Return how long a sale of a fund would make a forbidden round trip, None when it would not.

    A fund bought on day B may be sold from B + `days` on. `others` are the logs of the other accounts
    whose round trips count with this one's.
    """
    if not is_bound(fund, rule.funds, rule.exempt):
        return None
    bought = [day for day, amount in log.into(fund).items() if amount > rule.over]
    wait = _latest((day, day + timedelta(days=rule.days)) for day in bought if day <= today)
    if wait is None or wait.free_on <= today:
        return None
    made = [day for day in _trips(rule, (log, *others), fund) if (today - day).days <= rule.window]
    return wait if len(made) >= rule.allowed else None


def strike_wait(
    rule: RoundTrip, log: ExchangeLog, others: Iterable[ExchangeLog], fund: Fund, today: date
) -> Wait | None:
    """Return how long a fund may not be bought because of too many round trips, None when it may."""
    if not (rule.block and rule.strikes and is_bound(fund, rule.funds, rule.exempt)):
        return None
    made = [day for day in _trips(rule, (log, *others), fund) if day <= today]
    ends = zip(made, made[rule.strikes - 1 :], strict=False)
    last = (day for first, day in ends if (day - first).days <= rule.window)
    return _latest((day, day + timedelta(days=rule.block + 1)) for day in last)


def small_sale(rule: RoundTrip, log: ExchangeLog, fund: Fund, today: date) -> Money:
    """Return the dollars of a fund that may be sold today without counting as a sale at all."""
    return max(rule.over - log.out_of(fund).get(today, ZERO), ZERO)


def transfer_wait(rule: TransferLimit, log: ExchangeLog, today: date) -> Wait | None:
    """Return until when the transfers of this day or month are used up, None while one is left."""
    if rule.per is Period.DAY:
        start, end = today, today + timedelta(days=1)
    else:
        start = today.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1)
    used = [day for day in log.days() if start <= day < end]
    return Wait(start, end) if len(used) >= rule.count else None


def stays_open(rule: TransferLimit, fund: Fund) -> bool:
    """Tell whether money may go into a fund when no transfer is left."""
    return is_meant(fund, rule.then_into)


def _latest(waits: Iterable[tuple[date, date]]) -> Wait | None:
    return max((Wait(*wait) for wait in waits), key=lambda wait: wait.free_on, default=None)


def _trips(rule: RoundTrip, logs: Iterable[ExchangeLog], fund: Fund) -> list[date]:
    """Return the days on which round trips of a fund were completed; each purchase makes one at most."""
    found: list[date] = []
    for log in logs:
        bought = [day for day, amount in log.into(fund).items() if amount > rule.over]
        for sold, amount in log.out_of(fund).items():
            first = next((day for day in bought if day <= sold < day + timedelta(days=rule.days)), None)
            if amount > rule.over and first is not None:
                bought.remove(first)
                found.append(sold)
    return sorted(found)
