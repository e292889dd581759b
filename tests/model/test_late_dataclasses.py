"""Classes whose methods are made late are dataclasses like any other."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, ClassVar, get_type_hints

import pytest

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Late:
    """Made by us."""

    kind: ClassVar[str] = "late"
    first: int
    second: tuple[str, ...] = ()
    third: list[int] = field(default_factory=list, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Usual:
    """Made by the standard library."""

    kind: ClassVar[str] = "late"
    first: int
    second: tuple[str, ...] = ()
    third: list[int] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A class to build upon."""

    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built(Stamped):
    """One built upon it."""

    minutes: int = 5


@dataclass(frozen=True)
class Odd:
    """A class that says itself what is equal."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Odd) and other.name.lower() == self.name.lower()

    def __repr__(self) -> str:
        return "odd"


def test_it_is_made_and_shown_as_by_the_standard_library() -> None:
    assert list(inspect.signature(Late).parameters) == list(inspect.signature(Usual).parameters)
    assert get_type_hints(Late.__init__) == {
        name: kind for name, kind in get_type_hints(Usual.__init__).items() if name != "return"
    }
    assert [one.name for one in fields(Late)] == [one.name for one in fields(Usual)]
    assert repr(Late(1, ("a",))) == repr(Usual(1, ("a",))).replace("Usual", "Late")
    assert Late.__match_args__ == Usual.__match_args__
    assert dataclasses.asdict(Late(1, third=[2])) == dataclasses.asdict(Usual(1, third=[2]))
    with pytest.raises(TypeError):
        Late()  # type: ignore[call-arg]


def test_values_with_equal_fields_are_equal_and_no_others() -> None:
    assert Late(1, ("a",)) == Late(1, ("a",), [7]) != Late(2, ("a",))
    assert len({Late(1), Late(1), Late(1, ("b",))}) == 2
    other: object = Usual(1)
    assert other != Late(1)
    assert Late(1).third is not Late(1).third
    assert Odd("A") == Odd("a")
    assert repr(Odd("a")) == "odd"


def test_a_value_never_changes() -> None:
    late: Any = Late(1)
    for name in ("first", "fourth"):
        with pytest.raises(FrozenInstanceError):
            setattr(late, name, 2)
    with pytest.raises(FrozenInstanceError):
        del late.first
    assert replace(late, first=2) == Late(2)


def test_a_class_may_build_upon_another() -> None:
    built = Built(stamp="now")
    assert (built.stamp, built.minutes) == ("now", 5)
    assert replace(built, minutes=6) == Built(stamp="now", minutes=6)
    assert isinstance(built, Stamped)
    assert built != Stamped(stamp="now")


@pytest.mark.parametrize("value", [Late(1, ("a",), [2]), Odd("a"), Built(stamp="s")])
def test_a_value_can_be_copied(value: object) -> None:
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value
