"""Where a user's files lie, held against the library that knows all systems."""

from __future__ import annotations

import sys

import platformdirs
import pytest

from desktop_app.domain.user_folders import linux_folder


@pytest.mark.parametrize(
    "told", [None, "", "relative/place", "/somewhere/data", "/with a space/ä/"], ids=repr
)
@pytest.mark.parametrize("home", ["/home/ruth", "/home/ruth/", "", "not/in/full"], ids=repr)
def test_the_library_would_say_the_same(monkeypatch: pytest.MonkeyPatch, told: str | None, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    if told is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", told)
    found = linux_folder("XDG_DATA_HOME", ".local/share", "Kettle")
    is_told = sys.platform == "linux" and ((told or "").startswith("/") or home.startswith("/"))
    assert (found is not None) == is_told
    if found is not None:
        assert found == platformdirs.user_data_path("Kettle", appauthor=False)
