"""A workbook's overview of its accounts: what each is worth, as a check of the sheets that were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.records import dataclass

from . import rows as words
from .account_labels import clean
from .amounts import parse_amount
from .columns import Columns, Role, TableKind
from .grid import Line
from .outcome import Found, Outcome
from .tables import Part

_tr = translator("Remarks")
_MOST_ROWS = 200
_MOST_NAMED = 5
_NOT_READ = "Sheet “{0}” lists money that was not read from any sheet: {1}."
_NOT_READ_MORE = "Sheet “{0}” lists money that was not read from any sheet: {1} and {2} more."
_NOT_READ_FIX = "If it stands on a sheet that was left out, say what the columns of that sheet are."


@dataclass(slots=True)
class _Said:
    """One row of an overview: what an account is called, whose it is, and its dollars."""

    name: str
    owner: str
    value: Money
    line: int
    sheet: str


def check_overview(outcome: Outcome, parts: Sequence[Part], usable: Sequence[Part]) -> None:
    """Compare the accounts that were read with the tables of accounts on the other sheets of a workbook.

    An account's stated total and name come from there where its own sheet gives none; what the overview
    lists and no sheet holds becomes a warning.
    """
    used = {part.grid.sheet for part in usable}
    for part in parts:
        for position, columns in part.headers.items() if part.grid.sheet not in used else ():
            if columns.kind is TableKind.ACCOUNTS:
                _compare(outcome, list(_said(part, position, columns)))


def _said(part: Part, position: int, columns: Columns) -> Iterator[_Said]:
    """Yield the rows of one table of accounts."""
    money = columns.index.get(Role.ACCOUNT_TOTAL, columns.index.get(Role.VALUE, -1))
    names = [columns.index[role] for role in (Role.ACCOUNT_NAME, Role.ACCOUNT_ID) if role in columns.index]
    owner = columns.index.get(Role.OWNER, -1)
    for i, line in enumerate(part.grid.lines[position + 1 : position + 1 + _MOST_ROWS], position + 1):
        if i in part.headers or not any(cell.strip() for cell in line.cells):
            return
        value = parse_amount(_cell(line, money))
        name = next((text for place in names if (text := _cell(line, place))), "") or _cell(line, owner)
        if value is not None and name:
            yield _Said(clean(name), _cell(line, owner), to_cents(value), line.number, part.grid.sheet)


def _cell(line: Line, place: int) -> str:
    return line.cells[place].strip() if 0 <= place < len(line.cells) else ""


def _compare(outcome: Outcome, said: list[_Said]) -> None:
    whole = [row for row in said if words.is_total(row.name) or _adds_up(row, said)]
    left = [row for row in said if row not in whole and row.value]
    held = [found for found in outcome.accounts.values() if found.gathered]
    for same in (_is_worth, _is_called):
        for row in list(left):
            found = [found for found in held if same(found, row)]
            rivals = [
                other for other in left if other is not row and len(found) == 1 and same(found[0], other)
            ]
            if len(found) == 1 and not rivals:
                left.remove(row)
                held.remove(found[0])
                _settle(outcome, found[0], row)
    if len(left) == len(held) == 1:
        _settle(outcome, held[0], left.pop())
    if left:
        outcome.issues.append(_not_read(left))
    elif whole and outcome.whole_total is None and len(outcome.accounts) > 1:
        outcome.whole_total = (whole[-1].line, whole[-1].value)


def _adds_up(row: _Said, said: list[_Said]) -> bool:
    """Tell whether a row, whatever it is called, is the sum of all others, which are several."""
    others = [other.value for other in said if other is not row and not words.is_total(other.name)]
    return len(others) > 1 and row is said[-1] and row.value == sum(others, ZERO)


def _is_worth(found: Found, row: _Said) -> bool:
    return abs(found.gathered.total - row.value) <= CENT * max(2, len(found.gathered))


def _is_called(found: Found, row: _Said) -> bool:
    name = row.name.lower()
    called = {found.id.lower(), found.name.lower()}
    return name in called or bool(
        row.owner and {f"{row.owner} {name}".lower(), f"{row.owner}'s {name}"} & called
    )


def _settle(outcome: Outcome, found: Found, row: _Said) -> None:
    """Take an overview's name for an account known by its number only, and its dollars as a check."""
    if found.is_fallback or found.name in {"", found.id}:
        taken = {other.name for other in outcome.accounts.values() if other is not found}
        found.name = f"{row.owner} {row.name}".strip() if row.name in taken else row.name
    if found.stated is None:
        found.stated, found.stated_line = row.value, None
    elif found.stated != row.value:
        message = _tr("{0}: its sheet adds to {1:,.2f}, but sheet “{2}” gives {3:,.2f}.").format(
            found.name, found.gathered.total, row.sheet, row.value
        )
        fix = _tr("Check which of the two is newer.")
        outcome.issues.append(Issue(Severity.WARNING, message, fix, row.line, (), row.sheet))


def _not_read(left: list[_Said]) -> Issue:
    listed = ", ".join(f"{row.name} {row.value:,.2f}" for row in left[:_MOST_NAMED])
    said = _tr(_NOT_READ_MORE if len(left) > _MOST_NAMED else _NOT_READ)
    message = said.format(left[0].sheet, listed, len(left) - _MOST_NAMED)
    return Issue(
        Severity.WARNING, message, _tr(_NOT_READ_FIX), left[0].line, (QuickFix.COLUMNS,), left[0].sheet
    )
