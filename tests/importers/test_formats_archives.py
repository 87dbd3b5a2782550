"""What stands behind folders and archives."""

from __future__ import annotations

import binascii
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.errors import UserError
from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.importers import find_sources, read_source
from desktop_app.importers.errors import (
    DamagedFileError,
    EmptyArchiveError,
    EmptyFolderError,
    LockedWorkbookError,
    MissingFileError,
    OddArchiveError,
    TooLargeError,
    WrongPasswordError,
)

PAPER = b"Fund name,Value\nMaple Index Fund,$75.00\n"


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def locked(data: bytes, password: str) -> bytes:
    """Pack one entry with the old zip encryption, which the library reads but does not write."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [0] * 256
    for start in range(256):
        crc = start
        for _ in range(8):
            crc = (crc >> 1) ^ 0xEDB88320 if crc & 1 else crc >> 1
        table[start] = crc

    def mix(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    def seal(byte: int) -> int:
        low = (keys[2] | 2) & 0xFFFF
        mixed = byte ^ ((low * (low ^ 1)) >> 8 & 0xFF)
        mix(byte)
        return mixed

    for letter in password.encode():
        mix(letter)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("holdings.csv", bytes(12) + data)
    plain = bytearray(stored.getvalue())
    check = binascii.crc32(data)
    at = plain.index(bytes(12) + data)
    body = bytes([*range(11), check >> 24]) + data
    plain[at : at + len(body)] = bytes(seal(byte) for byte in body)
    for mark, flags, crc, size in ((b"PK\x03\x04", 6, 14, 22), (b"PK\x01\x02", 8, 16, 24)):
        start = plain.index(mark)
        plain[start + flags] |= 1
        plain[start + crc : start + crc + 4] = check.to_bytes(4, "little")
        plain[start + size : start + size + 4] = len(data).to_bytes(4, "little")
    return bytes(plain)


def found(*paths: Path) -> tuple[list[str], list[tuple[str, UserError]]]:
    sources, errors = find_sources(paths)
    return [source.name for source in sources], list(errors)


def test_files_are_taken_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(PAPER)
    sources, errors = find_sources([tmp_path / "b.csv", tmp_path / "b.csv", tmp_path / "gone.csv"])
    assert [source.name for source in sources] == ["b.csv", "gone.csv"]
    assert errors == ()
    assert read_source(sources[0]).total == Decimal("75.00")
    with pytest.raises(MissingFileError):
        read_source(sources[1])


def test_a_folder_gives_its_statements(tmp_path: Path) -> None:
    for name in (
        "z.csv",
        "a.xlsx",
        ".hidden.csv",
        "~$a.xlsx",
        "note.docx",
        "2026/march/q.qfx",
        "1/2/3/4/deep.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PAPER)
    (tmp_path / "2026" / "loop").symlink_to(tmp_path)
    (tmp_path / "again.csv").symlink_to(tmp_path / "z.csv")
    names, errors = found(tmp_path)
    assert sorted(names) == ["a.xlsx", "again.csv", "q.qfx"]  # again.csv is z.csv by another name
    assert errors == []


def test_a_folder_without_statements_says_so(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    names, [(shown, error)] = found(tmp_path)
    assert (names, shown) == ([], tmp_path.name)
    assert isinstance(error, EmptyFolderError)


def test_a_folder_of_thousands_is_refused(tmp_path: Path) -> None:
    for number in range(510):
        (tmp_path / f"{number}.csv").touch()
    _, [(_, error)] = found(tmp_path)
    assert isinstance(error, TooLargeError)


def test_searching_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(PAPER)

    def stop(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        find_sources([tmp_path], stop)


def test_an_archive_gives_its_entries(tmp_path: Path) -> None:
    inner = zipped({"inner.csv": PAPER})
    path = tmp_path / "all.zip"
    path.write_bytes(
        zipped({
            "march/a.csv": PAPER, "__MACOSX/march/._a.csv": b"x", ".b.csv": b"x", "read me.md": b"x",
            "../../etc/c.csv": PAPER, "more.zip": inner, "more/deeper.zip": zipped({"x.zip": inner}),
        })
    )  # fmt: skip
    sources, errors = find_sources([path])
    assert errors == ()
    assert [source.name for source in sources] == [
        "all.zip › c.csv", "all.zip › a.csv", "all.zip › inner.csv", "all.zip › x.zip",
    ]  # fmt: skip
    assert [read_source(source).total for source in sources[:3]] == [Decimal("75.00")] * 3
    with pytest.raises(UserError):
        read_source(sources[3])
    assert not (tmp_path.parent / "etc").exists()


def test_a_workbook_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}))
    assert found(path) == (["book.xlsx"], [])


def test_an_archive_without_statements_says_so(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    path.write_bytes(zipped({"a.jpg": b"x"}))
    _, [(shown, error)] = found(path)
    assert shown == "photos.zip"
    assert isinstance(error, EmptyArchiveError)


def test_a_locked_archive_opens_with_its_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    path.write_bytes(locked(PAPER, "acorn7"))
    [source], _ = find_sources([path])
    with pytest.raises(LockedWorkbookError, match="protected with a password"):
        read_source(source)
    opened = StatementSource(source.name, path, source.member, password="acorn7")
    assert read_source(opened).total == Decimal("75.00")
    with pytest.raises(WrongPasswordError):
        read_source(StatementSource(source.name, path, source.member, password="wrong"))


def test_a_method_nobody_can_undo_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": PAPER}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + place] = 99
    path = tmp_path / "aes.zip"
    path.write_bytes(data)
    [source], _ = find_sources([path])
    with pytest.raises(OddArchiveError, match="AES"):
        read_source(source)


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.csv": b"0" * 210_000_000}))
    _, [(_, error)] = found(path)
    assert isinstance(error, TooLargeError)
    path.write_bytes(zipped({f"{number}.csv": b"" for number in range(2_100)}))
    _, [(_, error)] = found(path)
    assert isinstance(error, TooLargeError)


def test_an_archive_cut_short_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(zipped({"a.csv": PAPER * 50})[:60])
    [source], _ = find_sources([path])
    with pytest.raises(DamagedFileError):
        read_source(source)


def test_pdf_statements_beside_others_are_named_once(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "balances.csv").write_text("Fund,Value\nBond Index Fund,300.00\n", encoding="utf-8")
    for name in ("q1.pdf", "q2.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7")
    sources, refused = find_sources([folder])
    assert [source.name for source in sources] == ["balances.csv"]
    ((name, error),) = refused
    assert name == "downloads"
    assert str(error).startswith("“q1.pdf” and 1 more in “downloads” cannot be read")
    assert error.exit_code == 0
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    sources, refused = find_sources([packed])
    assert len(sources) == 1
    assert [name for name, _ in refused] == ["all.zip"]


def test_answers_of_sites_are_found_in_folders_and_archives(tmp_path: Path) -> None:
    answer = b'{"positions": [{"fund": "Maple Index Fund", "marketValue": "75.00"}]}'
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "answer.json").write_bytes(answer)
    (tmp_path / "all.zip").write_bytes(zipped({"answer.json": answer}))
    sources, errors = find_sources([tmp_path / "mine", tmp_path / "all.zip"])
    assert not errors
    values = [row.value for source in sources for row in read_source(source).accounts[0].rows]
    assert values == [Decimal("75.00")] * 2
