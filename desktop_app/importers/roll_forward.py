"""Small tables that say how money came to be what it is: opening, what came and went, closing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from .grid import filled
from .outcome import Found, Outcome, Table
from .patterns import late_regex

_MOST_ROWS = 60
_MOST_TABLES = 60
_MOST_ACCOUNTS = 20
_LONG = 2_000
OPENING = late_regex(
    r"(?:(?:beginning|opening|starting|previous|prior|start)\b.*\b(?:balance|value|cash|total|amount)\b.*"
    r"|(?:balance|value)\b.*\b(?:beginning|start|forward)\b.*)",
    re.IGNORECASE,
)
CLOSING = late_regex(
    r"(?:(?:ending|closing|current|new|end)\b.*\b(?:balance|value|cash|amount)\b.*"
    r"|(?:balance|value)\b.*\bend\b.*)",
    re.IGNORECASE,
)
"""How the first and the last balance of such a table are called."""


def drop_movements(outcome: Outcome, table: Table) -> None:
    """Keep of an opening balance, movements and a closing balance the closing one only.

    Rows behind it that are no fund's (a threshold, an interest rate) say nothing of what is held either.
    """
    if table.by_source or table.size > _MOST_ROWS or not all(entry.is_bare for entry in table.entries):
        return
    rows = table.entries
    words = [next(iter(filled(entry.line.cells)), "") for entry in rows]
    first = next((i for i, text in enumerate(words) if OPENING.fullmatch(text)), None)
    if first is None:
        return
    last = next((i for i in range(first + 1, len(rows)) if CLOSING.fullmatch(words[i])), None)
    if last is None:
        return
    outcome.drop(table, [entry for i, entry in enumerate(rows) if i != last], SkipReason.NOT_A_HOLDING)
    gone = {entry.line.number for entry in rows} - {rows[last].line.number}
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]


def rolls_forward(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows of cells begin with an opening balance and end with the closing one."""
    ends = zip((rows[0], rows[-1]), (OPENING, CLOSING), strict=True) if len(rows) > 1 else ()
    said = [any(words.fullmatch(cell.strip()) for cell in row) for row, words in ends]
    return bool(said) and all(said)


def drop_overviews(outcome: Outcome) -> None:
    """Take back a small table that lists what other tables of the file are worth (“Core funds”, “Window”)."""
    if not 1 < len(outcome.tables) < _MOST_TABLES:
        return
    totals = {id(table): _sum(table) for table in outcome.tables if table.size < _LONG}
    windows = {id(row) for row, _ in outcome.windows}
    for table in outcome.tables:
        if not 1 < table.size <= _MOST_ACCOUNTS:
            continue
        others = [total for other, total in totals.items() if other != id(table)]
        rows = [entry for entry in table.entries if id(entry.row) not in windows]
        if not rows or not all(entry.is_bare and _is_in(entry.row.value, others) for entry in rows):
            continue
        stated = list(_stated(table))
        outcome.drop(table, rows, SkipReason.ROLLUP)
        for found in stated:
            if found.stated == totals[id(table)] and outcome.whole_total is None:
                outcome.whole_total = (found.stated_line or 0, found.stated)
            found.stated = None if found.stated == totals[id(table)] else found.stated


def _stated(table: Table) -> Iterator[Found]:
    yield from {
        id(entry.found): entry.found for entry in table.entries if entry.found.stated is not None
    }.values()


def _sum(table: Table) -> Money:
    return sum((entry.row.value for entry in table.entries), ZERO)


def _is_in(value: Money, totals: list[Money]) -> bool:
    return any(value and abs(value - total) <= CENT * 2 for total in totals)
