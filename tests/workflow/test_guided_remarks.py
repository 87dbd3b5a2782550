"""Remarks on other money of a plan: an amount that does not count is never dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.goals import GoalPlan, Income, OneOff, Tier
from desktop_app.domain.issues import Severity
from desktop_app.outlook.required import yearly_flows
from desktop_app.workflow.guided_remarks import income_remark, one_off_remark

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
