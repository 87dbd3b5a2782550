"""Reads the class of a fund from its name, the way plans abbreviate it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from desktop_app.domain.resources import resource_path

from .knowledge import TARGET_DATE

_WORD = re.compile(r"[a-z0-9$%]+")
_YEAR = re.compile(r"20(?:05|[1-8][05])", re.ASCII)
_JOINED_YEAR = re.compile(
    r"(?<=[a-z])(?:20(?:05|[1-8][05]))(?![0-9])|(?<![0-9])(?:20(?:05|[1-8][05]))(?=[a-z])", re.ASCII
)
_SHORT_YEAR = re.compile(r"(?:retirement|target|date|(?:freedom|lifepath)(?: index)?) ([1-7][05])(?= )")
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d+\.\d+ ?%|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d"
)
_COUPON = re.compile(r"\d\.\d+|\d{1,2}/\d{1,2}/\d{2,4}|\d%")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rules: which words must occur, which must not, and the class that follows."""

    kind: str
    every: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]
    exact: frozenset[str]
    year: bool
    digits: bool
    option: bool
    manager: bool | None


@dataclass(frozen=True, slots=True)
class Words:
    """A name ready for rules: `text` and `plain` (managers and share classes dropped), space-padded."""

    original: str
    text: str
    plain: str
    year: str | None


@cache
def _book() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource_path("funds/name_rules.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            kind=rule["class"],
            every=tuple(_phrases(entry) for entry in rule.get("all", ())),
            none=tuple(phrase for entry in rule.get("none", ()) for phrase in _phrases(entry)),
            exact=frozenset(rule.get("exact", ())),
            year=rule.get("year", False),
            digits=rule.get("digits", False),
            option=rule.get("option", False),
            manager=rule.get("manager"),
        )
        for rule in _book()["rules"]
    )


def _phrases(entry: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in entry.split("|"))


@cache
def _dropped(part: str) -> tuple[str, ...]:
    return tuple(sorted((f" {phrase} " for phrase in _book()[part]), key=len, reverse=True))


@cache
def _managers() -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in _book()["managers"])


def read_words(name: str) -> Words:
    """Expand a name's abbreviations and take noise away."""
    book = _book()
    straight = name.lower().replace("’", "'")
    original = f" {' '.join(straight.split())} "
    spelled = original
    for old, new in book["spelling"]:
        if old in spelled:
            spelled = spelled.replace(old, new)
    spelled = _JOINED_YEAR.sub(lambda found: f" {found[0]} ", spelled)
    abbreviations: dict[str, str] = book["abbreviations"]
    tokens = [abbreviations.get(token, token) for token in _WORD.findall(spelled.replace("'", ""))]
    text = _without(f" {' '.join(token for token in tokens if token)} ", "houses")
    return Words(original, text, _without(text, "noise"), _vintage(text))


def _vintage(text: str) -> str | None:
    """Return the target year in a name: 2045, or 45 right after a word of retirement."""
    for token in text.split():
        if _YEAR.fullmatch(token):
            return token
    short = _SHORT_YEAR.search(text)
    return f"20{short[1]}" if short else None


def _without(text: str, part: str) -> str:
    for phrase in _dropped(part):
        while phrase in text:
            text = text.replace(phrase, " ")
    return text


@lru_cache(maxsize=20_000)
def kind_of_name(name: str) -> str | None:
    """Return the class a fund's name says (`us_mid`, `target_date:2045`, `balanced`), None when unsure."""
    words = read_words(name)
    for rule in _rules():
        if _fits(rule, words):
            return _kind(rule, words)
    return None


def _kind(rule: Rule, words: Words) -> str | None:
    if rule.kind == "target_date":
        return f"{TARGET_DATE}{words.year}"
    return None if rule.kind in {"unknown", "option"} else rule.kind


def _fits(rule: Rule, words: Words) -> bool:
    if rule.exact:
        return words.text.strip() in rule.exact or words.plain.strip() in rule.exact
    if rule.year and words.year is None:
        return False
    if rule.digits and not _COUPON.search(words.original):
        return False
    if rule.option and not _DATE.search(words.original):
        return False
    if rule.manager is not None and rule.manager != any(manager in words.text for manager in _managers()):
        return False
    texts = (words.text, words.plain)
    if any(phrase in words.text for phrase in rule.none):
        return False
    return all(any(phrase in text for phrase in group for text in texts) for group in rule.every)
