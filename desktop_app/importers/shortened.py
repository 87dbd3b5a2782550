"""Reads words that plans shorten, misspell or run together, against a list of known words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_LEAST_SHORTENED = 5
"""Letters a word without its vowels must keep to be read; shorter ones fit too many words."""
_LEAST_BEGINNING = 5
_LEAST_BEGUN = 0.55
"""Share of a word that its beginning must be."""
_LEAST_MISSPELT = 6
_LEAST_JOINED = 7
_LEAST_PIECE = 3


class WordList:
    """Known words and fixed abbreviations; tells what an unknown word most likely stands for.

    Every guess must be the only one possible: where two words fit, the word is left as it is.
    """

    def __init__(
        self, words: Iterable[str], abbreviations: Mapping[str, str], alone: Iterable[str] = ()
    ) -> None:
        """`alone` are words nothing else stands for, and which stand for nothing else."""
        self._abbreviations = abbreviations
        self._alone = frozenset(alone)
        self._words = frozenset(word for word in words if word.isalpha())
        self._by_letter: dict[str, list[str]] = {}
        self._misspelt: dict[str, set[str]] = {}
        for word in self._words:
            self._by_letter.setdefault(word[0], []).append(word)
            if len(word) >= _LEAST_MISSPELT:
                for variant in _shortenings(word):
                    self._misspelt.setdefault(variant, set()).add(word)
        self.read = lru_cache(maxsize=20_000)(self._read)

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of the known ones."""
        return word in self._words

    def _read(self, token: str) -> str:
        """Return what a word stands for: itself when known or when nothing is sure."""
        fixed = self._abbreviations.get(token)
        if fixed is not None:
            return fixed
        if token in self._words or token in self._alone or not token.isalpha():
            return token
        return (
            self._without_vowels(token) or self._beginning(token) or self._typo(token) or self._joined(token)
        )

    def _without_vowels(self, token: str) -> str:
        """Read `prspctv` as perspective: its letters in order, few vowels."""
        if len(token) < _LEAST_SHORTENED or sum(letter in _VOWELS for letter in token) * 4 > len(token):
            return ""
        fits = [word for word in self._by_letter.get(token[0], ()) if _is_within(token, word)]
        return _only(fits)

    def _beginning(self, token: str) -> str:
        """Read `internat` as international."""
        if len(token) < _LEAST_BEGINNING:
            return ""
        return _only(
            [
                word
                for word in self._by_letter.get(token[0], ())
                if word.startswith(token) and len(token) >= _LEAST_BEGUN * len(word)
            ]
        )

    def _typo(self, token: str) -> str:
        """Read `retiremnt` as retirement: one letter missing, too many, wrong or in the wrong place."""
        if len(token) < _LEAST_MISSPELT:
            return ""
        near = {word for variant in _shortenings(token) for word in self._misspelt.get(variant, ())}
        return _only([word for word in near if word[0] == token[0] and _is_one_slip(token, word)])

    def _joined(self, token: str) -> str:
        """Read `incomeclass` as income class, in the fewest pieces; the word itself when it does not part."""
        if len(token) < _LEAST_JOINED:
            return token
        best: list[list[str] | None] = [[]] + [None] * len(token)
        for end in range(_LEAST_PIECE, len(token) + 1):
            for start in range(end - _LEAST_PIECE + 1):
                before, piece = best[start], token[start:end]
                known = piece in self._words or piece in self._abbreviations
                shorter = best[end] is None or len(before or ()) + 1 < len(best[end] or ())
                if before is not None and known and shorter:
                    best[end] = [*before, self._abbreviations.get(piece, piece)]
        pieces = best[len(token)]
        return token if pieces is None else " ".join(pieces)


def _only(words: list[str]) -> str:
    """Return the one word there is; a plural beside its singular counts as one."""
    singular = {word.removesuffix("s") for word in words}
    return min(words, key=len) if len(singular) == 1 else ""


def _is_within(token: str, word: str) -> bool:
    """Tell whether the letters of `token` stand in `word` in this order; the last consonant must be there."""
    if token.rstrip("aeiouy")[-1:] != word.rstrip("aeiouy")[-1:] or len(token) * 3 < len(word):
        return False
    letters = iter(word)
    return all(letter in letters for letter in token)


def _shortenings(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_one_slip(token: str, word: str) -> bool:
    """Tell whether one slip of the keyboard makes `token` of `word`."""
    if len(token) != len(word):
        longer, shorter = sorted((token, word), key=len, reverse=True)
        return shorter in _shortenings(longer)
    differing = [at for at in range(len(token)) if token[at] != word[at]]
    if len(differing) == 1:
        return True
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return token[first] == word[second] and token[second] == word[first]
