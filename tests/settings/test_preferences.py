"""Preferences survive a restart, a newer program and a damaged file."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.issues import Severity
from desktop_app.settings import (
    ASKED,
    SETTINGS,
    Preferences,
    default_preferences_path,
    load_preferences,
    save_preferences,
)

CHOSEN = Preferences(
    theme="dark",
    text_scale=1.5,
    paper="a4",
    large_print=True,
    last_document=Path("/home/sam/Quay.keel"),
    reduce_motion=True,
    lock_after=5,
    recent_documents=(Path("/home/sam/Quay.keel"), Path("/home/sam/Old quay.keel")),
    statement_folder=Path("/home/sam/Downloads"),
)


def write(path, data):
    path.write_bytes(data)


def test_the_usual_preferences_without_a_file(tmp_path):
    assert load_preferences(tmp_path / "none.json") == (Preferences(), ())
    assert Preferences() == Preferences(
        theme="system",
        text_scale=1.0,
        paper="letter",
        large_print=False,
        last_document=None,
        reduce_motion=None,
        lock_after=15,
    )


def test_what_was_chosen_comes_back(tmp_path):
    path = tmp_path / "new" / "preferences.json"
    save_preferences(CHOSEN, path, write=write)
    assert load_preferences(path) == (CHOSEN, ())


def test_what_a_newer_program_stored_is_kept(tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text('{"theme": "light", "moon_phase": {"show": [1, 2]}}')
    preferences, issues = load_preferences(path)
    assert (preferences.theme, issues) == ("light", ())
    save_preferences(CHOSEN, path, write=write)
    stored = json.loads(path.read_text())
    assert stored["moon_phase"] == {"show": [1, 2]}
    assert stored["theme"] == "dark"


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_damaged_file_gives_the_usual_ones_and_is_kept(tmp_path, content):
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    preferences, (issue,) = load_preferences(path)
    assert preferences == Preferences()
    assert issue.severity is Severity.WARNING
    kept = tmp_path / "preferences.damaged.json"
    assert kept.read_bytes() == content
    assert str(kept) in issue.fix
    assert load_preferences(path) == (Preferences(), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", 1),
        ("text_scale", 0.5),
        ("text_scale", 2.1),
        ("text_scale", "1"),
        ("text_scale", True),
        ("text_scale", None),
        ("text_scale", float("nan")),
        ("paper", "A4"),
        ("large_print", 1),
        ("large_print", None),
        ("last_document", 7),
        ("reduce_motion", "yes"),
        ("recent_documents", "Quay.keel"),
        ("recent_documents", [7]),
        ("statement_folder", ["Downloads"]),
    ],
)
def test_a_value_that_makes_no_sense_falls_back_alone(tmp_path, name, value):
    path = tmp_path / "preferences.json"
    sound = "paper" if name == "theme" else "theme"
    path.write_text(json.dumps({name: value, sound: {"paper": "a4", "theme": "dark"}[sound]}))
    preferences, (issue,) = load_preferences(path)
    assert getattr(preferences, name) == getattr(Preferences(), name)
    assert getattr(preferences, sound) in {"a4", "dark"}
    assert "reset" in issue.message


def test_a_file_that_may_not_be_read_never_stops_the_start(tmp_path):
    preferences, (issue,) = load_preferences(tmp_path)
    assert preferences == Preferences()
    assert "could not be read" in issue.message


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from([setting.name for setting in SETTINGS]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())),
    )
)
def test_no_file_stops_the_start(tmp_path_factory, stored):
    path = tmp_path_factory.mktemp("any") / "preferences.json"
    path.write_text(json.dumps(stored))
    preferences, _ = load_preferences(path)
    assert preferences.theme in {"system", "light", "dark"}
    assert 1 <= preferences.text_scale <= 2


def test_a_failed_write_is_told_to_the_caller(tmp_path):
    def refuse(_path, _data):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        save_preferences(CHOSEN, tmp_path / "preferences.json", write=refuse)


def test_every_default_is_one_of_its_own_choices():
    for setting in SETTINGS:
        assert setting.accepts(setting.default), setting.name
    assert {setting.name for setting in SETTINGS} - {setting.name for setting in ASKED} == {
        "last_document",
        "recent_documents",
        "statement_folder",
    }
    assert all(setting.help for setting in ASKED)


def test_the_file_lies_in_the_users_configuration_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, appauthor: tmp_path / name)
    assert default_preferences_path() == tmp_path / "Even Keel" / "preferences.json"
    save_preferences(CHOSEN, write=write)
    assert load_preferences() == (CHOSEN, ())


def test_a_name_with_a_zero_byte_is_no_document(tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"last_document": "/home/sam/a\0b.keel", "theme": "dark"}))
    preferences, (issue,) = load_preferences(path)
    assert preferences == Preferences(theme="dark")
    assert "last_document" in issue.message


def test_what_is_no_ordinary_file_is_not_waited_for():
    preferences, (issue,) = load_preferences(Path(os.devnull))
    assert preferences == Preferences()
    assert "not an ordinary file" in issue.message
