"""Copied pages with two lines of words above the figures of a fund: its name and the plan's own."""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text

from .readings import by_account, warnings

NAMES = [
    "Vanguard Target Retirement 2035 Trust",
    "BlackRock Bond Index Fund M",
    "Galliard Stable Return Fund F",
]
WORDS = ["Target Date 2035 Index (TD35)", "Bond Index (BI)", "Capital Preservation (CP)"]
FIGURES = [("10.000", "$50.00", "$500.00"), ("20.000", "$12.50", "$250.00"), ("5.000", "$50.00", "$250.00")]
ELECTED = "\nWhere new money goes\n" + "".join(
    f"{name}\t{share}%\n" for name, share in zip(NAMES, (60, 30, 10), strict=True)
)


def page(
    *, name_first: bool, elected: str, gap: str, names: list[str] = NAMES, words: list[str] = WORDS
) -> str:
    pairs = zip(names, words, strict=True) if name_first else zip(words, names, strict=True)
    cards = gap.join(
        f"{one}\n{two}\n{units} units @ {price}\n{value}\n{share}% of balance\n"
        for (one, two), (units, price, value), share in zip(
            pairs, FIGURES, ("50.0", "25.0", "25.0"), strict=True
        )
    )
    return (
        "Hi, Ines\nFen Landscaping 401(k)\nPlan 229914\n\nYour balance\n$1,000.00\nAs of Sep 22, 2026\n\n"
        "Contributing\n6% pre-tax + 2% Roth\nEmployer match\n50% up to 6%\n\n"
        f"My investments\nSort by: Balance\n{cards}\nTotal\n$1,000.00\n{elected}"
    )


@pytest.mark.parametrize("name_first", [True, False])
@pytest.mark.parametrize("elected", [ELECTED, ""])
@pytest.mark.parametrize("gap", ["\n", ""])
def test_the_name_and_not_the_plans_word_for_it(*, name_first: bool, elected: str, gap: str) -> None:
    statement = read_table_text(page(name_first=name_first, elected=elected, gap=gap), "x")
    ((name, held),) = by_account(statement).values()
    assert held == dict(zip(NAMES, ("500.00", "250.00", "250.00"), strict=True))
    assert name == "Fen Landscaping 401(k)"
    assert not warnings(statement)


def test_a_name_said_again_elsewhere_is_the_name() -> None:
    names = ["Alder Path 2035", "Birch Bond Pool", "Cedar Income Pool"]
    elected = "\nWhere new money goes\n" + "".join(
        f"{name}\t{share}%\n" for name, share in zip(names, (60, 30, 10), strict=True)
    )
    words = ["Lifecycle Index Fund", "Bond Index Fund", "Stable Value Fund"]
    text = page(name_first=True, elected=elected, gap="\n", names=names, words=words)
    assert [row.fund.name for row in read_table_text(text, "x").accounts[0].rows] == names


def test_accounts_above_their_only_fund_stay_accounts() -> None:
    text = (
        "As of Sep 22, 2026\n\n"
        "Roth IRA ...4417\nVanguard Target Retirement 2035 Trust\n10.000 units @ $50.00\n$500.00\n\n"
        "Rollover IRA ...5528\nBlackRock Bond Index Fund M\n20.000 units @ $12.50\n$250.00\n"
    )
    found = by_account(read_table_text(text, "x"))
    assert [held for _, held in found.values()] == [{NAMES[0]: "500.00"}, {NAMES[1]: "250.00"}]
