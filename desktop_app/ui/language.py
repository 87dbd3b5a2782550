"""One language for the window and the floors below it, and a made-up one that shows what was forgotten."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop_app.domain.language import use_translation

LONGER = 0.4
"""Share by which the made-up language is longer than English, as German and Spanish often are."""

WORD = 7
"""What makes it longer comes in words of so many characters, so that lines can be broken."""

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćđéƒğħíĵķłɱñöþɋřšŧúṽŵẋýžÁɃĆĐÉƑĞĦÍĴĶŁṀÑÖÞɊŘŠŦÚṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(\{[^}]*\}|&(?=\w)|<[^>]*>)")
"""What a translation must leave alone: places to fill in, marks of keys, tags."""


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
