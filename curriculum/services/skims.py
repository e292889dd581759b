"""Papers that came in: read them, find one by any of its names, and write down what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from curriculum.disk.texts import files_below, shown_text
from curriculum.graph.references import meaning
from curriculum.model.formatting import names_text
from curriculum.model.journal import Fact, Skimmed
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.paper_ids import bare_id, paper_id
from curriculum.model.problems import CurriculumError, Place, Problem, Severity
from curriculum.model.progress import Progress
from curriculum.model.quantities import minutes
from curriculum.model.references import UnitReference
from curriculum.model.skims import NEED_A_DOUBT, Skim, SkimMark
from curriculum.model.suggestions import suggestion
from curriculum.model.works import BuildsOn
from curriculum.practice.known_papers import ids_of, title_key
from curriculum.practice.skim_files import (
    SKIMS,
    SkimFile,
    SkimRead,
    abstracts_file,
    is_skim_file,
    item_lines,
    read_skims,
    skim_file,
    with_item,
)
from curriculum.practice.skim_queue import AGES_OUT
from curriculum.practice.user_text import TextChange, applied
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.recording import JournalWriter, Recorded, journal_writer
from curriculum.services.snapshot import Snapshot
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, texts_written

_MOST_OFFERED = 3


class SkimEditError(CurriculumError):
    """An entry of a paper that is written in a way in which nothing can be changed."""

    def __init__(self, read: SkimRead, skim: Skim) -> None:
        """Build the sentence from the entry, and what it was to say."""
        wanted = "; ".join(line.strip() for line in item_lines(skim)[-3:])
        super().__init__(
            f"{read.file}:{read.line}: this entry is not written with one key a line; change it by "
            f"hand, as: {wanted}"
        )


@dataclass(frozen=True, slots=True)
class SkimJudgement:
    """What a person thinks of a paper that came in.

    Attributes:
        mark: What was decided.
        claim: What the paper claims; None leaves what was said.
        doubt: Its weakest point; None leaves what was said.
        uses: What it uses besides what was said.
        builds_on: What it builds on, as it is typed: `ppo-2017:clipping`.
        took: How long looking at it took; None when that is not counted.
    """

    mark: SkimMark
    claim: str | None = None
    doubt: str | None = None
    uses: Sequence[str] = ()
    builds_on: Sequence[str] = ()
    took: timedelta | None = None


def skim_files(snapshot: Snapshot, since: date | None = None) -> tuple[SkimFile, ...]:
    """Return the files of papers that came in, the oldest first, those with problems included.

    Args:
        snapshot: The workspace.
        since: Leave out the files of the months before this day.

    Raises:
        CurriculumError: A file cannot be read.
    """
    root = snapshot.context.root
    first = "" if since is None else skim_file(since)
    found: list[SkimFile] = []
    for file in files_below(root, SKIMS, ".yaml"):
        if is_skim_file(file) and file >= first:
            found.append(read_skims(file, shown_text(root, file)))
    return tuple(found)


def skims_of(snapshot: Snapshot) -> tuple[SkimRead, ...]:
    """Return every paper that came in, in the order of the files."""
    return tuple(one for file in skim_files(snapshot) for one in file.skims)


def recent_skims(snapshot: Snapshot) -> tuple[SkimRead, ...]:
    """Return the papers that came in within the weeks in which one may still be unread."""
    files = skim_files(snapshot, snapshot.today - AGES_OUT)
    return tuple(one for file in files for one in file.skims)


def skim_problems(workspace: Workspace, files: Iterable[SkimFile]) -> Iterator[Problem]:
    """Yield what is wrong with papers that came in: bad entries, ids twice, unknown references."""
    first: dict[str, SkimRead] = {}
    for file in files:
        yield from file.problems
        for read in file.skims:
            for name in sorted(ids_of(read.skim)):
                other = first.setdefault(name, read)
                if other is not read:
                    yield _twice(read, name, other)
    for read in first.values():
        yield from _dangling(workspace, read, first)


def _twice(read: SkimRead, name: str, other: SkimRead) -> Problem:
    message = f"'{name}' came in before, at {other.file}:{other.line}"
    place = Place(read.file, read.line, 1)
    return Problem(place, "duplicate-id", message, "keep one of the two", Severity.WARNING)


def _dangling(workspace: Workspace, read: SkimRead, names: Iterable[str]) -> Iterator[Problem]:
    known = set(names)
    for position, one in enumerate(read.skim.builds_on):
        if paper_id(one.ref) in known:
            continue
        reference = UnitReference(ref=one.ref)
        path = ("builds_on", position)
        for missing in meaning(workspace.catalogue, reference, None, path).dangling:
            message = f"'{read.skim.id}' builds on {missing.clause}"
            place = Place(read.file, read.line, 1)
            yield Problem(place, missing.code, message, missing.hint, Severity.WARNING)


def abstract_of(snapshot: Snapshot, skim: Skim) -> str | None:
    """Return the abstract of a paper; None when there is none, or its file cannot be understood."""
    return abstracts_in(snapshot, skim.came).get(skim.id)


def abstracts_in(snapshot: Snapshot, day: date) -> dict[str, str]:
    """Return the abstracts of the papers that came in within the month of a day.

    Raises:
        CurriculumError: The file cannot be read.
    """
    text = shown_text(snapshot.context.root, abstracts_file(day))
    try:
        content = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {key: value for key, value in content.items() if isinstance(value, str)}


def skim_meant(snapshot: Snapshot, name: str) -> SkimRead:
    """Return the paper that a name stands for: an id in any spelling, or a part of the title.

    Raises:
        UsageError: It names none, or several.
        ProblemsError: No entry of that name can be read, and a file has a problem.
    """
    files = skim_files(snapshot)
    every = [one for file in files for one in file.skims]
    found = _named(every, name)
    if len(found) == 1:
        return found[0]
    if found:
        listed = names_text([one.skim.id for one in found], _MOST_OFFERED)
        raise UsageError(f"'{name}' may be {listed}", "ID")
    _require_sound(files)
    hint = suggestion(name, [one.skim.id for one in every], "see 'curriculum skims'")
    raise UsageError(f"no paper that came in is called '{name}'; {hint}", "ID")


def _require_sound(files: Sequence[SkimFile]) -> None:
    """Refuse to guess at names while an entry cannot be read.

    Raises:
        ProblemsError: One cannot.
    """
    problems = tuple(one for file in files for one in file.problems)
    if problems:
        raise ProblemsError(problems, {file.file: file.source.text for file in files})


def _named(every: Sequence[SkimRead], name: str) -> list[SkimRead]:
    """Return the papers of a name: of its id, else of its beginning, else of a part of a title."""
    wanted = paper_id(name) or name
    exact = [one for one in every if wanted in ids_of(one.skim)]
    if exact:
        return exact[-1:]
    begun = [one for one in every if _begins(one.skim, name)]
    if begun:
        return begun
    return _titled(every, title_key(name))


def _titled(every: Sequence[SkimRead], words: str) -> list[SkimRead]:
    return [one for one in every if words and words in title_key(one.skim.title)]


def _begins(skim: Skim, name: str) -> bool:
    return any(one.startswith(name) or bare_id(one).startswith(name) for one in ids_of(skim))


def mark_skim(workspace: Workspace, name: str, judged: SkimJudgement) -> Recorded:
    """Write down what is thought of a paper that came in.

    Raises:
        UsageError: No paper is called that, a doubt is missing, or what it builds on is not known.
        SkimEditError: The entry is written in a way in which nothing can be changed.
        CurriculumError: A file or the journal cannot be read or written.
    """
    read = skim_meant(workspace, name)
    skim = _judged(workspace, read.skim, judged)
    writer = journal_writer(workspace)
    took = None if judged.took is None else minutes(judged.took)

    def decide(_: Progress) -> Iterator[Fact]:
        yield from texts_written(writer, {read.file: skim_edit(read, skim)})
        if took:
            yield skimmed(writer, took)

    return Recorded(workspace, writer.record(decide, names_units=False).facts)


def skimmed(writer: JournalWriter, length: int) -> Skimmed:
    """Return the fact that some minutes went into papers that came in."""
    return Skimmed(**writer.stamp(), minutes=length)


def record_skimming(workspace: Workspace, length: int) -> Recorded:
    """Record minutes of looking at papers that came in.

    Raises:
        CurriculumError: The journal cannot be read or written.
    """
    writer = journal_writer(workspace)
    facts = writer.record(lambda _: [skimmed(writer, length)], names_units=False).facts
    return Recorded(workspace, facts)


def _judged(workspace: Workspace, skim: Skim, judged: SkimJudgement) -> Skim:
    """Return a paper with what a person thinks of it.

    Raises:
        UsageError: A doubt is missing, or what it builds on is not known.
    """
    claim = _words(judged.claim) or skim.claim
    doubt = _words(judged.doubt) or skim.doubt
    if judged.mark in NEED_A_DOUBT and doubt is None:
        message = f"what is the weakest point of a paper to {judged.mark}? say it with --doubt TEXT"
        raise UsageError(message, "--doubt")
    uses = [*skim.uses, *filter(None, map(_words, judged.uses))]
    builds_on = [*skim.builds_on, *(_built_on(workspace, one) for one in judged.builds_on)]
    return skim.model_copy(
        update={
            "mark": judged.mark,
            "on": workspace.today,
            "claim": claim,
            "doubt": doubt,
            "uses": tuple(dict.fromkeys(uses)),
            "builds_on": tuple(dict.fromkeys(builds_on)),
        }
    )


def _words(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _built_on(workspace: Workspace, typed: str) -> BuildsOn:
    """Return what was typed as `ppo-2017:clipping`.

    Raises:
        UsageError: It names no idea, or nothing that is known.
    """
    ref, _, idea = typed.rpartition(":")
    said = _words(idea)
    if not ref or said is None:
        message = f"'{typed}' does not say which idea; write it like 'ppo-2017:clipping'"
        raise UsageError(message, "--builds-on")
    identifier = paper_id(ref)
    if identifier is not None:
        for one in skims_of(workspace):
            if identifier in ids_of(one.skim):
                return BuildsOn(ref=bare_id(identifier), idea=said)
    return BuildsOn(ref=name_meant(ref, workspace, "--builds-on"), idea=said)


def skim_edit(read: SkimRead, skim: Skim) -> TextEdit:
    """Return the edit that makes an entry say something else, wherever it now stands.

    It raises SkimEditError where the entry is written in a way in which nothing can be changed.
    """

    def edit(text: str) -> list[TextChange]:
        changes = skim_changes(read.file, text, {read.skim.id: skim})
        if not changes:
            raise SkimEditError(read, skim)
        return changes

    return edit


def skim_changes(file: str, text: str, wanted: Mapping[str, Skim]) -> list[TextChange]:
    """Return the changes that make entries say something else; what cannot be changed stays.

    Args:
        file: The file, by its path in the workspace.
        text: What it holds.
        wanted: The id of a paper to what its entry is to say.
    """
    changes: list[TextChange] = []
    changed: set[str] = set()
    after = text
    # From the end, so that the lines of the entries before stay what they are.
    for read in reversed(read_skims(file, text).skims):
        name = read.skim.id
        if name not in wanted or name in changed:
            continue
        change = with_item(after, read, wanted[name])
        if change is not None:
            after = applied(after, change)
            changes.append(change)
            changed.add(name)
    said = {one.skim.id: one.skim for one in read_skims(file, after).skims}
    is_as_wanted = all(said.get(name) == wanted[name] for name in changed)
    return changes if is_as_wanted else []
