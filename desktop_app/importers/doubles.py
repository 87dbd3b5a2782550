"""Finds rows of one table that say again what others of it say: lots, parts by source, sums of groups.

Words alone never drop money here: the figures must add up as well, and the rows must stand so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import takewhile

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from . import rows as words
from .account_labels import split_label
from .outcome import Entry, Found, Outcome, Table
from .wording import is_account, is_group, is_source, without_total

_MOST_ROWS = 2000
"""Longer tables are looked through for lots and parts, but not for sums of groups."""
_MOST_PARTS = 200
_PAIR = 2
_TELLING = 4
"""So many rows hardly ever add to a round sum by chance."""
_NO_FUND_FIX = "Look at this line in the file and correct it, or type the holding by hand."
_NOT_HELD_FIX = "If it is not money held in a fund, leave this line out."
_TWICE_FIX = "If they are the same money, leave this line out."


def drop_doubles(outcome: Outcome, table: Table) -> None:
    """Take back every row of a table whose money other rows of it count."""
    if table.loose:
        _loose(outcome, table)
    if table.by_source:
        _aggregates(outcome, table)
    if table.size > _MOST_ROWS:
        return
    outcome.drop(table, _totals_of_funds(table.entries), SkipReason.TOTAL)
    outcome.drop(table, _parts_by_source(table.entries), SkipReason.SOURCE_SPLIT)
    outcome.drop(table, _parts_by_price(table.entries), SkipReason.SOURCE_SPLIT)
    _same_name(outcome, table)
    for order in (1, -1):
        heads, doubtful = _heads(table.entries[::order])
        if doubtful and _explained(outcome, table, doubtful):
            heads, doubtful = [*heads, *doubtful], []
        if order == 1:
            _open_accounts(outcome, table, heads)
        outcome.drop(table, heads, SkipReason.TOTAL)
        gone = {entry.line.number for entry in heads} - outcome.counted
        outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]
    _ask_about_sources(outcome, table)


def _ask_about_sources(outcome: Outcome, table: Table) -> None:
    """Ask about lines that are called like contributions among funds: they may be paid in, not held."""
    named = [entry for entry in table.entries if _is_by_source(entry)]
    for entry in named if len(named) < len(table.entries) else ():
        if entry.row.value and entry.row.line not in outcome.counted:
            message = (
                f"“{entry.row.fund.name}” may be no fund. Its {entry.row.value:,.2f} was counted as one."
            )
            outcome.warn(entry.line, message, _NOT_HELD_FIX, QuickFix.LEAVE_OUT)


def _is_by_source(entry: Entry) -> bool:
    """Tell whether a row without units, price and symbol is called like a contribution source."""
    row = entry.row
    if row.units is not None or row.price is not None or row.fund.symbol or row.fund.cusip:
        return False
    return is_source(row.fund.name) or row.fund.name.lower().endswith(("contributions", "contribution"))


def _open_accounts(outcome: Outcome, table: Table, heads: list[Entry]) -> None:
    """Where heads name accounts (“Roth IRA ...1202”), the rows below each are that account's.

    Only where the first row is such a head, so that every row has one.
    """
    openers = {id(entry): entry for entry in heads if _is_named(entry) and is_account(entry.row.fund.name)}
    if not openers or id(table.entries[0]) not in openers:
        return
    if len({id(entry.found) for entry in table.entries}) > 1:
        return
    found = table.entries[0].found
    moved: list[Entry] = []
    for entry in table.entries:
        if id(entry) in openers:
            label = split_label(entry.row.fund.name)
            found = outcome.accounts.setdefault(label.id, Found(label.id, label.name))
            found.stated, found.stated_line = entry.row.value, entry.line.number
        old = entry.found
        if found is not old:
            old.rows = [row for row in old.rows if row is not entry.row]
            found.rows.append(entry.row)
        moved.append(entry._replace(found=found))
    heads[:] = [new for new, entry in zip(moved, table.entries, strict=True) if entry in heads]
    _lift_total(outcome, table.entries[0].found)
    table.entries = moved


def _lift_total(outcome: Outcome, found: Found) -> None:
    """Give what was stated of an account that has no rows left to the whole file."""
    if found.rows or outcome.accounts.get(found.id) is not found:
        return
    del outcome.accounts[found.id]
    if found.stated is not None and outcome.whole_total is None:
        outcome.whole_total = (found.stated_line or 0, found.stated)


def _explained(outcome: Outcome, table: Table, doubtful: list[Entry]) -> bool:
    """Tell whether the total that the file states is right only without the doubtful rows."""
    less = _sum(entry.row.value for entry in doubtful)
    every = {id(entry.found): entry.found for entry in table.entries}.values()
    total = _sum(row.value for found in every for row in found.rows)
    stated = [found.stated for found in every]
    stated += [pair[1] for pair in (outcome.whole_total, outcome.stated_above) if pair is not None]
    return any(amount is not None and abs(total - less - amount) <= CENT for amount in stated)


def _loose(outcome: Outcome, table: Table) -> None:
    """Lots below their holding name no fund; other lines without one are a problem."""
    lots: list[Entry] = []
    lost: list[Entry] = []
    parent: Entry | None = None
    run: list[Entry] = []
    for entry in (*table.entries, None):
        if entry is not None and entry.loose:
            run.append(entry)
            continue
        if run:
            (lots if parent is not None and _adds(parent, run) else lost).extend(run)
        parent, run = entry, []
    outcome.drop(table, lots, SkipReason.LOT)
    sums = [entry for entry in lost if _is_sum(entry, table.entries)]
    outcome.drop(table, sums, SkipReason.TOTAL)
    lost = [entry for entry in lost if entry not in sums]
    for entry in lost:
        if entry.row.value and entry.row.line not in outcome.counted:
            message = f"This line has a value of {entry.row.value:,.2f} but no fund."
            outcome.warn(entry.line, message, _NO_FUND_FIX, QuickFix.COUNT, QuickFix.LEAVE_OUT)
    outcome.drop(table, lost, SkipReason.UNREADABLE)


def _is_sum(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Tell whether a line without a fund adds up the rows below it, its account or its table."""
    others = [other for other in entries if not other.loose]
    same = [other for other in others if other.found is entry.found]
    by_source = [other for other in same if entry.row.source and other.row.source == entry.row.source]
    below = _until_loose(entries[[id(other) for other in entries].index(id(entry)) + 1 :])
    return (
        _adds(entry, below)
        or _adds(entry, by_source)
        or any(len(group) > 1 and _adds(entry, group) for group in (same, others))
    )


def _until_loose(entries: Sequence[Entry]) -> list[Entry]:
    """Return the rows up to the next line without a fund."""
    return list(takewhile(lambda entry: not entry.loose, entries))


def _aggregates(outcome: Outcome, table: Table) -> None:
    """A fund's row without a source, or for all sources, beside its rows by source counts once."""
    by_fund: dict[tuple[str, str], list[Entry]] = {}
    for entry in table.entries:
        by_fund.setdefault((entry.found.id, entry.row.fund.key), []).append(entry)
    totals: list[Entry] = []
    parts: list[Entry] = []
    for entries in by_fund.values():
        whole = [entry for entry in entries if entry.row.source is None]
        split = [entry for entry in entries if entry.row.source is not None]
        if len(whole) != 1 or not split or not _adds(whole[0], split):
            continue
        if whole[0].every_source or whole[0].line.number > split[0].line.number:
            totals.extend(whole)
        else:
            parts.extend(split)
    outcome.drop(table, totals, SkipReason.TOTAL)
    outcome.drop(table, parts, SkipReason.SOURCE_SPLIT)


def _totals_of_funds(entries: Sequence[Entry]) -> list[Entry]:
    """Return the rows called after a fund or group above with the word “total” that add its rows up."""
    found: list[Entry] = []
    for i, entry in enumerate(entries):
        name = without_total(entry.row.fund.name)
        if not name or entry.row.fund.symbol:
            continue
        above = [
            other
            for other in entries[:i]
            if other.row.fund.name.lower().startswith(name) or name == (other.row.fund.symbol or "").lower()
        ]
        named = bool(above) and _adds(entry, [other for other in above if other.found is entry.found])
        worded = words.starts_with_total(entry.row.fund.name)
        if named or (worded and _ends_run(entry, entries[:i], found)):
            found.append(entry)
    return found


def _ends_run(entry: Entry, above: Sequence[Entry], totals: list[Entry]) -> bool:
    """Tell whether rows right above, back to the last total at most, have a total's units and value."""
    if entry.row.units is None:
        return False
    gone = {id(total) for total in totals}
    run: list[Entry] = []
    for other in takewhile(lambda one: id(one) not in gone, reversed(above[-_MOST_PARTS:])):
        run.append(other)
        if other.found is not entry.found or other.row.units is None:
            return False
        if _adds(entry, run) and _sum(one.row.units or ZERO for one in run) == entry.row.units:
            return True
    return False


def _parts_by_source(entries: Sequence[Entry]) -> list[Entry]:
    """Return rows named like sources that stand below, or all above, the fund whose value they split."""
    below = _children(entries, _is_part)
    above = [] if below else _children(entries[::-1], _is_part)
    return below or [entry for entry in above if entry.row.units is not None]


def _parts_by_price(entries: Sequence[Entry]) -> list[Entry]:
    """Return rows of unknown words right below a fund that add to its units and value at its price.

    One such row alone may be another fund of the same figures: it counts where the table splits other funds.
    """
    found: list[list[Entry]] = []
    for i, parent in enumerate(entries):
        price, units = parent.row.price, parent.row.units
        if price is None or units is None or parent.row.fund.classified_by is ClassifiedBy.UNKNOWN:
            continue
        run = list(takewhile(partial(_is_unknown_at, price), entries[i + 1 :]))
        for count in range(1, len(run) + 1):
            parts = run[:count]
            if sum(part.row.units or ZERO for part in parts) == units and _adds(parent, parts):
                found.append(parts)
                break
    names = Counter(part.row.fund.key for parts in found for part in parts)
    are_several = any(len(parts) > 1 for parts in found)
    return [part for parts in found if are_several or names[parts[0].row.fund.key] > 1 for part in parts]


def _is_unknown_at(price: Decimal, entry: Entry) -> bool:
    row = entry.row
    unnamed = row.fund.symbol is None and row.fund.cusip is None
    return unnamed and row.price == price and row.fund.classified_by is ClassifiedBy.UNKNOWN


def _is_part(entry: Entry) -> bool:
    return entry.row.fund.symbol is None and is_source(entry.row.fund.name)


def _children(entries: Sequence[Entry], is_child: Callable[[Entry], bool]) -> list[Entry]:
    """Return the runs of children that add to the row right above them."""
    found: list[Entry] = []
    parent: Entry | None = None
    run: list[Entry] = []
    for entry in (*entries, None):
        if entry is not None and is_child(entry):
            run.append(entry)
            continue
        if run and parent is not None and _adds(parent, run):
            found.extend(run)
        parent, run = entry, []
    return found


def _same_name(outcome: Outcome, table: Table) -> None:
    """Rows of one fund in a row: the first may be the sum of the others, its lots, or the last may be."""
    lots: list[Entry] = []
    sums: list[Entry] = []
    pairs: list[list[Entry]] = []
    run: list[Entry] = []
    for entry in (*table.entries, None):
        if run and (entry is None or not _same_fund(run[-1], entry)):
            _judge_run(outcome, run, lots, sums)
            pairs += [run] if len(run) == _PAIR else []
            run = []
        if entry is not None:
            run.append(entry)
    if lots:  # other funds stand above their lots here, so one with a single lot does as well
        lots += [pair[1] for pair in pairs if _says_twice(*pair)]
    outcome.drop(table, lots, SkipReason.LOT)
    outcome.drop(table, sums, SkipReason.TOTAL)


def _says_twice(one: Entry, other: Entry) -> bool:
    """Tell whether two rows of a fund have the same units and value."""
    return one.row.units is not None and (one.row.units, one.row.value) == (other.row.units, other.row.value)


def _judge_run(outcome: Outcome, run: list[Entry], lots: list[Entry], sums: list[Entry]) -> None:
    if len(run) < 3 or any(entry.row.source for entry in run):
        return
    first, last = run[0], run[-1]
    if _adds(first, run[1:]):
        if first.row.units is not None:
            lots.extend(run[1:])
        else:
            _ask(outcome, first)
    elif _adds(last, run[:-1]):
        if last.row.units is not None:
            sums.append(last)
        else:
            _ask(outcome, last)


def _ask(outcome: Outcome, entry: Entry) -> None:
    message = (
        f"{entry.row.fund.name}: {entry.row.value:,.2f} is the sum of the other lines of this fund. "
        "All of them were counted."
    )
    outcome.warn(entry.line, message, _TWICE_FIX, QuickFix.LEAVE_OUT)


def _same_fund(one: Entry, other: Entry) -> bool:
    return one.row.fund.key == other.row.fund.key and one.found is other.found


def _heads(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the rows that give the sum of the rows after them, as heads of groups do, and doubtful ones.

    Worked from the end, so that groups within groups are found; a row already in a group counts once, by
    its head. Doubtful heads count as sure when every row of the table stands in one of several groups.
    """
    nodes: list[Entry] = []
    heads: list[Entry] = []
    maybe: list[Entry] = []
    for entry in reversed(entries):
        count = _reach(entry, nodes) if _may_head(entry) else 0
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


def _is_named(entry: Entry) -> bool:
    """Tell whether a row's words are those of a group, a source or an account, and no fund's."""
    name, fund = entry.row.fund.name, entry.row.fund
    return is_group(name) or is_source(name) or (not _is_fund(fund) and is_account(name))


def _is_fund(fund: Fund) -> bool:
    """Tell whether a name is one of a fund we know; a brokerage window's may be an account's as well."""
    return fund.classified_by is not ClassifiedBy.UNKNOWN and fund.mix.main is not AssetClass.BROKERAGE_WINDOW


def _outranks(entry: Entry, child: Entry) -> bool:
    """Tell whether a row is called like a group, source or account, and the row below it is not (so much)."""
    name = child.row.fund.name
    if is_group(entry.row.fund.name):
        return not (is_group(name) or is_source(name))
    return _is_named(entry) and not _is_named(child)


def _may_head(entry: Entry) -> bool:
    row = entry.row
    if row.value <= 0 or row.units is not None or row.price is not None or row.source is not None:
        return False
    if row.fund.symbol is not None or row.fund.cusip is not None:
        return False
    return not _is_fund(row.fund) or _is_named(entry) or words.starts_with_total(row.fund.name)


def _reach(entry: Entry, nodes: list[Entry]) -> int:
    """Return how many of the rows right after an entry add to its value, 0 when none do."""
    total = ZERO
    for count, node in enumerate(reversed(nodes[-_MOST_PARTS:]), 1):
        if node.found is not entry.found:
            return 0
        total += node.row.value
        room = ZERO if count <= _PAIR and _is_fund(entry.row.fund) else CENT * max(1, count - 2)
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
    named = _is_named(entry) or words.starts_with_total(entry.row.fund.name)
    return named or all(map(_is_detailed, children)) or not words.is_fundish(entry.row.fund.name)


def _is_detailed(entry: Entry) -> bool:
    row = entry.row
    return row.units is not None or row.price is not None or row.fund.symbol is not None


def _adds(parent: Entry, parts: Iterable[Entry]) -> bool:
    """Tell whether parts have the value, and where given the units, of the whole."""
    found = list(parts)
    if not found or not parent.row.value:
        return False
    if abs(_sum(entry.row.value for entry in found) - parent.row.value) > CENT * len(found):
        return False
    units = [entry.row.units for entry in found if entry.row.units is not None]
    if parent.row.units is None or len(units) < len(found):
        return True
    return abs(_sum(units) - parent.row.units) <= max(abs(parent.row.units) / 1000, CENT)


def _sum(amounts: Iterable[Decimal]) -> Money:
    return sum(amounts, ZERO)
