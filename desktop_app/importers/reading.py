"""From a file or pasted text to a statement: the door of this floor."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.language import translator
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement

from .contents import content_grids, pasted_grids, unzipped
from .decoding import zero_bytes
from .engine import read_grids
from .errors import EmptyFileError, MissingFileError, NotAStatementError, TooLargeError, said_by_system
from .grid import Grid
from .kinds import is_gzip, is_ofx, is_ole, is_zip
from .watching import Watch, part, unwatched

_tr = translator("Refusals")
_LARGEST = 200_000_000
_STEP = 32_000_000
_LOADED = 0.1
_SPLIT = 0.4
"""Shares of the work after which a file is loaded, and taken apart into cells."""
_NO_HINTS = ReadingHints()


def read_source(
    source: StatementSource, hints: ReadingHints = _NO_HINTS, watch: Watch = unwatched
) -> Statement:
    """Read one file, entry of an archive or pasted table, with what the user has said about it.

    Raises `MissingFileError` (wrong path), a subclass of `UnreadableFileError` that says what the file is
    instead, or whatever `watch` raises; problems in single rows stand in the statement's issues.
    """
    with _fewer_collections():
        data, digest = _content(source, part(watch, 0.0, _LOADED))
        if is_ofx(data):
            from .ofx import read_ofx  # has no grid and needs none of the readers of tables

            statement = read_ofx(data, source.name, digest, hints, part(watch, _LOADED, 1.0))
        else:
            grids = _grids(source, data, part(watch, _LOADED, _SPLIT))
            statement = read_grids(grids, source.name, digest, hints, part(watch, _SPLIT, 1.0))
        zeros = None if is_zip(data) or is_ole(data) else zero_bytes(data)
        if zeros is not None:
            statement = replace(statement, issues=(zeros, *statement.issues))
    watch(1.0)
    return statement


def source_grids(source: StatementSource, watch: Watch = unwatched) -> tuple[tuple[Grid, ...], str]:
    """Return the sheets of a source (text has one) and its digest; raises as `read_source`."""
    data, digest = _content(source, watch)
    if is_ofx(data):
        kind, advice = _tr("an OFX or QFX download"), _tr("It has no columns to choose.")
        raise NotAStatementError(source.name, kind, advice)
    return _grids(source, data, watch), digest


def _content(source: StatementSource, watch: Watch) -> tuple[bytes, str]:
    """Return the bytes of a source and their digest."""
    if source.path is None:
        data = (source.text or source.html).encode("utf-8", errors="replace")
        if not data.strip():
            raise EmptyFileError(source.name)
    elif source.member:
        from .archive import member_bytes  # brings the zip reader, which single files never need

        data = member_bytes(source.path, source.member, source.name, source.password, watch)
    else:
        data = _load(source.path, watch)
    if is_gzip(data):
        data = unzipped(data, source.name, watch)
    digest = hashlib.sha256()
    for start in range(0, len(data), _STEP):
        digest.update(memoryview(data)[start : start + _STEP])
        watch(1.0)
    return data, digest.hexdigest()


def read_statement(path: Path, password: str | None = None) -> Statement:
    """Read one file that a provider lets people download; `password` opens a protected one."""
    return read_source(StatementSource(path.name, path, password=password))


def read_table_text(text: str, name: str) -> Statement:
    """Read a pasted table (tabs, commas, or columns kept apart by spaces); `name` stands for the file."""
    return read_source(StatementSource(name, text=text))


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Hold garbage collection back: the reader of a long file makes many objects and no cycles."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(path: Path, watch: Watch) -> bytes:
    try:
        if path.is_dir():
            raise MissingFileError(str(path), is_folder=True)
        if path.exists() and not path.is_file():
            raise MissingFileError(str(path), why=_tr("it is not an ordinary file"))
        size = path.stat().st_size
        if size > _LARGEST:
            raise TooLargeError(path.name, f"{size // 1_000_000} MB", "200 MB")
        with path.open("rb") as file:
            pieces = []
            while piece := file.read(_STEP):
                pieces.append(piece)
                watch(len(pieces) * _STEP / max(size, _STEP * len(pieces)))
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
    except FileNotFoundError:
        raise MissingFileError(str(path)) from None
    except (OSError, ValueError) as error:
        raise MissingFileError(str(path), why=said_by_system(error)) from error


def _grids(source: StatementSource, data: bytes, watch: Watch) -> tuple[Grid, ...]:
    if source.path is None and source.html:
        return pasted_grids(source.text, source.html, source.name, watch)
    return content_grids(data, source.name, source.password, watch)
