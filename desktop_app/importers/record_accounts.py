"""Records that hold the funds of one account each, whatever they are called: their name, number and cash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO

from .amounts import parse_amount
from .columns import Role
from .headwords import has_role
from .patterns import late_regex
from .trees import Node

_LIST = late_regex(r"positions?|holdings?|investments?|assets|funds|securities", re.IGNORECASE)
_CALLED = {
    "mask": "account mask", "number": "account number", "label": "account name", "name": "account name",
    "title": "account name", "displayname": "account name",
}  # fmt: skip
"""Words that say nothing without their record, as a record that holds funds means them."""
_CASH = late_regex(r"cash(?: (?:balance|value|amount))?", re.IGNORECASE)
_TOTAL = late_regex(r"(?:total|account|market|current)?\s*(?:total|balance|value)", re.IGNORECASE)

Spaced = Callable[[str], str]
"""A name's words (`cashBalance`)."""


def tell_accounts(root: Node, spaced: Spaced) -> None:
    """Say of each record that holds a list of funds, one of several such, that its words are an account's.

    Cash that stands beside the list becomes a record in it where the account's total proves that it is part.
    """
    for node in root.walk():
        holders = [child for child in node.children if child.is_listed and _held(child)]
        several = {name for name, count in Counter(child.name for child in holders).items() if count > 1}
        for child in holders:
            if child.name in several and "account" not in child.name.lower():
                child.leaves = [(_CALLED.get(key.lower(), key), text) for key, text in child.leaves]
            _count_cash(child, spaced)


def _held(node: Node) -> list[Node]:
    """Return the records of funds that a record lists."""
    return [child for child in node.children if child.is_listed and _LIST.fullmatch(child.name)]


def _count_cash(node: Node, spaced: Spaced) -> None:
    cash = _leaf(node, _CASH, spaced)
    total = _leaf(node, _TOTAL, spaced)
    if not cash or total is None:
        return
    worth = [_worth(child, spaced) for child in _held(node)]
    known = [amount for amount in worth if amount is not None]
    if len(known) == len(worth) and abs(sum(known, ZERO) + cash - total) <= CENT:
        node.children.append(_like(_held(node)[0], cash, spaced))


def _like(fund: Node, cash: Decimal, spaced: Spaced) -> Node:
    """Return a record of cash that gives its name and its worth as one of a fund does."""
    told = Node(fund.name, fund.line, is_listed=True)
    told.leaves = [(key, str(cash)) for key, _ in fund.leaves if has_role(spaced(key), Role.VALUE)][:1]
    for record in (fund, *fund.children):
        keys = [key for key, _ in record.leaves if has_role(spaced(key), Role.NAME) or key.lower() in _CALLED]
        if keys:
            named = [(keys[0], "Cash")]
            told.leaves += named if record is fund else []
            told.children += [] if record is fund else [Node(record.name, record.line, named)]
            break
    return told


def _leaf(node: Node, words: re.Pattern[str], spaced: Spaced) -> Decimal | None:
    found = (parse_amount(text) for key, text in node.leaves if words.fullmatch(spaced(key)))
    return next((amount for amount in found if amount is not None), None)


def _worth(node: Node, spaced: Spaced) -> Decimal | None:
    told = (text for key, text in node.leaves if has_role(spaced(key), Role.VALUE))
    return next((amount for text in told if (amount := parse_amount(text)) is not None), None)
