"""Read a syllabus: text -> a work with the places of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TypeAlias, cast

from pydantic import ValidationError

from curriculum.model.identifiers import NAME
from curriculum.model.problems import Place, Problem
from curriculum.model.quantities import quoted
from curriculum.model.sources import Keys, Node, Source
from curriculum.model.suggestions import suggestion
from curriculum.model.works import Paper, Textbook, Thesis, Work
from curriculum.syllabus.baselines import baseline_flaws, with_baselines
from curriculum.syllabus.documents import Document, read_document
from curriculum.syllabus.first_readings import first_reading_flaws
from curriculum.syllabus.inheritance import LIFTED, Inheritance, Values, inherit
from curriculum.syllabus.inherited_times import part_flaws, with_inherited_times
from curriculum.syllabus.located_problems import Flaw, with_places
from curriculum.syllabus.translation import FileType, translate
from curriculum.syllabus.trees import read_tree
from curriculum.syllabus.work_read import WorkRead

WorkClass: TypeAlias = type[Textbook] | type[Thesis] | type[Paper]


WORK_CLASSES: Mapping[str, WorkClass] = MappingProxyType(
    {"textbook": Textbook, "thesis": Thesis, "paper": Paper}
)
_KEYS_OF_PAPERS = (
    ("", "defaults"),
    ("results", "like"),
    *[("results", key) for key in LIFTED],
)


def read_work(file: str, text: str) -> WorkRead:
    """Return the work that a syllabus declares, or everything that is wrong with it.

    A file of nothing but comments is a draft: it declares no work and has no problem.

    Args:
        file: How the file is called in problems; its stem is the name of the work.
        text: The YAML text of the syllabus.
    """
    document = read_document(file, text)
    source = Source(file, document.source.text, work_tree)
    problems = [*document.problems, *_name_problems(file)]
    if document.content is None and (document.problems or text.strip()):
        return WorkRead(None, source, tuple(problems))
    work, flaws = _work_of(document, source)
    problems += flaws
    if problems:
        return WorkRead(None, source, tuple(sorted(set(problems))))
    return WorkRead(work, source)


def work_tree(text: str) -> Node | None:
    """Return the tree of a syllabus in which every result is written out."""
    tree = read_tree(text)
    if not isinstance(tree, Keys):
        return tree
    return cast("Keys", _inheritance(tree).document)


def _inheritance(content: Values) -> Inheritance:
    """Return what a file declares with every result written out; only papers have results."""
    if content.get("kind") == "paper":
        return inherit(content)
    return Inheritance(content)


def _name_problems(file: str) -> tuple[Problem, ...]:
    """Return the problem that the file's stem is not the name of a work, if so."""
    name = PurePosixPath(file.replace("\\", "/")).stem
    if re.fullmatch(NAME, name):
        return ()
    message = f"the file's name {quoted(name)} is not the name of a work"
    hint = "rename the file with small letters, digits, '-' and '.', like 'ppo-2017.yaml'"
    return (Problem(Place(file), "bad-name", message, hint),)


def _work_of(document: Document, source: Source) -> tuple[Work | None, list[Problem]]:
    """Return the work that the values of a file make, and the problems with them."""
    content: object = document.content
    if not isinstance(content, dict):
        return None, list(with_places([_not_a_mapping(content)], source))
    inheritance = _inheritance(content)
    complete = inheritance.document
    kind = complete.get("kind")
    if not isinstance(kind, str) or kind not in WORK_CLASSES:
        flaws = [*inheritance.flaws, _kind_flaw(kind)]
        return None, list(with_places(flaws, document.source))
    work, flaws = _validated(complete, kind)
    # An orphan lacks what it should inherit. Its only fault is its 'like', which is a flaw already.
    orphaned = {("results", number) for number in inheritance.orphans}
    own = [flaw for flaw in flaws if flaw.path[:2] not in orphaned]
    # `defaults` and `like` exist in the file as it is written only.
    problems = with_places(inheritance.flaws, document.source)
    own += _repeated_ids(complete)
    own += baseline_flaws(complete)
    if work is not None:
        own += [*part_flaws(work), *first_reading_flaws(work)]
        work = with_inherited_times(work)
    if isinstance(work, Paper):
        work = with_baselines(work)
    return work, [*problems, *with_places(own, source)]


def _not_a_mapping(content: object) -> Flaw:
    if content is None:
        message = "the file is empty"
    elif isinstance(content, list):
        message = "the file holds a list, not a mapping"
    else:
        message = "the file holds text, not a mapping"
    return Flaw((), "wrong-type", message, "begin it with 'kind: textbook', 'thesis' or 'paper'")


def _validated(content: Values, kind: str) -> tuple[Work | None, list[Flaw]]:
    """Return the work of a file's content, or None, and what is wrong."""
    model = WORK_CLASSES[kind]
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        extra_keys = _KEYS_OF_PAPERS if kind == "paper" else ()
        file_type = FileType(model, kind, extra_keys)
        return None, translate(error, content, file_type)


def _kind_flaw(kind: object) -> Flaw:
    """Return the flaw of a file that does not say which kind of work it is about."""
    advice = "write 'kind: textbook', 'kind: thesis' or 'kind: paper'"
    if kind is None:
        return Flaw((), "missing-key", "the syllabus has no 'kind'", advice)
    if isinstance(kind, str):
        advice = suggestion(kind, WORK_CLASSES, advice)
    return Flaw(("kind",), "unknown-kind", f"{quoted(kind)} is not a kind of work", advice)


def _repeated_ids(content: Values) -> list[Flaw]:
    """Return a flaw for every id that another unit or result of the file has before it."""
    return [
        *_repeated(content, "chapters", "duplicate-unit"),
        *_repeated(content, "steps", "duplicate-unit"),
        *_repeated(content, "results", "duplicate-result"),
    ]


def _repeated(content: Values, key: str, code: str) -> Iterable[Flaw]:
    entries = content.get(key)
    if not isinstance(entries, list):
        return
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and first.setdefault(name, number) != number:
            thing = key.removesuffix("s")
            number_of_first = first[name] + 1
            message = f"{quoted(name)} is already the id of {thing} number {number_of_first}"
            path = (key, number, "id")
            yield Flaw(path, code, message, "give one of them another id")
