"""Waiting times and limits of plans: each by a worked example, with the days at the edge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import (
    CoreMinimum,
    Goal,
    NoSale,
    OrderStyle,
    Period,
    PlanRules,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    TransferLimit,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import (
    CapBelowLockedError,
    CashBeyondSaleableError,
    ContradictoryRulesError,
    NoRoomError,
    UnknownAccountInRulesError,
    UnknownFundInRulesError,
    make_plan,
)

SIXTY_FORTY = {"stocks": "0.6", "fixed_income": "0.4"}
FIDELITY = RoundTrip(over=Decimal(1000), exempt=("money_market",), strikes=2, block=85, shared=True)
T_ROWE = RepurchaseBlock(30, Decimal(5000), exempt=("money_market",))
TSP = TransferLimit(2, Period.MONTH, ("stable_value",))
FIVE = {"G": "stable_value", "F": "us_bond", "C": "us_large", "S": "us_small", "I": "intl_developed"}

TSP_AIM = {
    "stable_value": "0.4",
    "us_bond": "0.1",
    "us_large": "0.3",
    "us_small": "0.1",
    "intl_developed": "0.1",
}


def past(source: str | None, target: str | None, amount: str, day: date, account: str = "k") -> PastExchange:
    return PastExchange(account, source, target, Decimal(amount), day)


def plan_on(household, day: date, aim, *log: PastExchange, **rules) -> ExchangePlan:
    flow = tuple((name, Decimal(amount)) for name, amount in rules.pop("cash_flow", {}).items())
    return make_plan(
        household.snapshot,
        TargetAllocation.from_names(aim),
        PlanRules(
            today=day,
            cash_flow=flow,
            accounts=tuple(household.account_rules.items()),
            log=ExchangeLog(log),
            **rules,
        ),
    )


def under(*terms, **more) -> dict[str, object]:
    return {"restrictions": tuple(Restriction(rule, **more) for rule in terms)}


def bought(plan: ExchangePlan) -> dict[str, str]:
    return {trade.fund.name: str(trade.change) for trade in plan.trades if trade.change}


class TestPurchaseBlock:
    """T. Rowe Price: more than $5,000 redeemed on 1 September, free again on 2 October."""

    def overweight_bonds(self, four_funds, *terms, **more):
        four_funds.hold("k", {"US": "50000", "Bond": "50000"}, **under(*terms, **more))
        return four_funds

    @pytest.mark.parametrize(
        ("day", "is_free"),
        [
            (date(2026, 9, 1), False),
            (date(2026, 9, 30), False),
            (date(2026, 10, 1), False),
            (date(2026, 10, 2), True),
            (date(2026, 10, 3), True),
        ],
    )
    def test_sold_on_the_first_of_september(self, four_funds, day, is_free):
        sold = past("US", "Bond", "5000.01", date(2026, 9, 1))
        plan = plan_on(self.overweight_bonds(four_funds, T_ROWE), day, SIXTY_FORTY, sold)
        assert bool(plan.exchanges) is is_free
        if not is_free:
            assert plan.unmet[0].why == (
                "“US” cannot take more: money left it on 1 September 2026, and it may not be bought before "
                "2 October 2026."
            )

    def test_five_thousand_or_less_does_not_block(self, four_funds):
        sold = past("US", "Bond", "5000", date(2026, 9, 1))
        assert plan_on(
            self.overweight_bonds(four_funds, T_ROWE), date(2026, 9, 2), SIXTY_FORTY, sold
        ).exchanges

    def test_sales_of_one_day_are_added(self, four_funds):
        day = date(2026, 9, 1)
        sold = past("US", "Bond", "2500", day), past("US", None, "2500.01", day)
        household = self.overweight_bonds(four_funds, T_ROWE)
        assert not plan_on(household, date(2026, 9, 2), SIXTY_FORTY, *sold).exchanges

    def test_another_fund_of_the_class_is_bought_meanwhile(self, household):
        household.classes(US="us_large", Other="us_large", Bond="us_bond")
        household.hold("k", {"US": "50000", "Bond": "50000"}, menu=["Other"], **under(T_ROWE))
        sold = past("US", "Bond", "9000", date(2026, 9, 1))
        plan = plan_on(household, date(2026, 9, 15), SIXTY_FORTY, sold)
        assert bought(plan) == {"Bond": "-10000.00", "Other": "10000.00"}

    def test_money_market_is_exempt(self, household):
        household.classes(Stock="us_large", Market="money_market")
        household.hold("k", {"Stock": "70000", "Market": "30000"}, **under(T_ROWE))
        sold = past("Market", "Stock", "40000", date(2026, 9, 1))
        assert plan_on(household, date(2026, 9, 2), SIXTY_FORTY, sold).exchanges

    def test_other_accounts_and_automatic_orders_do_not_count(self, four_funds):
        day = date(2026, 9, 1)
        four_funds.hold("k", {"US": "50000", "Bond": "50000"}, **under(T_ROWE))
        four_funds.hold("ira", {"Bond": "0"})
        elsewhere = past("US", "Bond", "9000", day, "ira")
        automatic = PastExchange("k", "US", "Bond", Decimal(9000), day, automatic=True)
        assert plan_on(four_funds, date(2026, 9, 2), SIXTY_FORTY, elsewhere, automatic).exchanges

    def test_sixty_days_on_funds_abroad_only(self, household):
        # 60 days from 1 September: the last is 31 October
        household.fund("World", intl_developed="0.75", emerging="0.25")
        household.classes(US="us_large", Bond="us_bond")
        rule = RepurchaseBlock(60, funds=("intl_developed", "emerging"))
        household.hold("k", {"World": "30000", "US": "20000", "Bond": "50000"}, **under(rule))
        log = [past(fund, "Bond", "100", date(2026, 9, 1)) for fund in ("World", "US")]
        aim = {"us_large": "0.2", "intl_developed": "0.3", "emerging": "0.1", "us_bond": "0.4"}
        assert not plan_on(household, date(2026, 10, 31), aim, *log).exchanges
        assert bought(plan_on(household, date(2026, 11, 1), aim, *log)).keys() == {"World", "Bond"}

    def test_a_rule_ends_with_its_last_day(self, four_funds):
        household = self.overweight_bonds(four_funds, T_ROWE, until=date(2026, 9, 20))
        sold = past("US", "Bond", "9000", date(2026, 9, 1))
        last = plan_on(household, date(2026, 9, 20), SIXTY_FORTY, sold)
        assert not last.exchanges
        assert last.unmet[0].why.endswith("it may not be bought before 21 September 2026.")
        assert plan_on(household, date(2026, 9, 21), SIXTY_FORTY, sold).exchanges

    def test_what_is_still_to_come_does_not_bind(self, four_funds):
        sold = past("US", "Bond", "9000", date(2026, 9, 1))
        assert plan_on(
            self.overweight_bonds(four_funds, T_ROWE), date(2026, 8, 31), SIXTY_FORTY, sold
        ).exchanges


class TestRoundTrip:
    """Fidelity: bought on 1 May it is a round trip when sold before 31 May."""

    def overweight_stock(self, four_funds, **more):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, **under(FIDELITY), **more)
        return four_funds

    @pytest.mark.parametrize(
        ("day", "most"),
        [
            (date(2026, 5, 1), "1000.00"),
            (date(2026, 5, 29), "1000.00"),
            (date(2026, 5, 30), "1000.00"),
            (date(2026, 5, 31), "10000.00"),
            (date(2026, 6, 1), "10000.00"),
        ],
    )
    def test_bought_on_the_first_of_may(self, four_funds, day, most):
        # before 31 May only a sale of $1,000 does not count
        came = past("Bond", "US", "1000.01", date(2026, 5, 1))
        plan = plan_on(self.overweight_stock(four_funds), day, SIXTY_FORTY, came)
        assert bought(plan) == {"US": f"-{most}", "Bond": most}
        if most == "1000.00":
            assert plan.unmet[0].why == (
                "“US” keeps the rest: it was bought on 1 May 2026, and a sale before 31 May 2026 would be a "
                "round trip."
            )

    def test_a_fund_of_a_thousand_may_go_whole(self, household):
        household.classes(Old="us_large", US="us_large", Bond="us_bond")
        held = {"Old": "1000", "US": "59000", "Bond": "40000"}
        household.hold("k", held, no_sell=("US",), **under(FIDELITY))
        came = past("Bond", "Old", "5000", date(2026, 5, 1))
        plan = plan_on(household, date(2026, 5, 20), {"stocks": "0.5", "fixed_income": "0.5"}, came)
        assert bought(plan) == {"Old": "-1000.00", "Bond": "1000.00"}

    def test_a_thousand_or_less_is_no_purchase(self, four_funds):
        came = past("Bond", "US", "1000", date(2026, 5, 1))
        plan = plan_on(self.overweight_stock(four_funds), date(2026, 5, 2), SIXTY_FORTY, came)
        assert bought(plan)["US"] == "-10000.00"

    def test_what_was_sold_today_uses_up_the_small_sale(self, four_funds):
        day = date(2026, 5, 20)
        log = past("Bond", "US", "4000", date(2026, 5, 1)), past("US", "Bond", "600", day)
        assert bought(plan_on(self.overweight_stock(four_funds), day, SIXTY_FORTY, *log))["US"] == "-400.00"

    @pytest.mark.parametrize(
        ("style", "sold"),
        [
            (OrderStyle.REALIGN_PERCENT, "-1000.00"),  # 69 % of 100,000 stay
            (OrderStyle.PERCENT_OF_FUND, "-700.00"),  # 1 % of 70,000; 2 % were more than 1,000
        ],
    )
    def test_percent_orders_sell_no_more_than_may_go(self, four_funds, style, sold):
        came = past("Bond", "US", "4000", date(2026, 5, 1))
        household = self.overweight_stock(four_funds, order_style=style)
        plan = plan_on(household, date(2026, 5, 20), SIXTY_FORTY, came)
        assert bought(plan)["US"] == sold
        assert plan.proof.status == "optimal"
        assert str(plan.proof.bound) == str(10000 + Decimal(sold))

    def test_a_small_sale_is_one_exchange_in_units_too(self, four_funds):
        came = past("Bond", "US", "4000", date(2026, 5, 1))
        household = self.overweight_stock(four_funds, order_style=OrderStyle.UNITS)
        (exchange,) = plan_on(household, date(2026, 5, 20), SIXTY_FORTY, came).exchanges
        assert exchange.amount == 1000
        assert exchange.percent_of_fund == Decimal("0.014286")  # of all 70,000

    def two_trips(self, second: date) -> list[PastExchange]:
        first = [past("Bond", "US", "3000", date(2026, 1, 5)), past("US", "Bond", "3000", date(2026, 1, 20))]
        return [*first, past("Bond", "US", "3000", date(2026, 4, 10)), past("US", "Bond", "3000", second)]

    @pytest.mark.parametrize(
        ("second", "day", "is_free"),
        [
            (date(2026, 4, 20), date(2026, 4, 21), False),  # 20 January to 20 April are 90 days
            (date(2026, 4, 20), date(2026, 7, 14), False),  # the 85th day after 20 April
            (date(2026, 4, 20), date(2026, 7, 15), True),
            (date(2026, 4, 21), date(2026, 4, 22), True),  # 91 days
        ],
    )
    def test_two_round_trips_in_ninety_days_close_the_fund(self, four_funds, second, day, is_free):
        four_funds.hold("k", {"US": "50000", "Bond": "50000"}, **under(FIDELITY))
        # new money alone, so that nothing but the purchase is asked about
        plan = plan_on(
            four_funds,
            day,
            SIXTY_FORTY,
            *self.two_trips(second),
            cash_flow={"k": "1000"},
            goal=Goal.NEW_MONEY,
        )
        assert bought(plan) == {"US" if is_free else "Bond": "1000.00"}
        if not is_free:
            # a sale would not help either: the fund it would buy is closed
            assert plan.unmet[0].why.startswith("“US” cannot take more: a round trip too many was made")

    def test_the_closed_fund_says_until_when(self, four_funds):
        four_funds.hold("k", {"US": "50000", "Bond": "50000"}, **under(FIDELITY))
        log = self.two_trips(date(2026, 4, 20))
        plan = plan_on(four_funds, date(2026, 4, 21), SIXTY_FORTY, *log)
        assert plan.unmet[0].why == (
            "“US” cannot take more: a round trip too many was made on 20 April 2026, and it may not be "
            "bought before 15 July 2026."
        )

    def test_round_trips_in_another_account_count_too(self, four_funds):
        rules = under(FIDELITY)
        four_funds.hold("k", {"US": "50000", "Bond": "50000"}, **rules)
        four_funds.hold("ira", {"US": "0", "Bond": "0"}, **rules)
        log = [
            past(entry.source, entry.target, "3000", entry.day, "ira" if entry.day.month == 4 else "k")
            for entry in self.two_trips(date(2026, 4, 20))
        ]
        plan = plan_on(four_funds, date(2026, 6, 1), SIXTY_FORTY, *log)
        assert "US" not in bought(plan)

    def test_one_trip_is_let_pass_where_the_plan_says_so(self, four_funds):
        # Voya: more than one round trip in 60 days
        rule = RoundTrip(60, Decimal(5000), allowed=1, window=60, strikes=0)
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, **under(rule))
        came = past("Bond", "US", "6000", date(2026, 5, 1))
        assert plan_on(four_funds, date(2026, 5, 20), SIXTY_FORTY, came).exchanges
        first = past("Bond", "US", "6000", date(2026, 4, 1)), past("US", "Bond", "6000", date(2026, 4, 10))
        plan = plan_on(four_funds, date(2026, 5, 20), SIXTY_FORTY, *first, came)
        assert bought(plan) == {"US": "-5000.00", "Bond": "5000.00"}

    def test_where_percents_lose_little_the_rule_is_the_reason(self, four_funds):
        # 5,000 may go at most; 7 % of 70,000 are 4,900, so that percents keep back 100 of the 5,100 left
        rule = RoundTrip(60, Decimal(5000), allowed=1, window=60, strikes=0)
        style = {"order_style": OrderStyle.PERCENT_OF_FUND}
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, **under(rule), **style)
        log = (
            past("Bond", "US", "6000", date(2026, 4, 1)),
            past("US", "Bond", "6000", date(2026, 4, 10)),
            past("Bond", "US", "6000", date(2026, 5, 1)),
        )
        plan = plan_on(four_funds, date(2026, 5, 20), SIXTY_FORTY, *log)
        assert bought(plan) == {"US": "-4900.00", "Bond": "4900.00"}
        assert [abs(left.dollars) for left in plan.unmet] == [5100, 5100]
        assert all("round trip" in left.why and "percent" not in left.why for left in plan.unmet)


class TestTransferLimit:
    """TSP: two transfers a month, then only into the G Fund."""

    def tsp(self, household, **values):
        household.classes(**FIVE)
        held = {name: values.get(name, "20000") for name in FIVE}
        household.hold("k", held, order_style=OrderStyle.REALIGN_PERCENT, **under(TSP))
        return household

    def test_the_second_is_free(self, household):
        first = past("F", "C", "500", date(2026, 11, 2))
        plan = plan_on(self.tsp(household), date(2026, 11, 30), TSP_AIM, first)
        assert plan.after.misallocated == 0
        assert dict(bought(plan))["C"] == "10000.00"

    def test_the_third_only_into_g(self, household):
        two = past("F", "C", "500", date(2026, 11, 2)), past("C", "F", "500", date(2026, 11, 9))
        plan = plan_on(self.tsp(household), date(2026, 11, 30), TSP_AIM, *two)
        # G takes its 20,000, from F, S and I, which have 10,000 too much each; C gets none of what is left
        assert bought(plan)["G"] == "20000.00"
        assert "C" not in bought(plan)
        assert {exchange.target.name for exchange in plan.exchanges} == {"G"}
        assert any(
            unmet.why
            == "“C” cannot take more: both transfers of November are used, and it may not be bought "
            "before 1 December 2026."
            for unmet in plan.unmet
        )

    def test_the_next_month_starts_anew(self, household):
        two = past("F", "C", "500", date(2026, 11, 2)), past("C", "F", "500", date(2026, 11, 30))
        assert plan_on(self.tsp(household), date(2026, 12, 1), TSP_AIM, *two).after.misallocated == 0

    def test_december_ends_with_the_year(self, household):
        two = past("F", "C", "500", date(2026, 12, 2)), past("C", "F", "500", date(2026, 12, 9))
        plan = plan_on(self.tsp(household), date(2026, 12, 31), TSP_AIM, *two)
        assert any("before 1 January 2027" in unmet.why for unmet in plan.unmet)
        assert plan_on(household, date(2027, 1, 1), TSP_AIM, *two).after.misallocated == 0

    def test_orders_of_one_day_are_one_transfer(self, household):
        day = date(2026, 11, 2)
        same = past("F", "C", "500", day), past("S", "C", "500", day), past("I", "G", "500", day)
        assert plan_on(self.tsp(household), date(2026, 11, 9), TSP_AIM, *same).after.misallocated == 0

    def test_contributions_are_no_transfers(self, household):
        came = [past(None, "C", "500", date(2026, 11, day)) for day in (2, 9, 16)]
        assert plan_on(self.tsp(household), date(2026, 11, 20), TSP_AIM, *came).after.misallocated == 0

    def test_a_contribution_goes_where_it_is_sent(self, household):
        """It is no transfer: with both used up 1,000 still go to C, which alone is short."""
        two = past("F", "C", "500", date(2026, 11, 2)), past("C", "F", "500", date(2026, 11, 9))
        household.classes(**FIVE)
        held = {"G": "40000", "F": "10000", "C": "19000", "S": "10000", "I": "20000"}
        household.hold("k", held, **under(TSP))
        aim = {"stable_value": "0.4", "us_bond": "0.1", "us_large": "0.2", "us_small": "0.1"}
        aim["intl_developed"] = "0.2"
        plan = plan_on(household, date(2026, 11, 20), aim, *two, cash_flow={"k": "1000"})
        assert [(e.source, e.target.name, e.amount) for e in plan.exchanges] == [(None, "C", Decimal(1000))]
        assert plan.after.misallocated == 0

    @pytest.mark.parametrize(
        ("cash", "moves", "off"),
        [
            ("1000", [("cash", "Bond", "1000.00"), ("US", "G", "200.00")], "9200.00"),
            ("-5000", [("US", "cash", "5000.00")], "9000.00"),
        ],
    )
    def test_cash_beside_what_may_still_go_into_g(self, household, moves, cash, off):
        """Setting percents would be a third transfer, so that orders are in dollars; only G takes from funds.

        1,000 more: 60,600, 20,200 and 20,200 are wanted; the bonds get all of it and G 200 from US.
        """
        household.classes(US="us_large", G="stable_value", Bond="us_bond")
        held = {"US": "70000", "G": "20000", "Bond": "10000"}
        household.hold("k", held, order_style=OrderStyle.REALIGN_PERCENT, **under(TSP))
        two = past("US", "G", "100", date(2026, 11, 3)), past("G", "US", "100", date(2026, 11, 10))
        aim = {"us_large": "0.6", "stable_value": "0.2", "us_bond": "0.2"}
        plan = plan_on(household, date(2026, 11, 22), aim, *two, cash_flow={"k": cash})
        names = [(e.source and e.source.name, e.target and e.target.name) for e in plan.exchanges]
        told = [
            (a or "cash", b or "cash", str(e.amount)) for (a, b), e in zip(names, plan.exchanges, strict=True)
        ]
        assert told == moves
        assert plan.after.misallocated == Decimal(off)
        assert plan.rules.for_account("k").order_style is OrderStyle.DOLLARS

    def test_a_withdrawal_is_no_transfer_either(self, household):
        today = past("US", "Bond", "100", date(2026, 11, 22))
        household.classes(US="us_large", Bond="us_bond")
        household.hold("k", {"US": "61000", "Bond": "40000"}, **under(TransferLimit(1, Period.DAY)))
        plan = plan_on(household, date(2026, 11, 22), SIXTY_FORTY, today, cash_flow={"k": "-1000"})
        assert [(e.source.name, e.target, e.amount) for e in plan.exchanges] == [("US", None, Decimal(1000))]

    def test_once_a_day(self, four_funds):
        rule = TransferLimit(1, Period.DAY)
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, **under(rule))
        today = past("US", "Bond", "100", date(2026, 11, 22))
        plan = plan_on(four_funds, date(2026, 11, 22), SIXTY_FORTY, today)
        assert not plan.exchanges
        assert plan.unmet[0].why == (
            "“US” stays as it is: the one transfer of today is used, "
            "and nothing may move before 23 November 2026."
        )
        assert plan_on(four_funds, date(2026, 11, 23), SIXTY_FORTY, today).exchanges


class TestCompanyStock:
    def held(self, household, **more):
        household.classes(Company="company_stock", Esop="company_stock", Index="us_large", Bond="us_bond")
        household.hold(
            "k",
            {"Company": "15000", "Esop": "15000", "Index": "30000", "Bond": "40000"},
            **under(StockCap(Decimal("0.2"))),
            **more,
        )
        return household

    def test_both_funds_together_come_down_to_the_cap(self, household):
        plan = plan_on(self.held(household), date(2026, 11, 22), SIXTY_FORTY)
        after = {trade.fund.name: trade.after for trade in plan.trades}
        assert after["Company"] + after["Esop"] == 20000
        assert plan.after.misallocated == 0

    def test_nothing_is_bought_above_it(self, household):
        household.classes(Company="company_stock", Bond="us_bond")
        household.hold("k", {"Company": "10000", "Bond": "90000"}, **under(StockCap(Decimal("0.2"))))
        plan = plan_on(household, date(2026, 11, 22), SIXTY_FORTY)
        assert bought(plan) == {"Company": "10000.00", "Bond": "-10000.00"}

    @pytest.mark.parametrize("style", list(OrderStyle))
    @pytest.mark.parametrize(
        ("alpha", "beta", "share", "aim"),
        [
            ("40000", "10000", "0.5", ("0.1", "0.4", "0.5")),  # one for the other, at the cap
            ("20000", "10000", "0.6", ("0.3", "0.3", "0.4")),  # both grow up to it
        ],
    )
    def test_funds_share_their_cap_in_any_way(self, household, style, alpha, beta, share, aim):
        household.classes(Alpha="us_large", Beta="us_small", Bond="us_bond")
        rest = str(100_000 - int(alpha) - int(beta))
        rule = StockCap(Decimal(share), ("Alpha", "Beta"))
        household.hold("k", {"Alpha": alpha, "Beta": beta, "Bond": rest}, **under(rule), order_style=style)
        target = dict(zip(("us_large", "us_small", "us_bond"), aim, strict=True))
        plan = plan_on(household, date(2026, 11, 22), target)
        # a percent of the 70,000 in bonds is 700: 43 of them would be 100 above the cap, 42 are 600 short
        assert plan.after.misallocated <= (600 if style is OrderStyle.PERCENT_OF_FUND else 0)
        assert plan.proof.status == "optimal"

    def test_what_is_short_names_the_fund_the_cap_is_shared_with(self, household):
        household.classes(Alpha="us_large", Beta="us_small", Bond="us_bond")
        held = {"Alpha": "40000", "Beta": "10000", "Bond": "50000"}
        household.hold("k", held, **under(StockCap(Decimal("0.5"), ("Alpha", "Beta"))))
        plan = plan_on(
            household, date(2026, 11, 22), {"us_large": "0.4", "us_small": "0.4", "us_bond": "0.2"}
        )
        assert plan.after.misallocated == 30_000
        short = next(left for left in plan.unmet if left.node is AssetClass.US_SMALL)
        assert "“Beta” cannot take more: it shares its cap with “Alpha”." in short.why

    def test_a_cap_does_not_lock_a_fund_that_is_bound_in_part(self, four_funds):
        came = past("Bond", "US", "4000", date(2026, 5, 1))
        four_funds.hold(
            "k", {"US": "70000", "Bond": "30000"}, cap=(("US", Decimal("0.9")),), **under(FIDELITY)
        )
        plan = plan_on(four_funds, date(2026, 5, 20), SIXTY_FORTY, came)
        assert bought(plan) == {"US": "-1000.00", "Bond": "1000.00"}

    def test_a_cap_below_the_bound_part_contradicts(self, four_funds):
        came = past("Bond", "US", "4000", date(2026, 5, 1))
        four_funds.hold(
            "k", {"US": "70000", "Bond": "30000"}, cap=(("US", Decimal("0.6")),), **under(FIDELITY)
        )
        with pytest.raises(CapBelowLockedError, match=r"at most 60 % .* and it holds \$69,000 already"):
            plan_on(four_funds, date(2026, 5, 20), SIXTY_FORTY, came)

    def test_a_cap_below_what_is_locked_names_both(self, household):
        self.held(household, no_sell=("Company", "Esop"))
        with pytest.raises(
            CapBelowLockedError, match=r"at most .* of the account, but it may not be sold"
        ) as told:
            plan_on(household, date(2026, 11, 22), SIXTY_FORTY)
        assert told.value.exit_code == 4


class TestCoreMinimum:
    RULE = CoreMinimum(Decimal(2500))

    def held(self, household, core: str):
        household.classes(Index="us_large", Window="brokerage_window")
        household.hold("k", {"Index": core, "Window": "50000"}, **under(self.RULE))
        return household

    def test_the_minimum_stays_in_the_plans_own_funds(self, household):
        plan = plan_on(
            self.held(household, "5000"), date(2026, 11, 22), SIXTY_FORTY, cash_flow={"k": "-2500"}
        )
        assert bought(plan) == {"Index": "-2500.00"}

    def test_a_cent_more_contradicts(self, household):
        self.held(household, "5000")
        with pytest.raises(ContradictoryRulesError) as told:
            plan_on(household, date(2026, 11, 22), SIXTY_FORTY, cash_flow={"k": "-2500.01"})
        assert str(told.value) == (
            "Two rules contradict each other: $2,500.01 is to be raised from k, but $2,500 has to stay "
            "outside its brokerage window and only $2,499.99 would. "
            "Raise less, or bring money back from the window first."
        )
        assert told.value.exit_code == 4

    def test_a_window_whose_holdings_are_known_takes_no_more_than_that(self, household):
        # 10,000 in all: 7,500 may stand in the window at most
        household.classes(Index="us_bond", Window="us_large")
        rule = CoreMinimum(Decimal(2500), ("Window",))
        household.hold("k", {"Index": "5000", "Window": "5000"}, **under(rule))
        plan = plan_on(household, date(2026, 11, 22), {"us_large": "0.9", "us_bond": "0.1"})
        assert bought(plan) == {"Window": "2500.00", "Index": "-2500.00"}

    def test_a_window_stays_one_when_the_user_says_what_it_holds(self, household):
        # 7,700 in all: 5,200 may stand in the window at most, which the preset knows by its name
        household.classes(Stock="us_large", Bond="us_bond", BrokerageLink="us_large")
        held = {"Stock": "1500", "Bond": "1200", "BrokerageLink": "5000"}
        household.hold("k", held, no_buy=("Stock",), **under(self.RULE))
        plan = plan_on(household, date(2026, 11, 22), {"us_large": "0.9", "us_bond": "0.1"})
        assert bought(plan) == {"BrokerageLink": "200.00", "Bond": "-200.00"}

    def test_funds_of_the_window_change_places(self, household):
        household.classes(Alpha="us_large", Beta="us_small", Bond="us_bond")
        rule = CoreMinimum(Decimal(50_000), ("Alpha", "Beta"))
        household.hold("k", {"Alpha": "40000", "Beta": "10000", "Bond": "50000"}, **under(rule))
        plan = plan_on(
            household, date(2026, 11, 22), {"us_large": "0.1", "us_small": "0.4", "us_bond": "0.5"}
        )
        assert bought(plan) == {"Alpha": "-30000.00", "Beta": "30000.00"}


class TestContradictions:
    def test_cash_from_a_fund_that_has_to_wait(self, four_funds):
        four_funds.hold("k", {"US": "70000"}, **under(FIDELITY))
        came = past(None, "US", "70000", date(2026, 5, 1))
        with pytest.raises(CashBeyondSaleableError) as told:
            plan_on(four_funds, date(2026, 5, 15), SIXTY_FORTY, came, cash_flow={"k": "-5000"})
        assert str(told.value).startswith(
            "Two rules contradict each other: $5,000 is to be raised from k, but its rules allow only $1,000 "
            "to be sold (“US”: it was bought on 1 May 2026, and a sale before 31 May 2026 would be a round "
            "trip)."
        )

    def test_new_money_where_no_fund_may_be_bought(self, four_funds):
        four_funds.hold("k", {"US": "70000"}, **under(RepurchaseBlock(30)))
        day = date(2026, 11, 22)
        with pytest.raises(NoRoomError, match=r"can take only \$0 .*money left it on 22 November") as told:
            plan_on(four_funds, day, SIXTY_FORTY, past("US", "Bond", "5", day), cash_flow={"k": "100"})
        assert told.value.exit_code == 4

    def test_instalments_only(self, four_funds):
        four_funds.hold("k", {"Stable": "70000", "US": "30000"}, **under(NoSale(("Stable",))))
        plan = plan_on(four_funds, date(2026, 11, 22), SIXTY_FORTY)
        assert not plan.exchanges
        assert "a rule of this account lets no money leave it" in plan.unmet[-1].why

    def test_a_fund_nobody_has(self, four_funds):
        four_funds.hold("k", {"US": "70000"}, **under(RepurchaseBlock(funds=("Umbrella",))))
        with pytest.raises(UnknownFundInRulesError, match="“repurchase_block” names “Umbrella”"):
            plan_on(four_funds, date(2026, 11, 22), SIXTY_FORTY)

    def test_a_preset_need_not_fit_every_fund(self, four_funds):
        rule = Restriction(NoSale(("TIAA Traditional",)), preset="tiaa")
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, restrictions=(rule,))
        assert plan_on(four_funds, date(2026, 11, 22), SIXTY_FORTY).exchanges

    def test_the_log_names_an_account_nobody_has(self, four_funds):
        four_funds.hold("k", {"US": "70000"})
        with pytest.raises(UnknownAccountInRulesError, match="“other”"):
            plan_on(
                four_funds, date(2026, 11, 22), SIXTY_FORTY, past("US", None, "5", date(2026, 1, 1), "other")
            )
