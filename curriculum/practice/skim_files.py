"""The files of papers that came in: read them, add to them, and change one entry of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from curriculum import syllabus
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Problem
from curriculum.model.quantities import quoted
from curriculum.model.skims import Skim
from curriculum.model.sources import Source, no_tree
from curriculum.practice.user_text import TextChange, file_lines
from curriculum.syllabus.located_problems import Flaw, with_places
from curriculum.syllabus.text_checks import first_bad_character

SKIMS = "skim"
ABSTRACTS = f"{SKIMS}/abstracts"

_FILE = late_pattern(rf"{SKIMS}/\d{{4}}-\d{{2}}\.yaml")
_KEY = late_pattern(r"(?P<start>- |  )(?P<key>[a-z_]+): (?P<value>\S.*)")
_WORD = late_pattern(r"[A-Za-z0-9][A-Za-z0-9:./()_-]*")
_UNSET = frozenset({"null", "Null", "NULL"})
_KEY_OF_ITEM = late_pattern(r"(?:- |  )(?P<key>[A-Za-z_-]+):(?: |$)")


@dataclass(frozen=True, slots=True)
class SkimRead:
    """A paper that came in, with the place of its entry.

    Attributes:
        skim: What the entry says.
        file: The file, by its path in the workspace.
        line: The line on which the entry begins.
        position: Which entry of the file it is, counted from 0.
    """

    skim: Skim
    file: str
    line: int
    position: int


@dataclass(frozen=True, slots=True)
class SkimFile:
    """A file of papers that came in.

    Attributes:
        file: The file, by its path in the workspace.
        skims: Its entries that have no problem, in file order.
        source: The file with the places of its values.
        problems: What is wrong with the others.
    """

    file: str
    skims: tuple[SkimRead, ...]
    source: Source
    problems: tuple[Problem, ...] = ()


def skim_file(day: date) -> str:
    """Return the file of the papers that come in on a day.

    >>> skim_file(date(2027, 1, 8))
    'skim/2027-01.yaml'
    """
    return f"{SKIMS}/{day:%Y-%m}.yaml"


def abstracts_file(day: date) -> str:
    """Return the file of the abstracts of the papers that come in on a day.

    >>> abstracts_file(date(2027, 1, 8))
    'skim/abstracts/2027-01.json'
    """
    return f"{ABSTRACTS}/{day:%Y-%m}.json"


def is_skim_file(file: str) -> bool:
    """Whether a file holds papers that came in, by its path in the workspace."""
    return _FILE.fullmatch(file) is not None


def read_skims(file: str, text: str) -> SkimFile:
    """Return the entries of a file, and everything that is wrong with it.

    Entries as the program writes them are read line by line; YAML takes ten times as long.
    """
    items = None if first_bad_character(file, text) else _as_written(file, text)
    if items is not None:
        read = _read_items(file, items, Source(file, text, no_tree))
        if not read.problems:
            return read
    return _read_yaml(file, text)


def _read_yaml(file: str, text: str) -> SkimFile:
    document = syllabus.documents.read_document(file, text)
    content: Any = document.content  # Any: a file holds anything
    if content is None:
        return SkimFile(file, (), document.source, document.problems)
    if not isinstance(content, list):
        message = f"the file is {quoted(content)}, not a list"
        flaw = Flaw((), "wrong-type", message, "begin every entry with '- id:'")
        problems = with_places([flaw], document.source)
        return SkimFile(file, (), document.source, (*document.problems, *problems))
    lines = [document.source.place((index,)).line for index in range(len(content))]
    read = _read_items(file, list(zip(lines, content, strict=True)), document.source)
    return replace(read, problems=tuple(sorted({*document.problems, *read.problems})))


def _read_items(file: str, items: Sequence[tuple[int, Any]], source: Source) -> SkimFile:
    # Any: a file holds anything
    found: list[SkimRead] = []
    flaws: list[Flaw] = []
    for position, (line, content) in enumerate(items):
        try:
            skim = Skim.model_validate(content)
        except ValueError as error:
            flaws += _flaws(error, content, position)
        else:
            found.append(SkimRead(skim, file, line, position))
    return SkimFile(file, tuple(found), source, with_places(flaws, source))


def _flaws(error: ValueError, content: object, position: int) -> Iterator[Flaw]:
    if not isinstance(content, dict):
        message = f"the entry is {quoted(content)}, not a mapping"
        yield Flaw((position,), "wrong-type", message, "begin it with '- id:'")
        return
    file_type = syllabus.translation.FileType(Skim, "skim")
    for flaw in syllabus.translation.translate(error, content, file_type):
        yield replace(flaw, path=(position, *flaw.path))


def _as_written(file: str, text: str) -> list[tuple[int, Any]] | None:
    """Return the entries of a file, each with the line on which it begins.

    Each begins with a `-` that is not indented. Those in which every line is as the program writes
    it are read here, the others as YAML of their own. None when one of these has a problem, or the
    file is written in another way.
    """
    lines = file_lines(text)
    starts = [number for number, line in enumerate(lines) if line.startswith("- ")]
    if not starts or any(_is_said(line) for line in lines[: starts[0]]):
        return None
    items: list[tuple[int, Any]] = []
    for start, end in pairwise([*starts, len(lines)]):
        item: Any = _item_as_written(lines[start:end])  # Any: a file holds anything
        if item is None:
            document = syllabus.documents.read_document(file, "\n".join(lines[start:end]))
            if document.problems or not isinstance(document.content, list):
                return None
            (item,) = document.content
        items.append((start + 1, item))
    return items


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _item_as_written(lines: Iterable[str]) -> dict[str, Any] | None:  # Any: see _value()
    """Return an entry in which every line is as the program writes it; None for any other."""
    item: dict[str, Any] = {}
    for line in lines:
        match = _KEY.fullmatch(line)
        value = None if match is None else _value(match["value"])
        if match is None or value is None or match["key"] in item:
            return None
        item[match["key"]] = value
    return item


def _value(written: str) -> Any:  # Any: a file holds anything
    """Return a value, texts and lists of them, that YAML and we read alike; None for any other."""
    if written[0] not in '"[':
        is_word = _WORD.fullmatch(written) is not None and written[-1] != ":"
        return written if is_word and written not in _UNSET else None
    if "\\u" in written or "\\/" in written or not written.isprintable():
        return None
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return value if _is_text(value) else None


def _is_text(value: Any) -> bool:  # Any: what JSON holds
    """Whether a value holds nothing but texts; YAML has numbers as they are written."""
    if isinstance(value, list):
        return all(map(_is_text, value))
    if isinstance(value, dict):
        return all(map(_is_text, value.values()))
    return isinstance(value, str)


def item_lines(skim: Skim) -> list[str]:
    """Return an entry as the program writes it."""
    lines = [f"{key}: {value}" for key, value in _written(skim)]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def _written(skim: Skim) -> Iterator[tuple[str, str]]:
    """Yield each key that is set, with its value as YAML."""
    for key, value in skim.model_dump(mode="json", by_alias=True, exclude_defaults=True).items():
        if isinstance(value, list):
            yield key, _compact(value)
        elif _WORD.fullmatch(str(value)) and str(value).lower() != "null" and str(value)[-1] != ":":
            yield key, str(value)
        else:
            yield key, _compact(value)


def _compact(value: Any) -> str:  # Any: what a model holds
    """Return a value as JSON, which is YAML, without what is not set."""
    if isinstance(value, list):
        value = [_set_only(one) for one in value]
    return json.dumps(value, ensure_ascii=False)


def _set_only(value: Any) -> Any:  # Any: what a model holds
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one is not None}
    return value


def with_item(text: str, read: SkimRead, skim: Skim) -> TextChange | None:
    """Return the change that makes an entry say something else.

    Lines of other keys stay as they are, byte for byte. None when the entry is written in a way in
    which that cannot be done; who applies the change reads it again.
    """
    lines = text.split("\n")
    first = read.line - 1
    last = _last_line(lines, first)
    old = lines[first : last + 1]
    end = "\r" if old[0].endswith("\r") else ""
    new = _changed(old, dict(_written(read.skim)), dict(_written(skim)), end)
    if new is None:
        return None
    tail = "\n" if last + 1 < len(lines) else ""
    before = "\n".join(old) + tail
    after = "\n".join(new) + tail
    return TextChange(before, after) if text.count(before) == 1 else None


def _last_line(lines: Sequence[str], first: int) -> int:
    """Return the last line of the entry that begins on a line."""
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith(" "):
            break
        if line.strip() and not line.lstrip().startswith("#"):
            last = number
    return last


def _changed(
    lines: Sequence[str], before: dict[str, str], after: dict[str, str], end: str
) -> list[str] | None:
    """Return the lines of an entry after its values changed."""
    if _KEY_OF_ITEM.match(lines[0]) is None:
        return None
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    stale = changed.keys() | (before.keys() - after.keys())
    found: list[str] = []
    is_kept = True
    for line in lines:
        key = _KEY_OF_ITEM.match(line)
        if key is not None:
            is_kept = key["key"] not in stale
            found += _line_of(line[:2], key["key"], changed, end)
        if is_kept:
            found.append(line)
    if changed and not found[-1].endswith(end):
        found[-1] += end
    return [*found, *(f"  {key}: {value}{end}" for key, value in changed.items())]


def _line_of(start: str, key: str, changed: dict[str, str], end: str) -> list[str]:
    """Return the new line of a key, which then is done with; none when it stays as it is."""
    return [f"{start}{key}: {changed.pop(key)}{end}"] if key in changed else []
