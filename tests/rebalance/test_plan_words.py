"""What a plan says of itself: why nothing moves, what keeps it from the target, what tidiness gives up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.rules import Goal
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance.layout import Arc
from desktop_app.rebalance.problem import build_problem
from desktop_app.rebalance.proof import proof_of
from desktop_app.rebalance.stages import Found
from desktop_app.rebalance.ticket import Amount
from desktop_app.rebalance.words import Exact, Result

SIXTY_FORTY = {"stocks": "0.6", "fixed_income": "0.4"}


def test_what_a_goal_of_bands_leaves_out_is_told_where_exchanges_are_counted(four_funds):
    four_funds.hold("k", {"US": "70000", "Bond": "30000"}, max_exchanges=1)
    rule = " Plans that end further from the target than now are left out."
    assert four_funds.plan(SIXTY_FORTY, goal=Goal.BAND_EDGE).proof.words.endswith(rule)
    assert rule not in four_funds.plan(SIXTY_FORTY).proof.words


def test_fixed_dollars_inside_a_weighted_class_are_not_that_class(household):
    # 20,000 are fixed for US bonds; 40 % of the rest are to be bonds of another kind, and no fund holds any
    household.classes(Stock="us_large", Bond="us_bond")
    household.hold("k", {"Stock": "60000", "Bond": "40000"})
    target = TargetAllocation.from_names({"stocks": "0.6", "bonds": "0.4"}, {"us_bond": "20000"})
    why = {left.node: left.why for left in household.plan(target).unmet}
    assert why[AssetClass.BONDS] == (
        "No fund on any menu holds bonds other than US bonds. "
        "The $20,000 fixed for US bonds come first and are no part of it."
    )
    assert not any("No fund on any menu holds bonds." in words for words in why.values())


class TestNothingToDo:
    def test_on_target(self, four_funds):
        four_funds.hold("k", {"US": "60000", "Bond": "40000"})
        assert four_funds.plan(SIXTY_FORTY).proof.words == "The mix is on target: there is nothing to do."

    @pytest.mark.parametrize(
        ("goal", "stock", "words"),
        [
            (Goal.BAND_EDGE, "64000", "Every class is within its band: there is nothing to do."),
            (Goal.HALFWAY, "62000", "Every class is within half of its band: there is nothing to do."),
            (Goal.NEW_MONEY, "62000", "Only new money moves with this goal, and none comes or goes today."),
        ],
    )
    def test_the_goal_asks_for_nothing(self, four_funds, goal, stock, words):
        # an exchange would bring the mix closer, so that nothing of the kind may be claimed
        four_funds.hold("k", {"US": stock, "Bond": str(100000 - int(stock))})
        said = four_funds.plan(SIXTY_FORTY, goal=goal).proof.words
        off = int(stock) - 60000
        assert said == f"{words} The mix stays ${off:,} from the target, {off // 1000} % of the household."

    def test_the_rules_allow_nothing(self, four_funds):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, minimum_exchange=Decimal(30000))
        said = four_funds.plan(SIXTY_FORTY).proof.words
        assert said.startswith("Under these menus and rules no exchange brings the mix closer to the target.")
        assert "The mix stays $10,000 from the target, 10 % of the household." in said
        # 50,000 to Bond and 40,000 back to US would do it: nothing of the kind is claimed
        assert said.endswith(
            "Plans that buy and sell the same fund, or two with the same mix, at once are left out."
        )

    def test_a_smallest_exchange_beside_new_money_claims_no_more_than_is_so(self, four_funds):
        # 15,000 of US to Bond and the 5,000 to US would end 3,000 from target, this one 7,000
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, minimum_exchange=Decimal(15000))
        plan = four_funds.plan(SIXTY_FORTY, cash_flow={"k": "5000"})
        assert (plan.turnover, plan.after.misallocated) == (0, Decimal(7000))
        assert plan.proof.words.endswith(
            "Plans that buy and sell the same fund, or two with the same mix, at once are left out."
        )

    def test_coarse_steps_are_told_beside_what_exact_amounts_reach(self, four_funds):
        four_funds.hold("k", {"US": "70400", "Bond": "29600"})
        said = four_funds.plan(SIXTY_FORTY, round_to=Decimal(1000)).proof.words
        assert said == (
            "Under these menus and rules exact amounts would end on target, with one exchange. "
            "Amounts in steps of $1,000 leave at least $400 off target."
        )


class TestOutOfReach:
    def test_a_locked_fund_is_named_on_both_sides_with_its_cure(self, four_funds):
        # 70,000 are 60 % of 116,666.67
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, no_sell=("US",))
        unmet = {item.node: item.why for item in four_funds.plan(SIXTY_FORTY).unmet}
        assert unmet[AssetClass.STOCKS] == (
            "“US” stays as it is: it may not be sold. "
            "$16,666.67 of new money for the others would bring it to its share."
        )
        assert unmet[AssetClass.FIXED_INCOME] == ("The money could come from “US”, but it may not be sold.")

    def test_the_best_mix_under_the_locks_is_told(self, four_funds):
        # 70,000 are locked; all of the other account in bonds is the closest
        four_funds.hold("401k", {"US": "30000"}, menu=["Bond"])
        four_funds.hold("IRA", {"Intl": "70000"}, no_sell=("Intl",))
        said = four_funds.plan(SIXTY_FORTY).proof.words
        assert said.endswith("The best mix they allow is stocks 70 %, fixed income 30 %.")


class TestTidy:
    def test_what_the_exact_plan_would_do_more(self, four_funds):
        # exact: 20,000 of US to Stable and Intl; 2,000 of Intl are within 3 % of the household
        four_funds.hold("k", {"US": "70000", "Bond": "30000"}, menu=["Intl", "Stable"])
        aim = {"us_large": "0.5", "us_bond": "0.3", "intl_developed": "0.02", "stable_value": "0.18"}
        plan = four_funds.plan(aim, tidy=Decimal("0.03"))
        assert len(plan.exchanges) == 1
        assert plan.proof.words.endswith("The closest takes 2 exchanges, moves $20,000 and ends on target.")

    def test_nothing_more_where_the_exact_plan_has_no_more(self, four_funds):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"})
        said = four_funds.plan(TargetAllocation.from_names(SIXTY_FORTY), tidy=Decimal("0.001")).proof.words
        assert said.endswith("No plan without an exchange comes within $100 of this one.")
        assert "The closest" not in said

    def test_a_minimum_the_exact_plan_breaks_is_not_the_measure(self, four_funds):
        # every exchange is at least 15,000, which is further off than staying; 1 % of nothing is saved
        four_funds.hold("k", {"US": "67000", "Bond": "33000"}, minimum_exchange=Decimal(15000))
        plan = four_funds.plan(SIXTY_FORTY, tidy=Decimal("0.01"))
        assert not plan.exchanges
        assert plan.proof.status == "optimal"


class TestNotProved:
    """What a search that ran out of time may still say."""

    def proof(self, four_funds, *, optimal, bound, fewest=False, exact=None):
        four_funds.hold("k", {"US": "70000", "Bond": "30000"})
        plan = four_funds.plan(SIXTY_FORTY)
        rules = replace(plan.rules, tidy=Decimal("0.1"))
        problem = build_problem(four_funds.snapshot, plan.target, rules)
        found = Found((), bound, 10000.0, optimal=optimal, fewest=fewest)
        amounts = (Amount(Arc(0, 0, 1), Decimal(10000)),)
        return proof_of(Result(problem, found, amounts, plan.before, plan.turnover, exact=exact))

    def test_only_the_number_of_exchanges(self, four_funds):
        proof = self.proof(four_funds, optimal=True, bound=0.0)
        assert (proof.status, proof.fewest_exchanges) == ("feasible", False)
        assert proof.words == (
            "Exact amounts would end on target, this plan ends $10,000 from it. None as close moves less "
            "than $10,000. Fewer exchanges are not ruled out."
        )
        assert "$0" not in proof.words

    def test_the_gap_is_told_in_dollars(self, four_funds):
        proof = self.proof(four_funds, optimal=False, bound=4000.0)
        assert proof.bound == Decimal(4000)
        assert "It ends $10,000 from the target" in proof.words
        assert "none ends less than $4,000 from it" in proof.words

    @pytest.mark.parametrize(
        ("fewest", "doubt"),
        [
            (False, "Fewer exchanges are not ruled out."),
            (
                True,
                (
                    "None that does gets by with fewer exchanges; "
                    "one with as many that ends closer is not ruled out."
                ),
            ),
        ],
    )
    @pytest.mark.parametrize(
        ("off", "is_proved", "none"),
        [("4000", False, ""), ("4200", True, ""), ("4000.40", False, "more than $0.40 ")],
    )
    def test_of_a_tidy_plan_and_the_closest_what_is_proved_of_which(
        self, four_funds, fewest, doubt, off, is_proved, none
    ):
        # the closest ends at the bound, or is known to be the best: then there is nothing open about it
        exact = Exact(3, Decimal(12000), Decimal(off), is_proved)
        proof = self.proof(four_funds, optimal=False, bound=4000.0, fewest=fewest, exact=exact)
        assert proof.status == "feasible"
        assert proof.words == (
            f"This plan stays within $10,000 of the closest one. {doubt} "
            f"The closest takes 3 exchanges, moves $12,000 and ends ${Decimal(off):,} from the target; "
            f"it is proved that none ends {none}closer to the target."
        )

    @pytest.mark.parametrize(
        ("fewest", "last"),
        [
            (False, "Fewer exchanges or less money moved are not ruled out."),
            (True, "No plan without an exchange comes within $10,000 of this one."),
        ],
    )
    @pytest.mark.parametrize(("bound", "none"), [(10000.0, ""), (9999.6, "more than $0.40 ")])
    def test_what_no_plan_beats_by_a_dollar_is_no_guess(self, four_funds, bound, none, fewest, last):
        proof = self.proof(four_funds, optimal=False, bound=bound, fewest=fewest)
        assert proof.status == "feasible"
        assert proof.words == (
            f"Of all plans under these menus and rules none ends {none}closer to the target. {last}"
        )

    def test_of_a_tidy_plan_where_the_closest_is_not_proved_either(self, four_funds):
        exact = Exact(3, Decimal(12000), Decimal(5000), is_proved=False)
        words = self.proof(four_funds, optimal=False, bound=4000.0, exact=exact).words
        assert "It is proved that none ends less than $4,000 from it. The closest one found takes 3" in words


class TestBuyingWhatIsNotShort:
    """New money has to go somewhere; a reason names a sale only where there is one."""

    def test_new_money_is_not_said_to_make_up_for_a_sale(self, household):
        household.classes(Stock="us_large", Bond="us_bond", Estate="reit")
        household.hold("his", {"Stock": "30000", "Bond": "5000"})
        household.hold("hers", {"Estate": "20000"})
        plan = household.plan(
            {"us_bond": "1"}, goal=Goal.NEW_MONEY, cash_flow={"his": "2500", "hers": "1500"}
        )
        assert [e.why.partition(".")[0] for e in plan.exchanges] == [
            "Puts the new money in US bonds ($54,000 below target, the furthest below)",
            "Buys Estate for stocks, where new money leaves the mix closest",
        ]


class TestTheStockOfOneCompany:
    """An index fund is bought before it; where it is the only way the reason says what it is."""

    AIM = (("stocks", "0.6"), ("fixed_income", "0.4"))

    @pytest.fixture
    def employee(self, household):
        household.classes(Acme="company_stock", Index="us_large", Bond="us_bond")
        return household

    @pytest.mark.parametrize("step", ["0.01", "1", "100"])
    def test_the_index_fund_is_bought(self, employee, step):
        employee.hold("401k", {"Acme": "21000", "Index": "13000", "Bond": "66000"})
        plan = employee.plan(dict(self.AIM), round_to=Decimal(step))
        assert [(e.target.name, e.amount) for e in plan.exchanges] == [("Index", Decimal(26000))]

    def test_where_it_is_the_only_way_the_reason_says_so(self, employee):
        employee.hold("401k", {"Acme": "21000", "Bond": "79000"})
        plan = employee.plan(dict(self.AIM))
        assert plan.exchanges[0].why.endswith(
            " Acme is the stock of one company: mark it as not to be bought if you want no more of it."
        )

    def test_whoever_asks_for_it_by_name_is_not_told(self, employee):
        employee.hold("401k", {"Acme": "21000", "Bond": "79000"})
        plan = employee.plan({"company_stock": "0.3", "fixed_income": "0.7"})
        assert "one company" not in plan.exchanges[0].why
