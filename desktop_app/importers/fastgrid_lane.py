"""Plain rows of a long text put together straight from its bytes; needs numpy, so load it late.

What is plain here is plain for `lane.Lane` as well; every other row is taken apart on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.funds import Fund

from .amounts import is_missing
from .columnar import Owner, Plain, Run
from .columns import Role
from .fastgrid import ByteTexts, Chunk, Places, bytes_of
from .fastgrid_checks import fit, in_cents, maybe_blank, maybe_sentence, maybe_torn
from .fastgrid_figures import Figures, read_figures
from .fastgrid_names import NameBook
from .fastgrid_places import Column, OddLines, Parts, followers, lines_until
from .fastgrid_rows import Figured, Stretch
from .gathered import Batch, JoinedBatch
from .grid import Line, cell_at
from .lane import Lane
from .rows import Instrument, may_be_sentence
from .textlines import split_one
from .thousands import has_torn
from .watching import Watch, unwatched
from .wording import is_every_source

_MONEY = (Role.VALUE, Role.UNITS, Role.PRICE)
_NO_DATES: frozenset[str] = frozenset()
_END, _RETURN = b"\n\r"
_TOLD = 250
"""New names after which the watch is told."""
_LOOKED_AT = 1000
"""Rows after which it shows whether most of them are plain."""
_Mask = NDArray[np.bool_]


class _Rows(NamedTuple):
    """The rows of a chunk that may still be plain: their lines in it, and what has been read of them.

    `figures` are as many as there are columns of money; `given` tells which have a share of the whole.
    """

    at: Places
    figures: tuple[Figures, ...]
    funds: NDArray[np.int32]
    owners: NDArray[np.int32]
    sources: NDArray[np.int32]
    days: NDArray[np.int32]
    given: _Mask

    def keep(self, kept: _Mask) -> _Rows:
        """Return some of the rows."""
        places = np.flatnonzero(kept)
        if len(places) == len(kept):
            return self
        figures = tuple(one.keep(places) for one in self.figures)
        funds, owners, sources, days = (
            column[places] for column in (self.funds, self.owners, self.sources, self.days)
        )
        return _Rows(self.at[places], figures, funds, owners, sources, days, self.given[places])


class FastLane(Lane):
    """Reads the plain rows of one long text that stands under one heading, a chunk of bytes at a time."""

    def __init__(self, lane: Lane, texts: ByteTexts) -> None:
        super().__init__(lane.lines, lane.columns, lane.layout, lane.apart, lane.first)
        self._texts = texts
        self._separator = ord(texts.separator)
        self._count = 0
        self._known: list[tuple[Fund, Instrument]] = []
        self._owned: list[Owner] = [("", "")]
        self._named: list[str | None] = []
        self._dated: list[str] = [""]
        book = partial(NameBook, texts.data, self._separator)
        self._names, self._accounts = book(self._name), book(self._own)
        self._sources, self._days = book(self._source), book(self._day)
        self._instrument_order = [sorted(set(self._instrument)).index(place) for place in self._instrument]
        self._owner_order = [sorted(set(self._owner)).index(place) for place in self._owner]
        self._plain = 0
        self._tell: Callable[[], None] = partial(unwatched, 0.0)

    @property
    def can(self) -> bool:
        """Whether there are columns for funds, and the layout has nothing to say about single rows."""
        return not self._asks and bool(self._instrument)

    def from_bytes(self, watch: Watch) -> list[Line] | None:
        """Return all lines, the plain ones as runs; None where most are not plain."""
        found: list[Line] = []
        for chunk in self._texts.chunks:
            self._tell = partial(watch, chunk.start / len(self._texts.data))
            self._tell()
            found.extend(self._chunk(chunk))
            seen = lines_until(chunk, self._texts) - self.first
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
        odd = OddLines(self._texts, chunk.first)
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
        rows = _Rows(at, figures, none, none, none, none, none > 0).keep(fit(*figures))
        if len(figures) < len(_MONEY):
            rows = rows.keep(self._no_sentences(chunk, rows.at))
        if not len(rows.at):
            return rows
        return self._judged_by_bytes(rows, self._column(chunk, bounds, before, rows.at))

    def _judged_by_bytes(self, rows: _Rows, column: Column) -> _Rows:
        """Return the rows whose fund, account and source are plain, with their days."""
        index = self.columns.index
        rows = rows._replace(funds=self._names.numbers(column.spans(self._instrument)))
        if self._owner:
            rows = rows._replace(owners=self._accounts.numbers(column.spans(self._owner)))
        if Role.SOURCE in index:
            rows = rows._replace(sources=self._sources.numbers([column.of(index[Role.SOURCE])]))
        if Role.DATE in index:
            rows = rows._replace(days=self._days.numbers([column.of(index[Role.DATE])]))
        if Role.WEIGHT in index:
            rows = rows._replace(given=self._with_share(*column.of(index[Role.WEIGHT])))
        return rows.keep((rows.funds >= 0) & (rows.owners >= 0) & (rows.sources >= 0))

    def _column(self, chunk: Chunk, bounds: NDArray[np.int32], before: Places, at: Places) -> Column:
        return Column(self._texts, chunk.start, bounds, before[at], chunk.first + at, self._count)

    def _no_sentences(self, chunk: Chunk, at: Places) -> _Mask:
        """Tell which lines are no sentences."""
        lines = at + chunk.first
        plain = np.ones(len(at), bool)
        texts = self._texts
        for k in maybe_sentence(texts.data, texts.starts[lines], texts.ends[lines]).tolist():
            plain[k] = not may_be_sentence(texts[int(lines[k])])
        return plain

    def _with_share(self, starts: Places, ends: Places) -> _Mask:
        """Tell which cells hold something."""
        given: _Mask = ends > starts
        data = self._texts.data
        for k in maybe_blank(data, starts, ends).tolist():
            given[k] = bool(self._cells(data[starts[k] : ends[k]], [0])[0].strip())
        return given

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

    def _source(self, raw: bytes) -> int:
        cell = self._cells(raw, [0])[0]
        if is_every_source(cell):
            return -1
        text = cell.strip()
        self._named.append(None if is_missing(text) else text)
        return len(self._named) - 1

    def _day(self, raw: bytes) -> int:
        self._dated.append(self._cells(raw, [0])[0].strip())
        return len(self._dated) - 1

    def _leave_odd_single(self, plain: _Mask, odd: OddLines) -> None:
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

    def _together(self, rows: _Rows, first: int, count: int, odd: OddLines) -> Iterator[Line]:
        """Yield all lines of a chunk, the plain ones that follow each other as one."""
        done = 0
        if len(rows.at):
            every = self._figured(rows, first)
            owners = Parts.of(rows.owners, self._owned)
            days = Parts.of(rows.days, self._dated) if Role.DATE in self.columns.index else None
            lows, highs = followers(rows.at)
            starts, lasts = rows.at[lows].tolist(), rows.at[highs - 1].tolist()
            names = [self._known[number][1] for number in rows.funds[highs - 1].tolist()]
            given = np.concatenate(([0], rows.given.cumsum()))
            weighted = (given[highs] > given[lows]).tolist()
            odd.take_apart(starts)
            sources = self._sources_of(rows)
            spans = zip(lows.tolist(), highs.tolist(), starts, lasts, names, weighted, strict=True)
            for low, high, start, last, name, has_weights in spans:
                if start > done:
                    yield from map(odd.line, range(done, start))
                done = last + 1
                shares: list[tuple[Owner, Batch]] = [
                    (owner, Stretch(every, *part)) for owner, *part in owners.between(low, high)
                ]
                dates = _NO_DATES
                if days is not None:
                    dates = frozenset(day for day, _, _ in days.between(low, high) if day)
                run = Run(*odd.line(start))
                run.plain = self._plain_of(run, shares, name, dates, sources, weighted=has_weights)
                yield run
        yield from map(odd.line, range(done, count))

    def _figured(self, rows: _Rows, first: int) -> Figured:
        """Return the figures of rows, their lines counted from the beginning of the file."""
        index = self.columns.index
        given = dict(zip((role for role in _MONEY if role in index), rows.figures, strict=True))
        figures = given.get(Role.UNITS), given.get(Role.PRICE)
        sources = rows.sources if Role.SOURCE in index else None
        cents = in_cents(given[Role.VALUE])
        return Figured(rows.at + first + 1, rows.funds, self._known, cents, figures, sources, self._named)

    def _sources_of(self, rows: _Rows) -> frozenset[str | None]:
        """Return the sources that rows name."""
        if Role.SOURCE not in self.columns.index:
            return frozenset((None,))
        return frozenset(self._named[number] for number in np.unique(rows.sources).tolist())

    def _plain_of(
        self,
        line: Line,
        shares: list[tuple[Owner, Batch]],
        last: Instrument,
        dates: frozenset[str],
        sources: frozenset[str | None],
        *,
        weighted: bool,
    ) -> Plain:
        """Return what rows that follow each other come to; `line` is the first of them."""
        batch = shares[0][1] if len(shares) == 1 else JoinedBatch([part for _, part in shares])
        start = line.number - 1
        said = partial(self._said, start, start + batch.size)
        return Plain(batch, shares, said, weighted, dates, last, self, start, sources)

    def _said(self, start: int, end: int) -> Iterable[tuple[str, str, str]]:
        """Yield the rows as they stand in the file, with their shares of the whole and their days."""
        index = self.columns.index
        if Role.WEIGHT not in index and Role.DATE not in index:
            return ((self._texts[i], "", "") for i in range(start, end))
        share, day = (index.get(role, self._count) for role in (Role.WEIGHT, Role.DATE))
        lines = self.lines[start:end]
        return ((line.text, cell_at(line.cells, share), cell_at(line.cells, day)) for line in lines)


def fast_lines(lane: Lane, texts: Sequence[str], watch: Watch) -> list[Line] | None:
    """Return the lines of a lane's text with runs in place of its plain rows.

    None where that must be left to the lane. Raises what `watch` raises.
    """
    if not isinstance(texts, ByteTexts):
        return None
    fast = FastLane(lane, texts)
    return fast.from_bytes(watch) if fast.can else None
