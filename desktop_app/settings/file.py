"""Reads and writes the preferences file; starting the program never fails because of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from desktop_app.domain.issues import Issue, Severity

from .preferences import SETTINGS, Preferences

WriteWhole: TypeAlias = Callable[[Path, bytes], None]
"""Writes a file whole or not at all (`storage.atomic_write_bytes`)."""

_LARGEST = 2**20


def default_preferences_path() -> Path:
    """Return the preferences file in the user's configuration folder, which may not exist yet."""
    import platformdirs

    return platformdirs.user_config_path("Even Keel", appauthor=False) / "preferences.json"


def load_preferences(path: Path | None = None) -> tuple[Preferences, tuple[Issue, ...]]:
    """Return the preferences and what could not be used; never raises for what the file holds.

    A missing file gives the defaults. A damaged one as well; it is kept beside as
    `preferences.damaged.json`. A single value that makes no sense falls back alone.
    """
    file = path or default_preferences_path()
    try:
        stored = _read(file)
    except FileNotFoundError:
        return Preferences(), ()
    except OSError as error:
        return Preferences(), (_unreadable(file, error),)
    except (ValueError, RecursionError):
        return Preferences(), (_set_aside(file),)
    return _preferences(stored)


def save_preferences(preferences: Preferences, path: Path | None = None, *, write: WriteWhole) -> None:
    """Save the preferences with `write`, keeping what a newer program stored in the same file.

    Raises what `write` raises.
    """
    file = path or default_preferences_path()
    stored: dict[str, Any] = {}
    with suppress(OSError, ValueError, RecursionError):
        stored = _read(file)
    stored.update({setting.name: _plain(getattr(preferences, setting.name)) for setting in SETTINGS})
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(file, (json.dumps(stored, indent=2) + "\n").encode())


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        content = json.loads(opened.read(_LARGEST))
    if not isinstance(content, dict):
        raise ValueError(type(content).__name__)  # noqa: TRY004 - one kind of refusal for every damaged file
    return content


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _preferences(stored: dict[str, Any]) -> tuple[Preferences, tuple[Issue, ...]]:
    chosen: dict[str, Any] = {}
    issues = []
    for setting in SETTINGS:
        value = stored.get(setting.name, setting.default)
        if setting.accepts(value):
            chosen[setting.name] = value
        else:
            message = f"The preference “{setting.title or setting.name}” could not be used and was reset."
            issues.append(Issue(Severity.INFO, message, fix="Choose it again under Settings."))
    chosen["text_scale"] = float(chosen.get("text_scale", 1.0))
    if chosen.get("last_document") is not None:
        chosen["last_document"] = Path(chosen["last_document"])
    return Preferences(**chosen), tuple(issues)


def _unreadable(file: Path, error: OSError) -> Issue:
    message = f"Your preferences could not be read ({error.strerror or type(error).__name__})."
    return Issue(Severity.WARNING, message, fix=f"Check that you may open “{file}”.")


def _set_aside(file: Path) -> Issue:
    kept = file.with_name(f"{file.stem}.damaged{file.suffix}")
    message = "Your preferences were damaged, so the usual ones are in use."
    try:
        file.replace(kept)
    except OSError:
        return Issue(Severity.WARNING, message, fix=f"Remove “{file}”, then choose your preferences again.")
    return Issue(
        Severity.WARNING, message, fix=f"Choose them again under Settings. The old file is kept as “{kept}”."
    )
