"""What sheets without a table of holdings say of the file's account: its number, its name, its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .account_labels import name_for
from .grid import Line, filled
from .layouts import Layout
from .named_above import account_said
from .outcome import Found, Outcome
from .sheets import is_put_away
from .tables import Part

_MOST_LINES = 60
_MOST_BELOW = 20
_MOST_CELLS = 6
"""Lines of facts are short; rows of tables that nobody knows are not among them."""


def cover_lines(parts: Sequence[Part], usable: Sequence[Part]) -> list[Line]:
    """Return the lines of facts on the sheets of a workbook that hold no table of holdings."""
    used = {part.grid.sheet for part in usable}
    return [line for part in parts if part.grid.sheet not in used for line in _facts(part)]


def _facts(part: Part) -> Iterator[Line]:
    """Yield the lines above a sheet's first heading, none of a sheet that is put away."""
    if is_put_away(part.grid.sheet):
        return
    first = min(part.headers, default=_MOST_LINES)
    yield from (
        line
        for line in part.grid.lines[: min(first, _MOST_LINES)]
        if 0 < len(filled(line.cells)) <= _MOST_CELLS
    )


def name_by_cover(outcome: Outcome, lines: Sequence[Line], layout: Layout) -> None:
    """Give the only account of a file the number and name that its cover states, where it has none."""
    outcome.about.extend(" ".join(filled(line.cells)) for line in lines)
    held = [found for found in outcome.accounts.values() if found.gathered]
    said = account_said(lines) if lines and len(held) == 1 and layout.name == "generic" else None
    if said is None:
        return
    (found,) = held
    numbered = any(char.isdigit() for char in said.id) and said.id != said.name
    if not _is_numbered(found) and numbered:
        titled = layout.title_account(lines)
        name = said.name or (titled.name if titled is not None and said.id not in titled else "")
        if not found.is_fallback and layout.label_above(found.name) is not None:
            name = found.name
        _rename(outcome, found, said.id, name or name_for(said.id))
    elif found.is_fallback and not numbered and said.id not in outcome.accounts:
        _rename(outcome, found, said.id, said.name)
    elif found.name in {"", found.id} and said.name:
        found.name = said.name


def name_by_lines_below(outcome: Outcome, lines: Sequence[Line]) -> None:
    """Give the only account of a sheet the number on a line of its own below its rows (“acct 204-4181”).

    Only where the sheet or the file had to stand for the account, and one number alone is given.
    """
    held = [found for found in outcome.accounts.values() if found.gathered]
    if len(held) != 1 or not held[0].is_fallback:
        return
    last = max((row.line for row in held[0].rows), default=0)
    below = [line for line in lines if line.number > last and len(filled(line.cells)) == 1][-_MOST_BELOW:]
    said = [account for line in below if (account := account_said([line])) is not None]
    numbers = {account.id for account in said if _looks_numbered(account.id) and account.id != account.name}
    if len(numbers) == 1 and (number := numbers.pop()) not in outcome.accounts:
        _rename(outcome, held[0], number, held[0].name)


def _is_numbered(found: Found) -> bool:
    """Tell whether the file gives the account a number of its own."""
    return not found.is_fallback and (found.id != found.name or _looks_numbered(found.id))


def _looks_numbered(text: str) -> bool:
    return " " not in text and sum(char.isdigit() for char in text) > 1


def _rename(outcome: Outcome, found: Found, number: str, name: str) -> None:
    other = outcome.accounts.get(number)
    if other is not None and other is not found:
        if len(other.gathered):
            return
        del outcome.accounts[number]
    outcome.accounts = {number if other is found else key: other for key, other in outcome.accounts.items()}
    found.id, found.name, found.is_fallback = number, name, False
