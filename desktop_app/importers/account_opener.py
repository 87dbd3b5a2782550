"""Decides which lines of a grid open another account, and opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .account_labels import (
    AccountName,
    is_bare_label,
    is_continued,
    is_one_account,
    is_other_account,
    is_part_of_account,
    without_number,
)
from .amounts import looks_numeric
from .columns import Columns, TableKind
from .grid import Line, filled
from .heading_rows import is_half_heading
from .holdings import Holdings
from .layouts import Layout
from .loan_labels import is_loans
from .named_above import account_said, kinds_said
from .opening import has_number
from .outcome import Outcome
from .owners import Owners
from .unfold import labels_source
from .wording import is_source_section, is_surely_source

_LABEL_AND_AMOUNT = 2
_NEAR, _FARTHEST = 3, 8


class AccountOpener:
    """Opens accounts at the lines that name one; knows what the lines above the first heading said."""

    def __init__(
        self,
        lines: Sequence[Line],
        headers: Mapping[int, Columns],
        layout: Layout,
        owners: Owners,
        holdings: Holdings,
        out: Outcome,
    ) -> None:
        self._lines = lines
        self._headers = headers
        self._layout = layout
        self._owners = owners
        self._holdings = holdings
        self._out = out
        self._numbered = False
        self._heads: set[str] = set()
        self._kinds: dict[str, str] = {}
        self._keys: Sequence[str] | None = None
        """The headings of the table at hand."""
        self._has_sources = False
        """Whether words above rows of the account at hand named their contribution source."""

    def hear(self, opening: Sequence[Line]) -> None:
        """Take in the lines above the first heading."""
        self._heads = {", ".join(cells) for line in opening if (cells := filled(line.cells))}
        self._kinds = kinds_said(opening)

    def start(self, label: AccountName | None, *, is_numbered: bool) -> None:
        """Begin with the account those lines name; `is_numbered` says that they give its number."""
        self._numbered = is_numbered
        self._owners.label = label

    def start_table(self, keys: Sequence[str], named: int | None) -> None:
        """Go on in a table with these headings, of which `named` is that of the funds."""
        self._keys = keys
        self._has_sources = self._has_sources or (
            named is not None and any("source" in key for key in keys[named : named + 1])
        )

    def name(self, account: AccountName) -> None:
        """Go on in the account that a summary names, unless the page has numbers and this one has none."""
        if not self._numbered or has_number(account.id):
            self._owners.label = account

    def leave_table(self) -> None:
        """Go on in a table that is none of funds."""
        self._keys = ()

    def opens_account(self, i: int, cells: list[str]) -> bool:
        """Judge a line of words right above a heading; a comma may have split its label."""
        if any(looks_numeric(cell) for cell in cells) or not self.heading_follows(i):
            return False
        if is_half_heading(cells):
            return False
        named = cells[1:] if len(cells) > 1 and is_bare_label(cells[0]) else cells
        return self.open(i, ", ".join(named), before_header=True)

    def opens_numbered(self, i: int, cells: list[str]) -> bool:
        """Open the account whose number a line gives beside its worth, some lines above its heading."""
        if (
            self._layout.name != "generic"
            or len(cells) < _LABEL_AND_AMOUNT
            or not self.heading_follows(i, _NEAR)
        ):
            return False
        said = account_said([Line(0, cells, "")])
        if said is None or not has_number(said.id) or said.id in self._out.accounts:
            return False
        if self._goes_on(i, said.id):
            return False
        names = (cell for cell in cells if said.id not in cell and not looks_numeric(cell))
        self._owners.label = AccountName(said.id, said.name or next(names, ""))
        self._holdings.end_account()
        return True

    def heading_follows(self, i: int, within: int = 1) -> bool:
        """Tell whether a heading of holdings is among the next lines that are not blank, so many of them."""
        ahead = range(i + 1, min(i + _FARTHEST, len(self._lines)))
        told = ((k, filled(self._lines[k].cells)) for k in ahead)
        near = [k for k, cells in told if k in self._headers or (cells and not is_half_heading(cells))]
        found = next((self._headers[k] for k in near[:within] if k in self._headers), None)
        return found is not None and found.kind is TableKind.HOLDINGS

    def open(self, i: int, text: str, *, before_header: bool) -> bool:
        """Open the account that the words name, `before_header` where a heading follows; False if none."""
        if labels_source(text) or is_loans(text):
            return False
        if before_header and is_surely_source(text):
            self._has_sources = True
            return False
        label = self._layout.label_above(text) if before_header else self._layout.label_inside(text)
        label = self._with_number(text, label)
        if label is not None and self._goes_on(i, label.id):
            return False
        is_numbered = label is not None and label.id != label.name and has_number(label.id)
        if self._numbered and self._out.accounts and text in self._heads and not is_numbered:
            return False
        if is_source_section(text) and (label is None or not has_number(label.id)):
            if self._has_sources:
                return False
            self._has_sources = label is None and not before_header
        if (
            label is None
            or (is_continued(text) and not has_number(label.id) and label.id not in self._out.accounts)
            or self._is_part(text)
            or (self._numbered and not (has_number(label.id) or is_other_account(text)))
        ):
            return False
        same = self._out.accounts.get(label.id)
        if same is not None and same.name != label.name and label.name:
            label = AccountName(f"{label.name} {label.id}", label.name)
        self._owners.open(label)
        self._holdings.end_account()
        self._has_sources = False
        return True

    def _goes_on(self, i: int, number: str) -> bool:
        """Tell whether a page's head repeats another number of the account at hand (contract, certificate).

        The lines above the first table give both, and no total ends the table whose heading follows again.
        """
        mine, kind = self._owners.label, self._kinds.get(number)
        if mine is None or kind is None or self._kinds.get(mine.id, kind) == kind or self._keys is None:
            return False
        following = next(
            (k for k in range(i + 1, min(i + _FARTHEST, len(self._lines))) if k in self._headers), None
        )
        return (
            self._holdings.is_unended
            and following is not None
            and self._headers[following].keys == self._keys
        )

    def _is_part(self, text: str) -> bool:
        """Tell whether a label names a part of the account at hand, that has a number or is titled."""
        mine = self._owners.label
        if mine is None or not is_part_of_account(text):
            return False
        return has_number(mine.id) or (mine.id in self._heads and is_one_account(mine.name))

    def _with_number(self, text: str, label: AccountName | None) -> AccountName | None:
        """Return the account that `Contract number: 12-345` names, called as the line above it."""
        said = account_said([Line(0, [text], text)]) if self._layout.name == "generic" else None
        if said is None or not has_number(said.id) or said.id == said.name:
            return label
        titled = self._owners.label
        is_fresh = titled is not None and titled.id not in self._out.accounts and not has_number(titled.id)
        is_new = said.id not in self._out.accounts
        own = without_number(label) if is_new and label is not None and label.id == said.id else ""
        above = titled.name if titled is not None and is_fresh else ""
        return AccountName(said.id, said.name or own or above)
