"""The guided plan as a picture to keep: all tiers, the chart with its legend, the mixes and the words."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.goals import Tier
from desktop_app.ui import words
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import Card
from desktop_app.ui.widgets.page import StackingRow
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.pictures import png_of_unshown
from desktop_app.workflow.guided_desk import GuidedDesk
from desktop_app.workflow.guided_words import tier_words
from desktop_app.workflow.share_words import asked_share

from .guided_results import MixesCard, RangeCard, TierCard, index_words

WIDTH = 1000
"""Pixels at 100 % text, whatever the window is like."""


class GuidedPicture(QWidget):
    """What the page found, laid out once more without anything to press; `remarks` close it.

    `bucket` says how a short-term bucket did, empty where none was tried.
    """

    def __init__(self, found: GuidedDesk, tier: Tier, today: date, bucket: str, remarks: str) -> None:
        super().__init__()
        self.tiers = tuple(TierCard(each) for each in Tier)
        for card in self.tiers:
            card.show_found(found)
        self.range, self.mixes = RangeCard(still=True), MixesCard(still=True)
        self.range.show_found(found, tier)
        self.mixes.show_found(found, tier, is_target=False)
        told = Card(self.tr("What history says of each"))
        for each in Tier:
            sentences = tier_words(found.guided.tier(each), found.guided.plan)
            told.body.addWidget(Paragraph(words.tied(sentences)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Paragraph(self.tr("Guided plan"), "page_title"))
        column.addWidget(Paragraph(self._whose(found, today), "body", "muted"))
        column.addWidget(Paragraph(self._said(found), "body", "muted"))
        column.addWidget(StackingRow(self.tiers, (1, 1, 1)))
        column.addWidget(Paragraph(index_words(), "help", "muted"))
        column.addWidget(told)
        column.addWidget(StackingRow((self.range, self.mixes), (9, 8)))
        if bucket:
            held = Card(self.tr("Short-term bucket"))
            held.body.addWidget(Paragraph(bucket))
            column.addWidget(held)
        column.addWidget(Paragraph(remarks, "help", "muted"))

    def _whose(self, found: GuidedDesk, today: date) -> str:
        plan = found.guided.plan
        shape = self.tr("{0}: {1} in savings at age {2}, retirement at {3}, plan until {4}.")
        return shape.format(
            words.day(today), words.dollars(plan.balance), plan.age, plan.retire_at, plan.plan_to
        )

    def _said(self, found: GuidedDesk) -> str:
        """Say the other inputs; what is nothing is left out, the share asked for is not."""
        plan, answers = found.guided.plan, found.answers
        amounts = (
            (self.tr("saves {0} a year"), plan.saved),
            (self.tr("match {0}"), plan.match),
            (self.tr("spends {0} less than planned"), answers.spared),
        )
        parts = [shape.format(words.dollars(amount)) for shape, amount in amounts if amount]
        for income in plan.income:
            shape = self.tr("{0}: {1} a year from age {2}")
            name = income.name or self.tr("income")
            parts.append(shape.format(name, words.dollars(income.annual), income.from_age))
        parts += [
            self.tr("once at age {0}: {1}").format(item.age, words.dollars(item.amount))
            for item in plan.one_off
        ]
        parts.append(self.tr("must have lasted in {0}").format(words.tied(asked_share(plan.lasting))))
        said = "; ".join(parts)
        return f"{said[0].upper()}{said[1:]}."

    def png(self) -> bytes:
        """Return the picture as the bytes of a PNG; it can be asked for once."""
        return png_of_unshown(self, px(WIDTH))
