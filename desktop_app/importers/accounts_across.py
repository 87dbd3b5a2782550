"""Tables with a row for each fund and a column for each account, as people keep them of their household."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkippedRow, SkipReason

from .account_labels import is_numbered, is_other_account, split_label
from .amounts import figure_style, is_missing, looks_numeric, parse_amount
from .columns import Role, header_key, role_of
from .funds_across import heads_other, is_sum, names_fund
from .grid import Grid, Line, filled
from .headwords import heading_of
from .layouts import Rearranged
from .mapping import heading_fingerprint
from .named_above import is_label, is_number
from .periods import period_of
from .rows import is_bare_total
from .wording import is_source_section, is_whole

_HEAD = 200
_MOST_LINES = 3_000
_LONGEST = 300
_FEWEST = 2
_FEWEST_CELLS = 3
_MOST_FACTS = 20
_MOSTLY = Decimal("0.8")
_FUND = (Role.NAME, Role.SYMBOL, Role.CUSIP)
_BLOCKS = (Role.UNITS, Role.PRICE, Role.VALUE)
_FACTS = (Role.PRICE, Role.UNITS, Role.WEIGHT)


class _Heading(NamedTuple):
    """A heading: its place, the columns that say which fund, those of accounts by name, and their sum's."""

    place: int
    fund: dict[Role, int]
    accounts: dict[int, str]
    total: int | None


def with_accounts_in_rows(arranged: Rearranged, known: Container[str]) -> Rearranged:
    """Return a file's rows with such a table as one row for each fund and account, account by account.

    All its headings speak of accounts, or most of them do and its rows add to the column of their sum, its
    columns to the row of their totals. Headings that the user explained (`known` fingerprints) stay.
    """
    grid = arranged.grid
    if len(grid.lines) > _MOST_LINES:
        return arranged
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        cells = [" ".join(cell.split()) for cell in line.cells]
        if sum(map(is_other_account, cells)) < _FEWEST or len(filled(cells)) < _FEWEST_CELLS:
            continue
        if any(map(looks_numeric, cells)) or heading_fingerprint(line.cells) in known:
            continue
        if (numbered := _with_numbers(arranged, i)) is not None:
            found = with_accounts_in_rows(numbered, known)
            return arranged if found is numbered else found
        rows = _rows(grid, i)
        heading = _heading(grid, cells, i, rows)
        if heading is not None and (_are_all_sure(cells, heading) or _adds_up(heading, rows)):
            return _unfolded(arranged, heading, rows)
    return arranged


def _with_numbers(arranged: Rearranged, i: int) -> Rearranged | None:
    """Return a file with the accounts' numbers behind their names, None without a line of them below."""
    grid = arranged.grid
    head, below = grid.lines[i], grid.lines[i + 1] if i + 1 < len(grid.lines) else grid.lines[i]
    given = {k: text for k, cell in enumerate(below.cells) if (text := cell.strip())}
    label = next(iter(given.values()), "")
    numbers = {k: text for k, text in given.items() if text != label}
    known = role_of(label)
    labels = is_label(label) or (known is not None and known[0] is Role.ACCOUNT_ID)
    if not labels or len(numbers) < _FEWEST or not all(map(is_number, numbers.values())):
        return None
    named = [f"{cell} {numbers[k]}" if k in numbers else cell for k, cell in enumerate(head.cells)]
    lines = (*grid.lines[:i], head._replace(cells=named), *grid.lines[i + 2 :])
    skipped = SkippedRow(below.number, below.text, SkipReason.LABEL, grid.sheet)
    return replace(arranged, grid=replace(grid, lines=lines), skipped=(*arranged.skipped, skipped))


def _rows(grid: Grid, i: int) -> list[Line]:
    """Return the lines below a heading up to the row of totals, without one up to the first gap."""
    below = grid.lines[i + 1 : i + 1 + _LONGEST]
    end = next((k for k, line in enumerate(below) if not filled(line.cells)), len(below))
    for k, line in enumerate(below):
        cells = filled(line.cells)
        if len(cells) >= _FEWEST_CELLS and not any(looks_numeric(cell) or is_missing(cell) for cell in cells):
            break
        if _is_total(line) and len(cells) > _FEWEST:
            return list(below[: k + 1])
    return list(below[:end])


def _is_total(line: Line) -> bool:
    first = next(iter(filled(line.cells)), "")
    return is_bare_total(first) or is_whole(first)


def _heading(grid: Grid, cells: Sequence[str], i: int, rows: Sequence[Line]) -> _Heading | None:
    """Return the columns of a heading, None where they are not those of funds and accounts."""
    fund: dict[Role, int] = {}
    for place, cell in enumerate(cells):
        known = role_of(cell)
        if known is not None and known[0] in _FUND:
            fund.setdefault(known[0], place)
    first = min(fund.values(), default=0)
    is_told = _names_funds(rows, first)
    if not fund:
        if role_of(cells[0]) is not None or not is_told:
            return None
        fund = {Role.NAME: 0}
    money = [
        place
        for place in range(first + 1, len(cells))
        if cells[place] and not _is_fact(cells[place]) and _holds_money(rows, place)
    ]
    money = _of_value(grid, i, cells, money)
    total = next((place for place in money if is_sum(cells[place]) or is_whole(cells[place])), None)
    if total is None and len(money) > _FEWEST:
        summed = _Heading(i, fund, dict.fromkeys(money[:-1], ""), money[-1])
        total = money[-1] if _adds_up(summed, rows) else None
    places = [place for place in money if total is None or place < total]
    places = places or [place for place in money if place != total]
    if not is_told and total is None and not any(map(_is_total, rows)):
        return None
    if len(places) < _FEWEST or not _are_accounts(
        [cells[place] for place in places], summed=total is not None
    ):
        return None
    return _Heading(i, fund, _named(grid, i, cells, places), total)


def _of_value(grid: Grid, i: int, cells: Sequence[str], places: Sequence[int]) -> list[int]:
    """Return the columns of value where each account has others as well (“Shares”), in blocks side by side.

    A line above the headings says what each block holds; their sum may stand behind one.
    """
    blocks: list[list[int]] = []
    for place in places:
        if not blocks or cells[place] in [cells[other] for other in blocks[-1]]:
            blocks.append([])
        blocks[-1].append(place)
    fewest = min(map(len, blocks), default=0)
    if (
        len(blocks) < _FEWEST
        or len({tuple(cells[k] for k in block[:fewest]) for block in blocks}) > 1
        or not i
    ):
        return list(places)
    above = grid.lines[i - 1]
    said = [next((text for k in range(block[0], -1, -1) if (text := above.at(k))), "") for block in blocks]
    of_value = [k for k, text in enumerate(said) if (known := role_of(text)) and known[0] is Role.VALUE]
    return blocks[of_value[0]] if len(of_value) == 1 else list(places)


def _is_fact(cell: str) -> bool:
    """Tell whether a heading is one of each fund's price or units, whatever the account."""
    known = role_of(cell)
    return known is not None and known[0] in _FACTS


def _names_funds(rows: Sequence[Line], place: int) -> bool:
    """Tell whether most cells of a column are words for a fund: a year is none."""
    texts = [line.at(place) for line in rows if len(filled(line.cells)) > 1 and not _is_total(line)]
    named = [text for text in texts if names_fund(text) and not looks_numeric(text)]
    return bool(texts) and 2 * len(named) >= len(texts)


def _holds_money(rows: Sequence[Line], place: int) -> bool:
    texts = [text for line in rows if (text := line.at(place)) and not is_missing(text)]
    return bool(texts) and all(parse_amount(text) is not None and "%" not in text for text in texts)


def _are_accounts(names: Sequence[str], *, summed: bool) -> bool:
    """Tell whether headings are those of accounts: by their words, most of them where a sum stands beside."""
    sure = sum(map(is_other_account, names))
    if sure < (_FEWEST if summed else len(names)) or 2 * sure < len(names):
        return False
    return not any(_is_else(name) for name in names)


def _is_else(name: str) -> bool:
    """Tell whether a heading is one of a time, a source or anything that is known."""
    if period_of(header_key(name)) is not None or role_of(name) is not None or "%" in name:
        return True
    return is_source_section(name) or (not is_other_account(name) and heads_other(name))


def _named(grid: Grid, i: int, cells: Sequence[str], places: Sequence[int]) -> dict[int, str]:
    """Return the accounts' names, with whose they are where a line above says that of several columns."""
    names = {place: cells[place] for place in places}
    above = grid.lines[i - 1].cells if i else []
    said = [place for place in places if place < len(above) and above[place].strip()]
    others = [cell for place, cell in enumerate(above) if place not in places and cell.strip()]
    if not said or said[0] != places[0] or len(said) < _FEWEST or len(others) > 1:
        return names
    if any(looks_numeric(above[place].strip()) for place in said):
        return names
    owner = ""
    for place in places:
        owner = " ".join(above[place].split()) if place in said else owner
        names[place] = f"{owner} {cells[place]}"
    return names


def _amount(line: Line, place: int, *, comma: bool) -> Decimal:
    return parse_amount(line.at(place), decimal_comma=comma) or ZERO


def _comma(heading: _Heading, rows: Sequence[Line]) -> bool:
    return figure_style([line.at(place) for line in rows for place in heading.accounts], ()).decimal_comma


def _are_all_sure(cells: Sequence[str], heading: _Heading) -> bool:
    return all(is_other_account(cells[place]) for place in heading.accounts)


def _adds_up(heading: _Heading, rows: Sequence[Line]) -> bool:
    """Tell whether nearly all rows add to their sum, else most columns to their total, where one is given."""
    comma = _comma(heading, rows)
    held = [line for line in rows if not _is_total(line)]
    if heading.total is not None:
        summed = [line for line in held if _amount(line, heading.total, comma=comma)]
        right = sum(_is_sum_of(line, heading, comma=comma) for line in summed)
        return bool(right) and right >= _MOSTLY * len(summed)
    right = wrong = 0
    for line in filter(_is_total, rows):
        for place in heading.accounts:
            found = sum((_amount(row, place, comma=comma) for row in held), ZERO)
            fits = abs(found - _amount(line, place, comma=comma)) <= CENT * len(held)
            right, wrong = right + fits, wrong + (not fits)
    return right >= wrong


def _is_sum_of(line: Line, heading: _Heading, *, comma: bool) -> bool:
    found = sum((_amount(line, place, comma=comma) for place in heading.accounts), ZERO)
    return abs(found - _amount(line, heading.total or 0, comma=comma)) <= CENT * len(heading.accounts)


def _unfolded(arranged: Rearranged, heading: _Heading, rows: Sequence[Line]) -> Rearranged:
    """Write the table's rows account by account, each account's total behind its own."""
    grid, comma = arranged.grid, _comma(heading, rows)
    labels = {place: split_label(name) for place, name in heading.accounts.items()}
    numbered = any(is_numbered(label.id) for label in labels.values())
    said = {
        place: [label.id, label.name] if numbered else [heading.accounts[place]]
        for place, label in labels.items()
    }
    of_account = [Role.ACCOUNT_ID, Role.ACCOUNT_NAME] if numbered else [Role.ACCOUNT_NAME]
    roles = [*heading.fund, *of_account, Role.VALUE]
    written = [
        line._replace(cells=[*_fund(line, heading), *said[place], line.at(place)])
        for place in heading.accounts
        for line in rows
        if _amount(line, place, comma=comma)
    ]
    if heading.total is not None:
        sums = [(line, line.at(heading.total)) for line in rows if _is_total(line)]
        none = [""] * len(of_account)
        written += [line._replace(cells=[*_fund(line, heading), *none, text]) for line, text in sums if text]
    used = {id(line) for line in rows if any(_amount(line, place, comma=comma) for place in heading.accounts)}
    below = grid.lines[heading.place + 1 + len(rows) :]
    facts = list(_facts(below, heading))
    start = heading.place - _heads_blocks(grid, heading)
    gone = [*(line for line in rows if id(line) not in used and filled(line.cells)), *facts]
    gone += grid.lines[start : heading.place]
    skipped = (SkippedRow(line.number, line.text, SkipReason.NOT_A_HOLDING, grid.sheet) for line in gone)
    head = grid.lines[heading.place]._replace(cells=list(map(heading_of, roles)))
    rest = [line for line in below if all(line is not fact for fact in facts)]
    lines = (*grid.lines[:start], head, *written, *rest)
    return replace(arranged, grid=replace(grid, lines=lines), skipped=(*arranged.skipped, *skipped))


def _heads_blocks(grid: Grid, heading: _Heading) -> bool:
    """Tell whether the line above only says what each block of columns holds."""
    cells = filled(grid.lines[heading.place - 1].cells) if heading.place else []
    known = [role_of(cell) for cell in cells]
    return bool(cells) and all(found is not None and found[0] in _BLOCKS for found in known)


def _facts(below: Sequence[Line], heading: _Heading) -> Iterator[Line]:
    """Yield the lines below a table that say something else of each account, such as a goal."""
    for line in below[:_MOST_FACTS]:
        cells = filled(line.cells)
        figures = [place for place in heading.accounts if looks_numeric(line.at(place))]
        if len(figures) >= _FEWEST and not looks_numeric(cells[0]):
            yield line
        elif len(cells) > _FEWEST:
            return


def _fund(line: Line, heading: _Heading) -> list[str]:
    if _is_total(line):
        return [next(iter(filled(line.cells))), *("" for _ in range(len(heading.fund) - 1))]
    return [line.at(place) for place in heading.fund.values()]
