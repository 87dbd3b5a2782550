"""Plain rows of a long text put together straight from its bytes; needs numpy, so load it late.

What is plain here is plain for `lane.Lane` as well; every other row is taken apart on its own.
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

from .columnar import Owner, Plain, Run
from .columns import Role
from .fastgrid import ByteTexts, Chunk, Places, bytes_of
from .fastgrid_checks import differs, fit, in_cents, maybe_torn
from .fastgrid_figures import Figures, read_figures
from .fastgrid_rows import Figured, Stretch
from .gathered import Batch, JoinedBatch
from .grid import Line
from .lane import Lane
from .rows import Instrument
from .textlines import split_one, split_rows
from .thousands import has_torn
from .watching import Watch, unwatched

_MONEY = (Role.VALUE, Role.UNITS, Role.PRICE)
_KNOWN = frozenset(
    {*_MONEY, Role.NAME, Role.SYMBOL, Role.CUSIP, Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.CATEGORY}
)
_END, _RETURN, _SPACE, _ZERO, _NINE = b"\n\r 09"
_NO_DATES: frozenset[str] = frozenset()
_TOLD = 250
"""New names after which the watch is told."""
_LOOKED_AT = 1000
"""Rows after which it shows whether most of them are plain."""
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
        places = np.flatnonzero(kept)
        if len(places) == len(kept):
            return self
        figures = tuple(one.keep(places) for one in self.figures)
        return _Rows(self.at[places], figures, self.funds[places], self.owners[places])


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
        self._instrument_order = [sorted(set(self._instrument)).index(place) for place in self._instrument]
        self._owner_order = [sorted(set(self._owner)).index(place) for place in self._owner]
        self._plain = 0
        self._tell: Callable[[], None] = partial(unwatched, 0.0)

    @property
    def can(self) -> bool:
        """Whether rows of these columns can be told plain from their bytes."""
        index = self.columns.index
        return not self._asks and index.keys() <= _KNOWN and set(_MONEY) <= index.keys()

    def from_bytes(self, watch: Watch) -> list[Line] | None:
        """Return all lines, the plain ones as runs; None where most are not plain."""
        found: list[Line] = []
        for chunk in self._texts.chunks:
            self._tell = partial(watch, chunk.start / len(self._texts.data))
            self._tell()
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
        suspects = np.unique(np.searchsorted(ends, maybe_torn(here, chunk)))
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
        bounds = np.concatenate((np.array([-1], np.int32), chunk.cells))
        before = ended + 1 - self._count
        at = np.flatnonzero(plain)
        if self._count > self._width:
            starts, ends = self._column(chunk, bounds, before, at).of(self._count - 1)
            at = at[starts == ends]
        column = self._column(chunk, bounds, before, at)
        figures = tuple(read_figures(self._texts.data, *column.of(place)) for place in self._money)
        none = np.zeros(len(at), np.int32)
        rows = _Rows(at, figures, none, none).keep(fit(*figures))
        column = self._column(chunk, bounds, before, rows.at)
        pairs = [(column.of(low)[0], column.of(high)[1]) for low, high in _spans(self._instrument)]
        rows = rows._replace(funds=self._numbered(pairs, self._names))
        if self._owner:
            rows = rows._replace(owners=self._owners_of(column))
        return rows.keep((rows.funds >= 0) & (rows.owners >= 0))

    def _column(self, chunk: Chunk, bounds: NDArray[np.int32], before: Places, at: Places) -> _Column:
        return _Column(self._texts, chunk.start, bounds, before[at], chunk.first + at, self._count)

    def _owners_of(self, column: _Column) -> NDArray[np.int32]:
        """Return the number of each row's account, which is often that of the row before."""
        pairs = [(column.of(low)[0], column.of(high)[1]) for low, high in _spans(self._owner)]
        changed = differs(self._texts.data, *pairs[0])
        for pair in pairs[1:]:
            changed |= differs(self._texts.data, *pair)
        changes = np.flatnonzero(changed)
        numbers = self._numbered([(low[changes], high[changes]) for low, high in pairs], self._accounts)
        return np.repeat(numbers, np.diff(changes, append=len(changed)))

    def _numbered(self, pairs: Sequence[tuple[Places, Places]], names: _Names) -> NDArray[np.int32]:
        """Return the number of what stands between each row's pairs of places."""
        data = self._texts.data
        if len(pairs) == 1:
            both = zip(pairs[0][0].tolist(), pairs[0][1].tolist(), strict=True)
            return np.array([names[data[low:high]] for low, high in both], np.int32)
        parts = [
            [data[low:high] for low, high in zip(lows.tolist(), highs.tolist(), strict=True)]
            for lows, highs in pairs
        ]
        return np.array([names[self._joint(key)] for key in zip(*parts, strict=True)], np.int32)

    def _joint(self, parts: tuple[bytes, ...]) -> bytes:
        return bytes([self._separator]).join(parts)

    def _cells(self, raw: bytes, places: Sequence[int]) -> tuple[str, ...]:
        """Return the cells of some columns in their order from the bytes of just these."""
        text = raw.decode()
        cells = (
            split_one(text, self._texts.separator)[0] if '"' in text else text.split(self._texts.separator)
        )
        return tuple([cells[place] for place in places])

    def _name(self, raw: bytes) -> int:
        cells = self._cells(raw, self._instrument_order)
        item = self._item(cells)
        fund = self._fund_of(item)
        if fund is None:
            return -1
        self._known.append((fund, item))
        if len(self._known) % _TOLD == 0:
            self._tell()
        return len(self._known) - 1

    def _own(self, raw: bytes) -> int:
        owner = self._account(self._cells(raw, self._owner_order))
        if owner is None:
            return -1
        self._owned.append(owner)
        return len(self._owned) - 1

    def _leave_odd_single(self, plain: _Mask, odd: _Lines) -> None:
        """Leave rows right below headings single, as `Lane` does."""
        below = 0
        single = np.flatnonzero(~plain).tolist()
        for k, cells in zip(single, odd.take_apart(single), strict=True):
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
                rows.at + first + 1, rows.funds, self._known, in_cents(rows.figures[0]), rows.figures[1:]
            )
            changes = np.flatnonzero(np.diff(rows.owners, prepend=-1))
            owners = [self._owned[number] for number in rows.owners[changes].tolist()]
            accounts = _Accounts(changes.tolist(), owners)
            lows, highs = _followers(rows.at)
            starts, lasts = rows.at[lows].tolist(), rows.at[highs - 1].tolist()
            names = [self._known[number][1] for number in rows.funds[highs - 1].tolist()]
            odd.take_apart(starts)
            spans = zip(lows.tolist(), highs.tolist(), starts, lasts, names, strict=True)
            for low, high, start, last, name in spans:
                if start > done:
                    yield from map(odd.line, range(done, start))
                done = last + 1
                yield self._long_line(odd.line(start), accounts.shares(batch, low, high), name)
        yield from map(odd.line, range(done, count))

    def _long_line(self, line: Line, shares: list[tuple[Owner, Batch]], last: Instrument) -> Run:
        """Return rows that follow each other as one; `line` is the first of them."""
        batch = shares[0][1] if len(shares) == 1 else JoinedBatch([part for _, part in shares])
        start = line.number - 1
        said = partial(_said, self._texts, start, start + batch.size)
        run = Run(*line)
        run.plain = Plain(
            batch, shares, said, weighted=False, dates=_NO_DATES, last=last, lane=self, start=start
        )
        return run


class _Accounts(NamedTuple):
    """Where the account of a chunk's rows changes, and which begins there."""

    changes: list[int]
    owners: list[Owner]

    def shares(self, every: Figured, low: int, high: int) -> list[tuple[Owner, Batch]]:
        """Return the parts of some rows, each with its account."""
        at = bisect_right(self.changes, low)
        if at == len(self.changes) or self.changes[at] >= high:
            return [(self.owners[at - 1], Stretch(every, low, high))]
        inside = self.changes[at : bisect_left(self.changes, high)]
        cuts = pairwise((low, *inside, high))
        return [(self.owners[at - 1 + i], Stretch(every, *cut)) for i, cut in enumerate(cuts)]


class _Lines:
    """The lines of a chunk that are taken apart on their own."""

    def __init__(self, texts: ByteTexts, first: int) -> None:
        self._texts = texts
        self._first = first
        self._known: dict[int, Line] = {}

    def take_apart(self, places: list[int]) -> list[list[str]]:
        """Return the cells of some lines, all at once where that can be done."""
        texts = [self._texts[self._first + k] for k in places]
        rows = split_rows(texts, self._texts.separator, balanced=True)
        if rows is None:
            rows = [split_one(text, self._texts.separator)[0] for text in texts]
        numbers = [self._first + k + 1 for k in places]
        self._known.update(zip(places, map(Line, numbers, rows, texts), strict=True))
        return rows

    def line(self, k: int) -> Line:
        """Return a line by its place in the chunk."""
        if k not in self._known:
            self.take_apart([k])
        return self._known[k]


class _Column(NamedTuple):
    """Where the cells of some rows of a chunk are: `bounds` are the ends of all cells of the chunk.

    `before` is the place in `bounds` before each row's first cell, `lines` the row's place in the text.
    """

    texts: ByteTexts
    start: int
    bounds: NDArray[np.int32]
    before: Places
    lines: Places
    width: int

    def of(self, place: int) -> tuple[Places, Places]:
        """Return the bytes between which the cells of a column stand."""
        starts = self.bounds[self.before + place] + np.int64(self.start + 1)
        if place == self.width - 1:
            return starts, self.texts.ends[self.lines]
        return starts, self.bounds[self.before + (place + 1)] + np.int64(self.start)


def _lines_until(chunk: Chunk, texts: ByteTexts) -> int:
    """Return the number of lines up to the end of a chunk."""
    return int(np.searchsorted(texts.starts, chunk.end))


def _said(texts: ByteTexts, start: int, end: int) -> Iterator[tuple[str, str, str]]:
    """Yield the rows as they stand in the file; none gives a share of the whole or a day."""
    return ((texts[i], "", "") for i in range(start, end))


def _spans(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of columns that stand side by side."""
    order = sorted(set(places))
    starts = [place for place in order if place - 1 not in order]
    ends = [place for place in order if place + 1 not in order]
    return list(zip(starts, ends, strict=True))


def _followers(at: Places) -> tuple[Places, Places]:
    """Return where stretches of lines that follow each other begin and end, single lines left out."""
    cuts = np.flatnonzero(np.diff(at) != 1) + 1
    lows, highs = np.concatenate(([0], cuts)), np.concatenate((cuts, [len(at)]))
    long = np.flatnonzero(highs - lows > 1)
    return lows[long], highs[long]


def fast_lines(lane: Lane, texts: Sequence[str], watch: Watch) -> list[Line] | None:
    """Return the lines of a lane's text with runs in place of its plain rows.

    None where that must be left to the lane. Raises what `watch` raises.
    """
    if not isinstance(texts, ByteTexts):
        return None
    fast = FastLane(lane, texts)
    return fast.from_bytes(watch) if fast.can else None
