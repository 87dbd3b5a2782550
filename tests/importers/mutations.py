"""Changes to statement files: such as keep their meaning, and such as damage them.

Used by the suite (a few hundred) and by `python3 packaging/dev.py fuzz` (twenty thousand and more).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from random import Random

Rows = list[list[str]]


def separator_of(text: str) -> str:
    """Return what stands most often between cells of these files."""
    return max(",;\t", key=text.count)


def rows_of(text: str) -> Rows:
    """Split text into rows of cells."""
    return list(csv.reader(io.StringIO(text), delimiter=separator_of(text), skipinitialspace=True))


def text_of(rows: Rows, separator: str = ",", *, quote_all: bool = False, end: str = "\r\n") -> str:
    """Write rows as text."""
    out = io.StringIO()
    style = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, quoting=style, lineterminator=end).writerows(rows)
    return out.getvalue()


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")


def with_mark(text: str, _: Random) -> bytes:
    """Put a byte order mark in front."""
    return text.encode("utf-8-sig")


def as_utf16(text: str, random: Random) -> bytes:
    """Write as UTF-16, as spreadsheets' “Unicode text”."""
    if random.random() < 0.5:
        return text.encode("utf-16")
    return b"\xfe\xff" + text.encode("utf-16-be")


def as_windows(text: str, _: Random) -> bytes:
    """Write in the Windows Western code page where it can hold the text."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return _utf8(text)


def other_separator(text: str, random: Random) -> bytes:
    """Save with semicolons, tabs or bars."""
    return _utf8(text_of(rows_of(text), random.choice(";\t|")))


def quote_everything(text: str, _: Random) -> bytes:
    """Quote every cell."""
    return _utf8(text_of(rows_of(text), quote_all=True))


def other_line_ends(text: str, random: Random) -> bytes:
    """End lines as Unix or as an old Mac does."""
    return _utf8(text.replace("\r\n", "\n").replace("\n", random.choice(["\n", "\r", "\r\n"])))


def pad_lines(text: str, random: Random) -> bytes:
    """Pad every line with empty cells, as a spreadsheet does when it saves."""
    rows = rows_of(text)
    width = max(map(len, rows), default=0) + random.randint(0, 3)
    return _utf8(text_of([row + [""] * (width - len(row)) for row in rows]))


def trailing_commas(text: str, _: Random) -> bytes:
    """End every line that is not empty with one more separator."""
    mark = separator_of(text)
    lines = text.replace("\r\n", "\n").split("\n")
    if any(line.count('"') % 2 for line in lines):
        return _utf8(text)
    return _utf8("\n".join(f"{line}{mark}" if line.strip() else line for line in lines))


def spaced_cells(text: str, _: Random) -> bytes:
    """Put spaces round every cell that has something in it."""
    rows = [[f" {cell} " if cell.strip() else cell for cell in row] for row in rows_of(text)]
    return _utf8(text_of(rows))


def extra_lines(text: str, random: Random) -> bytes:
    """Add empty lines at the top and a remark at the end."""
    remark = random.choice(
        [
            "Thank you for investing with us.",
            "Values are as of the close of the market.",
            "* Delayed by 15 minutes",
        ]
    )
    return _utf8("\n" * random.randint(0, 3) + text.rstrip("\r\n") + "\r\n\r\n" + remark + "\r\n")


SAME_MEANING: tuple[Callable[[str, Random], bytes], ...] = (
    with_mark,
    as_utf16,
    as_windows,
    other_separator,
    quote_everything,
    other_line_ends,
    pad_lines,
    trailing_commas,
    spaced_cells,
    extra_lines,
)
"""Changes after which every file says the same."""


def shuffle_columns(text: str, random: Random) -> bytes:
    """Put the columns of a one-table file in another order."""
    rows = rows_of(text)
    width = max(map(len, rows), default=0)
    order = random.sample(range(width), width)
    return _utf8(
        text_of([[(row + [""] * width)[place] for place in order] if len(row) > 1 else row for row in rows])
    )


def more_columns(text: str, random: Random) -> bytes:
    """Add columns nobody asked for, in front or behind: figures, percents, words."""
    rows = rows_of(text)
    width = max(map(len, rows), default=0)
    heading = next((i for i, row in enumerate(rows) if len(row) > 1), 0)
    title, cell = random.choice(
        [("Day Change", "12.50"), ("YTD Return %", "7.25%"), ("Rating", "AA"), ("52 Week High", "$99.10")]
    )
    made = []
    for i, row in enumerate(rows):
        extra = title if i == heading else cell if i > heading and len(row) > 1 else ""
        made.append((row + [""] * (width - len(row)) + [extra]) if len(row) > 1 else row)
    return _utf8(text_of(made))


def loud_headings(text: str, random: Random) -> bytes:
    """Write the headings in capitals, or with footnote stars."""
    rows = rows_of(text)
    heading = next((i for i, row in enumerate(rows) if len(row) > 1), 0)
    change: Callable[[str], str] = random.choice(
        [str.upper, str.lower, lambda cell: f"{cell}*" if cell else cell]
    )
    rows[heading] = [change(cell) for cell in rows[heading]]
    return _utf8(text_of(rows))


ONE_TABLE: tuple[Callable[[str, Random], bytes], ...] = (shuffle_columns, more_columns, loud_headings)
"""Changes after which a file with a single table, headed by its first line, says the same."""

_NOISE = [
    b'"', b",", b"\n", b"\r", b";", b"\t", b"\x00", b"$", b"(", b"-", b"\xff\xfe", b"9" * 50, b"Total,",
    b"e9", b"NaN", b"Infinity", b"<table>", b"&amp;", b"1.234,56", b"=1+1", b"%", b"\xe2\x80\x8b", b"--",
    b"Account,", b"\xa0",
]  # fmt: skip


def damage(data: bytes, random: Random) -> bytes:
    """Return the file with one to twelve wounds: bytes changed, cut, repeated, or cut short."""
    wounded = bytearray(data)
    for _ in range(random.randint(1, 12)):
        if not wounded:
            break
        place, kind = random.randrange(len(wounded)), random.random()
        if kind < 0.3:
            wounded[place] = random.randrange(256)
        elif kind < 0.5:
            del wounded[place : place + random.randint(1, 40)]
        elif kind < 0.75:
            wounded[place:place] = random.choice(_NOISE)
        elif kind < 0.92:
            other = random.randrange(len(wounded))
            wounded[place:place] = wounded[other : other + random.randint(1, 200)]
        else:
            del wounded[place:]
    return bytes(wounded)


def damage_lines(text: str, random: Random) -> bytes:
    """Return the file with lines doubled, lost, swapped, torn apart or joined, cells moved."""
    lines = text.replace("\r\n", "\n").split("\n")
    for _ in range(random.randint(1, 4)):
        if len(lines) < 2:
            break
        place, other = random.randrange(len(lines)), random.randrange(len(lines))
        kind = random.randrange(6)
        if kind == 0:
            lines.insert(other, lines[place])
        elif kind == 1:
            del lines[place]
        elif kind == 2:
            lines[place], lines[other] = lines[other], lines[place]
        elif kind == 3:
            cut = random.randint(0, len(lines[place]))
            lines[place : place + 1] = [lines[place][:cut], lines[place][cut:]]
        elif kind == 4:
            lines[place : place + 2] = ["".join(lines[place : place + 2])]
        else:
            cells = lines[place].split(",")
            random.shuffle(cells)
            lines[place] = ",".join(cells)
    return _utf8("\n".join(lines))
