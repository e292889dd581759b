"""Errors about what the user wrote, in the files of the workspace or in a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.model.problems import CurriculumError, Problem, Severity


class ProblemsError(CurriculumError):
    """Files of the user have errors, so that nothing can be made of them.

    Attributes:
        problems: Everything wrong with the files, warnings included, sorted by place.
        texts: File label to its text, for excerpts.
    """

    def __init__(self, problems: Iterable[Problem], texts: Mapping[str, str]) -> None:
        """Build the sentence from the first error."""
        self.problems = tuple(sorted(set(problems)))
        self.texts = texts
        first = next(one for one in self.problems if one.severity is Severity.ERROR)
        super().__init__(str(first))


class UsageError(CurriculumError):
    """A name or an option that cannot be meant.

    Attributes:
        parameter: The parameter that was given, as the command line names it; None for the
            command as a whole.
    """

    def __init__(self, message: str, parameter: str | None = None) -> None:
        """Keep the sentence, and what it is about."""
        self.parameter = parameter
        super().__init__(message)
