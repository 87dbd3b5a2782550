"""Two previews made one: more files beside those that are being looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.sources import StatementSource

from .preview import ImportPreview, merged, with_matches


def joined(preview: ImportPreview, more: ImportPreview) -> ImportPreview:
    """Return a preview with another one's files after its own; its answers stay.

    Files that stand in it already are not added again.
    """
    known = {statement.digest for statement in preview.statements if statement.digest}
    added = [n for n, statement in enumerate(more.statements) if statement.digest not in known]
    begin = len(preview.statements)
    places = {old: begin + new for new, old in enumerate(added)}
    sources, hints = _parallel(preview, range(begin))
    more_sources, more_hints = _parallel(more, added)
    return with_matches(
        replace(
            preview,
            statements=(*preview.statements, *(more.statements[n] for n in added)),
            sources=(*sources, *more_sources),
            hints=(*hints, *more_hints),
            problems=(*preview.problems, *(each for each in more.problems if each not in preview.problems)),
            answers=(*(pair for pair in preview.answers if pair[0] not in dict(more.answers)), *more.answers),
            mappings=merged(preview.mappings, more.mappings),
            missing_said=(*preview.missing_said, *more.missing_said),
            undated=preview.undated | {places[n] for n in more.undated if n in places},
        )
    )


def _parallel(
    preview: ImportPreview, places: Sequence[int]
) -> tuple[tuple[StatementSource, ...], tuple[ReadingHints, ...]]:
    """Return source and hints of the statements at `places`; what was typed by hand has an empty source."""
    typed = range(len(preview.sources), len(preview.statements))
    sources = (*preview.sources, *(StatementSource(preview.statements[n].file) for n in typed))
    hints = (*preview.hints, *(ReadingHints() for _ in range(len(preview.hints), len(preview.statements))))
    return tuple(sources[n] for n in places), tuple(hints[n] for n in places)
