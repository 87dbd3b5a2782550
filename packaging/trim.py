"""Leaves out of the frozen program the parts of Qt that it does not use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath

QT_MODULES = {
    "QtCore", "QtGui", "QtOpenGL", "QtOpenGLWidgets", "QtPrintSupport", "QtSvg", "QtWidgets",
}  # fmt: skip
"""The two for OpenGL are there because pyqtgraph asks for them when it is imported; nothing uses them."""

QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qico", "qsvg"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cocoaprintersupport", "cupsprintersupport", "windowsprintersupport"},
    "styles": {"qmacstyle", "qmodernwindowsstyle", "qwindowsvistastyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}
"""Plugins to keep by folder; names without the `lib` and the ending of the platform."""

LEFT_TO_THE_SYSTEM = {
    "libX11-xcb.so.1", "libX11.so.6", "libcups.so.2", "libdbus-1.so.3", "libfontconfig.so.1",
    "libfreetype.so.6", "libgcc_s.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libstdc++.so.6",
    "libxcb.so.1",
}  # fmt: skip
"""Libraries every Linux desktop has; its drivers, fonts and message bus must fit them, and it mends them.

Printing (CUPS) would also bring network code along. The helpers of X11 that many desktops lack are carried.
"""

QT_TRANSLATIONS = {"qtbase_es.qm"}
"""What Qt itself says (Cancel, Copy, the print dialog) in the languages of the program."""

UNUSED_DATA = ("pyqtgraph/",)
"""Folders of icons and colour maps that nothing here asks for."""

Entry = tuple[str, str, str]
"""One file as PyInstaller lists it: place in the program, place on this machine, kind."""


def trim_binaries(
    entries: Iterable[Entry], imports_of: Callable[[str], Iterable[tuple[str, str | None]]]
) -> list[Entry]:
    """Return the entries without unused Qt modules and plugins, nor libraries only those needed.

    `imports_of` tells the names (and, where found, paths) of the libraries a file is linked with, directly or
    through others. What comes through a library left to the system stays with that one.
    """
    kept = [entry for entry in entries if _wanted(PurePath(entry[0]))]
    libraries = {PurePath(entry[0]).name: entry for entry in kept if _is_shared_library(entry)}
    needed: set[str] = set()
    waiting = [entry for entry in kept if not _is_shared_library(entry)]
    while waiting:
        linked = {PurePath(path or name).name for name, path in imports_of(waiting.pop()[1])}
        for left in linked & LEFT_TO_THE_SYSTEM & libraries.keys():
            linked -= {PurePath(path or name).name for name, path in imports_of(libraries[left][1])}
        for found in linked & libraries.keys() - needed - LEFT_TO_THE_SYSTEM:
            needed.add(found)
            waiting.append(libraries[found])
    return [entry for entry in kept if not _is_shared_library(entry) or PurePath(entry[0]).name in needed]


def trim_data(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """Return the entries without unused data and without links to files `binaries` does not have."""
    places = {PurePath(entry[0]) for entry in binaries}
    return [
        entry
        for entry in entries
        if _is_wanted_data(PurePath(entry[0]))
        and not entry[0].replace("\\", "/").startswith(UNUSED_DATA)
        and (entry[2] != "SYMLINK" or PurePath(entry[0]).parent / entry[1] in places)
    ]


def _is_wanted_data(place: PurePath) -> bool:
    is_translation_of_qt = "PySide6" in place.parts and "translations" in place.parts
    return not is_translation_of_qt or place.name in QT_TRANSLATIONS


def _wanted(place: PurePath) -> bool:
    parts = place.parts
    if "PySide6" not in parts:
        return True
    if "plugins" in parts:
        folder, name = parts[parts.index("plugins") + 1], place.name.split(".")[0]
        return name.removeprefix("lib") in QT_PLUGINS.get(folder, set())
    if place.name.startswith("Qt") and place.suffix in {".so", ".pyd"}:
        return place.name.split(".")[0] in QT_MODULES
    return "qml" not in parts


def _is_shared_library(entry: Entry) -> bool:
    """Tell whether a file is there only because another needs it: Qt's libraries and the system's."""
    place, _, kind = entry
    path = PurePath(place)
    if kind != "BINARY" or "plugins" in path.parts or "python3" in path.name.lower():
        return False
    return len(path.parts) == 1 or "PySide6" in path.parts
