"""What can reach another computer: forbidden in our code and looked for in the frozen program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

MODULES = {
    "socket", "_socket", "ssl", "_ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "nntplib",
    "telnetlib", "socketserver", "xmlrpc", "asyncio", "_asyncio", "webbrowser", "wsgiref",
    "multiprocessing", "_multiprocessing", "requests", "urllib3", "httpx", "aiohttp", "paramiko",
}  # fmt: skip
"""Python modules, with everything inside them, that open sockets or speak to other computers."""

PARTS = {"urllib.request", "urllib.error", "urllib.robotparser", "logging.handlers"}
"""Modules inside packages that are harmless otherwise."""

QT_PARTS = {
    "QtNetwork", "QtWebSockets", "QtWebEngineCore", "QtWebEngineWidgets", "QtWebView", "QtWebChannel",
    "QtHttpServer", "QtRemoteObjects", "QtDBus",
}  # fmt: skip

LIBRARIES = (
    "qt6network", "qt6websockets", "qt6webengine", "qt6webview", "qt6httpserver", "qnetworklistmanager",
    "libssl", "libgnutls", "libavahi", "libkrb5", "libgssapi", "libcurl", "libnghttp", "libsoup",
    "libcups.so", "winhttp", "_socket.", "_ssl.", "_asyncio.",
)  # fmt: skip
"""How the files of network libraries are called, on any system, in small letters."""


def is_network_module(name: str) -> bool:
    """Tell whether a Python module is, or belongs to, one that reaches the network."""
    parts = name.split(".")
    in_qt = len(parts) > 1 and parts[0] == "PySide6" and parts[1] in QT_PARTS
    return parts[0] in MODULES or in_qt or any(name == part or name.startswith(f"{part}.") for part in PARTS)


def network_files(files: Iterable[Path | str]) -> list[str]:
    """Return which of the files carry the name of a network library."""
    return sorted(str(file) for file in files if any(name in Path(file).name.lower() for name in LIBRARIES))
