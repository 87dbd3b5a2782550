"""Headings of two lines whose upper one says of which time each group of columns below is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .amounts import looks_numeric
from .columns import Role, header_key, role_of
from .heading_rows import ROLES_OF_FIGURES
from .patterns import late_regex
from .periods import Period, is_past, is_short_period, period_of

_OPENING = late_regex(
    r"\b(?:opening|beginning|begin|starting|start|previous|prior|earlier|before|then)\b", re.ASCII
)
_CLOSING = late_regex(r"\b(?:closing|close|ending|end|current|present|latest|now|today|this)\b", re.ASCII)
_INSTRUMENT = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})
_FEWEST = 2


class _Group(NamedTuple):
    """The columns below one word of the upper line."""

    word: str
    places: list[int]

    @property
    def key(self) -> str:
        return header_key(self.word)

    @property
    def period(self) -> Period | None:
        """When the group's figures were true, where its word names a day, month, quarter or year."""
        return period_of(self.key)

    @property
    def is_opening(self) -> bool:
        """Whether the word says that the figures are those from before."""
        return _OPENING.search(self.key) is not None or is_past(self.key)

    @property
    def is_closing(self) -> bool:
        """Whether the word says that the figures are those at the end, or of now."""
        return not self.is_opening and _CLOSING.search(self.key) is not None


def says_earlier(word: str) -> bool:
    """Tell whether a word above columns says that their figures are those from before."""
    return _Group(word, []).is_opening


def heading_of_times(top: Sequence[str], bottom: Sequence[str]) -> list[str] | None:
    """Return the headings that two lines make together where the upper one has balances of several times.

    Money must stand below at least two of its words, each a time (“Beginning Balance 01/01/2025”, “Closing
    position”), and one of them the last. Its columns keep their headings, with its day; those of other times,
    and any that say the same below another word, are called by both words, so that none of them is taken for
    what is held. None for other lines.
    """
    if len(bottom) <= _FEWEST or any(map(looks_numeric, bottom)):
        return None
    groups = _groups(top, bottom)
    timed = [group for group in groups if _roles(bottom, group) & {Role.VALUE} and _says_time(group)]
    latest = _latest(timed)
    if latest is None:
        return None
    named = [cell.strip() for cell in bottom]
    told = _roles(bottom, latest)
    for group in groups:
        for place in group.places:
            known = role_of(named[place])
            if group in timed or (known is not None and known[0] in told):
                named[place] = _named(group, named[place], is_latest=group is latest)
    for place, cell in enumerate(top):
        if place >= len(named):
            named.append(cell.strip())
        elif not named[place]:
            named[place] = cell.strip()
    return named


def _groups(top: Sequence[str], bottom: Sequence[str]) -> list[_Group]:
    """Return the words of the upper line with the columns below each, one that repeats with all of them."""
    groups: list[_Group] = []
    for place, cell in enumerate(bottom):
        word = top[place].strip() if place < len(top) else ""
        if word and not (groups and groups[-1].word == word):
            groups.append(_Group(word, []))
        if cell.strip() and groups and cell.strip() != groups[-1].word:
            groups[-1].places.append(place)
    return groups


def _says_time(group: _Group) -> bool:
    return group.period is not None or is_short_period(group.key) or group.is_opening or group.is_closing


def _latest(groups: Sequence[_Group]) -> _Group | None:
    """Return the group of the last time, None where no word tells which it is."""
    if len(groups) < _FEWEST:
        return None
    periods = [group.period for group in groups]
    days = [period.order for period in periods if period is not None]
    if len(days) == len(groups) == len(set(days)):
        return groups[days.index(max(days))]
    closing = [group for group in groups if group.is_closing]
    return closing[0] if len(closing) == 1 and any(group.is_opening for group in groups) else None


def _roles(bottom: Sequence[str], group: _Group) -> set[Role]:
    return {known[0] for place in group.places if (known := role_of(bottom[place]))}


def _named(group: _Group, cell: str, *, is_latest: bool) -> str:
    """Return what a heading below a group's word is called, so that only the last time's has its role."""
    known = role_of(cell)
    if known is None or known[0] not in ROLES_OF_FIGURES | {Role.VESTED}:
        return cell
    above = role_of(group.word)
    if above is not None and above[0] in _INSTRUMENT:
        return cell
    both = f"{group.word} {cell}"
    if not is_latest or ((as_one := role_of(both)) is not None and as_one[0] is known[0]):
        return both
    day = group.period.day if group.period is not None else None
    return f"{cell} {day}" if day is not None else cell
