"""Every screen in a made-up, longer language: nothing stays English, nothing is cut.

The same walk measures the words in high contrast on white; `test_every_control` measures them on black.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.language import use_translation
from desktop_app.ui.language import PseudoTranslator, pseudo, speak_below
from desktop_app.ui.screens import DAY, every_screen
from desktop_app.ui.theme import apply_theme, set_reduce_motion
from desktop_app.workflow.rule_presets import rule_presets
from desktop_app.workflow.sample import sample_household

from .painted_words import weak_words
from .window_words import cut, everything_said


def own_words() -> list[str]:
    """Return what is the user's own or a proper name, the longest first."""
    sample = sample_household(DAY)
    found = {"Even Keel", sample.name, "BT-20931", "BT-20932", "screens.keel"}
    found |= {"Portfolio_Positions_Sep-30-2026.csv", "The first target, a little more in stocks."}
    found |= {income.name for income in sample.goals.income} if sample.goals else set()
    found |= {target.reason for target in sample.targets}
    found |= {name for _, name in sample.account_names}
    found |= {preset.name for preset in rule_presets()}
    for statement in sample.statements:
        for account in statement.accounts:
            found |= {account.name, account.id, account.id[-4:]}
            for row in account.rows:
                found |= {row.fund.name, row.fund.symbol or "", row.fund.cusip or "", row.fund.key}
    plain = sorted(found - {""}, key=len, reverse=True)
    return [*plain, *(words.replace("&", "&amp;") for words in plain if "&" in words)]


# What a file says in its own words, where a folder is, and how published notices are called.
QUOTED = (re.compile(r"“[^”]*”|^\S+ \d+: .*(?=\. )"), re.compile(r"/\S+"), re.compile(r"IRS Notice"))
TAGS = re.compile(r"<[^>]*>|&\w+;")
WORD = re.compile(r"[A-Za-z]{2,}")


def is_english(text: str, own: list[str]) -> bool:
    for words in own:
        text = text.replace(words, "")
    for quoted in QUOTED:
        text = quoted.sub("", text)
    return WORD.search(TAGS.sub("", text)) is not None


@pytest.fixture
def pseudo_language(qapp: QApplication) -> Iterator[None]:
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    speak_below()
    apply_theme(qapp, "contrast_light")
    set_reduce_motion(True)
    yield
    set_reduce_motion(None)
    apply_theme(qapp, "light")
    use_translation(None)
    qapp.removeTranslator(translator)


def test_the_made_up_language_leaves_places_keys_and_tags_alone() -> None:
    assert pseudo("&Open {0} <b>now</b>") == "&Öþéñ {0} <b>ñöŵ</b> ~~~"
    assert pseudo("Tip") == "Ŧíþ~"
    assert pseudo("") == ""


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_every_screen_in_another_language_and_in_contrast_on_white(
    pseudo_language: None, tmp_path: Path
) -> None:
    own = own_words()
    english: dict[str, str] = {}
    clipped: dict[str, str] = {}
    pale: dict[str, str] = {}
    words = 0
    for name, window in every_screen(tmp_path, 1.0):
        weak, count = weak_words(window)
        words += count
        for what in weak:
            pale.setdefault(what, name)
        for said in everything_said(window):
            if is_english(said, own):
                english.setdefault(said, name)
        for what in cut(window):
            clipped.setdefault(what, name)
    faults = [f"{name}: not translated: {said}" for said, name in english.items()]
    faults += [f"{name}: cut: {what}" for what, name in clipped.items()]
    faults += [f"{name}: weak: {what}" for what, name in pale.items()]
    assert words > 500
    assert not faults, "\n".join(faults)
