"""The bytes of a document: a sealed SQLite image, made in memory and opened with suspicion."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.marks import APPLICATION_ID, HEADER, SQLITE_MAGIC

from .additions import NO_EXTRAS, Extras, Filled, filled, read_extras
from .errors import AdditionsForbidError, DamagedDocumentError, NewerDocumentError, NotADocumentError
from .read import read_household
from .schema import (
    FORMAT,
    PLAIN_INDEX,
    PLAIN_TABLE,
    SCHEMAS,
    TABLES,
    Version,
    added_columns,
    columns_of,
    user_version,
)
from .turned import may_turn, unturned
from .upgrades import upgrade
from .write import Cell, household_rows

_tr = translator("StorageErrors")

_PAGE = 1024
_SEAL = b"even-keel-checksum:"
_EMPTY_SEAL = _SEAL + b"00000000"
_UNSOUND = "its checksum does not match"

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


def to_image(household: Household, extras: Extras = NO_EXTRAS) -> bytes:
    """Return the document's bytes.

    Raises `BugError` for a number that cannot be an amount, and `AdditionsForbidError` where a rule among
    `extras` does not hold for the household.
    """
    rows = filled(household_rows(household), extras)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a sealed household on the disk
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {user_version(extras.version)}")
        connection.execute("BEGIN")
        for name, sql in TABLES.items():
            connection.execute(extras.wider[name].sql if name in extras.wider else sql)
        connection.execute("INSERT INTO seal VALUES (?)", (_EMPTY_SEAL.decode(),))
        try:
            _fill(connection, rows, extras)
        except sqlite3.IntegrityError as error:
            raise AdditionsForbidError from error
        connection.execute("COMMIT")
        return _sealed(connection.serialize())


def _fill(connection: sqlite3.Connection, rows: dict[str, Filled], extras: Extras) -> None:
    for name, table_rows in rows.items():
        columns = columns_of(TABLES[name])
        _insert(connection, name, table_rows.plain, columns)
        if table_rows.wide:
            more = extras.wider[name].columns if name in extras.wider else ()
            _insert(connection, name, table_rows.wide, (*columns, *more))
    for extra in extras.tables:
        connection.execute(extra.sql)
        _insert(connection, extra.name, extra.rows)
    for sql in extras.indexes:
        connection.execute(sql)


def from_image(data: bytes, path: Path) -> Household:
    """Return the household of a document's bytes; `path` is for the words of errors only.

    Raises `NotADocumentError`, `DamagedDocumentError` or `NewerDocumentError`.
    """
    with _opened(data, path) as (connection, version):
        upgrade(connection, version)
        household = read_household(connection)
        return unturned(household) if may_turn(data) else household


def extras_of(data: bytes, path: Path) -> Extras:
    """Return what a newer minor version added to a document; errors as `from_image`.

    They are tried: what could not be written again is refused, so that no file opens that cannot be saved.
    """
    if version_of(data, path) <= FORMAT:
        return NO_EXTRAS
    with _opened(data, path) as (connection, version):
        household = read_household(connection)
        extras = read_extras(connection, version, household_rows(household))
        to_image(household, extras)
        return extras


def version_of(data: bytes, path: Path) -> Version:
    """Return the format of a document as its first 100 bytes tell it.

    Raises `NotADocumentError` for anything that is not ours, and `NewerDocumentError` for a newer major.
    A damaged number is no newer program: where the checksum stands in its place and does not hold, that is
    `DamagedDocumentError`.
    """
    if not data.startswith(SQLITE_MAGIC) or len(data) < HEADER or _number(data, 68) != APPLICATION_ID:
        raise NotADocumentError(path)
    version = divmod(form_of(data), 1000)
    if version[0] > FORMAT[0]:
        if _has_seal(data) and not _seal_holds(data):
            raise DamagedDocumentError(path, _tr(_UNSOUND))
        raise NewerDocumentError(path, version[0], FORMAT[0])
    return version


def form_of(data: bytes) -> int:
    """Return the format number of a document: major × 1000 + minor."""
    return _number(data, 60)


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "big")


def _insert(
    connection: sqlite3.Connection, table: str, rows: list[tuple[Cell, ...]], columns: tuple[str, ...] = ()
) -> None:
    if not rows:
        return
    names = "(" + ", ".join(f'"{name}"' for name in columns) + ")" if columns else ""
    sql = f'INSERT INTO "{table}" {names} VALUES ({", ".join("?" * len(rows[0]))})'  # noqa: S608
    connection.execute("SAVEPOINT rows")
    try:
        connection.executemany(sql, rows)
    except UnicodeEncodeError:
        # A file name of the system can hold half a character, which no text column takes.
        connection.execute("ROLLBACK TO rows")
        connection.executemany(sql, [tuple(map(_encodable, row)) for row in rows])
    connection.execute("RELEASE rows")


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


def _has_seal(data: bytes) -> bool:
    page = _seal_page(data)
    return data.find(_SEAL, page.start, page.stop) >= 0


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
        raise DamagedDocumentError(path, _tr(_UNSOUND))
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
        if version > FORMAT:  # its checksum holds, so what we cannot read is what we do not know
            raise NewerDocumentError(path, _dotted(version), _dotted(FORMAT)) from error
        raise DamagedDocumentError(path, _tr("its contents do not fit together")) from error


def _check_schema(connection: sqlite3.Connection, version: Version, path: Path) -> None:
    """Refuse every table, index, view or trigger that is not exactly one of ours, before any is used.

    Those a newer minor version may bring are let through as well.
    """
    known = SCHEMAS.get(min(version, FORMAT))
    if known is None:
        raise DamagedDocumentError(path, _tr("its format {0} was never released").format(_dotted(version)))
    newer = version > FORMAT
    tables: dict[str, str] = {}
    names: set[str] = set()
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        if kind == "table" and isinstance(sql, str):
            tables[name] = sql
        elif not (kind == "index" and (sql is None or (newer and _is_plain(PLAIN_INDEX, name, sql)))):
            raise DamagedDocumentError(path, _tr("it holds a {0} that Even Keel did not make").format(kind))
        if sql is not None and name.lower() in names:
            raise DamagedDocumentError(path, _tr("two of its tables have one name"))
        names.add(name.lower())
    if any(not _is_ours(sql, tables.get(name), name, newer=newer) for name, sql in known.items()):
        raise DamagedDocumentError(path, _tr("its tables are not those Even Keel makes"))
    for name, sql in tables.items():
        if name not in known and not (newer and _is_plain(PLAIN_TABLE, name, sql)):
            raise DamagedDocumentError(path, _tr("it holds a table that Even Keel did not make"))


def _is_ours(known: str, found: str | None, name: str, *, newer: bool) -> bool:
    """Tell whether one of our tables is there, of a newer minor version also with columns behind ours."""
    may_grow = newer and name != "seal" and found is not None
    return found == known or (may_grow and added_columns(known, str(found)) is not None)


def _is_plain(form: str, name: str, sql: object) -> bool:
    """Tell whether a table or index is a plain one, has the name it was made with, and can be made again."""
    match = re.fullmatch(form, sql) if isinstance(sql, str) else None
    return match is not None and match["name"] == name and not name.lower().startswith("sqlite_")


def _dotted(version: Version) -> str:
    return f"{version[0]}.{version[1]}"


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise DamagedDocumentError(path, _tr("its pages do not fit together"))
