"""Three invented years before the sample's statement, for the pictures of the History page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass, ancestors_of
from desktop_app.domain.household import Household
from desktop_app.domain.money import CENT, to_cents
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.workflow.desk import look
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish

MONTHS_IN_YEAR = 12
GROWTH = {AssetClass.STOCKS: 0.009, AssetClass.FIXED_INCOME: 0.002, AssetClass.OTHER: 0.003}
"""Invented growth a month."""

SWING = {AssetClass.STOCKS: 0.05, AssetClass.FIXED_INCOME: 0.012, AssetClass.OTHER: 0.06}
SAVED = 0.006
"""Invented share by which the units grow a month."""

REBALANCED_IN = 1


def with_invented_past(household: Household, months: int = 36) -> Household:
    """Put monthly statements before the only one of a household; every January was rebalanced.

    The funds are the same; prices and units are made up from waves, so that pictures only change when we do.
    """
    (newest,) = household.statements
    if newest.as_of is None:
        return household
    days = list(_days_before(newest.as_of, months - 1))
    past = tuple(_statement(newest, day, back) for back, day in days)
    first = replace(
        household.targets[0], since=days[0][1], reason="The first target, a little more in stocks."
    )
    household = replace(household, statements=past, targets=(first, *household.targets))
    for number, day in enumerate((day.replace(day=12) for _, day in days if day.month == REBALANCED_IN), 1):
        household = replace(household, checklists=(*household.checklists, _done(household, number, day)))
    return replace(household, statements=(*past, newest))


def _done(household: Household, number: int, day: date) -> Checklist:
    """Return a checklist made on a day and done at once."""
    known = tuple(each for each in household.statements if each.as_of is not None and each.as_of <= day)
    desk = look(replace(household, statements=known or household.statements[:1], checklists=()), day)
    checklist = finish(desk, RebalanceFlow().plan(desk)).checklists[-1]
    tick = ChecklistTick(done=True, done_on=day)
    return replace(checklist, number=number, ticks=tuple(tick for _ in checklist.ticks))


def _days_before(day: date, months: int) -> Iterator[tuple[int, date]]:
    """Yield the 28th of each month before a day with how many months it lies back, the oldest first."""
    for back in range(months, 0, -1):
        year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 - back, MONTHS_IN_YEAR)
        yield back, date(year, month + 1, 28)


def _statement(newest: Statement, day: date, back: int) -> Statement:
    accounts = tuple(
        replace(account, rows=tuple(_row(row, day, back) for row in account.rows), stated_total=None)
        for account in newest.accounts
    )
    return replace(
        newest, file=f"Portfolio {day.isoformat()}.csv", as_of=day, accounts=accounts, digest=day.isoformat()
    )


def _row(row: StatementRow, day: date, back: int) -> StatementRow:
    top = (row.fund.mix.main, *ancestors_of(row.fund.mix.main))[-1]
    wave = (
        math.sin(back / 4 + row.line / 9) - math.sin(row.line / 9) + 0.4 * math.sin(back * 2.3) * (back > 0)
    )
    price = math.exp(-GROWTH[top] * back + SWING[top] * wave)
    since = (day.month - REBALANCED_IN) % MONTHS_IN_YEAR
    kept = (back + since) / MONTHS_IN_YEAR  # rebalances up to today, counted in years
    more = 0.06 if top is AssetClass.STOCKS else -0.05
    held = math.exp(-SAVED * back) * (1 + more * math.floor(kept))
    if row.units is None or row.price is None:
        return row._replace(value=to_cents(row.value * Decimal(repr(price * held))))
    units = round(row.units * Decimal(repr(held)), 3)
    cost = max(round(row.price * Decimal(repr(price)), 2), CENT)
    return row._replace(units=units, price=cost, value=to_cents(units * cost))
