"""Accounts without a number: none replaces another unasked, none is counted twice unasked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.workflow.statements import accept, answer_account, preview_files, preview_text

FIRST = "Fund\tBalance\nS&P 500 Index Fund\t60000\nBond Index Fund\t40000\n"
NEWER = "Fund\tBalance\nS&P 500 Index Fund\t62000\nBond Index Fund\t41500\n"
OTHER = "Fund\tBalance\nSmall Cap Index Fund\t15000\nStable Value Fund\t5000\n"


@pytest.fixture
def household() -> Household:
    """A household with one pasted account of $100,000."""
    return accept(preview_text(Household(), FIRST))


def totals(household: Household) -> list[Decimal]:
    """Return the accounts' totals."""
    return [account.total for account in household.snapshot().accounts]


def test_another_plan_pasted_next_does_not_replace_the_first(household: Household) -> None:
    preview = preview_text(household, OTHER)
    question = preview.account_question
    assert question is not None
    assert not question.same
    assert totals(accept(preview)) == [Decimal(100000), Decimal(20000)]
    names = [account.name for account in accept(preview).snapshot().accounts]
    assert names == ["Pasted table", "Pasted table 2"]


def test_the_same_plan_under_another_name_is_not_counted_twice(household: Household, tmp_path: Path) -> None:
    newer = tmp_path / "balances-q4.csv"
    newer.write_text(NEWER.replace("\t", ","), encoding="utf-8")
    preview = preview_files(household, [newer])
    question = preview.account_question
    assert question is not None
    assert question.same
    assert question.known_name == "Pasted table"
    assert totals(accept(preview)) == [Decimal(103500)]
    other = answer_account(preview, question, same=False)
    assert other.account_question is None
    assert totals(accept(other)) == [Decimal(100000), Decimal(103500)]


def test_both_files_dropped_at_once_are_asked_about_too(tmp_path: Path) -> None:
    for name, text in (("q3.csv", FIRST), ("q4.csv", NEWER)):
        (tmp_path / name).write_text(text.replace("\t", ","), encoding="utf-8")
    preview = preview_files(Household(), [tmp_path / "q3.csv", tmp_path / "q4.csv"])
    assert preview.account_question is not None
    assert totals(accept(preview)) == [Decimal(103500)]


def test_numbered_accounts_are_never_asked_about(tmp_path: Path) -> None:
    for name, number in (("a.csv", "0042"), ("b.csv", "0043")):
        text = f"Account Number,Fund,Balance\n{number},Bond Index Fund,500\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    preview = preview_files(Household(), [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert preview.account_question is None
    assert totals(accept(preview)) == [Decimal(500), Decimal(500)]
