"""Names that look like one class and are another: a wrong class is worse than “not classified yet”.

`tricky_names.csv` holds the name, the class a careful person gives (or several that are all fair, parted
by |), and whether it was written before the rules were looked at or after. Funds that multiply or turn
around an index have no class in the tree: their mix is for the user to say.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.importers import best_guesses, classify
from desktop_app.importers.names import kind_of_name

LIST = Path(__file__).with_name("tricky_names.csv")
UNKNOWN = "unknown"
ALIKE = {"us_total": "us_large"}
"""Most of the US market is its large companies."""


def _names() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _answer(name: str) -> str:
    kind = kind_of_name(name)
    if classify(None, None, name).classified_by is ClassifiedBy.UNKNOWN or kind is None:
        return UNKNOWN
    return ALIKE.get(kind, kind)


@pytest.mark.parametrize("part", ["written first", "written after"])
def test_a_tricky_name_gets_a_fair_class_or_none(part: str) -> None:
    rows = [row for row in _names() if row["part"] == part]
    assert len(rows) > 100
    answers = {row["name"]: _answer(row["name"]) for row in rows}
    fair = {row["name"]: {ALIKE.get(kind, kind) for kind in row["class"].split("|")} for row in rows}
    assert {name: answer for name, answer in answers.items() if answer not in fair[name]} == {}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("PUT SMALL CAP INDEX", "a US small-company fund", "a US stock fund"),
        ("ProShares Short Russell2000", "a US small-company fund", "a US stock fund"),
        ("2x Bitcoin Strategy ETF", "a digital-coin fund", "a balanced fund"),
        ("ProShares UltraShort S&P500", "a US stock fund", "a short-term bond fund"),
        ("Large Cap Bond Alternative", "a US bond fund", "a balanced fund"),
        ("Invesco CurrencyShares Euro Trust", "an international bond fund", "a US stock fund"),
        ("Allianz Buffered Outcome S&P 500", "a US stock fund", "a balanced fund"),
    ],
)
def test_a_tricky_name_gets_sensible_guesses(name: str, first: str, second: str) -> None:
    assert [words for words, _ in best_guesses(name)] == [first, second]


def test_a_leveraged_fund_is_unknown_under_a_symbol_nobody_knows_too() -> None:
    fund = classify("ZZUL", None, "Direxion Daily S&P 500 Bull 3X Shares")
    assert fund.classified_by is ClassifiedBy.UNKNOWN
