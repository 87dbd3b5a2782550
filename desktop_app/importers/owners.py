"""Whose rows are whose: finds the account of a row or of a total while a grid is walked."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from desktop_app.domain.money import ZERO, Money

from . import rows as words
from .account_labels import AccountName, clean, is_end, is_masked, plain_label
from .amounts import is_missing
from .gathered import Gathered
from .grid import Line
from .layouts import Layout
from .outcome import Found, Outcome
from .rows import Row
from .sums_of_accounts import adds_up
from .wording import without_total

_LEAST_DIGITS = 4
"""Shorter numbers may stand in a fund's name."""
_MOST_ADDED = 50
"""Accounts that one total may add up."""


class Owners:
    """The accounts of one grid: `label` was opened by a line of words, `by_row` by the last row's columns."""

    def __init__(self, out: Outcome, layout: Layout, fallback: AccountName) -> None:
        self.label: AccountName | None = None
        self.by_row: AccountName | None = None
        self._out = out
        self._layout = layout
        self._fallback = fallback
        self._given: dict[tuple[str, str], AccountName] = {}

    def state(self, line: Line, label: str, value: Money, row: Row | None) -> None:
        """Note a total where it belongs: to an account, to the whole file, or to a section (nowhere)."""
        if words.is_part_total(label) or self._is_of_other_day(label, value):
            return
        numbered = self.numbered_in(label)
        if numbered is not None:
            self._note(numbered, line, value)
            return
        if self._is_of_label(label):
            self._note(self.found(self.label or self._fallback), line, value)
        elif words.is_whole_total(label) or (row is not None and self._is_of_accounts(row)):
            self._out.whole_total = (line.number, value)
        elif row is not None and not (is_missing(row.account_id) and is_missing(row.account_name)):
            if not self._is_of_several(row, value):
                self._note(self._of_total(row.account_id, row.account_name), line, value)
        elif self.by_row is not None:
            found = self.found(self.by_row)
            if found.stated is None and self._is_of(found, label, value):
                self._note(found, line, value)
            else:
                self._out.whole_total = (line.number, value)
        else:
            found = self.found(self.label or self._fallback)
            if self._adds_accounts_up(found, value):
                self._out.whole_total = (line.number, value)
            else:
                self._note(found, line, value)

    def _adds_accounts_up(self, found: Found, value: Money) -> bool:
        """Tell whether an amount is what several accounts are worth together, and not the one at hand."""
        if not 1 < len(self._out.accounts) <= _MOST_ADDED or found.gathered.total == value:
            return False
        return adds_up(value, [each.gathered.total for each in self._out.accounts.values()], 2)

    def _is_of_other_day(self, label: str, value: Money) -> bool:
        """Tell whether “Value on 3/31/2026” follows a total that the rows do add to."""
        account = self.by_row or self.label or self._fallback
        found = self._out.accounts.get(account.id) if words.is_value_on(label) else None
        return found is not None and found.stated == found.gathered.total and found.stated != value

    def withdraw(self, row: Row, lines: Collection[int]) -> None:
        """Forget what a total on one of these lines said of the row's account."""
        given = self._given.get((row.account_id, row.account_name))
        found = self._out.same((given or self.by_row or self.label or self._fallback).id)
        if found is not None and found.stated_line in lines:
            found.stated = found.stated_line = None

    def open(self, label: AccountName) -> None:
        """Begin the rows below a label; a total of its account further above is not that of all its rows."""
        found = self._out.same(label.id)
        if found is not None and found.gathered and found.stated == found.gathered.total:
            found.stated = None
        self.label = label

    def _is_of_label(self, label: str) -> bool:
        """Tell whether “Total portfolio” ends the account that a line of words opened, not the whole file."""
        if self.label is None or self.by_row is not None or not words.is_portfolio_total(label):
            return False
        found = self._out.accounts.get(self.label.id)
        return found is not None and found.stated is None

    def numbered_in(self, text: str) -> Found | None:
        """Return the account whose number stands in a text as a word, None when none or several do."""
        if sum(char.isdigit() for char in text) < _LEAST_DIGITS:
            return None
        words_of = {word.strip("(),:;") for word in text.split()}
        named = [found for word in words_of if (found := self._out.accounts.get(word)) is not None]
        return named[0] if len(named) == 1 and _has_digits(named[0].id) else None

    def _is_of(self, found: Found, label: str, value: Money) -> bool:
        """Tell whether a total is that of the account of the rows above: by its name, or by its rows."""
        name = without_total(label)
        if name and self.is_called(name):
            return True
        return len(self._out.accounts) > 1 and bool(found.gathered) and found.gathered.total == value

    def is_called(self, name: str) -> bool:
        """Tell whether the account of the rows at hand goes by a name (in small letters)."""
        account = self.by_row or self.label
        if account is None:
            return False
        return any(text.lower() == name or text.lower().startswith(f"{name} ") for text in account)

    def settle(self) -> None:
        """Give a total that no account's rows belong to (it stood above them all) to the whole file."""
        found = self._out.accounts.get(self._fallback.id)
        if found is None or found.gathered or found.stated is None or len(self._out.accounts) == 1:
            return
        if self.by_row is not None:
            del self._out.accounts[found.id]
            self._out.whole_total = self._out.whole_total or (found.stated_line or 0, found.stated)

    def _note(self, found: Found, line: Line, value: Money) -> None:
        if self._is_of_all(found, value):
            self._out.whole_total = (line.number, value)
        elif found.stated is None or self._layout.name != "etrade-portfolio":
            found.stated, found.stated_line = value, line.number

    def _is_of_all(self, found: Found, value: Money) -> bool:
        """Tell whether a second total below the last account adds up what was stated of every account."""
        accounts = self._out.accounts.values()
        if found.stated in {None, value} or not 1 < len(accounts) <= _MOST_ADDED:
            return False
        return value == sum((other.stated or other.gathered.total for other in accounts), ZERO)

    def _is_of_several(self, row: Row, value: Money) -> bool:
        """Tell whether a total in the column of accounts is called after none and adds up those above it."""
        if (row.account_id, row.account_name) in self._given or len(self._out.accounts) > _MOST_ADDED:
            return False
        if not without_total(row.account_id or row.account_name) or self._is_of_given(row):
            return False
        return adds_up(value, [found.gathered.total for found in self._out.accounts.values()], 1)

    def _is_of_accounts(self, row: Row) -> bool:
        """Tell whether a total stands in the column of accounts and is called after none of them."""
        return words.is_total(row.account_id or row.account_name) and not self._is_of_given(row)

    def _is_of_given(self, row: Row) -> bool:
        """Tell whether a total in the column of accounts is called after one of them."""
        wanted = without_total(row.account_id or row.account_name)
        return bool(wanted) and any(wanted == cell.lower() for given in self._given for cell in given)

    def _of_total(self, account_id: str, name: str) -> Found:
        """Return the account of a total's row, where its cell may say `Plan 0012 Total`."""
        wanted = without_total(account_id or name)
        for given, account in self._given.items() if wanted else ():
            if wanted in (cell.lower() for cell in given):
                return self.found(account)
        return self.of(account_id, name)

    def peek(self, row: Row) -> Gathered:
        """Return the rows of the row's account so far, without opening an account."""
        given = self._given.get((row.account_id, row.account_name))
        found = self._out.same((given or self.by_row or self.label or self._fallback).id)
        return found.gathered if found else Gathered()

    def of(self, account_id: str, name: str) -> Found:
        """Return the account a row belongs to: its own columns, else the last row's, else the label above."""
        if account_id or name:
            given = self._given.get((account_id, name))
            if given is None:
                given = read_account(self._layout, account_id, name)
                if (is_masked(given.id) or is_end(given.id)) and self._is_of_other_name(given):
                    given = AccountName(f"{given.id} {given.name}", given.name)
                self._given[account_id, name] = given
            if given.id:
                self.by_row = given
        return self.found(self.by_row or self.label or self._fallback)

    def _is_of_other_name(self, given: AccountName) -> bool:
        """Tell whether rows with the same visible end of a number go by another name."""
        names = {plain_label(known.name) for known in self._given.values() if known.id == given.id}
        own = {"", plain_label(given.id), plain_label(given.name)}
        return bool(given.name) and given.name != given.id and bool(names - own)

    def found(self, account: AccountName) -> Found:
        """Return an account of the outcome, a new one when it has none of that id."""
        found = self._out.same(account.id)
        if found is None:
            found = self._out.accounts[account.id] = Found(account.id, account.name)
            found.is_fallback = account is self._fallback
        elif not found.name:
            found.name = account.name
        return found


@lru_cache(maxsize=20_000)
def read_account(layout: Layout, account_id: str, name: str) -> AccountName:
    """Return the account that a row's own columns name; its id is empty where they name none."""
    name = "" if is_missing(name) else clean(name)
    account_id = "" if is_missing(account_id) else clean(account_id)
    account_id, name = layout.row_account(account_id, name)
    return AccountName(account_id or name, name)


def _has_digits(account_id: str) -> bool:
    return sum(char.isdigit() for char in account_id) >= _LEAST_DIGITS
