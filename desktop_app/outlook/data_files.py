"""Reads the small JSON files that ship with the program; they are ours, so a mistake in them is our fault."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from desktop_app.domain.resources import resource_path


def load(name: str) -> dict[str, Any]:
    """Return a JSON object below `resources/`, its numbers exact."""
    text = resource_path(name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return found
