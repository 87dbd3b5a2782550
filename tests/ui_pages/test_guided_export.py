"""The guided plan taken along: a picture, a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from desktop_app.domain.goals import Income, OneOff, Tier
from desktop_app.domain.language import use_translation
from desktop_app.domain.resources import resource_path
from desktop_app.ui.pages.guided import GuidedPage
from desktop_app.ui.pages.guided_picture import WIDTH, GuidedPicture
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.pictures import MARGIN

from .guided_world import RETIRED, guided_page, settle
from .look_back import TODAY, richer


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def test_the_plan_can_be_taken_along_as_a_table(shown, tmp_path: Path) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.export.write("csv", tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    needs = page.found.guided.tier(Tier.NEEDS)
    answer = next(row for row in rows if row[:1] == ["Needs"])
    stocks = f"{needs.chosen.record.stocks * 100:.0f}"
    assert answer[1:5] == ["100000.00", "0.00", "calmest that lasted", stocks]
    assert answer[5:7] == [f"{needs.chosen.lived.held * 100:.2f}", str(needs.chosen.lived.windows)]
    assert answer[7] == needs.chosen.lived.worst
    mixes = lines_below(rows, "Worst fall %", "Needs")
    own = next(row for row in mixes if row[8] == "yours")
    assert own[4:7] == ["-59.81", "1929-09", "1932-06"]
    assert [row[1] for row in mixes if row is not own] == [str(stocks) for stocks in range(0, 101, 5)]
    sixty = next(row for row in mixes if row[1] == "60" and row is not own)
    assert own[1:8] == sixty[1:8]  # what is held is 60/40 and lives like the other
    ages = lines_below(rows, "Lowest", "Needs")
    assert [row[1] for row in ages] == [str(age) for age in range(60, 71)]
    assert ages[0][2:] == ["1000000.00"] * 7
    out_of_reach = shown(richer(50_000), RETIRED)
    out_of_reach.export.write("csv", tmp_path / "poor.csv")
    told = (tmp_path / "poor.csv").read_text("utf-8-sig")
    assert "no return is enough,no historical mix reached this; this was the best" in told
    assert any(row[:1] == ["Source"] and "Shiller" in row[1] for row in rows)
    assert any("education, not advice" in row[0] for row in rows if row)


def lines_below(rows: list[list[str]], head: str, first: str) -> list[list[str]]:
    """Return the rows of one block, known by one of its heads, that begin with a word."""
    begin = next(place for place, row in enumerate(rows) if head in row)
    return [row for row in rows[begin : rows.index([], begin)] if row[0] == first]


def test_every_input_is_in_the_table_and_the_main_ones_in_the_picture(qtbot, shown, tmp_path: Path) -> None:
    goals = replace(
        RETIRED, born=1976, retire_at=62, plan_to=85, needs=Decimal(30000), less=Decimal(1000),
        saved=Decimal(12000), match=Decimal(3000), income=(Income("Pension", Decimal(9000), 65),),
        one_off=(OneOff(70, Decimal(-20000)),), lasting=Decimal("0.9"), bucket_years=Decimal(2),
    )  # fmt: skip
    page = shown(richer(1_000_000), goals)
    qtbot.waitUntil(lambda: page.bucket.found is not None, timeout=20000)
    page.export.write("csv", tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Input", "Value", "Age"]
    inputs = rows[1 : rows.index([])]
    assert inputs == [
        ["Age today", "50"],
        ["Retire at", "62"],
        ["Plan until age", "85"],
        ["Savings, all accounts", "1000000.00"],
        ["Needs a year", "30000.00"],
        ["Wants a year, on top", "0.00"],
        ["Wishes a year, on top", "0.00"],
        ["Spend less than planned, a year", "1000.00"],
        ["Save a year", "12000.00"],
        ["Match a year", "3000.00"],
        ["Must have lasted in %", "90"],
        ["Income a year: Pension", "9000.00", "65"],
        ["Once", "-20000.00", "70"],
        ["Years of spending held safe", "2"],
    ]
    bucket = next(row for row in rows if row and row[0].endswith("put together from history"))
    assert bucket[1:3] == ["2", "58000.00"]  # two years of 29,000 before the pension begins
    picture = GuidedPicture(page.found, Tier.NEEDS, TODAY, "", "")
    told = " ".join(label.text() for label in picture.findChildren(QLabel)).replace("\u00a0", " ")
    assert (
        "Saves $12,000 a year; match $3,000; spends $1,000 less than planned; "
        "Pension: $9,000 a year from age 65; once at age 70: −$20,000; must have lasted in 90 %."
    ) in told


def test_the_plan_can_be_taken_along_as_a_picture(qtbot, shown, tmp_path: Path) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.export.write("png", tmp_path / "plan.png")
    assert QImage(str(tmp_path / "plan.png")).width() > WIDTH * 1.9
    dialog = page.export.ask("png")
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.defaultSuffix() == "png"
    dialog.reject()


def test_the_table_holds_the_ways_to_a_mix_and_the_bucket(qtbot, shown, tmp_path: Path) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, bucket_years=Decimal(2)))
    qtbot.waitUntil(lambda: page.bucket.found is not None, timeout=20000)
    page.export.write("csv", tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    ways = rows[rows.index(next(row for row in rows if row[:1] == ["Way to a mix"])) + 1 :]
    named = {row[0]: row[1] for row in ways[: ways.index([])]}
    assert (named["100 less your age"], named["120 less your age"]) == ("40", "60")
    chosen = page.found.guided.tier(page.chosen_tier).chosen.record.stocks
    assert named["Guided plan"] == f"{chosen * 100:.0f}"
    made_up = next(row for row in rows if row and row[0] == "1,000 put together from history")
    assert made_up[1:4] == ["2", "200000.00", "Needs and wants"]  # two years of 100,000
    assert f"{Decimal(made_up[6]):.0f}\u00a0% of {int(made_up[5]):,} falls" in page.bucket.answer.text()


def test_every_heading_of_the_table_is_in_spanish(qtbot, shown) -> None:
    """Of the first row of every block no cell is English any more; "Tier" stands over three of them."""
    page = shown(richer(1_000_000), replace(RETIRED, bucket_years=Decimal(2)))
    qtbot.waitUntil(lambda: page.bucket.found is not None, timeout=20000)
    catalogue = json.loads(resource_path("translations/es.json").read_text(encoding="utf-8"))
    english = headings(page._table())
    use_translation(lambda context, text: catalogue.get(context, {}).get(text, text))
    try:
        spanish = headings(page._table())
    finally:
        use_translation(None)
    firsts = ["Dato", "Nivel", "Nivel", "Nivel", "Forma de llegar a una distribución", "Vidas"]
    assert [row[0] for row in spanish] == firsts
    assert len(english) == len(spanish)
    same = [cell for one, other in zip(english, spanish, strict=True) for cell in set(one) & set(other)]
    assert same == []


def headings(table: str) -> list[list[str]]:
    """Return the first row of every block but the last, which has none."""
    rows = list(csv.reader(io.StringIO(table)))
    begins = [0, *(place + 1 for place, row in enumerate(rows) if not row)]
    return [rows[place] for place in begins[:-1]]


def test_the_picture_does_not_depend_on_the_window(qtbot, shown, tmp_path: Path) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.export.write("png", tmp_path / "chart.png")
    page.resize(700, 500)
    qtbot.mouseClick(page.range.as_table, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    page.export.write("png", tmp_path / "table.png")
    assert QImage(str(tmp_path / "table.png")) == QImage(str(tmp_path / "chart.png"))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_picture_holds_the_chart_its_whole_legend_and_every_tier(shown, scale: float) -> None:
    set_text_scale(scale)
    try:
        page = shown(richer(1_000_000), replace(RETIRED, wants=Decimal(20000), wishes=Decimal(90000)))
        made = GuidedPicture(page.found, Tier.NEEDS, TODAY, "It bridged them all.", "Some remark.")
        image = QImage.fromData(made.png())
        assert image.height() == 2 * (made.height() + 2 * MARGIN)
        texts = [label.text() for label in made.findChildren(QLabel) if label.isVisibleTo(made)]
        for words in ("middle half", "8 in 10", "middle", "lowest", "It bridged them all.", "Some remark."):
            assert words in texts
        for card, status in zip(made.tiers, page.tiers, strict=True):
            assert card.status.text() == status.status.text()
            assert card.needed.text() == status.needed.text()
        told = " ".join(texts)
        for begin in (
            "Needs: ",
            "Needs and wants: ",
            "Needs, wants and wishes: no historical mix reached this",
        ):
            assert begin in told
        assert made.range.chart.isVisibleTo(made)
        assert made.range.chart.height() >= made.range.chart.minimumSizeHint().height()
        for part in (*made.tiers, made.range, made.mixes, made.range.chart, *made.findChildren(QLabel)):
            if part.isVisibleTo(made):
                corner = part.mapTo(made, part.rect().bottomRight())
                assert made.rect().contains(corner)
        for label in made.findChildren(Paragraph):
            assert label.height() >= label.heightForWidth(label.width()) or not label.isVisibleTo(made)
    finally:
        set_text_scale(1.0)


def test_before_there_is_a_plan_there_is_nothing_to_take_along(shown) -> None:
    page = shown(richer(1_000_000))
    assert not page.export.isVisible()
    assert page.export.ask("csv") is None
