"""Days of the year as people write them: "31 Jan and 15 July", "7/15", "01-31"."""

from __future__ import annotations

import re

from desktop_app.domain import language
from desktop_app.domain.schedule import CheckSchedule, ScheduleError, YearDay

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LEAST_LETTERS = 3
_tr = language.translator("Days of the year")


def read_year_days(text: str) -> tuple[YearDay, ...] | None:
    """Return the days a line names, each once and in the order of the year; None where a part is none.

    Figures alone are month and day, as is usual in the United States.
    """
    found: set[YearDay] = set()
    joint = rf"\s*(?:,|;|&|\b(?:and|{re.escape(_tr('and'))})\b)\s*"
    for part in re.split(joint, text.strip(), flags=re.IGNORECASE):
        if not part:
            continue
        day = read_year_day(part)
        if day is None:
            return None
        found.add(day)
    return tuple(sorted(found)) or None


def read_year_day(text: str) -> YearDay | None:
    """Return the day of the year a text names, None when there is no such day."""
    figures = re.fullmatch(r"\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*", text)
    if figures:
        return _checked(int(figures[1]), int(figures[2]))
    of = rf"(?:(?:of|{re.escape(_tr('of'))})\s+)?"
    for pattern in (
        rf"\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s*{of}(?P<month>[^\W\d_]+)\.?\s*",
        r"\s*(?P<month>[^\W\d_]+)\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*",
    ):
        words = re.fullmatch(pattern, text)
        if words:
            month = _month(words["month"])
            return None if month is None else _checked(month, int(words["day"]))
    return None


def year_day_words(day: YearDay) -> str:
    """Write a day of the year: "31 January"."""
    return language.year_day_words(day.month, day.day)


def _month(word: str) -> int | None:
    low = word.casefold()
    if len(low) < _LEAST_LETTERS:
        return None
    known = (
        (n, name)
        for n, english in enumerate(MONTHS, start=1)
        for name in (english, language.whole_month_word(n).casefold(), language.month_word(n).casefold())
    )
    return next((n for n, name in known if name.startswith(low)), None)


def _checked(month: int, day: int) -> YearDay | None:
    try:
        CheckSchedule(days=(YearDay(month, day),))
    except ScheduleError:
        return None
    return YearDay(month, day)
