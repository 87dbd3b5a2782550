"""Text to rows of cells: separator, quoting, with real line numbers."""

from __future__ import annotations

import re

from .amounts import looks_numeric
from .columns import TableKind, read_header, role_of
from .grid import Grid
from .patterns import late_regex
from .textlines import SPACES, TextLines, records
from .watching import Watch, part, unwatched

SEPARATORS = (",", ";", "\t", "|")
LONG = 2000
"""Rows of a file that is read column by column where it can be."""
_HEAD = 400
"""First lines of a file that tell its separator."""
_BEGINNING = 1 << 20
_FEWEST_TORN = 2
_SELDOM = 6
"""One line of so many may have a comma of words (“Portland, ME”)."""
_THOUSANDS = late_regex(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", re.ASCII, whole=True)
_DAY = late_regex(r"\b[A-Za-z]{3,9}\.? [0-9]{1,2}, (?:19|20)[0-9]{2}\b", re.ASCII)
_NEXT_FIGURE = late_regex(r"[0-9)%]\s+[-+$(]*[0-9][0-9,]*\.?[0-9]*", re.ASCII)
_QUOTED = late_regex(r'"[^"]*"', whole=True)
_BESIDE = late_regex(
    r"(?<![0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?[)%-]* +[-+$(]*[0-9]"
    r"|[0-9][)%-]* +[-+$(]*[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])",
    re.ASCII,
)
"""A figure with a comma in it and another one, a blank between them."""
_DECLARED = late_regex(r"sep=(.)", re.IGNORECASE)


def text_grid(text: str, watch: Watch = unwatched) -> Grid:
    """Split text into rows, with the separator under which its headings make most sense.

    The rows of a long text are taken apart when they are looked at.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    watch(0.3)
    lines_of_text = text.split("\n")
    watch(0.4)
    numbers, texts = records(lines_of_text)
    watch(0.5)
    declared = _DECLARED.fullmatch(texts[0].strip()) if texts else None
    if declared:
        lines = TextLines(numbers[1:], texts[1:], declared[1])
    else:
        lines = TextLines(numbers, texts, best_separator(texts[:_HEAD]))
    return Grid(lines if len(lines) > LONG else tuple(lines))


def byte_grid(data: bytes, name: str, watch: Watch = unwatched) -> Grid | None:
    """Return what `text_grid` makes of a long plain text, without making its lines; None for any other."""
    if data.count(b"\n", 0, _BEGINNING) <= LONG and data.count(b"\n") <= LONG:
        return None
    from .fastgrid import byte_texts, opening, plain_bytes  # brings numpy, which only long files need

    plain = plain_bytes(data, name)
    if plain is None:
        return None
    watch(0.2)
    head = opening(plain, _HEAD)
    separator = best_separator(head)
    if separator == SPACES or _DECLARED.fullmatch(head[0].strip()):
        return None
    texts = byte_texts(plain, separator, part(watch, 0.3, 1.0))
    return None if texts is None else Grid(TextLines(range(1, len(texts) + 1), texts, separator))


def best_separator(texts: list[str]) -> str:
    """Return the separator that makes a table of holdings of these lines, else the commonest.

    Commas stand in figures and words as well: another one that is half as common is surer.
    """
    torn = _tears_figures(texts)
    scores = [
        ((0, 0) if torn and separator == "," else _score(texts, separator), separator)
        for separator in (*SEPARATORS, SPACES)
    ]
    best = max(score for score, _ in scores)
    if best[0]:
        return next(separator for score, separator in scores if score == best)
    counts = {separator: sum(text.count(separator) for text in texts) for separator in SEPARATORS}
    if torn:
        counts[","] = -1
    elif counts[","] and _sets_off_thousands(texts):
        counts[","] = -1 if _is_spaced(texts) else 0
    if counts["\t"] >= _FEWEST_TORN and counts[","] > 0 and not any(map(_parts_figures, texts)):
        counts[","] = 0
    most = max(counts.values())
    surer = [separator for separator in SEPARATORS if separator != "," and 0 < most <= 2 * counts[separator]]
    return max(surer or SEPARATORS, key=lambda separator: counts[separator])


def _tears_figures(texts: list[str]) -> bool:
    """Tell whether commas, as separators, would tear the figures of most lines that have any.

    Blanks stand between the figures of such lines, and no quotes hold them together.
    """
    bare = [_QUOTED.sub("", text) for text in texts if "," in text]
    torn = sum(_BESIDE.search(text) is not None for text in bare)
    if torn < _FEWEST_TORN:
        return False
    others = sum("," in _DAY.sub("", _THOUSANDS.sub("", text)) for text in bare if not _is_prose(text))
    return torn > others


def _parts_figures(text: str) -> bool:
    """Tell whether a comma stands beside a cell that is a figure, and not within one nor in a day."""
    cells = _DAY.sub("", _THOUSANDS.sub("", text)).split(",")
    return len(cells) > 1 and any(looks_numeric(cell.strip(' "')) for cell in cells)


def _sets_off_thousands(texts: list[str]) -> bool:
    """Tell whether commas stand in figures, and beside them in few lines that are not plainly words."""
    rows = [text for text in texts if not _is_prose(text)]
    divided = sum("," in _DAY.sub("", _THOUSANDS.sub("", text)) for text in rows)
    return divided * _SELDOM <= sum("," in text for text in rows)


def _is_spaced(texts: list[str]) -> bool:
    """Tell whether most lines with a comma in a figure have another figure behind a blank."""
    rows = [text for text in texts if _THOUSANDS.search(text)]
    return 2 * sum(_NEXT_FIGURE.search(text) is not None for text in rows) > len(rows)


def _is_prose(text: str) -> bool:
    """Tell whether a line has words and hardly any figures, so that its commas are those of a sentence."""
    words = text.split()
    return len(words) > 3 and sum(any(map(str.isdigit, word)) for word in words) * 3 < len(words)


def _score(texts: list[str], separator: str) -> tuple[int, int]:
    best = (0, 0)
    for line in TextLines([*range(len(texts))], [text for text in texts if separator in text], separator):
        columns = read_header(line.cells)
        if columns is not None:
            quality = 2 if columns.kind is TableKind.HOLDINGS else 1
            best = max(best, (quality, sum(role_of(cell) is not None for cell in line.cells)))
    return best
