"""Days and periods named in headings, so that of several dates the latest is taken."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from .amounts import find_date
from .patterns import late_regex
from .written_days import in_english

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = "|".join(_MONTHS)
_DAY = (
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})"
    rf"|(?:{_NAMED})[a-z]*[-.\s]+[0-9]{{1,2}}(?:st|nd|rd|th)?[-,\s]+[0-9]{{4}}"
    rf"|[0-9]{{1,2}}[-.\s](?:{_NAMED})[a-z]*[-,.\s]+[0-9]{{4}}"
)
_MONTH = late_regex(
    rf"(?P<name>{_NAMED})[a-z]*\.?[-,\s]*['’]?"
    r"(?P<year>(?<=[-,\s'’])(?:19|20)[0-9]{2}|(?<=['’])[0-9]{2}(?![\w-])|(?<=[a-z]-)[2-4][0-9](?![\w-]))"
)
"""A month and its year, as 2026, '26 or, as workbooks show it, Jan-26."""
_QUARTER = late_regex(r"q(?P<quarter>[1-4])[-,\s]*(?P<year>(?:19|20)[0-9]{2})")
_YEAR = late_regex(r"(?:^|(?<=[\s(-]))(?P<year>(?:19|20)[0-9]{2})(?=$|[\s)-])")
_TIME = r"(?:[\st]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?)?)?"
_OF_QUARTER = r"(?:[\s(]*\b(?:q[1-4]|[1-4]q)\b[\s,(–-]+)?"
"""A quarter that stands before its own day: `q3 09/30/2026`."""
_ONE_PERIOD = (
    rf"[\s(]*(?:\b(?:as of|as at|as on|on|at|per|for|through|year[- ]end|quarter[- ]end|month[- ]end)[:\s]+)*"
    rf"(?:{_DAY}|{_MONTH.pattern}|{_QUARTER.pattern}|{_YEAR.pattern}){_TIME}[\s)]*".replace("?P<year>", "?:")
    .replace("?P<name>", "?:")
    .replace("?P<quarter>", "?:")
)
_PERIOD = late_regex(rf"{_OF_QUARTER}(?:{_ONE_PERIOD}){{1,2}}")
"""A time with its year, or two of them that say the same: `q3 2026 (09/30/2026)`."""


_MONTH_WORD = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_SHORT = late_regex(
    rf"\b(?:(?P<name>{_MONTH_WORD})\b\.?(?:\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?"
    r"|(?P<month>1[0-2]|0?[1-9])/(?P<on>3[01]|[12][0-9]|0?[1-9])(?![0-9/])"
    r"|(?:q(?P<quarter>[1-4])|(?P<nth>[1-4])(?:q|(?:st|nd|rd|th) quarter))\b"
    r"|(?P<past>last|prior|previous)\s(?:month|quarter|year|period|week|statement)(?:'s)?\b"
    r"|(?P<now>this|current)\s(?:month|quarter|year|period|week|statement)(?:'s)?\b)",
    re.ASCII,
)
"""Times without a year, such as `jun 30`, `9/30`, `q2` and `last quarter`."""
_SHORT_AT = late_regex(
    rf"{_OF_QUARTER}[\s(]*(?:\b(?:as of|as at|as on|on|at|per|for|through|end of|end)[:\s]+)*"
    rf"{_SHORT.pattern}[\s)]*"
)
_BARE_YEAR = late_regex(r"(?:19|20)[0-9]{2}", re.ASCII)
_ENDS_IN_DAY = late_regex(
    rf"\b(?:{_MONTH_WORD})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?\s*$", re.ASCII | re.IGNORECASE
)
_BARE_TIME = late_regex(
    r"(?:this|last|prior|previous|current|beginning|ending|opening|closing|latest|earlier)"
    r"(?:\s(?:month|quarter|year|period|week|statement))?"
)
_NOW = late_regex(r"\b(?:now|today(?:'s)?|current(?:ly)?|latest|present)\b", re.ASCII)
_ENDS = late_regex(r"\s*(?:through|thru|to|until|and|[-–])\b")
"""How a period's end begins behind its first day: commas in days may have torn them."""
_DECEMBER = 12
_CENTURY = 100
_LATE, _EARLY = 10, 3
"""From and until which month two times without year may lie on two sides of a new year."""


class Period(NamedTuple):
    """When a column's figures were true: comparable, and the day itself where the heading names one."""

    order: tuple[int, int, int]
    day: date | None


def without_period(key: str) -> str:
    """Return a heading (as `header_key` gives it) without the date or period in it."""
    bare = key
    if any(char.isdigit() for char in key):
        key = in_english(key)
        bare = _PERIOD.sub(" ", key, count=1)
    if (bare == key or not _ENDS.match(bare)) and _SHORT.search(bare) is not None:
        bare = _SHORT_AT.sub(" ", bare, count=1)
    return " ".join(bare.split())


def without_times(key: str) -> str:
    """Return a line of headings, in small letters, without any date, month, quarter or year in it."""
    return _PERIOD.sub(" ", key)


def period_of(key: str) -> Period | None:
    """Return the day, month, quarter or year a heading names, None when it names none."""
    if not any(char.isdigit() for char in key):
        return None
    key = in_english(key)
    day = find_date(key)
    if day is not None:
        return Period((day.year, day.month, day.day), day)
    if found := _MONTH.search(key):
        year = int(found["year"])
        return Period((year if year > _CENTURY else year + 2000, _MONTHS.index(found["name"]) + 1, 31), None)
    if found := _QUARTER.search(key):
        return Period((int(found["year"]), 3 * int(found["quarter"]), 31), None)
    if found := _YEAR.search(key):
        return _in_year(int(found["year"]), key)
    return None


def _in_year(year: int, key: str) -> Period:
    """Return the day, month or quarter that a heading names apart from its year (`2025 value q3 9/30`)."""
    times = [time for time in _SHORT.finditer(key) if not (time["past"] or time["now"])]
    exact = next((time for time in times if time["month"] or time["day"]), None)
    if exact is not None:
        month, number = _month_day(exact)
        if 1 <= number <= monthrange(year, month)[1]:
            return Period((year, month, number), date(year, month, number))
    return Period((year, *_month_day(times[0])), None) if times else Period((year, 12, 31), None)


def is_year_of(cell: str, before: str) -> bool:
    """Tell whether a cell is the year of the day (“December 31”) that the words before it end in."""
    return _BARE_YEAR.fullmatch(cell.strip()) is not None and _ENDS_IN_DAY.search(before) is not None


def end_of(key: str, year: int | None = None) -> date | None:
    """Return the last day of what a heading names, None for a year alone; `year` is for one that has none."""
    key = in_english(key)
    found = period_of(key)
    if found is None and year is not None and _SHORT.search(key) is not None:
        found = _in_year(year, key)
    if found is None or (found.day is None and not _says_part(key)):
        return found.day if found else None
    year, month, number = found.order
    return date(year, month, min(number, monthrange(year, month)[1]))


def _says_part(key: str) -> bool:
    """Tell whether a heading names a month or a quarter."""
    return any(not (time["past"] or time["now"]) for time in _SHORT.finditer(key))


def is_short_period(key: str) -> bool:
    """Tell whether a heading is a time without a year, and nothing else."""
    return _SHORT_AT.fullmatch(key) is not None


def is_past(key: str) -> bool:
    """Tell whether a heading says that its figures are those of an earlier time (“last quarter”)."""
    found = _SHORT.search(key)
    return found is not None and found["past"] is not None


def has_short(key: str) -> bool:
    """Tell whether a heading names a time without a year among its words."""
    return _SHORT.search(key) is not None


def says_now(key: str) -> bool:
    """Tell whether a heading names no time and says that its figures are those of now (“worth now”)."""
    return _NOW.search(key) is not None and not has_short(key)


def is_bare_time(key: str) -> bool:
    """Tell whether a heading says only that its figures are of now or of an earlier time (“Prior”)."""
    return _BARE_TIME.fullmatch(key) is not None


def latest_short(keys: Mapping[int, str]) -> set[int]:
    """Return those of several columns, by their headings, that may be the latest; each names no year.

    A heading without any time may always be. Over a new year the order is plain for December and January
    only, and not where they are the first and the last day of one year.
    """
    times = {column: found for column, key in keys.items() if (found := _SHORT.search(key))}
    past = {column for column, found in times.items() if found["past"]}
    if past and len(past) < len(keys):
        return set(keys) - past
    days = {
        column: _month_day(found) for column, found in times.items() if not (found["past"] or found["now"])
    }
    if len(days) < 2:
        return set(keys)
    first, last = min(days.values()), max(days.values())
    latest: tuple[int, int] = last
    if first[0] == 1 and last[0] == _DECEMBER and (first[1], last[1]) != (1, 31):
        latest = max(day for day in days.values() if day[0] == 1) if len(set(days.values())) == 2 else last
    elif len(set(days.values())) == 2 and first[0] <= _EARLY and last[0] >= _LATE and first != (1, 1):
        return set(keys)
    return {column for column in keys if column not in days or days[column] == latest}


def _month_day(found: re.Match[str]) -> tuple[int, int]:
    if found["name"]:
        return _MONTHS.index(found["name"][:3]) + 1, int(found["day"] or 31)
    if found["month"]:
        return int(found["month"]), int(found["on"])
    return 3 * int(found["quarter"] or found["nth"]), 31
