"""How much text the cells of a workbook hold: a text that is written once may stand in all of them.

The reader of workbooks gives each cell a text of its own; more than there is memory for ends the program.
"""

from __future__ import annotations

import zipfile
from typing import IO
from xml.parsers.expat import ParserCreate

from .book_marks import Room, xlsx_sheets


def check_texts(archive: zipfile.ZipFile, room: Room) -> None:
    """Raise `TooLargeError` where the shared texts of an XLSX, as often as cells use them, are too long.

    Where the longest text could stand in every cell, nothing is counted. Raises `ExpatError` for broken XML.
    """
    shared = [each for each in archive.infolist() if each.filename.casefold().endswith("sharedstrings.xml")]
    for entry in shared:
        with archive.open(entry) as stream:
            lengths = _lengths(stream)
        if max(lengths, default=0) <= room.longest_text:
            continue
        for sheet in xlsx_sheets(archive):
            if sheet.filename not in {each.filename for each in shared}:
                with archive.open(sheet) as stream:
                    _count_uses(stream, lengths, room)


def _lengths(stream: IO[bytes]) -> list[int]:
    """Return how long each shared text is."""
    found: list[int] = []

    def start(tag: str, _given: dict[str, str]) -> None:
        if _plain(tag) == "si":
            found.append(0)

    def text(words: str) -> None:
        if found:
            found[-1] += len(words)

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.ParseFile(stream)
    return found


def _count_uses(stream: IO[bytes], lengths: list[int], room: Room) -> None:
    """Count the texts that the cells of one sheet name by their number."""
    number: list[str] = []
    shares = [False]

    def start(tag: str, given: dict[str, str]) -> None:
        if _plain(tag) == "c":
            shares[0] = given.get("t") == "s"
        number.clear()

    def end(tag: str) -> None:
        text = "".join(number).strip()
        if (
            shares[0]
            and _plain(tag) == "v"
            and text.isascii()
            and text.isdigit()
            and int(text) < len(lengths)
        ):
            room.add_text(lengths[int(text)])

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = number.append
    parser.ParseFile(stream)


def _plain(tag: str) -> str:
    """Return the name of an element without its prefix."""
    return tag.rpartition(":")[2]
