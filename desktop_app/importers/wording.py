"""Words that tell a part or a sum from a fund: contribution sources, kinds of assets, totals of a fund."""

from __future__ import annotations

import re
from functools import lru_cache

from .patterns import late_regex
from .spanish_names import in_english_words

_KEPT = 4_096
"""Texts whose answers are kept: every step of a reading, and every account's total, asks the same anew."""
SUM_WORDS = (
    r"(?:(?:grand|overall|plan|account)\s+)*(?:sum(?:\s+total)?|ttls?\.?)|sum\s+of\s+.*"
    r"|(?:grand|overall|combined)\s+totals?\b.*|(?:combined|overall)\s+(?:value|balance|worth)\s+of\b.*"
    r"|(?:gesamt|zwischen|end)?summe|gesamt(?:wert|betrag)?|insgesamt"
    r"|net\s+(?:worth|total|balance|value)|net(?:\s+(?:worth|total|balance|value))?,?\s+(?:of|after|less|minus)"
    r"\s+(?:\w+\s+)?loans?|(?-i:[Nn]et)"
    r"|all\s+(?:your\s+|my\s+)?(?:investments|funds|holdings|accounts|plans|positions|assets|sources|options"
    r"|shares|certificates|deposits|contracts|policies|annuities|balances)"
)
"""Other words for a total, which no fund is called; NET is a ticker."""
FORWARD_WORDS = r"(?:(?:sub[- ]?totals?|totals?|balance|amount)\s+)?(?:carried|brought)\s+forward"
"""What stands where one page ends and the next begins."""
_TOKENS = late_regex(r"[a-z0-9]+(?:\([a-z0-9]\))?")
_SOURCE_CODE = late_regex(
    r"^\s*(?:of which|thereof|including|incl\.)\s+|^\s*(?:source\s*)?[0-9]{1,3}\s*[-:.)]?\s+(?=\S*[a-z])"
    r"|^\s*(?:source\s*)?(?:[a-z]{1,4}[0-9]{1,2}|[a-z])\s*[-–:]\s+(?=\S*[a-z])"
    r"|^\s*\([a-z0-9]{1,5}\)\s*(?=[a-z])|(?<=[a-z])\s+\([a-z]{1,4}[0-9]{1,2}\)\s*$"
    r"|^\s*source\s*:\s*|\s*\([0-9.]+% vested\)\s*$|\s(?:[0-9.]{1,5} ?%|\([0-9.]{1,5} ?%\))(?=\s|$)"
)
"""A source's number or code (BTK1) beside its name, what is vested of it, and the part of the pay it is."""
_SOURCE_CORE = frozenset({
    "pretax", "pre", "roth", "after", "aftertax", "match", "matching", "employer", "employee", "deferral",
    "deferrals", "rollover", "profit", "harbor", "qnec", "qmac", "elective", "nonelective", "er", "ee",
    "discretionary", "catchup", "forfeiture", "forfeitures", "automatic",
})  # fmt: skip
_SOURCE_ALSO = frozenset({
    "tax", "before", "pickup", "safe", "sharing", "salary", "contribution", "contributions", "contrib", "non",
    "basic", "supplemental", "catch", "up", "401k", "401(k)", "403b", "403(b)", "account", "money",
    "company", "vested", "conversion", "in", "plan", "traditional", "prior", "source", "and", "deferred",
    "reduction", "accounts", "regular", "mandatory", "voluntary", "ira", "from", "balance", "k", "401",
    "sh", "ps", "nec", "base", "core", "fixed", "bonus", "additional", "mandated", "nonforfeitable",
    "realloc", "reallocation", "reallocated", "457b", "457(b)", "457", "agency", "service",
})  # fmt: skip
_SOURCE_WORDS = _SOURCE_CORE | _SOURCE_ALSO
_SOURCE_FIRST = _SOURCE_WORDS | {"of", "thereof", "including", "source"}
"""Words that a contribution source may begin with."""
_OF_ALL_PLANS = late_regex(
    r"(?:grand )?total\W*(?:of |for |across )?all (?:plans|accounts|benefits)"
    r"|(?:all|combined) (?:plans|accounts)(?: total| combined)?",
    re.IGNORECASE,
)
_GROUP_CORE = frozenset({
    "stock", "stocks", "bond", "bonds", "equity", "equities", "income", "cash", "funds", "alternatives",
    "etfs", "balanced", "blend", "blended", "hybrid", "lifecycle", "allocation", "cap", "markets", "market",
    "value", "growth", "investments", "assets", "securities", "specialty", "preservation", "estate",
    "commodities", "options", "target", "international", "foreign", "domestic", "brokerage", "annuities",
    "retirement", "core",
    "tier", "conservative", "aggressive", "moderate", "passive", "active", "index", "sector", "stable",
    "other", "liquidity", "liquid",
})  # fmt: skip
_GROUP_ALSO = frozenset({
    "us", "u", "s", "global", "world", "large", "mid", "small", "fixed", "equivalents", "and", "short",
    "term", "intermediate", "long", "date", "asset", "real", "emerging", "high", "yield", "government",
    "corporate", "municipal", "treasury", "inflation", "protected", "company", "self", "directed", "money",
    "mutual", "non", "capital", "managed", "multi", "class", "or", "category", "group", "section",
    "developed", "1", "2", "3", "4", "i", "ii", "iii", "total", "all", "the", "your", "my", "investment",
    "fund", "in",
})  # fmt: skip
_HEADLINE_CORE = frozenset({
    "balance", "balances", "holdings", "positions", "investments", "funds", "value", "values", "worth",
    "breakdown", "summary", "details", "detail", "overview", "allocation", "sources", "portfolio", "totals",
    "money", "assets", "report", "statement", "activity",
})  # fmt: skip
_HEADLINE_ALSO = frozenset({
    "your", "my", "our", "the", "all", "total", "current", "account", "accounts", "fund", "investment",
    "holding", "position", "market", "by", "of", "per", "in", "and", "with", "for", "across", "source",
    "type", "asset", "class", "category", "option", "options", "list", "contribution", "combined", "together",
    "each", "every", "is", "where", "what", "how", "much", "have", "own", "you", "table", "sorted", "same",
    "view", "broken", "down", "split", "grouped", "listed", "continued", "retirement", "savings",
    "participant", "benefit", "benefits", "quarterly", "quarter", "monthly", "month", "annual", "yearly",
    "year", "end", "personal", "online", "snapshot", "performance", "share", "this", "last", "to", "date",
})  # fmt: skip
_SAYINGS = late_regex(
    r"\bat a glance\b|\bi (?=own|have)|\bby (?:(?:contribution|investment|money|asset) )?"
    r"(?:sources?|funds?|investments?|types?|options?|class(?:es)?)\b"
)
"""What heads a table and is never part of an account's name."""
_ACCOUNT = late_regex(
    r"\b(?:ira|401\s?\(?k\)?|403\s?\(?b\)?|457|529|hsa|plan|account|brokerage)(?:\b|(?<=\)))|[.…*•xX]{2,40}+-?[0-9]{3,}",
    re.IGNORECASE,
)
_CASH_LINE = late_regex(
    r"(?:(?:available|uninvested|settled|current|your|my|core|hsa|account|free) )*cash"
    r"(?: (?:balance|account|value|position|amount|available))?(?:\s*\(.*\))?",
    re.IGNORECASE,
)
_ONE_FUND = late_regex(r"\b(?:fund|fd|trust|portfolio|etf|index)\s*$", re.IGNORECASE)
_PERIODS = (
    r"(?:year[- ]to[- ]date|ytd|quarter[- ]to[- ]date|qtd|inception[- ]to[- ]date|lifetime"
    r"|this (?:year|quarter))"
)
_WHOSE = (
    r"(?:(?:employee|employer|your|total|plan|net|roth|pre-?tax|investment|account|market|period|year"
    r"|quarter) )*"
)
_SPAN = r"(?:day|week|month|quarter|year|period|statement|report|close)"
_DAY_SAID = r"(?:(?: (?:as of|on|at|ended|ending))? ?\(?[^()]{0,20}[0-9][^()]{0,20}\)?)?"
_EARLIER = (
    r"(?:(?:account|total|market|plan|portfolio) )*(?:(?:balance|value|worth|amount) )?"
    r"(?:(?:as of|on|at|from) )?"
    rf"(?:(?:the )?end of )?(?:the )?(?:last|previous|prior) {_SPAN}(?:'?s)?(?:[- ](?:end|ending|close))?"
    rf"(?: (?:balance|value|total|amount|statement))?{_DAY_SAID}"
    rf"|(?:(?:balance|value) )?(?:a|one|two|three|six|[0-9]{{1,2}}) {_SPAN}s? (?:ago|earlier|before)"
    rf"{_DAY_SAID}"
    rf"|{_SPAN} before(?: last)?{_DAY_SAID}"
    rf"|(?:(?:balance|value) )?(?:at )?(?:the )?(?:start|beginning|opening) of (?:the |this )?{_SPAN}"
    rf"{_DAY_SAID}|(?:(?:balance|value) )?(?:(?:as of|on|at) )?"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? [0-9]{1,2}(?:,? 20[0-9]{2})?"
)
"""What was there at an earlier time."""
_FACT = late_regex(
    r"(?:(?:your|my|total|current|estimated|maximum|amount|balance|percent|of which|of that|of this) )*(?:"
    r"(?:not |un|non-?)?vested(?: (?:account|plan))?(?: (?:balance|value|amount|portion|total|interest))?"
    r"(?: total)?(?: \(.*\))?"
    r"|vest(?:ed|ing)(?: (?:percent(?:age)?s?\b|%|schedule\b).*)?"
    r"|(?:%|percent(?:age)?|pct\.?) [^0-9]*|[^0-9]*[^0-9 ] ?(?:%|\b(?:percent(?:age)?|pct\.?))"
    r"|accrued income(?: \(.*\))?"
    r"|(?:(?:net|cash|contract|guaranteed) )*surrender (?:value|amount|balance|charges?)(?: \(.*\))?"
    r"|(?:(?:guaranteed|minimum|current|enhanced) )*death benefits?(?: (?:value|amount))?"
    r"|available (?:for|to|as)(?: an?)? (?:loans?|borrow|withdraw|withdrawals?|distributions?|new loan)\b.*"
    r"|(?:loan|borrowing|withdrawal) (?:amount )?(?:available|availability|limit|maximum)"
    r"|(?:outstanding|open|unpaid) loans?(?: balances?)?"
    rf"|{_PERIODS} {_WHOSE}"
    r"(?:contributions?|deposits?|withdrawals?|fees?|earnings|gains?|loss(?:es)?|returns?|match|dividends?)"
    rf"|(?:beginning|opening|starting|previous|prior|last) {_WHOSE}(?:balance|value)"
    r"(?: (?:on|at|as of) [a-z0-9 ,/.-]{3,30})?"
    r"|(?:pay|interest|service|employer|company|annual|transition) credits?(?: \(.*\))?"
    rf"|{_EARLIER}"
    r"|(?:(?:total|net|lifetime|cumulative|investment) )*(?:earnings|contributions|withdrawals)"
    r"|(?:net |total |monthly |quarterly |% ?|percent(?:age)? |pct\.? )*(?:change|difference)"
    r"|(?:change|increase|decrease) in (?:market |account )?value"
    r"|(?:\$ ?|% ?)?(?:change|gain|loss|difference|growth|increase|up|down|diff\.?|delta)"
    r"(?: ?[/-] ?(?:gain|loss))? (?:from|since|vs\.?|versus|over|against|on) (?:the )?"
    r"(?:prior|last|prev(?:ious)?\.?|(?:day|week|month|quarter|year) (?:before|ago))(?:\s.*)?"
    r"|(?:(?:monthly|quarterly|yearly|month|quarter|year)[- ](?:over|on)[- ](?:month|quarter|year)"
    r"|mom|qoq|yoy)(?: (?:change|difference|growth|gain|%|\$))?"
    r"|(?:today's|day's|daily|one[- ]day) (?:change|gain|loss|gain/loss)|you owe"
    r"|pay-?off amount|accrued interest\b.*"
    r"|(?:investment )?gains?\s?(?:/|and|or)\s?loss(?:es)?"
    r"|(?:minimum|threshold|least)\b.*\b(?:cash|balance|invest|threshold)"
    r"|(?:(?:investment|cash|balance|minimum) )+(?:threshold|minimum)"
    r"|(?:interest|dividends?) (?:paid|earned|received) (?:ytd|year to date|this (?:year|quarter|month))"
    r"|(?:last|latest|most recent|next) (?:contributions?|deposits?|payments?|payroll|match)(?: amount)?"
    r"|(?:(?:margin|option|options|stock|day[- ]trad(?:e|ing)|total|non-?margin) )+buying power"
    r"|(?:(?:personal|investment|portfolio|account|overall|plan) )+(?:performance|returns?)"
    r"|(?:personal )?rate of return|(?:total )?(?:incl\.?|including|with) .*\bloans?)",
    re.IGNORECASE,
)
"""Facts about an account that stand in lines of their own below the holdings."""
_PROJECTED = late_regex(
    r"\b(?:estimated|projected|expected|potential) (?:(?:monthly|annual|yearly|lifetime|retirement|future) )+"
    r"(?:income|pension|benefits?|payments?|savings|balance)\b"
    r"|\b(?:income|balance|savings|worth) (?:at|by) (?:age )?[0-9]{2}\b(?!%)|\bincome goal\b",
    re.IGNORECASE,
)
"""What a site reckons for later years."""
_PLANNED = late_regex(
    r"(?:to (?:buy|sell)\b|(?:plan|planning|want|going|will) (?:to )?(?:buy|sell)\b|planned\b"
    r"|watch ?list|wish ?list"
    r"|next (?:buy|purchase)s?\b|(?:buy|purchase)s? next\b)",
    re.IGNORECASE,
)
_CHOSEN = late_regex(
    r"(?:(?:your|my|current|future|new|contribution|investment|allocation|payroll|deferral)s? )*elections?"
    r"|(?:future|new) (?:contributions?|investments?|allocations?|deposits?|money)"
    r"(?: (?:elections?|allocations?|investments?|mix))?"
    r"|(?:target|desired|proposed) (?:allocation|mix|weight)s?",
    re.IGNORECASE,
)
_YEARLY_CORE = frozenset({
    "contribution", "contributions", "contributed", "deferral", "deferrals", "deposit", "deposits",
    "withdrawal", "withdrawals", "distribution", "distributions", "rmd", "rmds", "match", "fees", "dividends",
    "earnings",
})  # fmt: skip
_YEARLY_ALSO = frozenset({
    "employee", "employer", "company", "roth", "pre", "pretax", "tax", "after", "catch", "up", "my", "your",
    "total", "regular", "required", "minimum", "ira", "401k", "401(k)", "403(b)", "hsa", "plan", "account",
    "made", "taken", "paid", "in", "for", "of", "the", "this", "year", "to", "date", "ytd", "so", "far",
    "remaining", "left", "room", "limit", "maximum", "allowed", "annual", "amount", "and", "plus", "family",
    "individual",
})  # fmt: skip
_WHEN = late_regex(
    r"\b(?:20[0-9]{2}|ytd|(?:year[- ])?to[- ]date|so far|this year|remaining|limit|annual|rmds?)\b",
    re.IGNORECASE,
)
_YEAR = late_regex(r"\b20[0-9]{2}\b", re.ASCII)
_SHARE = late_regex(
    r"[-+(]?[0-9][0-9.,]*\s?%\)?"
    r"(?:\s+(?:of\b.*|(?:target )?(?:allocation|weight(?:ing)?|share)|allocated|invested))?",
    re.IGNORECASE | re.ASCII,
)
_RATE = late_regex(
    r"(?:(?:current|guaranteed|credit(?:ed|ing)|declared|interest|minimum|annual|net|effective|fixed|annualized"
    r"|[0-9]+[- ](?:day|month|year)) )*(?:rate|yield|apy|apr)[\s:]*[0-9.]+\s?%",
    re.IGNORECASE | re.ASCII,
)
_ENDS_IN_TOTAL = late_regex(r".*\S[\s:(–-]{1,20}(?:sub[- ]?|grand )?totals?[\s:*)]*", re.IGNORECASE)
_ENDS_IN_VALUE = late_regex(r".*\b(?:value|balance|amount|assets)[\s:*)]*", re.IGNORECASE)
_EVERY_SOURCE = late_regex(
    r"(?:all|every|total|totals|combined|any|sub[- ]?total)"
    r"(?: (?:money )?(?:sources?|types?|money|contributions?))?"
    r"|(?:(?:sources?|fund|investment|option|all sources) )?(?:(?:sub[- ]?)?totals?|combined)"
    r"|total (?:for|of|all) .*|all (?:my |your )?(?:money|contribution) .*",
    re.IGNORECASE,
)
_WHOLE = late_regex(
    r"everything|all|altogether|whole|portfolio"
    r"|(?:(?:net|overall|ending|closing|account|plan|portfolio)\s+)*(?:balance|value|worth|assets)",
    re.IGNORECASE,
)
_TOTAL_BEFORE = late_regex(
    r"(?:sub[- ]?totals?|totals?)(?:\s+(?:for|of|in))?[\s:–-]+(?P<name>.+)", re.IGNORECASE
)
_TOTAL_BEHIND = late_regex(r"(?P<name>.+?)[\s:(–-]{1,20}(?:sub[- ]?totals?|totals?)\)?", re.IGNORECASE)

_OUTSIDE = late_regex(
    r"\b(?:not|never|excluded|outside|beside|besides)\b[^()]*\btotals?[\s:*)]*$", re.IGNORECASE
)
"""What a line says that a total does not have."""


def is_source(text: str) -> bool:
    """Tell whether words name a contribution source (“Employee pre-tax”) and nothing else."""
    text = text.lower()
    if (first := text.partition(" ")[0]).isalpha() and first not in _SOURCE_FIRST and first.isascii():
        return False  # nearly every name of a fund
    tokens = set(_TOKENS.findall(_SOURCE_CODE.sub("", text)))
    return tokens <= _SOURCE_WORDS and (bool(tokens & _SOURCE_CORE) or tokens >= {"before", "tax"})


def is_source_section(text: str) -> bool:
    """Tell whether words above rows name their contribution source (“Roth account”), not an IRA."""
    return is_source(text) and "ira" not in text.lower().split()


def is_surely_source(text: str) -> bool:
    """Tell whether words can be nothing but a contribution source: who paid it, or what for (“Match”)."""
    if not is_source_section(text):
        return False
    tokens = set(_TOKENS.findall(text.lower()))
    if tokens & {"match", "matching", "deferral", "deferrals"}:
        return True
    return len(tokens) > 1 and bool(tokens & {"employee", "employer", "company"}) and "account" not in tokens


def is_part_of_source(text: str) -> bool:
    """Tell whether words may name a source beside others that surely do (“Company”, “My contributions”)."""
    tokens = set(_TOKENS.findall(_SOURCE_CODE.sub("", text.lower()))) - {"my", "your", "ytd"}
    return bool(tokens) and tokens <= (_SOURCE_CORE | _SOURCE_ALSO) - {
        "ira",
        "account",
        "accounts",
        "balance",
    }


@lru_cache(maxsize=_KEPT)
def is_projection(text: str) -> bool:
    """Tell whether words say what a site expects for later years (“Estimated monthly income at 65”)."""
    return _PROJECTED.search(text) is not None


def is_every_source(text: str) -> bool:
    """Tell whether a source cell stands for all sources together."""
    return _EVERY_SOURCE.fullmatch(text.strip(" :*")) is not None


def is_whole(text: str) -> bool:
    """Tell whether a row is called by a word for the whole and nothing else (“Net balance”, “Everything”)."""
    return _WHOLE.fullmatch(text.strip(" :*")) is not None


def is_of_all_plans(text: str) -> bool:
    """Tell whether words stand beside what all plans of a person are worth together."""
    return _OF_ALL_PLANS.fullmatch(text.strip(" :*")) is not None


@lru_cache(maxsize=_KEPT)
def is_group(text: str) -> bool:
    """Tell whether words name a kind of asset (“US Stocks”, “Bond funds”) rather than one fund."""
    tokens = set(_TOKENS.findall(in_english_words(text).lower()))
    if not tokens & _GROUP_CORE or not tokens <= _GROUP_CORE | _GROUP_ALSO:
        return False
    return _ONE_FUND.search(text) is None


def is_headline(text: str) -> bool:
    """Tell whether words head a table (“Balance by investment (all sources)”) and name no account."""
    rest = _SAYINGS.sub(" ", text.lower())
    tokens = re.findall(r"[^\W_]+", rest)
    is_worded = rest != text.lower() or not _HEADLINE_CORE.isdisjoint(tokens)
    return is_worded and set(tokens) <= _HEADLINE_CORE | _HEADLINE_ALSO


@lru_cache(maxsize=_KEPT)
def is_fact(text: str) -> bool:
    """Tell whether a row's words say something else of an account than what is held in it."""
    return _FACT.fullmatch(" ".join(text.strip(" :*").split())) is not None


@lru_cache(maxsize=_KEPT)
def is_planned(text: str) -> bool:
    """Tell whether words say that something is only meant to be bought or sold."""
    return _PLANNED.match(text) is not None


@lru_cache(maxsize=_KEPT)
def is_chosen(text: str) -> bool:
    """Tell whether a cell says that its row is what is chosen for the future (“Future elections”)."""
    return _CHOSEN.fullmatch(text.strip(" :*%")) is not None


@lru_cache(maxsize=_KEPT)
def is_yearly_fact(text: str) -> bool:
    """Tell whether words say what was paid in or out in a year (“2025 contributions to date”, “2025 RMD”)."""
    if _WHEN.search(text) is None:
        return False
    tokens = set(_TOKENS.findall(_YEAR.sub(" ", text.lower())))
    return bool(tokens & _YEARLY_CORE) and tokens <= _YEARLY_CORE | _YEARLY_ALSO


def is_share(text: str) -> bool:
    """Tell whether a line is a share of the whole and nothing else (“12.5% of account”)."""
    return _SHARE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=_KEPT)
def ends_in_total(text: str) -> bool:
    """Tell whether a name ends with the word “total”, which hardly any fund's does."""
    return _ENDS_IN_TOTAL.fullmatch(text) is not None


def ends_in_value(text: str) -> bool:
    """Tell whether a name ends with a word such as “value” or “balance”."""
    return _ENDS_IN_VALUE.fullmatch(text) is not None


def is_rate(text: str) -> bool:
    """Tell whether words say what something yields, and in percent how much (“Current rate 3.15%”)."""
    return _RATE.fullmatch(text.strip()) is not None


def is_account(text: str) -> bool:
    """Tell whether words name an account or plan."""
    return _ACCOUNT.search(text) is not None and _ONE_FUND.search(text) is None


@lru_cache(maxsize=_KEPT)
def is_cash_line(text: str) -> bool:
    """Tell whether the words of a line above a table are those of money that is not invested."""
    return _CASH_LINE.fullmatch(text.strip(" :*=")) is not None


@lru_cache(maxsize=_KEPT)
def without_total(name: str) -> str:
    """Return the name that a total is of (“Growth Fund Total”), "" when the words are no such total."""
    if _OUTSIDE.search(name):
        return ""
    found = _TOTAL_BEFORE.fullmatch(name) or _TOTAL_BEHIND.fullmatch(name)
    return found["name"].strip().lower() if found else ""
