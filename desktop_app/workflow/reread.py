"""Answers to what a preview asks about a file; each one reads the file again and keeps all other answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from desktop_app.domain.errors import UserError
from desktop_app.domain.hints import ReadingHints, TableMapping
from desktop_app.domain.money import Money
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import Watch, dated, read_source, sketch_tables

from .preview import FileProblem, ImportPreview, merged, part_of, problem_of, with_matches


def with_password(
    preview: ImportPreview, problem: FileProblem, password: str, watch: Watch | None = None
) -> ImportPreview:
    """Try a password on a protected file: it joins the statements, or its problem says what is wrong now."""
    if problem.source is None:
        return preview
    return _solve(preview, problem, replace(problem.source, password=password), watch)


def with_mapping(
    preview: ImportPreview, source: StatementSource, mapping: TableMapping, watch: Watch | None = None
) -> ImportPreview:
    """Read every file again with what the user said about the columns of such tables, and remember it.

    Raises the `UserError` that says why `source` cannot be read that way; nothing is changed then.
    """
    others = [place for place, known in enumerate(preview.sources) if _can_read(known)]
    problems = [problem for problem in preview.problems if problem.source is not None]
    count = len(others) + len(problems)
    hints = tuple(known.with_mapping(mapping) for known in preview.hints)
    statements = list(preview.statements)
    for done, place in enumerate(others):
        known = preview.sources[place]
        try:
            statements[place] = read_source(known, hints[place], part_of(watch, done, count))
        except UserError:
            if known == source:
                raise
            hints = (*hints[:place], preview.hints[place], *hints[place + 1 :])
    preview = replace(
        preview,
        statements=tuple(statements),
        hints=hints,
        mappings=merged(preview.mappings, (mapping,)),
    )
    for done, problem in enumerate(problems, len(others)):
        unread = problem.source
        if unread == source:
            read_source(unread, _hints_for(preview, unread))
        if unread is not None:
            preview = _solve(preview, problem, unread, part_of(watch, done, count))
    return with_matches(preview)


def leave_out(
    preview: ImportPreview, number: int, line: int, sheet: str = "", watch: Watch | None = None
) -> ImportPreview:
    """Say that a line of the `number`th statement is no holding; raises `UserError` as reading does."""
    return _judge(preview, number, (sheet, line), _left_out, watch)


def count_line(
    preview: ImportPreview, number: int, line: int, sheet: str = "", watch: Watch | None = None
) -> ImportPreview:
    """Say that a line of the `number`th statement is a holding; raises `UserError` as reading does."""
    return _judge(preview, number, (sheet, line), _counted, watch)


def set_value(
    preview: ImportPreview, number: int, line: int, value: Money, sheet: str = "", watch: Watch | None = None
) -> ImportPreview:
    """Give the dollars of a line whose own cannot be read; raises `UserError` as reading does."""

    def valued(hints: ReadingHints, place: tuple[str, int]) -> ReadingHints:
        counted = _counted(hints, place)
        return replace(counted, values=(*counted.values, (place, value)))

    return _judge(preview, number, (sheet, line), valued, watch)


def as_read(
    preview: ImportPreview, number: int, line: int, sheet: str = "", watch: Watch | None = None
) -> ImportPreview:
    """Take back what was said about a line; raises `UserError` as reading does."""
    return _judge(preview, number, (sheet, line), _forgotten, watch)


def set_date(preview: ImportPreview, number: int, day: date | None) -> ImportPreview:
    """Say which day the figures of the `number`th statement are of; None leaves it open."""
    if day is None:
        return replace(preview, undated=preview.undated | {number})
    statements, hints = list(preview.statements), list(preview.hints)
    statements[number] = dated(statements[number], day)
    if number < len(hints):
        hints[number] = replace(hints[number], as_of=day)
    return with_matches(replace(preview, statements=tuple(statements), hints=tuple(hints)))


def likely_date(preview: ImportPreview, number: int, today: date) -> date:
    """Return the day a statement without one may be of: when its file was saved, else today."""
    path = preview.sources[number].path if number < len(preview.sources) else None
    try:
        saved = today if path is None else datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except (OSError, ValueError, OverflowError):
        return today
    return min(saved, today)


def is_judged(preview: ImportPreview, number: int, line: int, sheet: str = "") -> bool:
    """Tell whether the user said something about a line of the `number`th statement."""
    if number >= len(preview.hints):
        return False
    hints, place = preview.hints[number], (sheet, line)
    return place in hints.count or place in hints.leave_out or place in dict(hints.values)


def sketches(preview: ImportPreview, source: StatementSource) -> tuple[TableSketch, ...]:
    """Return the tables of a source for the choice of columns, as the answers so far make them."""
    return sketch_tables(source, _hints_for(preview, source))


def try_mapping(preview: ImportPreview, source: StatementSource, mapping: TableMapping) -> Statement:
    """Return what a source would read as under a mapping; raises the `UserError` that says why not."""
    return read_source(source, _hints_for(preview, source).with_mapping(mapping))


def _hints_for(preview: ImportPreview, source: StatementSource) -> ReadingHints:
    """Return the answers a source is read with: its own, else what is remembered."""
    if source in preview.sources:
        return preview.hints[preview.sources.index(source)]
    return ReadingHints(merged(preview.household.mappings, preview.mappings))


def _can_read(source: StatementSource) -> bool:
    """Tell whether a source can be read again; what was typed by hand cannot."""
    return source.path is not None or bool(source.text or source.html)


def _solve(
    preview: ImportPreview, problem: FileProblem, source: StatementSource, watch: Watch | None
) -> ImportPreview:
    """Read the source of a problem again: it joins the statements, or the problem is replaced."""
    hints = _hints_for(preview, source)
    try:
        statement = read_source(source, hints, watch)
    except UserError as error:
        found = problem_of(source, error)
        return replace(preview, problems=tuple(found if p == problem else p for p in preview.problems))
    solved = replace(
        preview,
        statements=(*preview.statements, statement),
        sources=(*preview.sources, source),
        hints=(*preview.hints, hints),
        problems=tuple(p for p in preview.problems if p != problem),
    )
    return with_matches(solved)


def _judge(
    preview: ImportPreview,
    number: int,
    place: tuple[str, int],
    change: Callable[[ReadingHints, tuple[str, int]], ReadingHints],
    watch: Watch | None,
) -> ImportPreview:
    if number >= len(preview.sources) or not _can_read(preview.sources[number]):
        return preview
    hints = change(preview.hints[number], place)
    statement = read_source(preview.sources[number], hints, watch)
    return with_matches(
        replace(
            preview,
            statements=(*preview.statements[:number], statement, *preview.statements[number + 1 :]),
            hints=(*preview.hints[:number], hints, *preview.hints[number + 1 :]),
        )
    )


def _forgotten(hints: ReadingHints, place: tuple[str, int]) -> ReadingHints:
    return replace(
        hints,
        count=hints.count - {place},
        leave_out=hints.leave_out - {place},
        values=tuple(known for known in hints.values if known[0] != place),
    )


def _left_out(hints: ReadingHints, place: tuple[str, int]) -> ReadingHints:
    hints = _forgotten(hints, place)
    return replace(hints, leave_out=hints.leave_out | {place})


def _counted(hints: ReadingHints, place: tuple[str, int]) -> ReadingHints:
    hints = _forgotten(hints, place)
    return replace(hints, count=hints.count | {place})
