"""Which of the days that a file speaks of is the day its figures are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from desktop_app.domain.statement import AsOfKind

from .amounts import find_days
from .patterns import late_regex
from .written_days import alone, period_ends

_DOWNLOADED = late_regex(
    r"download|generated|export|printed|retrieved|created|page saved|\bsaved on\b|\breport run\b"
    r"|\brun (?:date|on|time)\b|\brun:|\brun\W*$|\bsession\b|\bprepared\b|\blog(?:ged)? ?in\b|\bmailed\b"
    r"|\bfetched\b",
    re.IGNORECASE,
)
_AS_OF = late_regex(
    r"\bas[-_ ]?of(?:[-_ ]?date)?(?![^\W_])|\bas (?:at|on)\b|\beffective\b|\bstand\b|stichtag|bewertung"
    r"|\bprices? (?:from|on)\b|\bpriced\b|\bmarket close\b"
    r"|\bclosed on (?=(?:[a-z]+day\b)?,? ?[a-z0-9])|\bclose of business\b"
    r"|\bclosing (?:prices?|values?|nav) (?:of|on|from|for)\b"
    r"|\b(?:price[sd]?|values?|valued|navs?|quotes?)\b[^.;]*\bclos(?:e|ing)\b(?: (?:of|on|from))?\W*$"
    r"|\bvaluation|\bvalued (?:on|at)\b"
    r"|\bat (?:the )?(?:market )?close(?: of (?:trading|the (?:day|market|quarter)))?\W*(?:on\W*)?$"
    r"|\b(?:pricing|prices?|values?|val\.?|balance|nav) date\b",
    re.IGNORECASE,
)
_PERIOD = late_regex(
    r"period|end(?:ing|ed)|through|\bquarter end\b|\bmonth end\b|\byear end\b"
    r"|\b(?:statement|report) (?:to|until|thru)\b",
    re.IGNORECASE,
)
_SAID = late_regex(
    r"\b(?:updated|refreshed)\b|\btrade date\b"
    r"|\b(?:statement|report|data|effective|positions?|holdings) date\b|\bdated\b",
    re.IGNORECASE,
)
_TOLD = late_regex(r"\b(?:stood|(?:were|was) worth)\b", re.IGNORECASE)
"""How a letter says it, which may speak of an earlier day too."""
_MONEY = late_regex(
    r"balance|\bvalue|valuation|price|position|holding|market|asset|investment|close of business",
    re.IGNORECASE,
)
_PRICED = late_regex(r"\b(?:price[sd]?|pricing|navs?|quotes?|quoted)\b", re.IGNORECASE)
_STATED_ON = late_regex(
    r"(?:(?:account|market|total|your|ending|closing) )*(?:value|balance)s? (?:as of|as at|on|at)\b",
    re.IGNORECASE,
)
"""How a line begins that says what an account was worth on a day."""
_AS_OF_ALONE = late_regex(
    r"\W*as (?:of|at)\W+[0-9A-Za-z]+[-/., ]+[0-9]{1,2}[-/., ]+[0-9]{2,4}\W*$", re.IGNORECASE
)
"""A line below such words that gives the day and nothing else."""
_OTHERS = late_regex(
    r"performance|\breturns?\b|\bvest|\bhours\b|\bfees?\b|\brates?\b|\bloans?\b|inception|\bhired?\b|\bbirth"
    r"|project|forecast|\bretirement date\b|\belection|\bopening\b|\bbegin(?:s|ning)?\b|\bstarts?\b"
    r"|\bpay (?:date|period|day|check)\b|\bpay(?:day|check|roll)"
    r"|\bprior\b|\bprevious\b"
    r"|\bstarting\b|\bexpens|\byield\b|\bnext\b|\bdue\b|\bby\W*$",
    re.IGNORECASE,
)
"""What other days are of: other tables and remarks."""
_KINDS = {"got": _DOWNLOADED, "as of": _AS_OF, "period": _PERIOD, "said": _SAID, "told": _TOLD}
_RANGE = late_regex(r"\s*(?:-|–|—|to|through|thru|until)\s*", re.IGNORECASE)
_FIRST_DAY = late_regex(
    r"(?:\b[a-z]{3,9}\.? [0-9]{1,2}|\b[0-9]{1,2} [a-z]{3,9}\.?|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2})"
    r"\s*(?:-|–|—|\bto|\bthrough|\bthru|\buntil)\s*$",
    re.IGNORECASE | re.ASCII,
)
"""The first day of a period, without its year, right before the last."""
_SENTENCE = late_regex(r"[a-z0-9)]{2}[.;!?]\s+(?=[A-Z(])")
_TOKENS = late_regex(r"[^\W_]+")
_RUN_TOGETHER = late_regex(r"(?<=[a-z])(?=[A-Z])")
_HELD = frozenset({
    "holdings", "holding", "positions", "position", "balances", "balance", "values", "value", "valued",
    "valuation", "valuations", "priced", "prices", "price", "pricing", "nav", "statement", "snapshot",
    "portfolio", "market", "assets", "investments", "figures", "report", "effective", "data", "date", "dt",
    "day", "asof", "asofdate", "cob", "dated", "quotes", "quote", "quoted", "numbers", "updated",
    "update", "refreshed", "checked",
})  # fmt: skip
_ALSO = frozenset({
    "the", "your", "my", "our", "these", "account", "accounts", "acct", "plan", "fund", "funds", "investment",
    "current", "total", "list", "summary", "details", "detail", "by", "of", "as", "at", "on", "for", "per",
    "in", "and", "shown", "held", "taken", "all", "are", "is", "close", "closing", "closed", "business",
    "end", "ending", "below", "retirement", "quarterly", "monthly", "annual", "unit", "share", "last",
    "latest", "from", "looked", "up", "typed", "entered", "we", "i", "s",
    "contract", "contracts", "member", "participant", "savings", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
"""Words that only say of what a day is: of what is held (`Holdings on`), or of the file itself."""
_TAKEN = frozenset({
    "prices", "price", "quotes", "quote", "numbers", "figures", "values", "balances", "data", "worth",
    "positions", "holdings", "nav",
})  # fmt: skip
"""What may be “from” a day; a statement is from its first day to its last."""


class _Rank(IntEnum):
    """How well a day is known to be that of the figures, the best first."""

    FIGURES = 0
    STATED = 1
    PRICED = 2
    SAID = 3
    RANGE = 4
    TOLD = 5
    DOWNLOADED = 6
    OTHERS = 7


class _Day(NamedTuple):
    """A day, the words before it since the last one, and whether a period ends with it."""

    day: date
    words: str
    ends_range: bool


def said_day(texts: Sequence[str]) -> tuple[date, AsOfKind] | None:
    """Return the day that a file's lines say its figures are of, and whether it is that of the download only.

    Words just before a day tell what it is of: “prices as of” comes before “period ending”, that before
    “prices”, that before “statement date” or “updated”, that before “exported on”; what is said of
    performance, vesting or loans comes last. The end of a named quarter or month that is over counts as that
    of a period, and where no day has words the only one that stands alone on a line is taken.
    """
    stated = [found.day for text in texts for found in _days(text)[:1] if _STATED_ON.match(text)]
    if stated:
        alone_below = (found.day for text in texts for found in _days(text)[:1] if _AS_OF_ALONE.match(text))
        return max([*stated, *alone_below]), AsOfKind.VALUATION
    ranked = [
        (rank, found.day) for text in texts for found in _days(text) if (rank := _rank(found)) is not None
    ]
    if not ranked:
        lone = alone(texts)
        return None if lone is None else (lone, AsOfKind.VALUATION)
    best = min(rank for rank, _ in ranked)
    days = [day for rank, day in ranked if rank is best]
    if best in {_Rank.FIGURES, _Rank.TOLD}:
        return max(days), AsOfKind.VALUATION
    if best is _Rank.DOWNLOADED:
        return days[-1], AsOfKind.DOWNLOAD
    return days[0], AsOfKind.VALUATION


def is_day_label(text: str) -> bool:
    """Tell whether words say of which day holdings are, and nothing else (“Holdings on”, “Value date”)."""
    plain = " ".join(_TOKENS.findall(_RUN_TOGETHER.sub(" ", text).lower()))
    words = set(plain.replace("as of", "asof").split())
    if "from" in words and (words & {"statement", "report"} or words.isdisjoint(_TAKEN)):
        return False
    return not _HELD.isdisjoint(words) and words <= _HELD | _ALSO


def _days(text: str) -> list[_Day]:
    """Return the days in a text with their own words; of a period only its end, with those before both."""
    days: list[_Day] = []
    end = 0
    named = find_days(text)
    if not named:
        if _OTHERS.search(text):
            return []
        return [
            _Day(day, _SENTENCE.split(text[:start])[-1], ends_range=True)
            for start, _, day in period_ends(text, date.today())
        ]
    for start, stop, day in named:
        between = text[end:start]
        in_period = not between.strip() and bool(days) and _PERIOD.search(days[-1].words) is not None
        if days and (in_period or _RANGE.fullmatch(between) is not None):
            days[-1] = _Day(day, days[-1].words, ends_range=True)
        else:
            is_last = _FIRST_DAY.search(between) is not None
            days.append(_Day(day, _SENTENCE.split(between)[-1], ends_range=is_last))
        end = stop
    return days


def _rank(found: _Day) -> _Rank | None:
    """Return how surely a day is that of the figures, None where nothing says what it is."""
    last = {
        kind: max((match.start() for match in pattern.finditer(found.words)), default=-1)
        for kind, pattern in _KINDS.items()
    }
    kind = max(last, key=lambda name: last[name])
    if last[kind] < 0 and is_day_label(found.words):
        return _Rank.PRICED if _PRICED.search(found.words) else _Rank.SAID
    if last[kind] < 0:
        return _Rank.RANGE if found.ends_range else None
    if kind == "got":
        return _Rank.DOWNLOADED
    if _OTHERS.search(found.words):
        return _Rank.OTHERS
    if kind == "told":
        return _Rank.TOLD
    if kind == "as of":
        return _Rank.FIGURES if _MONEY.search(found.words) else _Rank.STATED
    return _Rank.SAID if kind == "said" else _Rank.STATED
