"""What an ODS says about its cells beyond their values, and how large its sheets are unpacked."""

from __future__ import annotations

from typing import IO
from xml.parsers.expat import ParserCreate

from desktop_app.domain.language import translator

from .book_marks import CHUNK, MOST_CELLS, MOST_MARKED, MOST_UNPACKED, Marks, Room, sheet_size
from .errors import TooLargeError, UnsafeXmlError
from .watching import Watch, unwatched

_tr = translator("Refusals")
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})


def ods_marks(stream: IO[bytes], room: Room, size: int = 0, watch: Watch = unwatched) -> dict[str, Marks]:
    """Return the marks of an ODS's sheets by title; raise `TooLargeError` for sheets no statement has."""
    reader = _OdsReader(room)
    read = 0
    while chunk := stream.read(CHUNK):
        reader.feed(chunk)
        read += len(chunk)
        watch(min(read / max(size, 1), 1.0))
    reader.feed(b"", last=True)
    return reader.found


class _OdsReader:
    """Follows rows and cells of an ODS, where runs of equal ones are written once with a count."""

    def __init__(self, room: Room) -> None:
        self.found: dict[str, Marks] = {}
        self._room, self._name = room, room.name
        self._marks = Marks()
        self._row = self._column = self._rows = self._filled = 0
        self._longest = self._widest = self._read = self._here = 0
        self._times = 1
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on; raises `ExpatError` for broken XML."""
        self._read += len(chunk)
        if self._read > MOST_UNPACKED:
            raise TooLargeError(self._name, _tr("more than 300 MB when unpacked"), "300 MB")
        self._parser.Parse(chunk, last)

    def _refuse(self, *_: object) -> None:
        raise UnsafeXmlError(self._name)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table:table":
            self._marks = self.found[given.get("table:name", "")] = Marks()
            self._room.add_sheet()
            self._row = self._column = self._longest = self._widest = 0
        elif tag == "table:table-column":
            count = _count(given, "table:number-columns-repeated")
            if given.get("table:visibility") in {"collapse", "filter"}:
                self._marks.hidden_columns.update(range(self._column, min(self._column + count, 16_384)))
            self._column += count
        elif tag == "table:table-row":
            self._rows = _count(given, "table:number-rows-repeated")
            self._column = self._filled = self._here = 0
            if given.get("table:visibility") in {"collapse", "filter"} and self._rows < CHUNK:
                self._marks.hidden_rows.update(range(self._row, self._row + min(self._rows, 1000)))
        elif tag in _CELLS:
            self._cell(given)
        elif tag == "text:s":
            self._room.add_text(_count(given, "text:c") * self._times)

    def _cell(self, given: dict[str, str]) -> None:
        count = _count(given, "table:number-columns-repeated")
        here = (self._row, self._column)
        down = _count(given, "table:number-rows-spanned")
        if down > 1:
            across = _count(given, "table:number-columns-spanned")
            self._marks.merged.append((here, (here[0] + down - 1, here[1] + across - 1)))
        if given.get("office:value-type") == "percentage" and len(self._marks.percents) < MOST_MARKED:
            self._marks.percents.update(
                (row, column)
                for row in range(self._row, self._row + min(self._rows, 1000))
                for column in range(self._column, self._column + min(count, 1000))
            )
        self._column += count
        if "office:value-type" in given:
            self._filled = self._column
            self._here += count
        self._times = max(count * self._rows, 1)
        if self._times > 1:  # what is written once is no longer than the file
            self._room.add_text(len(given.get("office:string-value", "")) * self._times)
            self._parser.CharacterDataHandler = self._words

    def _words(self, words: str) -> None:
        self._room.add_text(len(words) * self._times)

    def _end(self, tag: str) -> None:
        if tag in _CELLS:
            self._parser.CharacterDataHandler = None
        elif tag == "table:table":
            self._room.add_size(self._longest, self._widest)
        if tag != "table:table-row":
            return
        self._row += self._rows
        if self._filled:
            self._longest, self._widest = self._row, max(self._widest, self._filled)
        if self._longest * self._widest > MOST_CELLS:
            what = sheet_size(self._longest, self._widest)
            raise TooLargeError(self._name, what, _tr("5 million cells"))
        self._room.add_written(self._here * self._rows)


def _count(given: dict[str, str], key: str) -> int:
    text = given.get(key, "1")
    return min(int(text), 1 << 40) if text.isascii() and text.isdigit() else 1
