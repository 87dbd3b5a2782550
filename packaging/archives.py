"""Archives that come out the same, byte for byte, whenever the same files go in."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

OLDEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)


def write_tar_xz(folder: Path, target: Path, seconds: int) -> None:
    """Pack a folder under its own name: names in order, owned by root, changed at `seconds` since 1970."""
    with lzma.open(target, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for path in _in_order(folder):
            info = archive.gettarinfo(str(path), path.relative_to(folder.parent).as_posix())
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = seconds
            info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
            if info.isfile():
                with path.open("rb") as content:
                    archive.addfile(info, content)
            else:
                archive.addfile(info)


def write_zip(folder: Path, target: Path, seconds: int) -> None:
    """Pack the files of a folder under its own name, in order, all changed at `seconds` since 1970."""
    moment = max(time.gmtime(seconds)[:6], OLDEST_IN_ZIP)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in _in_order(folder):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), moment)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, path.read_bytes())


def gzipped(content: bytes) -> bytes:
    """Return content packed by gzip without a time in it."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _in_order(folder: Path) -> Iterator[Path]:
    yield folder
    yield from sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts)
