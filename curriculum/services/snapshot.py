"""The parts of a workspace that need no syllabus: settings, clock, journal, publication."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from functools import cached_property
from pathlib import Path

from curriculum.disk.fact_rows import FactsReadBefore
from curriculum.disk.journal import JOURNAL, is_emptied, read_facts
from curriculum.disk.workspace import SyllabusFiles, own_work_names, read_syllabi
from curriculum.model.journal import Fact
from curriculum.model.ledger import Ledger
from curriculum.model.problems import CurriculumError
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings
from curriculum.progress.renames import FormerNames, ledger_renamed, renamings_in
from curriculum.progress.state import replay
from curriculum.services.context import Context
from curriculum.services.former_names import former_names
from curriculum.services.published import NothingPublishedError, PublishedFolder
from curriculum.services.settings import Setting, setting_of


class EmptiedJournalError(CurriculumError):
    """A journal of 0 bytes beside a plan that was followed: it was lost, and is not a new one."""

    def __init__(self, path: Path) -> None:
        """Build the sentence from the path."""
        super().__init__(
            f"the journal '{path}' is empty, although published sessions are over; restore it from "
            "a copy, or remove it if nothing was ever recorded"
        )


class Snapshot:
    """A workspace as it is during one command, without its works.

    Everything is read once, when it is first asked for: a command that needs only the journal reads
    only that, and all parts of a command see the same state.

    Attributes:
        context: Where and when the command runs.
        facts_before: What was read of the journal before, in a program that reads it many times.
    """

    def __init__(self, context: Context) -> None:
        """Read nothing yet."""
        self.context = context
        self.facts_before: FactsReadBefore | None = None
        self._folders: dict[Path, PublishedFolder] = {}

    @cached_property
    def setting(self) -> Setting:
        """The settings with the places of their values, and what is wrong with them."""
        return setting_of(self.context)

    @property
    def settings(self) -> Settings:
        """The settings, or the defaults where the file is missing or has a problem."""
        return self.setting.settings

    @cached_property
    def zone(self) -> tzinfo:
        """The zone of the person's clock."""
        return self.setting.zone

    @property
    def today(self) -> date:
        """Today's date on the person's clock."""
        return self.context.today(self.zone)

    @property
    def minute(self) -> int:
        """The minute of now since the epoch."""
        return self.context.minute(self.zone)

    @property
    def journal(self) -> Path:
        """The file of the journal.

        Raises:
            EmptiedJournalError: It is empty, although there are past sessions.
        """
        path = self.context.root / JOURNAL
        if is_emptied(path) and self._has_past_sessions():
            raise EmptiedJournalError(path)
        return path

    def _has_past_sessions(self) -> bool:
        now = self.minute
        # The names of works are not known without the journal, and make no difference here.
        published = PublishedFolder(self.context.calendars, self._identity()).ledger
        return any(session.end <= now for _, session in published.sessions())

    @cached_property
    def own_files(self) -> SyllabusFiles:
        """The files of the workspace's own syllabi; none of them is parsed.

        Raises:
            CurriculumError: One of them cannot be read.
        """
        return read_syllabi(self.context.root)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the journal, in the order they were recorded.

        Raises:
            CurriculumError: The journal cannot be read.
        """
        return read_facts(self.journal, self.facts_before)

    @cached_property
    def progress(self) -> Progress:
        """What the facts of the journal come to."""
        return replay(self.facts, self.former_names)

    @cached_property
    def former_names(self) -> Mapping[str, str]:
        """Former name of a work to its name now, by `formerly` in the workspace's own syllabi."""
        return former_names(self.own_files.syllabi)

    def _renamed_since(self, ledger: Ledger) -> Ledger:
        """Return what was published with the names that works have now."""
        if not ledger.events:
            return ledger
        renamings = renamings_in(self.progress.live)
        return ledger_renamed(ledger, FormerNames(renamings, self.former_names))

    @property
    def ledger(self) -> Ledger:
        """What is published in `calendars/`; an empty ledger when nothing is."""
        return self.ledger_in(self.context.calendars)

    def ledger_in(self, folder: Path) -> Ledger:
        """Return what is published in a folder; an empty ledger when nothing is."""
        return self.published_in(folder).ledger

    def published_in(self, folder: Path) -> PublishedFolder:
        """Return a folder of published calendars."""
        if folder not in self._folders:
            identity = self._identity()
            self._folders[folder] = PublishedFolder(folder, identity, self._renamed_since)
        return self._folders[folder]

    def _identity(self) -> Settings:
        """Return the settings with the goals in force, of which a new plan's id is made.

        Workspaces without a title and goals would have one id, and take each other's sessions for
        their own.
        """
        settings = self.settings
        if settings.goals is not None:
            return settings
        names = own_work_names(self.context.root)
        return settings.model_copy(update={"goals": tuple(Goal(work=name) for name in names)})

    def require_published(self) -> Ledger:
        """Return what is published in `calendars/`.

        Raises:
            NothingPublishedError: Nothing is.
        """
        if not self.ledger.events:
            raise NothingPublishedError(self.context.calendars)
        return self.ledger
