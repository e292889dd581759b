"""Imports run only towards the model: the room table holds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspaces import TODAY, run, workspace

ROOT = Path(__file__).parents[1]


def imported_by(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after some code."""
    program = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines())


def test_the_import_contracts_are_kept() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    done = subprocess.run(
        [*command, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_help_loads_nothing_but_click() -> None:
    loaded = imported_by("import curriculum.cli.app")

    assert "click" in loaded
    assert not loaded & {
        "pydantic",
        "yaml",
        "networkx",
        "icalendar",
        "rich",
        "dateutil",
        "zoneinfo",
    }


def test_the_planner_needs_no_graph_library_and_no_yaml() -> None:
    loaded = imported_by("import curriculum.schedule.planning, curriculum.schedule.audit")

    assert not loaded & {"yaml", "networkx", "icalendar", "rich", "click"}


def test_values_are_defined_without_pydantic() -> None:
    """A class of values that asked pydantic itself would load it for every command."""
    needing = {
        path.name
        for path in (ROOT / "curriculum/model").glob("*.py")
        if re.search(r"^from pydantic", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert needing == {"checking.py"}


def test_the_package_itself_loads_nothing() -> None:
    loaded = imported_by("import curriculum")

    assert {name for name in loaded if name.startswith("curriculum.")} == set()


def program_of(root: Path, command: list[str]) -> str:
    """Return the code that runs a command and shows nothing."""
    arguments = ["--workspace", str(root), "--today", TODAY, *command]
    return f"""
import contextlib, io
from curriculum.cli.app import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main({arguments!r}, standalone_mode=False)
"""


HEAVY = {"httpx", "icalendar", "networkx", "numpy", "rich"}
READING = (["check"],)
"""Commands that read what others find kept."""


@pytest.mark.parametrize(
    "command",
    [
        ["today"],
        ["week", "--json"],
        ["next", "--json"],
        ["plan", "--json"],
        ["log", "sums", "1", "20m"],
        ["done", "sums", "1"],
        ["start", "sums", "2"],
        ["check"],
        ["graph"],
    ],
    ids=" ".join,
)
def test_a_command_loads_no_heavy_library_that_it_does_not_need(
    tmp_path: Path, command: list[str]
) -> None:
    """Nothing is published yet, so that what a plan needs for calendars is loaded as well."""
    program = program_of(workspace(tmp_path), command)

    assert not imported_by(program) & HEAVY
    # What was read of the files by then is kept.
    if command not in READING:
        assert "pydantic" not in imported_by(program)


def test_today_reads_a_notebook_without_what_checks_values(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "note", "finding: it learns")
    run(root, "today")

    assert not imported_by(program_of(root, ["today"])) & {"pydantic", "yaml"}


@pytest.mark.parametrize("command", ["today", "time"])
def test_a_notebook_is_read_without_what_judges_papers(tmp_path: Path, command: str) -> None:
    root = workspace(tmp_path)
    run(root, "note", "finding: it learns")

    loaded = imported_by(program_of(root, [command]))
    assert not [name for name in loaded if name.startswith("curriculum.reproduction")]
