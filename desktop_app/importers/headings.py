"""Finds the heading lines of a grid, also those on two lines, and checks them against the cells below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, zip_longest

from desktop_app.domain.money import CENT, ZERO

from .account_column import with_account_column
from .account_labels import speaks_of_account
from .amounts import find_date, is_missing, looks_numeric, parse_amount
from .columns import (
    Columns,
    Places,
    Role,
    TableKind,
    columns_of,
    header_key,
    read_header,
    read_roles,
    role_of,
    says_when,
)
from .grid import Grid, Line, filled
from .periods import period_of
from .rows import is_total
from .transactions import is_bare_amount, is_list_of_orders, is_list_of_transactions
from .wording import is_whole

FIGURE = re.compile(r"\$(?!000(?![0-9.,]))[0-9]|(?<![.0-9])[0-9]+\.[0-9]{2,}(?![.0-9])", re.ASCII)
"""Headings hold no amounts; most rows do."""
_NUMBER = re.compile(r"[-+($€£.…*•xX#A-Z\s]*[0-9][-0-9.,'%)\s]*", re.ASCII)
"""Figures, and numbers of accounts with their masks."""
_SURE_FIGURE = re.compile(r"[$%]|[0-9][.,][0-9]{1,2}$", re.ASCII)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_FEES = re.compile(r"\b(?:fees?|expense|expenses|rate of return)\b")
_LOOK_AHEAD = 30
_TITLE_LINES = 5
_FEWEST_PARTS = 3
_FIGURES = frozenset({Role.UNITS, Role.PRICE, Role.VALUE, Role.WEIGHT})
_INSTRUMENT = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})
_WORDS = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER, Role.SOURCE, Role.CATEGORY})
_KNOWN = frozenset({Role.ACCOUNT_ID, Role.OWNER})
_NOT_NAMES = frozenset({Role.SOURCE, Role.CATEGORY, Role.ACTIVITY})


def find_headers(grid: Grid) -> dict[int, Columns]:
    """Return the heading lines of a grid by their position; value columns are checked against their cells."""
    found: dict[int, Columns] = {}
    for i, line in enumerate(grid.lines):
        if len(line.cells) < 2 or FIGURE.search(line.text):
            continue
        columns = read_header(line.cells)
        if columns is None or columns.kind in {TableKind.ACCOUNTS, TableKind.BREAKDOWN}:
            columns = with_name_column(grid, i) or columns or _with_sum(grid, i)
        if columns is not None:
            found[i] = columns
    for i, columns in list(found.items()):
        if _is_sideways(grid, i, columns) or (
            columns.only_dated and not _holds_money(grid, i, columns, found)
        ):
            del found[i]
        elif is_list_of_orders(columns) or is_list_of_transactions(columns, rows_below(grid, i, found)):
            found[i] = replace(columns, kind=TableKind.ACTIVITY)
    for i in _of_fees(found):
        found[i] = replace(found[i], kind=TableKind.ACTIVITY)
    return {i: _checked(grid, i, columns, found) for i, columns in found.items()}


def _of_fees(headers: dict[int, Columns]) -> list[int]:
    """Return the headings of fees beside others of holdings: a bare amount next to words of costs."""
    held = [i for i, columns in headers.items() if columns.kind is TableKind.HOLDINGS]
    fees = [
        i for i in held if any(_FEES.search(key) for key in headers[i].keys) and is_bare_amount(headers[i])
    ]
    return fees if len(fees) < len(held) else []


def _is_sideways(grid: Grid, i: int, columns: Columns) -> bool:
    """Tell whether the words below the first one of a heading are headings too: funds stand side by side."""
    if columns.index.get(Role.NAME) != 0 or i + 1 >= len(grid.lines):
        return False
    cells = filled(grid.lines[i + 1].cells)
    known = role_of(cells[0]) if len(cells) > 1 and not (is_total(cells[0]) or is_whole(cells[0])) else None
    return known is not None and known[0] in _FIGURES and all(map(looks_numeric, cells[1:]))


def join_headings(grid: Grid) -> Grid:
    """Return the grid with every heading that stands on two lines (“Market” above “Value”) on one."""
    lines: list[Line] = []
    for line in grid.lines:
        joined = _joined(lines[-1].cells, line.cells) if lines and _may_join(lines[-1], line) else None
        if joined is None:
            lines.append(line)
            continue
        lines[-1] = lines[-1]._replace(cells=[])
        lines.append(line._replace(cells=joined))
    return replace(grid, lines=tuple(lines))


def _may_join(top: Line, bottom: Line) -> bool:
    """Tell whether two lines can be one heading: neither is one that could stand alone as another's."""
    if not (_is_heady(bottom) and _is_heady(top)):
        return False
    below = read_header(bottom.cells)
    if below is not None and below.kind is not TableKind.HOLDINGS:
        return False
    above = read_header(top.cells)
    if above is None or all(period_of(header_key(cell)) for cell in filled(bottom.cells)):
        return True
    if below is None and says_when(top.cells, bottom.cells):
        return True
    return above.only_dated and below is None and not _roles(bottom.cells).isdisjoint(_FIGURES)


def _joined(top: list[str], bottom: list[str]) -> list[str] | None:
    """Return the cells of two lines put together, None where that makes no better heading."""
    plain = [_two(a, b) for a, b in zip_longest(top, bottom, fillvalue="")]
    keys = [cell.strip().lower() for cell in filled(bottom)]
    again = len(set(keys)) < len(keys)
    wide = [
        b if again and _is_no_figure(b) else _two(a, b)
        for a, b in zip_longest(_spread(top), bottom, fillvalue="")
    ]
    choices = [wide, plain] if again else [plain, wide]
    if says_when(top, bottom):
        choices.insert(0, [b if role_of(b) else both for b, both in zip_longest(bottom, wide, fillvalue="")])
    best = max(choices, key=_score)
    least = max(_score(top), _score(bottom))
    if not _score(best) or _score(best) < least:
        return None
    return best if _score(best) > least or len(filled(top)) > 1 else None


def _is_no_figure(cell: str) -> bool:
    """Tell whether a heading is known and not one of figures that groups of columns repeat."""
    known = role_of(cell)
    return known is not None and known[0] not in _FIGURES - {Role.WEIGHT}


def _is_heady(line: Line) -> bool:
    """Tell whether a line may be part of a heading: words only, dates among them."""
    if len(line.cells) < 2 or FIGURE.search(line.text):
        return False
    cells = filled(line.cells)
    return bool(cells) and all(
        not looks_numeric(cell) or find_date(cell) is not None or _YEAR.fullmatch(cell) for cell in cells
    )


def _two(above: str, below: str) -> str:
    return f"{above.strip()} {below.strip()}".strip()


def _spread(cells: list[str]) -> list[str]:
    """Repeat each cell to the right until the next: one word above several columns."""
    spread: list[str] = []
    for cell in cells:
        spread.append(cell if cell.strip() or not spread else spread[-1])
    return spread


def _score(cells: list[str]) -> int:
    """Return how many roles a line names as a heading of holdings, 0 when it is none."""
    columns = read_header(cells)
    if columns is None or columns.kind is not TableKind.HOLDINGS:
        return 0
    return max(len(columns.index), len(_roles(cells)))


def _roles(cells: list[str]) -> set[Role]:
    """Return the roles that words of a line name, those of an earlier time among them."""
    return {known[0] for cell in cells if (known := role_of(cell))}


def rows_below(grid: Grid, i: int, headers: dict[int, Columns]) -> Iterator[list[str]]:
    """Yield the cells of the first rows of the table whose heading stands at `i`."""
    for ahead in range(i + 1, min(i + _LOOK_AHEAD, len(grid.lines))):
        if ahead in headers:
            return
        yield grid.lines[ahead].cells


def with_name_column(grid: Grid, i: int, *, alone: bool = False) -> Columns | None:
    """Return a heading of money whose funds stand under no or an unknown word, None when there is none.

    Units or a price must stand beside the value, unless `alone`.
    """
    cells = grid.lines[i].cells
    roles = read_roles(cells)
    if not roles or roles.keys() & (_INSTRUMENT | _NOT_NAMES - {Role.CATEGORY}):
        return None
    if Role.CATEGORY in roles:
        return _funds_as_accounts(cells, roles, list(rows_below(grid, i, {})))
    if Role.VALUE not in roles or not (alone or roles.keys() & {Role.UNITS, Role.PRICE}):
        return None
    taken = {column for places in roles.values() for _, column in places}
    rows = list(rows_below(grid, i, {}))
    column = wordy_column(rows, taken)
    if column is None and not alone:
        return _funds_as_accounts(cells, roles, rows)
    if column is None or (alone and column and any(cell.strip() for cell in cells[: column + 1])):
        return None
    return columns_of(cells, {**roles, Role.NAME: [(0, column)]})


def _with_sum(grid: Grid, i: int) -> Columns | None:
    """Return a heading that ends with a word for the whole, where the figures before it add up."""
    cells = grid.lines[i].cells
    whole = max((place for place, cell in enumerate(cells) if cell.strip()), default=0)
    if len(filled(cells)) < _FEWEST_PARTS or not (is_whole(cells[whole]) or is_total(cells[whole])):
        return None
    rows = [row for row in rows_below(grid, i, {}) if len(filled(row)) > 2]
    column = wordy_column(rows, set(range(1, len(cells))))
    if column != 0:
        return None
    sums = [_sum_of(row, whole) for row in rows]
    fits = [parts == total for parts, total in sums if total]
    if sum(fits) < 2 or 3 * sum(fits) < 2 * len(fits):
        return None
    return columns_of(cells, {Role.NAME: [(0, column)], Role.VALUE: [(0, whole)]})


def _sum_of(row: list[str], whole: int) -> tuple[Decimal, Decimal]:
    """Return what the figures between a row's name and its whole add to, and the whole."""
    amounts = [parse_amount(cell.strip()) or ZERO for cell in row[1:whole]]
    return sum(amounts, ZERO), (parse_amount(row[whole].strip()) or ZERO) if whole < len(row) else ZERO


def _funds_as_accounts(cells: list[str], roles: Places, rows: list[list[str]]) -> Columns | None:
    """Return a heading whose funds stand under “Account”: what has units or a price is no account."""
    figures = [roles[role][0][1] for role in (Role.UNITS, Role.PRICE) if role in roles]
    if Role.VALUE not in roles:
        return None
    held = [row for row in rows if len(figures) == 2 and all(_has_amount(row, place) for place in figures)]
    rows = [row for row in rows if _has_amount(row, roles[Role.VALUE][0][1])] if held else []
    for role in (Role.ACCOUNT_NAME, Role.ACCOUNT_ID):
        for _, column in sorted(roles.get(role, ())):
            others = {place for known in roles.values() for _, place in known} - {column}
            if wordy_column(rows, others) == column:
                left = [place for place in roles[role] if place[1] != column]
                without = {known: places for known, places in roles.items() if known is not role}
                found = {**without, Role.NAME: [(0, column)], **({role: left} if left else {})}
                return columns_of(cells, found)
    return None


def _has_amount(row: list[str], column: int) -> bool:
    return column < len(row) and parse_amount(row[column].strip()) is not None


def wordy_column(rows: list[list[str]], taken: set[int]) -> int | None:
    """Return the column, none of those taken, whose cells hold the most words; None without any."""
    rows = [row for row in rows if len(filled(row)) > 1]
    width = max((len(row) for row in rows), default=0)
    best: tuple[int, int] | None = None
    for column in range(width):
        texts = [row[column].strip() for row in rows if column < len(row)]
        words = [
            text for text in texts if len(text) > 2 and not (_NUMBER.fullmatch(text) or is_missing(text))
        ]
        if column not in taken and len(words) * 5 >= len(rows) * 3:
            best = max(best or (0, 0), (sum(map(len, set(words))), -column))
    return -best[1] if best and len(rows) > 1 else None


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


def _says_the_same(rows: list[list[str]], one: int, other: int) -> bool:
    """Tell whether two columns hold other amounts that add to the same: one money divided in two ways."""
    pairs = [
        tuple(parse_amount(row[place].strip()) if place < len(row) else None for place in (one, other))
        for row in rows
    ]
    mine, theirs = (sum((pair[k] or ZERO for pair in pairs), ZERO) for k in (0, 1))
    return bool(mine) and mine == theirs and any(pair[0] != pair[1] for pair in pairs)


def _checked(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    if columns.kind is TableKind.HOLDINGS:
        columns = _without_side_table(grid, i, columns, headers)
    columns = _with_product(grid, i, _with_money_column(grid, i, columns, headers), headers)
    columns = _with_worth(grid, i, columns, headers)
    if columns.kind is TableKind.HOLDINGS and "%" in _key_of(columns, Role.VALUE):
        columns = _without_shares(grid, i, columns, headers)
    if columns.kind is TableKind.HOLDINGS and columns.index.keys() & _WORDS:
        columns = _without_figures(grid, i, columns, headers)
    columns = with_account_column(columns, list(rows_below(grid, i, headers)))
    columns = _with_kinds(grid, i, columns, headers)
    if columns.kind is TableKind.HOLDINGS and Role.OWNER in columns.index:
        columns = _with_owner(grid, i, columns, headers)
    return columns


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


def _with_product(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Where units and price have headings we do not know, take two columns that multiply to the value."""
    index = columns.index
    if (
        columns.kind is not TableKind.HOLDINGS
        or Role.VALUE not in index
        or {Role.UNITS, Role.PRICE} & index.keys()
    ):
        return columns
    rows = [row for row in rows_below(grid, i, headers) if index[Role.VALUE] < len(row)]
    free = [
        place
        for place, key in enumerate(columns.keys)
        if key and "%" not in key and place not in index.values() and role_of(key) is None
    ]
    for units, price in combinations(free, 2):
        figures = [_figures_of(row, (units, price, index[Role.VALUE])) for row in rows]
        whole = [found for found in figures if len(found) == 3 and 1 not in found[:2] and found[2]]
        if len(whole) > 1 and all(abs(a * b - value) <= CENT for a, b, value in whole):
            return replace(columns, index={**index, Role.UNITS: units, Role.PRICE: price})
    return columns


def _with_worth(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Where the value has a heading we do not know, take the column that units times price gives."""
    index = columns.index
    if (
        columns.kind is not TableKind.HOLDINGS
        or Role.VALUE in index
        or not {Role.UNITS, Role.PRICE} <= index.keys()
    ):
        return columns
    rows = list(rows_below(grid, i, headers))
    free = [
        place
        for place, key in enumerate(columns.keys)
        if key and "%" not in key and place not in index.values() and role_of(key) is None
    ]
    for place in free:
        figures = [_figures_of(row, (index[Role.UNITS], index[Role.PRICE], place)) for row in rows]
        whole = [found for found in figures if len(found) == 3 and found[2]]
        if len(whole) > 1 and all(abs(a * b - value) <= CENT for a, b, value in whole):
            return replace(columns, index={**index, Role.VALUE: place}, values=(place,))
    return columns


def _figures_of(row: list[str], places: tuple[int, ...]) -> list[Decimal]:
    found = [parse_amount(row[place].strip()) for place in places if place < len(row)]
    return [amount for amount in found if amount is not None]


def _with_money_column(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Take the best-named value column whose cells really hold amounts, or the one units × price confirms."""
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
    rows = list(rows_below(grid, i, headers))
    proven = [column for column in good if _is_product(rows, columns, column)]
    return replace(columns, index={**columns.index, Role.VALUE: (proven or good)[0]})


def _is_product(rows: list[list[str]], columns: Columns, value: int) -> bool:
    """Tell whether units × price is what stands in a column to the cent in most rows with all three."""
    if not {Role.UNITS, Role.PRICE} <= columns.index.keys():
        return False
    places = (columns.index[Role.UNITS], columns.index[Role.PRICE], value)
    whole = [found for row in rows if len(found := _figures_of(row, places)) == 3 and found[2]]
    right = sum(abs(a * b - c) <= CENT for a, b, c in whole)
    return 2 * right > len(whole)


def _holds_money(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> bool:
    found = [_amounts(grid, i, column, headers) for column in columns.values]
    return any(money and money >= other for money, other in found)


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
    if place is None and _is_one_persons(grid, i, owner, headers):
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
