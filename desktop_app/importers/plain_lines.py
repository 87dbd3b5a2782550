"""Text where a fund's name stands on one line and its figures on the next ones, as web pages copy.

Which figure is which is told by labels (`Shares 12.3`), by the heading above, and by arithmetic: units
times price is the value. Percents are never money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.money import ZERO

from .amounts import find_date, is_missing, parse_amount
from .columns import Role, role_of
from .grid import Grid, Line
from .rows import is_footer, is_total

_TOLD = "The funds and their figures were put together from lines below each other."
_TOLD_FIX = "Compare the funds and values with the page."
_HEADING = ["Fund name", "Symbol", "Shares", "Price", "Value"]
_SOURCE_HEADING = ["Source", "Balance", "Vested value"]
_FIGURE_ROLES = frozenset({Role.UNITS, Role.PRICE, Role.VALUE})
_SPACED_SIGN = re.compile(r"([$€£])\s+(?=[-(]?[.0-9])")
_CROWDED_SIGN = re.compile(r"(?<=[0-9):])(?=[$€£])")
_GAPS = re.compile(r"\t|\s{2,}|\|")
_BULLET = re.compile(r"^[•·▪◦‣●○*–—-]\s+")
_ENDS_IN_PERCENT = re.compile(r"[:\s(]*[0-9.,]+\s?%\)?\s*$")
_FUND_CODE = re.compile(r"^0[0-9]{3}\s+(?=[A-Za-z])")
_TICKER = re.compile(r"\(?(?!(?:ROTH|IRA|HSA|CASH|USD|ETF|FUND|LOAN|NAV)\b)([A-Z]{4}X|[A-Z]{2,4})\)?")
_FUND_WORDS = re.compile(
    r"fund|index|idx|trust|inst|adm|20[2-7][05]|stock|bond|equity|growth|value|cap\b|income|stable|market"
    r"|retire|target|s&p|500|intl|international",
    re.IGNORECASE,
)
_SOURCE_WORDS = re.compile(
    r"employe[er]|pre-?\s?tax|\broth\b|match|safe harbor|roll\s?over|after-?\s?tax|profit sharing|elective"
    r"|deferral|contribution",
    re.IGNORECASE,
)
_UNIT_WORDS = {"shares": Role.UNITS, "units": Role.UNITS, "shs": Role.UNITS}
_JOINTS = frozenset({"at", "@", "x", "×", "=", "|", "·", "•", "/"})
_ROOM = Decimal("0.005")
_MOST_FIGURES = 10
_LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class _Figure:
    text: str
    amount: Decimal
    role: Role | None = None

    @property
    def has_sign(self) -> bool:
        return any(sign in self.text for sign in "$€£")


@dataclass(slots=True)
class _Words:
    """One line: the words it starts with and the figures it ends with."""

    line: Line
    words: str
    figures: list[_Figure]
    has_figures: bool

    @property
    def role(self) -> Role | None:
        known = role_of(self.words)
        return known[0] if known else None


@dataclass(slots=True)
class _Card:
    """The lines of one fund or source while they are gathered."""

    names: list[Line] = field(default_factory=list)
    symbol: str = ""
    lines: list[Line] = field(default_factory=list)
    figures: list[_Figure] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    in_sources: bool = False
    values: dict[Role, _Figure] = field(default_factory=dict)
    is_sure: bool = False

    @property
    def name(self) -> str:
        """The line most like a fund's name, the last of them if several are alike."""
        if not self.names:
            return self.symbol
        best = max(self.names, key=lambda line: (_likeness(line.text), self.names.index(line)))
        return _FUND_CODE.sub("", _ENDS_IN_PERCENT.sub("", _plain(best.text)).strip(" :"))

    @property
    def is_whole(self) -> bool:
        """Whether it has a name and what its value can be told from."""
        has_money = Role.VALUE in self.values or {Role.UNITS, Role.PRICE} <= self.values.keys()
        return bool(self.name) and has_money

    @property
    def first(self) -> Line:
        """The line it is told by."""
        named = [line for line in self.names if _plain(line.text).startswith(self.name[:20])]
        return (named or self.names or self.lines)[-1]


def cards(lines: list[Line]) -> Grid | None:
    """Return the funds of such a text as a table, None unless labels, headings or sums make it certain.

    Contribution sources follow as a table of their own: they are the same money. Lines that belong to
    neither stay as they are.
    """
    reader = _CardReader()
    for line in lines:
        reader.take(line)
    reader.close()
    found = [item for item in reader.items if isinstance(item, _Card) and item.is_whole]
    _mark_sources(found)
    funds = [card for card in found if not card.in_sources]
    if not any(card.is_sure for card in funds):
        return None
    told = Issue(Severity.INFO, _TOLD, _TOLD_FIX, funds[0].first.number)
    return Grid(tuple(_table(reader.items)), issues=(told,))


class _CardReader:
    """Puts lines together; `items` are cards and the lines that belong to none, in their order."""

    def __init__(self) -> None:
        self.items: list[_Card | Line] = []
        self._card: _Card | None = None
        self._label: Role | None = None
        self._order: list[Role] = []
        self._block: list[Role] = []
        self._in_sources = False

    def take(self, line: Line) -> None:
        """Take the next line that is not blank."""
        read = _read(line)
        headings = _heading_roles(line)
        if headings:
            self._head(line, headings)
        elif read.has_figures and not read.words:
            self._figures(read)
        elif read.has_figures and read.role in _FIGURE_ROLES and not self._is_total(read):
            self._label = read.role
            self._figures(read)
        elif is_total(read.words) or is_footer(read.words) or len(line.text) > _LONGEST_NAME:
            self._leave(line)
        elif read.has_figures and read.figures:
            self._row(read)
        elif read.role is not None:
            self._labelled(line, read.role)
        else:
            self._name(line, read.words)

    def _is_total(self, read: _Words) -> bool:
        """Tell whether a line is a total: its words say so, and the fund above has its value already."""
        card = self._card
        return is_total(read.words) and (card is None or card.in_sources or _has_value(card))

    def close(self) -> None:
        """End the card that is being gathered."""
        card, self._card, self._label = self._card, None, None
        if card is None:
            return
        _decide(card, self._order)
        if card.is_whole:
            used = card.first
            card.before = [line for line in card.names if line is not used]
            card.lines = [line for line in card.lines if line not in card.before]
            self.items.append(card)
        else:
            self.items.extend(card.lines)

    def _leave(self, line: Line) -> None:
        self.close()
        self.items.append(line)
        self._block = []

    def _head(self, line: Line, roles: list[Role]) -> None:
        self._leave(line)
        self._in_sources = Role.SOURCE in roles and Role.NAME not in roles
        self._order = [role for role in roles if role in _FIGURE_ROLES]

    def _labelled(self, line: Line, role: Role) -> None:
        """Take a line that is one heading or label and nothing else."""
        if role in {Role.SOURCE, Role.NAME}:
            self._leave(line)
            self._in_sources = role is Role.SOURCE
            self._block = [role]
        elif self._block:
            self.items.append(line)
            self._block.append(role)
            self._order = [known for known in self._block if known in _FIGURE_ROLES]
        elif self._card is not None:
            self._label = role
            self._card.lines.append(line)
        else:
            self._leave(line)

    def _figures(self, read: _Words) -> None:
        self._block = []
        if self._card is None:
            self._join_total(read.line)
            return
        self._card.lines.append(read.line)
        labelled = [
            _Figure(figure.text, figure.amount, figure.role or self._label) for figure in read.figures
        ]
        self._card.figures.extend(labelled[: _MOST_FIGURES - len(self._card.figures)])
        if read.figures:
            self._label = None

    def _join_total(self, line: Line) -> None:
        """Take a line of figures outside of any card: that of a total, if the line above is one."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Line) and is_total(_read(last).words) and not _read(last).has_figures:
            self.items[-1] = last._replace(text=f"{last.text.strip()} {line.text.strip()}")
        else:
            self.items.append(line)

    def _row(self, read: _Words) -> None:
        self.close()
        self._block = []
        name = read.line._replace(text=read.words)
        figures = read.figures[-_MOST_FIGURES:]
        self._card = _Card([name], lines=[read.line], figures=figures, in_sources=self._in_sources)

    def _name(self, line: Line, words: str) -> None:
        self._label = None
        if find_date(words) is not None and not _likeness(words):
            self._leave(line)
            return
        card = self._card
        ticker = _TICKER.fullmatch(words)
        if ticker and card is not None and not card.symbol and not card.figures:
            card.symbol = ticker[1]
            card.lines.append(line)
            return
        if card is None or card.figures:
            self.close()
            card = self._card = _Card(in_sources=self._in_sources)
        if ticker:
            card.symbol = ticker[1]
        else:
            card.names.append(line)
        card.lines.append(line)


def _plain(text: str) -> str:
    return " ".join(_BULLET.sub("", text.strip()).split())


def _likeness(text: str) -> int:
    """Return how much a line looks like a fund's name."""
    return min(len(_FUND_WORDS.findall(text)), 2)


def _read(line: Line) -> _Words:
    """Split a line into its words and the figures behind them; percents are dropped."""
    text = _CROWDED_SIGN.sub(" ", _SPACED_SIGN.sub(r"\1", _BULLET.sub("", line.text.strip()[:1000])))
    tokens = text.split()
    figures: list[_Figure] = []
    has_any = False
    role: Role | None = None
    while tokens:
        token = tokens[-1]
        amount = parse_amount(token.rstrip(";,")) if any(char in "0123456789" for char in token) else None
        if token.endswith("%") or (is_missing(token) and token):
            has_any = True
        elif amount is not None:
            figures.insert(0, _Figure(token.rstrip(";,"), amount, role))
            has_any, role = True, None
        elif token.lower() in _UNIT_WORDS and len(tokens) > 1 and parse_amount(tokens[-2]) is not None:
            role = _UNIT_WORDS[token.lower()]
        elif not (token.lower() in _JOINTS and figures):
            break
        tokens.pop()
    words = " ".join(tokens).strip()
    return _words(line, words, figures, has_any=has_any)


def _words(line: Line, words: str, figures: list[_Figure], *, has_any: bool) -> _Words:
    """Give whole numbers at the end of a name (a year, “500”) back to it."""
    known = role_of(words)
    is_label = known is not None and known[0] in _FIGURE_ROLES
    if words and not is_label:
        extra = figures if all(_is_bare(figure) for figure in figures) else figures[: _leading(figures)]
        words = " ".join([words, *(figure.text for figure in extra)])
        figures = figures[len(extra) :]
        has_any = bool(figures)
    return _Words(line, words.strip(" :"), figures, has_any)


def _is_bare(figure: _Figure) -> bool:
    return figure.role is None and figure.text.isdecimal()


def _leading(figures: list[_Figure]) -> int:
    """Return how many bare numbers in front of the figures belong to the name."""
    count = 0
    while count < len(figures) - 3 and _is_bare(figures[count]):
        count += 1
    return count


def _heading_roles(line: Line) -> list[Role]:
    """Return the roles a line of several headings names, none for any other line."""
    cells = [cell.strip() for cell in _GAPS.split(line.text) if cell.strip()]
    if len(cells) < 2 or any(parse_amount(cell) is not None for cell in cells):
        return []
    roles = [known[0] for cell in cells if (known := role_of(cell))]
    return roles if len(roles) > 1 else []


def _decide(card: _Card, order: list[Role]) -> None:
    """Say which figure is which: by label, by arithmetic, by the heading's order, by the dollar sign."""
    for figure in card.figures:
        if figure.role in _FIGURE_ROLES:
            card.values.setdefault(figure.role, figure)
    card.is_sure = bool(card.values)
    rest = [figure for figure in card.figures if figure.role is None]
    if card.in_sources:
        if rest:
            card.values = {Role.VALUE: rest[0]}
        return
    if card.values.keys() & {Role.VALUE} or not rest:
        return
    product = _product(card.figures)
    if product is not None:
        card.values, card.is_sure = _ordered(product, order), True
    elif len(order) == len(rest):
        card.values.update(zip(order, rest, strict=True))
        card.is_sure = True
    else:
        _by_sign(card, rest, order)


def _has_value(card: _Card) -> bool:
    return any(figure.role is Role.VALUE for figure in card.figures) or _product(card.figures) is not None


def _product(figures: list[_Figure]) -> tuple[_Figure, _Figure, _Figure] | None:
    """Return two figures and their product in the order they stand, the closest such three."""
    best: tuple[Decimal, tuple[_Figure, _Figure, _Figure]] | None = None
    for one, two, value in permutations(range(min(len(figures), _MOST_FIGURES)), 3):
        first, second, whole = figures[one], figures[two], figures[value]
        if one > two or whole.amount <= 0 or first.amount <= 0 or second.amount <= 0:
            continue
        error = abs(first.amount * second.amount - whole.amount) / whole.amount
        if error <= _ROOM and (best is None or error < best[0]):
            best = (error, (first, second, whole))
    return best[1] if best else None


def _ordered(product: tuple[_Figure, _Figure, _Figure], order: list[Role]) -> dict[Role, _Figure]:
    first, second, value = product
    if Role.PRICE in {first.role, second.role} or Role.UNITS in {first.role, second.role}:
        price_first = first.role is Role.PRICE or second.role is Role.UNITS
    elif first.has_sign != second.has_sign:
        price_first = first.has_sign
    else:
        known = [role for role in order if role in {Role.UNITS, Role.PRICE}]
        price_first = bool(known) and known[0] is Role.PRICE
    units, price = (second, first) if price_first else (first, second)
    return {Role.UNITS: units, Role.PRICE: price, Role.VALUE: value}


def _by_sign(card: _Card, rest: list[_Figure], order: list[Role]) -> None:
    """Take the only figure with a dollar sign, or the only one there is, for the value."""
    signed = [figure for figure in rest if figure.has_sign]
    if len(signed) == 1:
        card.values.setdefault(Role.VALUE, signed[0])
        plain = [figure for figure in rest if not figure.has_sign]
        if len(plain) == 1:
            card.values.setdefault(Role.UNITS, plain[0])
    elif len(rest) == 1 and "." in rest[0].text:
        card.values.setdefault(Role.VALUE, rest[0])
    card.is_sure = card.is_sure or (Role.VALUE in card.values and Role.VALUE in order)


def _mark_sources(found: list[_Card]) -> None:
    """Tell contribution sources without a heading: their words, and the same sum as the funds."""
    likely = [card for card in found if _SOURCE_WORDS.search(card.name) and Role.PRICE not in card.values]
    funds = [card for card in found if card not in likely and not card.in_sources]
    if likely and funds and abs(_sum(likely) - _sum(funds)) <= Decimal("0.01") * (len(found) + 1):
        for card in likely:
            card.in_sources = True


def _sum(found: list[_Card]) -> Decimal:
    return sum((card.values[Role.VALUE].amount for card in found if Role.VALUE in card.values), ZERO)


def _table(items: list[_Card | Line]) -> Iterator[Line]:
    """Yield the lines before the funds, the funds with all other lines, and the sources as the last table."""
    start = next(place for place, item in enumerate(items) if isinstance(item, _Card))
    yield from (_lone(item) for item in items[:start] if isinstance(item, Line))
    yield Line(0, list(_HEADING), "")
    sources: list[_Card] = []
    heading = Line(0, list(_SOURCE_HEADING), "")
    for item in items[start:]:
        if isinstance(item, _Card) and item.in_sources:
            sources.append(item)
        elif isinstance(item, _Card):
            yield from _rows(item)
        elif role_of(item.text.strip()) == role_of(_SOURCE_HEADING[0]) and not heading.number:
            heading = item._replace(cells=list(_SOURCE_HEADING))
        else:
            yield _lone(item)
    if sources or heading.number:
        yield heading
    for source in sources:
        yield from _rows(source)


def _rows(card: _Card) -> Iterator[Line]:
    yield from map(_lone, card.before)
    yield Line(card.first.number, _cells(card), " ".join(line.text.strip() for line in card.lines))


def _lone(line: Line) -> Line:
    """Return a line that belongs to no fund as a single cell; a total keeps its first amount."""
    read = _read(line)
    if is_total(read.words) and read.figures:
        return line._replace(cells=[f"{read.words}: {read.figures[0].text}"])
    headings = _heading_roles(line) and _GAPS.split(line.text.strip())
    return line._replace(cells=headings or [line.text.strip()])


def _cells(card: _Card) -> list[str]:
    texts = {role: figure.text for role, figure in card.values.items()}
    if card.in_sources:
        return [card.name, texts.get(Role.VALUE, ""), ""]
    figures = [texts.get(role, "") for role in (Role.UNITS, Role.PRICE, Role.VALUE)]
    return [card.name, card.symbol, *figures]
