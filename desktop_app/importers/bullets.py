"""Lists with a mark before every fund and its figures behind or below the name, as mails have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.money import CENT

from .amounts import looks_numeric
from .card_figures import Figure
from .card_words import read_words
from .columns import Role
from .grid import Grid, Line
from .patterns import late_regex

_MARKED = late_regex(r"\s*[*•‣▪·–+-]\s+(?=\S*[A-Za-z])")
_NOW = late_regex(r"(?:now|currently|current(?: value| balance)?|value|balance|worth)\b[:\s]*", re.IGNORECASE)
_CASH = late_regex(r"cash\b[:\s]*", re.IGNORECASE)
_DIVIDER = late_regex(r"\s[|;]\s")
_LEADERS = late_regex(r"[\t ]*(?:\.{3,}|_{3,}|\t)[\t ]*")
_SINCE = late_regex(r"(?<=[0-9])\s*\([-+$0-9,.\s]+(?:since|from|vs\.?)\b[^()]*\)$", re.IGNORECASE)
"""How an account's worth has changed, behind it."""
_HEADING = ["Fund name", "Symbol", "Shares", "Price", "Value"]
_FEWEST = 3
_MOST_WORDS = 12


class _Item(NamedTuple):
    """One fund of the list: the line of its name, the one of its figures, and its cells."""

    first: int
    last: int
    cells: list[str]


def bulleted(lines: Sequence[Line]) -> Grid | None:
    """Return such a list as a table, None unless three funds or more have marks and just one value each.

    The other lines stay as they are: they name accounts, state totals or tell what has happened.
    """
    items: dict[int, _Item] = {}
    for i, line in enumerate(lines):
        if _MARKED.match(line.text) is not None:
            item = _item(lines, i)
            if item is None:
                continue
            items[i] = item
    if len(items) < _FEWEST or not all(item.last > item.first for item in items.values()):
        return None
    return Grid(tuple(_written(lines, items)))


def _item(lines: Sequence[Line], i: int) -> _Item | None:
    """Return the fund named on a marked line with the figures on the line below."""
    name = read_words(Line(0, [], _MARKED.sub("", lines[i].text)))
    if name.has_figures or not name.words or len(name.words.split()) > _MOST_WORDS or i + 1 >= len(lines):
        return None
    text = _LEADERS.sub(" ", lines[i + 1].text).strip()
    if _MARKED.match(lines[i + 1].text) is not None:
        return None
    said = _NOW.match(text)
    if said is not None:
        text = _DIVIDER.split(text[said.end() :])[0]
    figures = read_words(Line(0, [], "- " + _CASH.sub("", text)))
    value = _value(figures.figures) if figures.words in {"", "-"} else None
    if value is None:
        return None
    units, price, worth = value
    return _Item(i, i + 1, [name.words, "", units, price, worth])


def _value(figures: Sequence[Figure]) -> tuple[str, str, str] | None:
    """Return units, price and value as they stand: three that multiply, or one amount of money."""
    if len(figures) == 1 and "$" in figures[0].text:
        return "", "", figures[0].text
    if len(figures) == 2 and figures[0].role is Role.UNITS:
        return figures[0].text, "", figures[1].text
    if len(figures) != len(_HEADING) - 2:
        return None
    units, price, worth = figures
    fits = abs(units.amount * price.amount - worth.amount) <= CENT
    return (units.text, price.text, worth.text) if fits else None


def _written(lines: Sequence[Line], items: dict[int, _Item]) -> Iterator[Line]:
    """Yield the lines, a heading before every run of funds."""
    below = {item.last for item in items.values()}
    is_open = False
    for i, line in enumerate(lines):
        if i in items:
            if not is_open:
                yield Line(0, list(_HEADING), "")
            is_open = True
            yield line._replace(cells=items[i].cells)
        elif i in below:
            yield line._replace(cells=[])
        else:
            is_open = is_open and looks_numeric(line.text)
            text = _SINCE.sub("", " ".join(_LEADERS.sub(" ", line.text).split()))
            yield line._replace(cells=[text] if any(map(str.isalnum, text)) else [], text=text)
