"""Rules files with restrictions, presets and a log, as a script gives them; and the presets themselves."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import Toolkit, run_headless
from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.household import Household
from desktop_app.domain.rules import (
    AccountRules,
    EquityWash,
    OrderStyle,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    TransferLimit,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish
from desktop_app.workflow.rule_presets import RulePreset, rule_presets
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
NOT_SEEN = "commonly stated, not verified"


def _no_window(*_: object) -> Any:
    raise AssertionError("a headless command asked for the window")


TOOLKIT = Toolkit(write_pdf=_no_window, self_test=_no_window, start_and_quit=_no_window)
HOLDINGS = "Fund,Value\nUS Stock Index Fund,60000\nUS Bond Index Fund,20000\nStable Value Fund,20000\n"


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Return a function that plans one account “Acme” with rules and gives (exit code, answer, words)."""
    (tmp_path / "Acme.csv").write_text(HOLDINGS, encoding="utf-8")

    def run(
        account: dict[str, Any] | None = None,
        aim: dict[str, str] | None = None,
        text: str = HOLDINGS,
        **rules: Any,
    ) -> tuple[int, dict[str, Any], str]:
        (tmp_path / "Acme.csv").write_text(text, encoding="utf-8")
        asked = aim or {"stocks": "0.5", "bonds": "0.3", "short_term": "0.2"}
        (tmp_path / "T.json").write_text(json.dumps({"targets": asked}), encoding="utf-8")
        assert run_headless(["read", str(tmp_path / "Acme.csv"), "--json"], TOOLKIT) == 0
        (own,) = json.loads(capsys.readouterr().out)["files"][0]["accounts"]
        if isinstance(rules.get("log"), list):
            rules["log"] = [{"account": own["id"], **entry} for entry in rules["log"]]
        content = {"today": "2026-11-22", "accounts": {own["id"]: account or {}}, **rules}
        (tmp_path / "R.json").write_text(json.dumps(content), encoding="utf-8")
        command = ["plan", tmp_path / "Acme.csv", "--targets", tmp_path / "T.json"]
        code = run_headless([*map(str, command), "--rules", str(tmp_path / "R.json"), "--json"], TOOLKIT)
        told = capsys.readouterr()
        return code, json.loads(told.out or "{}"), told.err

    return run


SOLD = {"from": "US Bond Index Fund", "to": "US Stock Index Fund", "amount": "6000", "date": "2026-11-01"}


class TestRulesFile:
    def test_a_rule_of_its_own(self, plan):
        block = {"kind": "repurchase_block", "days": 30, "over": "5000", "source": "the plan's page"}
        code, answer, _ = plan({"rules": [block]}, log=[SOLD])
        assert (code, answer["exchanges"]) == (0, [])
        assert any("may not be bought before 2 December 2026" in item["why"] for item in answer["unmet"])
        _, answer, _ = plan({"rules": [block | {"until": "2026-11-21"}]}, log=[SOLD])
        assert len(answer["exchanges"]) == 1

    def test_a_fee_is_told_in_dollars(self, plan):
        fee = {"kind": "redemption_fee", "share": "0.02", "days": 90, "funds": ["US Stock Index Fund"]}
        came = SOLD | {"amount": "60000"}
        code, answer, _ = plan({"rules": [fee]}, log=[came])
        # half of what the fee leaves: 60,000 - x = 0.5 * (100,000 - 0.02 * x), so that x = 10,000 / 0.99;
        # a fifth of the fee is what the 20,000 of stable value are too much by then
        assert (code, answer["fees"]) == (0, "202.02")
        assert [(each["amount"], each["fee"]) for each in answer["exchanges"]] == [
            ("10101.01", "202.02"),
            ("40.40", "0.00"),
        ]
        assert answer["total"] == "99797.98"
        assert "2 % of what was bought not long ago" in answer["exchanges"][0]["why"]

    def test_without_rules_there_is_no_fee(self, plan):
        code, answer, _ = plan()
        assert (code, answer["fees"], answer["later"]) == (0, "0.00", [])

    def test_the_second_step_has_its_date(self, plan):
        market = {"name": "Money Market Fund", "mix": {"money_market": "1"}}
        wash = {"from": ["Stable Value Fund"], "competing": ["Money Market Fund"], "days": 90}
        aim = {"stocks": "0.6", "bonds": "0.2", "stable_value": "0.1", "money_market": "0.1"}
        code, answer, _ = plan({"menu": [market], "equity_wash": wash}, aim)
        assert code == 0
        assert [(e["from"], e["to"], e["amount"]) for e in answer["exchanges"]] == [
            ("Stable Value Fund", "US Bond Index Fund", "10000.00")
        ]
        (step,) = answer["later"]
        assert (step["not_before"], step["from"], step["to"], step["amount"]) == (
            "2027-02-20", "US Bond Index Fund", "Money Market Fund", "10000.00",
        )  # fmt: skip
        assert "equity wash" in step["why"].lower()

    def test_a_preset_brings_its_orders_and_rules(self, plan):
        two = [SOLD | {"date": "2026-11-02"}, SOLD | {"date": "2026-11-09"}]
        code, answer, _ = plan({"preset": "tsp"}, log=two)
        assert (code, answer["exchanges"]) == (0, [])  # bonds may not be bought, G has what it needs
        aim = {"stocks": "0.5", "bonds": "0.2", "short_term": "0.3"}
        _, answer, _ = plan({"preset": "tsp"}, aim, log=two)
        assert answer["elections"][0]["percents"] == {
            "US Stock Index Fund": 50, "US Bond Index Fund": 20, "Stable Value Fund": 30,
        }  # fmt: skip

    def test_the_answer_names_the_rules_with_their_sources(self, plan):
        block = {"kind": "repurchase_block", "until": "2026-12-31", "source": "the plan's page"}
        _, answer, _ = plan({"preset": "tsp", "rules": [block, block | {"until": "2026-11-21"}]})
        assert [(rule["kind"], rule["source"], rule["until"]) for rule in answer["rules"]] == [
            ("transfer_limit", "tsp.gov; fedweek.com; Federal Register, 24 April 2008", None),
            ("repurchase_block", "the plan's page", "2026-12-31"),
        ]

    def test_the_orders_of_a_preset_can_be_changed(self, plan):
        code, answer, _ = plan({"preset": "voya", "order_style": "dollars"})
        assert (code, answer["exchanges"][0]["amount"]) == (0, "10000.00")

    def test_contradicting_rules_are_named(self, plan):
        today = [SOLD | {"date": "2026-11-22"}]
        code, _, words = plan({"preset": "voya"}, log=today, cash_flow={})
        assert code == 0
        block = {"kind": "transfer_limit", "count": 1, "per": "day"}
        cap = {"kind": "stock_cap", "share": "0.2", "funds": ["US Stock Index Fund"]}
        code, _, words = plan({"rules": [block, cap]}, log=today)
        assert code == 4
        assert "“US Stock Index Fund” in " in words
        assert "at most 20 % of the account" in words
        assert "the one transfer of today is used" in words

    @pytest.mark.parametrize(
        ("account", "rules", "told"),
        [
            ({"preset": "tps"}, {}, "preset: 'tps' was found where one of aba_retirement"),
            ({"rules": [{"kind": "block"}]}, {}, "kind: 'block' was found where one of equity_wash"),
            ({"rules": [{"days": 3}]}, {}, "the entry “kind”"),
            ({"rules": [{"kind": "round_trip", "dais": 3}]}, {}, "'dais' was found where one of kind"),
            ({"rules": [{"kind": "round_trip", "days": 0}]}, {}, "a whole number of 1 or more"),
            ({"rules": [{"kind": "round_trip", "shared": "yes"}]}, {}, "true or false"),
            ({"rules": [{"kind": "redemption_fee", "share": "2", "days": 9}]}, {}, "a share from 0 to 1"),
            ({"rules": [{"kind": "redemption_fee", "share": "0.02"}]}, {}, "the entry “days”"),
            ({"rules": [{"kind": "transfer_limit", "count": 2, "per": "week"}]}, {}, "one of day, month"),
            ({"rules": [{"kind": "core_minimum", "amount": "-5"}]}, {}, "dollars of zero or more"),
            ({"rules": [{"kind": "no_sale", "funds": ["Umbrella"]}]}, {}, "names “Umbrella”"),
            ({"rules": [{"kind": "no_sale"}]}, {}, "the entry “funds”"),
            ({}, {"log": [{"amount": "5", "date": "2026-11-01"}]}, "neither “from” nor “to”"),
            ({}, {"log": [SOLD | {"date": "2026-11-23"}]}, "a day no later than 2026-11-22"),
            ({}, {"log": [SOLD | {"amount": "0"}]}, "dollars above zero"),
            ({}, {"log": [SOLD | {"amount": "1.005"}]}, "in whole cents"),
            ({}, {"log": [SOLD | {"account": "other"}]}, "the account “other”"),
            ({}, {"log": [SOLD | {"when": "now"}]}, "'when' was found where one of account"),
            ({}, {"log": SOLD}, "a list"),
        ],
    )
    def test_mistakes_are_told_with_their_place(self, plan, account, rules, told):
        code, _, words = plan(account, **rules)
        assert code == 2
        assert told in words


class TestPresets:
    def preset(self, key: str) -> RulePreset:
        return next(preset for preset in rule_presets() if preset.key == key)

    def test_each_says_where_it_was_seen(self):
        assert {preset.key for preset in rule_presets()} >= {
            "fidelity", "vanguard", "t_rowe_price", "tsp", "voya", "empower_msrs", "tiaa", "principal",
            "stable_value",
        }  # fmt: skip
        for preset in rule_presets():
            assert preset.words.endswith(".")
            assert preset.orders_source
            assert preset.step == 1
            for rule in preset.restrictions:
                assert rule.preset == preset.key
                assert rule.source == NOT_SEEN or "." in rule.source
                assert rule.words.endswith(".")

    def test_what_nobody_has_seen_in_print_says_so(self):
        assert self.preset("american_funds").orders_source == NOT_SEEN
        assert self.preset("fidelity").orders_source == NOT_SEEN

    def test_the_figures_of_the_rules(self):
        fidelity = self.preset("fidelity").restrictions[0].terms
        assert isinstance(fidelity, RoundTrip)
        assert (fidelity.days, fidelity.over, fidelity.strikes, fidelity.window, fidelity.block) == (
            30, 1000, 2, 90, 85,
        )  # fmt: skip
        t_rowe = self.preset("t_rowe_price").restrictions[0].terms
        assert t_rowe == RepurchaseBlock(30, Decimal(5000), exempt=("money_market",))
        tsp = self.preset("tsp")
        assert (tsp.order_style, tsp.cut_off) == (OrderStyle.REALIGN_PERCENT, "noon Eastern")
        assert isinstance(tsp.restrictions[0].terms, TransferLimit)
        wash = self.preset("stable_value").restrictions[0].terms
        assert wash == EquityWash(
            ("stable_value",), ("money_market", "us_bond_short", "brokerage_window"), 90
        )

    def test_a_preset_replaces_the_one_before_and_keeps_the_users_rules(self):
        own = Restriction(RepurchaseBlock(10), "my plan")
        household = edits.set_account_rules(
            Household(), "k", AccountRules(restrictions=(own,), no_buy=("X",))
        )
        household = edits.use_preset(household, "k", self.preset("voya"))
        household = edits.use_preset(household, "k", self.preset("tsp"))
        rules = dict(household.account_rules)["k"]
        assert rules.order_style is OrderStyle.REALIGN_PERCENT
        assert rules.restrictions == (*self.preset("tsp").restrictions, own)
        assert rules.no_buy == ("X",)


class TestHouseholdLog:
    """What was ticked on checklists is what waiting times are counted from."""

    @pytest.fixture
    def sample(self) -> Household:
        return sample_household(TODAY)

    def test_ticks_become_past_exchanges(self, sample):
        desk = look(sample, TODAY)
        household = finish(desk, RebalanceFlow().plan(desk))
        assert household.exchange_log().entries == ()
        first = household.checklists[-1].plan.exchanges[0]
        household = edits.tick_exchange(household, 0, ChecklistTick(done=True, done_on=date(2026, 11, 25)))
        (past,) = household.exchange_log().entries
        assert (past.account_id, past.amount, past.day) == (
            first.account_id,
            first.amount,
            date(2026, 11, 25),
        )
        assert first.source.is_called(past.source)
        assert first.target.is_called(past.target)
        unknown_day = edits.tick_exchange(household, 0, ChecklistTick(done=True))
        assert unknown_day.exchange_log().entries[0].day == TODAY

    def test_the_wizard_plans_against_them(self, sample):
        desk = look(sample, TODAY)
        household = finish(desk, RebalanceFlow().plan(desk))
        sold = household.checklists[-1].plan.exchanges[0]
        household = edits.tick_exchange(household, 0, ChecklistTick(done=True, done_on=TODAY))
        rule = Restriction(RepurchaseBlock(30))
        household = edits.set_account_rules(household, sold.account_id, AccountRules(restrictions=(rule,)))
        household = edits.set_target(household, TargetAllocation.from_names({"stocks": "1"}), TODAY)
        plan = RebalanceFlow().plan(look(household, TODAY))
        assert not any(
            trade.change > 0
            for trade in plan.trades
            if trade.account_id == sold.account_id and trade.fund == sold.source
        )
        assert [past.source for past in plan.rules.log.entries]

    def test_noted_exchanges_come_and_go(self, sample):
        past = PastExchange("k", "A", "B", Decimal(5), TODAY)
        noted = edits.note_exchange(sample, past)
        assert noted.exchange_log().entries == (past,)
        assert edits.forget_exchange(noted, 0) == sample
        assert edits.remove_account(noted, "k").log == ()

    def test_accounts_that_are_gone_do_not_disturb(self, sample):
        noted = edits.note_exchange(sample, PastExchange("gone", "A", "B", Decimal(5), TODAY))
        assert RebalanceFlow().plan(look(noted, TODAY)).rules.log.entries == ()
