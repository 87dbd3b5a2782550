"""Tells web pages by how they begin, and which encoding they name."""

from __future__ import annotations

import codecs
import re

from .patterns import late_regex

_META = late_regex(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:-]{2,40})""", re.IGNORECASE)
_PAGE = late_regex(
    rb"\s*(?>(?><!--.{0,2000}?-->)\s*|<\?xml[^>]{0,300}>\s*)*+"
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div|style|center|form|thead|tbody|tr)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_page(data: bytes) -> bool:
    """Tell whether bytes are a web page or a piece of one, by how they begin."""
    head = data[:8000]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or head[1:2] == b"\0":
        head = head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    return _PAGE.match(head.removeprefix(codecs.BOM_UTF8)) is not None


def declared_charset(data: bytes) -> str | None:
    """Return the encoding a page names for itself, None when it names none we know."""
    found = _META.search(data[:8000])
    if found is None:
        return None
    try:
        return codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
