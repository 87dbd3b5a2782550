"""What a page's source holds and its reader does not see: words for screen readers."""

from __future__ import annotations

import re
from functools import lru_cache

from .patterns import late_regex

_STYLE = late_regex(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_AWAY = late_regex(
    r"(?:left|top|text-indent|margin-left)\s*:\s*-[0-9]{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
"""How a style moves words off the page or cuts them away, and leaves them to screen readers."""
_CLASS = late_regex(
    r"d-none"
    r"|(?!not-)(?:[a-z0-9]+[-_]+)*(?:sr|sr-?only|show-for-sr|screen-?reader|visually-?hidden|hidden-?visually"
    r"|a11y-hidden|assistive-?text|off-?screen)(?:[-_]+(?:only|text|focusable|label|content|[a-z0-9]{5,8}))*"
)
_RULE = late_regex(r"(?<![^{}])([^{}]*+)\{([^{}]*+)\}", whole=True)
_COMMENT = late_regex(r"/\*.*?(?:\*/|\Z)", re.DOTALL, whole=True)
_BLOCK = late_regex(r"@[^{};@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}", whole=True)
"""Rules that hold for some screens or for paper only."""
_NAME = late_regex(r"(?:[a-z]+)?\.([a-z_][\w-]*)", re.IGNORECASE)
_LONGEST = 200_000
_LONGEST_NAME = 80


class Unseen:
    """Tells which elements of a page are not seen; learns its own classes from its style sheets."""

    def __init__(self) -> None:
        self._classes: set[str] = set()
        self._read = 0

    def add(self, sheet: str) -> None:
        """Learn the classes by which a style sheet moves words off the page."""
        self._read += len(sheet)
        if self._read > _LONGEST:
            return
        for selectors, style in _RULE.findall(_BLOCK.sub("", _COMMENT.sub("", sheet))):
            if _AWAY.search(style):
                names = (_NAME.fullmatch(selector.strip()) for selector in selectors.split(","))
                self._classes.update(name[1].lower() for name in names if name)

    def covers(self, given: dict[str, str]) -> bool:
        """Tell whether an element with these attributes is not seen."""
        style = given.get("style", "")[:2000]
        if style and (_STYLE.search(style) or _AWAY.search(style)):
            return True
        names = given.get("class", "")[:2000].lower().split()
        return any(name in self._classes or _is_for_readers(name) for name in names)


@lru_cache(maxsize=4096)
def _is_for_readers(name: str) -> bool:
    """Tell whether a class is called as those of words for screen readers are."""
    return len(name) <= _LONGEST_NAME and _CLASS.fullmatch(name) is not None
