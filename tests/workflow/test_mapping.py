"""Answers about files: what they change at once, what is remembered, and what stays as it was."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.errors import UserError
from desktop_app.domain.hints import ColumnRole, TableMapping
from desktop_app.domain.household import Household
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.storage import load_document, save_document
from desktop_app.workflow.by_hand import TypedRow, typed_preview
from desktop_app.workflow.statements import (
    ImportPreview,
    Need,
    accept,
    answer,
    as_read,
    count_line,
    is_judged,
    leave_out,
    preview_files,
    preview_text,
    set_value,
    sketches,
    try_mapping,
    with_mapping,
    with_password,
)

JUNE = "Blip,Zonk,Wib 06/30/2026\nAlder Growth Fund,4.5,210.10\nBirch Bond Fund,2.5,88.00\n"
JULY = "Blip,Zonk,Wib 07/31/2026\nAlder Growth Fund,4.5,215.00\nBirch Bond Fund,2.5,90.00\n"
PLAIN = "Fund,Value\nCedar Index Fund,40.00\nMystery Pool Q,60.00\n"
PASSWORD = "oak & elm"


def write(folder: Path, **texts: str) -> list[Path]:
    """Write text files and return their paths."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{name}.csv" for name in texts]


def said(preview: ImportPreview, source: StatementSource, value: int = 2) -> TableMapping:
    """Return what the user says in the dialog: the fund first, the value in column `value`."""
    (sketch,) = sketches(preview, source)
    return TableMapping(sketch.fingerprint, ((0, ColumnRole.NAME), (value, ColumnRole.VALUE)))


def problem_source(preview: ImportPreview) -> StatementSource:
    """Return what the only problem of a preview was read from."""
    (problem,) = preview.problems
    assert problem.source is not None
    return problem.source


def funds(preview: ImportPreview) -> list[tuple[str, Decimal]]:
    """Return all that would be imported."""
    return [(r.fund.name, r.value) for s in preview.statements for a in s.accounts for r in a.rows]


def test_columns_are_asked_once_and_known_the_next_month(tmp_path: Path) -> None:
    june, july, plain = write(tmp_path, june=JUNE, july=JULY, plain=PLAIN)
    preview = preview_files(Household(), [june, plain])
    (problem,) = preview.problems
    assert problem.needs is Need.COLUMNS
    source = problem_source(preview)
    mapping = said(preview, source)
    assert try_mapping(preview, source, mapping).total == Decimal("298.10")
    solved = with_mapping(preview, source, mapping)
    assert solved.problems == ()
    assert solved.total == Decimal("398.10")
    before = Household(name="Alders")
    household = accept(replace(solved, household=before))
    assert household.mappings == (mapping,)
    path = tmp_path / "alders.keel"
    save_document(household, path)
    later = preview_files(load_document(path), [july])
    assert funds(later) == [("Alder Growth Fund", Decimal("215.00")), ("Birch Bond Fund", Decimal("90.00"))]
    assert before.mappings == ()
    assert preview_files(before, [july]).problems


def test_a_wrong_answer_can_be_put_right(tmp_path: Path) -> None:
    preview = preview_files(Household(), write(tmp_path, june=JUNE))
    source = problem_source(preview)
    wrong = with_mapping(preview, source, said(preview, source, value=1))
    assert wrong.total == Decimal("7.0")
    right = with_mapping(wrong, wrong.sources[0], said(wrong, wrong.sources[0]))
    assert right.total == Decimal("298.10")
    household = accept(wrong)
    again = preview_files(household, [tmp_path / "june.csv"])
    assert "You imported this file before" in {check.words for check in again.checks}
    assert accept(again) == household
    mended = accept(with_mapping(again, again.sources[0], said(again, again.sources[0])))
    assert mended.snapshot().total == Decimal("298.10")
    assert mended.mappings == (said(again, again.sources[0]),)


def test_one_answer_reads_every_such_file(tmp_path: Path) -> None:
    preview = preview_files(Household(), write(tmp_path, june=JUNE, july=JULY))
    source = preview.problems[0].source
    assert source is not None
    solved = with_mapping(preview, source, said(preview, source))
    assert [statement.file for statement in solved.statements] == ["june.csv", "july.csv"]
    assert solved.problems == ()


def test_columns_without_money_are_refused_and_change_nothing(tmp_path: Path) -> None:
    preview = preview_files(Household(), write(tmp_path, june=JUNE))
    source = problem_source(preview)
    mapping = TableMapping(said(preview, source).fingerprint, ((0, ColumnRole.NAME),))
    for attempt in (try_mapping, with_mapping):
        with pytest.raises(UserError, match="No column is marked as value"):
            attempt(preview, source, mapping)
    assert preview.problems[0].needs is Need.COLUMNS


def test_answers_survive_another_reading() -> None:
    preview = preview_text(Household(), PLAIN)
    (question,) = [q for q in preview.questions if q.fund.name == "Mystery Pool Q"]
    tips = AssetMix.single(AssetClass.TIPS)
    preview = answer(preview, question.fund.key, tips)
    again = set_value(preview, 0, 3, Decimal("61.00"))
    assert again.answers == ((question.fund.key, tips),)
    assert again.total == Decimal("101.00")


def test_lines_are_left_out_counted_valued_and_given_back() -> None:
    text = "Fund,Value\nElm Fund,10.00\nOwl,about 3 or 4\nTotal,14.00\n"
    preview = preview_text(Household(), text)
    (check,) = [check for check in preview.checks if check.issue is not None and check.issue.line == 3]
    assert check.issue is not None
    assert check.statement == 0
    assert check.issue.quick == (QuickFix.VALUE, QuickFix.LEAVE_OUT)
    valued = set_value(preview, 0, 3, Decimal("4.00"))
    assert valued.total == Decimal("14.00")
    assert all(check.ok for check in valued.checks if "date" not in check.words)
    assert leave_out(valued, 0, 3).total == Decimal("10.00")
    assert count_line(valued, 0, 4).total == Decimal("28.00")
    assert is_judged(valued, 0, 3)
    back = as_read(valued, 0, 3)
    assert (back.total, is_judged(back, 0, 3)) == (Decimal("10.00"), False)
    assert accept(valued).statements[0].digest != accept(preview).statements[0].digest


def test_nothing_a_preview_needs_is_saved(tmp_path: Path) -> None:
    household = accept(preview_text(Household(), "Fund,Value\nElm Fund,10.00\nOwl,about 3 or 4\n"))
    assert not any(issue.quick for statement in household.statements for issue in statement.issues)
    path = tmp_path / "a.keel"
    save_document(household, path)
    assert load_document(path) == household


def locked_book() -> bytes:
    """Return a protected workbook with one fund of $70."""
    book = Workbook()
    for row in (["Fund", "Value"], ["Alder Growth Fund", 70]):
        book.active.append(row)
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(PASSWORD, out)
    return out.getvalue()


def test_a_password_is_asked_until_it_is_right(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(locked_book())
    preview = preview_files(Household(), [path, *write(tmp_path, plain=PLAIN)])
    assert [problem.needs for problem in preview.problems] == [Need.PASSWORD]
    wrong = with_password(preview, preview.problems[0], "maple")
    assert [problem.needs for problem in wrong.problems] == [Need.PASSWORD]
    assert "does not open" in wrong.problems[0].message
    right = with_password(wrong, wrong.problems[0], PASSWORD)
    assert right.problems == ()
    assert right.total == Decimal("170.00")
    assert PASSWORD not in repr(right)
    assert leave_out(right, 1, 2, "Sheet").total == Decimal("100.00")


def test_folders_and_archives_become_one_preview(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, plain=PLAIN)
    archive = tmp_path / "more.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("june.csv", JUNE)
        packed.writestr("ira.csv", "Fund,Value\nElm Fund,5.00\n")
    preview = preview_files(Household(), [folder, archive, tmp_path / "gone.csv"])
    assert [statement.file for statement in preview.statements] == ["plain.csv", "more.zip › ira.csv"]
    assert [problem.needs for problem in preview.problems] == [Need.COLUMNS, Need.NOTHING]
    source = preview.problems[0].source
    assert source is not None
    assert with_mapping(preview, source, said(preview, source)).total == Decimal("403.10")


def test_a_reading_tells_its_share_and_can_be_stopped(tmp_path: Path) -> None:
    paths = write(tmp_path, plain=PLAIN, other=PLAIN.replace("40", "41"))
    shares: list[float] = []
    preview_files(Household(), paths, shares.append)
    assert shares[-1] == 1.0
    assert shares == sorted(shares)

    def stop(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        preview_files(Household(), paths, stop)


def test_holdings_typed_by_hand_are_imported_like_any_others() -> None:
    day = date(2026, 10, 31)
    rows = [
        TypedRow("Alder Growth Fund", units=Decimal("2.5"), price=Decimal("4.01")),
        TypedRow(""),
        TypedRow("", "vbtlx", value=Decimal("7.255")),
    ]
    household = accept(typed_preview(Household(), "Acme 401(k)", "", day, rows))
    (account,) = household.snapshot().accounts
    assert (account.name, account.as_of) == ("Acme 401(k)", day)
    assert [holding.value for holding in account.holdings] == [Decimal("10.03"), Decimal("7.26")]
    assert account.holdings[1].fund.symbol == "VBTLX"
    assert account.holdings[1].fund.mix == AssetMix.single(AssetClass.US_BOND)


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("Plan", [], "No holding was typed"),
        ("Plan", [TypedRow("  ")], "No holding was typed"),
        (" ", [TypedRow("Elm", value=Decimal(1))], "no name"),
        (
            "Plan",
            [TypedRow("Elm", value=Decimal(1)), TypedRow("Owl", units=Decimal(1))],
            "Holding 2 has no value",
        ),
        ("Plan", [TypedRow("", value=Decimal(1))], "Holding 1 has no fund"),
        ("Plan", [TypedRow("Elm", value=Decimal("NaN"))], "which no holding has"),
    ],
)
def test_unfinished_typing_is_a_sentence(name: str, rows: list[TypedRow], words: str) -> None:
    with pytest.raises(UserError, match=words):
        typed_preview(Household(), name, "", date(2026, 10, 31), rows)


def test_remembered_columns_are_said_to_be_remembered_and_can_be_changed(tmp_path: Path) -> None:
    june, july = write(tmp_path, june=JUNE, july=JULY)
    first = preview_files(Household(), [june])
    mapped = with_mapping(first, first.problems[0].source, said(first, first.problems[0].source))
    assert "Columns are as you chose them" in {check.words for check in mapped.checks}
    later = preview_files(accept(mapped), [july])
    (told,) = [check for check in later.checks if check.words == "Columns are as you chose them before"]
    assert told.ok
    assert told.issue is not None
    assert told.issue.quick == (QuickFix.COLUMNS,)
    assert told.statement == 0
    changed = with_mapping(later, later.sources[0], said(later, later.sources[0], value=1))
    assert changed.total == Decimal("7.00")
    assert "Columns are as you chose them" in {check.words for check in changed.checks}


def test_columns_nobody_chose_are_not_spoken_of(tmp_path: Path) -> None:
    (plain,) = write(tmp_path, plain=PLAIN)
    assert not any("chose" in check.words for check in preview_files(Household(), [plain]).checks)
