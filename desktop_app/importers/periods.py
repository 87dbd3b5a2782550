"""Days and periods named in headings, so that of several dates the latest is taken."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from .amounts import find_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = "|".join(_MONTHS)
_DAY = (
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})"
    rf"|(?:{_NAMED})[a-z]*[-.\s]+[0-9]{{1,2}}(?:st|nd|rd|th)?[-,\s]+[0-9]{{4}}"
    rf"|[0-9]{{1,2}}[-.\s](?:{_NAMED})[a-z]*[-,.\s]+[0-9]{{4}}"
)
_MONTH = re.compile(rf"(?P<name>{_NAMED})[a-z]*\.?[-,\s]+(?P<year>(?:19|20)[0-9]{{2}})")
_QUARTER = re.compile(r"q(?P<quarter>[1-4])[-,\s]*(?P<year>(?:19|20)[0-9]{2})")
_YEAR = re.compile(r"(?:^|(?<=[\s(-]))(?P<year>(?:19|20)[0-9]{2})(?=$|[\s)-])")
_TIME = r"(?:[\st]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?)?)?"
_PERIOD = re.compile(
    rf"[\s(]*(?:\b(?:as of|as at|as on|on|at|per|for|through|year[- ]end|quarter[- ]end|month[- ]end)[:\s]+)*"
    rf"(?:{_DAY}|{_MONTH.pattern}|{_QUARTER.pattern}|{_YEAR.pattern}){_TIME}[\s)]*".replace("?P<year>", "?:")
    .replace("?P<name>", "?:")
    .replace("?P<quarter>", "?:"),
)


class Period(NamedTuple):
    """When a column's figures were true: comparable, and the day itself where the heading names one."""

    order: tuple[int, int, int]
    day: date | None


def without_period(key: str) -> str:
    """Return a heading (as `header_key` gives it) without the date or period in it."""
    if not any(char.isdigit() for char in key):
        return key
    return " ".join(_PERIOD.sub(" ", key, count=1).split())


def period_of(key: str) -> Period | None:
    """Return the day, month, quarter or year a heading names, None when it names none."""
    if not any(char.isdigit() for char in key):
        return None
    day = find_date(key)
    if day is not None:
        return Period((day.year, day.month, day.day), day)
    if found := _MONTH.search(key):
        return Period((int(found["year"]), _MONTHS.index(found["name"]) + 1, 31), None)
    if found := _QUARTER.search(key):
        return Period((int(found["year"]), 3 * int(found["quarter"]), 31), None)
    if found := _YEAR.search(key):
        return Period((int(found["year"]), 12, 31), None)
    return None
