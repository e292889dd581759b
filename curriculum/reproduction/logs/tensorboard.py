"""Scalars of TensorBoard event files, however many; images, histograms and the checksums of records are not looked at.

Events of one tag differ in their time, step and value only, so the bytes around the value are learnt from the first
event of a tag, and the next ones are compared with them and not parsed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import Struct

from curriculum.model.runs import LogFile, Series
from curriculum.reproduction.logs.events import MalformedError, Scalar, scalars_of, varint
from curriculum.reproduction.logs.points import Tally, last_of_each
from curriculum.reproduction.logs.records import records_of
from curriculum.reproduction.logs.tags import (
    Question,
    Reader,
    Tag,
    base_of,
    no_texts,
    one_folder,
    without_columns,
)

IMPORTER = "tensorboard/1"
X_NAME = "step"

_TIME = 9
"""How many bytes the time of an event takes: its key, 0x09, and a double."""


@dataclass(frozen=True, slots=True)
class _Mould:
    """The bytes of a tag's events: those between step and value, and those after the value."""

    before: bytes
    number: Struct
    after: bytes


def _mould(buffer: bytes, start: int, end: int, scalar: Scalar) -> _Mould | None:
    """Return the mould of an event that is a time, a step (or none) and one summary; None for any other."""
    if scalar.place < 0 or buffer[start] != 0x09 or end - start <= _TIME + 1:
        return None
    here = start + _TIME
    if buffer[here] == 0x10:
        here = varint(buffer, here + 1, end)[1]
    if buffer[here : here + 1] != b"\x2a":
        return None
    length, inside = varint(buffer, here + 1, end)
    if inside + length != end:
        return None
    number = Struct(scalar.code)
    return _Mould(buffer[here : scalar.place], number, buffer[scalar.place + number.size : end])


def _step(buffer: bytes, here: int, end: int) -> int | None:
    """Return the step that fills these bytes: a key, 0x10, and one number; 0 of no bytes, None of others."""
    if here == end:
        return 0
    if here > end or buffer[here] != 0x10 or end - here > 9:
        return None
    step = shift = 0
    for octet in buffer[here + 1 : end - 1]:
        if octet < 0x80:
            return None
        step |= (octet & 0x7F) << shift
        shift += 7
    last = buffer[end - 1]
    return None if last > 0x7F or end - here < 2 else step | last << shift


def _points(file: LogFile, tag: bytes, notes: list[str]) -> Iterator[tuple[int, float]]:
    """Yield the step and value of every scalar of a tag."""
    spoilt = 0
    before, after, number, size, tail = b"", b"", Struct("<f"), 4, 0
    for buffer, start, end in records_of(file, notes):
        if buffer.find(tag, start, end) < 0:
            continue
        place = end - tail - size
        first = place - len(before)
        if (
            before
            and first >= start + _TIME
            and buffer[start] == 0x09
            and buffer[first:place] == before
        ):
            step = _step(buffer, start + _TIME, first)
            if step is not None and buffer[end - tail : end] == after:
                yield step, number.unpack_from(buffer, place)[0]
                continue
        try:
            step, scalars = scalars_of(buffer, start, end)
        except MalformedError:
            spoilt += 1
            continue
        mine = [scalar for scalar in scalars if scalar.tag == tag]
        for scalar in mine:
            yield step, scalar.value
        if len(mine) == 1 and (mould := _mould(buffer, start, end, mine[0])) is not None:
            before, after, number = mould.before, mould.after, mould.number
            size, tail = number.size, len(after)
    if spoilt:
        notes.append(f"{spoilt} records of '{file.name}' are no events and were passed over")


def _tallies(file: LogFile) -> dict[bytes, Tally]:
    """Return what there is of each tag in a file."""
    tallies: dict[bytes, Tally] = {}
    moulds: dict[bytes, _Mould] = {}
    for buffer, start, end in records_of(file, []):
        known = _by_mould(buffer, start, end, moulds)
        if known is not None:
            tag, step, value = known
            tallies[tag].add(step, value)
            continue
        try:
            step, scalars = scalars_of(buffer, start, end)
        except MalformedError:
            continue
        for scalar in scalars:
            tallies.setdefault(scalar.tag, Tally()).add(step, scalar.value)
        if len(scalars) == 1 and (mould := _mould(buffer, start, end, scalars[0])) is not None:
            moulds[scalars[0].tag] = mould
    return tallies


def _by_mould(
    buffer: bytes, start: int, end: int, moulds: dict[bytes, _Mould]
) -> tuple[bytes, int, float] | None:
    """Return tag, step and value of an event whose tag has a mould into which it fits."""
    here = start + _TIME
    if end - here < 8 or buffer[start] != 0x09:
        return None
    if buffer[here] == 0x10:
        here += 2
        while here < end and buffer[here - 1] > 0x7F:
            here += 1
    # The usual summary is shorter than 128 bytes, so its three lengths are a byte each.
    name = here + 6
    if name > end or buffer[here + 1] > 0x7F or buffer[here + 3] > 0x7F:
        return None
    tag = buffer[name : name + buffer[name - 1]]
    mould = moulds.get(tag)
    if mould is None:
        return None
    place = here + len(mould.before)
    close = place + mould.number.size
    if buffer[here:place] != mould.before or close > end or buffer[close:end] != mould.after:
        return None
    step = _step(buffer, start + _TIME, here)
    return None if step is None else (tag, step, mould.number.unpack_from(buffer, place)[0])


def _series(files: Sequence[LogFile], question: Question) -> Series | None:
    tag = question.tag.encode(errors="surrogateescape")
    notes: list[str] = []
    xs, values = array("d"), array("d")
    holding = []
    for file in sorted(files, key=lambda file: file.name):
        already = len(xs)
        for step, value in _points(file, tag, notes):
            xs.append(step)
            values.append(value)
        if len(xs) > already:
            holding.append(file)
    if not holding:
        return None
    without_columns(files, question)
    one_folder(holding, f"events of '{question.tag}'")
    if len(holding) > 1:
        notes.append(
            f"{len(holding)} event files merged by step, of one step the later file's record"
        )
    found = len(xs)
    xs, values = last_of_each(xs, values)
    if len(xs) < found:
        notes.append(f"{found - len(xs)} records gave way to later ones of the same step")
    return Series(question.tag, X_NAME, xs, values, tuple(notes), importer=IMPORTER)


def _tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    merged: dict[bytes, Tally] = {}
    for file in sorted(files, key=lambda file: file.name):
        for tag, tally in _tallies(file).items():
            whole = merged.setdefault(tag, Tally())
            if tally.last_x is not None and tally.last_value is not None:
                whole.add(tally.last_x, tally.last_value)
                whole.points += tally.points - 1
    return tuple(
        Tag(
            tag.decode(errors="surrogateescape"),
            tally.points,
            X_NAME,
            tally.last_x,
            tally.last_value,
            IMPORTER,
        )
        for tag, tally in merged.items()
    )


TENSORBOARD = Reader(
    IMPORTER, lambda file, head: "tfevents" in base_of(file.name), _tags, _series, no_texts
)
