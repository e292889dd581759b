"""The metrics that AllenNLP writes after each epoch, `metrics_epoch_0.json` and so on, in order."""

from __future__ import annotations

from dataclasses import replace
from re import compile as pattern

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.objects import Entry, cells_of, document_of, table_of_entries
from curriculum.reproduction.logs.table_readers import table_reader
from curriculum.reproduction.logs.tables import Table
from curriculum.reproduction.logs.tags import LogFiles, base_of, one_folder

_EPOCH = "epoch"
_NAME = pattern(r"metrics_epoch_(\d{1,9})\.json")


def _number(file: LogFile) -> int:
    found = _NAME.fullmatch(base_of(file.name))
    assert found is not None, "the file was recognised by its name"
    return int(found[1])


def _entry(file: LogFile) -> Entry:
    content = document_of(file)
    if not isinstance(content, dict):
        raise LogError(file.name, "does not hold the metrics of an epoch: it is not an object")
    return {_EPOCH: _number(file), **cells_of(content)}


def _tables(files: LogFiles) -> tuple[Table, ...]:
    one_folder(files, "metrics of epochs")
    entries = [_entry(file) for file in sorted(files, key=_number)]
    name = files[0].name
    if len(files) > 1:
        name = f"{len(files)} files of epochs"
    table = table_of_entries(name, "allennlp/1", entries)
    return (replace(table, xs=(_EPOCH,), hidden=frozenset({_EPOCH})),)


def _is_epoch(file: LogFile, head: bytes) -> bool:
    return _NAME.fullmatch(base_of(file.name)) is not None


ALLENNLP = table_reader("allennlp/1", _is_epoch, _tables)
