"""The Outlook page as a user reads it: falls in dollars, rules, both sides, files."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.schedule import CheckKind, CheckSchedule
from desktop_app.domain.sources import CancelledError
from desktop_app.domain.statement import StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.outlook.crises import crises
from desktop_app.outlook.returns import Series, monthly_returns
from desktop_app.outlook.stand_ins import series_mix
from desktop_app.ui.document import Document
from desktop_app.ui.models.outlook_lines import CrisisColumn, RuleColumn
from desktop_app.ui.pages import outlook as page_module
from desktop_app.ui.pages import page_export as export_module
from desktop_app.ui.pages.outlook import OutlookPage
from desktop_app.ui.pages.outlook_tables import ONLY_IN_TABLE
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.roles import FALL_ROLE
from desktop_app.workflow import edits

from .look_back import BOND, SIXTY_FORTY, STOCK, TODAY, household, nameless, shown_rows, without_target


@pytest.fixture
def shown(qtbot, runner) -> Callable[[Household], OutlookPage]:
    def show(start: Household) -> OutlookPage:
        page = OutlookPage(Document(start, lambda: TODAY), runner)
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        qtbot.waitUntil(page.picture.isVisible, timeout=20000)
        rest(qtbot, page)
        return page

    return show


def rest(qtbot, page: OutlookPage) -> None:
    """Wait for the plan too, which is worked out after everything else."""
    qtbot.waitUntil(lambda: not page._work.is_busy, timeout=20000)


def column(page: OutlookPage, which: CrisisColumn) -> list[str]:
    model = page.crises.crisis_model
    return [str(model.index(row, which).data() or "") for row in range(model.rowCount())]


def test_every_crisis_is_told_in_dollars_of_what_is_held(shown) -> None:
    page = shown(household())
    assert [row[0] for row in shown_rows(page.crises)] == [
        "1929–32", "1937–38", "1973–74", "1987", "2000–02", "2007–09", "2020", "2022",
    ]  # fmt: skip
    for weights, percents, dollars in (
        ({C.US_LARGE: Decimal("0.7"), C.US_BOND: Decimal("0.3")}, CrisisColumn.NOW, CrisisColumn.NOW_DOLLARS),
        (dict(SIXTY_FORTY.weights), CrisisColumn.TARGET, CrisisColumn.TARGET_DOLLARS),
    ):
        losses = [crisis.fall.loss for crisis in crises(series_mix(weights))]
        assert column(page, percents) == [f"−{-loss * 100:.1f}\u00a0%" for loss in losses]
        assert column(page, dollars) == [f"−${-loss * 100000:,.0f}" for loss in losses]
    assert page.fall_title.text().endswith("$100,000")


def test_the_bars_are_as_long_as_the_numbers_beside_them_and_the_plan_is_a_tick(shown) -> None:
    page = shown(household())
    model = page.crises.crisis_model
    for row, (now, target) in enumerate(
        zip(column(page, CrisisColumn.NOW), column(page, CrisisColumn.TARGET), strict=True)
    ):
        bars = model.index(row, CrisisColumn.BARS).data(FALL_ROLE)
        number = [float(text.strip("−\u00a0%")) for text in (now, target)]
        assert bars.target / bars.now == pytest.approx(number[1] / number[0], abs=0.005)
        assert bars.plan == pytest.approx(bars.target, abs=0.005)  # the plan reaches 60/40 to the cent
    assert page.crises.isColumnHidden(CrisisColumn.PLAN)
    spoken = model.index(5, CrisisColumn.BARS).data(Qt.ItemDataRole.AccessibleTextRole)
    assert column(page, CrisisColumn.NOW)[5] in spoken
    assert column(page, CrisisColumn.TARGET_DOLLARS)[5] in spoken
    assert f"back after {column(page, CrisisColumn.MONTHS)[5]} months" in spoken


def test_rules_on_60_40_since_1871_are_the_published_ones(shown) -> None:
    """Shiller's data, December rebalancing: the figures of the reference table printed in the design."""
    page = shown(household())
    rows = {row[0]: row[1:] for row in shown_rows(page.rules)}
    tied = [text.replace("\u00a0", " ") for text in rows["Yearly, December"]]
    del tied[RuleColumn.DECADE - 1]
    assert tied[:6] == ["7.76 %", "5.52 %", "8.56 %", "−59.8 %", "152", "3.54 %"]
    never = [text.replace("\u00a0", " ") for text in rows["Never"]]
    assert never[:4] == ["8.81 %", "6.55 %", "12.48 %", "−77.4 %"]
    assert never[RuleColumn.REBALANCES - 1] == "0"
    assert "1871-02 to 2023-06" in page.rules_title.text()


def test_the_period_can_be_the_one_since_1926(qtbot, shown) -> None:
    page = shown(household())
    page.period.setFocus()
    qtbot.keyClick(page.period, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "1926-07" in page.rules_title.text(), timeout=20000)
    assert page.rules.rule_model.rowCount() == 10


def worst_ten_years_of_stocks(since: str) -> tuple[float, str, str]:
    """Return what ten years of stocks alone left of a dollar at worst, worked out month by month."""
    table = monthly_returns().since(since)
    pairs = zip(table.series[Series.STOCKS], table.series[Series.INFLATION], strict=True)
    logs = [math.log1p(stocks) - math.log1p(prices) for stocks, prices in pairs]
    sums = {start: math.fsum(logs[start : start + 120]) for start in range(len(logs) - 119)}
    start = min(sums, key=sums.__getitem__)
    return math.exp(sums[start]), table.periods[start], table.periods[start + 119]


def test_the_worst_ten_years_are_told_with_their_months_for_each_mix(qtbot, shown) -> None:
    stocks = TargetAllocation.from_names({"us_large": "1"})
    page = shown(household(70000, 30000, stocks))
    now, target = page.decade_words.text().replace("\u00a0", " ").split("\n")
    assert now.startswith("Your mix now: −")
    for since in ("1871-02", "1926-07"):
        left, first, last = worst_ten_years_of_stocks(since)
        rate = f"{(1 - left**0.1) * 100:.1f}"
        wanted = f"Target: −{rate} % a year, {first} to {last}; of $100,000, ${left * 100000:,.0f} in today’s"
        assert target.startswith(wanted)
        assert page.decades_title.text() == f"Worst ten years after inflation, {since} to 2023-06"
        page.period.setFocus()
        qtbot.keyClick(page.period, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: "1926-07" in page.rules_title.text(), timeout=20000)
        target = page.decade_words.text().replace("\u00a0", " ").split("\n")[1]
    place = page.rules.rule_model.index(0, RuleColumn.DECADE)
    assert place.data().replace("\u00a0", " ").startswith(f"−{rate[:2]}")
    assert place.data(Qt.ItemDataRole.ToolTipRole) == f"{first} to {last}"


def test_a_plan_that_reads_like_the_target_is_not_told_twice(shown) -> None:
    page = shown(household())
    assert [line.partition(":")[0] for line in page.decade_words.text().split("\n")] == [
        "Your mix now",
        "Target",
    ]


def test_the_household_s_own_rule_is_marked(shown) -> None:
    own = CheckSchedule(12, kind=CheckKind.EITHER)
    page = shown(replace(household(), schedule=own))
    model = page.rules.rule_model
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert [words for words in spoken if words.endswith("yours")] == ["5 / 25, monthly, yours"]


def test_both_sides_stand_ins_sources_and_period_are_said(shown) -> None:
    page = shown(household())
    assert "too much at risk" in page.both_sides.text()
    assert "does not make a crash smaller" in page.both_sides.text()
    assert "US bonds: 10-year Treasuries stand in" in page.stand_ins.text()
    assert "Shiller" in page.source.text()
    assert "2023-06" in page.source.text()
    assert "Damodaran" in page.years.text()
    assert "the deepest inside the months of its crisis" in page.source.text()


def test_what_is_held_beside_the_target_has_its_stand_in_too(shown) -> None:
    held = replace(BOND, key="QREI", name="Quarry Real Estate", mix=AssetMix.single(C.REIT))
    start = household()
    rows = (*start.statements[0].accounts[0].rows, StatementRow(4, held, Decimal(20000)))
    account = replace(start.statements[0].accounts[0], rows=rows)
    page = shown(replace(start, statements=(replace(start.statements[0], accounts=(account,)),)))
    assert "Real estate: US stocks stand in" in page.stand_ins.text()


def test_with_nothing_held_it_says_so(qtbot, runner) -> None:
    page = OutlookPage(Document(household(0, 0), lambda: TODAY), runner)
    qtbot.addWidget(page)
    page.show()
    assert page.trouble.isVisible()
    assert "Nothing is held yet" in page.trouble.text()
    assert page.export.ask("png") is None


def test_without_a_target_the_mix_stands_alone(qtbot, shown) -> None:
    page = shown(without_target())
    assert page.no_target.isVisible()
    assert page.crises.isColumnHidden(CrisisColumn.TARGET)
    assert not page.crises.isColumnHidden(CrisisColumn.MONTHS)
    page.as_table.setChecked(True)
    assert page.crises.isColumnHidden(CrisisColumn.NOW_MONTHS)
    assert page.crises.crisis_model.index(0, CrisisColumn.BARS).data(FALL_ROLE).target is None
    with qtbot.waitSignal(page.targets_wanted):
        page.no_target.button.click()


def test_as_a_table_there_is_every_number_and_no_bar(qtbot, shown) -> None:
    page = shown(household())
    qtbot.mouseClick(page.as_table, Qt.MouseButton.LeftButton)
    assert page.crises.isColumnHidden(CrisisColumn.BARS)
    shown_columns = {which for part in parts_in_sight(page, page.crises) for which in columns_of(part)}
    assert shown_columns == set(CrisisColumn) - {CrisisColumn.BARS}
    assert column(page, CrisisColumn.PEAK)[5] == "2007-10"
    for which, mix in (
        (CrisisColumn.NOW_MONTHS, {C.US_LARGE: Decimal("0.7"), C.US_BOND: Decimal("0.3")}),
        (CrisisColumn.MONTHS, dict(SIXTY_FORTY.weights)),
        (CrisisColumn.PLAN_MONTHS, dict(SIXTY_FORTY.weights)),
    ):
        months = [crisis.months_to_recover for crisis in crises(series_mix(mix))]
        assert column(page, which) == ["not yet" if each is None else str(each) for each in months]
    qtbot.mouseClick(page.as_table, Qt.MouseButton.LeftButton)
    assert not page.crises.isColumnHidden(CrisisColumn.BARS)


@pytest.mark.parametrize(
    ("start", "heads"),
    [(household(), ["Target, peak", "Target, low"]), (without_target(), ["Now, peak", "Now, low"])],
)
def test_the_table_says_whose_months_the_peak_and_the_low_are(qtbot, shown, start, heads) -> None:
    """Another mix may have stood highest in another month; no heading or number is cut at 1280 × 800."""
    page = shown(start)
    qtbot.mouseClick(page.as_table, Qt.MouseButton.LeftButton)
    assert list(page.crises.crisis_model.headers()[CrisisColumn.PEAK : CrisisColumn.LOW + 1]) == heads
    for part in parts_in_sight(page, page.crises):
        qtbot.waitUntil(lambda part=part: part.horizontalScrollBar().maximum() == 0)
        assert all(part.columnWidth(which) >= part.natural_width(which) for which in columns_of(part))


def test_a_plan_that_ends_elsewhere_gets_its_own_column(shown) -> None:
    """Nothing may be bought but stocks: the plan stays at 70/30 while the target is 60/40."""
    start = household()
    rules = replace(edits.AccountRules(), no_buy=("Quarry Bond Index",))
    page = shown(edits.set_account_rules(start, "77120034", rules))
    assert not page.crises.isColumnHidden(CrisisColumn.PLAN)
    assert column(page, CrisisColumn.PLAN) == column(page, CrisisColumn.NOW)


def test_funds_nobody_knows_are_named_as_counted_as_stocks(shown) -> None:
    start = household()
    unknown = tuple((fund.key, AssetMix.single(C.UNCLASSIFIED)) for fund in (STOCK, BOND))
    page = shown(replace(start, fund_mixes=unknown))
    assert (
        page.key_now.text()
        == "Your mix now, 0\u00a0% stocks and 100\u00a0% counted as stocks: Not classified yet"
    )
    assert page.key_target.text() == "Target, 60\u00a0% stocks"


def test_what_counts_as_stocks_is_told_on_top_of_the_stocks(shown) -> None:
    """70 % in stocks and 30 % in nobody knows what: the falls are those of stocks alone."""
    page = shown(replace(household(), fund_mixes=((BOND.key, AssetMix.single(C.UNCLASSIFIED)),)))
    said = "Your mix now, 70\u00a0% stocks and 30\u00a0% counted as stocks: Not classified yet"
    assert page.key_now.text() == said
    losses = [crisis.fall.loss for crisis in crises(series_mix({C.STOCKS: Decimal(1)}))]
    assert column(page, CrisisColumn.NOW) == [f"−{-loss * 100:.1f}\u00a0%" for loss in losses]


def test_another_target_is_followed(qtbot, shown) -> None:
    page = shown(household())
    before = column(page, CrisisColumn.TARGET)
    document = page._document
    calmer = type(SIXTY_FORTY).from_names({"us_large": "0.3", "us_bond": "0.7"})
    document.apply("Calmer", edits.set_target(document.household, calmer, TODAY))
    qtbot.waitUntil(lambda: column(page, CrisisColumn.TARGET) != before, timeout=20000)
    assert "30\u00a0% stocks" in page.key_target.text()


def test_the_csv_has_the_numbers_of_the_page(shown, tmp_path: Path) -> None:
    page = shown(household())
    page.export.write("csv", tmp_path / "outlook.csv")
    with (tmp_path / "outlook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    falls = {(row[0], row[1]): row for row in rows if len(row) == 7}
    percents = [f"−{-float(falls[name, 'target'][4]):.1f}\u00a0%" for name in ("Great Recession", "2022")]
    assert percents == column(page, CrisisColumn.TARGET)[5:8:2]
    assert falls["2022", "now"][6] == "not by the end of the table"
    decade = next(row for row in rows if len(row) == 5 and row[0] == "target")
    assert f"−{-float(decade[3]):.1f}\u00a0% a year, {decade[1]} to {decade[2]}" in page.decade_words.text()
    assert any(row[:1] == ["Source"] and "Shiller" in row[1] for row in rows)


def test_the_picture_is_sharper_than_the_screen(shown, tmp_path: Path) -> None:
    page = shown(household())
    page.export.write("png", tmp_path / "outlook.png")
    picture = QImage(str(tmp_path / "outlook.png"))
    assert picture.width() > page.picture.width() * 1.9
    assert picture.height() > page.picture.height() * 1.9


def test_where_to_save_is_asked(qtbot, shown) -> None:
    page = shown(household())
    dialog = page.export.ask("csv")
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.defaultSuffix() == "csv"
    dialog.reject()


def test_a_file_that_cannot_be_written_is_said(qtbot, shown, tmp_path: Path, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(export_module, "say", lambda _window, _title, sentence: said.append(sentence))
    shown(household()).export.write("csv", tmp_path / "none" / "outlook.csv")
    assert len(said) == 1
    assert "could not be written" in said[0]


def test_a_long_look_shows_how_far_it_is_and_can_be_stopped(qtbot, runner, monkeypatch) -> None:
    free, stopped = Event(), Event()

    def slow(*args: object) -> object:
        tell = args[-1]
        while not free.wait(0.01):
            try:
                tell(0.5)
            except CancelledError:
                stopped.set()
                raise
        raise AssertionError

    monkeypatch.setattr(page_module, "outlook_of", slow)
    page = OutlookPage(Document(household(), lambda: TODAY), runner)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.waiting.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: page.waiting.bar.value() == 500)
    qtbot.mouseClick(page.waiting.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(stopped.is_set)
    assert not page.waiting.isVisible()


def test_leaving_the_page_stops_the_look(qtbot, runner, monkeypatch) -> None:
    stopped = Event()

    def slow(*args: object) -> object:
        while True:
            try:
                args[-1](0.1)
            except CancelledError:
                stopped.set()
                raise
            stopped.wait(0.01)

    monkeypatch.setattr(page_module, "outlook_of", slow)
    page = OutlookPage(Document(household(), lambda: TODAY), runner)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._work.is_busy)
    page.hide()
    qtbot.waitUntil(stopped.is_set)


def test_the_keyboard_reaches_everything_and_everything_has_a_name(qtbot, shown) -> None:
    page = shown(household())
    assert nameless(page) == []
    page.crises.setFocus()
    qtbot.keyClick(page.crises, Qt.Key.Key_Down)
    qtbot.keyClick(page.crises, Qt.Key.Key_Down)
    assert page.crises.currentIndex().row() >= 1


@pytest.fixture
def twice() -> Iterator[None]:
    set_text_scale(2.0)
    yield
    set_text_scale(1.0)


def parts_in_sight(page: OutlookPage, table: FittedTree) -> list[FittedTree]:
    """Return a table and its further parts, from the top down."""
    found = [each for each in page.findChildren(FittedTree) if each.model() is table.model()]
    return sorted(
        (each for each in found if each.isVisible()), key=lambda each: each.mapTo(page, QPoint()).y()
    )


def columns_of(table: FittedTree) -> list[int]:
    return [column for column in table.designed if not table.isColumnHidden(column)]


@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize("plain", [False, True])
def test_at_twice_the_text_size_no_number_is_cut_and_no_table_scrolls_sideways(
    qtbot, shown, plain: bool
) -> None:
    page = shown(household())
    page.as_table.setChecked(plain)
    bars = set() if plain else {CrisisColumn.BARS}
    left_out = {CrisisColumn.BARS} if plain else ONLY_IN_TABLE
    for table, wanted in ((page.crises, set(CrisisColumn) - left_out), (page.rules, set(RuleColumn))):
        parts = parts_in_sight(page, table)
        assert len(parts) > 1
        for part in parts:
            qtbot.waitUntil(lambda part=part: part.horizontalScrollBar().maximum() == 0)
            last = part.model().index(part.model().rowCount() - 1, 0)
            qtbot.waitUntil(lambda part=part, last=last: part.visualRect(last).isValid())
            assert part.viewport().rect().contains(part.visualRect(last))
            for which in set(columns_of(part)) - bars:
                assert part.columnWidth(which) >= part.natural_width(which)
        shown_columns = [column for part in parts for column in columns_of(part)]
        assert set(shown_columns) == wanted
        assert len(shown_columns) == len(wanted) + len(parts) - 1  # the first column stands in each


@pytest.mark.usefixtures("twice")
def test_a_row_chosen_in_one_part_of_a_table_is_chosen_in_all(qtbot, shown) -> None:
    page = shown(household())
    first, second, *_ = parts_in_sight(page, page.crises)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert first.currentIndex().row() == second.currentIndex().row() >= 1
    assert first.selectionModel().isRowSelected(second.currentIndex().row())
    assert second.accessibleName() == "Largest falls, continued"


def test_a_table_with_room_for_all_is_one_again(qtbot, shown) -> None:
    page = shown(household())
    page.resize(560, 716)
    qtbot.waitUntil(lambda: len(parts_in_sight(page, page.rules)) > 1)
    page.resize(1080, 716)
    qtbot.waitUntil(lambda: len(parts_in_sight(page, page.rules)) == 1)
    assert columns_of(page.rules) == list(RuleColumn)
