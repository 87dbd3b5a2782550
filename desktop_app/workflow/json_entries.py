"""JSON files read value by value; every mistake becomes a sentence that names its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.domain.classes import AssetClass, parse_class
from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator
from desktop_app.domain.schedule import FIRST_YEAR, LAST_YEAR, is_likely
from desktop_app.domain.system_words import system_words

_tr = translator("JsonFiles")

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class UnreadableJsonError(UserError):
    """A file of targets, rules, a mix or goals is missing or cannot be opened."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(_tr("{0}: {1}. Give a JSON file as described in the README.").format(path, why))


class NotJsonError(UnreadableJsonError):
    """A file of a mix or goals is there but is not JSON (HEADLESS contract: 3)."""

    exit_code = 3


class TwiceSaidError(UserError):
    """A file says one thing twice, so that one of the two would be left out silently."""

    def __init__(self, where: str, key: str, other: str = "") -> None:
        words = (
            _tr("{0} has both “{2}” and “{1}”, which are the same. Keep only one of them.")
            if other and other != key
            else _tr("{0} has “{1}” twice. Keep only one of them.")
        )
        super().__init__(words.format(where, key, other))


class WrongEntryError(UserError):
    """One entry of such a file is not what it should be."""

    def __init__(self, where: str, value: object, expected: str, remark: str = "") -> None:
        if isinstance(value, (str, Decimal)):
            shown = f"'{value}'" if isinstance(value, str) else str(value)
        else:
            shown = json.dumps(value, default=str, ensure_ascii=False)
        super().__init__(
            _tr("{0}: {1} was found where {2} was expected.{3}").format(where, shown[:80], expected, remark)
        )


class MissingEntryError(UserError):
    """An object lacks an entry it must have."""

    def __init__(self, where: str, key: str) -> None:
        super().__init__(
            _tr("{0}: the entry “{1}” is missing. Add it, as described in the README.").format(where, key)
        )


class UnknownKeyError(WrongEntryError):
    """An object has a key nobody knows."""

    def __init__(self, where: str, key: str, known: Sequence[str]) -> None:
        near = get_close_matches(key.strip().lower(), known, 1)
        meant = _tr(" Did you mean “{0}”?").format(near[0]) if near else ""
        super().__init__(where, key, one_of(known), meant)


def one_of(names: Iterable[str]) -> str:
    """Return what is expected where one of several names has to stand."""
    return _tr("one of {0}").format(", ".join(names))


_LARGEST = 8 * 2**20
"""Bytes of a file of entries. The longest anybody has reason to write has some hundred thousand."""


def load_json(path: Path, garbled: type[UnreadableJsonError] = UnreadableJsonError) -> object:
    """Return the content of a JSON file, numbers exact.

    Raises `UnreadableJsonError` when it cannot be opened, `garbled` when it is not JSON and
    `TwiceSaidError` when an object has one key twice.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        why = _tr("cannot be opened ({0})").format(system_words(error))
        raise UnreadableJsonError(path, why) from None
    except UnicodeDecodeError:
        raise garbled(path, _tr("is not a text file in UTF-8")) from None
    if len(data) > _LARGEST:
        raise garbled(path, _tr("is larger than {0} MB").format(_LARGEST // 2**20))
    try:
        return json.loads(
            text, parse_float=_number, parse_int=_number, object_pairs_hook=partial(_once_each, path.name)
        )
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise garbled(path, _tr("line {0} is not valid JSON").format(line)) from None


def _number(text: str) -> Decimal | float:
    """Return an exact number; one with an exponent beyond all reckoning is infinite, which no entry takes."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return float(text)


def _once_each(where: str, pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise TwiceSaidError(where, next(key for key in keys if keys.count(key) > 1))
    return found


_MISSING = object()
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
MOST_DIGITS = 15
"""A number has at most this many digits before its point, and at most as many zeros behind it."""


class Entry:
    """One value of a JSON file with the way to it, turned into domain values on demand."""

    def __init__(self, where: str, value: Any) -> None:
        self.where = where
        self._value = value

    @property
    def is_missing(self) -> bool:
        """Whether the file has no such entry (or null)."""
        return self._value is _MISSING or self._value is None

    def __getitem__(self, key: str) -> Entry:
        entry = self.get(key)
        if entry.is_missing:
            raise MissingEntryError(self.where, key)
        return entry

    def get(self, key: str) -> Entry:
        """Return the entry called `key`, a missing one when it is not there."""
        return Entry(f"{self.where}: {key}", self._mapping().get(key, _MISSING))

    def only(self, *known: str) -> None:
        """Refuse entries nobody knows: a misspelt rule must not be left out silently."""
        for key in self._mapping():
            if key not in known:
                raise UnknownKeyError(self.where, key, known)

    def items(self) -> list[tuple[str, Entry]]:
        """Return the entries of an object, empty when it is missing."""
        return [(key, Entry(f"{self.where}: {key}", value)) for key, value in self._mapping().items()]

    def by_class(self) -> dict[AssetClass, Decimal]:
        """Return the numbers of an object of classes, each class once.

        Raises `UnknownClassError`, `WrongEntryError` and `TwiceSaidError`.
        """
        found: dict[AssetClass, Decimal] = {}
        said: dict[AssetClass, str] = {}
        for name, entry in self.items():
            node = parse_class(name)
            if node in found:
                raise TwiceSaidError(self.where, name, said[node])
            found[node], said[node] = entry.decimal(), name
        return found

    def entries(self) -> list[Entry]:
        """Return the entries of a list, empty when it is missing."""
        if self.is_missing:
            return []
        if not isinstance(self._value, list):
            raise WrongEntryError(self.where, self._value, _tr("a list"))
        return [Entry(f"{self.where}[{i}]", value) for i, value in enumerate(self._value)]

    def names(self) -> tuple[str, ...]:
        """Return a list of names, none of them blank."""
        found = self.entries()
        for entry in found:
            if not entry.text().strip():
                raise WrongEntryError(entry.where, entry.text(), _tr("a name"))
        return tuple(entry.text() for entry in found)

    def text(self, default: str | None = None) -> str:
        """Return a text."""
        return self._read(lambda value: value if isinstance(value, str) else None, _tr("a text"), default)

    def decimal(self, default: Decimal | None = None) -> Decimal:
        """Return an exact number, given as text or number."""
        return self._read(_as_decimal, _tr("a number such as “0.6”"), default)

    def dollars(self, default: Decimal | None = None) -> Decimal:
        """Return an exact amount, given as text or number."""
        return self._read(_as_decimal, "an amount such as “24500” or “1250.50”", default)

    def day(self, default: date | None = None) -> date:
        """Return an ISO date, of years in which it can be meant."""
        expected = _tr("a date such as “2026-12-31”, from {0} to {1}").format(FIRST_YEAR, LAST_YEAR)
        return self._read(_as_day, expected, default)

    def count(self) -> int | None:
        """Return a whole number of zero or more, None when it is missing."""
        if self.is_missing:
            return None
        number = self.decimal()
        if number < 0 or number % 1:
            raise WrongEntryError(self.where, str(number), _tr("a whole number of zero or more"))
        return int(number)

    def flag(self) -> bool:
        """Return true or false, false when it is missing."""
        return not self.is_missing and self._read(_as_flag, _tr("true or false"), default=None)

    def choice(self, kind: type[E], default: E) -> E:
        """Return a member of an enumeration by its name in files."""
        if self.is_missing:
            return default
        name = self.text()
        try:
            return kind(name)
        except ValueError:
            raise WrongEntryError(self.where, name, one_of(kind)) from None

    def _read(self, convert: Callable[[Any], T | None], expected: str, default: T | None) -> T:
        if self.is_missing and default is not None:
            return default
        found = None if self.is_missing else convert(self._value)
        if found is None:
            value = _tr("nothing") if self.is_missing else self._value
            raise WrongEntryError(self.where, value, expected)
        return found

    def _mapping(self) -> dict[str, Any]:
        if self.is_missing:
            return {}
        if not isinstance(self._value, dict):
            raise WrongEntryError(self.where, self._value, _tr("an object in braces"))
        return self._value


def _as_flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _as_decimal(value: object) -> Decimal | None:
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value.strip()):
        value = _number(value)
    if not isinstance(value, Decimal):
        return None
    return value if value.is_finite() and abs(value.adjusted()) < MOST_DIGITS else None


def _as_day(value: object) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and is_likely(day) else None
