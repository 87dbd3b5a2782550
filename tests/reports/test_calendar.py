"""The reminders: checked against the rules of RFC 5545 that calendars insist on."""

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import ClassDrift, DriftReport, Verdict
from desktop_app.domain.schedule import CheckCause, CheckKind, CheckSchedule, LookEvery, NextCheck, YearDay
from desktop_app.domain.waiting import Waiting
from desktop_app.reports import Reminder, check_reminders, coming, next_day, reminder_ics
from tests.effort import tries

from .examples import CORE, STOCK, TODAY, birch, with_election

DAY = date(2026, 12, 31)


def ics(
    name: str = "Birch household", why: str = "Yearly check", day: date = DAY, repeats: str = ""
) -> bytes:
    return reminder_ics([Reminder("calendar", day, "Check the mix", why, repeats)], name)


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def values_of(data: bytes, name: str) -> list[str]:
    return [line.split(":", 1)[1] for line in unfolded(data) if line.split(":")[0].split(";")[0] == name]


def value_of(data: bytes, name: str) -> str:
    return values_of(data, name)[0]


def test_event_is_complete_and_lasts_the_whole_day() -> None:
    data = ics()
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert value_of(data, "SUMMARY") == "Check the mix: Birch household"
    assert value_of(data, "DESCRIPTION") == "Yearly check"
    assert re.fullmatch(r"\d{8}T\d{6}Z", value_of(data, "DTSTAMP"))
    begun = [line.removeprefix("BEGIN:") for line in lines if line.startswith("BEGIN:")]
    ended = [line.removeprefix("END:") for line in lines if line.startswith("END:")]
    assert begun == list(reversed(ended)) == ["VCALENDAR", "VEVENT", "VALARM"]


def test_same_reminder_has_the_same_identity() -> None:
    first = value_of(ics(why="a"), "UID")
    assert first == value_of(ics(why="b"), "UID")
    assert first != value_of(ics(day=date(2027, 12, 31)), "UID")


def test_a_row_of_checks_keeps_its_identity_when_it_is_exported_again_later() -> None:
    """Importing the file twice leaves one row in the calendar."""
    first = value_of(ics(repeats="FREQ=YEARLY"), "UID")
    assert first == value_of(ics(day=date(2027, 12, 31), repeats="FREQ=YEARLY"), "UID")
    assert first != value_of(ics("Elm household", repeats="FREQ=YEARLY"), "UID")


def test_signs_with_a_meaning_are_escaped() -> None:
    data = ics("B;i,r\\ch", "one\r\nBEGIN:VEVENT\ntwo")
    assert value_of(data, "SUMMARY") == "Check the mix: B\\;i\\,r\\\\ch"
    assert value_of(data, "DESCRIPTION") == "one\\nBEGIN:VEVENT\\ntwo"
    assert unfolded(data).count("BEGIN:VEVENT") == 1


def test_long_lines_are_folded_between_characters() -> None:
    why = "Größe € 見直し " * 30
    data = ics(why=why)
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert value_of(data, "DESCRIPTION") == why.strip()


REPORT = DriftReport(
    total=Decimal(100_000),
    rows=(
        ClassDrift(
            AssetClass.STOCKS,
            Decimal(70_000),
            Decimal("0.7"),
            Decimal("0.6"),
            Decimal(60_000),
            Decimal("0.1"),
            Decimal("0.05"),
            Decimal(2),
        ),
    ),
    gauge=Decimal(2),
    decided_by=AssetClass.STOCKS,
    verdict=Verdict.DEFENSIVE,
    drift=Decimal("0.1"),
    misallocated=Decimal(10_000),
)


def test_the_reason_is_verdict_drift_and_what_to_do() -> None:
    [reminder] = check_reminders(CheckSchedule(), TODAY, REPORT)
    assert reminder.day == DAY
    verdict, how = reminder.why.splitlines()[1:]
    assert reminder.why.startswith("Yearly check.\n")
    assert verdict == (
        "On 22 Nov 2026 the verdict was: defensive rebalance: stocks have grown past their band. "
        "Stocks decided, 10.0 points above target. Total drift 10.0 points, 200 % of the band used."
    )
    assert how == (
        "How: 1. Download a new statement from each plan’s website. 2. Import it in Even Keel. "
        "3. Follow the verdict; doing nothing is an answer too. Even Keel places no orders."
    )
    assert "$" not in reminder.why  # calendars are shared


def test_without_a_target_the_reason_says_so() -> None:
    [reminder] = check_reminders(CheckSchedule(), TODAY, None)
    assert "no target" in reminder.why


def test_what_a_plan_leaves_for_later_is_reminded_once() -> None:
    plan = with_election(birch()).plan
    found = check_reminders(CheckSchedule(), TODAY, REPORT, plan)
    back = "60\u00a0% Prairie 500 Index and 40\u00a0% Core Bond Index."
    singles = [(each.day, each.why.splitlines()[0]) for each in found if not each.repeats]
    assert singles == [
        (date(2027, 2, 20), "From now on money may go from Global ex-US Pool to Government Money Market."),
        (
            date(2027, 5, 7),
            f"About now the last of 12 paychecks is in: set future contributions to {back}",
        ),
    ]
    data = reminder_ics(found, "Birch")
    assert len(set(values_of(data, "UID"))) == 3


def test_the_day_a_block_is_over_is_reminded() -> None:
    wait = Waiting(CORE, STOCK, "Prairie 500 Index is blocked until 10 December 2026.", date(2026, 12, 10))
    plan = replace(birch().plan, later=(), waits=(wait,))
    found = check_reminders(CheckSchedule(), TODAY, REPORT, plan)
    data = reminder_ics(found, "Birch")
    assert "DTSTART;VALUE=DATE:20261210" in unfolded(data)
    assert any(
        "is blocked until 10 December 2026. What stays off" in text for text in values_of(data, "DESCRIPTION")
    )
    again = next_day(CheckSchedule(), plan, TODAY)
    assert again.day == date(2026, 12, 10)
    assert coming(CheckSchedule().next_check(TODAY, TODAY), plan, TODAY).day == date(2026, 12, 10)
    assert next_day(CheckSchedule(), plan, date(2026, 12, 10)).day == date(2026, 12, 31)
    overdue = NextCheck(date(2026, 11, 1), CheckCause.CALENDAR, is_due=True)
    assert coming(overdue, plan, TODAY) is overdue


def matches(rule: str, begun: date, day: date) -> bool:
    """Tell whether a rule of RFC 5545 holds on a day, by the text of section 3.3.10 and nothing else."""
    parts = dict(part.split("=") for part in rule.split(";"))
    every = int(parts.get("INTERVAL", "1"))
    last = calendar.monthrange(day.year, day.month)[1]
    if parts["FREQ"] == "WEEKLY":
        return (day - begun).days % (7 * every) == 0
    months = (day.year - begun.year) * 12 + day.month - begun.month
    if parts["FREQ"] == "YEARLY":
        if months % 12 and "BYMONTH" not in parts:
            return False
        if "BYMONTH" in parts and day.month != int(parts["BYMONTH"]):
            return False
    elif months % every:
        return False
    if "BYMONTHDAY" not in parts:
        return day.day == begun.day  # a month without it is passed over
    days = [int(each) for each in parts["BYMONTHDAY"].split(",")]
    there = sorted(last + 1 + each if each < 0 else each for each in days)
    there = [each for each in there if 1 <= each <= last]
    if "BYSETPOS" in parts:
        there = [there[int(parts["BYSETPOS"])]]
    return day.day in there


schedules = st.one_of(
    st.builds(CheckSchedule, st.sampled_from([1, 2, 3, 4, 6, 12])),
    st.builds(CheckSchedule, st.integers(1, 14), start=st.dates(date(2020, 1, 1), date(2030, 12, 31))),
    st.builds(
        CheckSchedule,
        days=st.lists(
            st.dates(date(2024, 1, 1), date(2024, 12, 31)), min_size=1, max_size=3, unique=True
        ).map(lambda days: tuple(YearDay(day.month, day.day) for day in days)),
    ),
)


@settings(max_examples=tries(30), deadline=None)
@given(schedule=schedules, today=st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_the_row_in_the_calendar_has_the_days_of_the_schedule(schedule, today):
    rows = check_reminders(schedule, today, REPORT)
    expected, day = set(), today
    end = today + timedelta(days=6 * 366)
    while (day := schedule.next_after(day)) <= end:
        expected.add(day)
    found = set()
    for row in rows:
        assert matches(row.repeats, row.day, row.day), "the first day has to be one of the row"
        span = (end - row.day).days
        found |= {
            each
            for n in range(span + 1)
            if matches(row.repeats, row.day, each := row.day + timedelta(days=n))
        }
    assert found == expected


@pytest.mark.parametrize("every", LookEvery)
def test_looks_come_so_often(every):
    today = date(2026, 8, 31)
    [row] = check_reminders(CheckSchedule(kind=CheckKind.THRESHOLD, every=every), today, REPORT)
    following = [
        each for n in range(400) if matches(row.repeats, row.day, each := row.day + timedelta(days=n))
    ]
    assert (
        following[:3]
        == {
            LookEvery.TWO_WEEKS: [date(2026, 9, 14), date(2026, 9, 28), date(2026, 10, 12)],
            LookEvery.MONTH: [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)],
            LookEvery.QUARTER: [date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 31)],
        }[every]
    )
    assert "Act only if a class is outside its band then." in row.why


def test_both_rules_are_two_rows() -> None:
    rows = check_reminders(CheckSchedule(kind=CheckKind.EITHER), TODAY, REPORT)
    assert [row.summary for row in rows] == ["Check the mix", "Look at the bands"]
    assert all(row.repeats for row in rows)


def test_the_end_of_a_target_for_a_while_is_in_the_calendar() -> None:
    over = TODAY + timedelta(days=40)
    found = check_reminders(CheckSchedule(), TODAY, None, None, over)
    assert [(each.key, each.day, each.repeats) for each in found if each.key == "target"] == [
        ("target", over, "")
    ]
    assert "the one before it counts again" in found[-1].why
    assert all(each.key != "target" for each in check_reminders(CheckSchedule(), TODAY, None, None, TODAY))
