"""Changes documents the way another program, or an attacker who knows the checksum, would."""

import sqlite3
import zlib
from contextlib import closing

MARK = b"even-keel-checksum:"


def changed(path, sql):
    """Run `sql` on the document and seal it again, so that only the change itself can give it away."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(path.read_bytes())
        connection.execute("PRAGMA writable_schema = ON")
        connection.executescript(sql)
        path.write_bytes(resealed(connection.serialize()))


def resealed(data):
    """Return the image with its checksum (CRC-32 of the image with eight zeros in its place) put right."""
    at = data.index(MARK, 1024, 2048) + len(MARK)
    emptied = data[:at] + b"00000000" + data[at + 8 :]
    return data[:at] + b"%08x" % zlib.crc32(emptied) + data[at + 8 :]


def query(path, sql):
    """Return the rows SQLite itself finds in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
