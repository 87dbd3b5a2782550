"""Tool tips with words from files: shown as they are, never read as mark-up."""

from __future__ import annotations

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})


def plain_tip(words: str) -> str:
    """Return a tool tip that shows `words` letter by letter, with its own line breaks; "" for none."""
    return f"<span>{words.translate(_ESCAPED)}</span>" if words else ""
