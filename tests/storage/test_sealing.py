"""A passphrase seals the document, its backups and every temporary file; only the passphrase opens them."""

import os
import random
import struct
from dataclasses import replace

import pytest
from argon2.exceptions import HashingError
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.storage import (
    ChangedUnderneathError,
    DamagedDocumentError,
    DocumentStore,
    NewerDocumentError,
    SealedDocumentError,
    SealedUnderneathError,
    SealKey,
    WrongPassphraseError,
    delete_open_copies,
    list_backups,
    load_document,
    open_copies,
    reseal_copies,
    save_document,
)
from desktop_app.storage.schema import FORMAT, user_version
from desktop_app.storage.sealing import Cost, key_for
from tests.effort import tries

from .household_v1_0 import HOUSEHOLD

PASSPHRASE = "correct horse battery staple"
CHEAP = Cost(memory=64, passes=1, lanes=1)
"""A key that costs nothing, for tests that make many."""
NAMES = [b"Okafor", HOUSEHOLD.statements[0].accounts[0].name.encode()]


def cheap(passphrase=PASSPHRASE, salt=b"0123456789abcdef"):
    return SealKey(passphrase, salt, CHEAP)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path, cheap())
    return path


def test_with_the_passphrase_it_comes_back_and_without_it_nothing_does(path):
    assert load_document(path, PASSPHRASE) == HOUSEHOLD
    with pytest.raises(SealedDocumentError, match=r"sealed with a passphrase.*--password-stdin") as caught:
        load_document(path)
    assert caught.value.exit_code == 3
    with pytest.raises(WrongPassphraseError, match="does not open"):
        load_document(path, PASSPHRASE + " ")


def test_the_usual_cost_is_that_of_the_rfc_and_the_salt_is_drawn():
    """RFC 9106 section 4, second recommended option: t = 3, p = 4, m = 2^16 KiB, 128 bits of salt."""
    keys = [SealKey.new(PASSPHRASE) for _ in range(2)]
    assert keys[0].cost == (2**16, 3, 4)
    assert len(keys[0].salt) == 16
    assert keys[0].salt != keys[1].salt


def test_another_program_can_open_it_from_the_description_alone(path):
    """Argon2id of another library, and the layout as `sealing` describes it."""
    data = path.read_bytes()
    magic, version, form, memory, passes, lanes, salt = struct.unpack_from(">15sBIIIB16s", data)
    wrap_nonce, wrapped, nonce, length, _check = struct.unpack_from(">12s48s12sQI", data, 45)
    secret = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    key = AESGCM(secret.derive(PASSPHRASE.encode())).decrypt(wrap_nonce, wrapped, data[:45])
    image = AESGCM(key).decrypt(nonce, data[129:], data[:129])
    assert (magic, version, form) == (b"KEEL\0SEALED\r\n\x1a\n", 1, user_version(FORMAT))
    assert length == len(data) - 129
    assert image.startswith(b"SQLite format 3\0")


def test_letters_composed_or_not_are_one_passphrase(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path, cheap("Gr\u00fc\u00dfe aus Z\u00fcrich"))
    assert load_document(path, "Gru\u0308\u00dfe aus Zu\u0308rich") == HOUSEHOLD


def test_two_saves_of_the_same_household_share_no_block():
    key = cheap()
    one, other = key.seal(bytes(4096), 1003), key.seal(bytes(4096), 1003)
    blocks = {one[at : at + 16] for at in range(129, len(one), 16)}
    assert not blocks & {other[at : at + 16] for at in range(129, len(other), 16)}


def test_every_flipped_bit_is_damage_and_never_a_wrong_passphrase(path):
    """All bits of the header and 600 of the rest, with the right passphrase: always the same sentence."""
    whole = path.read_bytes()
    chance = random.Random(5)
    bits = [*range(129 * 8), *(chance.randrange(129 * 8, len(whole) * 8) for _ in range(600))]
    said = set()
    for bit in bits:
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        if damaged.startswith(b"KEEL\0SEALED\r\n\x1a\n"):
            with pytest.raises(DamagedDocumentError) as caught:
                key_for(bytes(damaged), PASSPHRASE, path)
            said.add(str(caught.value))
    assert len(said) == 1


def test_every_truncation_is_damage(path):
    whole = path.read_bytes()
    for length in (15, 16, 44, 45, 128, 129, 145, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedDocumentError, match="not whole"):
            load_document(path, PASSPHRASE)


def with_header(data, **fields):
    """Return a sealed document with fields of its header changed and the checksum put right."""
    import zlib

    places = {"version": (15, ">B"), "memory": (20, ">I"), "passes": (24, ">I"), "lanes": (28, ">B")}
    changed = bytearray(data)
    for name, value in fields.items():
        struct.pack_into(places[name][1], changed, places[name][0], value)
    struct.pack_into(">I", changed, 125, zlib.crc32(bytes(changed[:125])))
    return bytes(changed)


@pytest.mark.parametrize(
    "fields",
    [
        {"memory": 2**31}, {"passes": 2**30}, {"lanes": 200}, {"memory": 0}, {"passes": 0}, {"lanes": 0},
        {"memory": 2**20, "passes": 16},  # measured: a minute and 1 GiB
        {"memory": 2**19, "passes": 3},
    ],
)  # fmt: skip
def test_a_hostile_cost_is_refused_before_anything_is_computed(path, fields):
    path.write_bytes(with_header(path.read_bytes(), **fields))
    with pytest.raises(DamagedDocumentError):
        load_document(path, PASSPHRASE)


def test_too_little_memory_for_the_key_is_no_fault_of_ours(path, monkeypatch):
    """The library says so with an error of its own."""

    def refuse(*_, **__):
        raise HashingError("Memory allocation error")

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", refuse)
    with pytest.raises(UserError, match=r"takes 64 MB of memory.*Close other programs"):
        SealKey.new(PASSPHRASE)
    with pytest.raises(UserError, match="memory"):
        load_document(path, PASSPHRASE)


def test_a_cheaper_cost_written_into_the_header_opens_nothing(path):
    path.write_bytes(with_header(path.read_bytes(), memory=32))
    with pytest.raises(WrongPassphraseError):
        load_document(path, PASSPHRASE)


def test_a_container_of_a_later_program_is_refused_kindly(path):
    path.write_bytes(with_header(path.read_bytes(), version=2))
    with pytest.raises(NewerDocumentError, match="newer Even Keel"):
        load_document(path, PASSPHRASE)


@settings(max_examples=tries(25), deadline=None)
@given(st.text(min_size=1), st.binary(max_size=3000))
def test_whatever_is_sealed_comes_back(passphrase, content):
    key = cheap(passphrase)
    data = key.seal(content, 7)
    assert cheap(passphrase).unseal(data, None) == content
    assert len(content) < 8 or content not in data[45:]  # behind what everybody may know: kind, cost and salt


def written_names(tmp_path):
    """Return every file below the folder that holds a name of the household in the clear."""
    return [
        file.name
        for file in tmp_path.rglob("*")
        if file.is_file() and any(name in file.read_bytes() for name in NAMES if name)
    ]


def test_backups_and_temporary_files_are_sealed_too(path, tmp_path, monkeypatch):
    seen = []
    real = os.fsync

    def look(descriptor):
        seen.extend(written_names(tmp_path))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        for number in range(3):
            household = replace(household, name=f"Okafor {number}")
            store.save(household)
    assert seen == []
    assert written_names(tmp_path) == []
    assert len(list_backups(path)) == 3
    assert load_document(list_backups(path)[0].path, PASSPHRASE).name == "Okafor 1"


def test_a_passphrase_set_later_seals_the_file_and_the_state_before(tmp_path):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(replace(HOUSEHOLD, name="Okafor 1"))
        store.save(replace(HOUSEHOLD, name="Okafor 2"))
        assert len(open_copies(path)) == 1
        key = cheap()
        store.save_sealed(replace(HOUSEHOLD, name="Okafor 2"), key)
        assert load_document(path, PASSPHRASE).name == "Okafor 2"
        assert len(open_copies(path)) == 1
        assert reseal_copies(path, (), key) == ()
    assert open_copies(path) == ()
    assert written_names(tmp_path) == []
    names = [load_document(backup.path, PASSPHRASE).name for backup in list_backups(path)]
    assert names == ["Okafor 2", "Okafor 1"]


def test_open_copies_can_be_deleted_instead(tmp_path):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(replace(HOUSEHOLD, name="Okafor 1"))
        store.save(HOUSEHOLD)
        (tmp_path / "household (format 1.0).keel").write_bytes(path.read_bytes())
        (tmp_path / "household damaged 2026-11-22.keel").write_bytes(path.read_bytes()[:300])
        (tmp_path / "household of my sister.keel").write_bytes(path.read_bytes())
        store.save_sealed(HOUSEHOLD, cheap())
    assert len(open_copies(path)) == 3
    assert delete_open_copies(path) == ()
    assert sorted(file.name for file in tmp_path.glob("*.keel")) == [
        "household of my sister.keel",
        "household.keel",
    ]


def test_a_new_passphrase_takes_the_backups_along_and_the_old_one_opens_nothing(path):
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        store.save(replace(household, name="Later"))
        old, new = store.key, cheap("another long sentence", b"fedcba9876543210")
        store.save_sealed(replace(household, name="Later"), new)
        assert reseal_copies(path, (old,), new) == ()
    for file in (path, *(backup.path for backup in list_backups(path))):
        with pytest.raises(WrongPassphraseError):
            load_document(file, PASSPHRASE)
        load_document(file, "another long sentence")


def test_a_passphrase_taken_off_opens_file_and_backups(path):
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        old = store.key
        store.save(replace(household, name="Later"))
        store.save_sealed(replace(household, name="Later"), None)
        assert reseal_copies(path, (old,), None) == ()
    assert load_document(path).name == "Later"
    assert [load_document(backup.path) for backup in list_backups(path)]


def test_a_change_of_passphrase_that_cannot_be_written_changes_nothing(path, monkeypatch):
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        key = store.key
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
            with pytest.raises(Exception, match="no room left"):
                store.save_sealed(household, None)
        assert store.key is key
        store.save(replace(household, name="Later"))
    assert load_document(path, PASSPHRASE).name == "Later"


def test_without_a_change_nothing_is_written(path):
    before = path.read_bytes()
    with DocumentStore(path) as store:
        store.save(store.open(PASSPHRASE))
    assert path.read_bytes() == before


def test_a_file_sealed_by_somebody_else_is_never_laid_open(tmp_path):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(HOUSEHOLD)
        save_document(HOUSEHOLD, path, cheap())
        for overwrite in (False, True):
            with pytest.raises(SealedUnderneathError, match="since it was opened here"):
                store.save(Household(name="Mine"), overwrite=overwrite)
    assert load_document(path, PASSPHRASE) == HOUSEHOLD


def test_a_file_laid_open_by_somebody_else_is_sealed_again_with_its_backup(path, tmp_path):
    with DocumentStore(path) as store:
        store.open(PASSPHRASE)
        save_document(replace(HOUSEHOLD, name="Okafor"), path)
        with pytest.raises(ChangedUnderneathError):
            store.save(Household(name="Mine"))
        store.save(Household(name="Mine"), overwrite=True)
    assert open_copies(path) == ()
    assert written_names(tmp_path) == []
    assert load_document(list_backups(path)[0].path, PASSPHRASE).name == "Okafor"


def test_a_forgotten_key_needs_the_passphrase_and_keeps_the_others_out(path):
    with DocumentStore(path) as store:
        store.open(PASSPHRASE)
        store.forget_key()
        with pytest.raises(WrongPassphraseError):
            store.open("wrong")
        with DocumentStore(path) as second, pytest.raises(Exception, match="already open"):
            second.open(PASSPHRASE)
        assert store.open(PASSPHRASE) == HOUSEHOLD


def test_nothing_shows_the_passphrase_or_the_key():
    key = cheap()
    shown = f"{key!r} {key} {key.__slots__}"
    assert PASSPHRASE not in shown
    assert key._secret.hex() not in shown
    assert not hasattr(key, "__dict__")
