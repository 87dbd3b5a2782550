"""The figures of one fund gathered from lines: which is units, price and value."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.records import dataclass

from .account_labels import is_numbered, speaks_of_account, split_label
from .classifier import classify
from .columns import Role
from .grid import Line
from .page_words import is_link
from .patterns import late_regex
from .rows import is_section
from .wording import is_group

_ACCOUNTS_OWN = frozenset({AssetClass.BROKERAGE_WINDOW, AssetClass.CASH, AssetClass.UNCLASSIFIED})
FIGURE_ROLES = frozenset({Role.UNITS, Role.PRICE, Role.VALUE})
BULLET = late_regex(r"^[•·▪◦‣●○*–—-]\s+")
_ENDS_IN_PERCENT = late_regex(r"[:\s(]*[0-9.,]+\s?%\)?\s*$")
_REMARK = late_regex(
    r"\bAPY\b|^(?:FDIC[- ]insured|not insured)\W*(?:$|[·•|])|^(?:(?:your|cash) )?buying power$"
    r"|^(?:(?:cash|funds|amount) )?available (?:to|for) (?:trade|trading|invest(?:ing)?|withdraw(?:al)?)$",
    re.IGNORECASE,
)
"""What pages say below the name of a deposit or of cash."""
_IN_BRACKETS = late_regex(r"(?<=[A-Za-z])\s*\([^()]*\)$")
_FUND_CODE = late_regex(r"^0[0-9]{3}\s+(?=[A-Za-z])")
_FUND_WORDS = late_regex(
    r"fund|index|idx|trust|inst|adm|20[2-7][05]|stock|bond|equity|growth|value|cap\b|income|stable|market"
    r"|retire|target|s&p|500|intl|international",
    re.IGNORECASE,
)
_CATEGORY = late_regex(
    r"(?:intermediate )?core[- ]plus(?: bond)?|ultra-?short(?:[- ]term)? bond|bank loan|preferred stock"
    r"|(?:multi-?sector|non-?traditional) bond|(?:global|world) bond[- ]usd hedged"
    r"|emerging[- ]markets(?:[- ]local[- ]currency)? bond|diversified emerging (?:mkts|markets)"
    r"|(?:prime |taxable )?money market(?: ?[-–] ?(?:taxable|non-40|prime))?"
    r"|(?:short|intermediate|long)(?:[- ]term)? (?:government|muni\w*)"
    r"|muni(?:cipal)? national (?:short|interm\w*|long)|commodities (?:broad basket|focused)"
    r"|(?:moderately )?(?:conservative|moderate|aggressive) (?:target risk|allocation)"
    r"|(?:equity )?energy|health(?: ?care)?|technology|utilities|natural resources|infrastructure"
    r"|self[- ]directed",
    re.IGNORECASE,
)
"""Categories that fund raters publish, beyond the words that `is_group` knows."""
_VINTAGE = late_regex(r"target[- ]date (?P<year>20[2-7][05])\+?", re.IGNORECASE)
_RATED = late_regex(r"\s*[·•|,–-]\s*[0-9.]+\s?%.*|\s*[·•|,–-]\s*(?:current|crediting) rate.*", re.IGNORECASE)
"""What a kind of asset earns, behind it."""
_ENDS_IN_DAY = late_regex(
    r"\s+(?:on|as of|as at|at)\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$", re.IGNORECASE
)
"""What is left of a day whose figures were taken for a fund's."""
_THRIFT = late_regex(r"[GFCSI] Fund|L (?:20[2-9][05]|Income)(?: Fund)?")
"""A fund of the Thrift Savings Plan, as people call it; its long name may stand below."""
_OWNERS = late_regex(r"(?:your|my|our) (?!path|plan ?manager)", re.IGNORECASE)
"""How a heading of a page begins, and no fund's name."""
_ROOM = Decimal("0.005")
_KEPT = 2048
"""Lines of a page whose judgement is remembered: a fund is asked for its name at every line below it."""
MOST_FIGURES = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a fund as it stands there, and its role where a label gives it."""

    text: str
    amount: Decimal
    role: Role | None = None
    day: date | None = None
    """The day that its label names."""

    @property
    def has_sign(self) -> bool:
        """Whether it has a currency sign."""
        return any(sign in self.text for sign in "$€£")


@dataclass(slots=True)
class Card:
    """The lines of one fund or source while they are gathered."""

    names: list[Line] = field(default_factory=list)
    symbol: str = ""
    lines: list[Line] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    in_sources: bool = False
    values: dict[Role, Figure] = field(default_factory=dict)
    is_sure: bool = False
    is_dated: bool = False
    is_shared: bool = False
    """Whether a percent stands below its name before any figure, as in lists of what is chosen."""
    chosen: Line | None = None
    """The line that names it, where the other funds of the page tell."""

    @property
    def name(self) -> str:
        """The line most like a fund's name, the last of them if several are alike."""
        if not self.names:
            return self.symbol
        labels = self.class_labels()
        names = [line for line in self._said() if line not in labels]
        thrift = next((line for line in names if _THRIFT.fullmatch(line.text.strip())), None)
        best = thrift or self.chosen or max(names, key=lambda line: (likeness(line.text), names.index(line)))
        words = _ENDS_IN_DAY.sub("", _ENDS_IN_PERCENT.sub("", plain_words(best.text)))
        return _FUND_CODE.sub("", words.strip(" :"))

    def _said(self) -> list[Line]:
        """Return the lines of words without remarks about the one above; all where each is one."""
        return [line for line in self.names if not _is_remark(line.text)] or self.names

    def class_labels(self) -> list[Line]:
        """Return the lines below the fund's name that say what kind of asset it is."""
        labels: list[Line] = []
        named = liked = False
        said = self._said()
        known = [line for line in said if not is_class(line.text) and _is_known(line)]
        if known:
            return [line for line in said if is_class(line.text) or _says_year_again(line, known)]
        for line in said:
            text = plain_words(line.text)
            rated = _is_category(text)
            if named and (is_section(text) or rated or (liked and is_group(text))):
                labels.append(line)
            elif not (is_section(text) or is_group(text) or speaks_of_account(text)):
                named, liked = True, liked or likeness(text) > 0
        return labels

    @property
    def is_whole(self) -> bool:
        """Whether it has a name and what its value can be told from."""
        has_money = Role.VALUE in self.values or {Role.UNITS, Role.PRICE} <= self.values.keys()
        return bool(self.name) and has_money

    @property
    def first(self) -> Line:
        """The line it is told by."""
        if self.chosen is not None:
            return self.chosen
        named = [line for line in self.names if plain_words(line.text).startswith(self.name[:20])]
        return (named or self.names or self.lines)[-1]


@lru_cache(maxsize=_KEPT)
def is_class(text: str) -> bool:
    """Tell whether a line names a kind of asset and no fund."""
    text = _RATED.sub("", plain_words(text))
    return is_section(text) or is_group(text) or _is_category(text)


@lru_cache(maxsize=_KEPT)
def _is_category(text: str) -> bool:
    return _CATEGORY.fullmatch(text) is not None


@lru_cache(maxsize=_KEPT)
def _is_remark(text: str) -> bool:
    return _REMARK.search(_IN_BRACKETS.sub("", plain_words(text))) is not None


def _says_year_again(line: Line, known: list[Line]) -> bool:
    """Tell whether a line is the category of a target-date fund that another line names with its year."""
    found = _VINTAGE.fullmatch(plain_words(line.text))
    return found is not None and any(
        found["year"] in other.text and not _VINTAGE.fullmatch(plain_words(other.text)) for other in known
    )


def _is_known(line: Line) -> bool:
    """Tell whether a line is the name of a fund that can be told."""
    text = plain_words(line.text)
    return likeness(text) > 0 or classify(None, None, text).classified_by is not ClassifiedBy.UNKNOWN


@lru_cache(maxsize=_KEPT)
def names_fund(name: str) -> bool:
    """Tell whether a name is that of a fund that can be told; cash or a broker's window may be an account.

    “TIAA Traditional Annuity” and “Fixed Account” are funds, whatever words of accounts they have; what ends
    with a number may be an account's (“Roth IRA (…2045)”).
    """
    said = split_label(name) if speaks_of_account(name) else None
    if said is not None and said.id != said.name and is_numbered(said.id):
        return False
    fund = classify(None, None, name)
    return fund.classified_by is not ClassifiedBy.UNKNOWN and fund.mix.main not in _ACCOUNTS_OWN


def may_be_account(name: str) -> bool:
    """Tell whether a name has a word that accounts have, and is not that of a fund that can be told."""
    return speaks_of_account(name) and not names_fund(name)


@lru_cache(maxsize=_KEPT)
def plain_words(text: str) -> str:
    """Return a line without its bullet and doubled spaces."""
    return " ".join(BULLET.sub("", text.strip()).split())


@lru_cache(maxsize=_KEPT)
def likeness(text: str) -> int:
    """Return how much a line looks like a fund's name, a link or button less than any other words."""
    if is_link(text):
        return -1
    return 0 if _OWNERS.match(text) else min(len(_FUND_WORDS.findall(text)), 2)


def decide(card: Card, order: list[Role]) -> None:
    """Say which figure is which: by label, by arithmetic, by the heading's order, by the dollar sign."""
    for figure in sorted(card.figures, key=lambda figure: figure.day or date.max, reverse=True):
        if figure.role in FIGURE_ROLES:
            card.values.setdefault(figure.role, figure)
    card.is_sure = bool(card.values)
    rest = [figure for figure in card.figures if figure.role is None]
    if card.in_sources:
        if rest:
            card.values = {Role.VALUE: rest[0]}
        return
    if card.values.keys() & {Role.VALUE} or not rest:
        _add_price(card, rest)
        return
    product = _product(card.figures)
    if product is not None:
        card.values, card.is_sure = _ordered(product, order), True
    elif len(order) == len(rest):
        card.values.update(zip(order, rest, strict=True))
        card.is_sure = True
    else:
        _by_sign(card, rest, order)


def _add_price(card: Card, rest: list[Figure]) -> None:
    """Take the figure without a label that units and value agree on for the price."""
    if Role.PRICE in card.values or not {Role.UNITS, Role.VALUE} <= card.values.keys():
        return
    units, value = card.values[Role.UNITS].amount, card.values[Role.VALUE].amount
    fits = [figure for figure in rest if value and abs(units * figure.amount - value) <= abs(value) * _ROOM]
    if len(fits) == 1:
        card.values[Role.PRICE] = fits[0]


def has_value(card: Card) -> bool:
    """Tell whether the value of a fund is known, by label or by arithmetic."""
    return any(figure.role is Role.VALUE for figure in card.figures) or _product(card.figures) is not None


def _product(figures: list[Figure]) -> tuple[Figure, Figure, Figure] | None:
    """Return two figures and their product in the order they stand, the closest such three."""
    best: tuple[Decimal, tuple[Figure, Figure, Figure]] | None = None
    for one, two, value in permutations(range(min(len(figures), MOST_FIGURES)), 3):
        first, second, whole = figures[one], figures[two], figures[value]
        if one > two or whole.amount <= 0 or first.amount <= 0 or second.amount <= 0:
            continue
        error = abs(first.amount * second.amount - whole.amount) / whole.amount
        if error <= _ROOM and (best is None or error < best[0]):
            best = (error, (first, second, whole))
    return best[1] if best else None


def _ordered(product: tuple[Figure, Figure, Figure], order: list[Role]) -> dict[Role, Figure]:
    first, second, value = product
    if Role.PRICE in {first.role, second.role} or Role.UNITS in {first.role, second.role}:
        price_first = first.role is Role.PRICE or second.role is Role.UNITS
    elif first.has_sign != second.has_sign:
        price_first = first.has_sign
    else:
        known = [role for role in order if role in {Role.UNITS, Role.PRICE}]
        price_first = bool(known) and known[0] is Role.PRICE
    units, price = (second, first) if price_first else (first, second)
    return {Role.UNITS: units, Role.PRICE: price, Role.VALUE: value}


def _by_sign(card: Card, rest: list[Figure], order: list[Role]) -> None:
    """Take the only figure with a dollar sign, or the only one there is, for the value."""
    signed = [figure for figure in rest if figure.has_sign]
    if len(signed) == 1:
        card.values.setdefault(Role.VALUE, signed[0])
        plain = [figure for figure in rest if not figure.has_sign]
        if len(plain) == 1:
            card.values.setdefault(Role.UNITS, plain[0])
    elif len(rest) == 1 and "." in rest[0].text:
        card.values.setdefault(Role.VALUE, rest[0])
    card.is_sure = card.is_sure or (Role.VALUE in card.values and Role.VALUE in order)
