"""Draft syllabi of one's own works, and write them into the workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from curriculum.disk.texts import is_there
from curriculum.disk.workspace import SYLLABI, own_work_names
from curriculum.model.bibliography import BibliographyEntry, BibliographyRead
from curriculum.model.curriculum import WorkKind
from curriculum.model.efforts import effort
from curriculum.model.identifiers import NAME
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.paper_ids import ARXIV, DOI, bare_id, paper_id, scheme_of
from curriculum.model.person_names import person_name
from curriculum.model.problems import CurriculumError, Problem
from curriculum.model.suggestions import suggestion
from curriculum.model.works import Paper, Work
from curriculum.practice.user_text import TextChange, appended
from curriculum.services.errors import UsageError
from curriculum.services.recording import journal_writer
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, write_texts
from curriculum.syllabus.importers.bibtex import read_bibtex
from curriculum.syllabus.importers.csl import read_csl
from curriculum.syllabus.importers.draft_text import draft_text, template_text
from curriculum.syllabus.importers.drafts import Draft, draft_of_entry, year_of_arxiv
from curriculum.syllabus.works import read_work

FOLDER_OF: dict[WorkKind, str] = {"textbook": "textbooks", "thesis": "theses", "paper": "papers"}
"""The folder of each kind of work."""

_LONGEST_NAME = 100
_MOST_KEYS_SHOWN = 8


class DraftExistsError(CurriculumError):
    """A file that a draft would be written over."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's path in the workspace."""
        super().__init__(f"'{file}' is there already and stays as it is; choose a name with --id")


@dataclass(frozen=True, slots=True)
class SaidOfWork:
    """What the person says of a work, which goes before what a file says.

    Attributes:
        name: What the work is to be called; None leaves that to the rule of the library.
        title: Its title.
        authors: Who wrote it.
        year: When it was published.
    """

    name: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A syllabus that was drafted.

    Attributes:
        name: The name of the work.
        file: Its path in the workspace.
        text: The syllabus.
        units: How many chapters or steps it has; 0 of a template.
        minutes: How long they take.
        guesses: How many lines hold a guess.
        is_named_by_rule: Whether its name is the library's rule, and not the person's.
    """

    name: str
    file: str
    text: str
    units: int = 0
    minutes: int = 0
    guesses: int = 0
    is_named_by_rule: bool = False


@dataclass(frozen=True, slots=True)
class DraftsSaved:
    """What became of drafts.

    Attributes:
        drafted: The syllabi that were written, or would be.
        passed_over: Names of works that are there already; only where several were drafted.
        facts: What the journal holds of it; none when nothing was written.
    """

    drafted: tuple[Drafted, ...]
    passed_over: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


def bibliography(file: str, data: bytes, *, is_csl: bool) -> BibliographyRead:
    """Return what a bibliography holds; bytes that are not UTF-8 are taken as Latin-1."""
    text = decoded(data)
    return read_csl(file, text) if is_csl else read_bibtex(file, text)


def decoded(data: bytes) -> str:
    """Return the text of a file that another program wrote; what is not UTF-8 is Latin-1."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def entries_chosen(
    read: BibliographyRead, keys: Sequence[str], parameter: str, *, all_of_them: bool
) -> tuple[BibliographyEntry, ...]:
    """Return the entries of a bibliography that are to be drafted.

    Raises:
        UsageError: There is none, a key names none, or there are several and no key.
    """
    if not read.entries:
        raise UsageError(_nothing_found(read.problems), parameter)
    if all_of_them or (len(read.entries) == 1 and not keys):
        return read.entries
    by_key = {entry.key: entry for entry in read.entries}
    if not keys:
        some = ", ".join(list(by_key)[:_MOST_KEYS_SHOWN])
        count = len(read.entries)
        if count > _MOST_KEYS_SHOWN:
            some += ", ..."
        message = f"it has {count} entries ({some})"
        raise UsageError(f"{message}; choose with --key, or take --all", parameter)
    return tuple(_entry_called(key, by_key) for key in keys)


def _nothing_found(problems: Iterable[Problem]) -> str:
    first = next(iter(problems), None)
    if first is None:
        return "it has no entry"
    return f"it has no entry that can be read; line {first.place.line}: {first.message}"


def _entry_called(key: str, by_key: dict[str, BibliographyEntry]) -> BibliographyEntry:
    if key in by_key:
        return by_key[key]
    hint = suggestion(key, by_key, "'--all' takes every entry")
    raise UsageError(f"no entry has the key '{key}'; {hint}", "--key")


def id_draft(kind: WorkKind, identifier: str, parameter: str, said: SaidOfWork) -> Draft:
    """Return the draft of a paper of which only its id is known.

    Raises:
        UsageError: It is not such an id.
    """
    scheme, bare = known_id(identifier, parameter)
    label = "arXiv" if scheme == ARXIV else "DOI"
    has_title = said.title is not None
    entry = BibliographyEntry(
        key="",
        kind=kind,
        title=said.title or f"{label} {bare}",
        year=year_of_arxiv(bare) if scheme == ARXIV else None,
        arxiv=bare if scheme == ARXIV else None,
        doi=bare if scheme == DOI else None,
    )
    draft = draft_of_entry(entry, f"the {label} id {bare}, without asking the network")
    if entry.year is not None:
        draft = replace(draft, guessed=draft.guessed | {"year"})
    if has_title:
        return draft
    remark = f"'new {kind} {parameter} {bare} --fetch' asks {label} for title, authors and year."
    return replace(draft, guessed=draft.guessed | {"title"}, remarks=(*draft.remarks, remark))


def known_id(identifier: str, parameter: str) -> tuple[str, str]:
    """Return the kind of an id, and the id without it, however it is written.

    Raises:
        UsageError: It is not an id of the kind that the parameter asks for.
    """
    wanted = parameter.removeprefix("--")
    found = paper_id(identifier)
    if found is None or scheme_of(found) not in (wanted, ARXIV):
        example = "1707.06347" if wanted == ARXIV else "10.1038/nature14236"
        raise UsageError(f"'{identifier}' is not one; write it like {example}", parameter)
    return scheme_of(found), bare_id(found)


def said_draft(kind: WorkKind, said: SaidOfWork) -> Draft:
    """Return the draft of a work of which only what the person says is known."""
    assert said.title is not None, "without a title there is a template"
    entry = BibliographyEntry(key="", kind=kind, title=said.title)
    return draft_of_entry(entry, "what you said")


def with_said(draft: Draft, said: SaidOfWork) -> Draft:
    """Return a draft with what the person says in the place of what was found."""
    entry = draft.entry
    known: set[str] = set()
    if said.title:
        entry = replace(entry, title=" ".join(said.title.split()))
        known.add("title")
    if said.authors:
        surnames = tuple(person_name(name).family for name in said.authors)
        entry = replace(entry, authors=said.authors, surnames=surnames)
        known.add("authors")
    if said.year is not None:
        entry = replace(entry, year=said.year)
        known.add("year")
    return replace(draft, entry=entry, guessed=draft.guessed - known)


def save_drafts(
    workspace: Workspace, drafts: Sequence[Draft], name: str | None = None, *, write: bool = True
) -> DraftsSaved:
    """Write drafts into the folders of their kinds.

    Args:
        workspace: The workspace.
        drafts: The drafts; of several, those of works that are there already are passed over.
        name: What the only one is called; None leaves that to the rule of the library.
        write: Whether they are written, or only made.

    Raises:
        UsageError: The name cannot be one, or the library has the work already.
        DraftExistsError: The workspace has a work of this name.
        CurriculumError: A file or the journal cannot be read or written.
    """
    taken = _TakenNames(workspace, name)
    by_rule = name is None
    drafted: list[Drafted] = []
    passed: list[str] = []
    for draft in drafts:
        known = taken.same_work(draft)
        if known is not None and len(drafts) > 1:
            passed.append(known)
        else:
            drafted.append(
                _drafted(workspace, draft, taken.name_for(draft, known), by_rule=by_rule)
            )
    if not write or not drafted:
        return DraftsSaved(tuple(drafted), tuple(passed))
    facts = _written(workspace, drafted)
    return DraftsSaved(tuple(drafted), tuple(passed), facts)


def save_template(
    workspace: Workspace, kind: WorkKind, name: str | None = None, *, write: bool = True
) -> DraftsSaved:
    """Write a syllabus to be filled in, every line of which is a comment.

    Raises:
        UsageError: The name cannot be one.
        DraftExistsError: The workspace has a work of this name.
        CurriculumError: A file or the journal cannot be read or written.
    """
    chosen = name or f"new-{kind}"
    _require_name(chosen)
    folder = FOLDER_OF[kind]
    template = Drafted(chosen, _file_of(kind, chosen), template_text(kind, folder))
    facts = _written(workspace, [template]) if write else ()
    return DraftsSaved((template,), facts=facts)


class _TakenNames:
    """The names that works have already, those of the drafts before included."""

    def __init__(self, workspace: Workspace, name: str | None) -> None:
        if name is not None:
            _require_name(name)
        self._name = name
        self._own = frozenset(own_work_names(workspace.context.root))
        self._given: dict[str, str] = {}
        self._names = frozenset(workspace.names)
        self._ids = {} if name is not None else _names_by_id(workspace.library.works)

    def same_work(self, draft: Draft) -> str | None:
        """Return the name under which the library has the work of a draft already."""
        if self._name is not None:
            return None
        entry = draft.entry
        for scheme, bare in ((ARXIV, entry.arxiv), (DOI, entry.doi)):
            if bare is not None and f"{scheme}:{bare}" in self._ids:
                return self._ids[f"{scheme}:{bare}"]
        name = draft.house_name
        is_twice = self._given.get(name) == entry.title
        return name if is_twice or name in self._names | self._own else None

    def name_for(self, draft: Draft, known: str | None) -> str:
        """Return the name of a draft that is saved.

        Raises:
            UsageError: The built-in library has the work.
            DraftExistsError: The workspace has it.
        """
        if known is not None and known in self._own:
            raise DraftExistsError(_file_of(draft.kind, known))
        if known is not None:
            raise UsageError(
                f"the library has this work already: 'curriculum show {known}'; choose another "
                "name to draft it all the same",
                "--id",
            )
        name = self._name or draft.house_name
        if name in self._own:
            raise DraftExistsError(_file_of(draft.kind, name))
        for letter in "bcdefghijklmnopqrstuvwxyz":
            if name not in self._given:
                break
            joint = "" if draft.entry.year is not None else "-"
            name = f"{draft.house_name}{joint}{letter}"
        self._given[name] = draft.entry.title
        return name


def _names_by_id(works: Mapping[str, Work]) -> dict[str, str]:
    """Return the names of the works that have an id, by their ids."""
    found: dict[str, str] = {}
    for name, work in works.items():
        arxiv = work.arxiv if isinstance(work, Paper) else None
        for written in (arxiv, work.doi):
            identifier = paper_id(written) if written is not None else None
            if identifier is not None:
                found.setdefault(identifier, name)
    return found


def _require_name(name: str) -> None:
    if re.fullmatch(NAME, name) and len(name) <= _LONGEST_NAME:
        return
    raise UsageError(
        f"'{name}' cannot be the name of a work; use small letters, digits, '-' and '.', as in "
        "'ppo-2017'",
        "--id",
    )


def _file_of(kind: WorkKind, name: str) -> str:
    return f"{SYLLABI}/{FOLDER_OF[kind]}/{name}.yaml"


def _drafted(workspace: Workspace, draft: Draft, name: str, *, by_rule: bool) -> Drafted:
    file = _file_of(draft.kind, name)
    text = draft_text(draft)
    read = read_work(file, text)
    assert read.work is not None, f"a draft passes check: {read.problems}"
    speeds = workspace.settings.speed
    minutes = sum(effort(unit, draft.kind, speeds) for unit in read.work.units)
    return Drafted(name, file, text, len(draft.units), minutes, draft.guesses, by_rule)


def _written(workspace: Workspace, drafted: Iterable[Drafted]) -> tuple[Fact, ...]:
    """Write files that are not there yet, as one command that can be taken back.

    Raises:
        DraftExistsError: One of them is there.
    """
    root = workspace.context.root
    edits: dict[str, TextEdit] = {}
    for one in drafted:
        if is_there(root, one.file):
            raise DraftExistsError(one.file)
        edits[one.file] = _new_file(one)
    return write_texts(journal_writer(workspace), edits)


def _new_file(one: Drafted) -> Callable[[str], Iterator[TextChange]]:
    def edit(text: str) -> Iterator[TextChange]:
        if text:  # made since by another command
            raise DraftExistsError(one.file)
        yield appended("", one.text.splitlines(), gap=False)

    return edit
