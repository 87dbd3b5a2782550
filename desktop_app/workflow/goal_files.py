"""Mixes and goals as JSON files carry them; every mistake becomes a sentence that names its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.goals import GoalPlan, Income, OneOff
from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, ZERO
from desktop_app.domain.records import dataclass

from .json_entries import Entry, NotJsonError, WrongEntryError, load_json
from .outlook import Mix

_tr = translator("JsonFiles")


@dataclass(frozen=True, slots=True)
class GoalFile:
    """A goals file: the plan, the day it stands for, and years of spending in a bucket, if asked for."""

    plan: GoalPlan
    today: date
    bucket_years: Decimal | None


def read_mix_file(path: Path) -> Mix:
    """Read a mix file (HEADLESS contract, `MIX.json`): weights by class, also under “mix” or “targets”.

    A targets file may keep its bands; dollars set apart are refused, as their share is not known here.
    Raises `UserError`; whether the weights add to 1 is for `series_mix` to say.
    """
    data = Entry(path.name, load_json(path, NotJsonError))
    if not data.get("mix").is_missing:
        data.only("mix")
        data = data["mix"]
    elif not data.get("targets").is_missing:
        data.only("targets", "fixed", "band")
        fixed = data.get("fixed")
        if fixed.items():
            raise WrongEntryError(fixed.where, _tr("dollars"), _tr("a mix in shares of 1 alone"))
        data = data["targets"]
    mix = data.by_class()
    if sum(mix.values(), ZERO) == HUNDRED:
        raise WrongEntryError(
            data.where, _tr("percents that add to 100"), _tr("shares of 1, such as 0.6 for 60 %")
        )
    return mix


def read_goal_file(path: Path, today: date) -> GoalFile:
    """Read a goals file (HEADLESS contract, `GOALS.json`); raises `UserError`."""
    data = Entry(path.name, load_json(path, NotJsonError))
    data.only(
        "today", "balance", "age", "retire_at", "plan_to", "contributions", "income", "one_off",
        "needs", "wants", "wishes", "lasting", "bucket",
    )  # fmt: skip
    contributions = data.get("contributions")
    contributions.only("annual", "match")
    data.get("bucket").only("years")
    plan = GoalPlan(
        balance=data["balance"].dollars(),
        age=_age(data["age"]),
        retire_at=_age(data["retire_at"]),
        plan_to=_age(data["plan_to"]),
        needs=data["needs"].dollars(),
        wants=data.get("wants").dollars(ZERO),
        wishes=data.get("wishes").dollars(ZERO),
        saved=contributions.get("annual").dollars(ZERO),
        match=contributions.get("match").dollars(ZERO),
        income=tuple(_income(entry) for entry in data.get("income").entries()),
        one_off=tuple(_one_off(entry) for entry in data.get("one_off").entries()),
        lasting=data.get("lasting").decimal(Decimal("0.85")),
    )
    return GoalFile(plan, data.get("today").day(today), _bucket(data.get("bucket")))


def _age(entry: Entry) -> int:
    found = entry.count()
    if found is None:
        raise WrongEntryError(entry.where, _tr("nothing"), _tr("an age in whole years"))
    return found


def _income(data: Entry) -> Income:
    data.only("name", "annual", "from_age")
    return Income(data.get("name").text("income"), data["annual"].dollars(), _age(data["from_age"]))


def _one_off(data: Entry) -> OneOff:
    data.only("age", "amount")
    return OneOff(_age(data["age"]), data["amount"].dollars())


def _bucket(data: Entry) -> Decimal | None:
    if data.is_missing:
        return None
    years = data["years"].decimal()
    if not 0 <= years <= 50:
        raise WrongEntryError(data.get("years").where, str(years), _tr("years from 0 to 50"))
    return years
