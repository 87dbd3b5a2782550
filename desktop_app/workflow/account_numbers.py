"""Account numbers as files write them: whole, with their start hidden, cut to their end, or none at all."""

from __future__ import annotations

import re
from enum import Enum, auto

_NUMBER = re.compile(r"[A-Z]{0,3}[-.]*+[0-9][-.0-9]*")
_MASKED = re.compile(r".*?(?:\.{2,}|[…*•#]+|[Xx]{2,})[-\s]*(?P<seen>[0-9A-Z]{3,8})", re.ASCII | re.DOTALL)
_MARKS = re.compile(r"[^0-9A-Z]+")
_LONGEST = 200
"""Characters of a number that are looked at: a file may hold one of a megabyte."""
_LEAST_DIGITS = 4
_SHORT = 5
"""Characters up to which a number without a mask may be the end of a longer one."""
_PASSING = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|copy|q[1-4](?![a-z]))(?![a-z])|[^a-z]+",
)
"""What changes in the name of a file from one download to the next."""


class MatchReason(Enum):
    """Why two accounts may be one."""

    UNNUMBERED = auto()
    SPELLING = auto()
    """The numbers differ in leading zeros or separators only."""
    MASKED = auto()
    """The visible end of one number is the end of the other."""
    OTHER_FUNDS = auto()
    """The number is the same, but nothing else is."""
    SAME_FIGURES = auto()
    """The numbers differ, but the dollars are the same to the cent."""


def is_unnumbered(account_id: str, name: str) -> bool:
    """Tell whether an account is only known by a name (of the plan, the file, or a pasted table)."""
    if _NUMBER.fullmatch(account_id[:_LONGEST]) or visible_end(account_id) is not None:
        return False
    return account_id == name or not bare_number(account_id)


def visible_end(account_id: str) -> str | None:
    """Return what a masked number shows (`...321` → `321`), None when it is not masked."""
    found = _MASKED.fullmatch(account_id.strip()[-_LONGEST:])
    return found["seen"] if found and any(char.isdigit() for char in found["seen"]) else None


def whole_mask(account_id: str, name: str) -> str:
    """Return a number as long as it is, of which only the end is shown; "" for a name.

    A number that its file masks stays as the file has it.
    """
    if is_unnumbered(account_id, name):
        return ""
    if visible_end(account_id) is not None:
        return account_id
    return "•" * max(len(account_id) - 4, 0) + account_id[-4:]


def bare_number(account_id: str) -> str:
    """Return an unmasked number without separators and leading zeros, "" for names and masked ones."""
    if visible_end(account_id) is not None:
        return ""
    bare = _MARKS.sub("", account_id.upper()).lstrip("0")
    return bare if sum(char.isdigit() for char in bare) >= _LEAST_DIGITS else ""


def is_whole(account_id: str) -> bool:
    """Tell whether a number is long enough, and open enough, to be no other account's."""
    return len(bare_number(account_id)) > _SHORT


def passing_name(name: str) -> str:
    """Return a name without what changes from one file to the next: days, months, numbers, spaces."""
    return _PASSING.sub("", name.casefold())


def may_be_one_number(one: str, other: str) -> MatchReason | None:
    """Return why two different ids may be the same number, None when they cannot be."""
    bare, known = bare_number(one), bare_number(other)
    if bare and bare == known:
        return MatchReason.SPELLING
    end, known_end = visible_end(one) or _short_end(one), visible_end(other) or _short_end(other)
    if end is None and known_end is None:
        return None
    shown, known_shown = end or bare, known_end or known
    if not shown or not known_shown:
        return None
    masked_fits = end is not None and known_shown.endswith(end)
    known_fits = known_end is not None and shown.endswith(known_end)
    return MatchReason.MASKED if masked_fits or known_fits else None


def _short_end(account_id: str) -> str | None:
    """Return a number of a few digits, which may be all that a file shows of a longer one."""
    bare = _MARKS.sub("", account_id)
    return bare if bare.isdigit() and _LEAST_DIGITS <= len(bare) <= _SHORT else None
