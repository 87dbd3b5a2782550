"""The History page as a user sees it: charts that read out, a table with the same numbers, files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.classes import ClassFamily as F
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.household import Household
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.charts import MarkShape, axis_dollars, axis_number, axis_percent
from desktop_app.ui.document import Document
from desktop_app.ui.models.history_model import Column, HistoryTableModel, family_column, shown_columns
from desktop_app.ui.models.history_view import HistoryView
from desktop_app.ui.models.history_words import (
    adding_tenths,
    band_words,
    day_marks,
)
from desktop_app.ui.pages.history import HistoryPage
from desktop_app.ui.theme import apply_theme, set_text_scale, theme
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look

from .page_household import SEVENTY_THIRTY, SIXTY_FORTY, TODAY, make_fund, make_row

D = Decimal
STOCK, BOND = make_fund("Blue Chip Index", C.US_LARGE), make_fund("Core Bond Index", C.US_BOND)
Show = Callable[..., HistoryPage]


def month(day: date, stocks: tuple[str, str], bonds: tuple[str, str]) -> Statement:
    rows = (make_row(2, STOCK, stocks[0], stocks[1], "1"), make_row(3, BOND, bonds[0], bonds[1], "1"))
    account = StatementAccount("70011234", "Brookside Mills 401(k)", rows)
    return Statement(f"{day}.csv", "generic", day, AsOfKind.VALUATION, (account,), digest=str(day))


# Stocks rise from 10 to 11 and 12 dollars a unit, then 50 units are exchanged for bonds at 10.
STATEMENTS = (
    month(date(2026, 6, 30), ("60000", "6000"), ("40000", "4000")),
    month(date(2026, 7, 31), ("66000", "6000"), ("40000", "4000")),
    month(date(2026, 8, 31), ("72000", "6000"), ("41000", "4100")),  # and 1,000 dollars were paid in
    month(date(2026, 9, 30), ("71400", "5950"), ("41600", "4160")),
)
TARGETS = (
    replace(SIXTY_FORTY, since=date(2026, 6, 1)),
    replace(SEVENTY_THIRTY, since=date(2026, 8, 15), reason="=calmer nights"),
)
LOG = (PastExchange("70011234", "Blue Chip Index", "Core Bond Index", D(600), date(2026, 9, 10)),)


def household(
    statements: tuple[Statement, ...] = STATEMENTS, targets: tuple[TargetAllocation, ...] = TARGETS
) -> Household:
    return Household(name="Willow household", statements=statements, targets=targets, log=LOG)


@pytest.fixture
def shown(qtbot, qapp) -> Iterator[Show]:
    apply_theme(qapp, "light")

    def show(start: Household | None = None, width: int = 1080, height: int = 716) -> HistoryPage:
        page = HistoryPage(Document(start or household(), lambda: TODAY))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        qtbot.waitExposed(page)
        return page

    yield show
    set_text_scale(1.0)
    apply_theme(qapp, "light")


def table_of(page: HistoryPage) -> list[list[str]]:
    model = page.table.history_model
    shown = [column for column in Column if not page.table.isColumnHidden(column)]
    return [[str(model.index(r, c).data()) for c in shown] for r in range(model.rowCount())]


def headers_of(page: HistoryPage) -> list[str]:
    model = page.table.history_model
    return [
        str(model.headerData(column, Qt.Orientation.Horizontal))
        for column in Column
        if not page.table.isColumnHidden(column)
    ]


# Charts


def test_the_newest_numbers_are_said_first(shown: Show) -> None:
    page = shown()
    assert page.value.title.text() == "Value by class"
    assert page.value.help.text() == "4 statements"
    assert page.band.box.currentText() == "Stocks against its band"
    assert page.band.now.text() == "63.2\u00a0%, band ends at 65.0\u00a0%"
    assert page.drift.now.text() == "6.8 points"


def test_keys_read_out_every_chart_at_once(shown: Show, qtbot) -> None:
    page = shown()
    qtbot.keyClick(page.value.chart, Qt.Key.Key_Left)  # begins at the last one
    qtbot.keyClick(page.value.chart, Qt.Key.Key_Left)
    lines = [line.told() for line in page.value.read_out.lines()]
    assert lines == [
        "31 Aug 2026 $113,000.00",
        "US large $72,000 63.7\u00a0%",
        "US bonds $41,000 36.3\u00a0%",
    ]
    assert page.band.now.text() == "63.7\u00a0%, band ends at 65.0\u00a0%"  # 6.3 points under 70
    assert page.drift.now.text() == "6.3 points"
    assert page.split.change.title.text() == "Value +$7,000.00"
    told = [chip.accessibleName() for chip in page.split.change.chips if not chip.isHidden()]
    assert told == ["Markets +$6,000.00", "Money moved +$1,000.00"]
    qtbot.keyClick(page.drift.chart, Qt.Key.Key_Escape)
    assert page.value.read_out.isHidden()


def test_the_pointer_reads_out_too(shown: Show, qtbot) -> None:
    page = shown()
    chart = page.value.chart
    qtbot.mouseMove(chart.viewport(), QPoint(round(chart.pixel_of(page.view.xs[1])), 120))
    assert page.value.read_out.lines()[0].told() == "31 Jul 2026 $106,000.00"


def test_where_the_drift_came_from_adds_up(shown: Show) -> None:
    page = shown()
    # since the exchange of 10 Sep no interval has gone by; the new target of 15 Aug was met by the August
    # statement: 63.717 % of 70 %, then 600 dollars moved out of stocks: 63.186 %, that is 0.531 points more
    assert page.split.drift.title.text() == "Where the 6.8 points came from"
    told = [chip.accessibleName() for chip in page.split.drift.chips if not chip.isHidden()]
    assert told == ["At the start 6.3", "Markets 0.0", "Money moved 0.5"]
    assert page.split.drift.since.text() == "since 31 Aug 2026"


def test_a_press_on_an_area_chooses_its_class(shown: Show, qtbot) -> None:
    page = shown(household(targets=(replace(LEAVES, since=date(2026, 6, 1)),)))
    chart = page.value.chart
    x = round(chart.pixel_of(page.view.xs[1]) + 20)
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, round(chart.row_of(20_000))))
    assert page.chosen_class() is C.US_BOND
    assert page.band.box.currentText() == "US bonds against its band"
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert page.chosen_class() is C.US_LARGE
    qtbot.mouseClick(page.value.chips[F.US_BONDS], Qt.MouseButton.LeftButton)
    assert page.chosen_class() is C.US_BOND
    page.band.box.setCurrentIndex(page.view.classes.index(C.STOCKS))
    assert page.chosen_class() is C.STOCKS
    page.choose_key("us_large")  # as other pages name it
    assert page.chosen_class() is C.US_LARGE


LEAVES = TargetAllocation.from_names({"us_large": "0.6", "us_bond": "0.4"})


def test_up_and_down_walk_the_classes_of_the_band(shown: Show, qtbot) -> None:
    page = shown()
    assert [page.band.box.itemText(i) for i in range(page.band.box.count())] == [
        "Stocks against its band",
        "Fixed income against its band",
    ]
    qtbot.keyClick(page.band.chart, Qt.Key.Key_Down)
    assert page.chosen_class() is C.FIXED_INCOME
    assert page.band.now.text() == "36.8\u00a0%, band ends at 35.0\u00a0%"


def test_marks_are_the_same_on_every_chart(shown: Show) -> None:
    page = shown()
    days = [(each.day, each.words, each.of_target) for each in page.view.days]
    assert days == [(date(2026, 8, 15), "New target", True), (date(2026, 9, 10), "Exchanged", False)]
    assert page.view.days[0].told == "15 Aug 2026\nNew target: =calmer nights"
    assert page.view.days[1].told == "10 Sep 2026\nExchanged: 1 exchange, $600.00"
    marks = [chart.marks() for chart in (page.value.chart, page.band.chart, page.drift.chart)]
    assert marks[0] == marks[1] == marks[2]
    assert [mark.shape for mark in marks[0]] == [MarkShape.DIAMOND, MarkShape.CIRCLE]


def test_range_buttons_zoom_and_a_free_zoom_is_none_of_them(shown: Show, qtbot) -> None:
    years = tuple(
        month(date(2020 + i // 12, 1 + i % 12, 28), ("600", "60"), ("400", "40")) for i in range(80)
    )
    page = shown(household(years))
    assert page.range.labels()[page.range.current()] == "All"
    page.range.set_current(0)
    document = page._document
    document.apply("One more", replace(document.household, statements=years[:-1]))
    assert page.range.current() == 0  # another statement does not change what is looked at
    document.undo_stack.undo()
    assert page.span.high - page.span.low == pytest.approx(365.25)
    assert page.span.high == page.view.until == float(date(2026, 9, 10).toordinal())
    qtbot.keyClick(page.band.chart, Qt.Key.Key_Plus)
    assert page.range.current() == -1
    page.range.set_current(2)
    assert page.span.high - page.span.low == pytest.approx(5 * 365.25)
    qtbot.keyClick(page.range, Qt.Key.Key_End)
    assert page.span.shows_all


def test_percent_fills_the_whole_height(shown: Show) -> None:
    page = shown()
    page.unit.set_current(1)
    chart = page.value.chart
    assert chart.row_of(100.0) == pytest.approx(chart.plot_box().top())
    picture = chart.grab().toImage()
    x = round(chart.pixel_of(page.view.xs[1]) + 15)
    assert picture.pixelColor(x, round(chart.row_of(99.0))) == theme().family_color(F.US_LARGE)
    assert picture.pixelColor(x, round(chart.row_of(20.0))) == theme().family_color(F.US_BONDS)


def test_the_band_follows_the_target_of_the_day(shown: Show) -> None:
    page = shown()
    chart = page.band.chart
    picture = chart.grab().toImage()

    def is_band(day: date, percent: float) -> bool:
        place = QPointF(chart.pixel_of(float(day.toordinal())), chart.row_of(percent))
        return picture.pixelColor(place.toPoint()) == theme().color("drift.inside.tint")

    assert is_band(date(2026, 7, 10), 57.0)
    assert not is_band(date(2026, 7, 10), 68.0)
    assert is_band(date(2026, 8, 20), 68.0)
    assert not is_band(date(2026, 8, 20), 57.0)


# What follows the document


def test_the_page_follows_an_edit_and_its_undo(shown: Show) -> None:
    document = Document(household(), lambda: TODAY)
    page = HistoryPage(document)
    page.show()
    before = len(page.view.days)
    document.apply("Change", edits.set_target(document.household, SIXTY_FORTY, date(2026, 9, 20)))
    assert len(page.view.days) == before + 1
    assert page.view.points[-1].target.weights == SIXTY_FORTY.weights
    document.undo_stack.undo()
    assert len(page.view.days) == before
    page.hide()
    document.apply("Import", replace(document.household, statements=STATEMENTS[:2]))
    assert len(page.view.points) == 4  # behind another page nothing is worked out
    page.show()
    assert len(page.view.points) == 2
    page.close()
    page.deleteLater()


def test_days_before_the_first_target_say_so(shown: Show) -> None:
    page = shown(household(targets=(replace(SIXTY_FORTY, since=date(2026, 9, 1)),)))
    assert page.view.is_assumed
    assert page.split.note.text() == "Before 1 Sep 2026 no target was set; the first one is assumed."
    page.grab()


def test_without_a_target_there_is_value_and_weight_and_no_judgement(shown: Show) -> None:
    page = shown(household(targets=()))
    assert page.drift.now.text() == "no target yet"
    assert page.band.now.text() == "63.2\u00a0%"
    assert page.band.box.currentText() == "US large against its band"
    page.as_table.click()
    assert "Drift, points" not in headers_of(page)


def test_one_statement_and_none_are_told_what_is_missing(shown: Show, qtbot) -> None:
    page = shown(household(STATEMENTS[:1]))
    assert page.empty.isVisible()
    assert page.empty.title.text() == "History begins with the second statement"
    assert "30 Jun 2026, $100,000.00" in page.empty.said.text()
    with qtbot.waitSignal(page.import_wanted):
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    page.as_table.click()  # the one statement as a row
    assert len(table_of(page)) == 1
    nothing = shown(household(()))
    assert nothing.empty.title.text() == "No statement with a date yet"
    assert nothing.as_table.isHidden() or not nothing.as_table.isVisible()
    undated = replace(STATEMENTS[0], as_of=None)
    some = shown(household((undated, *STATEMENTS[1:])))
    assert some.split.note.text() == "1 statement has no date and is not shown here."


# The table


def test_the_table_has_the_numbers_of_the_charts(shown: Show, qtbot) -> None:
    page = shown()
    qtbot.mouseClick(page.as_table, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()
    assert headers_of(page) == [
        "Date ↓", "Total", "US large", "US bonds", "Change", "Markets", "Money moved", "Drift, points",
        "Band used", "Stocks, share", "Target", "Band from", "Band to", "What happened",
    ]  # fmt: skip
    rows = table_of(page)
    assert rows[0] == [
        "30 Sep 2026", "$113,000", "$71,400", "$41,600", "$0.00", "$0.00", "$0.00", "6.8",
        "136\u00a0%", "63.2\u00a0%", "70.0\u00a0%", "65.0\u00a0%", "75.0\u00a0%",
        "Exchanged: 1 exchange, $600.00",
    ]  # fmt: skip
    assert rows[1][4:7] == ["+$7,000.00", "+$6,000.00", "+$1,000.00"]
    assert rows[1][-1] == "New target: =calmer nights"
    assert rows[2][4:8] == ["+$6,000.00", "+$6,000.00", "$0.00", "2.3"]
    assert rows[3][4:8] == ["", "", "", "0.0"]
    page.unit.set_current(1)
    assert table_of(page)[0][2:4] == ["63.2\u00a0%", "36.8\u00a0%"]


def test_a_header_sorts_and_sorts_back(shown: Show, qtbot) -> None:
    page = shown()
    page.as_table.click()
    header = page.table.header()
    at = QPoint(header.sectionViewportPosition(Column.CHANGE) + 10, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [row[4] for row in table_of(page)] == ["+$7,000.00", "+$6,000.00", "$0.00", ""]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [row[4] for row in table_of(page)] == ["$0.00", "+$6,000.00", "+$7,000.00", ""]
    assert headers_of(page)[4] == "Change ↑"


def test_the_menu_sorts_without_a_mouse(shown: Show) -> None:
    page = shown()
    page.as_table.click()
    menu = page.table.make_menu()
    by = next(action for action in menu.actions() if action.menu() is not None)
    next(each for each in by.menu().actions() if each.text() == "Total").trigger()
    assert [row[1] for row in table_of(page)] == ["$113,000", "$113,000", "$106,000", "$100,000"]
    menu.close()


def test_a_reason_from_a_file_is_no_cell_of_its_own_when_copied(shown: Show) -> None:
    reason = 'calm\t=HYPERLINK("x")\n=1+1'
    page = shown(household(targets=(TARGETS[0], replace(TARGETS[1], reason=reason))))
    page.as_table.click()
    page.table.copy_all()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert len(lines) == 5
    assert {len(line) for line in lines} == {len(lines[0])}
    assert any("HYPERLINK" in line[-1] for line in lines)
    assert not [cell for line in lines for cell in line if cell.startswith("=")]


def test_rows_are_copied_as_they_are_shown(shown: Show, qtbot) -> None:
    page = shown()
    page.as_table.click()
    page.table.setCurrentIndex(page.table.history_model.index(1, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    assert lines[0].split("\t")[:3] == ["Date", "Total", "US large"]
    assert lines[1].split("\t")[:3] == ["31 Aug 2026", "$113,000", "$72,000"]
    next(each for each in page.export.menu().actions() if each.text() == "Copy the table").trigger()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 5


@pytest.mark.parametrize("force_py", [False, True])
def test_table_passes_the_model_tester(qtmodeltester, force_py: bool) -> None:
    view = HistoryView.of(look(household(), TODAY))
    model = HistoryTableModel()
    model.show_view(view, range(4), C.STOCKS, in_percent=False)
    qtmodeltester.check(model, force_py=force_py)
    model.sort_by(Column.TOTAL)
    model.show_view(view, range(2), C.STOCKS, in_percent=True)


def test_every_family_has_its_column() -> None:
    assert [family_column(family) for family in F] == list(range(Column.US_LARGE, Column.CHANGE))
    view = HistoryView.of(look(household(), TODAY))
    assert Column.TOTAL in shown_columns(view)
    assert Column.EMERGING not in shown_columns(view)


# Files


def test_the_picture_has_all_charts(shown: Show, tmp_path: Path) -> None:
    page = shown()
    page.output.write_picture(tmp_path / "history.png")
    picture = QImage(str(tmp_path / "history.png"))
    assert picture.width() == 2 * page.charts.width()
    colors = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 6)
        for y in range(0, picture.height(), 6)
    }
    assert theme().family_color(F.US_LARGE).name() in colors
    assert theme().color("drift.inside.tint").name() in colors


def test_the_csv_is_exact_and_harmless(shown: Show, tmp_path: Path) -> None:
    page = shown()
    page.output.write_table(page.view, page.chosen_class(), tmp_path / "history.csv")
    with (tmp_path / "history.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Date"] for row in rows] == ["2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"]
    assert rows[2]["Total"] == "113000"
    assert (rows[2]["Change"], rows[2]["Markets"], rows[2]["Money moved"]) == ("7000", "6000", "1000")
    assert D(rows[1]["Drift, points"]).quantize(D("0.0001")) == D("2.2642")  # 66 of 106 is 62.2642 %
    assert rows[0]["Change"] == ""
    assert rows[2]["What happened"] == "New target: =calmer nights"


def test_a_reason_cannot_become_a_formula(shown: Show, tmp_path: Path) -> None:
    from desktop_app.reports import write_table

    write_table(("a", "=b"), [("=1+1", D("-2.50")), ("ok", None)], tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert text.split() == ["a,'=b", "'=1+1,-2.5", "ok,"]


def test_dialogs_write_and_a_refusal_is_said(shown: Show, tmp_path: Path, qtbot) -> None:
    page = shown()
    actions = page.export.menu().actions()
    actions[0].trigger()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "p.png"))
    dialog.close()
    assert (tmp_path / "p.png").exists()
    page.output.write_table(page.view, None, tmp_path / "missing" / "t.csv")
    box = page.findChild(QMessageBox)
    assert "could not be written" in box.text()
    box.close()


# Reach


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_at_any_size(shown: Show, qapp, mode: str, scale: float) -> None:
    apply_theme(qapp, mode)
    set_text_scale(scale)
    page = shown(width=824, height=600)
    for label in (page.band.now, page.drift.now, page.split.drift.title, page.value.title):
        assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
    assert page.charts.width() <= page.width()
    page.span.set_cursor(2)
    assert page.value.chart.rect().contains(page.value.read_out.geometry())
    page.grab()
    page.as_table.click()
    page.grab()


def test_charts_speak(shown: Show, qtbot) -> None:
    page = shown()
    qtbot.keyClick(page.value.chart, Qt.Key.Key_Home)
    told = {}
    for chart in (page.value.chart, page.band.chart, page.drift.chart):
        spoken = QAccessible.queryAccessibleInterface(chart)
        told[spoken.text(QAccessible.Text.Name)] = spoken.text(QAccessible.Text.Description)
    assert told == {
        "Value by class over time": (
            "30 Jun 2026 $100,000.00, US large $60,000 60.0\u00a0%, US bonds $40,000 40.0\u00a0%"
        ),
        "Stocks against its band over time": "30 Jun 2026: 60.0\u00a0%, band 55.0\u00a0% to 65.0\u00a0%",
        "Total drift over time": "30 Jun 2026: 0.0 points",
    }


# Words


def test_axis_words() -> None:
    assert [axis_dollars(v, 100_000) for v in (0, 100_000, 400_000)] == ["0", "$100k", "$400k"]
    assert [axis_dollars(v, 500_000) for v in (0, 500_000, 1_500_000)] == ["0", "$500k", "$1.5M"]
    assert axis_dollars(250, 50) == "$250"
    assert axis_dollars(-2000, 1000) == "−$2k"
    assert axis_percent(35, 5) == "35\u00a0%"
    assert [axis_number(2.5, 2.5), axis_number(4, 2)] == ["2.5", "4"]


def test_parts_in_tenths_add_to_the_whole() -> None:
    parts = {"a": D("0.0104"), "b": D("0.0104"), "c": D("-0.0053")}
    shown = adding_tenths(parts, D("0.0155"))
    assert sum(shown.values()) == D("0.016")  # 1.55 points are shown as 1.6
    assert all(abs(shown[key] - parts[key]) < D("0.001") for key in parts)


def test_events_of_one_day_are_one_mark() -> None:
    from desktop_app.workflow.history_marks import HistoryMark, MarkKind

    day = date(2026, 1, 12)
    (mark,) = day_marks(
        (
            HistoryMark(day, MarkKind.TARGET_CHANGED, reason="older"),
            HistoryMark(day, MarkKind.REBALANCED, 5, 5, D("26391.04")),
        )
    )
    assert mark.words == "New target, rebalanced"
    assert mark.told == "12 Jan 2026\nNew target: older\nRebalanced: 5 of 5 steps done, $26,391.04"


def test_band_words_of_a_class_without_band() -> None:
    assert band_words(None) == ""
