"""Bytes of a text file to text: which encoding it is in, with or without a mark."""

from __future__ import annotations

import codecs

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator

from .errors import EmptyFileError, NotAStatementError
from .patterns import late_regex

_tr = translator("Remarks")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
"""Longer marks first: that of UTF-32 begins with that of UTF-16."""
_WESTERN = frozenset({"iso8859-1", "cp1252"})
"""What pages call Latin-1 is Windows Western: browsers read it so (WHATWG Encoding Standard, 4.2).

Pages saved by other programs keep the word and are written in UTF-8, which no Western text is by chance.
"""
_ZERO = (
    "The file holds a zero byte, which no text has, in line {0:,}. "
    "They were left out; letters or digits may be missing there."
)
_ZEROS = (
    "The file holds {1:,} zero bytes, which no text has, the first in line {0:,}. "
    "They were left out; letters or digits may be missing there."
)
_ZERO_FIX = "Compare the amounts with the provider's page, or download the file again."
_HEAD = 4_000
_SAMPLE = 200_000
_CONTROL = late_regex(r"[\x00-\x08\x0e-\x1f\x7f]", whole=True)
_HIGH = late_regex(rb"[\x80-\xff]")
_OFTEN = frozenset("’‘“”–—…®™©€£·• éèáíóúñüöäçàâêôß½¼¾§¢")
"""What statements hold besides plain letters."""
_INSIDE_WORD = late_regex("[a-z][À-ÖØ-Þ¡-¿ˆ˜‚„†‡][a-z ]", whole=True)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Return the text of a file; `declared` is the encoding it names for itself, if any.

    Knows UTF-8, UTF-16, UTF-32, Windows Western, Latin-1 and Mac Roman. Raises `EmptyFileError` when there
    is nothing but space, `NotAStatementError` when it is not text.
    """
    text = _decode(data, declared)
    text = text.replace("\x00", "") if "\x00" in text else text
    text = text.lstrip("\ufeff")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 500:
        raise NotAStatementError(name, _tr("a file of data that is not text"))
    if not text.strip():
        raise EmptyFileError(name)
    return text


def zero_bytes(data: bytes) -> Issue | None:
    """Return what to say of a text with zero bytes, which `decode` leaves out; None where there are none."""
    text = _decode(data, None) if b"\0" in data else ""
    count = text.count("\0")
    if not count:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    line = text.count("\n", 0, text.index("\0")) + 1
    message = _tr(_ZERO if count == 1 else _ZEROS).format(line, count)
    return Issue(Severity.WARNING, message, _tr(_ZERO_FIX), line)


def _decode(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _wide(data.rstrip(b"\0")[:_HEAD])
    if wide is not None:
        return data.decode(wide, errors="replace")
    if declared is not None and not declared.startswith(("utf-16", "utf-32")):
        try:
            if codecs.lookup(declared).name in _WESTERN:
                return _clean_utf8(data) or _windows(data)
            return data.decode(declared)
        except (UnicodeDecodeError, LookupError, TypeError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _narrow(data, error)


def _clean_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _wide(head: bytes) -> str | None:
    """Return the encoding of text that takes two or four bytes a letter, told by where the zeros are."""
    if len(head) < 4 or head.count(0) <= len(head) // 4:
        return None
    zeros = [head[place::4].count(0) for place in range(4)]
    most = len(head) // 4 * 4 // 5
    if sum(count * 4 > most * 3 for count in zeros) >= 3:
        return "utf-32-le" if zeros[0] < zeros[3] else "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) * 2 <= len(head) // 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _narrow(data: bytes, error: UnicodeDecodeError) -> str:
    """Decode text that is not clean UTF-8: UTF-8 with a damaged spot, or an older one-byte encoding."""
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    whole = len(_HIGH.findall(data[: error.start])) // 2 + sum(char > "\x7f" for char in mended[:_SAMPLE])
    if broken * 3 < whole - broken:
        return mended
    windows = _windows(data)
    mac = data.decode("mac_roman")
    old_ends = b"\r" in data and b"\n" not in data
    doubtful = old_ends or _oddity(windows) > 0
    return mac if doubtful and _likeness(mac) + old_ends > _likeness(windows) else windows


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _likeness(text: str) -> int:
    """Return how much the letters beyond ASCII look like those of a statement."""
    sample = text[:_SAMPLE]
    return sum(char in _OFTEN for char in sample if char > "\x7f") - 2 * _oddity(sample)


def _oddity(text: str) -> int:
    """Count what hardly stands in a statement: control characters, capitals and marks inside words."""
    sample = text[:_SAMPLE]
    return sum("\x80" <= char <= "\x9f" for char in sample) + len(_INSIDE_WORD.findall(sample))
