"""Which backups stay, counted by hand."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.storage import list_backups, moment
from desktop_app.storage.backups import back_up, stamps_to_keep

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_of_many_today_the_last_ten_stay():
    today = [NOW - timedelta(minutes=minutes) for minutes in range(60)]
    assert stamps_to_keep(today, NOW) == frozenset(today[:10])


def test_one_a_day_for_thirty_days_and_one_a_month_for_two_years():
    """Noon of each of the last 1,000 days.

    Days: 24 October to 22 November, 30 of them (the last ten among them). Months: the newest of each
    month from December 2024 to November 2026; October and November 2026 are among the days already,
    so 22 more. 52 in all.
    """
    stamps = [NOW - timedelta(days=days) for days in range(1000)]
    kept = sorted(stamps_to_keep(stamps, NOW))
    assert len(kept) == 52
    assert kept[0] == datetime(2024, 12, 31, 12, 0, tzinfo=UTC)
    assert kept[21] == datetime(2026, 9, 30, 12, 0, tzinfo=UTC)
    assert kept[22] == datetime(2026, 10, 24, 12, 0, tzinfo=UTC)


def test_of_one_day_the_last_state_stays():
    morning, evening = NOW - timedelta(days=3, hours=4), NOW - timedelta(days=3)
    later = [NOW - timedelta(minutes=minutes) for minutes in range(10)]
    kept = stamps_to_keep([morning, evening, *later], NOW)
    assert evening in kept
    assert morning not in kept


def test_a_clock_set_back_loses_nothing():
    ahead = [NOW + timedelta(days=days) for days in range(1, 20)]
    past = [NOW - timedelta(minutes=minutes) for minutes in range(5)]
    assert stamps_to_keep(ahead + past, NOW) == frozenset(ahead + past)


@settings(deadline=None)
@given(st.lists(st.integers(0, 1200), unique=True, max_size=40), st.integers(0, 30))
def test_pruning_as_time_goes_by_never_drops_the_newest_ten(days, passed):
    stamps = [NOW - timedelta(days=count) for count in days]
    later = NOW + timedelta(days=passed)
    kept = stamps_to_keep(stamps_to_keep(stamps, NOW), later)
    past = sorted((stamp for stamp in stamps if stamp <= NOW), reverse=True)
    assert set(past[:10]) <= kept
    assert kept <= set(stamps)


def test_backups_carry_the_time_of_the_save_and_old_ones_go(tmp_path):
    path = tmp_path / "our [own] household.keel"
    for minute in range(12):
        path.unlink(missing_ok=True)
        path.write_bytes(b"state %d" % minute)
        saved = NOW + timedelta(minutes=minute)
        os.utime(path, (saved.timestamp(), saved.timestamp()))
        back_up(path, path.read_bytes(), NOW + timedelta(hours=1))
    backups = list_backups(path)
    assert [backup.path.read_bytes() for backup in backups] == [b"state %d" % n for n in range(11, 1, -1)]
    assert backups[0].saved_at == NOW + timedelta(minutes=11)


def test_files_of_other_documents_are_neither_listed_nor_removed(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in [
        "other 2026-11-22 120000.000000.keel",
        "home notes.keel",
        "home 2026-99-99 120000.000000.keel",
    ]:
        (folder / name).write_bytes(b"x")
    assert list_backups(tmp_path / "home.keel") == ()
    assert list_backups(tmp_path / "none" / "home.keel") == ()


def test_one_save_with_a_clock_ten_years_ahead_empties_no_history():
    """A month of days and two years of months: 52 stay; the one ahead takes a place of each kind, no more."""
    stamps = [NOW - timedelta(days=days) for days in range(1000)]
    ahead = NOW + timedelta(days=3652)
    before = stamps_to_keep(stamps, NOW)
    kept = stamps_to_keep([*before, ahead], ahead)
    assert ahead in kept
    assert len(before - kept) <= 3


def test_years_between_saves_keep_every_state_in_them():
    """Somebody who looks twice a year keeps twelve years of it."""
    stamps = [NOW - timedelta(days=182 * count) for count in range(24)]
    assert stamps_to_keep(stamps, NOW) == frozenset(stamps)


@pytest.mark.parametrize("seconds", [253402300800, 1e15, -1.0, -99999999999.0, float("inf"), float("nan")])
def test_a_date_that_no_clock_could_have_set_is_none(seconds):
    assert moment(seconds) is None


def test_a_file_with_such_a_date_is_still_backed_up(tmp_path, monkeypatch):
    """As on a file system that keeps dates beyond the year 9999."""
    path = tmp_path / "home.keel"
    path.write_bytes(b"state")
    monkeypatch.setattr("desktop_app.storage.backups.moment", lambda _: None)
    back_up(path, b"state", NOW)
    (backup,) = list_backups(path)
    assert backup.saved_at == NOW
