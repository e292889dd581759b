"""Changes in a table of tab-separated values: read it, and add a line to it.

A sheet may have saved it: quotes, another line end, and signs and percents in the forms of a sheet
are read as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NoReturn, TypeVar

from curriculum.model.ablations import Ablation, ArmSummary, Cost, Gain
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import Place, Problem, Severity
from curriculum.model.quantities import UnreadableError, day, quoted
from curriculum.model.suggestions import suggestion
from curriculum.practice.user_text import TextChange, appended, file_lines, is_blank

ABLATIONS = "ablations"
ABLATION_COLUMNS = (
    "date",
    "id",
    "on",
    "change",
    "added",
    "removed",
    "knobs",
    "before",
    "after",
    "gain",
    "low",
    "high",
    "kept",
    "why",
    "parent",
)
_NEEDED = ABLATION_COLUMNS[:10]

_FILE = late_pattern(rf"{ABLATIONS}/(?P<name>[a-z0-9][a-z0-9._-]*)\.tsv")
_NUMBER = r"[+\-\u2212]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_ARM = late_pattern(rf"(?P<mean>{_NUMBER})(?:\s*\((?P<n>\d+)\))?")
_GAIN = late_pattern(rf"(?P<number>{_NUMBER})\s*(?P<sign>%?)")
_KEPT: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}
_LEAST_DIGITS = 1
_MOST_DIGITS = 6

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ListedAblation:
    """A change as it was found in a table.

    Attributes:
        ablation: The change.
        file: The table, by its path in the workspace.
        line: Its line.
    """

    ablation: Ablation
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class AblationTable:
    """A table of changes as it was found.

    Attributes:
        file: The table, by its path in the workspace.
        text: What it holds.
        columns: Its columns, in their order.
        rows: The changes without a problem.
        problems: What is wrong with the others.
    """

    file: str
    text: str
    columns: tuple[str, ...] = ABLATION_COLUMNS
    rows: tuple[ListedAblation, ...] = ()
    problems: tuple[Problem, ...] = ()


def table_file(project: str) -> str:
    """Return the table of a project, by its path in the workspace."""
    return f"{ABLATIONS}/{project}.tsv"


def project_of(file: str) -> str | None:
    """Return the project whose changes a file holds; None for any other file."""
    match = _FILE.fullmatch(file)
    return None if match is None else match["name"]


@dataclass(slots=True)
class _Reading:
    """The rows and the problems of a table that is being read."""

    file: str
    columns: Sequence[str]
    rows: list[ListedAblation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(file: str, text: str) -> AblationTable:
    """Return the changes of a table without a problem, and what is wrong with the others."""
    if is_blank(text):
        return AblationTable(file, text)
    header, *lines = file_lines(text)
    columns = tuple(name.strip() for name in _fields(header))
    faults = tuple(_header_problems(file, columns))
    if faults:
        return AblationTable(file, text, columns, problems=faults)
    reading = _Reading(file, columns)
    for number, line in enumerate(lines, start=2):
        if line.strip():
            _read_row(reading, number, line)
    problems = (*reading.problems, *_doubtful(reading.rows))
    return AblationTable(file, text, columns, tuple(reading.rows), tuple(sorted(problems)))


def _fields(line: str) -> list[str]:
    return next(csv.reader([line], dialect="excel-tab"), [])


def _header_problems(file: str, columns: Sequence[str]) -> Iterator[Problem]:
    for name in _NEEDED:
        if name not in columns:
            hint = suggestion(name, columns, "add it to the first line")
            message = f"the table has no column '{name}'"
            yield Problem(Place(file, 1, 1), "missing-key", message, hint)
            return


def _read_row(reading: _Reading, number: int, line: str) -> None:
    cells = dict(zip(reading.columns, _fields(line), strict=False))
    try:
        ablation = _ablation(cells)
    except _CellError as error:
        column = _column(line, reading.columns.index(error.name))
        place = Place(reading.file, number, column)
        fault = error.fault
        reading.problems.append(Problem(place, fault.code, fault.message, fault.hint))
        return
    reading.rows.append(ListedAblation(ablation, reading.file, number))


def _column(line: str, position: int) -> int:
    """Return the column of a line at which a field begins, counted from 1."""
    parts = line.split("\t")[:position]
    return sum(len(part) + 1 for part in parts) + 1


class _CellError(Exception):
    """A cell that cannot be read."""

    def __init__(self, name: str, fault: UnreadableError) -> None:
        super().__init__(str(fault))
        self.name, self.fault = name, fault


def _ablation(cells: Mapping[str, str]) -> Ablation:
    """Return the change that a row describes.

    Raises:
        _CellError: A cell cannot be read.
    """
    gain, is_relative = _cell(cells, "gain", _gain)
    return Ablation(
        day=_cell(cells, "date", day),
        id=_cell(cells, "id", _said),
        on=_cell(cells, "on", _said),
        change=_cell(cells, "change", _said),
        cost=Cost(
            _cell(cells, "added", _count),
            _cell(cells, "removed", _count),
            _cell(cells, "knobs", _whole),
        ),
        before=_cell(cells, "before", _arm),
        after=_cell(cells, "after", _arm),
        gain=Gain(gain, _end(cells, "low"), _end(cells, "high"), is_relative),
        kept=_cell(cells, "kept", _kept),
        why=cells.get("why", "").strip() or None,
        parent=cells.get("parent", "").strip() or None,
    )


def _cell(cells: Mapping[str, str], name: str, read: Callable[[str], _Read]) -> _Read:
    try:
        return read(cells.get(name, "").strip())
    except UnreadableError as error:
        raise _CellError(name, error) from error


def _end(cells: Mapping[str, str], name: str) -> float | None:
    if not cells.get(name, "").strip():
        return None
    return _cell(cells, name, _gain)[0]


def _said(text: str) -> str:
    if not text:
        raise UnreadableError("bad-value", "the cell is empty", "fill it in")
    return text


def _count(text: str) -> int:
    number = _whole(text)
    if number < 0:
        message = f"{quoted(text)} is not a number of lines"
        raise UnreadableError("bad-number", message, "lines that went are in 'removed'")
    return number


def _whole(text: str) -> int:
    try:
        return int(text.replace("\u2212", "-"))
    except ValueError:
        _refuse(text, "a whole number", "2")


def _arm(text: str) -> ArmSummary:
    match = _ARM.fullmatch(text)
    if match is None or match["n"] == "0":
        _refuse(text, "a mean with its number of runs", "3363 (3)")
    return ArmSummary(_float(match["mean"]), int(match["n"] or 1))


def _gain(text: str) -> tuple[float, bool]:
    """Return a gain, and whether it is a share."""
    match = _GAIN.fullmatch(text)
    if match is None:
        _refuse(text, "a gain", "+5.7%")
    number = _float(match["number"])
    return (number / 100, True) if match["sign"] else (number, False)


def _float(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def _kept(text: str) -> bool | None:
    if text.lower() not in _KEPT:
        _refuse(text, "'yes' or 'no'", "yes")
    return _KEPT[text.lower()]


def _refuse(text: str, what: str, example: str) -> NoReturn:
    message = f"{quoted(text)} is not {what}"
    raise UnreadableError("bad-number", message, f"write it like '{example}'")


def _doubtful(rows: Sequence[ListedAblation]) -> Iterator[Problem]:
    """Yield what is readable and cannot be right: ids twice, and parents that are not there."""
    lines: dict[str, int] = {}
    names = {row.ablation.id for row in rows}
    for row in rows:
        one, place = row.ablation, Place(row.file, row.line, 1)
        if one.id in lines:
            message = f"the change of line {lines[one.id]} is called '{one.id}', too"
            yield Problem(place, "duplicate-id", message, "give one of them another id")
        lines.setdefault(one.id, row.line)
        if one.parent is not None and one.parent not in names:
            message = f"the change '{one.id}' builds on '{one.parent}', which is not in the table"
            hint = suggestion(one.parent, names, "was it renamed?")
            yield Problem(place, "unknown-change", message, hint, Severity.WARNING)


def with_ablation(table: AblationTable, new: Ablation) -> TextChange:
    """Return the change that adds a change to a table, with a heading where it is new."""
    cells = ablation_cells(new)
    columns = table.columns
    lines = [] if not is_blank(table.text) else [_row(columns)]
    if new.parent is not None and "parent" not in columns:
        cells["why"] = f"{cells['why']} (builds on {new.parent})".strip()
    lines.append(_row([cells.get(name, "") for name in columns]))
    return appended(table.text, lines, gap=False)


def _row(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, dialect="excel-tab", lineterminator="").writerow(cells)
    return buffer.getvalue()


def ablation_cells(one: Ablation) -> dict[str, str]:
    """Return the cells of a change, by their columns."""
    digits = _digits(one.gain)
    return {
        "date": one.day.isoformat(),
        "id": one.id,
        "on": one.on,
        "change": one_line(one.change),
        "added": str(one.cost.added),
        "removed": str(one.cost.removed),
        "knobs": str(one.cost.knobs),
        "before": arm_text(one.before),
        "after": arm_text(one.after),
        "gain": gain_text(one.gain.value, one.gain, digits),
        "low": "" if one.gain.low is None else gain_text(one.gain.low, one.gain, digits),
        "high": "" if one.gain.high is None else gain_text(one.gain.high, one.gain, digits),
        "kept": {True: "yes", False: "no", None: ""}[one.kept],
        "why": one_line(one.why or ""),
        "parent": one.parent or "",
    }


def one_line(text: str) -> str:
    """Return a text without tabs and line ends, which would begin another cell or row."""
    return " ".join(text.split())


def arm_text(arm: ArmSummary) -> str:
    """Return runs as they are written: `3363.33 (3)`."""
    return f"{arm.mean:.6g} ({arm.n})"


def gain_text(number: float, gain: Gain, digits: int | None = None) -> str:
    """Return a gain or an end of its interval as it is written: `+5.7%`.

    Args:
        number: The gain or the end.
        gain: The gain to which it belongs.
        digits: How many digits come after the point; None for as many as say something.
    """
    shown = _digits(gain) if digits is None else digits
    if gain.is_relative:
        return f"{100 * number:+.{shown}f}%"
    return f"{number:+.{shown}f}"


def _digits(gain: Gain) -> int:
    """Return how many digits say something: two of half the interval, or of the gain itself."""
    size = abs(gain.value)
    if gain.low is not None and gain.high is not None:
        size = (gain.high - gain.low) / 2 or size
    scaled = 100 * size if gain.is_relative else size
    digits = _LEAST_DIGITS
    while digits < _MOST_DIGITS and 0 < scaled * 10 ** (digits - 1) < 1:
        digits += 1
    return digits
