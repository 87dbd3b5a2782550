"""What words say of a loan from the plan: that it is one, that its balance stands beside them, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from .amounts import find_date, looks_numeric, parse_amount
from .columns import Role, role_of
from .loan_labels import is_loans, speaks_of_loans
from .patterns import late_regex
from .rows import Instrument, RowKind, is_ticker, is_total, kind_of

_BESIDE = late_regex(
    r"\(?\b(?:(?:not |no )?(?:exclud|includ|inclu(?:y|id|s)|exclu(?:y|id))\w*|excl\.?|incl\.?|net of|less"
    r"|without|before|minus|plus|with|after|sin|neto de)\s+(?:\w+\s+){0,4}?(?:loans?|pr[eé]stamos?)\b"
    r"(?: balances?)?\)?",
    re.IGNORECASE,
)
"""What is said of another figure: that loans are in it or not."""
_NOT_OWED = late_regex(
    r"\b(?:re-?pa(?:y|id)\w*|payments?|pmts?|interest|fees?|availab\w*|maximum|max|limit|minimum|eligible"
    r"|borrow\w*|request\w*|apply|applied|model|histor\w*|rates?|term|issu\w*|initiat\w*|origin\w*|next"
    r"|proceeds|default\w*|offset\w*|disburse\w*|number of|loan (?:amount|date)|new|since|can|could|may"
    r"|up to|pagos?|abonos?|disponibles?|cuotas?|interes\w*|tasas?|solicit\w*|calculat\w*)\b",
    re.IGNORECASE,
)
"""What is paid, lent or could be lent, not what is owed."""
_OWED = late_regex(
    r"\b(?:outstanding|owed?|remaining|unpaid|principal|pay-?off|balance|left|pendiente|saldo|adeudado)\b",
    re.IGNORECASE,
)
_OWED_COLUMN = late_regex(
    r"(?:(?:current|total|ending|your|my) )*(?:outstanding|remaining|unpaid|principal|pay-?off|loan|owed)"
    r"(?: (?:loan|principal))?(?: (?:balance|amount|principal|value))?"
    r"(?: (?:owed|outstanding|due|remaining))?"
    r"|(?:current|ending|closing)? ?(?:balance|amount)(?: (?:owed|outstanding|due|remaining))?"
    r"|still owed|(?:saldo|balance|monto|principal)(?: (?:pendiente|actual|adeudado|del pr[eé]stamo))?",
    re.IGNORECASE,
)
"""Headings of what is owed in a table of loans."""
_OWED_LABEL = late_regex(
    r"(?:(?:current|total|your|my) )*(?:outstanding|remaining|unpaid|principal|pay-?off)"
    r"(?: (?:loan|principal))?(?: (?:balance|amount|principal))?"
    r"|(?:saldo|balance|monto|principal) (?:pendiente|adeudado)",
    re.IGNORECASE,
)
"""Labels of what is owed below a loan's own: those of any account's figures are not among them."""
_LOAN_COLUMN = late_regex(
    r"(?:loans?|pr[eé]stamos?)(?: (?:type|number|no\.?|nos\.?|#|id|name|purpose|description|n[uú]mero))?"
    r"|(?:type|number|purpose|tipo|n[uú]mero) (?:of|de)(?:l)? (?:loan|pr[eé]stamo)",
    re.IGNORECASE,
)
"""Headings of a column that names loans."""
_FUND = late_regex(
    r"\b(?:funds?|fd|trust|etf|index|portfolio|class|admiral|income|strateg\w*)\b", re.IGNORECASE
)
_MONEY = late_regex(
    r"[-(]?[$€£]\s?[0-9][0-9,]*(?:\.[0-9]{2})?\)?|(?<![0-9.,/])[0-9][0-9,]*\.[0-9]{2}(?![0-9%])"
)
_FLOWS = late_regex(
    r"\b(?:contrib\w*|withdraw\w*|payments?|gains?|transfers?|fees?|earnings|deposits?)\b", re.IGNORECASE
)
_IN_TABLE_OF_FUNDS = frozenset({Role.UNITS, Role.PRICE, Role.SYMBOL, Role.CUSIP})
_GAP = late_regex(r"\s{2,}")
_BRACKETS = late_regex(r"\([^()]*\)")
_SENTENCE_END = late_regex(r"[.!?;]\s+(?=[A-Z])")


def is_title(text: str) -> bool:
    """Tell whether words stand above loans (“My loans”)."""
    return is_loans(text) and "activity" not in text.lower()


def is_owed(label: str, *, in_loans: bool = False) -> bool:
    """Tell whether a label is that of a loan or of what is owed; below the title of loans fewer words do."""
    words = _BRACKETS.sub(" ", _BESIDE.sub(" ", label)).strip(" :*")
    if not words or _NOT_OWED.search(words) or is_total(words):
        return False
    if in_loans and _OWED_LABEL.fullmatch(words):
        return True
    if not speaks_of_loans(words) or (_LOAN_COLUMN.fullmatch(words) and len(words.split()) > 1):
        return False
    if _FUND.search(words) and not _OWED.search(words):
        return False
    return kind_of(Instrument(None, None, words)) is RowKind.LOAN


def is_lent(words: str) -> bool:
    """Tell whether words are those of what is paid, lent or could be lent, not of what is owed."""
    return _NOT_OWED.search(words) is not None


def says_owed(words: str) -> bool:
    """Tell whether words name a balance that is left to pay."""
    return _OWED.search(words) is not None


def money_said(text: str, *, in_loans: bool) -> Decimal | None:
    """Return the amount that a sentence says is owed, None for any other sentence."""
    start = 0
    for found in _MONEY.finditer(text):
        words = _SENTENCE_END.split(text[start : found.start()])[-1].strip(" :,;–—-")
        start = found.end()
        amount = parse_amount(found[0].strip())
        if amount and is_owed(words, in_loans=in_loans):
            return amount
    return None


def is_money(cell: str) -> bool:
    """Tell whether a cell is an amount written as money is: with a dollar sign or cents."""
    return _MONEY.fullmatch(cell.strip()) is not None


def has_figure(cell: str) -> bool:
    """Tell whether a cell is a figure or has an amount of money in it."""
    return looks_numeric(cell) or _MONEY.search(cell) is not None


def loan_columns(cells: Sequence[str], *, in_loans: bool) -> list[int] | None:
    """Return the columns of what is owed in the heading of a table of loans, None for any other line.

    Of several the surest comes first; none is told where only the table's title says what stands in it.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or any(map(has_figure, filled)):
        return None
    roles = {found[0] for cell in filled if (found := role_of(cell)) is not None}
    if roles & _IN_TABLE_OF_FUNDS or not (in_loans or any(map(_LOAN_COLUMN.fullmatch, filled))):
        return None
    owed = [
        (not _OWED.search(cell), place)
        for place, cell in enumerate(map(str.strip, cells))
        if _OWED_COLUMN.fullmatch(cell) and not _LOAN_COLUMN.fullmatch(cell)
    ]
    if not owed and not in_loans:
        return None
    return [place for _, place in sorted(owed)]


def owed_columns(cells: Sequence[str]) -> list[int]:
    """Return the columns beside those of funds that say what is owed (“Loan balance”, “TSP loan owed”)."""
    if len(cells) < 2 or not any(map(speaks_of_loans, cells)):
        return []
    flows = any(map(_FLOWS.search, cells))
    return [
        place
        for place, cell in enumerate(cells)
        if speaks_of_loans(cell) and is_owed(cell) and (_OWED.search(cell) or not flows)
    ]


def spaced_cells(text: str) -> list[str]:
    """Return what stands in a line of text that has wide gaps for columns."""
    return [part for part in _GAP.split(text.strip()) if part]


def is_row_of_fund(cells: Sequence[str]) -> bool:
    """Tell whether a line names a fund by its ticker."""
    return any(is_ticker(cell.strip()) for cell in cells)


def is_of_day(cells: Sequence[str]) -> bool:
    """Tell whether a line begins with a day, as movements do."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return find_date(first) is not None and len(first.split()) <= 3


def amount_in(cell: str) -> Decimal | None:
    """Return the money in a cell, None for nothing, percents, days and words."""
    text = cell.strip()
    if not text or "%" in text or find_date(text) is not None:
        return None
    return parse_amount(text) or None
