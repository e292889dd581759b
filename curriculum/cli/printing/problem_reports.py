"""Print what is wrong with the files of the workspace."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from curriculum.cli.printing.plain import show_text
from curriculum.cli.printing.preferences import columns, is_quiet
from curriculum.model.problems import Problem, Severity
from curriculum.views.text.lines import line
from curriculum.views.text.problems import problem_report

_HANG = 2


def show_problems(
    problems: Sequence[Problem], texts: Mapping[str, str], *, is_asked: bool = False
) -> None:
    """Print problems on stderr, with the lines they point at.

    Args:
        problems: What is wrong; with `--quiet`, warnings are left out.
        texts: The text of each file.
        is_asked: Whether the person asked for them, so that warnings are not left out.
    """
    shown = problems
    if is_quiet() and not is_asked:
        shown = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not shown:
        return
    report = problem_report(shown, texts, columns(sys.stderr))
    show_text((line(text, hang=_HANG) for text in report.removesuffix("\n").split("\n")), err=True)
