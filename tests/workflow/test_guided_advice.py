"""What is said of a plan that no mix carried, or that needs no return: nothing that cannot be so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.goals import GoalPlan, OneOff, Tier
from desktop_app.outlook.guided import solve
from desktop_app.workflow.guided import GuidedPlan, make_guided_plan
from desktop_app.workflow.guided_advice import LeverKind, advice, helping, needed_savings, no_return_words
from desktop_app.workflow.guided_remarks import remarks_on
from desktop_app.workflow.guided_words import tier_words
from desktop_app.workflow.share_words import asked_share, held

TODAY = date(2026, 11, 22)
PLAN = GoalPlan(Decimal(0), age=40, retire_at=65, plan_to=90, needs=Decimal(50000))


def words(plan: GoalPlan) -> str:
    return tier_words(solve(plan)[0], plan)


def test_a_retired_person_without_enough_is_not_told_to_save_or_to_retire_later() -> None:
    plan = replace(PLAN, age=70, balance=Decimal(20000))
    said = words(plan)
    assert "More is taken out at once than is there, so no return is enough." in said
    assert "No mix lasted even once" in said
    assert said.endswith("Spend less, or count on other money.")
    assert "save more" not in said


def test_what_goes_out_at_once_is_not_helped_by_any_lever() -> None:
    plan = replace(PLAN, one_off=(OneOff(40, Decimal(-5000)),))
    assert helping(plan, Tier.NEEDS) == ()
    assert advice(plan, Tier.NEEDS) == "Only other money, or less going out at once, could help."
    later = replace(plan, one_off=(OneOff(50, Decimal(-5000)),))
    assert helping(later, Tier.NEEDS) == (LeverKind.SAVE,)
    assert advice(later, Tier.NEEDS) == "What could help: save more."


def test_before_retirement_every_lever_could_help() -> None:
    assert advice(PLAN, Tier.NEEDS) == "Retire later, save more or spend less."


@given(st.integers(0, 80), st.integers(0, 100000), st.integers(1, 90000))
def test_advice_never_names_a_lever_that_moves_nothing(age: int, balance: int, needs: int) -> None:
    plan = replace(PLAN, age=age, balance=Decimal(balance), needs=Decimal(needs))
    levers = helping(plan, Tier.NEEDS)
    assert (LeverKind.SAVE in levers) == (LeverKind.RETIRE in levers) == (age < 65)
    assert LeverKind.SPEND in levers


def test_a_plan_that_leans_on_saving_is_not_paid_for_already() -> None:
    """Nothing saved: 25 years of 24,500 are 612,500, and 25 years cost 24,000 each: 600,000."""
    plan = replace(PLAN, needs=Decimal(24000), saved=Decimal(24500))
    result = solve(plan)[0]
    assert needed_savings(plan, result) == 24500
    assert no_return_words(plan, result) == "Needs no return if you keep saving $24,500 a year"
    assert "Needs no return if you keep saving $24,500 a year." in words(plan)
    matched = replace(plan, saved=Decimal(20000), match=Decimal(4500))
    assert "$24,500 a year, the match included" in no_return_words(matched, solve(matched)[0])
    rich = replace(plan, balance=Decimal(700000))
    assert no_return_words(rich, solve(rich)[0]) == "Already paid for"


def test_a_return_far_below_nothing_is_not_told_as_a_number() -> None:
    plan = replace(PLAN, age=64, plan_to=66, balance=Decimal(10**6))
    assert "Already paid for." in words(plan)
    assert "−" not in words(plan)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.846473, "84 %"),
        (0.85, "85 %"),
        (0.29, "29 %"),
        (0.999, "over 99 %"),
        (1.0, "100 %"),
        (0.004, "under 1 %"),
        (0.0, "0 %"),
    ],
)
def test_how_often_it_lasted_is_never_rounded_up(share: float, told: str) -> None:
    assert held(share) == told


def test_a_share_asked_for_is_told_as_it_is() -> None:
    assert [asked_share(Decimal(text)) for text in ("0.85", "0.855", "1")] == ["85 %", "85.5 %", "100 %"]


@given(st.floats(0, 1), st.integers(1, 100))
def test_what_lasted_too_seldom_never_looks_like_enough(share: float, asked: int) -> None:
    shown = held(share)
    if share < asked / 100 and shown[0].isdigit():
        assert int(shown.split()[0]) < asked


def test_who_is_retired_already_hears_that_savings_do_not_count() -> None:
    plan = replace(PLAN, age=70, saved=Decimal(24500))
    told = [f"{remark.message} {remark.fix}" for remark in remarks_on(plan, 1, TODAY)]
    assert told == ["You are retired already (at 65). What you save a year and its match no longer count."]
    assert remarks_on(replace(plan, saved=Decimal(0)), 1, TODAY) == ()
    guided: GuidedPlan = make_guided_plan(plan, TODAY)
    assert "save more" not in tier_words(guided.tier(Tier.NEEDS), plan)
