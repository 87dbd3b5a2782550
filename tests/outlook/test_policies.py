"""Rules followed through history: against figures computed elsewhere, closed forms, and for any market."""

from __future__ import annotations

import json
from decimal import Decimal, localcontext
from itertools import pairwise
from math import fsum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass
from desktop_app.outlook.errors import TooShortError
from desktop_app.outlook.policies import (
    DECEMBER,
    EVERY_MONTH,
    HALF_YEARS,
    JUNE,
    MONTHLY,
    NEVER,
    POLICIES,
    QUARTERS,
    YEARLY,
    BackInside,
    HalfBand,
    Policy,
    Threshold,
    to_target,
)  # fmt: skip
from desktop_app.outlook.returns import ReturnTable, Series, annual_returns, monthly_returns
from desktop_app.outlook.simulate import compare, measure, run
from desktop_app.outlook.stand_ins import SeriesMix, series_mix, two_part_mix

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "reference_policies.json").read_text(encoding="utf-8")
)
ROUNDING = 1829**0.5 * 1e-6 / 12**0.5
"""What 1,829 returns rounded to six places do to their product: each is off by half of 1e-6 at most."""
SIXTY = series_mix(two_part_mix(Decimal("0.6")))
RULES = {policy.name: policy for policy in POLICIES} | {
    "semi-annual (Jun,Dec)": Policy("", HALF_YEARS, to_target),
    "annual (Dec)": YEARLY,
    "annual (Jun)": Policy("", JUNE, to_target),
    "1-point threshold, checked monthly": Policy("", EVERY_MONTH, Threshold(0.01)),
    "5-point threshold, checked monthly": Policy("", EVERY_MONTH, Threshold(0.05)),
    "5-point threshold, checked quarterly": Policy("", QUARTERS, Threshold(0.05)),
    "5-point threshold, checked semi-annually": Policy("", HALF_YEARS, Threshold(0.05)),
    "5-point threshold, checked annually (Dec)": Policy("", DECEMBER, Threshold(0.05)),
    "10-point threshold, checked monthly": Policy("", EVERY_MONTH, Threshold(0.10)),
    "5/25 rule, checked monthly": Policy("", EVERY_MONTH, Threshold(0.05, relative=0.25)),
    "20% relative band, to half band, checked monthly": Policy("", EVERY_MONTH, HalfBand(0.20)),
    "2.00-point trigger, 1.75-point destination, checked monthly": Policy(
        "", EVERY_MONTH, BackInside(0.02, 0.0175)
    ),
    "annual": YEARLY,
    "thr5": Policy("", DECEMBER, Threshold(0.05)),
    "thr10": Policy("", DECEMBER, Threshold(0.10)),
}


@pytest.mark.parametrize("since", ["1871-02", "1926-07"])
@pytest.mark.parametrize("place", range(15))
def test_monthly_figures_are_those_computed_elsewhere(since: str, place: int) -> None:
    wanted = REFERENCE[since][place]
    table = monthly_returns().since(since)
    found = measure("", run(SIXTY, table, RULES[wanted["rule"]]), table)
    assert found.worst_year is not None
    assert {
        "CAGR": round(found.growth * 100, 2),
        "vol": round(found.volatility * 100, 2),
        "maxDD": round(found.worst_fall * 100, 1),
        "peak": found.peak,
        "trough": found.trough,
        "worst12m": round(found.worst_year * 100, 1),
        "realCAGR": round(found.real_growth * 100, 2),
        "avg_w0": round(found.first_share * 100, 1),
        "max_w0": round(found.most_first * 100, 1),
        "events": found.rebalances,
        "turnover_pa": round(found.turnover * 100, 2),
    } == {key: value for key, value in wanted.items() if key not in {"rule", "growth_of_1"}}
    assert found.final == pytest.approx(wanted["growth_of_1"], rel=3 * ROUNDING)


@pytest.mark.parametrize(("monthly", "printed"), [(False, "385453.0"), (True, "68772.9")])
def test_the_last_digits_of_growth_are_lost_in_the_table_and_not_in_the_program(
    monthly: bool, printed: str
) -> None:
    """In fifty digits the shipped returns end beside the printed growth, by no more than their rounding."""
    assert {each["growth_of_1"] for each in REFERENCE["1871-02"]} >= {float(printed)}
    exact = exact_growth(SIXTY, monthly_returns(), monthly=monthly)
    away = float(abs(exact / Decimal(printed) - 1))
    assert round(exact, 1) != Decimal(printed)
    assert away < 3 * ROUNDING


@pytest.mark.parametrize("place", range(4))
def test_yearly_figures_are_those_computed_elsewhere(place: int) -> None:
    wanted = REFERENCE["annual"][place]
    table = annual_returns()
    found = measure("", run(SIXTY, table, RULES[wanted["rule"]]), table)
    assert found.worst_year is not None
    assert {
        "CAGR": round(found.growth * 100, 3),
        "sd": round(found.volatility * 100, 3),
        "maxDD_yearend": round(found.worst_fall * 100, 2),
        "worst_year": round(found.worst_year * 100, 2),
        "events": found.rebalances,
        "turnover_pa": round(found.turnover * 100, 3),
        "max_stock": round(found.most_first * 100, 2),
        "avg_stock_year_end": round(found.first_share * 100, 2),
    } == {key: value for key, value in wanted.items() if key not in {"rule", "final"}}
    assert found.final == pytest.approx(wanted["final"], rel=1e-5)


def exact_growth(mix: SeriesMix, table: ReturnTable, *, monthly: bool) -> Decimal:
    """Return what a dollar becomes by closed form, in fifty digits."""
    with localcontext() as context:
        context.prec = 50
        columns = [[1 + Decimal(repr(each)) for each in table.series[name]] for name in mix.series]
        shares = [weight for _, weight in mix.weights]
        total = Decimal(1)
        if monthly:
            for growth in zip(*columns, strict=True):
                total *= sum((w * g for w, g in zip(shares, growth, strict=True)), Decimal(0))
            return total
        for place, column in enumerate(columns):
            for growth_of_one in column:
                shares[place] *= growth_of_one
        return sum(shares, Decimal(0))


@pytest.mark.parametrize("stocks", ["0", "0.05", "0.6", "1"])
@pytest.mark.parametrize("monthly", [False, True])
def test_closed_forms_hold_to_twelve_digits(stocks: str, monthly: bool) -> None:
    table, mix = monthly_returns(), series_mix(two_part_mix(Decimal(stocks)))
    found = run(mix, table, MONTHLY if monthly else NEVER).values[-1]
    exact = exact_growth(mix, table, monthly=monthly)
    assert abs(Decimal(found) / exact - 1) < Decimal("1e-12")


def test_the_same_with_three_series() -> None:
    mix = series_mix({node: Decimal(w) for node, w in zip(THREE, ("0.5", "0.3", "0.2"), strict=True)})
    for policy in (NEVER, MONTHLY):
        found = run(mix, monthly_returns(), policy).values[-1]
        exact = exact_growth(mix, monthly_returns(), monthly=policy is MONTHLY)
        assert abs(Decimal(found) / exact - 1) < Decimal("1e-12")


THREE = (AssetClass.STOCKS, AssetClass.BONDS, AssetClass.CASH)


def tiny(stocks: list[float], bonds: list[float], months: list[str]) -> ReturnTable:
    columns = {
        Series.STOCKS: tuple(stocks), Series.BONDS: tuple(bonds), Series.INFLATION: tuple(0.0 for _ in stocks)
    }  # fmt: skip
    return ReturnTable(tuple(months), 12, columns, "invented")


def test_three_months_by_hand() -> None:
    """60/40, stocks +10 %, +10 %, −20 %, bonds 0, 0, +5 %: monthly 1.01124, never 1.0008."""
    table = tiny([0.1, 0.1, -0.2], [0.0, 0.0, 0.05], ["2001-01", "2001-02", "2001-03"])
    monthly, never = run(SIXTY, table, MONTHLY), run(SIXTY, table, NEVER)
    assert monthly.values == pytest.approx((1, 1.06, 1.1236, 1.01124), abs=1e-12)
    assert never.values[-1] == pytest.approx(1.0008, abs=1e-12)
    # 0.66/1.06 is 2.2642 points too much, twice; then 0.48/0.90 is 6.6667 points too little
    assert monthly.turnover == pytest.approx(2 * (0.66 / 1.06 - 0.6) + (0.6 - 0.48 / 0.90), abs=1e-12)
    assert (monthly.looks, never.looks, never.turnover) == (3, 0, 0)


@pytest.mark.parametrize(("now", "after"), [(0.619, None), (0.62, 0.6175), (0.623, 0.6175), (0.577, 0.5825)])
def test_two_points_back_to_one_and_three_quarters(now: float, after: float | None) -> None:
    """Vanguard's target-date funds: at 62.0 % to 61.75 %, at 61.9 % nothing."""
    found = BackInside(0.02 - 1e-12, 0.0175)((now, 1 - now), (0.6, 0.4))
    assert found is None if after is None else found == pytest.approx((after, 1 - after))


@pytest.mark.parametrize(
    ("now", "after"),
    [
        ((0.239, 0.461, 0.3), None),
        ((0.25, 0.45, 0.3), (0.22, 0.48, 0.3)),
        ((0.15, 0.55, 0.3), (0.18, 0.52, 0.3)),
    ],
)
def test_a_fifth_of_the_target_back_to_half_of_that(
    now: tuple[float, ...], after: tuple[float, ...] | None
) -> None:
    """Daryanani: a class of 20 % acts outside 16/24 and goes to 18/22; who stands on the other side gives."""
    found = HalfBand(0.2)(now, (0.2, 0.5, 0.3))
    assert found is None if after is None else found == pytest.approx(after)


def test_when_all_are_outside_each_ends_within_half_its_band() -> None:
    """60/40 at 73/27: 60 % may be 54 to 66, 40 % may be 36 to 44; 64/36 is the least trade that does both."""
    assert HalfBand(0.2)((0.73, 0.27), (0.6, 0.4)) == pytest.approx((0.64, 0.36))


def test_5_25_is_5_points_for_large_classes_and_narrower_for_small_ones() -> None:
    wide, narrow = Threshold(0.05), Threshold(0.05, relative=0.25)
    assert wide((0.64, 0.36), (0.6, 0.4)) == narrow((0.64, 0.36), (0.6, 0.4)) is None
    assert narrow((0.05, 0.95), (0.04, 0.96)) is not None
    assert wide((0.05, 0.95), (0.04, 0.96)) is None


@pytest.mark.parametrize("alone", [AssetClass.CASH, AssetClass.STOCKS])
def test_one_class_alone_is_never_traded(alone: AssetClass) -> None:
    """It is always at its target, so every look finds nothing to do."""
    for rule in compare(series_mix({alone: Decimal(1)}), monthly_returns()):
        assert (rule.rebalances, rule.turnover, rule.outside) == (0, 0, 0)


def test_having_a_rule_matters_more_than_which() -> None:
    """Vanguard's table for 60/40, 1926–2009: all rules within half a point, never the odd one."""
    end = monthly_returns().index("2009-12")
    table = monthly_returns().between(monthly_returns().index("1926-07"), end + 1)
    never, *rules = compare(SIXTY, table)
    assert max(rule.growth for rule in rules) - min(rule.growth for rule in rules) < 0.005
    assert max(rule.volatility for rule in rules) - min(rule.volatility for rule in rules) < 0.005
    assert never.volatility > max(rule.volatility for rule in rules) + 0.02
    assert never.first_share > 0.84
    counts = [rule.rebalances for rule in rules]
    assert counts[0] == 1002
    assert counts[rules.index(next(r for r in rules if r.rule.startswith("10 points")))] in range(10, 30)


def test_progress_is_told_and_work_can_be_stopped() -> None:
    class StoppedError(Exception):
        pass

    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if share >= 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        compare(SIXTY, monthly_returns(), watch=stop)
    assert told == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]


def test_a_table_too_short_to_judge_is_refused() -> None:
    with pytest.raises(TooShortError, match="two years"):
        compare(SIXTY, monthly_returns().since("2022-01"))


RATES = st.floats(min_value=-0.95, max_value=2.0)


@st.composite
def markets(draw: st.DrawFn) -> ReturnTable:
    length = draw(st.integers(1, 30))
    columns = {
        name: tuple(draw(st.lists(RATES, min_size=length, max_size=length)))
        for name in (Series.STOCKS, Series.BONDS, Series.BILLS)
    }
    columns[Series.INFLATION] = (0.0,) * length
    months = tuple(f"{2000 + place // 12}-{place % 12 + 1:02d}" for place in range(length))
    return ReturnTable(months, 12, columns, "invented")


@st.composite
def mixes(draw: st.DrawFn) -> SeriesMix:
    one = draw(st.integers(1, 98))
    two = draw(st.integers(1, 99 - one))
    parts = (one, two, 100 - one - two)
    return series_mix({node: Decimal(part) / 100 for node, part in zip(THREE, parts, strict=True)})


@given(markets(), mixes(), st.sampled_from(POLICIES))
def test_no_rule_makes_or_loses_money(table: ReturnTable, mix: SeriesMix, policy: Policy) -> None:
    """In no month can the whole do better than the best class or worse than the worst."""
    growth = zip(*([1 + each for each in table.series[name]] for name in mix.series), strict=True)
    values = run(mix, table, policy).values
    assert values[0] == 1
    for month, (before, after) in zip(growth, pairwise(values), strict=True):
        assert min(month) * (1 - 1e-12) <= after / before <= max(month) * (1 + 1e-12)


@given(mixes(), mixes(), st.sampled_from(POLICIES))
def test_every_trade_keeps_the_whole_and_nothing_below_zero(
    held: SeriesMix, target: SeriesMix, policy: Policy
) -> None:
    after = policy.trade(held.shares, target.shares)
    if after is not None:
        assert fsum(after) == pytest.approx(1, abs=1e-12)
        assert min(after) >= 0
