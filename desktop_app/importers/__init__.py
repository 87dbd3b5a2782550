"""Statements in: every file a provider lets people download becomes one `Statement`."""

from __future__ import annotations

from .classify import best_guesses, classify
from .reading import read_statement, read_table_text

__all__ = ["best_guesses", "classify", "read_statement", "read_table_text"]
