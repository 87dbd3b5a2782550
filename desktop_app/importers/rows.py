"""One row of a holdings table: its cells by role, and the words that tell what it is."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from desktop_app.domain.funds import is_window_name
from desktop_app.domain.records import dataclass

from .account_labels import clean, speaks_of_account
from .amounts import is_missing
from .columns import Columns, Role
from .grid import Line
from .knowledge import fund_facts
from .loan_labels import names_loan
from .name_marks import without_marks
from .patterns import late_regex
from .wording import FORWARD_WORDS, SUM_WORDS, is_share, is_whole, without_total


@dataclass(slots=True)
class Row:
    """The cells of a line by role, trimmed; empty where the line or the table has none."""

    line: Line
    name: str
    symbol: str
    cusip: str
    units: str
    price: str
    value: str
    account_id: str
    account_name: str
    source: str
    date: str
    vested: str = ""
    weight: str = ""
    owner: str = ""


class RowKind(Enum):
    """What a row is by its words alone."""

    HOLDING = auto()
    TOTAL = auto()
    PENDING = auto()
    LOT = auto()
    LOAN = auto()
    WINDOW = auto()


class Instrument(NamedTuple):
    """What a row holds, as its fund is looked up."""

    symbol: str | None
    cusip: str | None
    name: str


_NOWHERE = 1 << 30
_KEPT = 4_096
"""Texts whose answers are kept: every step of a reading, and every account's total, asks the same anew."""
_STARS = "*=>#~+-–—•·. "
_ORDER = (
    Role.NAME, Role.SYMBOL, Role.CUSIP, Role.UNITS, Role.PRICE, Role.VALUE,
    Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.SOURCE, Role.DATE, Role.VESTED, Role.WEIGHT, Role.OWNER,
)  # fmt: skip
"""The roles in the order of `Row`'s fields."""

_VALUE_ON = late_regex(r"(?:value|balance)\s+(?:as of|on|at)\s+\S*[0-9]{4}", re.IGNORECASE)
_CUSIP = late_regex(r"(?=(?:[A-Z]*[0-9]){3})[0-9A-Z]{8}[0-9]")
_ISIN = late_regex(r"US[0-9A-Z]{9}[0-9]")
_TICKER_LABELLED = late_regex(
    r"(.*?\S)[\s(|·•,;-]+(?i:ticker|symbol)(?: (?i:symbol))?\s*:\s*(?:([A-Z]{2,6})|[-–—]+|(?i:n/?a|none))?\)?"
)
"""A name with its ticker behind a label, which may lead to nothing (“… Fund Ticker:”)."""
_TICKER_IN_NAME = late_regex(r"(.*\S)\s*[(\[]([A-Z]{4,5}X)[)\]]")
_KNOWN_IN_NAME = late_regex(r"(.*\S)\s*[(\[]([A-Z]{2,5})[)\]]")
_FUND_TICKER = late_regex(r"[A-Z]{4}X")
_TICKER = late_regex(r"[A-Z]{3,5}")
_BARE_TICKER = late_regex(r"[A-Z]{2,5}")
_TICKER_LAST = late_regex(r"(?=.*[a-z])(.*\S)\s+(?!INDEX\b)([A-Z]{4}X|[A-Z]{2,5}(?=\s*[·•|]))(?:\s*[·•|].*)?")
_TICKER_FIRST = late_regex(r"([A-Z]{5})[\s:–-]+(?=\S)")
_SECTION = (
    r"(?:domestic|foreign|us|u\.s\.|international)?\s*(?:stocks?|bonds?|equit(?:y|ies)|fixed[- ]income"
    r"|cash(?: (?:and|&) .*)?|mutual funds?|etfs?(?: .*)?|options?|core accounts?|others?"
    r"|money market(?: funds?)?"
    r"|short[- ]term|stability of principal|(?:capital preservation|preservation of capital)"
    r"|annuit(?:y|ies)|alternatives?|investments|holdings|assets|funds|securities|crypto(?:currency)?)"
)
_OVER_ALL = (
    r"\s*,?\s+(?:all|both)\s+(?:(?:your|my|of)\s+)*(?:(?:money|contribution|investment)\s+)?"
    r"(?:sources|types|funds|accounts|contracts|plans|investments|money|holdings|options|contributions)\b.*"
)
_STATED = (
    r"(?:(?:your|my)\s+)?(?:(?:total|grand|current|ending|closing|account|plan|portfolio|combined|overall|market"
    r"|accumulated|accumulation|contract|401\s?\(?k\)?|ira)\s+)+(?:balance|value)"
    r"(?:\s*\(.*\)|\s+(?:as of|on|at)\b.*)?"
)
"""How a line says what an account is worth."""
_WITH_LOANS = (
    r"(?:(?:grand|account|plan) )?totals?(?: [a-z]+)?,? \(?(?:including|includes|incl\.?|with|excluding"
    r"|excludes|excl\.?|net of|before|after|less|plus|and) (?:[a-z]+ )?loans?(?: balances?| outstanding)?\)?"
)
"""How a total says that loans are in it or not."""
_TOTAL_WITH_LOANS = late_regex(_WITH_LOANS, re.IGNORECASE)
_TOTAL = late_regex(
    r"(?:(?:grand|overall|account|positions?|portfolio|plan|contract|household|value|your|my|our)\s+)*totals?"
    r"(?:\s+(?:of|for|value|balance|assets?|account|portfolio|holdings|investments|positions|market|current"
    r"|vested|plan|amount|savings|fund (?:balance|value|assets)"
    r"|(?:retirement|savings|combined|household)(?: (?:account|plan|savings))? (?:balance|value|savings))"
    rf"\b.*|{_OVER_ALL})?|{SUM_WORDS}|{FORWARD_WORDS}|{_WITH_LOANS}"
    rf"|{_STATED}|sub[- ]?totals?\b.*|totals?\s+{_SECTION}|{_SECTION}\s+(?:sub[- ]?)?totals?",
    re.IGNORECASE,
)
_TOTAL_OF_FUND = late_regex(r"(?:fund|investment|source|asset class)\s+(?:sub[- ]?)?totals?", re.IGNORECASE)
_TOTAL_OF_PLAN = late_regex(
    r"total\b.*\b(?:plan|account|401\s?\(?k\)?|403\s?\(?b\)?|457|ira|hsa)\b.*", re.IGNORECASE
)
_BARE_TOTAL = late_regex(
    r"(?:(?:grand|overall|account|positions?|portfolio|plan|contract|household|value)\s+)*totals?"
    rf"(?:\s*[:–-].*|\s+(?:of|for)\b.*|{_OVER_ALL}"
    r"|(?:\s+(?:values?|balances?|assets?|accounts?|portfolio|household|holdings|investments|positions|securities"
    r"|(?:mutual )?funds|etfs|options|annuities|core accounts?|market val(?:ue)?|current|vested|plan"
    r"|amount|ending|closing|net|worth|fund(?=\s+(?:balance|value|assets))"
    r"|(?:retirement|savings|combined)(?=\s+(?:account |plan )?(?:balance|value|savings|assets))))*"
    r"(?:\s+(?:as of|on|in)\b.*|\s*\(.*\))?)"
    rf"|{SUM_WORDS}|{FORWARD_WORDS}|{_STATED}|{_WITH_LOANS}|sub[- ]?totals?\b.*",
    re.IGNORECASE,
)
_ASSET_WORD = late_regex(
    r"\b(?:stocks?|bonds?|equit(?:y|ies)|market|income|return|international|index|funds?)\b", re.IGNORECASE
)
_PLURAL_GROUP = late_regex(
    r"totals?\s.*\b(?:stocks|bonds|equities|funds|etfs|holdings|assets|securities|annuities|alternatives)",
    re.IGNORECASE,
)
_PART_TOTAL = late_regex(
    rf"sub[- ]?totals?\b.*|totals?\s+{_SECTION}|{_SECTION}\s+(?:sub[- ]?)?totals?|zwischensumme"
    rf"|{FORWARD_WORDS}",
    re.IGNORECASE,
)
_WHOLE_TOTAL = late_regex(
    r"(?:grand|overall|combined|household|portfolio)\s+totals?\b.*|all\s+(?:investments|accounts|plans)|net\s+worth|total\s+(?:portfolio|household)\b.*",
    re.IGNORECASE,
)
_PORTFOLIO_TOTAL = late_regex(r"portfolio\s+totals?|totals?\s+portfolio(?:\s+value)?", re.IGNORECASE)
_STATED_ONLY = late_regex(_STATED, re.IGNORECASE)
_LABEL_AND_AMOUNT = late_regex(
    r"(?P<words>[^:$€£0-9]*?)[\s:=]+(?P<amount>[-(]?[$€£]?\s?[0-9][0-9,.]*\)?)", re.ASCII
)
_DAY_AND_AMOUNT = late_regex(
    r"(?P<words>[^:$€£]*?[0-9][^:$€£]*?)[:\s]\s*(?P<amount>[-(]?[$€£]\s?[0-9][0-9,.]*\)?)", re.ASCII
)
"""The same with a day in its words."""
_MAY_GO_ON = late_regex(r"[^0-9.]*[0-9]{1,3}(?:,[0-9]{3})*", re.ASCII)
_GOES_ON = late_regex(r"[0-9]{3}(?:\.[0-9]*)?", re.ASCII)
_PERIOD = late_regex(
    r"(?:(?:statement|reporting|valuation) )?(?:period|dates?)\b|from [A-Z0-9]", re.IGNORECASE
)
_STARTS_WITH_TOTAL = late_regex(r"totals?\b", re.IGNORECASE)
_SUBTOTAL = late_regex(r"sub[- ]?totals?\b", re.IGNORECASE)
_SECTION_ONLY = late_regex(_SECTION, re.IGNORECASE)
_FOOTER = late_regex(
    r"[*†‡©]|(?:date )?downloaded\b|generated (?:at|on)\b|exported (?:at|on)\b|printed (?:at|on)\b"
    r"|the data and information"
    r"|brokerage services|source:|notes?:|disclaimer|past performance|prices?\b.*\bas of\b|as of\b"
    r"|data as of\b"
    r"|you currently have no|important\b|for informational|this (?:report|file|spreadsheet|information)",
    re.IGNORECASE,
)  # fmt: skip
_SMALL_PRINT = late_regex(
    r"\bfdic insured\.|[©®] ?[0-9]{4}\b|\b[0-9]{4} ©|\ball rights reserved\b", re.IGNORECASE
)
"""What only the small print at the foot of a page says."""
_PAGE = late_regex(r"\bpage\s+[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?\W*$", re.IGNORECASE)
_AMOUNT = late_regex(r"[$€£]|[0-9][.,][0-9]{2}", re.ASCII)
_OPENINGS = "the|this|these|your|you|please|all|any|note|values?|prices?|total"
SENTENCE_LETTERS = frozenset(word[0] for word in _OPENINGS.split("|"))
"""What sentences begin with, in small letters."""
_SENTENCE = late_regex(
    rf"(?:{_OPENINGS})\b[^$]*?"
    r"\b(?:is|are|was|were|may|do|does|has|have|can|will|should)\b",
    re.IGNORECASE,
)
_FEWEST_SPACES = 3
_MOST_PARTS = 4
_PENDING = late_regex(
    r"pending\s+(?:card\s+|debit\s+)?(?:activity|transactions?|trades?|purchases?|deposits?|credits?|contributions?|transfers?"
    r"|(?:dividend|payment|withdrawal|rollover)s?\s*$)",
    re.IGNORECASE,
)
_LOT = late_regex(
    r"\s*+(?:(?:tax )?lot\s*(?:#|no\.?)?\s*[0-9]{0,3}"
    r"|(?:(?:tax )?lot\s*(?:(?:#|no\.?)?\s*[0-9]{1,3}\s*[:,–-]?\s+)?)?"
    r"(?:acquired|purchased|bought)?(?: on)?[:\s]*"
    r"(?:[0-9]{1,2}[/-][0-9]{1,2}[/-](?:[0-9]{2}|[0-9]{4})|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-. ][0-9]{1,2}[-, ]+[0-9]{4}))\s*",
    re.ASCII | re.IGNORECASE,
)
_FUNDISH = late_regex(
    r"\b(?:fund|fd|index|idx|trust|tr|bond|stock|equity|growth|value|income|portfolio|etf|market|cap|corp|inc|co|class"
    r"|cl|pool|plc|ltd|series|option|cd|note)\b|[0-9]",
    re.IGNORECASE,
)


def places_of(columns: Columns) -> tuple[int, ...]:
    """Return the column of each of `Row`'s fields, a column no line has where the table lacks one."""
    return tuple(columns.index.get(role, _NOWHERE) for role in _ORDER)


def pick(line: Line, columns: Columns, places: tuple[int, ...]) -> Row:
    """Take a line's cells by role; a line shorter than its heading simply lacks the later ones."""
    cells = line.cells
    count = len(cells)
    row = Row(line, *[cells[place].strip() if place < count else "" for place in places])
    if len(columns.account_names) > 1 and is_missing(row.account_name):
        for column in columns.account_names[1:]:
            if column < count and not is_missing(cells[column].strip()):
                row.account_name = cells[column].strip()
                break
    if columns.owned and row.owner:
        row.account_id = f"{row.owner} {row.account_id or row.account_name}".strip()
    return row


_IN_PARENTHESES = late_regex(r"^\(([^()]+)\)$")
"""What a person says of a ticker: “VTSAX (total stock)”."""


@lru_cache(maxsize=50_000)
def instrument_of(name: str, symbol: str, cusip: str) -> Instrument:
    """Return what the cells of a row name; a CUSIP in the symbol column is told by its form."""
    name = "" if is_missing(name) else _without_stars(without_marks(clean(name)))
    symbol = "" if is_missing(symbol) else clean(symbol).rstrip("*").strip()
    cusip = "" if is_missing(cusip) else clean(cusip).strip("*'=\"")
    if cusip and _ISIN.fullmatch(cusip):
        cusip = cusip[2:11]
    if symbol and _CUSIP.fullmatch(symbol):
        cusip, symbol = cusip or symbol, ""
    if name and (labelled := _TICKER_LABELLED.fullmatch(name)) is not None:
        name, symbol = labelled[1], symbol or labelled[2] or ""
    if not symbol and name:
        found = _TICKER_IN_NAME.fullmatch(name) or _TICKER_LAST.fullmatch(name)
        if found and found[2] != "INDEX":
            name, symbol = found[1], found[2]
        elif (known := _KNOWN_IN_NAME.fullmatch(name)) is not None and known[2] in fund_facts():
            name, symbol = known[1], known[2]
        elif (ticker := _TICKER_FIRST.match(name)) and ticker[1] in fund_facts():
            name, symbol = _IN_PARENTHESES.sub(r"\1", name[ticker.end() :]), ticker[1]
    if not symbol and _BARE_TICKER.fullmatch(name) and name in fund_facts():
        symbol = name
    if symbol and not name and " " in symbol:
        name, symbol = symbol, ""
    return Instrument(symbol or None, cusip or None, name or symbol or cusip)


def _without_stars(name: str) -> str:
    """Return the words of a total without the marks in front of it (“* FUND TOTAL”), any name as it is."""
    if name[:1].isalnum() or not (bare := name.lstrip(_STARS)):
        return name
    return bare if is_total(bare) or without_total(bare) else name


@lru_cache(maxsize=50_000)
def kind_of(item: Instrument) -> RowKind:
    """Judge a row by its words alone."""
    if is_pending(item.name) or is_pending(item.symbol or ""):
        return RowKind.PENDING
    sums = item.cusip is None and (is_total(item.name) or is_whole(item.name))
    if sums and (item.symbol is None or is_total(item.symbol)):
        return RowKind.TOTAL
    if is_value_on(item.name):
        return RowKind.TOTAL
    if is_lot(item.name):
        return RowKind.LOT
    if item.symbol is None and names_loan(item.name):
        return RowKind.LOAN
    named = item.symbol is None and is_window_name(item.name)
    return RowKind.WINDOW if named else RowKind.HOLDING


@lru_cache(maxsize=_KEPT)
def is_ticker(text: str) -> bool:
    """Tell whether a cell is a fund's ticker and nothing else (“VTIVX”)."""
    return _FUND_TICKER.fullmatch(text) is not None or (
        _TICKER.fullmatch(text) is not None and text in fund_facts()
    )


def is_lot(text: str) -> bool:
    """Tell whether a row's words are those of a purchase: a date or the number of a lot."""
    return _LOT.fullmatch(text) is not None


def is_total_with_loans(text: str) -> bool:
    """Tell whether a total says that loans are in it or not."""
    return _TOTAL_WITH_LOANS.fullmatch(text.rstrip(" :*")) is not None


def is_loan(name: str) -> bool:
    """Tell whether a name is that of a loan and of no fund of loans."""
    return kind_of(Instrument(None, None, name)) is RowKind.LOAN


@lru_cache(maxsize=_KEPT)
def is_total(text: str) -> bool:
    """Tell whether a row's words say that it adds up others."""
    text = text.rstrip(" :*")
    return bool(_TOTAL.fullmatch(text) or _TOTAL_OF_PLAN.fullmatch(text) or _TOTAL_OF_FUND.fullmatch(text))


@lru_cache(maxsize=_KEPT)
def is_value_on(text: str) -> bool:
    """Tell whether a line's words say what an account was worth on a day (“Value on 3/31/2026”)."""
    return _VALUE_ON.fullmatch(text.rstrip(" :*")) is not None


def is_bare_total(text: str) -> bool:
    """Tell whether a total's words can be no fund's name: no kind of asset behind “total”."""
    text = text.rstrip(" :*")
    if _BARE_TOTAL.fullmatch(text) is not None or _TOTAL_OF_FUND.fullmatch(text) is not None:
        return True
    if not starts_with_total(text):
        return is_total(text)
    return _TOTAL_OF_PLAN.fullmatch(text) is not None and _ASSET_WORD.search(text) is None


def stated_amount(cells: list[str]) -> tuple[str, str] | None:
    """Return the words and the amount of a line that states a total (`Total balance,$1,234.00`)."""
    if not cells:
        return None
    label, *rest = cells
    found = _LABEL_AND_AMOUNT.fullmatch(label) or _DAY_AND_AMOUNT.fullmatch(label)
    if found:
        label, rest = found["words"], [found["amount"], *rest]
    label = label.strip(" :*=")
    if not rest or not (is_bare_total(label) or _STATED_ONLY.fullmatch(label)) or is_part_total(label):
        return None
    amount = rest[0]
    for cell in rest[1:]:
        if not _MAY_GO_ON.fullmatch(amount) or not _GOES_ON.fullmatch(cell):
            break
        amount += f",{cell}"
    return label, amount


def is_about_all(cells: list[str]) -> bool:
    """Tell whether a line above a table states a total or a period, and so names no account."""
    return stated_amount(cells) is not None or _PERIOD.match(cells[0]) is not None or is_share(cells[0])


@lru_cache(maxsize=_KEPT)
def starts_with_total(text: str) -> bool:
    """Tell whether a name begins with the word “total”."""
    return _STARTS_WITH_TOTAL.match(text) is not None


@lru_cache(maxsize=_KEPT)
def is_subtotal(text: str) -> bool:
    """Tell whether a name begins with the word “subtotal”, which no fund's does."""
    return _SUBTOTAL.match(text) is not None


def is_plural_group(text: str) -> bool:
    """Tell whether a total's words name several things (“Total stocks”), which hardly any fund's do."""
    return _PLURAL_GROUP.fullmatch(text.rstrip(" :*")) is not None


def is_fundish(text: str) -> bool:
    """Tell whether a name has a word that names of funds and companies have, and totals do not."""
    return _FUNDISH.search(text) is not None


@lru_cache(maxsize=_KEPT)
def is_part_total(text: str) -> bool:
    """Tell whether a total is one of a section only."""
    return _PART_TOTAL.fullmatch(text.rstrip(" :*")) is not None


@lru_cache(maxsize=_KEPT)
def is_whole_total(text: str) -> bool:
    """Tell whether a total is one over all accounts."""
    return _WHOLE_TOTAL.fullmatch(text.rstrip(" :*")) is not None


def is_portfolio_total(text: str) -> bool:
    """Tell whether a total is one of a portfolio, which may be an account or all of them."""
    return _PORTFOLIO_TOTAL.fullmatch(text.rstrip(" :*")) is not None


def is_section(text: str) -> bool:
    """Tell whether a label names a kind of asset rather than an account."""
    return _SECTION_ONLY.fullmatch(text.strip(" :*")) is not None


def is_footer(text: str) -> bool:
    """Tell whether a lone text is a note of the provider, or stands at the edge of a page."""
    is_edge = _FOOTER.match(text) or _PAGE.search(text) or _SMALL_PRINT.search(text)
    if len(text) > 120 or is_edge or is_share(text):
        return True
    return text.endswith(".") and text.count(" ") > 2 and not speaks_of_account(text)


def is_page_edge(text: str) -> bool:
    """Tell whether a line ends in the number of its page and has no amount before it."""
    page = _PAGE.search(text) if "page" in text.lower() else None
    return page is not None and not _AMOUNT.search(text[: page.start()])


def may_be_sentence(text: str) -> bool:
    """Tell quickly whether a whole line could be a sentence: it begins or ends like one."""
    return text.rstrip(' ,;"|\t').endswith(".") or _SENTENCE.match(text.lstrip(' "')) is not None


def is_sentence(cells: list[str], *, has_figure: bool) -> bool:
    """Tell whether a line is a sentence that commas split; `has_figure`: its value cell holds an amount."""
    text = ", ".join(cells)
    if text.count(" ") <= _FEWEST_SPACES:
        return False
    if _SENTENCE.match(text) is not None:
        return True
    return text.endswith(".") and not has_figure and len(cells) <= _MOST_PARTS


def is_pending(text: str) -> bool:
    """Tell whether a row stands for trades not settled yet."""
    return _PENDING.match(text) is not None


@lru_cache(maxsize=_KEPT)
def is_window_account(name: str) -> bool:
    """Tell whether an account is (part of) a brokerage window listed on its own."""
    return is_window_name(name)
