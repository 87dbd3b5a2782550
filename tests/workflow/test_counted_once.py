"""Several files of one account in one preview: its money is counted once, its history is no question."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.workflow.joined import joined
from desktop_app.workflow.statements import (
    ImportPreview,
    accept,
    answer_account,
    answer_missing,
    preview_files,
)

HEAD = "Statement as of {0}\nAccount Number,Fund Name,Ticker,Units,Price,Balance\n"
SEPTEMBER = HEAD.format("09/30/2026") + (
    "0045678123,Vanguard 500 Index,VFIAX,100,500.00,50000.00\n"
    "0045678123,Vanguard Total Bond,VBTLX,1000,10.00,10000.00\n"
    "0045678123,Stable Value Fund,,5000,1.00,5000.00\n"
)
OCTOBER = HEAD.format("10/31/2026") + (
    "45678123,Vanguard 500 Index,VFIAX,101,510.00,51510.00\n"
    "45678123,Vanguard Total Bond,VBTLX,1001,10.00,10010.00\n"
)
NOVEMBER = HEAD.format("11/20/2026") + (
    "XXXX8123,Vanguard 500 Index,VFIAX,102,515.00,52530.00\n"
    "XXXX8123,Vanguard Total Bond,VBTLX,1002,10.00,10020.00\n"
    "XXXX8123,Stable Value Fund,,5050,1.00,5050.00\n"
)
NOVEMBER_WITHOUT = NOVEMBER.replace("XXXX8123,Stable Value Fund,,5050,1.00,5050.00\n", "")


@pytest.fixture
def write(tmp_path: Path):
    def do(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return do


@pytest.fixture
def owner(write) -> Household:
    return accept(preview_files(Household(), [write("sep.csv", SEPTEMBER)]))


def together(owner: Household, write, november: str = NOVEMBER) -> ImportPreview:
    october = preview_files(owner, [write("oct.csv", OCTOBER)])
    preview = joined(october, preview_files(owner, [write("nov.csv", november)]))
    match = preview.account_question
    assert match is not None
    return answer_account(preview, match, same=True)


def test_two_files_of_one_account_count_its_newest_figures_once(owner, write) -> None:
    preview = together(owner, write)
    assert preview.account_count == 1
    assert preview.holding_count == 3
    assert preview.total == Decimal(67600)  # 52,530 + 10,020 + 5,050, the file of 20 November
    assert accept(preview).snapshot().total == preview.total


def test_a_fund_that_the_newest_file_has_is_no_question(owner, write) -> None:
    assert together(owner, write).missing == ()


def test_a_fund_that_all_newer_files_leave_out_is_asked_about_once(owner, write) -> None:
    preview = together(owner, write, NOVEMBER_WITHOUT)
    (missing,) = preview.missing
    assert [holding.fund.name for holding in missing.holdings] == ["Stable Value Fund"]
    assert missing.statement == 1  # the file whose figures count
    assert missing.gained == Decimal(2550)  # 62,550 in November less 60,000 in September
    kept = answer_missing(preview, missing, kept=True)
    assert accept(kept).snapshot().total == Decimal(67550)


def test_a_fund_sold_between_two_files_of_one_import_is_asked_about(write) -> None:
    paths = [write("sep.csv", SEPTEMBER), write("oct.csv", OCTOBER)]
    (missing,) = preview_files(Household(), paths).missing
    assert (missing.statement, missing.total) == (1, Decimal(5000))


def test_files_in_any_order_count_the_newest(write) -> None:
    paths = [write("a.csv", OCTOBER), write("b.csv", SEPTEMBER)]
    preview = preview_files(Household(), paths)
    assert (preview.account_count, preview.holding_count) == (1, 2)
    assert preview.total == Decimal(61520) == accept(preview).snapshot().total


def test_another_account_counts_beside(owner, write) -> None:
    preview = together(owner, write)
    (match,) = [each for each in preview.matches if each.statement == 1]
    other = answer_account(preview, match, same=False)
    assert other.account_count == 2
    assert other.total == Decimal(61520) + Decimal(67600)


def test_a_file_like_one_of_the_same_import_becomes_the_account_that_one_became(write) -> None:
    """XXXX8123 fits 45678123 of October best, which is 0045678123 of September under another spelling."""
    start = accept(preview_files(Household(), [write("sep.csv", SEPTEMBER)]))
    paths = [write("oct.csv", OCTOBER), write("nov.csv", NOVEMBER_WITHOUT)]
    preview = preview_files(start, paths)
    match = preview.account_question
    assert match is not None
    assert len(accept(answer_account(preview, match, same=True)).snapshot().accounts) == 1


def test_figures_older_than_todays_are_history(owner, write) -> None:
    older = SEPTEMBER.replace("09/30/2026", "08/31/2026").replace("50000.00", "49000.00")
    preview = preview_files(owner, [write("aug.csv", older)])
    assert preview.history == {(0, 0)}
    assert accept(preview).snapshot().total == Decimal(65000)
    assert together(owner, write).history == {(0, 0)}
