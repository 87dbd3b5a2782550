"""Finds rows of one table that say again what others of it say: lots, parts by source, sums of groups.

Words alone never drop money here: the figures must add up as well, and the rows must stand so.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT
from desktop_app.domain.statement import SkipReason

from .account_labels import split_label
from .adding_up import adds, total_of
from .card_figures import likeness
from .fund_parts import drop_aggregates, parts_by_price, parts_by_source, totals_of_funds
from .group_heads import heads_of, is_named
from .lone_heads import ask_about_lone_heads, drop_lone_heads
from .nameless import judge_nameless
from .outcome import Entry, Found, Outcome, Table
from .rows import starts_with_total
from .unsaid_sums import TWICE_FIX, ask_about_sum, ask_about_sums
from .whole_groups import are_sure, is_of_account, sums_of_groups
from .wording import is_account, is_source

_tr = translator("Remarks")
_MOST_ROWS = 2000
"""Longer tables are looked through for lots and parts, but not for sums of groups."""
_PAIR = 2
_NOT_HELD_FIX = "If it is not money held in a fund, leave this line out."
_SUM_ABOVE = "“{0}” was taken for a total: it is exactly the sum of the lines above it."
_SUM_BELOW = "“{0}” was taken for a total: it is exactly the sum of the lines below it."
_SUM_FIX = "If it is a holding, count it."


def drop_doubles(outcome: Outcome, table: Table) -> None:
    """Take back every row of a table whose money other rows of it count."""
    if table.loose:
        judge_nameless(outcome, table)
    if table.by_source:
        drop_aggregates(outcome, table)
    if table.size > _MOST_ROWS:
        return
    outcome.drop(table, totals_of_funds(table.entries), SkipReason.TOTAL)
    outcome.drop(table, _parts_by_source(table), SkipReason.SOURCE_SPLIT)
    outcome.drop(table, parts_by_price(table.entries), SkipReason.SOURCE_SPLIT)
    _same_name(outcome, table)
    drop_lone_heads(outcome, table)
    for end in (0, -1):
        _drop_sum_of_all(outcome, table, end)
    groups = {order: sums_of_groups(table.entries[::order]) for order in (1, -1)}
    for order in (1, -1):
        heads, doubtful = heads_of(table.entries[::order])
        if doubtful and _explained(outcome, table, doubtful):
            heads, doubtful = [*heads, *doubtful], []
        if _is_stated(outcome, table):
            heads = [head for head in heads if is_named(head) or starts_with_total(head.row.fund.name)]
        if order == 1:
            named = [head for head in heads if is_named(head) and is_account(head.row.fund.name)]
            heads = _open_accounts(outcome, table, heads, named)
        outcome.drop(table, heads, SkipReason.TOTAL)
        gone = {entry.line.number for entry in heads} - outcome.counted
        outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]
    _drop_sums_of_groups(outcome, table, groups)
    ask_about_lone_heads(outcome, table)
    if not _is_stated(outcome, table):
        ask_about_sums(outcome, table)
    _ask_about_sources(outcome, table)


def _parts_by_source(table: Table) -> list[Entry]:
    """Return the rows that split a fund by source, none that is itself the sum of a group of rows."""
    parts = parts_by_source(table.entries)
    if not parts:
        return []
    wholes = {id(head) for order in (1, -1) for head in sums_of_groups(table.entries[::order])}
    return [part for part in parts if id(part) not in wholes]


def _drop_sum_of_all(outcome: Outcome, table: Table, end: int) -> None:
    """Take back a first (0) or last row (-1) of no known fund that is exactly what all others add to."""
    if len(table.entries) <= _PAIR or table.entries[end].row.line in outcome.counted:
        return
    whole = table.entries[end]
    others = [entry for entry in table.entries if entry is not whole]
    row, shares = whole.row, [entry.row.value for entry in others]
    if row.source or not whole.has_only_value:
        return
    known = row.fund.classified_by is not ClassifiedBy.UNKNOWN or likeness(row.fund.name) > 0
    if known or not row.value or min(shares) <= 0 or total_of(shares) != row.value:
        return
    if {id(entry.found) for entry in others} != {id(whole.found)} or _is_stated(outcome, table):
        return
    _tell_sum(outcome, whole, "above" if end else "below")
    outcome.drop(table, [whole], SkipReason.TOTAL)


def _drop_sums_of_groups(outcome: Outcome, table: Table, groups: dict[int, list[Entry]]) -> None:
    """Take back sums of groups that are called like funds; those of round amounts are asked about.

    `groups` are the sums found in the whole table, in each order; others may show when some are gone.
    """
    for order in (1, -1):
        entries = table.entries[::order]
        left = {entry.row.line for entry in entries} - outcome.counted
        found = groups[order] or sums_of_groups(entries)
        sums = [entry for entry in found if entry.row.line in left]
        if not sums or _is_stated(outcome, table):
            continue
        sure = are_sure(sums, entries) or _explained(outcome, table, sums) or all(map(is_of_account, sums))
        where = "below" if order == 1 else "above"
        for entry in sorted(sums, key=lambda each: each.row.line):
            (_tell_sum if sure else ask_about_sum)(outcome, entry, where)
        if sure and order == 1 and all(map(is_of_account, sums)):
            sums = _open_accounts(outcome, table, sums, sums)
        if sure:
            outcome.drop(table, sums, SkipReason.TOTAL)
        return


def _tell_sum(outcome: Outcome, entry: Entry, where: str) -> None:
    """Say that a row was taken for the sum of those `where` (“above”, “below”) it stands."""
    message = _tr(_SUM_BELOW if where == "below" else _SUM_ABOVE).format(entry.row.fund.name)
    outcome.tell(entry.line, message, _tr(_SUM_FIX), QuickFix.COUNT)


def _ask_about_sources(outcome: Outcome, table: Table) -> None:
    """Ask about lines that are called like contributions among funds: they may be paid in, not held."""
    named = [entry for entry in table.entries if _is_by_source(entry)]
    for entry in named if len(named) < len(table.entries) else ():
        if entry.row.value and entry.row.line not in outcome.counted:
            message = _tr("“{0}” may be no fund. Its {1:,.2f} was counted as one.").format(
                entry.row.fund.name, entry.row.value
            )
            outcome.warn(entry.line, message, _tr(_NOT_HELD_FIX), QuickFix.LEAVE_OUT)


def _is_by_source(entry: Entry) -> bool:
    """Tell whether a row without units, price and symbol is called like a contribution source."""
    row = entry.row
    if not entry.has_only_value:
        return False
    return is_source(row.fund.name) or row.fund.name.lower().endswith(("contributions", "contribution"))


def _open_accounts(outcome: Outcome, table: Table, heads: list[Entry], named: Sequence[Entry]) -> list[Entry]:
    """Where heads name accounts (“Roth IRA ...1202”), the rows below each are that account's.

    Only where the first row is such a head, so that every row has one. Returns the heads as they stand then.
    """
    openers = {id(entry) for entry in named}
    if not openers or id(table.entries[0]) not in openers:
        return heads
    if len({id(entry.found) for entry in table.entries}) > 1:
        return heads
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
    opened = {id(head) for head in heads}
    heads = [new for new, entry in zip(moved, table.entries, strict=True) if id(entry) in opened]
    _lift_total(outcome, table.entries[0].found)
    table.entries = moved
    return heads


def _lift_total(outcome: Outcome, found: Found) -> None:
    """Give what was stated of an account that has no rows left to the whole file."""
    if found.rows or outcome.accounts.get(found.id) is not found:
        return
    del outcome.accounts[found.id]
    if found.stated is not None and outcome.whole_total is None:
        outcome.whole_total = (found.stated_line or 0, found.stated)


def _is_stated(outcome: Outcome, table: Table) -> bool:
    """Tell whether the file states the sum of all its rows as a total."""
    return _explained(outcome, table, [])


def _explained(outcome: Outcome, table: Table, doubtful: list[Entry]) -> bool:
    """Tell whether the total that the file states is right only without the doubtful rows."""
    less = total_of(entry.row.value for entry in doubtful)
    every = {id(entry.found): entry.found for entry in table.entries}.values()
    total = total_of(row.value for found in every for row in found.rows)
    stated = [found.stated for found in every]
    stated += [pair[1] for pair in (outcome.whole_total, outcome.stated_above) if pair is not None]
    return any(amount is not None and abs(total - less - amount) <= CENT for amount in stated)


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
    if adds(first, run[1:]):
        if first.row.units is not None:
            lots.extend(run[1:])
        else:
            _ask(outcome, first)
    elif adds(last, run[:-1]):
        if last.row.units is not None:
            sums.append(last)
        else:
            _ask(outcome, last)


def _ask(outcome: Outcome, entry: Entry) -> None:
    message = _tr(
        "{0}: {1:,.2f} is the sum of the other lines of this fund. All of them were counted."
    ).format(entry.row.fund.name, entry.row.value)
    outcome.warn(entry.line, message, _tr(TWICE_FIX), QuickFix.LEAVE_OUT)


def _same_fund(one: Entry, other: Entry) -> bool:
    return one.row.fund.key == other.row.fund.key and one.found is other.found
