"""One language for the window and the floors below it, and a made-up one that shows what was forgotten."""

from __future__ import annotations

import json
import re
from typing import Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop_app.domain.language import use_translation
from desktop_app.domain.resources import resource_path

Language: TypeAlias = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")
"""The languages the program speaks; the first is the one it is written in."""

LONGER = 0.4
"""Share by which the made-up language is longer than English, as German and Spanish often are."""

WORD = 7
"""What makes it longer comes in words of so many characters, so that lines can be broken."""

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćđéƒğħíĵķłɱñöþɋřšŧúṽŵẋýžÁɃĆĐÉƑĞĦÍĴĶŁṀÑÖÞɊŘŠŦÚṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(\{[^}]*\}|&(?=\w)|<[^>]*>)")
"""What a translation must leave alone: places to fill in, marks of keys, tags."""


def language_meant(wanted: str) -> Language:
    """Return the language a preference stands for: for "system" the computer's first that is spoken."""
    asked = QLocale.system().uiLanguages() if wanted == "system" else [wanted]
    for code in asked:
        for language in LANGUAGES:
            if code.partition("-")[0] == language:
                return language
    return LANGUAGES[0]


def speak(app: QCoreApplication, language: Language) -> QTranslator | None:
    """Let the program speak a language from now on; what was already built keeps its words.

    Returns the translator, None for English. Dates in calendars follow; amounts stay as in the US.
    """
    speak_below()
    if language == LANGUAGES[0]:
        return None
    QLocale.setDefault(QLocale(f"{language}_US"))
    translator = CatalogueTranslator(language, app)
    app.installTranslator(translator)
    return translator


class CatalogueTranslator(QTranslator):
    """Translates with a catalogue of `resources/translations`, and Qt's own texts with Qt's own."""

    def __init__(self, language: Language, parent: QCoreApplication) -> None:
        super().__init__(parent)
        file = resource_path(f"translations/{language}.json")
        self._texts: dict[str, dict[str, str]] = json.loads(file.read_bytes())
        self._of_qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._of_qt.load(f"qtbase_{language}", folder)

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Return the translation, or the text itself where there is none."""
        own = self._texts.get(context, {}).get(source)
        return own or self._of_qt.translate(context, source, disambiguation, n) or source

    def isEmpty(self) -> bool:
        """There is always a translation."""
        return False


def speak_below() -> None:
    """Let the floors below the window translate as the window does, from now on."""
    use_translation(_translated)


def _translated(context: str, text: str) -> str:
    # not Qt's own function: to wrap that asks for its help text, which loads PySide6's table of signatures
    return QCoreApplication.translate(context, text)


def pseudo(text: str) -> str:
    """Return a text in the made-up language: every letter accented, and longer by two fifths."""
    parts = _KEPT.split(text)
    words = "".join(part if i % 2 else part.translate(_LETTERS) for i, part in enumerate(parts))
    more = round(LONGER * len(_KEPT.sub("", text).strip()))
    if more <= 1:
        return words + "~" * more
    return words + "".join(" " if i % WORD == 0 else "~" for i in range(more))


class PseudoTranslator(QTranslator):
    """Translates everything into the made-up language; what stays plain English is not translated at all."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Return the text in the made-up language, whatever the context."""
        del context, disambiguation, n
        return pseudo(source)

    def isEmpty(self) -> bool:
        """There is always a translation."""
        return False
