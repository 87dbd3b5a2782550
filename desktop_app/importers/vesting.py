"""Tables that give what is vested and what is not, but not the two together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO

from .amounts import figure_style, is_missing, looks_numeric, parse_amount
from .columns import Role, header_key, role_of
from .grid import Grid, Line, filled
from .headwords import ALIASES
from .patterns import late_regex

_tr = translator("Remarks")
_MOST_LINES = 3000
_UNVESTED = late_regex(
    r"(?:your |current |total |ending )*(?:non[- ]?vested|unvested|not (?:yet )?vested|forfeitable)"
    r"(?: (?:account|current|ending|closing|market|total))*"
    r"(?: (?:balance|value|amount|dollars|money|portion|interest|total))?(?: ?\(?(?:\$|usd)\)?)?"
)
_ADDED = "The table gives no value as a whole; its parts were added: {0}."
_ADDED_FIX = "Compare the values below with the file."


def is_unvested(key: str) -> bool:
    """Tell whether a heading (as `header_key` gives it) is that of the money that is not vested yet."""
    return _UNVESTED.fullmatch(key) is not None


def with_whole_value(grid: Grid) -> Grid:
    """Return a grid with the sum of what is vested and what is not as one more column, where it has none."""
    if len(grid.lines) > _MOST_LINES:
        return grid
    lines: list[Line] = []
    issues: list[Issue] = []
    parts: tuple[int, ...] = ()
    width, comma = 0, False
    for i, line in enumerate(grid.lines):
        found = _parts(line.cells)
        if found:
            parts, width = found, len(line.cells)
            below = (cell for row in grid.lines[i + 1 :] for cell in row.cells)
            comma = figure_style((), below).decimal_comma
            names = ", ".join(line.cells[place].strip() for place in parts)
            told = _tr(_ADDED).format(names)
            issues.append(Issue(Severity.INFO, told, _tr(_ADDED_FIX), line.number, (), grid.sheet))
            lines.append(line._replace(cells=[*line.cells, ALIASES[Role.VALUE][0]]))
            continue
        if parts and _is_other_heading(line.cells):
            parts = ()
        lines.append(_with_sum(line, parts, width, comma=comma) if parts else line)
    return replace(grid, lines=tuple(lines), issues=(*grid.issues, *issues)) if issues else grid


def _parts(cells: Sequence[str]) -> tuple[int, ...]:
    """Return the two columns of a heading that make the value together, none for any other line."""
    if not any("vest" in cell.lower() or "forfeit" in cell.lower() for cell in cells):
        return ()
    unvested = [place for place, cell in enumerate(cells) if is_unvested(header_key(cell))]
    if len(unvested) != 1:
        return ()
    roles = {place: known[0] for place, cell in enumerate(cells) if (known := role_of(cell))}
    vested = [place for place, role in roles.items() if role is Role.VESTED and place not in unvested]
    if len(vested) != 1 or Role.VALUE in roles.values():
        return ()
    return vested[0], unvested[0]


def _is_other_heading(cells: list[str]) -> bool:
    """Tell whether a line is the heading of another table."""
    texts = filled(cells)
    return len(texts) > 1 and not any(map(looks_numeric, texts)) and sum(map(_has_role, texts)) > 1


def _has_role(text: str) -> bool:
    return role_of(text) is not None


def _with_sum(line: Line, parts: tuple[int, ...], width: int, *, comma: bool) -> Line:
    texts = [line.cells[place].strip() for place in parts if place < len(line.cells)]
    amounts = [parse_amount(text, decimal_comma=comma) for text in texts if not is_missing(text)]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts):
        return line
    total = format(sum(known, ZERO), "f")
    written = total.replace(".", ",") if comma else total
    return line._replace(cells=[*(line.cells + [""] * width)[:width], written])
