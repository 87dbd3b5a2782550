"""Files that are damaged, foreign or hostile: a sentence, never a crash, never altered numbers."""

import os
import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from desktop_app.domain.statement import SkippedRow, SkipReason
from desktop_app.storage import (
    DamagedDocumentError,
    DocumentStore,
    MissingDocumentError,
    NewerDocumentError,
    NotADocumentError,
    SaveError,
    TooLargeDocumentError,
    UnreadableDocumentError,
    load_document,
    save_document,
)

from .document_mutations import ACCIDENTS, FORGERIES
from .household_v1_0 import HOUSEHOLD
from .images import changed

REFUSALS = (DamagedDocumentError, NotADocumentError, NewerDocumentError)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path)
    return path


def test_a_missing_file_is_a_wrong_call(tmp_path):
    with pytest.raises(MissingDocumentError, match=r"none\.keel.* is not there") as caught:
        load_document(tmp_path / "none.keel")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" * 99, b"SQLite format 3\0", b"Symbol,Value\nABC,1\n", bytes(4096)]
)
def test_something_else_is_told_apart(tmp_path, content):
    (tmp_path / "picture.keel").write_bytes(content)
    with pytest.raises(NotADocumentError, match=r"“picture\.keel” is not an Even Keel household") as caught:
        load_document(tmp_path / "picture.keel")
    assert caught.value.exit_code == 3


def test_a_foreign_database_is_not_ours(tmp_path):
    path = tmp_path / "mail.keel"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE mail (id INTEGER); INSERT INTO mail VALUES (1)")
    with pytest.raises(NotADocumentError):
        load_document(path)


def test_a_foreign_database_under_our_number_is_refused(tmp_path):
    path = tmp_path / "mail.keel"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "PRAGMA application_id = 0x4B45454C; PRAGMA user_version = 1000; CREATE TABLE mail (id INTEGER)"
        )
    with pytest.raises(DamagedDocumentError):
        load_document(path)


def test_a_folder_is_not_a_document(tmp_path):
    with pytest.raises(NotADocumentError):
        load_document(tmp_path)


def test_a_file_we_may_not_read(path, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(UnreadableDocumentError, match="cannot be read: Permission denied"):
        load_document(path)


def test_a_huge_file_is_refused_without_being_read(tmp_path):
    with (tmp_path / "huge.keel").open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(TooLargeDocumentError, match="300 MB"):
        load_document(tmp_path / "huge.keel")


def test_a_household_too_large_to_be_opened_again_is_not_saved(path, monkeypatch):
    """What is saved can be opened: both sides have the same limit."""
    monkeypatch.setattr("desktop_app.storage.document.LARGEST_MEGABYTES", 1)
    rows = tuple(SkippedRow(line, "x" * 200, SkipReason.TOTAL) for line in range(6_000))
    large = replace(HOUSEHOLD, statements=(replace(HOUSEHOLD.statements[0], skipped=rows),))
    before = path.read_bytes()
    with DocumentStore(path) as store:
        store.open()
        with pytest.raises(SaveError, match=r"would be 2 MB.*may have 1 MB.*Undo the last import"):
            store.save(large)
        with pytest.raises(SaveError, match="would be 2 MB"):
            store.start_copy(large, path.with_name("copy.keel"))
    assert path.read_bytes() == before
    assert not path.with_name("copy.keel").exists()


def test_a_file_just_within_the_limit_opens(path, monkeypatch):
    monkeypatch.setattr("desktop_app.storage.document.LARGEST_MEGABYTES", 1)
    rows = tuple(SkippedRow(line, "x" * 200, SkipReason.TOTAL) for line in range(3_500))
    large = replace(HOUSEHOLD, statements=(replace(HOUSEHOLD.statements[0], skipped=rows),))
    save_document(large, path)
    assert load_document(path) == large


def test_every_truncation_is_noticed(path):
    whole = path.read_bytes()
    for length in [
        1,
        15,
        16,
        99,
        100,
        1023,
        1024,
        1025,
        2048,
        len(whole) // 2,
        len(whole) - 1024,
        len(whole) - 1,
    ]:
        path.write_bytes(whole[:length])
        with pytest.raises(REFUSALS):
            load_document(path)


def test_every_flipped_bit_is_noticed(path):
    """All 800 bits of the header and 600 drawn from the rest: none may change an amount unseen."""
    whole = path.read_bytes()
    chance = random.Random(20261122)
    bits = [*range(800), *(chance.randrange(800, len(whole) * 8) for _ in range(600))]
    for bit in bits:
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        with pytest.raises(REFUSALS):
            load_document(path)


def test_a_bit_of_the_format_number_is_damage_and_no_newer_program(path):
    """All 32 bits: with the checksum in its place and wrong, the number itself cannot be believed."""
    whole = path.read_bytes()
    for bit in range(60 * 8, 64 * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        with pytest.raises(DamagedDocumentError):
            load_document(path)


def test_a_newer_major_that_seals_itself_another_way_is_not_called_damaged(path):
    """Such a program has no checksum of today's kind in that place."""
    whole = path.read_bytes().replace(b"even-keel-checksum:", b"even-keel-digest-2:")
    path.write_bytes(whole[:60] + (2000).to_bytes(4, "big") + whole[64:])
    with pytest.raises(NewerDocumentError):
        load_document(path)


def test_a_damaged_file_is_left_as_it_is(path):
    damaged = path.read_bytes()[:-1024]
    path.write_bytes(damaged)
    with pytest.raises(DamagedDocumentError, match=r"left as it is.*backups"):
        load_document(path)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON funds BEGIN DELETE FROM statements; END",
        "CREATE VIEW v AS SELECT * FROM funds",
        "DROP TABLE meta; CREATE VIEW meta (key, value) AS SELECT 'name', hex(randomblob(99))",
        "CREATE VIRTUAL TABLE words USING fts5(x)",
        "CREATE INDEX i ON funds (hex(name))",
        "ALTER TABLE funds ADD COLUMN more TEXT",
        "UPDATE sqlite_schema SET sql = replace(sql, 'months INT', 'months B') WHERE name = 'schedule'",
        "DROP TABLE draft",
        "UPDATE sqlite_schema SET rootpage = 7 WHERE name = 'meta'",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE meta(', type = 'table' WHERE name = 'meta'",
    ],
)
def test_a_hostile_schema_is_refused(path, sql):
    changed(path, sql)
    with pytest.raises(DamagedDocumentError):
        load_document(path)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE statement_rows SET value = 'NaN'",
        "UPDATE statement_rows SET value = '1E+999999999'",
        "UPDATE statement_rows SET value = 'seven'",
        "UPDATE statement_rows SET value = '1E+30'",
        "UPDATE statement_rows SET value = '-1E+18'",
        "UPDATE statement_rows SET units = '9' || replace(hex(zeroblob(20)), '00', '9')",
        "UPDATE target_parts SET amount = '1E+150' WHERE kind = 'fixed'",
        "UPDATE statement_rows SET fund = 99",
        "UPDATE statement_rows SET fund = -1",
        "UPDATE funds SET classified_by = 'guess'",
        "UPDATE funds SET id = 70 WHERE id = 0",
        "DELETE FROM fund_parts",
        "UPDATE fund_parts SET weight = '0.9'",
        "UPDATE fund_mix_parts SET class = 'gold'",
        "UPDATE targets SET since = 'yesterday'",
        "UPDATE target_parts SET amount = '0.9' WHERE kind = 'weight'",
        "DELETE FROM schedule",
        "DELETE FROM meta",
        "UPDATE checklists SET plan = '{}'",
        "UPDATE checklists SET plan = '[1]'",
        "UPDATE checklists SET plan = 'x'",
        "UPDATE checklists SET plan = replace(hex(zeroblob(100000)), '0', '[')",
        "UPDATE checklists SET plan = replace(plan, '\"from\":', '\"from\":-')",
    ],
)
def test_values_out_of_place_are_refused(path, sql):
    changed(path, sql)
    with pytest.raises(DamagedDocumentError, match="do not fit together"):
        load_document(path)


@pytest.mark.parametrize("mutation", [*ACCIDENTS, *FORGERIES], ids=lambda each: each.__name__)
def test_hurt_documents_end_in_a_sentence_or_a_household(path, mutation):
    """Thirty of each kind; `packaging/dev.py fuzz-documents` does thousands."""
    whole = path.read_bytes()
    chance = random.Random(mutation.__name__)
    for _ in range(30):
        path.write_bytes(mutation(whole, chance))
        try:
            found = load_document(path)
        except REFUSALS:
            continue
        assert found == HOUSEHOLD or mutation in FORGERIES


@pytest.mark.parametrize("kind", ["pipe", "endless", "folder"])
def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path, kind):
    path = tmp_path / "household.keel"
    if kind == "pipe" and hasattr(os, "mkfifo"):
        os.mkfifo(path)
    elif kind == "endless" and os.name != "nt":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    with pytest.raises(NotADocumentError):
        load_document(path)
