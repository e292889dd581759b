"""Read a curve from any text by a regular expression with the groups `x` and `y`."""

from __future__ import annotations

import re
import warnings
from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import isfinite

from curriculum.disk.pattern_search import PatternMatch, PatternMatches, pattern_matches
from curriculum.model.formatting import counted
from curriculum.model.runs import ROW_NUMBER, LogError, LogFile, Series
from curriculum.reproduction.logs.gzipped import unpacked
from curriculum.reproduction.logs.points import in_order
from curriculum.reproduction.logs.tables import number
from curriculum.reproduction.logs.tags import quoted_names, run_name
from curriculum.services.errors import UsageError

BY_PATTERN = "pattern/1"
"""The importer of what was read by a pattern, whose tag is the pattern."""

LARGEST_TEXT = 256 << 20
"""The longest text that is searched, in bytes."""

_LONGEST_PATTERN = 1000
_MOST_TEXTS = 20
_HEAD_BYTES = 1 << 12


def check_pattern(pattern: str) -> None:
    """Refuse what is not a regular expression with a group `y`.

    Raises:
        UsageError: It is not.
    """
    option = "--pattern"
    if len(pattern) > _LONGEST_PATTERN:
        raise UsageError(f"it is longer than {_LONGEST_PATTERN} characters", option)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            groups = re.compile(pattern).groupindex
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"'{pattern}' is not a regular expression: {error}", option) from error
    if "y" not in groups:
        hint = "write it like 'step:(?P<x>\\d+).*loss:(?P<y>[\\d.]+)'"
        raise UsageError(f"'{pattern}' has no group 'y' for the value; {hint}", option)


def pattern_curve(files: Sequence[LogFile], pattern: str, x: str | None = None) -> Series:
    """Return the curve that a pattern finds in the only text of a run that holds it.

    Args:
        files: The files of the run.
        pattern: A regular expression that `check_pattern` let pass.
        x: `row` to count the matches; None for the group `x` where there is one.

    Raises:
        CurriculumError: No file holds the pattern, or several do; or its values are not numbers.
    """
    found: list[Series] = []
    for file in _texts(files):
        matches = pattern_matches(pattern, _bytes(file))
        if matches.found:
            found.append(_series(file, pattern, matches, x))
    if not found:
        raise LogError(run_name(files), f"has no line that matches '{pattern}'")
    first, *others = found
    if all((one.xs, one.values) == (first.xs, first.values) for one in others):
        return first
    names = quoted_names(one.file for one in found)
    fault = f"holds the pattern in {len(found)} files ({names}); name one of them"
    raise LogError(run_name(files), fault)


def _texts(files: Sequence[LogFile]) -> list[LogFile]:
    found = [file for file in map(unpacked, files) if _is_text(file)]
    if len(found) > _MOST_TEXTS:
        fault = f"holds {len(found)} texts, too many to search; name one of them"
        raise LogError(run_name(files), fault)
    return found


def _is_text(file: LogFile) -> bool:
    with file.open() as stream:
        return b"\0" not in stream.read(_HEAD_BYTES)


def _bytes(file: LogFile) -> bytes:
    with file.open() as stream:
        text = stream.read(LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        limit = f"{LARGEST_TEXT >> 20} MB"
        raise LogError(file.name, f"is longer than the {limit} that are searched")
    return text


def _series(file: LogFile, pattern: str, matches: PatternMatches, x: str | None) -> Series:
    xs, values = array("d"), array("d")
    counts_rows = x == ROW_NUMBER or all(match.x is None for match in matches.found)
    for match in matches.found:
        value = _number(file, match, "y")
        place = float(len(xs)) if counts_rows else _number(file, match, "x")
        if value is not None and place is not None:
            xs.append(place)
            values.append(value)
    notes = _notes(file, matches, xs)
    xs, values = in_order(xs, values)
    x_name = ROW_NUMBER if counts_rows else "x"
    series = Series(pattern, x_name, xs, values, notes)
    return replace(series, importer=BY_PATTERN, file=file.name)


def _number(file: LogFile, match: PatternMatch, group: str) -> float | None:
    """Return the number that a group found; None when it found nothing.

    The mark that ends a sentence or a list is not a part of it.
    """
    text = match.x if group == "x" else match.y
    if text is None:
        return None
    try:
        found = number(text.rstrip(".,;"))
    except ValueError:
        place = f"{file.name}:{match.line}"
        fault = f"has '{text[:40]}' where the pattern finds {group}, which is not a number"
        raise LogError(place, fault) from None
    if group == "x" and found is not None and not isfinite(found):
        return None
    return found


def _notes(file: LogFile, matches: PatternMatches, xs: Sequence[float]) -> tuple[str, ...]:
    notes: list[str] = []
    if matches.long:
        lines = counted(matches.long, "line")
        notes.append(f"{lines} of '{file.name}' skipped: too long to be searched")
    falls = sum(other < one for one, other in pairwise(xs))
    if falls:
        found = f"x of '{file.name}' falls {counted(falls, 'time')}"
        notes.append(f"{found}: its points were sorted; they may be several runs")
    return tuple(notes)
