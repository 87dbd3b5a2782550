"""Days and ends of periods as people write them: 13-Nov-26, Nov. 13 '26, effective 20261113, Q3 2026."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from .patterns import late_regex

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_RUN_TOGETHER = _MONTH.replace(r"\b", "")
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"['’]?(?P<year>(?:19|20)[0-9]{2}|(?<![0-9])[0-9]{2})(?![\w:]|[.,/-]?[0-9]|,? (?:19|20)[0-9]{2})"
_DAY_FIRST = late_regex(
    rf"(?<![\w.,/-]){_DAY}(?: of)?[-/. ]{_MONTH}(?:[-/]|,? ?(?=['’])|,? ){_YEAR}", re.IGNORECASE | re.ASCII
)
_TOGETHER = late_regex(
    rf"(?<![\w.,/-]){_DAY}{_RUN_TOGETHER}(?P<year>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![\w:])",
    re.IGNORECASE | re.ASCII,
)
_MONTH_FIRST = late_regex(
    rf"\b{_MONTH}[-/. ]*{_DAY}(?:[-/]|,? ?(?=['’])|, ?| ){_YEAR}", re.IGNORECASE | re.ASCII
)
_SPANISH = late_regex(
    r"(?P<at>\b(?:al?|hasta el|a la fecha del?)(?: d[ií]a)? )?\b(?:(?P<day>3[01]|[12][0-9]|0?[1-9]|1[º°o])"
    r"(?: de)? (?P<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    r"|diciembre)(?:,| del?)? (?P<year>(?:19|20)[0-9]{2})"
    r"|(?P<month_first>enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    r"|diciembre) (?P<day_second>3[01]|[12][0-9]|0?[1-9]),? (?:del? )?(?P<its_year>(?:19|20)[0-9]{2}))\b",
    re.IGNORECASE,
)
"""A day in Spanish; set off by “al” it is the day that something stands at."""
_SPANISH_PERIOD = late_regex(
    r"\b(?:(?P<month>ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|sep?t?iembre|octubre"
    r"|noviembre|dic(?:iembre)?)\b\.?(?: del?)?(?P<gap>[-/ ’']+)(?=(?:[12][0-9])?[0-9]{2}\b)"
    r"|(?:(?P<nth>[1-4])(?:er|do|to|º|°|o)?\.? ?trimestre|t(?:rim(?:estre)?\.? )?(?P<number>[1-4]))"
    r"(?: del?)?[-/ ]+(?=(?:19|20)[0-9]{2}\b))",
    re.IGNORECASE,
)
"""A month or quarter in Spanish before its year."""
_FROM_TO = late_regex(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) as of (?=[0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
"""Two days that “al” sets apart: it leads from the first to the second there."""
_SPANISH_NAMES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_SAID = (
    r"\b(?:as[-_ ]?of(?:[-_ ]?date)?|as at|effective|dated?|valuation|valued (?:on|at)|stand|ending|ended"
    r"|through)\b\W{0,4}"
    r"(?:date\W{1,3})?"
)
_EIGHT = late_regex(rf"(?P<said>{_SAID})(?P<digits>[0-9]{{8}})(?![\w-])", re.IGNORECASE | re.ASCII)
_NUMERIC = late_regex(r"\d{4}-\d{2}-\d{2}|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})")

_NTH = r"(?P<nth>[1-4])(?:st|nd|rd|th)|(?P<word>first|second|third|fourth)"
_QUARTERS = (
    late_regex(
        r"\bq(?:uarter)?[ -]?(?P<nth>[1-4])(?:, | of |[-/ ])?['’]?"
        r"(?P<year>20[0-9]{2}|(?<=['’])[0-9]{2})\b",
        re.IGNORECASE | re.ASCII,
    ),
    late_regex(r"\b(?P<nth>[1-4])q[-/' ]?(?P<year>20[0-9]{2}|[0-9]{2})\b", re.IGNORECASE | re.ASCII),
    late_regex(rf"\b(?:{_NTH})[- ]quarter(?:,| of)? (?P<year>20[0-9]{{2}})\b", re.IGNORECASE | re.ASCII),
    late_regex(r"\b(?P<year>20[0-9]{2})[-/ ]?q(?P<nth>[1-4])\b", re.IGNORECASE | re.ASCII),
)
_WORDS = ("first", "second", "third", "fourth")
_WHOLE_MONTH = late_regex(
    rf"(?:.*\b(?:statement|balances?|holdings|summary|values?|period|quarter|month)\s)?"
    rf"(?:(?:as of|as at|for|of|ended|ending|end|the month of|through)[:\s]\s*)*{_MONTH},?\s"
    r"(?P<year>20[0-9]{2})\W*",
    re.IGNORECASE | re.ASCII,
)
"""A line that says of which month it is, and nothing behind that."""
_LONE = late_regex(
    r"\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W+)?(\d{4})-(\d{2})-(\d{2})\W*", re.IGNORECASE
)
_TITLE = late_regex(
    r"\W*(?:(?:your|my|the|account|plan|quarterly|statement|report|summary|balances?|holdings|positions|for"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|period|as|of|at|on|date|stand|valuation|effective|ending|ended|portfolio|value)\W*)*",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """Return a text with days whose month is a word, or that are eight digits behind “as of”, as 2026-11-13.

    Years of two digits are of this century; what is no day stays as it is.
    """
    for pattern in (_DAY_FIRST, _TOGETHER, _MONTH_FIRST):
        text = pattern.sub(_iso, text)
    text = _FROM_TO.sub(r"\1 to ", _SPANISH.sub(_from_spanish, text))
    return _EIGHT.sub(_from_digits, text)


def in_english(text: str) -> str:
    """Return a text with Spanish months and quarters that stand before a year in English."""
    return _SPANISH_PERIOD.sub(_period_in_english, text)


def _period_in_english(found: re.Match[str]) -> str:
    if found["month"] is None:
        return f"q{found['nth'] or found['number']} "
    name = found["month"][:3].lower()
    month = "sep" if name == "set" else _NAMES[_SPANISH_NAMES.index(name)]
    return month + found["gap"]


def _iso(found: re.Match[str]) -> str:
    month = _NAMES.index(found["month"][:3].lower()) + 1
    day = _day(_century(found["year"]), month, int(found["day"]))
    return day.isoformat() if day is not None else found[0]


def _from_spanish(found: re.Match[str]) -> str:
    name = (found["month"] or found["month_first"])[:3].lower()
    number = int((found["day"] or found["day_second"]).rstrip("º°o"))
    month = 9 if name == "set" else _SPANISH_NAMES.index(name) + 1
    day = _day(int(found["year"] or found["its_year"]), month, number)
    if day is None:
        return found[0]
    return f"as of {day}" if found["at"] else day.isoformat()


def _from_digits(found: re.Match[str]) -> str:
    """Read 20261113, and 11132026 or 13112026 where only one of them can be."""
    digits = found["digits"]
    one, two, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    read = {
        _day(int(digits[:4]), int(digits[4:6]), int(digits[6:])),
        _day(year, one, two),
        _day(year, two, one),
    }
    days = [day for day in read if day is not None and day.year >= 1990]
    return f"{found['said']}{days[0].isoformat()}" if len(days) == 1 else found[0]


def period_ends(text: str, today: date) -> list[tuple[int, int, date]]:
    """Return the ends of quarters and whole months that a text names, each with its place in the text.

    Of several quarters none is meant; a period that is not over has no end yet.
    """
    found = {(match.start(), match.end()): _quarter_end(match) for match in _quarters(text)}
    month = _WHOLE_MONTH.fullmatch(text.strip())
    if month is not None:
        number = _NAMES.index(month["month"][:3].lower()) + 1
        found[len(text), len(text)] = _month_end(int(month["year"]), number)
    if len(set(found.values())) != 1:
        return []
    (place, day), *_ = found.items()
    return [(*place, day)] if day <= today else []


def is_of_period(text: str) -> bool:
    """Tell whether a line says only of which day or period a statement is: no account is called so."""
    rest = _NUMERIC.sub("", in_figures(text))
    for match in sorted(_quarters(rest), key=lambda each: -each.start()):
        rest = rest[: match.start()] + rest[match.end() :]
    return rest != text and _TITLE.fullmatch(rest) is not None


def alone(texts: Iterable[str]) -> date | None:
    """Return the one day that stands alone on a line (`2026-11-13`), None where several or none do."""
    found = {day for text in texts if (day := _lone(text)) is not None}
    return found.pop() if len(found) == 1 else None


def _lone(text: str) -> date | None:
    bare = _LONE.fullmatch(text)
    return _day(int(bare[1]), int(bare[2]), int(bare[3])) if bare else None


def _quarters(text: str) -> Iterator[re.Match[str]]:
    for pattern in _QUARTERS:
        yield from pattern.finditer(text)


def _quarter_end(found: re.Match[str]) -> date:
    word = found.groupdict().get("word")
    nth = _WORDS.index(word.lower()) + 1 if word else int(found["nth"])
    return _month_end(_century(found["year"]), 3 * nth)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _century(year: str) -> int:
    return int(year) + 2000 if len(year) == 2 else int(year)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
