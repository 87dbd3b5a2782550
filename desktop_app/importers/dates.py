"""Which way round a file writes its days and months, and days that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import sentence_day_words, translator

from .patterns import late_regex
from .written_days import in_figures

_tr = translator("Remarks")
_NUMERIC = late_regex(r"(?<![0-9])([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
_DATE_CELL = late_regex(r"\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{2,4}(?:[ ,T].*)?", re.ASCII)
_SERIAL = late_regex(
    r"(?P<words>(?:.{0,60}\b(?:as of|as at|date|valuation)\b\W{0,4})?)(?P<days>[2-5][0-9]{4})(?:\.[0-9]+)?",
    re.IGNORECASE | re.ASCII,
)
_BEFORE_ALL = date(1899, 12, 30)
"""The day that spreadsheets count from."""
_COMPACT = late_regex(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_MONTHS = 12
_SHORTEST = len("1/1/26")
_FUTURE_FIX = "Check the date on the provider's page and set it before you import."


def is_day_first(texts: Iterable[str], cells: Iterable[str]) -> bool:
    """Tell whether a file writes 31/12/2026: some of its dates can only be read so, and none otherwise.

    `texts` are looked through for dates; of `cells` only those count that hold nothing but a date.
    """
    found = [(int(first), int(second)) for text in texts for first, _, second, _ in _NUMERIC.findall(text)]
    alone = (
        _DATE_CELL.fullmatch(cell) for cell in cells if len(cell) >= _SHORTEST and cell[0] in " 0123456789"
    )
    found.extend((int(match[1]), int(match[2])) for match in alone if match)
    day_first = any(first > _MONTHS >= second for first, second in found)
    return day_first and not any(second > _MONTHS >= first for first, second in found)


def settle(text: str, *, day_first: bool) -> str:
    """Return a text with its numeric dates as 2026-12-31; dates with points have the day first.

    A date cell that lost its format in a workbook is a number of days; 20261231 stands for itself.
    """
    compact = _COMPACT.fullmatch(text.strip())
    if compact is not None:
        return "-".join(compact.groups())
    serial = _SERIAL.fullmatch(text)
    if serial is not None:
        return f"{serial['words']}{_BEFORE_ALL + timedelta(days=int(serial['days']))}"
    text = in_figures(text)
    return _NUMERIC.sub(lambda found: _iso(found, day_first=day_first or found[2] == "."), text)


def _iso(found: re.Match[str], *, day_first: bool) -> str:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    month, day = (second, first) if day_first and second <= _MONTHS else (first, second)
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return found[0]


def future_issue(day: date, today: date) -> Issue | None:
    """Return what to say about a statement of a day that has not come; a day's grace for time zones."""
    if day <= today + timedelta(days=1):
        return None
    message = _tr("The file's date, {0}, has not come yet.").format(sentence_day_words(day))
    return Issue(Severity.WARNING, message, _tr(_FUTURE_FIX))
