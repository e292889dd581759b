"""The readers of formats whose files are tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from curriculum.model.runs import LogError, Series
from curriculum.reproduction.logs.table_series import table_series
from curriculum.reproduction.logs.table_tags import table_tags
from curriculum.reproduction.logs.tables import Table, cell_text, check_column
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Question,
    Reader,
    Recognises,
    Tag,
    quoted_names,
    run_name,
)


def table_reader(
    importer: str,
    recognises: Recognises,
    tables: Callable[[LogFiles], tuple[Table, ...]],
) -> Reader:
    """Return the reader of a format whose files are tables."""
    return Reader(
        importer=importer,
        recognises=recognises,
        tags=lambda files: _all_tags(tables(files)),
        series=lambda files, question: _series(files, tables(files), question),
        texts=lambda files, column: _texts(files, tables(files), column),
    )


def _all_tags(tables: Iterable[Table]) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    for table in tables:
        tags.extend(table_tags(table))
    return tuple(tags)


def _series(files: LogFiles, tables: Sequence[Table], question: Question) -> Series | None:
    visible = [table for table in tables if question.tag not in table.hidden]
    holding = _holding(visible, question.tag)
    if not holding:
        return None
    first, *others = [table_series(table, question) for table in holding]
    if any((one.xs, one.values) != (first.xs, first.values) for one in others):
        raise _in_several(files, holding, question.tag)
    if not others:
        return first
    note = f"{len(holding)} files hold the same points; '{first.file}' was read"
    return replace(first, notes=(*first.notes, note))


def _holding(tables: Sequence[Table], column: str) -> list[Table]:
    """Return the tables that have a column."""
    return [table for table in tables if column and column in table.columns]


def _in_several(files: LogFiles, holding: Sequence[Table], column: str) -> LogError:
    names = quoted_names(table.name for table in holding)
    found = f"has '{column}' in {len(holding)} files ({names})"
    return LogError(run_name(files), f"{found}; name one of them")


def _texts(files: LogFiles, tables: Sequence[Table], column: str) -> tuple[str, ...] | None:
    holding = _holding(tables, column)
    if not holding:
        return None
    first, *others = [_texts_in(table, column) for table in holding]
    if any(texts != first for texts in others):
        raise _in_several(files, holding, column)
    return first


def _texts_in(table: Table, column: str) -> tuple[str, ...]:
    check_column(table, column)
    texts: dict[str, None] = {}
    for _, cells, _ in table.rows([column], []):
        text = cell_text(cells[0])
        if text is not None:
            texts[text] = None
    return tuple(texts)
