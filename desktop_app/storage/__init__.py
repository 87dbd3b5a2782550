"""Keeps a household in one file that cannot be half-written."""

from .document import load_document, save_document

__all__ = ["load_document", "save_document"]
