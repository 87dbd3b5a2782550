"""Every preference, declared once: its type, its default and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import Any, Literal, TypeAlias

from desktop_app.domain.records import dataclass

Stored: TypeAlias = str | int | float | bool | tuple[()] | None
"""A preference as JSON carries it; a list of texts starts empty."""

MOST_RECENT = 8
"""So many households are remembered."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one preference is asked for and checked.

    `choices` are (value, words) pairs, `low` and `high` bounds of a number. A setting with an empty
    `title` is remembered by the program and never asked.
    """

    name: str
    kind: type
    default: Stored
    title: str = ""
    help: str = ""
    choices: tuple[tuple[Stored, str], ...] = ()
    low: float | None = None
    high: float | None = None

    def accepts(self, value: object) -> bool:
        """Tell whether `value`, as JSON carries it, may stand for this preference."""
        if self.choices:
            return any(value == choice and type(value) is type(choice) for choice, _ in self.choices)
        if value is None:
            return self.default is None
        if self.kind is tuple:
            return isinstance(value, (list, tuple)) and all(_is_path(each) for each in value)
        if self.kind is float:
            return type(value) in {int, float} and self._in_range(value)
        return type(value) is self.kind and "\0" not in str(value)

    def _in_range(self, value: Any) -> bool:
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)


def _is_path(value: object) -> bool:
    return type(value) is str and bool(value) and "\0" not in value


def _declare(default: Any, kind: type, title: str = "", **words: Any) -> Any:
    return field(default=default, metadata={"kind": kind, "title": title, **words})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user chose for this computer; nothing of the household itself."""

    language: Literal["system", "en", "es"] = _declare(
        "system",
        str,
        "Language",
        help="Another language is spoken from the next start on.",
        choices=(("system", "Same as the computer"), ("en", "English"), ("es", "Español")),
    )
    theme: Literal["system", "light", "dark", "contrast_light", "contrast_dark"] = _declare(
        "system",
        str,
        "Colors",
        help="Follow the computer, or always the same.",
        choices=(
            ("system", "Same as the computer"),
            ("light", "Light"),
            ("dark", "Dark"),
            ("contrast_light", "High contrast on white"),
            ("contrast_dark", "High contrast on black"),
        ),
    )
    text_scale: float = _declare(
        1.0, float, "Text size", help="200 % is twice as large as usual.", low=1.0, high=2.0
    )
    reduce_motion: bool | None = _declare(
        None,
        bool,
        "Movement",
        help="Pages and charts can change without gliding.",
        choices=((None, "Same as the computer"), (True, "Keep still"), (False, "Glide")),
    )
    paper: str = _declare(
        "letter",
        str,
        "Paper",
        help="The size of the printed checklist.",
        choices=(("letter", "Letter (8.5 × 11 in)"), ("a4", "A4 (210 × 297 mm)")),
    )
    large_print: bool = _declare(
        default=False, kind=bool, title="Large print", help="Print checklists in larger letters."
    )
    lock_after: int | None = _declare(
        15,
        int,
        "Lock",
        help="A household with a passphrase closes itself when nobody has touched the program for a while.",
        choices=(
            (1, "After 1 minute"),
            (5, "After 5 minutes"),
            (15, "After 15 minutes"),
            (60, "After an hour"),
            (None, "Only when asked"),
        ),
    )
    last_document: Path | None = field(default=None, metadata={"kind": str})
    recent_documents: tuple[Path, ...] = field(default=(), metadata={"kind": tuple})
    statement_folder: Path | None = field(default=None, metadata={"kind": str})


def _setting(name: str, default: Any, metadata: Mapping[str, Any]) -> Setting:
    return Setting(name=name, default=default, **metadata)


SETTINGS: tuple[Setting, ...] = tuple(
    _setting(declared.name, declared.default, declared.metadata) for declared in fields(Preferences)
)
"""The declarations in the order a settings page shows them."""

ASKED = tuple(setting for setting in SETTINGS if setting.title)
"""The settings a page asks for."""
