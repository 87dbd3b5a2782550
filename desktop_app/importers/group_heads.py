"""Finds the rows of a table that give the sum of the rows after them, as heads of groups do."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.money import CENT, ZERO

from . import rows as words
from .adding_up import MOST_PARTS
from .outcome import Entry
from .wording import is_account, is_group, is_source

_PAIR = 2
_TELLING = 4
"""So many rows hardly ever add to a round sum by chance."""


def heads_of(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the rows that give the sum of the rows after them, as heads of groups do, and doubtful ones.

    Worked from the end, so that groups within groups are found; a row already in a group counts once, by
    its head. Doubtful heads count as sure when every row of the table stands in one of several groups.
    """
    nodes: list[Entry] = []
    heads: list[Entry] = []
    maybe: list[Entry] = []
    for entry in reversed(entries):
        count = reach(entry, nodes) if _may_head(entry) else 0
        if count:
            children = nodes[len(nodes) - count :]
            if _is_head(entry, children):
                heads.append(entry)
            elif _outranks(entry, children[-1]):
                maybe.append(entry)
            else:
                count = 0
        del nodes[len(nodes) - count :]
        nodes.append(entry)
    grouped = {id(entry) for entry in (*heads, *maybe)}
    if len(grouped) > 1 and all(id(node) in grouped for node in nodes):
        return [*heads, *maybe], []
    return heads, maybe


def is_named(entry: Entry) -> bool:
    """Tell whether a row's words are those of a group, a source or an account, and no fund's."""
    name, fund = entry.row.fund.name, entry.row.fund
    return is_group(name) or is_source(name) or (not is_known_fund(fund) and is_account(name))


def is_known_fund(fund: Fund) -> bool:
    """Tell whether a name is one of a fund we know; a brokerage window's may be an account's as well."""
    return fund.classified_by is not ClassifiedBy.UNKNOWN and fund.mix.main is not AssetClass.BROKERAGE_WINDOW


def _outranks(entry: Entry, child: Entry) -> bool:
    """Tell whether a row is called like a group, source or account, and the row below it is not (so much)."""
    name = child.row.fund.name
    if is_group(entry.row.fund.name):
        return not (is_group(name) or is_source(name))
    return is_named(entry) and not is_named(child)


def _may_head(entry: Entry) -> bool:
    row = entry.row
    if row.value <= 0 or row.units is not None or row.price is not None or row.source is not None:
        return False
    if row.fund.symbol is not None or row.fund.cusip is not None:
        return False
    return not is_known_fund(row.fund) or is_named(entry) or words.starts_with_total(row.fund.name)


def reach(entry: Entry, nodes: list[Entry]) -> int:
    """Return how many of the rows right after an entry add to its value, 0 when none do."""
    total = ZERO
    for count, node in enumerate(reversed(nodes[-MOST_PARTS:]), 1):
        if node.found is not entry.found:
            return 0
        total += node.row.value
        room = ZERO if count <= _PAIR and is_known_fund(entry.row.fund) else CENT * max(1, count - 2)
        if abs(total - entry.row.value) <= room:
            return count
        if total > entry.row.value:
            return 0
    return 0


def _is_head(entry: Entry, children: Sequence[Entry]) -> bool:
    """Tell whether equal sums are no coincidence: words of a group, or figures only the others have."""
    round_sum = entry.row.value % 10 == 0 and len(children) < _TELLING
    if len(children) < 2 or round_sum:
        return False
    named = is_named(entry) or words.starts_with_total(entry.row.fund.name)
    return named or all(map(is_detailed, children)) or not words.is_fundish(entry.row.fund.name)


def is_detailed(entry: Entry) -> bool:
    """Tell whether a row has units, a price or a symbol, which sums of groups have not."""
    row = entry.row
    return row.units is not None or row.price is not None or row.fund.symbol is not None
