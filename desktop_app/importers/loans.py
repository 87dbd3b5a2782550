"""Lists what a file says is owed on loans: a line of its own for each, with the reason that it is a loan.

Loans stand beside holdings in every way: in a table of theirs, in a line below a total, in a sentence, on a
card, in a column beside the funds. None of them is counted, and no line that is counted becomes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.money import ZERO, to_cents
from desktop_app.domain.statement import SkippedRow, SkipReason

from .amounts import looks_numeric
from .card_lines import heads_activity, heads_funds
from .grid import Grid, Line, cell_at, filled
from .loan_labels import speaks_of_loans
from .loan_words import (
    amount_in,
    has_figure,
    is_lent,
    is_money,
    is_of_day,
    is_owed,
    is_row_of_fund,
    is_title,
    loan_columns,
    money_said,
    owed_columns,
    spaced_cells,
)
from .outcome import Outcome
from .rows import is_total

_MOST_LINES = 20_000
_LONGEST_TEXT = 400
_MAY_BE_LOAN = frozenset({
    SkipReason.NOT_A_HOLDING, SkipReason.LABEL, SkipReason.FOOTER, SkipReason.EMPTY, SkipReason.SOURCE_SPLIT,
})  # fmt: skip

Kept = Callable[[], set[tuple[str, int]]]
"""Sheets and lines that are counted."""


class _Loan(NamedTuple):
    """A line that says what is owed, the words that tell it, and the dollars where they are sure.

    `beside` says that it is a column of a line that tells something else as well, `is_owed` False that it is
    a movement and no loan.
    """

    line: Line
    text: str
    owed: Decimal | None
    beside: bool = False
    is_owed: bool = True


class _Said(NamedTuple):
    """What the lines above say of the line at hand."""

    in_loans: bool = False
    in_activity: bool = False
    table: list[int] | None = None
    """The columns of what is owed, in a table of loans."""
    beside: tuple[tuple[int, str], ...] = ()
    """The columns of loans in a table of something else, with their headings."""


def list_loans(outcome: Outcome, grids: Sequence[Grid], kept: Kept) -> None:
    """List the lines of loans among those left out; a line that is counted stays counted."""
    found = [(grid.sheet, loan) for grid in grids for loan in _loans(grid)]
    found += [(grid.sheet, _Loan(line, line.text, None)) for grid in grids for line in grid.loans]
    if not found:
        return
    known = {(row.sheet, row.line): place for place, row in enumerate(outcome.skipped)}
    counted = kept()
    owed: dict[Decimal, Decimal] = {}
    for sheet, loan in found:
        place = known.get((sheet, loan.line.number))
        if _list_one(outcome, sheet, loan, place, is_counted=(sheet, loan.line.number) in counted):
            owed.setdefault(abs(loan.owed or ZERO), to_cents(loan.owed or ZERO))
    outcome.loans = outcome.loans or sum(owed.values(), ZERO)


def _list_one(outcome: Outcome, sheet: str, loan: _Loan, place: int | None, *, is_counted: bool) -> bool:
    """List one loan, at its `place` among the lines left out if it has one; tell whether it is one."""
    row = SkippedRow(loan.line.number, loan.text[:_LONGEST_TEXT], SkipReason.LOAN, sheet)
    reason = None if place is None else outcome.skipped[place].reason
    if not loan.is_owed:
        if place is not None and reason is SkipReason.LOAN:
            outcome.skipped[place] = replace(row, reason=SkipReason.NOT_A_HOLDING)
        return False
    if loan.beside:
        is_new = is_counted and not any(_is_told(other, row) for other in outcome.skipped)
        outcome.skipped.extend([row] if is_new else [])
        return is_new
    if place is None:
        is_new = bool(loan.line.number) and not is_counted
        outcome.skipped.extend([row] if is_new else [])
        return is_new
    if reason in _MAY_BE_LOAN:
        outcome.skipped[place] = row
    return reason in _MAY_BE_LOAN or reason is SkipReason.LOAN


def _is_told(other: SkippedRow, row: SkippedRow) -> bool:
    """Tell whether a line left out tells the same loan: the same words, or the same line as one."""
    if other.text == row.text:
        return True
    return other.reason is SkipReason.LOAN and (other.sheet, other.line) == (row.sheet, row.line)


def _loans(grid: Grid) -> Iterator[_Loan]:
    """Yield the lines of a sheet that say what is owed, and those of movements."""
    lines = [_laid_open(line) for line in grid.lines] if len(grid.lines) <= _MOST_LINES else []
    lines = [line for line in lines if filled(line.cells)]
    if not (is_title(grid.sheet) or any(speaks_of_loans(line.text) for line in lines)):
        return
    said = _Said(in_loans=is_title(grid.sheet))
    before = 0
    for i, line in enumerate(lines):
        cells = filled(line.cells)
        is_apart = line.number > before + 1
        before = line.number
        if any(map(has_figure, cells)):
            yield from _in_line(said, line, cells)
            continue
        if (beside := _amount_below(lines, i)) and is_owed(cells[0], in_loans=said.in_loans):
            yield _Loan(line, f"{line.text.strip()}: {beside}", amount_in(beside))
        said = _after_words(said, line, cells, is_apart=is_apart)


def _laid_open(line: Line) -> Line:
    """Return a line with its words as a cell where a page's reader left none, as of lines of no fund."""
    text = line.text.strip()
    return line._replace(cells=[text]) if text and not filled(line.cells) else line


def _amount_below(lines: Sequence[Line], i: int) -> str:
    """Return the amount alone on the line below one of words alone, "" where there is none."""
    if len(filled(lines[i].cells)) != 1 or i + 1 == len(lines):
        return ""
    below = filled(lines[i + 1].cells)
    return below[0] if len(below) == 1 and is_money(below[0]) and amount_in(below[0]) is not None else ""


def _after_words(said: _Said, line: Line, cells: Sequence[str], *, is_apart: bool) -> _Said:
    """Return what is said of the lines below one of words without a figure."""
    if len(cells) > 1:
        if (table := loan_columns(line.cells, in_loans=said.in_loans)) is not None:
            return _Said(in_loans=True, table=table)
        if said.table is not None and not is_apart:
            return said
        places = owed_columns(line.cells)
        return _Said(
            in_activity=said.in_activity,
            beside=tuple((place, line.cells[place].strip()) for place in places),
        )
    if heads_activity(cells[0]):
        return _Said(in_activity=True)
    if is_title(cells[0]):
        return _Said(in_loans=True)
    if is_apart or heads_funds(cells[0]):
        return _Said(in_loans=said.in_loans and speaks_of_loans(cells[0]))
    return said._replace(table=None)


def _in_line(said: _Said, line: Line, cells: Sequence[str]) -> Iterator[_Loan]:
    """Yield what a line with figures says of loans."""
    for place, heading in said.beside:
        if (owed := amount_in(cell_at(line.cells, place))) is not None:
            yield _Loan(line, f"{heading}: {cell_at(line.cells, place)}", owed, beside=True)
    if said.in_activity:
        yield _Loan(line, line.text, None, is_owed=False)
    elif said.table is not None:
        yield from _in_table(said.table, line, cells)
    elif len(cells) == 1:
        yield from _in_words(said, line, cells[0])
    elif not is_of_day(cells) and not is_row_of_fund(cells):
        yield from _in_cells(said, line, cells)


def _in_words(said: _Said, line: Line, text: str) -> Iterator[_Loan]:
    """Yield a line of one cell that tells of a loan: a sentence, a label and amount, a row set in spaces."""
    told = money_said(text, in_loans=said.in_loans)
    parts = spaced_cells(text) if said.in_loans and told is None else []
    if len(parts) > 1 and not any(map(is_lent, parts)) and not is_total(parts[0]):
        yield from [_Loan(line, line.text, None)] if any(map(is_money, parts)) else []
    elif told is not None or speaks_of_loans(text):
        yield _Loan(line, line.text, told, is_owed=told is not None)


def _in_cells(said: _Said, line: Line, cells: Sequence[str]) -> Iterator[_Loan]:
    """Yield a line whose label is that of a loan, or of what is paid or could be lent."""
    amounts = [amount for cell in cells if (amount := amount_in(cell)) is not None]
    words = [cell for cell in cells if not looks_numeric(cell)]
    told = [owed for cell in words if (owed := money_said(cell, in_loans=said.in_loans)) is not None]
    if said.in_loans and told and not amounts:
        yield _Loan(line, line.text, told[0] if len(told) == 1 else None)
    elif amounts and any(is_owed(cell, in_loans=said.in_loans) for cell in words):
        yield _Loan(line, line.text, amounts[0] if len(amounts) == 1 else None)
    elif any((said.in_loans or speaks_of_loans(cell)) and is_lent(cell) for cell in words):
        yield _Loan(line, line.text, None, is_owed=False)


def _in_table(owed: Sequence[int], line: Line, cells: Sequence[str]) -> Iterator[_Loan]:
    """Yield the row of a table of loans, where something is owed."""
    if is_row_of_fund(cells) or is_total(cells[0]):
        return
    if not owed:
        if any(amount_in(cell) is not None for cell in cells):
            yield _Loan(line, line.text, None)
        return
    amounts = (amount_in(cell_at(line.cells, place)) for place in owed)
    if (amount := next((found for found in amounts if found is not None), None)) is not None:
        yield _Loan(line, line.text, amount)
