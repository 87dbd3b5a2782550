"""What the README tells people to do works, and what it says of other programs is what was measured."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop_app.importers import read_statement, tables
from desktop_app.importers.layouts import LAYOUTS, Layout, Peek, recognise

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "packaging" / "peers" / "README.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """Return the text below a heading, up to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    below = README.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{level}}} ", below, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every line of a table."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]


def test_the_layout_shown_can_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", section("### To add a statement layout"), re.DOTALL)
    known: dict[str, Any] = {"Layout": Layout, "Peek": Peek}
    exec(code, known)
    layouts = (known["ExamplePlan"](), *LAYOUTS)
    monkeypatch.setattr(tables, "recognise", lambda peek: recognise(peek, layouts))
    file = tmp_path / "Balances.csv"
    file.write_text("Investment Choice,Closing Units,Closing Value\nWillow Bond Fund,10.5,1050.00\n")
    statement = read_statement(file)
    assert statement.layout == "example-plan"
    assert [str(row.value) for row in statement.accounts[0].rows] == ["1050.00"]


@pytest.mark.parametrize("path", re.findall(r"\]\((?!#|http)([^)]+)\)", README))
def test_what_it_links_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("place", re.findall(r"\]\(#([^)]+)\)", README))
def test_the_headings_it_leads_to_are_there(place: str) -> None:
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    assert place in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("text", re.findall(r"```json\n(.*?)```", README, re.DOTALL))
def test_the_json_it_shows_is_json(text: str) -> None:
    assert json.loads(text)


def test_the_tests_it_names_are_there() -> None:
    promised = section("### What is promised, and what tries to break it")
    named = set(re.findall(r"`(?:[\w/]*/)?(test_\w+\.py)`", promised))
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(named) > 20
    assert named <= there


def test_the_comparison_is_what_was_measured() -> None:
    compared = section("## How it compares")
    (day,) = re.findall(r"^Measured on (\S+)", compared, re.MULTILINE)
    assert f"What came out on {day}" in MEASURED
    head, _, *lines = rows(compared)
    programs = head[1:]
    found = {(cells[0], cells[1]): cells for cells in rows(MEASURED)}
    heading = next(cells for cells in rows(MEASURED) if "closest" in cells)
    of = {
        name: heading.index(name)
        for name in ("closest", "oversell", "break rules", "lose cents", "ms, median")
    }
    kinds = ("plain", "look-through", "household")

    def cell(kind: str, program: str, what: str) -> str:
        return found[kind, program][of[what]] or "cannot"

    def lost(program: str) -> str:
        answered = [kind for kind in kinds if cell(kind, program, "closest") != "cannot"]
        return f"{sum(int(cell(kind, program, 'lose cents')) for kind in answered)} of {20 * len(answered)}"

    for number, program in enumerate(programs, 1):
        told = [line[number].split(" (")[0] for line in lines]
        assert told[0] == cell("plain", program, "closest")
        assert told[1:3] == [cell("look-through", program, what) for what in ("closest", "oversell")]
        assert told[3:5] == [cell("household", program, what) for what in ("closest", "break rules")]
        assert told[5] == lost(program)
        assert told[6] == " / ".join(cell(kind, program, "ms, median") for kind in ("plain", "household"))
        assert (program, told[7]) in found  # ready to be asked
    assert f"({cell('household', 'lakshmi, 5 rounds', 'closest')} when asked five times over)" in compared
