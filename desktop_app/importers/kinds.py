"""What a file really is, told by its first bytes and never by its name."""

from __future__ import annotations

from desktop_app.domain.language import translator

_tr = translator("Refusals")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"RIFF", "a picture, sound or film"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_MAYBE_TEXT = frozenset({b"BM", b"MZ", b"RIFF", b"BZh", b"II*\x00"})
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_GZIP = b"\x1f\x8b"
_XML_BOOK = b"Workbook"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes are a zip container (XLSX, ODS and others)."""
    return data.startswith((_ZIP, _EMPTY_ZIP))


def is_gzip(data: bytes) -> bool:
    """Tell whether the bytes are one file packed by gzip."""
    return data.startswith(_GZIP)


def is_ole(data: bytes) -> bool:
    """Tell whether the bytes are an old Office container (XLS, or a locked XLSX)."""
    return data.startswith(_OLE)


def is_ofx(data: bytes) -> bool:
    """Tell whether the bytes are an OFX or QFX download, of the older or the newer kind."""
    head = data[:4000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(b"ofxheader") or b"<?ofx" in head or b"<ofx>" in head


def foreign_kind(data: bytes) -> tuple[str, str] | None:
    """Return what the file is and what to do instead, None when it may be a table."""
    for magic, words in _MAGIC:
        if data.startswith(magic) and (magic not in _MAYBE_TEXT or b"\x00" in data[:512]):
            return _tr(words), ""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<?xml", b"<svg")) and _XML_BOOK not in data[:4000]:
        return _tr("an XML file"), ""
    return None
