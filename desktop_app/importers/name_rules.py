"""The rules that read a class from a fund's name, and a table that finds those a name fits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from desktop_app.domain.records import dataclass
from desktop_app.domain.resources import resource_path

from .patterns import late_regex


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
    """One line of the rules: which words must occur, which must not, and the class that follows.

    `year`, `digits` and `manager` are None where it does not matter whether a name has them.
    """

    kind: str
    every: tuple[AnyOf, ...]
    none: AnyOf
    exact: frozenset[str]
    year: bool | None
    digits: bool | None
    option: bool
    manager: bool | None
    share: bool
    """Whether the name must say how much of the fund is stock."""
    company: str
    """`known`: a company's name or legal form must be there; `unknown`: some word no fund has."""


@cache
def book(part: str) -> dict[str, Any]:
    """Return a file of what is known about names: `name_rules` or `families`."""
    loaded: dict[str, Any] = json.loads(resource_path(f"funds/{part}.json").read_text(encoding="utf-8"))
    return loaded


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules; the first that fits a name gives its class."""
    return tuple(_read(line) for line in _lines())


def _lines() -> Iterator[dict[str, Any]]:
    """Return the rules with those of the fund houses in their place."""
    groups = book("name_rules")["groups"]
    for line in book("name_rules")["rules"]:
        if "families" in line:
            yield from _families()
        else:
            yield {
                part: [_filled(entry, groups) for entry in value] if part in {"all", "none"} else value
                for part, value in line.items()
            }


def _filled(entry: str, groups: dict[str, str]) -> str:
    """Put the words of a group where an entry names it: `@lands`."""
    if "@" not in entry:
        return entry
    return "|".join(groups[one[1:]] if one.startswith("@") else one for one in entry.split("|"))


def _families() -> Iterator[dict[str, Any]]:
    known, groups = book("families"), book("name_rules")["groups"]
    guards = {part: _filled(entry, groups) for part, entry in known["guards"].items()}
    for house, kind, words in known["families"]:
        every = [house, words] if house else [words]
        yield {
            "class": kind,
            "all": every,
            "none": [guards[part] for part in ("any", kind) if part in guards],
            "year": False,
        }


def _read(line: dict[str, Any]) -> Rule:
    return Rule(
        kind=line["class"],
        every=tuple(_any_of(entry) for entry in line.get("all", ())),
        none=_any_of("|".join(line.get("none", ()))),
        exact=frozenset(line.get("exact", ())),
        year=line.get("year"),
        digits=line.get("digits"),
        option=line.get("option", False),
        manager=line.get("manager"),
        share=line.get("share", False),
        company=line.get("company", ""),
    )


@cache
def _any_of(entry: str) -> AnyOf:
    """Return the alternatives of an entry; many rules share one."""
    return AnyOf.of(entry.split("|") if entry else ())


@cache
def known_words() -> frozenset[str]:
    """Return every word the rules ask for or forbid."""
    found: set[str] = set()
    for alternatives in {entry for rule in rules() for entry in (*rule.every, rule.none)}:
        found |= alternatives.words
        found.update(*(phrase.split() for phrase in alternatives.phrases))
    for rule in rules():
        found.update(*(whole.split() for whole in rule.exact))
    return frozenset(found)


_MOST_ENTRIES = 3
_SHARE = late_regex(r"[a-z]?[0-9]+[a-z%]?")
_SHARES = frozenset(
    {"institutional", "investor", "retail", "service", "advisor", "premier", "select", "plus", "nl"}
)
"""Words of a class of shares; so are one letter or one with a digit."""
_LEAST_BARE = 5


def without_shares(plain: str) -> str:
    """Return a name without the class of its shares at the end, "" where too little is left to know it by."""
    tokens = plain.split()
    while tokens and (tokens[-1] in _SHARES or len(tokens[-1]) == 1 or _SHARE.fullmatch(tokens[-1])):
        tokens.pop()
    bare = " ".join(tokens)
    return bare if len(bare) >= _LEAST_BARE else ""


class RuleTable:
    """Finds the rules whose words occur in a name by looking its words and pairs of words up.

    A set of rules is a number with a bit for each. What a word or phrase does is one number of four such
    sets side by side: the rules whose first, second and third entry it meets, and those it speaks against.
    """

    def __init__(self, every: Sequence[Rule]) -> None:
        self._width = len(every)
        self._each = (1 << self._width) - 1
        self._wanted = (1 << _MOST_ENTRIES * self._width) - 1
        self._words: dict[str, int] = {}
        self._pairs: dict[str, dict[str, dict[str, int]]] = {}
        self._exact: dict[str, int] = {}
        self._start = 0
        does: dict[AnyOf, int] = {}
        for number, rule in enumerate(every):
            for place in range(_MOST_ENTRIES):
                bit = 1 << place * self._width + number
                if place < len(rule.every):
                    does[rule.every[place]] = does.get(rule.every[place], 0) | bit
                elif not rule.exact:
                    self._start |= bit
            does[rule.none] = does.get(rule.none, 0) | 1 << _MOST_ENTRIES * self._width + number
            for whole in rule.exact:
                self._exact[whole] = self._exact.get(whole, 0) | 1 << number
        for alternatives, bits in does.items():
            self._add(alternatives, bits)

    def _add(self, alternatives: AnyOf, bits: int) -> None:
        for word in alternatives.words:
            self._words[word] = self._words.get(word, 0) | bits
        for phrase in alternatives.phrases:
            first, second, *_ = phrase.split()
            known = self._pairs.setdefault(first, {}).setdefault(second, {})
            known[phrase] = known.get(phrase, 0) | bits

    def fitting(self, text: str, plain: str, *, strictly: bool = True) -> Iterator[int]:
        """Return the numbers of the rules whose words occur in a name, in order.

        Wanted words may stand in `text` or `plain`, unwanted ones are looked for in `text` alone, and not
        at all unless `strictly`.
        """
        met = self._start
        tokens = text.split()
        for token in tokens:
            met |= self._words.get(token, 0)
        met |= self._phrases(tokens, text)
        if plain != text:
            met |= self._phrases(plain.split(), plain) & self._wanted
        width = self._width
        found = met & met >> width & met >> 2 * width & self._each
        found |= self._exact.get(text.strip(), 0) | self._exact.get(plain.strip(), 0)
        found |= self._exact.get(without_shares(plain), 0)
        if strictly:
            found &= ~(met >> _MOST_ENTRIES * width)
        while found:
            lowest = found & -found
            yield lowest.bit_length() - 1
            found ^= lowest

    def _phrases(self, tokens: list[str], text: str) -> int:
        """Return what the phrases in a text do."""
        met = 0
        for first, second in pairwise(tokens):
            seconds = self._pairs.get(first)
            if seconds is not None and second in seconds:
                for phrase, does in seconds[second].items():
                    if phrase in text:
                        met |= does
        return met


@cache
def table() -> RuleTable:
    """Return the table of all rules."""
    return RuleTable(rules())
