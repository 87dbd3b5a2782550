"""Fund names as plans print them, from public filings and menus, get the class a careful person gives.

`names_seen_elsewhere.csv` holds the name, the class (or several that are all fair, parted by |) and whether
the name was looked at while the rules were written or kept apart until they were done.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.importers import classify
from desktop_app.importers.knowledge import stock_share_of
from desktop_app.importers.name_rules import rules, without_shares
from desktop_app.importers.names import fits, kind_of_name, kind_told, read_words

LIST = Path(__file__).with_name("names_seen_elsewhere.csv")
UNKNOWN = "unknown"
ALIKE = {"us_total": "us_large", "balanced_growth": "balanced", "balanced_conservative": "balanced"}
"""Kinds nobody is harmed by mixing up: most of the US market is its large companies."""


def _names() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _answer(name: str) -> str:
    fund = classify(None, None, name)
    kind = kind_of_name(name)
    if fund.classified_by is ClassifiedBy.UNKNOWN or kind is None:
        return UNKNOWN
    if stock_share_of(kind) is not None:
        return "balanced"
    return "brokerage_window" if kind == "brokerage" else ALIKE.get(kind, kind)


@pytest.mark.parametrize("part", ["looked at", "kept apart"])
def test_nearly_all_names_are_right_and_hardly_any_wrong(part: str) -> None:
    rows = [row for row in _names() if row["part"] == part]
    assert len(rows) > 400
    wrong, right = [], 0
    for row in rows:
        fair = {ALIKE.get(kind, kind) for kind in row["class"].split("|")}
        answer = _answer(row["name"])
        right += answer in fair
        if answer not in fair and answer != UNKNOWN:
            wrong.append((row["name"], answer, row["class"]))
    assert right / len(rows) >= 0.97
    assert len(wrong) / len(rows) <= 0.01, wrong


def test_finding_rules_by_their_words_gives_what_trying_all_of_them_gives() -> None:
    """2,000 names put together at random from pieces of real ones, beside the real ones."""
    names = [row["name"] for row in _names()]
    words = [word for name in names for word in name.split()]
    chance = random.Random(20261122)
    names += [" ".join(chance.choices(words, k=chance.randint(1, 8))) for _ in range(2000)]
    for name in names:
        said = read_words(name)
        fitting = (
            rule
            for rule in rules()
            if (
                {said.text.strip(), said.plain.strip(), without_shares(said.plain)} & rule.exact
                if rule.exact
                else all(entry.occurs(said.tokens, said.either) for entry in rule.every)
            )
            and not rule.none.occurs(said.tokens, said.text)
            and fits(rule, said)
        )
        first = next(fitting, None)
        assert kind_of_name(name) == (None if first is None else kind_told(first, said)), name


def test_slips_of_the_keyboard_do_not_change_the_class() -> None:
    pairs = {
        "Vangurad Short Term Bond": "us_bond_short",
        "Target Retirment 2045": "target_date:2045",
        "EuroPacifc Growth": "intl_developed",
        "Inflaton Protected Bond": "tips",
        "Srategic Income": "us_bond",
        "Emergng Markets": "emerging",
        "INTERNATL EQUITIES": "intl_developed",
        "Intermed Term Bond": "us_bond",
        "Diversif Emerging Mkts": "emerging",
        "Nw Prspctv": "global_stock",
    }
    assert {name: kind_of_name(name) for name in pairs} == pairs


@pytest.mark.parametrize(
    "name",
    [
        "Wealth Partners",
        "Consumer Cellular",
        "ALLSTATE",
        "Freeport",
        "Capitol Federal",
        "Abbott",
        "Entergy",
        "Markel",
    ],
)
def test_words_that_only_look_like_fund_words_are_left_alone(name: str) -> None:
    assert classify(None, None, name).classified_by is ClassifiedBy.UNKNOWN


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("TRP RTMT 2040 TR-F", 2040),
        ("FID FRDM IDX 2055 T", 2055),
        ("VG TGT RET 2035", 2035),
        ("JPMCB SR PB 2045 CF", 2045),
        ("AF TRGT DATE 2050 R6", 2050),
        ("LIFEPATH 2030", 2030),
        ("Target Date 2060+", 2060),
        ("MyRetirement 2035", 2035),
        ("T. Rowe Price Retirement 2005", 2005),
        ("Target Retirement 2075", 2075),
        ("Vanguard Target Retirement 2045 (0.08%)", 2045),
    ],
)
def test_the_year_of_a_target_date_fund_is_read(name: str, year: int) -> None:
    fund = classify(None, None, name)
    assert str(year) in fund.note
    assert fund.estimated


@pytest.mark.parametrize(
    "name",
    [
        "US TREASURY BOND 2.5% 2045",
        "UNITED STATES TREASURY NOTE 2.875% 05/15/2030",
        "SOMECAR VEHICLE LEASE TRUST 2025-1",
        "SOMECAR CREDIT AUTO OWNER TRUST 2025-A 4.450%",
        "Phonemaker 4.5% 2035",
        "Corporate Bond 2030 Term ETF",
    ],
)
def test_a_year_in_a_bond_is_no_retirement_year(name: str) -> None:
    assert "target-date" not in classify(None, None, name).note
