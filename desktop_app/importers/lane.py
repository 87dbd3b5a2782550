"""Long tables column by column: plain rows many times quicker than one by one, with the same outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, repeat
from operator import mul, sub
from typing import NamedTuple, TypeVar

from desktop_app.domain.funds import Fund
from desktop_app.domain.money import CENT, to_cents
from desktop_app.domain.statement import StatementRow

from . import rows as words
from .amounts import is_missing
from .block_rows import BlockRows, maybe_torn
from .classifier import classify
from .columnar import Owner, Plain, Run, Under
from .columns import Columns, Role, read_header, read_roles
from .gathered import Batch, JoinedBatch, MadeBatch
from .grid import Line, filled
from .layouts import Layout
from .owners import read_account
from .rows import Instrument, RowKind, instrument_of, kind_of, pick, places_of
from .textlines import BLOCK, Block, TextLines
from .thousands import has_torn, width_of
from .watching import Watch
from .wording import ends_in_total, is_every_source, is_source

AHEAD = 205
"""Rows below a heading that other judgements look at; they stay single."""
_FEWEST = 2
_TOLD = 8
"""Blocks after which the watch is told."""
_LONGEST_YEAR = 4
_MONEY = (Role.VALUE, Role.UNITS, Role.PRICE)
_INSTRUMENT = (Role.NAME, Role.SYMBOL, Role.CUSIP)
_OWNER = (Role.ACCOUNT_ID, Role.ACCOUNT_NAME)
_ROUNDING = 5 * CENT
_T = TypeVar("_T")
_row = partial(tuple.__new__, StatementRow)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    if isinstance(lines, TextLines):
        yield from lines.blocks()
        return
    for start in range(0, len(lines), BLOCK):
        numbers, rows, texts = zip(*lines[start : start + BLOCK], strict=True)
        yield Block(numbers, list(texts), list(rows))


class _Memo(dict[tuple[str, ...], _T | None]):
    """What cells that come again and again mean; None for those that are not plain."""

    def __init__(self, read: Callable[[tuple[str, ...]], _T | None]) -> None:
        super().__init__()
        self._read = read
        self.refuses = False

    def __missing__(self, key: tuple[str, ...]) -> _T | None:
        found = self[key] = self._read(key)
        self.refuses = self.refuses or found is None
        return found


class Lane(Under):
    """Reads the plain rows of one long table, a block at a time; those before `first` stay single."""

    def __init__(
        self, lines: Sequence[Line], columns: Columns, layout: Layout, apart: frozenset[int], first: int
    ) -> None:
        super().__init__(lines, columns, layout)
        self.apart = apart
        self.first = first
        self._single = 0
        self._foreign = False
        self._width = width_of(columns)
        self._given = [role for role in _INSTRUMENT if role in columns.index]
        self._places = places_of(columns)
        index = columns.index
        self._money = [index[role] for role in _MONEY if role in index]
        self._instrument = [index[role] for role in _INSTRUMENT if role in index]
        self._owner = [index[role] for role in _OWNER if role in index]
        self._used = set(index.values())
        self._funds: _Memo[Fund] = _Memo(self._fund)
        self._owners: _Memo[tuple[str, str]] = _Memo(self._account)
        self._asks = type(layout).skip is not Layout.skip or type(layout).align is not Layout.align

    def read(self, watch: Watch) -> list[Line]:
        """Return all lines, the plain ones as runs. Raises what `watch` raises."""
        found: list[Line] = []
        for i, block in enumerate(_blocks(self.lines)):
            if i % _TOLD == 0:
                watch(i * BLOCK / len(self.lines))
            found.extend(self.take(i * BLOCK, block))
        return found

    def take(self, start: int, block: Block) -> Iterator[Line]:
        """Yield a block's rows, the plain ones as runs; `start` is where in the grid it stands."""
        rows = BlockRows(block, self._used)
        in_cents = self._narrow(rows, block)
        self._judge(rows, block)
        self._leave_single(rows, start, block)
        done = 0
        if rows.at:
            made = self._made(rows, block, in_cents=in_cents)
            for low, high in _stretches(rows.at):
                yield from map(Line, *_between(block, done, rows.at[low]))
                done = rows.at[high - 1] + 1
                yield self._run(made, rows, block, start, low, high)
        yield from map(Line, *_between(block, done, len(block.texts)))

    def _narrow(self, rows: BlockRows, block: Block) -> bool:
        """Keep rows as long as most that have figures where they belong; tell whether values have cents."""
        if not max(self._used) < rows.width <= self._width + 1:
            rows.at = []
            return False
        if rows.width > self._width:
            rows.keep([not cell.strip() for cell in rows.last])
        if self.apart:
            rows.keep([block.numbers[k] not in self.apart for k in rows.at])
        torn = {k for k in maybe_torn(block.texts) if has_torn(block.rows[k], block.texts[k])}
        if torn:
            rows.keep([k not in torn for k in rows.at])
        in_cents = rows.keep_figures(self._money[0])
        for place in self._money[1:]:
            rows.keep_figures(place)
        return in_cents

    def _judge(self, rows: BlockRows, block: Block) -> None:
        """Keep rows whose fund and account are plain and whose figures agree."""
        if not rows.at:
            return
        rows.funds = list(map(self._funds.__getitem__, rows.tuples(self._instrument)))
        if self._funds.refuses:
            rows.keep([fund is not None for fund in rows.funds])
        rows.owners = [("", "")] * len(rows.at)
        if self._owner:
            rows.owners = list(map(self._owners.__getitem__, rows.tuples(self._owner)))
        if self._owners.refuses:
            rows.keep([owner is not None for owner in rows.owners])
        index = self.columns.index
        if Role.SOURCE in index:
            rows.keep([not is_every_source(cell) for cell in rows.cells[index[Role.SOURCE]]])
        if self._asks:
            rows.keep([self._is_usual(block, k) for k in rows.at])
        figures = [rows.read_figures(place) for place in self._money]
        if len(figures) < len(_MONEY):
            rows.keep([not words.may_be_sentence(block.texts[k]) for k in rows.at])
            return
        value, units, price = figures
        gaps = list(map(abs, map(sub, value, map(mul, units, price))))
        if max(gaps, default=_ROUNDING) > _ROUNDING:
            pairs = zip(gaps, value, strict=True)
            rows.keep([gap <= _ROUNDING or gap * 100 <= of for gap, of in pairs])

    def _is_usual(self, block: Block, k: int) -> bool:
        """Tell whether the layout has nothing to say about a row."""
        line = Line(block.numbers[k], block.rows[k], block.texts[k])
        if self.layout.align(line.cells, self.columns) is not line.cells:
            return False
        return self.layout.skip(pick(line, self.columns, self._places)) is None

    def _fund(self, cells: tuple[str, ...]) -> Fund | None:
        """Return the fund of a row, None where its words need judging."""
        return self._fund_of(self._item(cells))

    def _fund_of(self, item: Instrument) -> Fund | None:
        """Return the fund that plain words name, None where they need judging."""
        if not item.name or words.starts_with_total(item.name) or is_source(item.name):
            return None
        if kind_of(item) is not RowKind.HOLDING or ends_in_total(item.name):
            return None
        if Role.UNITS not in self.columns.index and not (item.symbol or item.cusip):
            return None
        return classify(item.symbol, item.cusip, item.name)

    def _item(self, cells: tuple[str, ...]) -> Instrument:
        given = dict(zip(self._given, cells, strict=True))
        return instrument_of(*[given.get(role, "").strip() for role in _INSTRUMENT])

    def _account(self, cells: tuple[str, ...]) -> Owner | None:
        """Return the cells that name a row's account, None where it has none of its own."""
        number = cells[0].strip() if Role.ACCOUNT_ID in self.columns.index else ""
        name = cells[-1].strip() if Role.ACCOUNT_NAME in self.columns.index else ""
        if len(self.columns.account_names) > 1 and is_missing(name):
            return None
        return (number, name) if read_account(self.layout, number, name).id else None

    def _leave_single(self, rows: BlockRows, start: int, block: Block) -> None:
        """Leave rows right below a heading single, and all below a heading of another kind."""
        plain = set(rows.at)
        single = set(range(min(max(self.first - start, 0), len(block.rows))))
        suspects = [k for k in range(len(block.rows)) if k not in plain and self._may_head(block.rows[k])]
        below = 0
        for k in suspects:
            single.update(self._below(below, k))
            self._head(block.rows[k])
            below = k + 1
        single.update(self._below(below, len(block.rows)))
        if single:
            rows.keep([k not in single for k in rows.at])

    def _head(self, cells: list[str]) -> None:
        """Note that a heading may stand here."""
        columns = read_header(cells)
        self._foreign = self._foreign if columns is None else columns.keys != self.columns.keys
        self._single = AHEAD

    def _below(self, start: int, end: int) -> range:
        """Return the places between two headings that stay single."""
        count = end - start if self._foreign else min(self._single, end - start)
        self._single -= min(self._single, end - start)
        return range(start, start + count)

    def _may_head(self, cells: list[str]) -> bool:
        """Tell whether a line may be a heading; whole numbers of many digits are neither words nor dates."""
        if any(len(cell) > _LONGEST_YEAR and cell.isdigit() and cell.isascii() for cell in cells):
            return False
        return len(cells) > 1 and len(filled(cells)) > 1 and bool(read_roles(cells))

    def _made(self, rows: BlockRows, block: Block, *, in_cents: bool) -> _Made:
        """Return the rows as holdings of their funds."""
        index = self.columns.index
        figures = [rows.figures[index[role]] if role in index else repeat(None) for role in _MONEY]
        if not in_cents:
            figures[0] = list(map(to_cents, rows.figures[index[Role.VALUE]]))
        whole = rows.at[-1] - rows.at[0] + 1 == len(rows.at)
        places = slice(rows.at[0], rows.at[-1] + 1)
        numbers = block.numbers[places] if whole else [block.numbers[k] for k in rows.at]
        texts = block.texts[places] if whole else [block.texts[k] for k in rows.at]
        sources: list[str | None] = [None] * len(numbers)
        if Role.SOURCE in index:
            cells = map(str.strip, rows.cells[index[Role.SOURCE]])
            sources = [None if is_missing(cell) else cell for cell in cells]
        holdings = list(map(_row, zip(numbers, rows.funds, *figures, sources, repeat(None))))
        weights = [""] * len(holdings)
        if Role.WEIGHT in index:
            weights = list(map(str.strip, rows.cells[index[Role.WEIGHT]]))
        owners = [owner for owner in rows.owners if owner is not None]
        return _Made(holdings, owners, weights, texts, frozenset(sources))

    def _run(self, made: _Made, rows: BlockRows, block: Block, start: int, low: int, high: int) -> Run:
        """Return the rows from `low` to `high` of those kept as one."""
        first, last = rows.at[low], rows.at[high - 1]
        run = Run(block.numbers[first], block.rows[first], block.texts[first])
        date = self.columns.index.get(Role.DATE)
        days = (
            [cell.strip() for cell in rows.cells[date][low:high]] if date is not None else [""] * (high - low)
        )
        shares: list[tuple[Owner, Batch]] = []
        at = low
        for owner, same in groupby(made.owners[low:high]):
            shares.append((owner, MadeBatch(made.holdings[at : at + len(list(same))])))
            at += shares[-1][1].size
        batch = shares[0][1] if len(shares) == 1 else JoinedBatch([part for _, part in shares])
        run.plain = Plain(
            batch,
            shares,
            partial(zip, made.texts[low:high], made.weights[low:high], days, strict=True),
            any(made.weights[low:high]),
            frozenset(set(days) - {""}),
            self._item(tuple(block.rows[last][place] for place in self._instrument)),
            self,
            start + first,
            made.sources,
        )
        return run


class _Made(NamedTuple):
    """What the plain rows of a block come to, one of each for every row."""

    holdings: list[StatementRow]
    owners: list[Owner]
    weights: list[str]
    texts: Sequence[str]
    sources: frozenset[str | None]


def _between(block: Block, low: int, high: int) -> tuple[Sequence[int], list[list[str]], list[str]]:
    return block.numbers[low:high], block.rows[low:high], block.texts[low:high]


def _stretches(at: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where stretches of places that follow each other begin and end, the shortest left out."""
    if at[-1] - at[0] + 1 == len(at) >= _FEWEST:
        yield 0, len(at)
        return
    gaps = [i for i in range(1, len(at)) if at[i] != at[i - 1] + 1]
    for low, high in zip([0, *gaps], [*gaps, len(at)], strict=True):
        if high - low >= _FEWEST:
            yield low, high
