"""Targets, bands, rounding, mixes and schedules by hand arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import LEAVES, AssetClass, ancestors_of, leaves_of, parse_class, walk
from desktop_app.domain.errors import (
    MixSumError,
    NegativeTargetError,
    OverlappingTargetsError,
    TargetSumError,
    UnknownClassError,
)
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import largest_remainder, plain, to_cents, to_step
from desktop_app.domain.schedule import CheckSchedule, add_months
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand

C = AssetClass
D = Decimal


def cells(target: TargetAllocation, total: str) -> dict[str, Decimal]:
    return {cell.node.value: cell.dollars for cell in target.cells(D(total))}


class TestCells:
    def test_top_level_target_covers_the_whole_tree(self):
        target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
        assert cells(target, "1000") == {"stocks": 600, "fixed_income": 400, "other": 0}

    def test_leaves_without_a_target_have_none(self):
        target = TargetAllocation.from_names({"us_large": "1"})
        found = cells(target, "1000")
        assert found["us_large"] == 1000
        assert found["us_mid"] == found["fixed_income"] == found["other"] == 0

    def test_bucket_comes_first_and_the_rest_is_shared(self):
        # 1,000 − 100 = 900: stocks 540, what is left of fixed income is its bonds with 360
        target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}, {"short_term": "100"})
        assert cells(target, "1000") == {"stocks": 540, "bonds": 360, "short_term": 100, "other": 0}

    def test_bucket_beside_a_weight_on_the_same_node_adds(self):
        target = TargetAllocation.from_names({"stocks": "0.5", "short_term": "0.5"}, {"short_term": "100"})
        assert cells(target, "1000")["short_term"] == 100 + 450

    def test_shares_inside_a_bucket_add_to_it(self):
        # 900 are left: 540 + 90 + 270; the bucket is judged as one class
        target = TargetAllocation.from_names(
            {"stocks": "0.6", "cash": "0.1", "stable_value": "0.3"}, {"short_term": "100"}
        )
        found = cells(target, "1000")
        assert found == {"stocks": 540, "bonds": 0, "short_term": 100 + 90 + 270, "other": 0}

    def test_bucket_larger_than_everything_takes_everything(self):
        target = TargetAllocation.from_names({"stocks": "1"}, {"cash": "300", "stable_value": "100"})
        found = cells(target, "200")
        assert (found["cash"], found["stable_value"], found["stocks"]) == (150, 50, 0)

    @given(
        st.lists(st.sampled_from(LEAVES), min_size=1, max_size=6, unique=True),
        st.decimals(min_value=0, max_value=10**6, places=2),
        st.decimals(min_value=0, max_value=10**6, places=2),
    )
    def test_cells_partition_the_leaves_and_add_to_the_total(self, leaves, total, bucket):
        shares = largest_remainder([D(1)] * len(leaves))
        weights = {leaf: D(share) / 100 for leaf, share in zip(leaves, shares, strict=True)}
        target = TargetAllocation.of(weights, {C.SHORT_TERM: bucket})
        found = target.cells(total)
        assert sorted(leaf for cell in found for leaf in cell.leaves) == sorted(LEAVES)
        assert abs(sum(cell.dollars for cell in found) - total) < D("1e-15")


class TestWrongTargets:
    def test_ninety_nine_percent(self):
        with pytest.raises(TargetSumError, match="adds to 99 %"):
            TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.39"})

    def test_a_node_and_its_child(self):
        with pytest.raises(OverlappingTargetsError, match="“stocks” and “us_large”"):
            TargetAllocation.from_names({"stocks": "0.6", "us_large": "0.4"})

    def test_below_zero(self):
        with pytest.raises(NegativeTargetError, match=r"is -0\.1"):
            TargetAllocation.from_names({"stocks": "1.1", "bonds": "-0.1"})

    def test_not_a_class(self):
        with pytest.raises(UnknownClassError, match="“gold” is not an asset class"):
            TargetAllocation.from_names({"gold": "1"})


@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        ("60", "55", "65"),
        ("40", "35", "45"),
        ("30", "25", "35"),
        ("20", "15", "25"),
        ("15", "11.25", "18.75"),
        ("10", "7.5", "12.5"),
        ("5", "3.75", "6.25"),
        ("2", "1.5", "2.5"),
    ],
)
def test_five_twenty_five(target, low, high):
    half = ToleranceBand().half_width(D(target) / 100) * 100
    assert (D(target) - half, D(target) + half) == (D(low), D(high))


@pytest.mark.parametrize(
    ("rule", "target", "half"),
    [
        (BandRule.ABSOLUTE, "0.1", "0.05"),
        (BandRule.RELATIVE, "0.6", "0.15"),
        (BandRule.GREATER, "0.6", "0.15"),
        (BandRule.GREATER, "0.1", "0.05"),
        (BandRule.LESSER, "0.01", "0.005"),  # a quarter would be 0.0025: the floor holds
        (BandRule.RELATIVE, "0", "0.05"),  # nothing to be relative to
    ],
)
def test_band_rules(rule, target, half):
    assert ToleranceBand(rule=rule).half_width(D(target)) == D(half)


@pytest.mark.parametrize(
    ("shares", "step", "expected"),
    [
        (["12.5", "12.5", "25", "50"], 1, (13, 12, 25, 50)),
        (["36.7", "24.8", "26.6", "11.3"], 1, (37, 25, 27, 11)),
        (["62", "23", "15"], 5, (60, 25, 15)),
        (["98.6", "0.7", "0.7"], 1, (98, 1, 1)),
        (["0", "0"], 1, (0, 0)),
    ],
)
def test_largest_remainder(shares, step, expected):
    assert largest_remainder([D(share) for share in shares], 100, step) == expected


@given(st.lists(st.decimals(min_value=0, max_value=1000, places=3), min_size=1, max_size=12))
def test_largest_remainder_adds_up_within_one_step(shares):
    found = largest_remainder(shares)
    whole = sum(shares)
    if whole:
        assert sum(found) == 100
        assert all(abs(got - share * 100 / whole) < 1 for got, share in zip(found, shares, strict=True))


def test_rounding_goes_away_from_zero_at_halves():
    assert (to_cents(D("0.005")), to_cents(D("-0.005"))) == (D("0.01"), D("-0.01"))
    assert to_step(D("150"), D(100)) == 200


@pytest.mark.parametrize(
    ("number", "text"), [("4E+4", "40000"), ("0.600", "0.6"), ("-0", "0"), ("0E+2", "0")]
)
def test_plain_numbers(number, text):
    assert plain(D(number)) == text


class TestMix:
    def test_published_mix_that_does_not_add_up_is_scaled(self):
        # 41.4 / 27.6 / 21.3 / 9.1 add to 99.4
        mix = AssetMix.normalised(
            {C.US_LARGE: D("41.4"), C.INTL_DEVELOPED: D("27.6"), C.US_BOND: D("21.3"), C.INTL_BOND: D("9.1")}
        )
        assert sum(weight for _, weight in mix) == 1
        assert round(mix.share(C.US_LARGE), 5) == D("0.41650")
        assert mix.share(C.STOCKS) == mix.share(C.US_LARGE) + mix.share(C.INTL_DEVELOPED)
        assert mix.main is C.US_LARGE

    def test_doses_of_one_mix_stay_doses(self):
        # 82 / 12 / 6 within thirds: a cent of the middle part must not hide in what rounding leaves
        one, other = (
            AssetMix.normalised({C.US_LARGE: 82 * n, C.US_MID: 12 * n, C.US_SMALL: 6 * n, C.US_BOND: D(100)})
            for n in (D(2), D(7) / 3)
        )
        for mix in (one, other):
            assert abs(mix.share(C.US_MID) * 82 - mix.share(C.US_SMALL) * 164) < D("1e-9")
            assert abs(mix.share(C.US_LARGE) * 12 - mix.share(C.US_MID) * 82) < D("1e-9")

    def test_mix_off_by_a_percent_is_refused(self):
        with pytest.raises(MixSumError, match="“Balanced” adds to 99 %"):
            AssetMix.from_names({"us_large": "0.6", "us_bond": "0.39"}, "Balanced")

    def test_mix_of_a_group_is_refused(self):
        with pytest.raises(UnknownClassError):
            AssetMix.from_names({"stocks": "1"})

    def test_names_come_back(self):
        names = {"us_large": "0.55", "cash": "0.45"}
        assert AssetMix.from_names(names).as_names() == names


class TestTree:
    def test_parents_come_before_their_children(self):
        seen: list[AssetClass] = []
        for node in walk():
            assert set(ancestors_of(node)) <= set(seen)
            seen.append(node)

    def test_leaves_are_found_under_every_group(self):
        assert leaves_of(C.SHORT_TERM) == (C.STABLE_VALUE, C.MONEY_MARKET, C.CASH)
        assert set(leaves_of(C.FIXED_INCOME)) == set(leaves_of(C.BONDS)) | set(leaves_of(C.SHORT_TERM))

    def test_names_are_read_forgivingly(self):
        assert parse_class(" US_Large ") is C.US_LARGE


class TestSchedule:
    @pytest.mark.parametrize(
        ("last", "months", "following"),
        [
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2025, 8, 31), 6, date(2026, 2, 28)),
            (date(2025, 11, 30), 3, date(2026, 2, 28)),
        ],
    )
    def test_months_are_clamped_to_their_last_day(self, last, months, following):
        assert add_months(last, months) == following

    @pytest.mark.parametrize(
        ("months", "today", "following"),
        [
            (12, date(2026, 11, 22), date(2026, 12, 31)),
            (12, date(2026, 12, 31), date(2027, 12, 31)),
            (6, date(2026, 1, 5), date(2026, 6, 30)),
            (3, date(2026, 9, 30), date(2026, 12, 31)),
        ],
    )
    def test_next_check(self, months, today, following):
        assert CheckSchedule(months).next_after(today) == following
