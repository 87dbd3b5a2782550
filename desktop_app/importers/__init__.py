"""Statements in: every file a provider lets people download becomes one `Statement`.

The readers are loaded with the first file: the window opens without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import Fund
from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import AsOfKind, Statement

from .watching import Watch, unwatched

__all__ = [
    "Watch",
    "best_guesses",
    "classify",
    "dated",
    "find_sources",
    "read_source",
    "read_statement",
    "read_table_text",
    "sketch_tables",
    "warm_up",
]


def find_sources(
    paths: Iterable[Path], watch: Watch | None = None
) -> tuple[tuple[StatementSource, ...], tuple[tuple[str, UserError], ...]]:
    """Return what there is to read behind files, folders and zip archives, and errors by shown name."""
    from .archive import find_sources

    return find_sources(paths, watch or unwatched)


def read_source(
    source: StatementSource, hints: ReadingHints | None = None, watch: Watch | None = None
) -> Statement:
    """Read one file, entry of an archive or pasted table, with what the user has said about it.

    Raises `MissingFileError` (wrong path), a subclass of `UnreadableFileError` that says what the file is
    instead, or whatever `watch` raises; problems in single rows stand in the statement's issues.
    """
    from .reading import read_source

    hints = hints or ReadingHints()
    return dated(read_source(source, hints, watch or unwatched), hints.as_of)


def dated(statement: Statement, day: date | None) -> Statement:
    """Return a statement whose file does not say its day with the one the user gave."""
    if day is None or statement.as_of is not None:
        return statement
    return replace(statement, as_of=day, as_of_kind=AsOfKind.VALUATION)


def sketch_tables(source: StatementSource, hints: ReadingHints | None = None) -> tuple[TableSketch, ...]:
    """Return the tables of a source as they stand, for the user to say what their columns are.

    Empty for a source without columns. Raises the same errors as `read_source`.
    """
    from .sketch import sketch_tables

    return sketch_tables(source, hints or ReadingHints())


def read_statement(path: Path, password: str | None = None) -> Statement:
    """Read one file that a provider lets people download; `password` opens a protected workbook.

    Raises `MissingFileError` (wrong path) or a subclass of `UnreadableFileError` that says what the
    file is instead; problems in single rows stand in the statement's issues.
    """
    from .reading import read_statement

    return read_statement(path, password)


def read_table_text(text: str, name: str) -> Statement:
    """Read a pasted table; `name` stands for the file. Raises the same errors as `read_statement`."""
    from .reading import read_table_text

    return read_table_text(text, name)


def classify(symbol: str | None, cusip: str | None, name: str, today_year: int | None = None) -> Fund:
    """Return the fund a row names, with its mix and how it was decided."""
    from .classifier import classify

    return classify(symbol, cusip, name, today_year)


def best_guesses(name: str) -> tuple[tuple[str, AssetMix], ...]:
    """Return up to two likely mixes for a fund nobody knows, each with its words."""
    from .guesses import best_guesses

    return best_guesses(name)


def warm_up() -> None:
    """Load the readers and what is known about funds now, so that the first file does not wait."""
    from .classifier import classify

    classify(None, None, "Stock Index Fund")
