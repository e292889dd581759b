"""Scalars out of TensorBoard's protocol-buffer events; it knows no file and no framing.

The field numbers are those of `event.proto`, `summary.proto`, `tensor.proto`, `tensor_shape.proto` and `types.proto`
of TensorFlow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import calcsize, unpack_from

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5

_STEP, _SUMMARY = 2, 5
_VALUE = 1
_TAG, _SIMPLE, _TENSOR = 1, 2, 8
_DTYPE, _SHAPE, _CONTENT = 1, 2, 4

_CONTENT_CODES = {
    1: "<f",
    2: "<d",
    3: "<i",
    4: "<B",
    5: "<h",
    6: "<b",
    9: "<q",
    10: "<?",
    17: "<H",
    19: "<e",
    22: "<I",
}
"""DataType to the way its bytes in `tensor_content` are read."""

_PACKED = {5: "<f", 6: "<d"}
_PACKED_INTEGERS = frozenset({7, 10, 11})
"""int_val, int64_val, bool_val."""


class MalformedError(ValueError):
    """Bytes that are no such message."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar of an event.

    Attributes:
        tag: Its raw name.
        value: The number.
        place: Where in the buffer the number's bytes begin; -1 when it is not of fixed width.
        code: How they are read, as `struct` writes it.
    """

    tag: bytes
    value: float
    place: int
    code: str


def varint(buffer: bytes, here: int, end: int) -> tuple[int, int]:
    r"""Return the number that begins here, and the place after it.

    Raises:
        MalformedError: It does not end.

    >>> varint(b"\xac\x02", 0, 2)
    (300, 2)
    """
    number = 0
    for shift in range(0, 70, 7):
        if here >= end:
            break
        octet = buffer[here]
        here += 1
        number |= (octet & 0x7F) << shift
        if octet < 0x80:
            return number & 0xFFFFFFFFFFFFFFFF, here
    raise MalformedError("a number does not end")


def signed_integer(number: int) -> int:
    """Return the 64 bits as a signed number.

    >>> signed(2**64 - 1)
    -1
    """
    return number - (1 << 64) if number >> 63 else number


def _fields(buffer: bytes, here: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the number, wire type, and (first, last) place of each field; a varint's first place is its value."""
    while here < end:
        key, here = varint(buffer, here, end)
        kind = key & 7
        if kind == _VARINT:
            value, here = varint(buffer, here, end)
            yield key >> 3, kind, value, here
            continue
        if kind == _BYTES:
            length, here = varint(buffer, here, end)
        elif kind in (_FIXED64, _FIXED32):
            length = 8 if kind == _FIXED64 else 4
        else:
            raise MalformedError("a field has an unknown type")
        if length > end - here:
            raise MalformedError("a field is longer than its message")
        yield key >> 3, kind, here, here + length
        here += length


def scalars_of(buffer: bytes, start: int, end: int) -> tuple[int, list[Scalar]]:
    """Return the step and the scalars of an event.

    Raises:
        MalformedError: It is no event.
    """
    step, scalars = 0, []
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _STEP and kind == _VARINT:
            step = signed_integer(first)
        elif number == _SUMMARY and kind == _BYTES:
            for field, wire, begin, close in _fields(buffer, first, last):
                if field == _VALUE and wire == _BYTES and (scalar := _scalar(buffer, begin, close)):
                    scalars.append(scalar)
    return step, scalars


def _scalar(buffer: bytes, start: int, end: int) -> Scalar | None:
    tag, found = b"", None
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _TAG and kind == _BYTES:
            tag = buffer[first:last]
        elif number == _SIMPLE and kind == _FIXED32:
            found = (float(unpack_from("<f", buffer, first)[0]), first, "<f")
        elif number == _TENSOR and kind == _BYTES:
            found = _tensor(buffer, first, last)
    return None if found is None else Scalar(tag, *found)


def _tensor(buffer: bytes, start: int, end: int) -> tuple[float, int, str] | None:
    """Return the only element of a tensor, its place and code; None when it has another number of them, or is text."""
    dtype, single, content, elements = 0, True, None, list[tuple[float, int, str]]()
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _DTYPE and kind == _VARINT:
            dtype = first
        elif number == _SHAPE and kind == _BYTES:
            single = _is_single(buffer, first, last)
        elif number == _CONTENT and kind == _BYTES:
            content = (first, last)
        elif number in _PACKED:
            elements += _packed(buffer, first, last, _PACKED[number])
        elif number in _PACKED_INTEGERS:
            elements += _packed_integers(buffer, kind, first, last)
        if len(elements) > 1:
            return None
    if not single:
        return None
    if content is not None and dtype in _CONTENT_CODES:
        elements += _packed(buffer, *content, _CONTENT_CODES[dtype])
    return elements[0] if len(elements) == 1 else None


def _is_single(buffer: bytes, start: int, end: int) -> bool:
    sizes = (
        value if field == 1 and wire == _VARINT else 1
        for number, kind, first, last in _fields(buffer, start, end)
        if number == 2 and kind == _BYTES
        for field, wire, value, _ in _fields(buffer, first, last)
    )
    return all(size == 1 for size in sizes)


def _packed(buffer: bytes, first: int, last: int, code: str) -> list[tuple[float, int, str]]:
    """Return the elements, at most two of them: more than one is no scalar anyway."""
    width = calcsize(code)
    if (last - first) % width:
        raise MalformedError("the elements of a tensor are cut")
    places = range(first, min(last, first + 2 * width), width)
    return [(float(unpack_from(code, buffer, place)[0]), place, code) for place in places]


def _packed_integers(
    buffer: bytes, kind: int, first: int, last: int
) -> list[tuple[float, int, str]]:
    if kind == _VARINT:
        return [(float(signed_integer(first)), -1, "")]
    if kind != _BYTES:
        raise MalformedError("the elements of a tensor have another type")
    elements: list[tuple[float, int, str]] = []
    while first < last and len(elements) < 2:
        value, first = varint(buffer, first, last)
        elements.append((float(signed_integer(value)), -1, ""))
    return elements
