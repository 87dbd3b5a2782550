"""Web pages to tags and words, in one pass over the text however broken it is.

The standard library's parser takes time that grows with the square of the length for unclosed comments
and tags, so a file could hold the program for minutes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from .patterns import late_regex

_OPENING = late_regex(
    r"<([A-Za-z][^\s/>\x00]{0,60})((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>", re.ASCII | re.DOTALL, whole=True
)
_CLOSING = late_regex(r"</([A-Za-z][^\s/>\x00]{0,60})", re.ASCII, whole=True)
_ATTRIBUTE = late_regex(r"([^\s=/>\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']*))?", whole=True)
_HUGE_NUMBER = late_regex(r"&#[xX]?[0-9a-fA-F]{9,}", whole=True)
_RAW = {
    tag: late_regex(f"</{tag}", re.IGNORECASE, whole=True)
    for tag in ("script", "style", "textarea", "title", "xmp")
}
_LONGEST_TAG = 20_000
_LONGEST_TEXT = 100_000
_WANTED = late_regex(r"role|span|hidden|style|class", re.IGNORECASE, whole=True)
CHOICES = frozenset({"select", "option"})
"""The tags of a list of which a page shows what is chosen."""


class Piece(NamedTuple):
    """A tag or a run of words: `tag` is lower case and empty for words; `line` counts from 1."""

    line: int
    place: int
    tag: str
    attributes: dict[str, str]
    text: str
    is_end: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """Yield the tags and words of a page; comments, scripts, styles and declarations are left out."""
    place, line, counted = 0, 1, 0
    while place < len(text):
        start = text.find("<", place)
        start = len(text) if start < 0 else start
        if start > place:
            words = _unescaped(text[place : min(start, place + _LONGEST_TEXT)])
            yield Piece(line, place, "", {}, words)
        line += text.count("\n", counted, start)
        counted = start
        place, piece = _markup(text, start, line)
        if piece is not None:
            yield piece
            if not piece.is_end and (ends := _RAW.get(piece.tag)) is not None:
                found = ends.search(text, place)
                place = found.start() if found else len(text)
            line += text.count("\n", counted, place)
            counted = place


def _markup(text: str, start: int, line: int) -> tuple[int, Piece | None]:
    """Return where the markup that starts at `start` ends, and its tag if it is one."""
    if start >= len(text):
        return start, None
    follower = text[start + 1 : start + 2]
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return (len(text) if end < 0 else end + 3), None
    if follower not in "!?/" and not (follower.isascii() and follower.isalpha()):
        return start + 1, Piece(line, start, "", {}, "<")
    end = text.find(">", start)
    if not follower or end < 0:
        return len(text), None
    if follower in "!?":
        return end + 1, None
    if follower == "/":
        closing = _CLOSING.match(text, start)
        tag = closing[1].lower() if closing else ""
        return end + 1, Piece(line, start, tag, {}, "", is_end=True) if tag else None
    opening = _OPENING.match(text, start, start + _LONGEST_TAG)
    if opening is None:
        name = _CLOSING.match("</" + text[start + 1 : start + 62])
        return end + 1, Piece(line, start, name[1].lower() if name else "b", {}, "")
    tag = opening[1].lower()
    attributes = _attributes(opening[2]) if tag in CHOICES or _WANTED.search(opening[2]) else {}
    return opening.end(), Piece(line, start, tag, attributes, "")


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = (match[2] or "").strip("\"'")
        found.setdefault(match[1].lower(), _unescaped(value))
    return found


def _unescaped(text: str) -> str:
    return html.unescape(_HUGE_NUMBER.sub("�", text)) if "&" in text else text
