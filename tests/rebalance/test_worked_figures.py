"""Figures others have printed or that follow by hand: bands, half bands, buckets, look-through, realigns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, Verdict
from desktop_app.domain.rules import EquityWash, Goal, OrderStyle, PlanRules
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand
from desktop_app.rebalance import make_plan, measure_drift

C = AssetClass


def sixty_forty(band: ToleranceBand) -> TargetAllocation:
    return TargetAllocation.of({C.STOCKS: Decimal("0.6"), C.FIXED_INCOME: Decimal("0.4")}, band=band)


class TestRelativeBandOfTwentyPercent:
    """Daryanani's band: a fifth of the target triggers, a tenth of it is gone back to."""

    BAND = ToleranceBand(relative=Decimal("0.2"), rule=BandRule.RELATIVE)

    @pytest.mark.parametrize(
        ("target", "edges", "tolerance"), [("0.6", ("0.48", "0.72"), ("0.54", "0.66")),
                                           ("0.2", ("0.16", "0.24"), ("0.18", "0.22"))],
    )  # fmt: skip
    def test_band_and_tolerance(self, target, edges, tolerance):
        aim = Decimal(target)
        half = self.BAND.half_width(aim)
        assert (aim - half, aim + half) == tuple(map(Decimal, edges))
        assert (aim - half / 2, aim + half / 2) == tuple(map(Decimal, tolerance))

    @pytest.mark.parametrize(("stock", "state"), [("71900", BandState.NEAR), ("72000", BandState.OUTSIDE)])
    def test_where_it_triggers(self, four_funds, stock, state):
        four_funds.hold("k", {"US": stock, "Bond": str(100000 - int(stock))})
        row = measure_drift(four_funds.snapshot, sixty_forty(self.BAND)).row(C.STOCKS)
        assert row.state is state

    def test_a_fifth_of_the_class_in_small_stock(self, household, changes):
        # 25 % of a 20 % target is past 24: back to 22, half of the way to its band's edge
        household.classes(Small="us_small", Bond="us_bond")
        household.hold("k", {"Small": "25000", "Bond": "75000"})
        aim = TargetAllocation.of({C.US_SMALL: Decimal("0.2"), C.US_BOND: Decimal("0.8")}, band=self.BAND)
        assert changes(household.plan(aim, goal=Goal.HALFWAY)) == {"Small": "-3000.00", "Bond": "3000.00"}


class TestThresholdAndDestination:
    """Act at 2 points, come back to 1.75: the trigger is one band, the destination another."""

    @pytest.mark.parametrize(
        ("stock", "verdict", "moved"),
        [("61900", Verdict.HOLD, None), ("62000", Verdict.DEFENSIVE, "250.01"),
         ("62300", Verdict.DEFENSIVE, "550.01")],
    )  # fmt: skip
    def test_two_hundred_and_one_seventy_five(self, four_funds, moves, stock, verdict, moved):
        # 62,000 − 61,750 and 62,300 − 61,750, and a cent, because the edge itself counts as out
        four_funds.hold("k", {"US": stock, "Bond": str(100000 - int(stock))})
        trigger = sixty_forty(ToleranceBand(absolute=Decimal("0.02"), rule=BandRule.ABSOLUTE))
        assert measure_drift(four_funds.snapshot, trigger).verdict is verdict
        if moved:
            destination = sixty_forty(ToleranceBand(absolute=Decimal("0.0175"), rule=BandRule.ABSOLUTE))
            plan = four_funds.plan(destination, goal=Goal.BAND_EDGE)
            assert moves(plan) == [("US", "Bond", moved)]


class TestLookThrough:
    def test_what_two_funds_come_to(self, household):
        # 54 % of 50,000 and another 50,000 in US stock; 36, 7 and 3 % of 50,000
        household.fund("TDF", us_large="0.54", intl_developed="0.36", us_bond="0.07", intl_bond="0.03")
        household.classes(Index="us_large")
        household.hold("k", {"TDF": "50000", "Index": "50000"})
        report = measure_drift(
            household.snapshot,
            TargetAllocation.from_names(
                {"us_large": "0.7", "intl_developed": "0.2", "us_bond": "0.05", "intl_bond": "0.05"}
            ),
        )
        held = {row.node: row.value for row in report.rows}
        assert held[C.US_LARGE] == Decimal(77000)
        assert held[C.INTL_DEVELOPED] == Decimal(18000)
        assert held[C.US_BOND] == Decimal(3500)
        assert held[C.INTL_BOND] == Decimal(1500)


class TestBucketWithoutBuying:
    def test_the_refill_comes_from_what_is_furthest_above(self, household, changes):
        # 60,000 leave 940,000: of 880,000 stock should be 528,000 and is 620,000, bonds are short already
        household.classes(Stock="us_large", Bond="us_bond")
        household.hold("k", {"Stock": "620000", "Bond": "320000"})
        plan = household.plan(
            {"stocks": "0.6", "bonds": "0.4"}, goal=Goal.NEW_MONEY, cash_flow={"k": "-60000"}
        )
        assert changes(plan) == {"Stock": "-60000.00"}
        weights = [round(row.weight * 100, 1) for row in plan.after.rows if row.node in (C.STOCKS, C.BONDS)]
        assert weights == [Decimal("63.6"), Decimal("36.4")]  # 560,000 and 320,000 of 880,000


class TestOrdersOfRecordkeepers:
    def test_an_ending_balance_in_whole_percents(self, household, changes):
        # a recordkeeper's own example: 4,000 / 2,000 / 1,000 / 3,000 to 20 / 30 / 10 / 40 %
        household.classes(ABC="us_large", XYZ="us_bond", AAA="intl_developed", ZZZ="stable_value")
        household.hold(
            "k",
            {"ABC": "4000", "XYZ": "2000", "AAA": "1000", "ZZZ": "3000"},
            order_style=OrderStyle.REALIGN_PERCENT,
        )
        plan = household.plan(
            {"us_large": "0.2", "us_bond": "0.3", "intl_developed": "0.1", "stable_value": "0.4"}
        )
        assert changes(plan) == {"ABC": "-2000.00", "XYZ": "1000.00", "ZZZ": "1000.00"}
        assert [share for _, share in plan.elections[0].percents] == [20, 30, 10, 40]

    def test_half_a_percent_cannot_be_ordered(self, four_funds):
        # 33.5 / 66.5 lies between two whole percents: either is half a point of 100,000 off
        four_funds.hold("tsp", {"Stable": "50000", "US": "50000"}, order_style=OrderStyle.REALIGN_PERCENT)
        plan = four_funds.plan({"stable_value": "0.335", "us_large": "0.665"})
        assert [share for _, share in plan.elections[0].percents] in ([33, 67], [34, 66])
        assert plan.after.misallocated == Decimal("500.00")

    def test_stable_value_waits_ninety_days(self, household):
        # 1 March and 90 days is 30 May
        household.classes(Stable="stable_value", Stock="us_large", Money="money_market")
        wash = EquityWash(("Stable",), ("Money",))
        household.hold("k", {"Stable": "100000"}, menu=["Stock", "Money"], equity_wash=wash)
        aim = TargetAllocation.from_names({"stable_value": "0.9", "money_market": "0.1"})
        rules = PlanRules(date(2025, 3, 1), accounts=tuple(household.account_rules.items()))
        plan = make_plan(household.snapshot, aim, rules)
        assert [(e.source.name, e.target.name, e.amount) for e in plan.exchanges] == [
            ("Stable", "Stock", Decimal(10000))
        ]
        step = plan.later[0]
        assert (step.not_before, step.source.name, step.target.name) == (date(2025, 5, 30), "Stock", "Money")
        assert step.amount == Decimal(10000)

    def test_money_elsewhere_may_go_at_once(self, household, moves):
        # what is in the stock fund already never was in stable value
        household.classes(Stable="stable_value", Stock="us_large", Money="money_market")
        household.hold(
            "k",
            {"Stable": "30000", "Stock": "70000"},
            menu=["Money"],
            equity_wash=EquityWash(("Stable",), ("Money",)),
        )
        plan = household.plan({"us_large": "0.6", "stable_value": "0.3", "money_market": "0.1"})
        assert moves(plan) == [("Stock", "Money", "10000.00")]
        assert not plan.later
