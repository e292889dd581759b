"""Search text for a regular expression in a process of its own, which can be stopped.

A regular expression may take longer than anyone can wait, and nothing stops it from within:
rejected were limits on what an expression may say, which would refuse many that are harmless.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError

LONGEST_SEARCH = 30.0
"""How many seconds the search of one text may take."""

_CHILD = Path(__file__).with_name("pattern_child.py")


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """The number of a line, and the texts that the groups `x` and `y` found there."""

    line: int
    x: str | None
    y: str | None


@dataclass(frozen=True, slots=True)
class PatternMatches:
    """What a pattern found in a text.

    Attributes:
        found: The first match of each line that has one.
        long: How many lines were too long to be searched.
    """

    found: tuple[PatternMatch, ...]
    long: int


class PatternSearchError(CurriculumError):
    """A search that came to no end."""

    def __init__(self, pattern: str, fault: str) -> None:
        """Build the sentence from the pattern and what happened."""
        super().__init__(f"the pattern '{pattern}' {fault}")


def pattern_matches(pattern: str, text: bytes, seconds: float = LONGEST_SEARCH) -> PatternMatches:
    """Return what a pattern finds in the lines of a text.

    Args:
        pattern: A regular expression that compiles.
        text: UTF-8; what is not is replaced.
        seconds: How long the search may take.

    Raises:
        PatternSearchError: It took longer, or its process failed.
    """
    command = [sys.executable, "-I", "-S", str(_CHILD)]
    given = json.dumps(pattern).encode() + b"\n" + text
    try:
        ended = subprocess.run(
            command, input=given, capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired:
        slow = f"was stopped after {seconds:g} seconds; make it simpler, as 'loss: (?P<y>\\S+)'"
        raise PatternSearchError(pattern, slow) from None
    except (OSError, subprocess.CalledProcessError) as fault:
        raise PatternSearchError(pattern, f"could not be searched for: {fault}") from fault
    answer = json.loads(ended.stdout)
    found = tuple(PatternMatch(line, x, y) for line, x, y in answer["found"])
    return PatternMatches(found, answer["long"])
