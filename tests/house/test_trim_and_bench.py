"""What the frozen program leaves out, and how the bench sums up."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"

LINKED = {
    "QtWidgets.abi3.so": ["libQt6Widgets.so.6", "libc.so.6"],
    "QtQml.abi3.so": ["libQt6Qml.so.6"],
    "libQt6Widgets.so.6": ["libQt6Gui.so.6"],
    "libQt6Gui.so.6": ["libglib-2.0.so.0", "libpcre2-8.so.0", "libxkbcommon.so.0"],
    "libglib-2.0.so.0": ["libpcre2-8.so.0"],
    "libQt6Qml.so.6": ["libQt6Network.so.6"],
    "libqxcb.so": ["libQt6Gui.so.6", "libxcb.so.1"],
    "libqgtk3.so": ["libgtk-3.so.0"],
    "_ssl.so": ["libssl.so.3"],
    "libcupsprintersupport.so": ["libQt6Gui.so.6", "libcups.so.2", "libgnutls.so.30", "libglib-2.0.so.0"],
    "libcups.so.2": ["libgnutls.so.30", "libglib-2.0.so.0"],
}
LISTED = [
    ("PySide6/QtWidgets.abi3.so", "EXTENSION"),
    ("PySide6/QtQml.abi3.so", "EXTENSION"),
    ("PySide6/Qt/lib/libQt6Widgets.so.6", "BINARY"),
    ("PySide6/Qt/lib/libQt6Gui.so.6", "BINARY"),
    ("PySide6/Qt/lib/libQt6Qml.so.6", "BINARY"),
    ("PySide6/Qt/lib/libQt6Network.so.6", "BINARY"),
    ("PySide6/Qt/plugins/platforms/libqxcb.so", "BINARY"),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "BINARY"),
    ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "BINARY"),
    ("libcups.so.2", "BINARY"),
    ("libgnutls.so.30", "BINARY"),
    ("libglib-2.0.so.0", "BINARY"),
    ("libpcre2-8.so.0", "BINARY"),
    ("libxkbcommon.so.0", "BINARY"),
    ("libgtk-3.so.0", "BINARY"),
    ("libxcb.so.1", "BINARY"),
    ("libssl.so.3", "BINARY"),
    ("libpython3.11.so.1.0", "BINARY"),
    ("lib-dynload/_ssl.so", "EXTENSION"),
    ("numpy.libs/libopenblas.so", "BINARY"),
]


@pytest.fixture
def trim(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import trim

    return trim


def imports_of(path: str) -> list[tuple[str, str | None]]:
    return [(name, f"/lib/{name}") for name in LINKED.get(Path(path).name, [])]


def test_unused_parts_of_qt_go_with_what_only_they_needed(trim: ModuleType) -> None:
    entries = [(place, f"/built/{place}", kind) for place, kind in LISTED]
    kept = {place for place, _, _ in trim.trim_binaries(entries, imports_of)}
    assert {place for place, _ in LISTED} - kept == {
        "PySide6/QtQml.abi3.so",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "libgtk-3.so.0",
        "libcups.so.2",
        "libgnutls.so.30",  # only the system's own printing needs it
        "libglib-2.0.so.0",
        "libpcre2-8.so.0",  # comes with the system's GLib
        "libxcb.so.1",
    }


def test_links_to_what_was_left_out_go_too(trim: ModuleType) -> None:
    binaries = [("PySide6/Qt/lib/libQt6Gui.so.6", "/built/libQt6Gui.so.6", "BINARY")]
    data = [
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", "SYMLINK"),
        ("PySide6/Qt/translations/qtbase_de.qm", "/built/qtbase_de.qm", "DATA"),
        ("PySide6/Qt/translations/qtbase_es.qm", "/built/qtbase_es.qm", "DATA"),
        ("resources/translations/es.json", "/built/es.json", "DATA"),
        ("pyqtgraph/icons/auto.png", "/built/auto.png", "DATA"),
        ("resources/icons/add.svg", "/built/add.svg", "DATA"),
    ]
    kept = [place for place, _, _ in trim.trim_data(data, binaries)]
    assert kept == [
        "libQt6Gui.so.6",
        "PySide6/Qt/translations/qtbase_es.qm",
        "resources/translations/es.json",
        "resources/icons/add.svg",
    ]


@pytest.mark.parametrize(
    ("times", "expected"),
    [([7.0], 7.0), ([float(n) for n in range(100, 0, -1)], 95.0), ([3.0, 1.0, 2.0], 3.0)],
)
def test_p95_is_the_time_95_of_100_stay_within(
    monkeypatch: pytest.MonkeyPatch, times: list[float], expected: float
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bench_table

    assert bench_table.p95(times) == expected


def test_a_row_says_what_was_missed_or_why_it_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    from bench_table import Row

    assert Row("start", "≤ 1.4 ×", "1.50 ×", held=False).line().endswith("1.50 ×   MISSED")
    assert Row("start", "≤ 1.4 ×", "1.30 ×", held=True).line().endswith("1.30 ×")
    assert Row("draw", "≤ 9 ms", why="no page").line().endswith("not measured yet: no page")
