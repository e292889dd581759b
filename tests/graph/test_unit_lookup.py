"""What a person types for a unit, and what is taken for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from curriculum.graph.catalogue import Catalogue, catalogue_of
from curriculum.graph.unit_lookup import UnclearNameError, UnknownUnitError, units_named
from curriculum.syllabus.library import SyllabusText, read_library
from curriculum.syllabus.without_results import without_results

SYLLABI = Path(__file__).resolve().parents[2] / "syllabi"


@cache
def catalogue() -> Catalogue:
    """Return the built-in library."""
    files = sorted(path for path in SYLLABI.glob("*/*.yaml"))
    texts = [
        SyllabusText(str(path), without_results(path.read_text(encoding="utf-8"))) for path in files
    ]
    return catalogue_of(read_library(texts).library)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("sutton-barto-2018/3", ["sutton-barto-2018/3"]),
        ("sutton 3", ["sutton-barto-2018/3"]),
        ("barto 3 4", ["sutton-barto-2018/3", "sutton-barto-2018/4"]),
        ("sutton/3-5", ["sutton-barto-2018/3", "sutton-barto-2018/4", "sutton-barto-2018/5"]),
        ("sutton 3-4 ppo read", ["sutton-barto-2018/3", "sutton-barto-2018/4", "ppo-2017/read"]),
        ("ppo/read sutton/3", ["ppo-2017/read", "sutton-barto-2018/3"]),
        ("hamming", ["hamming-1986/read"]),
        ("td3 read", ["td3-2018/read"]),
        ("nocedal 1 1", ["nocedal-wright-2006/1"]),
        ("Sutton 3", ["sutton-barto-2018/3"]),
    ],
)
def test_the_part_of_a_name_that_tells_it_apart_is_enough(words: str, units: list[str]) -> None:
    assert list(units_named(words.split(), catalogue(), ["sutton-barto-2018"])) == units


def test_a_whole_work_is_all_its_units() -> None:
    assert len(units_named(["ppo-2017"], catalogue(), ())) == 8


@pytest.mark.parametrize("words", ["nobody 3", "3", ""])
def test_what_names_nothing_is_refused(words: str) -> None:
    with pytest.raises(UnclearNameError) as error:
        units_named(words.split() or [""], catalogue(), ())

    assert not error.value.candidates


@pytest.mark.parametrize("words", ["sutton 33", "sutton/0"])
def test_an_unknown_unit_is_refused_with_the_units_there_are(words: str) -> None:
    with pytest.raises(UnknownUnitError, match=r"'sutton-barto-2018' has no unit .* 1, 2, 3,"):
        units_named(words.split(), catalogue(), ())


def test_a_name_that_fits_several_works_lists_them() -> None:
    with pytest.raises(UnclearNameError, match="'sut' is ambiguous: ") as error:
        units_named(["sut", "3"], catalogue(), ())

    assert set(error.value.candidates) == {"sutskever-2013", "sutton-barto-2018"}


def test_of_several_works_the_one_in_use_is_meant() -> None:
    names = [
        name
        for name in catalogue().spans
        if "learning" in catalogue().library.works[name].title.lower().split()
    ]
    assert len(names) > 1

    for name in names:
        assert units_named(["learning"], catalogue(), [name])[0].startswith(f"{name}/")


def test_numbers_are_exact() -> None:
    assert units_named(["sutton", "1"], catalogue(), ()) == ("sutton-barto-2018/1",)
    with pytest.raises(UnclearNameError):
        units_named(["ppo-201/read"], catalogue(), ())
