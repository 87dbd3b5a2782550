"""Each rule by itself: what it forbids never appears, and rules that cannot both hold are named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.rules import EquityWash, Goal, OrderStyle
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import (
    CapBelowLockedError,
    CashBeyondAccountError,
    CashBeyondSaleableError,
    EmptyHouseholdError,
    LimitsTooTightError,
    NegativeHoldingError,
    NoRoomError,
    RuleValueError,
    UnknownAccountInRulesError,
    UnknownFundInRulesError,
)

SIXTY_FORTY = {"stocks": "0.6", "fixed_income": "0.4"}
FOUR = {"us_large": "0.42", "intl_developed": "0.18", "us_bond": "0.3", "stable_value": "0.1"}


class TestMinimum:
    def test_what_is_too_small_is_left(self, four_funds):
        # the one exchange would be 120
        four_funds.hold("k", {"US": "60120", "Bond": "39880"}, minimum_exchange=Decimal(250))
        plan = four_funds.plan(SIXTY_FORTY)
        assert not plan.exchanges
        assert plan.unmet[0].dollars == Decimal("120.00")
        assert "smallest exchange" in plan.unmet[0].why

    def test_the_small_part_is_dropped_and_the_sale_cut(self, household, changes):
        # exact −5,000 / +4,900 / +100: the 100 stays where it is
        household.classes(A="us_large", B="us_bond", C="stable_value")
        household.hold("k", {"A": "45000", "B": "35100", "C": "19900"}, minimum_exchange=Decimal(250))
        plan = household.plan({"us_large": "0.4", "us_bond": "0.4", "stable_value": "0.2"})
        assert plan.after.misallocated == Decimal("100.00")
        assert all(exchange.amount >= 250 for exchange in plan.exchanges)

    def test_no_detour_gets_round_it(self, four_funds):
        # 100 too much in US: selling 350 and buying 250 back would reach the target
        four_funds.hold("k", {"US": "60100", "Bond": "39900"}, minimum_exchange=Decimal(250))
        assert not four_funds.plan(SIXTY_FORTY).exchanges

    def test_small_new_money_goes_in_whole(self, four_funds, moves):
        four_funds.hold("k", {"US": "60000", "Bond": "40000"}, minimum_exchange=Decimal(250))
        plan = four_funds.plan(SIXTY_FORTY, goal=Goal.NEW_MONEY, cash_flow={"k": "100"})
        assert sum(exchange.amount for exchange in plan.exchanges) == 100
        assert len(plan.exchanges) == 1


class TestNumberOfExchanges:
    @pytest.mark.parametrize("where", ["account", "household"])
    def test_limit_keeps_the_best_two(self, four_funds, where):
        # three gaps of 3, 5, 5 thousand; with two exchanges the 3 stays
        limit = {"max_exchanges": 2}
        four_funds.hold(
            "k",
            {"US": "55000", "Intl": "15000", "Bond": "25000", "Stable": "5000"},
            **(limit if where == "account" else {}),
        )
        plan = four_funds.plan(FOUR, **(limit if where == "household" else {}))
        assert len(plan.exchanges) == 2
        assert plan.after.misallocated == Decimal("3000.00")
        assert any("number of exchanges" in unmet.why for unmet in plan.unmet)

    def test_none_allowed(self, four_funds):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, max_exchanges=0)
        assert not four_funds.plan(SIXTY_FORTY).exchanges

    def test_cash_that_needs_more_exchanges_contradicts(self, four_funds):
        four_funds.hold("k", {"US": "60", "Bond": "40"}, max_exchanges=1)
        with pytest.raises(LimitsTooTightError, match=r"at most 1 exchange.* but"):
            four_funds.plan(SIXTY_FORTY, cash_flow={"k": "-100"})


class TestContradictions:
    """Only the two rules that cannot both hold are named."""

    def test_other_accounts_are_not_named(self, four_funds):
        four_funds.hold("Old plan", {"US": "60000", "Bond": "40000"}, minimum_exchange=Decimal(250))
        four_funds.hold("New plan", {"US": "60", "Bond": "40"}, max_exchanges=1, minimum_exchange=Decimal(5))
        four_funds.hold("IRA", {"US": "60", "Bond": "40"}, order_style=OrderStyle.REALIGN_PERCENT)
        with pytest.raises(LimitsTooTightError) as caught:
            four_funds.plan(SIXTY_FORTY, cash_flow={"New plan": "-100"})
        assert str(caught.value) == (
            "Two rules contradict each other: New plan may make at most 1 exchange, "
            "but $100 has to be raised from New plan. Loosen one of the two."
        )

    def test_the_households_limit(self, four_funds):
        four_funds.hold("401k", {"US": "600", "Bond": "400"}, max_exchanges=3)
        four_funds.hold("IRA", {"US": "600", "Bond": "400"}, max_exchanges=4)
        with pytest.raises(LimitsTooTightError) as caught:
            four_funds.plan(SIXTY_FORTY, cash_flow={"401k": "100", "IRA": "100"}, max_exchanges=1)
        assert "the household may make at most 1 exchange, but $100 has to be placed in 401k" in str(
            caught.value
        )
        assert "3 exchanges" not in str(caught.value)

    def test_a_cap_that_needs_two_sales(self, household):
        household.classes(A="us_large", B="us_mid", C="us_bond")
        household.hold(
            "k",
            {"A": "40000", "B": "40000", "C": "20000"},
            cap=(("A", Decimal("0.2")), ("B", Decimal("0.2"))),
            max_exchanges=1,
        )
        with pytest.raises(LimitsTooTightError, match="1 exchange, but “A” in k is above its cap"):
            household.plan({"us_large": "0.5", "us_bond": "0.5"})


class TestTidy:
    def test_one_exchange_is_told_as_one(self, four_funds):
        four_funds.hold("k", {"US": "70000", "Bond": "29950", "Stable": "50"})
        plan = four_funds.plan(SIXTY_FORTY, tidy=Decimal("0.001"))
        assert len(plan.exchanges) == 1
        assert "fewer than one" not in plan.proof.words
        assert "No plan without an exchange comes within $100" in plan.proof.words

    def test_three_exchanges_become_two_within_the_tolerance(self, four_funds):
        four_funds.hold("k", {"US": "52100", "Intl": "17950", "Bond": "25000", "Stable": "4950"})
        exact = four_funds.plan(FOUR)
        tidy = four_funds.plan(FOUR, tidy=Decimal("0.001"))
        assert len(exact.exchanges) == 3  # 50 to Intl, 5,000 to Bond, 5,050 to Stable
        assert len(tidy.exchanges) == 2
        assert tidy.after.misallocated <= Decimal(100)
        assert tidy.turnover <= exact.turnover + Decimal(100)

    def test_no_fund_is_bought_and_sold_at_once(self, four_funds):
        four_funds.hold("k", {"US": "55000", "Intl": "15000", "Bond": "25000", "Stable": "5000"})
        plan = four_funds.plan(FOUR, tidy=Decimal("0.03"))
        sold = {exchange.source.key for exchange in plan.exchanges}
        bought = {exchange.target.key for exchange in plan.exchanges}
        assert not sold & bought
        assert len(plan.exchanges) == 2


class TestCaps:
    def test_company_stock_comes_down_to_its_cap(self, household, changes):
        household.classes(Company="company_stock", Index="us_large", Bond="us_bond")
        household.hold(
            "k",
            {"Company": "30000", "Index": "30000", "Bond": "40000"},
            cap=(("Company", Decimal("0.1")),),
        )
        assert changes(household.plan(SIXTY_FORTY)) == {"Company": "-20000.00", "Index": "20000.00"}

    def test_a_capped_fund_takes_no_more(self, household, changes):
        household.classes(Index="us_large", Bond="us_bond", Other="us_bond")
        household.hold("k", {"Index": "100000"}, menu=["Bond", "Other"], cap=(("Bond", Decimal("0.15")),))
        plan = household.plan(SIXTY_FORTY)
        assert plan.after.misallocated == 0
        assert Decimal(changes(plan).get("Bond", "0")) <= Decimal(15000)

    def test_cap_below_a_locked_holding_names_both(self, household):
        household.classes(Company="company_stock", Bond="us_bond")
        household.hold(
            "ACME 401(k)",
            {"Company": "30000", "Bond": "70000"},
            cap=(("Company", Decimal("0.1")),),
            no_sell=("Company",),
        )
        with pytest.raises(CapBelowLockedError) as caught:
            household.plan(SIXTY_FORTY)
        assert caught.value.exit_code == 4
        assert "“Company” in ACME 401(k) may be at most 10 % of the account" in str(caught.value)
        assert "it may not be sold and it holds $30,000 already" in str(caught.value)

    def test_nowhere_to_put_what_a_cap_pushes_out(self, household):
        household.classes(Company="company_stock", Bond="us_bond")
        household.hold(
            "k", {"Company": "30000", "Bond": "70000"}, cap=(("Company", Decimal("0.1")),), no_buy=("Bond",)
        )
        with pytest.raises(NoRoomError):
            household.plan(SIXTY_FORTY)

    def test_cap_is_kept_on_odd_totals(self, household):
        household.classes(Company="company_stock", Index="us_large", Bond="us_bond")
        household.hold(
            "k",
            {"Company": "33333.33", "Index": "12345.67", "Bond": "1111.11"},
            cap=(("Company", Decimal("0.0777")),),
        )
        plan = household.plan(
            {"company_stock": "0.5", "us_large": "0.3", "us_bond": "0.2"}, round_to=Decimal(100)
        )
        company = next(trade for trade in plan.trades if trade.fund.name == "Company")
        assert company.after <= Decimal("0.0777") * plan.total


class TestLocks:
    def test_locked_stock_leaves_the_target_out_of_reach(self, household):
        # 70,000 locked: 10 points stay; 70,000 / 0.6 − 100,000 of new bonds would mend it
        household.classes(Company="company_stock", Bond="us_bond")
        household.hold("k", {"Company": "70000", "Bond": "30000"}, no_sell=("Company",))
        plan = household.plan(SIXTY_FORTY)
        assert not plan.exchanges
        assert [(u.node, u.dollars) for u in plan.unmet] == [
            (AssetClass.STOCKS, Decimal("10000.00")),
            (AssetClass.FIXED_INCOME, Decimal("-10000.00")),
        ]
        assert "“Company” stays as it is: it may not be sold" in plan.unmet[0].why
        mended = household.plan(SIXTY_FORTY, goal=Goal.NEW_MONEY, cash_flow={"k": "16666.67"})
        assert mended.after.misallocated <= Decimal("0.01")

    def test_blocked_until_a_later_day_is_not_touched(self, four_funds):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, blocked_until=(("US", date(2026, 12, 31)),))
        plan = four_funds.plan(SIXTY_FORTY)
        assert not plan.exchanges
        assert "blocked until 31 December 2026" in plan.unmet[0].why

    def test_a_block_that_is_over_does_not_bind(self, four_funds):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, blocked_until=(("US", date(2026, 11, 22)),))
        assert len(four_funds.plan(SIXTY_FORTY).exchanges) == 1

    def test_unknown_money_is_counted_and_left_alone(self, household):
        household.classes(Stock="us_large", Bond="us_bond", Window="brokerage_window", Mystery="unclassified")
        household.hold("k", {"Stock": "60000", "Bond": "20000", "Window": "15000", "Mystery": "5000"})
        plan = household.plan(SIXTY_FORTY)
        # 20,000 nobody may touch are missing whatever is done: a sale of stock would change nothing
        assert not plan.exchanges
        assert plan.after.misallocated == Decimal("20000.00")
        assert "not known what it holds" in plan.unmet[-1].why


class TestEquityWash:
    WASH = EquityWash(("Stable",), ("Money",))

    def test_the_straight_way_never_appears(self, household):
        household.classes(Stable="stable_value", Money="money_market", Stock="us_large")
        household.hold("k", {"Stable": "40000", "Stock": "60000"}, menu=["Money"], equity_wash=self.WASH)
        plan = household.plan({"stable_value": "0.3", "money_market": "0.1", "us_large": "0.6"})
        assert not any(e.source.name == "Stable" and e.target.name == "Money" for e in plan.exchanges)
        assert not ({e.source.name for e in plan.exchanges} & {e.target.name for e in plan.exchanges})

    def test_money_already_elsewhere_is_free(self, household, moves):
        # stock has 10,000 too much, money market 10,000 too little
        household.classes(Stable="stable_value", Money="money_market", Stock="us_large")
        household.hold("k", {"Stable": "30000", "Stock": "70000"}, menu=["Money"], equity_wash=self.WASH)
        plan = household.plan({"stable_value": "0.3", "money_market": "0.1", "us_large": "0.6"})
        assert moves(plan) == [("Stock", "Money", "10000.00")]


class TestSteps:
    @pytest.mark.parametrize("step", ["1", "10", "100"])
    def test_amounts_are_multiples(self, four_funds, step):
        four_funds.hold("k", {"US": "55123.45", "Intl": "15017.11", "Bond": "24999.99", "Stable": "5001.02"})
        plan = four_funds.plan(FOUR, round_to=Decimal(step))
        assert plan.exchanges
        assert all(exchange.amount % Decimal(step) == 0 for exchange in plan.exchanges)
        assert plan.after.misallocated <= Decimal(step) * 2

    def test_caps_that_add_to_all_leave_room_for_the_last_cent(self, household):
        # 23 and 77 % of 61,016.78 are 14,033.8594 and 46,982.9206: rounded down they lack a cent
        household.classes(Reit="reit", Small="us_small")
        household.hold(
            "k",
            {"Reit": "44042.03"},
            menu=["Small"],
            cap=(("Reit", Decimal("0.23")), ("Small", Decimal("0.77"))),
        )
        plan = household.plan({"us_small": "0.5", "reit": "0.5"}, cash_flow={"k": "16974.75"})
        assert sorted(trade.after for trade in plan.trades) in (
            [Decimal("14033.86"), Decimal("46982.92")],
            [Decimal("14033.85"), Decimal("46982.93")],
        )

    def test_two_sales_a_cap_forces_are_rounded_together(self, household):
        # F01 has to give 36,958.93 and F04 takes no more than 58,277.96 of both sales
        household.classes(Tips="tips", More="tips", Emerging="emerging")
        household.hold(
            "k",
            {"Tips": "31032.03", "More": "57267.91"},
            menu=["Emerging"],
            cap=(("More", Decimal("0.23")), ("Emerging", Decimal("0.66"))),
        )
        plan = household.plan({"emerging": "0.9", "tips": "0.1"})
        after = {trade.fund.name: trade.after for trade in plan.trades}
        assert after["More"] <= Decimal("20308.98")
        assert after["Emerging"] == Decimal("58277.96")

    def test_odd_cash_is_placed_to_the_cent(self, four_funds):
        four_funds.hold("k", {"US": "55123.45", "Intl": "15017.11", "Bond": "24999.99", "Stable": "5001.02"})
        plan = four_funds.plan(FOUR, round_to=Decimal(100), cash_flow={"k": "1234.56"})
        assert sum(trade.change for trade in plan.trades) == Decimal("1234.56")

    def test_everything_out_in_hundreds_still_empties(self, four_funds):
        four_funds.hold("k", {"US": "123.45", "Bond": "67.89"})
        plan = four_funds.plan(SIXTY_FORTY, round_to=Decimal(100), cash_flow={"k": "-191.34"})
        assert all(trade.after == 0 for trade in plan.trades)


class TestOrderStyles:
    def test_whole_percents_of_the_source(self, four_funds, moves):
        # 14.2857 % is exact; 14 % leaves 0.2 points, 15 % would leave 0.5
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, order_style=OrderStyle.PERCENT_OF_FUND)
        plan = four_funds.plan(SIXTY_FORTY)
        assert moves(plan) == [("US", "Bond", "9800.00")]
        assert plan.exchanges[0].percent_of_fund == Decimal("0.14")
        assert "Amounts as this plan takes them leave at least $200 off target" in plan.proof.words

    def test_every_percent_is_of_the_fund_as_it_is_held(self, four_funds):
        # 40,000 have to leave 90,000: 22.2 % to each of two funds, 22 % of all of it each
        four_funds.hold(
            "k", {"US": "90000", "Bond": "10000"}, menu=["Stable"], order_style=OrderStyle.PERCENT_OF_FUND
        )
        plan = four_funds.plan({"us_large": "0.5", "us_bond": "0.3", "stable_value": "0.2"})
        assert [(e.amount, e.percent_of_fund) for e in plan.exchanges] == [
            (Decimal("19800.00"), Decimal("0.22")),
            (Decimal("19800.00"), Decimal("0.22")),
        ]

    def test_cash_out_is_no_order_in_percent(self, household, moves):
        # 1,500 out and 60/40: 1,100 of it from stock and 14 % of the stock hit the target to the cent
        household.classes(Stock="us_large", Bond="us_bond", Stable="stable_value")
        household.hold(
            "k",
            {"Stock": "70000", "Bond": "10000", "Stable": "20000"},
            order_style=OrderStyle.PERCENT_OF_FUND,
        )
        plan = household.plan(SIXTY_FORTY, cash_flow={"k": "-1500"})
        (exchange,) = [e for e in plan.exchanges if e.target is not None]
        assert (exchange.amount, exchange.percent_of_fund) == (Decimal("9800.00"), Decimal("0.14"))
        assert sum(e.amount for e in plan.exchanges if e.target is None) == 1500
        assert plan.after.misallocated == 0
        assert plan.proof.status == "optimal"

    def test_percents_of_two_funds_come_closer_than_of_one(self, household):
        # 41,392.38 have to move: 95 % of one fund are 147.88 less, 78 % and 34 % of two are 2.88 more
        household.classes(Money="money_market", Mid="us_mid", Large="us_large")
        household.hold(
            "k",
            {"Money": "5533.51", "Mid": "22151.07", "Large": "43415.26"},
            order_style=OrderStyle.PERCENT_OF_FUND,
        )
        plan = household.plan({"stocks": "0.34", "fixed_income": "0.66"})
        assert {e.source.name: e.percent_of_fund for e in plan.exchanges} == {
            "Mid": Decimal("0.34"), "Large": Decimal("0.78"),
        }  # fmt: skip
        assert plan.after.misallocated == plan.proof.bound == Decimal("2.88")
        assert plan.unmet[0].why == "Orders are whole percents of a fund."

    def test_wide_steps_of_two_exchanges_come_closer_than_of_one(self, household):
        # 138,701.46 have to go to stock: 139 thousand miss by 298.54, 136 and 90 % of 3 by 1.46
        household.classes(Large="us_large", Stable="stable_value", Other="stable_value")
        household.fund("Mixed", us_bond="0.1", us_mid="0.9")
        household.hold(
            "k",
            {"Large": "32814.75", "Mixed": "2833.04", "Stable": "47989.60", "Other": "279000"},
            no_buy=("Other",),
            minimum_exchange=Decimal(2500),
        )
        plan = household.plan({"stocks": "0.48", "fixed_income": "0.52"}, round_to=Decimal(1000))
        assert plan.after.misallocated == plan.proof.bound == Decimal("1.46")
        assert plan.turnover == 139000
        assert plan.proof.status == "optimal"

    def test_realign_gives_the_best_whole_percents(self, four_funds):
        four_funds.hold("k", {"US": "71234.56", "Bond": "28765.44"}, order_style=OrderStyle.REALIGN_PERCENT)
        plan = four_funds.plan(SIXTY_FORTY)
        election = plan.elections[0]
        assert [(fund.name, share) for fund, share in election.percents] == [("US", 60), ("Bond", 40)]
        assert plan.after.misallocated <= Decimal("0.01")

    def test_realign_counts_other_accounts(self, four_funds):
        # the IRA holds 40,000 bonds; of 60,000 in the plan all but nothing belongs in stock
        four_funds.hold("k", {"US": "30500", "Bond": "29500"}, order_style=OrderStyle.REALIGN_PERCENT)
        four_funds.hold("ira", {"Bond": "40000"}, no_sell=("Bond",))
        plan = four_funds.plan(SIXTY_FORTY)
        assert {f.name: p for f, p in plan.elections[0].percents} == {"US": 100, "Bond": 0}

    def test_realign_leaves_alone_what_percents_cannot_better(self, four_funds):
        # 60.2 % is closer to 60.3 % than 60 or 61 are
        four_funds.hold("k", {"US": "60200", "Bond": "39800"}, order_style=OrderStyle.REALIGN_PERCENT)
        plan = four_funds.plan({"stocks": "0.603", "fixed_income": "0.397"})
        assert not plan.exchanges


def test_a_cap_only_the_wait_forbids_to_meet_is_told(household):
    # all of Stable but 10,000 has to leave, and its one way out is closed to it
    household.classes(Stable="stable_value", Money="money_market")
    household.hold(
        "k",
        {"Stable": "40000", "Money": "0"},
        cap=(("Stable", Decimal("0.25")),),
        equity_wash=EquityWash(("Stable",), ("Money",)),
    )
    with pytest.raises(LimitsTooTightError, match="straight to a competing fund"):
        household.plan({"stable_value": "0.2", "money_market": "0.8"})


FIVE = {"G": "stable_value", "F": "us_bond", "C": "us_large", "S": "us_small", "I": "intl_developed"}


class TestRealignIsOneOrder:
    """A realign by percent is one order, however many funds it touches."""

    def five(self, household, values, **rules):
        household.classes(**FIVE)
        household.hold("tsp", values, order_style=OrderStyle.REALIGN_PERCENT, **rules)
        return household

    @pytest.mark.parametrize("where", ["account", "household"])
    @pytest.mark.parametrize("most", [1, 2, 3])
    @pytest.mark.parametrize(
        "shares", [(5, 10, 55, 10, 20), (0, 0, 60, 0, 40), (37, 3, 29, 21, 10), (1, 33, 32, 31, 3)]
    )
    def test_it_counts_once(self, household, where, most, shares):
        # 100,000 in five fifths: every whole percent is reached exactly, by one order
        limit = {"max_exchanges": most}
        own = limit if where == "account" else {}
        self.five(household, dict.fromkeys(FIVE, "20000"), **own)
        aim = {name: str(Decimal(share) / 100) for name, share in zip(FIVE.values(), shares, strict=True)}
        plan = household.plan(aim, **(limit if where == "household" else {}))
        assert plan.after.misallocated == 0
        assert {fund.name: share for fund, share in plan.elections[0].percents} == dict(
            zip(FIVE, shares, strict=True)
        )
        assert "takes one order" in plan.proof.words

    def test_odd_cents_never_pass_a_cap(self, household):
        # whole percents of 100,000.07 leave up to three odd cents over; 37 % of it is 37,000.0259
        self.five(
            household,
            {"G": "0", "F": "0", "C": "99999.98", "S": "0.04", "I": "0.05"},
            cap=(("F", Decimal("0.37")),),
        )
        plan = household.plan(
            {"us_bond": "0.4", "us_large": "0.21", "us_small": "0.2", "stable_value": "0.19"}
        )
        bond = next(trade for trade in plan.trades if trade.fund.name == "F")
        assert bond.after <= Decimal("37000.0259") + Decimal("0.01")

    def test_odd_cents_stay_with_funds_that_are_sold(self, household):
        # 35 % of 116,095.48 is 40,633.418, the cap; two cents are over and only Capped may be bought
        self.five(
            household,
            {"C": "35066.61", "I": "81028.87", "F": "0"},
            no_buy=("C", "I"),
            cap=(("F", Decimal("0.35")),),
        )
        plan = household.plan({"us_bond": "0.6", "us_large": "0.2", "intl_developed": "0.2"})
        bond = next(trade for trade in plan.trades if trade.fund.name == "F")
        assert Decimal("40633.41") <= bond.after <= Decimal("40633.42")

    def test_a_fund_that_may_not_be_sold_takes_part(self, household):
        # 30,000 of C stay and 30,000 more come in: 60 of 100 %, not just what 70,000 can be split into
        self.five(household, {"C": "30000", "F": "70000"}, no_sell=("C",))
        plan = household.plan({"us_large": "0.6", "us_bond": "0.4"})
        assert plan.after.misallocated == 0
        assert {fund.name: share for fund, share in plan.elections[0].percents} == {"C": 60, "F": 40}

    def test_a_fund_that_may_not_be_sold_is_not_set_to_what_it_holds(self, household):
        # 40 : 10 : 50 of 100 % is on target, and sells some of I as soon as its price has risen
        self.five(household, {"C": "60000", "I": "10000", "F": "30000"}, no_sell=("I",))
        plan = household.plan({"stocks": "0.5", "us_bond": "0.5"})
        shares = {fund.name: share for fund, share in plan.elections[0].percents}
        assert shares.get("I", 100) >= 11

    def test_a_fund_above_its_share_stays_aside_where_that_is_closer(self, household):
        # 70,000 of C stay; whole percents of the other 30,000 reach 30,000 of bonds exactly
        self.five(household, {"C": "70500.50", "G": "29499.50"}, menu=["F"], no_sell=("C",))
        plan = household.plan({"us_large": "0.6", "us_bond": "0.4"})
        assert plan.after.misallocated == Decimal("10500.50")
        assert {fund.name: share for fund, share in plan.elections[0].percents} == {"G": 0, "F": 100}

    def test_a_realign_with_a_small_limit_is_no_contradiction(self, household):
        # the 5 % of stable value that nobody offers stay out, all else can be had
        household.classes(Mid="us_mid", Reit="reit", Junk="high_yield")
        household.fund(
            "Mixed",
            us_large="0.4",
            us_mid="0.05",
            us_small="0.05",
            intl_developed="0.2",
            emerging="0.09",
            us_bond="0.145",
            intl_bond="0.055",
            tips="0.01",
        )
        household.hold(
            "k",
            {"Mid": "0", "Reit": "18064.21", "Mixed": "44705.03", "Junk": "67.22"},
            order_style=OrderStyle.REALIGN_PERCENT,
            max_exchanges=2,
        )
        plan = household.plan({"stable_value": "0.05", "us_mid": "0.95"})
        # 5 % of 62,836.46, and at most a few odd cents
        assert abs(plan.after.misallocated - Decimal("3141.82")) <= Decimal("0.03")

    @pytest.mark.parametrize(("cash", "fund"), [("10000", "F"), ("-10000", "C")])
    def test_money_alone_needs_no_realign(self, household, changes, cash, fund):
        # 60,000 + 10,000 against 30,000 + 10,000: one fund takes or gives all of it
        stock = "60000" if cash == "10000" else "70000"
        bond = "30000" if cash == "10000" else "40000"
        self.five(household, {"C": stock, "F": bond}, max_exchanges=2)
        plan = household.plan(
            {"us_large": "0.6", "us_bond": "0.4"}, goal=Goal.NEW_MONEY, cash_flow={"tsp": cash}
        )
        assert changes(plan) == {fund: f"{cash}.00"}

    def test_none_allowed_means_none(self, household):
        self.five(household, dict.fromkeys(FIVE, "20000"), max_exchanges=0)
        plan = household.plan({"us_large": "0.6", "us_bond": "0.4"})
        assert not plan.exchanges
        assert not plan.elections

    def test_the_minimum_is_for_all_it_moves(self, household, changes):
        # five gaps of 2,000, 500 … 500: no move reaches 1,000 alone but one, the whole is 2,000
        values = {"G": "22000", "F": "19500", "C": "19500", "S": "19500", "I": "19500"}
        self.five(household, values, minimum_exchange=Decimal(1000))
        plan = household.plan(dict.fromkeys(FIVE.values(), "0.2"))
        assert plan.after.misallocated == 0
        assert changes(plan)["G"] == "-2000.00"

    def test_below_the_minimum_nothing_is_ordered(self, household):
        # moving 4,000 or more would overshoot by as much as is off now
        values = {"G": "22000", "F": "19500", "C": "19500", "S": "19500", "I": "19500"}
        self.five(household, values, minimum_exchange=Decimal(4001))
        plan = household.plan(dict.fromkeys(FIVE.values(), "0.2"))
        assert not plan.exchanges
        assert "smallest exchange" in plan.unmet[0].why

    def test_listed_moves_keep_the_wait(self, household):
        # 20,000 leave G and 20,000 leave C; F competes, so what G gives is listed to S
        self.five(
            household,
            {"G": "40000", "F": "0", "C": "40000", "S": "0", "I": "20000"},
            equity_wash=EquityWash(("G",), ("F",)),
        )
        plan = household.plan(dict.fromkeys(FIVE.values(), "0.2"))
        assert plan.after.misallocated == 0
        assert {(e.source.name, e.target.name) for e in plan.exchanges} == {("G", "S"), ("C", "F")}


class TestReasonsOfTidyPlans:
    def test_what_keeps_most_of_it_comes_before_the_exchange_that_was_saved(self, four_funds):
        # 10,000 of nobody knows what have to stay; of the rest tidy leaves the 60 of gold where they are
        four_funds.fund("Odd", unclassified="1")
        four_funds.fund("Gold", commodities="1")
        four_funds.hold("k", {"US": "80000", "Bond": "5000", "Odd": "10000"})
        four_funds.hold("m", {"Gold": "60", "US": "0", "Bond": "0"})
        plan = four_funds.plan({"us_large": "0.5", "us_bond": "0.5"}, tidy=Decimal("0.01"))
        assert {unmet.node for unmet in plan.unmet} >= {AssetClass.OTHER}
        for unmet in plan.unmet:
            assert "it is not known what it holds" in unmet.why
            assert unmet.why.endswith(" Some of it is left so that fewer exchanges are needed.")


class TestWrongInput:
    def test_no_money_comes_into_an_account_that_owes(self, four_funds):
        four_funds.hold("ACME 401(k)", {"US": "-12.5", "Bond": "100"})
        with pytest.raises(NegativeHoldingError, match=r"“US” in ACME 401\(k\) is -\$12.50") as caught:
            four_funds.plan(SIXTY_FORTY, cash_flow={"ACME 401(k)": "10"})
        assert caught.value.exit_code == 3

    def test_nothing_but_debts_is_no_household(self, four_funds):
        four_funds.hold("ACME 401(k)", {"US": "-12.5"})
        with pytest.raises(NegativeHoldingError):
            four_funds.plan(SIXTY_FORTY)

    def test_an_account_that_owes_is_counted_and_left_alone(self, four_funds, changes):
        # 10,000 in all: 8,500 stocks, 1,500 bonds. What the second account holds may be its security, so the
        # first alone goes to 60/40: 2,500 of stocks become bonds.
        four_funds.hold("ACME 401(k)", {"US": "7000", "Bond": "1000"})
        four_funds.hold("Brokerage", {"Intl": "2500", "US": "-1000", "Bond": "500"})
        plan = four_funds.plan(SIXTY_FORTY)
        assert [(e.account_id, e.source.name, e.target.name, e.amount) for e in plan.exchanges] == [
            ("ACME 401(k)", "US", "Bond", Decimal(2500))
        ]
        assert plan.after.misallocated == 0
        owed = next(trade for trade in plan.trades if trade.before < 0)
        assert owed.after == owed.before == -1000

    def test_rules_force_nothing_where_money_is_owed(self, four_funds):
        four_funds.hold("ACME 401(k)", {"US": "7000", "Bond": "1000"})
        cap = (("US", Decimal("0.1")),)
        four_funds.hold(
            "Brokerage", {"US": "2500", "Intl": "-1000", "Bond": "500"}, cap=cap, no_sell=("Bond",)
        )
        plan = four_funds.plan(SIXTY_FORTY)
        assert {exchange.account_id for exchange in plan.exchanges} == {"ACME 401(k)"}
        assert plan.after.misallocated == 0

    def test_the_only_account_owes(self, four_funds):
        four_funds.hold("Brokerage", {"US": "9000", "Bond": "1100", "Intl": "-100"})
        plan = four_funds.plan(SIXTY_FORTY)
        assert not plan.exchanges
        assert "owes money or has sold an option" in " ".join(unmet.why for unmet in plan.unmet)

    def test_an_account_left_alone_is_named_as_the_cause(self, four_funds):
        # 113,000 in all: only the account that owes has a fund for abroad, and nothing moves there
        four_funds.hold("ACME 401(k)", {"US": "70000", "Bond": "30000"})
        four_funds.hold("Brokerage", {"Intl": "10000", "Bond": "-2000", "Stable": "5000"})
        plan = four_funds.plan({"us_large": "0.5", "intl_developed": "0.15", "us_bond": "0.35"})
        short = {unmet.node.value: unmet.why for unmet in plan.unmet if unmet.dollars < 0}
        assert short["intl_developed"] == (
            "Nothing is exchanged in Brokerage: it owes money or has sold an option."
        )

    def test_nothing_there(self, four_funds):
        four_funds.hold("k", {"US": "0"})
        with pytest.raises(EmptyHouseholdError):
            four_funds.plan(SIXTY_FORTY)

    def test_new_money_into_an_empty_account_is_a_plan(self, four_funds, changes):
        four_funds.hold("k", {"US": "0", "Bond": "0"})
        plan = four_funds.plan(SIXTY_FORTY, cash_flow={"k": "1000"})
        assert changes(plan) == {"US": "600.00", "Bond": "400.00"}

    def test_more_cash_than_the_account_holds(self, four_funds):
        four_funds.hold("k", {"US": "100"})
        with pytest.raises(CashBeyondAccountError, match=r"\$101 is to be raised .* holds only \$100"):
            four_funds.plan(SIXTY_FORTY, cash_flow={"k": "-101"})

    def test_more_cash_than_may_be_sold(self, four_funds):
        four_funds.hold("k", {"US": "100", "Bond": "50"}, no_sell=("US",))
        with pytest.raises(CashBeyondSaleableError, match=r"allow only \$50 to be sold"):
            four_funds.plan(SIXTY_FORTY, cash_flow={"k": "-80"})

    def test_new_money_with_everything_closed(self, four_funds):
        four_funds.hold("k", {"US": "100"}, no_buy=("US",))
        with pytest.raises(NoRoomError):
            four_funds.plan(SIXTY_FORTY, cash_flow={"k": "80"})

    def test_two_caps_that_leave_no_room(self, four_funds):
        # 20,000 have to leave US and Bond may take none of it
        caps = (("US", Decimal("0.5")), ("Bond", Decimal("0.3")))
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, cap=caps)
        with pytest.raises(
            NoRoomError, match=r"above the \$50,000 of its cap.*“Bond” may hold at most \$30,000"
        ):
            four_funds.plan(SIXTY_FORTY)

    def test_a_wash_that_names_no_fund_here(self, four_funds):
        wash = EquityWash(("Stabel",), ("Bond",))
        four_funds.hold("k", {"Stable": "70000", "Bond": "30000"}, equity_wash=wash)
        with pytest.raises(UnknownFundInRulesError, match=r"equity_wash.*Stabel"):
            four_funds.plan(SIXTY_FORTY)

    def test_a_fund_nobody_has(self, four_funds):
        four_funds.hold("k", {"US": "100"}, no_sell=("Company stock",))
        with pytest.raises(UnknownFundInRulesError, match="“no_sell” names “Company stock”"):
            four_funds.plan(SIXTY_FORTY)

    def test_an_account_nobody_has(self, four_funds):
        four_funds.hold("k", {"US": "100"})
        with pytest.raises(UnknownAccountInRulesError, match="“other”"):
            four_funds.plan(SIXTY_FORTY, cash_flow={"other": "80"})

    @pytest.mark.parametrize(
        "rules",
        [
            {"round_to": Decimal(0)},
            {"round_to": Decimal("0.015")},
            {"tidy": Decimal(-1)},
            {"max_exchanges": -1},
            {"cash_flow": {"k": "0.001"}},
        ],
    )
    def test_numbers_that_make_no_sense(self, four_funds, rules):
        four_funds.hold("k", {"US": "100"})
        with pytest.raises(RuleValueError):
            four_funds.plan(SIXTY_FORTY, **rules)


def test_bucket_larger_than_the_household_takes_everything(four_funds):
    four_funds.hold("k", {"US": "600", "Bond": "400"}, menu=["Stable"])
    aim = TargetAllocation.from_names(SIXTY_FORTY, {"short_term": "5000"})
    plan = four_funds.plan(aim)
    assert next(trade.after for trade in plan.trades if trade.fund.name == "Stable") == 1000
    assert plan.after.drift == 0
    told = {unmet.node: unmet for unmet in plan.unmet}
    assert told[AssetClass.SHORT_TERM].dollars == Decimal(-4000)
    assert told[AssetClass.SHORT_TERM].why == (
        "The $5,000 meant for short-term is more than the household has, $1,000."
    )


def test_two_buckets_larger_than_the_household_share_it(four_funds):
    # 3 : 1 of 1,000
    four_funds.hold("k", {"US": "600", "Bond": "400"}, menu=["Stable"])
    aim = TargetAllocation.from_names({"stocks": "1"}, {"short_term": "6000", "bonds": "2000"})
    plan = four_funds.plan(aim)
    assert {trade.fund.name: trade.after for trade in plan.trades} == {"US": 0, "Bond": 250, "Stable": 750}
    assert [(unmet.node, unmet.dollars) for unmet in plan.unmet] == [
        (AssetClass.BONDS, Decimal(-1750)),
        (AssetClass.SHORT_TERM, Decimal(-5250)),
    ]
    assert "are more than the household has, $1,000" in plan.unmet[0].why
