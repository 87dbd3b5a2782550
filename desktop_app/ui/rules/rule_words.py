"""One line of an account's rules in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, plain
from desktop_app.domain.rules import Restriction
from desktop_app.reports.rule_sentences import Namer, rule_words
from desktop_app.ui import words
from desktop_app.workflow.rule_lines import FundBlock, FundCap, Rule, is_changed
from desktop_app.workflow.rule_presets import rule_presets

_tr_preset = translator("RulePresets")


def _tr(text: str) -> str:
    return QCoreApplication.translate("RuleWords", text)


def line_words(rule: Rule, name: Namer) -> str:
    """Say what a rule means."""
    if isinstance(rule, FundCap):
        share = f"{plain(rule.share * HUNDRED)}{words.NO_BREAK_SPACE}%"
        return _tr("{0}: at most {1} of this account.").format(name(rule.fund), share)
    if isinstance(rule, FundBlock):
        return _tr("{0}: neither bought nor sold before {1}.").format(name(rule.fund), words.day(rule.until))
    return rule_words(rule, name)


def line_facts(rule: Rule, today: date) -> str:
    """Say where a rule is published, how long it holds and whether it is still as published."""
    if isinstance(rule, FundCap):
        return ""
    if isinstance(rule, FundBlock):
        return _tr("This day is over.") if rule.until <= today else ""
    facts = [_origin(rule)]
    if rule.off:
        facts.append(_tr("Switched off."))
    elif rule.until is None:
        facts.append(_tr("No end known."))
    elif rule.until < today:
        facts.append(_tr("Ended on {0}.").format(words.day(rule.until)))
    else:
        facts.append(_tr("Until {0}.").format(words.day(rule.until)))
    if is_changed(rule):
        facts.append(_tr("Differs from what is published."))
    return " ".join(facts)


def _origin(rule: Restriction) -> str:
    if rule.source:
        source = _tr_preset(rule.source) if rule.preset else rule.source
        return _tr("Source: {0}.").format(source.rstrip("."))
    preset = next((preset for preset in rule_presets() if preset.key == rule.preset), None)
    if preset is not None:
        name = _tr_preset(preset.name) if preset.is_extra else preset.name
        return _tr("Of the rules of {0}.").format(name)
    return _tr("Written by you.")
