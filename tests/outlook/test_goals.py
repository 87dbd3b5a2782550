"""Plans: the return they need, and how history carried them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.goals import GoalAmountError, GoalPlan, GoalPlanError, Income, OneOff, Tier
from desktop_app.outlook.guided import Status, mix_records, solve
from desktop_app.outlook.policies import YEARLY
from desktop_app.outlook.required import YearFlow, lasts, required_return, yearly_flows
from desktop_app.outlook.returns import ReturnTable, Series, monthly_returns
from desktop_app.outlook.simulate import measure, run
from desktop_app.outlook.stand_ins import series_mix, two_part_mix
from desktop_app.outlook.windows import LEVELS, balance_range, live

EXAMPLE = GoalPlan(
    balance=Decimal(412000),
    age=52,
    retire_at=65,
    plan_to=95,
    needs=Decimal(48000),
    wants=Decimal(15000),
    wishes=Decimal(9000),
    saved=Decimal(24500),
    match=Decimal(6000),
    income=(Income("Social Security", Decimal(36000), 67),),
    one_off=(OneOff(66, Decimal(-20000)),),
)


def goal(needed: int, saved: int = 20000, years: int = 15) -> GoalPlan:
    """Return a plan that saves for so many years and then takes one amount out."""
    return GoalPlan(Decimal(500000), 50, 50 + years, 51 + years, Decimal(needed), saved=Decimal(saved))


def required(plan: GoalPlan, tier: Tier = Tier.NEEDS) -> float | None:
    return required_return(float(plan.balance), yearly_flows(plan, tier))


@pytest.mark.parametrize(
    ("plan", "percent"),
    # 500,000(1+r)^15 + 20,000((1+r)^15 − 1)/r = 1,500,000 and = 900,000; and 500,000(1+r)^10 = 500,000
    [(goal(1500000), 5.1585), (goal(900000), 0.9778), (goal(500000, saved=0, years=10), 0.0)],
)
def test_the_return_that_reaches_an_amount(plan: GoalPlan, percent: float) -> None:
    found = required(plan)
    assert found is not None
    assert round(found * 100, 4) == percent


def test_the_required_return_solves_the_equation_to_ten_digits() -> None:
    found = required(goal(1500000))
    assert found is not None
    with localcontext() as context:
        context.prec = 40
        growth = (1 + Decimal(repr(found))) ** 15
        reached = 500000 * growth + 20000 * (growth - 1) / Decimal(repr(found))
        slope = 500000 * 15 * growth  # dollars per unit of return, at the least
        assert abs(reached - 1500000) / slope < Decimal("1e-10")


def test_the_flows_of_a_plan() -> None:
    flows = {flow.age: flow for flow in yearly_flows(EXAMPLE, Tier.WANTS)}
    assert sorted(flows) == list(range(52, 95))
    assert flows[52] == YearFlow(52, 0.0, 30500.0)
    assert flows[64] == YearFlow(64, 0.0, 30500.0)
    assert flows[65] == YearFlow(65, -63000.0, 0.0)
    assert flows[66] == YearFlow(66, -83000.0, 0.0)
    assert flows[67] == YearFlow(67, -27000.0, 0.0)


def test_income_above_spending_is_not_saved() -> None:
    rich = replace(EXAMPLE, income=(Income("pension", Decimal(90000), 65),), one_off=())
    assert {flow.start for flow in yearly_flows(rich, Tier.WISHES)} == {0.0}
    assert required(rich) == -1.0


def test_income_before_retirement_does_not_count() -> None:
    early = replace(EXAMPLE, income=(Income("pension", Decimal(10000), 55),))
    flows = {flow.age: flow.start for flow in yearly_flows(early, Tier.NEEDS)}
    assert (flows[60], flows[65]) == (0.0, -38000.0)


def test_more_taken_out_at_once_than_is_there_has_no_return() -> None:
    plan = replace(EXAMPLE, retire_at=52, needs=Decimal(500000))
    assert required(plan) is None
    result = solve(plan)[0]
    assert (result.status, result.required, result.chosen, result.best.lived.held) == (
        Status.NONE,
        None,
        None,
        0.0,
    )


@given(
    st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(-(10**5), 10**5), st.integers(0, 10**5)), min_size=1, max_size=40),
)
def test_the_required_return_is_the_border(balance: int, amounts: list[tuple[int, int]]) -> None:
    flows = tuple(YearFlow(50 + year, float(a), float(b)) for year, (a, b) in enumerate(amounts))
    found = required_return(float(balance), flows)
    if found is None:
        assert not lasts(float(balance), flows, 10.0)
        return
    assert lasts(float(balance), flows, found + 1e-9)
    if found > -1:
        assert not lasts(float(balance), flows, found - 1e-9)


def slow_life(plan: GoalPlan, tier: Tier, stocks: float, start: int) -> tuple[int | None, float]:
    """Live one stretch month by month without arrays; returns the age the money ran out at, and the rest."""
    series = monthly_returns().series
    money = float(plan.balance)
    for year in range(plan.plan_to - plan.age):
        age = plan.age + year
        money += sum(float(item.amount) for item in plan.one_off if item.age == age)
        if age >= plan.retire_at:
            spending = {Tier.NEEDS: 48000.0, Tier.WANTS: 63000.0, Tier.WISHES: 72000.0}[tier]
            money -= max(spending - (36000 if age >= 67 else 0), 0.0)
        if money < 0:
            return age, money
        parts, prices = [money * stocks, money * (1 - stocks)], 1.0
        for month in range(start + 12 * year, start + 12 * year + 12):
            parts[0] *= 1 + series[Series.STOCKS][month]
            parts[1] *= 1 + series[Series.BONDS][month]
            prices *= 1 + series[Series.INFLATION][month]
        money = sum(parts) / prices + (30500 if age < plan.retire_at else 0)
    return None, money


@pytest.mark.parametrize(("tier", "stocks"), [(Tier.WANTS, "0.1"), (Tier.WISHES, "0.25"), (Tier.WISHES, "1")])
def test_every_stretch_is_what_a_slow_walk_through_its_months_gives(tier: Tier, stocks: str) -> None:
    mixes = [series_mix(two_part_mix(Decimal(share))) for share in ("0.5", stocks)]
    _, found = live(412000.0, yearly_flows(EXAMPLE, tier), mixes, monthly_returns())
    assert found.windows == 1829 - 43 * 12 + 1
    lives = [slow_life(EXAMPLE, tier, float(stocks), start) for start in range(found.windows)]
    assert found.held == pytest.approx(sum(age is None for age, _ in lives) / len(lives), abs=1e-12)
    worst = monthly_returns().index(found.worst or "")
    ages = [age for age, _ in lives if age is not None]
    assert lives[worst][0] == found.worst_age == (min(ages) if ages else None)
    alike = [left for age, left in lives if age == found.worst_age]
    assert lives[worst][1] == pytest.approx(min(alike), rel=1e-9)  # the shortest of the money, as it ran out
    if not ages:
        assert lives[worst][1] == pytest.approx(found.worst_left, rel=1e-9)


def test_what_could_not_be_paid_stays_gone_in_the_range() -> None:
    """100, and 150 are due on the first day: what is saved afterwards is no money of a plan that held."""
    columns = {Series.STOCKS: (0.0,) * 24, Series.INFLATION: (0.0,) * 24}
    table = ReturnTable(tuple(f"m{place}" for place in range(24)), 12, columns, "invented")
    flows = (YearFlow(50, -150.0, 20.0), YearFlow(51, 0.0, 20.0))
    ages = balance_range(100.0, flows, series_mix(two_part_mix(Decimal(1))), table)
    assert [at.balances[-1] for at in ages] == [100.0, 0.0, 0.0]


def test_one_stretch_by_hand() -> None:
    """Two years, 10 % and then −50 % real, 100 at first, 10 taken at each start: 90 → 99, 89 → 44.50."""
    months = [0.1, *[0.0] * 11, -0.5, *[0.0] * 11]
    columns = {Series.STOCKS: tuple(months), Series.INFLATION: (0.0,) * 24}
    table = ReturnTable(tuple(f"m{place}" for place in range(24)), 12, columns, "invented")
    stocks = series_mix(two_part_mix(Decimal(1)))
    flows = (YearFlow(70, -10.0, 0.0), YearFlow(71, -10.0, 0.0))
    (found,) = live(100.0, flows, [stocks], table)
    assert (found.held, found.windows, found.worst, found.worst_age) == (1.0, 1, "m0", None)
    assert found.worst_left == pytest.approx(44.5)
    ages = balance_range(100.0, flows, stocks, table)
    assert [(at.age, round(at.balances[0], 9)) for at in ages] == [(70, 100.0), (71, 99.0), (72, 44.5)]
    (poor,) = live(15.0, flows, [stocks], table)
    assert (poor.held, poor.worst_age, poor.worst_left) == (0.0, 71, 0.0)  # 5 → 5.50, and 10 are due


def test_a_plan_longer_than_history_has_no_stretches() -> None:
    short = monthly_returns().since("2000-01")
    mix = series_mix(two_part_mix(Decimal(1)))
    (found,) = live(1.0, yearly_flows(EXAMPLE, Tier.NEEDS), [mix], short)
    assert (found.windows, found.worst) == (0, None)
    assert balance_range(1.0, yearly_flows(EXAMPLE, Tier.NEEDS), mix, short) == ()


def test_the_average_alone_misleads() -> None:
    """A level 30-year retirement that needs just what 20/80 earned on average failed in most stretches.

    Published for 20/70/10 on other figures: it earns about 3 % real and lasted in 41 %.
    """
    record = mix_records("1926-07")[4]
    assert record.stocks == Decimal("0.2")
    assert record.real_growth == pytest.approx(0.031, abs=0.001)
    rate = 1 + record.real_growth
    level = 1 / sum(rate**-year for year in range(30))
    flows = tuple(YearFlow(65 + year, -level, 0.0) for year in range(30))
    assert required_return(1.0, flows) == pytest.approx(record.real_growth, abs=1e-3)
    for since in ("1926-07", "1871-02"):
        (found,) = live(1e6, scaled(flows, 1e6), [record.mix], monthly_returns().since(since))
        assert 0.3 < found.held < 0.5


def test_20_70_10_earned_about_three_percent_and_lasted_in_41_of_100() -> None:
    """The trap as it is told: stocks, bonds and bills, thirty years of what they earned on average."""
    parts = {AssetClass.STOCKS: "0.2", AssetClass.BONDS: "0.7", AssetClass.CASH: "0.1"}
    mix = series_mix({node: Decimal(share) for node, share in parts.items()})
    found = {}
    for since in ("1926-07", "1871-02"):
        table = monthly_returns().since(since)
        real = measure("", run(mix, table, YEARLY), table).real_growth
        level = 1e6 / sum((1 + real) ** -year for year in range(30))
        flows = tuple(YearFlow(65 + year, -level, 0.0) for year in range(30))
        found[since] = (real, live(1e6, flows, [mix], table)[0].held)
    assert found["1926-07"][0] == pytest.approx(0.030, abs=0.0005)
    assert found["1871-02"][1] == pytest.approx(0.41, abs=0.005)


@pytest.mark.parametrize(("percent", "stocks"), [("3", "0.2"), ("5", "0.55"), ("7.5", None)])
def test_the_least_risky_mix_that_earned_enough_on_average(percent: str, stocks: str | None) -> None:
    """Worked elsewhere on other figures since 1926: 3 % needs 20 % stocks, 5 % 55 %, and 7.5 % no mix had."""
    reached = 500000 * (1 + Decimal(percent) / 100) ** 15
    needs = solve(goal(int(reached), saved=0), "1926-07")[0]
    assert needs.required == pytest.approx(float(percent) / 100, abs=1e-6)
    assert (needs.average.record.stocks if needs.average else None) == (stocks and Decimal(stocks))


def scaled(flows: tuple[YearFlow, ...], by: float) -> tuple[YearFlow, ...]:
    return tuple(replace(flow, start=flow.start * by, end=flow.end * by) for flow in flows)


def test_the_frontier_has_the_published_shape() -> None:
    """Other figures, 1926–2025: swings are least at 10 % stocks, the worst fall at 15 %."""
    records = mix_records("1926-07")
    assert [record.stocks for record in records] == [Decimal(place) / 20 for place in range(21)]
    assert min(records, key=lambda record: record.volatility).stocks == Decimal("0.1")
    assert max(records, key=lambda record: record.worst_fall).stocks == Decimal("0.15")
    growths = [record.real_growth for record in records]
    assert growths == sorted(growths)
    for stocks, percent in ((0, 1.65), (4, 3.08), (8, 4.35), (12, 5.44), (16, 6.36), (20, 7.09)):
        assert growths[stocks] * 100 == pytest.approx(percent, abs=0.1)


def test_each_tier_gets_the_least_risky_mix_that_lasted_often_enough() -> None:
    for result in solve(EXAMPLE):
        assert result.chosen is not None
        assert result.chosen.lived.held >= 0.85
        safer = [t for t in result.tried if t.record.worst_fall > result.chosen.record.worst_fall]
        assert all(item.lived.held < 0.85 for item in safer)
    needs, wants, wishes = solve(EXAMPLE)
    assert (needs.status, wants.status, wishes.status) == (Status.FUNDED, Status.MIX, Status.MIX)
    assert needs.required is not None
    assert wants.required is not None
    assert wishes.required is not None
    assert needs.required < 0 < wants.required < wishes.required
    assert wishes.average is not None
    assert wishes.chosen is not None
    assert wishes.average.lived.held < 0.85 <= wishes.chosen.lived.held


def test_out_of_reach_is_said_and_never_all_stocks() -> None:
    plan = replace(EXAMPLE, age=65, saved=Decimal(0), match=Decimal(0), income=(), one_off=())
    for result in solve(plan):
        assert (result.status, result.chosen) == (Status.NONE, None)
        assert result.best.lived.held < 0.85


def test_asking_for_more_certainty_never_lowers_what_is_held() -> None:
    held = []
    for lasting in ("0.5", "0.85", "0.95", "1"):
        result = solve(replace(EXAMPLE, lasting=Decimal(lasting)))[2]
        assert result.chosen is not None
        held.append(result.chosen.lived.held)
    assert held == sorted(held)


def test_the_range_has_its_lines_in_order() -> None:
    result = solve(EXAMPLE)[2]
    assert [at.age for at in result.range] == list(range(52, 96))
    assert set(result.range[0].balances) == {412000.0}
    assert all(
        list(at.balances) == sorted(at.balances) and len(at.balances) == len(LEVELS) for at in result.range
    )
    assert result.range[-1].balances[0] == 0.0


def test_progress_is_told_and_the_search_can_be_stopped() -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        solve(EXAMPLE, watch=stop)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"plan_to": 52}, "ends at 52, the age today"),
        ({"retire_at": 96}, "comes after the end"),
        ({"balance": Decimal(-1)}, "balance is -1"),
        ({"needs": Decimal(-1)}, "needs is -1"),
        ({"age": 130, "retire_at": 130, "plan_to": 140}, "age from 0 to 120"),
        ({"lasting": Decimal(85)}, "such as 0.85"),
        ({"lasting": Decimal(0)}, "above 0"),
        ({"income": (Income("x", Decimal(-5), 60),)}, "income “x” is -5"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises((GoalPlanError, GoalAmountError), match=words):
        replace(EXAMPLE, **changes)
