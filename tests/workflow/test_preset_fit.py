"""Ready-made mixes in plans that lack a fund: the sums by group stay, and nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.classes import walk
from desktop_app.workflow.preset_fit import fitted
from desktop_app.workflow.presets import PRESETS

THREE = next(preset for preset in PRESETS if preset.key == "three")
FOUR = next(preset for preset in PRESETS if preset.key == "four")


def test_without_funds_of_small_companies_their_share_is_that_of_large_ones() -> None:
    # 40 % in the US, 20 % abroad, 40 % bonds, whatever funds there are for it
    shares, moved = fitted(THREE.shares, {C.US_LARGE, C.INTL_DEVELOPED, C.US_BOND})
    assert dict(shares) == {C.US_LARGE: 40, C.INTL_DEVELOPED: 20, C.US_BOND: 40}
    assert moved == (
        (C.US_MID, C.US_LARGE),
        (C.US_SMALL, C.US_LARGE),
        (C.EMERGING, C.INTL_DEVELOPED),
    )


def test_the_largest_class_on_offer_takes_it() -> None:
    shares, moved = fitted(THREE.shares, {C.US_MID, C.EMERGING, C.US_BOND})
    assert dict(shares) == {C.US_MID: 40, C.EMERGING: 20, C.US_BOND: 40}
    assert (C.US_LARGE, C.US_MID) in moved


def test_what_nothing_stands_in_for_stays() -> None:
    shares, moved = fitted(FOUR.shares, {C.US_LARGE, C.US_MID, C.US_SMALL})
    assert shares == FOUR.shares
    assert not moved


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
@given(on_offer=st.sets(st.sampled_from(list(walk()))))
def test_a_mix_still_adds_to_all(preset, on_offer) -> None:
    shares, moved = fitted(preset.shares, on_offer)
    assert sum(share for _, share in shares) == Decimal(100)
    assert {lost for lost, _ in moved}.isdisjoint(node for node, _ in shares)
