"""A checklist beside the next statement: what was done, partly done, not done, or cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import Election, Exchange, FutureElection, LaterExchange, PaycheckPlan
from desktop_app.domain.reconciliation import Doubt, Mark, Reconciliation
from desktop_app.domain.rules import AccountRules, OrderStyle
from desktop_app.workflow.reconcile import reconcile
from desktop_app.workflow.reconciled import shown_but_open, ticked_but_missing

from .reconcile_world import (
    BOND,
    MADE,
    MONEY,
    NEXT,
    SIXTY_FORTY,
    STABLE,
    STOCK,
    THEN,
    TIPS,
    WORLD,
    Planned,
    World,
    checklist,
    household,
    order,
    start,
)

D = Decimal
MARKETS = {STOCK: "104", WORLD: "49", BOND: "10.10"}


def compared(exchanges: Sequence[Exchange], *after: Account, **more: object) -> Reconciliation:
    made = checklist(Planned(exchanges, **more), start().statement(THEN))
    found = reconcile(made, household(*after), SIXTY_FORTY)
    assert found is not None
    return found


def marks(found: Reconciliation) -> list[Mark]:
    return [finding.mark for finding in found.exchanges]


THREE = (order(STOCK, BOND, "6000"), order(STOCK, TIPS, "2500"), order(WORLD, STABLE, "1500"))


def carried_out(*which: int, world: World | None = None) -> World:
    for i in which:
        world = (world or start()).exchange(THREE[i].source, THREE[i].target, THREE[i].amount)
    return world or start()


@pytest.mark.parametrize("which", [(), (0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("before_markets", [True, False])
def test_each_order_is_told_from_the_others(which: tuple[int, ...], before_markets: bool) -> None:
    world = (
        carried_out(*which).at(MARKETS) if before_markets else carried_out(*which, world=start().at(MARKETS))
    )
    found = compared(THREE, world.statement())
    assert marks(found) == [Mark.DONE if i in which else Mark.NOT_DONE for i in range(3)]
    assert found.as_of == NEXT
    assert found.is_complete is (len(which) == 3)


def test_done_says_how_many_units_left() -> None:
    found = compared(THREE, carried_out(2).at(MARKETS).statement())
    assert found.exchanges[2].units == D("30.000")  # $1,500 at $50
    assert found.exchanges[2].seen == D(1500)


def test_half_an_order_is_partly_done_with_its_dollars() -> None:
    world = start().exchange(STOCK, BOND, 3000).exchange(WORLD, STABLE, 1500).at(MARKETS)
    found = compared(THREE, world.statement())
    assert marks(found) == [Mark.PARTLY, Mark.NOT_DONE, Mark.DONE]
    assert (found.exchanges[0].seen, found.exchanges[0].ordered) == (D(3000), D(6000))
    assert found.exchanges[0].units == D("30.000")


def test_a_dollar_order_at_a_later_price_is_done_all_the_same() -> None:
    """$6,000 at $125 are 48 units and not the 60 of the plan; the new price says so."""
    world = start().at({STOCK: "125"}).exchange(STOCK, BOND, 6000).at({STOCK: "130"})
    assert marks(compared(THREE[:1], world.statement())) == [Mark.DONE]


def test_contributions_into_all_funds_do_not_hide_a_sale() -> None:
    """Of $3,600 paid in a part went into the very fund that was sold: only $4,560 net left it."""
    pay = {STOCK: "1440", BOND: "1440", WORLD: "720"}
    world = carried_out(0).pay_in(pay).at(MARKETS)
    assert marks(compared(THREE[:1], world.statement())) == [Mark.DONE]


def test_contributions_into_the_fund_bought_are_no_exchange() -> None:
    world = start().pay_in({BOND: "6000"}).at(MARKETS)
    assert marks(compared(THREE, world.statement())) == [Mark.NOT_DONE] * 3


def test_fees_are_no_exchange() -> None:
    world = start().pay_in({STOCK: "-45", WORLD: "-18", BOND: "-18", STABLE: "-9"})
    found = compared((order(WORLD, BOND, "400"), *THREE), world.statement())
    assert marks(found) == [Mark.NOT_DONE] * 4


def test_a_fund_sold_whole_is_missing_and_that_is_done() -> None:
    world = start().exchange(WORLD, BOND, 20000)
    after = replace(world, units={fund: units for fund, units in world.units.items() if units})
    found = compared((order(WORLD, BOND, "20000"),), after.at(MARKETS).statement())
    assert marks(found) == [Mark.DONE]
    assert found.exchanges[0].units == D("400.000")


def test_a_fund_under_another_name_is_the_same_fund() -> None:
    statement = carried_out(0).at(MARKETS).statement()
    renamed = tuple(
        replace(holding, fund=replace(holding.fund, key=holding.fund.name.casefold(), symbol=None))
        for holding in statement.holdings
    )
    assert marks(compared(THREE[:1], replace(statement, holdings=renamed))) == [Mark.DONE]


def test_units_divided_two_for_one_are_no_purchase() -> None:
    world = start()
    split = replace(
        world,
        units={**world.units, STOCK: D(1000)},
        prices={**world.prices, STOCK: D("50.5")},
    )
    found = compared(THREE[:1], split.statement())
    assert marks(found) == [Mark.NOT_DONE]
    assert found.whole is not None


def test_without_units_a_large_order_shows_and_a_small_one_does_not() -> None:
    """Prices are guessed from the other funds there: a 2 % doubt about $50,000 is more than $400."""
    plan = (order(STOCK, BOND, "9000"), order(WORLD, TIPS, "700"))
    before = start().statement(THEN, with_units=False)
    after = start().exchange(STOCK, BOND, 9000).at({BOND: "10.05"}).statement(with_units=False)
    found = reconcile(checklist(Planned(plan), before), household(after), SIXTY_FORTY)
    assert found is not None
    assert marks(found) == [Mark.DONE, Mark.NOT_DONE]  # no TIPS are there at all: that is certain
    small = reconcile(checklist(Planned((order(STOCK, BOND, "400"),)), before), household(after), SIXTY_FORTY)
    assert small is not None
    assert small.exchanges[0].doubt is Doubt.TOO_SMALL


def test_prices_come_from_the_same_fund_in_another_account() -> None:
    """The 401(k) prints dollars only; the IRA has the same funds with prices, which fell by a fifth."""
    fallen = {STOCK: "80"}
    ira = World({STOCK: D(10), BOND: D(10)}, start().prices, "5566")
    before = (start().statement(THEN, with_units=False), ira.statement(THEN))
    for done in (True, False):
        world = start().exchange(STOCK, BOND, 6000 if done else 0).at(fallen)
        after = (world.statement(with_units=False), ira.at(fallen).statement())
        found = reconcile(checklist(Planned(THREE[:1]), *before), household(*after), SIXTY_FORTY)
        assert found is not None
        assert marks(found) == [Mark.DONE if done else Mark.NOT_DONE]


def test_accounts_renew_one_after_the_other() -> None:
    ira = World({STOCK: D(100)}, start().prices, "5566")
    plan = (*THREE[:1], order(STOCK, BOND, "3000", "5566"))
    made = checklist(Planned(plan), start().statement(THEN), ira.statement(THEN))
    assert reconcile(made, household(start().statement(THEN), ira.statement(THEN)), SIXTY_FORTY) is None
    found = reconcile(made, household(carried_out(0).statement(), ira.statement(THEN)), SIXTY_FORTY)
    assert found is not None
    assert marks(found) == [Mark.DONE, Mark.UNKNOWN]
    assert found.exchanges[1].doubt is Doubt.NO_STATEMENT
    gone = reconcile(made, household(carried_out(0).statement()), SIXTY_FORTY)
    assert gone is not None
    assert gone.exchanges[1].doubt is Doubt.ACCOUNT_GONE


def test_another_mix_of_a_fund_is_no_newer_statement() -> None:
    statement = start().statement(THEN)
    mixed = replace(STOCK, mix=AssetMix.single(AssetClass.US_MID))
    other = replace(statement, holdings=(replace(statement.holdings[0], fund=mixed), *statement.holdings[1:]))
    assert reconcile(checklist(Planned(THREE), statement), household(other), SIXTY_FORTY) is None


def test_an_older_statement_says_nothing() -> None:
    older = carried_out(0).statement(date(2026, 6, 30))
    made = checklist(Planned(THREE), start().statement(THEN))
    assert reconcile(made, household(older), SIXTY_FORTY) is None


@pytest.mark.parametrize(
    ("as_of", "ticked_on", "mark"),
    [
        (date(2026, 10, 31), None, Mark.UNKNOWN),  # before the plan
        (MADE, None, Mark.UNKNOWN),  # orders of that evening are not in it
        (date(2026, 11, 23), None, Mark.NOT_DONE),
        (date(2026, 12, 1), date(2026, 12, 2), Mark.UNKNOWN),  # ticked on the day after
        (None, None, Mark.NOT_DONE),  # undated, but other figures than before
    ],
)
def test_a_statement_disproves_only_what_came_before_it(
    as_of: date | None, ticked_on: date | None, mark: Mark
) -> None:
    ticks = {} if ticked_on is None else {0: ticked_on}
    found = compared(THREE[:1], start().at(MARKETS).statement(as_of), ticked_on=ticks)
    assert marks(found) == [mark]
    if mark is Mark.UNKNOWN:
        assert found.exchanges[0].doubt is Doubt.TOO_EARLY
    proved = compared(THREE[:1], carried_out(0).statement(as_of), ticked_on=ticks)
    assert marks(proved) == [Mark.DONE]


def test_new_money_and_money_raised() -> None:
    plan = (order(None, BOND, "5000"), order(WORLD, None, "4000"))
    both = start().exchange(None, BOND, 5000).exchange(WORLD, None, 4000)
    assert marks(compared(plan, both.at(MARKETS).statement())) == [Mark.DONE, Mark.DONE]
    one = start().exchange(None, BOND, 5000)
    assert marks(compared(plan, one.at(MARKETS).statement())) == [Mark.DONE, Mark.NOT_DONE]


def test_a_redemption_fee_does_not_make_an_order_partly() -> None:
    plan = (replace(order(WORLD, BOND, "6000"), fee=D(120)),)
    world = start().exchange(WORLD, BOND, 5880).pay_in({WORLD: "-120"})
    assert marks(compared(plan, world.statement())) == [Mark.DONE]


PERCENTS = ((STOCK, 30), (WORLD, 30), (BOND, 30), (STABLE, 10))


def realign(world: World) -> World:
    """Set an account to the percents at its present prices."""
    whole = sum(units * world.prices[fund] for fund, units in world.units.items())
    return replace(world, units={f: whole * p / 100 / world.prices[f] for f, p in PERCENTS})


REALIGN = (("90017734", AccountRules(order_style=OrderStyle.REALIGN_PERCENT)),)


def test_a_realign_is_one_order_at_its_own_day_s_prices() -> None:
    """$50,000, 20,000, 20,000 and 10,000 become 30,000 three times and 10,000: two exchanges, one order."""
    plan = (order(STOCK, WORLD, "10000"), order(STOCK, BOND, "10000"))
    more = {"elections": (Election("90017734", "realign", PERCENTS),), "rules": REALIGN}
    later = start().at({STOCK: "112", WORLD: "46"})
    done = compared(plan, realign(later).at({STOCK: "115"}).statement(), **more)
    assert marks(done) == [Mark.DONE, Mark.DONE]
    left = compared(plan, later.at({STOCK: "115"}).statement(), **more)
    assert marks(left) == [Mark.NOT_DONE, Mark.NOT_DONE]
    half = later.exchange(STOCK, BOND, 10000)
    assert marks(compared(plan, half.statement(), **more)) == [Mark.NOT_DONE, Mark.DONE]


def test_percents_of_the_whole_count_only_where_the_account_takes_them() -> None:
    """The sheet has whole percents for every account: half of a small order is still half an order."""
    world = start().exchange(WORLD, BOND, 400)
    elections = (Election("90017734", "realign", ((STOCK, 50), (WORLD, 19), (BOND, 21), (STABLE, 10))),)
    found = compared((order(WORLD, BOND, "800"),), world.statement(), elections=elections)
    assert marks(found) == [Mark.PARTLY]


def test_the_later_step_of_an_equity_wash() -> None:
    wait = date(2027, 2, 20)
    today = order(STABLE, BOND, "8000")
    step = LaterExchange(wait, "90017734", BOND, MONEY, D(8000), "equity wash")

    def later(world: World, as_of: date) -> Mark:
        found = compared((today,), world.statement(as_of), later=(step,))
        assert marks(found) == [Mark.DONE]
        return found.later[0].mark

    moved = start().exchange(STABLE, BOND, 8000)
    through = moved.exchange(BOND, MONEY, 8000)
    assert later(moved.at(MARKETS), NEXT) is Mark.NOT_DUE
    assert later(moved.at(MARKETS), date(2027, 3, 31)) is Mark.NOT_DONE
    assert later(through.at(MARKETS), date(2027, 3, 31)) is Mark.DONE


def test_a_tick_on_the_later_step_is_taken_into_account() -> None:
    """The user's word says the step was made: an early statement cannot deny it, a later one can."""
    step = LaterExchange(date(2027, 2, 20), "90017734", BOND, MONEY, D(8000), "equity wash")
    made = checklist(Planned((order(STABLE, BOND, "8000"),), (step,)), start().statement(THEN))
    noted = made.with_later_tick(0, ChecklistTick(done=True, done_on=date(2027, 2, 22)))
    moved = start().exchange(STABLE, BOND, 8000)

    def found(known: Checklist, world: World, as_of: date) -> Reconciliation:
        result = reconcile(known, household(world.statement(as_of)), SIXTY_FORTY)
        assert result is not None
        return result

    early = found(noted, moved, NEXT)
    assert (early.later[0].mark, early.later[0].doubt) == (Mark.UNKNOWN, Doubt.TOO_EARLY)
    assert early.whole is not None
    assert found(made, moved, NEXT).later[0].mark is Mark.NOT_DUE
    denied = found(noted, moved, date(2027, 3, 31))
    assert denied.later[0].mark is Mark.NOT_DONE
    assert ticked_but_missing(noted, denied) == (1,)
    assert not denied.is_complete
    through = moved.exchange(BOND, MONEY, 8000)
    shown = found(made, through, date(2027, 3, 31))
    assert shown.is_complete
    assert shown_but_open(made, shown) == (0, 1)
    # the plan allowed it before the day the program thought of, and the statement shows it
    sooner = made.with_later_tick(0, ChecklistTick(done=True, done_on=date(2026, 12, 1)))
    assert found(sooner, through, NEXT).later[0].mark is Mark.DONE


def future(now: tuple[tuple[Fund, int], ...], *wanted: tuple[Fund, int]) -> FutureElection:
    return FutureElection(
        "90017734", D(900), 26, 6, NEXT, wanted, now, wanted, (), None, None, "brings bonds up"
    )


@pytest.mark.parametrize(
    ("came", "mark", "doubt"),
    [
        ({BOND: "1800"}, Mark.DONE, None),
        ({STOCK: "1260", BOND: "540"}, Mark.NOT_DONE, None),
        ({STOCK: "900", WORLD: "900"}, Mark.UNKNOWN, Doubt.MIXED),
        ({}, Mark.UNKNOWN, Doubt.NO_MONEY),
        ({BOND: "120"}, Mark.UNKNOWN, Doubt.NO_MONEY),  # a dividend is less than half a paycheck
    ],
)
def test_an_election_shows_in_what_contributions_bought(
    came: dict[Fund, str], mark: Mark, doubt: Doubt | None
) -> None:
    election = future(((STOCK, 70), (BOND, 30)), (BOND, 100))
    made = checklist(Planned(THREE[2:]), start().statement(THEN))
    pay = PaycheckPlan((election,), D(0), D(0), D(0), D(0), D(0))
    made = replace(made, plan=replace(made.plan, paychecks=pay), election_ticks=(made.ticks[0],))
    world = start().exchange(WORLD, STABLE, 1500).pay_in(came).at(MARKETS)
    found = reconcile(made, household(world.statement()), SIXTY_FORTY)
    assert found is not None
    assert (found.elections[0].mark, found.elections[0].doubt) == (mark, doubt)
    assert marks(found) == [Mark.DONE]


def test_twelve_orders_that_share_one_fund_are_told_apart_quickly() -> None:
    funds = [replace(BOND, key=f"F{i}", symbol=f"F{i}", name=f"Fund number {i}") for i in range(14)]
    world = replace(start(), prices={**start().prices, **{fund: D(10 + i) for i, fund in enumerate(funds)}})
    plan = [order(STOCK, fund, str(1000 + 137 * i)) for i, fund in enumerate(funds)]
    after = world
    for i, exchange in enumerate(plan):
        if i % 3:
            after = after.exchange(STOCK, exchange.target, exchange.amount)
    made = checklist(Planned(plan), world.statement(THEN))
    found = reconcile(made, household(after.at({STOCK: "104"}).statement()), SIXTY_FORTY)
    assert found is not None
    assert marks(found) == [Mark.DONE if i % 3 else Mark.NOT_DONE for i in range(14)]
