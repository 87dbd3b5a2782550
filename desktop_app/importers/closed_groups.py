"""Lines of words that stand above a group of funds and are said again in the group's own total."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .account_labels import is_numbered, is_one_account, speaks_of_account
from .amounts import looks_numeric
from .grid import Line, filled
from .rows import is_window_account
from .wording import without_total

_MOST_LINES = 2_000


def labels_of_groups(lines: Sequence[Line], heads: Collection[int]) -> frozenset[int]:
    """Return the places of labels that sound like accounts and are groups of funds as those beside them are.

    “Brokerage window” between “U.S. equity” and “Bonds”, each with a subtotal right below its rows, is a kind
    of investment. A label with a number or of a kind of account (“Roth IRA”) stays an account's.
    """
    found: set[int] = set()
    closed: dict[int, str] = {}
    opened: tuple[int, str] | None = None
    for i, line in enumerate(lines if len(lines) <= _MOST_LINES else ()):
        cells = filled(line.cells)
        if i in heads:
            found.update(_groups(closed))
            closed, opened = {}, None
        elif len(cells) == 1 and not looks_numeric(cells[0]):
            opened = (i, cells[0].strip(" :*"))
        elif cells and opened is not None and without_total(cells[0].strip(" :*")) == opened[1].lower():
            closed[opened[0]] = opened[1]
            opened = None
    return frozenset(found.union(_groups(closed)))


def _groups(closed: dict[int, str]) -> list[int]:
    """Return the places of labels, of those that a total closes, that are no accounts beside others."""
    unsure = [place for place, text in closed.items() if speaks_of_account(text)]
    return [place for place in unsure if not _is_account(closed[place])] if len(unsure) < len(closed) else []


def _is_account(text: str) -> bool:
    return is_numbered(text) or (is_one_account(text) and not is_window_account(text))
