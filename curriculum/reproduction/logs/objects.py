"""Tables out of JSON and JSON Lines, of any program; names of columns mean nothing here but the default x."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from json import loads
from re import compile as pattern

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.delimited import PROGRESS_X
from curriculum.reproduction.logs.lines import MARK, log_lines
from curriculum.reproduction.logs.tables import Cell, Row, Table, table_reader
from curriculum.reproduction.logs.tags import base_of, folder_of, run_name

LINE = 1 << 26
"""The longest line of JSON Lines that is read, in bytes."""

WHOLE = 512 << 20
"""The longest JSON file that is read, in bytes."""

_X = ("_step", "step")
_CHECKPOINT = pattern(r"checkpoint-\d+")


def document_of(file: LogFile) -> object:
    """Return what a JSON file says.

    Raises:
        LogError: It is too long, no UTF-8, no JSON, or nested too deeply.
    """
    if file.size > WHOLE:
        raise LogError(
            file.name, f"is longer than the {WHOLE >> 20} MB that are read of a JSON file"
        )
    with file.open() as stream:
        raw = stream.read(WHOLE + 1)
    if len(raw) > WHOLE:
        raise LogError(
            file.name, f"is longer than the {WHOLE >> 20} MB that are read of a JSON file"
        )
    return _parsed(raw.removeprefix(MARK), file.name)


def _parsed(raw: bytes | str, place: str) -> object:
    try:
        return loads(raw)
    except RecursionError:
        raise LogError(place, "is nested too deeply") from None
    except ValueError as fault:
        raise LogError(place, f"is no JSON: {fault}") from None


def cells_of(entry: Mapping[str, object]) -> dict[str, Cell]:
    """Return the cells of an object, the keys of objects inside it joined with `/`; lists are no cells.

    >>> cells_of({"a": {"b": 1, "c": None}, "d": True, "e": [1]})
    {'a/b': 1, 'a/c': None, 'd': 'true'}
    """
    return {name: _cell(value) for name, value in leaves_of(entry) if not isinstance(value, list)}


def leaves_of(entry: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the joined keys and values of an object that are not objects themselves, in their order."""
    stack: list[Iterator[tuple[str, object]]] = [iter(entry.items())]
    prefixes = [""]
    while stack:
        for key, value in stack[-1]:
            if isinstance(value, dict):
                prefixes.append(f"{prefixes[-1]}{key}/")
                stack.append(iter(value.items()))
                break
            yield f"{prefixes[-1]}{key}", value
        else:
            stack.pop()
            prefixes.pop()


def _cell(value: object) -> Cell:
    if value is True or value is False:
        return str(value).lower()
    return value if isinstance(value, str | int | float) else None


def _entries_of_lines(file: LogFile, notes: list[str]) -> Iterator[tuple[int, dict[str, Cell]]]:
    for line, said in log_lines(file, LINE):
        if not said.strip():
            continue
        try:
            entry = _parsed(said, f"{file.name}:{line}")
        except LogError:
            if said.endswith("\n"):
                raise
            notes.append(f"the last line of '{file.name}' breaks off and was passed over")
            return
        if not isinstance(entry, dict):
            raise LogError(f"{file.name}:{line}", "is no JSON object")
        yield line, cells_of(entry)


def _rows_of_lines(file: LogFile, columns: Sequence[str], notes: list[str]) -> Iterator[Row]:
    for line, cells in _entries_of_lines(file, notes):
        yield line, tuple([cells.get(column) for column in columns]), True


def _rows_of_entries(
    entries: Sequence[dict[str, Cell]], columns: Sequence[str], notes: list[str]
) -> Iterator[Row]:
    for place, cells in enumerate(entries, start=1):
        yield place, tuple([cells.get(column) for column in columns]), True


def _lines_table(file: LogFile) -> Table:
    names = tuple(dict.fromkeys(name for _, cells in _entries_of_lines(file, []) for name in cells))
    xs = (*_X, *PROGRESS_X) if base_of(file.name) == "progress.json" else _X
    rows = partial(_rows_of_lines, file)
    if "_step" in names:
        return Table(file.name, "wandb/1", names, rows, xs, from_wandb=True)
    return Table(file.name, "jsonl/1", names, rows, xs)


def _entries_table(file: LogFile, importer: str, entries: Sequence[dict[str, Cell]]) -> Table:
    names = tuple(dict.fromkeys(name for cells in entries for name in cells))
    from_wandb = "_step" in names
    rows = partial(_rows_of_entries, entries)
    return Table(
        file.name, "wandb/1" if from_wandb else importer, names, rows, _X, from_wandb=from_wandb
    )


def _document_table(file: LogFile) -> Table:
    said = document_of(file)
    if isinstance(said, list):
        return _entries_table(file, "json/1", _entries_of_list(file, said))
    if isinstance(said, dict):
        return _lists_table(file, said)
    raise LogError(file.name, "is neither a list nor an object")


def _entries_of_list(file: LogFile, said: Sequence[object]) -> list[dict[str, Cell]]:
    if all(isinstance(each, dict) for each in said):
        return [cells_of(each) for each in said if isinstance(each, dict)]
    if any(isinstance(each, dict | list) for each in said):
        raise LogError(
            file.name, "is a list of different things; a list of numbers or of objects is read"
        )
    return [{"values": _cell(each)} for each in said]


def _lists_table(file: LogFile, said: Mapping[str, object]) -> Table:
    """Return a table of the lists of numbers in an object, each a column; a number by itself is a list of one."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in leaves_of(said)}
    columns = {
        name: [_cell(each) for each in cells]
        for name, cells in lists.items()
        if not any(isinstance(each, dict | list | str | bool) for each in cells)
    }

    def rows(wanted: Sequence[str], notes: list[str]) -> Iterator[Row]:
        chosen = [columns[name] for name in wanted]
        for place in range(max(map(len, chosen), default=0)):
            yield (
                place + 1,
                tuple([cells[place] if place < len(cells) else None for cells in chosen]),
                True,
            )

    return Table(file.name, "json/1", tuple(columns), rows)


def _summary_table(file: LogFile) -> Table:
    said = document_of(file)
    if not isinstance(said, dict):
        raise LogError(file.name, "is no summary of a W&B run: it is no object")
    cells = cells_of(said)
    why = "it is the summary of a W&B run, which holds one value of each quantity"
    rows = partial(_rows_of_entries, [cells])
    return Table(
        file.name, "wandb/1", tuple(cells), rows, ("_step",), frozenset({"_step"}), sampled=why
    )


def _trainer_tables(files: Sequence[LogFile]) -> tuple[Table, ...]:
    """Return the log of a Hugging Face Trainer, of several copies in checkpoints the latest."""
    runs = sorted({_run_of(file.name) for file in files})
    if len(runs) > 1:
        shown = ", ".join(f"'{run or '.'}'" for run in runs[:5])
        raise LogError(
            run_name(files), f"has trainer_state.json of {len(runs)} runs ({shown}); name one"
        )
    states = [(file, _state(file)) for file in files]
    file, state = max(
        states, key=lambda each: (_global_step(each[1]), -len(each[0].name), each[0].name)
    )
    return (_trainer_table(file, state, len(files)),)


def _run_of(name: str) -> str:
    folder = folder_of(name)
    return folder_of(folder) if _CHECKPOINT.fullmatch(base_of(folder)) else folder


def _state(file: LogFile) -> dict[str, object]:
    said = document_of(file)
    if not isinstance(said, dict) or not isinstance(said.get("log_history"), list):
        raise LogError(file.name, "has no list 'log_history' as the state of a trainer has")
    return said


def _global_step(state: Mapping[str, object]) -> float:
    step = state.get("global_step")
    return step if isinstance(step, int | float) and step == step else -1


def _trainer_table(file: LogFile, state: Mapping[str, object], copies: int) -> Table:
    history = state["log_history"]
    assert isinstance(history, list)
    entries = [cells_of(entry) for entry in history if isinstance(entry, dict)]
    notes = []
    if copies > 1:
        notes.append(
            f"of {copies} copies '{file.name}' was read, which has the largest global_step"
        )
    if state.get("best_metric") is not None:
        notes.append("its 'best_metric' is not used: the whole log is read")
    names = tuple(dict.fromkeys(name for cells in entries for name in cells))
    hidden = frozenset({"step", "epoch"})
    rows = partial(_rows_of_entries, entries)
    return Table(file.name, "trainer-state/1", names, rows, ("step",), hidden, notes=tuple(notes))


def _is_lines(file: LogFile, head: bytes) -> bool:
    name = file.name.lower()
    if name.endswith((".jsonl", ".ndjson")):
        return True
    # Several loggers write JSON Lines into a file called .json.
    first, _, second = head.removeprefix(MARK).partition(b"\n")
    return name.endswith(".json") and second.startswith(b"{") and _is_object(first)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _called(wanted: str, file: LogFile, head: bytes) -> bool:
    return base_of(file.name) == wanted


TRAINER_STATE = table_reader(
    "trainer-state/1", partial(_called, "trainer_state.json"), _trainer_tables
)
LINES = table_reader(
    "jsonl/1", _is_lines, lambda files: tuple(_lines_table(file) for file in files)
)
SUMMARY = table_reader(
    "wandb/1",
    partial(_called, "wandb-summary.json"),
    lambda files: tuple(_summary_table(file) for file in files),
)
DOCUMENT = table_reader(
    "json/1",
    lambda file, head: file.name.lower().endswith(".json"),
    lambda files: tuple(_document_table(file) for file in files),
)
