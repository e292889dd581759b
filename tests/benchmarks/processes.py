"""Whole processes, started as a user's are: what was compiled once is at hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from curriculum.cli.app import main; main()"]
ROOT = Path(__file__).parents[2]


def run(command: list[str]) -> None:
    """Run a command to its end, and show nothing."""
    surroundings = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**surroundings, "NO_COLOR": "1"},
        cwd=ROOT,
    )
