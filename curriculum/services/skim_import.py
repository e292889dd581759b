"""Take in the papers of feeds, bibliographies and lists, each paper once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from curriculum import model
from curriculum.disk.incoming import handed_over
from curriculum.disk.texts import write_text
from curriculum.model.incoming import IncomingPaper, IncomingRead
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError, Place, Problem, Severity
from curriculum.model.progress import Progress
from curriculum.model.skims import Skim
from curriculum.practice.known_papers import KnownPapers
from curriculum.practice.skim_files import SkimRead, abstracts_file, item_lines, skim_file
from curriculum.practice.skim_queue import SkimsImported, TakenIn
from curriculum.practice.user_text import TextChange, appended, applied
from curriculum.services.recording import journal_writer
from curriculum.services.skims import abstracts_in, skim_changes, skim_files
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, texts_written
from curriculum.syllabus.importers.incoming import read_incoming

_STDIN = "stdin"


class UnreadSkimsError(CurriculumError):
    """A file of papers that came in that has a problem, so that nobody knows what is new."""

    def __init__(self, file: str, count: int) -> None:
        """Build the sentence from the file and the number of its problems."""
        problems = "a problem" if count == 1 else f"{count} problems"
        super().__init__(
            f"'{file}' has {problems}, see 'curriculum check'; nothing was imported, because a "
            "paper in it might come in twice"
        )


def import_skims(workspace: Workspace, paths: Sequence[Path]) -> SkimsImported:
    """Take in the papers of some files; `-` is standard input.

    A paper that came in before, under any of its names, is not added again; ids that are new of it
    are added to its entry.

    Raises:
        UnreadSkimsError: A file of papers that came in has a problem.
        CurriculumError: A file or the journal cannot be read or written.
    """
    incoming: dict[str, IncomingRead] = {}
    for path in paths:
        name = _STDIN if str(path) == "-" else path.name
        incoming[name] = read_incoming(name, handed_over(path))
    writer = journal_writer(workspace)
    taking = _TakingIn(workspace)

    def decide(_: Progress) -> Iterator[Fact]:
        # Under the lock: another import may have added papers since.
        taking.know_all()
        for name, read in incoming.items():
            taking.take(name, read)
        yield from texts_written(writer, taking.edits())
        taking.keep_abstracts()

    facts = writer.record(decide, names_units=False).facts
    return SkimsImported(
        tuple(taking.files), tuple(taking.new.values()), tuple(taking.problems), facts
    )


@dataclass(slots=True)
class _TakingIn:
    """One import, which knows more papers as it goes."""

    workspace: Workspace
    known: KnownPapers = field(default_factory=lambda: KnownPapers(()))
    reads: dict[str, SkimRead] = field(default_factory=dict)
    new: dict[str, Skim] = field(default_factory=dict)
    renamed: dict[str, Skim] = field(default_factory=dict)
    abstracts: dict[str, str] = field(default_factory=dict)
    files: list[TakenIn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def know_all(self) -> None:
        """Read every paper that came in before."""
        for file in skim_files(self.workspace):
            if file.problems:
                raise UnreadSkimsError(file.file, len(file.problems))
            for one in file.skims:
                self.reads[one.skim.id] = one
                self.known.add(one.skim)

    def take(self, name: str, read: IncomingRead) -> None:
        """Take in the papers of a file."""
        before = len(self.new)
        for paper in read.papers:
            found = self.known.find(paper)
            if found is None:
                self._add(name, paper)
            else:
                self._name_it(found, paper)
        self.problems += read.problems
        self.files.append(TakenIn(name, len(read.papers), len(self.new) - before))

    def _add(self, name: str, paper: IncomingPaper) -> None:
        try:
            skim = self.known.new_skim(paper, self.workspace.today, name)
        except ValueError as error:
            what = f"'{(paper.title or paper.ids[0])[:60]}' cannot be written down"
            message = f"{what}: its {model.checking.first_place(error)[0]} is not valid"
            self.problems.append(
                Problem(Place(name), "bad-value", message, "", severity=Severity.WARNING)
            )
            return
        self.new[skim.id] = skim
        self.known.add(skim)
        if paper.abstract:
            self.abstracts[skim.id] = paper.abstract

    def _name_it(self, skim: Skim, paper: IncomingPaper) -> None:
        """Know a paper by what names are new of it."""
        named = self.known.with_names_of(paper, skim)
        if named == skim:
            return
        self.known.add(named)
        if skim.id in self.new:
            self.new[skim.id] = named
        else:
            self.renamed[skim.id] = named

    def edits(self) -> dict[str, TextEdit]:
        """Return the edits of files that the import comes to."""
        newest = skim_file(self.workspace.today) if self.new else None
        files = {self.reads[name].file for name in self.renamed} | ({newest} if newest else set())
        return {file: self._edit(file, is_newest=file == newest) for file in sorted(files)}

    def _edit(self, file: str, *, is_newest: bool) -> TextEdit:
        named = {name: skim for name, skim in self.renamed.items() if self._is_in(file, name)}
        lines = [line for skim in self.new.values() for line in item_lines(skim)]

        def edit(text: str) -> Iterator[TextChange]:
            for change in skim_changes(file, text, named) if named else ():
                text = applied(text, change)
                yield change
            if is_newest:
                yield appended(text, lines, gap=False)

        return edit

    def _is_in(self, file: str, name: str) -> bool:
        return self.reads[name].file == file

    def keep_abstracts(self) -> None:
        """Write the abstracts beside the papers; git may ignore them."""
        if not self.abstracts:
            return
        today = self.workspace.today
        kept = abstracts_in(self.workspace, today) | self.abstracts
        text = json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1)
        write_text(self.workspace.context.root, abstracts_file(today), f"{text}\n")
