"""The bytes of a document: a sealed SQLite image, made in memory and opened with suspicion."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.marks import APPLICATION_ID, HEADER, SQLITE_MAGIC

from .errors import DamagedDocumentError, NewerDocumentError, NotADocumentError
from .read import read_household
from .schema import FORMAT, PLAIN_TABLE, SCHEMAS, TABLES, Version, user_version
from .upgrades import upgrade
from .write import Cell, household_rows

_PAGE = 1024
_SEAL = b"even-keel-checksum:"
_EMPTY_SEAL = _SEAL + b"00000000"

_UNREADABLE_VALUES = (
    sqlite3.Error,
    UserError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)


class ExtraTable(NamedTuple):
    """A table a newer minor version added, kept as it is."""

    name: str
    sql: str
    rows: list[tuple[Cell, ...]]


class Extras(NamedTuple):
    """What a newer minor version wrote besides our tables."""

    version: Version
    tables: tuple[ExtraTable, ...]


NO_EXTRAS = Extras(FORMAT, ())


def to_image(household: Household, extras: Extras = NO_EXTRAS) -> bytes:
    """Return the document's bytes; raise `BugError` for a number that cannot be an amount."""
    rows = household_rows(household)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a sealed household on the disk
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {user_version(extras.version)}")
        connection.execute("BEGIN")
        for sql in TABLES.values():
            connection.execute(sql)
        connection.execute("INSERT INTO seal VALUES (?)", (_EMPTY_SEAL.decode(),))
        for name, table_rows in rows.items():
            _insert(connection, name, table_rows)
        for extra in extras.tables:
            connection.execute(extra.sql)
            _insert(connection, extra.name, extra.rows)
        connection.execute("COMMIT")
        return _sealed(connection.serialize())


def from_image(data: bytes, path: Path) -> Household:
    """Return the household of a document's bytes; `path` is for the words of errors only.

    Raises `NotADocumentError`, `DamagedDocumentError` or `NewerDocumentError`.
    """
    with _opened(data, path) as (connection, version):
        upgrade(connection, version)
        return read_household(connection)


def extras_of(data: bytes, path: Path) -> Extras:
    """Return what a newer minor version added to a document; errors as `from_image`."""
    if version_of(data, path) <= FORMAT:
        return NO_EXTRAS
    with _opened(data, path) as (connection, version):
        found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        return Extras(
            version,
            tuple(
                ExtraTable(name, sql, connection.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608
                for name, sql in found
                if name not in TABLES
            ),
        )


def version_of(data: bytes, path: Path) -> Version:
    """Return the format of a document from its first 100 bytes.

    Raises `NotADocumentError` for anything that is not ours and `NewerDocumentError` for a newer major.
    """
    if not data.startswith(SQLITE_MAGIC) or len(data) < HEADER or _number(data, 68) != APPLICATION_ID:
        raise NotADocumentError(path)
    version = divmod(form_of(data), 1000)
    if version[0] > FORMAT[0]:
        raise NewerDocumentError(path, version[0], FORMAT[0])
    return version


def form_of(data: bytes) -> int:
    """Return the format number of a document: major × 1000 + minor."""
    return _number(data, 60)


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "big")


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[Cell, ...]]) -> None:
    if not rows:
        return
    sql = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})'  # noqa: S608
    try:
        connection.executemany(sql, rows)
    except UnicodeEncodeError:
        # A file name of the system can hold half a character, which no text column takes.
        connection.execute(f'DELETE FROM "{table}"')  # noqa: S608
        connection.executemany(sql, [tuple(map(_encodable, row)) for row in rows])


def _encodable(cell: Cell) -> Cell:
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _seal_page(data: bytes) -> slice:
    """The second page: the table “seal” is made first, so it always lies there."""
    size = int.from_bytes(data[16:18], "big")
    return slice(size, 2 * size)


def _sealed(data: bytes) -> bytes:
    """Write the checksum of the whole image into its place in the table “seal”."""
    checksum = f"{zlib.crc32(data):08x}".encode()
    page = _seal_page(data)
    at = data.index(_EMPTY_SEAL, page.start, page.stop) + len(_SEAL)
    return data[:at] + checksum + data[at + len(checksum) :]


def _seal_holds(data: bytes) -> bool:
    page = _seal_page(data)
    at = data.find(_SEAL, page.start, page.stop) + len(_SEAL)
    emptied = data[:at] + b"0" * 8 + data[at + 8 :]
    return data[at : at + 8] == f"{zlib.crc32(emptied):08x}".encode()


@contextmanager
def _opened(data: bytes, path: Path) -> Iterator[tuple[sqlite3.Connection, Version]]:
    """Open the bytes in memory with every check passed; what fails inside becomes a damaged document."""
    version = version_of(data, path)
    if not _seal_holds(data):
        raise DamagedDocumentError(path, "its checksum does not match")
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.deserialize(data)
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            _check_schema(connection, version, path)
            _check_pages(connection, path)
            yield connection, version
    except DamagedDocumentError:
        raise
    except _UNREADABLE_VALUES as error:
        raise DamagedDocumentError(path, "its contents do not fit together") from error


def _check_schema(connection: sqlite3.Connection, version: Version, path: Path) -> None:
    """Refuse every table, index, view or trigger that is not exactly one of ours, before any is used."""
    known = SCHEMAS.get(min(version, FORMAT))
    if known is None:
        raise DamagedDocumentError(path, f"its format {version[0]}.{version[1]} was never released")
    found: dict[str, str] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        if kind == "table" and isinstance(sql, str):
            found[name] = sql
        elif not (kind == "index" and sql is None):
            raise DamagedDocumentError(path, f"it holds a {kind} that Even Keel did not make")
    if any(found.get(name) != sql for name, sql in known.items()):
        raise DamagedDocumentError(path, "its tables are not those Even Keel makes")
    for name, sql in found.items():
        if name not in known and (version <= FORMAT or not PLAIN_TABLE.fullmatch(sql)):
            raise DamagedDocumentError(path, "it holds a table that Even Keel did not make")


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise DamagedDocumentError(path, "its pages do not fit together")
