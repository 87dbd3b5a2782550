"""Late patterns answer as compiled ones do, and every one in the readers is a right one."""

import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module

import desktop_app.importers
from desktop_app.importers.patterns import _LatePattern, late_regex


def test_a_late_pattern_answers_as_a_compiled_one() -> None:
    late, compiled = (
        late_regex(r"(?P<n>[a-z]+)-\d", re.IGNORECASE),
        re.compile(r"(?P<n>[a-z]+)-\d", re.IGNORECASE),
    )
    for text in ("ab-1", "x AB-2, cd-3", "", "-1"):
        for _ in range(2):
            assert str(late.search(text)) == str(compiled.search(text))
            assert late.findall(text) == compiled.findall(text)
            assert late.sub("_", text) == compiled.sub("_", text)
    assert (late.pattern, late.flags, dict(late.groupindex)) == (compiled.pattern, compiled.flags, {"n": 1})


def test_nothing_is_compiled_before_the_first_question() -> None:
    late = late_regex("(never asked", re.IGNORECASE)
    assert late.pattern == "(never asked"


def test_every_pattern_of_the_readers_compiles() -> None:
    for module in pkgutil.walk_packages(desktop_app.importers.__path__, "desktop_app.importers."):
        import_module(module.name)
    held = [
        value
        for name, module in sys.modules.items()
        if name.startswith("desktop_app.importers.")
        for value in _flat(vars(module).values())
        if isinstance(value, _LatePattern)
    ]
    assert len(held) > 300
    for late in held:
        assert late.flags >= 0, late.pattern


def _flat(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, tuple):
            yield from _flat(value)
        elif isinstance(value, dict):
            yield from _flat(value.values())
        else:
            yield value
