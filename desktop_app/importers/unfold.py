"""Turns figures that stand otherwise than one fund a row into a table: labelled lines, and funds split
over columns by contribution source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO

from . import rows as words
from .account_labels import speaks_of_account
from .amounts import find_date, is_missing, looks_numeric, parse_amount
from .card_figures import likeness
from .columns import Role, header_key, role_of
from .grid import Grid, Line, filled
from .headwords import ALIASES, heading_of
from .patterns import late_regex
from .wording import is_every_source, is_source

_tr = translator("Remarks")
_MOST_LINES = 3000
_LOOKED_AT = 200
_LABELLED = late_regex(
    r"\s*+\"?(?P<label>[^:=,\t\"]{2,40}?)\s{0,8}\"?\s{0,8}[:=][\s,\"]*"
    r"(?P<value>[^\s\"](?:.*[^\s\",;])?)[\s\",;]*"
)
_TAKEN = frozenset({
    Role.NAME, Role.SYMBOL, Role.CUSIP, Role.UNITS, Role.PRICE, Role.VALUE, Role.VESTED, Role.WEIGHT,
    Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER, Role.SOURCE,
})  # fmt: skip
_HEADS = frozenset({Role.NAME, Role.UNITS, Role.PRICE, Role.VALUE})
"""A word for one of these behind a label makes both headings of columns."""
_OPENS = frozenset({Role.NAME, Role.SYMBOL, Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER})
_ACCOUNTS = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME})
_FIGURES = frozenset({Role.UNITS, Role.PRICE, Role.VALUE})
_FEWEST_APART = 2
_ACCOUNT_CELLS = 3
_FEWEST_DIGITS = 4
_COUNTER = late_regex(r"(?:#|no\.? ?)?[0-9]{1,3}(?: ?(?:of|/) ?[0-9]{1,3})?", re.ASCII | re.IGNORECASE)
_LOOKED_AT = 40
_LABEL_AND_FIGURE = 2
_MOST_BETWEEN = 3
"""Rows of other tables that may stand between the labels of one fund."""
_NO_SOURCE = late_regex(
    r"%|\b(?:totals?|sum|whole|combined|all|balance|value|amount|loans?|percent|pct|gain|loss|return|change|cost|election|future|target|fees?|contributions?|ytd|year"
    r"|rate|yield|limit|goal|days?|last|prior|previous|opening|beginning|vest\w*)\b|\bid\b|\bno\b",
)
_ADDED = "The table gives no value of a fund as a whole; its columns by source were added: {0}."
_ADDED_FIX = "Compare the values below with the file."

_Record = dict[Role, str]


def unfold(grid: Grid) -> Grid | None:
    """Return the grid with a heading and one row for each fund, None when it holds nothing of that kind."""
    if len(grid.lines) > _MOST_LINES:
        return None
    return _from_labels(grid) or _from_sources(grid)


def is_labelled(grid: Grid) -> bool:
    """Tell whether a text names its funds and their figures by labels, or splits them over source columns."""
    if len(grid.lines) > _MOST_LINES:
        return False
    return (_from_labels(grid, headed=False) or _from_sources(grid)) is not None


def splits_sources(grid: Grid) -> bool:
    """Tell whether a grid has a column for each contribution source and none for the value."""
    return len(grid.lines) <= _MOST_LINES and _from_sources(grid) is not None


def _from_labels(grid: Grid, *, headed: bool = True) -> Grid | None:
    """`Fund: …` above `Units: …` above `Balance: …`, and so on for the next fund.

    Where they may be `headed`, a line of words above its figures names a fund as well.
    """
    lines: list[Line] = []
    records: list[tuple[int, _Record]] = []
    above: list[int | None] = []
    name: int | None = None
    account: _Record = {}
    first, after_gap, between = _first_label(grid), False, 0
    for line in grid.lines:
        after_gap = after_gap or not filled(line.cells)
        label, role, value = _said(line)
        if given := _account_of(line):
            account, name = given, None
            lines.append(line._replace(cells=[]))
            continue
        if role is None:
            between += len(filled(line.cells)) > _LABEL_AND_FIGURE
            lines.append(line if not label else _set_aside(line))
            if not label and filled(line.cells):
                name = len(lines) - 1
            continue
        last = records[-1][1] if records else {}
        is_apart = bool(first) and after_gap and not last.keys() <= _ACCOUNTS
        is_apart = is_apart or between > _MOST_BETWEEN
        if not records or account or is_apart or _begins(last, role, by_gaps=bool(first)):
            records.append((len(lines), account))
            above.append(name)
            account, name = {}, None
            lines.append(line)
        after_gap, between = False, 0
        place, record = records[-1]
        if not record and words.is_bare_total(label) and label != first:
            record[Role.NAME] = label
        record[role] = value
        if lines[place] is not line:
            lines[place] = lines[place]._replace(text=f"{lines[place].text} / {line.text}")
    if len(records) == 1 and sum(map(_names_worth, grid.lines[:_LOOKED_AT])) >= _FEWEST_APART:
        return None
    for place in _take_names(lines, [record for _, record in records], above) if headed else ():
        lines[place] = lines[place]._replace(cells=[])
    return _table(grid, lines, records)


def _names_worth(line: Line) -> bool:
    """Tell whether a line is a fund's name and dollars: the row of a table, and no label with its figure."""
    cells = filled(line.cells)
    if len(cells) != _LABEL_AND_FIGURE or not looks_numeric(cells[1]) or "%" in cells[1]:
        return False
    return "." in cells[1] and role_taken(cells[0].rstrip(" :=")) is None and likeness(cells[0]) > 0


def _said(line: Line) -> tuple[str, Role | None, str]:
    """Return a line's label, what it gives of a fund, None for nothing, and the text behind it."""
    label, value = label_of(line)
    role = role_taken(label)
    if not value or role_taken(value) in _HEADS or (role is Role.NAME and _is_counter(value)):
        role = None  # “Position: 1” only says where the next one begins
    return label, role, value


def _account_of(line: Line) -> _Record:
    """Return the account that a line of three cells names: a word for it, its words and its number."""
    cells = filled(line.cells)
    if len(cells) != _ACCOUNT_CELLS or role_taken(cells[0].rstrip(" :=")) not in _ACCOUNTS:
        return {}
    numbers = [cell for cell in cells[1:] if sum(map(str.isdigit, cell)) >= _FEWEST_DIGITS]
    names = [cell for cell in cells[1:] if cell not in numbers and not looks_numeric(cell)]
    if len(numbers) != 1 or len(names) != 1 or role_taken(names[0]) is not None:
        return {}
    return {Role.ACCOUNT_ID: numbers[0], Role.ACCOUNT_NAME: names[0]}


def _is_counter(text: str) -> bool:
    """Tell whether a text only counts (“3”, “3 of 8”, “#3”)."""
    return _COUNTER.fullmatch(text.strip()) is not None


def _set_aside(line: Line) -> Line:
    """Return a labelled line that says nothing of a fund without its cells; the day it gives stays."""
    return line._replace(cells=[line.text] if find_date(line.text) is not None else [])


def _bare_words(line: Line) -> str:
    """Return the words of a line that has nothing else, "" for any other line."""
    cells = filled(line.cells)
    text = line.text.strip() if len(cells) > 1 else "".join(cells)
    is_name = bool(text) and not looks_numeric(text) and role_of(text) is None and find_date(text) is None
    return text if is_name and not words.is_bare_total(text) else ""


def _take_names(lines: Sequence[Line], records: Sequence[_Record], above: Sequence[int | None]) -> list[int]:
    """Name funds without a label for their names by the words alone on a line above, if each has its own.

    Returns the places of these lines.
    """
    pairs = zip(records, above, strict=True)
    nameless = [pair for pair in pairs if _has_value(pair[0]) and Role.NAME not in pair[0]]
    places = [place for _, place in nameless if place is not None]
    names = [_bare_words(lines[place]) for place in places]
    if len({*names} - {""}) < len(nameless) or not all(
        _may_head(record, name, alone=len(names) == 1)
        for (record, _), name in zip(nameless, names, strict=True)
    ):
        return []
    for (record, _), name in zip(nameless, names, strict=True):
        record[Role.NAME] = name
    return places


def _may_head(record: _Record, name: str, *, alone: bool) -> bool:
    """Tell whether words above figures name a fund: a file's title and an account's name do not."""
    if alone and (Role.SYMBOL in record or not {Role.UNITS, Role.PRICE} <= record.keys()):
        return False
    return len(record) > 1 or not speaks_of_account(name)


def _has_value(record: _Record) -> bool:
    return Role.VALUE in record or {Role.UNITS, Role.PRICE} <= record.keys()


def _begins(record: _Record, role: Role, *, by_gaps: bool) -> bool:
    """Tell whether a label opens the next fund: the last one has this already, or is complete."""
    return role in record or (not by_gaps and role in _OPENS and Role.VALUE in record)


def _first_label(grid: Grid) -> str:
    """Return the label of the figure that funds kept apart by gaps all begin with, "" where they do not."""
    blocks: list[list[tuple[Role, str]]] = [[]]
    for line in grid.lines:
        label, role, _ = _said(line)
        if not filled(line.cells):
            blocks.append([])
        elif role is not None:
            blocks[-1].append((role, label))
    funds = [block for block in blocks if {Role.NAME, Role.SYMBOL} & {role for role, _ in block}]
    firsts = {block[0] for block in funds}
    if len(funds) < _FEWEST_APART or len(firsts) > 1:
        return ""
    ((role, label),) = firsts
    return label if role in _FIGURES and all(_has_value(dict(block)) for block in funds) else ""


def label_of(line: Line) -> tuple[str, str]:
    """Return the label and the text behind it of a line that has just these, else two empty texts."""
    cells = filled(line.cells)
    if len(cells) == 2 and not looks_numeric(cells[0]) and ":" not in cells[0][:-1]:
        return cells[0].rstrip(" :="), cells[1]
    found = _LABELLED.fullmatch(line.text)
    return (found["label"].strip(), found["value"]) if found else ("", "")


def labels_source(text: str) -> bool:
    """Tell whether words say which contribution source the rows below are of: “Money type: Rollover”."""
    label, _, said = text.partition(":")
    known = role_of(label.strip()) if said.strip() else None
    return known is not None and known[0] is Role.SOURCE


def role_taken(label: str) -> Role | None:
    """Return what a label gives of a fund or its account, None for anything else."""
    known = role_of(label) if label else None
    return known[0] if known is not None and known[0] in _TAKEN else None


def _table(grid: Grid, lines: list[Line], records: Sequence[tuple[int, _Record]]) -> Grid | None:
    """Write records into their lines, below a heading; None when they are no holdings."""
    roles = list(dict.fromkeys(role for _, record in records for role in record))
    labels = [record for _, record in records if Role.NAME in record or Role.SYMBOL in record]
    named = [record for record in labels if not words.is_bare_total(record.get(Role.NAME, ""))]
    if not any(map(_has_value, named)):
        return None
    _give_totals(record for _, record in records)
    for place, record in records:
        lines[place] = lines[place]._replace(cells=[record.get(role, "") for role in roles])
    heading = Line(0, [heading_of(role) for role in roles], "")
    first = records[0][0]
    return replace(grid, lines=(*lines[:first], heading, *lines[first:]))


def _give_totals(records: Iterable[_Record]) -> None:
    """Give a total the account of the funds above it."""
    account: _Record = {}
    for record in records:
        own = {role: text for role, text in record.items() if role in _ACCOUNTS}
        if own:
            account = own
        elif words.is_bare_total(record.get(Role.NAME, "")):
            record.update(account)


def _from_sources(grid: Grid) -> Grid | None:
    """One column for each contribution source, none for the value: take that for all, else add them up."""
    for i, line in enumerate(grid.lines):
        sources = [j for j, cell in enumerate(line.cells) if is_source(header_key(cell))]
        roles = {role_taken(cell) for j, cell in enumerate(line.cells) if j not in sources}
        if not sources or Role.VALUE in roles or not roles & {Role.NAME, Role.SYMBOL}:
            continue
        sources = _with_neighbours(grid, i, sources)
        if len(sources) < 2:
            continue
        below = [summed(row, sources, len(line.cells)) for row in grid.lines[i + 1 :]]
        value = ALIASES[Role.VALUE][0]
        whole = _of_every_source(line.cells, sources, below)
        if whole is not None:
            cells = [value if j == whole else cell for j, cell in enumerate(line.cells)]
            return replace(grid, lines=(*grid.lines[:i], line._replace(cells=cells), *grid.lines[i + 1 :]))
        heading = line._replace(cells=[*line.cells, value])
        issue = added([line.cells[j] for j in sources], line.number, grid.sheet)
        return replace(grid, lines=(*grid.lines[:i], heading, *below), issues=(*grid.issues, issue))
    return None


def _of_every_source(cells: Sequence[str], sources: Sequence[int], summed_up: Sequence[Line]) -> int | None:
    """Return the column that gives the sum of the sources wherever it gives anything, None without one."""
    for place in range(len(cells)):
        if place in sources or not is_every_source(header_key(cells[place])):
            continue
        rows = [
            row.cells for row in summed_up if len(row.cells) > len(cells) and not is_missing(row.cells[place])
        ]
        if len(rows) >= _FEWEST_APART and all(
            parse_amount(row[place]) == parse_amount(row[-1]) for row in rows
        ):
            return place
    return None


def added(headings: Sequence[str], line: int, sheet: str) -> Issue:
    """Return what to say of columns that were added."""
    names = ", ".join(heading.strip() for heading in headings)
    return Issue(Severity.INFO, _tr(_ADDED).format(names), _tr(_ADDED_FIX), line, (), sheet)


def _with_neighbours(grid: Grid, i: int, sources: list[int]) -> list[int]:
    """Return source columns and those of money beside them under words nobody knows (“Company”).

    A loan, a share, a gain or what is paid in later is no source.
    """
    cells = grid.lines[i].cells
    rows = [row.cells for row in grid.lines[i + 1 : i + 1 + _LOOKED_AT] if len(filled(row.cells)) > 1]
    every = set(sources)
    for step in (1, -1):
        place = (max if step > 0 else min)(sources) + step
        while 0 <= place < len(cells) and _may_be_source(cells[place], rows, place):
            every.add(place)
            place += step
    between = range(min(every), max(every) + 1)
    return [place for place in between if place in every or _may_be_source(cells[place], rows, place)]


def _may_be_source(cell: str, rows: list[list[str]], place: int) -> bool:
    """Tell whether a column with a heading nobody knows holds money."""
    key = header_key(cell)
    if not key or role_taken(cell) is not None or _NO_SOURCE.search(key):
        return False
    texts = [row[place].strip() for row in rows if place < len(row)]
    known = [text for text in texts if not is_missing(text)]
    return bool(known) and all(parse_amount(text) is not None and "%" not in text for text in known)


def summed(line: Line, sources: Sequence[int], width: int) -> Line:
    """Return a row of `width` columns with the sum of some of them in one more, where they hold amounts."""
    cells = line.cells
    texts = [cells[j].strip() for j in sources if j < len(cells)]
    amounts = [parse_amount(text) for text in texts if not is_missing(text)]
    if not amounts or None in amounts:
        return line
    total = sum((amount for amount in amounts if amount is not None), ZERO)
    return line._replace(cells=[*(cells + [""] * width)[:width], _plain(total)])


def _plain(number: Decimal) -> str:
    return format(number, "f")
