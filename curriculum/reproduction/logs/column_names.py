"""The names that programs give to the columns of steps, and to those that tell runs apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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

_RUNS = frozenset({"seed", "run", "agent", "env", "environment", "trial", "replicate"})
MOST_COLUMNS_OF_A_KIND = 8
"""The most columns that are tried: with one for each line, a long log would be read without end."""

_SUFFIXES = (" id", " name", " index", " number")


def step_columns(columns: Sequence[str], tag: str = "") -> tuple[str, ...]:
    """Return the columns that are known to count steps, the preferred one first.

    Of two with one name, that which stands beside the tag is preferred. A name that comes twice
    means nothing.

    >>> step_columns(["epoch", "loss", "Time Steps", "time/iterations"])
    ('Time Steps', 'time/iterations', 'epoch')
    >>> step_columns(["train/step", "val/step"], tag="val/loss")
    ('val/step', 'train/step')
    """
    beside = tag.rpartition("/")[0]
    found: list[tuple[int, bool, int, str]] = []
    for place, column in enumerate(_single(columns)):
        plain = _plain(column)
        if plain in _STEPS:
            is_apart = column.rpartition("/")[0] != beside
            found.append((_STEPS.index(plain), is_apart, place, column))
    return tuple(column for *_, column in sorted(found)[:MOST_COLUMNS_OF_A_KIND])


def run_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns whose names say that they tell runs apart.

    >>> run_columns(["seed", "step", "Agent_ID", "return"])
    ('seed', 'Agent_ID')
    """
    found = tuple(filter(_names_runs, _single(columns)))
    return found[:MOST_COLUMNS_OF_A_KIND]


def _single(columns: Sequence[str]) -> list[str]:
    """Return the columns whose name does not come twice, in their order."""
    return [column for column, times in Counter(columns).items() if times == 1]


def _names_runs(column: str) -> bool:
    plain = _plain(column)
    for suffix in _SUFFIXES:
        plain = plain.removesuffix(suffix)
    return plain in _RUNS


def _plain(column: str) -> str:
    """Return the last part of a column's name, in small letters and with spaces between words."""
    last = column.rpartition("/")[2]
    words = last.replace("_", " ").replace("-", " ").lower().split()
    return " ".join(words)
