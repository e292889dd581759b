"""Read a road: text -> goals with their reasons, and the places of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pydantic import ValidationError

from curriculum.model.identifiers import NAME
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Place, Problem
from curriculum.model.quantities import quoted
from curriculum.model.roads import Road
from curriculum.model.sources import Source
from curriculum.syllabus.documents import read_document
from curriculum.syllabus.located_problems import Flaw, with_places
from curriculum.syllabus.translation import FileType, translate

_FILE_TYPE = FileType(Road, "road")


@dataclass(frozen=True, slots=True)
class RoadRead:
    """A road as it was found.

    Attributes:
        name: The stem of its file, which commands call it.
        road: What the file says; None when it has a problem, or nothing but comments.
        source: The file, with the places of its values.
        problems: What is wrong with it, sorted by place.
        is_own: Whether the workspace has it; otherwise it is built in.
    """

    name: str
    road: Road | None
    source: Source
    problems: tuple[Problem, ...] = ()
    is_own: bool = True


def read_road(file: str, text: str, *, is_own: bool = True) -> RoadRead:
    """Return the road that a file declares, or everything that is wrong with it.

    Args:
        file: How the file is called in problems; its stem is the name of the road.
        text: The YAML text.
        is_own: Whether it is of the workspace.
    """
    name = PurePosixPath(file).stem
    document = read_document(file, text)
    problems = {*document.problems, *_name_problems(file, name)}
    if document.content is None and (document.problems or text.strip()):
        return RoadRead(name, None, document.source, tuple(sorted(problems)), is_own)
    road, flaws = _road_of(document.content)
    problems.update(with_places(flaws, document.source))
    found = None if problems else road
    return RoadRead(name, found, document.source, tuple(sorted(problems)), is_own)


def _road_of(content: object) -> tuple[Road | None, Sequence[Flaw]]:
    if not isinstance(content, dict):
        message = f"the file holds {quoted(content or 'nothing')}, not a mapping"
        return None, [Flaw((), "wrong-type", message, "begin it with 'title:'")]
    try:
        return Road.model_validate(content), []
    except ValidationError as error:
        return None, translate(error, content, _FILE_TYPE)


def _name_problems(file: str, name: str) -> tuple[Problem, ...]:
    if re.fullmatch(NAME, name):
        return ()
    message = f"the file's name {quoted(name)} is not the name of a road"
    hint = "rename the file with small letters, digits, '-' and '.', like 'deep-q.yaml'"
    return (Problem(Place(file), "bad-name", message, hint),)
