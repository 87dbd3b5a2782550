"""Words of a web page as they are read: lines of a cell, facts beside each other, marks of footnotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .amounts import is_missing, looks_numeric
from .grid import Line
from .patterns import late_regex

_SPACE = late_regex(r"[\s\xa0]+", whole=True)
_TICKER_LINE = late_regex(r"\(?([A-Z]{4}X)\)?")
BREAK = "\x1f"
"""Stands in a cell's text where the page breaks the line."""
_BESIDE = late_regex(r"\s[|·•]\s", whole=True)
_SAYS = late_regex(r"\s*[^\W\d][^:|]{1,30}:\s*\S")
"""A label and what it says; several may stand beside each other in one line of a page."""
_LABELLED = late_regex(r"[^\W\d][^$€£:0-9]{1,30}[:\s]\s?(?P<figure>[$€£]?[0-9][0-9,.]*)", re.ASCII)
"""A label and a figure (“Unit price $12.34”)."""
_MARK = late_regex(
    r"(?:[0-9]{1,2}|[a-z]|[*†‡§¶#®©™℠]|sm|tm|st|nd|rd|th)(?:[\s,]+(?:[0-9]{1,2}|[a-z*†‡§]))*"
    r"|[(\[][0-9a-z]{1,2}[)\]]",
    re.IGNORECASE | re.ASCII,
)
_DOLLARS = late_regex(r"[$€£]\s?[0-9][0-9,]*$", re.ASCII)
_CENTS = late_regex(r"[0-9]{2}", re.ASCII)
_DO = (
    r"(?:go|back|return|skip|jump|switch) (?:back )?to\b|(?:view|see|show|hide|manage|edit|update|download)\b"
    r"|(?:print|export|enroll|rebalance|visit|launch|expand|collapse|request|connect|click|tap)\b"
    r"|(?:log|sign) ?(?:in|out|on|off|up)\b"
    r"|(?:learn|read|find out|more) (?:more|about|details|info\w*|options)\b|(?:sort|filter) by\b"
    r"|set ?up\b|roll (?:over|in)\b|quick links\b|privacy\b|terms of\b"
    r"|(?:open|access|change|start|get|add|link|take|make|create|choose|review|check|set|apply for|compare"
    r"|explore|transfer|exchange|buy|sell|trade|move|invest|join|close|use|try|call|contact|leave|withdraw"
    r"|borrow) (?:from |to |into |in |out |up |for )*(?:an?|the|my|your|our|this|these|all|more|another|new"
    r"|old|how|what|where|who|us|now|here|money|funds|assets|investments?|elections?|contributions?|allocations?"
    r"|beneficiar\w+|accounts?|brokerage|plans?|details|password|started|help|advice)\b"
)
_LINK = late_regex(
    rf"[>›»→▸❯+\s]*(?:{_DO}).{{0,60}}"
    r"|(?:fund|investment|option) (?:details?|facts?|profile|fact ?sheets?|prospectus)"
    r"|.{2,60}\s(?:details?|history|settings|options|documents|statements|info\w*)\s?[>›»→▸❯]",
    re.IGNORECASE,
)
"""What one can do on a page: a verb and what it is done to; an arrow may also stand behind a fund's name."""


def is_link(text: str) -> bool:
    """Tell whether a line of a page is a link or button (“Go to brokerage”), no account and no fund."""
    return _LINK.fullmatch(text.strip()) is not None


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell that hold something."""
    return [piece for part in text.split(BREAK) if (piece := _SPACE.sub(" ", part).strip())]


def joined(parts: list[str]) -> str:
    """Return a cell's words on one line; of figures below each other only the first is its own."""
    broken = lines_of("".join(parts))
    if len(broken) < 2:
        return broken[0] if broken else ""
    if all(looks_numeric(piece) or is_missing(piece) for piece in broken):
        return broken[0]
    first, *rest = broken
    marked = [f"({found[1]})" if (found := _TICKER_LINE.fullmatch(piece)) else piece for piece in rest]
    return " ".join((first, *marked))


def joined_once(parts: list[str], others: Collection[str]) -> str:
    """Return a cell's words without lines below the first that say another cell's figure behind a label."""
    first, *rest = lines_of("".join(parts)) or [""]
    again = {
        line
        for line in rest
        if (found := _LABELLED.fullmatch(line)) is not None and found["figure"] in others
    }
    if not again:
        return joined(parts)
    return joined([BREAK.join((first, *(line for line in rest if line not in again)))])


def beside(number: int, text: str) -> Iterator[Line]:
    """Yield a line of words, in several where what it says stands beside each other: `Plan: 7 | As of: …`."""
    parts = _BESIDE.split(text)
    for part in parts if any(map(_SAYS.match, parts)) else [text]:
        if part.strip():
            yield Line(number, [part.strip()], part.strip())


def lowered(before: str, raised: str) -> str:
    """Return words with what stands raised behind them: no mark of a footnote, but the cents of an amount."""
    if _DOLLARS.search(amount := before.rstrip()) and _CENTS.fullmatch(raised):
        return f"{amount}.{raised}"
    return before if _MARK.fullmatch(raised) else before + raised
