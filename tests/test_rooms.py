"""Imports run only towards the model: the room table holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
