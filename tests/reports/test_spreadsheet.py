"""The checklist as workbook, CSV and text for the clipboard, read back by other programs' readers."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.reports import ReportNotWrittenError, copy_text, write_csv, write_xlsx

from .examples import BOND, CORE, IRA, STOCK, TIPS, account, birch, checklist, exchange, fund, with_election

DANGEROUS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")')


def dangerous() -> Checklist:
    """Return a plan whose every name begins like a formula."""
    funds = [fund(name) for name in DANGEROUS]
    number = "12345678"
    return checklist(
        [account(number, "=1+2", [(each, "100") for each in funds])],
        [exchange(number, funds[i], funds[(i + 1) % 5], "10", why="=why") for i in range(5)],
    )


def csv_rows(made: Checklist, folder: Path) -> list[dict[str, str]]:
    write_csv(made, folder / "out.csv")
    text = (folder / "out.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def book_sheets(made: Checklist, folder: Path) -> list[Worksheet]:
    write_xlsx(made, "Birch household", folder / "out.xlsx")
    return load_workbook(folder / "out.xlsx").worksheets


def cells(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_reads_back_every_exchange(tmp_path: Path) -> None:
    made = birch().with_tick(0, ChecklistTick(done=True, confirmation="BX-1", done_on=date(2026, 11, 23)))
    rows = csv_rows(made, tmp_path)
    assert [(row["From"], row["To"], Decimal(row["Dollars"])) for row in rows] == [
        ("Prairie 500 Index", "Core Bond Index", Decimal("15400.12")),
        ("Prairie 500 Index", "Inflation-Linked Bond", Decimal("3250.50")),
        ("Prairie Small Company", "Stable Income Fund", Decimal("1118.75")),
        ("New money", "Core Bond Index", Decimal("2000.00")),
        ("Prairie 500 Index", "Global ex-US Pool", Decimal("1500.00")),
    ]
    first = rows[0]
    assert (first["Order"], first["Account"], first["Account ending"]) == ("1", "Birch Tools 401(k)", "8213")
    assert (first["Percent of from fund"], first["Units"]) == ("16.68", "61.204")
    assert (first["Done"], first["Confirmation no."], first["Date"]) == ("yes", "BX-1", "2026-11-23")
    assert (rows[3]["Percent of from fund"], rows[3]["Units"], rows[3]["Done"]) == ("", "", "")


def test_csv_is_what_excel_expects(tmp_path: Path) -> None:
    write_csv(birch(), tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfOrder,")
    assert data.count(b"\r\n") == data.count(b"\n") == 6


def test_csv_text_cannot_become_a_formula(tmp_path: Path) -> None:
    for row in csv_rows(dangerous(), tmp_path):
        for column in ("Account", "From", "To", "Why"):
            assert row[column].startswith("'")
        assert row["Dollars"] == "10.00"


def test_no_report_shows_an_account_number(tmp_path: Path) -> None:
    made = birch()
    named = replace(made.accounts[1], name=f"IRA {IRA}")
    made = replace(made, accounts=(made.accounts[0], named))
    write_csv(made, tmp_path / "out.csv")
    texts = [(tmp_path / "out.csv").read_text("utf-8-sig"), copy_text(made)]
    texts += [repr(cells(sheet)) + sheet.title for sheet in book_sheets(made, tmp_path)]
    for text in texts:
        assert IRA not in text
        assert CORE not in text


def test_copied_text_is_the_same_table_with_tabs(tmp_path: Path) -> None:
    table = [line.split("\t") for line in copy_text(birch()).split("\n")]
    write_csv(birch(), tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    assert table == list(csv.reader(io.StringIO(text, newline="")))


def test_workbook_has_a_sheet_per_account_with_exact_amounts(tmp_path: Path) -> None:
    sheets = book_sheets(birch(), tmp_path)
    assert [sheet.title for sheet in sheets] == ["Birch Tools 401(k)", "Rollover IRA"]
    rows = cells(sheets[0])
    assert [str(value) for value in rows[5][3:6]] == ["15400.12", "16.68", "61.204"]
    orders = [row for row in rows if row[0] in {1, 2, 3}]
    assert [(row[1], row[2], Decimal(str(row[3]))) for row in orders] == [
        ("Prairie 500 Index", "Core Bond Index", Decimal("15400.12")),
        ("Prairie 500 Index", "Inflation-Linked Bond", Decimal("3250.5")),
        ("Prairie Small Company", "Stable Income Fund", Decimal("1118.75")),
    ]
    in_all = next(row for row in rows if row[1] == "In all")
    assert Decimal(str(in_all[3])) == Decimal("19769.37")
    total = next(row for row in rows if row[1] == "Account total")
    assert [Decimal(str(value)) for value in total[3:7]] == [219000, 0, 219000, 100]
    checks = rows[rows.index(next(row for row in rows if row[1] == "Fund")) + 1 : rows.index(total)]
    assert [row[6] for row in checks] == [34, 14, 8, 25, 6, 13]
    assert sum(Decimal(str(row[5])) for row in checks) == 219000


def test_workbook_prints_well(tmp_path: Path) -> None:
    sheet = book_sheets(birch(), tmp_path)[0]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["B"].width >= 30
    amount = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 15400.12)
    assert "$" in amount.number_format


def test_workbook_text_cannot_become_a_formula(tmp_path: Path) -> None:
    (sheet,) = book_sheets(dangerous(), tmp_path)
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value in {*DANGEROUS, "=1+2"}]
    assert len(found) == 5 * 2 + 5 + 1
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (("A/B: [401k]?*\\", "", "'quoted'"), ("A B 401k", "Account", "quoted")),
        (("Plan", "plan", "PLAN"), ("Plan", "plan (2)", "PLAN (3)")),
        (("History", "x" * 40, "x" * 50), ("Account history", "x" * 31, "x" * 27 + " (2)")),
    ],
)
def test_sheet_names_are_ones_excel_takes(
    tmp_path: Path, names: tuple[str, ...], titles: tuple[str, ...]
) -> None:
    accounts = [account(f"9900{i}", name, [(STOCK, "10")]) for i, name in enumerate(names)]
    made = checklist(accounts, [exchange(each.id, STOCK, BOND, "1") for each in accounts])
    assert tuple(sheet.title for sheet in book_sheets(made, tmp_path)) == titles


def test_workbook_without_exchanges_says_so(tmp_path: Path) -> None:
    (sheet,) = book_sheets(checklist(list(birch().accounts), []), tmp_path)
    assert "nothing to enter" in repr(cells(sheet))


def test_control_characters_never_stop_a_workbook(tmp_path: Path) -> None:
    odd = fund("Odd\x01\x0bFund")
    made = checklist([account("12345", "Plan", [(odd, "10")])], [exchange("12345", odd, BOND, "1")])
    assert "Odd Fund" in repr(cells(book_sheets(made, tmp_path)[0]))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_refused_write_says_what_to_do_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"taken.{kind}"
    path.mkdir()
    (path / "inside").touch()
    with pytest.raises(ReportNotWrittenError, match=f"taken.{kind}.*could not be written.*another folder"):
        write_csv(birch(), path) if kind == "csv" else write_xlsx(birch(), "Birch", path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReportNotWrittenError):
        write_csv(birch(), tmp_path / "gone" / "out.csv")


def test_workbook_says_what_must_wait(tmp_path: Path) -> None:
    told = [row[0] for row in cells(book_sheets(birch(), tmp_path)[0]) if row[0]]
    assert (
        "Not before 20 Feb 2027: Move $1,204.40 from Global ex-US Pool to Government Money Market "
        "(equity wash of 90 days)."
    ) in told


def test_csv_has_a_row_for_each_fund_of_an_election(tmp_path: Path) -> None:
    rows = csv_rows(with_election(birch(), done=True), tmp_path)
    elected = [row for row in rows if row["From"].startswith("Future contributions")]
    assert [(row["From"], row["To"], row["Percent of from fund"]) for row in elected] == [
        ("Future contributions, next 12 paychecks", BOND.name, "75"),
        ("Future contributions, next 12 paychecks", TIPS.name, "25"),
    ]
    assert {row["Order"] for row in elected} == {"4"}
    assert [row["Order"] for row in rows][-1] == "6"
    assert (elected[0]["Done"], elected[0]["Confirmation no."], elected[0]["Date"]) == (
        "yes",
        "E-7",
        "2026-11-22",
    )


def test_workbook_has_the_election_now_and_afterwards(tmp_path: Path) -> None:
    rows = cells(book_sheets(with_election(birch()), tmp_path)[0])
    at = next(i for i, row in enumerate(rows) if "Future contributions" in str(row[1]))
    assert [(row[1], row[4]) for row in rows[at : at + 6]] == [
        ("Future contributions: now, for the next 12 paychecks", "Percent"),
        (BOND.name, 75),
        (TIPS.name, 25),
        ("Then, about 7 May 2027", "Percent"),
        (STOCK.name, 60),
        (BOND.name, 40),
    ]


def test_workbook_of_an_election_alone_has_no_empty_tables(tmp_path: Path) -> None:
    (sheet,) = book_sheets(with_election(checklist(list(birch().accounts), [])), tmp_path)
    words = [str(row[1]) for row in cells(sheet)]
    assert "In all" not in words
    assert "Account total" not in words
