"""Numbers and dates as people read them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui import words

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "$0"),
        ("987.49", "$987"),
        ("987.50", "$988"),
        ("1234567.8", "$1,234,568"),
        ("-2473.6", "−$2,474"),
        ("-0.4", "$0"),
    ],
)
def test_dollars_to_look_at(amount, shown):
    assert words.dollars(Decimal(amount)) == shown


def test_dollars_to_act_on_have_cents():
    assert words.dollars_cents(Decimal("7391.04")) == "$7,391.04"
    assert words.dollars_cents(Decimal("-21855.005")) == "−$21,855.01"
    assert words.dollars(Decimal("1237.2"), plus=True) == "+$1,237"
    assert words.dollars(Decimal(0), plus=True) == "$0"


def test_percent_keeps_its_sign_on_the_same_line():
    assert words.percent(Decimal("0.386")) == f"38.6{NBSP}%"
    assert words.percent(Decimal("1.24"), 0) == f"124{NBSP}%"
    assert words.percent(Decimal("-0.2345")) == f"−23.5{NBSP}%"


def test_points_carry_plus_and_true_minus():
    assert words.points(Decimal("0.0621")) == "+6.2"
    assert words.points(Decimal("-0.0064")) == "−0.6"
    assert words.points(Decimal("0.0004")) == "0.0"
    assert words.plain_points(Decimal("0.05")) == "5.0"


def test_dates_and_their_age():
    assert words.day(date(2026, 9, 3)) == "3 Sep 2026"
    today = date(2026, 11, 22)
    assert words.age_days(date(2026, 9, 30), today) == "53 days old"
    assert words.age_days(date(2026, 11, 21), today) == "1 day old"
    assert words.age_days(today, today) == "today"
    assert words.age_days(date(2026, 11, 23), today) == "dated ahead"


def number(text: str) -> Decimal:
    return Decimal(text.removesuffix(f"{NBSP}%"))


def test_three_thirds_add_to_a_hundred():
    assert words.column_percents([Decimal(1), Decimal(1), Decimal(1)]) == [
        f"33.4{NBSP}%",
        f"33.3{NBSP}%",
        f"33.3{NBSP}%",
    ]


@given(
    st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=25).filter(any),
    st.integers(0, 2),
)
def test_a_shown_column_adds_to_a_hundred_and_none_is_off_by_a_step(values, digits):
    shown = [number(text) for text in words.column_percents(values, digits)]
    assert sum(shown) == 100
    step, total = Decimal(10) ** -digits, sum(values)
    for value, share in zip(values, shown, strict=True):
        assert abs(share - value / total * 100) < step


def test_an_empty_column_stays_zero():
    assert words.column_percents([Decimal(0), Decimal(0)]) == [f"0.0{NBSP}%"] * 2


def test_shown_dollars_add_to_their_shown_total():
    values = [Decimal("0.50"), Decimal("0.50"), Decimal("0.50"), Decimal("100.50")]
    shown = [int(text.removeprefix("$")) for text in words.column_dollars(values)]
    assert sum(shown) == 102


def test_an_amount_below_zero_is_shown_as_it_is():
    values = [Decimal("110.40"), Decimal("-10.40")]
    assert words.column_percents(values) == [f"110.4{NBSP}%", f"−10.4{NBSP}%"]
    assert words.column_dollars(values) == ["$110", "−$10"]


@pytest.mark.parametrize("share", ["1E+205", "-1E+205", "123456789012345678901234567890.25"])
def test_a_share_of_next_to_nothing_has_words(share):
    """A household of 1E-200 dollars, which a file may hold, is off target by that many times itself."""
    number = Decimal(share)
    digits = f"{abs(number) * 100:.0f}"
    assert words.plain_points(number).replace(",", "").lstrip("−").partition(".")[0] == digits
    assert words.percent(number).replace(",", "").lstrip("−").partition(".")[0] == digits
    assert words.points(number).replace(",", "").lstrip("−+").partition(".")[0] == digits
