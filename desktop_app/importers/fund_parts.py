"""Finds the rows of a table that split one fund by source, or add its rows up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from itertools import takewhile

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import ZERO
from desktop_app.domain.statement import SkipReason

from . import rows as words
from .adding_up import MOST_PARTS, adds, total_of
from .outcome import Entry, Outcome, Table
from .wording import is_source, without_total


def drop_aggregates(outcome: Outcome, table: Table) -> None:
    """A fund's row without a source, or for all sources, beside its rows by source counts once.

    Where every row names a known source, there is no such row.
    """
    if not table.loose and all(source and is_source(source.lower()) for source in table.sources):
        return
    by_fund: dict[tuple[str, str], list[Entry]] = {}
    for entry in table.entries:
        by_fund.setdefault((entry.found.id, entry.row.fund.key), []).append(entry)
    totals = _unsaid_wholes(list(by_fund.values()))
    parts: list[Entry] = []
    gone = {id(entry) for entry in totals}
    for known in by_fund.values():
        entries = [entry for entry in known if id(entry) not in gone]
        whole = [entry for entry in entries if entry.row.source is None]
        split = [entry for entry in entries if entry.row.source is not None]
        if len(whole) != 1 or not split or not adds(whole[0], split):
            continue
        if whole[0].every_source or whole[0].line.number > split[0].line.number:
            totals.extend(whole)
        else:
            parts.extend(split)
    outcome.drop(table, totals, SkipReason.TOTAL)
    outcome.drop(table, parts, SkipReason.SOURCE_SPLIT)


def _unsaid_wholes(funds: Sequence[Sequence[Entry]]) -> list[Entry]:
    """Return the rows of a “source” of unknown words that is the sum of all others in each fund it stands in.

    One fund at least must have several others: one row that says another again may be a source of its own.
    """
    found: dict[str, list[tuple[Entry, int]]] = {}
    failed: set[str] = set()
    for entries in funds:
        for entry in entries if len(entries) <= MOST_PARTS else ():
            label = (entry.row.source or "").lower()
            if not label or label in failed or is_source(label):
                continue
            others = [other for other in entries if other is not entry]
            if any(other.row.source is None for other in others) or not adds(entry, others):
                failed.add(label)
            found.setdefault(label, []).append((entry, len(others)))
    return [
        entry
        for label, wholes in found.items()
        if label not in failed and max(count for _, count in wholes) > 1
        for entry, _ in wholes
    ]


def totals_of_funds(entries: Sequence[Entry]) -> list[Entry]:
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
        named = bool(above) and adds(entry, [other for other in above if other.found is entry.found])
        unknown = entry.row.fund.classified_by is ClassifiedBy.UNKNOWN
        worded = unknown and words.starts_with_total(entry.row.fund.name)
        if named or (worded and _ends_run(entry, entries[:i], found)):
            found.append(entry)
    return [*found, *_totals_by_units(entries, found)]


def _totals_by_units(entries: Sequence[Entry], known: Sequence[Entry]) -> list[Entry]:
    """Return rows of unknown words, without the price that the others have, that add up those right above.

    A row that says again one row alone may be another fund; it is a total where others of its name are.
    """
    gone = {id(total) for total in known}
    likely = [i for i, entry in enumerate(entries) if _lacks_price(entry) and id(entry) not in gone]
    found: list[Entry] = []
    for i in likely:
        run = takewhile(_is_priced, reversed(entries[max(0, i - MOST_PARTS) : i]))
        if _ends_run(entries[i], list(run)[::-1], [*known, *found], fewest=2):
            found.append(entries[i])
    names = {entry.row.fund.key for entry in found}
    gone = {id(total) for total in found}
    again = (i for i in likely if i and entries[i].row.fund.key in names and id(entries[i]) not in gone)
    return [*found, *(entries[i] for i in again if _ends_run(entries[i], entries[i - 1 : i], []))]


def _lacks_price(entry: Entry) -> bool:
    row = entry.row
    unnamed = row.fund.symbol is None and row.fund.cusip is None
    return unnamed and row.price is None and row.fund.classified_by is ClassifiedBy.UNKNOWN


def _is_priced(entry: Entry) -> bool:
    return entry.row.price is not None


def _ends_run(entry: Entry, above: Sequence[Entry], totals: Sequence[Entry], fewest: int = 1) -> bool:
    """Tell whether rows right above, back to the last total at most, have a total's units and value."""
    if entry.row.units is None:
        return False
    gone = {id(total) for total in totals}
    run: list[Entry] = []
    for other in takewhile(lambda one: id(one) not in gone, reversed(above[-MOST_PARTS:])):
        run.append(other)
        if other.found is not entry.found or other.row.units is None:
            return False
        units = total_of(one.row.units or ZERO for one in run)
        if len(run) >= fewest and adds(entry, run) and units == entry.row.units:
            return True
    return False


def parts_by_source(entries: Sequence[Entry]) -> list[Entry]:
    """Return rows named like sources that stand below, or all above, the fund whose value they split."""
    below = _children(entries, _is_part)
    above = [] if below else _children(entries[::-1], _is_part)
    return below or [entry for entry in above if entry.row.units is not None]


def parts_by_price(entries: Sequence[Entry]) -> list[Entry]:
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
            if sum(part.row.units or ZERO for part in parts) == units and adds(parent, parts):
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
        if run and parent is not None and adds(parent, run):
            found.extend(run)
        parent, run = entry, []
    return found
