"""Tool tips with words from files: shown as they are, never read as mark-up."""

from __future__ import annotations

from html import escape


def plain_tip(words: str) -> str:
    """Return a tool tip that shows `words` letter by letter, with its own line breaks; "" for none."""
    return "<span>" + escape(words).replace("\n", "<br>") + "</span>" if words else ""
