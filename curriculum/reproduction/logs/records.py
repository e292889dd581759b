"""The records of a TFRecord file, in chunks.

A record is its length (8 bytes), the masked CRC-32C of the length (4 bytes), the data, and the
masked CRC-32C of the data (4 bytes); see `record_writer.h` of TensorFlow.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.tags import Notes

CHUNK = 1 << 20
"""How many bytes are read at once."""

LONGEST_RECORD = 1 << 28
"""The longest record believed, in bytes."""

_HEADER, _FOOTER = 12, 4

# The polynomial of Castagnoli, its bits reversed.
_CRC32C = 0x82F63B78


def _row(byte: int) -> int:
    for _ in range(8):
        odd = byte & 1
        byte >>= 1
        if odd:
            byte ^= _CRC32C
    return byte


_TABLE = tuple(_row(byte) for byte in range(256))


def masked_crc(octets: bytes) -> int:
    """Return the masked CRC-32C that TFRecord uses.

    >>> hex(masked_crc(b"123456789"))
    '0xc78ab0e5'
    """
    crc = 0xFFFFFFFF
    for octet in octets:
        crc = _TABLE[(crc ^ octet) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    rotated = crc >> 15 | crc << 17
    return (rotated + 0xA282EAD8) & 0xFFFFFFFF


def records_of(file: LogFile, notes: Notes) -> Iterator[tuple[bytes, int, int]]:
    """Yield every record as a buffer and the places in it where the record begins and ends.

    What the last record lacks, and a length that does not agree with its checksum, end the reading
    with a note. The checksums of the data are not compared: in Python that would take most of the
    time.

    Raises:
        LogError: The very first length is corrupt.
    """
    # Most records of a file have one of a few lengths, so their headers are checked once.
    lengths: dict[bytes, int] = {}
    found_any = False
    with file.open() as stream:
        buffer, here = b"", 0
        while True:
            header = buffer[here : here + _HEADER]
            length = lengths.get(header)
            if length is None and len(header) == _HEADER:
                length = _checked_length(header)
                if length is None:
                    _give_up(file, notes, found_any=found_any)
                    return
                lengths[header] = length
            end = here + _HEADER + (length or 0)
            if length is None or end + _FOOTER > len(buffer):
                lacking = end + _FOOTER - len(buffer)
                chunk = stream.read(max(CHUNK, lacking))
                if not chunk:
                    break
                buffer, here = buffer[here:] + chunk, 0
                continue
            found_any = True
            yield buffer, here + _HEADER, end
            here = end + _FOOTER
    if here < len(buffer):
        notes.append(f"the last record of '{file.name}' is cut off and was skipped")


def _checked_length(header: bytes) -> int | None:
    """Return the length in a header; None when it is corrupt."""
    length, crc = unpack_from("<QI", header)
    if length > LONGEST_RECORD or crc != masked_crc(header[:8]):
        return None
    return int(length)


def _give_up(file: LogFile, notes: Notes, *, found_any: bool) -> None:
    if not found_any:
        fault = "the length of its first record does not agree with its checksum"
        raise LogError(file.name, f"is not an event file: {fault}")
    fault = "a record's length does not agree with its checksum"
    notes.append(f"'{file.name}' is corrupt after what was read: {fault}")
