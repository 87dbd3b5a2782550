"""Reads the class of a fund from its name, the way plans abbreviate it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from desktop_app.domain.resources import resource_path

from .knowledge import TARGET_DATE
from .shortened import WordList

_WORD = re.compile(r"[a-z0-9$%]+")
_YEARS = frozenset({"2005"} | {f"20{decade}{half}" for decade in range(1, 9) for half in "05"})
_SHORT_YEARS = frozenset(f"{decade}{half}" for decade in range(1, 8) for half in "05")
_JOINED_YEAR = re.compile(
    r"(?<=[a-z])(?:20(?:05|[1-8][05]))(?![0-9])|(?<![0-9])(?:20(?:05|[1-8][05]))(?=[a-z])", re.ASCII
)
_SHORT_YEAR = re.compile(r"(?:retirement|target|date|(?:freedom|lifepath)(?: index)?) ([1-7][05])(?= )")
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d+\.\d+ ?%|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d"
)
_COUPON = re.compile(r"\d\.\d+|\d{1,2}/\d{1,2}/\d{2,4}|\d%")


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives of which one must occur: whole words, and space-padded phrases of several words."""

    words: frozenset[str]
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, alternatives: Iterable[str]) -> AnyOf:
        """Sort alternatives into single words and phrases."""
        every = tuple(alternatives)
        return cls(
            frozenset(one for one in every if " " not in one),
            tuple(f" {one} " for one in every if " " in one),
        )

    def occurs(self, tokens: frozenset[str], text: str) -> bool:
        """Tell whether one of them stands in the text, whose words are `tokens`."""
        if not self.words.isdisjoint(tokens):
            return True
        return any(phrase in text for phrase in self.phrases) if self.phrases else False


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rules: which words must occur, which must not, and the class that follows."""

    kind: str
    every: tuple[AnyOf, ...]
    none: AnyOf
    exact: frozenset[str]
    year: bool
    digits: bool | None
    option: bool
    manager: bool | None


@dataclass(frozen=True, slots=True)
class Words:
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


@cache
def _book() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource_path("funds/name_rules.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            kind=rule["class"],
            every=tuple(AnyOf.of(entry.split("|")) for entry in rule.get("all", ())),
            none=AnyOf.of(one for entry in rule.get("none", ()) for one in entry.split("|")),
            exact=frozenset(rule.get("exact", ())),
            year=rule.get("year", False),
            digits=rule.get("digits"),
            option=rule.get("option", False),
            manager=rule.get("manager"),
        )
        for rule in _book()["rules"]
    )


@dataclass(frozen=True, slots=True)
class Index:
    """Finds the rules a name may fit without trying each of them.

    A place is a rule's number and that of one entry of its `every`. `words` gives the places a word
    satisfies, `phrases` the phrases (space-padded, with their place) that hold a word rare among the
    rules, `exact` the rules that ask for a whole name, `free` those that ask for no word.
    """

    words: dict[str, list[tuple[int, int]]]
    phrases: dict[str, list[tuple[str, tuple[int, int]]]]
    exact: dict[str, list[int]]
    free: tuple[int, ...]

    def candidates(self, words: Words) -> list[int]:
        """Return the rules whose words all occur in a name, in the rules' order."""
        met = {place for token in words.tokens for place in self.words.get(token, ())}
        text = words.either
        for token in words.tokens:
            met.update(place for phrase, place in self.phrases.get(token, ()) if phrase in text)
        entries = Counter(number for number, _ in met)
        found = {number for number, count in entries.items() if count == len(_rules()[number].every)}
        for whole in {words.text.strip(), words.plain.strip()}:
            found.update(self.exact.get(whole, ()))
        return sorted(found.union(self.free))


@cache
def _index() -> Index:
    index = Index({}, {}, {}, tuple(n for n, rule in enumerate(_rules()) if not (rule.every or rule.exact)))
    phrases = [
        (phrase, (number, place))
        for number, rule in enumerate(_rules())
        for place, entry in enumerate(rule.every)
        for phrase in entry.phrases
    ]
    often = Counter(word for phrase, _ in phrases for word in phrase.split())
    for phrase, at in phrases:
        rare = min(phrase.split(), key=lambda word: (often[word], word))
        index.phrases.setdefault(rare, []).append((phrase, at))
    for number, rule in enumerate(_rules()):
        for whole in rule.exact:
            index.exact.setdefault(whole, []).append(number)
        for place, entry in enumerate(rule.every):
            for word in entry.words:
                index.words.setdefault(word, []).append((number, place))
    return index


@cache
def _dropped(part: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the phrases to drop by their first word, each with its place in the order of dropping."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, phrase in enumerate(sorted(_book()[part], key=len, reverse=True)):
        found.setdefault(phrase.split()[0], []).append((place, f" {phrase} "))
    return {word: tuple(pairs) for word, pairs in found.items()}


@cache
def _managers() -> AnyOf:
    return AnyOf.of(_book()["managers"])


@cache
def _spelling() -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in _book()["spelling"])


@cache
def _misspelt() -> re.Pattern[str]:
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
    book = _book()
    known = [phrase for part in ("words", "houses", "noise", "managers") for phrase in book[part]]
    known += book["abbreviations"].values()
    for rule in book["rules"]:
        known += rule.get("exact", ())
        known += [
            phrase for part in ("all", "none") for entry in rule.get(part, ()) for phrase in entry.split("|")
        ]
    return WordList((word for phrase in known for word in phrase.split()), book["abbreviations"])


def read_words(name: str) -> Words:
    """Expand a name's abbreviations and take noise away."""
    straight = name.lower().replace("’", "'")
    original = f" {' '.join(straight.split())} "
    spelled = original
    if _misspelt().search(spelled):
        for old, new in _spelling():
            spelled = spelled.replace(old, new)
    if "20" in spelled:
        spelled = _JOINED_YEAR.sub(lambda found: f" {found[0]} ", spelled)
    read = _word_list().read
    tokens = [read(token) for token in _WORD.findall(spelled.replace("'", ""))]
    whole = f" {' '.join(token for token in tokens if token)} "
    text = _without(whole, "houses")
    plain = _without(text, "noise")
    return Words(original, text, plain, _vintage(text), frozenset(text.split()), house=text != whole)


def _vintage(text: str) -> str | None:
    """Return the target year in a name: 2045, or 45 right after a word of retirement."""
    tokens = text.split()
    for token in tokens:
        if token in _YEARS:
            return token
    short = None if _SHORT_YEARS.isdisjoint(tokens) else _SHORT_YEAR.search(text)
    return f"20{short[1]}" if short else None


def _without(text: str, part: str) -> str:
    """Drop phrases, longer ones first; only those whose first word is there are tried."""
    by_word = _dropped(part)
    found = {pair for token in text.split() if token in by_word for pair in by_word[token]}
    for _, phrase in sorted(found):
        while phrase in text:
            text = text.replace(phrase, " ")
    return text


def has_manager(words: Words) -> bool:
    """Tell whether a name says whose fund it is."""
    return words.house or _managers().occurs(words.tokens, words.text)


@lru_cache(maxsize=20_000)
def kind_of_name(name: str) -> str | None:
    """Return the class a fund's name says (`us_mid`, `target_date:2045`, `balanced`), None when unsure."""
    words, rules = read_words(name), _rules()
    for number in _index().candidates(words):
        if _fits(rules[number], words):
            return _kind(rules[number], words)
    return None


def _kind(rule: Rule, words: Words) -> str | None:
    if rule.kind == "target_date":
        return f"{TARGET_DATE}{words.year}"
    return None if rule.kind in {"unknown", "option"} else rule.kind


def _fits(rule: Rule, words: Words) -> bool:
    """Tell whether a rule whose wanted words occur fits a name in all else."""
    if rule.year and words.year is None:
        return False
    if rule.digits is not None and rule.digits != bool(_COUPON.search(words.original)):
        return False
    if rule.option and not _DATE.search(words.original):
        return False
    if rule.none.occurs(words.tokens, words.text):
        return False
    return rule.manager is None or rule.manager == has_manager(words)
