"""What a page's source holds and its reader does not see: words for screen readers, choices of lists."""

from __future__ import annotations

import re
from functools import lru_cache

from .account_labels import is_numbered, split_label
from .card_lines import names_account
from .grid import Line
from .named_above import account_said
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
_OF_ACCOUNT = late_regex(
    r"(?!to|from)(?!.*(?:dest|target|transfer|bank|extern)).*(?:acc(?:oun)?t|plan).*", re.IGNORECASE
)
"""How a list of accounts is called in a page's source; “toAccount” is where money goes."""
_MONEY = late_regex(r"[\s(:–—|-]*[$€£]\s?[0-9][0-9,.]*\)?\s*$", re.ASCII)
_LONGEST = 200_000
_LONGEST_NAME = 80
_LONGEST_CHOICE = 120


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


class Choices:
    """Gathers what the lists of a page have chosen, of which one sees nothing but that."""

    def __init__(self) -> None:
        self._said: list[tuple[bool, str]] = []
        self._is_of_accounts = False
        self._parts: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take the tag that begins a list or one of its choices."""
        self.end()
        if tag == "select":
            names = (given.get(key, "")[:_LONGEST_NAME] for key in ("name", "id", "aria-label"))
            self._is_of_accounts = any(map(_OF_ACCOUNT.fullmatch, names))
        elif "selected" in given:
            self._parts = []

    def add(self, words: str) -> None:
        """Take words inside a list."""
        if self._parts is not None and len(self._parts) < _LONGEST_NAME:
            self._parts.append(words[:_LONGEST_CHOICE])

    def end(self) -> None:
        """End a choice."""
        if self._parts is not None:
            self._said.append((self._is_of_accounts, " ".join("".join(self._parts).split())))
        self._parts = None

    def account(self) -> str:
        """Return the words of the one account with a number that the lists have chosen, "" without one."""
        found: dict[str, str] = {}
        for is_of_accounts, text in self._said:
            words = _MONEY.sub("", text[:_LONGEST_CHOICE])
            if names_account(words):
                said = account_said([Line(0, [words], words)]) or split_label(words)
                found[said.id] = words
            elif is_of_accounts and is_numbered((said := split_label(words)).id) and said.id != said.name:
                found[said.id] = f"Account: {words}"
        return next(iter(found.values())) if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def _is_for_readers(name: str) -> bool:
    """Tell whether a class is called as those of words for screen readers are."""
    return len(name) <= _LONGEST_NAME and _CLASS.fullmatch(name) is not None
