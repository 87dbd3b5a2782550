"""Tells what a line between the names and figures of funds says: a movement, a day, a loan, an account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from .account_labels import is_numbered, speaks_of_account, split_label
from .amounts import find_date, find_days
from .card_figures import likeness
from .card_words import Words, read_words
from .columns import Role, role_of
from .grid import Line
from .named_above import account_said
from .patterns import late_regex
from .rows import Instrument, RowKind, is_total, kind_of
from .wording import is_fact, is_part_of_source, is_share, is_source

TICKER = late_regex(r"\(?(?!(?:ROTH|IRA|HSA|CASH|USD|ETF|FUND|LOAN|NAV)\b)([A-Z]{4}X|[A-Z]{2,4})\)?")
"""A ticker alone; the words that look like one are left out."""
_MOVED = late_regex(
    r"(?:(?:total|net|your|employee|employer|plus|less|and) )*(?:contributions?|deposits?|dividends?|interest"
    r"|fees?"
    r"|withdrawals?|transfers?|exchanges?|gains?|loss(?:es)?|change|earnings|additions?|distributions?|reinvest\w*"
    r"|gain/loss|expenses|market (?:gain|change))\b.*",
    re.IGNORECASE,
)
"""What made a balance what it is."""
_AMOUNT = late_regex(r"[$€£]\s?[0-9]|[0-9]\.[0-9]{2}|[0-9]\s?%", re.ASCII)
_FIGURE = late_regex(r"[-+−(]?\s*[$€£]?\s*[-+−]?[0-9][0-9.,]*\s*%?\)?", re.ASCII)
_OFTEN = 3
_PAIR = late_regex(
    r"\s*(?P<label>[A-Za-z][A-Za-z/ .]{0,30}?)\s*:?\s+"
    r"(?P<figure>[-+−(]*[$€£]?\s?[-+−]?[0-9][0-9.,]*%?\)?)(?=\s|$)",
    re.ASCII,
)
"""A label and its figure, among others on one line."""
_CODED = late_regex(r"[0-9]{3,6}\s+(?P<said>[A-Za-z].*:\s*[0-9.]+\s?%)", re.ASCII)
_FEWEST_CODED = 2
_LONGEST_NAME = 160
_LONGEST_LINE = 300
_LEAST_DIGITS = 4
"""Digits of an account's number that stands without a word for it."""
_PAYMENT = late_regex(
    r"(?:next|last|monthly|loan|payroll) (?:payment|deduction|installment)s?\b", re.IGNORECASE
)
_BANK = late_regex(
    r"\b(?:deposit|transfer|withdrawal|payment|from|to)\b.*\b(?:checking|bank)\b", re.IGNORECASE
)
"""What comes from or goes to a bank's account."""
_SHARE = late_regex(
    r"(?:share|portion|percent(?:age)?|weight(?:ing)?|part|%) of (?:(?:your|my|the|this) )?"
    r"(?:balance|account|plan|portfolio|total|money|savings|whole|holdings|investments)",
    re.IGNORECASE,
)
_COST = late_regex(
    r"(?:(?:total|average|avg\.?|your|my|personal|unrealized|net) )*(?:cost(?: basis)?"
    r"|amount invested|invested|gain/loss|gain|loss|return|change|yield|dividends?|today|(?:1|one)[- ]day"
    rf"|{_SHARE.pattern}"
    r"|available to (?:trade|invest|spend|withdraw))"
    r"(?:,? (?:today|per share|to date|(?:since|from|over|last|past|this) .{1,40}))?",
    re.IGNORECASE,
)
"""Labels of a fund's figures that are not what it is worth."""
_ORDER = late_regex(
    r"(?i:(?:market |limit |open |pending )?(?:buy|bought|sell|sold|purchase|redeem|redemption)(?: order)?"
    r"(?: of)?:?) (?:[A-Z]{2,5}\b|[$0-9])",
    re.ASCII,
)
"""What is or will be bought or sold: a ticker, units or dollars behind the word."""
_RATE = late_regex(
    r"\b(?:rates?|yield|ratio|returns?|apy|apr|year[- ]to[- ]date|ytd|expenses?|change)$", re.IGNORECASE
)
_ACTIVITY = late_regex(
    r"(?:(?:my|your|recent|latest|account|past|last|transaction|pending) )*"
    r"(?:activity|activities|transactions?(?: history)?|history)(?: \(.*\))?"
    r"|(?:my |your )?(?:pending|scheduled|upcoming|coming up|in progress|open orders?)"
    r"(?: (?:items?|orders?|deposits?|transfers?|investments?))?(?: \([0-9]+\))?",
    re.IGNORECASE,
)
_FUNDS = late_regex(
    r"(?:(?:my|your|current|fund|account|plan) )*"
    r"(?:investments?|holdings|funds|positions|portfolio|balances)(?: \([0-9]+\))?",
    re.IGNORECASE,
)
_PERCENT_LAST = late_regex(r"[0-9]\s?%\s*\)?\s*$", re.ASCII)
_AS_OF = late_regex(
    r"(?:[a-z]+ ){0,4}(?:as of|as at|valued (?:on|at))\b"
    r"|(?:values?|balances?|prices?)(?: [a-z]+){0,4} (?:on|at)\b",
    re.IGNORECASE,
)
"""How a line of words says of which day the figures are."""
_TRANSACTION = late_regex(
    r"(?:[0-9]{1,2}[-/][0-9]{1,2}[-/](?:[0-9]{2}|[0-9]{4})|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [0-9]{1,2}, [0-9]{4})"
    r"[\s:,–-]+[A-Za-z].*(?:[$€£]\s?[0-9]|[0-9]\.[0-9]{2}(?![0-9]))",
    re.ASCII | re.IGNORECASE,
)
"""What was done on a day: the day, words, and an amount behind them."""
_CHANGE = late_regex(
    r"[▲▼△▽⯅⯆↑↓⬆⬇↗↘]\ufe0e?\ufe0f?\s*[-+−($€£]*[0-9].*"
    r"|[-+−]\s?[$€£]?[0-9][0-9.,]*\s*\([-+−]?[0-9.,]+\s?%\)(?:\s+(?:today|this week|1d|24h))?"
)


def captions(lines: Sequence[Line]) -> frozenset[str]:
    """Return the words, in small letters, that stand above a figure again and again and name no fund.

    A page of cards says the same of every fund (“Share of balance”, “Since inception”); what has a role, is a
    source or looks like a fund's name is none of these words.
    """
    read = [line.text.strip() for line in lines]
    above = Counter(text.lower() for text, below in pairwise(read) if _FIGURE.fullmatch(below))
    return frozenset(text for text, times in above.items() if times >= _OFTEN and _is_caption(text))


def worth_labels(lines: Sequence[Line]) -> frozenset[str]:
    """Return the words, in small letters, that label what each fund of a page is worth.

    They stand as often as the label of a fund's units, price or share of the whole, three times or more; an
    account has no such label.
    """
    times = Counter(read_words(line).words.lower() for line in lines)
    often = {words: role_of(words) for words, count in times.items() if count >= _OFTEN}
    of_each = {
        times[words]
        for words, known in often.items()
        if _SHARE.fullmatch(words) or (known is not None and known[0] in {Role.UNITS, Role.PRICE})
    }
    worth = (words for words, known in often.items() if known is not None and known[0] is Role.VALUE)
    return frozenset(words for words in worth if times[words] in of_each)


def without_codes(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those of funds (`2671 Growth Fund: 10%`) without the plan's code in front."""
    coded = [_CODED.fullmatch(line.text.strip()) for line in lines]
    if sum(found is not None for found in coded) < _FEWEST_CODED:
        return list(lines)
    told = zip(lines, coded, strict=True)
    return [line._replace(text=found["said"]) if found else line for line, found in told]


def with_pairs_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those of several labels and their figures (`Shares 2.5 Price $4`) taken apart."""
    apart: list[Line] = []
    for line in lines:
        found = list(_PAIR.finditer(line.text[:_LONGEST_LINE]))
        whole = "".join(pair[0] for pair in found) == line.text.rstrip()
        labels = [role_of(pair["label"]) for pair in found]
        if len(found) < _FEWEST_CODED or not whole or None in labels[:1] or len({*labels} - {None}) < 2:
            apart.append(line)
            continue
        apart += [line._replace(text=f"{pair['label']} {pair['figure']}") for pair in found]
    return apart


def _is_caption(text: str) -> bool:
    if role_of(text) is not None or likeness(text) > 0 or is_total(text) or _AMOUNT.search(text):
        return False
    return not (is_source(text) or is_part_of_source(text) or speaks_of_account(text))


def is_movement(words: str) -> bool:
    """Tell whether a line says what came and went, or what there was before."""
    return is_fact(words) or (not likeness(words) and _MOVED.fullmatch(words) is not None)


def is_change(text: str) -> bool:
    """Tell whether a line says by how much something has moved: an arrow or a sign, a figure, a percent."""
    return _CHANGE.fullmatch(text.strip()) is not None


def names_account(words: str) -> bool:
    """Tell whether a line gives an account's or contract's number behind its name."""
    if _BANK.search(words):
        return False
    for start, end, _ in reversed(find_days(words)):
        words = f"{words[:start]}{words[end:]}"
    said = account_said([Line(0, [words], words)]) if any(map(str.isdigit, words)) else None
    if said is None:
        if not speaks_of_account(words) or likeness(words):
            return False
        said = split_label(words)
    return is_numbered(said.id) and sum(map(str.isdigit, said.id)) >= _LEAST_DIGITS


def is_other(words: str) -> bool:
    """Tell whether a line speaks of a loan or its payments, not of what is held."""
    if _PAYMENT.match(words):
        return True
    return not likeness(words) and kind_of(Instrument(None, None, words)) is RowKind.LOAN


def heads_activity(words: str) -> bool:
    """Tell whether words head a list of what was done lately."""
    return _ACTIVITY.fullmatch(words.strip(" :")) is not None


def heads_funds(words: str) -> bool:
    """Tell whether words head a list of what is held."""
    return _FUNDS.fullmatch(words.strip(" :")) is not None


def is_cost(words: str) -> bool:
    """Tell whether words label a figure of a fund that is not what it is worth."""
    return _COST.fullmatch(words) is not None


def is_share_label(words: str) -> bool:
    """Tell whether words label which part of the whole a fund is (“Share of plan”)."""
    return _SHARE.fullmatch(words) is not None


def is_order(words: str) -> bool:
    """Tell whether words say what is or will be bought or sold (“Buy VTI”)."""
    return _ORDER.match(words) is not None


def is_transaction(text: str) -> bool:
    """Tell whether a line says what was done on a day."""
    return _TRANSACTION.match(text.strip()) is not None


def is_rate(read: Words, following: str) -> bool:
    """Tell whether a line says what something yields or costs, in percent behind it or on the line below."""
    if read.figures or _RATE.search(read.words) is None:
        return False
    return _PERCENT_LAST.search(read.line.text) is not None or is_share(following)


def says_day(text: str) -> bool:
    """Tell whether a line says of which day the figures are (“Balances as of Jan 3, 2025”), and no amount."""
    return _AS_OF.match(text.strip()) is not None and not _AMOUNT.search(text) and find_date(text) is not None


def is_day(read: Words) -> bool:
    """Tell whether a line gives a day and no amount, and names no fund."""
    if says_day(read.line.text):
        return True
    if _AS_OF.match(read.words) and find_date(read.words) is not None and not read.has_figures:
        return True
    if find_date(read.words) is None and (
        _AMOUNT.search(read.line.text) or find_date(read.line.text) is None
    ):
        return False
    return (
        not (read.has_figures and find_date(read.words))
        and not likeness(read.words)
        and not is_total(read.words)
    )


def may_name(text: str, words: str) -> bool:
    """Tell whether a line may be a fund's name: not a whole paragraph, nor a row of a torn table."""
    return len(text) <= _LONGEST_NAME and len(_AMOUNT.findall(words)) < 2
