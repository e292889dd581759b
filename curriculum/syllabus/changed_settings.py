"""Read settings some of which are replaced by lines that were typed, as for a what-if."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from yaml import MappingNode, ScalarNode

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Place, Problem
from curriculum.model.quantities import quoted
from curriculum.model.settings import Settings
from curriculum.model.sources import Path, PathStep, Source
from curriculum.syllabus.documents import Document, Plain, read_document
from curriculum.syllabus.located_problems import with_places
from curriculum.syllabus.settings import SettingsRead, settings_of, without_tokens
from curriculum.syllabus.yaml_parser import compose, is_text_key, is_unset

ADDS = "away"
"""The setting to which a change adds; any other setting is replaced as a whole."""

_KEYS = frozenset(one.key for one in Settings.model_fields.values())


@dataclass(frozen=True)
class ChangedSource(Source):
    """A settings file with changes: a value has its place in the text that it is from.

    Attributes:
        owners: The keys that were changed, each with the text that has it.
        items: For each item of `ADDS`, the text that has it and its index there.
    """

    owners: Mapping[str, Source] = field(default_factory=dict)
    items: tuple[tuple[Source, int], ...] = ()

    def holds(self, path: Sequence[PathStep]) -> bool:
        """Return whether the text that a value is from has a value at `path`."""
        source, rest = self._owned(tuple(path))
        if source is self:
            return super().holds(rest)
        return source.holds(rest)

    def place(self, path: Sequence[PathStep] = (), *, of_key: bool = False) -> Place:
        """Return the place of the value at `path` in the text that it is from."""
        source, rest = self._owned(tuple(path))
        if source is self:
            return super().place(rest, of_key=of_key)
        return source.place(rest, of_key=of_key)

    def _owned(self, path: Path) -> tuple[Source, Path]:
        match path:
            case (str(key), int(number), *rest) if key == ADDS and number < len(self.items):
                source, index = self.items[number]
                return source, (key, index, *rest)
            case (str(key), *_):
                return self.owners.get(key, self), path
            case _:
                return self, path


@dataclass(slots=True)
class _Composition:
    """The values of a settings file, to which changes are made one after the other."""

    content: dict[str, Plain]
    owners: dict[str, Source] = field(default_factory=dict)
    items: list[tuple[Source, int]] = field(default_factory=list)

    def take(self, document: Document) -> None:
        """Make the changes of a text."""
        for key in _unset_keys(document.source.text):
            self.leave_out(key, document.source)
        assert isinstance(document.content, dict), "other texts were refused"
        for key, value in document.content.items():
            self.owners[key] = document.source
            if key == ADDS:
                self.add(value, document.source)
            else:
                self.content[key] = value

    def leave_out(self, key: str, source: Source) -> None:
        """Take a setting out; what is not a setting stays, for its problem to be told."""
        if key not in _KEYS:
            self.content[key] = ""
            self.owners[key] = source
            return
        self.content.pop(key, None)
        if key == ADDS:
            self.items.clear()

    def add(self, value: Plain, source: Source) -> None:
        """Add the days of a text to those that are there."""
        more = _listed(value)
        self.content[ADDS] = [*_listed(self.content.get(ADDS)), *more]
        self.items.extend((source, index) for index in range(len(more)))


def read_changed_settings(file: str, text: str, label: str, changes: Sequence[str]) -> SettingsRead:
    """Return the settings of a file as they are with changes, or what is wrong with these.

    Each change is YAML as in the file, like `load: 70%`, and replaces the setting that it names;
    `away` adds days. A key without a value is as if the file did not have it.

    Args:
        file: How the file is called in problems.
        text: Its text, which has no problem.
        label: How the changes are called in problems; the first is the first line.
        changes: The changes, in the order in which they are made.
    """
    written = read_document(file, text)
    documents = [read_document(label, change) for change in _on_lines_of_their_own(changes)]
    problems = [problem for document in documents for problem in _problems(document)]
    if problems:
        return _refused(problems, written.source, changes)
    content = written.content if isinstance(written.content, dict) else {}
    made = _Composition(dict(content))
    made.items.extend((written.source, index) for index, _ in enumerate(_listed(content.get(ADDS))))
    for document in documents:
        made.take(document)
    settings, flaws = settings_of(made.content)
    source = ChangedSource(
        file, written.source.text, written.source.read, made.owners, tuple(made.items)
    )
    if flaws:
        return _refused(with_places(flaws, source), source, changes)
    return SettingsRead(settings, source)


def _on_lines_of_their_own(changes: Iterable[str]) -> Iterator[str]:
    """Yield each change after as many empty lines as the changes before it have lines."""
    lines = 0
    for change in changes:
        yield "\n" * lines + change
        lines += change.count("\n") + 1


def _problems(document: Document) -> tuple[Problem, ...]:
    """Return what is wrong with a change before its values are looked at."""
    if document.problems or isinstance(document.content, dict):
        return document.problems
    text = document.source.text.strip()
    if document.content is None and _unset_keys(text):
        return ()
    message = f"{quoted(text)} is not a setting with its value"
    hint = "write 'KEY: VALUE' as in the file, like 'load: 70%'"
    # An empty text has no value whose place could be asked for.
    before = document.source.text[: document.source.text.rindex(text)]
    return (
        Problem(
            Place(document.source.file, before.count("\n") + 1, 1), "wrong-type", message, hint
        ),
    )


def _unset_keys(text: str) -> tuple[str, ...]:
    """Return the keys of a text that have no value."""
    node = compose(text)
    if not isinstance(node, MappingNode):
        return ()
    return tuple(
        key.value
        for key, value in node.value
        if is_text_key(key) and isinstance(value, ScalarNode) and is_unset(value)
    )


def _listed(value: Plain | None) -> list[Plain | None]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _refused(problems: Iterable[Problem], source: Source, changes: Sequence[str]) -> SettingsRead:
    text = "\n".join((source.text, *changes))
    return SettingsRead(None, source, without_tokens(sorted(set(problems)), text))
