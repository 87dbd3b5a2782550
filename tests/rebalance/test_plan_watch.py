"""Plans that take longer: told how far they are, stopped at will, honest about what they did not prove."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.sources import CancelledError
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from desktop_app.rebalance.solver import Model

ROOT = Path(__file__).parents[2]
SIXTY_FORTY = {"stocks": "0.6", "fixed_income": "0.4"}


def wide_household(seed: int, accounts: int, funds: int) -> Snapshot:
    chance = random.Random(seed)
    kinds = ("us_large", "us_bond", "reit", "emerging", "intl_developed")
    menu = [
        Fund(f"f{i}", f"Fund {i}", AssetMix.single(AssetClass(kinds[i % 5])), ClassifiedBy.USER)
        for i in range(funds)
    ]
    return Snapshot(
        tuple(
            Account(
                f"a{a}",
                f"Account {a}",
                tuple(Holding(fund, Decimal(chance.randint(100_000, 5_000_000)) / 100) for fund in menu),
            )
            for a in range(accounts)
        )
    )


AIM = TargetAllocation.from_names({"us_large": "0.5", "us_bond": "0.3", "intl_developed": "0.2"})


class TestWatching:
    def test_the_listener_hears_shares_of_the_time(self, household):
        heard: list[float] = []
        plan = make_plan(wide_household(1, 2, 15), AIM, household.rules(tidy=Decimal("0.01")), heard.append)
        assert plan.exchanges
        assert heard
        assert heard == sorted(heard)
        assert all(0 <= share <= 1 for share in heard)

    def test_the_plan_is_the_same_when_watched(self, household):
        case = wide_household(2, 2, 12), AIM, household.rules()
        assert make_plan(*case, lambda share: None) == make_plan(*case)

    @pytest.mark.parametrize("looks", [0, 1, 12])
    def test_it_stops_when_told(self, household, looks):
        heard: list[float] = []

        def listener(share: float) -> None:
            heard.append(share)
            if len(heard) > looks:
                raise CancelledError

        rules = household.rules(tidy=Decimal("0.01"))
        with pytest.raises(CancelledError):
            make_plan(wide_household(3, 4, 25), AIM, rules, listener)
        assert len(heard) == looks + 1
        assert make_plan(wide_household(3, 1, 5), AIM, rules).exchanges  # and the next plan is none the worse


class TestManyAccountsWithLimits:
    @pytest.mark.parametrize("seed", range(8))
    def test_every_rule_is_kept_and_the_bound_is_none_too_high(self, seed, household):
        chance = random.Random(seed)
        snapshot = wide_household(seed, 6, 20)
        rules = PlanRules(
            household.rules().today,
            accounts=tuple(
                (
                    account.id,
                    AccountRules(
                        minimum_exchange=Decimal(chance.choice([0, 500, 5000])),
                        max_exchanges=chance.choice([None, 1, 3, 6]),
                    ),
                )
                for account in snapshot.accounts
            ),
            max_exchanges=chance.choice([None, 15, 30]),
        )
        plan = make_plan(snapshot, AIM, rules)
        for account in snapshot.accounts:
            own = rules.for_account(account.id)
            orders = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
            assert own.max_exchanges is None or len(orders) <= own.max_exchanges
            assert all(exchange.amount >= own.minimum_exchange for exchange in orders)
        assert rules.max_exchanges is None or len(plan.exchanges) <= rules.max_exchanges
        free = make_plan(snapshot, AIM, PlanRules(rules.today))
        assert free.after.misallocated - Decimal("0.05") <= plan.proof.bound
        assert plan.proof.bound <= plan.after.misallocated + Decimal("0.05")
        assert plan.after.misallocated < plan.before.misallocated

    def test_the_largest_sales_are_the_ones_to_make(self, household):
        # 14 old funds of 1,000 to 14,000 have no target; three exchanges can at best place 14 + 13 + 12
        # thousand of the 105, and large US stocks, which lack 78 % of it, take them all
        old = [
            Fund(f"o{i}", f"Old {i}", AssetMix.single(AssetClass("reit")), ClassifiedBy.USER)
            for i in range(14)
        ]
        new = [
            Fund(f"n{i}", f"New {i}", AssetMix.single(leaf), ClassifiedBy.USER)
            for i, leaf in enumerate(leaf for leaf in AssetClass if leaf.value in NEW)
        ]
        holdings = [Holding(fund, Decimal(1000 * (i + 1))) for i, fund in enumerate(old)]
        account = Account("k", "k", tuple(holdings))
        own = AccountRules(menu=tuple(new), max_exchanges=3)
        weights = dict.fromkeys(NEW[1:], "0.02") | {NEW[0]: str(1 - Decimal("0.02") * (len(NEW) - 1))}
        plan = make_plan(
            Snapshot((account,)),
            TargetAllocation.from_names(weights),
            PlanRules(household.rules().today, accounts=(("k", own),)),
        )
        assert plan.turnover == Decimal(39000)
        assert plan.after.misallocated == Decimal(66000)
        assert plan.proof.bound == Decimal(66000)


NEW = (
    "us_large",
    "us_mid",
    "us_small",
    "intl_developed",
    "emerging",
    "us_bond",
    "intl_bond",
    "tips",
    "high_yield",
    "money_market",
    "stable_value",
    "company_stock",
)


class TestTies:
    def test_the_first_fund_and_account_come_first(self, four_funds, changes):
        # either stock fund of either account could give the 10,000
        four_funds.classes(Other="us_large")
        four_funds.hold("one", {"US": "30000", "Other": "30000", "Bond": "40000"})
        four_funds.hold("two", {"US": "30000", "Other": "30000", "Bond": "40000"})
        plan = four_funds.plan({"stocks": "0.55", "fixed_income": "0.45"})
        assert [(e.account_id, e.source.name, str(e.amount)) for e in plan.exchanges] == [
            ("one", "US", "10000.00")
        ]

    @pytest.mark.parametrize("first", ["12000", "30000", "90000"])
    def test_the_first_fund_sells_all_it_can_however_large_the_others_are(self, four_funds, first):
        # 10,000 of stock are too much; one exchange out of either fund does it
        four_funds.classes(Other="us_large")
        four_funds.hold("k", {"US": first, "Other": "60000", "Bond": "30000"})
        stock = Decimal(first) + 60000
        share = (stock - 10000) / (stock + 30000)
        aim = {"stocks": str(share), "fixed_income": str(1 - share)}
        plan = four_funds.plan(aim)
        assert [(e.source.name, e.target.name) for e in plan.exchanges] == [("US", "Bond")]

    def test_where_two_funds_have_to_sell_the_first_is_sold_out(self, four_funds, changes):
        # 10,000 out of 6,000 and 8,000: two exchanges either way, US goes whole
        four_funds.classes(Other="us_large")
        four_funds.hold("k", {"US": "6000", "Other": "8000", "Bond": "86000"})
        plan = four_funds.plan({"stocks": "0.04", "fixed_income": "0.96"})
        assert changes(plan) == {"US": "-6000.00", "Other": "-4000.00", "Bond": "10000.00"}

    def test_the_first_account_comes_first_where_the_second_is_larger(self, four_funds):
        four_funds.hold("one", {"US": "20000", "Bond": "10000"})
        four_funds.hold("two", {"US": "90000", "Bond": "80000"})
        plan = four_funds.plan({"stocks": "0.5", "fixed_income": "0.5"})
        assert [(e.account_id, str(e.amount)) for e in plan.exchanges] == [("one", "10000.00")]

    def test_the_order_of_hashes_changes_nothing(self):
        code = (
            "import sys; sys.path[:0] = ['tests/rebalance', '.']\n"
            "from test_plan_watch import *\n"
            "from datetime import date\n"
            "for seed in range(3):\n"
            "    plan = make_plan(wide_household(seed, 3, 15), AIM, PlanRules(date(2026, 11, 22)))\n"
            "    print([(e.account_id, e.source.key, e.target.key, str(e.amount)) for e in plan.exchanges])\n"
        )
        answers = {
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(answers) == 1
        assert "a0" in answers.pop()


class TestTime:
    def test_a_search_whose_time_is_up_is_not_begun_again(self, monkeypatch):
        # 40 yes-or-no of which some add to a sum: which, is not found in no time at all
        chance, model = random.Random(1), Model()
        terms = {model.column(0.0, 1.0, whole=True): float(chance.randint(10**5, 10**6)) for _ in range(40)}
        half = sum(list(terms.values())[::2])
        model.row(half, half, terms)
        runs = []
        monkeypatch.setattr(Model, "_search", lambda self, highs: (runs.append(1), highs.run()))
        assert model.minimise(dict.fromkeys(terms, 1.0), seconds=0.0) is None
        assert not model.is_empty
        assert len(runs) == 1
