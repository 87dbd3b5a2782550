"""The shape of the checkout and of the package."""

from __future__ import annotations

import ast
import fnmatch
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    "pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY_NOTICES.md", "build.spec",
    "desktop_app", "resources", "tests", "packaging",
}  # fmt: skip
LEFT_BY_TOOLS = {"build", "dist", "out", "__pycache__", "even_keel.egg-info"}
HEAVY = {
    "pandas", "numpy", "openpyxl", "highspy", "python_calamine", "charset_normalizer", "pyqtgraph", "jinja2",
    "ofxtools", "icalendar", "cryptography", "argon2",
}  # fmt: skip
LATE = {path.stem for path in (ROOT / "desktop_app" / "importers").glob("fastgrid*.py")}
"""Modules that are loaded with the first long file only."""


LATE_WINDOW = {ROOT / "desktop_app" / "ui" / "charts" / name for name in ("library.py", "quiet.py")}
"""The one door to the drawing library; the pages behind it are imported when they are first shown."""


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_nothing_lies_about_at_the_top() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - LEFT_BY_TOOLS <= TOP_LEVEL


def test_the_folder_packaging_does_not_hide_the_library_of_that_name() -> None:
    assert list((ROOT / "packaging").rglob("__init__.py")) == []


def test_both_programs_start_at_the_same_door() -> None:
    table = project()["project"]
    assert isinstance(table, dict)
    assert table["scripts"] == {"even-keel": "desktop_app.__main__:main"}
    assert table["gui-scripts"] == {"even-keel-window": "desktop_app.__main__:main"}


def test_every_resource_goes_into_the_wheel() -> None:
    tool = project()["tool"]
    assert isinstance(tool, dict)
    places = tool["setuptools"]["data-files"]
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.is_dir():
            continue
        inside = path.relative_to(ROOT)
        place = f"share/even-keel/{inside.parent.as_posix()}"
        patterns = places.get(place, [])
        assert any(fnmatch.fnmatch(inside.as_posix(), pattern) for pattern in patterns), (
            f'{inside} would not be installed: add "{place}" = ["{inside.parent.as_posix()}/*.*"] '
            "to [tool.setuptools.data-files] in pyproject.toml"
        )


def test_heavy_libraries_are_imported_only_where_they_are_needed() -> None:
    """Their imports stand inside functions, so that the window opens without waiting for them.

    Modules made of nothing but arithmetic on arrays may import them, if they are imported that way.
    """
    found = []
    for path in sorted((ROOT / "desktop_app").rglob("*.py")):
        late = set() if path.stem in LATE else LATE
        heavy = set() if path.stem in LATE or path in LATE_WINDOW else HEAVY
        found += [f"{path.relative_to(ROOT)}:{line}: {name}" for line, name in _at_start(path, heavy | late)]
    assert found == []


def _at_start(path: Path, names: Collection[str]) -> list[tuple[int, str]]:
    """Return line and name of the imports of these that run when the module is imported."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    found = []
    while waiting:
        node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found += [(child.lineno, alias.name) for alias in child.names]
            elif isinstance(child, ast.ImportFrom):
                found.append((child.lineno, child.module or ""))
            elif not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _for_types(child):
                waiting.append(child)
    return [(line, name) for line, name in found if name.partition(".")[0] in names]


def _for_types(node: ast.AST) -> bool:
    """Tell whether a statement is the `if TYPE_CHECKING:` that never runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def test_the_window_opens_without_heavy_libraries() -> None:
    code = "import sys, desktop_app.app, desktop_app.ui.window; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    loaded = {name.partition(".")[0] for name in result.stdout.split()}
    assert loaded & HEAVY == set()
    assert "PySide6" in loaded


def test_no_words_are_translated_when_a_module_is_read() -> None:
    """A table of words made then would keep the language of that moment."""
    found: list[str] = []
    for path in sorted((ROOT / "desktop_app").rglob("*.py")):
        words = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}:{line}" for line in _translated_at_once(words)]
    assert not found


def _translated_at_once(words: str) -> Iterator[int]:
    """Yield the lines of a module that call for a translation outside its functions."""
    waiting: list[ast.AST] = [ast.parse(words)] if "_tr(" in words else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_tr":
            yield node.lineno
        waiting += [
            each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.FunctionDef | ast.Lambda)
        ]


def test_words_translated_at_once_are_found() -> None:
    module = "A = [_tr('1')]\ndef f():\n    return _tr('2')\nclass C:\n    b = _tr('3')\nd = lambda: _tr('4')"
    assert sorted(_translated_at_once(module)) == [1, 5]
