"""The household's mixes in history, and the guided plan up to a target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.goals import GoalPlan, Income, OneOff, Tier
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ONE, ZERO
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.targets import TargetAllocation, ToleranceBand, top_level
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.simulate import compare
from desktop_app.outlook.stand_ins import series_mix, two_part_mix
from desktop_app.rebalance import make_plan
from desktop_app.workflow.bucket_words import bucket_words
from desktop_app.workflow.guided import (
    BucketTrial,
    guided_reason,
    make_guided_plan,
    suggestions,
    target_with_stocks,
    try_bucket,
    untried_words,
    with_bucket,
)
from desktop_app.workflow.outlook import (
    both_sides,
    crises_in_dollars,
    look_back,
    mix_of,
    planned_mix,
    present_mix,
    target_mix,
)

C = AssetClass
TODAY = date(2026, 11, 22)
PLAN = GoalPlan(
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
)


def fund(name: str, leaf: AssetClass) -> Fund:
    return Fund(name, name, AssetMix.single(leaf), ClassifiedBy.USER)


def household(**dollars: int) -> Snapshot:
    """Return one account with one fund per class."""
    held = tuple(Holding(fund(name, C(name)), Decimal(value)) for name, value in dollars.items())
    return Snapshot((Account("401k", "401k", held),))


BUCKET = TargetAllocation.from_names({"stocks": "0.6", "bonds": "0.4"})


def test_the_present_mix_the_target_and_the_plan_are_mixes() -> None:
    snapshot = household(us_large=70000, us_bond=30000)
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    plan = make_plan(snapshot, target, PlanRules(TODAY))
    assert present_mix(snapshot) == {C.US_LARGE: Decimal("0.7"), C.US_BOND: Decimal("0.3")}
    assert target_mix(target, snapshot.total) == {C.STOCKS: Decimal("0.6"), C.FIXED_INCOME: Decimal("0.4")}
    assert planned_mix(plan) == {C.US_LARGE: Decimal("0.6"), C.US_BOND: Decimal("0.4")}


def test_fixed_dollars_count_in_the_target_s_mix() -> None:
    """40,000 of 100,000 apart, the rest 60/40: 40 % short-term, 36 % stocks, 24 % bonds."""
    target = with_bucket(BUCKET, Decimal(40000))
    assert target_mix(target, Decimal(100000)) == {
        C.STOCKS: Decimal("0.36"), C.BONDS: Decimal("0.24"), C.SHORT_TERM: Decimal("0.4"),
    }  # fmt: skip


def test_where_nothing_is_held_no_dollars_are_apart() -> None:
    target = with_bucket(BUCKET, Decimal(40000))
    assert target_mix(target, ZERO) == {C.STOCKS: Decimal("0.6"), C.BONDS: Decimal("0.4")}


def test_what_stands_in_for_stocks_is_named_where_stocks_are_spoken_of() -> None:
    mix = {C.CRYPTO: Decimal("0.3"), C.TIPS: Decimal("0.7")}
    entering, *_, any_rule = both_sides(look_back(mix, Decimal(1000)))
    assert "% stocks (counted as such: Crypto) before" in entering
    assert "without any, stocks (counted as such: Crypto) were" in any_rule
    plain = both_sides(look_back({C.US_LARGE: Decimal("0.3"), C.TIPS: Decimal("0.7")}, Decimal(1000)))
    assert not any("counted as such" in words for words in plain)


def test_a_group_with_a_part_apart_is_still_a_mix() -> None:
    target = TargetAllocation.from_names({"stocks": "0.5", "fixed_income": "0.5"}, {"cash": "20000"})
    mix = target_mix(target, Decimal(100000))
    assert series_mix(mix).shares == (0.4, 0.4, 0.2)


@given(st.dictionaries(st.sampled_from(list(C)), st.decimals(0, 10**9, places=2), min_size=1))
def test_any_dollars_make_a_mix_that_adds_to_one(dollars: dict[AssetClass, Decimal]) -> None:
    mix = mix_of(dollars)
    assert sum(mix.values(), ZERO) == (ONE if any(dollars.values()) else 0)
    assert all(weight >= 0 for weight in mix.values())


def test_losses_are_in_dollars_of_the_balance() -> None:
    outlook = look_back({C.STOCKS: Decimal("0.6"), C.BONDS: Decimal("0.4")}, Decimal(250000))
    for item in outlook.crises:
        assert item.dollars == pytest.approx(Decimal(item.crisis.fall.loss) * 250000, abs=Decimal("0.01"))
    assert outlook.period == ("1926-07", "2023-06")


def test_a_mix_is_followed_through_history_once_whatever_the_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    mix = {C.STOCKS: Decimal("0.61"), C.BONDS: Decimal("0.39")}
    first = look_back(mix, Decimal(1000))
    monkeypatch.setattr("desktop_app.workflow.outlook.run", None)
    told: list[float] = []
    again = look_back(mix, Decimal(3000), watch=told.append)
    assert again.policies == first.policies == compare(series_mix(mix), monthly_returns().since("1926-07"))
    assert told == sorted(told)
    assert len(told) == len(again.policies)


def test_both_sides_are_told_and_only_where_they_are_true() -> None:
    sixty = both_sides(look_back({C.STOCKS: Decimal("0.6"), C.BONDS: Decimal("0.4")}, ONE))
    assert len(sixty) == 3
    assert "79 % stocks before Dot-Com" in sixty[0]
    assert "1929–32" in sixty[1]
    assert both_sides(look_back({C.STOCKS: ONE}, ONE)) == ()
    assert both_sides(look_back({C.BONDS: Decimal("0.5"), C.CASH: Decimal("0.5")}, ONE)) == ()
    late = look_back({C.STOCKS: Decimal("0.6"), C.BONDS: Decimal("0.4")}, ONE, since="2021-06")
    assert len(both_sides(late)) >= 1


def test_one_click_makes_the_mix_a_target_and_keeps_why() -> None:
    guided = make_guided_plan(PLAN, TODAY)
    result = guided.tier(Tier.WISHES)
    assert result.chosen is not None
    target = target_with_stocks(result.chosen.record.stocks, guided_reason(guided, Tier.WISHES))
    assert dict(target.weights) == {
        C.STOCKS: result.chosen.record.stocks, C.FIXED_INCOME: ONE - result.chosen.record.stocks,
    }  # fmt: skip
    assert target.reason.startswith("Guided plan, 1871-02 to 2023-06.")
    assert f"of {result.chosen.lived.windows:,} stretches" in target.reason


def test_a_known_target_keeps_its_classes_its_band_and_its_bucket() -> None:
    known = replace(
        TargetAllocation.from_names({"us_large": "0.4", "emerging": "0.2", "us_bond": "0.3", "tips": "0.1"}),
        band=ToleranceBand(absolute=Decimal("0.03")),
    )
    target = target_with_stocks(Decimal("0.3"), "why", known)
    assert dict(target.weights) == {
        C.US_LARGE: Decimal("0.2"), C.EMERGING: Decimal("0.1"),
        C.US_BOND: Decimal("0.525"), C.TIPS: Decimal("0.175"),
    }  # fmt: skip
    assert (target.band.absolute, target.reason) == (Decimal("0.03"), "why")


@given(
    st.integers(0, 20),
    st.lists(st.integers(1, 97), min_size=4, max_size=4),
    st.integers(0, 150000),
)
def test_the_share_of_stocks_is_that_of_all_whatever_stands_apart(
    step: int, parts: list[int], bucket: int
) -> None:
    whole = sum(parts)
    nodes = (C.US_LARGE, C.EMERGING, C.US_BOND, C.TIPS)
    weights = {node: round(Decimal(part) / whole, 4) for node, part in zip(nodes, parts, strict=True)}
    weights[C.US_LARGE] += ONE - sum(weights.values(), ZERO)
    stocks, total = Decimal(step) / 20, Decimal(200000)
    known = with_bucket(TargetAllocation.of(weights), Decimal(bucket))
    mix = target_mix(target_with_stocks(stocks, "", known, total), total)
    found = sum((weight for node, weight in mix.items() if top_level(node) is C.STOCKS), ZERO)
    assert abs(found - stocks) <= Decimal("0.0002")  # a bucket that leaves no room is given up


def test_ways_to_a_mix_stand_side_by_side() -> None:
    guided = make_guided_plan(PLAN, TODAY)
    keys = ("horizon", "paycheck", "reserve", "share", "paper_loss", "last_time", "regret", "looking")
    found = suggestions(dict.fromkeys(keys, 0), 52, guided, Tier.WISHES)
    assert [each.key for each in found] == ["comfort", "100", "110", "120", "target_date", "guided"]
    assert all(each.source and each.why for each in found)
    assert found[0].stocks == 0  # money needed within two years
    assert suggestions({}, None, None) == ()


def test_an_answer_s_loss_is_shown_in_dollars() -> None:
    great = next(
        item
        for item in crises_in_dollars(two_part_mix(Decimal("0.6")), Decimal(100000))
        if item.crisis.name == "2022"
    )
    assert great.dollars == pytest.approx(Decimal(-18730), abs=1)


def test_a_bucket_is_refilled_from_what_has_grown() -> None:
    """40,000 of 100,000 are there, 620,000 stocks and 320,000 bonds at 60/40: 92,000 leave stocks, 32,000 go
    to bonds and 60,000 to the bucket."""
    snapshot = household(us_large=620000, us_bond=320000, stable_value=40000)
    plan = make_plan(snapshot, with_bucket(BUCKET, Decimal(100000)), PlanRules(TODAY))
    assert {trade.fund.name: trade.change for trade in plan.trades} == {
        "us_large": Decimal(-92000), "us_bond": Decimal(32000), "stable_value": Decimal(60000),
    }  # fmt: skip


def test_a_required_distribution_is_taken_from_what_is_over() -> None:
    """70/30 against 60/40: the whole 18,868 comes from stocks when nothing else is exchanged."""
    snapshot = household(us_large=350000, us_bond=150000)
    rules = PlanRules(
        TODAY,
        cash_flow=(("401k", Decimal(-18868)),),
        accounts=(("401k", AccountRules(no_buy=("us_bond", "us_large"))),),
    )
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    changes = {trade.fund.name: trade.change for trade in make_plan(snapshot, target, rules).trades}
    assert changes == {"us_large": Decimal(-18868), "us_bond": Decimal(0)}


def test_the_bucket_is_tried_over_the_retirement_of_the_plan() -> None:
    guided = make_guided_plan(PLAN, TODAY)
    result = try_bucket(guided, Decimal(3))
    assert result is not None
    assert result.made_up.bridged == pytest.approx(result.real_order.bridged, abs=0.1)
    assert f"of {result.made_up.falls:,} falls" in bucket_words(result)
    stocks = guided.tier(Tier.NEEDS).shown.record.stocks
    assert f"The rest was in {stocks:.0%}".replace("%", " % stocks") in bucket_words(result)
    assert try_bucket(make_guided_plan(replace(PLAN, needs=ZERO), TODAY), Decimal(3)) is None


RETIRED = GoalPlan(
    balance=Decimal(412000), age=65, retire_at=65, plan_to=95, needs=Decimal(48000),
    income=(Income("Social Security", Decimal(36000), 67),),
)  # fmt: skip


def tried(plan: GoalPlan, years: int) -> tuple[BucketTrial, str]:
    trial = try_bucket(make_guided_plan(plan, TODAY), Decimal(years))
    assert trial is not None
    return trial, bucket_words(trial)


def test_the_bucket_moves_the_one_off_amounts_the_plan_moves() -> None:
    """300,000 of 412,000 at 68 end the plan in most of history; 900,000 on the first day pay it in all."""
    costly = replace(RETIRED, one_off=(OneOff(68, Decimal(-300000)),))
    trial, _ = tried(costly, 3)
    best = make_guided_plan(costly, TODAY).tier(Tier.NEEDS).best.lived.held
    assert best < 0.3
    assert max(trial.made_up.lasted, trial.real_order.lasted) < 0.4
    rich, _ = tried(replace(RETIRED, balance=Decimal(50000), one_off=(OneOff(65, Decimal(900000)),)), 3)
    assert (rich.made_up.lasted, rich.real_order.lasted, rich.filled_years) == (1, 1, 3)


def test_a_plan_that_failed_before_retirement_has_no_bucket() -> None:
    early = replace(RETIRED, age=52, saved=Decimal(20000), one_off=(OneOff(53, Decimal(-900000)),))
    guided = make_guided_plan(early, TODAY)
    assert try_bucket(guided, Decimal(3)) is None
    assert "nothing is left when retirement begins" in untried_words(guided)
    assert untried_words(make_guided_plan(RETIRED, TODAY)) == ""
    free = make_guided_plan(replace(RETIRED, needs=ZERO), TODAY)
    assert "nothing to bridge" in untried_words(free)
    assert "History is shorter" in untried_words(make_guided_plan(RETIRED, TODAY, "2000-01"))


def test_money_that_runs_out_at_once_is_not_told_as_calm() -> None:
    trial, words = tried(replace(RETIRED, needs=Decimal(5000000)), 3)
    assert trial.made_up.lasted == 0
    assert "ran out before anything could fall" in words
    assert "lasted in 0 %" in words


def test_years_the_money_does_not_hold_are_not_told_as_held() -> None:
    """100,000 pay for 2.08 years of 48,000, whatever was wished for."""
    trial, words = tried(replace(RETIRED, balance=Decimal(100000), income=()), 10)
    assert trial.filled_years == Decimal("2.0")
    assert "pays for 2 years of spending, not for 10" in words
    assert "10 years held safe" not in words


def test_remarks_name_what_there_is() -> None:
    short = replace(
        RETIRED, age=60, plan_to=61, retire_at=61, income=(Income("", Decimal(9000), 50),),
        match=Decimal(80000),
    )  # fmt: skip
    said = " ".join(remark.message for remark in make_guided_plan(short, TODAY).remarks)
    assert "stretches of one year overlap" in said
    assert "An income comes in already, before retirement at 61." in said
    assert "“”" not in said
    assert "more than $72,000" in said  # a match alone is held against the cap of IRS Notice 2025-67


def test_taking_the_bucket_away_leaves_the_target_as_it_was() -> None:
    kept = replace(BUCKET, reason="mine", since=TODAY)
    assert with_bucket(with_bucket(kept, Decimal(5)), ZERO) == kept
