"""The printed pages, read back from the PDF by another program."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPageRanges, QPalette, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop_app.domain.checklist import Checklist
from desktop_app.reports import ReportNotWrittenError, Sheet, checklist_sheets
from desktop_app.reports.election_part import ElectionPart
from desktop_app.reports.sheet import CheckPart, OrderPart, RulePart
from desktop_app.ui.printing import (
    PrinterRefusedError,
    UnknownPaperError,
    page_count,
    paint_sheets,
    preview_pages,
    write_pdf,
)
from tests.reports.examples import CORE, IRA, LONG_NAMES, TODAY, birch, checklist, long_list, with_election

pytestmark = pytest.mark.usefixtures("qapp")

POINTS = {"letter": (612, 792), "a4": (595, 842)}
MARGIN = 0.6


def sheets_of(made: Checklist) -> tuple[Sheet, ...]:
    return checklist_sheets(made, "Birch household", TODAY)


def read(path: Path) -> list[str]:
    """Return each page's text with single spaces."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words_of(sheet: Sheet) -> list[str]:
    """Return every word group that must stand on paper."""
    found = [sheet.kicker, sheet.footer]
    for part in sheet.parts:
        found.append(part.title)
        if isinstance(part, OrderPart):
            found.append(part.note)
            for row in part.rows:
                found += [row.source, row.target, row.dollars, row.percent, row.units, row.confirmation]
        elif isinstance(part, ElectionPart):
            found.append(part.note)
            for each in part.rows:
                found += [each.lead, each.confirmation, *(text for pair in each.shares for text in pair)]
        elif isinstance(part, RulePart):
            found += [text for rule in part.rows for text in (rule.label, rule.words)]
        elif isinstance(part, CheckPart):
            for check in (*part.rows, part.total):
                found += [check.fund, check.before, check.change, check.after, check.percent]
            found.append(part.note)
        else:
            found += ["".join(run.text for run in paragraph) for paragraph in part.paragraphs]
    return found


def birch_with_election() -> Checklist:
    return with_election(birch(), done=True)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("make", [birch, long_list, birch_with_election])
def test_everything_stands_on_paper_and_can_be_copied(tmp_path: Path, paper: str, large: bool, make) -> None:
    sheets = sheets_of(make())
    count = write_pdf(sheets, tmp_path / "out.pdf", paper, large=large)
    pages = read(tmp_path / "out.pdf")
    assert len(pages) == count == page_count(sheets, paper, large=large)
    everything = squeezed("".join(pages))
    for words in {text for sheet in sheets for text in words_of(sheet)}:
        assert squeezed(words) in everything
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {count}" in page


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_pages_have_the_size_of_the_paper(tmp_path: Path, paper: str) -> None:
    write_pdf(sheets_of(birch()), tmp_path / "out.pdf", paper)
    for page in PdfReader(tmp_path / "out.pdf").pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == POINTS[paper]


def test_account_numbers_are_masked(tmp_path: Path) -> None:
    write_pdf(sheets_of(birch()), tmp_path / "out.pdf")
    everything = squeezed("".join(read(tmp_path / "out.pdf")))
    assert "Accountending8213" in everything
    for number in (CORE, CORE.replace("-", ""), IRA):
        assert number not in everything
        assert number.encode() not in (tmp_path / "out.pdf").read_bytes()


def test_fonts_are_embedded_and_the_file_says_what_it_is(tmp_path: Path) -> None:
    write_pdf(sheets_of(birch()), tmp_path / "out.pdf")
    reader = PdfReader(tmp_path / "out.pdf")
    fonts = 0
    for page in reader.pages:
        for reference in page["/Resources"]["/Font"].values():
            (inner,) = reference.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert isinstance(descriptor, DictionaryObject)
            assert any(key.startswith("/FontFile") for key in descriptor)
            fonts += 1
    assert fonts
    assert reader.metadata is not None
    assert reader.metadata.title == "Birch household · Rebalance checklist"
    assert (reader.metadata.creator or "").startswith("Even Keel")


@pytest.mark.parametrize("large", [False, True])
def test_rows_stay_whole_and_each_page_has_the_table_head(tmp_path: Path, large: bool) -> None:
    sheets = sheets_of(long_list(24))
    write_pdf(sheets, tmp_path / "out.pdf", large=large)
    pages = read(tmp_path / "out.pdf")
    found = 0
    for page in pages:
        exchanges = page.split("Check afterwards", maxsplit=1)[0]
        amounts = re.findall(r"\$1,\d{3}\.5\d", exchanges)
        froms = re.findall(r"From\s+(?:Northwestern|Grandview)", exchanges)
        targets = re.findall(r"To\s+(?:Grandview|Harborlight)", exchanges)
        assert len(froms) == len(targets) == len(amounts)
        found += len(froms)
        if froms:
            assert exchanges.count("Confirmation no.") == 1
    assert found == 24
    assert len(pages) >= 3


def test_check_table_is_not_torn_apart_when_it_fits_a_page(tmp_path: Path) -> None:
    write_pdf(sheets_of(long_list()), tmp_path / "out.pdf")
    with_total = [page for page in read(tmp_path / "out.pdf") if "Account total" in page]
    assert len(with_total) == 1
    assert all(squeezed(name) in squeezed(with_total[0]) for name in LONG_NAMES)


def test_check_table_longer_than_a_page_repeats_its_head(tmp_path: Path) -> None:
    (sheet,) = sheets_of(long_list(1))
    table = next(part for part in sheet.parts if isinstance(part, CheckPart))
    rows = tuple(replace(table.rows[0], fund=f"Fund number {number}") for number in range(70))
    parts = tuple(replace(part, rows=rows) if isinstance(part, CheckPart) else part for part in sheet.parts)
    write_pdf([replace(sheet, parts=parts)], tmp_path / "out.pdf")
    pages = [page for page in read(tmp_path / "out.pdf") if "Fund number" in page]
    assert len(pages) >= 2
    assert all(page.count("Should be about") == 1 for page in pages)
    assert sum(len(re.findall(r"Fund number \d+", page)) for page in pages) == 70
    assert "Fund number" in pages[-1].split("Account total")[0]  # the total never stands alone


def test_a_usual_account_takes_one_page(tmp_path: Path) -> None:
    made = birch()
    (sheet, _) = sheets_of(replace(made, plan=replace(made.plan, later=())))
    rules = next(part for part in sheet.parts if isinstance(part, RulePart))
    short = replace(rules, rows=rules.rows[-4:])
    parts = tuple(short if part is rules else part for part in sheet.parts)
    for paper in ("letter", "a4"):
        assert page_count([replace(sheet, parts=parts)], paper) == 1


def test_no_exchanges_is_one_page(tmp_path: Path) -> None:
    assert write_pdf(sheets_of(checklist(list(birch().accounts), [])), tmp_path / "out.pdf") == 1
    assert "There is nothing to enter" in read(tmp_path / "out.pdf")[0]


def test_markup_in_names_is_printed_as_it_is_written(tmp_path: Path) -> None:
    (sheet, _) = sheets_of(birch())
    title = "<b>Bold</b> & <img src='file:///etc/passwd'>"
    write_pdf([replace(sheet, title=title)], tmp_path / "out.pdf")
    assert squeezed(title) in squeezed(read(tmp_path / "out.pdf")[0])


def ink_box(image: QImage) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of everything that is not white, as fractions of the page."""
    marks = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if QColor(image.pixel(x, y)).lightness() < 200
    ]
    xs, ys = [x for x, _ in marks], [y for _, y in marks]
    return (
        min(xs) / image.width(),
        min(ys) / image.height(),
        (max(xs) + 1) / image.width(),
        (max(ys) + 1) / image.height(),
    )


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("paper", "wide", "high"), [("letter", 8.5, 11.0), ("a4", 8.268, 11.693)])
def test_margins_are_free_of_ink(paper: str, wide: float, high: float, large: bool) -> None:
    for image in preview_pages(sheets_of(long_list(6)), paper, large=large, width_px=210):
        left, top, right, bottom = ink_box(image)
        slack = wide / 210  # one dot of the picture
        assert left * wide >= MARGIN - slack
        assert top * high >= MARGIN - slack
        assert (1 - right) * wide >= MARGIN - slack
        assert (1 - bottom) * high >= MARGIN - slack


def test_preview_shows_the_pages_of_the_print(tmp_path: Path) -> None:
    sheets = sheets_of(long_list())
    images = preview_pages(sheets, "a4", width_px=300)
    assert len(images) == write_pdf(sheets, tmp_path / "out.pdf", "a4")
    assert {(image.width(), image.height()) for image in images} == {(300, 424)}  # 300 × 297 / 210


def test_dark_colours_of_the_window_never_reach_paper(qtbot: QtBot) -> None:
    sheets = sheets_of(birch())
    light = preview_pages(sheets, width_px=200)
    before = QGuiApplication.palette()
    dark = QPalette(QColor("#14181C"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        dark.setColor(role, QColor("#FF8A8F"))
    try:
        QGuiApplication.setPalette(dark)
        assert preview_pages(sheets, width_px=200) == light
    finally:
        QGuiApplication.setPalette(before)


def test_only_black_ink_is_used() -> None:
    image = preview_pages(sheets_of(birch()), width_px=300)[0]
    colours = {QColor(image.pixel(x, y)).getRgb()[:3] for x in range(300) for y in range(image.height())}
    assert all(red == green == blue for red, green, blue in colours)


def test_large_print_is_a_third_larger(tmp_path: Path) -> None:
    def title_size(*, large: bool) -> float:
        sizes: list[float] = []

        def visit(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
            if "Birch" in text:
                sizes.append(size * matrix[3])

        write_pdf(sheets_of(birch()), tmp_path / "out.pdf", large=large)
        PdfReader(tmp_path / "out.pdf").pages[0].extract_text(visitor_text=visit)
        return max(abs(size) for size in sizes)

    assert title_size(large=True) / title_size(large=False) == pytest.approx(1.35, rel=0.01)


def test_numbers_of_one_column_are_equally_wide_in_any_font() -> None:
    from desktop_app.ui.printing.ink import Type, words

    before = QGuiApplication.font()
    try:
        for family in ("DejaVu Sans", "Inter", "serif"):
            QGuiApplication.setFont(QFont(family))
            widths = [words(text, Type.BODY, 1, figures=True).width for text in ("8,888.88", "4,204.96")]
            assert widths[0] == pytest.approx(widths[1], abs=6)
    finally:
        QGuiApplication.setFont(before)


def test_prints_through_a_printer(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printer.pdf"))
    sheets = sheets_of(birch())
    count = paint_sheets(sheets, printer, "a4")
    printed = PdfReader(tmp_path / "printer.pdf")
    assert len(printed.pages) == count == page_count(sheets, "a4")
    assert (round(printed.pages[0].mediabox.width), round(printed.pages[0].mediabox.height)) == POINTS["a4"]
    assert squeezed("Birch Tools 401(k)") in squeezed(printed.pages[0].extract_text())


@pytest.mark.parametrize(("chosen", "printed"), [("2", ["2"]), ("2-3", ["2", "3"]), ("7-9", ["1", "2", "3"])])
def test_only_the_pages_chosen_in_the_dialog_are_printed(
    tmp_path: Path, chosen: str, printed: list[str]
) -> None:
    """A range past the end is no wish at all."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printer.pdf"))
    printer.setPageRanges(QPageRanges.fromString(chosen))
    assert paint_sheets(sheets_of(birch()), printer, "letter") == len(printed)
    texts = [page.extract_text() for page in PdfReader(tmp_path / "printer.pdf").pages]
    assert [re.findall(r"Page\s(\d)\sof\s3", text) for text in texts] == [[number] for number in printed]


def test_a_failed_write_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    taken = tmp_path / "out.pdf"
    taken.mkdir()
    (taken / "inside").touch()
    with pytest.raises(ReportNotWrittenError, match=r"“out\.pdf” could not be written"):
        write_pdf(sheets_of(birch()), taken)
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_a_second_pdf_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(b"old")
    write_pdf(sheets_of(birch()), path)
    assert path.read_bytes().startswith(b"%PDF")
    assert len(PdfReader(io.BytesIO(path.read_bytes())).pages) == 3


@pytest.mark.parametrize("paper", ["legal", "", "LETTERS"])
def test_unknown_paper_is_named(tmp_path: Path, paper: str) -> None:
    with pytest.raises(UnknownPaperError, match="Use letter or a4"):
        write_pdf(sheets_of(birch()), tmp_path / "out.pdf", paper)
    assert not list(tmp_path.iterdir())


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_device_that_does_not_start_is_told(tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "gone" / "out.pdf"))
    with pytest.raises(PrinterRefusedError, match="save the checklist as a PDF"):
        paint_sheets(sheets_of(birch()), writer)
