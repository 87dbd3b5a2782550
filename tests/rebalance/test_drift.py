"""Drift, bands, gauge and verdict against hand arithmetic."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, Verdict
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix
from desktop_app.domain.targets import TargetAllocation, ToleranceBand
from desktop_app.rebalance import measure_drift

C = AssetClass
SIXTY_FORTY = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})


def holding(leaf: AssetClass, value: str) -> Holding:
    mix = UNCLASSIFIED if leaf is C.UNCLASSIFIED else AssetMix.single(leaf)
    return Holding(Fund(leaf.value, leaf.value, mix, ClassifiedBy.NAME), Decimal(value))


def held(**values: str) -> Snapshot:
    return Snapshot((Account("k", "k", tuple(holding(C(leaf), value) for leaf, value in values.items())),))


def states(report) -> dict[str, str]:
    return {row.node.value: row.state.value for row in report.rows if row.state is not None}


def test_seventy_thirty_is_defensive_at_twice_the_band():
    report = measure_drift(held(us_large="70000", us_bond="30000"), SIXTY_FORTY)
    assert (report.verdict, report.gauge, report.decided_by) == (Verdict.DEFENSIVE, Decimal(2), C.STOCKS)
    assert report.drift == Decimal("0.1")
    assert report.misallocated == Decimal("10000.00")


@pytest.mark.parametrize(
    ("stock", "verdict"),
    [
        ("50000", Verdict.OFFENSIVE),
        ("55000", Verdict.OFFENSIVE),  # the edge counts
        ("55000.01", Verdict.HOLD),
        ("64999.99", Verdict.HOLD),
        ("65000", Verdict.DEFENSIVE),
    ],
)
def test_the_edge_of_the_band_counts(stock, verdict):
    bond = str(Decimal(100000) - Decimal(stock))
    assert measure_drift(held(us_large=stock, us_bond=bond), SIXTY_FORTY).verdict is verdict


def test_an_edge_that_no_division_hits_still_counts():
    # a third of 99.99 is 33.33, a quarter of it 8.3325: 41.6625 is the relative edge
    third = Decimal(1) / 3
    band = ToleranceBand(absolute=Decimal(1), floor=Decimal(0))
    target = TargetAllocation.of({C.STOCKS: third, C.FIXED_INCOME: 1 - third}, band=band)
    edge = third * Decimal("99.99") * Decimal("1.25")
    report = measure_drift(held(us_large=str(edge), us_bond=str(Decimal("99.99") - edge)), target)
    assert report.row(C.STOCKS).state is BandState.OUTSIDE


def test_five_twenty_five_flags_what_is_out():
    # 56/30/14 against 54/36/10: bond off by 4 ≥ 2.5, intl by 6 ≥ 5, US by 2 < 5
    target = TargetAllocation.from_names({"us_large": "0.54", "intl_developed": "0.36", "us_bond": "0.1"})
    report = measure_drift(held(us_large="56", intl_developed="30", us_bond="14"), target)
    assert report.row(C.US_LARGE).state is BandState.INSIDE
    assert report.row(C.INTL_DEVELOPED).state is BandState.OUTSIDE
    assert report.row(C.US_BOND).used == Decimal("1.6")
    quiet = measure_drift(held(us_large="54", intl_developed="35", us_bond="11"), target)
    assert "outside" not in states(quiet).values()


def test_parents_are_judged_by_what_their_children_add_to():
    # stocks 70 against 42 + 18 = 60
    target = TargetAllocation.from_names(
        {"us_large": "0.42", "intl_developed": "0.18", "us_bond": "0.3", "stable_value": "0.1"}
    )
    report = measure_drift(
        held(us_large="52000", intl_developed="18000", us_bond="24000", stable_value="6000"), target
    )
    assert report.row(C.STOCKS).drift == Decimal("0.1")
    assert report.verdict is Verdict.DEFENSIVE
    assert report.drift == Decimal("0.1")
    assert [row.node for row in report.rows] == [
        C.STOCKS,
        C.US_LARGE,
        C.INTL_DEVELOPED,
        C.FIXED_INCOME,
        C.BONDS,
        C.US_BOND,
        C.SHORT_TERM,
        C.STABLE_VALUE,
    ]


def test_a_class_out_inside_stocks_is_within():
    target = TargetAllocation.from_names({"us_large": "0.42", "intl_developed": "0.18", "us_bond": "0.4"})
    report = measure_drift(held(us_large="50", intl_developed="10", us_bond="40"), target)
    assert report.verdict is Verdict.WITHIN
    assert report.decided_by is C.INTL_DEVELOPED  # 8 of 4.5 points


def test_leaves_below_the_target_are_listed_but_not_judged():
    report = measure_drift(held(us_large="40", reit="20", us_bond="40"), SIXTY_FORTY)
    row = report.row(C.REIT)
    assert (row.target, row.used, row.state, row.weight) == (None, None, None, Decimal("0.2"))
    assert report.verdict is Verdict.HOLD


def test_a_group_with_a_bucket_inside_is_judged_whole():
    # 10,000 fixed, the rest 90,000 at 60/40: stocks 54,000, bonds 36,000, fixed income 46,000
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}, {"short_term": "10000"})
    report = measure_drift(held(us_large="54000", us_bond="26000", stable_value="20000"), target)
    assert report.row(C.FIXED_INCOME).target_value == Decimal(46000)
    assert report.row(C.FIXED_INCOME).drift == 0
    assert report.row(C.BONDS).drift_value == Decimal(-10000)
    assert report.row(C.SHORT_TERM).drift_value == Decimal(10000)
    assert report.row(C.SHORT_TERM).fixed
    assert not report.row(C.BONDS).fixed


def test_a_leaf_bucket_inside_stocks_counts_stocks_once():
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}, {"us_large": "10000"})
    report = measure_drift(held(us_large="40000", us_mid="24000", us_bond="36000"), target)
    assert report.row(C.STOCKS).target_value == Decimal(64000)
    assert report.row(C.STOCKS).drift == 0
    assert report.row(C.US_LARGE).drift_value == Decimal(30000)
    # cells: us_large +30,000, other stocks 24,000 against 54,000
    assert report.misallocated == Decimal("30000.00")


def test_a_leaf_bucket_gives_the_group_between_no_target_of_its_own():
    # 10,000 fixed in the money market, 90,000 at 60/40: fixed income 46,000, of which 36,000 anywhere
    # but in the money market; stable value is as good a place as bonds
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}, {"money_market": "10000"})
    report = measure_drift(held(us_large="54000", stable_value="36000", money_market="10000"), target)
    assert (report.misallocated, report.gauge, report.verdict) == (0, 0, Verdict.HOLD)
    assert report.row(C.SHORT_TERM) is None
    assert report.row(C.FIXED_INCOME).target_value == Decimal(46000)
    assert report.row(C.MONEY_MARKET).fixed
    assert report.row(C.STABLE_VALUE).target is None


def test_a_leaf_bucket_that_lacks_money_is_seen():
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}, {"money_market": "10000"})
    report = measure_drift(held(us_large="54000", stable_value="44000", money_market="2000"), target)
    # 8,000 below 10,000, a quarter of which is the band
    assert (report.verdict, report.decided_by) == (Verdict.WITHIN, C.MONEY_MARKET)
    assert report.gauge == Decimal("3.2")
    assert report.misallocated == Decimal("8000.00")


@given(
    st.dictionaries(
        st.sampled_from([C.US_LARGE, C.US_BOND, C.TIPS, C.STABLE_VALUE, C.MONEY_MARKET, C.CASH]),
        st.integers(0, 200_000),
        min_size=2,
    ),
    st.dictionaries(
        st.sampled_from([C.MONEY_MARKET, C.CASH, C.TIPS, C.SHORT_TERM, C.BONDS, C.US_LARGE]),
        st.integers(1, 30_000),
        max_size=2,
    ),
    st.sampled_from(
        [
            {"stocks": "0.6", "fixed_income": "0.4"},
            {"stocks": "0.6", "bonds": "0.3", "short_term": "0.1"},
            {"us_large": "0.5", "us_bond": "0.3", "tips": "0.1", "stable_value": "0.1"},
        ]
    ),
)
def test_a_mix_on_target_is_never_out_whatever_the_buckets(values, fixed, weights):
    overlaps = C.SHORT_TERM in fixed and (C.CASH in fixed or C.MONEY_MARKET in fixed)
    overlaps |= C.BONDS in fixed and C.TIPS in fixed
    total = Decimal(sum(values.values()))
    if overlaps or total <= sum(fixed.values()):
        return
    target = TargetAllocation.of(
        {C(name): Decimal(text) for name, text in weights.items()},
        {node: Decimal(amount) for node, amount in fixed.items()},
    )
    report = measure_drift(held(**{leaf.value: str(value) for leaf, value in values.items()}), target)
    if not report.misallocated:
        assert (report.gauge < Decimal("1e-6"), report.verdict) == (True, Verdict.HOLD)
    # filled cell by cell, the last leaf takes all
    filled = {cell.leaves[-1].value: str(cell.dollars) for cell in target.cells(total)}
    full = measure_drift(held(**filled), target)
    assert (full.gauge < Decimal("1e-6"), full.verdict, full.misallocated) == (True, Verdict.HOLD, 0)


def test_what_no_target_names_has_a_zero_target_and_the_absolute_band():
    report = measure_drift(held(us_large="58000", us_bond="40000", unclassified="2000"), SIXTY_FORTY)
    row = report.row(C.OTHER)
    assert (row.target, row.band, row.used) == (0, Decimal("0.05"), Decimal("0.4"))
    assert report.row(C.UNCLASSIFIED).target is None


def test_nothing_held_and_nothing_wanted_has_no_row():
    report = measure_drift(held(us_large="60", us_bond="40"), SIXTY_FORTY)
    assert [row.node for row in report.rows] == [C.STOCKS, C.US_LARGE, C.FIXED_INCOME, C.US_BOND]


def test_only_fixed_income_still_gives_a_verdict():
    target = TargetAllocation.from_names({"us_bond": "0.5", "stable_value": "0.5"})
    assert measure_drift(held(us_bond="60", stable_value="40"), target).verdict is Verdict.WITHIN
    with_stock = measure_drift(held(us_large="10", us_bond="45", stable_value="45"), target)
    assert with_stock.verdict is Verdict.DEFENSIVE


def test_an_empty_household_is_on_hold():
    report = measure_drift(Snapshot(()), SIXTY_FORTY)
    assert (report.verdict, report.gauge, report.rows, report.decided_by) == (Verdict.HOLD, 0, (), None)


def test_a_band_of_zero_still_has_a_reading():
    band = ToleranceBand(absolute=Decimal(0), floor=Decimal(0))
    target = TargetAllocation.of({C.STOCKS: Decimal("0.6"), C.FIXED_INCOME: Decimal("0.4")}, band=band)
    assert measure_drift(held(us_large="60", us_bond="40"), target).verdict is Verdict.HOLD
    assert measure_drift(held(us_large="61", us_bond="39"), target).verdict is Verdict.DEFENSIVE


money = st.decimals(min_value=0, max_value=10**7, places=2)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                leaf
                for leaf in AssetClass
                if leaf
                in (C.US_LARGE, C.REIT, C.EMERGING, C.US_BOND, C.TIPS, C.CASH, C.CRYPTO, C.UNCLASSIFIED)
            ]
        ),
        money,
        min_size=1,
    )
)
def test_gauge_verdict_and_weights_agree(values):
    snapshot = held(**{leaf.value: str(value) for leaf, value in values.items()})
    target = TargetAllocation.from_names(
        {"us_large": "0.4", "emerging": "0.2", "bonds": "0.3", "cash": "0.1"}
    )
    report = measure_drift(snapshot, target)
    assert (report.verdict is Verdict.HOLD) == (report.gauge < 1)
    if snapshot.total:
        tops = [row for row in report.rows if row.node in (C.STOCKS, C.FIXED_INCOME, C.OTHER)]
        assert abs(sum(row.weight for row in tops) - 1) < Decimal("1e-12")
        assert report.gauge == max(row.used for row in report.rows if row.used is not None)
        assert all(
            (abs(row.drift) >= row.band) == (row.state is BandState.OUTSIDE)
            for row in report.rows
            if row.band is not None and abs(abs(row.drift) - row.band) > Decimal("1e-20")
        )


def test_twelve_funds_are_judged_in_a_millisecond():
    mix = AssetMix.from_names({"us_large": "0.5", "us_bond": "0.3", "intl_developed": "0.2"})
    funds = [Fund(str(i), str(i), mix, ClassifiedBy.NAME) for i in range(12)]
    snapshot = Snapshot((Account("k", "k", tuple(Holding(fund, Decimal("1234.56")) for fund in funds)),))
    target = TargetAllocation.from_names(
        {"us_large": "0.4", "intl_developed": "0.1", "us_bond": "0.3", "tips": "0.2"}, {"short_term": "4000"}
    )
    best = min(_seconds(lambda: measure_drift(snapshot, target)) for _ in range(50))
    assert best < 0.001


def _seconds(job) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
