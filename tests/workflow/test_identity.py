"""Accounts without a number: none replaces another unasked, none is counted twice unasked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.workflow.statements import (
    ImportPreview,
    accept,
    answer_account,
    ask_account_again,
    preview_files,
    preview_text,
)

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


PLAN = (
    "Account Number,Account Name,Fund,Balance\n{0},{1},S&P 500 Index Fund,{2}\n{0},{1},Bond Index Fund,400\n"
)
STOCKS = "Account Number,Account Name,Fund,Balance\n{0},{1},Small Cap Index Fund,{2}\n"


def import_text(household: Household, text: str) -> ImportPreview:
    """Return the preview of a pasted comma table."""
    return preview_text(household, text.replace(",", "\t"))


def test_leading_zeros_eaten_by_a_spreadsheet_make_no_second_account() -> None:
    first = accept(import_text(Household(), PLAN.format("0076545", "Acme Plan", 600)))
    preview = import_text(first, PLAN.format("76545", "Acme Plan", 700))
    assert preview.account_question is None
    assert [(a.id, a.total) for a in accept(preview).snapshot().accounts] == [("0076545", Decimal(1100))]


@pytest.mark.parametrize(("before", "now"), [("...321", "44556321"), ("44556321", "XXXX-6321")])
def test_a_masked_number_is_asked_about_and_taken_for_the_one_it_ends(before: str, now: str) -> None:
    first = accept(import_text(Household(), PLAN.format(before, "Rollover IRA", 600)))
    preview = import_text(first, PLAN.format(now, "Rollover IRA", 650))
    question = preview.account_question
    assert question is not None
    assert question.same
    assert [a.id for a in accept(preview).snapshot().accounts] == [before]
    apart = answer_account(preview, question, same=False)
    assert totals(accept(apart)) == [Decimal(1000), Decimal(1050)]


def test_a_masked_number_with_other_funds_is_asked_about_and_kept_apart() -> None:
    first = accept(import_text(Household(), PLAN.format("...321", "Jane", 600)))
    preview = import_text(first, STOCKS.format("...321", "John", 5000))
    question = preview.account_question
    assert question is not None
    assert not question.same
    assert totals(accept(preview)) == [Decimal(1000), Decimal(5000)]
    joined = answer_account(preview, question, same=True)
    assert totals(accept(joined)) == [Decimal(5000)]


def test_different_ends_are_different_accounts() -> None:
    first = accept(import_text(Household(), PLAN.format("...321", "Roth IRA", 600)))
    preview = import_text(first, PLAN.format("44556320", "Roth IRA", 650))
    assert preview.account_question is None
    assert totals(accept(preview)) == [Decimal(1000), Decimal(1050)]


def month(tmp_path: Path, number: int, stocks: int) -> Path:
    """Write a monthly file without an account number."""
    path = tmp_path / f"month-{number}.csv"
    path.write_text(f"Fund,Balance\nS&P 500 Index Fund,{stocks}\nBond Index Fund,40000\n", encoding="utf-8")
    return path


def test_once_answered_an_unnumbered_account_is_recognised(household: Household, tmp_path: Path) -> None:
    first = preview_files(household, [month(tmp_path, 0, 61000)])
    question = first.account_question
    assert question is not None
    assert question.same
    household = accept(answer_account(first, question, same=True))
    for number, stocks in ((1, 62000), (2, 63000)):
        preview = preview_files(household, [month(tmp_path, number, stocks)])
        assert preview.account_question is None
        assert [match.remembered for match in preview.matches] == [True]
        household = accept(preview)
        assert totals(household) == [Decimal(stocks + 40000)]


def test_what_was_remembered_can_be_taken_back(household: Household, tmp_path: Path) -> None:
    first = preview_files(household, [month(tmp_path, 0, 61000)])
    household = accept(answer_account(first, first.matches[0], same=True))
    preview = preview_files(household, [month(tmp_path, 1, 62000)])
    again = ask_account_again(preview, preview.matches[0])
    assert again.account_question is not None
    assert totals(accept(answer_account(again, again.account_question, same=False))) == [101000, 102000]


def test_a_leap_of_the_dollars_or_a_second_such_account_is_asked_about(
    household: Household, tmp_path: Path
) -> None:
    first = preview_files(household, [month(tmp_path, 0, 61000)])
    household = accept(answer_account(first, first.matches[0], same=True))
    leap = preview_files(household, [month(tmp_path, 1, 330000)])
    assert leap.account_question is not None
    both = accept(answer_account(leap, leap.account_question, same=False))
    assert totals(both) == [101000, 370000]
    assert preview_files(both, [month(tmp_path, 2, 62000)]).account_question is not None


def test_after_a_rebalance_one_fund_in_common_is_enough_to_ask(household: Household) -> None:
    changed = "Fund\tBalance\nBond Index Fund\t20000\nStable Value Fund\t5000\nReal Estate Fund\t80000\n"
    question = preview_text(household, changed).account_question
    assert question is not None
    assert not question.same


def test_a_file_imported_before_asks_nothing(household: Household) -> None:
    assert preview_text(household, FIRST).account_question is None


def test_a_renamed_account_is_asked_about_by_its_new_name(household: Household) -> None:
    renamed = replace(household, account_names=(("Pasted table", "My old plan"),))
    question = preview_text(renamed, NEWER).account_question
    assert question is not None
    assert question.known_name == "My old plan"


def test_a_masked_older_file_is_said_to_be_older() -> None:
    first = accept(
        import_text(Household(), "As of 09/30/2026\n" + PLAN.format("44556321", "Rollover IRA", 600))
    )
    preview = import_text(first, "As of 06/30/2026\n" + PLAN.format("...6321", "Rollover IRA", 650))
    assert "Older than what you have" in {check.words for check in preview.checks}


WITH_CASH = "Fund\tBalance\nCash & Cash Investments\t{0}\n{1}\t5000\n"


@pytest.mark.parametrize("cash", ["0.00", "250.00"])
def test_a_cash_line_in_common_is_no_reason_to_ask(cash: str, tmp_path: Path) -> None:
    first = accept(preview_text(Household(), WITH_CASH.format(cash, "S&P 500 Index Fund")))
    path = tmp_path / "other-plan.csv"
    text = WITH_CASH.format(cash, "Small Cap Index Fund").replace("\t", ",")
    path.write_text(text, encoding="utf-8")
    preview = preview_files(first, [path])
    assert preview.account_question is None
    assert len(accept(preview).snapshot().accounts) == 2


def test_an_empty_line_in_common_is_no_reason_to_ask(tmp_path: Path) -> None:
    text = "Fund,Balance\nBond Index Fund,{0}\n{1},5000\n"
    for name, bonds, fund in (("a.csv", 0, "S&P 500 Index Fund"), ("b.csv", 900, "Small Cap Index Fund")):
        (tmp_path / name).write_text(text.format(bonds, fund), encoding="utf-8")
    preview = preview_files(Household(), [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert preview.account_question is None


def numbered(household: Household, number: str, stocks: int, name: str = "Rollover IRA") -> ImportPreview:
    """Return the preview of a pasted statement of one account."""
    return import_text(household, PLAN.format(number, name, stocks))


def answered(preview: ImportPreview, *, same: bool) -> Household:
    """Answer the open question and import."""
    assert preview.account_question is not None
    return accept(answer_account(preview, preview.account_question, same=same))


def test_a_full_number_is_learned_and_both_are_recognised_from_then_on() -> None:
    first = accept(numbered(Household(), "XXXXX7788", 600))
    learned = answered(numbered(first, "310547788", 640), same=True)
    for number in ("310547788", "0310547788", "XXXXX7788", "...7788"):
        preview = numbered(learned, number, 700)
        assert preview.account_question is None, number
        assert totals(accept(preview)) == [Decimal(1100)]
    other = numbered(learned, "995567788", 5000)  # a whole number that ends alike is another account
    assert other.account_question is None
    assert totals(accept(other)) == [Decimal(1040), Decimal(5400)]


def test_the_last_digits_alone_are_asked_about_and_the_full_number_is_learned() -> None:
    first = accept(numbered(Household(), "7788", 600))
    learned = answered(numbered(first, "310547788", 640), same=True)
    assert totals(learned) == [Decimal(1040)]
    assert numbered(learned, "310547788", 700).account_question is None


def test_a_masked_number_that_two_accounts_end_in_is_asked_about() -> None:
    one = accept(numbered(Household(), "310547788", 600))
    two = accept(numbered(one, "995567788", 5000))
    preview = numbered(two, "...7788", 5100)
    first = preview.account_question
    assert first is not None
    second = answer_account(preview, first, same=False).account_question
    assert second is not None  # the other one that ends alike
    assert {first.known_id, second.known_id} == {"310547788", "995567788"}
    preview = answer_account(answer_account(preview, first, same=False), second, same=False)
    assert preview.account_question is None
    assert len(totals(accept(preview))) == 3


@pytest.mark.parametrize("fund", ["S&P 500 Index Fund", "Stable Value Fund"])
def test_the_same_end_under_another_name_or_with_other_funds_is_never_merged_silently(fund: str) -> None:
    row = "Account Number,Account Name,Fund,Balance\n...7788,{0},{1},{2}\n"
    first = accept(import_text(Household(), row.format("Jane IRA", "S&P 500 Index Fund", 1000)))
    name = "Jane IRA" if fund == "Stable Value Fund" else "John 401k"
    preview = import_text(first, row.format(name, fund, 7000))
    household = answered(preview, same=False)
    assert totals(household) == [Decimal(1000), Decimal(7000)]


def test_once_told_apart_by_name_two_accounts_that_end_alike_stay_apart() -> None:
    first = accept(numbered(Household(), "...7788", 600, "Jane IRA"))
    both = answered(numbered(first, "...7788", 5000, "John 401k"), same=False)
    for name, expected in (("John 401k", [1000, 5500]), ("Jane IRA", [5500, 5400])):
        preview = numbered(both, "...7788", 5100, name)
        assert preview.account_question is None
        assert totals(accept(preview)) == [Decimal(value) for value in expected]


def test_the_names_of_one_account_may_differ_in_case_and_marks() -> None:
    first = accept(numbered(Household(), "...7788", 600, "Rollover IRA"))
    assert numbered(first, "...7788", 640, "ROLL-OVER  IRA").account_question is None


def test_last_digits_under_two_names_in_one_file_are_two_accounts() -> None:
    text = (
        "Account Number,Account Name,Fund,Balance\n7788,Jane IRA,Bond Index Fund,1000\n"
        "7788,John 401k,Bond Index Fund,300\n"
    )
    assert totals(accept(import_text(Household(), text))) == [Decimal(1000), Decimal(300)]
