"""Text where a fund's name stands on one line and its figures on the next ones, as web pages copy.

Which figure is which is told by labels (`Shares 12.3`), by the heading above, and by arithmetic: units
times price is the value. Percents are never money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator

from .amounts import is_missing, looks_numeric
from .card_figures import Card
from .card_lines import captions, with_pairs_apart, without_codes, worth_labels
from .card_reader import CardReader
from .card_sums import card_sum, is_row, mark_sources, name_alike, without_whole
from .card_table import card_table
from .card_words import read_words
from .classifier import classify
from .grid import Grid, Line
from .patterns import late_regex
from .rows import is_total

_tr = translator("Remarks")
_TOLD = "The funds and their figures were put together from lines below each other."
_TOLD_FIX = "Compare the funds and values with the page."
_LOST = "Which figure is the value could not be told for {0}; nothing of it was counted."
_LOST_MORE = "Which figure is the value could not be told for {0} and {1} more; nothing of it was counted."
_LOST_FIX = "Compare with the page, and type by hand what is missing."
_MOST_NAMED = 3
_MOST_CELLS = 3
_FEWEST_IN_ROW = 3
_PAIR = 2
_CENTS = late_regex(r"^[$(-]*[0-9][0-9,]*\.[0-9]{2}\)?$", re.ASCII)
_FIGURE = late_regex(r"(?<=\t)[-+(]?[$€£]?\s?[0-9][0-9,]*\.[0-9]", re.ASCII)


def cards(lines: list[Line]) -> Grid | None:
    """Return the funds of such a text as a table, None unless labels, headings or sums make it certain.

    Contribution sources follow as a table of their own: they are the same money. Lines that belong to
    neither stay as they are.
    """
    lines = with_pairs_apart(without_codes(lines))
    reader = CardReader(captions(lines), worth_labels(lines))
    for line, following in zip_longest(lines, lines[1:]):
        reader.take(line, following)
    reader.close()
    reader.items = without_whole(reader.items)
    found = [item for item in reader.items if isinstance(item, Card) and item.is_whole]
    mark_sources(found)
    funds = [card for card in found if not card.in_sources]
    name_alike(funds, lines)
    if not (any(card.is_sure for card in funds) or _is_summed(reader.items, funds)):
        return None
    if any(_is_torn_row(card) for card in funds):
        return None
    if sum(is_row(item.text) for item in reader.items if isinstance(item, Line)) > len(funds):
        return None
    if _leaves_rows(reader.items, funds):
        return None
    told = Issue(Severity.INFO, _tr(_TOLD), _tr(_TOLD_FIX), funds[0].first.number)
    return Grid(tuple(card_table(reader.items)), issues=(told, *_left_out(reader.unread, funds)))


def _leaves_rows(items: Sequence[Card | Line], funds: Sequence[Card]) -> bool:
    """Tell whether lines of cells like those of the funds are left over: they are rows of a table."""
    used = {shape for card in funds for line in (card.first, *card.lines) if (shape := _shape(line.text))}
    left = [item.text for item in items if isinstance(item, Line)]
    named = {card.name.lower() for card in funds}
    if sum(_gives_worth(text) and text.split("\t")[0].strip().lower() not in named for text in left) > 1:
        return True
    return any(
        (shape := _shape(text)) and any(_is_alike(shape, other) for other in used)
        for text in left
        if not is_total(text.split("\t")[0])
    )


def _gives_worth(text: str) -> bool:
    """Tell whether a line is a known fund and an amount with cents, set apart by a tab."""
    cells = [cell.strip() for cell in text.strip().split("\t")]
    return len(cells) == _PAIR and _CENTS.search(cells[1]) is not None and _is_known(cells[0])


def _is_alike(shape: str, other: str) -> bool:
    """Tell whether two lines have the same cells, whatever is empty in one of them."""
    return len(shape) == len(other) and all(
        a == b or "-" in (a, b) for a, b in zip(shape, other, strict=True)
    )


def _shape(text: str) -> str:
    """Return which cells of a line set apart by tabs are words (w), figures (n) or empty; "" with few."""
    cells = [cell.strip() for cell in text.strip().split("\t")]
    if len(cells) < _FEWEST_IN_ROW and not (len(cells) > 1 and _is_known(cells[0])):
        return ""
    shape = "".join("-" if is_missing(cell) else "n" if looks_numeric(cell) else "w" for cell in cells)
    return shape if "w" in shape and "n" in shape else ""


def _is_torn_row(card: Card) -> bool:
    """Tell whether a fund stands behind several cells of a line: a row of a table without heading."""
    before = _FIGURE.split((card.lines or card.names)[0].text, maxsplit=1)[0]
    return len([cell for cell in before.split("\t")[:-1] if cell.strip()]) > _MOST_CELLS


def _left_out(unread: list[Card], funds: list[Card]) -> Iterator[Issue]:
    """Yield a warning for the known funds of which nobody can tell which of their figures is the value."""
    taken = {card.name.lower() for card in funds}
    lost = [card for card in unread if card.name.lower() not in taken and _is_known(card.name)]
    if lost:
        names = ", ".join(f"“{card.name[:60]}”" for card in lost[:_MOST_NAMED])
        said = _tr(_LOST_MORE if len(lost) > _MOST_NAMED else _LOST)
        message = said.format(names, len(lost) - _MOST_NAMED)
        yield Issue(Severity.WARNING, message, _tr(_LOST_FIX), lost[0].first.number)


def _is_known(name: str) -> bool:
    return classify(None, None, name).classified_by is not ClassifiedBy.UNKNOWN


def _is_summed(items: list[Card | Line], funds: list[Card]) -> bool:
    """Tell whether a total below the funds says that their figures are their values."""
    totals = (read_words(item) for item in items if isinstance(item, Line))
    stated = {figure.amount for read in totals if is_total(read.words) for figure in read.figures}
    return len(funds) > 1 and card_sum(funds) in stated
