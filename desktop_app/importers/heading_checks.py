"""Checks the columns that a heading names against the cells below it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from desktop_app.domain.money import ZERO

from .account_column import with_account_column
from .account_labels import speaks_of_account
from .amounts import find_date, is_missing, looks_numeric, parse_amount
from .card_figures import likeness
from .column_products import with_product, with_worth
from .columns import Columns, Role, TableKind, read_header, role_of
from .grid import Grid, filled
from .heading_rows import rows_below
from .owned_labels import is_owned_label
from .patterns import late_regex
from .rows import is_ticker, is_total, starts_with_total
from .value_proofs import with_proven_value
from .wording import is_source

_SURE_FIGURE = late_regex(r"[$%]|[0-9][.,][0-9]{1,2}$", re.ASCII)
_OF_DAYS = late_regex(r"\bas (?:of|at)\b|\b(?:updated|refreshed|priced|valued)\b")
_OTHER_DAYS = late_regex(
    r"\b(?:acqui|purchas|bought|open|matur|incept|start|begin|begun|since|trade|settle|transact|birth|hired?|loan"
    r"|due|contribut|expir|call|last (?:activity|change)|vest)"
)
"""Days of something else than a row's figures."""
_TITLE_LINES = 5
_FEWEST = 2
_MOST_NAMED = 500
"""Rows whose words are judged one by one."""
_WORDS = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER, Role.SOURCE, Role.CATEGORY})
_KNOWN = frozenset({Role.ACCOUNT_ID, Role.OWNER})


def checked(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Return the heading at `i` with the columns that the cells below bear out."""
    if columns.kind is TableKind.HOLDINGS:
        columns = _without_side_table(grid, i, columns, headers)
        columns = _with_words(grid, i, columns, headers)
        columns = _with_names(grid, i, columns, headers)
        columns = _with_sources(grid, i, columns, headers)
        columns = _with_tickers(grid, i, columns, headers)
    columns = with_product(grid, i, _with_money_column(grid, i, columns, headers), headers)
    columns = with_worth(grid, i, columns, headers)
    if columns.kind is TableKind.HOLDINGS and "%" in _key_of(columns, Role.VALUE):
        columns = _without_shares(grid, i, columns, headers)
    if columns.kind is TableKind.HOLDINGS and columns.index.keys() & _WORDS:
        columns = _without_figures(grid, i, columns, headers)
    columns = with_account_column(columns, list(rows_below(grid, i, headers)))
    columns = _with_days(grid, i, columns, headers)
    columns = _with_kinds(grid, i, columns, headers)
    if columns.kind is TableKind.HOLDINGS and Role.OWNER in columns.index:
        columns = _with_owner(grid, i, columns, headers)
    return columns


def _with_days(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take a column of days that its heading (“Value as of”) makes the days of the figures."""
    if columns.kind is not TableKind.HOLDINGS or Role.DATE in columns.index:
        return columns
    taken = set(columns.index.values())
    rows = list(rows_below(grid, i, headers))
    for place, key in enumerate(columns.keys):
        if place in taken or not _OF_DAYS.search(key) or _OTHER_DAYS.search(key):
            continue
        texts = [
            row[place].strip() for row in rows if place < len(row) and not is_missing(row[place].strip())
        ]
        if texts and all(find_date(text) is not None and not _SURE_FIGURE.search(text) for text in texts):
            values = tuple(column for column in columns.values if column != place)
            return replace(columns, index={**columns.index, Role.DATE: place}, values=values)
    return columns


def holds_money(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> bool:
    """Tell whether one of a heading's value columns holds amounts rather than anything else."""
    found = [_amounts(grid, i, column, headers) for column in columns.values]
    return any(money and money >= other for money, other in found)


def _without_side_table(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Leave out the columns of a table beside this one, behind a blank one, that divides the same money."""
    cells = grid.lines[i].cells
    rows = [cells, *rows_below(grid, i, headers)]
    for gap in range(2, max(columns.index.values(), default=0)):
        if any(gap < len(row) and row[gap].strip() for row in rows):
            continue
        here = read_header(cells[:gap])
        if here is None or here.kind is not TableKind.HOLDINGS or len(filled(cells[gap:])) < 2:
            continue
        right = range(gap + 1, len(cells))
        if any(_says_the_same(rows[1:], here.index.get(Role.VALUE, 0), column) for column in right):
            return replace(here, keys=columns.keys)
    return columns


def _with_words(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the column of words behind an empty one for the fund, where one heading stands above both.

    Pages put a picture into the first of them.
    """
    place = columns.index.get(Role.NAME, len(columns.keys))
    if place + 1 >= len(columns.keys) or columns.keys[place + 1] or place + 1 in columns.index.values():
        return columns
    rows = [row for row in rows_below(grid, i, headers) if place + 1 < len(row)]
    beside = [text for row in rows if (text := row[place].strip()) and len(filled(row)) > 1]
    if not all(is_total(text) or starts_with_total(text) for text in beside):
        return columns
    words = [text for row in rows if (text := row[place + 1].strip()) and not looks_numeric(text)]
    if not words or any(map(is_source, words)):
        return columns
    return replace(columns, index={**columns.index, Role.NAME: place + 1})


def _with_names(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the column of words beside tickers for the funds' names where its own heading does not say so.

    Most rows have another name there, most of them those of known funds.
    """
    symbol = columns.index.get(Role.SYMBOL)
    if symbol is None or Role.NAME in columns.index:
        return columns
    rows = [row for row in rows_below(grid, i, headers) if symbol < len(row) and row[symbol].strip()]
    for place, key in enumerate(columns.keys) if 1 < len(rows) <= _MOST_NAMED else ():
        if not key or place in columns.index.values() or role_of(key) is not None:
            continue
        names = [row[place].strip() for row in rows if place < len(row)]
        known = sum(" " in name and likeness(name) > 0 for name in names)
        if 2 * len({*names}) > len(rows) and 2 * known > len(rows):
            return replace(columns, index={**columns.index, Role.NAME: place})
    return columns


def _with_tickers(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take a column of tickers, mostly those of known funds, under a word that nobody knows (“Code”)."""
    if Role.NAME not in columns.index or Role.SYMBOL in columns.index:
        return columns
    rows = list(islice(rows_below(grid, i, headers), _MOST_NAMED))
    for place, key in enumerate(columns.keys):
        if not key or place in columns.index.values() or role_of(key) is not None:
            continue
        told = [row[place].strip() for row in rows if place < len(row) and not is_missing(row[place].strip())]
        if len(told) >= _FEWEST and sum(map(is_ticker, told)) * 2 > len(told):
            return replace(columns, index={**columns.index, Role.SYMBOL: place})
    return columns


def _with_sources(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the column behind the funds', without a heading of its own, for that of contribution sources.

    A fund stands alone above its sources there, under one heading (“Fund / Source”).
    """
    name = columns.index.get(Role.NAME)
    if (
        name is None
        or Role.SOURCE in columns.index
        or name + 1 >= len(columns.keys)
        or columns.keys[name + 1]
    ):
        return columns
    rows = [row for row in rows_below(grid, i, headers) if name + 1 < len(row) and row[name + 1].strip()]
    sources = sum(is_source(row[name + 1]) for row in rows if not row[name].strip())
    if sources < _FEWEST or 2 * sources < len(rows):
        return columns
    return replace(columns, index={**columns.index, Role.SOURCE: name + 1})


def _says_the_same(rows: list[list[str]], one: int, other: int) -> bool:
    """Tell whether two columns hold other amounts that add to the same: one money divided in two ways."""
    pairs = [
        tuple(parse_amount(row[place].strip()) if place < len(row) else None for place in (one, other))
        for row in rows
    ]
    mine, theirs = (sum((pair[k] or ZERO for pair in pairs), ZERO) for k in (0, 1))
    return bool(mine) and mine == theirs and any(pair[0] != pair[1] for pair in pairs)


def _key_of(columns: Columns, role: Role) -> str:
    place = columns.index.get(role, len(columns.keys))
    return columns.keys[place] if place < len(columns.keys) else ""


def _without_shares(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take `Balance (% of account)` for a share of the whole where its cells hold percents only."""
    place = columns.index[Role.VALUE]
    texts = [row[place].strip() for row in rows_below(grid, i, headers) if place < len(row)]
    if not all(text.endswith("%") for text in texts if not is_missing(text)):
        return columns
    index = dict(columns.index)
    del index[Role.VALUE]
    index[Role.WEIGHT] = place
    others = tuple(column for column in columns.values if column != place)
    if others:
        index[Role.VALUE] = others[0]
    return replace(columns, index=index, values=others)


def _without_figures(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the role of a word from columns that hold percents or amounts: `Plan` may mean its share."""
    rows = list(rows_below(grid, i, headers))
    value = columns.index.get(Role.VALUE)
    if value is not None:  # a page's number may stand below the share of the last fund
        rows = [row for row in rows if value < len(row) and parse_amount(row[value].strip()) is not None]
    odd = {role for role, place in columns.index.items() if role in _WORDS and _is_of_figures(rows, place)}
    if not odd:
        return columns
    index = {role: place for role, place in columns.index.items() if role not in odd}
    names = () if Role.ACCOUNT_NAME in odd else columns.account_names
    return replace(columns, index=index, account_names=names)


def _is_of_figures(rows: list[list[str]], place: int) -> bool:
    """Tell whether all cells of a column are percents, or amounts with decimals or a currency sign."""
    texts = [text for row in rows if place < len(row) and not is_missing(text := row[place].strip())]
    return bool(texts) and all(looks_numeric(text) and _SURE_FIGURE.search(text) for text in texts)


def _with_money_column(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the best-named value column whose cells really hold amounts, or the one its figures prove."""
    if len(columns.values) < 2:
        return columns
    held = [_amounts(grid, i, column, headers) for column in columns.values]
    good = [
        column
        for column, (money, other) in zip(columns.values, held, strict=True)
        if money and money >= other
    ]
    if not good:
        return columns
    return with_proven_value(columns, good, list(rows_below(grid, i, headers)))


def _amounts(grid: Grid, i: int, column: int, headers: dict[int, Columns]) -> tuple[int, int]:
    """Return how many cells of a column hold amounts and how many hold something else."""
    money = other = 0
    for cells in rows_below(grid, i, headers):
        text = cells[column].strip() if column < len(cells) else ""
        if parse_amount(text) is not None:
            money += 1
        elif not is_missing(text):
            other += 1
    return money, other


def _with_kinds(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Tell accounts of one name apart by the column of their kind (“John Doe” with a 401(k) and an IRA)."""
    names = columns.account_names
    if columns.kind is not TableKind.HOLDINGS or len(names) != 2 or _KNOWN & columns.index.keys():
        return columns
    kinds: dict[str, set[str]] = {}
    for line in grid.lines[i + 1 : min((at for at in headers if at > i), default=len(grid.lines))]:
        if max(names) < len(line.cells) and all(line.cells[place].strip() for place in names):
            name, kind = (line.cells[place].strip() for place in names)
            kinds.setdefault(name, set()).add(kind)
    if not any(len(found) > 1 for found in kinds.values()):
        return columns
    index = {**columns.index, Role.OWNER: names[0], Role.ACCOUNT_NAME: names[1]}
    return replace(columns, index=index, account_names=names[1:])


def _with_owner(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Say what a column of persons is for: it names the accounts where no other does.

    Where one account stands for several persons (a plan's number), both together tell accounts apart.
    """
    owner = columns.index[Role.OWNER]
    place = columns.index.get(Role.ACCOUNT_ID, columns.index.get(Role.ACCOUNT_NAME))
    name = columns.index.get(Role.NAME)
    labelled = any(is_owned_label(row, name) for row in rows_below(grid, i, headers))
    if place is None and (labelled or _is_one_persons(grid, i, owner, headers)):
        return replace(columns, index={role: k for role, k in columns.index.items() if k != owner})
    if place is None:
        return replace(columns, index={**columns.index, Role.ACCOUNT_NAME: owner}, account_names=(owner,))
    owners: dict[str, set[str]] = {}
    for line in grid.lines[i + 1 : min((at for at in headers if at > i), default=len(grid.lines))]:
        if max(place, owner) < len(line.cells) and line.cells[owner].strip():
            owners.setdefault(line.cells[place].strip(), set()).add(line.cells[owner].strip())
    return replace(columns, owned=any(len(found) > 1 for found in owners.values()))


def _is_one_persons(grid: Grid, i: int, owner: int, headers: dict[int, Columns]) -> bool:
    """Tell whether a column names one person only, below lines that name the account."""
    above = [cells[0] for line in grid.lines[max(i - _TITLE_LINES, 0) : i] if (cells := filled(line.cells))]
    if not any(map(speaks_of_account, above)):
        return False
    names = (row[owner].strip() for row in rows_below(grid, i, headers) if owner < len(row))
    return len({name for name in names if not is_missing(name)}) == 1
