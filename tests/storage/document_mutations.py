"""Ways a saved document can be hurt, by accident or by somebody who knows its checksum."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from random import Random

Mutation = Callable[[bytes, Random], bytes]
_MARK = b"even-keel-checksum:"
_NEW_NAMES = ("new", "New2", "_", "sqlite_x", "SQLITE_2", "order", "Funds", "rowid", "a" * 300)
_HOSTILE_VALUES = (
    "NaN", "1E+999999999", "-1E-400", "9" * 500, "", "\0", "[" * 5000, '{"a":' * 3000, "=1+1", "<img src=x>",
    "2026-13-45", "0000-00-00", "null", "-0", "\u202e\u0000", "🙂" * 200, "1E+30",
)  # fmt: skip


def flip_bit(data: bytes, chance: Random) -> bytes:
    """Turn one bit over."""
    hurt = bytearray(data)
    hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def overwrite(data: bytes, chance: Random) -> bytes:
    """Write a run of other bytes over the file."""
    at = chance.randrange(len(data))
    run = chance.randbytes(chance.choice((1, 4, 100, 1024))) if chance.random() < 0.5 else bytes(512)
    return (data[:at] + run + data[at + len(run) :])[: len(data)]


def truncate(data: bytes, chance: Random) -> bytes:
    """Cut the file short."""
    return data[: chance.randrange(len(data))]


def lengthen(data: bytes, chance: Random) -> bytes:
    """Add bytes at the end or within."""
    at = chance.choice((len(data), chance.randrange(len(data))))
    return data[:at] + chance.randbytes(chance.randrange(1, 2000)) + data[at:]


def swap_pages(data: bytes, chance: Random) -> bytes:
    """Let two stretches of 1,024 bytes change places."""
    count = len(data) // 1024
    one, other = sorted(chance.sample(range(count), 2))
    pages = [data[i * 1024 : (i + 1) * 1024] for i in range(count)] + [data[count * 1024 :]]
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def with_checksum(data: bytes) -> bytes:
    """Put the checksum of a plain document right, as an attacker would."""
    at = data.find(_MARK) + len(_MARK)
    if at < len(_MARK) or len(data) < at + 8:
        return data
    emptied = data[:at] + b"00000000" + data[at + 8 :]
    return data[:at] + b"%08x" % zlib.crc32(emptied) + data[at + 8 :]


def forged_bytes(data: bytes, chance: Random) -> bytes:
    """Hurt the bytes, then put the checksum right: SQLite's own checks must hold."""
    return with_checksum(chance.choice((flip_bit, overwrite, swap_pages, lengthen))(data, chance))


def forged_value(data: bytes, chance: Random) -> bytes:
    """Change one cell to something no program of ours writes, then put the checksum right."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(data)
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        table = chance.choice([name for name in tables if name != "seal"])
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        column = chance.choice(columns)
        value = chance.choice((*_HOSTILE_VALUES, chance.randrange(-(2**63), 2**63), -1, 0, None))
        try:
            connection.execute(f"UPDATE {table} SET {column} = ?", (value,))
        except (sqlite3.Error, OverflowError):
            connection.execute(f"DELETE FROM {table}")
        return with_checksum(connection.serialize())


def forged_schema(data: bytes, chance: Random) -> bytes:
    """Smuggle something that runs into the schema, then put the checksum right."""
    sql = chance.choice(
        (
            "CREATE TRIGGER t AFTER INSERT ON funds BEGIN DELETE FROM statements; END",
            "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x FROM c",
            "DROP TABLE meta; CREATE VIEW meta (key, value) AS SELECT 'name', hex(zeroblob(900000000))",
            "CREATE INDEX i ON funds (hex(name))",
            "CREATE TABLE more (a TEXT CHECK (a <> hex(randomblob(9)))) STRICT",
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'meta'",
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE (' WHERE rootpage = 3",
            "PRAGMA user_version = 1999",
            "PRAGMA user_version = 2000",
        )
    )
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(data)
        connection.executescript(sql)
        return with_checksum(connection.serialize())


def newer_minor(data: bytes, chance: Random) -> bytes:
    """Let a newer minor version add some of what it may and some of what it may not."""
    table, name = chance.choice(("funds", "targets", "meta", "goals", "seal")), chance.choice(_NEW_NAMES)
    smuggled = (
        "CREATE TABLE t (id INTEGER) STRICT; PRAGMA writable_schema = ON; UPDATE sqlite_schema"
        f" SET name = '{name}', sql = replace(sql, ' t ', ' {name} ') WHERE name = 't'"
    )
    default = chance.choice(("7", "0.5", "x", "(1)"))
    column = f"{chance.choice(_NEW_NAMES)} {chance.choice(('TEXT', 'INTEGER', 'REAL', 'BLOB', 'ANY'))}"
    sql = chance.choice(
        (
            f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {column}) STRICT",
            f"ALTER TABLE {table} ADD COLUMN {column}; UPDATE {table} SET rowid = rowid",
            f"ALTER TABLE {table} ADD COLUMN {column} NOT NULL DEFAULT {default}",
            f"CREATE INDEX {name} ON funds ({chance.choice(('name', 'hex(name)', 'key DESC, name'))})",
            f"CREATE UNIQUE INDEX {name} ON fund_parts (fund, position)",
            f"INSERT INTO meta VALUES ('{name}', 'value')",
            "UPDATE goals SET content = json_set(content, '$.more', json('{\"a\":[1,{\"b\":null}]}'))",
            "UPDATE schedule_rules SET content = json_set(content, '$.kind', 'new')",
            smuggled,
        )
    )
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(data)
        with suppress(sqlite3.Error):
            connection.executescript(sql)
        connection.execute("PRAGMA user_version = 1007")
        return with_checksum(connection.serialize())


ACCIDENTS: tuple[Mutation, ...] = (flip_bit, overwrite, truncate, lengthen, swap_pages)
"""What a disk does: the file must be refused, or open as the very same household."""
FORGERIES: tuple[Mutation, ...] = (forged_bytes, forged_value, forged_schema, newer_minor)
"""What a person does to a plain document: it opens as some household or is refused; nothing runs."""
