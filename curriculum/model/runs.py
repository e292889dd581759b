"""What a run's log holds, as values: its files, and series of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file of a run that can be opened and read from its start, as often as needed.

    Attributes:
        name: Its path below the run's folder with `/` between the parts; its own name when the run
            is one file.
        size: Its length in bytes.
        open: Opens it for reading bytes.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]


ROW_NUMBER = "row"
"""The name of x where nothing in a log counts steps."""


@dataclass(frozen=True, slots=True)
class RunColumn:
    """A column that tells several runs in one file apart, and what it calls them."""

    name: str
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity of a run, in the order of its x.

    Attributes:
        tag: Its name, as the log writes it.
        x_name: What x counts, as the log writes it; `row` where the log has no such thing.
        xs: The x of each point, never falling.
        values: The value at each x; the same length. May hold NaN and infinities, as the run wrote
            them.
        notes: What reading it noticed, each a clause: a last record that breaks off, rows passed
            over.
        sampled: Why the log looks like a sample of the run's history and not all of it; None when
            it does not.
        importer: The reader and its version, as `tensorboard/1`.
        file: What it was read from: a file's name, or a few words for several.
        run_columns: The columns that tell runs apart and have several texts among the points.
    """

    tag: str
    x_name: str
    xs: Sequence[float]
    values: Sequence[float]
    notes: tuple[str, ...] = ()
    sampled: str | None = None
    importer: str = ""
    file: str = ""
    run_columns: tuple[RunColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRead:
    """How one run was read from its log.

    Attributes:
        place: The file, or the folder with a few words on several files.
        seed: The run's seed; None when it is not known.
        tag: The quantity.
        x_name: What x counts.
        first_x: The x of the first point.
        last_x: The x of the last point.
        points: How many points there are.
        rule: How the curve became a number.
        value: The number; not finite when the run diverged.
    """

    place: str
    seed: str | None
    tag: str
    x_name: str
    first_x: float
    last_x: float
    points: int
    rule: str
    value: float


class LogError(CurriculumError):
    """A log that cannot be read, or does not hold what was asked for."""

    def __init__(self, name: str, fault: str) -> None:
        """Build the sentence from the file's name and what is wrong."""
        super().__init__(f"'{name}' {fault}")
