"""Published results as a person gives them, a text for each field, to YAML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import CurriculumError
from curriculum.model.suggestions import suggestion
from curriculum.syllabus.importers.draft_text import scalar
from curriculum.syllabus.importers.work_names import slug

ResultRow: TypeAlias = Mapping[str, str]
"""The fields of one result that are given, by their names in `RESULT_FIELDS`."""

PLACES = ("table", "figure", "section", "page", "quote", "url", "text")
"""Where a number may be printed; one of them must be given."""

RESULT_FIELDS = (
    *("id", "on", "version", "method", "metric", "direction", "unit", "value", "centre"),
    *("spread", "spread_kind", "over", "runs", "reducer", "row", "column", *PLACES),
    *("primary", "scale", "notes"),
)
"""What can be said of a result: the columns of a table, and the options of the command."""

_REQUIRED = ("on", "metric", "value")
_LOWER = late_pattern(
    r"error|loss|perplexity|\bppl|\bfid|\bnll|distance|regret|\btime|latency|\bmse|\bmae|\bwer|bits",
    re.IGNORECASE,
)
_PERCENT = late_pattern(r"accura|percent|\btop-?\d|\bmap\b|\biou|\bf1", re.IGNORECASE)
_VALUE = late_pattern(
    r"(?P<value>[^±%]+?)\s*(?P<unit>%)?\s*(?:(?:±|\+/?-|\\pm)\s*(?P<spread>[^%]+?))?\s*(?P<per>%)?"
)
_DIGITS = late_pattern(r"[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?")
_YES = frozenset({"yes", "true", "1", "x", "y"})
_GUESSED = "  # guessed"


class ResultRowError(CurriculumError):
    """A result that cannot be written, as something is missing or not known."""

    def __init__(self, place: str, fault: str) -> None:
        """Build the sentence from the place, as `line 3 of t.csv`, and what is wrong."""
        super().__init__(f"{place}: {fault}; nothing was written" if place else fault)


def read_rows(file: str, text: str) -> tuple[ResultRow, ...]:
    """Return the results of a table, one for each line after the first, which names the columns.

    Args:
        file: How the file is called in errors.
        text: What it holds: columns between commas, semicolons or tabs.

    Raises:
        ResultRowError: A column is not known, or there is no line.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[ResultRow] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        names = [_column(file, name) for name in next(reader, [])]
        for cells in reader:
            row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
            if any(row.values()):
                rows.append({name: cell for name, cell in row.items() if cell})
    except csv.Error as error:
        raise ResultRowError(f"line {reader.line_num} of {file}", str(error)) from error
    if not rows:
        raise ResultRowError(file, "it holds no results below a line that names its columns")
    return tuple(rows)


def _column(file: str, written: str) -> str:
    name = re.sub(r"[\s-]+", "_", written.strip().lower())
    if name in RESULT_FIELDS:
        return name
    hint = suggestion(name, RESULT_FIELDS, f"choose from {', '.join(RESULT_FIELDS)}")
    raise ResultRowError(f"line 1 of {file}", f"no column is called '{written.strip()}'; {hint}")


def completed(row: ResultRow, place: str, taken: Collection[str]) -> ResultRow:
    """Return a row with its id, and with what its value says of spread and unit.

    Args:
        row: What is given.
        place: Where, to be said in errors; empty on the command line.
        taken: The ids that other results have.

    Raises:
        ResultRowError: What every result needs is missing.
    """
    _require_fields(row, place)
    said = _VALUE.fullmatch(row["value"].replace("−", "-").strip())
    found = _given(said.groupdict() if said else {})
    if found.pop("per", None) or "unit" in found:
        found["unit"] = "percent"
    whole = {**found, **row, "value": found.get("value", row["value"])}
    name = slug(row.get("id") or f"{row.get('method', '')} {row['on']}") or "result"
    return {**whole, "id": _free(name, taken)}


def _given(parts: Mapping[str, str | None]) -> dict[str, str]:
    return {name: part for name, part in parts.items() if part}


def _require_fields(row: ResultRow, place: str) -> None:
    """Refuse a row that lacks what every result needs.

    Raises:
        ResultRowError: It does.
    """
    for name in _REQUIRED:
        if not row.get(name):
            raise ResultRowError(place, f"the result has no '{name}'")
    if not any(row.get(name) for name in PLACES):
        raise ResultRowError(place, f"say where it is printed: {', '.join(PLACES[:4])} or text")


def _free(name: str, taken: Collection[str]) -> str:
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free


def result_lines(row: ResultRow, indent: str = "  ") -> list[str]:
    """Return a completed row as an entry of `results:`; what is guessed is marked."""
    keys = list(_keys(row))
    return [f"{indent}{'- ' if not number else '  '}{line}" for number, line in enumerate(keys)]


def _keys(row: ResultRow) -> Iterator[str]:
    yield f"id: {row['id']}"
    if row.get("primary", "").lower() in _YES:
        yield "primary: true"
    if row.get("method"):
        yield f"method: {scalar(row['method'])}"
    yield _metric(row)
    yield from _conditions(row)
    yield _value(row)
    yield _spread(row)
    if row.get("runs"):
        yield f"runs: {{n: {_word(row['runs'])}}}"
    yield f"source: {{{', '.join(_places(row))}}}"
    for name in ("scale", "notes"):
        if row.get(name):
            yield f"{name}: {scalar(row[name])}"


def _conditions(row: ResultRow) -> Iterator[str]:
    """Yield what the number was measured on, and how."""
    version, reducer = row.get("version"), row.get("reducer")
    mark = "" if version else f"{_GUESSED}: version"
    yield f"on: {{name: {scalar(row['on'])}, version: {_word(version or 'unknown')}}}{mark}"
    mark = "" if reducer else f"{_GUESSED}: how a training curve became the number"
    yield f"protocol: {{reducer: {{{_reducer(reducer or 'unknown')}}}}}{mark}"


def _places(row: ResultRow) -> Iterator[str]:
    for name in (*PLACES, "row", "column"):
        if row.get(name):
            yield f"{name}: {_word(row[name])}"


def _word(text: str) -> str:
    """Return a text as YAML; a number needs no quotes."""
    return text if text.isdecimal() else scalar(text)


def _metric(row: ResultRow) -> str:
    name = row["metric"]
    guesses = [key for key in ("direction", "unit") if not row.get(key)]
    direction = row.get("direction") or likely_direction(name)
    unit = row.get("unit") or likely_unit(name)
    mark = f"{_GUESSED}: {', '.join(guesses)}" if guesses else ""
    return f"metric: {{name: {scalar(name)}, direction: {direction}, unit: {scalar(unit)}}}{mark}"


def likely_direction(metric: str) -> str:
    """Return which way a metric is better, going by its name.

    >>> likely_direction("average-return"), likely_direction("test error")
    ('higher', 'lower')
    """
    return "lower" if _LOWER.search(metric) else "higher"


def likely_unit(metric: str) -> str:
    """Return what a metric is counted in, going by its name."""
    return "percent" if _PERCENT.search(metric) else "points"


def _reducer(written: str) -> str:
    """Return a rule as YAML, which may be written as `last-k-mean:100`."""
    how, _, number = written.partition(":")
    key = "x" if how == "at" else "k"
    return f"how: {scalar(how)}, {key}: {_word(number)}" if number else f"how: {scalar(how)}"


def _value(row: ResultRow) -> str:
    kind = "figure" if row.get("figure") else "table" if row.get("table") else "text"
    mark = "" if row.get("centre") else f"{_GUESSED}: centre"
    number, centre = _number(row["value"]), scalar(row.get("centre", "mean"))
    return f"value: {{value: {number}, centre: {centre}, from: {kind}}}{mark}"


def _spread(row: ResultRow) -> str:
    size = row.get("spread")
    if not size:
        return "spread: {kind: none}"
    guesses = [name for name in ("spread_kind", "over") if not row.get(name)]
    mark = f"{_GUESSED}: kind" if "spread_kind" in guesses else ""
    kind, over = row.get("spread_kind", "unknown"), row.get("over", "unknown")
    return f"spread: {{kind: {scalar(kind)}, value: {_number(size)}, over: {scalar(over)}}}{mark}"


def is_value(written: str) -> bool:
    """Whether a text is a number, with or without what stands after its ±.

    >>> is_value("1,234.5 ± .3 %"), is_value("3.5 or so")
    (True, False)
    """
    said = _VALUE.fullmatch(written.replace("−", "-").strip())
    parts = [said["value"], said["spread"]] if said is not None else [written]
    return all(_DIGITS.fullmatch(_plain_number(part)) for part in parts if part is not None)


def _number(written: str) -> str:
    """Return a number with its printed digits, without the commas between thousands."""
    plain = _plain_number(written)
    return plain if _DIGITS.fullmatch(plain) else scalar(plain)


def _plain_number(written: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", written.replace("−", "-").strip())


def likely_fields(rows: Sequence[ResultRow]) -> ResultRow:
    """Return what the next result of a paper is likely to say, as its last one did."""
    if not rows:
        return {}
    changing = {"id", "value", "spread", "row", "column", "notes", "primary", "quote"}
    last = rows[-1].items()
    return {name: text for name, text in last if name not in changing and text != "unknown"}
