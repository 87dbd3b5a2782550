"""Reads a line of text into the words it starts with and the figures it ends with."""

from __future__ import annotations

import re

from desktop_app.domain.records import dataclass

from .amounts import is_missing, parse_amount
from .card_figures import BULLET, FIGURE_ROLES, Figure
from .columns import Role, role_of
from .grid import Line
from .patterns import late_regex

_SPACED_SIGN = late_regex(r"([$€£])\s+(?=[-(]?[.0-9])")
_CROWDED_SIGN = late_regex(r"(?<=[0-9):])(?=[$€£])")
GAPS = late_regex(r"\t|\s{2,}|\|")
"""What stands between the cells of a line."""
_UNIT_WORDS = dict.fromkeys(("shares", "units", "shs", "sh", "sh.", "shrs", "share", "unit"), Role.UNITS)
_EACH = late_regex(r"\s+(?:per (?:share|unit)|each|a share|/ ?share)\.?$", re.IGNORECASE)
_MOVED = late_regex(
    r"\s*\((?:[A-Za-z ]{1,20}:?\s*)?[-+−▲▼]?\s?[0-9.,]+\s?%(?:\s[A-Za-z ]{1,20})?\)$", re.ASCII
)
"""By how much something has moved, behind its figures."""
_YEAR_AND_FIGURE = 2
_YEAR = late_regex(r"20[1-7][05]", re.ASCII)
_OF_A_YEAR = late_regex(
    r"\b(?:retire\w*|target\w*|date|freedom|life\w*|path\w*|index|horizon|strategy|fund|trust|portfolio|jubilaci[oó]n"
    r"|retiro)$",
    re.IGNORECASE,
)
"""The last word before a fund's year."""
_JOINTS = frozenset({"at", "@", "x", "×", "=", "|", "·", "•", "/"})


@dataclass(slots=True)
class Words:
    """One line: the words it starts with and the figures it ends with."""

    line: Line
    words: str
    figures: list[Figure]
    has_figures: bool

    @property
    def role(self) -> Role | None:
        """What its words are the heading or label of, None for other words."""
        known = role_of(self.words)
        return known[0] if known else None


def read_words(line: Line) -> Words:
    """Split a line into its words and the figures behind them; percents are dropped."""
    text = _EACH.sub(
        "", _CROWDED_SIGN.sub(" ", _SPACED_SIGN.sub(r"\1", BULLET.sub("", line.text.strip()[:1000])))
    )
    tokens = (_MOVED.sub("", text) or text).split()
    figures: list[Figure] = []
    has_any = False
    role: Role | None = None
    while tokens:
        token = tokens[-1]
        amount = parse_amount(token.rstrip(";,")) if any(char in "0123456789" for char in token) else None
        if token.endswith("%") or (is_missing(token) and token):
            has_any = True
        elif amount is not None:
            figures.insert(0, Figure(token.rstrip(";,"), amount, role))
            has_any, role = True, None
        elif token.lower() in _UNIT_WORDS and len(tokens) > 1 and parse_amount(tokens[-2]) is not None:
            role = _UNIT_WORDS[token.lower()]
        elif not (token.lower() in _JOINTS and figures):
            break
        tokens.pop()
    words = " ".join(tokens).strip()
    return _words(line, words, figures, has_any=has_any)


def _words(line: Line, words: str, figures: list[Figure], *, has_any: bool) -> Words:
    """Give whole numbers at the end of a name (a year, “500”) back to it."""
    known = role_of(words)
    is_label = known is not None and known[0] in FIGURE_ROLES
    if words and not is_label:
        is_bare = all(_is_bare(figure) for figure in figures)
        extra = figures if is_bare else figures[: _leading(figures) or _ends_in_year(words, figures)]
        words = " ".join([words, *(figure.text for figure in extra)])
        figures = figures[len(extra) :]
        has_any = bool(figures)
    return Words(line, words.strip(" :"), figures, has_any)


def _is_bare(figure: Figure) -> bool:
    return figure.role is None and figure.text.isdecimal()


def _ends_in_year(words: str, figures: list[Figure]) -> bool:
    """Tell whether the first of several figures is the year of a target-date fund, the end of its name."""
    if len(figures) < _YEAR_AND_FIGURE or not _is_bare(figures[0]):
        return False
    return _YEAR.fullmatch(figures[0].text) is not None and _OF_A_YEAR.search(words) is not None


def _leading(figures: list[Figure]) -> int:
    """Return how many bare numbers in front of the figures belong to the name."""
    count = 0
    while count < len(figures) - 3 and _is_bare(figures[count]):
        count += 1
    return count


def heading_roles(line: Line) -> list[Role]:
    """Return the roles a line of several headings names, none for any other line."""
    cells = [cell.strip() for cell in GAPS.split(line.text) if cell.strip()]
    if len(cells) < 2 or any(parse_amount(cell) is not None for cell in cells):
        return []
    roles = [known[0] for cell in cells if (known := role_of(cell))]
    return roles if len(roles) > 1 else []
