"""Tells what the lines above the first table of a grid say: whose money it is, its total, and cash."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money, to_cents

from . import rows as words
from .account_labels import AccountName, is_one_account, is_part_of_account, speaks_of_account, split_label
from .amounts import looks_numeric
from .card_words import GAPS
from .columns import role_of
from .grid import Line, filled
from .holdings import Holdings
from .judged import Judged
from .layouts import Layout
from .loan_labels import is_loan_line
from .named_above import account_said, is_label
from .outcome import Found, Outcome
from .patterns import late_regex
from .rows import Row
from .unfold import label_of
from .wording import is_cash_line, is_headline, is_source_section

_tr = translator("Remarks")
_CASH_FIX = "If a line of the table is this cash as well, leave it out."
_LONGEST_WITH_CASH = 500
_NO_NUMBER = late_regex(r"\b(?:(?:19|20)[0-9]{2}|40[13]|457|529)\b", re.ASCII)
"""Years and kinds of plans."""
_LABELS = late_regex(
    r"\b(?:name|id|ssn|status|no\.?|number|date|subject|from|recordkeeper|quarter|prepared for)\s*:",
    re.IGNORECASE,
)
"""What is said of a person, a report or a mail rather than of an account."""
_WORDS_AND_MONEY = late_regex(
    r"(?P<words>[A-Za-z][A-Za-z()/ -]*[A-Za-z)]):?\s+"
    r"(?P<amount>\$\s?[0-9][0-9,]*\.[0-9]{2})(?:\s+[A-Z%(·•-].*)?"
)
_DEPOSIT = late_regex(
    r"(?:(?:bank|cash|fdic|insured|hsa|base|core|interest) )*"
    r"(?:deposit (?:account|program)|deposits?|(?:settlement|sweep) (?:account|fund)"
    r"|(?:deposit )?sweep(?: program)?)",
    re.IGNORECASE,
)
"""Words for cash beside investments, where the sum of both is stated."""
_PERCENT = late_regex(r"[-+]?[0-9.,]+\s?%", re.ASCII)
_REMARK = late_regex(r"(?<!\s)\s*\([^()]*\)\s*$")
_LEAST_DIGITS = 3
_BEGINS_WITH_MONEY = late_regex(r"[-+−(▲▼\s]*[$€£][0-9]")
_FLOW = late_regex(
    r"\b(?:this (?:check|period|pay)|per (?:check|pay ?period|paycheck)|year to date|ytd|election"
    r"|deferral rate|contributed|payroll)\b",
    re.IGNORECASE,
)
"""Headings of what is paid in, of which no total is what an account is worth."""
_FARTHEST = 30
_OPENED_AND_CLOSED = 2
_OPENED_TO_CLOSED = 3
_MOST_BESIDE = 3
"""Cells of a line that names an account and gives its number."""


class Opening:
    """The lines above the first heading; `is_numbered` says whether they give an account's number.

    `heads_activity` tells that the first table is none of holdings: the words right above are its title.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        layout: Layout,
        amount: Callable[[str], Decimal | None],
        *,
        heads_activity: bool = False,
    ) -> None:
        self._lines = lines
        self._told = _with_amounts(lines)
        self._heads_activity = heads_activity
        self._layout = layout
        self._amount = amount
        texts = (text.strip() for line in lines for text in (*_pieces(line), label_of(line)[1]))
        amounts = (amount(text) for text in texts if text)
        self.amounts: set[Money] = {to_cents(found) for found in amounts if found is not None}
        """Dollars that the lines state."""
        self._said = self._account_said()
        self.is_numbered = self._said is not None and has_number(self._said.id)

    def account(self) -> AccountName | None:
        """Return the account that the lines above the first table name, one with a number first."""
        said = self._said
        titled, label = self._titled(), self._last_label()
        if said is None and self._layout.name == "generic" and label is not None and has_number(label.id):
            return label if titled is None or not has_number(titled.id) else titled
        if said is None and titled is not None and label is not None and is_part_of_account(label.name):
            return titled
        return said or titled or label

    def _titled(self) -> AccountName | None:
        """Return the account that the titles name: one of a kind, whose part the last of them may name."""
        whole = [line for line in self._lines if not is_part_of_account(" ".join(filled(line.cells)))]
        above = self._layout.title_account(whole) if len(whole) < len(self._lines) else None
        if above is not None and is_one_account(above.name):
            return above
        return self._layout.title_account(self._lines)

    def state(self, out: Outcome) -> None:
        """Note the first total that the lines state."""
        for place, line in enumerate(self._told):
            cells = filled(line.cells)
            stated = None if self._is_of_flows(place) else words.stated_amount(cells)
            value = self._amount(self._closing(cells, stated[1])) if stated else None
            if value is not None:
                out.stated_above = (line.number, to_cents(value))
                return

    def _is_of_flows(self, place: int) -> bool:
        """Tell whether a line is the total of a table of what is paid in, whose heading stands above it."""
        above = range(place - 1, max(place - _FARTHEST, -1), -1)
        for cells in (filled(self._told[k].cells) for k in above):
            if len(cells) < 2:
                return False
            if not any(map(looks_numeric, cells)):
                return any(_FLOW.search(cell) for cell in cells)
        return False

    def _closing(self, cells: Sequence[str], first: str) -> str:
        """Return the amount of a total that is meant: beside an opening and a change the closing one."""
        amounts = [self._amount(cell) for cell in cells[1:]]
        if len(amounts) == _OPENED_TO_CLOSED and None not in amounts:
            opened, closed, change = (amount or ZERO for amount in amounts)
            if change and opened + change == closed:
                return cells[2]
            if change and opened + closed == change:
                return cells[3]
        return first

    def count_cash(self, out: Outcome, holdings: Holdings, judged: Judged, column: int | None) -> None:
        """Count cash that a line above the table states, unless a row or the file's total has it already.

        Where an amount stands in the table's `column` of values, no word for cash is needed: with the rows it
        must be a total that the lines state.
        """
        if self._layout.name != "generic" or not out.accounts:
            return
        for line in self._told:
            label, text = _labelled(line)
            is_deposit = bool(label) and (
                _DEPOSIT.fullmatch(_REMARK.sub("", label).strip(" :")) is not None
                or _is_below(column, line, label, text)
            )
            if not (label and (is_deposit or is_cash_line(label))) or line.number in judged.leave_out:
                continue
            value = self._amount(text)
            if value and not is_cash_line(label) and not self._is_proved(out, to_cents(value)):
                continue
            if value and not self._has_cash(out, to_cents(value)):
                row = Row(line, label, "", "", "", "", text, "", "", "", "")
                _add_to_stated(out, to_cents(value))
                holdings.start_table(by_source=False)
                holdings.take_counted(row, None)
                message = _tr("{0}: {1:,.2f} stands above the table. It was counted as cash.").format(
                    row.name, value
                )
                out.warn(line, message, _tr(_CASH_FIX), QuickFix.LEAVE_OUT)
                return

    def _is_proved(self, out: Outcome, value: Money) -> bool:
        """Tell whether the lines state what the rows and further dollars add to."""
        found = list(out.accounts.values())
        if len(found) != 1 or not 0 < len(found[0].gathered) <= _LONGEST_WITH_CASH:
            return False
        whole = found[0].gathered.total + value
        return whole in self.amounts or whole in _stated(out, found[0])

    def _has_cash(self, out: Outcome, value: Money) -> bool:
        """Tell whether the rows or the file's totals speak against cash (dollars) besides the rows."""
        if len(out.accounts) > 1:
            return True
        (found,) = out.accounts.values()
        if len(found.gathered) > _LONGEST_WITH_CASH or not found.gathered:
            return True
        stated = _stated(out, found)
        if found.gathered.total + value in {*self.amounts, *stated}:
            return False
        if found.gathered.total in stated:
            return True
        return any(row.value == value or "cash" in row.fund.name.lower() for row in found.rows)

    def _account_said(self) -> AccountName | None:
        """Return the account that labels above the first table name; a title may say what it is called."""
        said = account_said(self._lines) if self._layout.name == "generic" else None
        if said is None or said.name:
            return said
        others = [line for line in self._lines if said.id not in " ".join(line.cells)]
        whole = [line for line in others if not is_part_of_account(" ".join(filled(line.cells)))]
        titles = (self._layout.title_account(lines) for lines in (self._lines, others, whole))
        named = (titled.name for titled in titles if titled is not None and _is_name(titled, said.id))
        return AccountName(said.id, next(named, "") or _name_beside(self._lines, said.id))

    def _last_label(self) -> AccountName | None:
        """Take the last line of words above the first heading as its account's label."""
        lines = (
            cells
            for line in reversed(self._lines)
            if (cells := filled(line.cells)) and not self._states_money(line)
        )
        last = next((cells for cells in lines if not words.is_about_all(cells)), None)
        if not last or any(role_of(cell) for cell in last):
            return None
        text = ", ".join(last)
        is_title = self._heads_activity and not speaks_of_account(text)
        return None if is_title else self._layout.label_above(text)

    def _states_money(self, line: Line) -> bool:
        """Tell whether a line is a label and an amount, or an amount and words (`$92.37 (0.3 %) today`)."""
        _, text = label_of(line)
        if _BEGINS_WITH_MONEY.match(line.text.lstrip(' "')):
            return True
        return ("$" in text or "." in text) and self._amount(text) is not None


def _stated(out: Outcome, found: Found) -> list[Money | None]:
    """Return what the file says that the only account is worth, by its own total or that of the file."""
    return [found.stated, *(pair[1] for pair in (out.whole_total, out.stated_above) if pair)]


def _add_to_stated(out: Outcome, value: Money) -> None:
    """Let a total that is just the sum of the rows include cash (dollars) counted besides them."""
    for found in out.accounts.values():
        if found.stated is not None and found.gathered and found.stated == found.gathered.total:
            found.stated += value


def _is_below(column: int | None, line: Line, label: str, text: str) -> bool:
    """Tell whether a line has its amount in a table's column of values, and is neither a total nor a loan."""
    if column is None or line.cells[column : column + 1] != [text]:
        return False
    return not (words.is_total(label) or is_loan_line(label))


def _pieces(line: Line) -> list[str]:
    """Return the cells of a line, one kept apart by wide gaps in its parts."""
    return [piece for cell in line.cells for piece in GAPS.split(cell.strip()) if piece.strip()]


def _with_amounts(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, words whose amount stands alone below them in one line with it.

    A share of the whole may stand beside it; it is left out.
    """
    told: list[Line] = []
    for line in map(_apart, lines):
        cells, above = filled(line.cells), filled(told[-1].cells) if told else []
        money = [cell for cell in cells if not _PERCENT.fullmatch(cell.strip())]
        if len(money) == len(above) == 1 and _is_money(money[0]) and not looks_numeric(above[0]):
            place = next(k for k, cell in enumerate(line.cells) if cell.strip() == money[0])
            beside = [*above, *[""] * (place - 1), *money]
            told[-1] = told[-1]._replace(cells=beside, text=f"{above[0]}: {money[0]}")
        elif cells:
            told.append(line)
    return told


def _apart(line: Line) -> Line:
    """Return `HSA cash balance $1,743.25` as words and an amount, any other line as it is."""
    cells = filled(line.cells)
    found = _WORDS_AND_MONEY.fullmatch(cells[0]) if len(cells) == 1 else None
    return line if found is None else line._replace(cells=[found["words"], found["amount"]])


def _is_money(text: str) -> bool:
    return looks_numeric(text) and ("$" in text or "." in text) and "%" not in text


def _labelled(line: Line) -> tuple[str, str]:
    """Return a label and the amount behind it; of an opening and a closing amount the closing one."""
    pieces = _pieces(line)
    label, *amounts = [piece for piece in pieces if not _PERCENT.fullmatch(piece.strip())] or [""]
    if not amounts or not all(map(looks_numeric, amounts)):
        return label_of(line)
    if len(amounts) == _OPENED_AND_CLOSED or len(amounts) < len(pieces) - 1:
        return label, amounts[-1]
    return (label, amounts[1]) if len(amounts) == _OPENED_TO_CLOSED else label_of(line)


def _name_beside(lines: Sequence[Line], account_id: str) -> str:
    """Return the words of an account in the cell before the one that gives its number, "" without such."""
    for line in lines:
        cells = filled(line.cells)
        if 1 < len(cells) <= _MOST_BESIDE and account_id in cells[-1]:
            name = next((cell for cell in cells[:-1] if _may_name(cell)), "")
            if name:
                return split_label(f"{name} {account_id}").name or name
    return ""


def _is_name(titled: AccountName, account_id: str) -> bool:
    """Tell whether a title has words for an account besides its number."""
    if not titled.name or account_id in titled.name or _LABELS.search(titled.name) or is_label(titled.name):
        return False
    return not (is_source_section(titled.name) or is_part_of_account(titled.name) or is_headline(titled.name))


def _may_name(text: str) -> bool:
    """Tell whether words are those of an account and no label."""
    return speaks_of_account(text) and ":" not in text and role_of(text) is None and not is_label(text)


def has_number(account_id: str) -> bool:
    """Tell whether an account goes by a number rather than by words; a year or “401(k)” is none."""
    return sum(char.isdigit() for char in _NO_NUMBER.sub("", account_id)) >= _LEAST_DIGITS
