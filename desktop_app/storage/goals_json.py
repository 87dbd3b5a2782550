"""The answers of the guided plan as JSON, written out by hand so that renaming a class changes no file."""

from __future__ import annotations

from typing import Any, TypeAlias

from desktop_app.domain.goals import GoalAnswers, Income, OneOff

from .values import decimal_text, read_decimal

Json: TypeAlias = dict[str, Any]

_AMOUNTS = ("needs", "wants", "wishes", "saved", "match", "less", "lasting", "bucket_years")


_MOST_YEARS = 9999


def goals_json(goals: GoalAnswers) -> Json:
    """Return the answers as JSON values."""
    return {
        "born": goals.born,
        "retire_at": goals.retire_at,
        "plan_to": goals.plan_to,
        **{name: decimal_text(getattr(goals, name)) for name in _AMOUNTS},
        "income": [[item.name, decimal_text(item.annual), item.from_age] for item in goals.income],
        "one_off": [[item.age, decimal_text(item.amount)] for item in goals.one_off],
    }


def read_goals(item: Json) -> GoalAnswers:
    """Return the answers of JSON values; raises `KeyError`, `ValueError` or `TypeError`."""
    born = item["born"]
    return GoalAnswers(
        born=None if born is None else _years(born),
        retire_at=_years(item["retire_at"]),
        plan_to=_years(item["plan_to"]),
        **{name: read_decimal(item[name]) for name in _AMOUNTS},
        income=tuple(
            Income(str(name), read_decimal(annual), _years(age)) for name, annual, age in item["income"]
        ),
        one_off=tuple(OneOff(_years(age), read_decimal(amount)) for age, amount in item["one_off"]),
    )


def _years(number: object) -> int:
    """Return a year or an age; raise `ValueError` for one that no field of the program can show."""
    years = int(str(number))
    if abs(years) > _MOST_YEARS:
        raise ValueError(str(years)[:40])
    return years
