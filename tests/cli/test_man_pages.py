"""The manual pages in `curriculum/cli/manual` are those that the help texts make.

`pytest tests/cli/test_man_pages.py --update-golden` writes them again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from curriculum.cli.app import COMMANDS, SUMMARIES, main
from curriculum.cli.man_pages import man_pages

MANUAL = Path(__file__).parents[2] / "curriculum/cli/manual"
PAGES = man_pages(main)


def test_the_manual_says_what_help_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        for path in MANUAL.glob("*"):
            path.unlink()
        for name, page in PAGES.items():
            (MANUAL / name).write_text(page, encoding="utf-8")
    written = {path.name: path.read_text(encoding="utf-8") for path in MANUAL.glob("*")}
    outdated = [name for name in written.keys() | PAGES if written.get(name) != PAGES.get(name)]

    assert sorted(outdated) == [], (
        "write them with: pytest tests/cli/test_man_pages.py --update-golden"
    )


def test_every_command_has_a_page() -> None:
    assert {f"curriculum-{name}.1" for name in COMMANDS} < PAGES.keys()
    assert {"curriculum.1", "curriculum-journal-import.1"} < PAGES.keys()


def test_the_page_of_the_program_lists_the_commands_with_their_summaries() -> None:
    for name, summary in SUMMARIES.items():
        assert f".BR curriculum\\-{name} (1)\n{summary}\n" in PAGES["curriculum.1"]


def shown(name: str, tmp_path: Path) -> tuple[str, str]:
    """Return how groff shows a page at 80 columns, and what it complains of."""
    path = tmp_path / name
    path.write_text(PAGES[name], encoding="utf-8")
    command = ["groff", "-k", "-man", "-Tutf8", "-ww", "-P-c", "-rLL=78n", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    plain = re.sub(".\b|\x1b\\[[0-9;]*m", "", done.stdout)
    return plain, done.stderr


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("name", ["curriculum.1", "curriculum-score.1", "curriculum-help.1"])
def test_a_page_is_shown_without_complaint_and_holds_the_whole_help(
    tmp_path: Path, name: str
) -> None:
    page, complaints = shown(name, tmp_path)
    command = name.removeprefix("curriculum").removeprefix("-").removesuffix(".1")
    found = main.get_command(click.Context(main), command) if command else main
    assert found is not None

    assert complaints == ""
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert words(parameter.help or "") in words(page)
    for paragraph in (found.help or "").split("\n\n")[1:]:
        said = words(paragraph.replace("\b", "").replace("Examples:", ""))
        assert said in words(page)
