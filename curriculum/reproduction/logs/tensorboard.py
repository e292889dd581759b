"""Scalars of TensorBoard event files, however many; images, histograms and text are skipped.

Events of one tag differ only in their time, step and value. So the bytes around the value are
learnt from the first event of a tag, and the next ones are compared with them instead of being
parsed, which is several times faster.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from struct import Struct

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.runs import LogFile, Series
from curriculum.reproduction.logs.events import MalformedError, Scalar, scalars_of, varint
from curriculum.reproduction.logs.points import Tally, last_of_each
from curriculum.reproduction.logs.records import records_of
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Notes,
    Question,
    Reader,
    Tag,
    base_of,
    by_name,
    no_texts,
    one_folder,
    tag_of,
    without_columns,
)

_IMPORTER = "tensorboard/1"
_X_NAME = "step"

# The fields of an event begin with 0x09 (wall_time), 0x10 (step) and 0x2A (summary). They are
# written out below: looking up names for them makes the listing of tags 5 % slower.

# How many bytes the time of an event takes: its key and a double.
_TIME = 9


@dataclass(frozen=True, slots=True)
class _Mould:
    """The bytes of a tag's events around the value.

    Attributes:
        before: The bytes between step and value.
        number: How the value is read.
        after: The bytes after the value.
        tail: How many bytes there are from the value to the end.
        span: How many bytes there are from the step to the end.
    """

    before: bytes
    number: Struct
    after: bytes
    tail: int
    span: int


def _mould(buffer: bytes, start: int, end: int, scalars: Sequence[Scalar]) -> _Mould | None:
    """Return the mould of an event that is a time, a step (or none) and one summary, else None.

    Two scalars that are both wanted have none: what fits a mould is read for one of them only.
    """
    if len(scalars) != 1:
        return None
    scalar = scalars[0]
    if scalar.place < 0:
        return None
    if buffer[start] != 0x09 or end - start <= _TIME + 1:
        return None
    here = _summary_place(buffer, start, end)
    if here is None:
        return None
    number = Struct(scalar.code)
    place = scalar.place
    return _Mould(
        before=buffer[here:place],
        number=number,
        after=buffer[place + number.size : end],
        tail=end - place,
        span=end - here,
    )


def _summary_place(buffer: bytes, start: int, end: int) -> int | None:
    """Return where the summary begins behind time and step; None unless it ends the event."""
    here = start + _TIME
    if buffer[here] == 0x10:
        _, here = varint(buffer, here + 1, end)
    if here >= end or buffer[here] != 0x2A:
        return None
    length, inside = varint(buffer, here + 1, end)
    if inside + length != end:
        return None
    return here


def _point(buffer: bytes, start: int, end: int, mould: _Mould | None) -> tuple[int, float] | None:
    """Return the step and value of an event that fits into a mould, None of any other."""
    if mould is None:
        return None
    step_place = start + _TIME
    first = end - mould.span
    if first < step_place or buffer[start] != 0x09:
        return None
    place = end - mould.tail
    if buffer[first:place] != mould.before:
        return None
    if buffer[place + mould.number.size : end] != mould.after:
        return None
    step = _step(buffer, step_place, first)
    if step is None:
        return None
    return step, mould.number.unpack_from(buffer, place)[0]


def _step(buffer: bytes, here: int, end: int) -> int | None:
    """Return the step that these bytes are: a key and one number; 0 of no bytes, None of others."""
    if here == end:
        return 0
    # A longer number may be negative: such an event is parsed.
    if buffer[here] != 0x10 or not 2 <= end - here <= 9:
        return None
    step = shift = 0
    for octet in buffer[here + 1 : end - 1]:
        if octet < 0x80:
            return None
        step |= (octet & 0x7F) << shift
        shift += 7
    last = buffer[end - 1]
    if last > 0x7F:
        return None
    return step | last << shift


def _usual_tag(buffer: bytes, start: int, end: int) -> bytes:
    """Return the tag of an event whose summary is shorter than 128 bytes, as nearly all are.

    It is a guess: of another event it returns bytes that are not its tag.
    """
    here = start + _TIME
    if end - here < 8:
        return b""
    if buffer[here] == 0x10:
        here += 2
        while here < end and buffer[here - 1] > 0x7F:
            here += 1
    # A key and a length of one byte each: of the summary, of its value and of the tag.
    name = here + 6
    if name > end or buffer[here + 1] > 0x7F or buffer[here + 3] > 0x7F:
        return b""
    return buffer[name : name + buffer[name - 1]]


def _points(file: LogFile, tag: bytes, notes: Notes) -> Iterator[tuple[int, float]]:
    """Yield the step and value of every scalar of a tag."""
    spoilt = 0
    mould: _Mould | None = None
    for buffer, start, end in records_of(file, notes):
        if buffer.find(tag, start, end) < 0:
            continue
        point = _point(buffer, start, end, mould)
        if point is not None:
            yield point
            continue
        try:
            step, scalars = scalars_of(buffer, start, end)
        except MalformedError:
            spoilt += 1
            continue
        mine = [scalar for scalar in scalars if scalar.tag == tag]
        for scalar in mine:
            yield step, scalar.value
        mould = _mould(buffer, start, end, mine) or mould
    if spoilt:
        notes.append(_not_events(spoilt, file))


def _not_events(count: int, file: LogFile) -> str:
    if count == 1:
        return f"1 record of '{file.name}' is not an event and was skipped"
    return f"{count} records of '{file.name}' are not events and were skipped"


def _tallies(file: LogFile) -> dict[bytes, Tally]:
    """Return how many points there are of each tag in a file, and the last."""
    tallies: dict[bytes, Tally] = {}
    moulds: dict[bytes, _Mould] = {}
    for buffer, start, end in records_of(file, []):
        tag = _usual_tag(buffer, start, end)
        point = _point(buffer, start, end, moulds.get(tag))
        if point is not None:
            step, value = point
            tallies[tag].add(step, value)
            continue
        try:
            step, scalars = scalars_of(buffer, start, end)
        except MalformedError:
            continue
        for scalar in scalars:
            tallies.setdefault(scalar.tag, Tally()).add(step, scalar.value)
        learnt = _mould(buffer, start, end, scalars)
        if learnt is not None:
            moulds[scalars[0].tag] = learnt
    return tallies


def _series(files: LogFiles, question: Question) -> Series | None:
    tag = question.tag.encode(errors="surrogateescape")
    notes: Notes = []
    xs, values = array("d"), array("d")
    holding: list[LogFile] = []
    for file in by_name(files):
        count = len(xs)
        for step, value in _points(file, tag, notes):
            xs.append(step)
            values.append(value)
        if len(xs) > count:
            holding.append(file)
    if not holding:
        return None
    without_columns(files, question, _X_NAME)
    one_folder(holding, f"events of '{question.tag}'")
    source = holding[0].name
    if len(holding) > 1:
        source = f"{len(holding)} event files"
        notes.append(f"{source} merged by step; for each step the later file's record counts")
    count = len(xs)
    xs, values = last_of_each(xs, values)
    if len(xs) < count:
        notes.append(_replaced(count - len(xs)))
    return Series(
        tag=question.tag,
        x_name=_X_NAME,
        xs=xs,
        values=values,
        notes=tuple(notes),
        importer=_IMPORTER,
        file=source,
    )


def _replaced(count: int) -> str:
    # A run that is resumed from a checkpoint writes the steps after it a second time.
    if count == 1:
        return "1 record was replaced by a later one of the same step"
    return f"{count} records were replaced by later ones of the same step"


def _tags(files: LogFiles) -> tuple[Tag, ...]:
    merged: dict[bytes, Tally] = {}
    for file in by_name(files):
        for tag, tally in _tallies(file).items():
            merged.setdefault(tag, Tally()).add_all(tally)
    tags: list[Tag] = []
    for tag, tally in merged.items():
        name = tag.decode(errors="surrogateescape")
        tags.append(tag_of(name, tally, _X_NAME, _IMPORTER))
    return tuple(tags)


def _is_event_file(file: LogFile, head: bytes) -> bool:
    return "tfevents" in base_of(file.name)


TENSORBOARD = Reader(_IMPORTER, _is_event_file, _tags, _series, no_texts)
