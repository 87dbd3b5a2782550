"""A reminder for the next check as a calendar file (RFC 5545)."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from .words import plain_text

_LINE_BYTES = 75
_NAMESPACE = uuid.UUID("6f1e3b0a-5c0e-4d5e-9a43-3b6f0c9d2e71")


def reminder_ics(day: date, household_name: str, why: str) -> bytes:
    """Return a calendar file with one all-day event on `day` and an alarm at nine that morning.

    The same household and day give the same event, so that importing it twice leaves one entry.
    """
    name = plain_text(household_name)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    summary = _escaped(f"Check the mix: {name}" if name else "Check the mix")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Even Keel//Reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid5(_NAMESPACE, f'{day.isoformat()} {name}')}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{summary}",
        f"DESCRIPTION:{_escaped(why)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{summary}",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _escaped(text: str) -> str:
    """Escape a TEXT value (RFC 5545 section 3.3.11); line breaks stay, other control characters go."""
    return "\\n".join(
        plain_text(line).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        for line in text.splitlines()
    )


def _folded(line: str) -> bytes:
    """Return a content line of at most 75 bytes a piece (section 3.1), never cut inside a character."""
    pieces = [b""]
    for char in line:
        data = char.encode()
        if len(pieces[-1]) + len(data) > _LINE_BYTES:
            pieces.append(b" ")
        pieces[-1] += data
    return b"\r\n".join(pieces) + b"\r\n"
