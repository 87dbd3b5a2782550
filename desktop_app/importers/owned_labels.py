"""Lines that give a person and, where the funds below are named, that person's account by its number."""

from __future__ import annotations

from .amounts import looks_numeric
from .grid import Line, cell_at, filled
from .named_above import account_said
from .opening import has_number

_BOTH = 2


def is_owned_label(cells: list[str], name: int | None) -> bool:
    """Tell whether a line's only cells are a person and an account with a number in the column of names."""
    given = filled(cells)
    if len(given) != _BOTH or name is None or cell_at(cells, name) != given[1] or looks_numeric(given[0]):
        return False
    said = account_said([Line(0, [given[1]], given[1])])
    return said is not None and has_number(said.id)
