"""Schwab: positions of one account or of all, in any choice and order of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.domain.language import translator
from desktop_app.importers.account_labels import AccountName, clean, split_label
from desktop_app.importers.errors import UnreadableFileError
from desktop_app.importers.grid import Grid, Line, filled
from desktop_app.importers.patterns import late_regex

from .base import Layout, Peek, Rearranged

_tr = translator("Refusals")
_TITLE = late_regex(r"positions for\s+(?:account\s+)?(?P<account>.*?)\s+as of\b", re.IGNORECASE)
_EVERY = late_regex(r"all[- ]accounts|custaccs|group\b.*", re.IGNORECASE)
_BALANCES = late_regex(r"balances\s+for account\b", re.IGNORECASE)


class SchwabBalancesError(UnreadableFileError):
    """Schwab's other download: what can be spent, with sums of money in several tables."""

    def __init__(self) -> None:
        super().__init__(
            _tr(
                "This is Schwab's download of balances. "
                "It says how much money can be spent, not which funds are held. "
                "Open the Positions page of the account, choose Export, and open that file."
            )
        )


class SchwabPositions(Layout):
    """A dated title, then for each account a label, a heading, rows and a total."""

    name = "schwab-positions"

    def identify(self, peek: Peek) -> int:
        """Known by the title; without it by headings that say everything twice."""
        if any(_TITLE.match(cells[0]) for line in peek.opening[:5] if (cells := filled(line.cells))):
            return 10
        if peek.any_header("symbol", "mkt val (market value)"):
            return 10
        return 10 if peek.any_header("symbol", "% of account", "security type") else 0

    def rearrange(self, grid: Grid) -> Rearranged | None:
        """Refuse the balances download, whose sums of the same money would be taken for holdings."""
        first = next((cells for line in grid.lines[:5] if (cells := filled(line.cells))), [""])
        if _BALANCES.match(first[0]):
            raise SchwabBalancesError
        return None

    def title_account(self, opening: Sequence[Line]) -> AccountName | None:
        """The title names the account when there is only one."""
        for line in opening:
            found = _TITLE.match(clean(" ".join(filled(line.cells))))
            if found and not _EVERY.fullmatch(found["account"]):
                return split_label(found["account"])
        return None

    def label_above(self, text: str) -> AccountName | None:
        """Every line right above a heading names an account, whatever its words; a title may name one."""
        found = _TITLE.match(text)
        if found is None:
            return split_label(text)
        return None if _EVERY.fullmatch(found["account"]) else split_label(found["account"])
