"""The walls between the floors fall when somebody breaks them: tried on a tiny tree of the same shape."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "ui", "cli", "workflow", "rebalance", "importers", "outlook", "reports", "storage", "settings", "domain",
)  # fmt: skip
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


@pytest.fixture
def tiny_tree(tmp_path: Path) -> Path:
    """Return a folder with our pyproject.toml and a package with the same floors, all of them empty."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    package = tmp_path / "desktop_app"
    package.mkdir()
    for name in ("__init__", "__main__", "app"):
        (package / f"{name}.py").write_text("")
    for floor in FLOORS:
        (package / floor).mkdir()
        (package / floor / "__init__.py").write_text("")
        (package / floor / "one.py").write_text("")
        (package / floor / "two.py").write_text("")
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, encoding="utf-8", check=False)


def test_an_obedient_tree_passes(tiny_tree: Path) -> None:
    (tiny_tree / "desktop_app" / "workflow" / "one.py").write_text("from desktop_app.rebalance import one\n")
    (tiny_tree / "desktop_app" / "ui" / "one.py").write_text("from PySide6 import QtCore\n")
    result = lint(tiny_tree)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("domain/one.py", "import desktop_app.workflow", "Floors: each imports only floors below it"),
        ("workflow/one.py", "import desktop_app.app", "Floors: each imports only floors below it"),
        (
            "storage/one.py",
            "from desktop_app.importers import one",
            "Floors: each imports only floors below it",
        ),
        ("cli/one.py", "from desktop_app.ui import one", "Floors: each imports only floors below it"),
        ("helpers.py", "", "Floors: each imports only floors below it"),
        ("cli/one.py", "from PySide6 import QtCore", "Qt stays in the window"),
        ("reports/one.py", "def f():\n    import pyqtgraph", "Qt stays in the window"),
        ("cli/one.py", "def f():\n    from urllib import request", "Nothing reaches the network"),
        ("ui/one.py", "import socket", "Nothing reaches the network"),
        ("domain/one.py", "import numpy", "The domain needs nothing but Python"),
        ("domain/one.py", "from desktop_app.domain import two", "No circles"),
    ],
)
def test_a_broken_wall_is_named(tiny_tree: Path, file: str, line: str, contract: str) -> None:
    if contract == "No circles":
        (tiny_tree / "desktop_app" / "domain" / "two.py").write_text("from desktop_app.domain import one\n")
    (tiny_tree / "desktop_app" / file).write_text(f"{line}\n")
    result = lint(tiny_tree)
    assert result.returncode == 1
    broken = [text for text in result.stdout.splitlines() if text.strip().endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken) or "helpers" in result.stdout, result.stdout
