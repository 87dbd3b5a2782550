"""What each backup holds, and what is said about a file's place, rights and clock."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore, SealKey, list_backups
from desktop_app.storage.sealing import Cost
from desktop_app.workflow.cloud_folders import cloud_of
from desktop_app.workflow.earlier import changes, earlier_states
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.sample import sample_household
from desktop_app.workflow.whereabouts import whereabouts

TODAY = date(2026, 11, 22)
SAMPLE = sample_household(TODAY)


@pytest.fixture
def path(tmp_path):
    """A household saved four times: empty, sample, without its target, renamed."""
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(Household())
        store.save(replace(SAMPLE, is_sample=False, targets=()))
        store.save(replace(SAMPLE, is_sample=False))
        store.save(rename_household(replace(SAMPLE, is_sample=False), "The Okafors"))
    return path


def test_each_state_says_what_it_holds_and_what_was_done_to_it(path):
    present = rename_household(replace(SAMPLE, is_sample=False), "The Okafors")
    newest, before, first = earlier_states(path, None, present)
    assert newest.since == ("renamed to “The Okafors”",)
    assert before.since == ("target set",)
    assert first.since[0] == f"renamed to “{SAMPLE.name}”"
    assert sum("imported" in words for words in first.since) == len(SAMPLE.statements)
    held = [row.value for account, _ in SAMPLE.newest() for row in account.rows]
    assert newest.total == sum(held, Decimal(0))
    assert len(newest.accounts) == len(SAMPLE.newest())
    assert (first.total, first.accounts) == (Decimal(0), ())
    assert newest.saved_at > before.saved_at > first.saved_at


def test_a_damaged_backup_is_listed_with_its_sentence(path):
    backup = list_backups(path)[1].path
    backup.unlink()
    backup.write_bytes(b"half")
    states = earlier_states(path, None, SAMPLE)
    assert states[1].household is None
    assert "not an Even Keel household" in states[1].trouble
    assert states[2].household is not None


def test_sealed_states_open_with_the_key_and_say_so_without_it(path):
    key = SealKey.new("four quiet words")
    with DocumentStore(path) as store:
        household = store.open()
        store.save_sealed(household, key)
        store.save(rename_household(household, "Later"))
    assert earlier_states(path, key, SAMPLE)[0].household == household
    assert "sealed with a passphrase" in earlier_states(path, None, SAMPLE)[0].trouble


def test_what_changed_is_named_for_every_part_of_a_household():
    assert changes(SAMPLE, SAMPLE) == ()
    assert changes(SAMPLE, replace(SAMPLE, looked_on=TODAY)) == ("a look at the mix was noted",)
    assert "target changed" in changes(SAMPLE, replace(SAMPLE, targets=SAMPLE.targets * 2))
    assert changes(SAMPLE, replace(SAMPLE, statements=()))[0].endswith("taken out")


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/sam/Dropbox/money/household.keel", "Dropbox"),
        ("C:/Users/Sam/OneDrive - Acme/household.keel", "OneDrive"),
        ("/Users/sam/Library/Mobile Documents/com~apple~CloudDocs/household.keel", "iCloud Drive"),
        ("/Users/sam/Library/CloudStorage/GoogleDrive-sam@example.com/household.keel", "a cloud folder"),
        ("G:/My Drive/household.keel", "Google Drive"),
        ("G:/Meine Ablage/household.keel", "Google Drive"),
        ("G:/Mi unidad/household.keel", "Google Drive"),
        ("/home/sam/Dropbox (Personal)/household.keel", "Dropbox"),
        ("C:/Users/Sam/Box/household.keel", "Box"),
        ("/home/sam/Box Sync/household.keel", "Box"),
        ("/home/sam/Nextcloud2/household.keel", "Nextcloud"),
        ("/home/sam/MEGA/household.keel", "MEGA"),
        ("/home/sam/Proton Drive/sam@proton.me/My files/household.keel", "Proton Drive"),
        ("/home/sam/Sync/household.keel", "Sync"),
        ("/home/sam/Seafile/household.keel", "Seafile"),
        ("/home/sam/SynologyDrive/household.keel", "Synology Drive"),
        ("/home/sam/Tresorit/household.keel", "Tresorit"),
        ("/home/sam/Yandex.Disk/household.keel", "Yandex Disk"),
        ("/home/sam/Creative Cloud Files/household.keel", "Creative Cloud"),
        ("/home/sam/Amazon Drive/household.keel", "Amazon Drive"),
        ("/home/sam/Box of papers/household.keel", ""),
        ("/home/sam/sync-tests/household.keel", ""),
        ("/home/sam/megaphone/household.keel", ""),
        ("/home/sam/Documents/dropbox.keel", ""),
        ("/home/sam/boxes/household.keel", ""),
    ],
)
def test_cloud_folders_are_known_by_name(path, service):
    assert cloud_of(Path(path)) == service


def test_a_link_into_a_cloud_folder_is_one(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Documents").symlink_to(tmp_path / "Dropbox")
    assert cloud_of(tmp_path / "Documents" / "household.keel") == "Dropbox"


def test_another_name_of_the_file_is_told_and_our_own_backups_are_none(path, tmp_path):
    with DocumentStore(path) as store:
        os.link(path, tmp_path / "backups" / "household 2026-01-01 120000.000000.keel")
        assert whereabouts(store).warnings == ()
        os.link(path, tmp_path / "another name.keel")
        (words,) = whereabouts(store).warnings
    assert "another name on this disk" in words


def test_a_lock_that_may_not_be_opened_is_told(path, monkeypatch):
    """As when another user of the computer has the household open."""
    lock = path.with_name(".household.keel.lock")
    lock.touch()
    real = os.open

    def refuse(file, *arguments, **more):
        if Path(file) == lock:
            raise PermissionError(13, "Permission denied")
        return real(file, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    with DocumentStore(path) as store:
        store.open()
        (words,) = whereabouts(store).warnings
    assert "cannot tell whether another user" in words


def test_an_ordinary_place_needs_no_words(path):
    assert whereabouts(DocumentStore(path)).warnings == ()
    assert whereabouts(DocumentStore(path.parent / "new.keel")).warnings == ()


def test_a_place_that_may_only_be_read_is_told_before_the_first_change(path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    (words,) = whereabouts(DocumentStore(path)).warnings
    assert "may only be read" in words
    assert "save a copy in another folder" in words


def test_a_clock_set_back_is_told(path):
    before = datetime.now(UTC) - timedelta(days=400)
    (words,) = whereabouts(DocumentStore(path), before).warnings
    assert f"the clock of this computer says {before:%Y-%m-%d}" in words
    assert whereabouts(DocumentStore(path), datetime.now(UTC) - timedelta(minutes=30)).warnings == ()


def test_saving_with_a_clock_set_back_loses_no_state(path, monkeypatch):
    """A year back: nothing saved in the days to come is dropped, and each save is still kept."""
    import desktop_app.storage.store as store_module

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=365)

    monkeypatch.setattr(store_module, "datetime", Earlier)
    before = {backup.path.name for backup in list_backups(path)}
    with DocumentStore(path) as store:
        household = store.open()
        for number in range(15):
            household = rename_household(household, f"Name {number}")
            store.save(household)
    kept = {backup.path.name for backup in list_backups(path)}
    assert before <= kept
    assert len(kept) == len(before) + 15


def test_a_file_deleted_underneath_is_written_again_and_told(path):
    with DocumentStore(path) as store:
        household = store.open()
        path.unlink()
        (issue,) = store.save(rename_household(household, "Later"))
        assert "was moved or deleted by something else" in issue.message
        assert store.save(rename_household(household, "Last")) == ()
    assert path.exists()


def test_a_state_sealed_with_another_salt_asks_and_opens_with_the_passphrase(tmp_path):
    """As when a copy of the household comes back from another computer."""
    path = tmp_path / "household.keel"
    keys = [SealKey("four quiet words", salt, Cost(64, 1, 1)) for salt in (b"0123456789abcdef", b"f" * 16)]
    for key, name in zip(keys, ("From here", "From elsewhere"), strict=True):
        path.unlink(missing_ok=True)
        with DocumentStore(path, key) as store:
            store.save(rename_household(SAMPLE, name))
            store.save(rename_household(SAMPLE, f"{name} later"))
    unknown = earlier_states(path, keys[1], SAMPLE)
    assert [state.asks for state in unknown] == [False, True]
    assert "another computer" in unknown[1].trouble
    wrong = earlier_states(path, keys[1], SAMPLE, "some other words")
    assert [state.asks for state in wrong] == [False, True]
    known = earlier_states(path, keys[1], SAMPLE, "four quiet words")
    assert [state.household.name for state in known] == ["From elsewhere", "From here"]
    assert not any(state.asks for state in known)


def test_a_date_no_clock_could_have_set_needs_no_words(path, monkeypatch):
    monkeypatch.setattr("desktop_app.workflow.whereabouts.moment", lambda _: None)
    assert whereabouts(DocumentStore(path)).warnings == ()
