"""Tables out of JSON and JSON Lines, of any program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from json import loads
from typing import TypeAlias

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.column_names import run_columns
from curriculum.reproduction.logs.delimited import PROGRESS_X
from curriculum.reproduction.logs.lines import BYTE_ORDER_MARK, log_lines
from curriculum.reproduction.logs.table_readers import table_reader
from curriculum.reproduction.logs.tables import Cell, Rows, Table
from curriculum.reproduction.logs.tags import LogFiles, Notes, base_of

LONGEST_JSON_LINE = 1 << 26
"""The longest line of JSON Lines that is read, in bytes."""

LARGEST_JSON_FILE = 512 << 20
"""The longest JSON file that is read, in bytes."""

LONGEST_LIST = 32
"""The longest list whose numbers are columns: the scores of a metric are, a histogram is not."""

LONGEST_NAME = 10_000
"""The longest joined key that is the name of a column, in characters."""

Entry: TypeAlias = dict[str, Cell]
"""The cells of one object of JSON, by the name of their column."""

_STEP = "step"
_X = ("_step", _STEP)
_SACRED = (("/values", "/steps"), ("", "_T"))

_NOT_LOGS = frozenset(
    {
        "added_tokens.json",
        "config.json",
        "generation_config.json",
        "params.json",
        "preprocessor_config.json",
        "special_tokens_map.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.json",
    }
)
"""Files beside a log that say how a run was set up."""


def document_of(file: LogFile) -> object:
    """Return what a JSON file says.

    Raises:
        LogError: It is too long, not UTF-8, not JSON, or nested too deeply.
    """
    too_long = f"is longer than the {LARGEST_JSON_FILE >> 20} MB that are read of a JSON file"
    if file.size > LARGEST_JSON_FILE:
        raise LogError(file.name, too_long)
    with file.open() as stream:
        # The file may have grown since its size was taken.
        raw = stream.read(LARGEST_JSON_FILE + 1)
    if len(raw) > LARGEST_JSON_FILE:
        raise LogError(file.name, too_long)
    return _parsed(raw.removeprefix(BYTE_ORDER_MARK), file.name)


def _parsed(raw: bytes | str, place: str) -> object:
    try:
        return loads(raw)
    except RecursionError:
        raise LogError(place, "is nested too deeply") from None
    except ValueError as fault:
        raise LogError(place, f"is not JSON: {fault}") from None


def cells_of(entry: Mapping[str, object]) -> Entry:
    """Return the cells of an object; the keys of objects inside it are joined with `/`.

    The numbers of a short list are cells, each with its index; a longer list is none.

    >>> cells_of({"a": {"b": 1, "c": None}, "d": True, "e": [3, 4]})
    {'a/b': 1, 'a/c': None, 'd': 'true', 'e/0': 3, 'e/1': 4}
    """
    cells: Entry = {}
    for name, value in leaves_of(entry):
        if not isinstance(value, list):
            cells[name] = _cell(value)
        elif len(value) <= LONGEST_LIST and _are_numbers(value):
            for index, item in enumerate(value):
                cells[f"{name}/{index}"] = _cell(item)
    return cells


def leaves_of(entry: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the joined keys and the values of an object that are not objects, in their order.

    What has a longer name than any quantity is left out: a long key before very many short ones
    would be repeated for each of them.
    """
    # No recursion: a file may be nested as deeply as the JSON parser allows.
    stack = [("", iter(entry.items()))]
    while stack:
        prefix, items = stack[-1]
        for key, item in items:
            name = prefix + key
            value = _unwrapped(item)
            if len(name) > LONGEST_NAME:
                continue
            if isinstance(value, dict):
                stack.append((f"{name}/", iter(value.items())))
                break
            yield name, value
        else:
            stack.pop()


def _unwrapped(value: object) -> object:
    """Return the number in an object that jsonpickle, as used by Sacred, made of one of NumPy."""
    if isinstance(value, dict) and "py/object" in value and "value" in value:
        return value["value"]
    return value


def _cell(value: object) -> Cell:
    # True is an int in Python, and would count as the number 1.
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, str | int | float):
        return value
    return None


def _entries_of_lines(file: LogFile, notes: Notes) -> Iterator[tuple[int, Entry]]:
    for line, text in log_lines(file, LONGEST_JSON_LINE):
        if not text.strip():
            continue
        place = f"{file.name}:{line}"
        try:
            entry = _parsed(text, place)
        except LogError:
            if text.endswith("\n"):
                raise
            notes.append(f"the last line of '{file.name}' is cut off and was skipped")
            return
        if not isinstance(entry, dict):
            raise LogError(place, "is not a JSON object")
        yield line, cells_of(entry)


def _rows_of_lines(file: LogFile, columns: Sequence[str], notes: Notes) -> Rows:
    for line, cells in _entries_of_lines(file, notes):
        yield line, tuple([cells.get(column) for column in columns]), True


def _rows_of_entries(entries: Sequence[Entry], columns: Sequence[str], notes: Notes) -> Rows:
    for place, cells in enumerate(entries, start=1):
        yield place, tuple([cells.get(column) for column in columns]), True


def _columns_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the names in all entries, in the order in which they first appear."""
    names: dict[str, None] = {}
    for cells in entries:
        names.update(dict.fromkeys(cells))
    return tuple(names)


def table_of_entries(name: str, importer: str, entries: Sequence[Entry]) -> Table:
    """Return a table of entries, of which any may lack any column."""
    return Table(
        name=name,
        importer=importer,
        columns=_columns_of(entries),
        rows=partial(_rows_of_entries, entries),
        sparse=lambda: iter(entries),
    )


def _lines_table(file: LogFile) -> Table:
    columns = _columns_of(cells for _, cells in _entries_of_lines(file, []))
    from_wandb = "_step" in columns
    xs: tuple[str, ...] = _X
    if base_of(file.name) == "progress.json":
        xs = (*_X, *PROGRESS_X)
    return Table(
        name=file.name,
        importer="wandb/1" if from_wandb else "jsonl/1",
        columns=columns,
        rows=partial(_rows_of_lines, file),
        sparse=lambda: (cells for _, cells in _entries_of_lines(file, [])),
        xs=xs,
        from_wandb=from_wandb,
    )


def _lines_tables(files: LogFiles) -> tuple[Table, ...]:
    return tuple(_lines_table(file) for file in files)


def _document_tables(files: LogFiles) -> tuple[Table, ...]:
    tables: list[Table] = []
    for file in files:
        tables.extend(_tables_of_document(file))
    return tuple(tables)


def _tables_of_document(file: LogFile) -> Iterable[Table]:
    content = document_of(file)
    if isinstance(content, list):
        return [_entries_table(file, content)]
    if isinstance(content, dict):
        return _lists_tables(file, content)
    raise LogError(file.name, "is neither a list nor an object")


def _entries_table(file: LogFile, items: Sequence[object]) -> Table:
    table = table_of_entries(file.name, "json/1", _entries_of_list(file, items))
    if "_step" in table.columns:
        table = replace(table, importer="wandb/1", from_wandb=True)
    return replace(table, xs=_X)


def _entries_of_list(file: LogFile, items: Sequence[object]) -> list[Entry]:
    """Return the entries of a list of objects; a list of numbers is one column, `values`."""
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) == len(items):
        return _entries_of_runs(objects) or [cells_of(item) for item in objects]
    if objects or any(isinstance(item, list) for item in items):
        fault = "is a list of different things; a list of numbers or of objects is read"
        raise LogError(file.name, fault)
    return [{"values": _cell(item)} for item in items]


def _entries_of_runs(objects: Sequence[Mapping[str, object]]) -> list[Entry]:
    """Return the entries of runs that are an object each: a name of the run, and its curves.

    Without names, or without curves, there are none; nor where a name comes twice, since its
    objects are points of one run.
    """
    names = [_names_of_run(item) for item in objects]
    if not all(names) or len(set(names)) < len(names):
        return []
    entries: list[Entry] = []
    for item in objects:
        entries.extend(_entries_of_curves(item))
    return entries


def _names_of_run(item: Mapping[str, object]) -> tuple[tuple[str, Cell], ...]:
    cells = _single_cells(item)
    return tuple((name, cells[name]) for name in run_columns(tuple(cells)))


def _single_cells(item: Mapping[str, object]) -> Entry:
    return {name: _cell(value) for name, value in leaves_of(item) if not isinstance(value, list)}


def _entries_of_curves(item: Mapping[str, object]) -> Iterator[Entry]:
    """Yield the rows of the longest curves of an object; its single values go with each."""
    columns = _numbers_of(item)
    length = max(map(len, columns.values()), default=0)
    if length < 2:
        return
    curves = {name: cells for name, cells in columns.items() if len(cells) == length}
    single = _single_cells(item)
    for row in zip(*curves.values(), strict=True):
        yield {**single, **dict(zip(curves, row, strict=True))}


def _lists_tables(file: LogFile, content: Mapping[str, object]) -> Iterator[Table]:
    """Yield tables of the lists of numbers in an object, each a column.

    Lists of one length go together; those of several lengths have no row in common. Sacred keeps
    the steps of `loss` beside it: in `loss/steps` beside `loss/values`, or in `loss_T`.
    """
    columns = _numbers_of(content)
    for tag, name, x_name in _with_steps(columns):
        if name in columns and x_name in columns:
            pair = {tag: columns.pop(name), _STEP: columns.pop(x_name)}
            table = _columns_table(file, pair, "sacred/1")
            yield replace(table, hidden=frozenset({_STEP}))
    by_length: dict[int, dict[str, list[Cell]]] = {}
    for name, cells in columns.items():
        by_length.setdefault(len(cells), {})[name] = cells
    for alike in by_length.values():
        yield _columns_table(file, alike, "json/1")


def _numbers_of(content: Mapping[str, object]) -> dict[str, list[Cell]]:
    columns: dict[str, list[Cell]] = {}
    for name, value in leaves_of(content):
        # A number by itself is a list of one.
        items = [_unwrapped(item) for item in value] if isinstance(value, list) else [value]
        if _are_numbers(items):
            columns[name] = [_cell(item) for item in items]
    return columns


def _with_steps(columns: Mapping[str, Sequence[Cell]]) -> list[tuple[str, str, str]]:
    """Return the tags that have their steps beside them: each with its columns of values and x."""
    found: list[tuple[str, str, str]] = []
    for x_name, steps in columns.items():
        for suffix, x_suffix in _SACRED:
            tag = x_name.removesuffix(x_suffix)
            name = f"{tag}{suffix}"
            if tag not in (x_name, "", _STEP) and len(columns.get(name, ())) == len(steps):
                found.append((tag, name, x_name))
    return found


def _columns_table(file: LogFile, columns: Mapping[str, Sequence[Cell]], importer: str) -> Table:
    """Return a table of columns of one length."""
    return Table(
        name=file.name,
        importer=importer,
        columns=tuple(columns),
        rows=partial(_rows_of_columns, columns),
    )


def _are_numbers(items: Sequence[object]) -> bool:
    others = (dict, list, str, bool)
    return not any(isinstance(item, others) for item in items)


def _rows_of_columns(
    columns: Mapping[str, Sequence[Cell]], wanted: Sequence[str], notes: Notes
) -> Rows:
    chosen = [columns[name] for name in wanted]
    for place, cells in enumerate(zip(*chosen, strict=True), start=1):
        yield place, cells, True


def _summary_tables(files: LogFiles) -> tuple[Table, ...]:
    return tuple(_summary_table(file) for file in files)


def _summary_table(file: LogFile) -> Table:
    content = document_of(file)
    if not isinstance(content, dict):
        raise LogError(file.name, "is not the summary of a W&B run: it is not an object")
    return replace(
        table_of_entries(file.name, "wandb/1", [cells_of(content)]),
        xs=("_step",),
        hidden=frozenset({"_step"}),
        sampled="it is the summary of a W&B run, which holds one value of each quantity",
    )


def _is_lines(file: LogFile, head: bytes) -> bool:
    name = file.name.lower()
    if name.endswith((".jsonl", ".ndjson")):
        return True
    # Several loggers write JSON Lines into a file called .json, .log or .txt.
    first, _, second = head.removeprefix(BYTE_ORDER_MARK).partition(b"\n")
    if name.endswith((".log", ".txt")):
        return first.startswith(b"{") and _is_object(first)
    return name.endswith(".json") and second.startswith(b"{") and _is_object(first)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_summary(file: LogFile, head: bytes) -> bool:
    return base_of(file.name) == "wandb-summary.json"


def _is_json(file: LogFile, head: bytes) -> bool:
    return file.name.lower().endswith(".json") and base_of(file.name) not in _NOT_LOGS


JSON_LINES = table_reader("jsonl/1", _is_lines, _lines_tables)
WANDB_SUMMARY = table_reader("wandb/1", _is_summary, _summary_tables)
JSON_DOCUMENT = table_reader("json/1", _is_json, _document_tables)
