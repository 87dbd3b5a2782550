"""How much two accounts have in common: funds by all they are called, and figures that agree.

One file has a fund's symbol, the next its CUSIP, a third a shortened name; units and dollars stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import Fund, FundKey
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import StatementAccount, StatementRow

_CASH = frozenset({AssetClass.CASH, AssetClass.MONEY_MARKET})
_TELLING = 4
"""Digits from which two equal figures are no coincidence."""
_WORD = re.compile(r"[a-z]+|[0-9]+")
_SHORT = {
    "mkt": "market", "mkts": "markets", "idx": "index", "indx": "index", "ix": "index", "tot": "total",
    "ttl": "total", "stk": "stock", "bd": "bond", "bnd": "bond", "intl": "international", "lg": "large",
    "sm": "small", "md": "mid", "gr": "growth", "grth": "growth", "val": "value", "inc": "income",
    "ret": "retirement", "retire": "retirement", "rtmt": "retirement", "tgt": "target", "dt": "date",
    "eq": "equity", "eqty": "equity", "stbl": "stable", "govt": "government", "infl": "inflation",
    "adm": "admiral", "inst": "institutional", "instl": "institutional", "inv": "investor",
    "emerg": "emerging", "em": "emerging", "vang": "vanguard", "vg": "vanguard", "fid": "fidelity",
}  # fmt: skip
_DROPPED = frozenset({"fund", "funds", "fd", "the", "of", "class", "cl", "shares", "shs", "trust", "tr"})


@dataclass(slots=True)
class _Held:
    """What an account has in one fund, its sources together."""

    fund: Fund
    value: Money = ZERO
    units: Decimal = ZERO


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """Return a fund's name with its usual shortenings in full, without words that every fund has."""
    words = (_SHORT.get(word, word) for word in _WORD.findall(text.casefold()))
    return " ".join(word for word in words if word not in _DROPPED)


def names_of(fund: Fund) -> set[str]:
    """Return all that a fund goes by: one file has its symbol, the next its name only."""
    names = {name.casefold() for name in (fund.key, fund.symbol, fund.cusip, fund.name) if name}
    return names | ({plain} if (plain := plain_name(fund.name)) else set())


def likeness(one: StatementAccount, other: StatementAccount) -> float:
    """Return the share of funds two accounts have in common, 0 to 1; cash, which all have, proves nothing."""
    mine, theirs = _held(one.rows), _held(other.rows)
    pairs = _pairs(mine, theirs)
    count = len(mine) + len(theirs) - len(pairs)
    if not count:
        return 1.0
    return len(pairs) / count if any(not _is_cash(mine[key].fund) for key in pairs) else 0.0


def unpaired(held: Sequence[StatementRow], read: Sequence[StatementRow]) -> frozenset[FundKey]:
    """Return the funds of `held` that `read` has neither by a name nor by figures that are the very same."""
    mine = _held(held)
    return frozenset(mine) - _pairs(mine, _held(read)).keys()


def same_figures(one: StatementAccount, other: StatementAccount) -> bool:
    """Tell whether two accounts hold the very same dollars, in figures too particular for a coincidence."""
    mine, theirs = (sorted(each.value for each in _held(account.rows).values()) for account in (one, other))
    return mine == theirs and sum(map(_digits, set(mine))) > _TELLING


def _held(rows: Iterable[StatementRow]) -> dict[FundKey, _Held]:
    """Return the funds with money in them."""
    found: dict[FundKey, _Held] = {}
    for row in rows:
        held = found.setdefault(row.fund.key, _Held(row.fund))
        held.value += row.value
        held.units += row.units or ZERO
    return {key: held for key, held in found.items() if held.value}


def _is_cash(fund: Fund) -> bool:
    return all(leaf in _CASH for leaf, _ in fund.mix)


def _pairs(mine: Mapping[FundKey, _Held], theirs: Mapping[FundKey, _Held]) -> dict[FundKey, FundKey]:
    """Pair the funds of two accounts, each once: by names first, then by units, then by dollars."""
    pairs: dict[FundKey, FundKey] = {}
    left = dict(theirs)
    named = {name: key for key, held in theirs.items() for name in names_of(held.fund)}
    for key, held in mine.items():
        twin = next((named[name] for name in names_of(held.fund) if named.get(name) in left), None)
        if key in left or twin is not None:
            pairs[key] = key if key in left else str(twin)
            del left[pairs[key]]
    for figure in (_telling_units, _telling_value):
        _pair_by(figure, {key: held for key, held in mine.items() if key not in pairs}, left, pairs)
    if not pairs and _are_all_alike(mine, theirs):
        _pair_by(lambda held: held.value, mine, left, pairs)
    return pairs


def _are_all_alike(mine: Mapping[FundKey, _Held], theirs: Mapping[FundKey, _Held]) -> bool:
    """Tell whether two accounts have the same dollars fund by fund, in several funds."""
    ours, others = (sorted(held.value for held in each.values()) for each in (mine, theirs))
    return ours == others and len(set(ours)) > 1


def _pair_by(
    figure: Callable[[_Held], Hashable],
    mine: Mapping[FundKey, _Held],
    left: dict[FundKey, _Held],
    pairs: dict[FundKey, FundKey],
) -> None:
    """Pair what has the same figure on both sides, where no other has it."""
    one, other = _by_figure(figure, mine), _by_figure(figure, left)
    for value in one.keys() & other.keys() - {None}:
        if len(one[value]) == len(other[value]) == 1:
            pairs[one[value][0]] = other[value][0]
            del left[other[value][0]]


def _by_figure(
    figure: Callable[[_Held], Hashable], held: Mapping[FundKey, _Held]
) -> dict[Hashable, list[FundKey]]:
    found: dict[Hashable, list[FundKey]] = {}
    for key, each in held.items():
        found.setdefault(figure(each), []).append(key)
    return found


def _telling_units(held: _Held) -> Decimal | None:
    return held.units if _digits(held.units) >= _TELLING else None


def _telling_value(held: _Held) -> Money | None:
    return held.value if _digits(held.value) >= _TELLING else None


def _digits(figure: Decimal) -> int:
    """Count the digits that say something: 12,345.60 has six, 3,000.00 one."""
    return len(figure.normalize().as_tuple().digits) if figure else 0
