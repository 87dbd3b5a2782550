"""Remarks on other money of a plan: an amount that does not count is never dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.goals import GoalPlan, Income, OneOff, Tier
from desktop_app.domain.issues import Severity
from desktop_app.outlook.required import yearly_flows
from desktop_app.workflow.guided_remarks import income_remark, one_off_remark, remarks_on

PLAN = GoalPlan(Decimal(400000), age=54, retire_at=64, plan_to=93, needs=Decimal(50000))
RETIRED = replace(PLAN, age=70)
OLDEST = replace(PLAN, plan_to=120)


@pytest.mark.parametrize(
    ("plan", "from_age", "words", "severity"),
    [
        (PLAN, 92, None, None),
        (PLAN, 93, "“Pension” begins at age 93, but the plan ends at 93.", Severity.WARNING),
        (PLAN, 120, "“Pension” begins at age 120, but the plan ends at 93.", Severity.WARNING),
        (
            replace(PLAN, plan_to=120),
            120,
            "“Pension” begins at age 120, but the plan ends at 120.",
            "warning",
        ),
        (PLAN, 64, None, None),
        (PLAN, 63, "“Pension” begins before retirement at 64.", Severity.INFO),
        (PLAN, 54, "“Pension” begins before retirement at 64.", Severity.INFO),
        (PLAN, 50, "“Pension” comes in already, before retirement at 64.", Severity.INFO),
        (RETIRED, 62, None, None),
        (RETIRED, 67, None, None),
    ],
)
def test_an_income_is_told_of_where_it_does_not_count(plan, from_age, words, severity) -> None:
    remark = income_remark(plan, Income("Pension", Decimal(9000), from_age))
    assert (remark and remark.message) == words
    assert (remark and remark.severity) == severity


def test_an_income_without_a_name_is_told_of_too_and_one_without_money_is_not() -> None:
    said = [income_remark(PLAN, Income("", Decimal(1), age)).message for age in (95, 60, 40)]
    assert said == [
        "An income begins at age 95, but the plan ends at 93.",
        "An income begins before retirement at 64.",
        "An income comes in already, before retirement at 64.",
    ]
    assert income_remark(PLAN, Income("Pension", Decimal(0), 95)) is None
    assert one_off_remark(PLAN, OneOff(95, Decimal(0))) is None


def test_a_plan_that_ends_as_retirement_begins_is_told_to_pay_for_nothing() -> None:
    """Else every tier of it is "already paid for", which nobody should read without the reason."""
    told = remarks_on(replace(PLAN, plan_to=64), 100, date(2026, 11, 22))
    said = [remark.message for remark in told if remark.severity is Severity.WARNING]
    assert said == ["Retirement begins at 64, where the plan ends: it pays for no year."]
    told = remarks_on(replace(PLAN, plan_to=65), 100, date(2026, 11, 22))
    assert [remark for remark in told if remark.severity is Severity.WARNING] == []


SAVING = GoalPlan(Decimal(400000), 62, 70, 93, needs=Decimal(50000), saved=Decimal(35750))
TODAY = date(2026, 11, 22)


def test_the_higher_catch_up_ends_at_64_and_that_is_said_ahead() -> None:
    """IRS Notice 2025-67: $24,500, with $11,250 more from 60 to 63 and $8,000 more from 64 on."""
    (told,) = [issue for issue in remarks_on(SAVING, 1, TODAY) if issue.severity is Severity.WARNING]
    assert told.message == (
        "The higher catch-up ends at 64: $35,750 is more than the $32,500 of that age (IRS Notice 2025-67)."
    )
    assert told.fix == "The limit is per person; money above it would have to be saved elsewhere."
    until = replace(SAVING, retire_at=64)
    assert remarks_on(until, 1, TODAY) == ()
    assert remarks_on(replace(SAVING, saved=Decimal(32500)), 1, TODAY) == ()


def test_the_match_is_held_against_the_law_of_every_age() -> None:
    """72,000 without catch-up: 21,250 and 47,600 are less until 63, 24,500 and 47,600 more from 64 on."""
    at_first = replace(SAVING, saved=Decimal(32500), match=Decimal(47600))
    assert remarks_on(replace(at_first, retire_at=64), 1, TODAY) == ()
    said = " ".join(issue.message for issue in remarks_on(at_first, 1, TODAY))
    assert "Contributions and match together are more than $72,000" in said


ages = st.integers(0, 120)


@given(ages, ages, ages, ages)
def test_an_amount_that_moves_nothing_is_never_dropped_in_silence(age, retire_at, plan_to, at) -> None:
    if not age < plan_to or retire_at >= plan_to:
        return
    plan = GoalPlan(Decimal(1), age, retire_at, plan_to, needs=Decimal(50000))
    income, once = Income("Pension", Decimal(9000), at), OneOff(at, Decimal(-7))
    with_income, with_once = replace(plan, income=(income,)), replace(plan, one_off=(once,))
    flows = yearly_flows(plan, Tier.NEEDS)
    if yearly_flows(with_income, Tier.NEEDS) == flows:
        assert income_remark(with_income, income) is not None
    if yearly_flows(with_once, Tier.NEEDS) == flows:
        assert one_off_remark(with_once, once) is not None


@pytest.mark.parametrize(
    ("income", "told"),
    [
        (63_000, None),
        (63_001, "$63,001 a year is more than the $63,000 "),
        (80_000, "$80,000 a year is more than the $63,000 "),
        (95_000, "$95,000 a year is more than the $90,000 "),
    ],
)
def test_income_beyond_what_is_spent_is_told_not_to_be_saved(income: int, told: str | None) -> None:
    spending = {"needs": Decimal(63_000), "wants": Decimal(27_000)}
    plan = replace(PLAN, **spending, income=(Income("Pension", Decimal(income), 64),))
    said = [remark for remark in remarks_on(plan, 1, date(2026, 11, 22)) if "is spent" in remark.message]
    assert [told in remark.message for remark in said] == ([True] if told else [])
    assert all("not counted as saved" in remark.fix for remark in said)
