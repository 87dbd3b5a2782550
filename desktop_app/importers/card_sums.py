"""What the cards of a page say twice: the whole above its funds, and parts by contribution source."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from decimal import Decimal
from itertools import accumulate, takewhile

from desktop_app.domain.money import ZERO

from .account_labels import is_part_of_account, speaks_of_account
from .amounts import find_date, looks_numeric
from .card_figures import Card, is_class, likeness, names_fund, plain_words
from .card_lines import heads_funds, names_account
from .card_words import read_words
from .columns import Role
from .grid import Line
from .names import has_manager
from .names import read_words as words_of
from .patterns import late_regex
from .rows import is_total
from .wording import is_source

_SOURCE_WORDS = late_regex(
    r"employe[er]|pre-?\s?tax|\btraditional\b|\broth\b|match|safe harbor|roll\s?over|after-?\s?tax"
    r"|profit sharing|elective|deferral|contribution",
    re.IGNORECASE,
)
_FEWEST_FIGURES = 3
_FEWEST_ALIKE = 2
_MOST_FUNDS = 200
"""Funds of one account on a page."""
Item = Card | Line


def name_alike(funds: Sequence[Card], lines: Sequence[Line]) -> None:
    """Take the same one of two lines above the figures for the name of each fund, if some tell which it is.

    The page says the name again elsewhere, it has a manager's name, or the other line is a kind of asset's.
    """
    if len(funds) < _FEWEST_ALIKE or any(len(card.names) < _FEWEST_ALIKE for card in funds):
        return
    own = {(line.number, line.text) for card in funds for line in card.names}
    said = {read_words(line).words.lower() for line in lines if (line.number, line.text) not in own}
    pairs = [(card.names[-2], card.names[-1]) for card in funds]
    upper = sum(_names_rather(one, other, said) for one, other in pairs)
    lower = sum(_names_rather(other, one, said) for one, other in pairs)
    if min(upper, lower) or max(upper, lower) < _FEWEST_ALIKE:
        return
    for card, pair in zip(funds, pairs, strict=True):
        card.chosen = pair[0] if upper else pair[1]
        if card.chosen in card.before:
            card.before = [line for line in card.before if line is not card.chosen]
            card.lines = [card.chosen, *card.lines]


def _names_rather(one: Line, other: Line, said: Container[str]) -> bool:
    """Tell whether a line names a fund and another one beside it does not."""
    again = [read_words(line).words.lower() in said for line in (one, other)]
    managed = [has_manager(words_of(plain_words(line.text))) for line in (one, other)]
    classes = [is_class(line.text) for line in (other, one)]
    told = [mine - theirs for mine, theirs in (again, managed, classes)]
    return max(told) > 0 and min(told) >= 0


def without_whole(items: Sequence[Item]) -> list[Item]:
    """Return the items with what a page says each account is worth, above its funds, as a line again.

    It has a name and an amount as a fund without units has, but is exactly the sum of those below it, or its
    name is an account's and the words that head its funds follow.
    """
    told: list[Item] = []
    wholes = _wholes(items)
    facts = False
    for place, item in enumerate(items):
        if isinstance(item, Card):
            whole = place in wholes
            told += [*item.before, *_as_lines(item)] if whole else [item]
            facts = whole and _is_account(item) and _heads_funds_below(items, place)
        else:
            told.append(item._replace(cells=[]) if facts and _is_fact(item) else item)
    return told


def _wholes(items: Sequence[Item]) -> set[int]:
    """Return the places of the cards that are what accounts are worth; one of all accounts is first."""
    first = next((place for place, item in enumerate(items) if isinstance(item, Card)), -1)
    wholes: set[int] = set()
    funds: list[Card] = []
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        if not isinstance(item, Card) or item.in_sources:
            continue
        if _is_bare_value(item) and (
            (place == first and len(funds) > 1 and _is_worth_all(item, funds, items[place + 1 :]))
            or _heads(item, funds, has_heading=_heads_funds_below(items, place))
        ):
            wholes.add(place)
        elif not _is_part(item):
            funds.insert(0, item)
    return wholes


def _is_worth_all(card: Card, funds: Sequence[Card], below: Sequence[Item]) -> bool:
    """Tell whether a card is what all accounts are worth: its sum, or more above the first one's number."""
    value, total = card_sum([card]), card_sum(funds)
    between = takewhile(lambda item: isinstance(item, Line), below)
    heads = any(isinstance(line, Line) and names_account(line.text.strip()) for line in between)
    worded = likeness(card.name) <= 0 or (speaks_of_account(card.name) and card.name.isalpha())
    return value == total or (value > total and heads and worded)


def _heads(card: Card, funds: Sequence[Card], *, has_heading: bool) -> bool:
    """Tell whether a card is what an account is worth whose funds are the first of those below."""
    named = _is_account(card)
    if not funds or (not named and (likeness(card.name) > 0 or is_part_of_account(card.name))):
        return False
    if named and has_heading:
        return True
    fewest = 1 if named else 2
    sums = accumulate(card_sum([fund]) for fund in funds[:_MOST_FUNDS])
    value = card_sum([card])
    return _is_detailed(funds[0]) and any(
        count >= fewest and total == value for count, total in enumerate(sums, 1)
    )


def _is_account(card: Card) -> bool:
    """Tell whether a card is called like an account, and not like a fund or a part of one."""
    return speaks_of_account(card.name) and not (likeness(card.name) > 0 or is_part_of_account(card.name))


def _heads_funds_below(items: Sequence[Item], place: int) -> bool:
    """Tell whether words such as “Investments (5)” stand between a card and the next one, which has units."""
    between = list(takewhile(lambda item: isinstance(item, Line), items[place + 1 :]))
    after = items[place + 1 + len(between)] if place + 1 + len(between) < len(items) else None
    heads = any(isinstance(line, Line) and heads_funds(line.text.strip()) for line in between)
    return heads and isinstance(after, Card) and _is_detailed(after)


def _as_lines(card: Card) -> list[Line]:
    """Return the lines of a whole: its name as it stands, which may be an account's, and a total."""
    amount = card.values[Role.VALUE].text
    name = card.first
    figures = next((line for line in card.lines if line is not name and amount in line.text), name)
    words = "Total" if figures is not name else f"Total of {card.name}"
    total = figures._replace(cells=[f"{words}: {amount}"])
    return [total if line.number == total.number else line for line in card.lines if line not in card.before]


def _is_detailed(card: Card) -> bool:
    """Tell whether units, a price or a ticker say that a card is a fund's."""
    return bool(card.symbol) or not card.values.keys().isdisjoint({Role.UNITS, Role.PRICE})


def _is_fact(line: Line) -> bool:
    """Tell whether a line between an account and its funds names no account, no day and no sum."""
    read = read_words(line)
    return not (names_account(read.words) or is_total(read.words) or find_date(line.text))


def mark_sources(found: Sequence[Card]) -> None:
    """Tell contribution sources without a heading: their words, and the same sum as the funds.

    On a page of several accounts the sources of one follow its funds.
    """
    likely = [card for card in found if _is_part(card)]
    funds = [card for card in found if card not in likely and not card.in_sources]
    if _say_the_same(likely, funds):
        for card in likely:
            card.in_sources = True
        return
    before: list[Card] = []
    run: list[Card] = []
    ends: list[Card | None] = [*found, None]
    for one in ends:
        if one is not None and one in likely:
            run.append(one)
            continue
        if run:
            for source in _which_say_the_same(run, before):
                source.in_sources = True
            before, run = [], []
        if one is not None and not one.in_sources:
            before.append(one)


def _which_say_the_same(run: Sequence[Card], funds: Sequence[Card]) -> Sequence[Card]:
    """Return the first parts of a run that add to the funds above: what is paid in may stand behind them."""
    parts = (run[:end] for end in range(len(run), 0, -1))
    return next((part for part in parts if _say_the_same(part, funds)), ())


def _say_the_same(sources: Sequence[Card], funds: Sequence[Card]) -> bool:
    room = Decimal("0.01") * (len(sources) + len(funds) + 1)
    return bool(sources) and bool(funds) and abs(card_sum(sources) - card_sum(funds)) <= room


def card_sum(found: Sequence[Card]) -> Decimal:
    """Return the dollars of all cards whose value is known."""
    return sum((card.values[Role.VALUE].amount for card in found if Role.VALUE in card.values), ZERO)


def is_row(text: str) -> bool:
    """Tell whether a line of no card looks like the row of a table: words and several figures."""
    figures = [word for word in text.split() if looks_numeric(word)]
    if len(figures) < _FEWEST_FIGURES or not any(map(str.isalpha, text)):
        return False
    return not is_total(text.partition(figures[0])[0])


def _is_bare_value(card: Card) -> bool:
    return card.values.keys() == {Role.VALUE} and not card.symbol


def _is_part(card: Card) -> bool:
    """Tell whether a card may be the part of a contribution source: by its words, and without a price."""
    if Role.PRICE in card.values:
        return False
    return is_source(card.name) or (_SOURCE_WORDS.search(card.name) is not None and not names_fund(card.name))
