"""The words of the floors below the window, in the language of the window; English without one.

Those floors know no Qt. They hand each sentence to what the window put in here, by a context and with
{0} where something is filled in. Whole sentences, so that a language may order them otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, Protocol, TypeAlias, TypeVar

Translate: TypeAlias = Callable[[str, str], str]
"""Turns a text of a context into the language in force."""


def _as_it_is(_context: str, text: str) -> str:
    return text


class _Cached(Protocol):
    def cache_clear(self) -> None: ...


Cached = TypeVar("Cached", bound=_Cached)


class _Present:
    translate: Translate = staticmethod(_as_it_is)
    caches: ClassVar[list[_Cached]] = []


def in_one_language(cached: Cached) -> Cached:
    """Let a cached function whose results hold words begin anew in another language."""
    _Present.caches.append(cached)
    return cached


def use_translation(translate: Translate | None) -> None:
    """Let every sentence from now on go through `translate`; None goes back to English."""
    _Present.translate = staticmethod(translate or _as_it_is)
    for cached in _Present.caches:
        cached.cache_clear()


def translator(context: str) -> Callable[[str], str]:
    """Return what translates the texts of one context at the moment they are asked for."""

    def tr(text: str) -> str:
        return _Present.translate(context, text)

    return tr


_tr = translator("Dates")
_tr_whole = translator("Whole dates")

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_word(month: int) -> str:
    """Return the short name of a month, 1 to 12: "Sep"."""
    return _tr(_SHORT[month - 1])


def whole_month_word(month: int) -> str:
    """Return the name of a month, 1 to 12, to stand beside a day: "September"."""
    return _tr_whole(_LONG[month - 1])


def day_words(day: date) -> str:
    """Write a date as "30 Sep 2026"."""
    return _tr("{0} {1} {2}").format(day.day, month_word(day.month), day.year)


def whole_day_words(day: date) -> str:
    """Write a date for a sentence: "30 September 2026"."""
    return _tr_whole("{0} {1} {2}").format(day.day, whole_month_word(day.month), day.year)


def sentence_day_words(day: date) -> str:
    """Write a date as US sentences have it: "September 30, 2026"."""
    return _tr_whole("{0} {1}, {2}").format(whole_month_word(day.month), day.day, day.year)


def year_day_words(month: int, day: int) -> str:
    """Write a day of the year for a sentence: "31 January"."""
    return _tr_whole("{0} {1}").format(day, whole_month_word(month))


def month_named(word: str) -> int | None:
    """Return the month that is called so, long or short, in English or the language in force."""
    wanted = word.casefold()
    for month in range(1, 13):
        names = (_SHORT[month - 1], _LONG[month - 1], month_word(month), whole_month_word(month))
        if wanted in {name.casefold().rstrip(".") for name in names}:
            return month
    return None
