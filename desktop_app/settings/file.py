"""Reads and writes the preferences file; starting the program never fails because of it."""

from __future__ import annotations

import errno
import json
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.system_words import system_words
from desktop_app.domain.user_folders import linux_folder

from .preferences import MOST_RECENT, SETTINGS, Preferences, Setting

WriteWhole: TypeAlias = Callable[[Path, bytes], None]
"""Writes a file whole or not at all (`storage.atomic_write_bytes`)."""

_Told: TypeAlias = Callable[[], Issue]
"""Says what could not be used, once the language that was chosen is spoken."""

_tr = translator("PreferencesFile")
_tr_setting = translator("settings")

_LARGEST = 2**20
NAME = "Even Keel"


def default_preferences_path() -> Path:
    """Return the preferences file in the user's configuration folder, which may not exist yet."""
    folder = linux_folder("XDG_CONFIG_HOME", ".config", NAME)
    if folder is None:
        import platformdirs

        folder = platformdirs.user_config_path(NAME, appauthor=False)
    return folder / "preferences.json"


def load_preferences(
    path: Path | None = None, speak: Callable[[Preferences], None] | None = None
) -> tuple[Preferences, tuple[Issue, ...]]:
    """Return the preferences and what could not be used; never raises for what the file holds.

    A missing file gives the defaults. A damaged one as well; it is kept beside as
    `preferences.damaged.json`. A single value that makes no sense falls back alone. `speak` gets the
    preferences before anything is put into words: it may let the program speak the language they name.
    """
    preferences, told = _loaded(path or default_preferences_path())
    if speak is not None:
        speak(preferences)
    return preferences, tuple(tell() for tell in told)


def _loaded(file: Path) -> tuple[Preferences, tuple[_Told, ...]]:
    try:
        stored = _read(file)
    except FileNotFoundError:
        return Preferences(), ()
    except OSError as error:
        return Preferences(), (partial(_unreadable, file, error),)
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
    if not stat.S_ISREG(file.stat().st_mode):  # something that waits or never ends
        raise OSError(errno.EINVAL, _tr("it is not an ordinary file"))
    with file.open("rb") as opened:
        content = json.loads(opened.read(_LARGEST))
    if not isinstance(content, dict):
        raise ValueError(type(content).__name__)  # noqa: TRY004 - one kind of refusal for every damaged file
    return content


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def _preferences(stored: dict[str, Any]) -> tuple[Preferences, tuple[_Told, ...]]:
    chosen: dict[str, Any] = {}
    told: list[_Told] = []
    for setting in SETTINGS:
        value = stored.get(setting.name, setting.default)
        if setting.accepts(value):
            chosen[setting.name] = value
        else:
            told.append(partial(_was_reset, setting))
    chosen["text_scale"] = float(chosen.get("text_scale", 1.0))
    for name in ("last_document", "statement_folder"):
        if chosen.get(name) is not None:
            chosen[name] = Path(chosen[name])
    chosen["recent_documents"] = tuple(map(Path, chosen.get("recent_documents", ())))[:MOST_RECENT]
    return Preferences(**chosen), tuple(told)


def _was_reset(setting: Setting) -> Issue:
    name = _tr_setting(setting.title) if setting.title else setting.name
    message = _tr("The preference “{0}” could not be used and was reset.").format(name)
    return Issue(Severity.INFO, message, fix=_tr("Choose it again under Settings."))


def _unreadable(file: Path, error: OSError) -> Issue:
    message = _tr("Your preferences could not be read ({0}).").format(system_words(error))
    return Issue(Severity.WARNING, message, fix=_tr("Check that you may open “{0}”.").format(file))


def _set_aside(file: Path) -> _Told:
    kept = file.with_name(f"{file.stem}.damaged{file.suffix}")
    try:
        file.replace(kept)
    except OSError:
        return partial(_damaged, file)
    return partial(_damaged, file, kept)


def _damaged(file: Path, kept: Path | None = None) -> Issue:
    message = _tr("Your preferences were damaged, so the usual ones are in use.")
    if kept is None:
        fix = _tr("Remove “{0}”, then choose your preferences again.").format(file)
    else:
        fix = _tr("Choose them again under Settings. The old file is kept as “{0}”.").format(kept)
    return Issue(Severity.WARNING, message, fix=fix)
