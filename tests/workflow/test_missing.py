"""Funds that a newer file leaves out are asked about, never dropped in silence."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.household import Household
from desktop_app.importers import read_table_text
from desktop_app.workflow.missing import find_missing, keep_missing, says_the_same
from desktop_app.workflow.statements import (
    accept,
    answer_missing,
    leave_out,
    likely_date,
    preview_files,
    preview_text,
    set_date,
)

HEAD = "As of {0}\nAccount Number\tFund\tBalance\n"
BEFORE = HEAD.format("06/30/2026") + (
    "44556321\tS&P 500 Index Fund\t6000\n44556321\tBond Index Fund\t3000\n44556321\tStable Value Fund\t1000\n"
)
SOLD = HEAD.format("09/30/2026") + ("44556321\tS&P 500 Index Fund\t6100\n44556321\tBond Index Fund\t4000\n")


def owner() -> Household:
    """A household with three funds of 30 June."""
    return accept(preview_text(Household(), BEFORE))


def test_a_fund_left_out_is_found_with_what_the_others_gained() -> None:
    found = find_missing(owner(), [read_table_text(SOLD, "new")])
    assert [(m.name, [h.fund.name for h in m.holdings], m.total, m.gained) for m in found] == [
        ("Account ending 6321", ["Stable Value Fund"], Decimal(1000), Decimal(1100))
    ]


def test_kept_holdings_come_along_at_their_last_value_and_say_so() -> None:
    statement = read_table_text(SOLD, "new")
    (missing,) = find_missing(owner(), [statement])
    (kept,) = keep_missing([statement], [replace(missing, kept=True, answered=True)])
    assert kept.total == Decimal(11100)
    assert any("Stable Value Fund" in issue.message for issue in kept.issues)
    assert keep_missing([statement], [missing]) == (statement,)


def test_older_and_known_files_and_empty_holdings_are_no_question() -> None:
    older = read_table_text(SOLD.replace("09/30/2026", "03/31/2026"), "old")
    assert find_missing(owner(), [older]) == ()
    assert find_missing(owner(), [read_table_text(BEFORE, "again")]) == ()
    emptied = accept(
        preview_text(Household(), BEFORE.replace("Stable Value Fund\t1000", "Stable Value Fund\t0"))
    )
    assert find_missing(emptied, [read_table_text(SOLD, "new")]) == ()


def test_the_same_fund_by_symbol_in_one_file_and_by_name_in_the_next_is_not_missing() -> None:
    by_symbol = "Account Number\tSymbol\tFund\tBalance\n44556321\tVFIAX\tVanguard 500 Index Admiral\t6000\n"
    by_name = "Account Number\tFund\tBalance\n44556321\tVANGUARD 500 INDEX ADMIRAL\t6100\n"
    first = accept(preview_text(Household(), by_symbol))
    assert find_missing(first, [read_table_text(by_name, "new")]) == ()


def test_two_downloads_of_one_day_say_the_same_whatever_their_footers() -> None:
    one = read_table_text(BEFORE, "a")
    assert says_the_same(one, read_table_text(BEFORE + "\nThank you for saving with us.\n", "b"))
    assert not says_the_same(one, read_table_text(SOLD, "c"))


def test_the_preview_asks_and_the_answer_decides_what_is_counted() -> None:
    preview = preview_text(owner(), SOLD)
    question = preview.missing_question
    assert question is not None
    assert accept(preview).snapshot().total == Decimal(10100)
    gone = answer_missing(preview, question, kept=False)
    assert gone.missing_question is None
    assert accept(gone).snapshot().total == Decimal(10100)
    kept = answer_missing(preview, question, kept=True)
    assert kept.missing_question is None
    assert accept(kept).snapshot().total == Decimal(11100)
    assert (gone.total, kept.total) == (Decimal(10100), Decimal(11100))  # what is shown is what is stored


def test_old_figures_and_another_download_of_the_same_are_told() -> None:
    again = preview_text(owner(), BEFORE + "\nThank you for saving with us.\n")
    told = {check.words: check.ok for check in replace(again, today=date(2026, 9, 30)).checks}
    assert told["The figures are 92 days old"] is False
    assert told["Another download of figures you have"] is True
    fresh = {check.words for check in replace(again, today=date(2026, 7, 15)).checks}
    assert not any("days old" in words for words in fresh)
    early = {check.words for check in replace(again, today=date(2026, 6, 1)).checks}
    assert "The file's date lies in the future" in early


def test_of_several_files_every_check_names_its_own(tmp_path: Path) -> None:
    for name, text in (("june.tsv", BEFORE), ("september.tsv", SOLD)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    preview = preview_files(Household(), [tmp_path / "june.tsv", tmp_path / "september.tsv"])
    told = [check.detail for check in replace(preview, today=date(2026, 11, 22)).checks]
    assert any(detail.startswith("june.tsv: Prices have moved") for detail in told)
    assert any(detail.startswith("september.tsv: Prices have moved") for detail in told)


UNDATED = "Account Number,Fund,Balance\n44556321,Bond Index Fund,3000\n"


def test_the_day_of_an_undated_file_is_asked_for_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "balances.csv"
    path.write_text(UNDATED, encoding="utf-8")
    os.utime(path, (1789000000, 1789000000))  # 9 September 2026
    preview = preview_files(Household(), [path])
    assert preview.date_question == 0
    assert likely_date(preview, 0, date(2026, 11, 22)) in {date(2026, 9, 9), date(2026, 9, 10)}
    assert likely_date(preview, 0, date(2026, 9, 1)) == date(2026, 9, 1)
    said = set_date(preview, 0, date(2026, 9, 5))
    assert said.date_question is None
    assert leave_out(said, 0, 99).statements[0].as_of == date(2026, 9, 5)
    assert accept(said).snapshot().as_of == date(2026, 9, 5)
    left_open = set_date(preview, 0, None)
    assert left_open.date_question is None
    assert accept(left_open).snapshot().as_of is None
