"""Text as people find it to plain lines of cells: drawn frames, and marks that keep numbers as text."""

from __future__ import annotations

import re

from .patterns import late_regex

_BARS = frozenset("|│┃║+┌├└╔╠╚┏┣┗")
_ENDS = frozenset("|│┃║+┐┤┘╗╣╝┓┫┛")
_BAR = str.maketrans("│┃║", "|||")
_RULE = late_regex("[-+=|:\\s─━═┄┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╟╢╞╡╪╤╧┏┳┓┣╋┫┗┻┛│┃║]+", whole=True)
_STRONG = late_regex(r"(?<![*_\w])(?:\*\*|__)([^*_|]{1,200})(?:\*\*|__)(?![*_\w])", whole=True)
"""Words that Markdown prints bold."""
_MOST_DRAWN = 2_000_000
_LOOKED_AT = 20_000
_FORMULA_TEXT = late_regex(
    r'(^|[,;\t|]) *=(""|")([^"\n\r]{0,200})\2(?= *(?:[,;\t|]|\r?$|$))', re.MULTILINE, whole=True
)
_QUOTED_FORMULA = late_regex(r'"=""([^"\n\r]{0,200})"""', whole=True)
_APOSTROPHE = late_regex(r"'(?=[-+=.0-9])", whole=True)
_LEADERS = late_regex(
    r"(?<=\S) ?(?:\.{4,300}+|\.{3}(?= {1,300}+[-+(−]?[$€£])|(?:\. ){3,150}\.?|_{4,300}+|…{2,300}+)"
    r"[ \t]{0,300}+(?=[-+(−]?[$€£]?[ ]?[0-9])",
    whole=True,
)
_FEWEST_LEADERS = 2
_SPOKEN = late_regex(
    r"^(?![ \t]*[0-9][0-9.,]* ?(?:shares?|shs?\.?|units?) (?:@|at|x) "
    r"|[ \t*•-]*(?:[Yy]ou|[Oo]ur|[Ww]e|[Yy]our)\b)"
    r"([^\t\n$:]{0,300}?[^\t\n$:\s,=])"
    r"(?:,?[ \t]{1,300}+[0-9][0-9.,]{0,30} (?:shares|shs|units) (?:@|at|x) \$?[0-9][0-9.,]{0,30})?"
    r"[ =]{1,300}+(\$[0-9][0-9,]{0,30}\.[0-9]{2})[ \r]*$",
    re.MULTILINE,
    whole=True,
)
"""A line such as `Balanced Fund, 12 shares @ $2.00 = $24.00`, or `money market $12.00`."""
_QUOTED = late_regex(r"^(?:> ?)+", re.MULTILINE, whole=True)
_ONE_CELL = late_regex(r'"((?:[^"]|"")*+)"[ \t,;]*', whole=True)
_BEFORE_CELL = frozenset(',;\t|"\r\n')


def without_frames(text: str) -> str:
    """Return a table drawn with bars as lines with `|` between cells, any other text as it is.

    Knows Markdown, plus-and-minus frames and box-drawing characters; lines keep their numbers. Where most
    lines have no outer bars, those of a few are empty cells.
    """
    if len(text) > _MOST_DRAWN:
        return text
    head = [line.strip() for line in text[:_LOOKED_AT].splitlines()]
    rows = [line for line in head if sum(map(line.count, "|│┃║")) > 1]
    framed = [line[:1] in _BARS and line[-1:] in _ENDS for line in rows]
    if sum(framed) < 2 or not framed[0] or sum(framed) * 2 <= len(framed):
        return text
    return "\n".join(_without_frame(line) for line in re.split(r"\r\n|\n|\r", text))


def without_leaders(text: str) -> str:
    """Return a text with tabs for the dots that join names and amounts (`Bond Fund ..... $12.00`).

    In such a text other lines that end in dollars lose what stands between fund and value as well.
    """
    if len(text) > _MOST_DRAWN or len(_LEADERS.findall(text)) < _FEWEST_LEADERS:
        return text
    return _SPOKEN.sub(r"\1\t\2", _LEADERS.sub("\t", text))


def _without_frame(line: str) -> str:
    text = line.strip().translate(_BAR)
    if text and not _RULE.sub("", text):
        return ""
    if text.startswith("|") and text.endswith("|") and len(text) > 1:
        return _STRONG.sub(r"\1", text[1:-1].replace("\\|", "/"))
    return line


def without_text_marks(text: str) -> str:
    """Take off what spreadsheets put around numbers to keep them as text: `="0012"` and `'0012`."""
    if '="' in text:
        text = _QUOTED_FORMULA.sub(r'"\1"', text)
        text = _FORMULA_TEXT.sub(r'\1"\3"', text)
    if "'" in text:
        text = _APOSTROPHE.sub(_unless_inside, text)
    return text


def _unless_inside(mark: re.Match[str]) -> str:
    """Drop an apostrophe that opens a cell, keep any other."""
    start = mark.start()
    return "" if not start or mark.string[start - 1] in _BEFORE_CELL else "'"


def without_outer_quotes(line: str) -> str:
    """Return a line that is one quoted cell as the text in it, any other line as it is."""
    found = _ONE_CELL.fullmatch(line) if line.startswith('"') else None
    return line if found is None else found[1].replace('""', '"')


def without_quoting(text: str) -> str:
    """Return a text without the `>` that mail programs put before what is quoted, if most lines have it."""
    if not _QUOTED.search(text) or len(text) > _MOST_DRAWN:
        return text
    lines = [line for line in text.splitlines() if line.strip()]
    if 2 * sum(line.startswith(">") for line in lines) < len(lines):
        return text
    return _QUOTED.sub("", text)
