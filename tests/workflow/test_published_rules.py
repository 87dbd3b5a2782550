# ruff: noqa: E501 - lines of files as providers write them
"""From a provider's file to a plan its published rules allow: file, suggestion, past exchanges, plan, check.

What each rule forbids is counted here from the provider's own words, not with the program's rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.household import Household
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import OrderStyle
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look
from desktop_app.workflow.log_lines import waits_of
from desktop_app.workflow.paper import paper_of
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish
from desktop_app.workflow.rule_presets import layout_of, rule_presets, suggested_provider
from desktop_app.workflow.statements import accept, preview_files

FIDELITY = """Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value
33363,ACME 401(K),FXAIX,FIDELITY 500 INDEX FUND,100,$600.00,$0.00,$60000.00
33363,ACME 401(K),FXNAX,FIDELITY US BOND INDEX FUND,2000,$10.00,$0.00,$20000.00
33363,ACME 401(K),FSPSX,FIDELITY INTL INDEX FUND,400,$50.00,$0.00,$20000.00

"Date downloaded Nov-20-2026 10:44 AM ET"
"""
VANGUARD = """Account Number,Investment Name,Symbol,Shares,Share Price,Total Value,
12345678,Vanguard 500 Index Fund Admiral Shares,VFIAX,100,600.00,60000.00,
12345678,Vanguard Total Bond Market Index Fund Admiral Shares,VBTLX,2000,10.00,20000.00,
12345678,Vanguard Developed Markets Index Fund Admiral Shares,VTMGX,400,50.00,20000.00,

"""
TROWE = """"Account Type","Account Name","Ticker","Account Number","Owners","Quantity","Price","Change","Market Value"
"401(k)","Equity Index 500 Fund","PREIX","1234-5","Pat","100","$600.00","$0.00","$60,000.00"
"401(k)","U.S. Bond Enhanced Index Fund","PBDIX","1234-5","Pat","2000","$10.00","$0.00","$20,000.00"
"401(k)","International Equity Index Fund","PIEQX","1234-5","Pat","400","$50.00","$0.00","$20,000.00"
"""
TSP_HEAD = (
    '"Plan","Asset Class","Fund Name","Current Mix","Future Investments","Date Range","Opening Balance",'
    '"Gains/Losses","Other Activity","Closing Balance","Units","Fund Price","Fund Return"\n'
)
TSP = TSP_HEAD + "".join(
    f'"Thrift Savings Plan - Civilian","{kind}","{fund}","{mix}","0.0%","July 1, 2026 - September 30, 2026",'
    f'"$0.00","$0.00","$0.00","{value}","1000.000000","{price}","0.00%"\n'
    for kind, fund, mix, value, price in (
        ("Cash", "G Fund", "20.0%", "$20,000.00", "$20.000000"),
        ("Bonds", "F Fund", "20.0%", "$20,000.00", "$20.000000"),
        ("Stocks", "C Fund", "60.0%", "$60,000.00", "$60.000000"),
    )
)
TIAA = """Data As of 09/30/2026,
Your Investments,Total Value,Last Price,Quantity,Change since last close ($)*,Change since last close (%)*,
Vanguard Institutional Index Fund Institutional Plus (VIIIX),$60000.00,$600.0000,100.0000,$0.00,0.00%,
Vanguard Total Bond Market Index Fund (VBTLX),$10000.00,$10.0000,1000.0000,$0.00,0.00%,
TIAA Traditional,$30000.00,$1.0000,30000.0000,$0.00,0.00%,
All Investments,$100000.00, , ,$0.00,0.00%,
"""
MORE_BONDS = {"us_large": "0.5", "us_bond": "0.3", "intl_developed": "0.2"}
MORE_STOCK = {"us_large": "0.7", "us_bond": "0.1", "intl_developed": "0.2"}


class Plan:
    """One provider's file in a household under the rules its layout suggests."""

    def __init__(self, folder: Path, text: str) -> None:
        (folder / "file.csv").write_text(text, encoding="utf-8")
        self.household = accept(preview_files(Household(), [folder / "file.csv"]))
        (self.account,) = self.household.snapshot().accounts
        self.funds = {
            holding.fund.symbol or holding.fund.name: holding.fund for holding in self.account.holdings
        }
        suggested = suggested_provider(layout_of(self.household, self.account.id))
        assert suggested is not None
        self.preset = suggested
        self.household = edits.use_preset(self.household, self.account.id, suggested)

    def moved(self, source: str, target: str, dollars: int, day: date) -> None:
        """Note an exchange a person made."""
        names = (self.funds[name].key for name in (source, target))
        past = PastExchange(self.account.id, *names, Decimal(dollars), day)
        self.household = edits.note_exchange(self.household, past)

    def made(self, today: date, aim: dict[str, str]) -> ExchangePlan:
        """Return the plan of a day for a target."""
        household = replace(self.household, targets=(TargetAllocation.from_names(aim),))
        return RebalanceFlow().plan(look(household, today))

    def sold(self, plan: ExchangePlan, name: str) -> Decimal:
        """Return the dollars a plan takes out of a fund."""
        key = self.funds[name].key
        return sum((e.amount for e in plan.exchanges if e.source and e.source.key == key), Decimal(0))

    def bought(self, plan: ExchangePlan, name: str) -> Decimal:
        """Return the dollars a plan puts into a fund."""
        key = self.funds[name].key
        return sum((e.amount for e in plan.exchanges if e.target and e.target.key == key), Decimal(0))


class TestFidelity:
    """A purchase followed by a sale of the same fund within 30 calendar days; $1,000 or less does not count."""

    @pytest.fixture
    def plan(self, tmp_path: Path) -> Plan:
        made = Plan(tmp_path, FIDELITY)
        assert made.preset.key == "fidelity"
        made.moved("FSPSX", "FXAIX", 5000, date(2026, 11, 1))
        return made

    def test_what_was_bought_on_the_first_is_sold_on_the_31st_day_at_the_earliest(self, plan):
        # bought on 1 November: a sale before 1 December would be a round trip
        early, free = plan.made(date(2026, 11, 30), MORE_BONDS), plan.made(date(2026, 12, 1), MORE_BONDS)
        assert plan.sold(early, "FXAIX") <= 1000
        assert any("before 1 December 2026" in unmet.why for unmet in early.unmet)
        assert plan.sold(free, "FXAIX") == 10000

    def test_other_funds_may_be_sold(self, plan):
        aim = {"us_large": "0.7", "us_bond": "0.2", "intl_developed": "0.1"}
        assert plan.sold(plan.made(date(2026, 11, 20), aim), "FSPSX") == 10000

    def test_two_round_trips_in_90_days_close_the_fund_for_85_days(self, plan):
        plan.moved("FXAIX", "FXNAX", 5000, date(2026, 11, 10))
        plan.moved("FXNAX", "FXAIX", 5000, date(2026, 11, 12))
        plan.moved("FXAIX", "FSPSX", 5000, date(2026, 11, 14))
        # 85 days after 14 November are over on 7 February
        assert plan.bought(plan.made(date(2027, 2, 7), MORE_STOCK), "FXAIX") == 0
        assert plan.bought(plan.made(date(2027, 2, 8), MORE_STOCK), "FXAIX") == 10000


class TestBlocks:
    """Vanguard and T. Rowe Price: what left a fund may not go back into it for 30 days."""

    @pytest.mark.parametrize(
        ("text", "key", "stock", "bond", "dollars"),
        [(VANGUARD, "vanguard", "VFIAX", "VBTLX", 100), (TROWE, "t_rowe_price", "PREIX", "PBDIX", 5001)],
    )
    def test_thirty_days_counted_from_the_day_after(self, tmp_path, text, key, stock, bond, dollars):
        plan = Plan(tmp_path, text)
        assert plan.preset.key == key
        plan.moved(stock, bond, dollars, date(2026, 9, 1))
        early, free = plan.made(date(2026, 10, 1), MORE_STOCK), plan.made(date(2026, 10, 2), MORE_STOCK)
        assert plan.bought(early, stock) == 0
        assert any("before 2 October 2026" in unmet.why for unmet in early.unmet)
        assert plan.bought(free, stock) == 10000

    def test_five_thousand_dollars_are_no_block_at_t_rowe_price(self, tmp_path):
        plan = Plan(tmp_path, TROWE)
        plan.moved("PREIX", "PBDIX", 5000, date(2026, 9, 1))
        assert plan.bought(plan.made(date(2026, 9, 2), MORE_STOCK), "PREIX") == 10000

    def test_the_fund_that_was_bought_may_be_sold_at_vanguard(self, tmp_path):
        plan = Plan(tmp_path, VANGUARD)
        plan.moved("VTMGX", "VBTLX", 9000, date(2026, 9, 1))
        assert plan.sold(plan.made(date(2026, 9, 2), MORE_STOCK), "VBTLX") == 10000

    def test_the_sheet_says_when_it_may_be_bought_again(self, tmp_path):
        plan = Plan(tmp_path, VANGUARD)
        household = replace(plan.household, targets=(TargetAllocation.from_names(MORE_BONDS),))
        desk = look(household, date(2026, 9, 1))
        checklist = finish(desk, RebalanceFlow().plan(desk)).checklist
        (sheet,) = paper_of(checklist, "Mine", desk.today)
        assert "may be bought again from 2 October 2026 on." in repr(sheet)


class TestThrift:
    """Whole percents; two transfers a calendar month, after that only into the G Fund."""

    @pytest.fixture
    def plan(self, tmp_path: Path) -> Plan:
        made = Plan(tmp_path, TSP)
        assert made.preset.key == "tsp"
        for day in (2, 9):
            made.moved("F Fund", "C Fund", 100, date(2026, 11, day))
        return made

    def test_a_third_transfer_of_the_month_only_fills_g(self, plan):
        more_g = {"stable_value": "0.4", "us_bond": "0.2", "us_large": "0.4"}
        third = plan.made(date(2026, 11, 30), more_g)
        assert plan.bought(third, "G Fund") == 20000
        assert plan.bought(third, "F Fund") == plan.bought(third, "C Fund") == 0
        (election,) = third.elections
        assert sorted(percent for _, percent in election.percents) == [20, 40, 40]
        more_c = {"stable_value": "0.1", "us_bond": "0.2", "us_large": "0.7"}
        assert plan.made(date(2026, 11, 30), more_c).exchanges == ()
        assert plan.bought(plan.made(date(2026, 12, 1), more_c), "C Fund") == 10000

    def test_the_hour_of_the_plan_stands_on_paper(self, plan):
        aim = TargetAllocation.from_names({"stable_value": "0.4", "us_bond": "0.2", "us_large": "0.4"})
        desk = look(replace(plan.household, targets=(aim,)), date(2026, 12, 1))
        checklist = finish(desk, RebalanceFlow().plan(desk)).checklist
        (sheet,) = paper_of(checklist, "Mine", desk.today)
        assert "Orders before noon Eastern get that day’s price." in repr(sheet)
        assert "This is transfer 1 of the 2 of December." in repr(sheet)

    def test_the_month_that_is_used_up_is_told(self, plan):
        (wait,) = waits_of(look(plan.household, date(2026, 11, 30)))
        assert wait.free_on == date(2026, 12, 1)


class TestTiaa:
    """TIAA Traditional pays out in instalments only."""

    def test_traditional_is_never_sold(self, tmp_path):
        plan = Plan(tmp_path, TIAA)
        assert plan.preset.key == "tiaa"
        aim = {"us_large": "0.6", "us_bond": "0.3", "stable_value": "0.1"}
        made = plan.made(date(2026, 11, 22), aim)
        assert plan.sold(made, "TIAA Traditional") == 0
        assert any("only in instalments" in unmet.why for unmet in made.unmet)


def test_every_preset_plans_for_a_file_without_its_funds(tmp_path: Path) -> None:
    # a preset names funds and classes the account need not have: that is no error
    for preset in rule_presets():
        plan = Plan(tmp_path, VANGUARD)
        household = edits.use_preset(plan.household, plan.account.id, preset)
        plan.household = household
        made = plan.made(date(2026, 11, 22), MORE_BONDS)
        # whole percents of the 60,000 go in steps of 600: 10,200 is the closest to 10,000
        wanted = 10200 if preset.order_style is OrderStyle.PERCENT_OF_FUND else 10000
        assert plan.bought(made, "VBTLX") == wanted, preset.key
