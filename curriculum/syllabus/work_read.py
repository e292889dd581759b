"""What reading a syllabus comes to."""

from __future__ import annotations

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.sources import Source
from curriculum.model.works import Work


@dataclass(frozen=True, slots=True)
class WorkRead:
    """What a syllabus holds.

    Attributes:
        work: The work; None when the file has a problem or is a draft.
        source: The file, which knows the place of every value, inherited ones included.
        problems: Everything wrong with it, sorted by place.
    """

    work: Work | None
    source: Source
    problems: tuple[Problem, ...] = ()
