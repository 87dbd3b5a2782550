"""Zero bytes in a text, as a disk or a transfer leaves them: read around, and said."""

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import read_statement

TABLE = "Symbol,Name,Value\nVFIAX,500 Index Fund,1000\nVBTLX,Bond Index Fund,250\n"
OFX = Path(__file__).parent / "fixtures" / "ofx-brokerage.ofx"


def told(folder: Path, data: bytes, name: str = "plan.csv") -> list[tuple[str, int | None]]:
    path = folder / name
    path.write_bytes(data)
    statement = read_statement(path)
    return [(issue.message, issue.line) for issue in statement.issues if "zero byte" in issue.message]


@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        (TABLE.encode().replace(b"1000", b"1\x00000"), "a zero byte, which no text has, in line 2", 2),
        (TABLE.encode().replace(b"Bond", b"B\0\0nd"), "2 zero bytes, which no text has, the first in", 3),
        (TABLE.encode().replace(b"Symbol", b"Sym\0bol"), "in line 1", 1),
        (TABLE.replace("\n", "\r\n").encode().replace(b"250", b"2\x0050"), "in line 3", 3),
        (TABLE.replace("\n", "\r").encode().replace(b"250", b"2\x0050"), "in line 3", 3),
        (TABLE.encode() + bytes(700), "700 zero bytes, which no text has, the first in line 4", 4),
        (TABLE.replace("250", "2\x0050").encode("utf-16"), "a zero byte, which no text has, in line 3", 3),
    ],
)  # fmt: skip
def test_zero_bytes_are_said(tmp_path: Path, data: bytes, words: str, line: int) -> None:
    ((message, where),) = told(tmp_path, data)
    assert words in message
    assert "may be missing" in message
    assert where == line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_zeros_of_wide_letters_are_none(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(TABLE.encode(encoding))
    assert told(tmp_path, TABLE.encode(encoding)) == []
    assert read_statement(path).total == Decimal(1250)


def test_they_are_said_of_an_ofx_download_as_well(tmp_path: Path) -> None:
    data = OFX.read_bytes()
    at = data.index(b"<INVSTMTRS>")
    ((message, _),) = told(tmp_path, data[:at] + b"\0" + data[at:], "plan.ofx")
    assert "a zero byte" in message
