"""The README tells the truth: its blocks are replayed, in order, in one workspace."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli.app import main

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"^```(console|yaml|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions(text: str) -> list[tuple[str, str]]:
    """Return each command of a console block with the output printed below it."""
    found = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        found.append((command, output))
    return found


def run(command: str) -> str:
    """Run a command of the README and return what a person would see."""
    program, *arguments = shlex.split(command)
    assert program == "curriculum"
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.strip("\n").splitlines()) + "\n"


def save(block: str) -> None:
    """Write a YAML block to the file that its first line names, or to the settings."""
    name = re.match(r"# (\S+\.yaml)\n", block)
    path = Path(name[1] if name else "syllabi/curriculum.yaml")
    path.write_text(block, encoding="utf-8")


def replay(block: str) -> None:
    """Run the examples of a Python block, and fail where one gives something else."""
    examples = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    options = doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=options)
    found = runner.run(examples, out=report.append)
    assert found.attempted > 3
    assert found.failed == 0, "".join(report)


def test_every_block_says_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CURRICULUM_TODAY", "2027-01-04")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "126")
    is_update = request.config.getoption("--update-golden")
    text = README.read_text(encoding="utf-8")
    replayed = 0
    for kind, block in BLOCK.findall(text):
        if kind == "yaml":
            save(block)
        elif kind == "python":
            replay(block)
        else:
            for command, shown in sessions(block):
                found = run(command)
                replayed += 1
                if not is_update:
                    assert found == shown, command
                text = text.replace(f"$ {command}\n{shown}", f"$ {command}\n{found}")
    if is_update:
        README.write_text(text, encoding="utf-8")
    assert replayed >= 4


def test_the_two_commands_at_the_top_are_one_line_each() -> None:
    commands = re.findall(r"^```\n\$ (.+)\n```$", README.read_text(encoding="utf-8"), re.MULTILINE)

    assert [command.split()[-1] for command in commands] == ["plan", "-q"]
    assert all(command.startswith("python3 -m venv .venv && ") for command in commands)
