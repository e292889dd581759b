"""Pages that say what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from curriculum.model.problems import Problem
from curriculum.views.html.rendering import rendered
from curriculum.views.text.problems import problem_report


def refusal_content(reason: str, back: str) -> Markup:
    """Return why nothing was done, and the way back."""
    return rendered("refusal.html", reason=reason, back=back)


def problems_content(problems: Iterable[Problem], texts: Mapping[str, str]) -> Markup:
    """Return problems with the lines that they are in, as `curriculum check` prints them."""
    return rendered("problems.html", report=problem_report(problems, texts))


def no_problems_content() -> Markup:
    """Return that nothing is wrong."""
    return rendered("no_problems.html")


def outdated_content(
    changes: Iterable[str], action: str, fields: Mapping[str, str], back: str
) -> Markup:
    """Return what changed since a form was shown, and a form to do it all the same.

    Args:
        changes: What changed, a sentence each.
        action: The address that the form is sent to.
        fields: What the form says, with the marks of the state as it is now.
        back: The address from which it came.
    """
    return rendered("outdated.html", changes=changes, action=action, fields=fields, back=back)


def nothing_to_plan_content() -> Markup:
    """Return what to do where no goal is named yet."""
    return rendered("nothing_to_plan.html")
