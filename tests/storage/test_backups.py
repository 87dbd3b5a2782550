"""Which backups stay, counted by hand."""

import errno
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.household import Household
from desktop_app.storage import (
    DamagedDocumentError,
    DocumentStore,
    EarlierStateError,
    SaveError,
    SealKey,
    UnreadableUnderneathError,
    list_backups,
    load_document,
    moment,
)
from desktop_app.storage.backups import back_up, copies_of, stamps_to_keep
from desktop_app.workflow.documents import open_document

from .killing import CHEAP

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


def full_for(patch, ending):
    """Let the disk be full for files whose name ends so; `.tmp` is what is written before it is renamed."""
    real = os.open

    def opening(path, *args, **more):
        if ending in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, *args, **more)

    patch.setattr(os, "open", opening)


def test_what_another_program_writes_into_the_document_leaves_the_backups_alone(tmp_path, monkeypatch):
    """Also after a save that failed when the backup was there already."""
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        store.save(Household(name="Two"))
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", fail_for(path, os.replace))
            with pytest.raises(SaveError):
                store.save(Household(name="Three"))
    assert [load_document(backup.path).name for backup in list_backups(path)] == ["Two", "One"]
    with path.open("r+b") as file:
        file.write(bytes(2000))
    assert [load_document(backup.path).name for backup in list_backups(path)] == ["Two", "One"]
    assert path.stat().st_nlink == 1


def fail_for(path, real):
    """Refuse to put a file in the place of the document itself."""

    def replacing(source, target):
        if Path(target) == path:
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    return replacing


def test_a_backup_that_is_a_second_name_of_the_document_becomes_a_file_of_its_own(tmp_path):
    """As an earlier version left it where a save had failed."""
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        stamp = datetime.fromtimestamp(path.stat().st_mtime_ns // 1000 / 1e6, UTC)
        (tmp_path / "backups").mkdir()
        os.link(path, tmp_path / "backups" / f"home {stamp:%Y-%m-%d %H%M%S.%f}.keel")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "replace", fail_for(path, os.replace))
            with pytest.raises(SaveError):
                store.save(Household(name="Two"))
    (backup,) = list_backups(path)
    assert not backup.path.samefile(path)
    assert load_document(backup.path).name == "One"


def test_whoever_may_read_the_document_may_read_its_backup(tmp_path):
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        path.chmod(0o640)
        store.save(Household(name="Two"))
    (backup,) = list_backups(path)
    assert backup.path.stat().st_mode & 0o777 == path.stat().st_mode & 0o777


def test_no_room_for_the_backup_is_told_in_words_of_its_own(tmp_path, monkeypatch):
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        with monkeypatch.context() as patch:
            full_for(patch, "backups")
            (issue,) = store.save(Household(name="Two"))
    assert load_document(path).name == "Two"
    assert issue.message == (
        "Your changes were saved, but the version before was not kept as a backup: "
        "there is no room left on the disk."
    )
    assert "untouched" not in issue.fix
    assert str(tmp_path / "backups") in issue.fix


def test_no_backup_takes_the_room_of_a_save(tmp_path, monkeypatch):
    """The new file is whole on the disk before the state before is kept."""
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        with monkeypatch.context() as patch:
            full_for(patch, ".home.keel.")
            with pytest.raises(SaveError):
                store.save(Household(name="Two"))
    assert list_backups(path) == ()
    assert load_document(path).name == "One"


# A file that is no household any more


@pytest.mark.parametrize("left", [b"", b"<html>", bytes(4096)], ids=["empty", "page", "zeros"])
def test_what_cannot_be_read_is_never_taken_for_a_state(tmp_path, left):
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        path.write_bytes(left)
        with pytest.raises(UnreadableUnderneathError, match="cannot be read as a household"):
            store.save(Household(name="Two"))
        assert path.read_bytes() == left
        store.save(Household(name="Two"), overwrite=True)
    assert load_document(path).name == "Two"
    assert list_backups(path) == ()
    kept = [file.read_bytes() for file in tmp_path.glob("home damaged *.keel")]
    assert kept == ([left] if left else [])


def test_a_damaged_one_is_kept_once_however_often_it_takes(tmp_path, monkeypatch):
    path = tmp_path / "home.keel"
    with DocumentStore(path) as store:
        store.save(Household(name="One"))
        path.write_bytes(path.read_bytes()[:-1024])
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", fail_for(path, os.replace))
            for _ in range(3):
                with pytest.raises(SaveError):
                    store.save(Household(name="Two"), overwrite=True)
        store.save(Household(name="Two"), overwrite=True)
    assert len(list(tmp_path.glob("home damaged *.keel"))) == 1
    assert load_document(path).name == "Two"


def test_what_a_window_shows_can_be_kept_beside_under_its_seal(tmp_path):
    path = tmp_path / "home.keel"
    day = date(2026, 11, 22)
    key = SealKey("four quiet words here", bytes(16), CHEAP)
    with DocumentStore(path, key) as store:
        store.save(Household(name="One"))
        first = store.keep_beside(Household(name="Mine"), day)
        second = store.keep_beside(Household(name="Mine too"), day)
    assert [first.name, second.name] == ["home kept 2026-11-22.keel", "home kept 2026-11-22 2.keel"]
    assert load_document(second, "four quiet words here").name == "Mine too"
    assert {first, second} <= set(copies_of(path))


def test_an_earlier_state_is_never_written_nor_set_aside(tmp_path):
    """Saving the household itself may remove it any time, with all that was done in it."""
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        for name in ("First", "Second"):
            store.save(Household(name=name))
    backup = list_backups(path)[0].path
    before = backup.read_bytes()
    with DocumentStore(backup) as opened:
        household = opened.open()
        with pytest.raises(EarlierStateError, match="is an earlier state of a household"):
            opened.save(replace(household, name="Work"))
        with pytest.raises(EarlierStateError):
            opened.save_sealed(household, None)
        assert opened.start_copy(replace(household, name="Work"), tmp_path / "own.keel").close() is None
    with DocumentStore(tmp_path / "own.keel") as own, pytest.raises(EarlierStateError):
        own.start_copy(own.open(), backup)
    assert backup.read_bytes() == before
    assert load_document(tmp_path / "own.keel").name == "Work"
    backup.write_bytes(before[:-700])
    with pytest.raises(DamagedDocumentError):
        open_document(backup, date(2026, 11, 30))
    assert backup.exists()
