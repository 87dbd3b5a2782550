"""When the next check is: calendar rules, threshold rules, both, and what counts as a look."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.schedule import (
    CheckCause,
    CheckKind,
    CheckSchedule,
    LookEvery,
    ScheduleError,
    YearDay,
    add_months,
)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("last", "months", "following"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
    ],
)
def test_a_day_the_month_does_not_have_becomes_its_last(last, months, following):
    assert add_months(last, months) == following
    assert CheckSchedule(months, start=last).next_after(last) == following


def test_a_clamped_day_does_not_pull_the_later_ones_along():
    monthly = CheckSchedule(1, start=date(2027, 1, 31))
    seen = [date(2027, 1, 30)]
    while len(seen) < 6:
        seen.append(monthly.next_after(seen[-1]))
    assert seen[1:] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
        date(2027, 5, 31),
    ]


@pytest.mark.parametrize(
    ("months", "today", "following"),
    [
        (12, date(2026, 11, 22), date(2026, 12, 31)),
        (12, date(2026, 12, 31), date(2027, 12, 31)),
        (6, date(2026, 1, 1), date(2026, 6, 30)),
        (3, date(2026, 3, 31), date(2026, 6, 30)),
        (3, date(2026, 2, 1), date(2026, 3, 31)),
        (1, date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_without_a_start_checks_are_at_month_ends(months, today, following):
    assert CheckSchedule(months).next_after(today) == following


def test_own_days_of_the_year():
    own = CheckSchedule(days=(YearDay(7, 15), YearDay(1, 31)))
    assert own.next_after(date(2026, 1, 30)) == date(2026, 1, 31)
    assert own.next_after(date(2026, 1, 31)) == date(2026, 7, 15)
    assert own.next_after(date(2026, 7, 15)) == date(2027, 1, 31)


def test_29_february_is_the_last_of_february_in_other_years():
    own = CheckSchedule(days=(YearDay(2, 29),))
    assert own.next_after(date(2026, 3, 1)) == date(2027, 2, 28)
    assert own.next_after(date(2027, 2, 28)) == date(2028, 2, 29)


@given(
    today=days,
    start=days,
    months=st.integers(1, 40),
)
def test_every_n_months_is_the_first_of_the_row_after_today(today, start, months):
    """Checked by walking the whole row from its first day."""
    walked, n = start, 0
    while walked <= today:
        n += 1
        walked = add_months(start, n * months)
    assert CheckSchedule(months, start=start).next_after(today) == walked


@given(
    today=days,
    own=st.sets(st.tuples(st.integers(1, 12), st.integers(1, 28)), min_size=1, max_size=4),
)
def test_own_days_are_found_as_by_counting_days(today, own):
    day = today + timedelta(days=1)
    while (day.month, day.day) not in own:
        day += timedelta(days=1)
    assert CheckSchedule(days=tuple(YearDay(*each) for each in own)).next_after(today) == day


@pytest.mark.parametrize(
    ("looked_on", "day", "is_due"),
    [
        (date(2025, 9, 30), date(2025, 12, 31), True),  # nobody looked at the end of the year
        (date(2025, 12, 24), date(2026, 12, 31), False),  # a week early is that day's check
        (date(2025, 12, 23), date(2025, 12, 31), True),
        (date(2026, 1, 3), date(2026, 12, 31), False),
        (None, date(2026, 12, 31), False),
    ],
)
def test_a_day_of_the_calendar_that_has_come_stays_due_until_one_looks(looked_on, day, is_due):
    found = CheckSchedule().next_check(date(2026, 1, 12), looked_on)
    assert found == (day, CheckCause.CALENDAR, is_due)


def test_a_check_is_due_on_its_own_day():
    assert CheckSchedule().next_check(date(2026, 12, 31), date(2026, 9, 30)).is_due
    assert not CheckSchedule().next_check(date(2026, 12, 30), date(2026, 9, 30)).is_due


@pytest.mark.parametrize(
    ("every", "following"),
    [
        (LookEvery.TWO_WEEKS, date(2026, 2, 14)),
        (LookEvery.MONTH, date(2026, 2, 28)),
        (LookEvery.QUARTER, date(2026, 4, 30)),
    ],
)
def test_a_threshold_rule_looks_so_long_after_the_last_look(every, following):
    rule = CheckSchedule(kind=CheckKind.THRESHOLD, every=every)
    assert rule.next_check(date(2026, 2, 1), date(2026, 1, 31)) == (following, CheckCause.LOOK, False)
    assert rule.next_check(following, date(2026, 1, 31)) == (following, CheckCause.LOOK, True)


def test_with_both_the_earlier_comes_first():
    both = CheckSchedule(kind=CheckKind.EITHER, every=LookEvery.QUARTER)
    assert both.next_check(date(2026, 11, 22), date(2026, 11, 22)).cause is CheckCause.CALENDAR
    assert both.next_check(date(2026, 5, 2), date(2026, 5, 2)) == (date(2026, 8, 2), CheckCause.LOOK, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": 0},
        {"months": 5},
        {"months": 121, "start": date(2026, 1, 1)},
        {"days": (YearDay(2, 30),)},
        {"days": (YearDay(13, 1),)},
        {"days": (YearDay(4, 0),)},
    ],
)
def test_days_there_are_not_are_refused(wrong):
    with pytest.raises(ScheduleError, match="cannot be used"):
        CheckSchedule(**wrong)
