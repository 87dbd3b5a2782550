"""What the class table shows: columns that add, rows in tree order, and the verdict in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.classes import LEAVES
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.household import Household
from desktop_app.domain.statement import Statement, StatementAccount
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand
from desktop_app.ui.models.drift_model import Column, DriftTreeModel
from desktop_app.ui.models.drift_rows import class_lines, family_shares, flat, target_shares
from desktop_app.ui.models.drift_words import band_sentence, side_words, verdict_words
from desktop_app.ui.models.target_lines import target_table
from desktop_app.workflow.desk import Desk, look
from desktop_app.workflow.target_draft import TargetDraft

from .page_household import (
    LEAF_BY_LEAF,
    SEVENTY_THIRTY,
    SIXTY_FORTY,
    TODAY,
    household,
    make_fund,
    make_row,
)

EIGHTY_TWENTY = TargetAllocation.from_names({"stocks": "0.8", "fixed_income": "0.2"})


def desk_of(dollars: dict[C, str], target: TargetAllocation | None) -> Desk:
    rows = tuple(
        make_row(i, make_fund(leaf.value, leaf), text) for i, (leaf, text) in enumerate(dollars.items())
    )
    accounts = (StatementAccount("1", "Plan", rows),)
    return look(
        Household(
            statements=(Statement("x.csv", "generic", TODAY, None, accounts),),
            targets=(target,) if target else (),
        ),
        TODAY,
    )


def shown(desk: Desk) -> list[tuple[str, int]]:
    def walk(lines, depth=0):
        for line in lines:
            yield line.node.value, depth
            yield from walk(line.children, depth + 1)

    return list(walk(class_lines(desk)))


def test_leaf_target_puts_parents_first_and_hides_fixed_income() -> None:
    assert shown(look(household(LEAF_BY_LEAF), TODAY)) == [
        ("stocks", 0),
        ("us_large", 1),
        ("intl_developed", 1),
        ("bonds", 0),
        ("us_bond", 1),
        ("short_term", 0),
    ]


def test_fixed_income_stands_above_its_leaves_when_it_is_a_target_itself() -> None:
    rows = shown(look(household(SIXTY_FORTY), TODAY))
    assert ("fixed_income", 0) in rows
    assert rows[rows.index(("fixed_income", 0)) + 1 :] == [("us_bond", 1), ("stable_value", 1)]


def test_numbers_of_the_leaf_target_are_those_worked_out_by_hand() -> None:
    lines = {line.node: line for line in flat(class_lines(look(household(LEAF_BY_LEAF), TODAY)))}
    large = lines[C.US_LARGE]
    assert (large.dollars, large.drift.target_value, large.drift_dollars) == (52000, 45000, 7000)
    assert (large.percent, large.target_percent, large.points) == (
        Decimal("0.52"),
        Decimal("0.45"),
        Decimal("0.07"),
    )
    short = lines[C.SHORT_TERM]
    assert (short.dollars, short.drift_dollars, short.fixed) == (6000, -4000, 10000)
    assert short.children == ()


def test_target_and_drift_are_rounded_by_themselves_on_every_screen() -> None:
    """Of $100,000 a bucket of 4,450 (4.45 %); of the rest stocks 66,885 and bonds 28,665: 100.1 as shown."""
    target = TargetAllocation.from_names({"stocks": "0.7", "bonds": "0.3"}, {"short_term": "4450"})
    desk = look(household(target), TODAY)
    model = DriftTreeModel()
    model.show_lines(class_lines(desk))
    wanted = {
        "stocks": ("66.9\u00a0%", "+3.1"),
        "bonds": ("28.7\u00a0%", "−4.7"),
        "short_term": ("4.5\u00a0%", "+1.6"),
    }
    for key, (share, points) in wanted.items():
        assert model.index_of(key, Column.TARGET).data() == share
        assert model.index_of(key, Column.POINTS).data() == points
    draft = TargetDraft.from_target(target, desk.snapshot.by_leaf())
    table = target_table(desk, draft, draft, show_all=False)
    edited = {line.node.value: line for line in (*table.buckets, *table.lines)}
    for key, (share, _) in wanted.items():
        assert edited[key].of_all == share
        assert edited[key].now == model.index_of(key, Column.SHARE).data()


def test_leaves_below_the_target_are_not_judged() -> None:
    lines = {line.node: line for line in flat(class_lines(look(household(SIXTY_FORTY), TODAY)))}
    assert lines[C.US_LARGE].target_percent is None
    assert lines[C.US_LARGE].points is None
    assert lines[C.STOCKS].drift_dollars == 10000


def test_without_a_target_everything_held_is_listed() -> None:
    desk = look(household(None), TODAY)
    assert shown(desk) == [
        ("stocks", 0),
        ("us_large", 1),
        ("intl_developed", 1),
        ("bonds", 0),
        ("us_bond", 1),
        ("short_term", 0),
    ]
    assert all(line.target_percent is None for line in flat(class_lines(desk)))


def test_nothing_held_shows_nothing() -> None:
    desk = look(Household(targets=(SIXTY_FORTY,)), TODAY)
    assert class_lines(desk) == ()
    assert family_shares(desk) == ()


def test_thirds_still_add_to_the_whole() -> None:
    third = {C.US_LARGE: "33333.33", C.US_BOND: "33333.33", C.CASH: "33333.33"}
    shares = family_shares(desk_of(third, None))
    assert sum(share.dollars for share in shares) == 100_000
    assert sum(share.percent for share in shares) == 1


def test_short_position_is_rounded_by_itself() -> None:
    desk = desk_of({C.US_LARGE: "12000", C.CASH: "-2000"}, None)
    assert [(share.dollars, share.percent) for share in family_shares(desk)] == [
        (12000, Decimal("1.2")),
        (-2000, Decimal("-0.2")),
    ]


leaf_dollars = st.dictionaries(
    st.sampled_from(LEAVES), st.integers(1, 10_000_000).map(lambda cents: f"{cents / 100:.2f}"), min_size=1
)


@given(leaf_dollars, st.sampled_from([None, SIXTY_FORTY, SEVENTY_THIRTY]))
def test_every_shown_column_adds(dollars: dict[C, str], target: TargetAllocation | None) -> None:
    desk = desk_of(dollars, target)
    lines = class_lines(desk)
    assert sum(line.percent for line in lines) == 1
    assert abs(sum(line.dollars for line in lines) - desk.snapshot.total) <= Decimal("0.5")
    for line in flat(lines):
        if line.children:
            assert sum(child.dollars for child in line.children) == line.dollars
            assert sum(child.percent for child in line.children) == line.percent
        assert abs(line.percent - line.drift.weight) < Decimal("0.003")
    shares = family_shares(desk)
    assert sum(share.percent for share in shares) == 1
    assert sum(share.dollars for share in shares) == sum(line.dollars for line in lines)


def test_target_parts_of_one_colour_are_one_part() -> None:
    target = TargetAllocation.from_names({"us_mid": "0.2", "us_small": "0.1", "us_bond": "0.7"})
    parts = target_shares(target, Decimal(1000))
    assert [(part.key, part.weight) for part in parts] == [
        ("us_mid_small", Decimal("0.3")),
        ("us_bonds", Decimal("0.7")),
    ]


def test_target_of_groups_keeps_the_groups() -> None:
    parts = target_shares(SIXTY_FORTY, Decimal(1000))
    assert [(part.key, part.weight) for part in parts] == [
        ("stocks", Decimal("0.6")),
        ("fixed_income", Decimal("0.4")),
    ]


@pytest.mark.parametrize(
    ("target", "title", "state"),
    [
        (SIXTY_FORTY, "Defensive rebalance", "Outside the band"),
        (EIGHTY_TWENTY, "Offensive rebalance", "Outside the band"),
        (SEVENTY_THIRTY, "Hold", "Inside the band"),
        (TargetAllocation.from_names({"stocks": "0.66", "fixed_income": "0.34"}), "Hold", "Near the edge"),
        # stocks 70 against 70; US large 52 against 60 is 8 points under a band of 5
        (
            TargetAllocation.from_names({"us_large": "0.6", "intl_developed": "0.1", "fixed_income": "0.3"}),
            "Rebalance within stocks",
            "Outside the band",
        ),
        # bonds and short-term exchange 10 points, together they stand on target
        (
            TargetAllocation.from_names({"stocks": "0.7", "bonds": "0.14", "short_term": "0.16"}),
            "Rebalance bonds and short-term",
            "Outside the band",
        ),
    ],
)  # fmt: skip
def test_verdict_says_what_to_do(target: TargetAllocation, title: str, state: str) -> None:
    report = look(household(target), TODAY).drift
    assert report is not None
    said = verdict_words(report)
    assert (said.title, said.state) == (title, state)
    assert said.sentence.endswith(".")


def test_near_verdict_names_the_class() -> None:
    report = look(
        household(TargetAllocation.from_names({"stocks": "0.66", "fixed_income": "0.34"})), TODAY
    ).drift
    assert report is not None
    assert verdict_words(report).sentence.startswith("Stocks is near the edge of its band.")


def test_fixed_dollars_in_one_class_of_a_group_are_on_hold_where_nothing_is_to_be_done() -> None:
    aim = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}, {"money_market": "10000"})
    desk = desk_of({C.US_LARGE: "54000", C.STABLE_VALUE: "36000", C.MONEY_MARKET: "10000"}, aim)
    report = desk.drift
    assert report is not None
    assert verdict_words(report).title == "Hold"
    lines = {line.node: line for line in flat(class_lines(desk))}
    assert list(lines) == [C.STOCKS, C.US_LARGE, C.FIXED_INCOME, C.STABLE_VALUE, C.MONEY_MARKET]
    assert lines[C.MONEY_MARKET].fixed == Decimal(10000)
    assert lines[C.STABLE_VALUE].target_percent is None


def test_sides_are_said_in_words() -> None:
    assert side_words(Decimal("0.0561")) == "5.6 points over"
    assert side_words(Decimal("-0.003")) == "0.3 points under"
    assert side_words(Decimal("0.0004")) == "on target"


def test_band_rule_is_said_in_one_sentence() -> None:
    assert band_sentence(ToleranceBand()) == "Bands: 5 points or a quarter of the target, whichever is less."
    absolute = replace(ToleranceBand(), absolute=Decimal("0.03"), rule=BandRule.ABSOLUTE)
    assert band_sentence(absolute) == "Bands: 3 points."
    relative = ToleranceBand(relative=Decimal("0.2"), rule=BandRule.RELATIVE)
    assert band_sentence(relative) == "Bands: 20\u00a0% of the target."
