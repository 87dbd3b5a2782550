"""The lower floors speak what was put in, in whole sentences, and English without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from desktop_app.domain.language import (
    day_words,
    month_named,
    translator,
    use_translation,
    whole_day_words,
)
from desktop_app.importers.classifier import classify

FUND = "Growth and Income Allocation Fund"
SPANISH = {
    "Sep": "sept.",
    "September": "septiembre",
    "{0} {1} {2}": "{0} de {1} de {2}",
    "Nothing to do.": "Nada que hacer.",
}


@pytest.fixture
def spanish() -> Iterator[list[str]]:
    asked: list[str] = []

    def translate(context: str, text: str) -> str:
        asked.append(context)
        return SPANISH.get(text, text)

    use_translation(translate)
    yield asked
    use_translation(None)


def test_without_a_language_everything_stays_english() -> None:
    assert translator("Plan")("Nothing to do.") == "Nothing to do."
    assert day_words(date(2026, 9, 30)) == "30 Sep 2026"
    assert whole_day_words(date(2026, 9, 30)) == "30 September 2026"


def test_what_was_made_before_speaks_the_language_put_in_later(spanish: list[str]) -> None:
    say = translator("Plan")
    assert say("Nothing to do.") == "Nada que hacer."
    assert spanish == ["Plan"]
    assert day_words(date(2026, 9, 30)) == "30 de sept. de 2026"
    assert whole_day_words(date(2026, 9, 30)) == "30 de septiembre de 2026"


@pytest.mark.parametrize("name", ["sep", "Sep", "sept", "SEPTIEMBRE", "september"])
def test_a_month_is_known_by_every_name(spanish: list[str], name: str) -> None:
    assert month_named(name) == 9


@pytest.mark.parametrize("name", ["", "s", "de", "30", "sepp"])
def test_other_words_are_no_month(spanish: list[str], name: str) -> None:
    assert month_named(name) is None


def test_words_kept_from_another_language_are_made_anew() -> None:
    note = classify(None, None, FUND, 2026).note
    assert note.startswith("Estimate: ")
    use_translation(lambda _context, text: text.upper())
    try:
        assert classify(None, None, FUND, 2026).note == note.upper()
    finally:
        use_translation(None)
    assert classify(None, None, FUND, 2026).note == note
