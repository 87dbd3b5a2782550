"""When to look and paychecks as JSON, written out by hand so that renaming a class changes no file."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.schedule import CheckKind, CheckSchedule, LookEvery, YearDay

from .values import date_text, decimal_text, read_date, read_decimal

Json: TypeAlias = dict[str, Any]


def schedule_json(schedule: CheckSchedule, looked_on: date | None) -> Json:
    """Return all of a schedule but its months, with the day of the last look, as JSON values."""
    return {
        "kind": schedule.kind.value,
        "every": schedule.every.value,
        "start": date_text(schedule.start),
        "days": [[month, day] for month, day in schedule.days],
        "looked_on": date_text(looked_on),
    }


def read_schedule(months: int, item: Json) -> CheckSchedule:
    """Return the schedule of JSON values; raises `KeyError`, `ValueError`, `TypeError`, `ScheduleError`."""
    return CheckSchedule(
        months=months,
        start=read_date(item["start"]),
        days=tuple(YearDay(int(month), int(day)) for month, day in item["days"]),
        kind=CheckKind(item["kind"]),
        every=LookEvery(item["every"]),
    )


def paychecks_json(pay: Paychecks) -> Json:
    """Return one account's paychecks as JSON values."""
    return {
        "amount": decimal_text(pay.amount),
        "per_year": pay.per_year,
        "count": pay.count,
        "next_on": date_text(pay.next_on),
        "elected": [[fund, share] for fund, share in pay.elected],
    }


def read_paychecks(item: Json) -> Paychecks:
    """Return the paychecks of JSON values; raises `KeyError`, `ValueError` or `TypeError`."""
    count = item["count"]
    return Paychecks(
        amount=read_decimal(item["amount"]),
        per_year=int(item["per_year"]),
        count=None if count is None else int(count),
        next_on=read_date(item["next_on"]),
        elected=tuple((str(fund), int(share)) for fund, share in item["elected"]),
    )
