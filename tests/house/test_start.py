"""What the way to the first painted window loads, with a saved household."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import reports
from desktop_app.ui.binding import RARELY

from .test_tree import HEAVY, ROOT

SAVE = """
from datetime import date
from desktop_app.storage import DocumentStore, default_document_path
from desktop_app.workflow.sample import sample_household
with DocumentStore(default_document_path()) as store:
    store.save(sample_household(date.today()))
"""
OPEN = """
import linecache, sys
from desktop_app.app import start_and_quit
assert start_and_quit(None) == 0
print("modules", *sys.modules)
print("read", *linecache.cache)
print("waiting", *(name for name, module in sys.modules.items() if "_waiting_for" in vars(module)))
import PySide6.QtWidgets
print("widgets", *(name for name, kind in vars(PySide6.QtWidgets).items() if isinstance(kind, type)))
"""
LATER = (
    "desktop_app.importers.reading",
    "desktop_app.rebalance.plan",
    "desktop_app.reports.sheet",
    "desktop_app.ui.pages.holdings",
    "desktop_app.ui.pages.import_preview",
    "desktop_app.ui.pages.start",
    "desktop_app.ui.reminders",
    "desktop_app.ui.sealing.lock_page",
    "desktop_app.ui.widgets.date_field",
    "desktop_app.ui.wizard",
    "desktop_app.workflow.preview",
)
"""One of each kind of thing that is loaded when it is first wanted."""
FLOORS = {"app", "domain", "rebalance", "reports", "settings", "storage", "ui", "workflow"}
"""All floors that a first window stands on."""
LITTLE = {
    "rebalance": {"drift"},
    "reports": {"when_words", "words"},
    "ui": {
        "application", "begun", "binding", "boxes", "document", "files", "first_paint", "frame", "importing",
        "language", "lean_enums", "models", "pages", "placing", "remembered", "saving", "sealing", "tasks",
        "theme", "trouble", "unsaved", "waiting", "widgets", "window", "window_menus", "window_pages",
        "words",
    },
    "ui.pages": {"overview", "overview_cards", "overview_table"},
    "ui.models": {"drift_model", "drift_rows", "drift_words", "now_shares", "rounding", "tree_rows"},
    "ui.sealing": {"lock", "sealing"},
    "ui.widgets": {
        "band_bar", "banner", "buttons", "card", "delegates", "fit", "fitted_tree", "gauge", "ground",
        "in_sight", "labels", "legend", "marks", "page", "ring", "ring_geometry", "roles", "segmented",
        "swatch", "tables", "tips", "viewport", "wrap",
    },
    "workflow": {"cloud_folders", "desk", "documents", "edits", "whereabouts"},
}  # fmt: skip
"""Of these packages nothing else is loaded before the first paint."""
MOST_OURS, MOST_ALL = 150, 320
MOST_WIDGETS = 60
"""So many kinds of widget may be loaded; PySide6 knows twice as many when one asks it carelessly."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What a process tells after its first paint: the modules it has, the sources it has read."""
    home = str(tmp_path_factory.mktemp("home"))
    folders = (
        "HOME", "USERPROFILE", "WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
    )  # fmt: skip
    surroundings = os.environ | dict.fromkeys(folders, home) | {"QT_QPA_PLATFORM": "offscreen"}

    def run(code: str) -> str:
        result = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        return result.stdout

    run(SAVE)
    lines = [line.split() for line in run(OPEN).splitlines()]
    return {words[0]: set(words[1:]) for words in lines if words}


def test_the_first_paint_loads_the_overview_and_nothing_that_comes_later(told: dict[str, set[str]]) -> None:
    assert "desktop_app.ui.pages.overview" in told["modules"]
    assert told["modules"].isdisjoint(LATER)
    assert "PySide6.QtSvg" not in told["modules"], "an icon of a size that has no mask"
    assert {name.partition(".")[0] for name in told["modules"]}.isdisjoint(HEAVY)


def test_the_first_paint_loads_these_modules_and_no_more(told: dict[str, set[str]]) -> None:
    ours = {name.partition(".")[2] for name in told["modules"] if name.startswith("desktop_app.")}
    assert {name.partition(".")[0] for name in ours} == FLOORS
    for package, little in LITTLE.items():
        inside = {name.removeprefix(f"{package}.") for name in ours if name.startswith(f"{package}.")}
        assert {name.partition(".")[0] for name in inside} <= little, package
    assert len(ours) <= MOST_OURS
    assert len(told["modules"]) <= MOST_ALL


def test_what_is_slow_to_make_waits(told: dict[str, set[str]]) -> None:
    """Classes of records, PySide6's help texts with what they need of Python, kinds of widget."""
    assert told["waiting"] >= RARELY | {"inspect", "tempfile", "textwrap", "traceback"}
    assert len(told["widgets"]) <= MOST_WIDGETS


def test_no_class_of_the_program_waits_for_the_standard_decorator() -> None:
    """It takes 0.3 ms for each class, and a first preview needs a hundred of them."""
    standard = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)
    for path in (ROOT / "desktop_app").rglob("*.py"):
        if path.name != "records.py":
            assert not standard.search(path.read_text(encoding="utf-8")), f"{path}: take domain.records"


def test_no_source_is_read_beside_the_compiled_modules(told: dict[str, set[str]]) -> None:
    """PySide6 reads the source of all that is imported after it, unless its hook is taken away."""
    assert not [name for name in told["read"] if Path(name).is_relative_to(ROOT / "desktop_app")]


def test_the_names_of_reports_are_what_it_offers() -> None:
    modules = {path.stem for path in Path(reports.__file__).parent.glob("*.py")}
    for name in reports.__all__:
        assert getattr(reports, name) is not None, name
    assert modules.isdisjoint(reports.__all__), "a module, once loaded, would take the place of its namesake"
    with pytest.raises(AttributeError, match="no attribute 'sheets'"):
        getattr(reports, "sheets")  # noqa: B009 - asked for by name, as a typing error would be
