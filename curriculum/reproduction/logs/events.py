"""Scalars out of TensorBoard's protocol-buffer events.

The field numbers are those of `event.proto`, `summary.proto`, `tensor.proto`, `tensor_shape.proto`
and `types.proto` of TensorFlow; the encoding is described in the Protocol Buffers documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import calcsize, unpack_from
from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass

# Wire types.
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5

# Fields of Event, Summary, Summary.Value, TensorShapeProto and its Dim.
_EVENT_STEP, _EVENT_SUMMARY = 2, 5
_SUMMARY_VALUE = 1
_VALUE_TAG, _VALUE_SIMPLE, _VALUE_TENSOR = 1, 2, 8
_SHAPE_DIM, _DIM_SIZE = 2, 1

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

_VARIABLE_WIDTH = -1


class MalformedError(ValueError):
    """Bytes that are not such a message."""


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


class _Element(NamedTuple):
    """A number of a tensor, and how it is stored: see `Scalar`."""

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

    >>> signed_integer(2**64 - 1)
    -1
    """
    if number >> 63:
        return number - (1 << 64)
    return number


def _fields(buffer: bytes, here: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the number, the wire type, and the first and last place of each field of a message.

    Of a varint, the first place is its value.
    """
    while here < end:
        key, here = varint(buffer, here, end)
        kind = key & 7
        if kind == _VARINT:
            value, here = varint(buffer, here, end)
            yield key >> 3, kind, value, here
            continue
        if kind == _BYTES:
            length, here = varint(buffer, here, end)
        elif kind == _FIXED64:
            length = 8
        elif kind == _FIXED32:
            length = 4
        else:
            raise MalformedError("a field has an unknown type")
        if length > end - here:
            raise MalformedError("a field is longer than its message")
        yield key >> 3, kind, here, here + length
        here += length


def scalars_of(buffer: bytes, start: int, end: int) -> tuple[int, list[Scalar]]:
    """Return the step and the scalars of an event.

    Raises:
        MalformedError: It is not an event.
    """
    step = 0
    scalars: list[Scalar] = []
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _EVENT_STEP and kind == _VARINT:
            step = signed_integer(first)
        elif number == _EVENT_SUMMARY and kind == _BYTES:
            scalars.extend(_scalars_of_summary(buffer, first, last))
    return step, scalars


def _scalars_of_summary(buffer: bytes, start: int, end: int) -> Iterator[Scalar]:
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _SUMMARY_VALUE and kind == _BYTES:
            scalar = _scalar(buffer, first, last)
            if scalar is not None:
                yield scalar


def _scalar(buffer: bytes, start: int, end: int) -> Scalar | None:
    """Return a value of a summary; None when it is not a scalar.

    Writers of TensorFlow 1 and PyTorch use `simple_value`, those of TensorFlow 2 a tensor.
    """
    tag = b""
    element: _Element | None = None
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _VALUE_TAG and kind == _BYTES:
            tag = buffer[first:last]
        elif number == _VALUE_SIMPLE and kind == _FIXED32:
            element = _element(buffer, first, "<f")
        elif number == _VALUE_TENSOR and kind == _BYTES:
            element = _only_element(buffer, first, last)
    if element is None:
        return None
    return Scalar(tag, element.value, element.place, element.code)


def _only_element(buffer: bytes, start: int, end: int) -> _Element | None:
    """Return the element of a tensor that has one number; None of any other, and of text."""
    tensor = _Tensor(buffer)
    for number, kind, first, last in _fields(buffer, start, end):
        tensor.take(number, kind, first, last)
        # Images and histograms are tensors, too, and can have millions of elements.
        if len(tensor.elements) > 1:
            return None
    return tensor.only_element()


class _Tensor:
    """What is known of a tensor while its fields are read, in whatever order they come."""

    __slots__ = ("buffer", "content", "dtype", "elements", "single")

    def __init__(self, buffer: bytes) -> None:
        self.buffer = buffer
        self.dtype = 0
        self.single = True
        self.content: tuple[int, int] | None = None
        self.elements: list[_Element] = []

    def take(self, number: int, kind: int, first: int, last: int) -> None:
        """Read one field of TensorProto."""
        match number, kind:
            case 1, 0:  # dtype
                self.dtype = first
            case 2, 2:  # tensor_shape
                self.single = _is_single(self.buffer, first, last)
            case 4, 2:  # tensor_content
                self.content = (first, last)
            case 5, _:  # float_val
                self.elements += _packed(self.buffer, first, last, "<f")
            case 6, _:  # double_val
                self.elements += _packed(self.buffer, first, last, "<d")
            case ((7 | 10 | 11), _):  # int_val, int64_val, bool_val
                self.elements += _packed_integers(self.buffer, kind, first, last)

    def only_element(self) -> _Element | None:
        """Return the element of a tensor that has one."""
        if not self.single:
            return None
        elements = self.elements
        code = _CONTENT_CODES.get(self.dtype)
        if self.content is not None and code is not None:
            first, last = self.content
            elements = [*elements, *_packed(self.buffer, first, last, code)]
        if len(elements) != 1:
            return None
        return elements[0]


def _is_single(buffer: bytes, start: int, end: int) -> bool:
    """Tell whether a shape has no dimension, or dimensions of size 1."""
    for number, kind, first, last in _fields(buffer, start, end):
        if number == _SHAPE_DIM and kind == _BYTES and _size(buffer, first, last) != 1:
            return False
    return True


def _size(buffer: bytes, start: int, end: int) -> int:
    size = 1
    for number, kind, value, _ in _fields(buffer, start, end):
        if number == _DIM_SIZE and kind == _VARINT:
            size = value
    return size


def _element(buffer: bytes, place: int, code: str) -> _Element:
    return _Element(float(unpack_from(code, buffer, place)[0]), place, code)


def _packed(buffer: bytes, first: int, last: int, code: str) -> list[_Element]:
    """Return the elements, at most two of them: more than one is not a scalar anyway."""
    width = calcsize(code)
    if (last - first) % width:
        raise MalformedError("the elements of a tensor are cut")
    places = range(first, min(last, first + 2 * width), width)
    return [_element(buffer, place, code) for place in places]


def _packed_integers(buffer: bytes, kind: int, first: int, last: int) -> list[_Element]:
    if kind == _VARINT:
        return [_integer(first)]
    if kind != _BYTES:
        raise MalformedError("the elements of a tensor have another type")
    elements: list[_Element] = []
    while first < last and len(elements) < 2:
        value, first = varint(buffer, first, last)
        elements.append(_integer(value))
    return elements


def _integer(number: int) -> _Element:
    return _Element(float(signed_integer(number)), _VARIABLE_WIDTH, "")
