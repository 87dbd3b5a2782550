"""Which account the lines above a table name: by a label and what stands behind it, in one cell or two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .account_labels import AccountName, is_one_account, split_label, with_plain_hyphens
from .columns import Role, role_of
from .grid import Line, filled
from .patterns import late_regex
from .unfold import label_of
from .wording import is_headline

_NUMBER = r"(?:id(?:entifier)?|number|num\.?|nbr\.?|no\.?|#|code)"
_KINDS = (
    r"account|acct\.?|contract|policy|certificate|cert\.?|plan|group|case|client|participant|member|employee|customer"
    rf"|(?:hsa|ira|portfolio)(?=\s*{_NUMBER})"
)
_BEFORE = (
    rf"(?:(?:{_KINDS}|brokerage|retirement|health|savings|investment|annuity|ira|hsa|roth|traditional|rollover|fidelity|schwab"
    r"|vanguard|401\(k\)|403\(b\)|457|your|my|masked|full)[ /&]+)*"
)
_LABEL = rf"{_BEFORE}(?P<kind>{_KINDS})(?:\s+{_NUMBER}|\s*#)"
_ID = (
    r"(?P<id>(?:[.…*•xX]{2,}[- ]?)?[A-Za-z0-9-]*[0-9][A-Za-z0-9./-]*[A-Za-z0-9]"
    r"|[.…*•xX]{2,}[- ]?[0-9]{2,6})"
)
_SAID = late_regex(rf"\b{_LABEL}(?:\s+{_NUMBER})?\s*[:=.#]?\s*{_ID}(?![A-Za-z0-9])", re.IGNORECASE)
"""A label that says “number” and what looks like one, within a line of words."""
_ENDING = late_regex(
    r"(?<![\w])(?P<kind>account|acct\.?|contract|plan|ira|hsa|40[13]\(?[bk]\)?|457(?:\(?b\)?)?)[\s,:(–-]*"
    r"ending(?: in| with)?:?\s*(?P<id>[.…*•xX-]*[0-9]{3,6})\b",
    re.IGNORECASE,
)
_ENDS = late_regex(r"end(?:ing|s)?(?: in| with)?:?\s*(?P<id>[.…*•xX-]*[0-9]{3,6})", re.IGNORECASE | re.ASCII)
"""An account's last digits behind its label."""
_BARE = late_regex(
    r"(?:^|[\s(])(?P<kind>account|acct\.?|contract|certificate|policy|plan)(?:\s*[:#]\s*|\s+)"
    r"(?P<id>[A-Z]{0,4}-?[0-9][0-9-]{3,}[0-9]|[.…*•x]{2,}[- ]?[0-9]{2,6}"
    r"|[A-Z]{1,4}-[A-Z]{1,4}-[0-9]{3,}(?:-[0-9A-Z]+)*"
    r"|(?=(?:[A-Z-]{0,3}[0-9]){4})[0-9A-Z]+(?:-[0-9A-Z]+)*)(?!-?[0-9A-Z])",
    re.IGNORECASE,
)
"""An account named by its last digits, or by its number right behind the word."""
_KIND_AND_NUMBER = late_regex(
    r"\b(?P<kind>ira|hsa|40[13]\s?\(?[bk]\)?|457\s?\(?b?\)?)(?:\s*[–—:#|]\s*|\s+-\s+|\s{2,})"
    r"(?P<id>(?=(?:[A-Z-]*[0-9]){5})[0-9A-Z]+(?:-[0-9A-Z]+)*)(?![-/0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
"""A kind of account with its number behind a dash or a wide gap."""
_ALONE = late_regex(
    rf"{_BEFORE}(?P<kind>{_KINDS})(?:\s+{_NUMBER}|\s*#)*(?:\s*\(.*\)|\s+(?:ending|ends)(?: in| with)?)?",
    re.IGNORECASE,
)
"""A label in a cell of its own."""
_WORDED = late_regex(
    r"(?!.*\b(?:loan|bank|checking|routing|old|prior|former|external|linked)\b)(?:[a-z'’&/()-]+\s+){1,3}"
    rf"(?P<kind>account|acct\.?|contract|policy|certificate)\s+{_NUMBER}",
    re.IGNORECASE,
)
"""The same behind any words (“Annuity account no.”), none of which make it another account's."""
_LEADS = late_regex(rf"{_LABEL}(?:\s+{_NUMBER})*", re.IGNORECASE)
"""The same with a word for its number."""
_WHOLE_ID = late_regex(_ID)
_PARTED_ID = late_regex(r"(?=(?:[^0-9]*[0-9]){5})[A-Z0-9./-]+(?: [0-9][0-9-]*){1,3}", re.ASCII)
"""A number with blanks in it, in a cell of its own behind its label."""
_PARTED = late_regex(
    rf"\b{_LABEL}(?:\s+{_NUMBER})?\s*[:=]\s*"
    r"(?P<id>(?:[A-Z]{2,4} )?[0-9]{2,}(?: [0-9]{2,}){1,3}"
    r"|(?-i:[A-Z]{1,4}) (?=(?:-?[0-9]){5})[0-9]+(?:-[0-9]+)*)(?=\s{2,}|$)",
    re.IGNORECASE | re.ASCII,
)
"""The same behind its label and a colon."""
_DATE = late_regex(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", re.ASCII)
_MONEY = late_regex(r"[-(]?[$€£].*|[-(]?[0-9,]*\.[0-9]{2}\)?", re.ASCII)
_RANKS = {
    "account": 0,
    "acct": 0,
    "hsa": 0,
    "ira": 0,
    "portfolio": 0,
    "contract": 1,
    "policy": 1,
    "certificate": 1,
    "cert": 1,
    "plan": 2,
    "group": 2,
    "case": 2,
}
_PERSON = 3
"""The rank of a number that is a person's rather than an account's."""
_KIND_ALONE = late_regex(
    r"(?:(?:my|sep|simple|roth|traditional|rollover|inherited|solo|individual|self[- ]employed)[- ])*"
    r"(?:ira|hsa|401\s?\(?k\)?|403\s?\(?b\)?|457\s?\(?b?\)?)(?: (?:account|plan))?",
    re.IGNORECASE,
)
"""A kind of account in a cell of its own, its number in the next."""
_SURE_DIGITS = 5
_NAME_BETWEEN = 3
"""Cells of `Account, Rollover IRA, 204-418`."""
_LEAST_DIGITS = 2
_FEWEST_WORDS = 2
_NAMES = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER})


def account_said(opening: Sequence[Line]) -> AccountName | None:
    """Return the account that labels above the first table name (`Account number: 1234`), if any do.

    Of several numbers that of an account comes first, then a contract's, a plan's and a person's. Its name
    is empty where no label gives one.
    """
    said: dict[Role, str] = {}
    numbers: list[tuple[int, int, str]] = []
    for place, line in enumerate(opening):
        label, text = label_of(line)
        known = role_of(label) if label else None
        found = list(_numbers(line))
        numbers += [(rank, place, number) for rank, number in found]
        if _MONEY.fullmatch(text):
            continue
        if known is None or known[0] not in _NAMES or (found and known[0] is not Role.ACCOUNT_ID):
            continue
        if not (is_headline(text) or is_headline(f"{label} {text}")):
            said.setdefault(known[0], text)
    name = said.get(Role.ACCOUNT_NAME) or said.get(Role.OWNER) or ""
    is_worded = not any(map(str.isdigit, said.get(Role.ACCOUNT_ID, "")))
    if numbers and (is_worded or min(numbers)[0] < _PERSON):
        _, place, number = min(numbers)
        is_owners = Role.ACCOUNT_NAME not in said and Role.OWNER in said
        return AccountName(number, (_kind_beside(opening[place], number) if is_owners else "") or name)
    account_id = said.get(Role.ACCOUNT_ID) or name
    if not account_id:
        return None
    return AccountName(account_id, name) if name else split_label(account_id)


def _kind_beside(line: Line, number: str) -> str:
    """Return the words that call an account by its kind in front of its number, "" for a mere label.

    They tell two accounts of one person apart, which its name does not.
    """
    cells = filled(line.cells)
    found = split_label(cells[0]) if len(cells) == 1 and not _LEADS.fullmatch(cells[0]) else None
    if found is None or found.id != number or len(found.name.split()) < _FEWEST_WORDS:
        return ""
    return found.name if is_one_account(found.name) else ""


def kinds_said(lines: Sequence[Line]) -> dict[str, str]:
    """Return the numbers that labels within lines give, each with its label's kind (“certificate”)."""
    found = (said for line in lines for said in _SAID.finditer(line.text))
    return {said["id"]: said["kind"].lower() for said in found if is_number(said["id"])}


def is_label(text: str) -> bool:
    """Tell whether a cell only leads to the number in the next one (“HSA number”)."""
    return _LEADS.fullmatch(text.strip(" :=*")) is not None


def _numbers(line: Line) -> Iterator[tuple[int, str]]:
    """Yield the numbers that a line's labels give, each with its label's rank."""
    cells = [with_plain_hyphens(cell) for cell in filled(line.cells)]
    label = _ALONE.fullmatch(cells[0].strip(" :=*")) if len(cells) == _NAME_BETWEEN else None
    if label is not None and is_number(cells[2]) and not any(map(str.isdigit, cells[1])):
        yield _rank(label["kind"]), cells[2]
        return
    if _is_kind_and_number(cells):
        yield 0, _first_of_two(cells[1])
        return
    for cell, behind in zip(cells, [*map(_first_of_two, cells[1:]), ""], strict=False):
        bare = cell.strip(" :=*").replace("_", " ")
        label = _ALONE.fullmatch(bare) or _WORDED.fullmatch(bare)
        if label is not None and (is_number(behind) or _PARTED_ID.fullmatch(behind)):
            yield _rank(label["kind"]), behind
            continue
        before, _, after = cell.partition(":")
        label = _ALONE.fullmatch(before.strip())
        if label is not None and is_number(behind := _first_of_two(after.strip())):
            yield _rank(label["kind"]), behind
            continue
        parted = _PARTED.search(cell)
        if parted is not None:
            yield _rank(parted["kind"]), parted["id"]
            continue
        said = (
            found for pattern in (_SAID, _ENDING, _BARE, _KIND_AND_NUMBER) for found in pattern.finditer(cell)
        )
        for found in said:
            if is_number(found["id"]):
                yield _rank(found["kind"]), found["id"]


def _first_of_two(text: str) -> str:
    """Return the plan's number of “98-7650-01 / 3310274” and that of “Ending in 7731”, else the text."""
    if (ending := _ENDS.fullmatch(text)) is not None:
        return ending["id"]
    first, _, second = text.partition(" / ")
    return first if is_number(first) and is_number(second) else text


def _is_kind_and_number(cells: list[str]) -> bool:
    """Tell whether a line is a kind of account and its number, in a cell each."""
    if len(cells) != 2 or not _KIND_ALONE.fullmatch(cells[0]):
        return False
    if not is_number(cells[1]):
        return _ENDS.fullmatch(cells[1]) is not None
    return sum(map(str.isdigit, cells[1])) >= _SURE_DIGITS


def is_number(text: str) -> bool:
    """Tell whether a text can be an account's number: digits, no amount, no date, no spaces."""
    if _WHOLE_ID.fullmatch(text) is None or _DATE.fullmatch(text) or _MONEY.fullmatch(text):
        return False
    return sum(char.isdigit() for char in text) >= _LEAST_DIGITS


def _rank(kind: str) -> int:
    return _RANKS.get(kind.lower().rstrip("."), _PERSON)
