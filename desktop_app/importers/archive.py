"""What stands behind the paths someone offers: files, folders of files, and zip archives of files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator
from desktop_app.domain.sources import StatementSource

from .errors import (
    DamagedFileError,
    EmptyArchiveError,
    EmptyFolderError,
    LockedArchiveError,
    MissingFileError,
    OddArchiveError,
    PdfsLeftOutError,
    TooLargeError,
    WrongPasswordError,
    said_by_system,
)
from .kinds import is_zip
from .watching import Watch, unwatched

_tr = translator("Refusals")
Found = tuple[tuple[StatementSource, ...], tuple[tuple[str, UserError], ...]]
SUFFIXES = frozenset(
    {
        ".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".ofx", ".qfx", ".qbo",
        ".htm", ".html", ".mht", ".mhtml", ".eml", ".xml", ".json", ".gz", ".zip",
    }
)  # fmt: skip
"""Endings of the files in a folder that can be statements."""
INNER = "!/"
"""Stands between the name of an archive inside an archive and that of its entry."""
_DEEPEST = 3
_MOST_FILES = 500
_MOST_LOOKED_AT = 10_000
_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 200_000_000
_MOST_RATIO = 1_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_AES = 99
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
)  # fmt: skip
_BOOK_PARTS = ("[Content_Types].xml", "content.xml", "mimetype", "Index/Document.iwa", "xl/workbook.xml")


def find_sources(paths: Iterable[Path], watch: Watch = unwatched) -> Found:
    """Return what there is to read behind files, folders and zip archives, and what cannot be opened.

    Folders are searched three levels deep for files that can be statements, by their endings. Errors
    stand beside the name to show.
    """
    sources: list[StatementSource] = []
    errors: list[tuple[str, UserError]] = []
    seen: set[Path] = set()
    for path in paths:
        pdfs: list[str] = []
        try:
            for file in _files(path, watch, pdfs):
                real = file.resolve()
                if real not in seen:
                    seen.add(real)
                    _add(file, sources, errors)
                watch(0.0)
            _tell(path, pdfs, errors)
        except UserError as error:
            errors.append((path.name or str(path), error))
        except (OSError, ValueError) as error:
            errors.append((path.name or str(path), MissingFileError(str(path), why=said_by_system(error))))
    watch(1.0)
    return tuple(sources), tuple(errors)


def _add(file: Path, sources: list[StatementSource], errors: list[tuple[str, UserError]]) -> None:
    pdfs: list[str] = []
    try:
        sources.extend(_sources_of(file, pdfs))
        _tell(file, pdfs, errors)
    except UserError as error:
        errors.append((file.name, error))


def _tell(path: Path, pdfs: list[str], errors: list[tuple[str, UserError]]) -> None:
    """Say that statements as PDF were left out, once for a folder or archive."""
    if pdfs:
        errors.append((path.name, PdfsLeftOutError(path.name or str(path), pdfs)))


def _sources_of(file: Path, pdfs: list[str]) -> Iterator[StatementSource]:
    if not _looks_zipped(file):
        yield StatementSource(file.name, file)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            if _is_book(archive):
                yield StatementSource(file.name, file)
                return
            members = list(_members(archive, file.name, nested=True))
            pdfs.extend(shown(name) for name in archive.namelist() if _is_pdf(PurePosixPath(name)))
    except _DAMAGE:
        yield StatementSource(file.name, file)
        return
    if not members:
        raise EmptyArchiveError(file.name)
    for member in members:
        yield StatementSource(f"{file.name} › {shown(member)}", file, member)


def _looks_zipped(file: Path) -> bool:
    """Tell whether a file opens as a zip archive does; one that cannot be opened says so when it is read."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return is_zip(stream.read(4))
    except (OSError, ValueError):
        return False


def shown(member: str) -> str:
    """Return an entry's name as people see it: its last part, which is never used as a path."""
    inner = member.replace("\\", "/").replace(INNER, "/")
    plain = "".join(char if char.isprintable() else "�" for char in PurePosixPath(inner).name)
    return plain[:120] or "entry"


def _is_book(archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip container is one document: a workbook, or another kind of office file."""
    names = set(archive.namelist())
    return any(part in names for part in _BOOK_PARTS)


def _members(archive: zipfile.ZipFile, name: str, *, nested: bool) -> Iterator[str]:
    """Yield the entries that can be statements; those of an archive inside it too, one level deep."""
    entries = archive.infolist()
    check_sizes(entries, name)
    for entry in sorted(entries, key=lambda entry: entry.filename):
        if not _may_be_statement(entry):
            continue
        inner = _inner_members(archive, entry, name) if nested and not entry.flag_bits & _ENCRYPTED else None
        if inner is None:
            yield entry.filename
        else:
            yield from (f"{entry.filename}{INNER}{member}" for member in inner)


def _may_be_statement(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if entry.is_dir() or "__MACOSX" in path.parts or any(part.startswith(".") for part in path.parts[-1:]):
        return False
    return path.suffix.lower() in SUFFIXES


def _inner_members(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> list[str] | None:
    """Return the entries of an archive inside an archive, None for anything else."""
    if not entry.filename.lower().endswith(".zip"):
        return None
    data = _unpacked(archive, entry, name, None)
    with zipfile.ZipFile(io.BytesIO(data)) as inner:
        if _is_book(inner):
            return None
        return list(_members(inner, name, nested=False))


def check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive that unpacks to more than statements ever are."""
    if len(entries) > _MOST_ENTRIES:
        raise TooLargeError(name, _tr("{0:,} files").format(len(entries)), _limit(_MOST_ENTRIES))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > _MOST_UNPACKED or unpacked > 1_000_000 + packed * _MOST_RATIO:
        raise TooLargeError(name, _tr("{0:,} MB when unpacked").format(unpacked // 1_000_000), "200 MB")


def member_bytes(
    data: bytes | Path, member: str, name: str, password: str | None, watch: Watch = unwatched
) -> bytes:
    """Return one entry of an archive, which may stand in an archive inside it.

    Raises `LockedArchiveError`, `WrongPasswordError`, `DamagedFileError`, `TooLargeError` or
    `OddArchiveError` (packed in a way we cannot undo).
    """
    try:
        with zipfile.ZipFile(data if isinstance(data, Path) else io.BytesIO(data)) as archive:
            outer, _, inner = member.partition(INNER)
            names = set(archive.namelist())
            if inner and member not in names and outer in names:
                entry = archive.getinfo(outer)
                return member_bytes(
                    _unpacked(archive, entry, name, password, watch), inner, name, password, watch
                )
            if member not in names:
                raise DamagedFileError(name)
            return _unpacked(archive, archive.getinfo(member), name, password, watch)
    except FileNotFoundError:
        raise MissingFileError(str(data) if isinstance(data, Path) else name) from None
    except _DAMAGE as error:
        raise DamagedFileError(name) from error


def _unpacked(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    password: str | None,
    watch: Watch = unwatched,
) -> bytes:
    locked = bool(entry.flag_bits & _ENCRYPTED)
    if entry.compress_type == _AES:
        raise OddArchiveError(name, locked=True)
    if locked and password is None:
        raise LockedArchiveError(name)
    check_sizes([entry], name)
    try:
        with archive.open(
            entry, pwd=password.encode() if locked and password is not None else None
        ) as stream:
            return _read_all(stream, entry.file_size, name, watch)
    except NotImplementedError:
        raise OddArchiveError(name, locked=False) from None
    except RuntimeError:
        raise WrongPasswordError(name) from None
    except (zipfile.BadZipFile, zlib.error):
        if locked:  # one wrong password in 256 is only found out by what comes after
            raise WrongPasswordError(name) from None
        raise


def _read_all(stream: IO[bytes], size: int, name: str, watch: Watch) -> bytes:
    """Read a stream of unpacked bytes in steps; sizes that archives state may be lies."""
    pieces: list[bytes] = []
    got = 0
    while piece := stream.read(_CHUNK):
        pieces.append(piece)
        got += len(piece)
        if got > _MOST_UNPACKED:
            raise TooLargeError(name, _tr("more than 200 MB when unpacked"), "200 MB")
        watch(min(got / max(size, 1), 1.0))
    return b"".join(pieces)


def _limit(files: int) -> str:
    return _tr("{0:,} files").format(files)


def _is_pdf(path: PurePath) -> bool:
    return path.suffix.lower() == ".pdf" and not path.name.startswith(".")


def _files(path: Path, watch: Watch, pdfs: list[str]) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = False
    for number, file in enumerate(_walk(path, _DEEPEST, watch), 1):
        if number > _MOST_FILES:
            raise TooLargeError(
                path.name, _tr("more than {0} files").format(_MOST_FILES), _limit(_MOST_FILES)
            )
        if _is_pdf(file):
            pdfs.append(file.name)
            continue
        found = True
        yield file
    if not found:
        raise EmptyFolderError(path.name or str(path))


def _walk(folder: Path, depth: int, watch: Watch) -> Iterator[Path]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    if len(entries) > _MOST_LOOKED_AT:
        raise TooLargeError(folder.name, _tr("{0:,} files").format(len(entries)), _limit(_MOST_FILES))
    for entry in entries:
        watch(0.0)
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir():
            if depth and not entry.is_symlink():
                yield from _walk(entry, depth - 1, watch)
        elif entry.suffix.lower() in SUFFIXES or _is_pdf(entry):
            yield entry
