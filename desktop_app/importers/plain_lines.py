"""Text where a fund's name stands on one line and its figures on the next ones, as web pages copy.

Which figure is which is told by labels (`Shares 12.3`), by the heading above, and by arithmetic: units
times price is the value. Percents are never money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import Issue, Severity

from .account_labels import is_numbered, speaks_of_account, split_label
from .amounts import find_date, is_missing, parse_amount
from .card_figures import (
    BULLET,
    FIGURE_ROLES,
    MOST_FIGURES,
    Card,
    Figure,
    decide,
    has_value,
    likeness,
)
from .card_sums import card_sum, is_row, mark_sources, without_whole
from .classifier import classify
from .columns import Role, role_of
from .grid import Grid, Line
from .named_above import account_said
from .rows import Instrument, RowKind, is_footer, is_total, kind_of, starts_with_total
from .wording import is_fact, is_share

_TOLD = "The funds and their figures were put together from lines below each other."
_TOLD_FIX = "Compare the funds and values with the page."
_LOST = "Which figure is the value could not be told for {names}; nothing of it was counted."
_LOST_FIX = "Compare with the page, and type by hand what is missing."
_MOST_NAMED = 3
_HEADING = ["Fund name", "Symbol", "Shares", "Price", "Value"]
_SOURCE_HEADING = ["Source", "Balance", "Vested value"]
_SPACED_SIGN = re.compile(r"([$€£])\s+(?=[-(]?[.0-9])")
_CROWDED_SIGN = re.compile(r"(?<=[0-9):])(?=[$€£])")
_GAPS = re.compile(r"\t|\s{2,}|\|")
_TICKER = re.compile(r"\(?(?!(?:ROTH|IRA|HSA|CASH|USD|ETF|FUND|LOAN|NAV)\b)([A-Z]{4}X|[A-Z]{2,4})\)?")
_UNIT_WORDS = dict.fromkeys(("shares", "units", "shs", "sh", "sh.", "shrs", "share", "unit"), Role.UNITS)
_EACH = re.compile(r"\s+(?:per (?:share|unit)|each|a share|/ ?share)\.?$", re.IGNORECASE)
_MOVED = re.compile(
    r"(?:(?:total|net|your|employee|employer|plus|less|and) )*(?:contributions?|deposits?|dividends?|interest"
    r"|fees?"
    r"|withdrawals?|transfers?|exchanges?|gains?|loss(?:es)?|change|earnings|additions?|distributions?|reinvest\w*"
    r"|gain/loss|expenses|market (?:gain|change))\b.*",
    re.IGNORECASE,
)
"""What made a balance what it is."""
_JOINTS = frozenset({"at", "@", "x", "×", "=", "|", "·", "•", "/"})
_AMOUNT = re.compile(r"[$€£]\s?[0-9]|[0-9]\.[0-9]{2}|[0-9]\s?%", re.ASCII)
_LONGEST_NAME = 160
_LEAST_DIGITS = 4
"""Digits of an account's number that stands without a word for it."""
_PAYMENT = re.compile(
    r"(?:next|last|monthly|loan|payroll) (?:payment|deduction|installment)s?\b", re.IGNORECASE
)
_COST = re.compile(
    r"(?:(?:total|average|avg\.?|your|unrealized|net) )*(?:cost(?: basis)?|amount invested|invested|gain/loss"
    r"|gain|loss|return|change|yield|dividends?)(?: (?:today|per share|to date))?",
    re.IGNORECASE,
)
"""Labels of a fund's figures that are not what it is worth."""
_OF_LOAN = re.compile(
    r"(?:outstanding|original|remaining|current|unpaid|principal|highest)(?: (?:loan|principal))?"
    r" (?:balance|amount|principal)|(?:loan|principal) (?:balance|amount)|pay-?off(?: amount)?"
    r"|amount borrowed",
    re.IGNORECASE,
)
"""Labels below a loan's name."""
_TRANSACTION = re.compile(
    r"(?:[0-9]{1,2}[-/][0-9]{1,2}[-/](?:[0-9]{2}|[0-9]{4})|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [0-9]{1,2}, [0-9]{4})"
    r"[\s:–-]+[A-Za-z].*(?:[$€£]\s?[0-9]|[0-9]\.[0-9]{2}(?![0-9]))",
    re.ASCII | re.IGNORECASE,
)
"""What was done on a day: the day, words, and an amount behind them."""


@dataclass(slots=True)
class _Words:
    """One line: the words it starts with and the figures it ends with."""

    line: Line
    words: str
    figures: list[Figure]
    has_figures: bool

    @property
    def role(self) -> Role | None:
        known = role_of(self.words)
        return known[0] if known else None


def cards(lines: list[Line]) -> Grid | None:
    """Return the funds of such a text as a table, None unless labels, headings or sums make it certain.

    Contribution sources follow as a table of their own: they are the same money. Lines that belong to
    neither stay as they are.
    """
    reader = _CardReader()
    for line in lines:
        reader.take(line)
    reader.close()
    reader.items = without_whole(reader.items)
    found = [item for item in reader.items if isinstance(item, Card) and item.is_whole]
    mark_sources(found)
    funds = [card for card in found if not card.in_sources]
    if not (any(card.is_sure for card in funds) or _is_summed(reader.items, funds)):
        return None
    if sum(is_row(item.text) for item in reader.items if isinstance(item, Line)) > len(funds):
        return None
    told = Issue(Severity.INFO, _TOLD, _TOLD_FIX, funds[0].first.number)
    return Grid(tuple(_table(reader.items)), issues=(told, *_left_out(reader.unread, funds)))


def _left_out(unread: list[Card], funds: list[Card]) -> Iterator[Issue]:
    """Yield a warning for the known funds of which nobody can tell which of their figures is the value."""
    taken = {card.name.lower() for card in funds}
    lost = [card for card in unread if card.name.lower() not in taken and _is_known(card.name)]
    if lost:
        names = ", ".join(f"“{card.name[:60]}”" for card in lost[:_MOST_NAMED])
        more = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
        yield Issue(Severity.WARNING, _LOST.format(names=names + more), _LOST_FIX, lost[0].first.number)


def _is_known(name: str) -> bool:
    return classify(None, None, name).classified_by is not ClassifiedBy.UNKNOWN


class _CardReader:
    """Puts lines together; `items` are cards and the lines that belong to none, in their order.

    `unread` are funds with figures none of which is known to be the value.
    """

    def __init__(self) -> None:
        self.items: list[Card | Line] = []
        self.unread: list[Card] = []
        self._card: Card | None = None
        self._label: Role | None = None
        self._order: list[Role] = []
        self._block: list[Role] = []
        self._in_sources = False
        self._skips = False

    def take(self, line: Line) -> None:
        """Take the next line that is not blank."""
        read = _read(line)
        headings = _heading_roles(line)
        if is_share(read.line.text):
            (self._card.lines if self._card is not None else self.items).append(line)
        elif headings:
            self._head(line, headings)
        elif read.has_figures and not read.words:
            self._figures(read)
        elif read.has_figures and read.role in FIGURE_ROLES and not self._is_total(read):
            self._label = read.role
            self._figures(read)
        else:
            self._worded(read)

    def _worded(self, read: _Words) -> None:
        """Take a line that begins with words."""
        if _is_day(read):
            self._date(read.line)
        elif read.has_figures and _is_movement(read.words):
            self._move(read.line)
        elif self._ends(read):
            return
        elif self._is_symbol(read):
            self._symbol(read)
        elif read.has_figures and read.figures:
            self._row(read)
        elif read.role is not None:
            self._labelled(read.line, read.role)
        elif _COST.fullmatch(read.words) and self._card is not None and self._card.figures:
            self._skips = True
            self._card.lines.append(read.line)
        else:
            self._name(read.line, read.words)

    def _move(self, line: Line) -> None:
        """Take a line of what came and went: it belongs to the fund above, or to none."""
        if self._card is None:
            self.items.append(line._replace(cells=[]))
        else:
            self._card.lines.append(line)

    def _is_symbol(self, read: _Words) -> bool:
        """Tell whether a line is a ticker with units and price, below a fund that has no figures yet."""
        card = self._card
        waits = card is not None and bool(card.names) and not card.symbol and not card.figures
        return waits and bool(read.figures) and _TICKER.fullmatch(read.words) is not None

    def _symbol(self, read: _Words) -> None:
        found = _TICKER.fullmatch(read.words)
        if self._card is not None and found is not None:
            self._card.symbol = found[1]
            self._figures(read)

    def _ends(self, read: _Words) -> bool:
        """Take a line that belongs to no fund and ends the one above; False for any other."""
        line = read.line
        if _TRANSACTION.match(line.text.strip()):
            self._leave(line._replace(cells=[]))
        elif len(read.figures) < 2 and _names_account(read.words):
            self._leave(line._replace(cells=[read.words]))
        elif read.words and _is_other(read.words):
            self._other(line)
        elif self._skips and _OF_LOAN.fullmatch(read.words):
            self._leave(line._replace(cells=[]))
        elif self._is_end(read) or is_footer(read.words) or not _may_name(line.text, read.words):
            self._skips = self._skips and not is_total(read.words)
            self._leave(line)
        else:
            return False
        return True

    def _is_total(self, read: _Words) -> bool:
        """Tell whether a line is a total: its words say so, and no fund above still lacks its value."""
        if not is_total(read.words):
            return False
        card = self._card
        if card is None or card.in_sources or has_value(card) or self._adds_up(read, card):
            return True
        return not likeness(card.name) and speaks_of_account(card.name)

    def _is_end(self, read: _Words) -> bool:
        """Tell whether words alone are those of a total, and no label of a fund's figure below."""
        card = self._card
        labelled = card is not None and any(figure.role is not None for figure in card.figures)
        in_card = (labelled or self._waits(read)) and read.role in FIGURE_ROLES
        return self._is_total(read) if in_card else is_total(read.words)

    def _waits(self, read: _Words) -> bool:
        """Tell whether a fund above has no figure yet, so that “Market value” is the label of its first."""
        card = self._card
        if card is None or card.figures or not card.names or starts_with_total(read.words):
            return False
        return bool(card.symbol) or not speaks_of_account(card.name)

    def _adds_up(self, read: _Words, card: Card) -> bool:
        """Tell whether a figure is the sum of the funds so far, the last of which has only one figure."""
        done = [item for item in self.items if isinstance(item, Card) and not item.in_sources]
        if len(card.figures) != 1 or not done:
            return False
        return card_sum(done) + card.figures[0].amount in {figure.amount for figure in read.figures}

    def close(self) -> None:
        """End the card that is being gathered."""
        card, self._card, self._label = self._card, None, None
        if card is None:
            return
        decide(card, self._order)
        if card.is_whole:
            used = card.first
            labels = card.class_labels()
            card.before = [line for line in card.names if line is not used and line not in labels]
            card.lines = [line for line in card.lines if line not in card.before]
            self.items.append(card)
        else:
            self.items.extend(card.lines)
            if card.figures and not card.in_sources:
                self.unread.append(card)

    def _leave(self, line: Line) -> None:
        self.close()
        self.items.append(line)
        self._block = []

    def _other(self, line: Line) -> None:
        """Take a line of a loan or payment, whose figures below it are no fund's."""
        self._leave(line._replace(cells=[]))
        self._skips = True

    def _head(self, line: Line, roles: list[Role]) -> None:
        self._leave(line)
        self._in_sources = Role.SOURCE in roles and Role.NAME not in roles
        self._order = [role for role in roles if role in FIGURE_ROLES]

    def _labelled(self, line: Line, role: Role) -> None:
        """Take a line that is one heading or label and nothing else."""
        self._skips = self._skips and self._card is None
        if role in {Role.SOURCE, Role.NAME}:
            self._leave(line)
            self._in_sources = role is Role.SOURCE
            self._block = [role]
        elif self._block:
            self.items.append(line)
            self._block.append(role)
            self._order = [known for known in self._block if known in FIGURE_ROLES]
        elif self._card is not None:
            self._label = role
            self._card.lines.append(line)
        else:
            self._leave(line)

    def _figures(self, read: _Words) -> None:
        self._block = []
        if self._skips:
            self._skip(read.line)
            return
        if self._card is not None and not read.figures and not self._card.figures:
            self._card.is_shared = True
        if self._card is None:
            self._join_total(read.line)
            return
        self._card.lines.append(read.line)
        day = find_date(read.words) if read.words else None
        labelled = [
            Figure(figure.text, figure.amount, figure.role or self._label, day) for figure in read.figures
        ]
        self._card.figures.extend(labelled[: MOST_FIGURES - len(self._card.figures)])
        if read.figures:
            self._label = None

    def _skip(self, line: Line) -> None:
        """Take a line of figures that say nothing of what is held."""
        if self._card is None:
            self.items.append(line._replace(cells=[]))
        else:
            self._card.lines.append(line)

    def _join_total(self, line: Line) -> None:
        """Take a line of figures outside of any card: that of a total, if the line above is one."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Line) and is_total(_read(last).words) and not _read(last).has_figures:
            self.items[-1] = last._replace(text=f"{last.text.strip()} {line.text.strip()}")
        else:
            self.items.append(line)

    def _row(self, read: _Words) -> None:
        self.close()
        self._skips = False
        self._block = []
        name = read.line._replace(text=read.words)
        figures = read.figures[-MOST_FIGURES:]
        self._card = Card([name], lines=[read.line], figures=figures, in_sources=self._in_sources)

    def _name(self, line: Line, words: str) -> None:
        self._label = None
        self._skips = False
        card = self._card
        if card is not None and (card.is_dated or (card.is_shared and not card.figures)):
            self.close()
            card = None
        ticker = _TICKER.fullmatch(words)
        if ticker and card is not None and not card.symbol and not card.figures:
            card.symbol = ticker[1]
            card.lines.append(line)
            return
        if card is None or card.figures:
            self.close()
            card = self._card = Card(in_sources=self._in_sources)
        if ticker:
            card.symbol = ticker[1]
        else:
            card.names.append(line)
        card.lines.append(line)

    def _date(self, line: Line) -> None:
        """Leave a line with a date out; it may stand between a fund's name and its figures."""
        card = self._card
        if card is None or card.figures or card.is_dated:
            self._leave(line)
            return
        card.is_dated = True
        self.items.append(line)


def _is_movement(words: str) -> bool:
    """Tell whether a line says what came and went, or what there was before."""
    return is_fact(words) or (not likeness(words) and _MOVED.fullmatch(words) is not None)


def _names_account(words: str) -> bool:
    """Tell whether a line gives an account's or contract's number behind its name."""
    if not speaks_of_account(words):
        return False
    said = account_said([Line(0, [words], words)])
    if said is None:
        if likeness(words):
            return False
        said = split_label(words)
    return is_numbered(said.id) and sum(map(str.isdigit, said.id)) >= _LEAST_DIGITS


def _is_other(words: str) -> bool:
    """Tell whether a line speaks of a loan or its payments, not of what is held."""
    if _PAYMENT.match(words):
        return True
    return not likeness(words) and kind_of(Instrument(None, None, words)) is RowKind.LOAN


def _is_day(read: _Words) -> bool:
    """Tell whether a line gives a day and no amount, and names no fund."""
    if find_date(read.words) is None and (
        _AMOUNT.search(read.line.text) or find_date(read.line.text) is None
    ):
        return False
    return (
        not (read.has_figures and find_date(read.words))
        and not likeness(read.words)
        and not is_total(read.words)
    )


def _may_name(text: str, words: str) -> bool:
    """Tell whether a line may be a fund's name: not a whole paragraph, nor a row of a torn table."""
    return len(text) <= _LONGEST_NAME and len(_AMOUNT.findall(words)) < 2


def _read(line: Line) -> _Words:
    """Split a line into its words and the figures behind them; percents are dropped."""
    text = _EACH.sub(
        "", _CROWDED_SIGN.sub(" ", _SPACED_SIGN.sub(r"\1", BULLET.sub("", line.text.strip()[:1000])))
    )
    tokens = text.split()
    figures: list[Figure] = []
    has_any = False
    role: Role | None = None
    while tokens:
        token = tokens[-1]
        amount = parse_amount(token.rstrip(";,")) if any(char in "0123456789" for char in token) else None
        if token.endswith("%") or (is_missing(token) and token):
            has_any = True
        elif amount is not None:
            figures.insert(0, Figure(token.rstrip(";,"), amount, role))
            has_any, role = True, None
        elif token.lower() in _UNIT_WORDS and len(tokens) > 1 and parse_amount(tokens[-2]) is not None:
            role = _UNIT_WORDS[token.lower()]
        elif not (token.lower() in _JOINTS and figures):
            break
        tokens.pop()
    words = " ".join(tokens).strip()
    return _words(line, words, figures, has_any=has_any)


def _words(line: Line, words: str, figures: list[Figure], *, has_any: bool) -> _Words:
    """Give whole numbers at the end of a name (a year, “500”) back to it."""
    known = role_of(words)
    is_label = known is not None and known[0] in FIGURE_ROLES
    if words and not is_label:
        extra = figures if all(_is_bare(figure) for figure in figures) else figures[: _leading(figures)]
        words = " ".join([words, *(figure.text for figure in extra)])
        figures = figures[len(extra) :]
        has_any = bool(figures)
    return _Words(line, words.strip(" :"), figures, has_any)


def _is_bare(figure: Figure) -> bool:
    return figure.role is None and figure.text.isdecimal()


def _leading(figures: list[Figure]) -> int:
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


def _is_summed(items: list[Card | Line], funds: list[Card]) -> bool:
    """Tell whether a total below the funds says that their figures are their values."""
    totals = (_read(item) for item in items if isinstance(item, Line))
    stated = {figure.amount for read in totals if is_total(read.words) for figure in read.figures}
    return len(funds) > 1 and card_sum(funds) in stated


def _table(items: list[Card | Line]) -> Iterator[Line]:
    """Yield the lines before the funds, the funds with all other lines, and the sources as the last table."""
    start = next(place for place, item in enumerate(items) if isinstance(item, Card))
    yield from (_lone(item) for item in items[:start] if isinstance(item, Line))
    yield Line(0, list(_HEADING), "")
    sources: list[Card] = []
    heading = Line(0, list(_SOURCE_HEADING), "")
    for item in items[start:]:
        if isinstance(item, Card) and item.in_sources:
            sources.append(item)
        elif isinstance(item, Card):
            yield from _rows(item)
        elif role_of(item.text.strip()) == role_of(_SOURCE_HEADING[0]) and not heading.number:
            heading = item._replace(cells=list(_SOURCE_HEADING))
        else:
            yield _lone(item)
    if sources or heading.number:
        yield heading
    for source in sources:
        yield from _rows(source)


def _rows(card: Card) -> Iterator[Line]:
    yield from map(_lone, card.before)
    yield Line(card.first.number, _cells(card), " ".join(line.text.strip() for line in card.lines))


def _lone(line: Line) -> Line:
    """Return a line that belongs to no fund as a single cell; a total keeps its first amount."""
    read = _read(line)
    if is_total(read.words) and read.figures:
        return line._replace(cells=[f"{read.words}: {read.figures[0].text}"])
    if (
        not line.cells
        or (len(line.cells) == 1 and line.cells[0] != line.text.strip())
        or (len(line.cells) == 1 and is_total(line.cells[0].partition(":")[0]))
    ):
        return line
    headings = _heading_roles(line) and _GAPS.split(line.text.strip())
    return line._replace(cells=headings or [line.text.strip()])


def _cells(card: Card) -> list[str]:
    texts = {role: figure.text for role, figure in card.values.items()}
    if card.in_sources:
        return [card.name, texts.get(Role.VALUE, ""), ""]
    figures = [texts.get(role, "") for role in (Role.UNITS, Role.PRICE, Role.VALUE)]
    return [card.name, card.symbol, *figures]
