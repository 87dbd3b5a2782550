"""Offers two plausible kinds for a fund nobody knows, so that the user has less to think about."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import Any

from desktop_app.domain.language import translator
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.records import dataclass
from desktop_app.domain.resources import resource_path

from .knowledge import mix_of_kind, stock_share_of
from .name_rules import AnyOf, rules, table
from .names import Words, has_manager, read_words
from .patterns import late_regex

_tr = translator("LikelyKinds")
_SINGLE_BOND = late_regex(r"\d\.\d+ ?%|\d{1,2}/\d{1,2}/\d{2,4}|\b(?:fnma|fhlmc|gnma|umbs|fhlb|ffcb)\b|_\d\d-")
_ONE_COMPANY = late_regex(
    r"\b(?:inc|incorporated|corp|corporation|co|company|plc|holdings|group|ltd|nv|ag|com)\.? *$",
    re.IGNORECASE,
)
_USUAL = ("us_large", "us_bond")
_ALSO_STOCKS = "us_mid"
"""What a fund of US stocks may be instead, where nothing speaks for bonds."""
_NEARLY = (4, 2)
"""What the first and second rule that nearly fit weigh."""
_STATED = 8
"""What a share of stock in the name weighs."""
_OFFERED = 2
_MIXED = "balanced"


@dataclass(frozen=True, slots=True)
class Hint:
    """Words of which one speaks for a kind, and how strongly."""

    weight: int
    kind: str
    words: AnyOf


@cache
def _kinds() -> dict[str, str]:
    """Return what each kind is called in English; of two equally likely the earlier is offered."""
    return dict(_book()["kinds"])


@cache
def _hints() -> tuple[Hint, ...]:
    return tuple(Hint(weight, kind, AnyOf.of(words.split("|"))) for weight, kind, words in _book()["hints"])


@cache
def _book() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource_path("funds/guesses.json").read_text(encoding="utf-8"))
    return loaded


def _nearly(words: Words) -> list[str]:
    """Return the kinds of the rules whose words occur, whatever else speaks against them."""
    met = (rules()[number] for number in table().fitting(words.text, words.plain, strictly=False))
    kinds = (_offered(rule.kind) for rule in met if not rule.share or words.stock_share is not None)
    return list(dict.fromkeys(kind for kind in kinds if kind in _kinds()))


def _offered(kind: str) -> str:
    """Return the kind that is offered for a finer one."""
    finer: dict[str, str] = _book()["offered_as"]
    return _MIXED if stock_share_of(kind) is not None else finer.get(kind, kind)


def best_guesses(name: str) -> tuple[tuple[str, AssetMix], ...]:
    """Return two different plausible kinds, in words, for a fund nobody knows, the likelier first."""
    words = read_words(name)
    weights: Counter[str] = Counter()
    for hint in _hints():
        if hint.words.occurs(words.tokens, words.text):
            weights[hint.kind] += hint.weight
    for weight, kind in zip(_NEARLY, _nearly(words), strict=False):
        weights[kind] += weight
    if words.stock_share is not None:
        weights[_MIXED] += _STATED
    if _SINGLE_BOND.search(words.original):
        weights.update({"us_bond": 20, "us_bond_short": 15})
    elif _ONE_COMPANY.search(name) and not has_manager(words):
        weights.update({"company_stock": 20, "us_large": 10})
    order = list(_kinds())
    found = sorted(weights, key=lambda kind: (-weights[kind], order.index(kind)))
    if found == ["us_large"] and has_manager(words):
        found.append(_ALSO_STOCKS)
    chosen = [*found, *(kind for kind in _USUAL if kind not in found)][:_OFFERED]
    year = datetime.now(UTC).year
    return tuple((_tr(_kinds()[kind]), mix_of_kind(kind, "", year)) for kind in chosen)
