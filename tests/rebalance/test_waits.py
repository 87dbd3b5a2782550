"""What has to wait, and what an exchange brings with it, counted by hand on a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rule_effects import effects_of, transfers_used
from desktop_app.domain.rules import (
    AccountRules,
    EquityWash,
    PlanRules,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    TransferLimit,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan, waits_on
from tests.effort import tries

TODAY = date(2026, 9, 10)
STOCK = Fund("STK", "Stock Index", AssetMix.single(C.US_LARGE), ClassifiedBy.SYMBOL, symbol="STK")
BOND = Fund("BND", "Bond Index", AssetMix.single(C.US_BOND), ClassifiedBy.SYMBOL, symbol="BND")
STABLE = Fund("SV", "Stable Value", AssetMix.single(C.STABLE_VALUE), ClassifiedBy.SYMBOL, symbol="SV")
HELD = Snapshot(
    (
        Account(
            "1",
            "Plan",
            tuple(Holding(f, Decimal(v)) for f, v in ((STOCK, 60000), (BOND, 20000), (STABLE, 20000))),
        ),
    )
)


def past(
    source: str | None, target: str | None, amount: Decimal | int, day: date, **more: bool
) -> PastExchange:
    return PastExchange("1", source, target, Decimal(amount), day, **more)


def rules(*terms, log: tuple[PastExchange, ...] = (), today: date = TODAY, **own) -> PlanRules:
    account = AccountRules(restrictions=tuple(Restriction(each) for each in terms), **own)
    return PlanRules(today=today, accounts=(("1", account),), log=ExchangeLog(log))


def told(plan_rules: PlanRules) -> list[str]:
    return [wait.words for wait in waits_on(HELD, plan_rules)]


class TestWaits:
    def test_the_published_example_of_a_block_of_30_days(self):
        # troweprice.com: redeemed on 1 September, may trade again on 2 October
        sold = past("BND", "STK", 6000, date(2026, 9, 1))
        (wait,) = waits_on(HELD, rules(RepurchaseBlock(30, Decimal(5000)), log=(sold,)))
        assert wait.free_on == date(2026, 10, 2)
        assert wait.words == (
            "Bond Index may be bought again from 2 October 2026 on: money left it on 1 September 2026."
        )
        assert told(rules(RepurchaseBlock(30, Decimal(6000)), log=(sold,))) == []
        assert told(rules(RepurchaseBlock(30), log=(sold,), today=date(2026, 10, 2))) == []

    def test_the_published_example_of_a_round_trip(self):
        # Fidelity: bought on 1 May, a sale before 31 May is a round trip
        bought = past("SV", "STK", 6000, date(2026, 5, 1))
        (wait,) = waits_on(HELD, rules(RoundTrip(30), log=(bought,), today=date(2026, 5, 30)))
        assert (wait.fund, wait.free_on) == (STOCK, date(2026, 5, 31))
        assert told(rules(RoundTrip(30), log=(bought,), today=date(2026, 5, 31))) == []

    def test_used_transfers_of_a_month(self):
        two = tuple(past("BND", "STK", 100, date(2026, 9, day)) for day in (2, 9))
        assert told(rules(TransferLimit(2), log=two)) == [
            "Both transfers of September are used. The next is possible from 1 October 2026 on."
        ]
        assert told(rules(TransferLimit(2), log=two[:1])) == []

    def test_money_that_left_stable_value(self):
        # 90 days after 1 September: 29 days of it left, 31 October, 30 November = 90
        left = past("SV", "BND", 4000, date(2026, 9, 1))
        (words,) = told(rules(EquityWash(("SV",), ("money_market",)), log=(left,)))
        assert words == (
            "$4,000 in Bond Index left stable value: it may go to a competing fund from 30 November 2026 on."
        )

    def test_fees_and_blocked_funds(self):
        bought = past("BND", "STK", 5000, date(2026, 9, 1))
        fee = RedemptionFee(Decimal("0.02"), 90)
        assert told(rules(fee, log=(bought,))) == [
            (
                "$5,000 of Stock Index was bought not long ago: "
                "sold before 1 December 2026 it costs a fee of 2 %."
            )
        ]
        assert told(rules(blocked_until=(("Bond Index", date(2026, 12, 31)),))) == [
            "Bond Index is blocked until 31 December 2026."
        ]

    def test_what_the_plan_did_by_itself_and_rules_switched_off_bind_nothing(self):
        by_itself = past("BND", "STK", 6000, date(2026, 9, 1), automatic=True)
        assert told(rules(RepurchaseBlock(), log=(by_itself,))) == []
        own = AccountRules(restrictions=(Restriction(RepurchaseBlock(funds=("Gone",))).switched(on=False),))
        sold = past("BND", "STK", 6000, date(2026, 9, 1))
        off = PlanRules(today=TODAY, accounts=(("1", own),), log=ExchangeLog((sold,)))
        assert waits_on(HELD, off) == ()
        aim = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
        assert make_plan(HELD, aim, off).exchanges == ()  # nor does an unknown fund in it stop a plan


class TestEffects:
    def words(self, *terms, log: tuple[PastExchange, ...] = (), **aim: str) -> list[str]:
        target = TargetAllocation.from_names(
            aim or {"us_large": "0.5", "us_bond": "0.3", "stable_value": "0.2"}
        )
        plan = make_plan(HELD, target, rules(*terms, log=log))
        (exchange,) = plan.exchanges
        used = transfers_used(plan, "1")
        return [each.words for each in effects_of(plan, exchange)] + ([used.words] if used else [])

    @pytest.mark.parametrize(
        ("terms", "words"),
        [
            (RepurchaseBlock(30), ["Stock Index may be bought again from 11 October 2026 on."]),
            (RepurchaseBlock(30, Decimal(10000)), []),
            (RepurchaseBlock(30, exempt=("us_large",)), []),
            (
                RoundTrip(30),
                ["Bond Index may be sold again from 10 October 2026 on; before, it would be a round trip."],
            ),
            (
                RoundTrip(60, allowed=1, window=60),
                ["Selling Bond Index before 9 November 2026 would count as a round trip."],
            ),
            (
                RedemptionFee(Decimal("0.02"), 90),
                ["Selling it out of Bond Index before 10 December 2026 costs 2\u00a0%."],
            ),
            (TransferLimit(2), ["This is transfer 1 of the 2 of September. Enter all exchanges on one day."]),
        ],
    )
    def test_each_rule_speaks(self, terms, words):
        assert self.words(terms) == words

    def test_money_of_an_equity_wash(self):
        aim = {"us_large": "0.6", "us_bond": "0.3", "stable_value": "0.1"}
        assert self.words(EquityWash(("stable_value",), ("money_market",)), **aim) == [
            "This money left Stable Value: it may go to a competing fund from 9 December 2026 on."
        ]

    def test_a_day_with_an_earlier_sale_counts_as_one(self):
        sold = past("STK", "BND", 1, TODAY)
        assert self.words(RepurchaseBlock(30, Decimal(10000)), log=(sold,)) == [
            "Stock Index may be bought again from 11 October 2026 on."
        ]


@st.composite
def ruled_plans(draw: st.DrawFn) -> PlanRules:
    """Draw an account's rules of every kind that makes something wait, with random figures."""
    days, over = st.integers(1, 120), st.sampled_from([Decimal(0), Decimal(1000), Decimal(5000)])
    classes = st.sampled_from([(), ("us_large",), ("us_bond",), ("stable_value",), ("BND",)])
    block = st.builds(RepurchaseBlock, days, over, classes, classes)
    trip = st.builds(RoundTrip, days=days, over=over, funds=classes, exempt=classes)
    wash = st.builds(EquityWash, st.just(("stable_value",)), st.just(("money_market",)), days)
    fee = st.builds(RedemptionFee, st.just(Decimal("0.02")), days, classes)
    until = st.none() | st.dates(TODAY, TODAY + timedelta(days=150))
    rule = st.builds(Restriction, st.one_of(block, trip, wash, fee), until=until)
    own = AccountRules(restrictions=tuple(draw(st.lists(rule, max_size=4))))
    return PlanRules(today=TODAY, accounts=(("1", own),))


@given(plan_rules=ruled_plans(), stock=st.integers(20, 80), bond=st.integers(5, 15))
@settings(max_examples=tries(25), deadline=None)
def test_what_is_said_to_wait_waits_once_it_is_done(plan_rules, stock, bond):
    """The days told beside an exchange are those the engine keeps the day after it was carried out."""
    weights = {"us_large": stock, "us_bond": bond, "stable_value": 100 - stock - bond}
    aim = TargetAllocation.from_names({name: str(Decimal(part) / 100) for name, part in weights.items()})
    plan = make_plan(HELD, aim, plan_rules)
    effects = {effect for exchange in plan.exchanges for effect in effects_of(plan, exchange)}
    done = tuple(past(e.source.key, e.target.key, e.amount, TODAY) for e in plan.exchanges)
    tomorrow = TODAY + timedelta(days=1)
    later = replace(plan_rules, today=tomorrow, log=ExchangeLog(done))
    values = {trade.fund.key: trade.after for trade in plan.trades}
    held = tuple(Holding(fund, values.get(fund.key, Decimal(0))) for fund in (STOCK, BOND, STABLE))
    waits = {(wait.fund, wait.free_on) for wait in waits_on(Snapshot((Account("1", "Plan", held),)), later)}
    assert {(effect.fund, effect.until) for effect in effects if effect.until > tomorrow} >= waits
    binding = {(e.fund, e.until) for e in effects if "may be" in e.words and e.until > tomorrow}
    latest = {fund: max(day for other, day in binding if other == fund) for fund, _ in binding}
    for fund, day in latest.items():
        assert day in {free for other, free in waits if other == fund}
