"""Makes a table of cards and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator

from .card_figures import Card
from .card_words import GAPS, heading_roles, read_words
from .columns import Role, role_of
from .grid import Line
from .rows import is_total

_HEADING = ["Fund name", "Symbol", "Shares", "Price", "Value"]
_SOURCE_HEADING = ["Source", "Balance", "Vested value"]


def card_table(items: list[Card | Line]) -> Iterator[Line]:
    """Yield the lines before the funds, the funds with all other lines, and the sources as the last table."""
    start = next(place for place, item in enumerate(items) if isinstance(item, Card))
    yield from (_lone(item) for item in items[:start] if isinstance(item, Line))
    yield Line(0, list(_HEADING), "")
    sources: list[Card] = []
    heading = Line(0, list(_SOURCE_HEADING), "")
    for item in items[start:]:
        if isinstance(item, Card) and item.in_sources:
            sources.append(item)
        elif isinstance(item, Card):
            yield from _rows(item)
        elif role_of(item.text.strip()) == role_of(_SOURCE_HEADING[0]) and not heading.number:
            heading = item._replace(cells=list(_SOURCE_HEADING))
        else:
            yield _lone(item)
    if sources or heading.number:
        yield heading
    for source in sources:
        yield from _rows(source)


def _rows(card: Card) -> Iterator[Line]:
    yield from map(_lone, card.before)
    yield Line(card.first.number, _cells(card), " ".join(line.text.strip() for line in card.lines))


def _lone(line: Line) -> Line:
    """Return a line that belongs to no fund as a single cell; a total keeps its first amount."""
    read = read_words(line)
    if is_total(read.words) and read.figures:
        return line._replace(cells=[f"{read.words}: {read.figures[0].text}"])
    if (
        not line.cells
        or (len(line.cells) == 1 and line.cells[0] != line.text.strip())
        or (len(line.cells) == 1 and is_total(line.cells[0].partition(":")[0]))
    ):
        return line
    headings = heading_roles(line) and GAPS.split(line.text.strip())
    return line._replace(cells=headings or [line.text.strip()])


def _cells(card: Card) -> list[str]:
    texts = {role: figure.text for role, figure in card.values.items()}
    if card.in_sources:
        return [card.name, texts.get(Role.VALUE, ""), ""]
    figures = [texts.get(role, "") for role in (Role.UNITS, Role.PRICE, Role.VALUE)]
    return [card.name, card.symbol, *figures]
