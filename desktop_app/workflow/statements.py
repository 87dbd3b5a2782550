"""From files to a preview, from a preview into the document; nothing is stored before it is accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.accounts import AccountLabel, Snapshot
from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import FundKey
from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import Watch, find_sources, read_source

from .edits import set_fund_mix
from .identity import AccountMatch
from .import_checks import Check
from .missing import MissingFunds, keep_missing
from .preview import (
    FileProblem,
    FundQuestion,
    ImportPreview,
    Need,
    into,
    merged,
    part_of,
    prepare,
    problem_of,
    with_matches,
)
from .reread import (
    as_read,
    count_line,
    is_judged,
    leave_out,
    likely_date,
    set_date,
    set_value,
    sketches,
    try_mapping,
    with_mapping,
    with_password,
)
from .settling import labels_of

_tr = translator("Import")

__all__ = [
    "Check",
    "FileProblem",
    "FundQuestion",
    "ImportPreview",
    "MissingFunds",
    "Need",
    "Watch",
    "accept",
    "answer",
    "answer_account",
    "answer_missing",
    "as_read",
    "ask_account_again",
    "count_line",
    "into",
    "is_judged",
    "leave_out",
    "likely_date",
    "prepare",
    "preview_files",
    "preview_source",
    "preview_text",
    "saved_form",
    "set_date",
    "set_value",
    "sketches",
    "snapshot_of",
    "try_mapping",
    "with_mapping",
    "with_password",
]


def preview_files(household: Household, paths: Iterable[Path], watch: Watch | None = None) -> ImportPreview:
    """Read files, folders and archives for a preview.

    A file that cannot be read becomes a problem and loses no other. `watch` is told the share done and
    may raise `CancelledError`.
    """
    sources, refused = find_sources(paths, None if watch is None else lambda _: watch(0.0))
    problems = tuple(FileProblem(name, str(error)) for name, error in refused)
    return _read_all(ImportPreview(household, (), problems), sources, watch)


def preview_source(
    household: Household, source: StatementSource, watch: Watch | None = None
) -> ImportPreview:
    """Read one source, such as something pasted, for a preview."""
    return _read_all(ImportPreview(household, ()), (source,), watch)


def preview_text(household: Household, text: str, name: str = "Pasted table") -> ImportPreview:
    """Read a table copied from a web page or spreadsheet for a preview."""
    return preview_source(household, StatementSource(name, text=text))


def _read_all(
    preview: ImportPreview, sources: tuple[StatementSource, ...], watch: Watch | None
) -> ImportPreview:
    hints = ReadingHints(mappings=preview.household.mappings)
    read: list[tuple[StatementSource, Statement]] = []
    problems = list(preview.problems)
    for done, source in enumerate(sources):
        try:
            statement = read_source(source, hints, part_of(watch, done, len(sources)))
        except UserError as error:
            problems.append(problem_of(source, error))
            continue
        twin = next((known for known, other in read if other.digest == statement.digest), None)
        if twin is None:
            read.append((source, statement))
        else:
            words = _tr("“{0}” is the same file as “{1}”. It was read once.")
            problems.append(FileProblem(source.name, words.format(source.name, twin.name)))
    return with_matches(
        replace(
            preview,
            statements=tuple(statement for _, statement in read),
            sources=tuple(source for source, _ in read),
            hints=(hints,) * len(read),
            problems=tuple(problems),
        )
    )


def answer_account(preview: ImportPreview, match: AccountMatch, *, same: bool) -> ImportPreview:
    """Say whether an account is the known one or another; then the next one that is likely is asked about."""
    said = replace(match, same=same, answered=True)
    if not same:
        ruled_out = replace(match, answered=False, ruled_out=(*match.ruled_out, match.known_id))
        other = _match_at(_with_match(preview, match, ruled_out), match)
        if other is not None and other.same:
            said = replace(other, answered=False, remembered=False, reopened=True)
    return with_matches(_with_match(preview, match, said))


def ask_account_again(preview: ImportPreview, match: AccountMatch) -> ImportPreview:
    """Open the question about an account again, from its first candidate on."""
    first = _match_at(_with_match(preview, match, None), match) or match
    again = replace(first, answered=False, remembered=False, reopened=True)
    return with_matches(_with_match(preview, match, again))


def _with_match(preview: ImportPreview, old: AccountMatch, new: AccountMatch | None) -> ImportPreview:
    others = tuple(each for each in preview.matches if each.place != old.place)
    return replace(preview, matches=others if new is None else (*others, new))


def _match_at(preview: ImportPreview, match: AccountMatch) -> AccountMatch | None:
    """Return what would be asked about an account now."""
    found = with_matches(preview).matches
    return next((each for each in found if each.place == match.place), None)


def answer_missing(preview: ImportPreview, missing: MissingFunds, *, kept: bool) -> ImportPreview:
    """Say whether funds that a file leaves out are still there (they keep their last value) or gone."""
    said = replace(missing, kept=kept, answered=True)
    return replace(preview, missing_said=(*preview.missing_said, said))


def answer(preview: ImportPreview, key: FundKey, mix: AssetMix) -> ImportPreview:
    """Say what a fund holds; the answer is remembered once the preview is accepted."""
    return replace(preview, answers=(*((k, m) for k, m in preview.answers if k != key), (key, mix)))


def accept(preview: ImportPreview) -> Household:
    """Store everything previewed as one change; statements already known are not stored twice."""
    household = preview.household
    known = {statement.digest for statement in household.statements if statement.digest}
    fresh: list[Statement] = []
    for statement in keep_missing(preview.settled, preview.missing):
        if not statement.digest or statement.digest not in known:
            fresh.append(saved_form(statement))
            known.add(statement.digest)
    household = replace(
        household,
        statements=(*household.statements, *fresh),
        mappings=merged(household.mappings, preview.mappings),
        known_as=tuple(dict.fromkeys((*household.known_as, *_labels(preview)))),
    )
    for key, mix in preview.answers:
        household = set_fund_mix(household, key, mix)
    return household


def _labels(preview: ImportPreview) -> tuple[AccountLabel, ...]:
    return labels_of(preview.statements, preview.settled, preview.matches)


def saved_form(statement: Statement) -> Statement:
    """Return a statement without what only its preview needs: quick fixes, and sheets of lines."""
    return replace(
        statement,
        issues=tuple(replace(issue, quick=(), sheet="") for issue in statement.issues),
        skipped=tuple(replace(row, sheet="") if row.sheet else row for row in statement.skipped),
    )


def snapshot_of(statements: Iterable[Statement]) -> Snapshot:
    """Return the accounts of several statements side by side, as a headless plan sees them."""
    return Household(statements=tuple(statements)).snapshot()
