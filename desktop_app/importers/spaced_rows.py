"""Rows of a printed statement copied as text: a name, then its figures, with single blanks between all.

The heading above tells how many figures a row has; its words are divided into as many headings, the
division taken that names the most columns we know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from .columns import Role, TableKind, read_header
from .flow_heads import flow_heading
from .grid import Grid, Line
from .headwords import role_of
from .patterns import late_regex
from .rows import is_footer, is_section, is_total
from .torn_heads import has_codes, place_of_sums, set_codes_apart, torn_heading
from .wording import is_group, is_source

FIGURE = late_regex(
    r"[-+−]?[($€£]*[-+−]?[$€£]?(?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)\)?%?\)?[-*†]?|[-–—]{1,3}|n/?a",
    re.ASCII | re.IGNORECASE,
)
"""A figure as it stands among the words of a line, or a mark for none."""
MONEY = late_regex(r"[$€£(]|[0-9][.,][0-9]", re.ASCII)
_Split = Sequence[tuple[list[str], list[str]]]
_MOST_WORDS = 18
_FEWEST_HEADINGS = 2
_MOST_FIGURES = 8
_MOST_DIVISIONS = 20_000
_FEWEST_ROWS = 2
_LOOK_AHEAD = 6
_FAR_AHEAD = 20
_LONG = 0.7
"""Names are torn when they are long: at least this part of the longest one of the table."""
_LONGEST_END = 24
_END_ONLY = late_regex(
    r"(?:(?:index|idx|funds?|fd|trust|portfolio|admiral|adm|investor|institutional|inst|select|premier|plus"
    r"|shares?|class|cl|series|option|account|value|growth|stock|bond|equity|income|market|[a-z]{1,2}-?[0-9]{0,2}"
    r"|i{1,3})\b[\s.,)]*)+",
    re.IGNORECASE,
)
"""Words that only end a fund's name: the row's name began on the line above."""
_SEVERAL = late_regex(
    r"(?:funds|options|investments|stocks|bonds|equities|accounts|portfolios|strategies)\b", re.IGNORECASE
)


def spaced_rows(lines: Sequence[Line]) -> Grid | None:
    """Return such a text as a table, None unless a heading of holdings stands above rows that fit it."""
    split = [_split(line.text) for line in lines]
    flows = {
        i: head
        for i in range(len(lines))
        if (head := flow_heading(split, i) or torn_heading(split, i)) is not None
    }
    plain = {i: head for i in range(len(lines)) if (head := _heading(split, i)) is not None}
    heads = {i: head for i, head in (plain | flows).items() if i + 1 not in flows}
    set_codes_apart(split, heads)
    held = [i for i, head in heads.items() if _is_of_holdings(head)]
    if not any(_rows_of(split, i, len(heads[i]) - 1) >= _FEWEST_ROWS for i in held):
        return None
    shown = [line._replace(text="") if i + 1 in flows else line for i, line in enumerate(lines)]
    return Grid(tuple(_with_ends(list(_written(shown, split, heads)))))


def spaced_sources(lines: Sequence[Line]) -> Grid | None:
    """Return a text whose rows are contribution sources as a table, None without a heading of such."""
    split = [_split(line.text) for line in lines]
    heads: dict[int, list[str]] = {}
    for i, (words, figures) in enumerate(split):
        if figures or not heads_sources(lines[i].text):
            continue
        below = split[i + 1 : i + 1 + _FAR_AHEAD]
        count = commonest([len(found) for name, found in below if name and found])
        cells = divided(words, count + 1) if 0 < count < min(len(words), _MOST_FIGURES) else None
        columns = read_header(cells) if cells else None
        if cells and columns is not None and columns.kind is TableKind.SOURCES:
            heads[i] = cells
    return Grid(tuple(_written(lines, split, heads))) if heads else None


def heads_sources(text: str) -> bool:
    """Tell whether a line of several words begins with the heading of contribution sources."""
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS:
        return False
    known = role_of(words[0]) or role_of(" ".join(words[:2]))
    return known is not None and known[0] is Role.SOURCE


def commonest(sizes: Sequence[int]) -> int:
    """Return the number that most rows have, of several the largest; 0 without rows."""
    return max(set(sizes), key=lambda k: (sizes.count(k), k), default=0)


def _split(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a line and the figures behind them."""
    words = re.sub(r"([$€£])\s+(?=[0-9(])", r"\1", text).split()
    end = len(words)
    while end and FIGURE.fullmatch(words[end - 1]):
        end -= 1
    figures = words[end:]
    return (words[:end], figures) if any(map(MONEY.search, figures)) else (words, [])


def _heading(split: Sequence[tuple[list[str], list[str]]], i: int) -> list[str] | None:
    """Return a line of words as the headings of the rows below it, None when no rows follow."""
    words, figures = split[i]
    below = _to_next_heading(split[i + 1 : i + 1 + _LOOK_AHEAD])
    if below and not below[0][1] and (is_group(" ".join(below[0][0])) or not is_heady(below[0][0])):
        below = below[1:]
    follows = bool(below) and bool(below[0][0]) and bool(below[0][1])
    if figures or not follows or not 1 < len(words) <= _MOST_WORDS:
        return None
    if not is_heady(words) or any(word.endswith(":") for word in words[:-1]):
        return None
    rows = [(name, found) for name, found in below if name and found]
    count = commonest([len(found) for _, found in rows])
    if not 0 < count < min(len(words), _MOST_FIGURES):
        return None
    more = 1 if has_codes(words, [name for name, found in rows if len(found) == count]) else 0
    return divided(words, count + 1 + more)


def _to_next_heading(below: _Split) -> _Split:
    """Return the lines up to the heading of another table behind a row."""
    rows = 0
    for k, (words, figures) in enumerate(below):
        if rows and not figures and len(words) > _FEWEST_HEADINGS and is_heady(words):
            return below[:k]
        rows += bool(figures)
    return below


def divided(words: Sequence[str], count: int) -> list[str] | None:
    """Return words as so many headings, divided where most of them are known; None for fewer words."""
    found = _divided(tuple(words), count)
    return list(found) if found is not None else None


@lru_cache(maxsize=256)
def _divided(words: tuple[str, ...], count: int) -> tuple[str, ...] | None:
    best: tuple[tuple[int, ...], list[str]] | None = None
    for n, cuts in enumerate(combinations(range(1, len(words)), count - 1)):
        if n > _MOST_DIVISIONS:
            break
        cells = [" ".join(words[a:b]) for a, b in zip((0, *cuts), (*cuts, len(words)), strict=True)]
        score = _score(cells)
        if best is None or score > best[0]:
            best = (score, cells)
    return tuple(best[1]) if best is not None else None


def is_heady(words: list[str]) -> bool:
    """Tell whether a line begins with the heading of a column."""
    return role_of(words[0]) is not None or role_of(" ".join(words[:2])) is not None


def _score(cells: list[str]) -> tuple[int, ...]:
    """Rate a division by the different columns it names, by all the headings it knows, and by their words.

    Where headings begin with capitals, a cell that begins with a small letter is the end of the one before;
    “Total Cost” and “Market Value” say more than “Total” and “Cost Market Value”.
    """
    known = [found for cell in cells if (found := role_of(cell)) is not None]
    small = sum(cell[0].islower() for cell in cells)
    roles = {role for role, _ in known}
    return len(roles) + _is_of_holdings(cells), len(known), -small, -sum(rank for _, rank in known)


def _is_of_holdings(cells: list[str]) -> bool:
    columns = read_header(cells)
    return columns is not None and columns.kind is TableKind.HOLDINGS


def _rows_of(split: Sequence[tuple[list[str], list[str]]], i: int, count: int) -> int:
    """Return how many rows below a heading have as many figures as it has columns for."""
    found = 0
    for words, figures in split[i + 1 :]:
        if words and len(figures) == count:
            found += 1
        elif figures and found and len(figures) != 1:
            break
    return found


def _written(
    lines: Sequence[Line], split: Sequence[tuple[list[str], list[str]]], heads: dict[int, list[str]]
) -> Iterator[Line]:
    """Yield the lines with their cells; a blank one stands before every heading."""
    width = 0
    rows: list[list[str]] = []
    for i, line in enumerate(lines):
        words, figures = _fitting(*split[i], width - 1)
        if i in heads:
            width, rows = len(heads[i]), []
            yield Line(0, [], "")
            yield line._replace(cells=heads[i])
        elif width and words and 0 < len(figures) < width:
            sums = place_of_sums(figures, rows, width - 1)
            before = width - 1 - len(figures) if sums is None else sums
            placed = [*[""] * before, *figures, *[""] * (width - 1 - len(figures) - before)]
            rows = [*rows, placed] if sums is None else []
            yield line._replace(cells=[" ".join(words), *placed])
        else:
            yield line if line.text else line._replace(cells=[])


def _fitting(words: list[str], figures: list[str], most: int) -> tuple[list[str], list[str]]:
    """Give whole numbers in front, more than the columns of figures, back to the name (“Class 12”)."""
    more = len(figures) - most
    if most < 1 or more < 1 or not words or not all(map(str.isdecimal, figures[:more])):
        return words, figures
    return [*words, *figures[:more]], figures[more:]


def _with_ends(lines: list[Line]) -> list[Line]:
    """Return the lines with the ends of long names, which stand on a line below their row, put back."""
    _put_starts_back(lines)
    longest = max((len(line.cells[0]) for line in lines if len(line.cells) > 1), default=0)
    for i, line in enumerate(lines[1:-1], 1):
        above, below = lines[i - 1], lines[i + 1]
        if len(line.cells) != 1 or len(above.cells) < 2 or len(below.cells) < 2:
            continue
        is_long = len(above.cells[0]) >= _LONG * longest and not is_total(above.cells[0])
        if is_long and FIGURE.fullmatch(above.cells[-1]) and _may_end_a_name(line.text.strip()):
            lines[i - 1] = above._replace(cells=[f"{above.cells[0]} {line.text.strip()}", *above.cells[1:]])
            lines[i] = line._replace(cells=[])
    return lines


def _may_end_a_name(text: str) -> bool:
    if text.startswith("(") and text.endswith(")"):
        return True
    is_word = is_group(text) or is_section(text) or is_source(text) or is_footer(text) or is_total(text)
    return len(text) <= _LONGEST_END and not is_word and _SEVERAL.search(text) is None


def _put_starts_back(lines: list[Line]) -> None:
    """Put the starts of long names, on a line above their row, back where a table tears names so.

    It does where its first row has such a line, or where what is left on a row only ends a name; then every
    line of words alone right above one of its rows is a start.
    """
    starts = {i for i in range(1, len(lines) - 1) if _may_be_start(lines, i)}
    begun = 0
    tearing = False
    for i in sorted(starts | {i for i, line in enumerate(lines) if _is_heading_row(line)}):
        if i not in starts:
            begun, tearing = i, False
            continue
        if not tearing:
            end = next((k for k in range(i, len(lines)) if _is_heading_row(lines[k])), len(lines))
            tearing = _is_heading_row(lines[i - 1]) or any(
                k in starts and _is_torn_start(lines, k) for k in range(begun, end)
            )
        if tearing:
            line, below = lines[i], lines[i + 1]
            name = f"{line.text.strip()} {below.cells[0]}"
            lines[i + 1] = below._replace(cells=[name, *below.cells[1:]])
            lines[i] = line._replace(cells=[])


def _may_be_start(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line of words alone between two rows, or a heading and a row, may begin a name."""
    above, line, below = lines[i - 1], lines[i], lines[i + 1]
    if len(line.cells) != 1 or len(above.cells) < 2 or len(below.cells) < 2:
        return False
    return FIGURE.fullmatch(below.cells[-1]) is not None and _may_start_a_name(line.text.strip())


def _is_torn_start(lines: Sequence[Line], i: int) -> bool:
    """Tell whether what stands on the row below only ends a name."""
    return bool(_END_ONLY.fullmatch(lines[i + 1].cells[0])) and not _SEVERAL.search(lines[i].text)


def _is_heading_row(line: Line) -> bool:
    return len(line.cells) > 1 and not FIGURE.fullmatch(line.cells[-1])


def _may_start_a_name(text: str) -> bool:
    is_word = is_group(text) or is_section(text) or is_source(text) or is_footer(text) or is_total(text)
    return not is_word and len(text.split()) > 1 and not text.endswith((":", "."))
