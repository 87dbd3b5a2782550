"""Every statement in a row: points, what was in force, what changed and why, and what happened between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation, ToleranceBand
from desktop_app.rebalance import measure_drift
from desktop_app.workflow.history import History, history_of, target_at
from desktop_app.workflow.history_changes import Change, change_between, drift_change
from desktop_app.workflow.history_marks import MarkKind, marks_of

D = Decimal
JAN, FEB, MAR, APR = (date(2026, month, 28) for month in (1, 2, 3, 4))
SIXTY_FORTY = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
EIGHTY_TWENTY = TargetAllocation.from_names({"stocks": "0.8", "fixed_income": "0.2"})
CLOSE = D("1e-20")


def fund(name: str, *parts: tuple[C, str], key: str = "") -> Fund:
    mix = AssetMix.of({leaf: D(weight) for leaf, weight in parts})
    return Fund(key or name.casefold(), name, mix, ClassifiedBy.NAME)


STOCKS = fund("Stock Fund", (C.US_LARGE, "1"))
BONDS = fund("Bond Fund", (C.US_BOND, "1"))
MIXED = fund("Balanced Fund", (C.US_LARGE, "0.6"), (C.US_BOND, "0.4"))


def row(of: Fund, value: str, units: str | None = None) -> StatementRow:
    return StatementRow(1, of, D(value), None if units is None else D(units))


def statement(day: date | None, *accounts: tuple[str, tuple[StatementRow, ...]], file: str = "") -> Statement:
    read = tuple(StatementAccount(name, name, rows) for name, rows in accounts)
    kind = None if day is None else AsOfKind.VALUATION
    return Statement(file or f"{day}.csv", "generic", day, kind, read, digest=f"{file}{day}")


def household(*statements: Statement, targets: tuple[TargetAllocation, ...] = ()) -> Household:
    return Household(statements=statements, targets=targets)


def two(old: tuple[StatementRow, ...], new: tuple[StatementRow, ...]) -> History:
    return history_of(
        household(statement(JAN, ("a", old)), statement(FEB, ("a", new)), targets=(SIXTY_FORTY,))
    )


def change(history: History) -> Change:
    return change_between(history.points[0], history.points[1])


# Points


def test_points_stand_in_the_order_of_days_whatever_the_order_of_import() -> None:
    history = history_of(
        household(
            statement(MAR, ("a", (row(STOCKS, "300"),))),
            statement(JAN, ("a", (row(STOCKS, "100"),))),
            statement(FEB, ("a", (row(STOCKS, "200"),))),
        )
    )
    assert [(point.day, point.total) for point in history.points] == [(JAN, 100), (FEB, 200), (MAR, 300)]


def test_an_account_without_a_newer_statement_is_carried_on() -> None:
    history = history_of(
        household(
            statement(JAN, ("a", (row(STOCKS, "100"),)), ("b", (row(BONDS, "50"),))),
            statement(FEB, ("a", (row(STOCKS, "200"),))),
        )
    )
    assert [point.total for point in history.points] == [150, 250]
    assert [point.carried for point in history.points] == [0, 1]


def test_an_account_counts_from_its_first_statement_on() -> None:
    history = history_of(
        household(
            statement(JAN, ("a", (row(STOCKS, "100"),))),
            statement(FEB, ("b", (row(BONDS, "50"),))),
        )
    )
    assert [point.total for point in history.points] == [100, 150]
    assert change(history) == Change(joined=D(50))


def test_of_two_statements_of_one_day_the_later_import_counts() -> None:
    history = history_of(
        household(
            statement(JAN, ("a", (row(STOCKS, "100"),)), file="first.csv"),
            statement(JAN, ("a", (row(STOCKS, "101"),)), file="second.csv"),
        )
    )
    assert [(point.total, point.files) for point in history.points] == [(101, ("first.csv", "second.csv"))]


def test_a_statement_without_a_day_stands_nowhere_and_is_named() -> None:
    history = history_of(household(statement(None, ("a", (row(STOCKS, "100"),)), file="pasted")))
    assert history == History((), ("pasted",))


def test_the_users_own_mix_holds_for_every_day() -> None:
    start = household(
        statement(JAN, ("a", (row(STOCKS, "100"),))), statement(FEB, ("a", (row(STOCKS, "120"),)))
    )
    history = history_of(replace(start, fund_mixes=((STOCKS.key, AssetMix.single(C.REIT)),)))
    assert [point.by_leaf for point in history.points] == [{C.REIT: 100}, {C.REIT: 120}]
    assert history.families == (ClassFamily.REAL_ESTATE,)


# What was in force


def test_the_target_is_the_one_in_force_on_the_day() -> None:
    first = replace(SIXTY_FORTY, since=JAN)
    second = replace(EIGHTY_TWENTY, since=MAR)
    assert target_at((first, second), JAN) == (first, False)
    assert target_at((first, second), MAR - timedelta(days=1)) == (first, False)
    assert target_at((first, second), MAR) == (second, False)


def test_before_the_first_target_it_is_assumed() -> None:
    first = replace(SIXTY_FORTY, since=FEB)
    assert target_at((first,), JAN) == (first, True)
    assert target_at((), JAN) == (None, False)


def test_a_temporary_target_gives_way_to_the_one_before() -> None:
    lasting = replace(SIXTY_FORTY, since=JAN)
    short = replace(EIGHTY_TWENTY, since=FEB, until=MAR)
    assert target_at((lasting, short), MAR) == (short, False)
    assert target_at((lasting, short), MAR + timedelta(days=1)) == (lasting, False)


def test_weight_target_and_band_of_a_class() -> None:
    point = two((row(STOCKS, "660"), row(BONDS, "340")), (row(STOCKS, "1"),)).points[0]
    standing = point.standing(C.STOCKS)
    assert standing is not None  # 5/25: the lesser of 5 points and a quarter of 60
    assert (standing.weight, standing.target, standing.low, standing.high) == (
        D("0.66"), D("0.6"), D("0.55"), D("0.65"),
    )  # fmt: skip
    assert standing.state == "outside"
    assert point.standing(C.US_LARGE) is None  # the target says nothing of it
    assert point.drift == D("0.06")


# What changed


def test_units_times_the_change_in_price_is_markets_and_the_rest_was_moved() -> None:
    # 10 units at 10, then 12 units at 11: the 10 gained 10, two were bought for 22
    assert change(two((row(STOCKS, "100", "10"),), (row(STOCKS, "132", "12"),))) == Change(
        markets=D(10), moved=D(22)
    )


def test_an_exchange_moves_money_but_adds_nothing() -> None:
    old = (row(STOCKS, "100", "10"), row(BONDS, "50", "5"))
    new = (row(STOCKS, "88", "8"), row(BONDS, "72", "7.2"))  # stocks now at 11, bonds still at 10
    assert change(two(old, new)) == Change(markets=D(10), moved=D(0))


def test_without_units_it_cannot_be_told() -> None:
    assert change(two((row(STOCKS, "100"),), (row(STOCKS, "132"),))) == Change(untold=D(32))
    assert change(two((row(STOCKS, "100", "10"),), (row(STOCKS, "132"),))) == Change(untold=D(32))


def test_a_fund_that_comes_was_bought_and_one_that_goes_was_sold() -> None:
    assert change(two((row(STOCKS, "100"),), (row(BONDS, "90"),))) == Change(moved=D(-10))


def test_a_fund_under_another_key_is_found_by_its_name_or_its_units() -> None:
    by_name = fund("Stock Fund", (C.US_LARGE, "1"), key="VTSAX")
    assert change(two((row(STOCKS, "100", "10"),), (row(by_name, "110", "10"),))) == Change(markets=D(10))
    by_units = fund("STK FD", (C.US_LARGE, "1"))
    assert change(two((row(STOCKS, "100", "10.125"),), (row(by_units, "110", "10.125"),))) == Change(
        markets=D(10)
    )


def test_a_split_of_shares_is_not_a_fall_of_the_market() -> None:
    assert change(two((row(STOCKS, "100", "10"),), (row(STOCKS, "104", "20"),))) == Change(untold=D(4))


def test_rows_of_one_fund_count_together() -> None:
    old = (row(STOCKS, "60", "6"), row(STOCKS, "40", "4"))  # two sources
    assert change(two(old, (row(STOCKS, "110", "10"),))) == Change(markets=D(10))


def test_drift_is_parted_into_markets_money_and_target() -> None:
    start = household(
        statement(JAN, ("a", (row(STOCKS, "600", "60"), row(BONDS, "400", "40")))),
        statement(FEB, ("a", (row(STOCKS, "1100", "60"), row(BONDS, "400", "40")))),  # markets
        statement(MAR, ("a", (row(STOCKS, "900", "49.0909"), row(BONDS, "600", "60")))),  # exchanged
        targets=(replace(SIXTY_FORTY, since=JAN), replace(EIGHTY_TWENTY, since=MAR)),
    )
    parts = drift_change(history_of(start).points)
    assert parts is not None
    assert (parts.start, parts.end) == (0, D("0.2"))
    # 1,100 of 1,500 is 13.3 points over 60; selling 200 brings it to 60; then 80 is wanted
    assert round(parts.markets, 6) == D("0.133333")
    assert round(parts.moved, 6) == D("-0.133333")
    assert round(parts.target, 6) == D("0.2")
    assert parts.untold == parts.joined == 0


def test_one_statement_has_no_change() -> None:
    points = history_of(household(statement(JAN, ("a", (row(STOCKS, "1"),))), targets=(SIXTY_FORTY,))).points
    assert drift_change(points) is None


# Properties

FUNDS = (
    STOCKS, BONDS, MIXED,
    fund("Abroad Fund", (C.INTL_DEVELOPED, "0.7"), (C.EMERGING, "0.3")),
    fund("Stable Fund", (C.STABLE_VALUE, "1")),
    fund("Mystery", (C.UNCLASSIFIED, "1")),
)  # fmt: skip
cents = st.integers(1, 50_000_000).map(lambda amount: D(amount) / 100)
units = st.none() | st.integers(1, 10_000_000).map(lambda amount: D(amount) / 1000)
rows = st.lists(
    st.builds(lambda of, value, held: StatementRow(1, of, value, held), st.sampled_from(FUNDS), cents, units),
    min_size=1,
    max_size=6,
)
accounts = st.dictionaries(st.sampled_from("abc"), rows, min_size=1, max_size=3)
targets = st.sampled_from(
    (
        SIXTY_FORTY,
        EIGHTY_TWENTY,
        TargetAllocation.from_names(
            {"us_large": "0.5", "intl_developed": "0.2", "us_bond": "0.3"}, {"short_term": "10000"}
        ),
        replace(
            TargetAllocation.from_names({"us_large": "0.7", "bonds": "0.3"}, {"stable_value": "2500.50"}),
            band=ToleranceBand(D("0.03"), D("0.2")),
        ),
    )
)
days = st.integers(0, 900).map(lambda days: date(2024, 1, 1) + timedelta(days=days))


@st.composite
def households(draw: st.DrawFn) -> Household:
    read = [
        statement(day, *((name, tuple(held)) for name, held in draw(accounts).items()), file=str(i))
        for i, day in enumerate(draw(st.lists(days, min_size=2, max_size=5)))
    ]
    versions = sorted(draw(st.lists(days, max_size=3)))
    return household(*read, targets=tuple(replace(draw(targets), since=day) for day in versions))


@settings(deadline=None)
@given(households())
def test_the_parts_of_every_change_add_to_the_cent(start: Household) -> None:
    points = history_of(start).points
    for before, after in pairwise(points):
        assert change_between(before, after).total == after.total - before.total


@settings(deadline=None)
@given(households())
def test_the_parts_of_drift_add_to_the_drift(start: Household) -> None:
    parts = drift_change(history_of(start).points)
    if parts is not None:
        told = parts.markets + parts.moved + parts.joined + parts.untold + parts.target
        assert abs(parts.start + told - parts.end) < CLOSE


@settings(deadline=None)
@given(households())
def test_classes_add_to_the_whole_and_the_last_point_is_the_present(start: Household) -> None:
    history = history_of(start)
    for point in history.points:
        assert sum(point.by_family.values()) == point.total
    assert history.points[-1].total == start.snapshot().total
    assert history.points[-1].by_leaf == start.snapshot().by_leaf()


@settings(deadline=None)
@given(households())
def test_history_judges_as_the_overview_does(start: Household) -> None:
    for point in history_of(start).points:
        if point.target is None:
            assert point.drift is None
            continue
        upto = replace(
            start, statements=tuple(s for s in start.statements if s.as_of and s.as_of <= point.day)
        )
        report = measure_drift(upto.snapshot(), point.target)
        assert abs(report.drift - point.drift) < CLOSE
        for judged in report.rows:
            standing = point.standing(judged.node)
            if judged.target is None:
                assert standing is None
                continue
            assert abs(standing.target - judged.target) < CLOSE
            assert abs(standing.high - standing.target - judged.band) < CLOSE


# What happened


def test_targets_are_marked_with_their_reason() -> None:
    start = household(
        targets=(
            replace(SIXTY_FORTY, since=JAN, reason="a start"),
            replace(EIGHTY_TWENTY, since=FEB, reason="typed wrong"),
            replace(SIXTY_FORTY, since=FEB, reason="thought again"),
        )
    )
    told = [(mark.day, mark.kind, mark.reason) for mark in marks_of(start, APR)]
    assert told == [
        (JAN, MarkKind.TARGET_SET, "a start"),
        (FEB, MarkKind.TARGET_CHANGED, "thought again"),
    ]


def test_a_temporary_target_is_marked_where_it_begins_and_where_it_is_over() -> None:
    lasting = replace(SIXTY_FORTY, since=JAN)
    short = replace(EIGHTY_TWENTY, since=FEB, until=MAR, reason="between jobs")
    told = [(mark.day, mark.kind) for mark in marks_of(household(targets=(lasting, short)), APR)]
    assert told == [
        (JAN, MarkKind.TARGET_SET),
        (FEB, MarkKind.TEMPORARY),
        (MAR + timedelta(days=1), MarkKind.TEMPORARY_OVER),
    ]
    assert marks_of(household(targets=(lasting, short)), MAR)[-1].kind is MarkKind.TEMPORARY
    replaced = household(targets=(lasting, short, replace(SIXTY_FORTY, since=MAR)))
    assert [mark.kind for mark in marks_of(replaced, APR)][-1] is MarkKind.TARGET_CHANGED


def test_exchanges_off_any_checklist_make_one_mark_a_day() -> None:
    def past(day: date, amount: str, source: str | None = "Stock Fund", **more: bool) -> PastExchange:
        return PastExchange("a", source, "Bond Fund", D(amount), day, **more)

    log = (past(FEB, "10.50"), past(FEB, "4.50"), past(MAR, "7", None), past(MAR, "9", automatic=True))
    (mark,) = marks_of(replace(household(), log=log), APR)
    assert (mark.day, mark.kind, mark.count, mark.dollars) == (FEB, MarkKind.EXCHANGED, 2, 15)


@pytest.mark.parametrize(("ticked", "kind"), [(1, MarkKind.PARTLY), (2, MarkKind.REBALANCED)])
def test_a_checklist_is_marked_on_the_day_of_its_last_tick(ticked: int, kind: MarkKind) -> None:
    from desktop_app.domain.checklist import ChecklistTick
    from desktop_app.workflow.desk import look
    from desktop_app.workflow.edits import tick_exchange
    from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish

    held = (row(STOCKS, "700", "70"), row(BONDS, "200", "20"), row(fund("Cash", (C.CASH, "1")), "100"))
    cash_too = TargetAllocation.from_names({"us_large": "0.5", "us_bond": "0.3", "cash": "0.2"})
    desk = look(household(statement(JAN, ("a", held)), targets=(cash_too,)), JAN)
    start = finish(desk, RebalanceFlow().plan(desk))
    assert len(start.checklists[-1].ticks) == 2
    assert marks_of(start, APR) == ()
    for i in range(ticked):
        start = tick_exchange(start, i, ChecklistTick(done=True, done_on=(FEB, MAR)[i]))
    (mark,) = marks_of(start, APR)
    assert (mark.day, mark.kind, mark.count, mark.whole) == ((FEB, MAR)[ticked - 1], kind, ticked, 2)


def test_cash_without_units_stands_at_a_dollar_each() -> None:
    cash = fund("Core cash", (C.MONEY_MARKET, "1"))
    assert change(two((row(cash, "100"),), (row(cash, "130"),))) == Change(moved=D(30))
    assert change(two((row(cash, "100", "100"),), (row(cash, "130"),))) == Change(moved=D(30))


def test_a_target_for_a_while_may_last_to_the_end_of_the_calendar() -> None:
    """The field of the window takes 31 December 9999; there is no day after it on which it would be over."""
    target = replace(SIXTY_FORTY, since=JAN, until=date.max)
    household = Household(statements=(statement(JAN, ("A", (row(STOCKS, "100"),))),), targets=(target,))
    (mark,) = marks_of(household, APR)
    assert mark.kind is MarkKind.TEMPORARY
    assert mark.until == date.max
