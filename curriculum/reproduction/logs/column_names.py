"""The names that programs give to the columns of steps, and to those that tell runs apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from curriculum.model.late_dataclasses import dataclass
from curriculum.reproduction.logs.tags import base_of, folder_of

_STEPS = (
    "global step",
    "step",
    "steps",
    "total steps",
    "training step",
    "train step",
    "env step",
    "env steps",
    "environment steps",
    "timesteps total",
    "total timesteps",
    "num timesteps",
    "timestep",
    "timesteps",
    "time step",
    "time steps",
    "total env interacts",
    "totalenvinteracts",
    "frame",
    "frames",
    "total frames",
    "training iteration",
    "iteration",
    "iterations",
    "iter",
    "iters",
    "update",
    "updates",
    "epoch",
    "epochs",
    "episode",
    "episodes",
)
"""What counts the progress of a run, the finest first: several of them may be in one table."""

_RANKS = {name: rank for rank, name in enumerate(_STEPS)}

_RUNS = frozenset(
    {
        *("seed", "run", "trial", "replicate", "repeat", "repetition", "fold"),
        *("agent", "algo", "algorithm", "method", "experiment", "exp"),
        *("env", "environment", "task", "game", "dataset"),
    }
)
_MOST_COLUMNS_OF_A_KIND = 8
"""The most columns that are tried: with one for each line, a long log would be read without end."""

_SUFFIXES = (" id", " name", " index", " number")


@dataclass(frozen=True, slots=True)
class StepColumns:
    """The columns of a table that are known to count steps.

    Attributes:
        preferred: The finest first.
        by_folder: The same by what stands before the last `/` of their names.
        ranks: How fine each is, the finest 0.
    """

    preferred: tuple[str, ...]
    by_folder: Mapping[str, tuple[str, ...]]
    ranks: Mapping[str, int]

    def beside(self, tag: str) -> tuple[str, ...]:
        """Return the preferred columns; of two with one name, that beside the tag comes first.

        >>> step_columns(["epoch", "train/step", "val/step"]).beside("val/loss")
        ('val/step', 'train/step', 'epoch')
        """
        near = self.by_folder.get(folder_of(tag), ())[:_MOST_COLUMNS_OF_A_KIND]
        others = self.preferred[:_MOST_COLUMNS_OF_A_KIND]
        # Sorting is stable: what is near stays before the others of its name.
        return tuple(sorted(dict.fromkeys([*near, *others]), key=self.ranks.__getitem__))


def step_columns(columns: Sequence[str]) -> StepColumns:
    """Return the columns that are known to count steps; a name that comes twice means nothing.

    >>> step_columns(["epoch", "loss", "Time Steps", "time/iterations"]).preferred
    ('Time Steps', 'time/iterations', 'epoch')
    """
    ranks: dict[str, int] = {}
    for column in _single(columns):
        rank = _RANKS.get(plain_name(column))
        if rank is not None:
            ranks[column] = rank
    preferred = tuple(sorted(ranks, key=ranks.__getitem__))
    by_folder: dict[str, list[str]] = {}
    for column in preferred:
        by_folder.setdefault(folder_of(column), []).append(column)
    own = {folder: tuple(names) for folder, names in by_folder.items()}
    return StepColumns(preferred, own, ranks)


def run_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns whose names say that they tell runs apart.

    >>> run_columns(["seed", "step", "Agent_ID", "return"])
    ('seed', 'Agent_ID')
    """
    found = tuple(filter(_names_runs, _single(columns)))
    return found[:_MOST_COLUMNS_OF_A_KIND]


def _single(columns: Sequence[str]) -> list[str]:
    """Return the columns whose name does not come twice, in their order."""
    return [column for column, times in Counter(columns).items() if times == 1]


def _names_runs(column: str) -> bool:
    plain = plain_name(column)
    for suffix in _SUFFIXES:
        plain = plain.removesuffix(suffix)
    return plain in _RUNS


def plain_name(column: str) -> str:
    """Return the last part of a column's name, in small letters and with spaces between words."""
    words = base_of(column).replace("_", " ").replace("-", " ").lower().split()
    return " ".join(words)
