"""Reads the class of a fund from its name, the way plans abbreviate it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from .company_names import company_words, has_legal_form, is_known_company
from .knowledge import MIX, TARGET_DATE, WORLD_MIX
from .name_rules import AnyOf, Rule, book, known_words, rules, table
from .patterns import late_regex
from .shortened import WordList
from .spanish_names import in_english_words
from .stock_shares import is_part_of_a_whole, stock_share

_WORD = late_regex(r"[a-z0-9$%]+")
_DIGITS = late_regex(r"[0-9]+")
_NUMBER = late_regex(r"(?<![0-9A-Za-z])[0-9]{2,}(?![0-9A-Za-z])")
"""A number of its own; single digits are classes of shares."""
_YEARS = frozenset({"2005"} | {f"20{decade}{half}" for decade in range(1, 9) for half in "05"})
_SHORT_YEARS = frozenset(f"{decade}{half}" for decade in range(1, 8) for half in "05")
_JOINED_YEAR = late_regex(
    r"(?<=[a-z])(?:20(?:05|[1-8][05]))(?![0-9])|(?<![0-9])(?:20(?:05|[1-8][05]))(?=[a-z])", re.ASCII
)
_SHORT_YEAR = late_regex(r"(?:retirement|target|date|(?:freedom|lifepath)(?: index)?) ([1-7][05])(?= )")
_MASS_MUTUAL = late_regex(
    r"^ mm (?!fund|acc|port|mark|mkt|money|dep|gov(?!\w* sec)|treas|prime|cash|option|class|cl |i |r[0-9])"
    r"(?=[a-z])"
)
"""`MM` before the name of a fund; behind it, or alone, it is a money market."""
_DATE = late_regex(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d+\.\d+ ?%|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d"
)
_ROUND = frozenset(str(number) for number in range(5, 101, 5))
_HOUSES = "houses"
_NOISE = "noise"
_LEAST_NAME = 3
"""Letters of a word that may be a company's name; shorter ones are share classes."""
_FEW_NAMES = 500
"""Names looked through before a pattern pays."""
_LEAST_CUT = 24
"""Letters of a name that may have been cut off; fields of files hold 25 and more."""
_LEAST_END = 3
_COUPON = late_regex(r"\d\.\d+|\d{1,2}/\d{1,2}/\d{2,4}|\d%")
_MIXED = frozenset({"balanced", "balanced_growth", "balanced_conservative"})
"""Kinds whose share of stock a name may state."""
_WORLDLY = frozenset({"global", "world", "lifestrategy"})


class Words(NamedTuple):
    """A name ready for rules: `text` and `plain` (managers and share classes dropped), space-padded."""

    original: str
    text: str
    plain: str
    year: str | None
    tokens: frozenset[str]
    house: bool
    """Whether the name of a fund house was dropped."""

    @property
    def either(self) -> str:
        """`text` and `plain` as one text to search."""
        return self.text if self.plain == self.text else f"{self.text}|{self.plain}"

    @property
    def stock_share(self) -> int | None:
        """The percent of stock the name states, None where it states none."""
        return stock_share(self.text)


@cache
def _dropped(part: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the phrases to drop by their first word, each with its place in the order of dropping."""
    found: dict[str, list[tuple[int, str]]] = {}
    phrases = list(book("name_rules")[part])
    if part == _NOISE:
        phrases += [house.replace(" ", "") for house in book("name_rules")[_HOUSES]]
    for place, phrase in enumerate(sorted(phrases, key=len, reverse=True)):
        found.setdefault(phrase.split()[0], []).append((place, f" {phrase} "))
    return {word: tuple(pairs) for word, pairs in found.items()}


@cache
def _managers() -> AnyOf:
    return AnyOf.of(book("name_rules")["managers"])


@cache
def _spelling() -> tuple[tuple[str, str], ...]:
    return tuple((old.replace("-", " "), new) for old, new in book("name_rules")["spelling"])


class _Misspelt:
    """Tells whether a text of the spelling list stands in a name.

    A pattern of them all is the quickest, but takes longer to make than looking through a few names does.
    """

    def __init__(self) -> None:
        self._left = _FEW_NAMES
        self._pattern: re.Pattern[str] | None = None

    def is_in(self, name: str) -> bool:
        if self._pattern is not None:
            return self._pattern.search(name) is not None
        self._left -= 1
        if not self._left:
            self._pattern = _any_misspelt()
        return any(old in name for old, _ in _spelling())


_misspelt = _Misspelt()


def _any_misspelt() -> re.Pattern[str]:
    """Return a pattern that finds any text of the spelling list; shared beginnings are tried once."""
    tree: dict[str, Any] = {}
    for old, _ in _spelling():
        branch = tree
        for letter in old:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return re.compile(_branches(tree))


def _branches(tree: dict[str, Any]) -> str:
    if "" in tree:
        return ""
    return f"(?:{'|'.join(re.escape(letter) + _branches(rest) for letter, rest in tree.items())})"


@cache
def _word_list() -> WordList:
    names = book("name_rules")
    known = [phrase for part in ("words", "houses", "noise", "managers") for phrase in names[part]]
    known += names["abbreviations"].values()
    words = {word for phrase in known for word in phrase.split()}
    return WordList(words.union(known_words()), names["abbreviations"], company_words())


def is_fund_word(word: str) -> bool:
    """Tell whether a word stands in the rules or in the names of fund houses."""
    return _word_list().knows(word)


def read_words(name: str) -> Words:
    """Expand a name's abbreviations and take noise away."""
    straight = name.lower().replace("’", "'")
    original = f" {' '.join(straight.split())} "
    spelled = original.replace("-", " ")
    if _misspelt.is_in(spelled):
        for old, new in _spelling():
            spelled = spelled.replace(old, new)
    if spelled.startswith(" mm "):
        spelled = _MASS_MUTUAL.sub(" massmutual ", spelled)
    if "20" in spelled:
        spelled = _JOINED_YEAR.sub(lambda found: f" {found[0]} ", spelled)
    read = _word_list().read
    found = _WORD.findall(spelled.replace("'", ""))
    tokens = [read(token) for token in found]
    if len(name) >= _LEAST_CUT and found and tokens[-1] == found[-1] and found[-1].isalpha():
        tokens[-1] = _end(found[-1])
    whole = f" {' '.join(token for token in tokens if token)} "
    text = _without(whole, _HOUSES)
    plain = _without(text, _NOISE)
    return Words(original, text, plain, _vintage(text), frozenset(text.split()), house=text != whole)


def _end(token: str) -> str:
    """Return the word a name was cut off in (`Total International Bon`), or what is there."""
    if len(token) < _LEAST_END or is_fund_word(token):
        return token
    fits = [word for word in book("name_rules")["ends"] if word.startswith(token)]
    return fits[0] if len(fits) == 1 else token


def _vintage(text: str) -> str | None:
    """Return the target year in a name: 2045, or 45 right after a word of retirement."""
    tokens = text.split()
    for token in tokens:
        if token in _YEARS:
            return token
    short = None if _SHORT_YEARS.isdisjoint(tokens) else _SHORT_YEAR.search(text)
    return f"20{short[1]}" if short else None


def _without(text: str, part: str) -> str:
    """Drop phrases, longer ones first; only those whose first word is there are tried.

    A fund house becomes one word, in which nothing else is seen (`global x` speaks of no global fund).
    """
    by_word = _dropped(part)
    tokens = text.split()
    if by_word.keys().isdisjoint(tokens):
        return text
    found = {pair for token in tokens if token in by_word for pair in by_word[token]}
    for _, phrase in sorted(found):
        while phrase in text:
            text = text.replace(phrase, f" {phrase.replace(' ', '')} " if part == _HOUSES else " ")
    return text


def has_manager(words: Words) -> bool:
    """Tell whether a name says whose fund it is."""
    return words.house or _managers().occurs(words.tokens, words.text)


def kind_of_name(name: str) -> str | None:
    """Return the class a fund's name says (`us_mid`, `target_date:2045`, `balanced`), None when unsure."""
    return _kind_of(_NUMBER.sub(_plain_number, in_english_words(name)))


@cache
def _telling_numbers() -> frozenset[str]:
    """Return the numbers that any rule, abbreviation or vintage knows, and round shares of stock."""
    names = book("name_rules")
    known = [phrase for part in ("words", "houses", "noise", "managers", "ends") for phrase in names[part]]
    known += [*names["abbreviations"], *names["abbreviations"].values(), *known_words()]
    known += [text for pair in _spelling() for text in pair]
    found = {number for phrase in known for number in _DIGITS.findall(phrase)}
    return frozenset(found) | _YEARS | _SHORT_YEARS | _ROUND


def _plain_number(found: re.Match[str]) -> str:
    """Return a number that no rule knows as sevens: bonds and deposits differ in their numbers only."""
    if found[0] in _telling_numbers() or is_part_of_a_whole(found.string, found.start(), found.end()):
        return found[0]
    return "7" * len(found[0])


@lru_cache(maxsize=50_000)
def _kind_of(name: str) -> str | None:
    words, every = read_words(name), rules()
    for number in table().fitting(words.text, words.plain):
        if fits(every[number], words):
            return kind_told(every[number], words)
    return None


def kind_told(rule: Rule, words: Words) -> str | None:
    """Return the class that a rule gives a name it fits, with the year or the share of stock it states."""
    if rule.kind == "target_date":
        return f"{TARGET_DATE}{words.year}"
    share = words.stock_share if rule.kind in _MIXED else None
    if share is not None:
        return f"{MIX if _WORLDLY.isdisjoint(words.tokens) else WORLD_MIX}{share}"
    return None if rule.kind in {"unknown", "option"} else rule.kind


def fits(rule: Rule, words: Words) -> bool:
    """Tell whether a rule whose words suit a name fits it in all else."""
    if rule.year is not None and rule.year != (words.year is not None):
        return False
    if rule.digits is not None and rule.digits != bool(_COUPON.search(words.original)):
        return False
    if rule.option and not _DATE.search(words.original):
        return False
    if rule.share and words.stock_share is None:
        return False
    if rule.manager is not None and rule.manager != has_manager(words):
        return False
    return not rule.company or _is_companys(words, rule.company)


def _is_companys(words: Words, how: str) -> bool:
    """Tell whether the stock a name speaks of is a company's, by its name or by a word that no fund has."""
    if how == "known":
        return is_known_company(words.original) or has_legal_form(words.original)
    return any(
        token.isalpha() and len(token) >= _LEAST_NAME and not is_fund_word(token) for token in words.tokens
    )
