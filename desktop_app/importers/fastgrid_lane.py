"""Plain rows of a long text put together straight from its bytes; needs numpy, so load it late.

What is plain here is plain for `columnar.Lane` as well; every other row is taken apart on its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.funds import Fund
from desktop_app.domain.money import to_cents

from .columnar import Lane, Owner, Plain, Run
from .columns import Role
from .fastgrid import ByteTexts, Chunk, Places, bytes_of
from .fastgrid_figures import Figures, read_figures
from .fastgrid_rows import Figured, Stretch, exactly
from .gathered import Batch, JoinedBatch
from .grid import Line
from .rows import Instrument
from .textlines import split_one
from .thousands import has_torn
from .watching import Watch

_MONEY = (Role.VALUE, Role.UNITS, Role.PRICE)
_KNOWN = frozenset(
    {*_MONEY, Role.NAME, Role.SYMBOL, Role.CUSIP, Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.CATEGORY}
)
_END, _RETURN, _SPACE, _ZERO, _NINE = b"\n\r 09"
_ROUNDING = 0.05
_LARGEST = 1e12
"""Dollars; sums of a chunk of such values fit into 64 bits."""
_LOOKED_AT = 1000
"""Rows after which it shows whether most of them are plain."""
_WORD = 8
_MOST_WORDS = 8
_FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)
_Mask = NDArray[np.bool_]


class _Names(dict[bytes, int]):
    """What cells that come again and again stand for, by number; -1 for those that are not plain."""

    def __init__(self, read: Callable[[bytes], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: bytes) -> int:
        found = self[raw] = self._read(raw)
        return found


class _Rows(NamedTuple):
    """The rows of a chunk that may still be plain: their lines in it, and what has been read of them."""

    at: Places
    figures: tuple[Figures, ...]
    funds: NDArray[np.int32]
    owners: NDArray[np.int32]

    def keep(self, kept: _Mask) -> _Rows:
        """Return some of the rows."""
        if kept.all():
            return self
        figures = tuple(one.keep(kept) for one in self.figures)
        return _Rows(self.at[kept], figures, self.funds[kept], self.owners[kept])


class FastLane(Lane):
    """Reads the plain rows of one long text that stands under one heading, a chunk of bytes at a time."""

    def __init__(self, lane: Lane, texts: ByteTexts) -> None:
        super().__init__(lane.lines, lane.columns, lane.layout, lane.apart, lane.first)
        self._texts = texts
        self._separator = ord(texts.separator)
        self._count = 0
        self._known: list[tuple[Fund, Instrument]] = []
        self._owned: list[Owner] = [("", "")]
        self._names = _Names(self._name)
        self._accounts = _Names(self._own)
        self._plain = 0

    @property
    def can(self) -> bool:
        """Whether rows of these columns can be told plain from their bytes."""
        index = self.columns.index
        return not self._asks and index.keys() <= _KNOWN and set(_MONEY) <= index.keys()

    def from_bytes(self, watch: Watch) -> list[Line] | None:
        """Return all lines, the plain ones as runs; None where most are not plain."""
        found: list[Line] = []
        for chunk in self._texts.chunks:
            watch(chunk.start / len(self._texts.data))
            found.extend(self._chunk(chunk))
            seen = _lines_until(chunk, self._texts) - self.first
            if seen > _LOOKED_AT and self._plain * 2 < seen:
                return None
        return found

    def _chunk(self, chunk: Chunk) -> Iterator[Line]:
        here = bytes_of(self._texts.data, chunk.start, chunk.end)
        ended = np.flatnonzero(here[chunk.cells] == _END)
        counts = np.diff(ended, prepend=-1)
        plain = self._may_be_plain(chunk, here, ended, counts)
        rows = self._rows(chunk, plain, ended)
        plain[:] = False
        plain[rows.at] = True
        odd = _Lines(self._texts, chunk.first)
        self._leave_odd_single(plain, odd)
        rows = rows.keep(plain[rows.at])
        self._plain += len(rows.at)
        yield from self._together(rows, chunk.first, len(ended), odd)

    def _may_be_plain(self, chunk: Chunk, here: NDArray[np.uint8], ended: Places, counts: Places) -> _Mask:
        """Return the lines with the right number of cells, plain quotes and no torn amounts."""
        self._count = self._count or self._usual(counts)
        plain: _Mask = counts == self._count
        plain[: max(self.first - chunk.first, 0)] = False
        ends = chunk.cells[ended]
        plain[np.searchsorted(ends, self._badly_quoted(here, chunk.quotes))] = False
        for number in self.apart:
            if 0 <= number - 1 - chunk.first < len(plain):
                plain[number - 1 - chunk.first] = False
        suspects = np.unique(np.searchsorted(ends, _maybe_torn(here, chunk)))
        for k in suspects[plain[suspects]].tolist():
            cells, text = split_one(self._texts[chunk.first + k], self._texts.separator)
            plain[k] = not has_torn(cells, text)
        return plain

    def _usual(self, counts: Places) -> int:
        """Return the number of cells most rows have, -1 where such rows cannot be plain."""
        usual = int(np.bincount(counts).argmax())
        return usual if max(self._used) < usual <= self._width + 1 else -1

    def _badly_quoted(self, here: NDArray[np.uint8], quotes: NDArray[np.int32]) -> Places:
        """Return quotes that stand elsewhere than around a whole cell."""
        opening, closing = quotes[::2], quotes[1::2]
        before, after = here[opening - 1], here[closing + 1]
        good = (before == self._separator) | (before == _END)
        good &= (after == self._separator) | (after == _END) | (after == _RETURN)
        bad: Places = opening[~good].astype(np.int64)
        return bad

    def _rows(self, chunk: Chunk, plain: _Mask, ended: Places) -> _Rows:
        """Return the lines whose cells are those of a plain row."""
        at = np.flatnonzero(plain)
        bounds = np.concatenate((np.array([-1]), chunk.cells)) + chunk.start
        column = _Column(self._texts, bounds, ended[at] + 1 - self._count, chunk.first + at, self._count)
        if self._count > self._width:
            starts, ends = column.of(self._count - 1)
            at = at[starts == ends]
            column = _Column(self._texts, bounds, ended[at] + 1 - self._count, chunk.first + at, self._count)
        figures = self._figures(column)
        good = _fit(*figures)
        none = np.zeros(len(at), np.int32)
        rows = _Rows(at, figures, none, none).keep(good)
        column = _Column(
            self._texts, bounds, ended[rows.at] + 1 - self._count, chunk.first + rows.at, self._count
        )
        rows = rows._replace(funds=self._numbered(column, self._instrument, self._names))
        if self._owner:
            rows = rows._replace(owners=self._numbered(column, self._owner, self._accounts))
        return rows.keep((rows.funds >= 0) & (rows.owners >= 0))

    def _figures(self, column: _Column) -> tuple[Figures, ...]:
        """Return the values, units and prices."""
        found = [column.of(place) for place in self._money]
        starts, ends = (np.concatenate([pair[k] for pair in found]) for k in (0, 1))
        every = read_figures(self._texts.data, starts, ends)
        size = len(starts) // len(found)
        parts = [slice(k * size, (k + 1) * size) for k in range(len(found))]
        return tuple(Figures(every.numbers[part], every.decimals[part], every.plain[part]) for part in parts)

    def _numbered(self, column: _Column, places: Sequence[int], names: _Names) -> NDArray[np.int32]:
        """Return the number of what each row's cells stand for."""
        spans = _spans(places)
        pairs = [(column.of(low)[0], column.of(high)[1]) for low, high in spans]
        data = self._texts.data
        changed = _changes(data, *pairs[0])
        for pair in pairs[1:]:
            changed |= _changes(data, *pair)
        changes = np.flatnonzero(changed)
        raw: list[list[bytes]] = []
        for starts, ends in pairs:
            both = zip(starts[changes].tolist(), ends[changes].tolist(), strict=True)
            raw.append([data[start:end] for start, end in both])
        keys = raw[0] if len(raw) == 1 else list(map(self._joint, zip(*raw, strict=True)))
        numbers = np.fromiter(map(names.__getitem__, keys), np.int32, len(keys))
        return np.repeat(numbers, np.diff(changes, append=len(changed)))

    def _joint(self, parts: tuple[bytes, ...]) -> bytes:
        return bytes([self._separator]).join(parts)

    def _cells(self, raw: bytes, places: Sequence[int]) -> tuple[str, ...]:
        """Return the cells of some columns in their order from the bytes of just these."""
        cells, _ = split_one(raw.decode(), self._texts.separator)
        cells = cells or [""]
        order = sorted({place for low, high in _spans(places) for place in range(low, high + 1)})
        return tuple(cells[order.index(place)] for place in places)

    def _name(self, raw: bytes) -> int:
        cells = self._cells(raw, self._instrument)
        fund = self._fund(cells)
        if fund is None:
            return -1
        self._known.append((fund, self._item(cells)))
        return len(self._known) - 1

    def _own(self, raw: bytes) -> int:
        owner = self._account(self._cells(raw, self._owner))
        if owner is None:
            return -1
        self._owned.append(owner)
        return len(self._owned) - 1

    def _leave_odd_single(self, plain: _Mask, odd: _Lines) -> None:
        """Leave rows right below headings single, as `Lane` does."""
        below = 0
        for k in np.flatnonzero(~plain).tolist():
            cells = odd.line(k).cells
            if not self._may_head(cells):
                continue
            self._clear(plain, below, k)
            self._head(cells)
            below = k + 1
        self._clear(plain, below, len(plain))

    def _clear(self, plain: _Mask, start: int, end: int) -> None:
        single = self._below(start, end)
        plain[single.start : single.stop] = False

    def _together(self, rows: _Rows, first: int, count: int, odd: _Lines) -> Iterator[Line]:
        """Yield all lines of a chunk, the plain ones that follow each other as one."""
        done = 0
        if len(rows.at):
            batch = Figured(
                rows.at + first + 1, rows.funds, self._known, _in_cents(rows.figures[0]), rows.figures[1:]
            )
            changes = np.flatnonzero(np.diff(rows.owners, prepend=-1)).tolist()
            for low, high in _followers(rows.at):
                start, end = int(rows.at[low]), int(rows.at[high - 1]) + 1
                yield from map(odd.line, range(done, start))
                done = end
                yield self._long_line(odd.line(start), batch, rows, changes, low, high)
        yield from map(odd.line, range(done, count))

    def _long_line(
        self, line: Line, batch: Figured, rows: _Rows, changes: list[int], low: int, high: int
    ) -> Run:
        """Return the rows from `low` to `high` as one; `changes` is where the account changes."""
        inside = changes[bisect_right(changes, low) : bisect_left(changes, high)]
        shares: list[tuple[Owner, Batch]] = [
            (self._owned[rows.owners[start]], Stretch(batch, start, end))
            for start, end in pairwise((low, *inside, high))
        ]
        whole = shares[0][1] if len(shares) == 1 else JoinedBatch([part for _, part in shares])
        start = line.number - 1
        said = partial(_said, self._texts, start, start + high - low)
        last = self._known[rows.funds[high - 1]][1]
        run = Run(*line)
        run.plain = Plain(
            whole, shares, said, weighted=False, dates=frozenset(), last=last, lane=self, start=start
        )
        return run


class _Lines:
    """The lines of a chunk that are taken apart on their own."""

    def __init__(self, texts: ByteTexts, first: int) -> None:
        self._texts = texts
        self._first = first
        self._known: dict[int, Line] = {}

    def line(self, k: int) -> Line:
        """Return a line by its place in the chunk."""
        found = self._known.get(k)
        if found is None:
            at = self._first + k
            found = self._known[k] = Line(at + 1, *split_one(self._texts[at], self._texts.separator))
        return found


class _Column(NamedTuple):
    """Where the cells of some rows of a chunk are: `bounds` are the ends of all cells of the chunk.

    `before` is the place in `bounds` before each row's first cell, `lines` the row's place in the text.
    """

    texts: ByteTexts
    bounds: Places
    before: Places
    lines: Places
    width: int

    def of(self, place: int) -> tuple[Places, Places]:
        """Return the bytes between which the cells of a column stand."""
        starts = self.bounds[self.before + place] + 1
        if place == self.width - 1:
            return starts, self.texts.ends[self.lines]
        return starts, self.bounds[self.before + (place + 1)]


def _lines_until(chunk: Chunk, texts: ByteTexts) -> int:
    """Return the number of lines up to the end of a chunk."""
    return int(np.searchsorted(texts.starts, chunk.end))


def _said(texts: ByteTexts, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the rows as they stand in the file; none gives a share of the whole."""
    return ((texts[i], "") for i in range(start, end))


def _fit(value: Figures, units: Figures, price: Figures) -> _Mask:
    """Tell which rows have figures that surely agree with each other."""
    amount, product = value.rough, units.rough * price.rough
    gap, doubt = np.abs(amount - product), (amount + product) * 1e-11 + 1e-11
    agree = (gap <= _ROUNDING - doubt) | (gap * 100 <= amount - doubt * 100)
    return value.plain & units.plain & price.plain & (amount < _LARGEST) & agree


def _in_cents(values: Figures) -> NDArray[np.int64]:
    """Return values as whole cents."""
    short = values.decimals <= 2
    cents: NDArray[np.int64] = values.numbers * 10 ** np.where(short, 2 - values.decimals.astype(np.int64), 0)
    for k in np.flatnonzero(~short).tolist():
        exact = to_cents(exactly(int(values.numbers[k]), int(values.decimals[k])))
        cents[k] = int(exact.scaleb(2))
    return cents


def _maybe_torn(here: NDArray[np.uint8], chunk: Chunk) -> Places:
    """Return the places before cells that may be the second part of an amount torn at its comma."""
    places = np.concatenate((np.array([-1]), chunk.cells[:-1], chunk.quotes))
    behind = here[places + 1]
    places = places[(behind == _ZERO) | (behind == _SPACE)]
    spaced = places[here[places + 1] == _SPACE] + 1
    zeros = places[here[places + 1] == _ZERO] + 1
    digits = here[np.minimum(zeros[:, None] + np.arange(1, 4), len(here) - 1)]
    is_digit = (digits >= _ZERO) & (digits <= _NINE)
    return np.concatenate((spaced, zeros[is_digit[:, 0] & is_digit[:, 1] & ~is_digit[:, 2]]))


def _changes(data: bytes, starts: Places, ends: Places) -> _Mask:
    """Tell which rows may have other bytes there than the row before; the first always has."""
    changes = np.ones(len(starts), bool)
    length = ends - starts
    words = int(length.max(initial=0)) // _WORD + 1
    if words > _MOST_WORDS or int(starts.max(initial=0)) + words * _WORD > len(data):
        return changes
    changes[1:] = length[1:] != length[:-1]
    every = np.ndarray((len(data) - _WORD + 1,), "<u8", data, 0, (1,))
    for word in range(words):
        part = every[starts + word * _WORD] & _FIRST_BYTES[np.clip(length - word * _WORD, 0, _WORD)]
        changes[1:] |= part[1:] != part[:-1]
    return changes


def _spans(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of columns that stand side by side."""
    order = sorted(set(places))
    starts = [place for place in order if place - 1 not in order]
    ends = [place for place in order if place + 1 not in order]
    return list(zip(starts, ends, strict=True))


def _followers(at: Places) -> Iterator[tuple[int, int]]:
    """Yield where stretches of lines that follow each other begin and end, single lines left out."""
    cuts = (np.flatnonzero(np.diff(at) != 1) + 1).tolist()
    for low, high in pairwise((0, *cuts, len(at))):
        if high - low > 1:
            yield low, high


def fast_lines(lane: Lane, texts: Sequence[str], watch: Watch) -> list[Line] | None:
    """Return the lines of a lane's text with runs in place of its plain rows.

    None where that must be left to the lane. Raises what `watch` raises.
    """
    if not isinstance(texts, ByteTexts):
        return None
    fast = FastLane(lane, texts)
    return fast.from_bytes(watch) if fast.can else None
