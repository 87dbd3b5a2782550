"""Tables of something else than what is held, told by their titles: dividends, fees, beneficiaries."""

from __future__ import annotations

import re

from .amounts import find_date, looks_numeric
from .columns import Columns, Role
from .grid import Grid, filled
from .loan_labels import is_loans
from .patterns import late_regex
from .rows import is_footer
from .transactions import is_bare_amount
from .wording import is_source

_FARTHEST = 4
_MOST_WORDS = 8
"""Lines above a heading among which its title may stand."""
_ELSE = late_regex(
    r"\b(?:allocations? of (?:future|new)\b.*|future (?:contrib\w*|allocations?|investments?)"
    r"|dividends|fees|expenses|beneficiaries|orders|elections|watch[- ]?lists?|transactions|trades"
    r"|(?:beneficiary|dividend|fee|order|trade|transaction|withdrawal)"
    r" (?:designations?|information|summary|details?|schedule|history|payments?|activity|list|income"
    r"|allocations?)|(?:open|pending|limit|recent) order|projections?|projected|forecasts?|hypothetical"
    r"|account history|(?:price|nav|(?:unit|share) values?) history"
    r"|historical (?:unit |share )?(?:values|prices|navs)"
    r"|distributions|withdrawals|payments|repayments|realized|tax documents"
    r"|(?:prior|previous|last) (?:year|quarter|month|period|statement)(?:'s)?)\b",
    re.IGNORECASE,
)
"""Words that a title of holdings does not have, whatever the columns are."""
_NOT_COUNTED = late_regex(
    r"\b(?:not|never) (?:yet )?(?:included|counted|reflected|part of|own|owned|yours)\b|\bexclude[sd]\b"
    r"|\bunvested\b|\bunexercised\b|\bpotential\b|\bhypothetical\b"
    r"|\b(?:trades|orders) pending\b",
    re.IGNORECASE,
)
"""Words of a title that keep a table's money out of the account."""
_MAYBE_ELSE = late_regex(
    r"\b(?:contributions?|deposits?|activity|performance|returns?|gains?|earnings|history|interest|match(?:es)?"
    r"|deferrals|payroll|changes?|cash ?flows?|taxes|withholdings?"
    r"|income (?:received|earned|paid|ytd|year[- ]to[- ]date|summary|history|details?|report|by|for|in"
    r"|20[0-9]{2})|(?:annual|estimated|est\.?|monthly|quarterly|dividend|interest|investment|taxable|ytd|20[0-9]{2})"
    r" income)\b",
    re.IGNORECASE,
)
"""Words that a title of holdings may have; what stands below must look like single payments as well."""
_DONE = late_regex(r"\b(?:performance|returns?|yields?)\b", re.IGNORECASE)
_BROUGHT = late_regex(
    rf"{_DONE.pattern}|\b(?:income|gains?|earnings|interest|monthly|by month)\b", re.IGNORECASE
)
"""Words of a title for how funds did and what they brought; below it stand funds that other tables hold."""
_CALLED_SO = late_regex(
    r"\b(?:fixed|equity|and|&|high|stable|total|absolute) (?:income|returns?|yield|interest)\b"
    r"|.*\b(?:fund|funds|account|accounts|acct|plan|plans)\b.*",
    re.IGNORECASE,
)
"""Kinds of assets, funds and accounts that are called by such words."""
_HELD = late_regex(
    r"\b(?:holdings?|positions?|balances?|portfolio|market value|what you own|account value|current value)\b",
    re.IGNORECASE,
)


_ACCOUNT = late_regex(
    r"[.…*xX#]-?[0-9]{3,}|[0-9]{4,}|\b(?:ira|roth|rollover|inherited|trust|joint|individual|brokerage)\b",
    re.IGNORECASE,
)
"""Words and numbers that only labels of accounts have; years are told apart before."""
_COSTS = late_regex(
    r"(?:(?:total|your|my|tax|original|average) )*(?:cost basis|costs? (?:of|by)|tax (?:basis|costs?)"
    r"|book costs?|(?:purchase|acquisition) (?:costs?|prices?)|amounts? (?:paid|invested))\b",
    re.IGNORECASE,
)
"""How a title of what was paid begins."""
_OF_ACCOUNT = late_regex(r"\s+(?:for|in|of|on|from|by)\b", re.IGNORECASE)
_YEAR = late_regex(r"\b(?:19|20)[0-9]{2}\b")


def is_something_else(grid: Grid, i: int, columns: Columns) -> bool:
    """Tell whether the title of the table whose heading stands at `i` is not one of holdings."""
    title = title_of(grid, i)
    if is_loans(title) or _COSTS.match(title):
        return True
    if _NOT_COUNTED.search(_words_above(grid, i)):
        return True
    if _HELD.search(title):
        return False
    found = _ELSE.search(title)
    if found and (_OF_ACCOUNT.match(title, found.end()) or not _ACCOUNT.search(_YEAR.sub("", title))):
        return True
    is_part = is_source(title) and title == _sheet_title(grid)
    single = (is_bare_amount(columns) and not is_part) or Role.DATE in columns.index
    return single and _MAYBE_ELSE.search(title) is not None


def may_tell_of_time(grid: Grid, i: int, columns: Columns) -> bool:
    """Tell whether a title may be one of income or of how funds did, above a table without units."""
    title = title_of(grid, i)
    if Role.UNITS in columns.index or _HELD.search(title) or _ACCOUNT.search(_YEAR.sub("", title)):
        return False
    return (_BROUGHT if is_bare_amount(columns) else _DONE).search(_CALLED_SO.sub("", title)) is not None


def speaks_of_else(title: str) -> bool:
    """Tell whether a title by itself is one of something else than what is held."""
    return _ELSE.search(title) is not None and _HELD.search(title) is None


def _words_above(grid: Grid, i: int) -> str:
    """Return the line of words right above a heading, however long, else the sheet's title."""
    above = (filled(line.cells) for line in reversed(grid.lines[max(i - _FARTHEST, 0) : i]))
    cells = next((found for found in above if found), [])
    return ", ".join(cells) if cells and not any(map(looks_numeric, cells)) else grid.sheet


def title_of(grid: Grid, i: int) -> str:
    """Return the line of a few words above a heading, the sheet's own title where it has none.

    The comma of a date may have made two cells of it.
    """
    for line in reversed(grid.lines[max(i - _FARTHEST, 0) : i]):
        cells = filled(line.cells)
        text = ", ".join(cells)
        if (len(cells) == 1 or (len(cells) == 2 and find_date(text))) and _is_title(text):
            return text
        if len(cells) == 2 and is_loans(cells[0]):
            return cells[0]
        if cells:
            break
    return _sheet_title(grid)


def _sheet_title(grid: Grid) -> str:
    return grid.sheet.replace("_", " ")


def _is_title(text: str) -> bool:
    """Tell whether a lone text is no sentence or note."""
    if len(text.split()) > _MOST_WORDS or text.endswith(".") or is_footer(text):
        return False
    return any(map(str.isalpha, text))
