"""Our own risk-comfort questions: what a household can bear apart from what it wants to bear."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache

from desktop_app.domain.money import HUNDRED
from desktop_app.domain.records import dataclass

from .data_files import load

STEP = 5
"""Percents a result is rounded down to."""


class Group(StrEnum):
    """What a question asks about."""

    CAPACITY = "capacity"
    TOLERANCE = "tolerance"


@dataclass(frozen=True, slots=True)
class ComfortAnswer:
    """One answer; `points` are percents of stocks (see `Question.points`)."""

    words: str
    points: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers.

    The points of the first question about capacity are the most stocks possible, those of the others
    are taken off it; the points of a question about tolerance are the stocks the answer fits.
    """

    key: str
    group: Group
    words: str
    answers: tuple[ComfortAnswer, ...]
    is_limit: bool


@dataclass(frozen=True, slots=True)
class Comfort:
    """The result in fractions of 1: `stocks` is the lower of `capacity` and `tolerance`."""

    capacity: Decimal
    tolerance: Decimal

    @property
    def stocks(self) -> Decimal:
        """The share of stocks both allow."""
        return min(self.capacity, self.tolerance)

    @property
    def decided_by(self) -> Group | None:
        """Which of the two is lower, None when they agree."""
        if self.capacity == self.tolerance:
            return None
        return Group.CAPACITY if self.capacity < self.tolerance else Group.TOLERANCE


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in the order they are asked (`resources/guided/comfort.json`)."""
    return tuple(
        Question(
            key=entry["key"],
            group=Group(entry["group"]),
            words=entry["words"],
            answers=tuple(_answer(answer) for answer in entry["answers"]),
            is_limit="most" in entry["answers"][0],
        )
        for entry in load("guided/comfort.json")["questions"]
    )


@cache
def about() -> str:
    """Return the sentence that says whose questions these are."""
    return str(load("guided/comfort.json")["about"])


def _answer(entry: Mapping[str, object]) -> ComfortAnswer:
    points = next(entry[name] for name in ("most", "less", "stocks") if name in entry)
    return ComfortAnswer(str(entry["words"]), int(str(points)))


def score(chosen: Mapping[str, int]) -> Comfort | None:
    """Return the result for the places of the chosen answers by question; None until all are answered.

    Raises `IndexError` for an answer a question does not have.
    """
    if any(question.key not in chosen for question in questions()):
        return None
    points = {question.key: question.answers[chosen[question.key]].points for question in questions()}
    most = sum(points[q.key] for q in questions() if q.is_limit)
    less = sum(points[q.key] for q in questions() if q.group is Group.CAPACITY and not q.is_limit)
    liked = [points[q.key] for q in questions() if q.group is Group.TOLERANCE]
    return Comfort(_share(most - less), _share(sum(liked) // len(liked)))


def _share(percent: int) -> Decimal:
    """Return a percent as a fraction of 1, rounded down to a step and never below zero."""
    return Decimal(max(percent, 0) // STEP * STEP) / HUNDRED
