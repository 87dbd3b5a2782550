"""The tables that ship are whole and say what their sources published."""

from __future__ import annotations

from decimal import Decimal
from math import prod

import pytest

from desktop_app.domain.classes import LEAVES, AssetClass, walk
from desktop_app.domain.errors import OverlappingTargetsError
from desktop_app.domain.language import use_translation
from desktop_app.outlook.errors import MixTotalError, NegativeShareError, PeriodError
from desktop_app.outlook.returns import Series, annual_returns, monthly_returns
from desktop_app.outlook.stand_ins import series_mix, stand_in

C = AssetClass


def test_months_follow_each_other_without_a_gap() -> None:
    table = monthly_returns()
    assert table.span == ("1871-02", "2023-06")
    numbers = [int(month[:4]) * 12 + int(month[5:]) for month in table.periods]
    assert numbers == list(range(numbers[0], numbers[0] + len(table)))
    assert {len(column) for column in table.series.values()} == {1829}


@pytest.mark.parametrize(
    ("year", "percent"),
    [(1931, -43.8), (1937, -35.3), (1974, -25.9), (2002, -22.0), (2008, -36.6), (2022, -18.0), (2023, 26.1)],
)
def test_years_of_the_s_and_p_500_are_the_published_ones(year: int, percent: float) -> None:
    table = annual_returns()
    assert round(table.series[Series.STOCKS][table.index(str(year))] * 100, 1) == percent


def test_a_year_of_monthly_bills_is_the_published_year() -> None:
    table, years = monthly_returns(), annual_returns()
    start = table.index("1981-01")
    growth = prod(1 + each for each in table.series[Series.BILLS][start : start + 12])
    assert growth == pytest.approx(1 + years.series[Series.BILLS][years.index("1981")], rel=1e-12)


def test_before_bills_are_known_the_treasury_stands_in_and_that_is_said() -> None:
    table = monthly_returns()
    last = table.index("1927-12")
    assert table.series[Series.BILLS][: last + 1] == table.series[Series.BONDS][: last + 1]
    assert "before 1928" in stand_in(C.CASH).words


def test_every_class_has_a_series_and_only_large_us_stocks_are_exact() -> None:
    found = {node: stand_in(node) for node in walk()}
    assert [node for node, item in found.items() if item.is_exact] == [C.US_LARGE]
    assert {item.series for item in found.values()} == {Series.STOCKS, Series.BONDS, Series.BILLS}
    assert all(item.words for item in found.values())
    assert "no history" in found[C.CRYPTO].words
    assert {stand_in(leaf).series for leaf in LEAVES if leaf in (C.STABLE_VALUE, C.CASH)} == {Series.BILLS}


def test_a_mix_over_the_tree_becomes_series() -> None:
    mix = series_mix(
        {
            C.EMERGING: Decimal("0.2"),
            C.US_LARGE: Decimal("0.3"),
            C.BONDS: Decimal("0.4"),
            C.CASH: Decimal("0.1"),
        }
    )
    assert mix.weights == (
        (Series.STOCKS, Decimal("0.5")), (Series.BONDS, Decimal("0.4")), (Series.BILLS, Decimal("0.1")),
    )  # fmt: skip
    assert [item.node for item in mix.stand_ins] == [C.US_LARGE, C.EMERGING, C.BONDS, C.CASH]


def test_a_wrong_mix_is_refused_in_words() -> None:
    with pytest.raises(MixTotalError, match="90 %"):
        series_mix({C.STOCKS: Decimal("0.9")})
    with pytest.raises(NegativeShareError, match="bonds is -50 %"):
        series_mix({C.STOCKS: Decimal("1.5"), C.BONDS: Decimal("-0.5")})
    with pytest.raises(OverlappingTargetsError):
        series_mix({C.STOCKS: Decimal("0.5"), C.US_LARGE: Decimal("0.5")})


def test_a_month_the_table_does_not_have_is_named() -> None:
    with pytest.raises(PeriodError, match=r"1870-01.*1871-02 to 2023-06"):
        monthly_returns().since("1870-01")


def test_a_mix_kept_from_another_language_is_the_same_mix_and_speaks_the_new_one() -> None:
    kept = series_mix({C.CASH: Decimal(1)})
    plain = kept.stand_ins[0].words
    use_translation(lambda _context, text: text.upper())
    try:
        assert kept.stand_ins[0].words == plain.upper()
        assert series_mix({C.CASH: Decimal(1)}) == kept
    finally:
        use_translation(None)
    assert kept.stand_ins[0].words == plain
