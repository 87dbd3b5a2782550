"""A target and its short-term bucket: stocks keep their share, whatever is pressed first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.goals import GoalAnswers, Tier
from desktop_app.domain.money import ZERO
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow.desk import Desk, look
from desktop_app.workflow.guided_bucket import bucket_refusal, bucket_target
from desktop_app.workflow.guided_desk import (
    given_up_words,
    guided_of,
    guided_target,
    suggested_target,
    suggestion_lines,
)
from desktop_app.workflow.outlook import target_mix
from desktop_app.workflow.outlook_desk import stocks_in
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
NEEDS = Tier.NEEDS
ANSWERS = GoalAnswers(
    born=1972, retire_at=64, plan_to=90, needs=Decimal(40000), wants=Decimal(10000), saved=Decimal(20000)
)
TWO = Decimal(2)


@cache
def sample_desk() -> Desk:
    return look(sample_household(TODAY), TODAY)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return sample_desk()


@pytest.fixture(scope="module")
def found(desk):
    return guided_of(ANSWERS, desk)


def stocks_of(target: TargetAllocation, desk: Desk) -> Decimal:
    return stocks_in(target_mix(target, desk.snapshot.total))


def having(desk: Desk, target: TargetAllocation | None) -> Desk:
    assert target is not None
    return replace(desk, target=target)


def test_the_order_of_mix_and_bucket_does_not_matter(desk, found) -> None:
    dollars = Decimal(40000)
    stocks = found.guided.tier(NEEDS).chosen.record.stocks
    mix_first = having(desk, guided_target(found, NEEDS, desk))
    one = bucket_target(mix_first, dollars, TWO, found, NEEDS)
    bucket_first = having(desk, bucket_target(desk, dollars, TWO, found, NEEDS))
    other = guided_target(found, NEEDS, bucket_first)
    assert one.fixed == other.fixed == ((C.SHORT_TERM, dollars),)
    assert [node for node, _ in one.weights] == [node for node, _ in other.weights]
    for (_, a), (_, b) in zip(one.weights, other.weights, strict=True):
        assert abs(a - b) <= Decimal("0.0002")
    assert stocks_of(one, desk) == pytest.approx(stocks, abs=Decimal("0.0001"))
    assert one.reason == other.reason


def test_the_reason_tells_how_often_it_lasted_with_what_is_set_apart(desk, found) -> None:
    made = having(desk, guided_target(found, NEEDS, desk))
    held = having(desk, bucket_target(made, Decimal(60000), TWO, found, NEEDS))
    again = guided_of(ANSWERS, held)
    lasted = f"{int(again.own_of(NEEDS).held * 100)} %"  # rounded down
    assert f"With the $60,000 set apart, needs lasted in {lasted} of" in held.target.reason
    assert held.target.reason.count("held safe") == 1
    away = bucket_target(held, ZERO, ZERO, found, NEEDS)
    assert away.reason == made.target.reason.split("\n")[0]
    assert stocks_of(away, desk) == pytest.approx(stocks_of(made.target, desk), abs=Decimal("0.0002"))


@given(st.integers(1, 19), st.integers(0, 300000), st.integers(0, 300000))
def test_stocks_keep_their_share_or_the_bucket_is_refused(step: int, first: int, second: int) -> None:
    """What a bucket may have is the fixed income of the target, no dollar more."""
    whole = sample_desk()
    stocks = Decimal(step) / 20
    start = having(whole, TargetAllocation.of({C.US_LARGE: stocks, C.US_BOND: 1 - stocks}))
    total = whole.snapshot.total
    for dollars in map(Decimal, (first, second, 0)):
        made = bucket_target(start, dollars, TWO)
        fits = dollars <= (1 - stocks) * total
        if abs(dollars - (1 - stocks) * total) > total / 1000:
            assert (made is not None) == fits
            assert bool(bucket_refusal(start, dollars)) != fits
        if made is not None:
            assert stocks_of(made, whole) == pytest.approx(stocks, abs=Decimal("0.0003"))
            assert dict(made.fixed).get(C.SHORT_TERM, ZERO) == dollars
            start = having(whole, made)


def test_classes_that_leave_the_target_are_named_beforehand_and_in_the_reason(desk, found) -> None:
    names = {"us_large": "0.5", "us_bond": "0.3", "commodities": "0.125", "crypto": "0.075"}
    wide = replace(desk, target=TargetAllocation.from_names(names))
    told = "Not kept from your target: Commodities 12.5 %, Crypto 7.5 %."
    assert told in given_up_words(Decimal("0.75"), wide)
    made = guided_target(found, NEEDS, wide)
    assert set(dict(made.weights)) == {C.US_LARGE, C.US_BOND}
    assert told in made.reason
    line = suggestion_lines({}, wide, found, ANSWERS, NEEDS)[0]
    assert told in line.given_up
    assert told in suggested_target(line.suggestion, wide).reason
    assert "Not kept" not in guided_target(found, NEEDS, desk).reason


def test_a_bucket_of_all_there_is_is_refused_in_words(desk) -> None:
    assert "all you hold" in bucket_refusal(desk, Decimal(750000))
    assert bucket_target(desk, Decimal(750000), Decimal(15)) is None
    risky = having(desk, TargetAllocation.of({C.US_LARGE: Decimal("0.9"), C.US_BOND: Decimal("0.1")}))
    assert "in fixed income for a bucket" in bucket_refusal(risky, Decimal(200000))
    cash = TargetAllocation.of({C.STOCKS: Decimal("0.5"), C.BONDS: Decimal("0.5")}, {C.CASH: Decimal(9000)})
    assert "$9,000 apart inside short-term" in bucket_refusal(having(desk, cash), Decimal(20000))
    assert bucket_refusal(desk, ZERO) == ""


@pytest.mark.parametrize("dollars", [750000, 350000])
def test_a_mix_beside_which_dollars_do_not_fit_gives_them_up_and_says_so(desk, found, dollars: int) -> None:
    """Half in stocks and more than the other half set apart: one of the two has to go, and not in silence."""
    weights = {C.US_LARGE: Decimal("0.5"), C.US_BOND: Decimal("0.5")}
    full = having(desk, TargetAllocation.of(weights, {C.SHORT_TERM: Decimal(dollars)}))
    chosen = found.guided.tier(NEEDS).chosen.record.stocks
    assert chosen >= Decimal("0.2")
    target = guided_target(found, NEEDS, full)
    assert (target.fixed, stocks_of(target, desk)) == ((), chosen)
    told = f"${dollars:,} set apart does not fit beside"
    assert told in target.reason
    assert told in given_up_words(chosen, full)
    assert given_up_words(Decimal("0.2"), desk) == ""
    line = next(each for each in suggestion_lines({}, full, found, ANSWERS, NEEDS) if each.suggestion.stocks)
    assert told in line.given_up
    assert told in suggested_target(line.suggestion, full).reason
