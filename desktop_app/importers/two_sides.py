"""Tables that give what a fund is worth in two columns: the participant's money, and the employer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.issues import Severity
from desktop_app.domain.money import CENT, ZERO

from .amounts import looks_numeric, parse_amount
from .columns import Role, header_key, role_of
from .grid import Grid, Line, filled
from .headwords import ALIASES
from .patterns import late_regex
from .rows import is_total
from .unfold import added, summed

_MOST_LINES = 3_000
_OF = (
    r"(?:'s)? (?:(?:pre-?tax|roth|plan|account|current|vested) )?"
    r"(?P<{}>contributions?|deferrals?|match|money|dollars|share|part|portion|balance|value|account|funds|side)"
    r"(?: ?\((?:\$|usd)\))?"
)
_MINE = late_regex(rf"(?:your|my|own|employee|participant|member){_OF.format('what')}")
_THEIRS = late_regex(
    rf"(?:the )?(?:company|employer|plan sponsor|sponsor|firm|district|agency|school|university|hospital)"
    rf"{_OF.format('what')}"
)
_PAID = frozenset({"contribution", "contributions", "deferral", "deferrals", "match"})
"""What may have been paid in lately as well as what all that was paid in is worth."""
_AMOUNT = late_regex(r"[$€£]\s?[0-9][0-9,]*(?:\.[0-9]{2})?")


def add_sides(grid: Grid, *, alone: bool) -> Grid | None:
    """Return the grid with the sum of both columns as the value, None for any other table.

    Columns called contributions may say what was paid in: they are added where a line above states their sum,
    or in a file that has no other table (`alone`).
    """
    for i, line in enumerate(grid.lines if len(grid.lines) <= _MOST_LINES else ()):
        found = _sides(line.cells)
        if found is None:
            continue
        places, is_paid = found
        rows = [summed(row, places, len(line.cells)) for row in grid.lines[i + 1 :]]
        stated = _is_stated(grid.lines[:i], rows, len(line.cells))
        if is_paid and not (alone or stated):
            continue
        heading = line._replace(cells=[*line.cells, ALIASES[Role.VALUE][0]])
        severity = Severity.WARNING if is_paid and not stated else Severity.INFO
        issue = added([line.cells[place] for place in places], line.number, grid.sheet)
        issues = (*grid.issues, replace(issue, severity=severity))
        return replace(grid, lines=(*grid.lines[:i], heading, *rows), issues=issues)
    return None


def _sides(cells: Sequence[str]) -> tuple[tuple[int, int], bool] | None:
    """Return the columns of both sides of a heading, and whether both are called what is paid in."""
    keys = [header_key(cell) for cell in cells]
    mine = [(place, found["what"]) for place, key in enumerate(keys) if (found := _MINE.fullmatch(key))]
    theirs = [(place, found["what"]) for place, key in enumerate(keys) if (found := _THEIRS.fullmatch(key))]
    if len(mine) != 1 or len(theirs) != 1:
        return None
    sides = {mine[0][0], theirs[0][0]}
    roles = {known[0] for place, key in enumerate(keys) if place not in sides and (known := role_of(key))}
    if Role.VALUE in roles or not roles & {Role.NAME, Role.SYMBOL}:
        return None
    return (mine[0][0], theirs[0][0]), mine[0][1] in _PAID and theirs[0][1] in _PAID


def _is_stated(above: Sequence[Line], rows: Sequence[Line], width: int) -> bool:
    """Tell whether a line above the heading states what the funds are worth together."""
    total = ZERO
    for row in rows:
        if len(row.cells) > width and not is_total(next(iter(filled(row.cells)), "")):
            total += parse_amount(row.cells[width]) or ZERO
    return any(abs(amount - total) <= CENT for line in above for amount in _amounts(line))


def _amounts(line: Line) -> list[Decimal]:
    texts = [*_AMOUNT.findall(line.text or " ".join(line.cells)), *filter(looks_numeric, filled(line.cells))]
    return [amount for text in texts if (amount := parse_amount(text)) is not None]
