"""Puts lines together into the cards of funds and sources."""

from __future__ import annotations

import re

from .above import goes_on
from .amounts import find_date
from .card_figures import (
    FIGURE_ROLES,
    MOST_FIGURES,
    Card,
    Figure,
    decide,
    has_value,
    is_class,
    likeness,
    may_be_account,
    names_fund,
)
from .card_lines import (
    TICKER,
    heads_activity,
    heads_funds,
    is_change,
    is_cost,
    is_day,
    is_movement,
    is_order,
    is_other,
    is_rate,
    is_share_label,
    is_transaction,
    may_name,
    names_account,
    says_day,
)
from .card_sums import card_sum
from .card_words import Words, heading_roles, read_words
from .columns import Role, role_of
from .grid import Line
from .loan_labels import is_of_loan
from .patterns import late_regex
from .rows import is_footer, is_total, starts_with_total
from .wording import is_fact, is_part_of_source, is_projection, is_share, is_source

_PAID_IN = late_regex(r"\s*\+\s*[$€£]\s?[0-9][0-9,]*(?:\.[0-9]{2})?\s*$", re.ASCII)
_MONEY_LAST = late_regex(r"\s+[$€£]\s?[0-9][0-9,]*(?:\.[0-9]{2})?$", re.ASCII)
_HEADS_SOURCES = late_regex(
    r"(?:(?:your|total|current) )*(?:source|vested|balance|amount|value)\b", re.IGNORECASE
)
_SHORT = 2
"""Letters of “US”, which no ticker beside a kind of asset is taken for."""
_FUNDS_OWN = 5
"""Letters of a ticker that only funds have."""
_MOST_NAMES = 30
"""Lines of words in a row among which a fund's name is looked for."""
_MOST_BACK = 500
"""Funds and other lines that one total may follow."""


class CardReader:
    """Puts lines together; `items` are cards and the lines that belong to none, in their order.

    `unread` are funds with figures none of which is known to be the value. `captions` are the labels, in
    small letters, of what the page says of each of its funds besides its worth, `worths` those of its worth.
    """

    def __init__(self, captions: frozenset[str] = frozenset(), worths: frozenset[str] = frozenset()) -> None:
        self._captions = captions
        self._worths = worths
        self.items: list[Card | Line] = []
        self.unread: list[Card] = []
        self._card: Card | None = None
        self._label: Role | None = None
        self._order: list[Role] = []
        self._block: list[Role] = []
        self._in_sources = False
        self._in_activity = False
        self._skips = False
        self._next: list[Figure] = []
        self._after = ""

    def take(self, line: Line, following: Line | None = None) -> None:
        """Take the next line that is not blank; the one after it may hold the figures of a label."""
        read = read_words(line)
        after = read_words(following) if following is not None else None
        self._next = after.figures if after is not None and not after.words else []
        self._after = following.text if following is not None else ""
        headings = heading_roles(line)
        if self._is_activity(read) or self._is_paid_in(read):
            self._leave(line._replace(cells=[]))
        elif is_share(read.line.text) or is_change(read.line.text):
            (self._card.lines if self._card is not None else self.items).append(line)
        elif headings:
            self._head(line, headings)
        elif read.has_figures and not read.words:
            self._figures(read)
        elif self._is_labelled_figure(read):
            self._label = read.role
            self._skips = self._skips and self._card is None
            self._figures(read)
        else:
            self._worded(read)

    def _is_labelled_figure(self, read: Words) -> bool:
        """Tell whether a line is the label of a fund's figure and that figure; a day has numbers too."""
        if not (read.has_figures and read.role in FIGURE_ROLES):
            return False
        return not (says_day(read.line.text) or self._is_total(read))

    def _is_activity(self, read: Words) -> bool:
        """Tell whether a line is among what was done lately, or heads it; accounts and funds end that."""
        card = self._card
        waits = self._label is not None or (
            card is not None and not has_value(card) and likeness(card.name) > 0
        )
        if heads_activity(read.words) or (not waits and heads_activity(read.line.text.strip())):
            self._in_activity = self._in_activity or not read.figures
        elif self._in_activity and (
            names_account(read.words) or heads_funds(read.words) or is_total(read.words)
        ):
            self._in_activity = False
        return self._in_activity

    def _is_paid_in(self, read: Words) -> bool:
        """Tell whether a line is an amount with a plus, or the words above one: nothing held has one."""
        if not read.words and _PAID_IN.match(read.line.text):
            return self._card is None or not self._card.figures
        return bool(read.words) and not read.has_figures and _PAID_IN.match(self._after) is not None

    def _worded(self, read: Words) -> None:
        """Take a line that begins with words."""
        if is_day(read):
            self._date(read.line)
        elif read.has_figures and is_movement(read.words):
            self._move(read.line)
        elif self._ends(read) or self._aside(read):
            return
        elif self._is_symbol(read):
            self._symbol(read)
        elif read.has_figures and read.figures:
            self._row(read)
        elif read.role is not None and not self._says_class(read):
            self._labelled(read.line, read.role)
        elif self._is_caption(read):
            self._skips = True
            self.items.append(read.line) if self._card is None else self._card.lines.append(read.line)
        elif is_rate(read, self._after):
            (self._card.lines if self._card is not None else self.items).append(read.line)
        else:
            self._name(read.line, read.words)

    def _aside(self, read: Words) -> bool:
        """Take the label of a figure that is not what a fund is worth; False for any other line."""
        card = self._card
        if card is None:
            if is_share_label(read.words):
                self.items.append(read.line._replace(cells=[]))
            return is_share_label(read.words)
        if not self._is_cost_of(card, read.words):
            return False
        self._skips = not read.has_figures
        card.lines.append(read.line)
        return True

    def _is_caption(self, read: Words) -> bool:
        """Tell whether words label a further figure of a fund, or one of a fund that is told already."""
        if read.has_figures or (self._card is not None and not self._card.figures):
            return False
        return read.words.lower() in self._captions

    def _is_cost_of(self, card: Card, words: str) -> bool:
        """Tell whether words label a figure of a fund that is not its worth; “Invested” may be that."""
        if not is_cost(words):
            return False
        if card.figures or "invested" in words.lower():
            return bool(card.figures)
        if card.names and (is_share_label(words) or words.lower() in self._captions):
            return True
        return bool(card.symbol) or likeness(card.name) > 0 or names_fund(card.name)

    def _move(self, line: Line) -> None:
        """Take a line of what came and went: it belongs to the fund above, or to none."""
        if self._card is None:
            self.items.append(line._replace(cells=[]))
        else:
            self._card.lines.append(line)

    def _is_symbol(self, read: Words) -> bool:
        """Tell whether a line is a ticker with units and price, below a fund that has no figures yet."""
        card = self._card
        waits = card is not None and bool(card.names) and not card.symbol and not card.figures
        return waits and bool(read.figures) and TICKER.fullmatch(read.words) is not None

    def _symbol(self, read: Words) -> None:
        found = TICKER.fullmatch(read.words)
        if self._card is not None and found is not None:
            self._card.symbol = found[1]
            self._figures(read)

    def _ends(self, read: Words) -> bool:
        """Take a line that belongs to no fund and ends the one above; False for any other."""
        line = read.line
        if is_transaction(line.text) or (read.has_figures and is_projection(read.words)):
            self._leave(line._replace(cells=[]))
        elif len(read.figures) < 2 and names_account(read.words):
            self._leave(line._replace(cells=[read.words]))
        elif (said := _MONEY_LAST.sub("", line.text.strip())) != line.text.strip() and names_account(said):
            self._leave(line._replace(cells=[said]))
        elif read.words and is_other(read.words):
            self._other(line)
        elif self._next and not read.has_figures and is_fact(read.words):
            self._fact(line)
        elif is_order(read.words) and (read.has_figures or self._next) and not self._lacks_figures():
            self._other(line)
        elif self._skips and self._card is None and is_of_loan(read.words):
            self._leave(line._replace(cells=[]))
        elif not is_total(read.words) and self._card and self._is_cost_of(self._card, read.words):
            return False
        elif self._is_end(read) or is_footer(read.words) or not may_name(line.text, read.words):
            self._skips = self._skips and not is_total(read.words)
            self._leave(line)
        else:
            return False
        return True

    def _lacks_figures(self) -> bool:
        """Tell whether a fund above has no figure yet: a button may stand between its name and the first."""
        card = self._card
        return card is not None and not card.figures and (bool(card.symbol) or likeness(card.name) > 0)

    def _is_total(self, read: Words) -> bool:
        """Tell whether a line is a total: its words say so, and no fund above still lacks its value."""
        if not is_total(read.words):
            return False
        card = self._card
        if card is None or card.in_sources or has_value(card) or self._adds_up(read, card):
            return True
        if len(read.figures) > 1 and starts_with_total(read.words):
            return True  # a column's sum each
        return not likeness(card.name) and self._may_be_account(card, read)

    def _is_end(self, read: Words) -> bool:
        """Tell whether words alone are those of a total, and no label of a fund's figure below."""
        card = self._card
        labelled = card is not None and any(figure.role is not None for figure in card.figures)
        in_card = (labelled or self._waits(read)) and read.role in FIGURE_ROLES
        return self._is_total(read) if in_card else is_total(read.words)

    def _waits(self, read: Words) -> bool:
        """Tell whether a fund above has no figure yet, so that “Market value” is the label of its first."""
        card = self._card
        if card is None or card.figures or not card.names or starts_with_total(read.words):
            return False
        return bool(card.symbol) or not self._may_be_account(card, read)

    def _may_be_account(self, card: Card, read: Words) -> bool:
        """Tell whether a label may be that of an account's worth, and not that of each fund's."""
        return may_be_account(card.name) and read.words.lower() not in self._worths

    def _adds_up(self, read: Words, card: Card) -> bool:
        """Tell whether a figure is the sum of the funds so far; the last has one that may be."""
        done = [item for item in self._since_total() if isinstance(item, Card) and not item.in_sources]
        unnamed = [figure for figure in card.figures if figure.role is None]
        signed = [figure for figure in unnamed if figure.has_sign]
        last = signed or unnamed
        if len(last) != 1 or not (done or signed):
            return False
        amounts = {figure.amount for figure in (read.figures or self._next)}
        return card_sum(done) + last[0].amount in amounts

    def _since_total(self) -> list[Card | Line]:
        """Return what was taken since the last line of a total or of an account's number."""
        last = self.items[-_MOST_BACK:]
        for place in range(len(last), 0, -1):
            item = last[place - 1]
            if isinstance(item, Card):
                continue
            words = read_words(item).words
            if is_total(words) or names_account(words):
                return last[place:]
        return last

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

    def _fact(self, line: Line) -> None:
        """Take the label of what is said of a fund or an account besides its worth; its figure follows."""
        if self._card is not None and (self._card.figures or self._card.symbol or likeness(self._card.name)):
            self._skips = True
            self._card.lines.append(line)
        else:
            self._other(line)

    def _head(self, line: Line, roles: list[Role]) -> None:
        self._leave(line)
        self._in_sources = Role.SOURCE in roles and Role.NAME not in roles
        self._order = [role for role in roles if role in FIGURE_ROLES]

    def _labelled(self, line: Line, role: Role) -> None:
        """Take a line that is one heading or label and nothing else."""
        self._skips = self._skips and self._card is None
        if role is Role.SOURCE and not self._sources_follow():
            self._leave(line)
        elif role in {Role.SOURCE, Role.NAME}:
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

    def _says_class(self, read: Words) -> bool:
        """Tell whether a word that may be a heading (“Stock”) is the kind of a fund whose figures follow."""
        return read.role is Role.NAME and bool(self._next) and self._lacks_figures() and is_class(read.words)

    def _sources_follow(self) -> bool:
        """Tell whether the line below “Source” is a heading or a source: pages are sorted by it too."""
        after = self._after.strip()
        heads = role_of(after) is not None or _HEADS_SOURCES.match(after) is not None
        return heads or is_source(after) or is_part_of_source(after)

    def _figures(self, read: Words) -> None:
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
        if isinstance(last, Line) and is_total(read_words(last).words) and not read_words(last).has_figures:
            self.items[-1] = last._replace(text=f"{last.text.strip()} {line.text.strip()}")
        else:
            self.items.append(line)

    def _row(self, read: Words) -> None:
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
        if card is not None and is_order(words) and self._lacks_figures():
            card.lines.append(line)
            return
        ticker = TICKER.fullmatch(words) or self._with_class(words)
        if ticker and card is not None and not card.symbol and not card.figures:
            card.symbol = ticker[1]
            kind = words[: -len(ticker[0])].strip() if words.endswith(f" {ticker[0]}") else ""
            if kind:
                line = line._replace(text=kind)
                card.names.append(line)
            card.lines.append(line)
            return
        if card is None or card.figures or len(card.names) >= _MOST_NAMES:
            self.close()
            card = self._card = Card(in_sources=self._in_sources)
        if ticker:
            card.symbol = ticker[1]
        elif card.names and goes_on(card.names[-1].text, line.text):
            first = card.names.pop()
            card.names.append(first._replace(text=f"{first.text.strip()} {line.text.strip()}"))
        else:
            card.names.append(line)
        card.lines.append(line)

    def _with_class(self, words: str) -> re.Match[str] | None:
        """Return the ticker beside the kind of asset, on a line of its own below a fund's name."""
        card = self._card
        if card is None or not card.names or card.symbol or card.figures:
            return None
        first, _, rest = words.partition(" ")
        kind, _, last = words.rpartition(" ")
        ticker = first if is_class(rest) else last if is_class(kind) and len(last) == _FUNDS_OWN else ""
        return TICKER.fullmatch(ticker) if len(ticker) > _SHORT else None

    def _date(self, line: Line) -> None:
        """Leave a line with a date out; it may stand between a fund's name and its figures."""
        card = self._card
        if card is None or card.figures or card.is_dated:
            self._leave(line)
            return
        card.is_dated = True
        self.items.append(line)
