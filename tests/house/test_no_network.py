"""No network, provably: not imported, not shipped, not asked for on the whole journey."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
from network import is_network_module, network_files  # noqa: E402 - lives beside the builder

sys.path.pop(0)
SELF_TEST = re.compile(r"[/\\]temporary\d*[/\\](even-keel-[a-z0-9_]+([/\\]|$)|[a-z0-9_]{8}$)")
"""The folder `--self-test` makes for its sample, and the short word with which Python tries the place."""
JOURNEY = Path(__file__).with_name("guarded_journey.py")
BROWSER = {"QDesktopServices", "setOpenExternalLinks"}


def imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found += [(node.lineno, node.module or "")]
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Name) and node.id in BROWSER:
            found.append((node.lineno, f"PySide6.QtNetwork.{node.id}"))
        elif isinstance(node, ast.Attribute) and node.attr in BROWSER:
            found.append((node.lineno, f"PySide6.QtNetwork.{node.attr}"))
    return found


def test_our_code_imports_nothing_that_reaches_the_network() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in sorted((ROOT / "desktop_app").rglob("*.py"))
        for line, name in imports(path)
        if is_network_module(name)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["import socket", "from http.client import HTTPSConnection", "import urllib.request",
     "from urllib import request", "from PySide6.QtNetwork import QTcpSocket",
     "from PySide6 import QtNetwork", "import asyncio",
     "QDesktopServices.openUrl('x')", "label.setOpenExternalLinks(True)"],
)  # fmt: skip
def test_the_check_sees_every_way_out(tmp_path: Path, line: str) -> None:
    (tmp_path / "one.py").write_text(line, encoding="utf-8")
    assert any(is_network_module(name) for _, name in imports(tmp_path / "one.py"))


def test_the_frozen_program_is_searched_for_network_libraries(tmp_path: Path) -> None:
    good = ["PySide6/Qt/lib/libQt6Core.so.6", "lib-dynload/_json.so", "resources/funds/funds.csv"]
    bad = [
        "libssl.so.3",
        "PySide6/Qt6Network.dll",
        "lib-dynload/_socket.cpython-311.so",
        "libQt6Network.so.6",
    ]
    assert network_files([*good, *bad]) == sorted(bad)


def run(what: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, str(JOURNEY), what, *(more or (str(folder),))],
        cwd=folder, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The whole journey once under the guard: what was done, loaded and written, and what was said."""
    home, temporary = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "WIN_PD_OVERRIDE_APPDATA"):
            patch.setenv(name, str(home))
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, str(temporary))
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.delenv(name, raising=False)
        result = run("journey", home)
    assert result.returncode == 0, result.stdout + result.stderr
    return {**json.loads(result.stdout.splitlines()[-1]), "home": str(home), "errors": result.stderr}


def test_the_whole_journey_asks_for_no_socket(journey: dict[str, object]) -> None:
    assert journey["done"][0] == "self-test"
    assert journey["done"][-1] == "second start"
    if sys.platform == "linux":
        assert journey["kernel"], "the kernel did not take the guard"


def test_the_whole_journey_loads_no_network_module(journey: dict[str, object]) -> None:
    assert [name for name in journey["modules"] if is_network_module(name)] == []


def test_nothing_is_written_outside_the_users_folders(journey: dict[str, object]) -> None:
    """The folder for temporary files is outside; only the self-test makes a folder there, and removes it."""
    home = os.path.realpath(journey["home"])
    outside = [
        path
        for path in journey["written"]
        if not os.path.realpath(path).startswith(home)
        and not SELF_TEST.search(path)
        and not path.endswith(".pyc")
        and "__pycache__" not in path
    ]
    assert [path for path in outside if not path.startswith(("/dev/", "/proc/"))] == []
    assert any(path.endswith("sealed.keel.lock") for path in journey["written"])


def test_nothing_of_the_users_is_said_on_standard_error(journey: dict[str, object]) -> None:
    said = "\n".join(line for line in journey["errors"].splitlines() if "propagateSizeHints" not in line)
    for secret in ("48213", "70952", "245671830", "Birchwood", "Saltmarsh", "four quiet words", "Traceback"):
        assert secret not in said
    assert not any(character == "$" for character in said)


def test_the_guard_itself_stops_a_socket(tmp_path: Path) -> None:
    assert "socket.__new__ is forbidden" in run("break-python", tmp_path).stderr


@pytest.mark.parametrize(
    "call",
    [
        ("socket", 1, 1, 0),
        ("socket", 2, 1, 0),
        ("socket", 10, 2, 0),
        ("socket", 16, 3, 0),
        ("socket", 17, 3, 0),
        ("socket", 31, 3, 1),
        ("socket", 38, 5, 0),
        ("socket", 40, 1, 0),
        ("socket", 44, 3, 0),
        ("socketpair", 1, 1, 0),
        ("syscall", 425, 1),
    ],
    ids=lambda call: f"{call[0]}-{call[1]}",
)
def test_the_kernel_ends_the_process_for_a_socket_of_any_family(
    tmp_path: Path, call: tuple[str, int]
) -> None:
    """Local, internet, netlink, packets, Bluetooth, cryptography, virtual machines, express data path."""
    if sys.platform == "linux":  # no other kernel can be asked
        assert run("break-kernel", tmp_path, *map(str, call)).returncode == -signal.SIGSYS
