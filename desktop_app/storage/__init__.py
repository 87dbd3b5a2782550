"""Keeps a household in one file that cannot be half-written."""
