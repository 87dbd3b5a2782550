"""The short-term bucket: refilled from gains, left alone in bad years, tried over history."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.outlook.bucket import BucketPlan, bootstrap, in_real_order, live_through
from desktop_app.outlook.stand_ins import series_mix, two_part_mix

STOCKS = series_mix(two_part_mix(Decimal(1)))


def plan(total: int, spending: int, held: str, years: int) -> BucketPlan:
    return BucketPlan(Decimal(total), (Decimal(spending),) * years, Decimal(held), STOCKS)


def test_a_bad_year_is_bridged_and_a_good_one_refills_from_its_gain() -> None:
    """100, 10 a year, 2 years held: 20 + 80.

    Year 1 pays 10, the 80 halve to 40. Year 2 pays the bucket's last 10; the 40 double to 80 and give 20 of
    the 40 gained. Year 3 pays 10: 60 + 10 are left, of which nothing is needed any more.
    """
    life = live_through(plan(100, 10, "2", 3), [(0.5, 1.0), (2.0, 1.0), (1.0, 1.0)])
    assert (life.falls, life.bridged, life.lasted) == (1, 1, True)
    assert life.left == pytest.approx(70)


def test_too_small_a_bucket_sells_low() -> None:
    """With one year held the second has to be sold from what has just halved."""
    life = live_through(plan(100, 10, "1", 2), [(0.5, 1.0), (1.0, 1.0)])
    assert (life.falls, life.bridged, life.lasted) == (1, 0, True)
    assert life.left == pytest.approx(35)


def test_after_a_loss_nothing_is_refilled_beyond_the_gain() -> None:
    """20 + 80; the 80 fall to 40, then gain 4 of it: only 4 go to the bucket, though 20 are missing."""
    life = live_through(plan(100, 10, "2", 3), [(0.5, 1.0), (1.1, 1.0), (1.0, 1.0)])
    assert (life.falls, life.bridged) == (1, 0)  # 4 of 10 were there in the third year
    assert life.left == pytest.approx(100 - 40 - 30 + 4)


def test_running_out_ends_the_life() -> None:
    life = live_through(plan(15, 10, "1", 3), [(1.0, 1.0)] * 3)
    assert (life.lasted, life.plain_lasted, life.left) == (False, False, 0.0)


@given(
    st.lists(st.tuples(st.floats(0.3, 2.0), st.floats(0.8, 1.2)), min_size=1, max_size=30),
    st.integers(0, 10),
    st.integers(0, 40),
)
def test_no_money_is_made(years: list[tuple[float, float]], held: int, spending: int) -> None:
    """What is left is never more than all of it would be in the better of the two each year."""
    life = live_through(plan(100, spending, str(held), len(years)), years)
    most, least = 100.0, 100.0
    for growth, safe in years:
        most = (most - spending) * max(growth, safe)
        least = (least - spending) * min(growth, safe)
    assert 0 <= life.bridged <= life.falls
    if life.lasted:
        assert least - 0.1 <= life.left <= most + 0.1
    else:
        assert life.left == 0


def test_a_one_off_cost_leaves_the_bucket_for_last() -> None:
    """100, 10 a year, 2 years held: 20 + 80; 85 are due in year 2: the 80 go, and 5 of the bucket's last 10.

    The 5 left do not pay the year's 10.
    """
    asked = replace(plan(100, 10, "2", 3), one_off=(Decimal(0), Decimal(-85), Decimal(0)))
    assert not live_through(asked, [(1.0, 1.0)] * 3).lasted
    kind = replace(asked, one_off=(Decimal(0), Decimal(-75), Decimal(5)))
    life = live_through(kind, [(1.0, 1.0)] * 3)
    assert (life.lasted, life.plain_lasted) == (True, True)  # 100 - 30 - 75 + 5 are none
    assert life.left == pytest.approx(0)


def test_a_one_off_that_comes_in_fills_the_bucket_and_pays_without_a_sale() -> None:
    """15 pay the first year; 60 come to the 5 left: 15 fill the bucket, which pays both years to come."""
    asked = replace(
        plan(15, 10, "1", 3), held_years=Decimal(2), one_off=(Decimal(0), Decimal(60), Decimal(0))
    )
    life = live_through(asked, [(0.5, 1.0), (1.0, 1.0), (1.0, 1.0)])
    assert (life.falls, life.bridged, life.lasted) == (1, 1, True)
    assert life.left == pytest.approx(15 + 60 - 30)
    at_once = replace(asked, total=Decimal(0), one_off=(Decimal(30), Decimal(0), Decimal(0)))
    assert live_through(at_once, [(1.0, 1.0)] * 3).left == pytest.approx(0)
    assert at_once.filled_years == 2
    assert replace(at_once, one_off=()).filled_years == 0


@given(
    st.lists(
        st.tuples(st.floats(0.3, 2.0), st.integers(0, 40), st.integers(-60, 60)), min_size=1, max_size=30
    ),
    st.integers(0, 10),
)
def test_where_both_parts_grow_alike_the_bucket_is_one_pot(
    years: list[tuple[float, int, int]], held: int
) -> None:
    """The plan's own arithmetic: one-off amount in, spending out, at each start; then the year's growth."""
    spending = tuple(Decimal(each) for _, each, _ in years)
    one_off = tuple(Decimal(each) for _, _, each in years)
    money, lasted = 100.0, True
    for growth, out, extra in years:
        money += extra - out
        lasted = lasted and money >= 0
        if abs(money) < 0.01:
            return  # on the border rounding decides
        money *= growth
    asked = BucketPlan(Decimal(100), spending, Decimal(held), STOCKS, one_off)
    life = live_through(asked, [(growth, growth) for growth, _, _ in years])
    assert (life.lasted, life.plain_lasted) == (lasted, lasted)
    if lasted:
        assert life.left == pytest.approx(money)


def test_more_years_bridge_more_falls_but_change_the_outcome_little() -> None:
    """With rules the outcome is about that of plain rebalancing of the same mix (Kitces)."""
    mix = series_mix(two_part_mix(Decimal("0.6")))
    found = [
        bootstrap(BucketPlan(Decimal(1000000), (Decimal(40000),) * 30, Decimal(held), mix))
        for held in (1, 2, 3, 5)
    ]
    shares = [result.bridged or 0 for result in found]
    assert shares == sorted(shares)
    assert shares[-1] > 0.8 > shares[1]
    assert all(abs(result.lasted - result.plain_lasted) < 0.03 for result in found)


def test_the_same_question_gets_the_same_answer_and_history_itself_agrees() -> None:
    mix = series_mix(two_part_mix(Decimal("0.6")))
    asked = BucketPlan(Decimal(1000000), (Decimal(40000),) * 30, Decimal(3), mix)
    assert bootstrap(asked, lives=200) == bootstrap(asked, lives=200)
    real = in_real_order(asked)
    made_up = bootstrap(asked)
    assert real.lives == 2023 * 12 + 6 - (1928 * 12 + 1) + 1 - 30 * 12 + 1
    assert made_up.bridged == pytest.approx(real.bridged, abs=0.05)
    assert made_up.lasted == pytest.approx(real.lasted, abs=0.05)


def test_the_draw_tells_how_far_it_is_and_can_be_stopped() -> None:
    class StoppedError(Exception):
        pass

    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if share >= 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        bootstrap(plan(100, 5, "2", 20), lives=100, watch=stop)
    assert told == [0.0, 0.2, 0.4, 0.6]


def test_a_full_bucket_is_the_spending_of_its_coming_years() -> None:
    spending = tuple(map(Decimal, (50_000, 50_000, 50_000, 20_600, 20_600, 20_600)))
    plan = BucketPlan(Decimal(10**6), spending, Decimal("4.5"), series_mix(two_part_mix(Decimal("0.6"))))
    assert plan.full() == (180_900, 151_500, 111_800, 61_800, 41_200, 20_600)
    assert plan.filled_years == Decimal("4.5")
    poor = replace(plan, total=Decimal(160_300))
    assert poor.filled_years == Decimal("3.5")
