"""Heads of groups that may have one fund only: equal figures are a coincidence unless the file confirms them.

A head gives the sum of the rows beside it whatever it is called. What the file says of the whole confirms it:
its total, its shares, or that every row of the table stands in such a group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from . import rows as words
from .adding_up import total_of
from .group_heads import is_detailed, is_known_fund, is_named, reach
from .outcome import Entry, Found, Outcome, Table
from .weights import are_whole
from .wording import is_account

_tr = translator("Remarks")
_MOST_LONE = 12
"""More heads of one fund make chance agreements likely."""
_MANY = 3
"""So many pairs of equal figures, and no other row, are no coincidence."""
_MOST_ASKED = 5
_ASKED_ABOVE = "“{0}” may be the sum of the line above it. Its {1:,.2f} was counted as a fund of its own."
_ASKED_BELOW = "“{0}” may be the sum of the line below it. Its {1:,.2f} was counted as a fund of its own."
_FIX = "If it is the head of a group, leave this line out."
_TOLD_ABOVE = "“{0}” was taken for the head of a group: it is what the line above it is worth."
_TOLD_BELOW = "“{0}” was taken for the head of a group: it is what the line below it is worth."
_TOLD_FIX = "If it is a holding, count it."


class _Group(NamedTuple):
    """A row and those beside it that add to its value."""

    head: Entry
    children: list[Entry]

    @property
    def is_lone(self) -> bool:
        return len(self.children) == 1


class _Side(NamedTuple):
    """The groups of an account's rows, where heads stand above them, or where they stand below."""

    groups: list[_Group]
    is_all: bool
    """Whether every row stands in a group."""


def drop_lone_heads(outcome: Outcome, table: Table) -> None:
    """Take back heads of groups, some of one fund, where the file confirms them."""
    for found, entries in _by_account(table):
        heads = max((_confirmed(outcome, found, entries, side) for side in _sides(entries)), key=_certainty)
        _drop(outcome, table, [group.head for group in heads])
        for group in heads:
            if group.is_lone and not is_named(group.head) and group.head.line.number not in outcome.counted:
                text = _tr(_TOLD_BELOW if _is_above(group) else _TOLD_ABOVE).format(group.head.row.fund.name)
                outcome.tell(group.head.line, text, _tr(_TOLD_FIX), QuickFix.COUNT)


def ask_about_lone_heads(outcome: Outcome, table: Table) -> None:
    """Ask about pairs of equal figures under a name nobody knows, where nothing confirms or denies them."""
    for found, entries in _by_account(table):
        if found.gathered.total in _stated(outcome, found):
            continue
        side = max(_sides(entries), key=lambda one: _certainty(one.groups))
        doubtful = [group for group in side.groups if group.is_lone and _is_likely(group)]
        for group in doubtful[:_MOST_ASKED] if len(doubtful) > 1 else ():
            if group.head.line.number in outcome.counted:
                continue
            row = group.head.row
            text = _tr(_ASKED_BELOW if _is_above(group) else _ASKED_ABOVE).format(row.fund.name, row.value)
            outcome.warn(group.head.line, text, _tr(_FIX), QuickFix.LEAVE_OUT)


def _by_account(table: Table) -> list[tuple[Found, list[Entry]]]:
    """Return the accounts of a table in the order of their first rows, each with its rows."""
    every: dict[int, tuple[Found, list[Entry]]] = {}
    for entry in table.entries:
        every.setdefault(id(entry.found), (entry.found, []))[1].append(entry)
    return list(every.values())


def _is_above(group: _Group) -> bool:
    """Tell whether the head stands above the rows it may be the sum of."""
    return group.children[0].line.number > group.head.line.number


def _drop(outcome: Outcome, table: Table, heads: list[Entry]) -> None:
    gone = {entry.line.number for entry in heads} - outcome.counted
    if not gone:
        return
    outcome.drop(table, heads, SkipReason.TOTAL)
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]


def _sides(entries: Sequence[Entry]) -> Iterator[_Side]:
    for order in (1, -1):
        groups, nodes = _groups(entries[::order])
        heads = {id(group.head) for group in groups}
        yield _Side(groups, all(id(node) in heads for node in nodes))


def _groups(entries: Sequence[Entry]) -> tuple[list[_Group], list[Entry]]:
    """Return all rows that may head those after them, and the rows no other row heads."""
    nodes: list[Entry] = []
    groups: list[_Group] = []
    for entry in reversed(entries):
        count = reach(entry, nodes) if _is_bare(entry) else 0
        children = nodes[len(nodes) - count :]
        if count and _may_head(entry, children):
            groups.append(_Group(entry, children))
            del nodes[len(nodes) - count :]
        nodes.append(entry)
    return groups, nodes


def _is_bare(entry: Entry) -> bool:
    row = entry.row
    return row.value > 0 and row.source is None and not is_detailed(entry) and not row.fund.cusip


def _may_head(entry: Entry, children: Sequence[Entry]) -> bool:
    """Tell whether a row's name speaks for a group: nobody knows it, or it says what kind its only row is."""
    fund = entry.row.fund
    if not is_known_fund(fund) or is_named(entry) or words.starts_with_total(fund.name):
        return True
    return len(children) == 1 and fund.mix.main is children[0].row.fund.mix.main


def _confirmed(outcome: Outcome, found: Found, entries: Sequence[Entry], side: _Side) -> list[_Group]:
    """Return the groups that the file's figures confirm; none where each has several rows."""
    lone = [group for group in side.groups if group.is_lone]
    if not lone or any(_opens_account(group.head) for group in side.groups):
        return []
    several = [group for group in side.groups if not group.is_lone]
    owed = {ZERO, outcome.loans}
    surplus = {found.gathered.total + more - stated for stated in _stated(outcome, found) for more in owed}
    if surplus:
        return _explaining(side, several, lone, surplus)
    heads = {id(group.head) for group in side.groups}
    others = [entry for entry in entries if id(entry) not in heads]
    if not any(group.head.weight for group in side.groups) and are_whole(others):
        return side.groups
    paired = len(lone) >= _MANY and all(map(_is_likely, lone))
    return side.groups if side.is_all and (paired or any(map(_is_plain, several))) else []


def _stated(outcome: Outcome, found: Found) -> list[Money]:
    """Return the totals the file states of an account."""
    if found.stated is not None or len(outcome.accounts) > 1:
        return [found.stated] if found.stated is not None else []
    return [pair[1] for pair in (outcome.whole_total, outcome.stated_above) if pair is not None]


def _explaining(side: _Side, several: list[_Group], lone: list[_Group], surplus: set[Money]) -> list[_Group]:
    """Return all groups, or the only choice of lone ones, without whose heads a stated total is right.

    Of two equal lines nobody knows either may be the one too many.
    """
    certain = total_of(group.head.row.value for group in several)
    likely = [group for group in lone if _is_likely(group)]
    every = lone if several or (side.is_all and len(lone) > 1) else likely
    if _fits(certain + total_of(group.head.row.value for group in every), surplus):
        return [*several, *every]
    found = [
        choice
        for count in range(1, len(likely) + 1 if len(likely) <= _MOST_LONE else 1)
        for choice in combinations(likely, count)
        if _fits(certain + total_of(group.head.row.value for group in choice), surplus)
    ]
    return [*several, *found[0]] if len(found) == 1 else []


def _fits(amount: Money, surplus: set[Money]) -> bool:
    return any(more > 0 and abs(amount - more) <= CENT for more in surplus)


def _certainty(groups: list[_Group]) -> tuple[bool, int, int]:
    """Return how much speaks for groups: those of several rows, and funds' words in the rows of each."""
    several = sum(not group.is_lone for group in groups)
    fundlike = sum(_likeness(group.children[0]) - _likeness(group.head) for group in groups)
    return bool(groups), several, fundlike


def _likeness(entry: Entry) -> int:
    """Return how much a row is like a fund's rather than a group's."""
    if is_named(entry):
        return -1
    known = entry.row.fund.classified_by is not ClassifiedBy.UNKNOWN
    return 2 * is_detailed(entry) + known + words.is_fundish(entry.row.fund.name)


def _is_plain(group: _Group) -> bool:
    return is_named(group.head) or not words.is_fundish(group.head.row.fund.name)


def _is_likely(group: _Group) -> bool:
    return _likeness(group.head) < _likeness(group.children[0])


def _opens_account(entry: Entry) -> bool:
    """Tell whether a head names an account, whose rows are not those of the others."""
    name = entry.row.fund.name
    if words.is_window_account(name) and not any(char.isdigit() for char in name):
        return False
    return is_account(name) and is_named(entry)
