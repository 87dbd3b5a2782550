"""The reminder: checked against the rules of RFC 5545 that calendars insist on."""

import re
from datetime import date

from desktop_app.reports import reminder_ics

DAY = date(2026, 12, 31)


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def value_of(data: bytes, name: str) -> str:
    return next(line.split(":", 1)[1] for line in unfolded(data) if line.split(":")[0].split(";")[0] == name)


def test_event_is_complete_and_lasts_the_whole_day() -> None:
    data = reminder_ics(DAY, "Birch household", "Yearly check")
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert value_of(data, "SUMMARY") == "Check the mix: Birch household"
    assert value_of(data, "DESCRIPTION") == "Yearly check"
    assert re.fullmatch(r"\d{8}T\d{6}Z", value_of(data, "DTSTAMP"))
    begun = [line.removeprefix("BEGIN:") for line in lines if line.startswith("BEGIN:")]
    ended = [line.removeprefix("END:") for line in lines if line.startswith("END:")]
    assert begun == list(reversed(ended)) == ["VCALENDAR", "VEVENT", "VALARM"]


def test_same_reminder_has_the_same_identity() -> None:
    first = value_of(reminder_ics(DAY, "Birch", "a"), "UID")
    assert first == value_of(reminder_ics(DAY, "Birch", "b"), "UID")
    assert first != value_of(reminder_ics(date(2027, 12, 31), "Birch", "a"), "UID")


def test_signs_with_a_meaning_are_escaped() -> None:
    data = reminder_ics(DAY, "B;i,r\\ch", "one\r\nBEGIN:VEVENT\ntwo")
    assert value_of(data, "SUMMARY") == "Check the mix: B\\;i\\,r\\\\ch"
    assert value_of(data, "DESCRIPTION") == "one\\nBEGIN:VEVENT\\ntwo"
    assert unfolded(data).count("BEGIN:VEVENT") == 1


def test_long_lines_are_folded_between_characters() -> None:
    why = "Größe € 見直し " * 30
    data = reminder_ics(DAY, "Birch", why)
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert value_of(data, "DESCRIPTION") == why.strip()
