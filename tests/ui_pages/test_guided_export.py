"""The guided plan taken along: a picture, a table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop_app.domain.goals import Tier
from desktop_app.ui.pages.guided import GuidedPage

from .guided_world import RETIRED, guided_page
from .look_back import richer


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
    mixes = [row for row in rows if row[:1] == ["Needs"] and len(row) == 6]
    assert len(mixes) == len(page.found.lines_of(Tier.NEEDS))
    assert any(row[5] == "yours" for row in mixes)
    ages = [row for row in rows if row[:1] == ["Needs"] and len(row) == 9 and row is not answer]
    assert [row[1] for row in ages] == [str(age) for age in range(60, 71)]
    assert ages[0][2:] == ["1000000.00"] * 7
    out_of_reach = shown(richer(50_000), RETIRED)
    out_of_reach.export.write("csv", tmp_path / "poor.csv")
    told = (tmp_path / "poor.csv").read_text("utf-8-sig")
    assert "no return is enough,no historical mix reached this; this was the best" in told
    assert any(row[:1] == ["Source"] and "Shiller" in row[1] for row in rows)
    assert any("education, not advice" in row[0] for row in rows if row)


def test_the_plan_can_be_taken_along_as_a_picture(qtbot, shown, tmp_path: Path) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.export.write("png", tmp_path / "plan.png")
    assert QImage(str(tmp_path / "plan.png")).width() > page.picture.width() * 1.9
    dialog = page.export.ask("png")
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.defaultSuffix() == "png"
    dialog.reject()


def test_before_there_is_a_plan_there_is_nothing_to_take_along(shown) -> None:
    page = shown(richer(1_000_000))
    assert not page.export.isVisible()
    assert page.export.ask("csv") is None
