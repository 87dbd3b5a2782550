"""What the rows and labels above a row of a holdings table say of it."""

from __future__ import annotations

import re
from dataclasses import field

from desktop_app.domain.records import dataclass

from .account_labels import clean
from .columns import is_loan_heading
from .loan_labels import is_loans
from .names import has_manager, read_words
from .patterns import late_regex
from .rows import Instrument, is_section
from .wording import is_group, is_headline, is_source, is_source_section

_OF_SEVERAL = frozenset({"funds", "options", "investments", "portfolios", "trusts", "annuities", "etfs"})
"""How a title of several funds ends, not the first half of one's name."""

_OPEN_END = late_regex(r"[A-Za-z)]\s*[–—-]\s*$|\w,\s*$|\b(?:and|&|of|the|non)\s*$", re.IGNORECASE)
"""What the first half of a name ends in, and no whole one."""
_LONE_END = late_regex(
    r"(?:(?:index|institutional|instl?|investor|admiral|premium|collective|commingled|separate|unitized|pooled"
    r"|class|series|cl|ser)\s+)*"
    r"(?:(?:index|institutional|collective|commingled|pooled)\s+(?:fund|portfolio|trust)"
    r"|(?:fund|portfolio|trust|separate account)?\s*(?:[-–]\s*)?(?:(?:institutional|instl?|investor|admiral"
    r"|premium|service|retirement|plus)\s+(?:class|shares|plus)(?:\s+(?:shares|[a-z][0-9]?|i{1,3}))?|(?:class|cl)"
    r"\s+(?:[a-z][0-9]?|i{1,3})))",
    re.IGNORECASE,
)
"""The end of a name that no fund is called by alone."""
_GAP = late_regex(r"\s{2,}")
"""Between the headings of columns set in spaces."""


@dataclass(slots=True)
class Above:
    """What stands above the row at hand; it changes with every row and label."""

    label: Instrument | None = None
    """The fund whose parts stand below it."""
    last: Instrument | None = None
    """The fund of the last row kept."""
    nameless: set[int] = field(default_factory=set)
    """The lines kept that name no fund."""
    title: str = ""
    """The words above the group of rows."""
    group: str = ""
    """The same words in small letters."""
    source: str | None = None
    """The contribution source that a line above the rows names."""
    in_loans: bool = False
    in_pending: bool = False
    """Whether the rows stand below “Pending trades” after a gap."""
    is_fresh_group: bool = False
    """Whether no row has followed the words above a group yet."""

    def start_table(self) -> None:
        """A heading: what stood above the rows before is not said of those that follow."""
        self.label = self.last = None
        self.in_loans = self.in_pending = False
        if not self.is_fresh_group:
            self.group = self.title = ""

    def open_group(self, text: str) -> None:
        """A line of words that may stand above a group of rows, with a total of its own below them."""
        columns = _GAP.split(text.strip())
        goes_on = len(columns) > 1 and (self.in_loans or is_loan_heading(columns))
        self.in_loans, self.in_pending = is_loans(text) or goes_on, False
        self.is_fresh_group = True
        self.title = clean(text).rstrip(" :*")
        self.group = self.title.lower()
        if is_source_section(text):
            self.source = self.title


def is_cut_name(upper: str, lower: str) -> bool:
    """Tell whether a fund's name is cut over two lines.

    Only the upper half says whose fund it is, or it ends in the middle of a name, or the lower half is an
    end that no fund is called by (“Index Fund”, “Institutional Class”).
    """
    if is_headline(upper) or is_section(upper) or upper.lower().split()[-1] in _OF_SEVERAL:
        return False
    if goes_on(upper, lower):
        return True
    return not is_group(upper) and has_manager(read_words(upper)) and not has_manager(read_words(lower))


def goes_on(upper: str, lower: str) -> bool:
    """Tell whether the first line of two surely ends within a name, or the second is the end of one alone."""
    if _OPEN_END.search(upper) is not None:
        return True
    return _LONE_END.fullmatch(lower) is not None and not is_source(upper)
