"""What the program's own `dataclass` makes, held against the standard one."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import weakref
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import ClassVar

import pytest

from desktop_app.domain import records


def _classes(decorate: Callable[..., Callable[[type], type]]) -> tuple[type, type, type, type]:
    @decorate(frozen=True, slots=True)
    class Fixed:
        """Cannot be changed."""

        name: str
        size: int = 3
        parts: list[int] = field(default_factory=list)
        note: str = field(default="", compare=False, repr=False)
        label: str = field(init=False, default="none")

    @decorate(slots=True)
    class Loose:
        name: str
        seen: list[str] = field(default_factory=list, init=False)

        def __post_init__(self) -> None:
            self.seen.append(self.name)

    @decorate(frozen=True, slots=True)
    class Longer(Fixed):
        """Has one field more."""

        more: int = 0

    @decorate(frozen=True, slots=True)
    class Own:
        """Has functions of its own."""

        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 5

        def __repr__(self) -> str:
            return "own"

    return Fixed, Loose, Longer, Own


OURS = _classes(records.dataclass)
THEIRS = _classes(dataclasses.dataclass)
Fixed, Loose, Longer, Own = OURS
BOTH = pytest.mark.parametrize("made", [OURS, THEIRS], ids=["ours", "standard"])


@records.dataclass(frozen=True, slots=True)
class Known:
    """Found by its name when it is unpickled."""

    name: str
    size: int = 1


@BOTH
def test_values_defaults_and_words_are_the_standard_ones(made: tuple[type, type, type, type]) -> None:
    fixed, loose, longer, own = made
    one = fixed("a", note="x")
    assert (one.name, one.size, one.parts, one.note, one.label) == ("a", 3, [], "x", "none")
    assert one.parts is not fixed("a").parts
    assert repr(one).endswith("Fixed(name='a', size=3, parts=[], label='none')")
    assert repr(longer("b", 4, [1], more=2)).endswith(
        "Longer(name='b', size=4, parts=[1], label='none', more=2)"
    )
    assert loose("c").seen == ["c"]
    assert repr(own("d")) == "own"
    assert [each.name for each in fields(longer)] == ["name", "size", "parts", "note", "label", "more"]
    assert fixed.__match_args__ == ("name", "size", "parts", "note")
    assert not hasattr(one, "__dict__")


@BOTH
def test_likeness_and_hashes_are_the_standard_ones(made: tuple[type, type, type, type]) -> None:
    fixed, loose, longer, own = made
    assert fixed("a") == fixed("a", note="other")
    assert fixed("a") != fixed("b")
    assert longer("a") != fixed("a")
    assert fixed("a") != "a"
    assert own("a") == own("b")
    assert hash(own("a")) == hash(own("b")) == 5
    assert hash(fixed("a", parts=())) == hash(fixed("a", parts=(), note="other"))
    assert len({longer("a", parts=()), longer("a", parts=()), longer("b", parts=())}) == 2
    assert loose("a") == loose("a")
    with pytest.raises(TypeError, match="unhashable"):
        hash(loose("a"))


@BOTH
def test_what_is_fixed_stays_and_what_is_loose_changes(made: tuple[type, type, type, type]) -> None:
    fixed, loose, longer, own = made
    for one in (fixed("a"), longer("a"), own("a")):
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
            one.name = "b"
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
            del one.name
    changing = loose("a")
    changing.name = "b"
    assert changing.name == "b"
    other = replace(longer("a", more=4), name="z")
    assert (other.name, other.more) == ("z", 4)
    assert copy.deepcopy(fixed("a", parts=[1])) == fixed("a", parts=[1])


@BOTH
def test_a_mistaken_call_says_what_is_missing_or_too_much(made: tuple[type, type, type, type]) -> None:
    fixed = made[0]
    for _ in range(2):  # the first call writes the function, the second one finds it
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
            fixed()
        with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
            fixed("a", colour=1)


@pytest.mark.parametrize("decorate", [records.dataclass, dataclasses.dataclass], ids=["ours", "standard"])
def test_what_is_rarely_wished_is_the_standard_one(decorate: Callable[..., Callable[[type], type]]) -> None:
    @decorate(frozen=True, slots=True, weakref_slot=True)
    class Watched:
        name: str

    @decorate(frozen=True, slots=True)
    class Counted:
        """Knows something of its class, and takes a value by its name alone."""

        known: ClassVar[int] = 7
        name: str
        size: int = field(default=1, kw_only=True)

    @decorate
    class Plain:
        name: str = "d"

    class Below:
        __slots__ = ("size",)

    @decorate(slots=True)
    class Upon(Below):
        name: str
        size: int = 2

    @decorate(frozen=True, slots=True, eq=False)
    class Single:
        name: list[str]

    assert Plain() == Plain("d")
    lone = Single(["a"])
    assert lone != Single(["a"])
    assert len({lone, lone}) == 1
    with pytest.raises(FrozenInstanceError):
        lone.name = []
    one, other = Watched("a"), Counted("b", size=2)
    assert weakref.ref(one)() is one
    assert Watched.__slots__ == ("name", "__weakref__")
    assert (other.known, other.size, [each.name for each in fields(other)]) == (7, 2, ["name", "size"])
    with pytest.raises(TypeError, match="positional"):
        Counted("b", 2)
    assert (Upon.__slots__, Upon("c").size) == (("name",), 2)


def test_a_standard_class_can_follow_one_of_ours() -> None:
    @dataclasses.dataclass(frozen=True, slots=True, order=True)
    class After(Known):
        more: int = 0

    assert After("a", 1, 2) < After("a", 1, 3)
    with pytest.raises(FrozenInstanceError):
        After("a").name = "b"  # type: ignore[misc]  # that is refused


def test_a_class_is_described_as_the_standard_one_describes_it() -> None:
    for ours, theirs in zip(OURS, THEIRS, strict=True):
        assert (ours.__slots__, ours.__qualname__) == (theirs.__slots__, theirs.__qualname__)
        assert ours.__module__ == theirs.__module__
        assert [repr(each) for each in fields(ours)] == [repr(each) for each in fields(theirs)]
        assert dataclasses.is_dataclass(ours)
        assert dataclasses.asdict(ours("a")) == dataclasses.asdict(theirs("a"))


def test_a_copy_through_bytes_is_the_same() -> None:
    assert pickle.loads(pickle.dumps(Known("a", 7))) == Known("a", 7)


def test_functions_are_the_same_before_and_after_they_are_written() -> None:
    made: list[list[object]] = []
    for fixed, loose, longer, _ in (_classes(records.dataclass), THEIRS):
        told: list[object] = []
        for i in range(2 * records.PATIENCE):
            one = longer(str(i), 4, more=i, parts=(i,))
            told += [
                repr(one).rpartition(".")[2],
                hash(one),
                one == longer(str(i), parts=(i,), size=4, more=i),
            ]
            told += [one != longer(str(i), parts=(i,)), loose(str(i)).seen]
            for given, named in (((), {}), (("a", 1, [], "", "z"), {}), (("a",), {"name": "b"})):
                with pytest.raises(TypeError) as mistake:
                    fixed(*given, **named)
                told.append(str(mistake.value).rpartition(".")[2])
        made.append(told)
    assert made[0] == made[1]
