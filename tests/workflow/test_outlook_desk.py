"""What history says of a whole desk, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.schedule import CheckKind, CheckSchedule, YearDay
from desktop_app.domain.sources import CancelledError
from desktop_app.domain.targets import BandRule, ToleranceBand
from desktop_app.workflow.desk import look
from desktop_app.workflow.outlook_desk import (
    ALL_OF_IT,
    FIVE,
    FIVE_25,
    HALF_YEARLY,
    MONTHLY,
    QUARTERLY,
    TEN,
    YEARLY,
    crisis_lines,
    evidence_of,
    outlook_of,
    planned_of,
    rule_like,
    with_plan,
)
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
SEVENTY = {C.STOCKS: Decimal("0.7"), C.FIXED_INCOME: Decimal("0.3")}
SIXTY = {C.STOCKS: Decimal("0.6"), C.FIXED_INCOME: Decimal("0.4")}
NEARLY_SIXTY = {C.STOCKS: Decimal("0.601"), C.FIXED_INCOME: Decimal("0.399")}


@pytest.fixture(scope="module")
def desk():
    return look(sample_household(TODAY), TODAY)


def test_the_plan_is_apart_only_when_it_loses_half_a_point_more_or_less() -> None:
    near = crisis_lines(Decimal(100), SEVENTY, SIXTY, NEARLY_SIXTY)
    assert not any(line.is_plan_apart for line in near)
    far = crisis_lines(Decimal(100), SEVENTY, SIXTY, SEVENTY)
    assert [line.is_plan_apart for line in far] == [
        abs(line.now.crisis.fall.loss - line.target.crisis.fall.loss) >= 0.005 for line in far
    ]
    assert any(line.is_plan_apart for line in far)


def test_without_a_target_the_present_mix_leads() -> None:
    lines = crisis_lines(Decimal(100), SEVENTY, None, None)
    assert all(line.lead is line.now and not line.is_plan_apart for line in lines)


def test_the_review_shows_what_the_outlook_shows(desk) -> None:
    plan = RebalanceFlow().plan(desk)
    found = outlook_of(desk, ALL_OF_IT, planned_of(desk))
    assert evidence_of(plan, desk) == found.lines
    assert found.history.period[0] == ALL_OF_IT


def test_an_open_checklist_is_the_plan(desk) -> None:
    """A plan that only lets new money in moves nothing: its tick stands where the mix now does."""
    idle = replace(RebalanceFlow().plan(desk), trades=())
    household = finish(desk, RebalanceFlow().plan(desk))
    held = household.checklists[-1]
    kept = tuple(replace(trade, change=Decimal(0)) for trade in held.plan.trades)
    stays = replace(held, plan=replace(held.plan, trades=kept))
    open_desk = look(replace(household, checklists=(stays,)), TODAY)
    line = outlook_of(open_desk, ALL_OF_IT, planned_of(open_desk)).lines[5]
    assert line.plan.crisis.fall.loss == pytest.approx(line.now.crisis.fall.loss, abs=1e-6)
    assert idle.trades == ()


def test_the_plan_tells_how_far_it_is_and_can_be_stopped(desk) -> None:
    told: list[float] = []
    planned = planned_of(desk, told.append)
    assert planned.is_for(desk)
    assert planned.mix is not None
    assert told == sorted(told)
    assert told
    assert 0 <= told[0] <= told[-1] <= 1

    def stop(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        planned_of(desk, stop)


def test_a_look_without_the_plan_is_the_same_but_for_it(desk) -> None:
    planned = planned_of(desk)
    short = outlook_of(desk, ALL_OF_IT)
    assert all(line.plan is None for line in short.lines)
    assert short.decades[2] is None
    assert with_plan(short, desk, planned) == outlook_of(desk, ALL_OF_IT, planned)


def test_nothing_held_has_no_evidence(desk) -> None:
    empty = replace(desk, snapshot=Snapshot(()))
    assert evidence_of(RebalanceFlow().plan(desk), empty) == ()


@pytest.mark.parametrize(
    ("schedule", "band", "rule"),
    [
        (CheckSchedule(12), ToleranceBand(), YEARLY),
        (CheckSchedule(6), ToleranceBand(), HALF_YEARLY),
        (CheckSchedule(3), ToleranceBand(), QUARTERLY),
        (CheckSchedule(1), ToleranceBand(), MONTHLY),
        (CheckSchedule(2), ToleranceBand(), None),
        (CheckSchedule(days=(YearDay(7, 15),)), ToleranceBand(), None),
        (CheckSchedule(12, kind=CheckKind.THRESHOLD), ToleranceBand(), FIVE_25),
        (CheckSchedule(12, kind=CheckKind.EITHER), ToleranceBand(rule=BandRule.ABSOLUTE), FIVE),
        (
            CheckSchedule(12, kind=CheckKind.EITHER),
            ToleranceBand(Decimal("0.10"), rule=BandRule.ABSOLUTE),
            TEN,
        ),
        (CheckSchedule(12, kind=CheckKind.EITHER), ToleranceBand(rule=BandRule.RELATIVE), None),
    ],
)
def test_the_household_s_rule_is_found_among_those_compared(schedule, band, rule) -> None:
    assert rule_like(schedule, band) == rule
