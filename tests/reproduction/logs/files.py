"""Log files in memory, and a writer of TensorBoard event files that shares nothing with the reader."""

from __future__ import annotations

from io import BytesIO
from struct import pack

from curriculum.model.runs import LogFile


def log(name: str, data: bytes | str) -> LogFile:
    """Return a file that is not on any disk."""
    octets = data.encode() if isinstance(data, str) else data
    return LogFile(name, len(octets), lambda: BytesIO(octets))


def crc32c(octets: bytes) -> int:
    """Return the CRC-32C (Castagnoli) of bytes, bit by bit."""
    crc = 0xFFFFFFFF
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 * (crc & 1))
    return crc ^ 0xFFFFFFFF


def masked(octets: bytes) -> bytes:
    """Return the masked checksum of bytes as TFRecord writes it."""
    crc = crc32c(octets)
    return pack("<I", (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF)


def record(event: bytes) -> bytes:
    """Return an event framed as a TFRecord."""
    length = pack("<Q", len(event))
    return length + masked(length) + event + masked(event)


def varint(number: int) -> bytes:
    """Return a number as protocol buffers write it."""
    number &= (1 << 64) - 1
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def field(number: int, octets: bytes) -> bytes:
    """Return a length-delimited field."""
    return varint(number << 3 | 2) + varint(len(octets)) + octets


def simple(value: float) -> bytes:
    """Return the old encoding of a scalar: Summary.Value.simple_value."""
    return varint(2 << 3 | 5) + pack("<f", value)


def tensor(dtype: int, content: bytes) -> bytes:
    """Return the new encoding of a scalar: a tensor without dimensions."""
    return field(8, varint(1 << 3) + varint(dtype) + field(2, b"") + content)


TENSORS = {
    "float_val": lambda value: tensor(1, field(5, pack("<f", value))),
    "double_val": lambda value: tensor(2, field(6, pack("<d", value))),
    "float content": lambda value: tensor(1, field(4, pack("<f", value))),
    "double content": lambda value: tensor(2, field(4, pack("<d", value))),
    "half content": lambda value: tensor(19, field(4, pack("<e", value))),
    "int64_val": lambda value: tensor(9, field(10, varint(int(value)))),
    "int32_val": lambda value: tensor(3, varint(7 << 3) + varint(int(value))),
}


def event(step: int, *values: tuple[str, bytes]) -> bytes:
    """Return an event with the values of some tags at a step."""
    summary = b"".join(field(1, field(1, tag.encode()) + value) for tag, value in values)
    at = varint(1 << 3 | 1) + pack("<d", 1.7e9 + step)
    return at + (varint(2 << 3) + varint(step) if step else b"") + field(5, summary)


def head() -> bytes:
    """Return the record that every event file begins with."""
    return record(varint(1 << 3 | 1) + pack("<d", 1.7e9) + field(3, b"brain.Event:2"))


def events(points: list[tuple[int, float]], tag: str = "loss", encoding: str = "simple") -> bytes:
    """Return an event file of one tag."""
    value = simple if encoding == "simple" else TENSORS[encoding]
    return head() + b"".join(record(event(step, (tag, value(number)))) for step, number in points)
