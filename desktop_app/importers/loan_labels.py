"""Labels of loans: the words above them, those below a loan's name, and names of loans that are no funds."""

from __future__ import annotations

import re

from .patterns import late_regex

_LOAN = late_regex(
    r"\bloans?(?:40[13][abk]|457b?)?\b|\bpr[eé]stamos?\b(?! hipotecario)|\bnotes? receivable\b"
    r"|\bparticipant notes?\b",
    re.IGNORECASE,
)
_ENDS_IN_AMOUNT = late_regex(r"[\s$][0-9][0-9,]*\.[0-9]{2}$", re.ASCII)
_LOANS = late_regex(
    r"(?:(?:outstanding|plan|participant|your|my|active|open|existing|401\s?\(?k\)?|403\s?\(?b\)?|457|tsp"
    r"|current|retirement|account|general(?: purpose)?|residential|home|mis|sus|tus) )*"
    r"(?:loans?|pr[eé]stamos?)(?: ?(?:#|no\.?)? ?[0-9]{1,2}| \([0-9]{1,2}\))?"
    r"(?: (?:balances?|summary|information|details?|accounts?|outstanding|activity|status|pendientes?"
    r"|vigentes?|activos?))*",
    re.IGNORECASE,
)
_OF_LOAN = late_regex(
    r"(?:outstanding|original|remaining|current|unpaid|principal|highest)(?: (?:loan|principal))?"
    r" (?:balance|amount|principal)|(?:loan|principal) (?:balance|amount)|pay-?off(?: amount)?"
    r"|amount borrowed",
    re.IGNORECASE,
)
"""Labels below a loan's name."""
_LOAN_FUND = late_regex(
    r"float|senior|bank loan|leverag|participation|prime rate|syndicat|corporate loan|mortgage"
    r"|loan (?:etf|opportunit|income|strateg|portfolio)",
    re.IGNORECASE,
)


def speaks_of_loans(text: str) -> bool:
    """Tell whether a text has a word for a loan at all."""
    return _LOAN.search(text) is not None


def names_loan(name: str) -> bool:
    """Tell whether a name is that of a loan, and of no fund that holds loans."""
    return speaks_of_loans(name) and _LOAN_FUND.search(name) is None


def is_loans(text: str) -> bool:
    """Tell whether a label stands above loans."""
    return _LOANS.fullmatch(" ".join(text.strip(" :*").split())) is not None


def is_of_loan(words: str) -> bool:
    """Tell whether words are a label that stands below a loan's name."""
    return _OF_LOAN.fullmatch(words) is not None


def is_loan_line(text: str) -> bool:
    """Tell whether a line of words and an amount says what is owed on a loan."""
    return speaks_of_loans(text) and ends_in_amount(text)


def ends_in_amount(text: str) -> bool:
    """Tell whether a line ends with an amount of dollars and cents."""
    return _ENDS_IN_AMOUNT.search(text) is not None
