"""Patterns compiled when they are first asked something.

The readers know some four hundred patterns, and one statement needs a few dozen: compiling all of them while
the modules load was half of what a first preview took. They are asked about names, headings and lines, and a
file may hold one of a megabyte: a pattern sees its beginning only, so that no cell holds the program up.
"""

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

__all__ = ["LONGEST", "late_regex"]

LONGEST = 500
"""Characters of a name or line that patterns look at; what is told of a fund or an account is shorter."""


class _LatePattern:
    """Stands in for a compiled pattern; what was asked once, the pattern itself answers from then on."""

    def __init__(self, pattern: str | bytes, flags: int, *, whole: bool) -> None:
        self.pattern = pattern
        self._flags = flags
        self.sees_whole = whole or isinstance(pattern, bytes)

    def __getattr__(self, name: str) -> Any:
        # Reached only for what the instance lacks: the answer goes there, and is not looked for again.
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self.__dict__["_compiled"] = re.compile(self.pattern, self._flags)
        answer = getattr(compiled, name)
        if name in _CUT and not self.sees_whole:
            answer = _CUT[name](answer)
        self.__dict__[name] = answer
        return answer


def _cut(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Ask about the beginning of a long text."""

    def asked(text: Any, *places: int) -> Any:
        return ask(text if len(text) <= LONGEST else text[:LONGEST], *places)

    return asked


def _cut_and_put_back(put: Callable[..., Any]) -> Callable[..., Any]:
    """Replace in the beginning of a long text and keep the rest of it."""

    def replaced(by: Any, text: Any, count: int = 0) -> Any:
        if len(text) <= LONGEST:
            return put(by, text, count)
        return put(by, text[:LONGEST], count) + text[LONGEST:]

    return replaced


def _cut_and_split(split: Callable[..., Any]) -> Callable[..., Any]:
    """Split the beginning of a long text; the rest stays with the last part."""

    def parts(text: Any, maxsplit: int = 0) -> Any:
        if len(text) <= LONGEST:
            return split(text, maxsplit)
        found = split(text[:LONGEST], maxsplit)
        found[-1] += text[LONGEST:]
        return found

    return parts


_CUT = {
    **dict.fromkeys(("search", "match", "fullmatch", "findall", "finditer"), _cut),
    "sub": _cut_and_put_back,
    "split": _cut_and_split,
}


def late_regex(pattern: AnyStr, flags: int = 0, *, whole: bool = False) -> re.Pattern[AnyStr]:
    """What `re.compile` would give, compiled at the first use; a wrong pattern is told then.

    One of text sees the first `LONGEST` characters only. `whole` is for those over the text of a file: their
    time then has to grow with its length and no faster, as that of patterns of bytes. What is returned has
    the methods and attributes of a pattern but is none itself: `re.sub(it, …)` does not take it.
    """
    return cast("re.Pattern[AnyStr]", _LatePattern(pattern, flags, whole=whole))
