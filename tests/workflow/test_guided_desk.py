"""The guided plan of a whole desk, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.goals import GoalAnswers, GoalPlanError, Income, Tier
from desktop_app.domain.household import Household
from desktop_app.domain.money import ONE, ZERO
from desktop_app.domain.paychecks import Paychecks
from desktop_app.outlook.crises import crises
from desktop_app.outlook.limits import contribution_limit
from desktop_app.outlook.returns import Series, monthly_returns
from desktop_app.outlook.stand_ins import series_mix, two_part_mix
from desktop_app.workflow.desk import look
from desktop_app.workflow.guided_bucket import bucket_dollars, bucket_target
from desktop_app.workflow.guided_desk import (
    comfort_so_far,
    first_answers,
    guided_of,
    guided_target,
    suggested_target,
    suggestion_lines,
    worst_loss,
)
from desktop_app.workflow.outlook import target_mix
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
HELD = Fund("held", "Held", ((C.US_LARGE, ONE),), ClassifiedBy.NAME)
ANSWERS = GoalAnswers(
    born=1972, retire_at=64, plan_to=90, needs=Decimal(40000), wants=Decimal(10000), saved=Decimal(20000)
)


@pytest.fixture(scope="module")
def desk():
    return look(sample_household(TODAY), TODAY)


@pytest.fixture(scope="module")
def found(desk):
    return guided_of(ANSWERS, desk)


def test_an_age_grows_with_the_years() -> None:
    assert ANSWERS.age_on(TODAY) == 54
    assert ANSWERS.age_on(date(2027, 1, 2)) == 55
    assert GoalAnswers().age_on(TODAY) is None


def test_spending_less_counts_in_every_tier_and_never_below_nothing() -> None:
    plan = replace(ANSWERS, less=Decimal(15000)).plan(Decimal(1), TODAY)
    assert (plan.spending(Tier.NEEDS), plan.spending(Tier.WANTS)) == (Decimal(25000), Decimal(35000))
    assert replace(ANSWERS, less=Decimal(10**6)).plan(Decimal(1), TODAY).needs == ZERO


def test_answers_on_the_way_may_contradict_themselves_and_then_are_no_plan(desk) -> None:
    with pytest.raises(GoalPlanError):
        guided_of(replace(ANSWERS, plan_to=50), desk)
    assert not GoalAnswers(born=1972).is_complete
    assert not GoalAnswers(needs=ONE).is_complete
    assert all(GoalAnswers(born=1972, **{tier: ONE}).is_complete for tier in ("needs", "wants", "wishes"))


def test_contributions_begin_with_the_paychecks_known() -> None:
    pay = (("a", Paychecks(Decimal("850.00"), 26)), ("b", Paychecks(Decimal("100.50"), 12)))
    assert first_answers(Household(paychecks=pay)).saved == Decimal("23306.00")
    assert first_answers(Household()).saved == ZERO


def test_the_household_s_target_is_lived_through_like_the_others(desk, found) -> None:
    own = [line for line in found.lines_of(Tier.NEEDS) if line.is_own]
    assert len(own) == 1
    held = sum(
        share for node, share in target_mix(desk.target, desk.snapshot.total).items()
        if node not in {C.US_BOND, C.TIPS, C.SHORT_TERM}
    )  # fmt: skip
    assert own[0].stocks == held
    assert own[0].held == found.own_of(Tier.NEEDS).held
    held_by_stocks = [line.held for line in found.lines_of(Tier.WANTS) if not line.is_own]
    assert len(held_by_stocks) >= 4


def test_one_answer_at_most_is_the_calmest(found) -> None:
    for tier in Tier:
        chosen = found.guided.tier(tier).chosen
        marked = [line.stocks for line in found.lines_of(tier) if line.is_chosen]
        assert marked == ([] if chosen is None else [chosen.record.stocks])


def test_a_target_of_the_answer_has_its_stocks_and_says_why(desk, found) -> None:
    target = guided_target(found, Tier.NEEDS, desk)
    chosen = found.guided.tier(Tier.NEEDS).chosen
    stocks = sum(
        share for node, share in target_mix(target, desk.snapshot.total).items()
        if node not in {C.US_BOND, C.TIPS, C.SHORT_TERM}
    )  # fmt: skip
    assert stocks == pytest.approx(chosen.record.stocks, abs=Decimal("0.0002"))
    assert dict(target.fixed) == dict(desk.target.fixed)
    assert target.reason.startswith("Guided plan")


def test_no_answer_makes_no_target(desk) -> None:
    poor = guided_of(replace(ANSWERS, needs=Decimal(10**6)), desk)
    assert guided_target(poor, Tier.NEEDS, desk) is None


def test_ways_tell_the_dollars_they_would_have_lost(desk, found) -> None:
    lines = suggestion_lines({}, desk, found, ANSWERS, Tier.NEEDS)
    for line in lines:
        assert line.lost == worst_loss(line.suggestion.stocks, desk.snapshot.total)[0]
    by_stocks = sorted(lines, key=lambda line: line.suggestion.stocks)
    assert [line.lost for line in by_stocks] == sorted((line.lost for line in lines), reverse=True)
    target = suggested_target(lines[0].suggestion, desk)
    assert target.reason.startswith("100 less your age: At age 54. An old rule of thumb")
    assert target.reason.endswith(lines[0].suggestion.source)


def test_the_fall_told_is_the_one_the_calmest_is_chosen_by(found) -> None:
    """Bonds stood highest in July 2020, before the window of 2022 begins: inside it they fell less."""
    table = monthly_returns()
    high, peak, worst = 1.0, 0, (0.0, 0, 0)
    value = 1.0
    for place, bonds in enumerate(table.series[Series.BONDS], 1):
        value *= 1 + bonds
        if value > high:
            high, peak = value, place
        worst = min(worst, (value / high - 1, peak, place))
    lines = {line.stocks: line for line in found.lines_of(Tier.NEEDS) if not line.is_own}
    fall = lines[ZERO].fall
    assert fall.loss == pytest.approx(worst[0], abs=1e-12)
    assert (fall.peak, fall.trough) == (table.periods[worst[1] - 1], table.periods[worst[2] - 1])
    assert fall.peak == "2020-07"
    crisis = crises(series_mix(two_part_mix(ZERO)))[-1]
    assert fall.loss < crisis.fall.loss
    sixty = lines[Decimal("0.6")].fall
    assert f"{sixty.loss:.3f}" == "-0.598"  # the reference table's yearly 60/40
    for tier in Tier:
        tried = {item.record.stocks: item.record.worst_fall for item in found.guided.tier(tier).tried}
        told = {line.stocks: line.fall.loss for line in found.lines_of(tier) if not line.is_own}
        assert told == pytest.approx(tried, abs=1e-12)


def test_answers_to_questions_there_are_no_more_count_for_nothing() -> None:
    assert comfort_so_far({"horizon": 99}) is None
    assert comfort_so_far({}) is None


SOCIAL_SECURITY = (Income("Social Security", Decimal(29400), 67),)


@pytest.mark.parametrize(
    ("age", "years", "dollars"),
    [
        (70, "2", 41_200),  # 2 × (50,000 − 29,400): retired long since, and the income comes in
        (54, "5", 191_200),  # three years of 50,000 before Social Security, two of 20,600 with it
        (54, "3.5", 160_300),  # and half of the fourth
        (66, "2", 70_600),  # 50,000 this year and 20,600 the next
    ],
)
def test_a_bucket_is_what_the_first_years_draw(age, years, dollars) -> None:
    answers = replace(ANSWERS, born=2026 - age, needs=Decimal(50000), income=SOCIAL_SECURITY)
    assert bucket_dollars(answers, Decimal(years), TODAY) == dollars


def test_no_more_than_the_needs_is_spared() -> None:
    answers = replace(ANSWERS, needs=Decimal(10000), less=Decimal(20000), wants=Decimal(3000))
    assert answers.spared == 10000
    assert answers.plan(Decimal(1), TODAY).needs == 0
    assert [answers.spending(tier) for tier in Tier] == [0, 3000, 3000]
    assert replace(answers, needs=Decimal(30000)).spared == 20000


def test_a_bucket_is_for_what_the_tier_spends() -> None:
    answers = replace(ANSWERS, born=1960, needs=Decimal(40000), less=Decimal(4000), wishes=Decimal(5000))
    spent = [bucket_dollars(answers, Decimal(2), TODAY, tier) for tier in Tier]
    assert spent == [72_000, 92_000, 102_000]  # wants are 10,000


def test_a_year_with_more_income_than_needs_takes_nothing_off_the_others() -> None:
    answers = replace(ANSWERS, born=1960, needs=Decimal(20000), income=SOCIAL_SECURITY)
    assert bucket_dollars(answers, Decimal(2), TODAY) == 20000


def test_a_bucket_is_needs_less_income_at_retirement(desk) -> None:
    income = (Income("Pension", Decimal(15000), 60), Income("Social Security", Decimal(9000), 67))
    answers = replace(ANSWERS, income=income)
    assert bucket_dollars(answers, Decimal("2.5"), TODAY) == Decimal("62500.00")  # 2.5 × (40,000 − 15,000)
    assert bucket_dollars(replace(answers, needs=Decimal(9000)), Decimal(3), TODAY) == ZERO
    target = bucket_target(desk, Decimal(62500), Decimal("2.5"))
    assert dict(target.fixed) == {C.SHORT_TERM: Decimal(62500)}
    again = bucket_target(replace(desk, target=target), Decimal(10000), Decimal("0.4"))
    assert again.reason.count("held safe") == 1
    assert bucket_target(replace(desk, target=None), Decimal(1), ONE) is None


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 15, places=1))
def test_a_bucket_never_holds_more_than_its_years_cost(needs: Decimal, years: Decimal) -> None:
    held = bucket_dollars(replace(ANSWERS, needs=needs), years, TODAY)
    assert ZERO <= held <= needs * years + Decimal("0.01")


def test_the_limits_are_those_of_the_notice() -> None:
    """IRS Notice 2025-67 (2026) and 2024-80 (2025)."""
    assert contribution_limit(2026, 60).total == Decimal(35750)
    assert contribution_limit(2025, 50).total == Decimal(31000)


@pytest.mark.parametrize(
    ("name", "source", "free"),
    [
        ("Roth IRA", None, 100_000),
        ("Larch HSA", None, 100_000),
        ("Larch 401(k)", "Roth deferral", 100_000),
        ("Growth IRA", "Pre-tax", 0),
    ],
)
def test_no_law_asks_for_money_out_of_roth(name: str, source: str | None, free: int) -> None:
    """Of $300,000 at 80, divided by 20.2 (26 CFR 1.401(a)(9)-9(c)), only what is not Roth or HSA counts."""
    rows = [("Rollover IRA", None, 200_000), (name, source, 100_000)]
    accounts = tuple(
        Account(called, called, (Holding(HELD, Decimal(value), source=of),)) for called, of, value in rows
    )
    answers = replace(ANSWERS, born=1946, retire_at=80, plan_to=95)
    desk = replace(look(sample_household(TODAY), TODAY), snapshot=Snapshot(accounts), target=None)
    found = guided_of(answers, desk)
    assert found.free == free
    assert found.due is not None
    assert found.due.amount == (Decimal(300_000 - free) / Decimal("20.2")).quantize(Decimal("0.01"))
