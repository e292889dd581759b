"""Print what is wrong with the files of the workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from curriculum.model.problems import Problem
from curriculum.views.text.problems import problem_report


def show_problems(problems: Sequence[Problem], texts: Mapping[str, str]) -> None:
    """Print problems on stderr, with the lines they point at."""
    click.echo(problem_report(problems, texts), err=True, nl=False)
