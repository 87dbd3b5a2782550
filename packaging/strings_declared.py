"""Texts that are translated where the source only says what holds them: the words of data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from environment import ROOT

sys.path.insert(0, str(ROOT))

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.goals import AGES, AMOUNTS
from desktop_app.domain.system_words import USUAL
from desktop_app.importers.checks import PRODUCTS
from desktop_app.importers.guesses import _kinds
from desktop_app.importers.kinds import _MAGIC
from desktop_app.outlook.comfort import about, questions
from desktop_app.outlook.crises import EPISODES
from desktop_app.outlook.glide import glide_paths
from desktop_app.outlook.policies import POLICIES
from desktop_app.outlook.returns import ANNUAL_SOURCE, monthly_returns
from desktop_app.outlook.stand_ins import _words as stand_in_words
from desktop_app.rebalance.errors import RULE_NAMES
from desktop_app.rebalance.reasons import ANOTHER_SOLD, GOAL_WORDS, OWED, OWN_WORDS
from desktop_app.rebalance.unmet_kinds import KINDS
from desktop_app.reports.rule_sentences import english_funds
from desktop_app.reports.when_words import _NAMES
from desktop_app.settings import ASKED
from desktop_app.ui.models.import_words import LAYOUTS
from desktop_app.ui.models.outlook_lines import _CRISES
from desktop_app.workflow.cloud_folders import A_CLOUD
from desktop_app.workflow.earlier import _OTHER_FIELDS
from desktop_app.workflow.guided_advice import LeverKind
from desktop_app.workflow.guided_table import (
    AGE_HEADS,
    ANSWER_HEADS,
    BUCKET_HEADS,
    INPUT_HEADS,
    LEVEL_HEADS,
    MIX_HEADS,
    WAY_HEADS,
)
from desktop_app.workflow.outlook_desk import CRISIS_HEADS, DECADE_HEADS, MIXES, RULE_HEADS, STAND_IN_HEADS
from desktop_app.workflow.presets import PRESETS
from desktop_app.workflow.rule_presets import extras, rule_presets

STANDS_FOR = {"MenuTarget": "MainWindow"}
"""Protocols, and the class of the window that is meant: it alone is asked to translate."""


def _nothing() -> Iterable[str]:
    """For what was marked for translation where it is written down."""
    return ()


def _choices() -> Iterable[str]:
    return (words for setting in ASKED for _, words in setting.choices)


def _answers() -> Iterable[str]:
    return (answer.words for question in questions() for answer in question.answers)


def _classes_of_funds() -> Iterable[str]:
    return map(english_funds, AssetClass)


def _stand_ins() -> Iterable[str]:
    return map(stand_in_words, AssetClass)


def _sources() -> Iterable[str]:
    return (monthly_returns().source,)


def _cautions() -> Iterable[str]:
    return (monthly_returns().caution,)


def _of_rules(part: str) -> Callable[[], Iterable[str]]:
    return lambda: (
        getattr(rule, part)
        for preset in rule_presets()
        for rule in preset.restrictions
        if getattr(rule, part)
    )


def _of_presets(part: str) -> Callable[[], Iterable[str]]:
    return lambda: (getattr(preset, part) for preset in rule_presets() if getattr(preset, part))


def _remarks() -> Iterable[str]:
    return (remark for preset in rule_presets() for remark in preset.remarks)


def _crises() -> Iterable[str]:
    return (episode.name for episode in EPISODES)


DECLARED: dict[tuple[str, str], Callable[[], Iterable[str]]] = {
    ("desktop_app.domain.goals", "what"): lambda: (*AMOUNTS, *AGES),
    ("desktop_app.domain.system_words", "said"): lambda: USUAL,
    ("desktop_app.importers.checks", "meant[nearest]"): lambda: PRODUCTS,
    ("desktop_app.importers.guesses", "_kinds()[kind]"): lambda: _kinds().values(),
    ("desktop_app.importers.kinds", "words"): lambda: (words for _, words in _MAGIC),
    ("desktop_app.outlook.stand_ins", "_words(self.node)"): _stand_ins,
    ("desktop_app.rebalance.unmet", "kind[0]"): lambda: (words for words, _ in KINDS),
    ("desktop_app.rebalance.errors", "rule"): lambda: RULE_NAMES,
    ("desktop_app.rebalance.reasons", "why"): lambda: (*OWN_WORDS, *GOAL_WORDS, ANOTHER_SOLD, OWED),
    ("desktop_app.reports.rule_sentences", "english_funds(node)"): _classes_of_funds,
    ("desktop_app.reports.rule_sentences", "rule.words"): _of_rules("words"),
    ("desktop_app.reports.rule_words", "cut_off"): _of_presets("cut_off"),
    ("desktop_app.reports.when_words", "name"): _NAMES.values,
    ("desktop_app.settings.file", "setting.title"): lambda: (setting.title for setting in ASKED),
    ("desktop_app.ui.models.guided_lines", "table.caution"): _cautions,
    ("desktop_app.ui.models.guided_lines", "table.source"): _sources,
    ("desktop_app.ui.models.import_words", "layout"): LAYOUTS.values,
    ("desktop_app.ui.models.outlook_lines", "title"): lambda: (title for _, title in _CRISES.values()),
    ("desktop_app.ui.pages.comfort_dialog", "about()"): lambda: (about(),),
    ("desktop_app.ui.pages.comfort_dialog", "answer.words"): _answers,
    ("desktop_app.ui.pages.comfort_dialog", "question.words"): lambda: (each.words for each in questions()),
    ("desktop_app.ui.pages.outlook", "history.caution"): _cautions,
    ("desktop_app.ui.pages.outlook", "history.source"): _sources,
    ("desktop_app.ui.pages.outlook", "history.years_source"): lambda: (ANNUAL_SOURCE,),
    ("desktop_app.ui.pages.settings", "setting.help"): lambda: (setting.help for setting in ASKED),
    ("desktop_app.ui.pages.settings", "setting.title"): lambda: (setting.title for setting in ASKED),
    ("desktop_app.ui.pages.settings", "words"): _choices,
    ("desktop_app.ui.pages.targets", "preset.name"): lambda: (preset.name for preset in PRESETS),
    ("desktop_app.ui.pages.targets", "preset.words"): lambda: (preset.words for preset in PRESETS),
    ("desktop_app.ui.rules.fields", "field.label"): _nothing,
    ("desktop_app.ui.rules.editor", "preset.cut_off"): _of_presets("cut_off"),
    ("desktop_app.ui.rules.editor", "remark"): _remarks,
    ("desktop_app.ui.rules.editor", "preset.words"): _of_presets("words"),
    ("desktop_app.ui.rules.rule_dialog", "field.label"): _nothing,
    ("desktop_app.ui.rules.rule_words", "preset.name"): lambda: (preset.name for preset in extras()),
    ("desktop_app.ui.rules.rule_words", "rule.source"): _of_rules("source"),
    ("desktop_app.workflow.cloud_folders", "name"): lambda: (A_CLOUD,),
    ("desktop_app.workflow.earlier", "text"): lambda: (words for _, words in _OTHER_FIELDS),
    ("desktop_app.workflow.guided", "monthly_returns().source"): _sources,
    ("desktop_app.workflow.guided", "path.name"): lambda: (path.name for path in glide_paths()),
    ("desktop_app.workflow.guided", "path.source"): lambda: (path.source for path in glide_paths()),
    ("desktop_app.workflow.guided_advice", "lever.value"): lambda: (lever.value for lever in LeverKind),
    ("desktop_app.workflow.guided_table", "head"): lambda: (
        *INPUT_HEADS,
        *ANSWER_HEADS,
        *MIX_HEADS,
        *AGE_HEADS,
        *LEVEL_HEADS.values(),
        *WAY_HEADS,
        *BUCKET_HEADS,
    ),
    ("desktop_app.workflow.guided_table", "table.caution"): _cautions,
    ("desktop_app.workflow.guided_table", "table.source"): _sources,
    ("desktop_app.workflow.outlook", "crisis.name"): _crises,
    ("desktop_app.workflow.outlook_desk", "found.history.caution"): _cautions,
    ("desktop_app.workflow.outlook_desk", "found.history.source"): _sources,
    ("desktop_app.workflow.outlook_desk", "head"): lambda: (
        *CRISIS_HEADS,
        *DECADE_HEADS,
        *RULE_HEADS,
        *STAND_IN_HEADS,
    ),
    ("desktop_app.workflow.outlook_desk", "name"): lambda: MIXES,
    ("desktop_app.workflow.outlook_desk", "rule.rule"): lambda: (policy.name for policy in POLICIES),
}
"""What a module hands to its translation, as its source has it, and the texts that may be."""
