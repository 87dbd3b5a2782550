"""From files to the document: previews, questions, and nothing twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.workflow.statements import accept, answer, preview_files, preview_text

HEADER = "Account Number,Fund Name,Shares,Price,Market Value,As of Date\n"


def statement(folder: Path, name: str, day: str, stocks: str) -> Path:
    """Write a small statement of one account and return its path."""
    path = folder / name
    path.write_text(
        f"{HEADER}0042,S&P 500 Index Fund,10,{stocks},{Decimal(stocks) * 10},{day}\n"
        f"0042,Mystery Pool Q,5,20.00,100.00,{day}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A statement of the end of June."""
    return statement(tmp_path, "june.csv", "06/30/2026", "50.00")


def test_unknown_fund_is_asked_about_and_remembered(first: Path, tmp_path: Path) -> None:
    preview = preview_files(Household(), [first])
    (question,) = preview.questions
    assert (question.fund.name, question.value) == ("Mystery Pool Q", Decimal("100.00"))
    tips = AssetMix.single(AssetClass.TIPS)
    household = accept(answer(preview, question.fund.key, tips))
    later = preview_files(household, [statement(tmp_path, "july.csv", "07/31/2026", "52.00")])
    assert later.questions == ()
    fund = accept(later).snapshot().accounts[0].holdings[1].fund
    assert (fund.mix, fund.classified_by) == (tips, ClassifiedBy.USER)


def test_nothing_is_stored_before_it_is_accepted(first: Path) -> None:
    preview = preview_files(Household(), [first])
    assert preview.household == Household()
    assert (preview.holding_count, preview.total) == (2, Decimal("600.00"))


def test_newest_statement_counts_whatever_the_order(first: Path, tmp_path: Path) -> None:
    july = statement(tmp_path, "july.csv", "07/31/2026", "52.00")
    for order in ([first, july], [july, first]):
        household = accept(preview_files(Household(), order))
        (account,) = household.snapshot().accounts
        assert (account.id, account.total) == ("0042", Decimal("620.00"))


def test_same_file_twice_is_stored_once(first: Path) -> None:
    household = accept(preview_files(Household(), [first, first]))
    assert len(household.statements) == 1
    again = preview_files(household, [first])
    assert any("before" in check.words and not check.ok for check in again.checks)
    assert accept(again) == household


def test_older_statement_is_pointed_out(first: Path, tmp_path: Path) -> None:
    july = statement(tmp_path, "july.csv", "07/31/2026", "52.00")
    household = accept(preview_files(Household(), [july]))
    checks = {check.words: check.ok for check in preview_files(household, [first]).checks}
    assert checks["Older than what you have"] is False
    other = statement(tmp_path, "again.csv", "07/31/2026", "53.00")
    assert "Of the same day as what you have" in {c.words for c in preview_files(household, [other]).checks}
    newer = statement(tmp_path, "august.csv", "08/31/2026", "52.00")
    assert {check.words: check.ok for check in preview_files(household, [newer]).checks}[
        "Newer than what you have"
    ]


def test_units_times_price_is_checked(first: Path) -> None:
    checks = {check.words: check for check in preview_files(Household(), [first]).checks}
    assert checks["Units × price = value"].ok
    assert "2 rows" in checks["Units × price = value"].detail


def test_a_total_that_disagrees_is_said(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(
        "Fund,Value\nS&P 500 Index Fund,600.00\nBond Index Fund,300.00\nTotal,1000.00\n", encoding="utf-8"
    )
    wrong = [check for check in preview_files(Household(), [path]).checks if not check.ok]
    assert sum("1,000.00" in check.words and "900.00" in check.words for check in wrong) == 1


def test_bad_file_is_a_problem_and_the_rest_stays(first: Path, tmp_path: Path) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    preview = preview_files(Household(), [picture, first])
    (problem,) = preview.problems
    assert problem.file == "photo.csv"
    assert "picture" in problem.message.lower() or "png" in problem.message.lower()
    assert preview.holding_count == 2


def test_pasted_table(first: Path) -> None:
    text = first.read_text(encoding="utf-8").replace(",", "\t")
    assert preview_text(Household(), text).total == Decimal("600.00")
    assert preview_text(Household(), "just words").problems


def test_a_total_that_holds_with_the_loan_is_no_mismatch(tmp_path: Path) -> None:
    path = tmp_path / "loan.csv"
    path.write_text(
        "Fund,Value\nS&P 500 Index Fund,600.00\nBond Index Fund,300.00\nLoan balance,100.00\nTotal,1000.00\n",
        encoding="utf-8",
    )
    checks = preview_files(Household(), [path]).checks
    assert [check.words for check in checks if check.words.startswith("Total")] == [
        "Total agrees but for what was left out"
    ]


def test_the_same_file_twice_in_one_drop_counts_once_and_is_told(tmp_path: Path) -> None:
    for name in ("one.csv", "copy.csv"):
        (tmp_path / name).write_text("Fund,Value\nBond Index Fund,300.00\n", encoding="utf-8")
    preview = preview_files(Household(), [tmp_path / "one.csv", tmp_path / "copy.csv"])
    assert preview.holding_count == 1
    assert [problem.message for problem in preview.problems] == [
        "“copy.csv” is the same file as “one.csv”. It was read once."
    ]
