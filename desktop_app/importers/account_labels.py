"""How files call accounts: labels split into number and words, and what names one."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from desktop_app.domain.accounts import SHOWN

from .patterns import late_regex
from .wording import is_source_section


class AccountName(NamedTuple):
    """How a file calls an account: its number or label, and its words."""

    id: str
    name: str


_SPACE = late_regex(r"\s+")
_ARROWS = ">›»→▸❯"
_ARROW = late_regex(rf"\s+[{_ARROWS}]+\s*$")
_ENTITY = late_regex(r"&#?\w{1,10};")
"""Without its semicolon it may be a name's own: “M&LT”."""
_INVISIBLE = late_regex(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ufeff\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
"""Also what turns the words behind it round, and what a terminal obeys: JSON can spell both in a name."""
_LABEL_WORD = late_regex(r"^(?:account|acct\.?|plan)(?: (?:name|number|no\.?))?\s*:\s*(?=\S)", re.IGNORECASE)
_REMARK_BEHIND = late_regex(
    r"(?<=[0-9])\s*(?:[–—-]\s*|\(\s*)(?:held[- ]?away|inherited|linked|external(?:ly held)?|outside|active"
    r"|view[- ]only|frozen|closed|terminated|former employer|old employer|(?:self[- ])?managed)\s*\)?$",
    re.IGNORECASE,
)
"""What some say of an account behind its number."""
_STUB = late_regex(
    r"(?:\s*[–—-]+\s*(?:account|acct\.?)|(?:\s+(?:account|acct\.?))?\s+(?:ends|ending)\s+(?:in|with)|\s*\((?:(?:account|acct\.?)\s*)?(?:ends|ending)?(?:\s+in)?|[\s,;|–—-]+(?:account|acct\.?|plan|contract|policy|certificate|cert\.?)[\s,]+(?:number|no\.?|id))?"
    r"(?:\s+[xX])?[\s,;–—:#(…|·•-]*$",
    re.IGNORECASE,
)
"""What is left behind a name where an account's number stood."""
_KINDS = r"(?:account|acct\.?|plan|contract|policy|certificate|cert\.?)"
_LED_TO = late_regex(rf"\s*[,;:|·•(–—-]\s*{_KINDS}(?:\s+(?:number|no\.?|id|#))?\W*$", re.IGNORECASE)
"""What is left of the words for a number behind a name: “, acct”, “(Plan No.”."""
_ONLY_LABEL = late_regex(
    rf"{_KINDS}(?:\s*/\s*{_KINDS})*"
    r"(?:\s+(?:number|no\.?|id(?:\s+number)?|#|end(?:ing|s)(?:\s+(?:in|with))?))?",
    re.IGNORECASE,
)
"""What leads to a number and is no name."""
_OTHER_CELLS = late_regex(r"\s{3,}|\",|,{2,}")
_PERSONS_NUMBER = late_regex(r"^(?:[0-9]{3}-[0-9]{2}|[Xx*]{3}-[Xx*]{2})-[0-9]{4}\s+", re.ASCII)
_LABEL_BEFORE = late_regex(
    r"^(?:company|employer|plan(?: name)?|sponsor|account name|account summary for):\s+", re.IGNORECASE
)
_ENDING = late_regex(r"(?:account|acct\.?)(?: number| no\.?)? ending(?: in| with)?", re.IGNORECASE)
_CONTINUED = late_regex(r"[\s,–-]*\(?\b(?:continued|cont'd|cont\.)\)?[\s–-]*$", re.IGNORECASE)
_ACCOUNT_WORDS = late_regex(
    r"\b(?:plan|account|acct|ira|roth|401k?|403b?|457b?|529|tsp|hsa|brokerage|individual|joint|trust|rollover|pension|retirement"
    r"|savings|custodial|utma|ugma|checking|annuity)\b|[.…*•xX]{2,}-?[0-9]{3,}|^portfolio\s+\w+$",
    re.IGNORECASE,
)
_KIND_OF_ACCOUNT = late_regex(
    r"\b(?:ira|401k?|403b?|457b?|529|tsp|hsa|health savings account|individual|joint|rollover|pension"
    r"|custodial|utma|ugma|checking|annuity|brokerage)\b|[.…*•xX]{2,}-?[0-9]{3,}|^portfolio\s+\w+$",
    re.IGNORECASE,
)
_PART = late_regex(
    r"(?:(?:hsa|my|your|the|self[- ]directed|(?:un)?invested|available|core|mutual|fund|total|current)\s+)*"
    r"(?:cash|investments?|savings|deposits?|spending|core|mutual funds?)"
    r"(?:\s+(?:accounts?|balances?|holdings|positions|portfolio|options?))*(?:\s*\([^()]*\))?"
    r"(?:\s*[–—:-]\s*(?:holdings|positions|investments|balances|detail|summary))?",
    re.IGNORECASE,
)
_SEVERAL = late_regex(r"\b(?:accounts|plans|iras|hsas)\b", re.IGNORECASE)
_NO_ACCOUNT = late_regex(
    r"\b(?:customer|service|phone|tel|telephone|fax|call|toll|questions|report|request|confirmation|page|through|thru"
    r"|street|avenue|ave|road|suite|zip|effective|printed|version)\b"
    r"|(?<![-#.…*•xX0-9])(?:19|20)[0-9]{2}$|[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}",
    re.IGNORECASE,
)
"""What a number belongs to that is no account's: a telephone, a report, an address, a year, a day."""
_MASK = late_regex(r"(?:[.…*•#]+|[Xx]{2,})[-\s]*[0-9]")
_PLAN_KIND = late_regex(r"(?:401|403|408|457|529)\s?\(?[a-z]?\)?", re.IGNORECASE)
_CUT_NUMBER = late_regex(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}", re.IGNORECASE)
_CUT = late_regex(r"E\+?[0-9]+$", re.IGNORECASE)
_SURE = 5
"""Digits of a rounded number that are told: the last may be rounded."""
_FEWEST_DIGITS = 3
_PLAN_KINDS = frozenset({"401", "403", "457", "529"})
_LABEL = late_regex(
    r"(?P<name>.*?)(?:[\s:(–-]|#(?=[0-9])){0,20}"
    r"(?P<id>(?:[.…*•Xx]{2,40}-?|[#]{1,40}|(?<![A-Za-z])(?!IRA|HSA|SEP|ROTH|PLAN|ACCT|IRRA)[A-Z]{1,4}-)?(?=[A-Z]{0,3}[0-9Y#X])"
    r"[A-Z]{0,3}[0-9YX#-]{3,60})\)?",
    re.ASCII,
)  # fmt: skip
_NUMBER_LAST = late_regex(
    r"(?P<name>.*[A-Za-z].*?)[\s:–(#-]+(?P<id>(?=[0-9-]*[A-Z])(?=(?:[A-Z-]*[0-9]){4})[0-9][0-9A-Z]*(?:-[0-9A-Z]+)*)\)?"
)
"""An account's label that ends with its number, letters among the digits (`4C28817-3`)."""
_LETTERED = late_regex(
    r"(?P<name>.*?)\(?(?<![A-Za-z0-9-])"
    r"(?P<id>(?!(?:IRA|HSA|SEP|ROTH|PLAN|ACCT)\b)[A-Z]{1,4}-[A-Z]{1,4}-[0-9]{3,}(?:-[0-9A-Z]+)*)\)?",
    re.ASCII,
)
"""An account's label that ends with its number, two groups of letters in front (`BH-HSA-30958`)."""
_NUMBER_FIRST = late_regex(
    r"(?:(?i:account|acct\.?|portfolio|depot|konto)\s+)?"
    r"(?P<id>(?=(?:[A-Z-]*[0-9]){5})[0-9A-Z]+(?:-[0-9A-Z]+)*)[\s:–-]+(?P<name>[A-Z][^0-9].*)"
)
"""An account's label that begins with its number."""
_NUMBER_WITHIN = late_regex(
    r"\b(?i:account|acct\.?|contract|certificate|policy)\s+(?i:number\s+|no\.?\s+|#\s*)?"
    r"(?P<id>(?=(?:[A-Z-]*[0-9]){4})[0-9A-Z]+(?:-[0-9A-Z]+)*|[.…*•]{2,}[- ]?[0-9]{2,6}|[Xx]{2,}-?[0-9]{2,6})"
    r"(?=[\s,;)].*[A-Za-z])"
)
"""A number behind the word for an account, in the middle of a label."""


def clean(text: str) -> str:
    """Return a name without doubled spaces, invisible marks, HTML entities and the arrow of a link."""
    if text.rstrip()[-1:] in _ARROWS:
        text = _ARROW.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _SPACE.sub(" ", _INVISIBLE.sub("", with_plain_hyphens(text))).strip()


def with_plain_hyphens(text: str) -> str:
    """Return a text with a plain hyphen for those that keep a number or a name on one line."""
    return text if text.isascii() else text.replace("\u2011", "-").replace("\u2010", "-")


def plain_label(text: str) -> str:
    """Return a label as it is compared: “Roll-over IRA” and “ROLLOVER IRA” are one account."""
    folded = text.casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded)) or text


def speaks_of_account(text: str) -> bool:
    """Tell whether a label has a word or a masked number that only accounts have."""
    return _ACCOUNT_WORDS.search(text) is not None


def is_other_account(text: str) -> bool:
    """Tell whether a label below an account's number opens another account: its kind, or a masked number.

    “Investment account”, “Roth account” and “Plan” are parts of the one that has the number.
    """
    return _KIND_OF_ACCOUNT.search(text) is not None and not is_source_section(text)


def is_part_of_account(text: str) -> bool:
    """Tell whether a label names what is a part of any account: its cash, its investments, a source."""
    return is_source_section(text) or _PART.fullmatch(text.strip(" :*")) is not None


def is_one_account(text: str) -> bool:
    """Tell whether a title gives the kind of one account (“Larch HSA”), whose parts the tables below hold."""
    return _KIND_OF_ACCOUNT.search(text) is not None and _SEVERAL.search(text) is None


def split_label(text: str) -> AccountName:
    """Split `Individual XXXX-1234` into number and words; without a number the label is both."""
    text = _LABEL_WORD.sub("", _CONTINUED.sub("", clean(text))).rstrip(" ·•|")
    text = _REMARK_BEHIND.sub("", text)
    first = _NUMBER_FIRST.fullmatch(text)
    if first is not None and _digits(first["id"]) >= _FEWEST_DIGITS:
        return AccountName(first["id"], first["name"])
    within = _NUMBER_WITHIN.search(text)
    if within is not None:
        return AccountName(within["id"], text)
    found = _LETTERED.fullmatch(text) or _NUMBER_LAST.fullmatch(text) or _LABEL.fullmatch(text)
    if found is not None and _NO_ACCOUNT.search(text):
        return AccountName(text, text)
    if found is None or not found["name"].strip(" -–:#(") or found["id"] in _PLAN_KINDS:
        return AccountName(text, text)
    if _ENDING.fullmatch(found["name"].strip(" -–:#(,")):
        return AccountName(found["id"], text)
    name = _STUB.sub("", found["name"]).strip(" -–—:#(,|*")
    name = _LED_TO.sub("", name) or name
    if name.count("(") > name.count(")"):
        before, _, behind = name.rpartition("(")
        name = ", ".join(part for part in (before.strip(), behind.strip(" xX.…*•#-")) if part)
    return AccountName(found["id"], "" if _ONLY_LABEL.fullmatch(name) else name)


def without_number(label: AccountName) -> str:
    """Return an account's words without its number and what led to it, "" where nothing else is said."""
    words = label.name
    if label.id and label.id in words:
        number = rf"(?:{_KINDS})?\s*(?:number|no\.?|id|#)?\s*{re.escape(label.id)}"
        words = re.sub(number, "", words, flags=re.IGNORECASE)
        words = re.sub(r"\s+(?=[,;)])", "", words)
    words = _LED_TO.sub("", words).strip(" -–—:#(|,;·•")
    return "" if _ONLY_LABEL.fullmatch(words) else words


def is_continued(text: str) -> bool:
    """Tell whether a label says that what it names goes on (“Your funds, continued”)."""
    return _CONTINUED.search(text) is not None


def is_bare_label(text: str) -> bool:
    """Tell whether words only lead to an account (“Account”, “Plan no.”) and name none."""
    return _ONLY_LABEL.fullmatch(text.strip(" :#*")) is not None


def tidy(name: str) -> str:
    """Return an account's name without a person's number, a label or other cells of its line."""
    first = _OTHER_CELLS.split(_PERSONS_NUMBER.sub("", name), maxsplit=1)[0]
    return _LABEL_BEFORE.sub("", first).strip(' ",;') or name


def is_numbered(account_id: str) -> bool:
    """Tell whether an account goes by a number, also a masked one: three digits or more."""
    return _digits(_PLAN_KIND.sub("", account_id)) >= _FEWEST_DIGITS


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def is_said_of_else(text: str) -> bool:
    """Tell whether a label with a number speaks of a telephone, a report, an address or a period only."""
    return _NO_ACCOUNT.search(text) is not None and not speaks_of_account(text)


def is_masked(account_id: str) -> bool:
    """Tell whether only the end of a number is shown (`****4321`)."""
    return _MASK.match(account_id) is not None


def is_end(account_id: str) -> bool:
    """Tell whether a number is so short that it may be the end of a longer one."""
    return account_id.isdigit() and len(account_id) == SHOWN


def is_cut_number(account_id: str) -> bool:
    """Tell whether an account's number stands as 1.23457E+11: a spreadsheet has thrown its end away."""
    return _CUT_NUMBER.fullmatch(account_id.strip()) is not None


def name_for(account_id: str) -> str:
    """Return words for an account the file only numbers, without showing the whole number."""
    if is_cut_number(account_id):
        return f"Account beginning {_CUT.sub('', account_id).replace('.', '').replace(',', '')[:_SURE]}"
    bare = _PLAN_KIND.sub("", account_id)
    if any(char.isspace() for char in account_id) or sum(char.isdigit() for char in bare) < _FEWEST_DIGITS:
        return account_id
    return f"Account ending {account_id[-4:]}" if len(account_id) > 4 else account_id
