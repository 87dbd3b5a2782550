"""What files print behind a fund's name that is no part of it: marks of footnotes, a missing ticker."""

from __future__ import annotations

import re

from .patterns import late_regex

_NO_TICKER = late_regex(r"(?<=\S)(?:\s*[·•|])?\s+(?:no ticker|n/a)\s*(?:[·•|].*)?$", re.IGNORECASE)
_MAY_LACK = late_regex(r"\b(?:ticker|n/a)\b", re.IGNORECASE)
_NOTE = late_regex(r"(?<=[\w)])(?:\s*[*†‡§¹²³ⓘℹ🛈]+|\s+[(\[][0-9][)\]])$")
"""A footnote's mark behind a name."""


def without_marks(name: str) -> str:
    """Return a name without a footnote's mark and the word for a missing ticker behind it."""
    if not (name.isascii() and name[-1:].isalnum()):
        name = _NOTE.sub("", name)
    return _NO_TICKER.sub("", name) if _MAY_LACK.search(name) else name
