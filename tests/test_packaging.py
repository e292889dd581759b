"""The wheel works in an empty environment, from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from curriculum.services.syllabi import compiled_built_in

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it into a fresh environment, and return the command there."""
    folder = tmp_path_factory.mktemp("packaging")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    pip = [str(folder / "venv/bin/python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return folder / "venv/bin/curriculum"


def run(command: Path, folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [str(command), *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_built_in_work_can_be_planned_from_an_empty_folder(command: Path, tmp_path: Path) -> None:
    run(command, tmp_path, "init")
    assert "ppo-2017" in run(command, tmp_path, "plan", "ppo-2017")
    assert (tmp_path / "calendars/papers.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_command_offers_completion(command: Path, tmp_path: Path) -> None:
    assert "_CURRICULUM_COMPLETE" in run(command, tmp_path, _CURRICULUM_COMPLETE="bash_source")


def test_the_manual_is_installed(command: Path) -> None:
    manual = command.parents[1] / "share/man/man1"
    pages = sorted((ROOT / "curriculum/cli/manual").iterdir())
    assert {page.name for page in pages} >= {"curriculum.1", "curriculum-plan.1"}
    for page in pages:
        assert (manual / page.name).read_bytes() == page.read_bytes()


def test_the_compiled_library_is_what_the_yaml_of_the_wheel_says(command: Path) -> None:
    """It counts for a text of the same digest alone, and a file that was edited is parsed."""
    (library,) = command.parents[1].glob("lib/python3*/site-packages/curriculum/library")
    assert (library / "compiled.json").read_bytes() == compiled_built_in()


def test_the_library_is_typed(command: Path) -> None:
    assert list(command.parents[1].glob("lib/python3*/site-packages/curriculum/py.typed"))
