"""The bytes of a long text, with the places where its lines and cells end; needs numpy, so load it late.

Only plain texts are taken: UTF-8, no marks or frames, no line with an odd number of quotes. What is found
here is then just what taking the text apart line by line finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from .decoding import decode
from .drawn import without_frames
from .errors import UnreadableFileError
from .patterns import late_regex
from .watching import Watch

Places = NDArray[np.int64]
_CHUNK = 1 << 21
_BOM = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_APOSTROPHE = late_regex(rb"'[-+=.0-9]")
_SAMPLE = 200_000
_MOST_DRAWN = 2_000_000
_LONGEST_LINE = 100_000
_END = 10
_RETURN = 13
QUOTE = 34


class Chunk(NamedTuple):
    """Whole lines from byte `start` to `end`; `first` is how many lines stand before them.

    `cells` are the bytes, counted from `start`, at which cells end, `quotes` those of quotation marks.
    """

    start: int
    end: int
    first: int
    cells: NDArray[np.int32]
    quotes: NDArray[np.int32]


class ByteTexts(Sequence[str]):
    """The lines of a text, made when they are looked at."""

    def __init__(
        self, data: bytes, starts: Places, ends: Places, separator: str, chunks: list[Chunk]
    ) -> None:
        self.data = data
        self.separator = separator
        self.chunks = chunks
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self.starts)))]
        return self.data[self.starts[at] : self.ends[at]].decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self.starts)))


def most_lines(data: bytes) -> int:
    """Return how many lines a text has at most, whichever way they end."""
    counts = [0, 0]
    for low in range(0, len(data), _CHUNK):
        here = np.frombuffer(data, np.uint8, min(_CHUNK, len(data) - low), low)
        counts = [
            count + int(np.count_nonzero(here == mark))
            for count, mark in zip(counts, (_END, _RETURN), strict=True)
        ]
    return max(counts)


def opening(data: bytes, count: int) -> list[str]:
    """Return the first lines of a text."""
    head = data[:_SAMPLE]
    lines = (head if head.count(b"\n") >= count else data).split(b"\n", count)[:count]
    return [line.removesuffix(b"\r").decode() for line in lines]


def plain_bytes(data: bytes, name: str) -> bytes | None:
    """Return the bytes of a plain text in UTF-8 without its mark, None for any other."""
    if data.startswith(_OTHER_MARKS) or b"\x00" in data:
        return None
    data = data.removeprefix(_BOM)
    if (
        (b"=" in data and b'="' in data)
        or (b"'" in data and _APOSTROPHE.search(data))
        or data.startswith(_BOM)
    ):
        return None
    try:
        if data.isascii() and len(data) > _MOST_DRAWN:
            decode(data[:_SAMPLE], name)
        else:
            text = data.decode()
            decode(data, name)
            if without_frames(text) is not text:
                return None
    except (UnicodeDecodeError, UnreadableFileError):
        return None
    return data


def byte_texts(data: bytes, separator: str, watch: Watch) -> ByteTexts | None:
    """Take plain bytes apart; None where quotes or line ends need judging. Raises what `watch` raises."""
    chunks: list[Chunk] = []
    starts: list[Places] = []
    ends: list[Places] = []
    first = 0
    for low, high in _stretches(data):
        watch(low / len(data))
        here = bytes_of(data, low, high)
        found = _taken_apart(here, ord(separator))
        if found is None:
            return None
        cells, quotes = found
        ended = cells[here[cells] == _END].astype(np.int64)
        chunks.append(Chunk(low, high, first, cells, quotes))
        first += len(ended)
        back = (here[ended - 1] == _RETURN) & (ended > 0)
        if np.count_nonzero(here == _RETURN) != np.count_nonzero(back):
            return None
        begun = np.concatenate((np.zeros(1, np.int64), ended[:-1] + 1))
        starts.append(begun + low)
        ends.append(ended - back + low)
    lines = (np.concatenate(starts), np.concatenate(ends))
    if int((lines[1] - lines[0]).max()) > _LONGEST_LINE:
        return None
    return ByteTexts(data, *lines, separator, chunks)


def bytes_of(data: bytes, low: int, high: int) -> NDArray[np.uint8]:
    """Return a stretch of bytes as numbers, always ended by a line end."""
    if high > len(data):
        return np.frombuffer(data[low:] + b"\n", np.uint8)
    return np.frombuffer(data, np.uint8, high - low, low)


def _stretches(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield whole lines, about `_CHUNK` bytes at a time; the last one ends with a line end of its own."""
    low = 0
    while low <= len(data):
        high = data.rfind(b"\n", low, low + _CHUNK) + 1
        if not high:
            high = data.find(b"\n", low) + 1
        if not high:
            high = len(data) + 1
        yield low, high
        low = high


def _taken_apart(
    here: NDArray[np.uint8], separator: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]] | None:
    """Return where cells end and where quotes are, None where a line has an odd number of quotes."""
    marks = here == separator
    marks |= here == QUOTE
    marks |= here == _END
    places = np.flatnonzero(marks)
    kinds = here[places]
    quotes = np.flatnonzero(kinds == QUOTE)
    if len(quotes) % 2:
        return None
    outside = kinds != QUOTE
    inner, closing = quotes[::2] + 1, quotes[1::2]
    while len(left := np.flatnonzero(inner < closing)):
        inner, closing = inner[left], closing[left]
        outside[inner] = False
        inner = inner + 1
    if not outside[np.flatnonzero(kinds == _END)].all():
        return None
    return places[np.flatnonzero(outside)].astype(np.int32), places[quotes].astype(np.int32)
