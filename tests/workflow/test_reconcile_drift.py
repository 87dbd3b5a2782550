"""The new drift taken apart: the parts add exactly, and are those a simulation knows to be true."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import to_cents
from desktop_app.domain.reconciliation import Cause, DriftParts, Mark
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import measure_drift
from desktop_app.workflow.reconcile import reconcile

from .reconcile_world import (
    BOND,
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
FUNDS = (STOCK, WORLD, BOND, TIPS, STABLE)
LEAF_BY_LEAF = TargetAllocation.from_names(
    {"us_large": "0.5", "intl_developed": "0.2", "us_bond": "0.3"}, {"short_term": "10000"}
)
TARGETS = (SIXTY_FORTY, LEAF_BY_LEAF)


def parts_of(found: DriftParts) -> dict[Cause, Decimal]:
    return {part.cause: part.dollars for part in found.parts if part.dollars}


def stocks_and_bonds(world: World) -> tuple[Decimal, Decimal]:
    """Return dollars in stocks and in all else, the long way round."""
    held = {fund: units * world.prices[fund] for fund, units in world.units.items()}
    stocks = held.get(STOCK, D(0)) + held.get(WORLD, D(0))
    return stocks, sum(held.values()) - stocks


def off_target(world: World) -> Decimal:
    """Return the dollars to move to 60/40."""
    stocks, rest = stocks_and_bonds(world)
    return abs(stocks - D("0.6") * (stocks + rest))


def test_one_order_left_undone_in_a_rising_market() -> None:
    """Worked by hand: $100,000, 70/30; the plan moves 10,000 and brings 60/40, no drift.

    Nothing was done: drift 10,000. $2,000 came into bonds: 70,000 of 102,000, drift 8,800, so money took
    1,200 away. Stocks then rose by a tenth: 77,000 of 109,000, drift 11,600: markets added 2,800.
    """
    plan = (order(STOCK, BOND, "10000"),)
    world = start().pay_in({TIPS: "2000"}).at({STOCK: "110", WORLD: "55"})
    found = reconcile(
        checklist(Planned(plan), start().statement(THEN)), household(world.statement()), SIXTY_FORTY
    )
    assert found is not None
    assert found.whole is not None
    assert parts_of(found.whole) == {Cause.UNDONE: D(10000), Cause.MONEY: D(-1200), Cause.MARKETS: D(2800)}
    assert found.whole.dollars == D(11600)
    assert found.whole.points == D("0.106422018349")  # 11,600 of 109,000
    stocks = next(each for each in found.classes if each.node is C.STOCKS)
    assert parts_of(stocks) == parts_of(found.whole)


def test_orders_no_statement_shows_yet_stand_apart() -> None:
    ira = World({STOCK: D(100)}, start().prices, "5566")
    plan = (order(STOCK, BOND, "10000"), order(STOCK, BOND, "6000", "5566"))
    made = checklist(Planned(plan), start().statement(THEN), ira.statement(THEN))
    world = start().exchange(STOCK, BOND, 10000)
    found = reconcile(made, household(world.statement(), ira.statement(THEN)), SIXTY_FORTY)
    assert found is not None
    assert found.whole is not None
    # all done: 64,000 of 110,000, drift 2,000 below; without the IRA's order 70,000: 4,000 above
    assert parts_of(found.whole) == {Cause.PLAN: D(2000), Cause.UNSEEN: D(2000)}
    stocks = next(each for each in found.classes if each.node is C.STOCKS)
    assert parts_of(stocks) == {Cause.PLAN: D(-2000), Cause.UNSEEN: D(6000)}


def test_what_was_sold_beyond_the_order_is_named() -> None:
    plan = (order(STOCK, BOND, "10000"),)
    world = start().exchange(STOCK, BOND, 12000)
    found = reconcile(
        checklist(Planned(plan), start().statement(THEN)), household(world.statement()), SIXTY_FORTY
    )
    assert found is not None
    assert found.whole is not None
    assert found.exchanges[0].mark is Mark.DONE
    assert parts_of(found.whole) == {Cause.BEYOND: D(2000)}


def test_an_order_at_another_day_s_price_is_the_markets_doing() -> None:
    plan = (order(STOCK, BOND, "10000"),)
    world = start().at({STOCK: "106"}).exchange(STOCK, BOND, 10000).at({STOCK: "108"})
    found = reconcile(
        checklist(Planned(plan), start().statement(THEN)), household(world.statement()), SIXTY_FORTY
    )
    assert found is not None
    assert found.whole is not None
    assert set(parts_of(found.whole)) == {Cause.MARKETS}


@st.composite
def truths(draw: st.DrawFn) -> tuple[tuple[bool, ...], dict[Fund, str], dict[Fund, str]]:
    done = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    pay = draw(st.integers(-900, 4000).map(lambda dollars: {TIPS: str(max(dollars, 0))}))
    prices = {
        fund: str(start().prices[fund] * draw(st.integers(80, 125)) / 100)
        for fund in (STOCK, WORLD, BOND, TIPS)
    }
    return done, pay, prices


@given(truths())
def test_the_parts_are_those_of_a_simulation(truth) -> None:
    """Orders, then money, then prices are played one after the other; each step's drift is summed by hand."""
    done, pay, prices = truth
    plan = (order(STOCK, BOND, "6000"), order(WORLD, BOND, "2500"), order(WORLD, STABLE, "1500"))
    first = start().pay_in({TIPS: "1000"})
    all_done = ordered = first
    for exchange, is_done in zip(plan, done, strict=True):
        all_done = all_done.exchange(exchange.source, exchange.target, exchange.amount)
        if is_done:
            ordered = ordered.exchange(exchange.source, exchange.target, exchange.amount)
    paid = ordered.pay_in(pay)
    now = paid.at(prices)
    found = reconcile(
        checklist(Planned(plan), first.statement(THEN)), household(now.statement()), SIXTY_FORTY
    )
    assert found is not None
    assert found.whole is not None
    assert [finding.mark is Mark.DONE for finding in found.exchanges] == list(done)
    steps = [off_target(world) for world in (all_done, ordered, paid, now)]
    said = {part.cause: part.dollars for part in found.whole.parts}
    cents = D("0.03")  # every holding of a statement is rounded to its cent
    assert said[Cause.PLAN] == pytest.approx(steps[0], abs=cents)
    assert said[Cause.UNDONE] == pytest.approx(steps[1] - steps[0], abs=cents)
    assert said[Cause.MONEY] == pytest.approx(steps[2] - steps[1], abs=cents)
    assert said[Cause.MARKETS] == pytest.approx(steps[3] - steps[2], abs=cents)
    assert said[Cause.UNSEEN] == said[Cause.BEYOND] == 0


dollars = st.decimals(0, 60000, places=2)
prices_ = st.decimals("0.05", 400, places=2)


@st.composite
def accounts(draw: st.DrawFn, account_id: str, as_of) -> Account:
    """Return an account that holds anything, with and without units and prices."""
    held = draw(st.lists(st.sampled_from(FUNDS), unique=True, max_size=5))
    rows = []
    for fund in held:
        units, price = draw(st.one_of(st.none(), dollars)), draw(st.one_of(st.none(), prices_))
        value = to_cents(units * price) if units is not None and price is not None else draw(dollars)
        rows.append(Holding(fund, value, units, price))
    return Account(account_id, account_id, tuple(rows), as_of)


exchanges = st.builds(
    lambda source, target, amount, account: order(source, target, str(amount), account),
    st.one_of(st.none(), st.sampled_from(FUNDS)),
    st.sampled_from(FUNDS),
    st.decimals("0.01", 20000, places=2),
    st.sampled_from(("A", "B")),
).filter(lambda exchange: exchange.source is not exchange.target)


@given(
    accounts("A", THEN),
    accounts("B", THEN),
    accounts("A", NEXT),
    st.one_of(st.none(), accounts("B", NEXT), accounts("C", NEXT)),
    st.lists(exchanges, max_size=5),
    st.sampled_from(TARGETS),
)
def test_the_parts_add_exactly_whatever_the_statements_say(a, b, new_a, other, plan, target) -> None:
    made = checklist(Planned(plan), a, b)
    after = Snapshot((new_a, *([] if other is None else [other])))
    found = reconcile(made, after, target)
    assert found is not None
    for finding in found.exchanges:
        assert 0 <= finding.seen <= finding.ordered
        assert (finding.doubt is not None) is (finding.mark is Mark.UNKNOWN)
    if found.whole is None:
        assert after.total <= 0
        return
    for each in (found.whole, *found.classes):
        assert [part.cause for part in each.parts] == list(Cause)
        assert sum(part.dollars for part in each.parts) == each.dollars
        assert sum(part.points for part in each.parts) == each.points
    # the whole is what the overview says, from the same statements by another road
    report = measure_drift(after, target)
    assert found.whole.dollars == report.misallocated
    assert found.whole.points == report.drift.quantize(D("1E-12"))
    for each in found.classes:
        row = report.row(each.node)
        if row is not None and row.drift_value is not None and not row.fixed:
            assert each.dollars == to_cents(row.drift_value)


def test_a_target_of_today_is_what_counts() -> None:
    plan = (order(STOCK, BOND, "10000"),)
    world = start().exchange(STOCK, BOND, 10000)
    seventy = TargetAllocation.from_names({"stocks": "0.7", "fixed_income": "0.3"})
    made = checklist(Planned(plan), start().statement(THEN))
    found = reconcile(made, household(replace(world.statement())), seventy)
    assert found is not None
    assert found.whole is not None
    assert parts_of(found.whole) == {Cause.PLAN: D(10000)}
