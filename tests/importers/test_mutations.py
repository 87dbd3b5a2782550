"""A few hundred mutated files end in the same holdings, a statement with every line, or a sentence."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.effort import tries

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
COUNT = tries(120)


@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program behind `dev.py fuzz`."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    spec = importlib.util.spec_from_file_location("fuzz", PACKAGING / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "fuzz", module)
    spec.loader.exec_module(module)
    return module


def test_mutated_fixtures_are_read_or_refused_in_words(fuzz: ModuleType) -> None:
    whole = fuzz.Tally()
    for share in fuzz.shares(COUNT, 20260930):
        whole.add(fuzz.run_share(share))
    assert whole.faults == []
    assert whole.counts.total() == COUNT
    assert any("refused" in what for what in whole.counts)
    assert any(what.endswith("read") for what in whole.counts)
