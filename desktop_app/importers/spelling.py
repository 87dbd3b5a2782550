"""Headings as they are shortened, run together or written in other numbers, spelled out to compare them."""

from __future__ import annotations

import re
import unicodedata

from .patterns import late_regex

_SHORT = {
    "tot": "total", "ttl": "total", "bal": "balance", "bals": "balance", "blnc": "balance",
    "mkt": "market", "mv": "market value", "mktval": "market value", "mktvalue": "market value",
    "shs": "shares", "sh": "shares", "shr": "share", "shrs": "shares", "qnty": "quantity",
    "quant": "quantity",
    "px": "price", "prc": "price", "amt": "amount", "amts": "amount", "amnt": "amount", "val": "value",
    "vals": "value", "valu": "value", "desc": "description", "descr": "description",
    "descrip": "description", "inv": "investment", "invst": "investment", "invstmt": "investment",
    "invest": "investment", "invmt": "investment", "invs": "investments", "sec": "security",
    "acct": "account", "accnt": "account", "acc": "account", "curr": "current", "cur": "current",
    "crnt": "current", "sym": "symbol", "symb": "symbol", "tkr": "ticker", "tick": "ticker",
    "port": "portfolio", "portf": "portfolio", "alloc": "allocation", "pct": "percent", "wt": "weight",
    "wgt": "weight", "opt": "option", "fd": "fund", "nm": "name", "src": "source", "vest": "vested",
    "vstd": "vested", "clos": "closing", "clsg": "closing", "endg": "ending", "nbr": "number",
    "num": "number", "dt": "date", "dol": "dollar", "cd": "code", "inst": "instrument",
    "accum": "accumulation", "accumul": "accumulation", "pri": "price", "ctrct": "contract",
}  # fmt: skip
"""What providers shorten in headings."""
_AT = late_regex(r"\s*@\s*")
_WORD = late_regex(r"[a-z]+\.?")
_MARKS = late_regex("[\u0300-\u036f]")


def spelled_out(key: str) -> str:
    """Return a heading key with its shortened words in full: `tot bal` is `total balance`."""
    return _WORD.sub(_in_full, _AT.sub(" ", key))


def _in_full(word: re.Match[str]) -> str:
    return _SHORT.get(word[0].rstrip("."), word[0])


def folded(key: str) -> str:
    """Return a heading without accents, as some files lose them."""
    return key if key.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", key))


def singular(key: str) -> str:
    """Return a heading with each of its words in the singular, near enough to compare."""
    return " ".join(_one(word) for word in key.split())


def _one(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
