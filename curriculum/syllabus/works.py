"""Read a syllabus: text -> a work with the places of its values; whether what it requires exists is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, cast

from pydantic import ValidationError

from curriculum.model.identifiers import NAME
from curriculum.model.problems import Place, Problem
from curriculum.model.quantities import shown
from curriculum.model.sources import Keys, Node, Source
from curriculum.model.works import Paper, Textbook, Thesis, Work
from curriculum.syllabus.documents import read_document, read_tree
from curriculum.syllabus.inheritance import Inheritance, Values, inherit
from curriculum.syllabus.located_problems import Flaw, suggestion, with_places
from curriculum.syllabus.translation import Described, translate


@dataclass(frozen=True, slots=True)
class WorkRead:
    """What a syllabus holds.

    Attributes:
        work: The work; None when the file has a problem or is a draft.
        source: The file, which knows the place of every value, those that a result inherits included.
        problems: Everything wrong with it, sorted by place.
    """

    work: Work | None
    source: Source
    problems: tuple[Problem, ...] = ()


WORKS: Mapping[str, type[Textbook | Thesis | Paper]] = {
    "textbook": Textbook,
    "thesis": Thesis,
    "paper": Paper,
}
_EXTRA_KEYS = (("", "defaults"), ("results", "like"))


def read_work(file: str, text: str) -> WorkRead:
    """Return the work that a syllabus declares, or everything that is wrong with it.

    A file of nothing but comments is a draft: it declares no work and has no problem.

    Args:
        file: How the file is called in problems; its stem is the name of the work.
        text: The YAML text of the syllabus.
    """
    document = read_document(file, text)
    content, source = document.content, Source(file, document.source.text, _read_tree)
    problems = (*document.problems, *_name_problems(file))
    if content is None and (document.problems or text.strip()):
        return WorkRead(None, source, problems)
    inheritance = _inheritance(content) if isinstance(content, dict) else Inheritance({})
    work, flaws = _work_of(
        inheritance.document if isinstance(content, dict) else content, inheritance.orphans
    )
    found = (*with_places(inheritance.flaws, document.source), *with_places(flaws, source))
    problems = tuple(sorted({*problems, *found}))
    return WorkRead(None if problems else work, source, problems)


def _read_tree(text: str) -> Node | None:
    """Return the tree of a syllabus in which every result is written out."""
    tree = read_tree(text)
    return cast(Keys, _inheritance(tree).document) if isinstance(tree, Keys) else tree


def _inheritance(content: Values) -> Inheritance:
    """Return what a file declares with every result written out; only papers have results."""
    return inherit(content) if content.get("kind") == "paper" else Inheritance(content)


def _name_problems(file: str) -> tuple[Problem, ...]:
    """Return the problem that the file's stem is not the name of a work, if so."""
    name = PurePosixPath(file.replace("\\", "/")).stem
    if re.fullmatch(NAME, name):
        return ()
    hint = "rename the file with small letters, digits, '-' and '.', like 'ppo-2017.yaml'"
    return (
        Problem(
            Place(file),
            "bad-name",
            f"the file's name {shown(name)} is not the name of a work",
            hint,
        ),
    )


def _work_of(content: object, orphans: frozenset[int]) -> tuple[Work | None, list[Flaw]]:
    """Return the work that the values of a file make, and what is wrong with them; orphaned results are let be."""
    if not isinstance(content, dict):
        message = (
            "the file is empty"
            if content is None
            else f"the file holds {_kind_of(content)}, not a mapping"
        )
        return None, [
            Flaw((), "wrong-type", message, "begin it with 'kind: textbook', 'thesis' or 'paper'")
        ]
    kind = content.get("kind")
    if not isinstance(kind, str) or kind not in WORKS:
        return None, [_kind_flaw(kind)]
    work, flaws = _validated(
        content, Described(WORKS[kind], kind, _EXTRA_KEYS if kind == "paper" else ())
    )
    skipped = frozenset(("results", number) for number in orphans)
    return work, [*(flaw for flaw in flaws if flaw.path[:2] not in skipped), *_duplicates(content)]


def _kind_of(content: object) -> str:
    return "a list" if isinstance(content, list) else "text"


def _kind_flaw(kind: object) -> Flaw:
    """Return the flaw of a file that does not say which kind of work it is about."""
    advice = "write 'kind: textbook', 'kind: thesis' or 'kind: paper'"
    if kind is None:
        return Flaw((), "missing-key", "the syllabus has no 'kind'", advice)
    hint = suggestion(kind, list(WORKS), advice) if isinstance(kind, str) else advice
    return Flaw(("kind",), "unknown-kind", f"{shown(kind)} is not a kind of work", hint)


def _validated(
    content: Values, subject: Described
) -> tuple[Any, list[Flaw]]:  # Any: an instance of the subject's model
    """Return the model's value, or None and what is wrong."""
    try:
        return subject.model.model_validate(content), []
    except ValidationError as error:
        return None, translate(error, content, subject)


def _duplicates(content: Values) -> list[Flaw]:
    """Return a flaw for every id that another unit or result of the file has before it."""
    return [
        *_repeated(content, "chapters", "duplicate-unit", "chapter"),
        *_repeated(content, "steps", "duplicate-unit", "step"),
        *_repeated(content, "results", "duplicate-result", "result"),
    ]


def _repeated(content: Values, key: str, code: str, thing: str) -> Iterable[Flaw]:
    listed = content.get(key)
    first: dict[str, int] = {}
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and first.setdefault(name, number) != number:
            message = f"{shown(name)} is already the id of {thing} number {first[name] + 1}"
            yield Flaw((key, number, "id"), code, message, "give one of them another id")
