"""What cannot have happened is refused, and the journal stays as it was."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.disk.journal import JOURNAL, read_facts
from curriculum.model.journal import Studied
from tests.workspaces import run, workspace


def facts(root: Path) -> list[object]:
    """Return the facts of the journal."""
    return list(read_facts(root / JOURNAL))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("log sums/1 30h", "HOURS: 30 h on 2027-01-04 is more than a day has"),
        ("left sums/1 9999h", "HOURS: 9999 h is too long for 1 unit; give at most 1000h"),
        ("done sums/1 --took 99999h", "--took: 99999 h is too long for 1 unit; give at most 1000h"),
        ("done sums/1-2 --took 2001h", "--took: 2001 h is too long for 2 units"),
        ("log sums/1 1h --pages 900-1000", "--pages: 'sums/1' has the pages 1-20, not 900-1000"),
        ("log sums/1 1h --pages 15-21", "--pages: 'sums/1' has the pages 1-20, not 15-21"),
        ("log sums/1 1h --pages 45", "'sums/1' has the pages 1-20, not 45; did you mean 'sums/3'?"),
        ("done sums 3-1", "UNIT: the range '3-1' runs backwards; did you mean 'sums/1-3'?"),
        ("done sums/3-2", "UNIT: the range '3-2' runs backwards; did you mean 'sums/2-3'?"),
        ("skip attention/implement-read", "did you mean 'attention/read-implement'?"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_recorded(
    tmp_path: Path, words: str, said: str
) -> None:
    root = workspace(tmp_path)

    result = run(root, *words.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not facts(root)


def test_what_can_have_happened_is_recorded(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for words in (
        "log sums/1 24h --on 2027-01-03",
        "log sums/1 1h --pages 1-20",
        "log counting/read 1h --pages 3-4",
        "done sums/1-2 --took 2000h",
    ):
        assert run(root, *words.split()).exit_code == 0, words


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(1, 1500)),
        max_size=6,
    )
)
def test_no_day_ever_has_more_than_24_hours(logged: list[tuple[int, int]]) -> None:
    """Minutes are logged on days in any order; a log is refused just when its day would overflow."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder))
        days: dict[int, int] = {}
        for day, minutes in logged:
            result = run(
                root, "log", "sums/1", f"{minutes}m", "--on", f"2027-01-0{day}", today="2027-01-05"
            )
            fits = days.get(day, 0) + minutes <= 24 * 60
            assert result.exit_code == (0 if fits else 2)
            if fits:
                days[day] = days.get(day, 0) + minutes

        total = timedelta()
        for fact in facts(root):
            assert isinstance(fact, Studied)
            total += timedelta(minutes=fact.minutes)

    assert total == timedelta(minutes=sum(days.values()))
