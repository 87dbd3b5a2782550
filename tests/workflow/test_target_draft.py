"""The editing rules of a target, and the targets it starts from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.errors import NegativeTargetError, TargetSumError
from desktop_app.domain.targets import BandRule, TargetAllocation
from desktop_app.workflow.presets import PRESETS, by_age
from desktop_app.workflow.target_draft import TargetDraft


def percents(draft: TargetDraft) -> dict[str, str]:
    return {node.value: str(share.normalize()) for node, share in draft.shares if share}


def sixty_forty(**held: str) -> TargetDraft:
    return TargetDraft.of(
        {C.STOCKS: Decimal(60), C.FIXED_INCOME: Decimal(40)},
        {C(name): Decimal(amount) for name, amount in held.items()},
    )


def test_without_a_target_every_top_level_class_starts_at_zero() -> None:
    draft = TargetDraft.from_target(None, {})
    assert [(row.node, row.share, row.is_open) for row in draft.rows()] == [
        (C.STOCKS, 0, False),
        (C.FIXED_INCOME, 0, False),
        (C.OTHER, 0, False),
    ]
    assert draft.left == 100
    assert draft.to_preview() is None


def test_99_percent_says_what_is_left_and_cannot_be_saved() -> None:
    draft = sixty_forty().set_share(C.STOCKS, Decimal(59))
    assert not draft.is_complete
    assert draft.left == 1
    with pytest.raises(TargetSumError, match="99 %"):
        draft.to_target()


def test_a_half_point_more_is_over() -> None:
    assert sixty_forty().set_share(C.STOCKS, Decimal("60.5")).left == Decimal("-0.5")


def test_a_share_below_zero_is_refused() -> None:
    with pytest.raises(NegativeTargetError):
        sixty_forty().set_share(C.STOCKS, Decimal(-1))
    with pytest.raises(NegativeTargetError):
        sixty_forty().set_fixed(C.SHORT_TERM, Decimal(-5))


def test_opening_a_group_divides_it_as_the_money_lies_to_the_half_point() -> None:
    # 60 points over 3 : 1 are 45 and 15
    opened = sixty_forty(us_large="30000", emerging="10000").split(C.STOCKS)
    assert percents(opened) == {"us_large": "45", "emerging": "15", "fixed_income": "4E+1"}
    assert opened.share(C.STOCKS) == 60
    assert opened.is_complete


def test_opening_where_nothing_is_held_keeps_the_sum() -> None:
    opened = sixty_forty().split(C.STOCKS)
    assert opened.share(C.STOCKS) == 60
    assert opened.is_complete


def test_closing_and_opening_again_brings_the_same_shares_back() -> None:
    draft = TargetDraft.of(
        {C.US_LARGE: Decimal("41.25"), C.EMERGING: Decimal("18.75"), C.US_BOND: Decimal(40)}, {}
    )
    closed = draft.merge(C.STOCKS)
    assert percents(closed) == {"stocks": "6E+1", "us_bond": "4E+1"}
    again = closed.split(C.STOCKS)
    assert again.share(C.STOCKS) == 60
    assert again.share(C.US_LARGE) == Decimal("41.5")  # 60 is a half-point multiple: 41.25 → the even half
    assert again.share(C.EMERGING) == Decimal("18.5")


def test_typing_on_a_group_uses_the_group() -> None:
    opened = sixty_forty(us_large="1").split(C.STOCKS)
    typed = opened.set_share(C.STOCKS, Decimal(70))
    assert percents(typed) == {"stocks": "7E+1", "fixed_income": "4E+1"}


def test_typing_on_a_leaf_of_a_closed_group_opens_the_way_to_it() -> None:
    typed = sixty_forty(us_bond="300", cash="100").set_share(C.TIPS, Decimal(5))
    assert typed.share(C.TIPS) == 5
    assert typed.share(C.US_BOND) == 30
    assert typed.share(C.SHORT_TERM) == 10
    assert typed.share(C.STOCKS) == 60


def test_rows_show_parents_before_children_with_their_sum() -> None:
    rows = {row.node: row for row in sixty_forty(us_large="1").split(C.STOCKS).rows()}
    assert rows[C.STOCKS].is_open
    assert rows[C.STOCKS].share == 60
    assert rows[C.US_LARGE].level == 1
    assert not rows[C.FIXED_INCOME].is_open
    assert C.US_BOND not in rows


def test_a_bucket_moves_the_share_of_fixed_income_to_bonds_and_back() -> None:
    draft = sixty_forty().set_fixed(C.SHORT_TERM, Decimal(20000))
    assert percents(draft) == {"stocks": "6E+1", "bonds": "4E+1"}
    cells = {cell.node: cell.dollars for cell in draft.to_target().cells(Decimal(120000))}
    assert cells[C.SHORT_TERM] == 20000
    assert cells[C.STOCKS] == 60000  # 60 % of the 100,000 that are left
    assert cells[C.BONDS] == 40000
    assert draft.set_fixed(C.SHORT_TERM, Decimal(0)) == sixty_forty()


def test_with_a_bucket_a_share_typed_on_fixed_income_counts_for_bonds() -> None:
    draft = sixty_forty().set_fixed(C.SHORT_TERM, Decimal(20000)).set_share(C.FIXED_INCOME, Decimal(35))
    assert draft.share(C.BONDS) == 35
    assert [row.node for row in draft.rows()] == [C.STOCKS, C.BONDS, C.SHORT_TERM, C.OTHER]


def test_saved_target_comes_back_as_it_was() -> None:
    target = TargetAllocation.from_names(
        {"us_large": "0.38", "stable_value": "0.02", "us_bond": "0.6"}, {"short_term": "41236"}
    )
    draft = TargetDraft.from_target(target, {})
    assert draft.to_target() == target
    assert draft.is_same_as(draft.split(C.OTHER))
    assert not draft.is_same_as(draft.with_rule(BandRule.GREATER))


def test_reason_and_end_date_are_part_of_the_target() -> None:
    target = sixty_forty().with_reason("  New job.  ").with_until(date(2027, 3, 1)).to_target()
    assert target.reason == "New job."
    assert target.until == date(2027, 3, 1)


def test_a_preview_of_unfinished_shares_is_scaled_to_the_whole() -> None:
    preview = sixty_forty().set_share(C.STOCKS, Decimal(20)).to_preview()
    assert preview is not None
    assert abs(dict(preview.weights)[C.STOCKS] - Decimal(1) / 3) < Decimal("1e-20")


@given(
    st.lists(st.decimals("0", "60", places=2), min_size=2, max_size=8),
    st.sampled_from([C.STOCKS, C.FIXED_INCOME, C.BONDS, C.SHORT_TERM]),
)
def test_opening_and_closing_never_change_the_total(shares: list[Decimal], group: C) -> None:
    leaves = (C.US_LARGE, C.US_SMALL, C.EMERGING, C.US_BOND, C.TIPS, C.INTL_BOND, C.CASH, C.STABLE_VALUE)
    draft = TargetDraft.of(
        dict(zip(leaves, shares, strict=False)), {C.US_BOND: Decimal(7), C.CASH: Decimal(3)}
    )
    closed = draft.merge(group)
    opened = closed.split(group)
    assert closed.total == draft.total == opened.total
    assert opened.share(group) == draft.share(group)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_presets_add_to_exactly_100_and_hold_40_in_bonds(preset) -> None:
    draft = TargetDraft.of({}, {}).with_shares(preset.shares)
    assert draft.to_target().reason == ""
    assert draft.share(C.FIXED_INCOME) == 40


def test_three_funds_share_out_the_us_market() -> None:
    three = dict(PRESETS[1].shares)
    us = [three[C.US_LARGE], three[C.US_MID], three[C.US_SMALL]]
    assert us == [Decimal("28.8"), Decimal(8), Decimal("3.2")]


@pytest.mark.parametrize(("age", "stocks"), [(30, 80), (52, 58), (5, 100), (120, 0)])
def test_the_rule_of_age(age: int, stocks: int) -> None:
    shares = dict(by_age(age))
    assert shares[C.STOCKS] == stocks
    assert sum(shares.values()) == 100


def test_a_preset_keeps_the_bucket() -> None:
    draft = sixty_forty().set_fixed(C.SHORT_TERM, Decimal(9000)).with_shares(PRESETS[0].shares)
    assert draft.share(C.BONDS) == 40
    assert draft.is_complete


@pytest.mark.parametrize("half_points", range(201))
def test_whatever_a_share_is_dragged_through_there_is_a_preview(half_points: int) -> None:
    others = {C.US_MID: 6, C.INTL_DEVELOPED: 15, C.EMERGING: 4, C.REIT: 2, C.US_BOND: "23.5", C.TIPS: "4.5"}
    shares = {C.US_LARGE: Decimal(half_points) / 2, **{node: Decimal(each) for node, each in others.items()}}
    preview = TargetDraft.of(shares, {}).to_preview()
    assert preview is not None
    assert sum(weight for _, weight in preview.weights) == 1
