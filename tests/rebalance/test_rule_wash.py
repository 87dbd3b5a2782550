"""Equity wash: only money that left stable value waits, and the second step is dated."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import (
    EquityWash,
    Goal,
    OrderStyle,
    PlanRules,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan

TODAY = date(2026, 11, 22)
FREE = date(2027, 2, 20)  # 8 days of November, 31, 31 and 20 are 90
WASH = EquityWash(("stable_value",), ("money_market", "us_bond_short"))
AIM = {"us_large": "0.5", "us_bond": "0.2", "stable_value": "0.2", "money_market": "0.1"}
FUNDS = {"Stock": "us_large", "Bond": "us_bond", "Stable": "stable_value", "Money": "money_market"}


def past(source: str, target: str, amount: str, days_ago: int) -> PastExchange:
    return PastExchange("k", source, target, Decimal(amount), TODAY - timedelta(days=days_ago))


def held(household, stock: str, bond: str, stable: str, money: str = "0", **rules):
    household.classes(**FUNDS)
    rules.setdefault("equity_wash", WASH)
    household.hold("k", {"Stock": stock, "Bond": bond, "Stable": stable, "Money": money}, **rules)
    return household


def plan_of(household, *log: PastExchange, aim=AIM, **rules) -> ExchangePlan:
    accounts = tuple(household.account_rules.items())
    asked = PlanRules(TODAY, accounts=accounts, log=ExchangeLog(log), **rules)
    return make_plan(household.snapshot, TargetAllocation.from_names(aim), asked)


def moves(plan: ExchangePlan) -> list[tuple[str, str, str]]:
    return [(e.source.name, e.target.name, str(e.amount)) for e in plan.exchanges]


def steps(plan: ExchangePlan) -> list[tuple[date, str, str, str]]:
    return [(s.not_before, s.source.name, s.target.name, str(s.amount)) for s in plan.later]


class TestTwoSteps:
    def test_money_waits_in_a_fund_that_does_not_compete(self, household):
        # stable 10,000 too much, money market 10,000 too little, all else on target
        plan = plan_of(held(household, "50000", "20000", "30000"))
        assert moves(plan) == [("Stable", "Bond", "10000.00")]  # bonds are the safer place of the two
        assert steps(plan) == [(FREE, "Bond", "Money", "10000.00")]
        assert plan.exchanges[0].why == (
            "Lowers stable value ($10,000 above target, the furthest above). The money waits in Bond until "
            "20 February 2027, when it may go to Money: an equity wash does not let it go there straight."
        )
        assert plan.later[0].why == "Equity wash: money from Stable may not go to Money before then."
        assert plan.after.misallocated == 10000
        assert all("20 February 2027" in unmet.why for unmet in plan.unmet)
        assert plan.proof.status == "optimal"
        assert plan.proof.words.startswith(
            "With the exchange that is possible from 20 February 2027 on this plan ends on target"
        )

    def test_it_waits_where_it_is_missing_meanwhile(self, household):
        # stocks lack 4,000 and bonds have as much too much, which goes to money market at once
        plan = plan_of(held(household, "46000", "24000", "30000"))
        assert sorted(moves(plan)) == [("Bond", "Money", "4000.00"), ("Stable", "Stock", "10000.00")]
        assert steps(plan) == [(FREE, "Stock", "Money", "6000.00")]
        parked = next(exchange for exchange in plan.exchanges if exchange.source.name == "Stable")
        assert "$6,000 of it waits there until 20 February 2027" in parked.why
        assert plan.before.misallocated == 14000
        assert plan.after.misallocated == 6000

    def test_money_that_is_elsewhere_goes_first(self, household):
        # bonds have the 10,000 that money market lacks: no second step is needed
        plan = plan_of(held(household, "50000", "30000", "20000"))
        assert moves(plan) == [("Bond", "Money", "10000.00")]
        assert not plan.later

    def test_part_goes_now_and_part_waits(self, household):
        # money market lacks 10,000: bonds give 4,000 now, stable value 6,000 through a detour
        plan = plan_of(held(household, "50000", "24000", "26000"))
        assert ("Bond", "Money", "4000.00") in moves(plan)
        assert ("Stable", "Stock", "6000.00") in moves(plan)  # bonds are being sold
        assert steps(plan) == [(FREE, "Stock", "Money", "6000.00")]

    def test_pairs_are_made_so_that_little_has_to_wait(self, household):
        # stable −10,000 and stock −10,000 against bond +10,000 and money +10,000
        plan = plan_of(held(household, "60000", "10000", "30000"))
        assert sorted(moves(plan)) == [("Stable", "Bond", "10000.00"), ("Stock", "Money", "10000.00")]
        assert not plan.later
        assert plan.after.misallocated == 0

    def test_not_where_the_mix_would_gain_nothing(self, household):
        plan = plan_of(held(household, "50000", "20000", "20000", "10000"))
        assert not plan.exchanges
        assert not plan.later

    def test_not_without_a_fund_to_wait_in(self, household):
        household.classes(Stable="stable_value", Money="money_market")
        household.hold("k", {"Stable": "60000", "Money": "40000"}, equity_wash=WASH)
        plan = plan_of(household, aim={"stable_value": "0.5", "money_market": "0.5"})
        assert not plan.exchanges
        assert not plan.later

    @pytest.mark.parametrize(
        "rule",
        [
            RoundTrip(91, funds=("Bond",)),
            RedemptionFee(Decimal("0.01"), 90, funds=("Bond",)),
        ],
    )
    def test_not_in_a_fund_that_keeps_it_longer(self, household, rule):
        plan = plan_of(held(household, "50000", "20000", "30000", restrictions=(Restriction(rule),)))
        assert moves(plan) == [("Stable", "Stock", "10000.00")]

    def test_in_a_fund_that_keeps_it_as_long(self, household):
        rule = Restriction(RoundTrip(90, funds=("Bond",)))
        plan = plan_of(held(household, "50000", "20000", "30000", restrictions=(rule,)))
        assert moves(plan) == [("Stable", "Bond", "10000.00")]

    def test_not_where_buying_has_to_wait(self, household):
        rule = Restriction(RepurchaseBlock(30, funds=("Bond",)))
        household = held(household, "50000", "20000", "30000", restrictions=(rule,))
        plan = plan_of(household, past("Bond", "Stock", "10", 5))
        assert moves(plan) == [("Stable", "Stock", "10000.00")]

    def test_minimums_hold_for_the_detour(self, household):
        plan = plan_of(held(household, "50000", "20000", "30000", minimum_exchange=Decimal(10001)))
        assert not plan.exchanges
        assert not plan.later

    def test_limits_on_exchanges_hold(self, household):
        plan = plan_of(held(household, "50000", "20000", "30000", max_exchanges=1))
        assert len(plan.exchanges) == 1
        assert len(plan.later) == 1

    def test_percents_of_the_source_stay_whole(self, household):
        # a third of 30,000 is 10,000; 33 % are 9,900
        plan = plan_of(held(household, "50000", "20000", "30000", order_style=OrderStyle.PERCENT_OF_FUND))
        assert moves(plan) == [("Stable", "Bond", "9900.00")]
        assert plan.exchanges[0].percent_of_fund == Decimal("0.33")
        assert steps(plan) == [(FREE, "Bond", "Money", "9900.00")]

    def test_a_realign_gives_the_percents_to_the_fund_to_wait_in(self, household):
        plan = plan_of(held(household, "50000", "20000", "30000", order_style=OrderStyle.REALIGN_PERCENT))
        assert {fund.name: share for fund, share in plan.elections[0].percents} == {
            "Stock": 50, "Bond": 30, "Stable": 20,
        }  # fmt: skip
        assert moves(plan) == [("Stable", "Bond", "10000.00")]
        assert steps(plan) == [(FREE, "Bond", "Money", "10000.00")]

    def test_nothing_is_sold_for_it_with_new_money_only(self, household):
        plan = plan_of(held(household, "50000", "20000", "30000"), goal=Goal.NEW_MONEY)
        assert not plan.exchanges
        assert not plan.later

    def test_the_longest_wait_of_several_rules_counts(self, household):
        rule = Restriction(EquityWash(("Stable",), ("Money",), 120))
        plan = plan_of(held(household, "50000", "20000", "30000", restrictions=(rule,)))
        assert plan.later[0].not_before == TODAY + timedelta(days=120)

    def test_a_rule_that_is_over_binds_nothing(self, household):
        over = Restriction(WASH, until=TODAY - timedelta(days=1))
        plan = plan_of(held(household, "50000", "20000", "30000", equity_wash=None, restrictions=(over,)))
        assert moves(plan) == [("Stable", "Money", "10000.00")]


WASHED_AIM = {"us_large": "0.3", "us_bond": "0.1", "stable_value": "0.3", "money_market": "0.3"}


class TestBestOfAllDays:
    """100,100 with 60,000 in stable value; stock 30, bond 10, stable value 30 and money market 30 percent.

    Money market lacks 29,930 and stable value has 29,970 too much; bonds lack 10, stock lacks 30.
    """

    def ends(self, plan) -> Decimal:
        """Return dollars off target when the later exchanges are done."""
        held = {trade.fund.name: trade.after for trade in plan.trades}
        for step in plan.later:
            held[step.source.name] -= step.amount
            held[step.target.name] += step.amount
        total = sum(held.values())
        return sum(abs(held[n] - Decimal(WASHED_AIM[FUNDS[n]]) * total) for n in held) / 2

    def planned(self, household, **rules):
        cash = rules.pop("cash_flow", ())
        return plan_of(
            held(household, "30000", "10000", "60000", "100", **rules), aim=WASHED_AIM, cash_flow=cash
        )

    def test_one_exchange_a_day(self, household):
        # stable value to stock, then stock to money market: bonds cannot get their 10
        plan = self.planned(household, max_exchanges=1)
        assert self.ends(plan) == 10
        assert plan.proof.bound == 10
        assert plan.proof.status == "optimal"
        assert "no plan ends closer" in plan.proof.words

    def test_a_minimum_is_met_by_two_funds_to_wait_in(self, household):
        # neither the 30 nor the 10 can be bought alone, but both funds can be bought for more and sold again
        plan = self.planned(household, minimum_exchange=Decimal(1000))
        assert self.ends(plan) == 0
        assert plan.proof.status == "optimal"

    def test_a_minimum_with_cash_to_raise(self, household):
        # of 95,100 stock is to be 28,530, bonds 9,510, the others 28,530 each: all within a minimum's reach
        plan = self.planned(household, minimum_exchange=Decimal(1000), cash_flow=(("k", Decimal(-5000)),))
        assert self.ends(plan) == 0
        assert plan.proof.status == "optimal"

    def test_a_cap_leaves_room_to_wait_for_part(self, household):
        # only stock can take money, 10,040 up to its cap, and all but 30 of it may go on
        rules = {"no_buy": ("Bond",), "cap": (("Stock", Decimal("0.4")),)}
        plan = self.planned(household, **rules)
        assert moves(plan) == [("Stable", "Stock", "10040.00")]
        assert steps(plan) == [(FREE, "Stock", "Money", "10010.00")]
        assert self.ends(plan) == 19930
        assert plan.proof.bound == 19930
        assert plan.proof.status == "optimal"

    def test_a_realign_with_cash_and_a_fund_that_is_kept(self, household):
        household.fund("Extra", us_bond="0.5", us_bond_short="0.5")
        household.classes(**FUNDS)
        household.hold(
            "k",
            {"Stock": "30000", "Bond": "10000", "Stable": "60000", "Money": "100"},
            menu=["Extra"],
            no_sell=("Bond",),
            equity_wash=EquityWash(("stable_value",), ("money_market",)),
            order_style=OrderStyle.REALIGN_PERCENT,
        )
        paid = (("k", Paychecks(Decimal("850.50"), 12, 30)),)
        aim = {"stocks": "0.3", "bonds": "0.1", "stable_value": "0.3", "money_market": "0.3"}
        plan = plan_of(household, aim=aim, cash_flow=(("k", Decimal("-20000.55")),), paychecks=paid)
        assert sum(trade.change for trade in plan.trades) == Decimal("-20000.55")
        after = {trade.fund.name: trade.after for trade in plan.trades}
        assert all(step.amount <= after[step.source.name] for step in plan.later)

    def test_no_second_step_out_of_a_fund_that_competes(self, household):
        # the log put stock money into a fund that competes, where it is bound
        rule = EquityWash(("Bond", "us_large", "money_market"), ("bonds", "stable_value"))
        style = OrderStyle.PERCENT_OF_FUND
        household = held(household, "30000", "10000", "60000", "100", equity_wash=rule, order_style=style)
        log = past("Stock", "Stable", "25000", 0), past("Money", "Stable", "6000", 21)
        plan = plan_of(
            household, *log, aim=WASHED_AIM, paychecks=(("k", Paychecks(Decimal("850.50"), 52, 5)),)
        )
        assert all(step.source.name not in {"Bond", "Stable"} for step in plan.later)
        assert plan.after.misallocated < plan.before.misallocated


class TestMoneyOnItsWay:
    """10,000 left stable value for bonds some days ago; money market lacks them."""

    def waiting(self, household, **rules):
        return held(household, "50000", "30000", "20000", **rules)

    @pytest.mark.parametrize(("days_ago", "is_free"), [(89, False), (90, True), (91, True)])
    def test_it_goes_on_after_ninety_days(self, household, days_ago, is_free):
        plan = plan_of(self.waiting(household), past("Stable", "Bond", "30000", days_ago))
        if is_free:
            assert moves(plan) == [("Bond", "Money", "10000.00")]
            assert not plan.later
        else:
            assert not plan.exchanges
            assert steps(plan) == [(TODAY + timedelta(days=90 - days_ago), "Bond", "Money", "10000.00")]

    def test_only_what_left_stable_value_is_bound(self, household):
        # of 30,000 in bonds 22,000 are free, and 10,000 are needed
        plan = plan_of(self.waiting(household), past("Stable", "Bond", "8000", 10))
        assert moves(plan) == [("Bond", "Money", "10000.00")]
        assert not plan.later
        assert plan.exchanges[0].percent_of_fund == Decimal("0.333333")

    def test_part_is_free_and_part_follows(self, household):
        # of 30,000 in bonds 6,000 are free; the other 4,000 follow when 24,000 are
        plan = plan_of(self.waiting(household), past("Stable", "Bond", "24000", 10))
        assert moves(plan) == [("Bond", "Money", "6000.00")]
        assert steps(plan) == [(TODAY + timedelta(days=80), "Bond", "Money", "4000.00")]

    def test_two_lots_come_free_one_after_the_other(self, household):
        log = past("Stable", "Bond", "3000", 60), past("Stable", "Bond", "27000", 10)
        plan = plan_of(self.waiting(household), *log)
        assert steps(plan) == [
            (TODAY + timedelta(days=30), "Bond", "Money", "3000.00"),
            (TODAY + timedelta(days=80), "Bond", "Money", "7000.00"),
        ]

    def test_bound_money_may_go_anywhere_else(self, household):
        household = held(household, "40000", "30000", "20000", "10000")
        plan = plan_of(household, past("Stable", "Bond", "30000", 10))
        assert moves(plan) == [("Bond", "Stock", "10000.00")]

    def test_free_and_bound_money_of_a_fund_are_one_exchange(self, household):
        # bonds give 10,000 to stock, of which 4,000 are free at most
        household = held(household, "40000", "30000", "20000", "10000")
        plan = plan_of(household, past("Stable", "Bond", "26000", 10))
        assert moves(plan) == [("Bond", "Stock", "10000.00")]

    @pytest.mark.parametrize("most", [1, 2])
    def test_a_limit_counts_them_as_one(self, household, most):
        household = held(household, "40000", "30000", "20000", "10000", max_exchanges=most)
        plan = plan_of(household, past("Stable", "Bond", "26000", 10))
        assert moves(plan) == [("Bond", "Stock", "10000.00")]
        assert plan.proof.fewest_exchanges

    def test_it_stays_bound_on_its_way_through_other_funds(self, household):
        log = past("Stable", "Stock", "30000", 20), past("Stock", "Bond", "30000", 10)
        plan = plan_of(self.waiting(household), *log)
        assert not plan.exchanges
        assert steps(plan) == [(TODAY + timedelta(days=70), "Bond", "Money", "10000.00")]

    def test_back_in_stable_value_it_is_free(self, household):
        # out and back: what is in bonds now is other money
        log = past("Stable", "Bond", "30000", 20), past("Bond", "Stable", "30000", 10)
        assert moves(plan_of(self.waiting(household), *log)) == [("Bond", "Money", "10000.00")]

    def test_it_is_bound_although_stable_value_is_gone(self, household):
        household.classes(**FUNDS)
        household.hold("k", {"Stock": "50000", "Bond": "50000"}, menu=["Money"], equity_wash=WASH)
        aim = {"us_large": "0.5", "us_bond": "0.4", "money_market": "0.1"}
        log = PastExchange("k", "Stable", "Bond", Decimal(50000), TODAY - timedelta(days=1))
        rule = EquityWash(("Stable",), ("Money",))
        household.account_rules["k"] = type(household.account_rules["k"])(
            menu=household.account_rules["k"].menu, equity_wash=rule
        )
        plan = plan_of(household, log, aim=aim)
        assert not plan.exchanges
        assert steps(plan) == [(TODAY + timedelta(days=89), "Bond", "Money", "10000.00")]

    def test_a_realign_leaves_it_where_it_is(self, household):
        household = held(household, "40000", "40000", "20000", order_style=OrderStyle.REALIGN_PERCENT)
        plan = plan_of(household, past("Stable", "Bond", "40000", 10))
        assert moves(plan) == [("Bond", "Stock", "10000.00")]
        assert steps(plan) == [(TODAY + timedelta(days=80), "Bond", "Money", "10000.00")]

    @pytest.mark.parametrize("style", [OrderStyle.REALIGN_PERCENT, OrderStyle.PERCENT_OF_FUND])
    @pytest.mark.parametrize(("bound", "goes"), [("20000", "10000.00"), ("30000", None)])
    def test_percent_orders_move_what_is_free(self, household, style, bound, goes):
        # bonds hold 30,000 of which 10,000 have to go to money market: 10 % of all, not 33.3 % of bonds
        household = self.waiting(household, order_style=style)
        plan = plan_of(household, past("Stable", "Bond", bound, 10))
        straight = [amount for source, target, amount in moves(plan) if (source, target) == ("Bond", "Money")]
        percent = style is OrderStyle.PERCENT_OF_FUND
        assert straight == ([] if goes is None else ["9900.00"] if percent else [goes])

    def test_what_moves_on_today_is_what_is_free_first(self, household):
        # all 40,000 of bonds are on their way: 10,000 go to stock, 10,000 to money market when they may
        household = held(household, "40000", "40000", "20000")
        log = past("Stable", "Bond", "15000", 60), past("Stable", "Bond", "25000", 10)
        plan = plan_of(household, *log)
        assert moves(plan) == [("Bond", "Stock", "10000.00")]
        assert steps(plan) == [
            (TODAY + timedelta(days=30), "Bond", "Money", "5000.00"),
            (TODAY + timedelta(days=80), "Bond", "Money", "5000.00"),
        ]

    def test_two_competing_funds_share_what_comes_free(self, household):
        household.fund("Short", us_bond_short="1")
        household.classes(**FUNDS)
        household.hold(
            "k",
            {"Stock": "50000", "Bond": "30000", "Stable": "20000"},
            menu=["Money", "Short"],
            equity_wash=WASH,
        )
        aim = {"us_large": "0.5", "us_bond": "0.2", "stable_value": "0.2"}
        aim |= {"money_market": "0.06", "us_bond_short": "0.04"}
        log = past("Stable", "Bond", "7000", 60), past("Stable", "Bond", "23000", 10)
        plan = plan_of(household, *log, aim=aim)
        told = steps(plan)
        assert sum(Decimal(amount) for _, _, _, amount in told) == 10000
        early = [Decimal(amount) for day, _, _, amount in told if day == TODAY + timedelta(days=30)]
        assert sum(early) == 7000
