"""The words that head columns: what a heading says its column holds."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from .patterns import late_regex
from .periods import is_short_period, without_period
from .spelling import folded, singular, spelled_out


class Role(StrEnum):
    """What the cells of one column are."""

    NAME = "name"
    SYMBOL = "symbol"
    CUSIP = "cusip"
    UNITS = "units"
    PRICE = "price"
    VALUE = "value"
    VESTED = "vested"
    WEIGHT = "weight"
    CATEGORY = "category"
    OWNER = "owner"
    ACCOUNT_ID = "account-id"
    ACCOUNT_NAME = "account-name"
    ACCOUNT_TOTAL = "account-total"
    SOURCE = "source"
    DATE = "date"
    ACTIVITY = "activity"


ALIASES: dict[Role, tuple[str, ...]] = {
    Role.NAME: (
        "investment name", "fund name", "security description", "security name", "investment description",
        "fund description", "investment option", "investment options", "investment choice",
        "investment alternative", "investment alternatives", "etf", "etfs", "etf name", "what you hold",
        "investment fund", "description", "your investments", "investment", "investments", "fund", "funds",
        "holding name", "holding", "holdings", "asset name", "instrument", "instrument name",
        "fund/investment", "option name", "name of fund", "name of investment", "fund/source", "core fund",
        "core option", "product", "investment product", "subaccount", "sub-account", "sub account",
        "what you own", "stock/fund", "stock", "fonds", "fondsname", "wertpapier", "bezeichnung",
        "wertpapierbezeichnung", "anlage", "security", "long name", "position", "name", "asset",
        "company name", "company", "description/symbol", "option", "fund option", "investment/fund",
        "funds held", "name des fonds", "titel", "nom du fonds", "libellé", "désignation",
        "nom du support", "intitulé", "fondo", "nombre del fondo", "descripción", "inversión",
        "what", "what i own", "investment vehicle", "fund vehicle", "investment selection",
    ),
    Role.SYMBOL: (
        "symbol", "ticker", "ticker symbol", "fund symbol", "fund ticker", "symbol/cusip", "symbol / cusip",
        "symbol/cusip/id", "trading symbol", "security symbol", "ticker/cusip", "instrument symbol",
        "symbole", "símbolo",
    ),
    Role.CUSIP: ("cusip", "cusip #", "cusip number", "cusip no.", "cusip id", "cusip/isin", "isin", "wkn",
        "code isin", "código isin",
    ),
    Role.UNITS: (
        "quantity", "qty", "lot quantity", "lot qty", "lot shares", "qty #",
        "shares", "units", "number of units", "number of shares", "# of units",
        "# of shares", "no. of shares", "no. of units", "shares/units", "units/shares", "shares owned",
        "unit count", "share count", "participation units", "unit cnt", "share cnt",
        "shares/units owned", "units/shares owned",
        "shares held", "units held", "share balance", "unit balance", "current shares", "current units",
        "total shares", "total units", "ending shares", "ending units", "closing units",
        "# of units/shares", "shares or units", "unit/share balance", "position quantity", "share quantity",
        "qty.", "# shares", "# units", "no. shares", "no. units", "anteile", "stück", "stücke", "anzahl",
        "bestand", "nominale", "balance (shares)", "balance (units)", "stückzahl", "menge", "fondsanteile",
        "parts", "nombre de parts", "quantité", "participaciones", "cantidad", "unidades", "títulos",
        "número de participaciones", "how many", "how many i have",
    ),
    Role.PRICE: (
        "last price", "institution price", "price", "share price", "unit price", "unit value", "fund price",
        "current price",
        "nav", "closing price", "market price", "price per share", "price/share", "share value",
        "unit/share price", "price per unit", "unit share price", "nav/price", "price/nav", "latest price",
        "close", "last", "mark", "mark price", "mkt. price", "mkt price", "close price", "ending price",
        "share/unit price", "quote/price", "quote", "nav/unit value", "price per unit/share",
        "net asset value",
        "net asset value (nav)", "kurs", "preis", "anteilspreis", "anteilswert", "rücknahmepreis",
        "aktueller kurs", "kurs je anteil", "cours", "prix", "prix unitaire", "valeur liquidative",
        "valeur de la part", "precio", "precio unitario", "cotización", "valor liquidativo",
    ),
    Role.VALUE: (
        "current value", "market value", "lot market value", "lot mkt value", "lot value",
        "institution value",
        "mkt val", "mkt value", "mkt. value", "current market value",
        "ending value", "ending market value", "closing balance", "ending balance", "closing value",
        "current balance", "total value", "total balance", "total market value", "value", "balance",
        "position value", "account value", "fund balance", "fund value", "investment value", "dollar value",
        "total amount", "dollar amount", "amount", "total", "market val", "value in usd",
        "market value usd", "usd value", "dollars", "value as of", "balance as of", "total dollars",
        "total $", "balances", "fund total", "account total", "holdings value", "market worth", "kurswert",
        "marktwert", "gesamtwert", "depotwert", "wert", "saldo", "betrag", "aktueller wert", "gegenwert",
        "valeur", "valorisation", "montant", "solde", "encours", "valeur de marché", "valeur actuelle",
        "valor", "valor de mercado", "valor actual", "importe", "saldo actual", "worth", "how much",
        "how much i have", "accumulation", "accumulations", "accumulation value", "contract value",
        "valuation", "vested & non-vested balance", "vested and non-vested balance",
        "vested & unvested balance", "vested and unvested balance",
    ),
    Role.ACCOUNT_ID: (
        "account number", "client account id", "account mask",
        "account #", "account no", "account no.", "account id", "acct #", "acct number",
        "acct no", "account num", "plan number", "plan id", "plan code", "plan #", "plan no.",
        "fund account number",
        "account name/number", "account name / number", "account number/name", "account", "acct",
        "group / contract", "group/contract",
        "contract number", "contract", "contract no.", "contract no", "contract #", "contract id",
        "certificate number", "certificate no.", "policy number", "policy no.",
        "account number (masked)", "masked account number", "account number masked", "masked account id",
        "account id masked", "account suffix", "acct suffix", "account number display",
        "display account number", "kontonummer",
        "depotnummer", "depot", "konto",
    ),
    Role.ACCOUNT_NAME: (
        "account name", "plan name", "account nickname", "account description", "account title", "plan",
        "name of plan", "plan description",
        "whose/where", "where", "where held", "held at", "held where", "which account",
        "account registration", "registration", "account type", "plan type", "retirement plan",
        "plan/account",
        "account/plan", "registration type",
    ),
    Role.ACCOUNT_TOTAL: ("net account value", "ending mkt value", "total assets", "total account value"),
    Role.SOURCE: (
        "source", "money source", "source name", "contribution source", "money type", "contribution type",
        "money source name", "contribution source name", "tax source", "source of money",
        "money source type", "source type", "contribution source type", "employee/employer",
        "money sources", "fund source", "tax type", "source description", "source desc", "source desc.",
        "src desc", "src name", "src description", "src", "contribution src", "money src",
    ),
    Role.DATE: (
        "cob date", "pos date", "position date", "as of date",
        "as-of date", "report date", "valuation date", "balance date", "price date",
        "pricing date", "quote date", "nav date", "date of quote", "date of price", "date priced",
        "last priced", "date range", "as of", "statement date", "effective date", "date", "as at", "month",
        "month end", "month ending", "quarter", "quarter end", "quarter ending", "period", "period end",
        "period ending", "statement period", "snapshot", "snapshot date", "stichtag", "datum",
        "period thru", "period through", "period to",
        "priced on", "priced", "price as of", "priced as of", "valued on", "value date", "nav as of",
        "stichtag", "fecha",
    ),
    Role.VESTED: (
        "vested balance", "vested value", "vested amount", "vested account balance", "your vested balance",
        "vested", "vested total", "total vested", "vested market value", "total vested balance",
        "current vested balance", "vested account value", "vested dollars", "vested current balance",
        "vested ending balance", "ending vested balance", "vested closing balance", "vested interest",
    ),
    Role.CATEGORY: (
        "asset class", "asset category", "asset type", "asset classification", "asset class name",
        "category", "fund category", "fund type", "investment type", "investment category",
        "investment style", "sector", "style", "security type", "objective", "investment objective",
        "class", "asset group", "fund group", "asset allocation class", "anlageklasse",
    ),
    Role.OWNER: (
        "participant", "participant name", "employee", "employee name", "member", "member name", "owner",
        "account owner", "account holder", "owner name", "person", "whose", "belongs to", "who",
    ),
    Role.ACTIVITY: (
        "trade date", "settlement date", "run date", "process date", "transaction date", "transaction type",
        "transaction description", "transaction activity", "activity date", "activity", "action",
        "net amount", "posting date", "post date", "transaction", "transactions", "activity type",
        "order status", "order type",
    ),
}  # fmt: skip
"""Heading words by role, the better ones first."""

_BY_ALIAS = {
    folded(alias): (role, rank) for role, names in ALIASES.items() for rank, alias in enumerate(names)
}
_BY_SINGULAR = {singular(alias): known for alias, known in reversed(_BY_ALIAS.items())}
_BY_LETTERS = {alias.replace(" ", ""): known for alias, known in reversed(_BY_ALIAS.items()) if " " in alias}
"""Headings in the singular, and those of several words written as one."""
_INVISIBLE = late_regex(r"[\ufeff\u200b-\u200f\u2060]")
_OTHER_MONEY = "chf|gbp|cad|aud|nzd|jpy|sek|nok|dkk|hkd|sgd|inr|mxn|brl|zar|pln|czk"
_UNIT = late_regex(
    r"\s*(?:\((?:in )?(?:\$? ?'?000'?s?|(?:\$ )?(?:in )?(?:thousands?|millions?)|\$ ?(?:k|mm?))\)"
    r"|\((?:in )?(?:\$|usd|us\$|dollars|us dollars|eur|€|euros?"
    rf"|£|{_OTHER_MONEY})\)|\$+|€|£|(?:\bin )?\b(?:usd|eur|euro|{_OTHER_MONEY}))$"
    rf"|^(?:\$|€|£|usd|eur|{_OTHER_MONEY})\s+"
)
_REMARK = late_regex(
    r"\s*\((?:excl|incl|excluding|including|without|with|net of|before|after|approx|rounded|est|estimated"
    r"|see|click|view|select|tap)\b[^)]*\)$"
)
"""What a heading says of its figures in brackets; other brackets may change what they are."""
_WITH_SHARE = late_regex(r"(.+?)\s*(?:\(% of [^)]*\)|[/|&] ?%(?: of .*)?)")
"""Money with its share of the whole behind it in the same cell: `Balance (% of account)`."""
_WITH_SHARE_RANK = 800
_TWICE = late_regex(r"(.+?)\s*\((.+)\)")
_LONGEST = 60
_MOST_TOKENS = 6
_AS_OF = late_regex(r"\s+(?:as of|on|at)\s.*\d.*$")

_HEADS = frozenset({"fund", "funds", "option", "options", "investment", "investments", "subaccount"})
_KIND_OF = frozenset({
    "measurement", "crediting", "deemed", "notional", "reference", "tracking", "underlying", "variable",
    "mutual", "annuity", "chosen", "selected", "elected", "designated", "active",
})  # fmt: skip
"""What may stand before “fund” or “option” in the heading of their names."""
_LAST_RANK = 650
_OWN = frozenset({"your", "my", "the", "of", "in", "current", "total", "present", "latest", "today's"})
_ENDS = frozenset({"ending", "end", "closing", "close", "final", "estimated", "approximate", "est"})
_KINDS = frozenset({"fund", "investment", "security", "asset", "holding", "holdings", "position", "option"})
_SHARES = frozenset({"share", "shares", "unit", "units"})
_GRAMMAR: tuple[tuple[Role, frozenset[str], frozenset[str]], ...] = (
    (
        Role.PRICE,
        frozenset({"price", "nav", "value"}),
        (_OWN | _ENDS | _KINDS | _SHARES | {"market", "mkt", "per", "net", "last", "now", "today"})
        - {"total"},
    ),
    (
        Role.VALUE,
        frozenset({"balance", "value", "amount", "worth"}),
        _OWN | _ENDS | _KINDS | {"market", "mkt", "account", "acct", "plan", "dollar", "dollars", "usd", "us",
                                 "available", "net", "today", "now", "retirement"},
    ),
    (
        Role.UNITS,
        frozenset({"shares", "units", "quantity", "qty"}),
        _OWN | _ENDS | _KINDS | _SHARES | {"number", "no", "#", "held", "owned", "balance", "count",
                                           "accumulation", "or", "and"},
    ),
    (
        Role.NAME,
        frozenset({"name", "description", "title", "choice", "choices", "funds", "options", "investments",
                   "fund", "investment", "security", "option"}),
        (_OWN | _KINDS | {"instrument", "product", "and", "or", "full", "available", "short", "long",
                          "legal", "display"}) - {"total"},
    ),
)  # fmt: skip
"""Roles in the order they are tried: words one of which must stand in a heading, and those it may have."""
_WEIGHT = late_regex(
    r"(?:your |my |current |present |total |actual )*"
    r"(?:(?:%|percent|percentage|pct\.?)(?: ?(?:of|in))?(?: (?:your|my|the|total|current|this|overall))*"
    r"(?: (?:account|acct|portfolio|plan|contract|policy|certificate|balance|total|holdings|assets"
    r"|investments|market value|mkt val|value"
    r"|allocation|invested|market|acct balance|account balance|account value|fund balance))?"
    r"|(?:asset |portfolio |investment |balance |account |fund |holding |position )*"
    r"(?:mix|allocation|weight|weighting|composition)(?: ?\(?(?:%|percent|percentage|pct)\)?)?"
    r"|(?:account|portfolio|balance|plan|total|holdings?|market value|assets?|invested) ?\(?(?:%|percent"
    r"|percentage)\)?"
    r"|(?:share|part|portion) of (?:(?:your|my|the|total) )*(?:account|portfolio|plan|balance|total|holdings"
    r"|assets|investments|savings|value))"
)
_FOOTNOTE = late_regex(r"\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079§^]+|[(\[][0-9]{1,2}[)\]])$")
_SORTED = late_regex(
    r"[\s,;:(▲▼▴▾△▽↑↓↕⇅⇵-]*(?:[▲▼▴▾△▽↑↓↕⇅⇵]|\b(?:click |press |activate )?(?:to )?sort(?:ed|able)?"
    r"(?: column)?(?: (?:by .*|in .*|ascending|descending|asc|desc))?)[\s)]*$"
)
"""What pages write behind a heading by which a table can be sorted."""
_NOTED = late_regex(r"(?<=[a-z]{4})[0-9]$", re.ASCII)
"""A footnote's mark that lost its place above the line."""
_SIDE = late_regex(
    r"\b(beginning|begin|start|opening|ending|end|closing|close) of (?:the |this )?"
    r"(?:statement |reporting )?(?:period|month|quarter|year)\b"
)
"""Which end of a period the figures are of."""
_AT_SIDE = late_regex(r"\bat (?:the )?(beginning|begin|start|opening|ending|end|closing|close)\b")
_ON_DAY = late_regex(
    r"\s(?:on|at|as of|as at) (?:the |this )?(?:valuation|statement|report|reporting|closing|pricing) date$"
)
_VESTED_PART = late_regex(r"(?:your )?vested (?:part|portion)(?: of .+)?")
_TOKENS = late_regex(r"[^\s/()_,.:-]+")
_GRAMMAR_RANK = 500
_VOCABULARY = frozenset().union(*(heads | others for _, heads, others in _GRAMMAR))


_RUN_TOGETHER = late_regex(r"(?<=[a-z])(?=[A-Z])|_")
_WEIGHT_WORDS = frozenset({"gewichtung", "poids", "peso", "répartition"})
_ONLY_UNIT_RANK = 700
_SIGN = late_regex(r"[$€£]")
_NEVER_MONEY = frozenset(Role) - {
    Role.VALUE,
    Role.PRICE,
    Role.UNITS,
    Role.VESTED,
    Role.WEIGHT,
    Role.ACCOUNT_TOTAL,
    Role.ACTIVITY,
}
_FIRST_OF_TWO = frozenset({Role.NAME, Role.SYMBOL, Role.UNITS})
_FIRST_RANK = 600
_OF_ACCOUNTS = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME})
_CHOICE = late_regex(r"(.+?) (?:or|and) (.+)")
_LISTED = late_regex(r"(?:[a-z-]+ ){0,3}(?:balances?|values?|assets|money|holdings|breakdown) by (.+)")
_LISTABLE = frozenset({Role.SOURCE, Role.NAME})
_LISTED_RANK = 690
_CHOICE_RANK = 680
_KEPT = 32_768
"""Cells remembered: a file of a few thousand lines is asked for each of them by a score of judgements."""
_LONGEST_KEPT = 120
"""Letters of the longest cell that is remembered."""
_COUNTED = frozenset({Role.UNITS, Role.PRICE, Role.VALUE})


def heading_of(role: Role) -> str:
    """Return a heading that names a role."""
    return "% of account" if role is Role.WEIGHT else ALIASES[role][0]


def header_key(cell: str) -> str:
    """Return a heading for comparing: lower case, single spaces, no footnote stars or numbers."""
    return _key_of(cell) if len(cell) <= _LONGEST_KEPT else _key_of.__wrapped__(cell)


@lru_cache(maxsize=_KEPT)  # every step of a reading asks for the key of the same cells anew
def _key_of(cell: str) -> str:
    text = _INVISIBLE.sub("", cell).replace("’", "'").strip().lower().strip('*†‡ :\t"')
    text = _FOOTNOTE.sub("", text)
    if "sort" in text or not text.isascii():
        text = _SORTED.sub("", text) or text
    return " ".join(text.split())


def role_of(cell: str) -> tuple[Role, int] | None:
    """Return the role a heading names and its rank among that role's words, None if it names none.

    `Mkt Val (Market Value)` counts when both words say the same; unit marks such as `($)` and dates are
    dropped, words run together (`PositionValue`, `market_value`) taken apart, shortened ones (`Tot Bal`)
    spelled out. Known words come first; behind them a heading made only of words that go with the role.
    """
    return _role_of(cell) if len(cell) <= _LONGEST_KEPT else _role_of.__wrapped__(cell)


def has_role(cell: str, role: Role) -> bool:
    """Tell whether a heading names a role."""
    known = role_of(cell)
    return known is not None and known[0] is role


@lru_cache(maxsize=_KEPT)
def _role_of(cell: str) -> tuple[Role, int] | None:
    key = header_key(cell.replace("_", " ") if " " in cell else _RUN_TOGETHER.sub(" ", cell))
    if not key or len(key) > _LONGEST or is_short_period(key):
        return None
    key = _AT_SIDE.sub(r"\1", _ON_DAY.sub("", _SIDE.sub(r"\1", _REMARK.sub("", key) or key)))
    if _VESTED_PART.fullmatch(key):
        return Role.VESTED, _GRAMMAR_RANK
    full = spelled_out(key)
    money = _WITH_SHARE.fullmatch(key)
    if money and (known := _by_words(folded(money[1]))) is not None and known[0] is Role.VALUE:
        return Role.VALUE, _WITH_SHARE_RANK + known[1]
    weight = _as_weight(key) or _as_weight(full) or _as_weight(without_period(full))
    if weight is not None or "%" in key:
        return weight
    known = _by_words(folded(key)) or (_by_words(folded(full)) if full != key else None)
    bare = without_period(full)
    known = (
        known
        or _by_other_spelling(folded(bare))
        or _by_grammar(bare)
        or _by_first(bare)
        or _by_last(bare)
        or _by_either(bare)
        or _by_listing(bare)
    )
    if known is None and _NOTED.search(key):
        noted = role_of(key[:-1])
        known = noted if noted is not None and noted[0] in _COUNTED else None
    return None if known is not None and known[0] in _NEVER_MONEY and _SIGN.search(key) else known


def _by_words(key: str) -> tuple[Role, int] | None:
    """Return the role of a heading known as it stands, or without its unit, its day or what it says twice."""
    bare = without_period(key)
    for candidate in (key, _UNIT.sub("", key), _AS_OF.sub("", key), bare, _UNIT.sub("", bare)):
        if candidate in _BY_ALIAS:
            return _BY_ALIAS[candidate]
    twice = _TWICE.fullmatch(bare)
    if twice:
        outer = _BY_ALIAS.get(spelled_out(twice[1]))
        inner = _BY_ALIAS.get(spelled_out(twice[2]))
        if outer and inner and outer[0] is inner[0]:
            return inner
    return None


def _by_first(key: str) -> tuple[Role, int] | None:
    """Return the role of a heading that says more behind a slash (`Holding / Tax lot`)."""
    first, slash, rest = key.partition("/")
    known = _BY_ALIAS.get(folded(first.strip())) if slash and rest.strip() else None
    return (known[0], _FIRST_RANK + known[1]) if known is not None and known[0] in _FIRST_OF_TWO else None


def _by_either(key: str) -> tuple[Role, int] | None:
    """Return the role of a heading that names accounts and funds in one column (`Account or fund`)."""
    found = _CHOICE.fullmatch(key)
    known = [_BY_ALIAS.get(folded(part)) for part in found.groups()] if found is not None else []
    roles = {role[0] for role in known if role is not None}
    is_either = len(known) == len(roles) and Role.NAME in roles and bool(roles & _OF_ACCOUNTS)
    return (Role.NAME, _CHOICE_RANK) if is_either else None


def _by_listing(key: str) -> tuple[Role, int] | None:
    """Return the role of a table's title that stands as its first heading: `Balance by contribution type`."""
    found = _LISTED.fullmatch(key)
    listed = _by_words(folded(found[1])) if found is not None else None
    return (listed[0], _LISTED_RANK) if listed is not None and listed[0] in _LISTABLE else None


def _by_last(key: str) -> tuple[Role, int] | None:
    """Return the role of a heading that says what kind of fund or option is named: `Measurement fund`."""
    kind, _, head = key.rpartition(" ")
    return (Role.NAME, _LAST_RANK) if kind in _KIND_OF and head in _HEADS else None


def _by_other_spelling(key: str) -> tuple[Role, int] | None:
    """Return the role of known words in the singular, with hyphens or without spaces; a lone `$` is money."""
    bare = _UNIT.sub("", key)
    if not bare:
        return Role.VALUE, _ONLY_UNIT_RANK
    if " " not in bare:
        found = _BY_LETTERS.get(bare) or _BY_ALIAS.get(bare.replace("-", " "))
        one = _BY_SINGULAR.get(singular(bare))
        return found or (one if one is not None and one[0] in _COUNTED else None)
    return _BY_SINGULAR.get(singular(bare))


def _as_weight(key: str) -> tuple[Role, int] | None:
    """Return the role of a share of the whole, `% of account` or `Current Mix`, also said twice."""
    parts = _TWICE.fullmatch(key)
    if _WEIGHT.fullmatch(key) or (parts and _WEIGHT.fullmatch(parts[2]) and "%" in parts[1]):
        return Role.WEIGHT, 0 if "%" in key or "perc" in key else 1
    return (Role.WEIGHT, 1) if key in _WEIGHT_WORDS else None


def _by_grammar(key: str) -> tuple[Role, int] | None:
    """Return the role all of whose words a heading is made of, behind every word known as such."""
    found = _TOKENS.findall(_UNIT.sub("", key))
    tokens = {token if token in _VOCABULARY else singular(token) for token in found}
    if not tokens or len(tokens) > _MOST_TOKENS or not tokens <= _VOCABULARY:
        return None
    for role, heads, others in _GRAMMAR:
        if tokens & heads and tokens <= heads | others and not (role is Role.PRICE and _no_price(tokens)):
            return role, _GRAMMAR_RANK + len(tokens)
    return None


def _no_price(tokens: set[str]) -> bool:
    """Tell whether a value is meant to be of something else than one share."""
    return not tokens & ({"price", "nav"} | _SHARES) and not tokens >= {"net", "asset", "value"}
