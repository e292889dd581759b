"""Whatever people and programs do to the calendars there, nothing of theirs is lost, and the plan comes to rest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editors import Editor, ServerThere, There, VdirThere
from tests.profiles import IS_DEEP
from tests.servers import radicale, sabre, sabre_is_missing, xandikos
from tests.workspaces import SETTINGS, workspace
from tests.years import plan_on

LIVES, ON_SERVERS, ACTS = (300, 20, 20) if IS_DEEP else (6, 1, 10)
"""A life is dozens of whole commands: the deep profile draws hundreds of them, others a few."""


def live(root: Path, there: There, account: str, seed: int) -> None:
    """Plan, edit and sync at random, and come to rest."""
    # The plan is named by its title: lives on one server must not share calendars.
    titled = SETTINGS.replace("title: Sums", f"title: Sums {seed}")
    workspace(root, settings=f"{titled}alarm: 10m\n{account}")
    editor = Editor(root, there, random.Random(seed))
    plan_on(editor.today, editor.parser, root)
    editor.push()
    for _ in range(ACTS):
        editor.act()
    editor.come_to_rest()


@settings(max_examples=LIVES)
@given(st.integers(0, 1_000_000))
def test_in_a_vdir_nothing_of_the_persons_is_lost_and_the_plan_comes_to_rest(seed: int) -> None:
    with TemporaryDirectory() as folder:
        live(Path(folder) / "work", VdirThere(Path(folder) / "vdir"), "", seed)


@pytest.fixture(scope="module", params=[radicale, xandikos, sabre])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of each server in turn."""
    if request.param is sabre and sabre_is_missing():
        pytest.skip(sabre_is_missing())
    with request.param(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.mark.parametrize("seed", range(ON_SERVERS))
def test_on_a_server_nothing_of_the_persons_is_lost_and_the_plan_comes_to_rest(
    tmp_path: Path, address: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", "x")
    user = f"ada{seed}"
    there = ServerThere(address, user, tmp_path / "work")
    try:
        live(tmp_path / "work", there, f"caldav: {{url: '{address}', user: {user}}}\n", seed)
    finally:
        there.close()
