"""Lists of entries in YAML that a person also edits: read each on its own, and add lines to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from curriculum import syllabus
from curriculum.model.fields import Frozen
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.quantities import quoted
from curriculum.model.sources import Source
from curriculum.practice.user_text import TextChange, appended, file_lines, with_lines
from curriculum.syllabus.located_problems import Flaw, with_places

EntryValue = TypeVar("EntryValue", bound=Frozen)


@dataclass(frozen=True, slots=True)
class ListedEntry(Generic[EntryValue]):
    """An entry of a list without a problem.

    Attributes:
        value: What it says.
        position: Which entry of the list it is, from 0.
        line: The line on which it begins.
    """

    value: EntryValue
    position: int
    line: int


@dataclass(frozen=True, slots=True)
class EntryList(Generic[EntryValue]):
    """A file that holds a list, as it was found.

    Attributes:
        source: The file with the places of its values.
        entries: The entries without a problem, in the order of the file.
        problems: What is wrong with the others.
    """

    source: Source
    entries: tuple[ListedEntry[EntryValue], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_entry_list(
    file: str, text: str, model: type[EntryValue], name: str
) -> EntryList[EntryValue]:
    """Return the entries of a file, and everything that is wrong with it.

    Args:
        file: How the file is called in problems.
        text: What it holds.
        model: What each entry must make.
        name: What a person calls an entry.
    """
    if not text.strip():
        return EntryList(Source(file, text))
    document = syllabus.documents.read_document(file, text)
    content: object = document.content
    if content is None:
        return EntryList(document.source, problems=document.problems)
    if not isinstance(content, list):
        message = f"the file is {quoted(content)}, not a list"
        flaw = Flaw((), "wrong-type", message, f"write each {name} after a '-'")
        return EntryList(document.source, problems=with_places([flaw], document.source))
    found: list[ListedEntry[EntryValue]] = []
    flaws: list[Flaw] = []
    file_type = syllabus.translation.FileType(model, name)
    for position, one in enumerate(content):
        try:
            value = model.model_validate(one)
        except ValueError as error:
            flaws += _placed(syllabus.translation.translate(error, one, file_type), position)
            continue
        line = document.source.place((position,)).line
        found.append(ListedEntry(value, position, line))
    problems = {*document.problems, *with_places(flaws, document.source)}
    return EntryList(document.source, tuple(found), tuple(sorted(problems)))


def _placed(flaws: Sequence[Flaw], position: int) -> Iterator[Flaw]:
    for flaw in flaws:
        yield replace(flaw, path=(position, *flaw.path))


def with_entry(text: str, lines: Sequence[str]) -> TextChange:
    """Return the change that adds an entry at the end of a list.

    Args:
        text: The text of the list.
        lines: Each key of the entry with its value.
    """
    first, *others = lines
    return appended(text, [f"- {first}", *(f"  {one}" for one in others)], gap=False)


def with_keys(text: str, source: Source, position: int, lines: Sequence[str]) -> TextChange:
    """Return the change that adds keys at the end of an entry, below what it holds.

    Where the entry is written in one line, the new file is not what is wanted; who applies the
    change reads it again.
    """
    last = _last_line(file_lines(text), source, position)
    old = file_lines(text)[last - 1]
    indent = " " * (source.place((position,)).column - 1)
    return with_lines(text, last, [old, *(f"{indent}{one}" for one in lines)])


def _last_line(lines: Sequence[str], source: Source, position: int) -> int:
    """Return the number of the last line of an entry that says something."""
    end = len(lines) + 1
    if source.holds((position + 1,)):
        end = source.place((position + 1,)).line
    last = end - 1
    while _says_nothing(lines[last - 1]):
        last -= 1
    return last


def _says_nothing(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith("#") or stripped == "-"
