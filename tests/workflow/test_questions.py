"""What is asked about holdings nobody knows, and how many questions wait."""

from __future__ import annotations

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.household import Household
from desktop_app.workflow.account_numbers import whole_mask
from desktop_app.workflow.guesses import likely_kinds
from desktop_app.workflow.statements import answer, preview_text, set_date


@pytest.mark.parametrize(
    "name",
    ["SNDK SEP 17 2027 $1,500 CALL", "CRDO JUL 10 2026 $250 PUT", "CALL (AAPL) APPLE INC JAN 15 27 $200",
     "-CRDO260710P250"],
)  # fmt: skip
def test_an_option_is_never_called_a_fund(name: str) -> None:
    assert [mix.parts[0][0] for _, mix in likely_kinds(name)] == [AssetClass.COMPANY_STOCK]


@pytest.mark.parametrize("name", ["ALLY BK CD 4.2% 02/17/2028", "Certificate of Deposit 12 months"])
def test_a_bank_deposit_is_cash_or_short_term(name: str) -> None:
    kinds = [mix.parts[0][0] for _, mix in likely_kinds(name)]
    assert kinds == [AssetClass.CASH, AssetClass.US_BOND_SHORT]


@pytest.mark.parametrize(
    "name",
    ["Grey Heron Pool", "Calloway Stock Fund", "Putnam Pool Q", "CDX Pool", "Nasdaq 100 Covered Call ETF"],
)
def test_other_names_are_guessed_as_before(name: str) -> None:
    assert len(likely_kinds(name)) == 2
    assert AssetClass.CASH not in [mix.parts[0][0] for _, mix in likely_kinds(name)]


def test_every_open_question_is_counted() -> None:
    preview = preview_text(Household(), "Fund\tBalance\nGrey Heron Pool\t300\nOld Quay Pool\t100\n")
    assert preview.question_count == 3  # the day and two funds
    preview = set_date(preview, 0, None)
    assert preview.question_count == 2
    first = preview.questions[0]
    assert answer(preview, first.fund.key, first.guesses[0][1]).question_count == 1


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0045678123", "••••••8123"), ("45678123", "••••8123"), ("XXXX8123", "XXXX8123"), ("My plan", "")],
)
def test_numbers_are_told_apart_without_being_shown(number: str, shown: str) -> None:
    assert whole_mask(number, number) == shown
