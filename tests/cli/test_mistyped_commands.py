"""A mistyped command is answered with the ones that were perhaps meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.cli.app import COMMANDS
from tests.workspaces import run, workspace


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("paln", "plan"), ("satus", "status"), ("librar", "library"), ("Done", "done")],
)
def test_a_mistyped_command_is_suggested(tmp_path: Path, typed: str, meant: str) -> None:
    result = run(workspace(tmp_path), typed)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"no command is called '{typed}'; did you mean '" in result.stderr
    assert f"'{meant}'" in result.stderr


def test_a_word_like_no_command_is_answered_with_where_they_are_listed(tmp_path: Path) -> None:
    result = run(workspace(tmp_path), "xyzzy")

    assert result.exit_code == 2
    assert "no command is called 'xyzzy'; see 'curriculum --help'" in result.stderr


@given(st.sampled_from([name for name in COMMANDS if len(name) > 3]), st.integers(0, 10))
def test_two_letters_that_changed_places_hide_no_command(name: str, place: int) -> None:
    place %= len(name) - 1
    typed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if typed not in COMMANDS:
        assert f"'{name}'" in run(Path(), typed).stderr


def test_an_unknown_option_is_still_called_an_option(tmp_path: Path) -> None:
    assert "No such option" in run(workspace(tmp_path), "--nothing").stderr
