"""Finds the column in which people name the account of a group of rows, under no heading that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import rows as words
from .amounts import is_missing, looks_numeric
from .columns import Columns, Role, TableKind, role_of
from .grid import cell_at, filled
from .wording import is_account, is_group, is_source, without_total

_LONGEST = 60
_ACCOUNTS = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER})


def with_account_column(columns: Columns, rows: Sequence[list[str]]) -> Columns:
    """Return a heading of holdings with the column that names accounts, if one without a known heading does.

    `rows` are those below. All its cells must be words that accounts are called by, on every row or on the
    first of each group only: a note beside some row is none.
    """
    if columns.kind is not TableKind.HOLDINGS or _ACCOUNTS & columns.index.keys():
        return columns
    name = columns.index.get(Role.NAME, columns.index.get(Role.SYMBOL))
    if name is None:
        return columns
    for place, key in enumerate(columns.keys):
        if place in columns.index.values() or role_of(key) is not None:
            continue
        if _names_accounts(rows, place, name, is_bare=not key or "account" in key):
            index = {**columns.index, Role.ACCOUNT_NAME: place}
            return replace(columns, index=index, account_names=(place,))
    return columns


def _names_accounts(rows: Sequence[list[str]], place: int, name: int, *, is_bare: bool) -> bool:
    """Tell whether a column names the account of every row, or of the first row of every group.

    Groups begin at the first row and below a gap or total; under no heading, or one that speaks of accounts
    (`is_bare`), an account's words begin one themselves.
    """
    said: list[str] = []
    opens = every = True
    for row in rows:
        label, fund = cell_at(row, place), cell_at(row, name)
        if len(filled(row)) < 2 or is_missing(fund) or words.is_total(fund) or without_total(fund):
            opens = True
        elif is_missing(label):
            if not said:
                return False
            opens = every = False
        elif not _may_be_account(label):
            return False
        elif opens or every or label == said[-1] or (is_bare and is_account(label)):
            opens = False
            said.append(label)
        else:
            return False
    if not said or len(set(said)) == len(rows) or _are_sources(said):
        return False
    return any(map(is_account, said))


def _may_be_account(text: str) -> bool:
    if len(text) > _LONGEST or looks_numeric(text) or words.is_section(text) or is_group(text):
        return False
    return is_account(text) or not (words.is_fundish(text) or is_source(text))


def _are_sources(said: Sequence[str]) -> bool:
    """Tell whether all words may be contribution sources (“Roth 401(k)”): an IRA is an account."""
    return all(map(is_source, said)) and not any("ira" in text.lower().split() for text in said)
