"""Days as people write them; the table below is made up, the days are those the words say."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.importers import read_table_text
from desktop_app.importers.dates import settle
from desktop_app.importers.written_days import period_ends

TABLE = "Fund,Balance\nVernal 500 Index Fund,317.40\nVernal Bond Fund,88.15\n"
DAY = date(2025, 10, 17)


@pytest.mark.parametrize(
    "line",
    [
        "As of 17-Oct-25",
        "As of: 17 Oct 25",
        "as of 17OCT2025",
        "As of 17/Oct/2025",
        "As of Oct-17-25",
        "Oct. 17 '25",
        "As of Oct. 17 ’25",
        "as of 17 October '25",
        "As of the 17th of October 2025",
        "Balances effective 20251017",
        "effective 20251017",
        "As of 10172025",
        "As of 17102025",
        "as of close of business Friday, October 17, 2025",
        "17.10.2025",
        "Friday, 17.10.2025",
        "Stand: 17.10.25",
    ],
)
def test_a_day_is_read_however_it_is_written(line: str) -> None:
    statement = read_table_text(f'"{line}"\n{TABLE}', "page")
    assert statement.as_of == DAY
    assert [(account.id, str(account.total)) for account in statement.accounts] == [("page", "405.55")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Q3 2025", date(2025, 9, 30)),
        ("Q3 2025 statement", date(2025, 9, 30)),
        ("3Q25", date(2025, 9, 30)),
        ("Q1 '25", date(2025, 3, 31)),
        ("2024Q4", date(2024, 12, 31)),
        ("Second quarter 2025", date(2025, 6, 30)),
        ("4th Quarter, 2024", date(2024, 12, 31)),
        ("Statement for February 2024", date(2024, 2, 29)),
        ("Quarter ended September 2025", date(2025, 9, 30)),
    ],
)
def test_a_quarter_or_month_ends_on_its_last_day(line: str, day: date) -> None:
    statement = read_table_text(f'"{line}"\n{TABLE}', "page")
    assert statement.as_of == day
    assert [account.id for account in statement.accounts] == ["page"]  # a period is no account's name


@pytest.mark.parametrize(
    "line",
    [
        "As of 03042025x",
        "As of 04032025",  # April 3 or March 4
        "Q2 2025 compared with Q3 2025",
        "Q3 2025 projections",
        "Rates of return, Q3 2025",
        "Form 81, revised March 2024",
        "Call 1-800-555-1025",
    ],
)
def test_what_may_be_another_day_is_left_open(line: str) -> None:
    assert read_table_text(f'"{line}"\n{TABLE}', "page").as_of is None


def test_a_quarter_that_is_not_over_has_no_last_day_yet() -> None:
    assert period_ends("Q4 2025", date(2025, 11, 2)) == []
    assert [day for *_, day in period_ends("Q4 2025", date(2026, 1, 2))] == [date(2025, 12, 31)]


def test_two_days_that_stand_alone_tell_nothing() -> None:
    assert read_table_text(f"17.10.2025\n30.09.2025\n{TABLE}", "page").as_of is None


NAMES = list(calendar.month_name)[1:]


@given(
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.sampled_from(
        ["{d}-{m}-{y}", "{d} {M} {Y}", "{M} {d}, {Y}", "{m}. {d} '{y}", "{d}{m}{Y}", "{m}-{d}-{Y}"]
    ),
)
def test_every_day_reads_back(day: date, form: str) -> None:
    name = NAMES[day.month - 1]
    text = form.format(d=day.day, m=name[:3], M=name, y=f"{day:%y}", Y=day.year)
    assert day.isoformat() in settle(f"As of {text}", day_first=False)
