"""Rules of an account as a user keeps them: choosing a provider, switching off, changing, adding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    EquityWash,
    NoSale,
    OrderStyle,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    TransferLimit,
)
from desktop_app.reports.rule_sentences import names_of, sentence_of
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look
from desktop_app.workflow.log_lines import log_lines, waits_of, without_line
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish
from desktop_app.workflow.rule_lines import (
    FundBlock,
    FundCap,
    edited,
    is_changed,
    line_added,
    line_replaced,
    lines_of,
    trouble_of,
    with_lines,
)
from desktop_app.workflow.rule_presets import (
    RulePreset,
    provider_of,
    providers,
    rule_presets,
    suggested_extra,
    suggested_provider,
    with_preset,
    without_provider,
)
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
STABLE = Fund("SV", "Stable Value", AssetMix.single(C.STABLE_VALUE), ClassifiedBy.NAME)
OWN = Restriction(RepurchaseBlock(45), source="plan booklet")


def preset(key: str) -> RulePreset:
    return next(each for each in rule_presets() if each.key == key)


class TestProviders:
    @pytest.mark.parametrize(
        ("layout", "key"),
        [
            ("fidelity-positions", "fidelity"),
            ("fidelity-statement", "fidelity"),
            ("vanguard-download", "vanguard"),
            ("tsp-statement", "tsp"),
            ("tiaa-holdings", "tiaa"),
            ("troweprice-accounts", "t_rowe_price"),
        ],
    )
    def test_the_file_tells_the_recordkeeper(self, layout, key):
        assert suggested_provider(layout) == preset(key)

    @pytest.mark.parametrize("layout", ["generic", "ofx", "schwab-positions", ""])
    def test_other_files_tell_none(self, layout):
        assert suggested_provider(layout) is None

    def test_a_stable_value_fund_brings_its_wait_to_mind_until_there_is_one(self):
        extra = suggested_extra(AccountRules(), [STABLE])
        assert extra == preset("stable_value")
        assert suggested_extra(AccountRules(), []) is None
        washed = with_preset(AccountRules(order_style=OrderStyle.UNITS), extra)
        assert washed.order_style is OrderStyle.UNITS
        assert suggested_extra(washed, [STABLE]) is None
        assert suggested_extra(AccountRules(equity_wash=EquityWash(("SV",), ("MM",))), [STABLE]) is None

    def test_another_provider_keeps_what_stands_beside(self):
        rules = with_preset(
            with_preset(AccountRules(restrictions=(OWN,)), preset("stable_value")), preset("voya")
        )
        assert provider_of(rules) == preset("voya")
        assert "A stable value fund" not in [each.name for each in providers()]
        moved = with_preset(rules, preset("tsp"))
        (wash,) = preset("stable_value").restrictions
        assert moved.restrictions == (*preset("tsp").restrictions, OWN, wash)
        assert without_provider(moved).restrictions == (OWN, wash)
        assert provider_of(without_provider(moved)) is None

    def test_a_provider_stays_known_when_all_its_rules_are_off(self):
        rules = with_preset(AccountRules(), preset("vanguard"))
        off = line_replaced(rules, 0, lines_of(rules)[0].switched(on=False))
        assert provider_of(off) == preset("vanguard")
        assert off.terms_on(TODAY) == ()
        assert line_replaced(off, 0, lines_of(off)[0].switched(on=True)) == rules

    def test_a_chosen_provider_without_rules_stays_chosen(self):
        bare = replace(preset("voya"), restrictions=())
        rules = with_preset(AccountRules(), bare)
        assert rules.provider == "voya"
        assert provider_of(rules) == preset("voya")
        assert provider_of(without_provider(rules)) is None

    def test_a_rule_switched_off_and_on_keeps_its_last_day(self):
        rule = replace(OWN, until=TODAY)
        off = rule.switched(on=False)
        assert (off.holds_on(TODAY), off.until) == (False, TODAY)
        assert off.switched(on=True) == rule


class TestLines:
    def test_everything_stands_in_one_list_and_goes_back(self):
        wash = EquityWash(("SV",), ("MM",))
        rules = AccountRules(
            no_sell=("X",), cap=(("ACME", Decimal("0.1")),), blocked_until=(("BND", TODAY),),
            equity_wash=wash, restrictions=(OWN,),
        )  # fmt: skip
        lines = lines_of(rules)
        assert lines == (Restriction(wash), OWN, FundCap("ACME", Decimal("0.1")), FundBlock("BND", TODAY))
        again = with_lines(rules, lines)
        assert lines_of(again) == lines
        assert again.terms_on(TODAY) == rules.terms_on(TODAY)
        assert (again.no_sell, again.cap, again.blocked_until) == (("X",), rules.cap, rules.blocked_until)

    def test_add_change_remove(self):
        rules = line_added(AccountRules(), FundCap("ACME", Decimal("0.2")))
        rules = line_added(rules, OWN)
        assert lines_of(rules) == (OWN, FundCap("ACME", Decimal("0.2")))
        rules = line_replaced(rules, 1, FundCap("ACME", Decimal("0.1")))
        assert rules.cap == (("ACME", Decimal("0.1")),)
        assert line_replaced(line_replaced(rules, 0, None), 0, None) == AccountRules()

    def test_old_words_do_not_stay_beside_new_terms(self):
        (rule,) = preset("vanguard").restrictions
        assert not is_changed(rule)
        longer = edited(rule, RepurchaseBlock(60, exempt=("money_market",)), None, " plan booklet ")
        assert is_changed(longer)
        assert (longer.words, longer.source, longer.preset) == ("", "plan booklet", "vanguard")
        assert edited(rule, rule.terms, date(2027, 1, 31), rule.source).words == rule.words
        assert not is_changed(OWN)

    @pytest.mark.parametrize(
        "rule",
        [
            Restriction(EquityWash((), ("MM",))),
            Restriction(EquityWash(("SV",), ())),
            Restriction(NoSale(())),
            Restriction(CoreMinimum(Decimal(0))),
            Restriction(RedemptionFee(Decimal(0), 90)),
            Restriction(StockCap(Decimal(1))),
            FundCap("", Decimal("0.1")),
            FundCap("X", Decimal(1)),
            FundBlock("", TODAY),
        ],
    )
    def test_a_rule_that_means_nothing_is_told(self, rule):
        assert trouble_of(rule).endswith(".")

    def test_rules_that_mean_something_pass(self):
        for known in rule_presets():
            assert [trouble_of(rule) for rule in known.restrictions] == [""] * len(known.restrictions)


TOLD = (
    (RepurchaseBlock(30), "After money left a fund it may not be bought for 30 days."),
    (
        RepurchaseBlock(60, Decimal(5000), ("SV",), ("money_market",)),
        (
            "After more than $5,000 left a fund it may not be bought for 60 days. "
            "This is meant for Stable Value. Money market funds do not count."
        ),
    ),
    (
        RoundTrip(30, Decimal(1000), strikes=2, block=85, shared=True),
        (
            "A fund that was bought may not be sold within 30 days. 2 round trips within 90 days close "
            "the fund to purchases for 85 days. Orders of $1,000 or less a day do not count. "
            "The accounts under this rule are counted together."
        ),
    ),
    (
        RoundTrip(60, allowed=1, window=60),
        (
            "A fund that was bought may not be sold within 60 days. "
            "One such round trip is let pass in 60 days."
        ),
    ),
    (TransferLimit(1), "One transfer a calendar month; after that nothing moves until the month is over."),
    (
        TransferLimit(2, then_into=("stable_value",)),
        "2 transfers a calendar month; after that money may only go into stable value funds.",
    ),
    (
        EquityWash(("SV",), ("money_market", "us_bond_short"), 90),
        (
            "Money from Stable Value may not go straight to money market funds or US short-term bond funds: "
            "it has to be elsewhere for 90 days first."
        ),
    ),
    (
        RedemptionFee(Decimal("0.02"), 90, exempt=("SV",)),
        (
            "2\u00a0% of what is sold within 90 days after it was bought is kept back. "
            "Stable Value does not count."
        ),
    ),
    (CoreMinimum(Decimal(2500)), "At least $2,500 of the account stays outside the brokerage window."),
    (StockCap(Decimal("0.2")), "Company stock may be at most 20\u00a0% of the account."),
    (NoSale(("SV",)), "Money leaves Stable Value only in instalments, so that no plan sells it."),
)


@pytest.mark.parametrize(("terms", "words"), TOLD)
def test_terms_in_words(terms, words):
    assert sentence_of(terms, names_of([STABLE])) == words


class TestLog:
    def test_ticked_and_entered_stand_together_and_can_go(self):
        household = sample_household(TODAY)
        household = finish(look(household, TODAY), RebalanceFlow().plan(look(household, TODAY)))
        household = edits.tick_exchange(household, 1, ChecklistTick(True, "BT-1", TODAY))
        account = household.checklist.plan.exchanges[1].account_id
        noted = PastExchange(account, "A", "B", Decimal(5), date(2026, 10, 1))
        household = edits.note_exchange(household, noted)
        ticked, by_hand = log_lines(household)
        assert (ticked.number, ticked.index, ticked.past.day) == (1, 1, TODAY)
        assert (by_hand.number, by_hand.past) == (None, noted)
        assert log_lines(without_line(household, by_hand)) == (ticked,)
        gone = without_line(household, ticked)
        assert log_lines(gone) == (by_hand,)
        assert gone.checklist.ticks[1] == ChecklistTick(False, "BT-1", TODAY)

    def test_waits_of_the_household(self):
        household = sample_household(TODAY)
        account = look(household, TODAY).snapshot.accounts[0]
        fund = account.holdings[0].fund
        past = PastExchange(account.id, fund.key, None, Decimal(9000), date(2026, 11, 10))
        household = edits.note_exchange(household, past)
        assert waits_of(look(household, TODAY)) == ()
        household = edits.use_preset(household, account.id, preset("vanguard"))
        (wait,) = waits_of(look(household, TODAY), account.id)
        assert (wait.fund, wait.free_on) == (fund, date(2026, 12, 11))
        assert waits_of(look(household, TODAY), "another") == ()
