"""Crises: the eight, what a mix lost in them, and both sides of rebalancing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.outlook.crises import Crisis, calendar_years, crises
from desktop_app.outlook.errors import PeriodError
from desktop_app.outlook.returns import Series, monthly_returns
from desktop_app.outlook.stand_ins import series_mix, two_part_mix

SIXTY = series_mix(two_part_mix(Decimal("0.6")))


def named(name: str, stocks: str = "0.6") -> Crisis:
    return next(c for c in crises(series_mix(two_part_mix(Decimal(stocks)))) if c.name == name)


def test_the_eight_stand_in_order() -> None:
    assert [crisis.name for crisis in crises(SIXTY)] == [
        "1929–32", "1937–38", "1973–74", "1987", "Dot-Com", "Great Recession", "COVID", "2022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "peak", "trough"),
    [
        ("1929–32", "1929-09", "1932-06"),
        ("1987", "1987-08", "1987-12"),
        ("COVID", "2020-02", "2020-03"),
    ],
)
def test_stocks_alone_are_the_product_of_their_months(name: str, peak: str, trough: str) -> None:
    crisis = named(name, stocks="1")
    table = monthly_returns()
    value = 1.0
    for each in table.series[Series.STOCKS][table.index(peak) + 1 : table.index(trough) + 1]:
        value *= 1 + each
    assert (crisis.fall.peak, crisis.fall.trough) == (peak, trough)
    assert crisis.fall.loss == pytest.approx(value - 1, abs=1e-12)
    assert crisis.untouched == pytest.approx(crisis.fall.loss, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "loss", "shallower"),
    # published for month-end prices, 60/40 rebalanced each December; month averages are shallower
    [("1929–32", -0.616, 0.03), ("Dot-Com", -0.192, 0.03), ("Great Recession", -0.260, 0.03),
     ("COVID", -0.086, 0.01), ("2022", -0.216, 0.03)],
)  # fmt: skip
def test_falls_have_the_shape_of_month_end_figures(name: str, loss: float, shallower: float) -> None:
    assert loss - 0.005 <= named(name).fall.loss <= loss + shallower


def test_rebalancing_deepened_1929_and_its_absence_deepened_the_rest() -> None:
    """A 60/40 left alone for ten years met the Dot-Com peak near 79 % stocks."""
    great = named("1929–32")
    assert great.untouched - great.fall.loss > 0.10
    dot_com = named("Dot-Com")
    assert dot_com.alone is not None
    assert dot_com.alone.since == "1990-08"
    assert dot_com.alone.stocks == pytest.approx(0.79, abs=0.01)
    assert dot_com.fall.loss - dot_com.alone.fall.loss > 0.08


def test_left_alone_by_hand() -> None:
    """The drift is the growth of each side over the ten years before the peak."""
    crisis = named("COVID")
    assert crisis.alone is not None
    table = monthly_returns()
    sides = {Series.STOCKS: 0.6, Series.BONDS: 0.4}
    for name in sides:
        for each in table.series[name][table.index("2010-03") : table.index("2020-02") + 1]:
            sides[name] *= 1 + each
    assert crisis.alone.since == "2010-02"
    assert crisis.alone.stocks == pytest.approx(sides[Series.STOCKS] / sum(sides.values()), abs=1e-12)


def test_recovery_is_counted_from_the_trough_and_may_be_missing() -> None:
    """On month-end prices: Great Recession back in 2010-04, fourteen months after the trough."""
    assert named("Great Recession").months_to_recover in range(12, 16)
    assert named("2022").months_to_recover is None
    assert named("1929–32").months_to_recover in range(45, 55)


def test_what_never_falls_has_no_loss() -> None:
    cash = crises(series_mix({AssetClass.CASH: Decimal(1)}))
    assert {(crisis.fall.loss, crisis.months_to_recover) for crisis in cash} == {(0.0, 0)}
    assert all(crisis.alone and crisis.alone.stocks == 0 for crisis in cash)


def test_years_on_year_end_prices_are_the_published_ones() -> None:
    """60/40 of the S&P 500 and the 10-year Treasury: 0.6 S + 0.4 B on Damodaran's table."""
    years = (1931, 1937, 1974, 2002, 2008, 2022, 2023)
    found = calendar_years(SIXTY, years)
    assert [round(each.value * 100, 2) for each in found] == [
        -27.33, -20.65, -14.75, -7.13, -13.89, -17.95, 17.19,
    ]  # fmt: skip


def test_a_fall_is_the_deepest_inside_the_months_of_its_crisis() -> None:
    """Bonds stood higher in 1987-01 and 2020-07, long before: those are no part of what people remember."""
    for crisis in crises(series_mix(two_part_mix(Decimal(0)))):
        first, last = crisis.window
        assert first <= crisis.fall.peak <= crisis.fall.trough <= last
    table, value, high = monthly_returns(), 1.0, 1.0
    for month, change in zip(table.periods, table.series[Series.BONDS], strict=True):
        value *= 1 + change
        if "2021-11" <= month <= "2022-12":
            high = max(high, value) if month > "2021-11" else value
            assert value / high - 1 >= named("2022", "0").fall.loss - 1e-12
    assert named("2022", "0").fall.loss == pytest.approx(-0.168, abs=0.02)  # month ends 2021-12 to 2022-09


def test_crises_before_a_month_are_left_out() -> None:
    assert [crisis.name for crisis in crises(SIXTY, "1999-01")] == [
        "Dot-Com", "Great Recession", "COVID", "2022",
    ]  # fmt: skip
    with pytest.raises(PeriodError):
        crises(SIXTY, "2030-01")
